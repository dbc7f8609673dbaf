"""A corpus as an Excel workbook: a sheet a table, and nothing in it that can run."""

from __future__ import annotations

import re
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["LONGEST_CELL", "SHEETS", "write_xlsx"]

SHEETS = {
    "works": "works",
    "authorships": "authorships",
    "references": "cited_references",
    "keywords": "terms",
    "problems": "problems",
    "affiliations": "affiliations",
    "pages": "page_ranges",
    "fields": "fields",
    "mentions": "mentions",
    "sources": "sources",
    "institutions": "institutions",
    "merges": "merges",
    "relations": "relations",
    "changes": "changes",
}
"""The sheets, in order, and the tables that they hold."""

LONGEST_CELL = 32_767
"""Characters that a cell of Excel can hold."""

_MOST_ROWS = 1_048_576
_FORMULA = ("=", "+", "-", "@")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DATE = (1980, 1, 1, 0, 0, 0)
_NOW = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
_THEN = rb"\g<1>1980-01-01T00:00:00Z\g<3>"
_CONTENTS = "[Content_Types].xml"
_PROPERTIES = "docProps/core.xml"
_BATCH = 20_000


def write_xlsx(corpus: Corpus, path: Path) -> None:
    """Write a corpus as a workbook.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    path : Path
        The file.

    Notes
    -----
    Text is written as text, never as a formula; signs that XML cannot hold are left out, and
    a text that is too long for a cell ends in "…". A table of more rows than a sheet takes
    goes on in another sheet. The same corpus gives the same bytes, whenever it is written.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "nqp-biblio"
    for name, table in SHEETS.items():
        _write_table(book, name, corpus, table)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.xlsx"
        book.save(raw)
        _without_time(raw, path)


def _write_table(book: Any, name: str, corpus: Corpus, table: str) -> None:  # noqa: ANN401
    """Write a table to one sheet, or to as many as it needs."""
    sheet, n_rows, n_sheets = None, 0, 0
    for row in _rows(corpus, table):
        if sheet is None or n_rows == _MOST_ROWS:
            n_sheets += 1
            title = name if n_sheets == 1 else f"{name} {n_sheets}"
            sheet, n_rows = _sheet(book, title, table), 1
        sheet.append([_cell(sheet, value) for value in row])
        n_rows += 1
    if sheet is None:
        _sheet(book, name, table)


def _sheet(book: Any, title: str, table: str) -> WriteOnlyWorksheet:  # noqa: ANN401
    """Begin a sheet with the names of the columns, which stay in sight."""
    sheet: WriteOnlyWorksheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append(list(TABLES[table].column_names))
    return sheet


def _rows(corpus: Corpus, table: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table in their order, so many at a time."""
    order = ", ".join(TABLES[table].order)
    query = f"SELECT * FROM {table} ORDER BY {order} LIMIT {_BATCH} OFFSET ?"
    for start in range(0, corpus.n_rows(table), _BATCH):
        yield from corpus.sql(query, (start,))


def _cell(sheet: WriteOnlyWorksheet, value: object) -> object:
    """Return a value; a text as a cell that stays text."""
    if not isinstance(value, str):
        return value
    from openpyxl.cell import WriteOnlyCell

    text = _NOT_XML.sub("", value)
    if len(text) > LONGEST_CELL:
        text = text[: LONGEST_CELL - 1] + "…"
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # whatever openpyxl takes it for
    if text.startswith(_FORMULA):
        cell.quotePrefix = True
    return cell


def _without_time(raw: Path, path: Path) -> None:
    """Pack a workbook anew, with one date for all that is in it."""
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != _CONTENTS, name)):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            with old.open(name) as source, new.open(entry, "w", force_zip64=True) as target:
                if name == _PROPERTIES:
                    target.write(_NOW.sub(_THEN, source.read()))
                    continue
                while block := source.read(1 << 20):
                    target.write(block)
