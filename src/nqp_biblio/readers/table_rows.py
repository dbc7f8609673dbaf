"""Tables in text and in workbooks alike: the header, and the rows below it with their lines."""

from __future__ import annotations

import csv
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from nqp_biblio.readers.spreadsheet import first_rows, is_old_workbook, is_workbook, sheets
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from nqp_biblio.readers.source import Source

    Score = Callable[[list[str]], float]

__all__ = ["Row", "Table", "find_header", "first_cell", "ragged", "tables"]

_DELIMITERS = ",;\t|"
_HEADER_ROWS = 30
_LIMIT = 1 << 30
_heads: WeakKeyDictionary[Source, dict[str, list[list[str]]]] = WeakKeyDictionary()
_NO_TABLE = ("{", "[", "<", "@", "%")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes
    ----------
    line : int
        Line where it begins; in a workbook the number of the row.
    cells : list of str
        Its cells as they stand.
    is_open : bool
        Whether a quotation mark in it is never closed; it then ends with its line.
    """

    line: int
    cells: list[str]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes
    ----------
    header : list of str
        Names of its columns, cleaned; empty where none was found.
    line : int
        Line of the header.
    first : Row or None
        The first row that is not blank, header or not.
    rows : iterator of Row
        The rows below the header that are not blank; all rows where there is no header.
    delimiter : str
        The sign between cells; a tab in a workbook.
    sheet : str or None
        Name of the sheet in a workbook with several that are not blank.
    head : tuple of Row
        The first of the rows below the header, to learn its habits of.
    """

    header: list[str]
    line: int
    first: Row | None
    rows: Iterator[Row]
    delimiter: str
    sheet: str | None = None
    head: tuple[Row, ...] = ()


def find_header(source: Source, score: Score) -> list[str]:
    """Return the best header among the first rows of a source, by its beginning alone.

    Parameters
    ----------
    source : Source
        The file.
    score : callable
        From the cells of a row to a score, 0 for what is no header.

    Returns
    -------
    list of str
        Names of columns; empty where no row scores.
    """
    if is_workbook(source):
        found = [_best(rows, score) for rows in first_rows(source)]
    elif not source.head or source.head.lstrip().startswith(_NO_TABLE):
        return []
    else:
        found = [_best(_head_rows(source, mark), score) for mark in _DELIMITERS]
    return max(found, default=(0.0, 0, []))[2]


def first_cell(source: Source, header: list[str], name: str) -> str:
    """Return the first cell under a column, by the beginning of a source alone.

    Parameters
    ----------
    source : Source
        The file.
    header : list of str
        Its header, as `find_header` gave it.
    name : str
        Name of the column, in lower case.

    Returns
    -------
    str
        The cell, cleaned; empty where there is no row or no such column.
    """
    at = next((i for i, cell in enumerate(header) if cell.casefold() == name), None)
    if at is None:
        return ""
    if is_workbook(source):
        heads = first_rows(source)
    else:
        heads = [_head_rows(source, mark) for mark in _DELIMITERS]
    for rows in heads:
        names = [[clean_text(cell) for cell in cells][: len(header)] for cells in rows]
        if header in names and (below := rows[names.index(header) + 1 :]):
            return clean_text(below[0][at]) if at < len(below[0]) else ""
    return ""


def tables(source: Source, score: Score) -> Iterator[Table]:
    """Yield the table of a text, or those of a workbook, one for each sheet not blank.

    Parameters
    ----------
    source : Source
        The file.
    score : callable
        From the cells of a row to a score, 0 for what is no header.

    Yields
    ------
    Table
        The header is the row of the first 30 that scores best; what stands above is passed
        over, such as the prose of an export or the ``sep=;`` of Excel.

    Raises
    ------
    InputError
        If the file is neither text nor a workbook that can be opened.
    """
    if not is_workbook(source) and not is_old_workbook(source):
        found = [(_best(_head_rows(source, mark), score), mark) for mark in _DELIMITERS]
        (points, _, _), mark = max(found, key=lambda pair: pair[0][0])
        yield _table(_text_rows(source, mark), score, delimiter=mark if points else ",")
        return
    n_filled = sum(bool(rows) for rows in first_rows(source))
    for name, rows in sheets(source):
        table = _table(
            (Row(line, cells) for line, cells in rows),
            score,
            delimiter="\t",
            sheet=name if n_filled > 1 else None,
            is_cut=True,
        )
        if table.first is not None:
            yield table


def ragged(row: Row, header: list[str]) -> str | None:
    """Say where a row has another number of cells than the header; empty ones do not count."""
    n_cells = len(row.cells)
    while n_cells > len(header) and not row.cells[n_cells - 1].strip():
        n_cells -= 1
    if n_cells == len(header):
        return None
    return f"{n_cells} cells where the header has {len(header)}; they are read from the left"


def _table(
    rows: Iterator[Row],
    score: Score,
    *,
    delimiter: str,
    sheet: str | None = None,
    is_cut: bool = False,
) -> Table:
    """Find the header among the first rows; rows that may be cut are filled up."""
    filled = (row for row in rows if any(cell.strip() for cell in row.cells))
    head = list(itertools.islice(filled, _HEADER_ROWS))
    points, place, header = _best([row.cells for row in head], score)
    first = head[0] if head else None
    if not points:
        line = first.line if first else 1
        return Table([], line, first, itertools.chain(head, filled), delimiter, sheet)
    at = -place
    below: Iterator[Row] = itertools.chain(head[at + 1 :], filled)
    if is_cut:
        below = (_padded(row, len(header)) for row in below)
    rows_in_sight = tuple(head[at + 1 :])
    return Table(header, head[at].line, first, below, delimiter, sheet, rows_in_sight)


def _padded(row: Row, width: int) -> Row:
    """Fill a row up whose last cells are empty and left out, as spreadsheets do."""
    missing = width - len(row.cells)
    return Row(row.line, row.cells + [""] * missing) if missing > 0 and not row.is_open else row


def _best(rows: Iterable[list[str]], score: Score) -> tuple[float, int, list[str]]:
    """Return the score of the best header, its place counted down from 0, and its names."""
    best: tuple[float, int, list[str]] = (0.0, 0, [])
    for at, cells in enumerate(rows):
        names = [clean_text(cell) for cell in cells]
        while len(names) > 1 and not names[-1]:
            names.pop()
        points = score(names)
        if points > best[0]:
            best = (points, -at, names)
    return best


def _head_rows(source: Source, delimiter: str) -> list[list[str]]:
    """Return the first rows of a text under one delimiter."""
    known = _heads.setdefault(source, {})
    if delimiter not in known:
        rows = _parsed(iter(source.head.split("\n")), delimiter)
        filled = (row.cells for row in rows if any(cell.strip() for cell in row.cells))
        known[delimiter] = list(itertools.islice(filled, _HEADER_ROWS))
    return known[delimiter]


def _text_rows(source: Source, delimiter: str) -> Iterator[Row]:
    """Yield the rows of a text."""
    return _parsed(source.lines(), delimiter)


class _Lines:
    """Lines for the CSV parser, which remembers those of the row that it is in."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: list[str] = []
        self.row: list[str] = []
        self.is_over = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._lines, None)
        if line is None:
            self.is_over = True
            raise StopIteration
        self.row.append(line)
        return f"{line}\n"

    def give_back(self, lines: list[str]) -> None:
        """Take lines back, to be read again."""
        self.is_over = False
        self._again.extend(reversed(lines))


def _parsed(lines: Iterator[str], delimiter: str) -> Iterator[Row]:
    """Yield rows; one whose quotation mark is never closed ends with its line."""
    feed = _Lines(lines)
    number, width = 1, 0
    reader = csv.reader(feed, delimiter=delimiter)
    while True:
        feed.row = []
        cells = _next_row(reader)
        if cells is None:
            return
        may_be_open = len(feed.row) > 1 or feed.is_over
        if may_be_open and _is_open(feed, cells, width, delimiter=delimiter):
            feed.give_back(feed.row[1:])
            cells = _cells_of_open(feed.row[0], delimiter)
            reader = csv.reader(feed, delimiter=delimiter)
            yield Row(number, cells, is_open=True)
            number += 1
        else:
            yield Row(number, cells)
            number += len(feed.row)
        width = width if width > 1 else len(cells)


def _next_row(reader: Iterator[list[str]]) -> list[str] | None:
    """Read one row; a cell may be of any length."""
    limit = csv.field_size_limit(_LIMIT)
    try:
        return next(reader, None)
    finally:
        csv.field_size_limit(limit)


def _is_open(feed: _Lines, cells: list[str], width: int, *, delimiter: str) -> bool:
    """Tell a quotation mark that is never closed from a cell with line feeds.

    It runs to the end of the text, or to the next quotation mark of another row.
    """
    if feed.row[0].count('"') % 2 == 0:
        return False
    if feed.is_over and sum(line.count('"') for line in feed.row) % 2:
        return True
    if not width or (len(cells) == width and _is_strict(feed.row, delimiter)):
        return False
    second = feed.row[1]
    read = _cells_of_open if second.count('"') % 2 else _cells_of
    return len(read(second, delimiter)) == width


def _is_strict(lines: list[str], delimiter: str) -> bool:
    """Whether a delimiter follows each quotation mark that closes a cell."""
    limit = csv.field_size_limit(_LIMIT)
    text = [f"{line}\n" for line in lines]
    try:
        return len(list(csv.reader(text, delimiter=delimiter, strict=True))) == 1
    except csv.Error:
        return False
    finally:
        csv.field_size_limit(limit)


def _cells_of(line: str, delimiter: str) -> list[str]:
    """Read a line alone."""
    return _next_row(csv.reader([line], delimiter=delimiter)) or []


def _cells_of_open(line: str, delimiter: str) -> list[str]:
    """Read a line alone, without its last quotation mark, which is not closed."""
    before, _, behind = line.rpartition('"')
    return _cells_of(before + behind, delimiter)
