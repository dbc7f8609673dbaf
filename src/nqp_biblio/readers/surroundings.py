"""The text around an in-text citation: its paragraph, or the sentences near it in a long one."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from nqp_biblio.readers.lines import join_placed

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MAX_CONTEXT", "Surroundings"]

MAX_CONTEXT = 4_000
"""Characters of a paragraph that is kept whole; of a longer one half as much to each side."""

_SIDE = MAX_CONTEXT // 2


class Surroundings:
    r"""What stands around the markers of one paragraph.

    Parameters
    ----------
    text : str
        The paragraph as printed, line ends and all.
    sentences : sequence of (start, end)
        Where its sentences lie in it.
    compounds : frozenset of str
        Words that keep their hyphen at a line end.

    Examples
    --------
    >>> around = Surroundings("So was\nit [1]. Or not.", [(0, 14), (15, 22)])
    >>> around.of(10)
    ('So was it [1]. Or not.', 10)
    """

    def __init__(
        self,
        text: str,
        sentences: Sequence[tuple[int, int]],
        compounds: frozenset[str] = frozenset(),
    ) -> None:
        self._text = text
        self._compounds = compounds
        self._begins = [begin for begin, _ in sentences]
        self._ends = [end for _, end in sentences]
        self._span = (-1, -1)
        self._joined = ""
        self._places: list[int] = []
        self._lines: list[int] = []

    def of(self, start: int) -> tuple[str, int]:
        """Return the context of a marker, on one line, and where the marker begins in it.

        Parameters
        ----------
        start : int
            Where the marker begins in the paragraph.

        Returns
        -------
        tuple of str and int
            At most `MAX_CONTEXT` characters, cut between sentences where they allow it.
        """
        span = self._span_around(start)
        if span != self._span:
            self._join(span)
        at = max(0, bisect.bisect_right(self._lines, start) - 1)
        before = self._text[max(span[0], self._lines[at]) : start]
        words = " ".join(before.split())
        gap = bool(words) and before[-1].isspace()
        return self._joined, min(self._places[at] + len(words) + gap, len(self._joined))

    def _span_around(self, start: int) -> tuple[int, int]:
        """Choose the part of the paragraph: whole, or whole sentences as far as they go."""
        if len(self._text) <= MAX_CONTEXT:
            return 0, len(self._text)
        first = bisect.bisect_left(self._begins, start - _SIDE)
        last = bisect.bisect_right(self._ends, start + _SIDE) - 1
        begin = self._begins[first] if first < len(self._begins) else start
        end = self._ends[last] if last >= 0 else start
        return (
            begin if begin <= start else max(0, start - _SIDE),
            end if end > start else min(len(self._text), start + _SIDE),
        )

    def _join(self, span: tuple[int, int]) -> None:
        """Put the lines of a part on one, and note where each of them lies."""
        begin, end = span
        pieces = self._text[begin:end].split("\n")
        self._span = span
        self._joined, self._places = join_placed(pieces, self._compounds)
        self._lines = []
        for piece in pieces:
            self._lines.append(begin)
            begin += len(piece) + 1
