"""The institutions that works come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.places import institution_production
from nqp_biblio.outputs.report.drawing import bar_chart
from nqp_biblio.outputs.report.section import Column, Part, Section, Table
from nqp_biblio.outputs.report.taken import take

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]

_DRAWN, _LISTED = 15, 50
_COLUMNS = (
    Column("Institution"),
    Column("City"),
    Column("Country"),
    Column("Works", "count"),
    Column("Fractional", "decimal"),
    Column("Corresponding", "count"),
)


def section(given: ReportInput) -> Section:
    """Show works by institution."""
    taken = take(given, "institutions", institution_production)
    result = taken.result
    if not len(result):
        return Section("institutions", absent="No address with an institution was read.")
    file, code = taken.file, taken.code
    parts: list[Part] = []
    counts = result.column("n_works")[:_DRAWN]
    if counts[0] > 1:
        parts.append(
            bar_chart(
                result.column("institution")[:_DRAWN],
                counts,
                xlabel="works",
                name="institutions",
                title="Works by institution",
                caption=f"Works by institution, the first {len(counts)} of {len(result)}.",
                file=file,
                code=code,
            )
        )
    rows = [(row[1], row[2], row[4], *row[5:]) for row in result.rows[:_LISTED]]
    parts.append(Table(_COLUMNS, rows, file=file, n_rows=len(result), code=code))
    return Section("institutions", parts)
