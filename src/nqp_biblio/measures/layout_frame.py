"""How places stand on a map: its scale, its direction, and its parts beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.measures.repulsion import repulsion, sum_of_distances

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["mean_distance", "normalised", "packed", "upright"]

_DECIMALS = 6
_FEW, _MANY = 1_000, 20_000
_FAR = 0.2
_ROWS_AT_ONCE = 128
_WIDE = 1.6
_LEVEL = 1e-3
_ROUND = 1e-2
_OVERHANG = 1.2
_PAIR = 2


def mean_distance(xy: FloatArray) -> float:
    """Return the mean distance between two of some points; 0 for fewer than two.

    Past 20,000 points far ones are taken together; that changes it by less than 1 in 10,000.

    Examples
    --------
    >>> mean_distance(np.array([[0.0, 0.0], [3.0, 4.0]]))
    5.0
    """
    n = len(xy)
    if n < _PAIR:
        return 0.0
    if n > _MANY:
        return 2 * repulsion(xy, np.ones(n), 1, far=_FAR)[0] / (n * (n - 1))
    if n > _FEW:
        return 2 * sum_of_distances(xy) / (n * (n - 1))
    total = sum(
        float(np.hypot(*(xy[i : i + _ROWS_AT_ONCE, None, :] - xy[None, :, :]).T).sum())
        for i in range(0, n, _ROWS_AT_ONCE)
    )
    return total / (n * (n - 1))


def upright(xy: FloatArray, strength: FloatArray) -> FloatArray:
    """Turn places so that they spread most sideways, and mirror them in one fixed way.

    Of the nodes, strongest first, the first off an axis lies on its positive side; where
    they spread the same in all directions, the first off the centre lies to the right.
    """
    if len(xy) <= _PAIR:
        return xy
    centred = xy - xy.mean(axis=0)
    x, y = centred.T
    a, b, c = (x * x).sum(), (x * y).sum(), (y * y).sum()
    order = np.argsort(-strength, kind="stable")
    angle = 0.5 * np.arctan2(2 * b, a - c)
    if np.hypot(2 * b, a - c) < _ROUND * (a + c):
        reach = np.hypot(*centred[order].T)
        right, up = centred[order][np.flatnonzero(reach > _ROUND * reach.max())[0]]
        angle = np.arctan2(up, right)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    turned: FloatArray = centred @ turn
    for axis in range(2):
        off = turned[order, axis][np.abs(turned[order, axis]) > _LEVEL * np.abs(turned).max()]
        if off.size and off[0] < 0:
            turned[:, axis] *= -1
    return turned


def packed(places: list[FloatArray], component: IntArray) -> FloatArray:
    """Lay connected sets in rows, from the upper left, as one sets type."""
    xy = np.zeros((len(component), 2))
    if not places:
        return xy
    boxes = np.array([np.ptp(part, axis=0) + 1.0 for part in places])
    order = sorted(range(len(places)), key=lambda i: (-boxes[i, 1], -boxes[i, 0], i))
    width = max(boxes[:, 0].max(), np.sqrt(_WIDE * (boxes[:, 0] * boxes[:, 1]).sum()))
    nodes = np.split(np.argsort(component, kind="stable"), np.cumsum(np.bincount(component))[:-1])
    left = top = row_height = 0.0
    for number in order:
        wide, high = boxes[number]
        if left and left + wide > width * _OVERHANG:
            left, top, row_height = 0.0, top - row_height, 0.0
        part = places[number] - places[number].min(axis=0)
        xy[nodes[number]] = part + np.array([left, top - high]) + 0.5
        left += wide
        row_height = max(row_height, high)
    return xy


def normalised(xy: FloatArray) -> FloatArray:
    """Move the mean to 0 and scale the mean distance to 1; no minus before a zero."""
    if not len(xy):
        return xy
    centred = xy - xy.mean(axis=0)
    scale = mean_distance(centred)
    rounded: FloatArray = np.round(centred / scale if scale else centred, _DECIMALS) + 0.0
    return rounded
