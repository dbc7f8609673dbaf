"""Thematic maps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.made_corpus import Made, made_corpus

import nqp_biblio as nb
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.cluster_sizes import numbered
from nqp_biblio.measures.thematic_map import callon, callon_map, thematic_map
from nqp_biblio.measures.thematic_network import theme_network

if TYPE_CHECKING:
    from tests.measures.conftest import NetworkOf

    from nqp_biblio.networks.network import Network

WORKS = [
    *[Made(keywords=("a", "b", "c"), citations=4)] * 3,
    *[Made(keywords=("x", "y"), citations=None)] * 2,
    Made(keywords=("x", "y", "a"), citations=10),
    *[Made(keywords=("p", "q"), citations=0)] * 2,
]


def _clustered(works: list[Made], clusters: dict[str, int], similarity: str) -> Network:
    net = nb.weigh(nb.cooccurrence_network(made_corpus(works)), similarity=similarity)
    return net.with_nodes(cluster=[clusters[label] for label in net.labels])


def test_by_hand() -> None:
    """Centrality and density are those worked out by hand with the equivalence index."""
    net = _clustered(WORKS, dict(zip("abcxypq", (1, 1, 1, 2, 2, 3, 3), strict=True)), "equivalence")
    # a is in 4 works, b and c in 3, x and y in 3: ab = ac = 9/12, bc = 1, xy = 1, ax = ay = 1/12
    centrality, density = callon(net)
    assert centrality == pytest.approx([10 * 2 / 12, 10 * 2 / 12, 0.0])
    assert density == pytest.approx([100 * 2.5 / 3, 100 / 2, 100 / 2])


def test_table_by_hand() -> None:
    """A theme comes with its label, terms, works and their citations."""
    found = thematic_map(made_corpus(WORKS))
    assert found.column("label") == ["a, b, c", "p, q", "x, y"]
    assert found.column("n_terms") == [3, 2, 2]
    assert found.column("occurrences") == [10, 4, 6]
    assert found.column("centrality_rank") == [2.5, 1.0, 2.5]
    assert found.column("density_rank") == [3.0, 1.5, 1.5]
    assert found.column("quadrant") == ["motor", "niche", "motor"]
    assert found.column("n_works") == [4, 2, 3]
    assert found.column("mean_citations") == [5.5, 0.0, 10.0]
    assert found.column("h") == [4, 0, 1]
    core = thematic_map(made_corpus(WORKS), terms_per_work=2)
    assert core.column("n_works") == [3, 2, 3]
    assert found.manifest["as_of"] == 2020


def test_order_of_works_does_not_matter() -> None:
    """The same works in another order have the same map."""
    assert thematic_map(made_corpus(WORKS[::-1])).rows == thematic_map(made_corpus(WORKS)).rows


def _brute(net: Network) -> tuple[list[float], list[float]]:
    """Go through all pairs of terms of all pairs of themes."""
    numbers, value = net.node_columns["cluster"], net.edge_columns["similarity"]
    links = dict(
        zip(zip(net.source.tolist(), net.target.tolist(), strict=True), value, strict=True)
    )
    links |= {(b, a): w for (a, b), w in links.items()}
    centrality, density = [], []
    for theme in range(1, int(numbers.max()) + 1):
        mine = np.flatnonzero(numbers == theme).tolist()
        others = np.flatnonzero((numbers != theme) & (numbers > 0)).tolist()
        centrality.append(10 * sum(links.get((i, j), 0.0) for i in mine for j in others))
        inside = sum(links.get((i, j), 0.0) for i in mine for j in mine if i < j)
        density.append(100 * inside / max(len(mine), 1))
    return centrality, density


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=1, max_size=5), min_size=3, max_size=12),
    st.lists(st.integers(0, 3), min_size=8, max_size=8),
)
def test_against_all_pairs(works: list[set[str]], chosen: list[int]) -> None:
    """Any clusters give what a walk over all pairs gives; each external link counts twice."""
    clusters = dict(zip("abcdefgh", chosen, strict=True))
    terms = sorted(set.union(*works))
    for missing in range(1, max(clusters[t] for t in terms) + 1):
        clusters[terms[missing % len(terms)]] = missing
    made = [Made(keywords=tuple(sorted(words))) for words in works]
    net = _clustered(made, clusters, "equivalence")
    centrality, density = callon(net)
    expected = _brute(net)
    assert centrality == pytest.approx(expected[0])
    assert density == pytest.approx(expected[1])
    once, _ = callon(net, like="bibliometrix")
    assert centrality.sum() == pytest.approx(20 * once.sum())


def test_links_to_itself_do_not_count() -> None:
    """A network with links of terms to themselves has the same map."""
    corpus = made_corpus(WORKS)
    nets = [nb.cooccurrence_network(corpus, self_loops=loops) for loops in (False, True)]
    clusters = np.array([1, 1, 1, 3, 3, 2, 2])
    maps = [callon_map(nb.weigh(net).with_nodes(cluster=clusters)) for net in nets]
    assert maps[0].rows == maps[1].rows


def test_quadrants_have_their_names(network_of_edges: NetworkOf) -> None:
    """Central and dense is motor, dense alone niche, central alone basic, else emerging."""
    inside: list[tuple[int, int, float]] = [(0, 1, 9), (2, 3, 8), (4, 5, 1), (6, 7, 2)]
    net = network_of_edges(8, sorted([*inside, (0, 4, 4), (1, 4, 4), (2, 6, 1)]))
    net = net.with_edges(similarity=net.weight).with_nodes(cluster=np.arange(8) // 2 + 1)
    net = net.with_manifest(similarity={"name": "by hand"})
    names = ["motor", "niche", "basic", "emerging or declining"]
    for axes in ("rank", "value"):
        for split in ("median", "mean"):
            assert callon_map(net, axes=axes, split=split).column("quadrant") == names


def test_like_bibliometrix_by_hand() -> None:
    """Its density has the link of a term to itself, and it counts a link for the more frequent."""
    clusters = dict(zip("abcxypq", (1, 1, 1, 2, 2, 3, 3), strict=True))
    net = _clustered(WORKS, clusters, "association-strength")
    centrality, density = callon(net, like="bibliometrix")
    assert centrality == pytest.approx([2 / 12, 0, 0])  # a, in 4 works, comes before x and y
    inside = 2 * 3 / 12 + 3 / 9
    assert density[0] == pytest.approx(100 * (inside + 1 / 4 + 1 / 3 + 1 / 3) / 3)


def test_published_figures_of_bibliometrix(management_clean: nb.Corpus) -> None:
    """On ``management`` its centralities add up to 6.352, the true ones to 12.703.

    Walktrap, n=250, minfreq=5: of 14 themes 5 are in another quadrant when all links are
    counted; Spearman's correlation is .87 for centrality and .55 for density.
    """
    pytest.importorskip("igraph")
    from scipy import stats

    whole = theme_network(management_clean, like="bibliometrix", min_occurrences=1)
    found = whole.to_igraph().community_walktrap(weights="weight", steps=4)
    net = whole.with_nodes(cluster=np.array(found.as_clustering().membership) + 1)
    net = net.subnetwork(net.node_columns["occurrences"] >= 4)
    net = net.with_nodes(cluster=numbered(net.node_columns["cluster"], net.labels))
    ours, theirs = (callon_map(net, split="mean", like=like) for like in (None, "bibliometrix"))
    assert len(ours) == 14
    assert sum(theirs.column("centrality")) == pytest.approx(6.352, abs=5e-4)
    assert sum(ours.column("centrality")) / 10 == pytest.approx(12.703, abs=5e-4)
    pairs = zip(ours.column("quadrant"), theirs.column("quadrant"), strict=True)
    assert sum(a != b for a, b in pairs) == 5
    for column, expected in {"centrality": 0.87, "density": 0.55}.items():
        rank = stats.spearmanr(ours.column(column), theirs.column(column)).statistic
        assert round(rank, 2) == expected


def test_each_link_counts_twice_on_real_works(management_clean: nb.Corpus) -> None:
    """On ``management`` the sum of our centralities is twice that of the links between themes."""
    net = theme_network(management_clean, like="bibliometrix")
    assert net.manifest["themes"]["min_occurrences"] == 4
    ours, theirs = callon(net)[0].sum(), callon(net, like="bibliometrix")[0].sum()
    assert ours / 10 == pytest.approx(2 * theirs)


EDGES: list[tuple[str, list[Made], list[int]]] = [
    ("no works", [], []),
    ("no keywords", [Made(), Made()], []),
    ("one work", [Made(keywords=("a", "b"))], []),
    ("one term", [Made(keywords=("a",))] * 3, []),
    ("one theme", [Made(keywords=("a", "b"))] * 3, [2]),
    ("missing years", [Made(keywords=("a", "b"), year=None)] * 3, [2]),
]


@pytest.mark.parametrize(
    ("works", "sizes"), [case[1:] for case in EDGES], ids=[c[0] for c in EDGES]
)
def test_where_there_is_little(works: list[Made], sizes: list[int]) -> None:
    """A corpus with little has an empty map and says why; one theme alone has no quadrant."""
    found = thematic_map(made_corpus(works))
    assert found.column("n_terms") == sizes
    assert found.column("quadrant") == [None] * len(sizes)
    assert ("warning" in found.manifest) == (not sizes)


def test_without_known_works() -> None:
    """A network without works behind it has a map without works."""
    net = nb.weigh(nb.cooccurrence_network(made_corpus(WORKS)))
    bare = replace(net, corpus=None, trace=None).with_nodes(cluster=np.array([1, 1, 1, 2, 2, 3, 3]))
    assert callon_map(bare).column("n_works") == [None] * 3


def test_as_of_and_years() -> None:
    """Later works do not count."""
    works = [
        *[Made(keywords=("a", "b"), year=2001)] * 2,
        *[Made(keywords=("c", "d"), year=2005)] * 2,
    ]
    corpus = made_corpus(works)
    assert thematic_map(corpus).column("label") == ["a, b", "c, d"]
    assert thematic_map(corpus, as_of=2003).column("label") == ["a, b"]
    assert thematic_map(corpus, years=(2004, 2006)).column("label") == ["c, d"]


@pytest.mark.parametrize(
    ("options", "kind", "match"),
    [
        ({"axes": "log"}, UnknownNameError, "axes"),
        ({"split": "mode"}, UnknownNameError, "split"),
        ({"like": "vosviewer"}, UnknownNameError, "like"),
        ({"similarity": "dice"}, UnknownNameError, "similarity"),
        ({"similarity": "linlog-modularity"}, UnknownNameError, "similarity"),
        ({"of": "letters"}, UnknownNameError, "unit"),
        ({"n_terms": 0}, OptionError, "n_terms is 0"),
        ({"terms_per_work": 0}, OptionError, "terms_per_work is 0"),
    ],
)
def test_wrong_options(options: dict[str, Any], kind: type[Exception], match: str) -> None:
    """A wrong option is named."""
    with pytest.raises(kind, match=match):
        thematic_map(made_corpus(WORKS), **options)


def test_networks_that_are_not_ready() -> None:
    """A network without similarity, clusters or occurrences is refused with what would do."""
    net = nb.cooccurrence_network(made_corpus(WORKS))
    with pytest.raises(OptionError, match="weigh"):
        callon(net.with_nodes(cluster=np.ones(7, dtype=int)))
    with pytest.raises(OptionError, match="no clusters yet"):
        callon(nb.weigh(net))
    with pytest.raises(OptionError, match="left out"):
        callon_map(nb.weigh(net).with_nodes(cluster=np.array([1, 1, 1, 3, 3, 3, 3])))
