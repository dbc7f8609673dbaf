"""The rows of a CSV file of any size, each with the line where it begins."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["csv_rows"]

_DELIMITERS = (",", ";", "\t")


def csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV text, empty ones left out.

    Parameters
    ----------
    text : str
        The text, with line feeds at line ends. The delimiter is the one that the first
        line has most of: comma, semicolon or tab.

    Yields
    ------
    line : int
        Line where the row begins, from 1.
    cells : list of str
        Its cells. A quote that is never closed ends with its line.
    """
    lines = [f"{line}\n" for line in text.removesuffix("\n").split("\n")]
    head = next((line for line in lines if line.strip()), "")
    delimiter = max(_DELIMITERS, key=head.count)
    start = 0
    while start < len(lines):
        end, width = start, 0
        for begin, finish, cells in _read(lines, start, delimiter):
            width = width or len(cells)
            is_open = finish == len(lines) and finish - begin > 1 and len(cells) != width
            if is_open:
                yield begin + 1, _cells_of_open(lines[begin], delimiter)
                end = begin + 1
                break
            if any(cell.strip() for cell in cells):
                yield begin + 1, cells
            end = finish
        start = end


def _read(lines: list[str], start: int, delimiter: str) -> list[tuple[int, int, list[str]]]:
    """Read rows with their first line and the line after their last, from 0."""
    limit = csv.field_size_limit(sum(map(len, lines)) + 1)
    try:
        reader = csv.reader(lines[start:], delimiter=delimiter)
        rows, begin = [], start
        for cells in reader:
            rows.append((begin, start + reader.line_num, cells))
            begin = start + reader.line_num
    finally:
        csv.field_size_limit(limit)
    return rows


def _cells_of_open(line: str, delimiter: str) -> list[str]:
    """Read a line alone, in which a quote is not closed."""
    return next(csv.reader([line.rstrip("\n")], delimiter=delimiter), [])
