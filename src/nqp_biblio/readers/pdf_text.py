"""The text of a page of a PDF, with what its look tells: raised figures, indents, gaps."""

from __future__ import annotations

import itertools
import re
import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdf import PageObject

__all__ = ["PageText", "text_of_page"]

_FIGURES = re.compile(r"\s?[\[(]?\d{1,4}(?:\s?[,;–—-]\s?\d{1,4}){0,40}[,;–—-]?[\])]?\s?")
_RAISED = str.maketrans("0123456789-–—;", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻,")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_SMALLER = 0.86
_LEAST_RISE, _MOST_RISE = 0.12, 0.9
_WORD_END = re.compile(r"[^\W\d_][^\w\s]{0,3}$|[.,;:!?)\]”\"’»]$")
_GOES_ON = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹][⁻,]$")
_TAIL = 8
_LOWER = 0.9
_WIDE_GAP, _MOST_DROP, _WIDTH = 1.4, 4.0, 10.0
_BLANK, _MOST_BLANKS = 0.5, 8


def text_of_page(page: PageObject) -> str:
    """Take the text out of a page.

    Parameters
    ----------
    page : PageObject
        A page of pypdf.

    Returns
    -------
    str
        Its text in the order in which it was set; small figures that stand above the line behind
        a word are raised signs (¹²), and ligatures are parted. Lines that are indented in their
        column begin with blanks, and a wider gap between two lines is an empty line.
    """
    text = PageText()
    page.extract_text(visitor_text=text.add)
    return text.whole()


@dataclass(slots=True)
class _Line:
    """One line: its pieces, and where it begins, in points; size 0 where that is not known."""

    pieces: list[str] = field(default_factory=list)
    left: float = 0.0
    base: float = 0.0
    size: float = 0.0

    @property
    def text(self) -> str:
        """What stands in it."""
        return "".join(self.pieces)


class PageText:
    """Collects the pieces of a page."""

    def __init__(self) -> None:
        self._lines = [_Line()]
        self._size = 0.0
        self._base = 0.0

    def add(
        self,
        text: str,
        page: Sequence[float],
        place: Sequence[float],
        font: object,  # noqa: ARG002  a visitor of pypdf has five parameters
        size: float,
    ) -> None:
        """Take one piece, with the matrices and the size of font that it is set in."""
        if not text.strip():
            self._put(text)
            return
        height = abs(size * (place[3] or place[2]) * (page[3] or page[2]))
        base = place[4] * page[1] + place[5] * page[3] + page[5]
        if self._is_raised(text, height, base):
            self._put(text.strip().strip("[]()").translate(_RAISED).replace(" ", ""))
            return
        if self._lines[-1].base - base > _LOWER * height and self._lines[-1].size:
            self._put("\n")
        line = self._lines[-1]
        if not text.startswith("\n") and not line.text.strip():
            line.left = place[4] * page[0] + place[5] * page[2] + page[4]
            line.base, line.size = base, height
        self._put(text.translate(_LIGATURES))
        self._size, self._base = height, base

    def _put(self, text: str) -> None:
        """Add text to the line, and to new ones behind its line ends."""
        first, *others = text.split("\n")
        self._lines[-1].pieces.append(first)
        self._lines += [_Line([one]) for one in others]

    def _is_raised(self, text: str, height: float, base: float) -> bool:
        """Whether a piece is a number in smaller type above the line of the word before it."""
        if not self._size or height > _SMALLER * self._size or not _FIGURES.fullmatch(text):
            return False
        rise = base - self._base
        before = (self._lines[-1].text or "".join(one.text for one in self._lines[-2:]))[-_TAIL:]
        if _GOES_ON.search(before):
            return True
        is_above = _LEAST_RISE * self._size <= rise <= _MOST_RISE * self._size
        return is_above and _WORD_END.search(before.rstrip()) is not None

    def whole(self) -> str:
        """Return the text: indented lines begin with blanks, wider gaps are empty lines."""
        shown: list[str] = []
        for block in _blocks(self._lines):
            gaps = [one.base - two.base for one, two in itertools.pairwise(block)]
            usual = statistics.median(gaps) if gaps else 0.0
            left = min(line.left for line in block)
            for place, line in enumerate(block):
                if place and gaps[place - 1] > _WIDE_GAP * usual:
                    shown.append("")
                step = round((line.left - left) / (_BLANK * line.size)) if line.size else 0
                shown.append(" " * (step if step <= _MOST_BLANKS else 0) + line.text)
        return "\n".join(shown)


def _blocks(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Give the lines that stand below each other in one column."""
    block: list[_Line] = []
    for line in lines:
        if block and not _follows(block, line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _follows(block: list[_Line], line: _Line) -> bool:
    """Whether a line stands right below those of a block."""
    above = block[-1]
    if not (line.size and above.size):
        return False
    drop = above.base - line.base
    return 0 < drop <= _MOST_DROP * line.size and abs(line.left - above.left) <= _WIDTH * line.size
