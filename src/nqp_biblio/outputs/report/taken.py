"""Measures taken for a section, with where their table stands and how to take them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nqp_biblio.outputs.report.section import Column, Table, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nqp_biblio.measures.result import Result
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["Taken", "counted", "listed", "most", "n_references", "take", "warning"]


@dataclass(frozen=True, slots=True)
class Taken:
    """A measure with its place.

    Attributes
    ----------
    result : Result
        The measure.
    file : str
        Its table in the folder of data.
    code : str
        Two lines of Python that take it again.
    """

    result: Result
    file: str
    code: str

    @property
    def manifest(self) -> dict[str, Any]:
        """How the measure came about."""
        return self.result.manifest

    def dicts(self) -> list[dict[str, Any]]:
        """Return the rows by the names of their columns."""
        columns = self.result.columns
        return [dict(zip(columns, row, strict=True)) for row in self.result.rows]


def take(given: ReportInput, name: str, measure: Callable[..., Result], **options: object) -> Taken:
    """Take a measure as of the day of the report.

    Parameters
    ----------
    given : ReportInput
        What is reported.
    name : str
        Name of its CSV file, after ``measure_``.
    measure : callable
        A public measure of a corpus that knows `as_of`.
    **options : object
        Its keywords.

    Returns
    -------
    Taken
    """
    result = given.measure(name, measure, **options, as_of=given.as_of)
    told = dict(options) if given.as_of is None else {**options, "as_of": given.as_of}
    words = "".join(f", {key}={value!r}" for key, value in told.items())
    call = f"nb.{measure.__name__}(corpus{words}).frame"
    return Taken(result, given.table_file(name), given.code(call))


def listed(taken: Taken, columns: dict[str, Column], *, caption: str, limit: int = 50) -> Table:
    """Show columns of a measure as a table.

    Parameters
    ----------
    taken : Taken
        The measure.
    columns : dict of str to Column
        How the columns are shown, by their names in the measure; one without any value is
        left out.
    caption : str
        What the table holds.
    limit : int
        Rows at the most.

    Returns
    -------
    Table
    """
    rows = taken.dicts()[:limit]
    names = [name for name in columns if any(row[name] is not None for row in rows)]
    return Table(
        [columns[name] for name in names],
        [[_whole(row[name], columns[name].form) for name in names] for row in rows],
        caption=caption,
        file=taken.file,
        n_rows=len(taken.result),
        code=taken.code,
    )


def _whole(value: object, form: str) -> object:
    """Take the .0 off a count."""
    is_whole = form == "count" and isinstance(value, float) and value.is_integer()
    return int(value) if is_whole and isinstance(value, float) else value


def warning(*taken: Taken) -> list[Text]:
    """Return the warnings of measures as paragraphs."""
    found = dict.fromkeys(str(one.manifest.get("warning") or "") for one in taken)
    return [Text(f"Note: {words}{'' if words.endswith('.') else '.'}") for words in found if words]


def counted(n: int, noun: str, *, plural: str = "") -> str:
    """Write a number with its noun."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def most(values: Sequence[float | None]) -> float:
    """Return the largest of values of which some are missing, 0 where all are."""
    return max((value for value in values if value is not None), default=0)


def n_references(given: ReportInput) -> int:
    """Count the references that works of the corpus cite; a bare list cites nothing."""
    query = "SELECT COUNT(*) FROM cited_references WHERE citing_work_id IS NOT NULL"
    return int(given.corpus.sql(query)[0][0])
