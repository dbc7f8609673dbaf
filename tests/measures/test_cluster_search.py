"""The search for clusters, held against all partitions of small graphs."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqp_biblio.measures import cluster_search
from nqp_biblio.measures.cluster_search import (
    Graph,
    Search,
    _inner,
    _refine,
    alone,
    best_partition,
)
from nqp_biblio.networks.compiling import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

N_NODES = 6
PAIRS = list(itertools.combinations(range(N_NODES), 2))


def _graph(weights: list[float], mass: list[float], resolution: float = 1.0) -> Graph:
    kept = [(pair, w) for pair, w in zip(PAIRS, weights, strict=True) if w]
    source, target = np.array([pair for pair, _ in kept]).reshape(-1, 2).T.astype(np.int64)
    values = np.array([w for _, w in kept], dtype=np.float64)
    return Graph.of((source, target), values, np.array(mass), resolution)


def _search(*, refines: bool, seed: int = 0, n_starts: int = 10) -> Search:
    return Search(refines, seed, n_starts, iterations=10, randomness=0.01)


def _partitions(n: int) -> Iterator[list[int]]:
    """List each partition of n nodes once."""
    if n == 0:
        yield []
        return
    for part in _partitions(n - 1):
        for number in range(max(part, default=-1) + 2):
            yield [*part, number]


graphs = st.builds(
    _graph,
    st.lists(st.sampled_from([0.0, 0.0, 0.5, 1.0, 2.0, 3.5]), min_size=15, max_size=15),
    st.lists(st.sampled_from([0.5, 1.0, 1.5]), min_size=N_NODES, max_size=N_NODES),
    st.sampled_from([0.1, 0.5, 1.0, 2.0]),
)


@given(graphs)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_leiden_finds_the_best_of_small_graphs(graph: Graph) -> None:
    """Of all partitions of six nodes none is better by more than a fiftieth."""
    best = max(graph.quality(np.array(part)) for part in _partitions(N_NODES))
    found = graph.quality(best_partition(graph, _search(refines=True)))
    assert 0.98 * best - 1e-9 <= found <= best + 1e-9


@given(graphs, st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_node_would_gain_by_moving(graph: Graph, refines: bool) -> None:  # noqa: FBT001
    """What is found is no worse than singletons, and no single move makes it better."""
    found = best_partition(graph, _search(refines=refines))
    reached = graph.quality(found)
    assert reached >= -1e-12
    for node, other in itertools.product(range(N_NODES), range(int(found.max()) + 2)):
        moved = found.copy()
        moved[node] = other
        assert graph.quality(moved) <= reached + 1e-9


@given(graphs)
@settings(max_examples=60, deadline=None)
def test_leiden_clusters_hang_together(graph: Graph) -> None:
    """The nodes of a cluster are connected within it."""
    found = best_partition(graph, _search(refines=True)).tolist()
    for number in set(found):
        inside = [i for i in range(N_NODES) if found[i] == number]
        reached, waiting = {inside[0]}, [inside[0]]
        while waiting:
            i = waiting.pop()
            near = graph.ends[graph.starts[i] : graph.starts[i + 1]].tolist()
            new = {j for j in near if found[j] == number} - reached
            reached |= new
            waiting += sorted(new)
        assert reached == set(inside)


@given(graphs)
@settings(max_examples=60, deadline=None)
def test_joined_graph_keeps_the_quality(graph: Graph) -> None:
    """Joining clusters to nodes loses what is inside them and nothing else."""
    part = np.array([0, 0, 1, 1, 2, 2])
    joined = graph.joined(part, 3)
    for above in _partitions(3):
        whole = graph.quality(np.array(above)[part])
        assert joined.quality(np.array(above)) == pytest.approx(whole - graph.quality(part))


def _refined_by_sets(
    graph: Graph, cluster: list[int], order: list[int], draws: list[float]
) -> list[int]:
    """Refine as the paper has it, on a matrix and sets, with randomness 1."""
    weight = np.zeros((N_NODES, N_NODES))
    for i in range(N_NODES):
        for e in range(graph.starts[i], graph.starts[i + 1]):
            weight[i, graph.ends[e]] = graph.weight[e]
    parts = [{i} for i in range(N_NODES)]

    def held(some: set[int], whole: set[int]) -> bool:
        rest = sorted(whole - some)
        cut = weight[np.ix_(sorted(some), rest)].sum()
        product = graph.mass[sorted(some)].sum() * graph.mass[rest].sum()
        return bool(cut >= graph.resolution * product - 1e-9)

    for i, draw in zip(order, draws, strict=True):
        whole = {j for j in range(N_NODES) if cluster[j] == cluster[i]}
        if len(parts[i]) > 1 or not held({i}, whole):
            continue
        choices: list[tuple[float, set[int]]] = [(0.0, parts[i])]
        for j in graph.ends[graph.starts[i] : graph.starts[i + 1]].tolist():
            if j not in whole or any(parts[j] is part for _, part in choices):
                continue
            product = graph.mass[i] * graph.mass[sorted(parts[j])].sum()
            gain = weight[i, sorted(parts[j])].sum() - graph.resolution * product
            if gain >= -1e-9 and held(parts[j], whole):
                choices.append((float(gain), parts[j]))
        chances = np.exp([gain for gain, _ in choices])
        chosen = choices[int((draw * chances.sum() >= np.cumsum(chances)).sum())][1]
        chosen.add(i)
        parts[i] = chosen
    return [min(part) for part in parts]


@given(
    graphs,
    st.lists(st.integers(0, 2), min_size=N_NODES, max_size=N_NODES),
    st.permutations(range(N_NODES)),
    st.lists(st.floats(0, 0.99), min_size=N_NODES, max_size=N_NODES),
)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_refinement_as_by_sets(
    graph: Graph, cluster: list[int], order: list[int], draws: list[float]
) -> None:
    """Clusters are parted as by the plainest reading of the paper."""
    numbers = np.array(cluster, dtype=np.int64)
    inner = compiled(_inner)(graph.links, numbers)
    chance = np.array(order, dtype=np.int64), np.array(draws), 1.0, inner
    pull = graph.resolution, 1e-9
    found = compiled(_refine)(graph.links, graph.mass, numbers, chance, pull).tolist()
    smallest = [found.index(part) for part in found]
    assert smallest == _refined_by_sets(graph, cluster, order, draws)


@pytest.mark.parametrize("refines", [True, False])
def test_same_seed_same_partition(refines: bool) -> None:  # noqa: FBT001
    """A seed gives one partition; the number of starts never makes it worse."""
    random = np.random.default_rng(5)
    ends = random.integers(0, 200, (2, 1200))
    graph = Graph.of((ends[0], ends[1]), random.random(1200), np.ones(200), 0.05)
    one, other = (best_partition(graph, _search(refines=refines, seed=4)) for _ in range(2))
    assert np.array_equal(one, other)
    few = best_partition(graph, _search(refines=refines, seed=4, n_starts=1))
    assert graph.quality(few) <= graph.quality(one)


@pytest.mark.parametrize("n_nodes", [0, 1, 4])
def test_without_links(n_nodes: int) -> None:
    """Without links each node stays alone."""
    none: Any = np.empty(0, dtype=np.int64)
    graph = Graph.of((none, none), np.empty(0), np.ones(n_nodes), 1.0)
    assert best_partition(graph, _search(refines=True)).tolist() == alone(n_nodes).tolist()


def test_links_of_both_directions_add_up() -> None:
    """Two edges between the same nodes are one with the sum; a loop is none."""
    ends = np.array([0, 1, 1]), np.array([1, 0, 1])
    graph = Graph.of(ends, np.array([1.0, 2.0, 5.0]), np.ones(2), 0.5)
    assert graph.weight.tolist() == [3.0, 3.0]
    assert graph.quality(np.array([0, 0])) == 2.5


def test_small_graphs_are_searched_as_large_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """A graph that is searched without machine code gets the clusters that it gets with it."""
    random = np.random.default_rng(5)
    source, target = random.integers(0, 30, (2, 120))
    weight, mass = random.random(120), np.ones(30)
    search = Search(refines=True, seed=1, n_starts=3, iterations=5, randomness=0.01)
    small = Graph.of((source, target), weight, mass, 0.2)
    monkeypatch.setattr(cluster_search, "_FEW_EDGES", 0)
    large = Graph.of((source, target), weight, mass, 0.2)
    assert (small.is_small, large.is_small) == (True, False)
    assert best_partition(small, search).tolist() == best_partition(large, search).tolist()
