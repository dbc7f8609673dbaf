"""What a section of a report is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

__all__ = ["Chart", "Column", "Own", "Part", "Section", "Table", "Text"]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph.

    Attributes
    ----------
    words : str or Markup
        Its text; what is no Markup is escaped.
    """

    kind: ClassVar[str] = "text"

    words: str | Markup


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure with everything a reader needs to check and repeat it.

    Attributes
    ----------
    wide, narrow : Markup
        The drawing for wide and for narrow windows; without the second the first is for both.
    caption : str
        What it shows, with its parameters.
    file : str
        Name of the CSV file of its table, in the folder of data; empty where there is none.
    code : str
        Two lines of Python that make the table again.
    is_broad : bool
        Whether it takes the whole width, as maps do.
    """

    kind: ClassVar[str] = "chart"

    wide: Markup
    narrow: Markup | None
    caption: str
    file: str = ""
    code: str = ""
    is_broad: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    heading : str
        What stands above it.
    form : {"text", "count", "decimal", "percent", "year"}
        How its values are written; numbers stand at the right.
    """

    heading: str
    form: Literal["text", "count", "decimal", "percent", "year"] = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; with more than ten rows it can be sorted and searched in a browser.

    Attributes
    ----------
    columns : sequence of Column
        Its columns.
    rows : sequence of sequence
        Values in the order of the columns; None is an empty cell.
    caption : str
        What it holds.
    file : str
        Name of the CSV file with all rows, in the folder of data.
    n_rows : int
        Rows in that file.
    code : str
        Two lines of Python that make it again.
    """

    kind: ClassVar[str] = "table"

    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    caption: str = ""
    file: str = ""
    n_rows: int = 0
    code: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """A part with a template of its own.

    Attributes
    ----------
    template : str
        Name of the template.
    values : dict
        What the template shows, by name.
    """

    kind: ClassVar[str] = "own"

    template: str
    values: dict[str, Any]


Part = Text | Chart | Table | Own


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page.

    Attributes
    ----------
    name : str
        Its anchor, and the key of its heading in ``words.TITLES``.
    parts : list
        What it shows, in order.
    absent : str
        Why it is left out, in a sentence; empty where it is not.
    """

    name: str
    parts: list[Part] = field(default_factory=list)
    absent: str = ""
