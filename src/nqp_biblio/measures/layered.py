"""The layered layout: a line for each year, as historiographs have it, with few crossings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from nqp_biblio.networks.network import Network

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    Edges = tuple[IntArray, IntArray]

__all__ = ["count_crossings", "lay_out_by_year"]

_SUGIYAMA = (
    "Sugiyama, K., Tagawa, S. & Toda, M. (1981). Methods for visual understanding of"
    " hierarchical system structures. IEEE Transactions on Systems, Man, and Cybernetics"
    " 11(2), 109-125. https://doi.org/10.1109/TSMC.1981.4308636"
)
_AXES = ("x", "y")
_COLUMNS = ("publication_year", "year", "mean_year", "first_year")
_ALIGNED = 8
_DECIMALS = 6


def lay_out_by_year(
    net: Network, *, year: str | None = None, axis: str = "y", n_sweeps: int = 40
) -> Network:
    """Place nodes by their year along one axis, and along the other so that few edges cross.

    Parameters
    ----------
    net : Network
        Any network whose nodes have a year; the direction of edges does not matter.
    year : str, optional
        The column of the nodes with the year, rounded down. Where not given the first of
        publication_year, year, mean_year and first_year that the network has.
    axis : {"x", "y"}
        The axis of the years: to the right, or downwards, later is farther.
    n_sweeps : int
        Passes over the years, forwards and backwards in turn, 0 or more; that order of the
        nodes is kept which has the fewest crossings.

    Returns
    -------
    Network
        With ``x`` and ``y`` per node: one is the year (less the first one; its negative for
        axis "y", which makes the oldest the uppermost), the other has nodes of one year at
        least 1 apart and is 0 in the middle. Nodes without a year stand one line before the
        first. The same input has the same places; nothing is random. An edge over several
        years counts as one bend in each year between, so that the cost of a sweep grows with
        the years that edges span.

    Raises
    ------
    UnknownNameError
        If `axis` is neither "x" nor "y".
    OptionError
        If there is no such column, or `n_sweeps` is below 0.

    References
    ----------
    .. [1] Sugiyama, K., Tagawa, S. & Toda, M. (1981). Methods for visual understanding of
       hierarchical system structures. IEEE Transactions on Systems, Man, and Cybernetics
       11(2), 109-125. https://doi.org/10.1109/TSMC.1981.4308636

    Examples
    --------
    >>> net = lay_out_by_year(net, axis="x")  # doctest: +SKIP
    """
    if axis not in _AXES:
        raise UnknownNameError("axis", axis, _AXES)
    if n_sweeps < 0:
        raise OptionError(f"n_sweeps is {n_sweeps}; it must be 0 or more")
    column = _year_column(net, year)
    years = _years(np.asarray(net.node_columns[column], dtype=np.float64))
    layer, edges = _with_bends(net, np.unique(years, return_inverse=True)[1])
    place, crossings = _ordered(layer, edges, n_sweeps)
    across = _aligned(layer, edges, place)[: net.n_nodes]
    along = years if axis == "x" else -years
    if net.n_nodes:
        across = np.round(across - (across.min() + across.max()) / 2, _DECIMALS) + 0.0
    x, y = (along, across) if axis == "x" else (across, along)
    entry = {
        "method": "layered",
        "year": column,
        "axis": axis,
        "n_sweeps": n_sweeps,
        "crossings": crossings,
        "references": [_SUGIYAMA],
    }
    return net.with_nodes(x=x + 0.0, y=y + 0.0).with_manifest(layout=entry)


def count_crossings(first: ArrayLike, second: ArrayLike) -> int:
    """Count the pairs of edges between two lines that cross, by the places of their ends.

    Parameters
    ----------
    first, second : array of shape (n_edges,)
        Place of each end on its line, from 0. Edges that share an end do not cross.

    Returns
    -------
    int
        Cost is n log n in the edges.

    Examples
    --------
    >>> count_crossings([0, 1, 2], [2, 1, 0])
    3
    """
    values = np.asarray(second, dtype=np.int64)
    values = values[np.lexsort((values, np.asarray(first, dtype=np.int64)))]
    if not values.size:
        return 0
    total = 0
    for bit in range(int(values.max()).bit_length()):
        # two edges are told apart at the highest bit in which they differ
        order = np.argsort(values >> (bit + 1), kind="stable")
        group = (values >> (bit + 1))[order]
        ones = (values[order] >> bit) & 1
        before = np.cumsum(ones) - ones
        start = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
        before -= np.repeat(before[start], np.diff(np.r_[start, len(group)]))
        total += int(before[ones == 0].sum())
    return total


def _year_column(net: Network, year: str | None) -> str:
    """Return the name of the column with the years."""
    asked = _COLUMNS if year is None else (year,)
    for name in asked:
        if name in net.node_columns:
            return name
    raise OptionError(
        f"this network has no column {' or '.join(asked)} to tell its years;"
        " net.with_nodes(publication_year=…) gives one"
    )


def _years(values: FloatArray) -> FloatArray:
    """Return whole years from 0; the line before the first where there is none."""
    known = np.isfinite(values)
    if not known.any():
        return np.zeros(len(values))
    floor = np.floor(values)
    first = floor[known].min()
    counted: FloatArray = np.where(known, floor - first, -1.0)
    return counted


def _with_bends(net: Network, layer: IntArray) -> tuple[IntArray, Edges]:
    """Cut each edge into steps from a line to the next; return all lines, and the steps.

    Bends are numbered after the nodes. Edges within one line are left out.
    """
    early = np.where(layer[net.source] <= layer[net.target], net.source, net.target)
    late = net.source + net.target - early
    span = layer[late] - layer[early]
    early, late, span = early[span > 0], late[span > 0], span[span > 0]
    edge = np.repeat(np.arange(len(span)), span)
    step = np.arange(len(edge)) - np.repeat(np.cumsum(span) - span, span)
    bend = len(layer) + np.arange(len(edge)) - edge - 1
    upper = np.where(step == 0, early[edge], bend)
    lower = np.where(step == span[edge] - 1, late[edge], bend + 1)
    inner = step > 0
    bends = layer[early[edge[inner]]] + step[inner]
    return np.concatenate([layer, bends]), (upper, lower)


def _ordered(layer: IntArray, edges: Edges, n_sweeps: int) -> tuple[IntArray, int]:
    """Return the place of each node in its line, and the crossings that are left."""
    place = _places(layer, _by_walk(layer, edges))
    best, fewest = place, _crossings(layer, edges, place)
    for sweep in range(n_sweeps):
        if not fewest:
            break
        place = _swept(layer, edges, place, down=sweep % 2 == 0)
        left = _crossings(layer, edges, place)
        if left < fewest:
            best, fewest = place, left
    return best, fewest


def _by_walk(layer: IntArray, edges: Edges) -> FloatArray:
    """Return the order in which a walk from the first node finds them, set by set."""
    from scipy import sparse
    from scipy.sparse import csgraph

    n = len(layer)
    if not n:
        return np.empty(0)
    half = sparse.csr_array((np.ones(len(edges[0])), edges), shape=(n, n))
    order = csgraph.reverse_cuthill_mckee(sparse.csr_array(half + half.T), symmetric_mode=True)
    rank = np.empty(n)
    rank[order[::-1]] = np.arange(n)
    return rank


def _places(layer: IntArray, wanted: FloatArray) -> IntArray:
    """Number the nodes of each line by what each wants; the earlier node first at a tie."""
    order = np.lexsort((np.arange(len(layer)), wanted, layer))
    sizes = np.bincount(layer, minlength=1)
    place = np.empty(len(layer), dtype=np.int64)
    place[order] = np.arange(len(layer)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return place


def _lines(layer: IntArray, edges: Edges) -> tuple[list[IntArray], list[IntArray]]:
    """Return the nodes of each line, and the steps that end in it."""
    n_lines = int(layer.max(initial=-1)) + 1
    found = []
    for line in (layer, layer[edges[1]]):
        ends = np.cumsum(np.bincount(line, minlength=n_lines))[:-1]
        found.append(np.split(np.argsort(line, kind="stable"), ends))
    return found[0], found[1]


def _swept(layer: IntArray, edges: Edges, place: IntArray, *, down: bool) -> IntArray:
    """Set the nodes, line after line, at the mean place of those they are joined to.

    Places are parts of a line there, since lines have different numbers of nodes.
    """
    nodes, steps = _lines(layer, edges)
    place = place.copy()
    part = (place + 0.5) / np.bincount(layer, minlength=1)[layer]
    fixed, moved = edges if down else edges[::-1]
    lines = range(1, len(nodes)) if down else range(len(nodes) - 2, -1, -1)
    for line in lines:
        mine = steps[line] if down else steps[line + 1]
        wanted = _means(part, (fixed[mine], moved[mine]), nodes[line])
        order = np.lexsort((place[nodes[line]], wanted))
        place[nodes[line][order]] = np.arange(len(order))
        part[nodes[line][order]] = (np.arange(len(order)) + 0.5) / len(order)
    return place


def _means(values: FloatArray, steps: Edges, nodes: IntArray) -> FloatArray:
    """Return the mean value of those that each node is joined to, else its own."""
    at = np.searchsorted(nodes, steps[1])
    sums = np.bincount(at, values[steps[0]], minlength=len(nodes))
    counts = np.bincount(at, minlength=len(nodes))
    means: FloatArray = np.where(counts > 0, sums / np.maximum(counts, 1), values[nodes])
    return means


def _crossings(layer: IntArray, edges: Edges, place: IntArray) -> int:
    """Count the crossings of all steps."""
    upper, lower = edges
    return sum(
        count_crossings(place[upper[mine]], place[lower[mine]]) for mine in _lines(layer, edges)[1]
    )


def _aligned(layer: IntArray, edges: Edges, place: IntArray) -> FloatArray:
    """Draw nodes towards those they are joined to; the order stays, and a gap of 1."""
    from scipy.optimize import isotonic_regression

    nodes, _ = _lines(layer, edges)
    sizes = np.bincount(layer, minlength=1)
    across = place - (sizes[layer] - 1) / 2
    both = (np.concatenate(edges), np.concatenate(edges[::-1]))
    for _ in range(_ALIGNED):
        wanted = _means(across, both, np.arange(len(layer)))
        for mine in nodes:
            order = mine[np.argsort(place[mine], kind="stable")]
            gaps = np.arange(len(order))
            across[order] = isotonic_regression(wanted[order] - gaps).x + gaps
    return across
