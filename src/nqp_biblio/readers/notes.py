"""Numbered notes that hold references: which they hold, and which they cite again."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.readers.note_pieces import NotePiece, pieces_of_note
from nqp_biblio.readers.reference_string import parse_references
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.readers.reference_split import PrintedReference
    from nqp_biblio.record import Record

__all__ = ["ReadNotes", "read_notes"]

_WORD = re.compile(r"[^\W\d_][^\W_]{2,40}")
_N_NAMES = 6
_LONG_WORD = 4
_SURE = 2
_MOST_OF_NAME = 200
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]\d\d|20\d\d)(?!\d)")


@dataclass(slots=True)
class ReadNotes:
    """What the notes of a text cite.

    Attributes
    ----------
    references : list of PrintedReference
        Every reference that is printed with its date, in the order of the notes; its label is
        the number of the note, with " (2)" for a second one in it.
    works : list of Record
        The same as read.
    cited : dict of str to tuple of str
        For each note the labels that it cites, those of ibid. and short titles resolved; its
        own number where it cites what cannot be told.
    remarks : list of PrintedReference
        Notes that cite what cannot be told, or nothing, each with a remark.
    """

    references: list[PrintedReference] = field(default_factory=list)
    works: list[Record] = field(default_factory=list)
    cited: dict[str, tuple[str, ...]] = field(default_factory=dict)
    remarks: list[PrintedReference] = field(default_factory=list)


class _Entry(NamedTuple):
    """A reference cited so far: label, long words of its title, year, title where in a note."""

    label: str
    words: frozenset[str]
    year: str
    title: str | None


@dataclass(slots=True)
class _Known:
    """References cited so far: by folded family name, and the last one."""

    by_name: dict[str, list[_Entry]] = field(default_factory=lambda: defaultdict(list))
    last: str | None = None

    def add(self, label: str, work: Record, title: str | None = None) -> None:
        """Add a reference under the names of its authors; with its title if it is of a note."""
        words = _long_words(work.title or work.raw or title or "")
        entry = _Entry(label, words, str(work.publication_year or ""), title)
        people = [person for person in work.people if person.role in {"author", "editor"}]
        names = {fold(person.family or person.literal or "") for person in people}
        for name in sorted(names - {""}):
            self.by_name[name].append(entry)

    def find(self, text: str, labels: frozenset[str] | None = None) -> str | None:
        """Return the reference that an author, and perhaps words of a title, name."""
        head = [fold(word) for word in _WORD.findall(text[:200])[:_N_NAMES]]
        words = _long_words(text)
        years = set(_YEAR.findall(text))
        best: tuple[int, str] | None = None
        for name in dict.fromkeys(head):
            for entry in self.by_name.get(name, ())[-_MOST_OF_NAME:]:
                if labels is not None and entry.label not in labels:
                    continue
                if years and entry.year and entry.year not in years:
                    continue
                shared = len((words - {name}) & entry.words)
                if best is None or shared >= best[0]:
                    best = (shared, entry.label)
        return best[1] if best else None

    def find_printed(self, work: Record, title: str) -> str | None:
        """Return what one printed in full is: in a list by words of its title, else the same."""
        words, year = _long_words(title), str(work.publication_year or "")
        for person in work.people[:1]:
            for entry in self.by_name.get(fold(person.family or ""), ())[-_MOST_OF_NAME:]:
                if entry.year != year:
                    continue
                sure = min(_SURE, len(words), len(entry.words))
                is_listed = entry.title is None and len(words & entry.words) >= sure
                if is_listed or entry.title == title:
                    return entry.label
        return None


def read_notes(
    notes: Sequence[PrintedReference],
    known: Sequence[tuple[str, Record]] = (),
    *,
    suffix: str = "",
) -> ReadNotes:
    """Read what notes cite.

    Parameters
    ----------
    notes : sequence of PrintedReference
        The notes in their order, each with its number as label.
    known : sequence of (label, Record)
        References of the list of the paper, which notes cite in short.
    suffix : str
        What stands behind the numbers in labels, where another list has them too.

    Returns
    -------
    ReadNotes
        Each note has its references, those that it cites again, or a remark.

    Examples
    --------
    >>> from nqp_biblio.readers.reference_split import PrintedReference
    >>> notes = [
    ...     PrintedReference("A. Roe, On X (Oxford: OUP, 1999), p. 3.", "1", 9, 0, 9),
    ...     PrintedReference("Ibid., p. 7.", "2", 10, 10, 19),
    ... ]
    >>> read_notes(notes).cited
    {'1': ('1',), '2': ('1',)}
    """
    parted = [(note, pieces_of_note(note.raw)) for note in notes]
    printed = [
        (note, piece) for note, pieces in parted for piece in pieces if piece.kind == "reference"
    ]
    works = iter(parse_references([piece.text for _, piece in printed]))
    before = _Known()
    for listed, work in known:
        before.add(listed, work)
    read = ReadNotes()
    for printed_note, pieces in parted:
        note = replace(printed_note, label=f"{printed_note.label}{suffix}")
        labels: list[str] = []
        for piece in pieces:
            label = (
                _add_reference(read, note, (piece, next(works)), before)
                if piece.kind == "reference"
                else _cited_again(read, piece, before)
            )
            if label is not None or _DIGIT.search(piece.text):
                before.last = label  # ibid. after a source without date is not the one before
            labels.append(label or (note.label or "" if piece.kind in {"same", "before"} else ""))
        read.cited[printed_note.label or ""] = tuple(dict.fromkeys(filter(None, labels)))
        read.remarks += _remarks(note, pieces, labels)
    return read


def _add_reference(
    read: ReadNotes, note: PrintedReference, found: tuple[NotePiece, Record], before: _Known
) -> str:
    """Add a reference, or find it in the list of the paper; return its label."""
    piece, work = found
    if piece.same_author and read.works:
        work.people = list(read.works[-1].people)
    title = fold(work.title or piece.text)
    if (printed := before.find_printed(work, title)) is not None:
        return printed
    own = {one.label for one in read.references[-9:]}
    label = note.label or ""
    count = 1
    while label in own:
        count += 1
        label = f"{note.label} ({count})"
    read.references.append(replace(note, raw=piece.text, label=label))
    read.works.append(work)
    before.add(label, work, title)
    return label


def _cited_again(read: ReadNotes, piece: NotePiece, before: _Known) -> str | None:
    """Return the label of what is cited again; None where it cannot be told."""
    if piece.kind == "same":
        return before.last
    if piece.note is not None and (own := read.cited.get(piece.note)):
        return before.find(piece.text, frozenset(own)) or own[0]
    return before.find(piece.text) if piece.kind in {"before", "short"} else None


def _remarks(
    note: PrintedReference, pieces: list[NotePiece], labels: list[str]
) -> list[PrintedReference]:
    """Say what could not be told of a note."""
    if not any(labels):
        remark = f"note {note.label} cites no reference that can be told"
        return [replace(note, remark=remark)]
    reason = f"in note {note.label} names no reference printed before"
    return [
        replace(note, remark=f"{piece.text[:60]!r} {reason}")
        for piece, label in zip(pieces, labels, strict=True)
        if label == note.label and piece.kind in {"same", "before"}
    ]


def _long_words(text: str) -> frozenset[str]:
    """Return the folded words of a text that may tell a title."""
    return frozenset(fold(word) for word in _WORD.findall(text[:300]) if len(word) >= _LONG_WORD)
