"""The works that are cited most, by all and by each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.most_cited import most_cited_works
from nqp_biblio.outputs.report.section import Column, Section
from nqp_biblio.outputs.report.taken import counted, listed, most, take

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput
    from nqp_biblio.outputs.report.section import Part

__all__ = ["section"]

_TOP = 20
_NONE = (
    "The files give no citation counts, and no work of the corpus is known to cite another, so"
    " there is nothing to order the works by."
)
_COLUMNS = {
    "rank": Column("Rank", "count"),
    "first_author": Column("First author"),
    "publication_year": Column("Year", "year"),
    "title": Column("Title"),
    "source": Column("Source"),
    "global_citations": Column("Citations", "count"),
    "local_citations": Column("in the corpus", "count"),
    "citations_per_year": Column("a year", "decimal"),
}
_CAPTIONS = {
    "global": "Works cited most by all, as the database counts",
    "local": "Works cited most by works of the corpus",
}


def section(given: ReportInput) -> Section:
    """List the most cited works, by both counts where there are any."""
    parts: list[Part] = []
    for scope, caption in _CAPTIONS.items():
        taken = take(given, f"most_cited_{scope}", most_cited_works, scope=scope, top=_TOP)
        if not most(taken.result.column(f"{scope}_citations")):
            continue
        n_cited = counted(taken.manifest["n_cited"], "work")
        told = f"{caption}: the first {len(taken.result)}; {n_cited} cited at all."
        tied = taken.manifest["n_tied_left_out"]
        told += f" Ties with the last that are left out: {tied:,}." if tied else ""
        parts.append(listed(taken, _COLUMNS, caption=told))
    return Section("most_cited", parts) if parts else Section("most_cited", absent=_NONE)
