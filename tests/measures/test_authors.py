"""Works by author, in full and in fractions."""

from __future__ import annotations

import pytest

import nqp_biblio as nb
from nqp_biblio.measures.authors import author_production


def _work(year: int | None, *names: str) -> nb.Record:
    """Make a work of people called "Family Initials"."""
    people = [nb.Person(family=name.split()[0], given=name.split()[1]) for name in names]
    return nb.Record(publication_year=year, people=people)


@pytest.fixture(scope="module")
def five_works() -> nb.Corpus:
    """Give five works of five authors, with an editor, who is none."""
    works = [
        _work(2001, "Ames A.", "Bell B."),
        _work(2004, "Ames A."),
        _work(2004, "Bell B.", "Ames A.", "Cole C.", "Dunn D."),
        _work(None, "Cole C."),
        nb.Record(people=[nb.Person(literal="World Bank")]),
    ]
    works[0].people.append(nb.Person(literal="Club", role="editor"))
    return nb.corpus_of(works)


@pytest.fixture(scope="module")
def empty() -> nb.Corpus:
    """Give a corpus that holds nothing but a problem."""
    return nb.corpus_of([nb.Problem("a.bib", 1, "?", "no entry")])


def test_by_hand(five_works: nb.Corpus) -> None:
    """Works, fractions, first places and years are what counting by hand gives."""
    assert author_production(five_works).rows == [
        ("Ames, A.", 3, 1.75, 2, 2001, 2004),
        ("Cole, C.", 2, 1.25, 1, 2004, 2004),
        ("Bell, B.", 2, 0.75, 1, 2001, 2004),
        ("World Bank", 1, 1.0, 1, None, None),
        ("Dunn, D.", 1, 0.25, 0, 2004, 2004),
    ]


def test_fractions_sum_to_works(five_works: nb.Corpus) -> None:
    """Fractions add up to the works that have authors."""
    fractions = author_production(five_works).column("n_works_fractional")
    assert sum(fractions) == pytest.approx(5)


def test_spellings_are_joined_after_cleaning() -> None:
    """After cleaning, spellings of one name are one author; before, they are two."""
    people = [nb.Person(family="Chen", given="LQ"), nb.Person(family="Chen", given="L. Q.")]
    corpus = nb.corpus_of([nb.Record(people=[person]) for person in people])
    assert len(author_production(corpus)) == 2
    [(_, n_works, *_)] = author_production(nb.normalise(corpus)).rows
    assert n_works == 2


def test_family_name_alone() -> None:
    """A person with a family name alone is shown by it, without a stray comma."""
    corpus = nb.corpus_of([nb.Record(people=[nb.Person(family="Plato")])])
    assert author_production(corpus).column("author") == ["Plato"]


def test_nothing(empty: nb.Corpus) -> None:
    """A corpus without works has no authors."""
    assert author_production(empty).rows == []


def test_as_of(five_works: nb.Corpus) -> None:
    """Later works do not count, and works without a year stay."""
    result = author_production(five_works, as_of=2001)
    assert {row[0]: row[1] for row in result.rows} == {
        "Ames, A.": 1,
        "Bell, B.": 1,
        "Cole, C.": 1,
        "World Bank": 1,
    }
    assert result.manifest["as_of"] == 2001


def test_published_counts(management_corpus: nb.Corpus) -> None:
    """Authors of management as bibliometrix counts them, in full and in fractions."""
    found = {row[0]: row[1:3] for row in author_production(management_corpus).rows}
    assert len(found) == 2079
    assert {name: found[name][0] for name in ("MERIGO, JM", "PORTER, AL", "KOSTOFF, RN")} == {
        "MERIGO, JM": 20,
        "PORTER, AL": 19,
        "KOSTOFF, RN": 16,
    }
    fractions = [round(found[name][1], 2) for name in ("KOSTOFF, RN", "PORTER, AL", "MERIGO, JM")]
    assert fractions == [7.77, 5.84, 5.42]
