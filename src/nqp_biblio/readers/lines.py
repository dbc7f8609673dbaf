"""The lines of a printed text: where they lie, which are page furniture, how they join."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nqp_biblio.readers.headings import is_list_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "Line",
    "find_compounds",
    "find_furniture",
    "join_pieces",
    "join_placed",
    "lines_of",
    "without_furniture",
]

_MAX_FURNITURE = 120
_MOST_ROWS = 3
_MOST_PAGES = 0.4
_MIN_REPEATS = 3
_PAGE_NUMBER = re.compile(
    r"[-–—|\[]?\s?(?:(?:page|p\.|seite|página|стр\.)\s?)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s?(?:of|/|von|de)\s?\d{1,4})?\s?[-–—|\]]?",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"[-–—|\[]?\s?(\d{1,4})\s?[-–—|\]]?")
_NUMBERED_HEADER = re.compile(r"\d{1,4}\s{2,}\S.*|\S.*\s{2,}\d{1,4}")
_OUTER_NUMBER = re.compile(r"^\W{0,80}\d{1,5}(?=\s)|(?<=\s)\d{1,5}\W{0,80}$|\|\s?page \d{1,5}$")
_COMPOUND = re.compile(r"(?<![^\W_])([^\W\d_]{2,40})-(?=([^\W\d_]{2,40}))")
_BREAK = re.compile(r"([^\W\d_]{1,40})-$")
_KEEP_HYPHEN = frozenset({"two", "three", "four", "five", "six", "self", "well"})
_FIRST_WORD = re.compile(r"[^\W\d_]{1,40}")
_URL_TAIL = re.compile(r"(?:https?:|www\.|doi|10\.\d{4,9}/)\S*$", re.IGNORECASE)
_DASHES = "–—‐‑−-"
_TAIL = 300
_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text.

    Attributes
    ----------
    number : int
        Its number, from 1.
    offset : int
        Character of the text where it begins, from 0.
    text : str
        What stands in it, without the line end.
    new_page : bool
        Whether a form feed stands before it.
    """

    number: int
    offset: int
    text: str
    new_page: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing can be seen in it."""
        return not self.text.strip()

    @property
    def end(self) -> int:
        """Character after the last one."""
        return self.offset + len(self.text)


def lines_of(text: str) -> list[Line]:
    r"""Part a text at line ends and form feeds.

    Parameters
    ----------
    text : str
        Text with ``\n`` at line ends.

    Returns
    -------
    list of Line
        Every line, blank ones too; a form feed begins a line of the same number.

    Examples
    --------
    >>> [(line.number, line.offset, line.text) for line in lines_of("a\n\fb")]
    [(1, 0, 'a'), (2, 2, ''), (2, 3, 'b')]
    """
    lines = []
    offset = 0
    for number, row in enumerate(text.split("\n"), 1):
        for position, piece in enumerate(row.split("\f")):
            lines.append(Line(number, offset, piece, new_page=position > 0))
            offset += len(piece) + 1
    return lines


def find_furniture(lines: Sequence[Line]) -> frozenset[int]:
    """Find page numbers and running headers.

    Parameters
    ----------
    lines : sequence of Line
        All lines of a text.

    Returns
    -------
    frozenset of int
        Places in `lines` of what belongs to the page, not to the text.
    """
    found: set[int] = set()
    for _ in range(_MOST_ROWS):
        more = _furniture_at_edges(lines, found)
        if not more:
            break
        found |= more
    return frozenset(found)


def _furniture_at_edges(lines: Sequence[Line], known: set[int]) -> set[int]:
    """Find the furniture that stands at page edges once what is known of it is taken away."""
    rows = [place for place, line in enumerate(lines) if not line.is_blank and place not in known]
    edges = _page_edges(lines, rows)
    keys = {place: _repeat_key(lines[place].text) for place in rows}
    alone = {place for place in rows if not known and _stands_alone(lines, place)}
    repeats = Counter(keys[place] for place in rows if place in alone or place in edges)
    at_edges = Counter(keys[place] for place in edges)
    counted = _counted_pages(lines, edges)
    of_most = max(_MIN_REPEATS, _MOST_PAGES * sum(line.new_page for line in lines))
    found = set()
    seen: set[str] = set()
    for before, place in zip([None, *rows], rows, strict=False):
        text = lines[place].text.strip()
        if len(text) > _MAX_FURNITURE:
            continue
        if _PAGE_NUMBER.fullmatch(text):
            cut = before is not None and lines[before].text.rstrip().endswith(tuple(_DASHES + ",+"))
            if place in counted or (not cut and (place in edges or place in alone)):
                found.add(place)
        elif place in edges:
            is_first = text not in seen and not any(sign.isdigit() for sign in text)
            is_first = is_first and (at_edges[keys[place]] < of_most or is_list_heading(text))
            repeated = at_edges[keys[place]] > 1 and keys[place] and not is_first
            if repeated or _NUMBERED_HEADER.fullmatch(text):
                found.add(place)
            seen.add(text)
        elif place in alone and repeats[keys[place]] >= _MIN_REPEATS and keys[place]:
            found.add(place)
    return found


def without_furniture(lines: Sequence[Line], furniture: frozenset[int]) -> list[Line]:
    """Take page furniture out, and with it the blank lines at a page break.

    Parameters
    ----------
    lines : sequence of Line
        All lines of a text.
    furniture : frozenset of int
        Places in `lines`, as `find_furniture` gives them.

    Returns
    -------
    list of Line
        The others. The first printed one of a page says that a page break stands before it.
    """
    kept: list[Line] = []
    gap: list[Line] = []
    breaks = False
    for place, line in enumerate(lines):
        breaks = breaks or line.new_page
        if place in furniture:
            continue
        if line.is_blank:
            gap.append(line)
            continue
        kept += [] if breaks else gap
        kept.append(replace(line, new_page=True) if breaks and not line.new_page else line)
        gap, breaks = [], False
    return kept + gap


def _page_edges(lines: Sequence[Line], rows: Sequence[int]) -> set[int]:
    """Places of the first and last printed line of every page after the first break."""
    edges: set[int] = set()
    page = 0
    pages = []
    for line in lines:
        page += line.new_page
        pages.append(page)
    if page:
        for before, place in itertools.pairwise(rows):
            if pages[before] != pages[place]:
                edges.update((before, place))
    return edges


def _counted_pages(lines: Sequence[Line], edges: set[int]) -> set[int]:
    """Places of the numbers at page edges that go up by one with each page."""
    page = 0
    distances: dict[int, int] = {}
    for place, line in enumerate(lines):
        page += line.new_page
        if place in edges and (number := _BARE_NUMBER.fullmatch(line.text.strip())):
            distances[place] = int(number[1]) - page
    often = {
        distance for distance, count in Counter(distances.values()).items() if count >= _MIN_REPEATS
    }
    return {place for place, distance in distances.items() if distance in often}


def _stands_alone(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is a paragraph of its own."""
    above = place == 0 or lines[place - 1].is_blank or lines[place].new_page
    below = place + 1 == len(lines) or lines[place + 1].is_blank or lines[place + 1].new_page
    return above and below


def _repeat_key(text: str) -> str:
    """Take the page number off a line, so that a header is the same on every page."""
    key = _OUTER_NUMBER.sub(" ", text[: 2 * _MAX_FURNITURE].casefold())
    return " ".join(key.split()) if len(key.strip()) > _MIN_REPEATS else ""


def find_compounds(text: str) -> frozenset[str]:
    """Find the words with a hyphen, which must keep it where a line ends inside.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    frozenset of str
        Pairs ``left-right`` in lower case.
    """
    return frozenset(f"{left}-{right}".casefold() for left, right in _COMPOUND.findall(text))


def join_pieces(pieces: Iterable[str], compounds: frozenset[str] = frozenset()) -> str:
    """Join the lines of one printed passage.

    Parameters
    ----------
    pieces : iterable of str
        Its lines.
    compounds : frozenset of str
        Words that keep their hyphen, as `find_compounds` gives them.

    Returns
    -------
    str
        One line with single blanks.

    Examples
    --------
    >>> join_pieces(["A com-", "puter, pp. 18–", "25."])
    'A computer, pp. 18–25.'
    """
    return join_placed(pieces, compounds)[0]


def join_placed(
    pieces: Iterable[str], compounds: frozenset[str] = frozenset()
) -> tuple[str, list[int]]:
    """Join the lines of one printed passage, and tell where each of them lies in it.

    Parameters
    ----------
    pieces : iterable of str
        Its lines.
    compounds : frozenset of str
        Words that keep their hyphen, as `find_compounds` gives them.

    Returns
    -------
    tuple of str and list of int
        One line with single blanks, and the place in it where each line begins.

    Examples
    --------
    >>> join_placed(["A com-", "puter", "here"])
    ('A computer here', [0, 5, 11])
    """
    parts: list[str] = []
    places: list[int] = []
    length = 0
    for piece in pieces:
        words = " ".join(piece.split())
        if words and parts:
            length -= len(parts[-1])
            parts[-1:] = _joint(parts[-1], words, compounds)
            length += sum(map(len, parts[-2:])) if parts[-1] == " " else len(parts[-1])
        places.append(length)
        if words:
            parts.append(words)
            length += len(words)
    back = itertools.accumulate(reversed(places), min)  # a blank line before a hyphen that is lost
    return "".join(parts), [*back][::-1]


def _joint(left: str, right: str, compounds: frozenset[str]) -> list[str]:
    """Return the left piece as it stands before the right one."""
    tail = left[-_TAIL:]
    if left.endswith("\u00ad"):
        return [left[:-1]]
    if _breaks_address(tail, right) or (tail[-1] in _DASHES[:5] and right[0].isdigit()):
        return [left]
    if broken := _BREAK.search(tail):
        return [_mended(left, broken[1], right, compounds)]
    if tail[-1] == "-" and len(tail) > 1 and tail[-2].isdigit() and right[0].isalnum():
        return [left]
    if _CJK.match(tail[-1]) and _CJK.match(right[0]):
        return [left]
    return [left, " "]


def _mended(left: str, stem: str, right: str, compounds: frozenset[str]) -> str:
    """Drop the hyphen at a line end, or keep it where the word has one."""
    word = _FIRST_WORD.match(right)
    if word is None:
        return left if right[0].isdigit() else left + " "
    goes_on = stem.casefold() in _KEEP_HYPHEN or right[word.end() : word.end() + 1] == "-"
    if goes_on or f"{stem}-{word[0]}".casefold() in compounds or not word[0][0].islower():
        return left
    if word[0] in {"and", "or", "und", "oder", "y", "et"}:
        return left + " "
    return left[:-1]


def _breaks_address(tail: str, right: str) -> bool:
    """Whether a web address or DOI goes on in the next line."""
    if not _URL_TAIL.search(tail):
        return False
    first = right.split(" ", 1)[0]
    if tail[-1] in "/_=&?-%#~" or tail.endswith(("doi:", "DOI:")):
        return tail[-1] != ":" and first[0].isalnum()
    goes_on = first[0].islower() or first[0].isdigit()
    return tail[-1] == "." and goes_on and any(sign in first for sign in "./_-0123456789")
