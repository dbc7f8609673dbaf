"""Rows of ``changes`` that a step adds, and rows of tables as columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["Change", "RowKey", "as_columns", "with_changes"]

RowKey = tuple[str, int, str | None, int | None]
"""Table, key, role and position that name a row."""


class Change(NamedTuple):
    """One row of ``changes`` without its key; the meanings are in ``schema.TABLES``."""

    table_name: str
    row_id: int
    position: int | None
    column_name: str
    before: str | None
    after: str | None
    rule: str
    role: str | None = None

    @property
    def row_key(self) -> RowKey:
        """What names the row that is changed."""
        return self.table_name, self.row_id, self.role, self.position


def with_changes(corpus: Corpus, changes: Iterable[Change]) -> dict[str, Sequence[object]]:
    """Return the columns of ``changes`` with more rows behind those of before.

    Parameters
    ----------
    corpus : Corpus
        The corpus before the step.
    changes : iterable of Change
        What the step changed.

    Returns
    -------
    dict of str to sequence
        For ``corpus.replace``.
    """
    names = ", ".join(TABLES["changes"].column_names)
    rows: list[Sequence[object]] = list(
        corpus.sql(f"SELECT {names} FROM changes ORDER BY change_id")
    )
    last = int(str(rows[-1][0])) if rows else 0
    rows.extend((key, *change) for key, change in enumerate(changes, last + 1))
    return as_columns("changes", rows)


def as_columns(table: str, rows: Sequence[Sequence[object]]) -> dict[str, Sequence[object]]:
    """Turn rows of a table, with all its columns in order, into columns by name."""
    names = TABLES[table].column_names
    columns: Iterable[Sequence[object]] = zip(*rows, strict=True) if rows else ([] for _ in names)
    return dict(zip(names, columns, strict=True))
