"""Maps, with their clusters and their strongest links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.outputs.figures import PALETTE, colour_of
from nqp_biblio.outputs.report.files import map_name
from nqp_biblio.outputs.report.section import Own, Part, Section
from nqp_biblio.outputs.report.works import shown_works
from nqp_biblio.outputs.viewer import viewer_html

if TYPE_CHECKING:
    from nqp_biblio.networks.network import Network
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]

_MAX_WORKS = 3_000  # of all maps, about 150 bytes each
_NONE = "There are no nodes to map: no topic is left once those in nearly every work are set aside."


def section(given: ReportInput) -> Section:
    """Show the maps."""
    if not given.networks:
        return Section("map", absent=_NONE)
    shown = shown_works(given.corpus)
    n_works = _MAX_WORKS // len(given.networks)
    frame = {"folder": given.folder, "has_heading": len(given.networks) > 1}
    parts: list[Part] = [
        Own("part_map.html.j2", {"map": _map(net, number, shown, n_works), **frame})
        for number, net in enumerate(given.networks)
    ]
    return Section("map", parts)


def _map(net: Network, number: int, shown: set[int], n_works: int) -> dict[str, Any]:
    """A map, drawn wide and narrow, with its clusters and strongest links."""
    title = f"Map of {net.of}: {net.n_nodes} nodes, {net.n_edges} links"
    viewer = None
    if net.n_edges:
        viewer = viewer_html(net, name=f"map{number + 1}", title=title, max_works=n_works)
    return {
        "viewer": viewer,
        "thresholds": _thresholds(net),
        "kind": net.kind,
        "of": net.of,
        "n_nodes": net.n_nodes,
        "n_edges": net.n_edges,
        "has_hubs": 0 in net.node_columns.get("cluster", ()),
        "clusters": _clusters(net),
        "links": _links(net, shown),
        "isolated": int((net.degree == 0).sum()),
        "file": map_name(net, number),
    }


def _thresholds(net: Network) -> str:
    """Say which thresholds left nodes or links out."""
    parameters = net.manifest.get("parameters", {})
    least = parameters.get("min_occurrences") or 1
    parts = [f"Nodes of {least} works or more"] if least > 1 else []
    if weight := parameters.get("min_weight"):
        parts.append(f"links of weight {weight:g} or more")
    if top := parameters.get("top_links"):
        parts.append(f"the {top} strongest links of each")
    told = ", ".join(parts)
    return told[:1].upper() + told[1:]


def _clusters(net: Network) -> list[dict[str, Any]]:
    """Clusters with their nodes, the weightiest first."""
    import numpy as np

    if "cluster" not in net.node_columns:
        return []
    numbers = net.node_columns["cluster"]
    volume = net.node_columns.get("occurrences", net.strength)
    order = np.lexsort((np.arange(net.n_nodes), -net.strength, -np.asarray(volume, dtype=float)))
    groups: dict[int, list[str]] = {}
    for index in order:
        groups.setdefault(int(numbers[index]), []).append(net.labels[index])
    return [
        {
            "number": number,
            "colour": colour_of(number),
            "is_grey": number > len(PALETTE),
            "n": len(members),
            "members": members[:12],
            "rest": max(0, len(members) - 12),
        }
        for number, members in sorted(groups.items())
    ]


def _links(net: Network, shown: set[int]) -> list[dict[str, Any]]:
    """The strongest links, those of hubs last, with the works behind them, if on the page."""
    import numpy as np

    if net.corpus is None or not net.n_edges:
        return []
    strengths = net.weight
    numbers = net.node_columns.get("cluster", np.ones(net.n_nodes))
    to_hub = (numbers[net.source] == 0) | (numbers[net.target] == 0)
    order = np.lexsort((np.arange(net.n_edges), -strengths, to_hub))[:10]
    keys = dict(net.corpus.sql("SELECT work_id, key FROM works"))
    links = []
    for edge in order:
        first, second = int(net.source[edge]), int(net.target[edge])
        works = _works_behind(net, first, second)
        links.append(
            {
                "first": net.labels[first],
                "second": net.labels[second],
                "weight": f"{strengths[edge]:.4g}",
                "works": [(work, keys.get(work) or str(work), work in shown) for work in works[:8]],
                "rest": max(0, len(works) - 8),
            }
        )
    return links


def _works_behind(net: Network, first: int, second: int) -> list[int]:
    """Keys of the works behind a link, each once."""
    rows = net.trace(first, second) if net.trace is not None else []
    return sorted({int(row[0]) for row in rows if row[0] is not None})
