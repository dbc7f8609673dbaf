"""The counts of a corpus and the fields that its works have."""

from __future__ import annotations

import pytest

import nqp_biblio as nb
from nqp_biblio.measures.summary import completeness, summary


def _people(*names: str) -> list[nb.Person]:
    """Make people of "Family Initials"."""
    return [nb.Person(family=name.split()[0], given=name.split()[1]) for name in names]


@pytest.fixture(scope="module")
def five_works() -> nb.Corpus:
    """Give five works: two in one journal, one without year, one cut by et al., one bare."""
    return nb.corpus_of(
        [
            nb.Record(
                title="One",
                type="article-journal",
                publication_year=2001,
                source_raw="Acta",
                doi="10.5555/1",
                people=[*_people("Ames A.", "Bell B."), nb.Person(literal="Club", role="editor")],
                keywords=[("author_keyword", "ports"), ("author_keyword", "towns")],
                cited_references=[nb.CitedReference(raw="X"), nb.CitedReference(raw="Y")],
            ),
            nb.Record(
                title="Two",
                type="article-journal",
                publication_year=2004,
                source_raw="Acta",
                people=_people("Ames A."),
                keywords=[("author_keyword", "ports"), ("index_keyword", "ships")],
            ),
            nb.Record(
                title="Three",
                type="book",
                publication_year=2004,
                source_raw="Zeta",
                people=_people("Bell B.", "Ames A.", "Cole C.", "Dunn D."),
            ),
            nb.Record(title="Four", et_al=True, people=_people("Cole C."), source_raw="Beta"),
            nb.Record(role="reference", raw="Five", people=[nb.Person(literal="World Bank")]),
            nb.Problem("a.bib", 3, "@article{", "not closed"),
        ]
    )


@pytest.fixture(scope="module")
def empty() -> nb.Corpus:
    """Give a corpus that holds nothing but a problem."""
    return nb.corpus_of([nb.Problem("a.bib", 1, "?", "no entry")])


COUNTS = {
    "works": 5,
    "works read from databases or bibliographies": 4,
    "papers read whole": 0,
    "printed references": 1,
    "first year": 2001,
    "last year": 2004,
    "sources": 3,
    "authors": 5,
    "authorships": 9,
    "works with one author": 2,
    "works whose author list is cut by et al.": 1,
    "works with a DOI": 1,
    "cited references": 2,
    "in-text citations": 0,
    "topics": 0,
    "problems": 1,
    "values changed by cleaning": 0,
}


@pytest.mark.parametrize(("item", "count"), COUNTS.items())
def test_counts(five_works: nb.Corpus, item: str, count: int) -> None:
    """Each count is what counting by hand gives; editors are no authors."""
    assert dict(summary(five_works).rows)[item] == count


def test_all_counts_are_known(five_works: nb.Corpus) -> None:
    """No count is left untested, and the order is fixed."""
    assert summary(five_works).column("item") == list(COUNTS)


def test_counts_of_nothing(empty: nb.Corpus) -> None:
    """An empty corpus has no first year, and 0 of all else but problems."""
    counts = dict(summary(empty).rows)
    assert (counts.pop("first year"), counts.pop("last year")) == (None, None)
    assert counts.pop("problems") == 1
    assert set(counts.values()) == {0}


def test_a_name_without_given_name_is_one_author() -> None:
    """The same family name alone is one author, a person without any name is none."""
    records = [
        nb.Record(people=[nb.Person(family="Plato")]),
        nb.Record(people=[nb.Person(family="Plato"), nb.Person(raw="?")]),
    ]
    assert dict(summary(nb.corpus_of(records)).rows)["authors"] == 1


def test_topics_are_counted_once() -> None:
    """A topic of several works is one topic."""
    titles = ["Harbour Growth and Street Networks", "Tidal Trade and Harbour Growth"]
    corpus = nb.find_topics(nb.corpus_of([nb.Record(title=title) for title in titles]))
    assert dict(summary(corpus).rows)["topics"] == 3


COMPLETENESS = [
    ("title", 4),
    ("publication_year", 3),
    ("source_raw", 4),
    ("doi", 1),
    ("abstract", 0),
    ("type", 3),
    ("authors", 5),
    ("keywords", 2),
    ("author keywords", 2),
    ("index keywords", 1),
    ("addresses", 0),
    ("corresponding author", 0),
    ("cited references", 1),
]


@pytest.mark.parametrize(("field", "n"), COMPLETENESS)
def test_completeness(five_works: nb.Corpus, field: str, n: int) -> None:
    """Each field counts the works that have it, and their share of all works."""
    rows = {name: (count, share) for name, count, share in completeness(five_works).rows}
    assert rows[field] == (n, n / 5)


def test_completeness_of_nothing(empty: nb.Corpus) -> None:
    """Without works there are no shares."""
    assert set(completeness(empty).column("share")) == {None}


def test_as_of(five_works: nb.Corpus) -> None:
    """Later works do not count, and works without a year stay."""
    counts = dict(summary(five_works, as_of=2001).rows)
    assert (counts["works"], counts["last year"]) == (3, 2001)
    fields = {row[0]: row[1] for row in completeness(five_works, as_of=2001).rows}
    assert fields["publication_year"] == 1


MISSING = {
    "cited references": 2,
    "abstract": 7,
    "corresponding author": 10,
    "addresses": 21,
    "doi": 36,
    "author keywords": 79,
    "index keywords": 97,
}


@pytest.mark.parametrize("step", ["read", "places found"])
def test_published_gaps(
    management_corpus: nb.Corpus, management_clean: nb.Corpus, step: str
) -> None:
    """The works of management without a field are those that bibliometrix counts.

    Addresses of corresponding authors that ``find_places`` adds change nothing.
    """
    corpus = management_corpus if step == "read" else management_clean
    found = {row[0]: 898 - row[1] for row in completeness(corpus).rows}
    assert {name: found[name] for name in MISSING} == MISSING
