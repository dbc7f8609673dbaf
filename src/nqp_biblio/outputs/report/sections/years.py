"""Works by year of publication, their growth and their life cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.growth import annual_growth
from nqp_biblio.measures.production import annual_production
from nqp_biblio.outputs.figures import plot_columns, plot_growth, plot_life_cycle
from nqp_biblio.outputs.report.drawing import chart_of
from nqp_biblio.outputs.report.section import Column, Section, Text
from nqp_biblio.outputs.report.taken import counted, listed, take, warning

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput
    from nqp_biblio.outputs.report.section import Chart, Part
    from nqp_biblio.outputs.report.taken import Taken

__all__ = ["section"]

_FEWEST_YEARS, _FEWEST_WORKS = 5, 20
_AHEAD = 5
_GROWTH = {
    "method": Column("Way"),
    "annual_growth_percent": Column("Growth, % a year", "decimal"),
    "low": Column("from", "decimal"),
    "high": Column("to", "decimal"),
    "doubling_time_years": Column("Doubles in, years", "decimal"),
    "r_squared": Column("R²", "decimal"),
}


def section(given: ReportInput) -> Section:
    """Draw a column a year, where there are several; with growth, where there are many."""
    taken = take(given, "years", annual_production)
    dated = [(year, n) for year, n in taken.result.rows if year is not None]
    undated = sum(n for year, n in taken.result.rows if year is None)
    if len(dated) <= 1:
        return Section("years", absent=_reason(dated, undated))
    told = f" {undated} without a year are not shown." if undated else ""
    if len(dated) < _FEWEST_YEARS or sum(n for _, n in dated) < _FEWEST_WORKS:
        return Section("years", [_columns(taken, dated, told)])
    return Section("years", _grown(given, dated, told))


def _columns(taken: Taken, dated: list[tuple[int, int]], told: str) -> Chart:
    """Draw a column a year."""
    years, values = zip(*dated, strict=True)
    return chart_of(
        lambda width: plot_columns(years, values, ylabel="works", width=width),
        name="years",
        title=f"Works a year, {years[0]} to {years[-1]}",
        caption=f"Works by year of publication.{told}",
        file=taken.file,
        code=taken.code,
    )


def _grown(given: ReportInput, dated: list[tuple[int, int]], told: str) -> list[Part]:
    """Draw the works of each year with trend and growth curve, and the life cycle."""
    from nqp_biblio.measures.life_cycle import life_cycle, life_cycle_curve

    growth = take(given, "annual_growth", annual_growth)
    cycle = take(given, "life_cycle", life_cycle)
    curve = take(given, "life_cycle_curve", life_cycle_curve, years_ahead=_AHEAD)
    found = dict(zip(cycle.result.column("parameter"), cycle.dicts(), strict=True))
    fits = found["saturation"]["estimate"] is not None
    known = [row for row in curve.result.rows if row[0] <= dated[-1][0]]
    past = type(curve.result)(curve.result.columns, known, curve.manifest)
    fitted = " Line: the fitted logistic life cycle." if fits else ""
    parts: list[Part] = [
        chart_of(
            lambda width: plot_growth(past, growth.result, width=width),
            name="years",
            title=f"Works a year, {dated[0][0]} to {dated[-1][0]}",
            caption=f"Works by year of publication.{told} Broken line: the trend of a Poisson"
            f" model.{fitted}",
            file=curve.file,
            code=curve.code,
        ),
        listed(growth, _GROWTH, caption="Annual growth in three ways, with intervals of 95 %."),
    ]
    if not fits:
        why = f": {cycle.manifest['reason']}" if cycle.manifest.get("reason") else ""
        return [*parts, Text(f"No life cycle is drawn{why}.")]
    parts.append(_life_cycle(cycle, curve, found))
    return [*parts, *warning(cycle)]


def _life_cycle(cycle: Taken, curve: Taken, found: dict[str, dict[str, float]]) -> Chart:
    """Draw the works added up, and the curve that they follow."""
    end, middle = found["saturation"], found["midpoint_year"]
    span = (
        f" (95 %: {end['low']:,.0f} to {end['high']:,.0f})"
        if end["low"] is not None and end["high"] is not None
        else ""
    )
    works = counted(round(end["estimate"]), "work")
    return chart_of(
        lambda width: plot_life_cycle(curve.result, cycle.result, width=width),
        name="lifecycle",
        title="Life cycle: works added up, and the fitted curve",
        caption=f"Life cycle: works added up, with the fitted logistic curve of {works} in the"
        f" end{span} and the midpoint in {middle['estimate']:.0f}, carried on for {_AHEAD} years.",
        file=cycle.file,
        code=cycle.code,
    )


def _reason(dated: list[tuple[int, int]], undated: int) -> str:
    """Say why there is nothing to draw."""
    if not dated:
        return "No year of publication was read, so there is nothing to draw."
    works = "Every work with a year" if undated else "Every work"
    told = f" {undated} have no year." if undated else ""
    return f"{works} is from {dated[0][0]}, so there is no course of years to draw.{told}"
