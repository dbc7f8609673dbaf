"""Zotero's CSV: one row an item, with all columns that Zotero has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers import zotero_types
from nqp_biblio.readers.html_tags import without_tags
from nqp_biblio.readers.paired_names import person_of_parts
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.table_records import table_records
from nqp_biblio.readers.table_rows import find_header
from nqp_biblio.readers.table_works import Habits, fill_record, finish_record, values_of
from nqp_biblio.record import Record
from nqp_biblio.text.identifiers import clean_arxiv_id, clean_doi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source
    from nqp_biblio.readers.table_rows import Row, Table
    from nqp_biblio.readers.table_works import Values
    from nqp_biblio.record import Problem

__all__ = ["FORMAT"]

_COLUMNS = {
    "Key": "key",
    "Item Type": "kind",
    "Publication Year": "year",
    "Author": "author",
    "Editor": "editor",
    "Translator": "translator",
    "Title": "title",
    "Publication Title": "source_raw",
    "ISBN": "isbn",
    "ISSN": "issn",
    "DOI": "doi",
    "Url": "url",
    "Abstract Note": "abstract",
    "Date": "date",
    "Pages": "pages",
    "Issue": "issue",
    "Volume": "volume",
    "Series": "series",
    "Series Title": "series_title",
    "Publisher": "publisher",
    "Place": "publisher_place",
    "Language": "language",
    "Type": "genre",
    "Extra": "extra",
    "Edition": "edition",
    "Manual Tags": "manual_tags",
    "Automatic Tags": "automatic_tags",
    "Conference Name": "event",
    "Meeting Name": "meeting",
}
_NAME_OF_COLUMN = {column: name for name, column in _COLUMNS.items()}
_MARKS = frozenset(("Key", "Item Type", "Publication Year", "Manual Tags", "Abstract Note"))
_ROLES = ("author", "editor", "translator")
_EXTRA = {
    "pmid": re.compile(r"\bPMID: ?(\d{1,9})\b"),
    "arxiv_id": re.compile(r"\barXiv: ?(\S{4,30})", re.IGNORECASE),
    "doi": re.compile(r"\bDOI: ?(\S{6,300})", re.IGNORECASE),
    "key": re.compile(r"\bCitation Key: ?(\S{1,200})", re.IGNORECASE),
}
_CLEAN = {"arxiv_id": clean_arxiv_id, "doi": clean_doi}


def _matches(source: Source) -> float:
    """Score a source: a header with Zotero's own names of columns."""
    return 0.96 if find_header(source, _score) else 0.0


def _score(cells: list[str]) -> float:
    """Score a row as a header."""
    return float(len(cells)) if _MARKS.issubset(cells) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each row, in the order of the file."""
    wanted = ", ".join(sorted(_MARKS))
    return table_records(source, _record, score=_score, wanted=wanted, form="zotero-csv")


def _record(file: str, row: Row, table: Table) -> Record:
    """Make a record of a row."""
    record = Record(file=file)
    values, left = values_of(row, table.header, _COLUMNS.get)
    kind = values.pop("kind", "")
    for role in _ROLES:
        _take_people(record, values.pop(role, ""), role)
    _take_lists(record, values, left)
    people, words = record.people, record.keywords
    reasons = fill_record(record, values, left, Habits())
    record.people, record.keywords = people, words
    record.title = without_tags(record.title or "") or None
    record.abstract = without_tags(record.abstract or "") or None
    record.type = zotero_types.type_of(kind)
    if record.type is None:
        record.type = "document"
        left.append(("Item Type", kind))
    _take_extra(record, values)
    left += [(_NAME_OF_COLUMN.get(name, name), text) for name, text in values.items()]
    return finish_record(record, row, table, left=left, reasons=reasons)


def _take_people(record: Record, printed: str, role: str) -> None:
    """Read names: "Family, Given" for people, no comma for groups."""
    for name in printed.split(";"):
        family, _, given = name.partition(",")
        if person := person_of_parts(family, given):
            person.role = role
            record.people.append(person)


def _take_lists(record: Record, values: Values, left: list[tuple[str, str]]) -> None:
    """Read tags, and what stands in two columns or holds two numbers."""
    for column, kind in (("manual_tags", "author_keyword"), ("automatic_tags", "index_keyword")):
        words = [word.strip() for word in values.pop(column, "").split(";")]
        record.keywords += [(kind, word) for word in dict.fromkeys(words) if word]
    for column, other in (("series", "series_title"), ("event", "meeting")):
        if other in values:
            text = values.pop(other)
            if values.setdefault(column, text) != text:
                left.append((_NAME_OF_COLUMN[other], text))
    first, _, others = values.get("issn", "").partition(" ")
    if others:
        values["issn"] = first.rstrip(",;")
        left.append(("ISSN", others))


def _take_extra(record: Record, values: Values) -> None:
    """Read the numbers that Zotero keeps in the field Extra, which stays as it is."""
    extra = values.get("extra", "")
    for attribute, pattern in _EXTRA.items():
        found = pattern.search(extra)
        if found is None or (attribute != "key" and getattr(record, attribute) is not None):
            continue
        clean = _CLEAN.get(attribute)
        value = clean(found[1]) if clean else found[1]
        if attribute == "key":
            record.fields.append(("Key", record.key or ""))
        if value:
            setattr(record, attribute, value)


FORMAT = Format(
    name="zotero-csv",
    title="Zotero CSV",
    suffixes=(".csv",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
