"""The authors of the works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.authors import author_production
from nqp_biblio.measures.summary import summary
from nqp_biblio.outputs.report.drawing import bar_chart
from nqp_biblio.outputs.report.indices import index_table
from nqp_biblio.outputs.report.section import Column, Part, Section, Table, Text
from nqp_biblio.outputs.report.taken import take

if TYPE_CHECKING:
    from nqp_biblio.measures.result import Result
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]

_DRAWN, _LISTED = 15, 50
_COLUMNS = (
    Column("Author"),
    Column("Works", "count"),
    Column("Fractional", "decimal"),
    Column("As first author", "count"),
)


def section(given: ReportInput) -> Section:
    """Show works by author."""
    taken = take(given, "authors", author_production)
    result = taken.result
    numbers = result.column("n_works")
    if not numbers:
        return Section("authors", absent="No author was read.")
    parts: list[Part] = [Text(_lead(numbers))]
    n_cut = dict(given.measure("summary", summary).rows)["works whose author list is cut by et al."]
    if n_cut:
        verb = "list is" if n_cut == 1 else "lists are"
        told = f"{n_cut} author {verb} cut by “et al.”: the authors not printed are not counted."
        parts.append(Text(told))
    file, code = taken.file, taken.code
    if max(numbers) > 1:
        parts.append(_chart(result, file, code))
    rows = [row[:4] for row in result.rows[:_LISTED]]
    parts.append(Table(_COLUMNS, rows, file=file, n_rows=len(result), code=code))
    parts += index_table(given, "authors", "Author")
    return Section("authors", parts)


def _lead(numbers: list[int]) -> str:
    """Say how many there are."""
    if len(numbers) == 1:
        works = "one work" if numbers[0] == 1 else f"{numbers[0]} works"
        return f"There is one author, of {works}."
    if max(numbers) == 1:
        return (
            f"None of the {len(numbers)} authors has more than one work here, so a ranking would"
            " say nothing."
        )
    return (
        f"{len(numbers)} authors; those with the most works first. In fractional counting, a work"
        " of n listed authors counts 1/n for each."
    )


def _chart(result: Result, file: str, code: str) -> Part:
    """Draw the authors of several works."""
    repeated = [row for row in result.rows if row[1] > 1][:_DRAWN]
    return bar_chart(
        [row[0] for row in repeated],
        [row[1] for row in repeated],
        xlabel="works",
        name="authors",
        title="Works by author",
        caption="Authors with two works or more.",
        file=file,
        code=code,
    )
