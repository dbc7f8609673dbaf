"""Agreement of partitions."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqp_biblio.errors import OptionError
from nqp_biblio.measures.cluster_agreement import (
    adjusted_rand,
    compare_clusters,
    mutual_information,
    overlaps,
)
from nqp_biblio.measures.clusters import cluster

partitions = st.integers(0, 20).flatmap(
    lambda n: st.tuples(*[st.lists(st.integers(0, 4), min_size=n, max_size=n)] * 2)
)


@given(partitions)
@settings(max_examples=100, deadline=None)
def test_as_scikit_learn(both: tuple[list[int], list[int]]) -> None:
    """Both indices are those of scikit-learn."""
    metrics = pytest.importorskip("sklearn.metrics")
    one, other = both
    if len(one) < 2:
        assert adjusted_rand(one, other) == mutual_information(one, other) == 1
        return
    assert adjusted_rand(one, other) == pytest.approx(metrics.adjusted_rand_score(one, other))
    expected = metrics.normalized_mutual_info_score(one, other)
    assert mutual_information(one, other) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_as_counted_pair_by_pair(seed: int) -> None:
    """The Rand index is what counting all pairs of nodes gives."""
    one, other = np.random.default_rng(seed).integers(0, 4, (2, 25))
    pairs = list(itertools.combinations(range(25), 2))
    a = np.array([one[i] == one[j] for i, j in pairs])
    b = np.array([other[i] == other[j] for i, j in pairs])
    chance = a.sum() * b.sum() / len(pairs)
    expected = ((a & b).sum() - chance) / ((a.sum() + b.sum()) / 2 - chance)
    assert adjusted_rand(one, other) == pytest.approx(expected)


@given(partitions)
@settings(max_examples=50, deadline=None)
def test_overlaps_as_sets(both: tuple[list[int], list[int]]) -> None:
    """Each pair of clusters with nodes in common has the Jaccard index of the two sets."""
    one, other = (np.array(part, dtype=np.int64) for part in both)
    if not one.size:
        return
    found = {(int(a), int(b)): j for a, b, j in zip(*overlaps(one, other), strict=True)}
    for a, b in itertools.product(set(both[0]), set(both[1])):
        first, second = set(np.flatnonzero(one == a)), set(np.flatnonzero(other == b))
        assert found.get((a, b), 0.0) == pytest.approx(len(first & second) / len(first | second))


@pytest.mark.parametrize(
    "name", ["JOI_2007-2016_co-authorship", "QSS_publication_bibliographic_coupling"]
)
def test_published_maps(published_map: Any, name: str) -> None:
    """On VOSviewer's published maps the clusters agree wholly."""
    net, published = published_map(f"vosviewer/{name}")
    row = compare_clusters(cluster(net), net.with_nodes(cluster=published)).frame.iloc[0]
    assert row["adjusted_rand"] == 1.0
    assert row["mutual_information"] == pytest.approx(1.0)
    assert row["clusters_first"] == row["clusters_second"]


def test_nodes_go_by_label(network_of_edges: Any) -> None:
    """Nodes of both networks are compared, the others counted; none in cluster 0 is together."""
    net = network_of_edges(4, [(0, 1, 1), (2, 3, 1)])
    one = net.with_nodes(cluster=[1, 1, 2, 2])
    other = one.subnetwork([False, True, True, True]).with_nodes(cluster=[2, 0, 0])
    row = compare_clusters(one, other).frame.iloc[0]
    assert row["nodes"] == 3
    assert (row["only_first"], row["only_second"]) == (1, 0)
    assert (row["clusters_first"], row["clusters_second"]) == (2, 3)
    assert row["adjusted_rand"] == 0.0


def test_other_lengths() -> None:
    """Partitions of different nodes cannot be compared."""
    with pytest.raises(OptionError, match="3 and 2 nodes"):
        adjusted_rand([1, 2, 3], [1, 2])
    with pytest.raises(OptionError, match="3 and 2 nodes"):
        mutual_information([1, 2, 3], [1, 2])
