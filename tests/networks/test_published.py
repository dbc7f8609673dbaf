"""Networks that bibliometrix gives of its own set ``management``, of 898 works."""

from __future__ import annotations

from typing import Any

import pytest

import nqp_biblio as nb

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def corpus(management_corpus: nb.Corpus) -> nb.Corpus:
    """Give the set with the countries of its addresses."""
    return nb.find_places(management_corpus)


AS_PRINTED = {"identity": "printed"}
LIKE = {"like": "bibliometrix"}
PUBLISHED: list[tuple[str, str, dict[str, Any], tuple[int, int, int]]] = [
    ("coauthorship", "authors", AS_PRINTED, (2_079, 3_149, 3_479)),
    ("cooccurrence", "author_keywords", AS_PRINTED, (2_243, 9_350, 10_357)),
    ("cooccurrence", "index_keywords", AS_PRINTED, (1_918, 18_974, 22_971)),
    ("coauthorship", "authors", LIKE, (2_079, 3_149, 3_479)),
    ("coauthorship", "countries", LIKE, (67, 296, 720)),
    ("coupling", "works", LIKE, (896, 70_037, 125_836)),
    ("cocitation", "authors", LIKE, (28_348, 2_064_635, 2_221_974)),
    ("cocitation", "sources", LIKE, (13_117, 750_960, 1_008_676)),
]


@pytest.mark.parametrize(("kind", "of", "options", "expected"), PUBLISHED)
def test_nodes_edges_and_weights(
    corpus: nb.Corpus, kind: str, of: str, options: dict[str, Any], expected: tuple[int, int, int]
) -> None:
    """Nodes, edges and the sum of the weights are those published.

    Two of the 898 works cite nothing and so are no nodes of coupling.
    """
    net = nb.network_of(corpus, kind, of=of, **options)
    assert (net.n_nodes, net.n_edges, net.weight.sum()) == expected


def test_the_strongest_authors(corpus: nb.Corpus) -> None:
    """Small and Garfield are cited together 70 times, each with a work behind it."""
    net = nb.cocitation_network(corpus, of="authors", like="bibliometrix")
    first, second = net.index("SMALL H"), net.index("GARFIELD E")
    is_pair = (net.source == min(first, second)) & (net.target == max(first, second))
    assert net.weight[is_pair].tolist() == [70]
    assert len(net.evidence("SMALL H", "GARFIELD E")) == 70


def test_what_joins_two_references(corpus: nb.Corpus) -> None:
    """Volume and DOI do not count, a bracket ends a string, a blank before a volume counts."""
    strings = [
        ("A B, 1999, J X, V1, P2, DOI 10.1/a", "A B, 1999, J X, V7"),
        ("A B, 1999, J X", "A B, 1999, J X, V7"),
        ("A B (ED), 1999, J X", "A B (ED), 2004, BOOK"),
        ("DOI 10.1/abc", "DOI 10.1/xyz"),
        ("A B, 1999", "A B, 1999"),
    ]
    joined = []
    for pair in strings:
        works = [nb.Record(cited_references=[nb.CitedReference(raw=raw)]) for raw in pair]
        joined.append(nb.coupling_network(nb.corpus_of(works), like="bibliometrix").n_edges)
    assert joined == [1, 0, 1, 1, 0]
    whole = nb.coupling_network(corpus, identity="printed")
    assert (whole.n_edges, whole.weight.sum()) == (70_520, 132_514)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("Queens Univ, Belfast, North Ireland.", ["Ireland"]),
        ("Natl Taiwan Univ, Taipei, Taiwan.", ["China"]),
        ("Univ Puerto Rico, San Juan, PR 00936 USA", ["United States"]),
        ("Columbia Univ, New York, NY 10027", []),
        ("Univ Sarajevo, Sarajevo, Bosnia & Herceg.", []),
        ("Kim Il Sung Univ, Pyongyang, North Korea", ["North Korea", "South Korea"]),
        ("Ecole Polytech Fed Lausanne, Lausanne, Switzerland.", ["Switzerland"]),
    ],
)
def test_countries_as_bibliometrix_reads_them(address: str, expected: list[str]) -> None:
    """A country is what its list finds at the end of an address."""
    corpus = nb.find_places(nb.corpus_of([nb.Record(title="T", affiliations=[(address, None)])]))
    net = nb.coauthorship_network(corpus, of="countries", like="bibliometrix")
    assert sorted(net.labels) == expected
    assert net.n_edges == len(expected) // 2


@pytest.mark.parametrize(
    ("make", "options", "match"),
    [
        (nb.coupling_network, {"like": "citespace"}, "unknown like 'citespace'"),
        (nb.coupling_network, {"of": "authors", "like": "bibliometrix"}, "coupling of works only"),
        (nb.coauthorship_network, {"like": "citespace"}, "unknown like 'citespace'"),
        (
            nb.coauthorship_network,
            {"of": "institutions", "like": "bibliometrix"},
            "authors and countries only",
        ),
    ],
)
def test_conventions_that_there_are_not(
    corpus: nb.Corpus, make: Any, options: dict[str, Any], match: str
) -> None:
    """A convention that there is not, or that does not reach so far, is refused."""
    with pytest.raises(nb.BiblioError, match=match):
        make(corpus, **options)


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"like": "citespace"}, "unknown like 'citespace'"),
        ({"like": "bibliometrix", "level": "sentence"}, "whole works and first authors only"),
        ({"like": "bibliometrix", "cited_authors": "all"}, "whole works and first authors only"),
    ],
)
def test_bad_conventions(corpus: nb.Corpus, options: dict[str, Any], match: str) -> None:
    """A convention that there is not, or that does not reach so far, is refused."""
    with pytest.raises(nb.BiblioError, match=match):
        nb.cocitation_network(corpus, of="authors", **options)
