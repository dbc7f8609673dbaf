"""Clusters."""

from __future__ import annotations

import itertools
from typing import Any

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.cluster_recipe import Recipe
from nqp_biblio.measures.clusters import cluster, cluster_quality, cluster_table
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
    assert cluster_quality(net.with_nodes(cluster=published), quality="cpm") == pytest.approx(
        quality, abs=0.01
    )
    assert _same_partition(found.node_columns["cluster"].tolist(), published)


def test_a_large_published_map(published_map: Any) -> None:
    """On a map of 2,234 authors the quality is that of the published clusters or better."""
    net, published = published_map("csss/vosviewer")
    assert cluster_quality(net.with_nodes(cluster=published), quality="cpm") == pytest.approx(
        3152505.70, abs=0.01
    )
    assert cluster(net).manifest["clustering"]["quality_reached"] > 3152505.70


def test_cpm_is_at_a_local_optimum(published_map: Any) -> None:
    """No node can change its cluster and raise the quality."""
    net = cluster(published_map("vosviewer/QSS_publication_bibliographic_coupling")[0])
    best = cluster_quality(net, quality="cpm")
    clusters = net.node_columns["cluster"]
    for node, other in itertools.product(range(net.n_nodes), range(1, clusters.max() + 2)):
        moved = clusters.copy()
        moved[node] = other
        assert cluster_quality(net.with_nodes(cluster=moved), quality="cpm") <= best + 1e-9


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
    assert table.column("label") == ["n0000, n0001, n0002", "n0003, n0004, n0005"]
    assert table.column("internal_strength") == [3, 3]
    assert table.column("external_strength") == [1, 1]


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
        ({"method": "walktrap"}, UnknownNameError, "method of clustering 'walktrap'"),
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
    for ask in (cluster_quality, cluster_table):
        with pytest.raises(OptionError, match="no clusters yet"):
            ask(network_of_edges(2, [(0, 1, 1)]))


MAPS = (
    "vosviewer/JOI_2007-2016_co-authorship",
    "vosviewer/QSS_publication_bibliographic_coupling",
    "csss/vosviewer",
)


@pytest.mark.parametrize("name", MAPS)
@pytest.mark.parametrize("quality", ["cpm", "modularity"])
def test_not_below_another_leiden(published_map: Any, name: str, quality: Any) -> None:
    """With as many starts the quality is that of another implementation, or within 0.05 %."""
    graspologic = pytest.importorskip("graspologic_native")
    net, _ = published_map(name)
    values = weigh(net, marginal="strength").edge_columns["similarity"]
    values = net.weight if quality == "modularity" else values / (2 * values.max())
    cells = (np.r_[net.source, net.target], np.r_[net.target, net.source])
    matrix = sparse.csr_array((np.r_[values, values], cells), shape=(net.n_nodes,) * 2)
    _, found = graspologic.leiden_csr(
        matrix.indptr.astype(np.int64),
        matrix.indices.astype(np.int32),
        matrix.data,
        net.n_nodes,
        resolution=1.0 if quality == "modularity" else float(values.max()) / _largest(net),
        use_modularity=quality == "modularity",
        iterations=10,
        seed=0,
        trials=10,
    )
    other = net.with_nodes(cluster=[found[i] + 1 for i in range(net.n_nodes)])
    ours = cluster(net, quality=quality).manifest["clustering"]["quality_reached"]
    assert ours >= cluster_quality(other, quality=quality) * 0.9995


def _largest(net: Any) -> float:
    return float(weigh(net, marginal="strength").edge_columns["similarity"].max())


@pytest.mark.parametrize("name", MAPS)
def test_louvain_beside_networkx(published_map: Any, name: str) -> None:
    """Louvain reaches the modularity of networkx's, or within 1 %."""
    net, _ = published_map(name)
    graph = net.to_networkx()
    theirs = nx.community.louvain_communities(graph, seed=0)
    found = cluster(net, method="louvain", quality="modularity")
    ours = found.manifest["clustering"]["quality_reached"]
    assert ours >= 0.99 * nx.community.modularity(graph, theirs)


@pytest.mark.parametrize("name", MAPS)
@pytest.mark.parametrize("quality", ["cpm", "modularity"])
def test_louvain_is_near_leiden(published_map: Any, name: str, quality: Any) -> None:
    """Louvain comes within 0.5 % of what Leiden reaches."""
    net, _ = published_map(name)
    leiden, louvain = (
        cluster(net, method=method, quality=quality).manifest["clustering"]["quality_reached"]
        for method in ("leiden", "louvain")
    )
    assert louvain >= 0.995 * leiden


def test_like_vosviewer(published_map: Any) -> None:
    """VOSviewer's own options give its published clusters, and the manifest says what differs."""
    net, published = published_map("vosviewer/JOI_2007-2016_co-authorship")
    told = (found := cluster(net, like="vosviewer")).manifest["clustering"]
    assert _same_partition(found.node_columns["cluster"].tolist(), published)
    assert (told["n_starts"], told["iterations"], told["resolution"]) == (1, 10, 1.0)
    assert "random numbers" in told["differs"]


def test_like_vosviewer_on_a_large_map(published_map: Any) -> None:
    """One start on a map of 2,234 authors is within 0.1 % of the published quality."""
    net, _ = published_map("csss/vosviewer")
    told = cluster(net, like="vosviewer").manifest["clustering"]
    assert told["quality_reached"] > 0.999 * 3152505.70


def test_modularity_is_told_of_any_clusters(network_of_edges: Any) -> None:
    """The manifest holds the modularity of the weights whatever was maximised."""
    net = cluster(network_of_edges(6, TWO_TRIANGLES), weights="weight", resolution=0.2)
    assert net.manifest["clustering"]["modularity"] == pytest.approx(6 / 7 - 0.5)
    assert cluster_quality(net) == pytest.approx(6 / 7 - 0.5)


def test_mass_of_linlog(network_of_edges: Any) -> None:
    """With LinLog/modularity the clusters are those of modularity."""
    net = network_of_edges(6, TWO_TRIANGLES)
    weighed = weigh(net, similarity="linlog-modularity")
    found = cluster(weighed, weights="similarity")
    assert found.node_columns["cluster"].tolist() == [1, 1, 1, 2, 2, 2]
    by_hand = 6 - 2 * (2 * 2 + 2 * 3 + 2 * 3) / 14
    assert found.manifest["clustering"]["quality_reached"] == pytest.approx(by_hand)


def test_mass_of_a_part(network_of_edges: Any) -> None:
    """A part of a network keeps the mass that nodes have in the whole."""
    weighed = weigh(network_of_edges(6, TWO_TRIANGLES), similarity="linlog-modularity")
    part = weighed.subnetwork([True] * 3 + [False] * 3)
    found = cluster(part, weights="similarity")
    by_hand = 3 - (2 * 2 + 2 * 3 + 2 * 3) / 14
    assert found.manifest["clustering"]["quality_reached"] == pytest.approx(by_hand)


def test_mass_goes_with_its_similarity(network_of_edges: Any) -> None:
    """Another similarity later does not use the mass that is still there."""
    weighed = weigh(network_of_edges(6, TWO_TRIANGLES), similarity="linlog-modularity")
    again = weigh(weighed, similarity="cosine", marginal="strength")
    plain = weigh(network_of_edges(6, TWO_TRIANGLES), similarity="cosine", marginal="strength")
    one, other = (
        cluster(net, weights="similarity", resolution=0.1).manifest["clustering"]
        for net in (again, plain)
    )
    assert one["quality_reached"] == other["quality_reached"]


def test_modularity_of_a_similarity(network_of_edges: Any) -> None:
    """Modularity can be that of the similarity, with strengths to match."""
    net = weigh(network_of_edges(6, TWO_TRIANGLES), similarity="cosine", marginal="strength")
    found = cluster(net, quality="modularity", weights="similarity")
    graph = net.to_networkx()
    sets = [{f"n{i:04}" for i in range(3)}, {f"n{i:04}" for i in range(3, 6)}]
    expected = nx.community.modularity(graph, sets, weight="similarity")
    assert found.manifest["clustering"]["quality_reached"] == pytest.approx(expected)


def test_self_loops_count_for_modularity_alone(network_of_edges: Any) -> None:
    """An edge of a node with itself is no pair; modularity counts it as networkx does."""
    net = network_of_edges(6, sorted([*TWO_TRIANGLES, (0, 0, 2), (3, 3, 1)]))
    found = cluster(net, weights="weight", resolution=0.2)
    assert found.manifest["clustering"]["quality_reached"] == pytest.approx(6 - 0.2 * 6)
    sets = [{f"n{i:04}" for i in range(3)}, {f"n{i:04}" for i in range(3, 6)}]
    expected = nx.community.modularity(net.to_networkx(), sets)
    assert found.manifest["clustering"]["modularity"] == pytest.approx(expected)


PAIR_AND_TRIANGLE = [(0, 1, 1), (0, 2, 1), (1, 2, 1), (2, 3, 0.1), (3, 4, 1), (5, 6, 1)]


def test_small_clusters_join_others(network_of_edges: Any) -> None:
    """A cluster that is too small joins the one it has links to; without links it stays."""
    net = network_of_edges(7, PAIR_AND_TRIANGLE)
    options: Any = {"weights": "weight", "resolution": 0.5, "min_size": 3}
    assert cluster(net, **options | {"min_size": 1}).node_columns["cluster"].tolist() == [
        *(1, 1, 1, 2, 2, 3, 3)
    ]
    found = cluster(net, **options)
    assert found.node_columns["cluster"].tolist() == [1, 1, 1, 1, 1, 2, 2]
    assert found.manifest["clustering"]["min_size"] == 3


def test_small_clusters_left_out(network_of_edges: Any) -> None:
    """Without merging, the nodes of small clusters are in none: cluster 0, without a row."""
    net = network_of_edges(7, PAIR_AND_TRIANGLE)
    found = cluster(net, weights="weight", resolution=0.5, min_size=3, merge_small=False)
    assert found.node_columns["cluster"].tolist() == [1, 1, 1, 0, 0, 0, 0]
    told = found.manifest["clustering"]
    assert told["nodes_in_no_cluster"] == 4
    assert told["quality_reached"] == pytest.approx(3 - 0.5 * 3)
    table = cluster_table(found)
    assert table.rows == [(1, "n0000, n0001, n0002", 3, 3.0, pytest.approx(0.1))]


@pytest.mark.parametrize(
    ("n_edges", "n_starts"), [(0, 10), (100_000, 10), (250_000, 4), (1_000_000, 1), (9_000_000, 1)]
)
def test_large_networks_have_fewer_starts(n_edges: int, n_starts: int) -> None:
    """Where nothing is said, large networks are searched from fewer starts."""
    assert Recipe().checked(n_edges).n_starts == n_starts
    assert Recipe(n_starts=7).checked(n_edges).n_starts == 7
    assert Recipe(like="vosviewer").checked(n_edges).n_starts == 1
