"""Tables as CSV that a spreadsheet can open without harm."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from nqp_biblio.record import Record
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["format_rows", "format_works"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = dict.fromkeys(set(range(32)) - {9, 10, 13})
"""Control characters that a table leaves out: NUL ends a file for some readers."""
_JOIN = "; "


def format_rows(
    columns: Sequence[str], rows: Iterable[Iterable[Any]], *, is_quoted: bool = False
) -> str:
    r"""Write a table as CSV.

    Parameters
    ----------
    columns : sequence of str
        Names of the columns.
    rows : iterable of iterable
        Values, in the order of the columns; None gives an empty cell.
    is_quoted : bool
        Whether every cell stands in quotation marks, or only where it must.

    Returns
    -------
    str
        UTF-8 text with ``\n`` at line ends. A text that begins with one of = + - @, a tab
        or a carriage return gets an apostrophe before it, so that a spreadsheet does not
        take it for a formula; numbers stay as they are.

    Examples
    --------
    >>> print(format_rows(["title", "n"], [["=1+1", -2], [None, 3]]), end="")
    title,n
    '=1+1,-2
    ,3
    """
    stream = io.StringIO()
    table = csv.writer(
        stream, lineterminator="\n", quoting=csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL
    )
    table.writerow(columns)
    table.writerows([_cell(value) for value in row] for row in rows)
    return stream.getvalue()


def format_works(records: Iterable[Record]) -> str:
    """Write works as CSV, one row a work.

    Parameters
    ----------
    records : iterable of Record
        The works.

    Returns
    -------
    str
        The columns of the table of works, then authors, editors, translators, keywords,
        addresses and page ranges, each list joined by "; " in one cell, and the number of
        cited references. Cells are safe for spreadsheets as `format_rows` says.
    """
    rows = (_row(record) for record in records)
    return format_rows((*_COLUMNS, *_LISTS), rows)


def _cell(value: object) -> object:
    """Make a value safe for a spreadsheet."""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return value
    value = value.translate(_CONTROL)
    text = f"'{value}" if value.startswith(_FORMULA) else value
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _row(record: Record) -> list[object]:
    """Return the cells of one work."""
    cells: list[object] = [getattr(record, name) for name in _COLUMNS]
    return cells + [read(record) or None for read in _LISTS.values()]


def _people(role: str) -> Callable[[Record], str]:
    """Return what joins the names of one role."""

    def joined(record: Record) -> str:
        """Return the names of a record."""
        names = [person.display for person in record.people_of(role)]
        return _JOIN.join([*names, "et al."] if record.et_al and role == "author" else names)

    return joined


def _keywords(kind: str) -> Callable[[Record], str]:
    """Return what joins the keywords of one kind."""
    return lambda record: _JOIN.join(word for its_kind, word in record.keywords if its_kind == kind)


def _pages(record: Record) -> str:
    """Join the ranges of pages."""
    return _JOIN.join(a if a == b else f"{a}–{b}" for a, b in record.pages)


_COLUMNS = tuple(
    name for name in TABLES["works"].column_names if name in Record.__dataclass_fields__
)
_LISTS: dict[str, Callable[[Record], object]] = {
    "source": lambda record: record.source_name,
    "authors": _people("author"),
    "editors": _people("editor"),
    "translators": _people("translator"),
    "author_keywords": _keywords("author_keyword"),
    "index_keywords": _keywords("index_keyword"),
    "affiliations": lambda record: _JOIN.join(address for address, _ in record.affiliations),
    "pages": _pages,
    "n_cited_references": lambda record: len(record.cited_references),
}
