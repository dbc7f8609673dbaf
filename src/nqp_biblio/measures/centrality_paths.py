"""Shortest paths from each node: betweenness and closeness in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.networks.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["Paths", "shortest_paths"]

_TIE = 1e-10


@dataclass(frozen=True, slots=True)
class Paths:
    """What the shortest paths from some nodes say of all nodes.

    Attributes
    ----------
    between : array of shape (n_nodes,)
        Share of the shortest paths that run through the node, summed over the pairs from
        those nodes to any other.
    far : array of shape (n_nodes,)
        Sum of the distances from those nodes that reach the node.
    reached : array of shape (n_nodes,)
        How many of them do, the node itself apart.
    """

    between: FloatArray
    far: FloatArray
    reached: IntArray


def shortest_paths(
    matrix: sparse.csr_array, sources: IntArray, *, is_weighted: bool, between: bool = True
) -> Paths:
    """Follow the shortest paths from some nodes, by Brandes' algorithm.

    Parameters
    ----------
    matrix : csr_array of shape (n_nodes, n_nodes)
        The length of each edge, from row to column; nothing on the diagonal.
    sources : array of int
        The nodes to start from.
    is_weighted : bool
        Whether lengths count; else each edge is one step.
    between : bool
        Whether to count paths too; else only distances.

    Returns
    -------
    Paths
        Paths whose lengths differ by less than 1e-10 of themselves count as equally short.
        Cost per source is linear in the edges, with lengths times the logarithm.

    References
    ----------
    .. [1] Brandes, U. (2001). A faster algorithm for betweenness centrality. Journal of
       Mathematical Sociology 25(2), 163-177. https://doi.org/10.1080/0022250X.2001.9990249
    """
    n_nodes = matrix.shape[0]
    indptr, indices = matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64)
    lengths = matrix.data.astype(np.float64) if is_weighted else np.ones(len(indices))
    graph = (indptr, indices, lengths)
    settle = compiled(_settle_by_length if is_weighted else _settle_by_steps)
    gather = compiled(_gather)
    found = Paths(np.zeros(n_nodes), np.zeros(n_nodes), np.zeros(n_nodes, dtype=np.int64))
    distance, order = np.full(n_nodes, np.inf), np.empty(n_nodes, dtype=np.int64)
    sums = (np.zeros(n_nodes), np.zeros(n_nodes), found.between)
    steps = (np.empty_like(indices), np.empty_like(indices))
    for source in sources.tolist():
        settled = order[: settle(graph, source, distance, order)]
        if between:
            gather(graph, settled, distance, sums, steps)
        others = settled[1:]
        found.far[others] += distance[others]
        found.reached[others] += 1
        distance[settled] = np.inf
    return found


def _settle_by_steps(
    graph: tuple[IntArray, IntArray, FloatArray],
    source: int,
    distance: FloatArray,
    order: IntArray,
) -> int:
    """Find the distance of each node in steps; return how many can be reached."""
    indptr, indices, _ = graph
    distance[source] = 0.0
    order[0] = source
    start, end = 0, 1
    while start < end:
        node = order[start]
        start += 1
        for at in range(indptr[node], indptr[node + 1]):
            other = indices[at]
            if distance[other] == np.inf:
                distance[other] = distance[node] + 1.0
                order[end] = other
                end += 1
    return end


def _settle_by_length(
    graph: tuple[IntArray, IntArray, FloatArray],
    source: int,
    distance: FloatArray,
    order: IntArray,
) -> int:
    """Find the distance of each node by Dijkstra's algorithm; return how many are reached.

    Nodes wait in a binary heap by distance, and move up in it when a shorter way is found.
    """
    indptr, indices, lengths = graph
    n_nodes = len(distance)
    heap, place = np.empty(n_nodes, dtype=np.int64), np.full(n_nodes, -1)
    distance[source] = 0.0
    heap[0], place[source], size, end = source, 0, 1, 0
    while size:
        node = heap[0]
        order[end] = node
        end += 1
        size -= 1
        last, hole = heap[size], 0
        while 2 * hole + 1 < size:
            child = 2 * hole + 1
            if child + 1 < size and distance[heap[child + 1]] < distance[heap[child]]:
                child += 1
            if distance[heap[child]] >= distance[last]:
                break
            heap[hole] = heap[child]
            place[heap[hole]] = hole
            hole = child
        heap[hole], place[last] = last, hole
        for at in range(indptr[node], indptr[node + 1]):
            other, length = indices[at], distance[node] + lengths[at]
            if length >= distance[other]:
                continue
            distance[other] = length
            hole = place[other]
            if hole < 0:
                hole, size = size, size + 1
            while hole and distance[heap[(hole - 1) // 2]] > length:
                heap[hole] = heap[(hole - 1) // 2]
                place[heap[hole]] = hole
                hole = (hole - 1) // 2
            heap[hole], place[other] = other, hole
    return end


def _gather(
    graph: tuple[IntArray, IntArray, FloatArray],
    settled: IntArray,
    distance: FloatArray,
    sums: tuple[FloatArray, FloatArray, FloatArray],
    steps: tuple[IntArray, IntArray],
) -> None:
    """Count shortest paths outwards, then give each node its share of them inwards."""
    indptr, indices, lengths = graph
    paths, share, between = sums
    tails, heads = steps
    n_steps = 0
    paths[settled[0]] = 1.0
    for node in settled:
        far = distance[node]
        for at in range(indptr[node], indptr[node + 1]):
            other = indices[at]
            gap = far + lengths[at] - distance[other]
            if gap <= _TIE * distance[other] and distance[other] > far:
                paths[other] += paths[node]
                tails[n_steps], heads[n_steps] = node, other
                n_steps += 1
    for step in range(n_steps - 1, -1, -1):
        node, other = tails[step], heads[step]
        share[node] += paths[node] / paths[other] * (1.0 + share[other])
    for node in settled[1:]:
        between[node] += share[node]
    for node in settled:
        paths[node] = share[node] = 0.0
