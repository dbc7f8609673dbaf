"""Silhouettes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.clusters import cluster, cluster_table
from nqp_biblio.measures.silhouette import silhouette
from nqp_biblio.networks.network import Network
from nqp_biblio.networks.weights import similarities, weigh


def _distances(net: Network, similarity: str) -> np.ndarray[Any, Any]:
    values = similarities(net, similarity, "strength")
    scale = max(1.0, values.max()) if similarity == "cosine" else values.max()
    matrix = np.ones((net.n_nodes, net.n_nodes))
    matrix[net.source, net.target] = matrix[net.target, net.source] = 1 - values / scale
    np.fill_diagonal(matrix, 0)
    return matrix


@given(
    st.lists(st.integers(0, 3), min_size=28, max_size=28),
    st.lists(st.integers(1, 3), min_size=8, max_size=8),
    st.sampled_from(["cosine", "association-strength"]),
)
@settings(max_examples=80, deadline=None)
def test_as_scikit_learn(weights: list[int], clusters: list[int], similarity: str) -> None:
    """The values are those of scikit-learn on the whole matrix of distances."""
    metrics = pytest.importorskip("sklearn.metrics")
    source, target = np.triu_indices(8, 1)
    kept = np.array(weights) > 0
    if not kept.any() or not 2 <= len(set(clusters)) <= 7:
        return
    net = Network(
        kind="cotopic",
        of="topics",
        directed=False,
        ids=np.arange(8),
        labels=tuple("abcdefgh"),
        source=source[kept],
        target=target[kept],
        weight=np.array(weights, dtype=np.float64)[kept],
    ).with_nodes(cluster=clusters)
    found = silhouette(net, similarity=similarity)
    expected = metrics.silhouette_samples(
        _distances(net, similarity), clusters, metric="precomputed"
    )
    assert found.node_columns["silhouette"] == pytest.approx(expected, abs=1e-9)
    assert found.manifest["silhouette"]["mean"] == pytest.approx(expected.mean(), abs=1e-9)


def test_published_map(published_map: Any) -> None:
    """The clusters of a published map fit better than as many drawn by lot; the table says it."""
    net = silhouette(cluster(published_map("vosviewer/JOI_2007-2016_co-authorship")[0]))
    told = net.manifest["silhouette"]
    drawn = np.random.default_rng(0).permutation(net.node_columns["cluster"])
    by_lot = silhouette(net.with_nodes(cluster=drawn)).manifest["silhouette"]["mean"]
    assert told["mean"] > 0 > by_lot
    column = cluster_table(net).column("silhouette")
    assert column == [told["clusters"][str(i)] for i in range(1, 26)]


def test_one_cluster_and_none(network_of_edges: Any) -> None:
    """With one cluster all is 0; nodes in no cluster have no value and are near to none."""
    net = network_of_edges(4, [(0, 1, 1), (1, 2, 1), (2, 3, 1)])
    values = silhouette(net.with_nodes(cluster=[1, 1, 1, 0])).node_columns["silhouette"]
    assert values[:3].tolist() == [0, 0, 0]
    assert np.isnan(values[3])


def test_own_similarity(network_of_edges: Any) -> None:
    """The similarity that weigh gave can be taken, and is named."""
    net = cluster(network_of_edges(4, [(0, 1, 1), (1, 2, 1), (2, 3, 1)]))
    with pytest.raises(OptionError, match="no similarity yet"):
        silhouette(net, similarity="similarity")
    weighed = weigh(net, similarity="cosine", marginal="strength")
    one, other = silhouette(weighed, similarity="similarity"), silhouette(net)
    assert one.manifest["silhouette"] == other.manifest["silhouette"]


def test_bad_options(network_of_edges: Any) -> None:
    """Clusters are needed, and a similarity that there is."""
    net = network_of_edges(2, [(0, 1, 1)])
    with pytest.raises(OptionError, match="no clusters yet"):
        silhouette(net)
    with pytest.raises(UnknownNameError, match="similarity 'linlog-modularity'"):
        silhouette(cluster(net), similarity="linlog-modularity")
