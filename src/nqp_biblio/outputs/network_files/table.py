"""The table of formats of networks."""

from __future__ import annotations

from nqp_biblio.outputs.network_files.csv_lists import CSV
from nqp_biblio.outputs.network_files.gexf import GEXF
from nqp_biblio.outputs.network_files.gml import GML
from nqp_biblio.outputs.network_files.graphml import GRAPHML
from nqp_biblio.outputs.network_files.pajek import PAJEK
from nqp_biblio.outputs.network_files.vosviewer_json import VOSVIEWER_JSON
from nqp_biblio.outputs.network_files.vosviewer_text import VOSVIEWER_TEXT

__all__ = ["NETWORK_FORMATS"]

NETWORK_FORMATS = {
    form.name: form for form in (GRAPHML, VOSVIEWER_JSON, VOSVIEWER_TEXT, PAJEK, GEXF, GML, CSV)
}
"""Formats of networks by name."""
