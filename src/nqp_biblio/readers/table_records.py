"""The records of a table row by row, and what is said of tables that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.readers.table_rows import tables
from nqp_biblio.record import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nqp_biblio.readers.source import Source
    from nqp_biblio.readers.table_rows import Row, Table
    from nqp_biblio.record import Record

    Score = Callable[[list[str]], float]
    RecordOf = Callable[[str, Row, Table], Record]

__all__ = ["no_header", "table_problem", "table_records"]


def table_records(
    source: Source,
    record_of: RecordOf,
    *,
    score: Score,
    wanted: str,
    form: str,
    missing_of: Callable[[Sequence[str]], Sequence[str]] | None = None,
) -> Iterator[Record | Problem]:
    """Yield a record for each row, in the order of the file.

    Parameters
    ----------
    source : Source
        A text or a workbook.
    record_of : callable
        From the file, a row and its table to a record.
    score : callable
        From the cells of a row to its score as a header.
    wanted : str
        Names of columns that a header would have, for the message where none is found.
    form : str
        Name of the format.
    missing_of : callable, optional
        From a header to the names that it should have and has not, which are a problem of the
        first record.

    Yields
    ------
    Record or Problem
        One for each row below the header that is not blank. A table without header or rows
        is a problem, a column named twice one of the first record.

    Raises
    ------
    InputError
        If the file is neither text nor a workbook that can be opened.
    """
    n_tables = 0
    for table in tables(source, score):
        n_tables += 1
        if not table.header:
            yield no_header(source.name, table, wanted)
            continue
        said = [*_twice(table.header), *_missing(table.header, missing_of)]
        n_rows = 0
        for row in table.rows:
            n_rows += 1
            record = record_of(source.name, row, table)
            record.format = form
            if n_rows == 1:
                record.problems += [table_problem(source.name, table, text) for text in said]
            yield record
        if not n_rows:
            yield table_problem(source.name, table, "no row below the header{}; nothing is read")
    if not n_tables:
        yield Problem(source.name, None, "", "the workbook is empty; nothing is read")


def table_problem(file: str, table: Table, reason: str) -> Problem:
    """Make a problem of a table at its header.

    Parameters
    ----------
    file : str
        The file.
    table : Table
        The table.
    reason : str
        What is wrong; the sheet, where there are several, stands in the place of ``{}``.

    Returns
    -------
    Problem
        With the header as `raw`.
    """
    where = f" in the sheet {table.sheet!r}" if table.sheet is not None else ""
    raw = table.delimiter.join(table.header)
    return Problem(file, table.line, raw, reason.replace("{}", where))


def no_header(file: str, table: Table, wanted: str) -> Problem:
    """Say that no row names columns, and what they would be."""
    reason = f"no header with names of columns such as {wanted}{{}}; nothing is read"
    problem = table_problem(file, table, reason)
    if table.first is not None:
        raw = table.delimiter.join(table.first.cells)
        problem = Problem(file, table.first.line, raw, problem.reason)
    return problem


def _twice(header: Sequence[str]) -> list[str]:
    """Say which names of columns stand there more than once."""
    repeated = dict.fromkeys(name for at, name in enumerate(header) if name and name in header[:at])
    named = ", ".join(map(repr, repeated))
    reason = f"duplicate column {named}{{}}; the first with a value is read, the others are fields"
    return [reason] if repeated else []


def _missing(
    header: Sequence[str], missing_of: Callable[[Sequence[str]], Sequence[str]] | None
) -> list[str]:
    """Say which columns a header should have and has not."""
    missing = missing_of(header) if missing_of else []
    named = ", ".join(map(repr, missing))
    return [f"no column {named}{{}}; the header has {', '.join(header)[:500]}"] if missing else []
