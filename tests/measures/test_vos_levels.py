"""The VOS layout of large networks."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from nqp_biblio.measures import layout, vos_levels
from nqp_biblio.measures.layout import lay_out, layout_energy
from nqp_biblio.measures.vos_levels import LevelProblem, solve_by_levels
from nqp_biblio.networks.weights import similarities

if TYPE_CHECKING:
    from nqp_biblio.measures.vos import VosProblem


def grouped_edges(n_nodes: int, n_edges: int, n_groups: int) -> list[tuple[int, int, float]]:
    """Draw a connected network with groups, and hubs in them."""
    random = np.random.default_rng(5)
    edges = {(max(i - n_groups, i - 1 if i < n_groups else 0), i) for i in range(1, n_nodes)}
    size = n_nodes // n_groups
    while len(edges) < n_edges:
        group = random.integers(n_groups)
        other = group if random.random() < 0.8 else random.integers(n_groups)
        a, b = (int(size * random.random() ** 2) * n_groups + int(g) for g in (group, other))
        if a != b:
            edges.add((min(a, b), max(a, b)))
    return [(a, b, 1.0 + (a * b) % 3) for a, b in sorted(edges)]


def _problem(net: Any, power: int) -> VosProblem:
    similarity = similarities(net, "association-strength", "strength")
    return next(layout._problems(net, similarity, net.components(), power))


@pytest.mark.parametrize("power", [1, 0, -1])
@pytest.mark.parametrize(("n_nodes", "n_edges", "n_groups"), [(600, 3000, 6), (1200, 4000, 12)])
def test_energy_of_all_pairs(
    network_of_edges: Any, n_nodes: int, n_edges: int, n_groups: int, power: int
) -> None:
    """The energy is within 2 per cent of that found with every pair, or lower."""
    net = network_of_edges(n_nodes, grouped_edges(n_nodes, n_edges, n_groups))
    problem = _problem(net, power)
    start = np.random.default_rng(0).random((n_nodes, 2)) - 0.5
    exact, _ = problem.solve(start)
    _, xy = solve_by_levels(problem, np.random.default_rng(0))
    found, _ = problem.energy(problem.scaled(xy))
    assert found <= exact + 0.02 * abs(exact)


@pytest.mark.parametrize("repulsion", [1, 0, -1])
def test_published_maps_by_levels(
    published_map: Any, monkeypatch: pytest.MonkeyPatch, repulsion: int
) -> None:
    """Small published maps too have at least as low an energy by this way."""
    monkeypatch.setattr(layout, "_EXACT_NODES", 50)
    monkeypatch.setattr(vos_levels, "_COARSEST", 50)
    net, _ = published_map("vosviewer/JOI_2007-2016_co-authorship")
    found = layout_energy(lay_out(net, repulsion=repulsion), repulsion=repulsion)
    assert found <= layout_energy(net, repulsion=repulsion)


def test_groups_are_told_apart(network_of_edges: Any) -> None:
    """On the map nodes are nearer to their own group's centre than to most others'."""
    net = network_of_edges(1500, grouped_edges(1500, 6000, 5))
    laid = lay_out(net)
    xy = np.stack([laid.node_columns["x"], laid.node_columns["y"]], axis=1)
    group = np.arange(1500) % 5
    centres = np.array([xy[group == g].mean(axis=0) for g in range(5)])
    nearest = np.hypot(*(xy[:, None] - centres).T).argmin(axis=0)
    assert (nearest == group).mean() > 0.6
    assert "Walshaw" in str(laid.manifest["layout"]["references"])


@pytest.mark.parametrize("shape", ["star", "path", "pairs"])
def test_odd_shapes(network_of_edges: Any, shape: str) -> None:
    """Stars, paths and trees of many nodes have finite places."""
    parents = {
        "star": [0] * 1499,
        "path": list(range(1499)),
        "pairs": [i // 2 for i in range(1499)],
    }
    edges = [(parent, child, 1.0) for child, parent in enumerate(parents[shape], start=1)]
    laid = lay_out(network_of_edges(1500, edges))
    assert np.isfinite(laid.node_columns["x"]).all()
    assert np.ptp(laid.node_columns["x"]) > 1


def test_levels_keep_mass_and_similarity(network_of_edges: Any) -> None:
    """Each level stands for all nodes, in groups of a few; similarity inside them is let go."""
    problem = _problem(network_of_edges(1200, grouped_edges(1200, 4000, 12)), 0)
    levels, groups = vos_levels._levels(problem)
    assert len(levels) == len(groups) + 1 > 1
    for level, smaller, group in zip(levels, levels[1:], groups, strict=False):
        assert smaller.mass.sum() == 1200
        assert np.array_equal(np.bincount(group, level.mass), smaller.mass)
        assert np.bincount(group).max() <= 3
        between = group[level.source] != group[level.target]
        assert smaller.similarity.sum() == pytest.approx(level.similarity[between].sum())


def test_the_solver_solves(network_of_edges: Any) -> None:
    """Attraction is undone by the solver, nearly."""
    problem = _problem(network_of_edges(300, grouped_edges(300, 2000, 3)), 0)
    fields = (problem.strength, problem.source, problem.target, problem.similarity, 0)
    level = LevelProblem(*fields, mass=np.ones(300))
    wanted = np.random.default_rng(0).normal(size=(299, 2))
    assert level.solver(wanted) == pytest.approx(problem.solver(wanted), rel=0.05, abs=0.01)


SCRIPT = """
import sys
import numpy as np
from nqp_biblio.measures.layout import lay_out
from nqp_biblio.networks.network import Network
random = np.random.default_rng(0)
ends = random.integers(0, 1300, (2, 5000))
first, second = np.r_[0:1299, ends.min(axis=0)], np.r_[1:1300, ends.max(axis=0)]
net = Network("cotopic", "topics", False, np.arange(1300), tuple(map(str, range(1300))),
              first, second, np.ones(len(first)))
laid = lay_out(net)
sys.stdout.write(laid.node_columns["x"].tobytes().hex() + laid.node_columns["y"].tobytes().hex())
"""


def test_same_bytes_on_any_number_of_threads() -> None:
    """The number of threads changes nothing."""
    made = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env=os.environ
            | dict.fromkeys(("NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), n),
            capture_output=True,
            check=True,
        ).stdout
        for n in ("1", "2")
    ]
    assert made[0]
    assert made[0] == made[1]
