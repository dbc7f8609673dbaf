"""Where the labels of a map go, so that none covers another."""

from __future__ import annotations

import itertools
import math
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Box", "Placed", "place_labels"]

_LINE_HEIGHT = 1.18
_WRAP_AT = 22
_GAP = 2.0
_CELL = 40.0
_BEAD = 4.0
_FIRST_SHARE = 0.5
_SIDES = (
    (0.0, -1.0),
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.0, 1.0),
    (0.7, -0.7),
    (-0.7, -0.7),
    (0.7, 0.7),
    (-0.7, 0.7),
)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in points."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        """Whether two rectangles share a point."""
        return not (
            self.right <= other.left
            or other.right <= self.left
            or self.top <= other.bottom
            or other.top <= self.bottom
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """A label with its place: index of the node, text in lines, centre and font size."""

    index: int
    text: str
    x: float
    y: float
    size: float


class _Grid:
    """Boxes in cells, so that only near ones are compared."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[int, Box]]] = {}

    def add(self, owner: int, box: Box) -> None:
        """Keep a box and whose it is."""
        for cell in self._cells_of(box):
            self._cells.setdefault(cell, []).append((owner, box))

    def is_free(self, box: Box, owner: int) -> bool:
        """Whether a box meets none but the owner's own."""
        return not any(
            its_owner != owner and box.meets(other)
            for cell in self._cells_of(box)
            for its_owner, other in self._cells.get(cell, ())
        )

    @staticmethod
    def _cells_of(box: Box) -> list[tuple[int, int]]:
        columns = range(int(box.left // _CELL), int(box.right // _CELL) + 1)
        rows = range(int(box.bottom // _CELL), int(box.top // _CELL) + 1)
        return [(column, row) for column in columns for row in rows]


def place_labels(
    nodes: Sequence[tuple[str, float, float, float, float]],
    *,
    width_of: Callable[[str, float], float],
    frame: Box,
    limit: int,
    lines: Sequence[tuple[float, float, float, float]] = (),
) -> list[Placed]:
    """Place as many labels as fit, the first nodes first.

    Parameters
    ----------
    nodes : sequence of (label, x, y, radius, font size)
        In points, the most important first.
    width_of : callable
        From a text and a font size to a width, in points.
    frame : Box
        What no label may leave.
    limit : int
        How many labels at the most.
    lines : sequence of (x, y, x, y)
        Lines that a label keeps clear of where it can.

    Returns
    -------
    list of Placed
        A label that fits nowhere beside its node is left out; no label covers another. Only
        where there are more nodes than labels, the first half of them may cover circles of
        other nodes, if no side is free.
    """
    labels, circles, nothing = _Grid(), _Grid(), _Grid()
    for index, (_, x, y, radius, _) in enumerate(nodes):
        circles.add(index, Box(x - radius, y - radius, x + radius, y + radius))
    crossed = _Grid()
    for number, line in enumerate(lines):
        for box in _beads(line):
            crossed.add(-number - 2, box)
    placed: list[Placed] = []
    for index, (label, x, y, radius, size) in enumerate(nodes):
        if len(placed) == limit:
            break
        levels = [(crossed, circles), (nothing, circles)]
        if len(nodes) > limit and len(placed) <= limit * _FIRST_SHARE:
            levels.append((nothing, nothing))
        for (clear, others), text in itertools.product(levels, _shapes(label)):
            scene = ((labels, others, clear), frame, index)
            spot = _free_spot(text, (x, y, radius, size), scene, width_of)
            if spot is not None:
                centre_x, centre_y, box = spot
                labels.add(-1, box)
                placed.append(Placed(index, text, centre_x, centre_y, size))
                break
    return placed


def _beads(line: tuple[float, float, float, float]) -> Iterator[Box]:
    """Small boxes along a line."""
    x, y, end_x, end_y = line
    n_steps = max(1, int(math.hypot(end_x - x, end_y - y) / _BEAD))
    for step in range(n_steps + 1):
        at_x = x + (end_x - x) * step / n_steps
        at_y = y + (end_y - y) * step / n_steps
        yield Box(at_x - 1, at_y - 1, at_x + 1, at_y + 1)


def _shapes(label: str) -> list[str]:
    """Ways to break a label into lines, the best first."""
    if len(label) <= _WRAP_AT:
        return [label]
    half = max(len(label) // 2 + 2, _WRAP_AT // 2)
    wrapped = "\n".join(textwrap.wrap(label, half, break_long_words=False))
    thirds = "\n".join(textwrap.wrap(label, len(label) // 3 + 3, break_long_words=False))
    return [wrapped, label, thirds]


def _free_spot(
    text: str,
    node: tuple[float, float, float, float],
    scene: tuple[tuple[_Grid, ...], Box, int],
    width_of: Callable[[str, float], float],
) -> tuple[float, float, Box] | None:
    """Find a side of a node where a text is free."""
    x, y, radius, size = node
    grids, frame, index = scene
    lines = text.split("\n")
    half_width = max(width_of(line, size) for line in lines) / 2 + 1
    half_height = len(lines) * size * _LINE_HEIGHT / 2
    for reach, (side_x, side_y) in itertools.product((0.0, half_height), _SIDES):
        centre_x = x + side_x * (radius + half_width + _GAP + reach)
        centre_y = y + side_y * (radius + half_height + _GAP / 2 + reach)
        box = Box(
            centre_x - half_width,
            centre_y - half_height,
            centre_x + half_width,
            centre_y + half_height,
        )
        inside = (
            box.left >= frame.left
            and box.right <= frame.right
            and box.bottom >= frame.bottom
            and box.top <= frame.top
        )
        if inside and all(grid.is_free(box, index) for grid in grids):
            return centre_x, centre_y, box
    return None
