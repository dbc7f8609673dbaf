"""The lines of Ovid's exports, in both layouts: tags ("TI  - ") and names of fields."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nqp_biblio.readers.strays import MOST_LINES, above_first
from nqp_biblio.text.entities import decode_entities
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Entry", "entries"]

_NUMBER = re.compile(r" ?<(\d{1,7})\.? ?>\s*$")
_TAGGED = re.compile(r" ?([A-Z][A-Z0-9]|SCORE) {1,2}- ?(.*)$")
_LABEL = re.compile(r"([A-Z][A-Za-z]{1,20}(?:[ /()-]{1,2}[A-Za-z]{1,20}){0,7})\s*$")
_TAG = 2
_ONCE = frozenset({"AN", "Score", "TI", "UI", "VN"})
_TAG_OF_LABEL = {
    "abstract": "AB",
    "accession number": "AN",
    "author": "AU",
    "author keywords": "KW",
    "authors": "AU",
    "authors full name": "FA",
    "book title": "BT",
    "chapter title": "CT",
    "cited references": "RF",
    "database": "DB",
    "digital object identifier": "DI",
    "document type": "DT",
    "doi": "DI",
    "doi number": "DI",
    "edition": "ET",
    "editor": "ED",
    "editors": "ED",
    "institution": "IN",
    "isbn": "IB",
    "issn": "IS",
    "issn print": "IS",
    "issue/part": "IP",
    "journal name": "JN",
    "key concepts": "ID",
    "keyword heading": "KW",
    "keywords": "KW",
    "language": "LG",
    "link to the ovid full text or citation": "XL",
    "mesh subject headings": "MH",
    "nlm journal code": "JC",
    "page": "PG",
    "pmid": "PM",
    "publication type": "PT",
    "publisher": "PU",
    "references": "RF",
    "source": "SO",
    "subject headings": "MH",
    "title": "TI",
    "unique identifier": "UI",
    "volume": "VO",
    "year of publication": "YR",
}
"""Tags for the names of fields; a field that is not here keeps its name."""


@dataclass(slots=True)
class Entry:
    """The lines of one record: tag, and the lines of its value."""

    line: int
    number: str | None = None
    lines: list[tuple[str, list[str]]] = field(default_factory=list)
    strays: list[tuple[int, str, str]] = field(default_factory=list)

    def is_ended_by(self, tag: str) -> bool:
        """Tell whether a tag begins the next record; numbers, where there are some, do so alone."""
        return self.number is None and tag in _ONCE and any(tag == had for had, _ in self.lines)

    def take(self, number: int, pair: tuple[str, str], line: str) -> None:
        """Take a line: a tag with its value, or what goes on with the last."""
        tag, value = pair
        if tag:
            self.lines.append((tag, [value] if value else []))
        elif self.lines:
            self.lines[-1][1].append(line)
        elif line.strip():
            self.strays.append((number, line, "a line outside of any field is left out"))

    def values(self) -> Iterator[tuple[str, list[str], str]]:
        """Yield tag, paragraphs and the value as it stands, of each field with a value."""
        for tag, lines in self.lines:
            raw = "\n".join(lines)
            pieces = (clean_text(decode_entities(piece)) for piece in re.split(r"\n\s*\n", raw))
            paragraphs = [piece for piece in pieces if piece]
            if paragraphs:
                yield tag, paragraphs, raw


def entries(lines: Iterator[str]) -> Iterator[Entry]:
    """Split a file into records.

    Parameters
    ----------
    lines : iterator of str
        The lines of the file.

    Yields
    ------
    Entry
        A record. It begins with its number ``<12. >``, or where a field that stands once in
        a record comes again.
    """
    entry: Entry | None = None
    strays: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        found = _NUMBER.match(line)
        tag, value = ("", "") if found else _split(line)
        is_first = entry is None and (len(tag) == _TAG or tag in _ONCE)
        if found or is_first or (entry is not None and entry.is_ended_by(tag)):
            if entry is not None:
                yield entry
            above, strays = above_first(strays), []
            entry = Entry(number, found[1] if found else None, strays=above)
        if entry is None and line.strip():
            strays += [(number, line)] if len(strays) < MOST_LINES else []
        elif entry is not None and not found:
            entry.take(number, (tag, value), line)
    if entry is not None:
        yield entry


def _split(line: str) -> tuple[str, str]:
    """Split a line into tag and value; the tag is empty where the line has none."""
    if found := _TAGGED.match(line):
        if again := _TAGGED.match(found[2]):
            return again[1], again[2]
        return found[1], found[2]
    if found := _LABEL.match(line):
        return _TAG_OF_LABEL.get(found[1].casefold(), found[1]), ""
    return "", ""
