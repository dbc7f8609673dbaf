"""What a measure returns: a table, with its parameters and source."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    Column = Sequence[Any] | NDArray[Any]

__all__ = ["Result"]

_SHOWN = 100


class Result:
    """A table of figures and how they came about.

    Parameters
    ----------
    columns : tuple of str
        Names of the columns.
    rows : list of tuple
        The rows, in a defined order; missing values are None.
    manifest : dict
        Name of the measure, its parameters, its rule and its reference.
    """

    __slots__ = ("_arrays", "_rows", "columns", "manifest")

    def __init__(
        self, columns: tuple[str, ...], rows: list[tuple[Any, ...]], manifest: dict[str, object]
    ) -> None:
        self.columns = columns
        self.manifest = manifest
        self._rows: list[tuple[Any, ...]] | None = rows
        self._arrays: dict[str, Column] = {}

    @classmethod
    def of_columns(cls, columns: Mapping[str, Column], manifest: dict[str, object]) -> Result:
        """Make a table of whole columns, as measures of a million rows have them.

        Parameters
        ----------
        columns : mapping of str to sequence or array
            Columns of one length. In an array of floats nan is missing.
        manifest : dict
            Name of the measure, its parameters, its rule and its reference.

        Returns
        -------
        Result
            Its rows are made when they are first asked for.

        Raises
        ------
        ValueError
            If the columns differ in length.
        """
        if len({len(column) for column in columns.values()}) > 1:
            raise ValueError("columns of one table must have one length")
        made = cls(tuple(columns), [], manifest)
        made._rows, made._arrays = None, dict(columns)
        return made

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """The rows, in a defined order; missing values are None."""
        if self._rows is None:
            cells = [_cells(self._arrays[name]) for name in self.columns]
            self._rows = list(zip(*cells, strict=True))
        return self._rows

    @property
    def frame(self) -> pd.DataFrame:
        """The table as pandas has it; whole numbers of which some are missing are ``Int64``."""
        import pandas as pd

        if self._arrays:
            return pd.DataFrame({name: self._arrays[name] for name in self.columns})
        frame = pd.DataFrame(self.rows, columns=list(self.columns))
        for name in self.columns:
            values = self.column(name)
            if None in values and all(v is None or type(v) is int for v in values):
                frame[name] = pd.array(values, dtype="Int64")
        return frame

    def column(self, name: str) -> list[Any]:
        """Return the values of one column.

        Raises
        ------
        ValueError
            If there is no such column.
        """
        index = self.columns.index(name)
        if self._arrays:
            return _cells(self._arrays[name])
        return [row[index] for row in self.rows]

    def __len__(self) -> int:
        """Return the number of rows."""
        if self._rows is None:
            return len(self._arrays[self.columns[0]]) if self.columns else 0
        return len(self._rows)

    def __eq__(self, other: object) -> bool:
        """Tell whether columns, rows and manifest are the same."""
        if not isinstance(other, Result):
            return NotImplemented
        mine, theirs = (self.columns, self.manifest), (other.columns, other.manifest)
        return mine == theirs and self.rows == other.rows

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Say what it is."""
        return f"<Result: {self.manifest.get('measure')}, {len(self)} rows of {self.columns}>"

    def _repr_html_(self) -> str:
        """Show the head of the table in a notebook."""
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_shown(cell))}</td>" for cell in row) + "</tr>"
            for row in self.rows[:_SHOWN]
        )
        rest = len(self) - _SHOWN
        more = f"<caption>and {rest:,} more rows</caption>" if rest > 0 else ""
        return f"<table>{more}<tr>{head}</tr>{body}</table>"


def _cells(column: Column) -> list[Any]:
    """Return a column as plain values; nan is None."""
    if not isinstance(column, np.ndarray):
        return list(column)
    values: list[Any] = column.tolist()
    if column.dtype.kind == "f" and np.isnan(column).any():
        return [None if value != value else value for value in values]  # noqa: PLR0124  nan
    return values


def _shown(cell: object) -> str:
    """Write a value for people; what is missing is left blank."""
    if cell is None:
        return ""
    return f"{cell:.4g}" if isinstance(cell, float) else str(cell)
