"""Tables of works as CSV, TSV or Excel, with names of columns in several languages."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from nqp_biblio.readers.corpus_workbook import is_corpus_workbook, read_corpus_workbook
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.spreadsheet import is_old_workbook, is_workbook
from nqp_biblio.readers.table_columns import column_of, header_score, is_likely_header
from nqp_biblio.readers.table_records import table_records
from nqp_biblio.readers.table_rows import find_header
from nqp_biblio.readers.table_works import Habits, fill_record, finish_record, left_over, values_of
from nqp_biblio.record import Record
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nqp_biblio.readers.column_map import ColumnMap
    from nqp_biblio.readers.source import Source
    from nqp_biblio.readers.table_rows import Row, Table
    from nqp_biblio.record import Problem

    ColumnOf = Callable[[str], str | None]

__all__ = ["FORMAT", "WORKBOOK", "has_columns", "mapped_format", "read_table"]

_SURE, _SCORE, _HARDLY = 0.99, 0.5, 0.4
_NEEDED = frozenset(("title", "doi", "abstract"))
_JOURNAL = frozenset(("journal", "journal book", "zeitschrift"))
_SCOPUS = frozenset(("source title", "art. no.", "eid"))
"""Columns of Scopus, whose cited references and authors need rules of their own."""


def _matches(source: Source) -> float:
    """Score a text: a row of names of columns, and rows below it."""
    if is_workbook(source):
        return 0.0
    header = find_header(source, header_score)
    if _SCOPUS.issubset(name.casefold() for name in header):
        return 0.0
    return _SCORE if is_likely_header(header) else 0.0


def _matches_workbook(source: Source) -> float:
    """Score a workbook; one without a table of works has to say so itself."""
    if is_old_workbook(source):
        return _SCORE
    if not is_workbook(source):
        return 0.0
    if is_corpus_workbook(source):
        return _SURE
    return _SCORE if is_likely_header(find_header(source, _sheet_score)) else _HARDLY


def _sheet_score(cells: list[str]) -> float:
    """Score a row of a sheet; one that counts works by year or author is no table of works."""
    return header_score(cells) if _NEEDED.intersection(map(column_of, cells)) else 0.0


def has_columns(source: Source, columns: ColumnMap) -> bool:
    """Tell whether a source is a table with at least one column of a map.

    Parameters
    ----------
    source : Source
        Any file; its beginning is looked at.
    columns : ColumnMap
        The user's names of columns.

    Returns
    -------
    bool
        False for what is no table, and for a table with none of these columns.
    """
    return bool(find_header(source, columns.score))


def mapped_format(columns: ColumnMap) -> Format:
    """Return a format that reads tables by a user's names of columns.

    Parameters
    ----------
    columns : ColumnMap
        The user's names.

    Returns
    -------
    Format
        It matches, with 1.0, tables that have one of the columns, and nothing else; it is
        not registered.
    """
    return Format(
        name="csv",
        title="a table with columns named by the user",
        suffixes=(),
        matches=lambda source: float(has_columns(source, columns)),
        records=lambda source: read_table(source, columns),
    )


def read_table(source: Source, columns: ColumnMap | None = None) -> Iterator[Record | Problem]:
    """Yield a record for each row of a table, in the order of the file.

    Parameters
    ----------
    source : Source
        A CSV or TSV text, or an Excel workbook.
    columns : ColumnMap, optional
        The user's names of columns, which go before the usual ones.

    Yields
    ------
    Record or Problem
        One for each row below the header that is not blank, also where it has too few or too
        many cells. A table without header, or without a column of the map, is a problem. A
        workbook that this library wrote gives the works that it was written of.

    Raises
    ------
    InputError
        If the file is neither text nor a workbook that can be opened.
    """
    if columns is None and is_corpus_workbook(source):
        return read_corpus_workbook(source)
    find = column_of if columns is None else lru_cache(maxsize=1_024)(columns.column_of)
    known: list[tuple[Table, Habits]] = []
    is_text = bool(source.head)
    score, wanted = (header_score if is_text else _sheet_score), "title, authors, year"
    if columns is not None:
        score = columns.score
        wanted = ", ".join(printed for printed, _ in columns.names)

    def record_of(file: str, row: Row, table: Table) -> Record:
        """Make a record of a row."""
        record = Record(file=file)
        values, left = values_of(row, table.header, find)
        if not known or known[0][0] is not table:
            known[:] = [(table, _habits(table, find))]
        reasons = fill_record(record, values, left, known[0][1])
        left += left_over(values, table.header, find)
        return finish_record(record, row, table, left=left, reasons=reasons)

    return table_records(
        source,
        record_of,
        score=score,
        wanted=wanted,
        form="csv" if is_text else "xlsx",
        missing_of=columns.missing if columns is not None else None,
    )


def _habits(table: Table, find: ColumnOf) -> Habits:
    """Tell by its columns and first rows how a table prints names, sources and dates."""
    names, folded = set(table.header), {fold(name) for name in table.header}
    is_own = "source_raw" in names
    is_springer = "Item DOI" in names
    order = "mostly" if _has_semicolons(table, find) else "usual"
    order = "glued" if is_springer else "parted" if is_own else order
    if {"Author(s)", "Language(s)"} <= names:
        order = "pairs"
    return Habits(
        order=order,
        is_own=is_own,
        has_journal=bool(folded & _JOURNAL) or _has_own(names, find),
        is_springer=is_springer,
        is_american="OriginalPaperDate" in names,
    )


def _has_semicolons(table: Table, find: ColumnOf) -> bool:
    """Whether semicolons part the authors of a row in sight."""
    columns = [at for at, name in enumerate(table.header) if find(name) == "authors"]
    return any(";" in row.cells[at] for row in table.head for at in columns if at < len(row.cells))


def _has_own(names: set[str], find: ColumnOf) -> bool:
    """Whether the user's map names the journal."""
    return any(find(name) == "source_raw" and column_of(name) is None for name in names)


FORMAT = Format(
    name="csv",
    title="CSV or TSV with names of columns",
    suffixes=(".csv", ".tsv", ".tab"),
    matches=_matches,
    records=read_table,
)
"""Tables as text."""

WORKBOOK = Format(
    name="xlsx",
    title="Excel workbook (.xlsx) with names of columns",
    suffixes=(".xlsx", ".xlsm"),
    matches=_matches_workbook,
    records=read_table,
)
"""Tables in workbooks."""

register_format(FORMAT)
register_format(WORKBOOK)
