"""What of a corpus is there again after it was written and read: column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nqp_biblio.corpus.corpus import Corpus

    Rows = Mapping[str, list[dict[str, Any]]]

__all__ = ["COLUMNS", "compare_rows", "rows_of"]

_PLACES = {"fields": ("work_id", "name")} | {
    name: table.order for name, table in TABLES.items() if name != "fields"
}
"""Columns that name the place of a row; of fields the name, for their order means nothing."""

COLUMNS: tuple[tuple[str, str], ...] = tuple(
    (table.name, column)
    for table in TABLES.values()
    for column in table.column_names
    if column not in {*_PLACES[table.name], "position"}
)
"""Tables and columns that can be kept; those that only name the place of a row are not here."""


def rows_of(corpus: Corpus) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of all tables of a corpus, each with the names of its columns."""
    found = {}
    for name, table in TABLES.items():
        rows = corpus.sql(f"SELECT * FROM {name} ORDER BY {', '.join(table.order)}")
        found[name] = [dict(zip(table.column_names, row, strict=True)) for row in rows]
    return found


def compare_rows(before: Rows, after: Rows) -> dict[tuple[str, str], tuple[int, int]]:
    """Compare two corpora cell by cell.

    Parameters
    ----------
    before, after : dict of str to list of dict
        Rows by table, as `rows_of` gives them. A table may be missing.

    Returns
    -------
    dict of (table, column) to (int, int)
        How many values of `COLUMNS` there are before, and how many of them are equal in the row
        of the same place after; columns without a value are left out.

    Examples
    --------
    >>> before = {"works": [{"work_id": 1, "title": "T", "volume": "2"}]}
    >>> after = {"works": [{"work_id": 1, "title": "T", "volume": None}]}
    >>> compare_rows(before, after)
    {('works', 'title'): (1, 1), ('works', 'volume'): (1, 0)}
    """
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    for name, rows in before.items():
        columns = [column for table, column in COLUMNS if table == name]
        others = dict(_placed(name, after.get(name, [])))
        for place, row in _placed(name, rows):
            other = others.get(place, {})
            for column in columns:
                if (value := row.get(column)) is None:
                    continue
                n_values, n_equal = counts.get((name, column), (0, 0))
                is_equal = other.get(column) == value
                counts[name, column] = (n_values + 1, n_equal + is_equal)
    return counts


def _placed(
    name: str, rows: list[dict[str, Any]]
) -> Iterator[tuple[tuple[object, ...], dict[str, Any]]]:
    """Yield the rows of a table with their places; equal places are numbered."""
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        place = tuple(row[key] for key in _PLACES[name])
        seen[place] = seen.get(place, 0) + 1
        yield (*place, seen[place]), row
