"""What a measure returns: a table, with its parameters and source."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Result"]


@dataclass(frozen=True, slots=True)
class Result:
    """A table of figures and how they came about.

    Attributes
    ----------
    columns : tuple of str
        Names of the columns.
    rows : list of tuple
        The rows, in a defined order; missing values are None.
    manifest : dict
        Name of the measure, its parameters, its rule and its reference.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    manifest: dict[str, object]

    @property
    def frame(self) -> pd.DataFrame:
        """The table as pandas has it; whole numbers of which some are missing are ``Int64``."""
        import pandas as pd

        frame = pd.DataFrame(self.rows, columns=list(self.columns))
        for name in self.columns:
            values = self.column(name)
            if None in values and all(v is None or type(v) is int for v in values):
                frame[name] = pd.array(values, dtype="Int64")
        return frame

    def column(self, name: str) -> list[Any]:
        """Return the values of one column."""
        index = self.columns.index(name)
        return [row[index] for row in self.rows]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def __repr__(self) -> str:
        """Say what it is."""
        return f"<Result: {self.manifest.get('measure')}, {len(self.rows)} rows of {self.columns}>"

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_shown(cell))}</td>" for cell in row) + "</tr>"
            for row in self.rows
        )
        return f"<table><tr>{head}</tr>{body}</table>"


def _shown(cell: object) -> str:
    """Write a value for people; what is missing is left blank."""
    if cell is None:
        return ""
    return f"{cell:.4g}" if isinstance(cell, float) else str(cell)
