"""The references that most works cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.most_cited import most_cited_references
from nqp_biblio.outputs.report.section import Column, Section
from nqp_biblio.outputs.report.taken import counted, listed, most, take

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]

_TOP, _TWICE = 30, 2
_COLUMNS = {
    "rank": Column("Rank", "count"),
    "reference": Column("Reference, as printed"),
    "publication_year": Column("Year", "year"),
    "n_works": Column("Cited by works", "count"),
    "share": Column("Share", "percent"),
    "n_variants": Column("Printed forms", "count"),
}


def section(given: ReportInput) -> Section:
    """List the most cited references."""
    taken = take(given, "most_cited_references", most_cited_references, top=_TOP)
    if not len(taken.result):
        return Section("references", absent="The works come without lists of references.")
    if most(taken.result.column("n_works")) < _TWICE:
        few = counted(taken.manifest["n_references"], "cited reference")
        return Section("references", absent=f"None of the {few} is cited by two works.")
    found = counted(taken.manifest["n_references"], "different reference")
    told = f"References cited by the most works: the first {len(taken.result)} of {found}."
    for key, words in (
        ("n_tied_left_out", "Ties with the last that are left out"),
        ("n_without", "Printed without year, DOI and title, and not counted"),
    ):
        n = taken.manifest.get(key)
        told += f" {words}: {n:,}." if n else ""
    return Section("references", [listed(taken, _COLUMNS, caption=told)])
