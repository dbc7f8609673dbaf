"""The layered layout by year."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.layered import count_crossings, lay_out_by_year
from nqp_biblio.measures.layout import lay_out

STEP = st.tuples(st.integers(0, 9), st.integers(0, 9))


@given(edges=st.lists(STEP, max_size=30))
def test_crossings_one_by_one(edges: list[tuple[int, int]]) -> None:
    """Crossings are the pairs of edges whose ends are in opposite orders."""
    expected = sum((a - c) * (b - d) < 0 for (a, b), (c, d) in itertools.combinations(edges, 2))
    assert count_crossings([a for a, _ in edges], [b for _, b in edges]) == expected


def test_crossed_edges_are_untangled(network_of_edges: Any) -> None:
    """Three works that cite three older ones in opposite order are drawn without a crossing."""
    net = network_of_edges(6, [(0, 5, 1), (1, 4, 1), (2, 3, 1)])
    laid = lay_out_by_year(net.with_nodes(publication_year=[2000.0] * 3 + [2010.0] * 3))
    assert laid.manifest["layout"]["crossings"] == 0
    x, y = laid.node_columns["x"], laid.node_columns["y"]
    assert y.tolist() == [0, 0, 0, -10, -10, -10]
    assert x[[0, 1, 2]].tolist() == x[[5, 4, 3]].tolist()
    assert sorted(x[:3].tolist()) == [-1, 0, 1]


def test_long_edges_bend(network_of_edges: Any) -> None:
    """An edge over several years passes between the nodes of the years between."""
    years = [2000.0, 2000.0, 2001.0, 2001.0, 2002.0, 2002.0]
    edges = [(0, 2, 1), (1, 3, 1), (2, 4, 1), (3, 5, 1), (0, 4, 1), (1, 5, 1)]
    laid = lay_out_by_year(network_of_edges(6, edges).with_nodes(year=years))
    assert laid.manifest["layout"]["crossings"] == 0


def test_sweeps_do_not_add_crossings(network_of_edges: Any) -> None:
    """More sweeps leave at most as many crossings; the input's order of edges is no matter."""
    random = np.random.default_rng(2)
    edges = sorted({(int(a), int(b)) for a, b in np.sort(random.integers(0, 80, (200, 2)), axis=1)})
    net = network_of_edges(80, [(a, b, 1.0) for a, b in edges]).with_nodes(
        publication_year=1990.0 + np.arange(80) // 8
    )
    left = [lay_out_by_year(net, n_sweeps=n).manifest["layout"]["crossings"] for n in (0, 2, 24)]
    assert left[0] >= left[1] >= left[2]
    assert left[2] < left[0]


@pytest.mark.parametrize("axis", ["x", "y"])
def test_years_and_gaps(network_of_edges: Any, axis: str) -> None:
    """One axis is the year, later is farther; nodes of one year are at least 1 apart."""
    years = np.array([2001, 1999, 2001, np.nan, 2001, 2005])
    edges = [(0, 1, 1.0), (1, 2, 1.0), (1, 5, 1.0), (3, 4, 1.0), (0, 2, 1.0)]
    laid = lay_out_by_year(network_of_edges(6, edges).with_nodes(year=years), axis=axis)
    along, across = (laid.node_columns[name] for name in (axis, "xy".replace(axis, "")))
    sign = 1 if axis == "x" else -1
    assert (sign * along).tolist() == [2, 0, 2, -1, 2, 6]
    assert np.diff(np.sort(across[[0, 2, 4]])).min() >= 1 - 1e-6
    assert across.min() == pytest.approx(-across.max())


def test_nothing_is_random(network_of_edges: Any) -> None:
    """The same network has the same places, by either name; the seed is no matter."""
    net = network_of_edges(9, [(a, b, 1.0) for a in range(4) for b in range(4, 9)])
    net = net.with_nodes(publication_year=np.arange(9) // 3)
    one, other = lay_out(net, method="layered", seed=4), lay_out_by_year(net)
    assert one.node_columns["x"].tobytes() == other.node_columns["x"].tobytes()
    assert one.manifest["layout"]["year"] == "publication_year"


@pytest.mark.parametrize("n_nodes", [0, 1, 3])
def test_hardly_any_nodes(network_of_edges: Any, n_nodes: int) -> None:
    """No nodes, one node, and nodes without any year have places too."""
    net = network_of_edges(n_nodes, []).with_nodes(year=[np.nan] * n_nodes)
    laid = lay_out_by_year(net)
    assert laid.node_columns["x"].tolist() == list(np.arange(n_nodes) - (n_nodes - 1) / 2)
    assert laid.node_columns["y"].tolist() == [0.0] * n_nodes


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"axis": "z"}, UnknownNameError, "axis 'z'"),
        ({"n_sweeps": -1}, OptionError, "n_sweeps is -1"),
        ({"year": "born"}, OptionError, "no column born"),
        ({}, OptionError, "publication_year or year"),
    ],
)
def test_bad_options(
    network_of_edges: Any, options: dict[str, Any], error: type[Exception], match: str
) -> None:
    """An option that means nothing is refused by name."""
    with pytest.raises(error, match=match):
        lay_out_by_year(network_of_edges(2, [(0, 1, 1)]), **options)
