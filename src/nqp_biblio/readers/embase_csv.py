"""Embase's CSV in both layouts: a column for each field, and a row for each field."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.table_columns import column_of
from nqp_biblio.readers.table_records import table_records
from nqp_biblio.readers.table_rows import Row, Table, find_header
from nqp_biblio.readers.table_works import Habits, fill_record, finish_record, left_over, values_of
from nqp_biblio.record import Problem, Record
from nqp_biblio.text.numbers import parse_date
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source
    from nqp_biblio.readers.table_works import Values

__all__ = ["FORMAT"]

_EMTREE = "emtree "
_OWN = {
    "author addresses": "affiliations",
    "author names": "authors",
    "book publisher": "publisher",
    "conference location": "",
    "correspondence address": "",
    "date of publication": "date",
    "embase accession id": "key",
    "embase link": "url",
    "full text link": "",
    "language of article": "language",
    "language of summary": "",
    "medline pmid": "pmid",
    "original abstract": "",
    "original title": "",
    "pui": "",
    "source title": "source_raw",
}
"""Our names of Embase's columns that others name otherwise; empty for fields."""

_SURE = frozenset(
    ("emtree medical index terms", "emtree drug index terms", "embase accession id", "pui")
)
_FIELD = re.compile(r'\ufeff?"([A-Z][A-Z/() -]{1,60})",')
_FIRST = re.compile(r'\s{0,20}\ufeff?"TITLE",')
_OTHER = re.compile(
    r'(?m)^"(?:AUTHOR NAMES|SOURCE TITLE|PUBLICATION YEAR|SOURCE|PUI|EMTREE [^"]+)",'
)
_PRINTED_DATE = re.compile(r"Date of Publication: ([^,;]{4,30})")
_BETWEEN = re.compile(r", (?![^()]{0,300}\))")


def _matches(source: Source) -> float:
    """Score a source: Embase's names of columns, or of rows."""
    if _FIRST.match(source.head) and _OTHER.search(source.head):
        return 0.95
    return 0.95 if find_header(source, _score) else 0.0


def _score(cells: list[str]) -> float:
    """Score a row as a header."""
    names = set(map(fold, cells))
    is_embase = bool(names & _SURE) and "title" in names and len(names) > len(_SURE)
    return float(len(names)) if is_embase and names & {"author names", "source"} else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each work, in the order of the file."""
    if _FIRST.match(source.head):
        return _records_of_rows(source)
    wanted = "Title, Author Names, Source, Emtree Medical Index Terms"
    return table_records(source, _record, score=_score, wanted=wanted, form="embase-csv")


def _records_of_rows(source: Source) -> Iterator[Record | Problem]:
    """Yield the records of the layout with a row for each field; TITLE begins one."""
    line, names, cells = 1, list[str](), list[str]()
    for number, name, values in _fields(source.lines()):
        if name == "TITLE" and names:
            yield _record_of_rows(source.name, line, names, cells)
            names, cells = [], []
        line = number if not names else line
        names.append(name)
        cells.append("; ".join(values))
    if names:
        yield _record_of_rows(source.name, line, names, cells)


def _record_of_rows(file: str, line: int, names: list[str], cells: list[str]) -> Record:
    """Make a record of the rows of one work."""
    row = Row(line, cells)
    record = _record(file, row, Table(names, line, row, iter(()), ","))
    record.format = "embase-csv"
    return record


def _fields(lines: Iterator[str]) -> Iterator[tuple[int, str, list[str]]]:
    """Yield line, name and values of each field; a value may go on over several lines."""
    at, gathered = 0, list[str]()
    for number, line in enumerate(lines, 1):
        if _FIELD.match(line):
            if gathered:
                yield (at, *_cells(gathered))
            at, gathered = number, [line]
        elif gathered and line.strip():
            gathered.append(line)
    if gathered:
        yield (at, *_cells(gathered))


def _cells(lines: list[str]) -> tuple[str, list[str]]:
    """Split a row at its commas; a quotation mark that is never closed ends with the row."""
    text = " ".join(lines).lstrip("\ufeff")
    found = _FIELD.match(text)
    name = found[1] if found else ""
    try:
        cells = next(csv.reader([text]), [])[1:]
    except csv.Error:
        cells = [text.partition(",")[2].strip('"')]
    return name, [cell.strip() for cell in cells if cell.strip()]


def _column(name: str) -> str | None:
    """Return our name of a column."""
    key = fold(name)
    if key.startswith(_EMTREE):
        return key
    return (_OWN[key] or None) if key in _OWN else column_of(name)


def _record(file: str, row: Row, table: Table) -> Record:
    """Make a record of a row."""
    record = Record(file=file)
    values, left = values_of(row, table.header, _column)
    terms = _terms(values, table.header)
    printed = values.get("source", "")
    reasons = fill_record(record, values, left, Habits(has_journal=True))
    same = {word.casefold() for _, word in terms}
    words = [pair for pair in record.keywords if pair[1].casefold() not in same]
    record.keywords = list(dict.fromkeys([*words, *terms]))
    if record.type == "document" and record.source_raw:
        record.type = "article-journal"
    if record.publication_date is None and (date := _PRINTED_DATE.search(printed)):
        iso = parse_date(date[1]) or ""
        is_same = iso.startswith(str(record.publication_year))
        record.publication_date = iso if is_same and len(iso) > len("2001") else None
    left += left_over(values, table.header, _column)
    return finish_record(record, row, table, left=left, reasons=reasons)


def _terms(values: Values, header: list[str]) -> list[tuple[str, str]]:
    """Read Emtree's terms, those of the main subjects before the others."""
    keys = sorted(
        (fold(name) for name in header if fold(name).startswith(_EMTREE)),
        key=lambda key: "major focus" not in key,
    )
    printed = [values.pop(key) for key in dict.fromkeys(keys) if key in values]
    words = [
        word.strip()
        for text in printed
        for word in (text.split("; ") if "; " in text else _BETWEEN.split(text))
    ]
    return [("index_keyword", word) for word in dict.fromkeys(words) if word]


FORMAT = Format(
    name="embase-csv",
    title="Embase CSV, by column or by row",
    suffixes=(".csv",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
