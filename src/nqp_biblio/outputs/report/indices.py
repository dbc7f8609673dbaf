"""Tables of h-indices and their kin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.outputs.report.section import Column
from nqp_biblio.outputs.report.taken import listed, most, take

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput
    from nqp_biblio.outputs.report.section import Part

__all__ = ["index_table"]

_COLUMNS = {
    "n_works": Column("Works", "count"),
    "citations": Column("Citations", "count"),
    "h": Column("h", "count"),
    "g": Column("g", "count"),
    "m": Column("m", "decimal"),
    "first_year": Column("First year", "year"),
}
_LISTED = 20


def index_table(given: ReportInput, of: str, heading: str) -> list[Part]:
    """List h, g and m of authors or sources.

    Parameters
    ----------
    given : ReportInput
        What is reported.
    of : {"authors", "sources"}
        Whose works.
    heading : str
        Heading of their column.

    Returns
    -------
    list of Part
        A table, or nothing where no work has citations.
    """
    if not given.corpus.sql("SELECT 1 FROM works WHERE cited_by_count > 0 LIMIT 1"):
        return []
    from nqp_biblio.measures.h_index import h_index

    taken = take(given, f"h_index_{of}", h_index, of=of)
    if not most(taken.result.column("h")):
        return []
    told = (
        f"Indices of {of}, from the citations that the database counts for the works here"
        f" (g at most the number of works; m is h by years up to {taken.manifest['as_of']})."
    )
    unknown = sum(taken.result.column("n_without_count"))
    told += " Works without a count are not in the indices." if unknown else ""
    return [listed(taken, {"name": Column(heading)} | _COLUMNS, caption=told, limit=_LISTED)]
