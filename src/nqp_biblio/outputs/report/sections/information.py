"""The main information about the corpus, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.main_information import main_information
from nqp_biblio.outputs.report.section import Column, Section, Table
from nqp_biblio.outputs.report.taken import take

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]

_GROUPS = {
    "main information": "The corpus",
    "document types": "Types of works",
    "document contents": "Keywords",
    "authors": "Authors",
    "authors collaboration": "Collaboration",
}
_FEWEST = 2


def section(given: ReportInput) -> Section:
    """Show the lines that have a value."""
    if len(given.corpus) < _FEWEST:
        return Section("information", absent="Averages of fewer than two works say nothing.")
    taken = take(given, "main_information", main_information)
    rows = []
    for group, item, value in taken.result.rows:
        if value is not None:
            rows.append((_GROUPS.get(group, group), _named(group, item), _written(value)))
    told = f"Main information; ages and citations a year run to {taken.manifest['as_of']}."
    columns = (Column("Group"), Column("Item"), Column("Value", "count"))
    n_rows = len(rows)
    table = Table(columns, rows, caption=told, file=taken.file, n_rows=n_rows, code=taken.code)
    return Section("information", [table])


def _named(group: str, item: str) -> str:
    """Write a type of work as words."""
    return item.replace("-", " ") if group == "document types" else item


def _written(value: object) -> str:
    """Write a value; a timespan is text, whole numbers have no decimals."""
    if isinstance(value, float):
        return f"{value:,.2f}"
    if isinstance(value, int):
        return f"{value:,}"
    years = str(value).split(":")
    return "–".join(dict.fromkeys(years))  # one year alone is no span
