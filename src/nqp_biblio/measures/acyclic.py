"""Citations without cycles: works that cite each other in a circle are doubled as preprints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    IntArray = NDArray[np.int64]

__all__ = ["CYCLES", "Acyclic", "without_cycles"]

CYCLES = {
    "preprint": "each work of a circle is there twice, as published and as preprint: citations"
    " within the circle go to the preprint, and both cite what the work cites outside",
    "drop": "citations within a circle are left out",
}
"""What is done with works that cite each other in a circle, by name."""


@dataclass(frozen=True, slots=True)
class Acyclic:
    """Citations without cycles, as arcs from citing to cited, grouped by citing.

    Attributes
    ----------
    indptr : array of int, shape (n_nodes + 1,)
        Where the arcs of each citing node begin.
    cited : array of int, shape (n_arcs,)
        The cited node of each arc, in order for each citing node.
    order : array of int, shape (n_nodes,)
        The nodes, each before all that it cites: the newest first.
    work : array of int, shape (n_nodes,)
        The work that a node is; preprints come after all works.
    link : array of int, shape (n_arcs,), or None
        The citation that an arc comes from; None where arcs are the citations as given.
    n_links : int
        Citations given.
    circles : list of array of int
        The works of each circle, in order.
    n_dropped : int
        Citations left out.
    """

    indptr: IntArray
    cited: IntArray
    order: IntArray
    work: IntArray
    link: IntArray | None
    n_links: int
    circles: list[IntArray]
    n_dropped: int

    @property
    def n_nodes(self) -> int:
        """Works and preprints."""
        return len(self.order)

    @property
    def citing(self) -> IntArray:
        """The citing node of each arc."""
        return np.repeat(np.arange(self.n_nodes), np.diff(self.indptr))

    @property
    def links(self) -> IntArray:
        """The citation that each arc comes from."""
        return np.arange(self.n_links) if self.link is None else self.link

    def told(self, cycles: str) -> dict[str, object]:
        """Return what a manifest says of the circles."""
        return {
            "cycles": cycles,
            "rule_of_cycles": CYCLES[cycles],
            "circles": len(self.circles),
            "works_in_circles": sum(map(len, self.circles)),
            "citations_left_out": self.n_dropped,
        }


def without_cycles(
    citing: ArrayLike, cited: ArrayLike, n_works: int, *, cycles: str = "preprint"
) -> Acyclic:
    """Order works so that each comes before all that it cites, and take circles apart.

    Works that cite each other, directly or through others, are a strongly connected
    component: two papers of one issue, a series, or works that cite each other's preprints
    within a year. No path ends there, so that paths cannot be counted.

    Parameters
    ----------
    citing, cited : array of int, shape (n_links,)
        The work at each end of a citation, from 0, ordered by citing, then cited; none by
        itself.
    n_works : int
        Number of works.
    cycles : {"preprint", "drop"}
        ``preprint`` [1]_: each work u of a component is there twice, as published and as
        preprint u'. Where u cites v of the same component, u cites v'; where u cites a work
        x outside, u and u' both cite x; works outside cite u. ``drop``: citations within a
        component are left out.

    Returns
    -------
    Acyclic
        Cost is linear in the citations.

    Raises
    ------
    UnknownNameError
        If there is no such way with cycles.

    References
    ----------
    .. [1] Batagelj, V. (2003). Efficient algorithms for citation network analysis.
       arXiv:cs/0309023. https://doi.org/10.48550/arXiv.cs/0309023

    Examples
    --------
    >>> found = without_cycles([0, 0, 1], [1, 2, 0], 3)  # 0 and 1 cite each other
    >>> [work.tolist() for work in found.circles], found.work.tolist()
    ([[0, 1]], [0, 1, 2, 0, 1])
    """
    if cycles not in CYCLES:
        raise UnknownNameError("way with cycles", cycles, CYCLES)
    ends = np.asarray(citing, dtype=np.int64), np.asarray(cited, dtype=np.int64)
    indptr = _starts(ends[0], n_works)
    order, n_placed = _ordered(indptr, ends[1])
    if n_placed == n_works:
        work = np.arange(n_works)
        return Acyclic(indptr, ends[1], order, work, None, len(ends[0]), [], 0)
    circle = _circles(ends, n_works, order[:n_placed])
    both = circle[ends[0]]
    inside = (both >= 0) & (both == circle[ends[1]])
    return _taken_apart(ends, circle, inside, keep=cycles == "preprint")


def _starts(citing: IntArray, n_nodes: int) -> IntArray:
    """Return where the arcs of each citing node begin."""
    indptr = np.zeros(n_nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(citing, minlength=n_nodes), out=indptr[1:])
    return indptr


def _ordered(indptr: IntArray, cited: IntArray) -> tuple[IntArray, int]:
    """Return the nodes from citing to cited, and how many of them are not behind a cycle."""
    order = np.empty(len(indptr) - 1, dtype=np.int64)
    return order, int(compiled(_sort)(indptr, cited, order))


def _sort(indptr: IntArray, cited: IntArray, order: IntArray) -> int:
    """Take nodes as soon as all that cite them were taken."""
    waiting = np.zeros(len(order), dtype=np.int64)
    for at in range(len(cited)):
        waiting[cited[at]] += 1
    start, end = 0, 0
    for node in range(len(order)):
        if waiting[node] == 0:
            order[end] = node
            end += 1
    while start < end:
        node = order[start]
        start += 1
        for at in range(indptr[node], indptr[node + 1]):
            other = cited[at]
            waiting[other] -= 1
            if waiting[other] == 0:
                order[end] = other
                end += 1
    return end


def _circles(ends: tuple[IntArray, IntArray], n_works: int, free: IntArray) -> IntArray:
    """Return the number of the circle that each work is in, by its first work; -1 for none."""
    from scipy import sparse
    from scipy.sparse import csgraph

    bound = np.ones(n_works, dtype=bool)
    bound[free] = False
    place = np.cumsum(bound) - 1
    mine = bound[ends[0]] & bound[ends[1]]
    cells = place[ends[0][mine]], place[ends[1][mine]]
    size = int(bound.sum())
    matrix = sparse.csr_array((np.ones(len(cells[0]), dtype=np.int8), cells), shape=(size, size))
    _, found = csgraph.connected_components(matrix, connection="strong")
    _, first, inverse, counts = np.unique(
        found, return_index=True, return_inverse=True, return_counts=True
    )
    number = np.full(len(first), -1, dtype=np.int64)
    large = np.flatnonzero(counts > 1)
    number[large[np.argsort(first[large], kind="stable")]] = np.arange(len(large))
    circle = np.full(n_works, -1, dtype=np.int64)
    circle[bound] = number[inverse]
    return circle


def _taken_apart(
    ends: tuple[IntArray, IntArray], circle: IntArray, inside: NDArray[np.bool_], *, keep: bool
) -> Acyclic:
    """Double the works of circles, or leave out what they cite of each other."""
    citing, cited = ends
    doubled = np.flatnonzero(circle >= 0)
    work = np.arange(len(circle))
    link = np.arange(len(citing))
    circles = [np.flatnonzero(circle == number) for number in range(int(circle.max()) + 1)]
    if not keep:
        citing, cited, link = citing[~inside], cited[~inside], link[~inside]
    else:
        preprint = np.full(len(circle), -1, dtype=np.int64)
        preprint[doubled] = len(circle) + np.arange(len(doubled))
        work = np.concatenate([work, doubled])
        outside = np.flatnonzero((circle[citing] >= 0) & ~inside)
        cited = np.concatenate([np.where(inside, preprint[cited], cited), cited[outside]])
        citing = np.concatenate([citing, preprint[citing[outside]]])
        link = np.concatenate([link, outside])
        sort = np.lexsort((cited, citing))
        citing, cited, link = citing[sort], cited[sort], link[sort]
    indptr = _starts(citing, len(work))
    order, _ = _ordered(indptr, cited)
    dropped = 0 if keep else int(inside.sum())
    return Acyclic(indptr, cited, order, work, link, len(ends[0]), circles, dropped)
