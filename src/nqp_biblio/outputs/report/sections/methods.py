"""How the figures came about, and how to make them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio import __version__
from nqp_biblio.outputs.report.methods import methods
from nqp_biblio.outputs.report.section import Own, Section

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]


def section(given: ReportInput) -> Section:
    """Tell the steps, the parameters and the sources."""
    values = {"methods": methods(given), "version": __version__, "folder": given.folder}
    return Section("methods", [Own("part_methods.html.j2", values)])
