"""Clusters."""

from __future__ import annotations

import itertools
from typing import Any

import networkx as nx
import numpy as np
import pytest

from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.clusters import cluster, cluster_table, quality_of
from nqp_biblio.networks.citation import citation_network
from nqp_biblio.networks.weights import weigh
from nqp_biblio.record import CitedReference, Record

TWO_TRIANGLES = [(0, 1, 1), (0, 2, 1), (1, 2, 1), (2, 3, 1), (3, 4, 1), (3, 5, 1), (4, 5, 1)]


def _same_partition(one: list[int], other: list[int]) -> bool:
    return len(set(zip(one, other, strict=True))) == len(set(one)) == len(set(other))


def test_the_published_example(network_of_edges: Any) -> None:
    """Two triangles with a bridge are two clusters at resolution .2 on plain weights."""
    net = cluster(network_of_edges(6, TWO_TRIANGLES), weights="weight", resolution=0.2)
    assert net.node_columns["cluster"].tolist() == [1, 1, 1, 2, 2, 2]
    assert net.manifest["clustering"]["quality_reached"] == pytest.approx(6 - 0.2 * 6)


@pytest.mark.parametrize(
    ("name", "quality", "n_clusters"),
    [
        ("vosviewer/JOI_2007-2016_co-authorship", 31444.83, 25),
        ("vosviewer/QSS_publication_bibliographic_coupling", 455.02, 4),
    ],
)
def test_published_maps(published_map: Any, name: str, quality: float, n_clusters: int) -> None:
    """On VOSviewer's published maps the clusters are the published ones, and so is Q."""
    net, published = published_map(name)
    found = cluster(net)
    told = found.manifest["clustering"]
    assert told["clusters"] == n_clusters
    assert told["quality_reached"] == pytest.approx(quality, abs=0.01)
    assert quality_of(net.with_nodes(cluster=published)) == pytest.approx(quality, abs=0.01)
    assert _same_partition(found.node_columns["cluster"].tolist(), published)


def test_a_large_published_map(published_map: Any) -> None:
    """On a map of 2,234 authors the quality is that of the published clusters or better."""
    net, published = published_map("csss/vosviewer")
    assert quality_of(net.with_nodes(cluster=published)) == pytest.approx(3152505.70, abs=0.01)
    assert cluster(net).manifest["clustering"]["quality_reached"] > 3152505.70


def test_cpm_is_at_a_local_optimum(published_map: Any) -> None:
    """No node can change its cluster and raise the quality."""
    net = cluster(published_map("vosviewer/QSS_publication_bibliographic_coupling")[0])
    best = quality_of(net)
    clusters = net.node_columns["cluster"]
    for node, other in itertools.product(range(net.n_nodes), range(1, clusters.max() + 2)):
        moved = clusters.copy()
        moved[node] = other
        assert quality_of(net.with_nodes(cluster=moved)) <= best + 1e-9


def test_modularity_is_networkx_modularity(network_of_edges: Any) -> None:
    """The quality told for modularity is the one that networkx computes."""
    net = cluster(network_of_edges(6, TWO_TRIANGLES), quality="modularity")
    graph = net.to_networkx()
    sets: dict[int, set[str]] = {}
    for label, number in zip(net.labels, net.node_columns["cluster"], strict=True):
        sets.setdefault(int(number), set()).add(label)
    expected = nx.community.modularity(graph, sets.values())
    assert net.manifest["clustering"]["quality_reached"] == pytest.approx(expected)


def test_resolution_orders_clusters(network_of_edges: Any) -> None:
    """A tiny resolution leaves one cluster, a huge one leaves each node alone."""
    net = network_of_edges(6, TWO_TRIANGLES)
    few, many = (cluster(net, resolution=r).manifest["clustering"]["clusters"] for r in (0.01, 99))
    assert (few, many) == (1, 6)


def test_same_seed_same_clusters(published_map: Any) -> None:
    """A run can be repeated to the byte."""
    net, _ = published_map("csss/vosviewer")
    one, other = (cluster(net, seed=3, n_starts=2).node_columns["cluster"] for _ in range(2))
    assert np.array_equal(one, other)


def test_numbers_go_by_size(network_of_edges: Any) -> None:
    """The largest cluster is 1; of equal ones the smallest label comes first."""
    edges = [(0, 5, 1), (1, 4, 1), (2, 3, 1), (3, 6, 1), (2, 6, 1)]
    net = cluster(network_of_edges(8, edges))
    assert net.node_columns["cluster"].tolist() == [2, 3, 1, 1, 3, 2, 1, 4]


@pytest.mark.parametrize("quality", ["cpm", "modularity"])
@pytest.mark.parametrize("n_nodes", [0, 1, 3])
def test_without_edges(network_of_edges: Any, n_nodes: int, quality: Any) -> None:
    """Without edges each node is a cluster of its own, and none is none."""
    net = cluster(network_of_edges(n_nodes, []), quality=quality)
    assert net.node_columns["cluster"].tolist() == list(range(1, n_nodes + 1))
    assert len(cluster_table(net)) == n_nodes


def test_table_of_clusters(network_of_edges: Any) -> None:
    """The table says what holds a cluster together and what leaves it."""
    net = cluster(network_of_edges(6, TWO_TRIANGLES), weights="weight", resolution=0.2)
    table = cluster_table(net)
    assert table["label"].tolist() == ["n0000, n0001, n0002", "n0003, n0004, n0005"]
    assert table["internal_strength"].tolist() == [3, 3]
    assert table["external_strength"].tolist() == [1, 1]


def test_works_are_named_by_what_sets_them_apart() -> None:
    """A cluster of works is called by its keywords."""
    olds = [Record(title=f"Old {n}", keywords=[("author_keyword", "heat")]) for n in range(2)]
    new = Record(
        title="New",
        keywords=[("author_keyword", "heat"), ("author_keyword", "flow")],
        cited_references=[CitedReference(raw=f"Old {n}", work=old) for n, old in enumerate(olds)],
    )
    net = cluster(citation_network(corpus_of([new])), weights="weight", resolution=0.1)
    assert net.manifest["clustering"]["labels"] == {"1": "heat, flow"}


def test_own_similarity(network_of_edges: Any) -> None:
    """weights='similarity' takes what weigh gave, and needs it."""
    net = network_of_edges(6, TWO_TRIANGLES)
    with pytest.raises(OptionError, match="no similarity yet"):
        cluster(net, weights="similarity")
    weighed = weigh(net, similarity="cosine", marginal="strength")
    found = cluster(weighed, weights="similarity", resolution=0.1)
    assert found.node_columns["cluster"].tolist() == [1, 1, 1, 2, 2, 2]


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"method": "louvain"}, UnknownNameError, "method of clustering 'louvain'"),
        ({"quality": "silhouette"}, UnknownNameError, "quality 'silhouette'"),
        ({"weights": "degree"}, UnknownNameError, "weights 'degree'"),
        ({"resolution": 0}, OptionError, "resolution is 0"),
        ({"n_starts": 0}, OptionError, "n_starts is 0"),
    ],
)
def test_bad_options(
    network_of_edges: Any, options: dict[str, Any], error: type[Exception], match: str
) -> None:
    """An option that means nothing is refused by name."""
    with pytest.raises(error, match=match):
        cluster(network_of_edges(2, [(0, 1, 1)]), **options)


def test_quality_needs_clusters(network_of_edges: Any) -> None:
    """Quality and table ask for clusters first."""
    for ask in (quality_of, cluster_table):
        with pytest.raises(OptionError, match="no clusters yet"):
            ask(network_of_edges(2, [(0, 1, 1)]))
