"""BibTeX and biblatex: .bib files of any origin and in any state."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from typing import TYPE_CHECKING

from nqp_biblio.readers.bibtex_entries import Entry, Value, segments, split_entries
from nqp_biblio.readers.bibtex_fields import Fields, record_of
from nqp_biblio.readers.bibtex_journals import STYLE_MACROS
from nqp_biblio.readers.bibtex_kinds import CONTAINERS
from nqp_biblio.readers.bibtex_xdata import fill_in
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_ENTRY = re.compile(r"(?m)^[ \t\ufeff]{0,20}@[ \t]{0,5}([A-Za-z]{1,40})[ \t\n]{0,20}[{(]")
_FIELD = re.compile(r"(?m)^[ \t,]{0,40}[A-Za-z][\w+:. -]{0,60}?[ \t]{0,60}=[ \t\n]{0,60}[{\"\w]")
_TEX = ("\\documentclass", "\\begin{document}", "\\bibitem")
_MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_STYLE_MACROS = {name[:3].lower(): name for name in _MONTH_NAMES} | STYLE_MACROS
_NOT_INHERITED_TEXT = """
    abstract annotation annote author+an:orcid cited-references crossref doi entryset
    entrysubtype execute file ids key keywords label options pages presort references related
    relatedoptions relatedstring relatedtype shorthand shorthandintro sortkey url xdata xref
    """
_NOT_INHERITED = frozenset(_NOT_INHERITED_TEXT.split())
_OF_ONE_WORK = frozenset({"abstract", "annotation", "doi", "pages", "url"})
"""Fields of a work that a part of it has not, while another entry for it has."""
_RENAMED = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_RENAMED_IN_PERIODICAL = {"title": "journaltitle", "subtitle": "journalsubtitle"}
_PARTS_TEXT = (
    "bookinbook conference inbook incollection inproceedings inreference suppbook suppcollection"
)
_PARTS = frozenset(_PARTS_TEXT.split())
_PARTS_OF_PERIODICAL = frozenset({"article", "suppperiodical"})
_MAX_GENERATIONS = 5
_INHERITS = re.compile(r"(?:crossref|xdata|entryset)\s{0,40}=", re.IGNORECASE)
_OVERLAP = 60
_SEGMENT = 8 << 20


def _matches(source: Source) -> float:
    """Score a source: an entry and a field at the beginning of lines."""
    head = source.head
    if not _ENTRY.search(head):
        return 0.0
    if any(command in head for command in _TEX):
        return 0.3
    return 0.9 if _FIELD.search(head) or "=" in head else 0.5


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each entry, in the order of the file."""
    return _File(source).records()


class _File:
    """The entries of one file, with what they share: macros, lines and keys."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.name = source.name
        self.text = ""
        self.newlines: list[int] = []
        self.first = 1
        self.inherits = False
        self.macros: dict[str, str] = {}
        self.entries: list[tuple[Entry, Fields, list[str]]] = []
        self.by_key: dict[str, tuple[Entry, Fields]] = {}
        self.first_line: dict[str, int] = {}

    def records(self) -> Iterator[Record | Problem]:
        """Yield the records, of a long file segment by segment."""
        n_works = 0
        self.inherits = self._inherits()
        size = sys.maxsize if self.inherits else _SEGMENT
        for text, is_last in segments(self.source.blocks(), size):
            self.text = text
            self.newlines = [found.start() for found in re.finditer("\n", text)]
            for entry in split_entries(text, is_last=is_last):
                self._add(entry)
            for entry, fields, undefined in self.entries:
                if entry.kind not in CONTAINERS:
                    n_works += 1
                    yield self._record(entry, fields, undefined)
            self.first += len(self.newlines)
            self.entries.clear()
            self.by_key.clear()
        if not n_works:
            yield Problem(self.name, 1, self.text[:200], "no entry in the file; nothing is read")

    def _inherits(self) -> bool:
        """Whether an entry may take fields over from one that stands anywhere in the file."""
        before = ""
        for block in self.source.blocks():
            if _INHERITS.search(before + block):
                return True
            before = block[-_OVERLAP:]
        return False

    def _add(self, entry: Entry) -> None:
        """Resolve the macros of an entry as far as they are defined yet."""
        undefined: list[str] = []
        fields = [(value.name, self._resolved(value, undefined)) for value in entry.values]
        if entry.kind == "string":
            self.macros |= {name.casefold(): text for name, text in fields}
            return
        self.entries.append((entry, fields, undefined))
        names = [entry.key] if entry.key is not None else []
        names += [name for given, text in fields if given == "ids" for name in text.split(",")]
        for name in names:
            self.by_key.setdefault(name.strip().casefold(), (entry, fields))

    def _resolved(self, value: Value, undefined: list[str]) -> str:
        """Join the parts of a value; an undefined macro stays as its name."""
        texts = []
        for part in value.parts:
            name = part.text.casefold()
            if not part.is_macro:
                texts.append(part.text)
            elif name in self.macros:
                texts.append(self.macros[name])
            elif name in _STYLE_MACROS:
                texts.append(_STYLE_MACROS[name])
            else:
                texts.append(part.text)
                undefined.append(part.text)
        if len(texts) > 1 and all(part.is_macro for part in value.parts) and undefined:
            return " ".join(texts)
        return "".join(texts)

    def _record(self, entry: Entry, fields: Fields, undefined: list[str]) -> Record:
        """Make the record of an entry, with what is wrong in it."""
        line = self._line(entry.start)
        heritage, lost = self._heritage(entry.kind, fields)
        if self.inherits:
            fields = self._filled(fields, lost)
        own = fields if lost else [field for field in fields if field[0] != "xdata"]
        record, reasons = record_of(entry.kind, entry.key, own + heritage)
        record.file, record.line, record.format = self.name, line, "bibtex"
        raw = self.text[entry.start : entry.start + 2_500 if entry.end == 0 else entry.end]
        reasons += [f"undefined macro {name!r}; its name is kept" for name in undefined]
        reasons += lost
        if reason := self._repeated(entry.key, line):
            reasons.append(reason)
        record.problems = [Problem(self.name, line, raw, reason) for reason in reasons]
        record.problems += [
            Problem(self.name, self._line(flaw.offset), raw, flaw.reason) for flaw in entry.flaws
        ]
        return record

    def _repeated(self, key: str | None, line: int) -> str | None:
        """Say where a key was used before; both entries are kept."""
        if key is None:
            return None
        first = self.first_line.setdefault(key.casefold(), line)
        if first == line:
            return None
        return f"repeated key {key!r}, already used in line {first}; both entries are kept"

    def _heritage(self, kind: str, fields: Fields) -> tuple[Fields, list[str]]:
        """Collect what an entry takes over from the entries that it names."""
        have = {name for name, _ in fields}
        heritage: Fields = []
        lost: list[str] = []
        names = _parents(fields)
        seen: set[str] = set()
        for _ in range(_MAX_GENERATIONS):
            following: list[tuple[str, str]] = []
            for by, key in names:
                found = self.by_key.get(key.casefold())
                if found is None or key.casefold() in seen:
                    lost += [f"{by} {key!r} names no entry of the file"] if found is None else []
                    continue
                seen.add(key.casefold())
                parent, its_fields = found
                for name, value in _inheritable(kind, parent.kind, its_fields, by=by):
                    if name not in have:
                        have.add(name)
                        heritage.append((name, value))
                following += _parents(its_fields)
            names = following
        return heritage, lost

    def _filled(self, fields: Fields, lost: list[str]) -> Fields:
        """Fill values in that are taken out of other entries one by one."""
        filled: Fields = []
        for name, value in fields:
            text, left = fill_in(value, self._value_of) if "=" in value else (value, [])
            filled.append((name, text))
            lost += [f"{piece!r} names no value of the file; it is kept" for piece in left]
        return filled

    def _value_of(self, key: str, name: str) -> str | None:
        """Return the value of a field of an @xdata entry."""
        entry, fields = self.by_key.get(key.casefold(), (None, []))
        is_source = entry is not None and entry.kind == "xdata"
        return next((text for its, text in fields if its == name and is_source), None)

    def _line(self, offset: int) -> int:
        """Return the line of an offset, from 1."""
        return bisect_right(self.newlines, offset - 1) + self.first


def _parents(fields: Fields) -> list[tuple[str, str]]:
    """Return the keys that an entry takes fields over from."""
    return [
        (name, key.strip())
        for name, value in fields
        if name in {"crossref", "xdata"}
        for key in value.split(",")
        if key.strip()
    ]


def _inheritable(kind: str, parent: str, fields: Fields, *, by: str) -> Fields:
    """Return what a parent hands down, under the names that it has in the child."""
    if by == "xdata":
        return [(name, value) for name, value in fields if name not in {"xdata", "crossref"}]
    renamed: dict[str, str] = {}
    if kind in _PARTS_OF_PERIODICAL and parent != "article":
        renamed = _RENAMED_IN_PERIODICAL
    elif kind in _PARTS and parent != "article":
        renamed = _RENAMED
    left_out = _NOT_INHERITED - _OF_ONE_WORK if kind == parent == "article" else _NOT_INHERITED
    kept = [(name, value) for name, value in fields if name not in left_out]
    if renamed is _RENAMED and any(name == "booktitle" for name, _ in kept):
        kept = [(name, value) for name, value in kept if name not in renamed]
    own = [(renamed.get(name, name), value) for name, value in kept]
    is_same_kind = kind == parent or not renamed
    return [(n, v) for n, v in own if is_same_kind or n not in {"author", "title", "subtitle"}]


FORMAT = Format(
    name="bibtex",
    title="BibTeX and biblatex",
    suffixes=(".bib", ".bibtex", ".biblatex"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
