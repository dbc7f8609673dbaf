"""Authors, keywords and sources, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.result import Result
from nqp_biblio.outputs.figures import plot_three_field
from nqp_biblio.outputs.figures.three_field import field_links
from nqp_biblio.outputs.report.drawing import chart_of
from nqp_biblio.outputs.report.section import Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.networks.network import Network
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]

_FEWEST, _FEWEST_ITEMS, _N_ITEMS = 20, 3, 12
_NEEDED = (
    f"A three-field plot needs {_FEWEST} works, and three authors, keywords or topics, and sources"
    " of two works or more each."
)
_AUTHORS = (
    "SELECT 1 FROM authorships WHERE author_id IS NOT NULL GROUP BY author_id"
    " HAVING COUNT(DISTINCT work_id) > 1"
)
_SOURCES = "SELECT 1 FROM works WHERE source_id IS NOT NULL GROUP BY source_id HAVING COUNT(*) > 1"
_TERMS = (
    "SELECT 1 FROM terms WHERE kind = ? GROUP BY COALESCE(term, term_raw)"
    " HAVING COUNT(DISTINCT work_id) > 1"
)


def section(given: ReportInput) -> Section:
    """Draw the three fields, where each has items of several works."""
    terms = _terms(given)
    if not terms or len(given.corpus) < _FEWEST:
        return Section("three_field", absent=_NEEDED)
    from nqp_biblio.networks.multimode import multimode_network

    fields = ("authors", terms, "sources")
    net = multimode_network(given.corpus, fields, min_occurrences=2)
    given.results["three_field"] = _table(net, fields)
    call = f"nb.plot_three_field(nb.multimode_network(corpus, {fields}, min_occurrences=2))"
    chart = chart_of(
        lambda width: plot_three_field(net, n_items=_N_ITEMS, width=width),
        name="threefield",
        title=f"Authors, {terms.replace('_', ' ')} and sources, joined by works of both",
        caption=f"Three-field plot: the {_N_ITEMS} authors, {terms.replace('_', ' ')} and sources"
        " in the most works; a band is as wide as the number of works that have both. Of authors"
        " and sources only those linked to the terms in the middle are drawn.",
        file=given.table_file("three_field"),
        code=given.code(call),
    )
    return Section("three_field", [chart])


def _table(net: Network, fields: Sequence[str]) -> Result:
    """List the bands that are drawn, the widest of each side first."""
    links = field_links(net, fields, _N_ITEMS)
    rows = [
        (fields[side], net.labels[left], fields[side + 1], net.labels[right], weight)
        for (side, left, right), weight in links.items()
    ]
    rows.sort(key=lambda row: (fields.index(row[0]), -row[4], row[1], row[3]))
    columns = ("field", "item", "other_field", "other_item", "weight")
    manifest = {"measure": "three-field plot", "fields": list(fields), "n_items": _N_ITEMS}
    return Result(columns, rows, manifest)


def _terms(given: ReportInput) -> str:
    """Choose author keywords before topics; nothing where a field has too few items."""
    ask = given.corpus.sql
    limit = f" LIMIT {_FEWEST_ITEMS}"
    if any(len(ask(query + limit)) < _FEWEST_ITEMS for query in (_AUTHORS, _SOURCES)):
        return ""
    for kind, name in (("author_keyword", "author_keywords"), ("topic", "topics")):
        if len(ask(_TERMS + limit, (kind,))) == _FEWEST_ITEMS:
            return name
    return ""
