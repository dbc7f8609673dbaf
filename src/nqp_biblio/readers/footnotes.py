"""Notes at the foot of pages, or between the paragraphs of a text without pages."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nqp_biblio.readers.lines import join_pieces
from nqp_biblio.readers.note_pieces import pieces_of_note
from nqp_biblio.readers.reference_split import PrintedReference
from nqp_biblio.text.unicode import clean_text, strip_markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nqp_biblio.readers.lines import Line

__all__ = ["find_footnotes", "find_marked_notes", "note_number"]

_LABEL = re.compile(
    r"\s{0,60}(?:<sup>\s?)?[\[(]?\^?(?P<label>\d{1,4}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})"
    r"(?:</sup>|\^(?!\[)|[\]).:])?(?:\s{1,8}|(?=[^\W\d_a-z\s]|[“\"‘«„(]))(?=[^\W\d_]|[“\"‘'«„(*_])"
)
_MARKED = re.compile(r"\s{0,3}\[\^(?P<label>[^\[\]\s]{1,60})\]:\s?(?P<text>.*)$")
_MAX_JUMP = 2
_MOST_ON_PAGE = 200
_MIN_NOTES, _MIN_REGIONS = 3, 2
_CITING_SHARE = 0.4
_INDENT = re.compile(r"(?: {2,}|\t)\S")


def find_footnotes(
    lines: Sequence[Line], compounds: frozenset[str] = frozenset()
) -> tuple[list[PrintedReference], set[int]]:
    """Find the notes that stand at the foot of pages.

    Parameters
    ----------
    lines : sequence of Line
        Lines of the text without page furniture and reference lists.
    compounds : frozenset of str
        Words that keep their hyphen at a line end.

    Returns
    -------
    tuple of list of PrintedReference and set of int
        The notes, numbered through the whole text, and the offsets of their lines; both empty
        where they do not stand in two places at least with text between, are fewer than three,
        or few of them cite.
    """
    paged = any(line.new_page for line in lines)
    parts = _pages(lines) if paged else _blocks(lines)
    notes: list[PrintedReference] = []
    taken: set[int] = set()
    n_regions = last = 0
    after_notes = False
    for part in parts:
        starts = _starts_of_notes(part, last) if paged else _starts_in_block(part, last)
        if not starts:
            after_notes = False
            continue
        n_regions += not (after_notes and all(line.is_blank for line in part[: starts[0][0]]))
        after_notes = True
        last = starts[-1][1]
        bounds = [*(row for row, _ in starts), len(part)]
        for (row, number), end in zip(starts, bounds[1:], strict=True):
            notes.append(_note(part[row:end], str(number), compounds))
        taken.update(line.offset for line in part[starts[0][0] :])
    citing = sum(pieces_of_note(note.raw)[0].kind != "text" for note in notes if note.raw)
    if len(notes) < _MIN_NOTES or n_regions < _MIN_REGIONS or citing < _CITING_SHARE * len(notes):
        return [], set()
    return notes, taken


def find_marked_notes(
    lines: Sequence[Line], compounds: frozenset[str] = frozenset()
) -> tuple[list[PrintedReference], set[int]]:
    """Find the notes of Markdown, which begin with ``[^1]:``.

    Parameters
    ----------
    lines : sequence of Line
        Lines of the text.
    compounds : frozenset of str
        Words that keep their hyphen at a line end.

    Returns
    -------
    tuple of list of PrintedReference and set of int
        The notes with their keys as labels, and the offsets of their lines.
    """
    notes: list[PrintedReference] = []
    taken: set[int] = set()
    own: list[Line] = []
    label = ""
    for line in lines:
        found = _MARKED.match(line.text)
        if found or (own and not line.is_blank and not _goes_on(own, line)):
            if own:
                notes.append(_note(own, label, compounds))
            own, label = ([line], found["label"]) if found else ([], "")
        elif own:
            own.append(line)
        if own:
            taken.add(line.offset)
    if own:
        notes.append(_note(own, label, compounds))
    return notes, taken


def _goes_on(own: list[Line], line: Line) -> bool:
    """Whether a line goes on with a note of Markdown: right below, or indented after a gap."""
    return not own[-1].is_blank or _INDENT.match(line.text) is not None


def _note(lines: Sequence[Line], label: str, compounds: frozenset[str]) -> PrintedReference:
    """Join the lines of a note, its number taken away."""
    first = lines[0]
    found = _MARKED.match(first.text) or _LABEL.match(first.text)
    begin = first.text[found.start("text") :] if found and "text" in found.re.groupindex else None
    if begin is None:
        begin = first.text[found.end() :] if found else first.text
    pieces = [begin, *(line.text for line in lines[1:])]
    end = max((line.end for line in lines if not line.is_blank), default=first.end)
    raw = clean_text(strip_markup(join_pieces(pieces, compounds)))
    return PrintedReference(raw, label, first.number, first.offset, end)


def _pages(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Give the lines of each page."""
    page: list[Line] = []
    for line in lines:
        if line.new_page and page:
            yield page
            page = []
        page.append(line)
    if page:
        yield page


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Give the lines between blank ones."""
    block: list[Line] = []
    for line in lines:
        if line.is_blank:
            if block:
                yield block
            block = []
        else:
            block.append(line)
    if block:
        yield block


def _starts_of_notes(part: Sequence[Line], last: int) -> list[tuple[int, int]]:
    """Find the notes at the end of a page: row and number.

    They count on from the last note before; of several places where they might begin the one
    from which most of them count on, and of equals the last.
    """
    numbered = _numbered(part)[-_MOST_ON_PAGE:]
    best: list[tuple[int, int]] = []
    for at in range(len(numbered)):
        chain = _chain(numbered[at:], last)
        if chain and len(chain) >= len(best):
            best = chain
    return best


def _starts_in_block(part: Sequence[Line], last: int) -> list[tuple[int, int]]:
    """Find the notes of a block that begins with one."""
    chain = _chain(_numbered(part), last)
    return chain if chain and chain[0][0] == 0 else []


def _numbered(part: Sequence[Line]) -> list[tuple[int, int]]:
    """Return row and number of the lines that begin with a number like a note."""
    numbers = ((row, note_number(line.text)) for row, line in enumerate(part))
    return [(row, number) for row, number in numbers if number]


def _chain(numbered: list[tuple[int, int]], last: int) -> list[tuple[int, int]]:
    """Take the first number, if it follows the last note, and those that count on from it."""
    chain: list[tuple[int, int]] = []
    reached = last
    for place in numbered:
        if reached < place[1] <= reached + _MAX_JUMP:
            chain.append(place)
            reached = place[1]
        elif not chain:
            break
    return chain


def note_number(text: str) -> int | None:
    """Return the number that a line begins with like a note, None where it does not.

    Parameters
    ----------
    text : str
        One line.

    Returns
    -------
    int or None
        The number, raised or not, before a word or a quotation mark.

    Examples
    --------
    >>> [note_number(line) for line in ("12 See Roe", "¹²See Roe", "12.5 m")]
    [12, 12, None]
    """
    found = _LABEL.match(text)
    return int(unicodedata.normalize("NFKC", found["label"])) if found else None
