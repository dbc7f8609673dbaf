"""When terms are used, and when terms and references burst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.outputs.figures import plot_bursts, plot_trends
from nqp_biblio.outputs.report.drawing import chart_of
from nqp_biblio.outputs.report.section import Section, Text
from nqp_biblio.outputs.report.taken import counted, n_references, take

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput
    from nqp_biblio.outputs.report.section import Part

__all__ = ["section"]

_FEWEST_WORKS, _FEWEST_YEARS, _FEWEST_TERMS = 30, 5, 3
_DRAWN = 20
_FEW = (
    f"Trends need {_FEWEST_WORKS} works of {_FEWEST_YEARS} years or more, and terms of several"
    " works."
)


def section(given: ReportInput) -> Section:
    """Draw trend topics, and the bursts of terms and references."""
    n_works, n_years = given.corpus.sql(
        "SELECT COUNT(*), COUNT(DISTINCT publication_year) FROM works"
        " WHERE publication_year IS NOT NULL"
    )[0]
    if n_works < _FEWEST_WORKS or n_years < _FEWEST_YEARS:
        return Section("trends", absent=_FEW)
    kinds = {kind for (kind,) in given.corpus.sql("SELECT DISTINCT kind FROM terms")}
    of = "author_keywords" if "author_keyword" in kinds else "topics" if "topic" in kinds else ""
    parts = [*_trends(given, of), *_bursts(given, of)] if of else []
    if n_references(given):
        parts += _bursts(given, "references")
    return Section("trends", parts) if parts else Section("trends", absent=_FEW)


def _trends(given: ReportInput, of: str) -> list[Part]:
    """Draw terms at their median year."""
    from nqp_biblio.measures.trends import trend_topics

    taken = take(given, "trend_topics", trend_topics, of=of, n_per_year=3)
    n = len(taken.result)
    if n < _FEWEST_TERMS:
        return []
    told = taken.manifest
    without = f" {counted(told['n_without'], 'work')} without a year left out." * bool(
        told["n_without"]
    )
    words = of.replace("_", " ")
    chart = chart_of(
        lambda width: plot_trends(taken.result, n_items=_DRAWN, width=width),
        name="trends",
        title=f"Trend topics: {words} by the years of their works",
        caption=f"Trend topics: {words} of {told['min_works']} works or more, at most"
        f" {told['n_per_year']} for each median year; the dot is at the median, the line goes"
        f" from the first to the third quartile. {min(n, _DRAWN)} of {n} are drawn, those of the"
        f" most works.{without}",
        file=taken.file,
        code=taken.code,
    )
    return [chart]


def _bursts(given: ReportInput, of: str) -> list[Part]:
    """Draw the bursts of one kind of item."""
    from nqp_biblio.measures.bursts import bursts

    taken = take(given, f"bursts_{of}", bursts, of=of)
    told, words = taken.manifest, of.replace("_", " ")
    if not len(taken.result):
        if not told["n_items"]:
            return []
        tried = f"{told['n_items']:,} {words} in {told['min_works']} works or more"
        return [Text(f"None of the {tried} bursts.")]
    n = len(set(taken.result.column("key")))
    chart = chart_of(
        lambda width: plot_bursts(taken.result, n_items=_DRAWN, width=width),
        name=f"bursts{of.replace('_', '')}",
        title=f"Bursts of {words}",
        caption=f"Bursts of {words} (Kleinberg's automaton, {told['n_states']} states, s ="
        f" {told['s']:g}, γ = {told['gamma']:g}; {told['min_works']} works or more), with their"
        f" weight at the right. {min(n, _DRAWN)} of {n} that burst are drawn,"
        f" of {told['n_items']:,} followed.",
        file=taken.file,
        code=taken.code,
    )
    return [chart]
