"""Numbers of clusters, and small ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqp_biblio.errors import OptionError
from nqp_biblio.measures.cluster_search import Graph
from nqp_biblio.measures.cluster_sizes import clusters_of, merge_small, numbered


def _graph(n_nodes: int, edges: list[tuple[int, int, float]]) -> Graph:
    source, target, weight = np.array(edges or np.empty((0, 3))).reshape(-1, 3).T
    ends = source.astype(np.int64), target.astype(np.int64)
    return Graph.of(ends, weight, np.ones(n_nodes), 1.0)


def _merged(n_nodes: int, edges: Any, cluster: list[int], min_size: int) -> list[int]:
    ones = np.ones(n_nodes, dtype=np.int64)
    found = merge_small(_graph(n_nodes, edges), np.array(cluster), ones, min_size)
    return [int(number) for number in found]


@pytest.mark.parametrize(
    ("edges", "cluster", "expected"),
    [
        ([(0, 4, 2.0), (2, 4, 1.0)], [0, 0, 1, 1, 2], [0, 0, 1, 1, 0]),
        ([(0, 5, 2.0), (3, 5, 1.5)], [0, 0, 0, 1, 1, 2], [0, 0, 0, 1, 1, 1]),
        ([(0, 4, 1.0), (2, 4, 1.0)], [0, 0, 1, 1, 2], [0, 0, 1, 1, 0]),
        ([], [0, 0, 1, 1, 2], [0, 0, 1, 1, 2]),
        ([(4, 5, 1.0)], [0, 0, 1, 1, 2, 3], [0, 0, 1, 1, 2, 2]),
    ],
    ids=["more links", "more links by size", "tie", "no links", "small ones together"],
)
def test_where_a_small_cluster_goes(edges: Any, cluster: list[int], expected: list[int]) -> None:
    """It goes where it has most links for the size there, of equals to the first in number."""
    assert _merged(len(cluster), edges, cluster, 2) == expected


def test_the_smallest_goes_first() -> None:
    """A cluster that has grown by a smaller one is large enough, and stays."""
    edges = [(6, 4, 1.0), (4, 0, 3.0)]
    assert _merged(7, edges, [0, 0, 0, 0, 1, 1, 2], 3) == [0, 0, 0, 0, 1, 1, 1]


@given(
    st.lists(
        st.tuples(st.integers(0, 11), st.integers(0, 11), st.sampled_from([0.5, 1.0, 2.0])),
        max_size=25,
    ),
    st.lists(st.integers(0, 6), min_size=12, max_size=12),
    st.integers(2, 6),
)
@settings(max_examples=80, deadline=None)
def test_what_stays_small_has_no_links(
    edges: list[tuple[int, int, float]], found: list[int], min_size: int
) -> None:
    """Clusters are joined whole, and only one without links to others may stay small."""
    labels = [f"n{i:02}" for i in range(12)]
    cluster = numbered(np.array(found), labels) - 1
    merged = _merged(12, edges, cluster.tolist(), min_size)
    assert len(set(zip(cluster.tolist(), merged, strict=True))) == len(set(cluster.tolist()))
    linked = {merged[a] for a, b, _ in edges if merged[a] != merged[b]}
    linked |= {merged[b] for a, b, _ in edges if merged[a] != merged[b]}
    for number in linked:
        assert merged.count(number) >= min_size


@pytest.mark.parametrize("values", [[1.5, 2.0], [-1, 2], ["a", "b"]])
def test_clusters_are_whole_numbers(network_of_edges: Any, values: list[Any]) -> None:
    """A column that holds something else is refused."""
    net = network_of_edges(2, [(0, 1, 1)]).with_nodes(cluster=values)
    with pytest.raises(OptionError, match="no whole numbers"):
        clusters_of(net)
