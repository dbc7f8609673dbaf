"""The works as read, with what was changed in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.outputs.report.section import Own, Section
from nqp_biblio.outputs.report.works import MAX_SHOWN, work_rows

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]


def section(given: ReportInput) -> Section:
    """Show the first works."""
    works = work_rows(given.corpus)
    if not works:
        return Section("works", absent="No work was read.")
    values = {
        "works": works,
        "n_works": len(given.corpus),
        "max_shown": MAX_SHOWN,
        "folder": given.folder,
    }
    return Section("works", [Own("part_works.html.j2", values)])
