"""Works by year of publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.production import annual_production
from nqp_biblio.outputs.figures import plot_columns
from nqp_biblio.outputs.report.drawing import chart_of
from nqp_biblio.outputs.report.section import Section

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]


def section(given: ReportInput) -> Section:
    """Draw a column a year, where there are several."""
    result = given.measure("years", annual_production)
    dated = [(year, n) for year, n in result.rows if year is not None]
    undated = sum(n for year, n in result.rows if year is None)
    if len(dated) <= 1:
        return Section("years", absent=_reason(dated, undated))
    years, values = zip(*dated, strict=True)
    told = f" {undated} without a year are not shown." if undated else ""
    chart = chart_of(
        lambda width: plot_columns(years, values, ylabel="works", width=width),
        name="years",
        title=f"Works a year, {years[0]} to {years[-1]}",
        caption=f"Works by year of publication.{told}",
        file=given.table_file("years"),
        code=given.code("nb.annual_production(corpus).frame"),
    )
    return Section("years", [chart])


def _reason(dated: list[tuple[int, int]], undated: int) -> str:
    """Say why there is nothing to draw."""
    if not dated:
        return "No year of publication was read, so there is nothing to draw."
    works = "Every work with a year" if undated else "Every work"
    told = f" {undated} have no year." if undated else ""
    return f"{works} is from {dated[0][0]}, so there is no course of years to draw.{told}"
