"""From the lists and notes of a paper to its references, and what its text cites by them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nqp_biblio.readers.citations import CitedList
from nqp_biblio.readers.headings import is_notes_heading
from nqp_biblio.readers.labels import label_number
from nqp_biblio.readers.note_pieces import cites_again
from nqp_biblio.readers.notes import read_notes
from nqp_biblio.readers.reference_string import parse_references
from nqp_biblio.record import CitedReference, Problem, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.readers.reference_list import PrintedReference, ReferenceList

__all__ = [
    "ReadList",
    "groups_of",
    "joined",
    "problem_of",
    "read_lists",
    "read_note_list",
    "read_printed",
]

_MAX_GAP = 3
_MIN_CHAPTER = 1_000
_YEAR_FIRST = re.compile(r"([-–—_―.,\s]{0,12})[(\[](?:1[5-9]|20)\d\d[a-z]?[)\]]")
_AUTHORS = re.compile(r"([^\W\d_][^()\[\]]{2,300}?)\s[(\[](?:1[5-9]|20)\d\d[a-z]?[)\]]")


@dataclass(slots=True)
class ReadList:
    """One list, or the notes of a text, as read.

    Attributes
    ----------
    references : list of CitedReference
        Its references, for the paper.
    cited : CitedList
        What citations name.
    problems : list of Problem
        Notes that cite what cannot be told.
    """

    references: list[CitedReference]
    cited: CitedList
    problems: list[Problem] = field(default_factory=list)


def read_printed(
    printed: Sequence[PrintedReference], *, file: str, format_name: str = "text"
) -> list[Record]:
    """Read printed references to records.

    Parameters
    ----------
    printed : sequence of PrintedReference
        References as they stand in a list.
    file : str
        Name of the file.
    format_name : str
        Name of the format.

    Returns
    -------
    list of Record
        One a reference, of role reference; `key` is its label.
    """
    records = parse_references(_with_authors([one.raw for one in printed]))
    return _stamped(records, printed, (file, format_name))


def _stamped(
    records: list[Record], printed: Sequence[PrintedReference], origin: tuple[str, str]
) -> list[Record]:
    """Say in records where they were printed."""
    file, format_name = origin
    for one, record in zip(printed, records, strict=True):
        record.role, record.key, record.raw = "reference", one.label, one.raw
        record.file, record.line, record.format = file, one.line, format_name
        for problem in record.problems:
            problem.file, problem.line = file, one.line
        if one.remark:
            record.problems.append(problem_of(one, file))
    return records


def _with_authors(raws: list[str]) -> list[str]:
    """Put the author of the reference before where only its year is printed: (1970): ..."""
    filled: list[str] = []
    authors = ""
    for raw in raws:
        begins_with_year = _YEAR_FIRST.match(raw)
        if begins_with_year and authors:
            filled.append(f"{authors} {raw[begins_with_year.end(1) :]}")
            continue
        before_year = _AUTHORS.match(raw)
        authors = before_year[1] if before_year else ""
        filled.append(raw)
    return filled


def problem_of(one: PrintedReference, file: str) -> Problem:
    """Turn a remark into a problem."""
    return Problem(file, one.line, one.raw, one.remark or "cannot be read")


def read_lists(lists: Sequence[ReferenceList], *, file: str, format_name: str) -> list[ReadList]:
    """Read the lists of a paper.

    Parameters
    ----------
    lists : sequence of ReferenceList
        The lists in the order printed.
    file : str
        Name of the file.
    format_name : str
        Name of the format.

    Returns
    -------
    list of ReadList
        One a list. Labels are unique in the paper. A list of notes has a reference for each
        that is printed in full; those in short are tied to it, or to one of another list.
    """
    origin = (file, format_name)
    taken: set[str] = set()
    read: list[ReadList | None] = []
    for number, found in enumerate(lists, 1):
        read.append(None if _is_notes(found) else _read_list(found, number, taken, origin))
    known = [
        (label, work)
        for one in read
        if one is not None
        for label, work in zip(one.cited.labels, one.cited.works, strict=True)
    ]
    whole: list[ReadList] = []
    for number, (found, one) in enumerate(zip(lists, read, strict=True), 1):
        if one is not None:
            whole.append(one)
            continue
        suffix = "" if taken.isdisjoint(note.label for note in found.references) else number
        ending = f" (list {suffix})" if suffix else ""
        whole.append(read_note_list(found.references, known, origin, suffix=ending))
        taken.update(whole[-1].cited.labels)
    return whole


def _is_notes(found: ReferenceList) -> bool:
    """Whether a list is one of notes, which cite again what was cited before."""
    if not found.labelled:
        return False
    named = found.heading is not None and is_notes_heading(found.heading)
    return named or any(cites_again(one.raw) for one in found.references)


def _read_list(
    found: ReferenceList, number: int, taken: set[str], origin: tuple[str, str]
) -> ReadList:
    """Read one list of references, and take its labels."""
    works = read_printed(found.references, file=origin[0], format_name=origin[1])
    labels = _labels(found, number, taken)
    taken.update(labels)
    references = [
        CitedReference(raw=work.raw or "", label=label, work=work)
        for label, work in zip(labels, works, strict=True)
    ]
    return ReadList(references, CitedList(tuple(labels), tuple(works), found.labelled))


def read_note_list(
    notes: Sequence[PrintedReference],
    known: Sequence[tuple[str, Record]],
    origin: tuple[str, str],
    *,
    suffix: str = "",
    sign: str = "",
) -> ReadList:
    """Read notes: the references in them, and what each of them cites.

    Parameters
    ----------
    notes : sequence of PrintedReference
        The notes, their numbers as labels.
    known : sequence of (label, Record)
        References of the lists of the paper.
    origin : (file, format)
        Where they were read.
    suffix : str
        What stands behind the numbers in labels, where another list has them too.
    sign : str
        What stands before the numbers in the text, as ``^`` of Markdown.

    Returns
    -------
    ReadList
        Citations name the notes, which stand for references.
    """
    read = read_notes(notes, known, suffix=suffix)
    works = _stamped(read.works, read.references, origin)
    references = [
        CitedReference(raw=one.raw, label=one.label, work=work)
        for one, work in zip(read.references, works, strict=True)
    ]
    stands_for = {f"{sign}{note}{suffix}": labels for note, labels in read.cited.items()}
    blank = tuple(Record() for _ in stands_for)
    cited = CitedList(tuple(stands_for), blank, labelled=True, stands_for=stands_for)
    return ReadList(references, cited, [problem_of(one, origin[0]) for one in read.remarks])


def groups_of(lists: Sequence[ReferenceList]) -> list[list[int]]:
    """Put lists together that one text cites: whose numbers go on, or with little between."""
    groups: list[list[int]] = []
    for place, found in enumerate(lists):
        before = lists[place - 1] if place else None
        if before is not None and _goes_with(before, found):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _goes_with(before: ReferenceList, found: ReferenceList) -> bool:
    """Whether a list goes on from the one before, as references of methods or of sources do."""
    if before.labelled != found.labelled:
        return False
    if not found.labelled:
        return found.offset - before.end < _MIN_CHAPTER
    last = label_number(before.references[-1].label)
    first = label_number(found.references[0].label)
    return last is not None and first is not None and 0 < first - last <= _MAX_GAP


def joined(lists: Sequence[CitedList]) -> CitedList:
    """Make one list of several."""
    whole = CitedList(
        tuple(label for one in lists for label in one.labels),
        tuple(work for one in lists for work in one.works),
        lists[0].labelled,
    )
    stands_for = {note: labels for one in lists for note, labels in one.stands_for.items()}
    return replace(whole, stands_for=stands_for)


def _labels(found: ReferenceList, number: int, taken: set[str]) -> list[str]:
    """Labels of a list: as printed, its place where none is, the list named where two clash."""
    labels = [one.label or str(place) for place, one in enumerate(found.references, 1)]
    if found.labelled:
        own = {one.label for one in found.references}
        labels = [
            one.label or (f"{label}*" if label in own else label)
            for one, label in zip(found.references, labels, strict=True)
        ]
    if taken.isdisjoint(labels):
        return labels
    return [f"{label} (list {number})" for label in labels]
