"""Levels of clusters."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.cluster_levels import cluster_levels, cluster_tree
from nqp_biblio.measures.clusters import cluster, cluster_quality
from nqp_biblio.networks.network import Network

# four triangles, two and two joined by a weak link
TRIANGLES = [(3 * k + a, 3 * k + b, 1.0) for k in range(4) for a, b in ((0, 1), (0, 2), (1, 2))]
FOUR = sorted([*TRIANGLES, (0, 3, 0.9), (1, 4, 0.9), (6, 9, 0.9), (7, 10, 0.9)])


def _columns(net: Network) -> list[np.ndarray[Any, Any]]:
    names = [entry["column"] for entry in net.manifest["cluster_levels"]]
    return [net.node_columns[name] for name in names]


def test_triangles_within_pairs(network_of_edges: Any) -> None:
    """Two levels of a network made of two levels are these."""
    net = cluster_levels(network_of_edges(12, FOUR), [0.5, 0.1], weights="weight")
    assert net.node_columns["cluster_1"].tolist() == [1] * 6 + [2] * 6
    assert net.node_columns["cluster_2"].tolist() == [1] * 3 + [2] * 3 + [3] * 3 + [4] * 3
    assert net.node_columns["cluster"].tolist() == net.node_columns["cluster_1"].tolist()
    assert cluster_tree(net).rows == [
        (1, 1, None, "n0000, n0001, n0003", 6, 2),
        (2, 1, 1, "n0000, n0001, n0002", 3, 0),
        (2, 2, 1, "n0003, n0004, n0005", 3, 0),
        (1, 2, None, "n0006, n0007, n0009", 6, 2),
        (2, 3, 2, "n0006, n0007, n0008", 3, 0),
        (2, 4, 2, "n0009, n0010, n0011", 3, 0),
    ]


@given(
    st.lists(
        st.tuples(st.integers(0, 14), st.integers(0, 14), st.sampled_from([1.0, 2.0, 5.0])),
        max_size=40,
    ),
    st.sampled_from(["leiden", "louvain"]),
    st.sampled_from(["cpm", "modularity"]),
    st.sampled_from([None, [3, 2, 1], [1, 1, 2]]),
)
@settings(max_examples=60, deadline=None)
def test_levels_are_nested(
    edges: list[tuple[int, int, float]], method: str, quality: Any, min_sizes: list[int] | None
) -> None:
    """Two nodes together at one level are together at each broader one."""
    pairs = {tuple(sorted((a, b))): w for a, b, w in edges if a != b}
    ends = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    net = Network(
        kind="cotopic",
        of="topics",
        directed=False,
        ids=np.arange(1, 16),
        labels=tuple(f"n{i:02}" for i in range(15)),
        source=ends[:, 0],
        target=ends[:, 1],
        weight=np.array([pairs[pair] for pair in sorted(pairs)]),
    )
    made = cluster_levels(
        net, [0.3, 1, 3], method=method, quality=quality, min_sizes=min_sizes, n_starts=2
    )
    columns = _columns(made)
    for broad, fine in itertools.pairwise(columns):
        assert len(set(zip(broad.tolist(), fine.tolist(), strict=True))) == len(set(fine.tolist()))
    rows = cluster_tree(made).rows
    for level in (1, 2, 3):
        assert sum(row[4] for row in rows if row[0] == level) == 15


def test_the_finest_level_is_a_clustering(published_map: Any) -> None:
    """The finest level is what cluster finds at its resolution, and each tells its quality."""
    net, _ = published_map("csss/vosviewer")
    made = cluster_levels(net, [0.1, 1.0])
    alone = cluster(net)
    assert np.array_equal(made.node_columns["cluster_2"], alone.node_columns["cluster"])
    for entry in made.manifest["cluster_levels"]:
        at_level = net.with_nodes(cluster=made.node_columns[entry["column"]])
        found = cluster_quality(at_level, quality="cpm", resolution=entry["resolution"])
        assert found == pytest.approx(entry["quality_reached"])


def test_least_sizes_per_level(published_map: Any) -> None:
    """Each level has its own least size, given in the order of the resolutions."""
    net, _ = published_map("vosviewer/JOI_2007-2016_co-authorship")
    made = cluster_levels(net, [5, 0.1], min_sizes=[3, 20])
    broad, fine = _columns(made)
    assert np.bincount(broad)[1:].min() >= 20
    assert 3 <= np.bincount(fine)[1:].min() < 20


@pytest.mark.parametrize(
    ("resolutions", "options", "error", "match"),
    [
        ([], {}, OptionError, "one or more, each once"),
        ([1, 1.0], {}, OptionError, "each once"),
        ([1, 0], {}, OptionError, "resolution is 0"),
        ([1], {"min_sizes": [1, 2]}, OptionError, "2 numbers for 1"),
        ([1], {"method": "slm"}, UnknownNameError, "method of clustering 'slm'"),
    ],
)
def test_bad_options(
    network_of_edges: Any, resolutions: list[float], options: Any, error: Any, match: str
) -> None:
    """An option that means nothing is refused by name."""
    with pytest.raises(error, match=match):
        cluster_levels(network_of_edges(2, [(0, 1, 1)]), resolutions, **options)


def test_tree_needs_levels(network_of_edges: Any) -> None:
    """A network with one clustering has no tree."""
    with pytest.raises(OptionError, match="has no levels"):
        cluster_tree(cluster(network_of_edges(2, [(0, 1, 1)])))
