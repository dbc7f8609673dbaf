"""Works by owner, and their citations."""

from __future__ import annotations

import math

import pytest

import nqp_biblio as nb
from nqp_biblio.measures.citations import citation_links, cited_works
from nqp_biblio.measures.owned import owned_works


@pytest.fixture
def corpus() -> nb.Corpus:
    """Make three works; the last cites both others, one of them twice."""
    ek, bo = nb.Person(family="Ek", given="A."), nb.Person(family="Bo", given="C.")
    cited = nb.CitedReference(raw="Ek 2001", doi="10.1016/j.ek.2001.a")
    other = nb.CitedReference(raw="Bo 2002", doi="10.1016/j.ek.2001.b")
    works = [
        nb.Record(
            title="First", publication_year=2001, doi="10.1016/j.ek.2001.a", people=[ek], cited_by_count=4
        ),
        nb.Record(
            title="Second",
            publication_year=2002,
            doi="10.1016/j.ek.2001.b",
            people=[bo, ek],
            keywords=[("author_keyword", "Maps")],
        ),
        nb.Record(title="Third", people=[bo], cited_references=[cited, other, cited]),
    ]
    return nb.link_references(nb.normalise(nb.corpus_of(works)))


def test_owned_authors(corpus: nb.Corpus) -> None:
    """Each author has their works, each pair once, with its share."""
    owned = owned_works(corpus, "authors")
    found = {
        name: owned.work_id[owned.owner == place].tolist() for place, name in enumerate(owned.names)
    }
    assert found == {"Ek, A.": [1, 2], "Bo, C.": [2, 3]}
    assert owned.n_works.tolist() == [2, 2]
    assert sorted(owned.per_work().tolist()) == [1, 1, 2, 2]


def test_owned_needs_its_step(corpus: nb.Corpus) -> None:
    """Owners that no step has found yet are asked for by the name of the step."""
    with pytest.raises(nb.BiblioError, match="call find_places"):
        owned_works(corpus, "countries")
    with pytest.raises(nb.BiblioError, match="owner of works"):
        owned_works(corpus, "planets")


def test_citations(corpus: nb.Corpus) -> None:
    """Global citations are the database's, unknown ones missing; local ones count works."""
    counted = cited_works(corpus)
    assert counted.citations[0] == 4
    assert math.isnan(counted.citations[1])
    assert math.isnan(counted.year[2])
    assert cited_works(corpus, "local").citations.tolist() == [1, 1, 0]
    links = citation_links(corpus)
    assert (links.citing.tolist(), links.cited.tolist()) == ([2, 2], [0, 1])
    with pytest.raises(nb.BiblioError, match="scope"):
        cited_works(corpus, "lunar")  # type: ignore[arg-type]
