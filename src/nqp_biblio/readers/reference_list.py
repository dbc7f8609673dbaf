"""Find the reference list of a text: its heading, its end, its references."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nqp_biblio.readers.footnotes import note_number
from nqp_biblio.readers.headings import (
    ends_list,
    is_list_heading,
    is_notes_heading,
    is_vague_heading,
    list_heading_end,
)
from nqp_biblio.readers.labels import find_labelled_starts, label_number
from nqp_biblio.readers.lines import (
    Line,
    find_compounds,
    find_furniture,
    lines_of,
    without_furniture,
)
from nqp_biblio.readers.note_pieces import pieces_of_note
from nqp_biblio.readers.reference_split import (
    PrintedReference,
    SplitList,
    goes_on,
    split_lines,
    split_references,
)
from nqp_biblio.readers.traits import count_traits, has_traits, is_complete, starts_with_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.readers.labels import Start

__all__ = [
    "PrintedReference",
    "ReferenceList",
    "find_bare_lists",
    "find_headed_lists",
    "find_reference_list",
    "find_reference_lists",
    "split_lines",
    "split_references",
]

_HALF, _LEAST_LABELLED = 0.5, 0.3
_CLEAR = 3
_MAX_REFERENCE = 500
_MAX_PASSAGE = 2_000
_MIN_PROSE = 300
_MAX_HEADING = 90
_AHEAD = 120
_PARAGRAPH = 40
_CLOSED = re.compile(r"[.!?:。！？：]\W{0,3}$")
_STOPS = frozenset(".,;”\"'’)")
_LABEL_ONE = re.compile(r"\s{0,80}(?:[-*•]\s)?(?:[\[［【(（]\^?\s?1\s?[\]］】)）]|1[.．、)])\s*\S")


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """One reference list of a text.

    Attributes
    ----------
    heading : str or None
        Its heading as printed; None where it has none.
    line : int
        Line of the heading, or of the first reference.
    offset, end : int
        Where the list begins, with its heading, and where it ends, in characters of the text.
    references : tuple of PrintedReference
        Its references, in the order printed.
    strays : tuple of PrintedReference
        Passages in it that are no references, each with a remark.
    labelled : bool
        Whether its references have labels.
    """

    heading: str | None
    line: int
    offset: int
    end: int
    references: tuple[PrintedReference, ...]
    strays: tuple[PrintedReference, ...]
    labelled: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A heading and the lines after it: the first, and the one past the last."""

    place: int
    first: Line | None


def find_reference_list(text: str) -> ReferenceList | None:
    r"""Find the reference list of a text, the last where it has several.

    Parameters
    ----------
    text : str
        Text with ``\n`` at line ends.

    Returns
    -------
    ReferenceList or None
        None where there is nothing like references.

    Examples
    --------
    >>> text = "References\n1. Roe R (2001) A. J 1: 2–3.\n\nAppendix\nMore."
    >>> found = find_reference_list(text)
    >>> [one.raw for one in found.references]
    ['Roe R (2001) A. J 1: 2–3.']
    """
    lists = find_reference_lists(text)
    return lists[-1] if lists else None


def find_reference_lists(text: str) -> list[ReferenceList]:
    r"""Find all reference lists of a text, such as one a chapter.

    Parameters
    ----------
    text : str
        Text with ``\n`` at line ends.

    Returns
    -------
    list of ReferenceList
        In the order printed. Lists under headings; without any heading the numbered list
        at the end, or the whole text where it reads as a list.
    """
    lines = lines_of(text)
    kept = without_furniture(lines, find_furniture(lines))
    compounds = find_compounds(text)
    return find_headed_lists(kept, compounds) or find_bare_lists(kept, compounds)


def find_bare_lists(
    lines: Sequence[Line], compounds: frozenset[str] = frozenset()
) -> list[ReferenceList]:
    """Find a list that no heading announces: the whole text, or the numbered end of it.

    Parameters
    ----------
    lines : sequence of Line
        Lines of the text without page furniture.
    compounds : frozenset of str
        Words that keep their hyphen at a line end.

    Returns
    -------
    list of ReferenceList
        One, or none.
    """
    found = _bare_list(lines, compounds) or _list_at_end(lines, compounds)
    return [found] if found else []


def find_headed_lists(
    lines: Sequence[Line], compounds: frozenset[str] = frozenset()
) -> list[ReferenceList]:
    """Find the lists that stand under headings.

    Parameters
    ----------
    lines : sequence of Line
        Lines of the text without page furniture.
    compounds : frozenset of str
        Words that keep their hyphen at a line end.

    Returns
    -------
    list of ReferenceList
        In the order printed: each heading of a list or of notes which references follow.
    """
    candidates = _candidates(lines)
    lists: list[ReferenceList] = []
    taken = 0
    for number, candidate in enumerate(candidates):
        if candidate.place < taken:
            continue
        limit = _limit(lines, candidates, number)
        found, end = _list_at(lines, candidate, limit, compounds)
        if found is not None:
            lists.append(found)
            taken = end
    return lists


def _candidates(lines: Sequence[Line]) -> list[_Candidate]:
    """Find all headings of lists."""
    found = []
    for place, line in enumerate(lines):
        if _is_heading(lines, place):
            found.append(_Candidate(place, None))
        elif (column := list_heading_end(line.text)) is not None:
            rest = replace(line, offset=line.offset + column, text=line.text[column:])
            found.append(_Candidate(place, rest))
    return found


def _is_heading(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is the heading of a list, and not the end of a sentence."""
    text = lines[place].text
    named = is_list_heading(text) or (is_notes_heading(text) and _begins_anew(lines, place))
    return named and not _ends_sentence(lines, place)


def _ends_sentence(lines: Sequence[Line], place: int) -> bool:
    """Whether a line that names a list is the last word of the sentence above: literature."""
    text = lines[place].text.strip(" *_#")
    above = lines[place - 1] if place else None
    if above is None or above.is_blank or _CLOSED.search(above.text):
        return False
    return text[-1:] in _STOPS or text[:1].islower()


def _limit(lines: Sequence[Line], candidates: list[_Candidate], number: int) -> int:
    """Where the list of a heading ends at the latest: the next heading of another list.

    A heading that is printed again on the next page does not end its list.
    """
    for later in candidates[number + 1 :]:
        before = next(
            (
                line
                for line in reversed(lines[max(0, later.place - _AHEAD) : later.place])
                if not line.is_blank
            ),
            None,
        )
        new_page = any(line.new_page for line in lines[later.place : later.place + 1])
        if not (new_page and before is not None and _counts_on(lines, later.place)):
            return later.place
    return len(lines)


def _counts_on(lines: Sequence[Line], place: int) -> bool:
    """Whether what follows a repeated heading goes on with the list, not anew."""
    following = next((line for line in lines[place + 1 : place + 9] if not line.is_blank), None)
    return following is not None and not _LABEL_ONE.match(following.text)


def _begins_anew(lines: Sequence[Line], place: int) -> bool:
    """Whether what follows a heading begins with the number one."""
    following = next((line for line in lines[place + 1 : place + 9] if not line.is_blank), None)
    return following is not None and (
        note_number(following.text) == 1 or _LABEL_ONE.match(following.text) is not None
    )


def _list_at(
    lines: Sequence[Line], candidate: _Candidate, limit: int, compounds: frozenset[str]
) -> tuple[ReferenceList | None, int]:
    """Read the list under one heading; None where no references follow."""
    place = candidate.place
    region = [
        *([candidate.first] if candidate.first else []),
        *(lines[at] for at in range(place + 1, limit) if not _is_heading(lines, at)),
    ]
    end = _end_of_list(region)
    split = split_references(region[:end], compounds)
    heading = lines[place]
    if is_notes_heading(heading.text):
        accepted = split.labelled and _are_notes(split)
    else:
        accepted = _is_list(split, trusted=not is_vague_heading(heading.text))
    if not accepted:
        return None, place
    last = max((line.end for line in region[:end] if not line.is_blank), default=heading.end)
    shown = heading.text.strip() if candidate.first is None else heading.text[:_MAX_HEADING]
    found = ReferenceList(
        heading=shown,
        line=heading.number,
        offset=heading.offset,
        end=last,
        references=split.references,
        strays=split.strays,
        labelled=split.labelled,
    )
    taken = next((at for at in range(place + 1, limit) if lines[at].offset > last), limit)
    return found, taken


def _is_list(split: SplitList, *, trusted: bool = False) -> bool:
    """Whether what was split reads as references; less will do under a plain heading."""
    references = split.references
    if not references:
        return False
    good = sum(
        _is_good(one, labelled=split.labelled)
        or (trusted and len(one.raw) < _MAX_REFERENCE and has_traits(one.raw, 1))
        for one in references
    )
    return good >= (_LEAST_LABELLED if split.labelled else _HALF) * len(references)


def _are_notes(split: SplitList) -> bool:
    """Whether enough of some notes cite."""
    citing = sum(pieces_of_note(one.raw)[0].kind != "text" for one in split.references if one.raw)
    return citing > 1 and citing >= _HALF * len(split.references)


def _is_good(one: PrintedReference, *, labelled: bool) -> bool:
    """Whether an entry reads as a reference."""
    brief = len(one.raw) < _MAX_REFERENCE
    traits = count_traits(one.raw)
    if labelled:
        return traits > 1 or (traits == 1 and brief)
    return traits > 1 and (brief or starts_with_name(one.raw)) and len(one.raw) < _MAX_PASSAGE


# -- where a list ends ---------------------------------------------------------------------


def _end_of_list(lines: Sequence[Line]) -> int:
    """Return the place after the last line of a list that begins at the first line."""
    starts = find_labelled_starts(lines)
    soft = _end_by_labels(lines, starts) if starts else _end_by_prose(lines)
    rows = {start.row for start in starts}
    before: Line | None = None
    for place, line in enumerate(lines[:soft]):
        if line.is_blank:
            continue
        head = place == 0 or lines[place - 1].is_blank or line.new_page
        brief = before is not None and len(line.text) < _PARAGRAPH and is_complete(before.text)
        may_end = (head or brief) and place not in rows and before is not None
        if may_end and ends_list(line.text) and not _goes_on_after(lines, starts, place):
            return place
        before = line
    return soft


def _goes_on_after(lines: Sequence[Line], starts: list[Start], place: int) -> bool:
    """Whether the next number of the list stands behind a line that seems to end it."""
    last = next((start for start in reversed(starts) if start.row < place), None)
    number = label_number(last.label) if last else None
    if number is None:
        return False
    return any(
        place < start.row < place + _AHEAD
        and label_number(start.label) == number + 1
        and has_traits(_paragraph(lines, start.row))
        for start in starts
    )


def _end_by_labels(lines: Sequence[Line], starts: list[Start]) -> int:
    """End a labelled list with the paragraph of its last label, or what goes on from it."""
    last = starts[-1].row
    so_far = lines[last].text[starts[-1].body :]
    for place in range(last + 1, len(lines)):
        line = lines[place]
        if line.is_blank:
            continue
        if lines[place - 1].is_blank:
            text = _paragraph(lines, place)
            if not goes_on(so_far, text) and not has_traits(text, _CLEAR):
                return place
        so_far = f"{so_far[-_MAX_REFERENCE:]} {line.text.strip()}"
    return len(lines)


def _end_by_prose(lines: Sequence[Line]) -> int:
    """End a list without labels where running text begins."""
    heads = [
        place
        for place, line in enumerate(lines)
        if not line.is_blank and (place == 0 or lines[place - 1].is_blank)
    ]
    kinds = [_kind(_paragraph(lines, place)) for place in heads]
    for at, (place, kind) in enumerate(zip(heads, kinds, strict=True)):
        following = kinds[at + 1] if at + 1 < len(kinds) else None
        ends = kind == "prose" and following in {"prose", None}
        if at and (ends or (kind == "heading" and following == "prose")):
            return place
    return len(lines)


def _kind(text: str) -> str:
    """Tell a paragraph of prose, a heading, or what may be a reference."""
    if has_traits(text) and (starts_with_name(text) or len(text) < _MAX_REFERENCE):
        return "reference"
    if len(text) > _MIN_PROSE and not starts_with_name(text):
        return "prose"
    bare = len(text) < _MAX_HEADING and not text.rstrip().endswith((".", "。", ",", ";"))
    return "heading" if bare and not has_traits(text, 1) else "other"


def _paragraph(lines: Sequence[Line], place: int) -> str:
    """Return the lines from a place to the next blank one, joined."""
    taken = []
    for line in lines[place : place + _PARAGRAPH]:
        if line.is_blank:
            break
        taken.append(line.text.strip())
    return " ".join(taken)


# -- lists without a heading ---------------------------------------------------------------


def _bare_list(lines: Sequence[Line], compounds: frozenset[str]) -> ReferenceList | None:
    """Take the whole text for a list."""
    end = _end_of_list(lines)
    split = split_references(lines[:end], compounds)
    if not _is_list(split) or not _is_mostly_list(lines[:end], split):
        return None
    return _without_heading(lines[:end], split)


def _is_mostly_list(lines: Sequence[Line], split: SplitList) -> bool:
    """Whether a text without heading holds more references than anything else."""
    good = [one for one in split.references if _is_good(one, labelled=split.labelled)]
    if len(split.references) == 1:
        return has_traits(split.references[0].raw, _CLEAR) or (
            split.labelled and has_traits(split.references[0].raw)
        )
    strays = sum(len(one.raw) for one in split.strays)
    total = sum(len(line.text) for line in lines)
    return len(good) >= _HALF * len(split.references) and strays <= _HALF * total


def _list_at_end(lines: Sequence[Line], compounds: frozenset[str]) -> ReferenceList | None:
    """Find a numbered list after other text that no heading announces."""
    ones = [place for place, line in enumerate(lines) if _LABEL_ONE.match(line.text)]
    for place in reversed(ones[-_PARAGRAPH:]):
        region = lines[place:]
        split = split_references(region[: _end_of_list(region)], compounds)
        good = sum(has_traits(one.raw) for one in split.references)
        reads = good > 1 and good >= _HALF * len(split.references)
        if split.labelled and (reads or _are_notes(split)):
            return _without_heading(region[: _end_of_list(region)], split)
    return None


def _without_heading(lines: Sequence[Line], split: SplitList) -> ReferenceList:
    """Frame a list that has no heading."""
    printed = [line for line in lines if not line.is_blank]
    return ReferenceList(
        heading=None,
        line=printed[0].number,
        offset=printed[0].offset,
        end=printed[-1].end,
        references=split.references,
        strays=split.strays,
        labelled=split.labelled,
    )
