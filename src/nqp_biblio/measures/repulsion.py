"""Repulsion of many nodes in the plane: a quadtree, whose far cells push as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.networks.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    Tree = tuple[IntArray, IntArray, IntArray, FloatArray]

__all__ = ["repulsion", "sum_of_distances"]

_BITS = 24
_LEAF = 8
_NEAREST = 1e-18
_MOMENTS = 7


def repulsion(
    xy: FloatArray, mass: FloatArray, power: int, *, far: float
) -> tuple[float, FloatArray]:
    """Return the sum of m_i m_j d_ij^r / r over the pairs (ln d for r = 0), and its gradient.

    Parameters
    ----------
    xy : array of shape (n_nodes, 2)
        Places.
    mass : array of shape (n_nodes,)
        Mass of each node.
    power : {1, 0, -1}
        The exponent r.
    far : float
        A cell whose radius is less than this part of its distance pushes as one, by its mass
        and second moments; 0 takes every pair. Cost is n log n, for 0 it is n^2.

    References
    ----------
    .. [1] Barnes, J. & Hut, P. (1986). A hierarchical O(N log N) force-calculation algorithm.
       Nature 324, 446-449. https://doi.org/10.1038/324446a0

    Examples
    --------
    >>> xy = np.array([[0.0, 0.0], [3.0, 4.0]])
    >>> repulsion(xy, np.ones(2), 1, far=0.0)[0]
    5.0
    """
    codes = _codes(xy)
    order = np.argsort(codes, kind="stable")
    x, y, weight = (np.ascontiguousarray(part[order]) for part in (xy[:, 0], xy[:, 1], mass))
    tree = compiled(_grow)(codes[order], x, y, weight)
    potential, push = compiled(_repel)((x, y, weight), tree, far * far, power)
    gradient = np.empty_like(xy)
    gradient[order] = push
    return float(potential.sum()) / 2, gradient


def sum_of_distances(xy: FloatArray) -> float:
    """Return the sum of the distances of all pairs of points, each pair once.

    Examples
    --------
    >>> sum_of_distances(np.array([[0.0, 0.0], [3.0, 4.0]]))
    5.0
    """
    x, y = (np.ascontiguousarray(part, dtype=np.float64) for part in np.asarray(xy).T)
    return float(compiled(_distances)(x, y))


def _codes(xy: FloatArray) -> IntArray:
    """Return the place of each point on the curve that runs through the cells of a quadtree."""
    low = xy.min(axis=0)
    extent = float((xy.max(axis=0) - low).max())
    cells = ((xy - low) * ((2**_BITS - 1) / extent if extent else 0.0)).astype(np.int64)
    for shift in (16, 8, 4, 2, 1):
        mask = sum(((1 << shift) - 1) << at for at in range(0, 2 * _BITS, 2 * shift))
        cells = (cells | (cells << shift)) & mask
    codes: IntArray = cells[:, 0] | (cells[:, 1] << 1)
    return codes


def _grow(codes: IntArray, x: FloatArray, y: FloatArray, mass: FloatArray) -> Tree:
    """Build the quadtree of points in the order of their codes, parents before children.

    A cell has the points first to last; what follows its last descendant is at ``skip``.
    """
    room = 2 * len(codes) + 1
    first, last = np.zeros(room, dtype=np.int64), np.zeros(room, dtype=np.int64)
    parent, size = np.zeros(room, dtype=np.int64), np.ones(room, dtype=np.int64)
    waiting = np.zeros((room, 3), dtype=np.int64)
    waiting[0] = (0, len(codes), -1)
    n_waiting, n_cells = 1, 0
    while n_waiting:
        n_waiting -= 1
        start, end, above = waiting[n_waiting]
        cell, n_cells = n_cells, n_cells + 1
        first[cell], last[cell], parent[cell] = start, end, above
        differ = codes[start] ^ codes[end - 1]
        if end - start <= _LEAF or differ == 0:
            continue
        shift = 0
        while differ >> (shift + 2):
            shift += 2
        stop = end
        for point in range(end - 1, start - 1, -1):
            if point == start or codes[point] >> shift != codes[point - 1] >> shift:
                waiting[n_waiting] = (point, stop, cell)
                n_waiting, stop = n_waiting + 1, point
    for cell in range(n_cells - 1, 0, -1):
        size[parent[cell]] += size[cell]
    moments = np.zeros((n_cells, _MOMENTS))
    for cell in range(n_cells):
        total = mid_x = mid_y = reach = xx = xy = yy = 0.0
        for i in range(first[cell], last[cell]):
            total += mass[i]
            mid_x += mass[i] * x[i]
            mid_y += mass[i] * y[i]
        mid_x, mid_y = mid_x / total, mid_y / total
        for i in range(first[cell], last[cell]):
            dx, dy = x[i] - mid_x, y[i] - mid_y
            reach = max(reach, dx * dx + dy * dy)
            xx += mass[i] * dx * dx
            xy += mass[i] * dx * dy
            yy += mass[i] * dy * dy
        moments[cell] = (total, mid_x, mid_y, reach, xx, xy, yy)
    return first[:n_cells], last[:n_cells], np.arange(n_cells) + size[:n_cells], moments


def _repel(
    points: tuple[FloatArray, FloatArray, FloatArray], tree: Tree, far: float, power: int
) -> tuple[FloatArray, FloatArray]:
    """Return the potential at each point times its mass, and the gradient.

    With u = d^2 and F(u) = u^(r/2) / r, a far cell of mass M and second moments Q adds
    M F + F' tr Q + 2 F'' d'Qd, the first three terms of its expansion.
    """
    x, y, mass = points
    first, last, skip, moments = tree
    potential, push = np.zeros(len(x)), np.zeros((len(x), 2))
    for i in range(len(x)):
        value = push_x = push_y = 0.0
        cell = 0
        while cell < len(skip):
            total, mid_x, mid_y, reach, xx, xy, yy = moments[cell]
            dx, dy = x[i] - mid_x, y[i] - mid_y
            u = dx * dx + dy * dy
            if u * far > reach:
                inverse = 1.0 / u
                one = 0.5 * inverse
                if power:
                    one *= np.sqrt(u if power > 0 else inverse)
                two = (0.5 * power - 1.0) * one * inverse
                three = (0.5 * power - 2.0) * two * inverse
                qx, qy = xx * dx + xy * dy, xy * dx + yy * dy
                both = qx * dx + qy * dy
                along = 2.0 * (one * total + two * (xx + yy)) + 4.0 * three * both
                push_x += along * dx + 4.0 * two * qx
                push_y += along * dy + 4.0 * two * qy
                whole = 0.5 * np.log(u) if power == 0 else 2.0 * one * u / power
                value += total * whole + one * (xx + yy) + 2.0 * two * both
                cell = skip[cell]
                continue
            if skip[cell] == cell + 1:
                for j in range(first[cell], last[cell]):
                    if j == i:
                        continue
                    dx, dy = x[i] - x[j], y[i] - y[j]
                    u = max(dx * dx + dy * dy, _NEAREST)
                    one = mass[j] / u
                    if power:
                        one *= np.sqrt(u if power > 0 else 1.0 / u)
                    push_x += one * dx
                    push_y += one * dy
                    value += mass[j] * 0.5 * np.log(u) if power == 0 else one * u / power
            cell += 1
        potential[i] = mass[i] * value
        push[i, 0], push[i, 1] = mass[i] * push_x, mass[i] * push_y
    return potential, push


def _distances(x: FloatArray, y: FloatArray) -> float:
    """Add up the distances of all pairs."""
    total = 0.0
    for i in range(len(x)):
        row = 0.0
        for j in range(i):
            dx, dy = x[i] - x[j], y[i] - y[j]
            row += np.sqrt(dx * dx + dy * dy)
        total += row
    return total
