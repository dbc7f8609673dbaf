"""How the authors work together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.collaboration import collaboration
from nqp_biblio.outputs.figures import plot_collaboration
from nqp_biblio.outputs.report.drawing import chart_of
from nqp_biblio.outputs.report.section import Column, Section, Table
from nqp_biblio.outputs.report.taken import counted, take

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput
    from nqp_biblio.outputs.report.section import Part

__all__ = ["section"]

_FEWEST, _FEWEST_YEARS = 10, 5
_LINES = {
    "n_works": ("Works with authors", "{:,}"),
    "n_single": ("Works of one author", "{:,}"),
    "n_multi": ("Works of several authors", "{:,}"),
    "degree": ("Degree of collaboration, share of works of several", "{:.3f}"),
    "authors_per_work": ("Authors per work", "{:.2f}"),
    "authors_per_multi_work": ("Authors per work of several", "{:.2f}"),
    "collaboration_index": ("Collaboration index", "{:.2f}"),
    "coefficient": ("Collaborative coefficient", "{:.3f}"),
    "modified_coefficient": ("Modified collaborative coefficient", "{:.3f}"),
}


def section(given: ReportInput) -> Section:
    """Show the measures of all works, and works of one and of several authors by year."""
    taken = take(given, "collaboration", collaboration, by="year")
    whole = taken.dicts()[0]
    if whole["n_works"] < _FEWEST or not whole["n_multi"]:
        told = (
            "No work is known to have several authors."
            if whole["n_works"]
            else "No work with a whole list of authors was read."
        )
        few = f"{counted(whole['n_works'], 'work')} with a whole list of authors: too few."
        return Section("collaboration", absent=few if whole["n_multi"] else told)
    parts: list[Part] = []
    if len(taken.result) > _FEWEST_YEARS:
        parts.append(
            chart_of(
                lambda width: plot_collaboration(taken.result, width=width),
                name="collaboration",
                title="Works of one author and of several, by year",
                caption=f"Works of one author and of several, by year.{_left_out(taken.manifest)}",
                file=taken.file,
                code=taken.code,
            )
        )
    rows = [
        (name, form.format(whole[key]))
        for key, (name, form) in _LINES.items()
        if whole[key] is not None
    ]
    parts.append(
        Table(
            (Column("Measure"), Column("All works", "count")),
            rows,
            caption=f"Collaboration in all works.{_left_out(taken.manifest)}",
            file=taken.file,
            code=taken.code,
        )
    )
    return Section("collaboration", parts)


def _left_out(manifest: dict[str, int]) -> str:
    """Say which works are not counted."""
    told = ""
    if manifest["n_cut"]:
        told += f" {counted(manifest['n_cut'], 'work')} whose list is cut by et al. left out."
    if manifest["n_without"]:
        told += f" {counted(manifest['n_without'], 'work')} without authors left out."
    return told
