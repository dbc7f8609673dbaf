"""Maps, with their clusters and their strongest links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.outputs.figures import PALETTE, colour_of, plot_network
from nqp_biblio.outputs.report.drawing import inline_svg
from nqp_biblio.outputs.report.files import map_name
from nqp_biblio.outputs.report.section import Own, Part, Section
from nqp_biblio.outputs.report.works import shown_works

if TYPE_CHECKING:
    from nqp_biblio.networks.network import Network
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["section"]

_NONE = "There are no nodes to map: no topic is left once those in nearly every work are set aside."


def section(given: ReportInput) -> Section:
    """Show the maps."""
    if not given.networks:
        return Section("map", absent=_NONE)
    shown = shown_works(given.corpus)
    parts: list[Part] = [
        Own("part_map.html.j2", {"map": _map(net, number, shown), "folder": given.folder})
        for number, net in enumerate(given.networks)
    ]
    return Section("map", parts)


def _map(net: Network, number: int, shown: set[int]) -> dict[str, Any]:
    """A map, drawn wide and narrow, with its clusters and strongest links."""
    name = f"map{number + 1}"
    title = f"Map of {net.of}: {net.n_nodes} nodes, {net.n_edges} links"
    drawn: dict[str, Any] = {"wide": None, "narrow": None, "n_labels": 0}
    if net.n_edges:
        wide = plot_network(net, size=(10.4, 6.8))
        narrow = plot_network(net, size=(5.0, 6.4), max_labels=30, font_size=10)
        drawn["n_labels"] = len(wide.axes[0].texts)
        drawn["wide"] = inline_svg(wide, name, title)
        drawn["narrow"] = inline_svg(narrow, f"{name}n", title)
    return {
        **drawn,
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
