"""Works by owner, and their citations."""

from __future__ import annotations

import math

import numpy as np
import pytest

import nqp_biblio as nb
from made_corpus import Made, made_corpus
from nqp_biblio.measures.citations import citation_links, cited_works, places_of
from nqp_biblio.measures.owned import owned_totals, owned_works


@pytest.fixture
def corpus() -> nb.Corpus:
    """Make three works; the last cites both others, one of them twice."""
    ek, bo = nb.Person(family="Ek", given="A."), nb.Person(family="Bo", given="C.")
    cited = nb.CitedReference(raw="Ek 2001", doi="10.1016/j.ek.2001.a")
    other = nb.CitedReference(raw="Bo 2002", doi="10.1016/j.ek.2001.b")
    works = [
        nb.Record(
            title="First",
            publication_year=2001,
            doi="10.1016/j.ek.2001.a",
            people=[ek],
            cited_by_count=4,
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


def test_totals(corpus: nb.Corpus) -> None:
    """Totals are works, parts of works, or citations where the database gives them."""
    assert owned_totals(corpus, "authors").tolist() == [2, 2]
    assert owned_totals(corpus, "authors", counting="fractional").tolist() == [1.5, 1.5]
    assert owned_totals(corpus, "authors", citations=True).tolist() == [4]
    assert owned_totals(corpus, "topics").tolist() == []
    with pytest.raises(nb.BiblioError, match="call find_places"):
        owned_totals(corpus, "countries")
    with pytest.raises(nb.BiblioError, match="unknown counting 'half'"):
        owned_totals(corpus, "authors", counting="half")  # type: ignore[arg-type]


def test_owners_by_text() -> None:
    """Terms are owners in the order of their letters; a term that a work has twice is one pair."""
    works = [
        Made(keywords=("maps", "art", "maps")),
        Made(keywords=("zoo",)),
        Made(keywords=("art",)),
    ]
    owned = owned_works(made_corpus(works), "author_keywords")
    assert owned.keys == owned.names == ["art", "maps", "zoo"]
    assert (owned.owner.tolist(), owned.work_id.tolist()) == ([0, 0, 1, 2], [1, 3, 1, 2])
    assert owned.per_work().tolist() == [2, 1, 2, 1]


def test_links_in_any_order() -> None:
    """Links are in order, each once, none of a work to itself, also where works are gone."""
    cites: list[tuple[int, ...]] = [(), (3, 0, 3, 1), (), (1, 0), (0,), (1, 0), (), (), (), ()]
    works = [
        Made(year=number, cites=tuple((n, 1.0) for n in own)) for number, own in enumerate(cites)
    ]
    corpus = made_corpus(works)
    links = citation_links(corpus)
    pairs = list(zip(links.citing.tolist(), links.cited.tolist(), strict=True))
    assert pairs == [(1, 0), (1, 3), (3, 0), (3, 1), (4, 0), (5, 0), (5, 1)]
    few = citation_links(corpus.filter("work_id IN (2, 4)"))
    assert (few.work_id.tolist(), few.citing.tolist(), few.cited.tolist()) == (
        [2, 4],
        [0, 1],
        [1, 0],
    )


@pytest.mark.parametrize("known", [[1, 2, 3], [2, 5, 9], [7, 5_000, 9_000_000]])
def test_places_of_keys(known: list[int]) -> None:
    """Keys are found whether they are close together or far apart."""
    wanted = [known[2], known[0], known[2]]
    assert places_of(np.array(known), np.array(wanted)).tolist() == [2, 0, 2]
    assert places_of(np.array(known), np.array([], dtype=np.int64)).tolist() == []
