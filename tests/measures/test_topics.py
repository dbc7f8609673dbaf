"""Topics and keywords by works."""

from __future__ import annotations

from typing import Any

import pytest

import nqp_biblio as nb
from nqp_biblio.measures.topics import topic_frequencies


@pytest.fixture(scope="module")
def five_works() -> nb.Corpus:
    """Give five works, two of them with keywords."""
    words = [
        [("author_keyword", "ports"), ("author_keyword", "towns")],
        [("author_keyword", "ports"), ("index_keyword", "ships")],
    ]
    return nb.corpus_of(nb.Record(keywords=keywords) for keywords in [*words, [], [], []])


@pytest.fixture(scope="module")
def empty() -> nb.Corpus:
    """Give a corpus that holds nothing but a problem."""
    return nb.corpus_of([nb.Problem("a.bib", 1, "?", "no entry")])


TITLES = [
    ("Harbour Growth and Street Networks", 2001),
    ("Tidal Trade and Harbour Growth", 2004),
    ("Street Networks of Tidal Trade", None),
    ("Tidal Trade", 2003),
]


def test_topics_by_hand() -> None:
    """Topics stand by works then name, with share and years."""
    records = [nb.Record(title=title, publication_year=year) for title, year in TITLES]
    result = topic_frequencies(nb.find_topics(nb.corpus_of(records)))
    assert result.rows == [
        ("tidal trade", 3, 0.75, False, 2003, 2004),
        ("harbour growth", 2, 0.5, False, 2001, 2004),
        ("street networks", 2, 0.5, False, 2001, 2001),
    ]


KEYWORDS = [
    ("author_keyword", [("ports", 2), ("towns", 1)]),
    ("index_keyword", [("ships", 1)]),
    ("topic", []),
]


@pytest.mark.parametrize(("kind", "expected"), KEYWORDS)
def test_keywords(five_works: nb.Corpus, kind: str, expected: list[tuple[str, int]]) -> None:
    """Keywords of authors, of the index and topics are counted apart."""
    rows = topic_frequencies(five_works, kind=kind).rows
    assert [(row[0], row[1]) for row in rows] == expected
    assert all(row[2] == row[1] / 5 for row in rows)


def test_what_all_share_is_marked() -> None:
    """A topic of nearly every work is marked as such."""
    words = ["Rivers", "Canals", "Harbours", "Bridges", "Lighthouses", "Ferries"]
    records = [nb.Record(title=f"Tidal Trade and {word}") for word in words]
    rows = topic_frequencies(nb.find_topics(nb.corpus_of(records))).rows
    assert rows[0][:4] == ("tidal trade", 6, 1.0, True)
    assert not any(row[3] for row in rows[1:])


def test_nothing(empty: nb.Corpus) -> None:
    """A corpus without works has no topics."""
    assert topic_frequencies(empty).rows == []


def test_as_of() -> None:
    """Later works do not count."""
    words = [("author_keyword", "ports")]
    records = [nb.Record(publication_year=year, keywords=words) for year in (2001, 2004)]
    result = topic_frequencies(nb.corpus_of(records), kind="author_keyword", as_of=2001)
    assert result.rows == [("ports", 1, 1.0, False, 2001, 2001)]
    assert result.manifest["as_of"] == 2001


@pytest.mark.parametrize("options", [{"kind": "title"}, {"like": "excel"}])
def test_unknown_options(five_works: nb.Corpus, options: dict[str, Any]) -> None:
    """An option that is none is refused."""
    with pytest.raises(nb.BiblioError, match=r"unknown (kind 'title'|like 'excel')"):
        topic_frequencies(five_works, **options)


def test_published_counts(management_corpus: nb.Corpus) -> None:
    """Of management bibliometrix counts BIBLIOMETRICS 234 and SCIENCE 146 times.

    Two works list BIBLIOMETRICS twice; 232 works have it.
    """
    found = {
        kind: topic_frequencies(management_corpus, kind=kind, like="bibliometrix").rows[0][:2]
        for kind in ("author_keyword", "index_keyword")
    }
    assert found == {
        "author_keyword": ("BIBLIOMETRICS", 234),
        "index_keyword": ("SCIENCE", 146),
    }
    own = topic_frequencies(management_corpus, kind="author_keyword").rows[0]
    assert own[:2] == ("BIBLIOMETRICS", 232)
