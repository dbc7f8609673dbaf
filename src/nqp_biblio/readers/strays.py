"""Text that stands before the first record of a tagged file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MOST_LINES", "above_first"]

MOST_LINES = 50
"""Lines that are kept of it."""


def above_first(lines: Sequence[tuple[int, str]]) -> list[tuple[int, str, str]]:
    r"""Say that text was left out.

    Parameters
    ----------
    lines : sequence of (int, str)
        Its lines with their numbers.

    Returns
    -------
    list of (int, str, str)
        Line, text and reason of the one problem, if there is any text.

    Examples
    --------
    >>> above_first([(1, "Search name: lists"), (3, "Of today")])
    [(1, 'Search name: lists\nOf today', 'text before the first record is left out')]
    """
    raw = "\n".join(line for _, line in lines)
    return [(number, raw, "text before the first record is left out") for number, _ in lines[:1]]
