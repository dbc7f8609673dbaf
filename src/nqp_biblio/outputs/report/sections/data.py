"""The folder of data beside the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.outputs.report.files import DATA_FILES, map_name
from nqp_biblio.outputs.report.section import Own, Section

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]


def section(given: ReportInput) -> Section:
    """List the files of the folder."""
    files = dict(DATA_FILES) | {"measure_….csv": "the table behind each figure"}
    for number, net in enumerate(given.networks):
        name = f"{map_name(net, number)}.…"
        files[name] = "the map as GraphML, VOSviewer JSON, CSV and SVG"
    values = {"files": files, "folder": given.folder}
    return Section("data", [Own("part_data.html.j2", values)])
