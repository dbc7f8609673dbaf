"""What was read, what was not, and what became of the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.production import type_production
from nqp_biblio.measures.record_flow import record_flow
from nqp_biblio.measures.summary import completeness, summary
from nqp_biblio.outputs.report.section import Column, Own, Section, Table
from nqp_biblio.outputs.report.works import problem_rows

if TYPE_CHECKING:
    from nqp_biblio.measures.result import Result
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]

_FIELDS = {
    "doi": "DOI",
    "source_raw": "source",
    "publication_year": "year",
    "pages_raw": "pages",
    "cited_by_count": "citation count",
}
_LOST = {"unreadable", "merged", "excluded"}
_RULES = {"all": "", "same-doi": "same DOI", "alike": "alike in title, authors and place"}


def section(given: ReportInput) -> Section:
    """Show what was read and what could not be."""
    counts = dict(given.measure("summary", summary).rows)
    values = {
        "counts": counts,
        "problems": problem_rows(given.corpus),
        "record_flow": _flow(given.measure("record_flow", record_flow)),
        "folder": given.folder,
    }
    fields = given.measure("completeness", completeness).rows
    types = given.measure("types", type_production).rows
    return Section(
        "read",
        [
            Own("part_read.html.j2", values),
            Table(
                (Column("Field"), Column("Works", "count"), Column("Share", "percent")),
                [(_FIELDS.get(name, name), n, share) for name, n, share in fields if n],
                caption="Fields that the works have",
            ),
            Table(
                (Column("Type"), Column("Works", "count")),
                [((kind or "not known").replace("-", " "), n) for kind, n in types],
                caption="Types of works",
            ),
        ],
    )


def _flow(result: Result) -> list[tuple[str, str, int]]:
    """List what became of the records, where something was merged, left out or not read."""
    if not any(n for stage, item, n in result.rows if stage in _LOST and item == "all"):
        return []
    return [(stage, _RULES.get(item, item), n) for stage, item, n in result.rows if n]
