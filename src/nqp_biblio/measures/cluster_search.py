"""The search for clusters: Leiden and Louvain on a graph with a mass per node, compiled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.networks.compiling import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    Links = tuple[IntArray, IntArray, FloatArray]

__all__ = ["Graph", "Search", "alone", "best_partition"]

_LEAST_GAIN = 1e-12
_SMALLEST = 1e-300
_MOST_VISITS = 1_000
_IDLE_CYCLES = 2
_FEW_EDGES = 300


@dataclass(frozen=True, slots=True)
class Graph:
    """What is parted: the pairs inside clusters count w_ij - resolution mass_i mass_j.

    Attributes
    ----------
    starts, ends, weight : arrays
        The links of each node, both ways: those of node i are from ``starts[i]`` to
        ``starts[i + 1]``. There is none from a node to itself.
    mass : array of shape (n_nodes,)
        Mass of each node, 0 or more.
    resolution : float
        What the product of two masses counts.
    is_small : bool
        Whether the search is done sooner than numba is loaded; then it is not compiled.
    """

    starts: IntArray
    ends: IntArray
    weight: FloatArray
    mass: FloatArray
    resolution: float
    is_small: bool = False

    @classmethod
    def of(
        cls,
        ends: tuple[IntArray, IntArray],
        weight: FloatArray,
        mass: FloatArray,
        resolution: float,
    ) -> Graph:
        """Make a graph of edges; those between the same two nodes add up."""
        from scipy import sparse

        kept = ends[0] != ends[1]
        source, target, values = ends[0][kept], ends[1][kept], weight[kept]
        cells = (np.r_[source, target], np.r_[target, source])
        matrix = sparse.csr_array((np.tile(values, 2), cells), shape=(len(mass),) * 2)
        matrix.sum_duplicates()
        starts, others = (part.astype(np.int64) for part in (matrix.indptr, matrix.indices))
        is_small = len(values) <= _FEW_EDGES
        return cls(
            starts, others, matrix.data, mass.astype(np.float64), float(resolution), is_small
        )

    @property
    def links(self) -> Links:
        """The links alone."""
        return self.starts, self.ends, self.weight

    def kernel(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a loop over the links, in machine code where that pays."""
        return function if self.is_small else compiled(function)

    def quality(self, cluster: IntArray) -> float:
        """Return what the pairs inside clusters count together."""
        source = np.repeat(np.arange(len(self.mass)), np.diff(self.starts))
        inside = float(self.weight[cluster[source] == cluster[self.ends]].sum())
        products = float((np.bincount(cluster, self.mass) ** 2).sum() - (self.mass**2).sum())
        return (inside - self.resolution * products) / 2

    def joined(self, cluster: IntArray, n_clusters: int) -> Graph:
        """Return the graph whose nodes are clusters, numbered from 0."""
        starts, ends, weight = self.kernel(_join)(self.links, cluster, n_clusters)
        mass = np.bincount(cluster, self.mass, minlength=n_clusters).astype(np.float64)
        return Graph(starts, ends, weight, mass, self.resolution, self.is_small)


@dataclass(frozen=True, slots=True)
class Search:
    """How clusters are searched.

    Attributes
    ----------
    refines : bool
        Whether clusters are parted before they are joined (Leiden), or not (Louvain).
    seed : int
        Seed of the random order.
    n_starts : int
        Independent runs, of which the best is kept.
    iterations : int
        Cycles of each run, at most; a run ends when two cycles in a row bring nothing.
    randomness : float
        Of the refinement, in units of the weights; 0 always takes the largest gain.
    """

    refines: bool
    seed: int
    n_starts: int
    iterations: int
    randomness: float


def alone(n_nodes: int) -> IntArray:
    """Return the partition in which each node is alone."""
    return np.arange(n_nodes, dtype=np.int64)


def best_partition(graph: Graph, search: Search) -> IntArray:
    """Return the best partition found, clusters numbered from 0 in no order."""
    best = alone(len(graph.mass))
    if not graph.weight.size or graph.weight.max() <= 0:
        return best
    reached = 0.0
    for start in range(search.n_starts):
        random = np.random.default_rng([search.seed, start])
        found, quality = _run(graph, search, random)
        if quality > reached:
            best, reached = found, quality
    return best


def _run(graph: Graph, search: Search, random: np.random.Generator) -> tuple[IntArray, float]:
    """Repeat the cycle; return the best partition of one start, and its quality."""
    best = found = alone(len(graph.mass))
    reached, idle = 0.0, 0
    for _ in range(search.iterations):
        found = _cycle(graph, found, search, random)
        quality = graph.quality(found)
        if quality - reached > _LEAST_GAIN * abs(quality):
            best, reached, idle = found, quality, 0
            continue
        idle += 1
        if idle == _IDLE_CYCLES:
            break
    return best, reached


def _cycle(
    graph: Graph, cluster: IntArray, search: Search, random: np.random.Generator
) -> IntArray:
    """Move nodes, then clusters of nodes, and so on, until there is nothing to join."""
    chain = []
    least = _LEAST_GAIN * float(graph.weight.max())
    while True:
        n_nodes = len(graph.mass)
        order = random.permutation(n_nodes)
        pull = graph.resolution, least
        moved = graph.kernel(_move)(graph.links, graph.mass, cluster.copy(), order, pull)
        cluster, n_clusters = _counted(moved)
        if n_clusters == n_nodes:
            break
        part, n_parts = cluster, n_clusters
        if search.refines:
            split, n_split = _parted(graph, cluster, (order, random, search.randomness), least)
            if n_split < n_nodes:  # else it would go on for ever
                part, n_parts = split, n_split
        chain.append(part)
        above = np.empty(n_parts, dtype=np.int64)
        above[part] = cluster
        graph, cluster = graph.joined(part, n_parts), above
    for part in reversed(chain):
        cluster = cluster[part]
    return cluster


def _parted(
    graph: Graph,
    cluster: IntArray,
    chance: tuple[IntArray, np.random.Generator, float],
    least: float,
) -> tuple[IntArray, int]:
    """Refine clusters by chance, or where that joins nothing, by joining whatever can be."""
    order, random, randomness = chance
    pull = graph.resolution, least
    n_parts = len(order)
    part = cluster
    for draws in (random.random(len(order)), np.ones(len(order))):
        inner = graph.kernel(_inner)(graph.links, cluster)
        given = order, draws, max(randomness, _SMALLEST), inner
        part, n_parts = _counted(
            graph.kernel(_refine)(graph.links, graph.mass, cluster, given, pull)
        )
        if n_parts < len(order):
            break
    return part, n_parts


def _counted(cluster: IntArray) -> tuple[IntArray, int]:
    """Number clusters from 0 without gaps, and count them."""
    is_used = np.zeros(int(cluster.max(initial=-1)) + 1, dtype=bool)
    is_used[cluster] = True
    return (np.cumsum(is_used) - 1)[cluster], int(is_used.sum())


def _move(  # noqa: C901  one loop, compiled
    links: Links,
    mass: FloatArray,
    cluster: IntArray,
    order: IntArray,
    pull: tuple[float, float],
) -> IntArray:
    """Move nodes to the cluster that gains most, until no move gains more than the least.

    Nodes wait in a queue; when one moves, its neighbours in other clusters wait again.
    """
    starts, ends, weight = links
    resolution, least = pull
    n_nodes = len(mass)
    total, size = np.bincount(cluster, mass, n_nodes), np.bincount(cluster, None, n_nodes)
    free = np.zeros(n_nodes + 1, dtype=np.int64)
    n_free = int((size == 0).sum())
    free[:n_free] = np.flatnonzero(size == 0)[::-1]
    towards, met = np.zeros(n_nodes), np.zeros(n_nodes, dtype=np.int64)
    queue, waits = order.copy(), np.ones(n_nodes, dtype=np.bool_)
    head, n_waiting = 0, n_nodes
    for _ in range(_MOST_VISITS * n_nodes):
        if n_waiting == 0:
            break
        i = queue[head]
        head = (head + 1) % n_nodes
        n_waiting -= 1
        waits[i] = False
        own = cluster[i]
        n_met = 0
        for e in range(starts[i], starts[i + 1]):
            c = cluster[ends[e]]
            if towards[c] == 0.0:
                met[n_met] = c
                n_met += 1
            towards[c] += weight[e]
        size[own] -= 1
        total[own] = total[own] - mass[i] if size[own] else 0.0
        stay = towards[own] - resolution * mass[i] * total[own]
        best, most = (-1, 0.0) if stay < -least else (own, stay)
        for at in range(n_met):
            c = met[at]
            gain = towards[c] - resolution * mass[i] * total[c]
            if gain > most + least:
                best, most = c, gain
            towards[c] = 0.0
        if best != own and size[own] == 0:
            free[n_free] = own
            n_free += 1
        if best == -1:
            n_free -= 1
            best = free[n_free]
        cluster[i] = best
        total[best] += mass[i]
        size[best] += 1
        if best == own:
            continue
        for e in range(starts[i], starts[i + 1]):
            j = ends[e]
            if not waits[j] and cluster[j] != best:
                waits[j] = True
                queue[(head + n_waiting) % n_nodes] = j
                n_waiting += 1
    return cluster


def _refine(  # noqa: C901  one loop, compiled
    links: Links,
    mass: FloatArray,
    cluster: IntArray,
    chance: tuple[IntArray, FloatArray, float, FloatArray],
    pull: tuple[float, float],
) -> IntArray:
    """Part each cluster: join nodes that hold well to the rest of it, by chance and gain.

    The chance of a gain g is as exp(g / randomness); a loss has none. The last part of
    `chance` is what ties each node to its cluster, and becomes what ties each part to it.
    """
    starts, ends, weight = links
    order, draws, randomness, outwards = chance
    resolution, least = pull
    n_nodes = len(mass)
    whole, size = np.bincount(cluster, mass, n_nodes), np.ones(n_nodes, dtype=np.int64)
    part, total = np.arange(n_nodes), mass.copy()
    towards, met = np.zeros(n_nodes), np.zeros(n_nodes, dtype=np.int64)
    gains = np.zeros(n_nodes + 1)
    for at_i in range(n_nodes):
        i = order[at_i]
        own = cluster[i]
        rest = resolution * mass[i] * (whole[own] - mass[i])
        if size[part[i]] > 1 or outwards[i] < rest - least:
            continue
        n_met = 0
        for e in range(starts[i], starts[i + 1]):
            if cluster[ends[e]] != own:
                continue
            c = part[ends[e]]
            if towards[c] == 0.0:
                met[n_met] = c
                n_met += 1
            towards[c] += weight[e]
        n_good, most = 0, 0.0
        for at in range(n_met):
            c = met[at]
            gain = towards[c] - resolution * mass[i] * total[c]
            rest = resolution * total[c] * (whole[own] - total[c])
            if gain >= -least and outwards[c] >= rest - least:
                met[at], met[n_good] = met[n_good], c
                gains[n_good] = gain
                n_good += 1
                most = max(most, gain)
        chances = np.exp(-most / randomness)  # to stay alone, which gains 0
        for at in range(n_good):
            chances += np.exp((gains[at] - most) / randomness)
        left = draws[at_i] * chances - np.exp(-most / randomness)
        chosen = -1
        for at in range(n_good):
            if left < 0.0:
                break
            left -= np.exp((gains[at] - most) / randomness)
            chosen = met[at]
        if chosen >= 0:
            old = part[i]
            outwards[chosen] += outwards[old] - 2.0 * towards[chosen]
            total[chosen] += total[old]
            size[chosen] += 1
            size[old] = 0
            part[i] = chosen
        for at in range(n_met):
            towards[met[at]] = 0.0
    return part


def _inner(links: Links, cluster: IntArray) -> FloatArray:
    """Return the weight that each node has with others of its cluster."""
    starts, ends, weight = links
    inner = np.zeros(len(cluster))
    for i in range(len(cluster)):
        for e in range(starts[i], starts[i + 1]):
            if cluster[ends[e]] == cluster[i]:
                inner[i] += weight[e]
    return inner


def _join(links: Links, cluster: IntArray, n_clusters: int) -> Links:
    """Add up the links between clusters; those inside are left out."""
    starts, ends, weight = links
    firsts = np.zeros(n_clusters + 1, dtype=np.int64)
    for c in cluster:
        firsts[c + 1] += 1
    firsts = np.cumsum(firsts)
    members, place = np.zeros(len(cluster), dtype=np.int64), firsts.copy()
    for i in range(len(cluster)):
        members[place[cluster[i]]] = i
        place[cluster[i]] += 1
    towards, last = np.zeros(n_clusters), np.full(n_clusters, -1)
    new_starts = np.zeros(n_clusters + 1, dtype=np.int64)
    new_ends, new_weight = np.zeros(len(ends), dtype=np.int64), np.zeros(len(ends))
    n_new = 0
    for c in range(n_clusters):
        for at in range(firsts[c], firsts[c + 1]):
            i = members[at]
            for e in range(starts[i], starts[i + 1]):
                other = cluster[ends[e]]
                if other == c:
                    continue
                if last[other] != c:
                    last[other] = c
                    new_ends[n_new] = other
                    n_new += 1
                towards[other] += weight[e]
        for e in range(new_starts[c], n_new):
            new_weight[e] = towards[new_ends[e]]
            towards[new_ends[e]] = 0.0
        new_starts[c + 1] = n_new
    return new_starts, new_ends[:n_new].copy(), new_weight[:n_new].copy()
