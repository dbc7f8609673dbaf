"""The folder of data beside a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.outputs.figures import plot_network, svg_of
from nqp_biblio.outputs.network_files.csv_lists import format_edges, format_nodes
from nqp_biblio.outputs.network_files.graphml import format_graphml
from nqp_biblio.outputs.network_files.vosviewer_json import format_vosviewer
from nqp_biblio.outputs.report.paragraph import methods_bibtex, methods_paragraph, paragraph_of
from nqp_biblio.outputs.tables import format_rows
from nqp_biblio.outputs.writers import list_writers
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nqp_biblio.networks.network import Network
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["DATA_FILES", "map_name", "write_data"]

DATA_FILES = {
    "works.csv": "the works, one a row",
    "works.bib": "the works in BibTeX",
    "works.ris": "the works in RIS",
    "works.json": "the works in CSL-JSON",
    "authorships.csv": "authors by work",
    "terms.csv": "topics and keywords by work",
    "mentions.csv": "in-text citations",
    "problems.csv": "what could not be read",
    "changes.csv": "what cleaning changed, and by which rule",
    "methods.txt": "the methods in words for a paper",
    "methods.bib": "the papers of the methods in BibTeX",
}
"""Files that every report has, with what they hold."""

_WORKS = {"bibtex": "works.bib", "ris": "works.ris", "csl-json": "works.json", "csv": "works.csv"}
_TABLES = ("authorships", "terms", "mentions", "problems", "changes")
_MAP_FILES: dict[str, Callable[[Network], str]] = {
    "graphml": format_graphml,
    "json": format_vosviewer,
    "nodes.csv": format_nodes,
    "edges.csv": format_edges,
}


def write_data(given: ReportInput, folder: Path) -> list[str]:
    """Write tables, networks and figures to a folder.

    Parameters
    ----------
    given : ReportInput
        What is reported.
    folder : Path
        An empty folder.

    Returns
    -------
    list of str
        The names of the files, in order.
    """
    corpus = given.corpus
    texts: dict[str, str] = {}
    records = list(corpus.records())
    for writer in list_writers():
        if writer.name in _WORKS:
            texts[_WORKS[writer.name]] = writer.text(records)
    for name in _TABLES:
        order = ", ".join(TABLES[name].order)
        rows = corpus.sql(f"SELECT * FROM {name} ORDER BY {order}")
        texts[f"{name}.csv"] = format_rows(TABLES[name].column_names, rows)
    for name, result in given.results.items():
        texts[f"measure_{name}.csv"] = format_rows(result.columns, result.rows)
    texts |= _methods(given)
    for number, net in enumerate(given.networks):
        stem = map_name(net, number)
        for suffix, write in _MAP_FILES.items():
            texts[f"{stem}.{suffix}"] = write(net)
        texts[f"{stem}.svg"] = svg_of(plot_network(net))
    for name, text in sorted(texts.items()):
        (folder / name).write_bytes(text.encode("utf-8", errors="replace"))
    return sorted(texts)


def _methods(given: ReportInput) -> dict[str, str]:
    """Write the methods paragraph and the papers it cites."""
    results = list(given.results.values())
    told: dict[str, Any] = {"networks": given.networks, "results": results, "as_of": given.as_of}
    papers = paragraph_of(given.corpus, **told).references
    return {
        "methods.txt": methods_paragraph(given.corpus, **told),
        "methods.bib": methods_bibtex(papers),
    }


def map_name(net: Network, number: int) -> str:
    """Name the files of a map; a second of one kind gets a number."""
    stem = f"map_{net.kind}_{net.of}".replace("-", "_").replace(" ", "_")
    return stem if number == 0 else f"{stem}_{number + 1}"
