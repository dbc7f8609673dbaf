"""Years in which the cited references were published, and which years stand out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.outputs.figures import plot_rpys
from nqp_biblio.outputs.report.drawing import chart_of
from nqp_biblio.outputs.report.section import Column, Section
from nqp_biblio.outputs.report.taken import counted, listed, n_references, take

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput
    from nqp_biblio.outputs.report.section import Part
    from nqp_biblio.outputs.report.taken import Taken

__all__ = ["section"]

_FEWEST, _FEWEST_YEARS = 50, 10
_HEAD = 0.005  # citations of the early years that are not drawn, as a share
_PEAKS = {
    "publication_year": Column("Year", "year"),
    "deviation": Column("Above the median", "count"),
    "reference": Column("Cited references"),
    "n_citations": Column("Citations", "count"),
    "share": Column("Share of the year", "percent"),
}


def section(given: ReportInput) -> Section:
    """Draw the spectrum, and list the references behind its peaks."""
    n_printed = n_references(given)
    if n_printed < _FEWEST:
        few = f"{counted(n_printed, 'cited reference')} are too few for a spectrum."
        none = "The works come without lists of references."
        return Section("spectroscopy", absent=few if n_printed else none)
    from nqp_biblio.measures.spectroscopy import rpys, rpys_peaks

    taken = take(given, "rpys", rpys)
    n = sum(taken.result.column("n_citations"))
    if n < _FEWEST or len(taken.result) < _FEWEST_YEARS:
        told = f"{counted(n, 'citation')} of references with a year are too few for a spectrum."
        return Section("spectroscopy", absent=told)
    parts: list[Part] = [_chart(taken, n)]
    peaks = take(given, "rpys_peaks", rpys_peaks, n_peaks=8, n_references=3)
    if len(peaks.result):
        told = (
            "The years that stand out most, with their most cited references. Where none has a"
            " large share, the year has no single root behind it."
        )
        parts.append(listed(peaks, _PEAKS, caption=told, limit=40))
    return Section("spectroscopy", parts)


def _chart(taken: Taken, n: int) -> Part:
    """Draw the spectrum without the thin years at its beginning."""
    years, counts = taken.result.column("publication_year"), taken.result.column("n_citations")
    start, head = 0, 0
    while head + counts[start] <= _HEAD * n:
        head += counts[start]
        start += 1
    span = (years[start], years[-1])
    before = f" {counted(head, 'citation')} before {span[0]} not drawn." if head else ""
    without = taken.manifest.get("n_without")
    told = f" {counted(without, 'cited reference')} without a year left out." if without else ""
    return chart_of(
        lambda width: plot_rpys(taken.result, years=span, n_labels=round(2 * width), width=width),
        name="rpys",
        title=f"Cited references by year of publication, {span[0]} to {span[1]}",
        caption="Reference publication year spectroscopy: citations by the year of the cited"
        " reference, and their deviation from the median of five years; the largest peaks are"
        f" labelled. References are counted as {taken.manifest['identity']}; edges:"
        f" {taken.manifest['edges']}.{before}{told}",
        file=taken.file,
        code=taken.code,
    )
