"""Networks as files that other programs read: GraphML, VOSviewer JSON, Pajek, CSV."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

from nqp_biblio.networks.incidence import unique_labels
from nqp_biblio.outputs.tables import format_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from nqp_biblio.networks.network import Network

__all__ = [
    "NETWORK_FORMATS",
    "format_edges",
    "format_graphml",
    "format_nodes",
    "format_pajek",
    "format_vosviewer",
]

_PLACES = ("x", "y", "cluster")


def format_graphml(net: Network) -> str:
    """Write a network as GraphML, for Gephi, Cytoscape, igraph and yEd.

    Parameters
    ----------
    net : Network
        The network.

    Returns
    -------
    str
        All columns of nodes and edges as attributes; control characters are left out of
        labels, since XML cannot hold them, and labels that differ in nothing else get a
        number, since they are the keys of the nodes.
    """
    import networkx as nx

    graph = net.to_networkx()
    for _, attributes in [
        *graph.nodes(data=True),
        *((None, d) for *_, d in graph.edges(data=True)),
    ]:
        for name, value in attributes.items():
            attributes[name] = _printable(value) if isinstance(value, str) else value
    names = unique_labels([_printable(label) for label in net.labels])
    clean = nx.relabel_nodes(graph, dict(zip(net.labels, names, strict=True)))
    return "\n".join(nx.generate_graphml(clean, named_key_ids=True)) + "\n"


def format_vosviewer(net: Network) -> str:
    """Write a network as VOSviewer JSON, which VOSviewer Online opens.

    Parameters
    ----------
    net : Network
        The network, laid out and clustered or not.

    Returns
    -------
    str
        Items with weights (occurrences, links, total link strength) and links.

    References
    ----------
    .. [1] VOSviewer Online manual, JSON file format. https://app.vosviewer.com/docs/file-types/
    """
    items = [
        {
            "id": int(net.ids[i]),
            "label": _printable(net.labels[i]),
            **_placement(net, i),
            "weights": {
                "Links": int(net.degree[i]),
                "Total link strength": float(net.strength[i]),
                **_occurrences(net, i),
            },
        }
        for i in range(net.n_nodes)
    ]
    links = [
        {"source_id": int(net.ids[a]), "target_id": int(net.ids[b]), "strength": float(w)}
        for a, b, w in zip(net.source, net.target, net.weight, strict=True)
    ]
    content = {"network": {"items": items, "links": links}}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def format_pajek(net: Network) -> str:
    """Write a network in Pajek's .net form.

    Parameters
    ----------
    net : Network
        The network.

    Returns
    -------
    str
        Vertices numbered from 1 with their labels, then arcs (directed) or edges.
    """
    lines = [f"*Vertices {net.n_nodes}"]
    for number, label in enumerate(net.labels, 1):
        lines.append(f'{number} "{_printable(label).replace(chr(34), chr(39))}"')
    lines.append("*Arcs" if net.directed else "*Edges")
    ends = zip(net.source, net.target, net.weight, strict=True)
    lines.extend(f"{a + 1} {b + 1} {w:g}" for a, b, w in ends)
    return "\n".join(lines) + "\n"


def format_edges(net: Network) -> str:
    """Write the edges of a network as CSV, one a row, with the labels of both ends."""
    columns: dict[str, Any] = {
        "source_id": net.ids[net.source],
        "target_id": net.ids[net.target],
        "source": [net.labels[i] for i in net.source],
        "target": [net.labels[i] for i in net.target],
        "weight": net.weight,
    }
    return _table(columns | net.edge_columns)


def format_nodes(net: Network) -> str:
    """Write the nodes of a network as CSV, one a row, with all their columns."""
    columns: dict[str, Any] = {"id": net.ids, "label": list(net.labels)}
    columns |= net.node_columns
    return _table(columns | {"links": net.degree, "total_link_strength": net.strength})


NETWORK_FORMATS: dict[str, tuple[tuple[str, ...], Callable[[Network], str]]] = {
    "graphml": ((".graphml",), format_graphml),
    "vosviewer": ((".json",), format_vosviewer),
    "pajek": ((".net",), format_pajek),
    "csv": ((".csv",), format_edges),
}
"""Formats of networks by name: usual endings of files, and what writes them."""


def _table(columns: dict[str, Any]) -> str:
    """Write columns as CSV."""
    values = [[_scalar(value) for value in column] for column in columns.values()]
    return format_rows(tuple(columns), zip(*values, strict=True))


def _placement(net: Network, index: int) -> dict[str, float | int]:
    """Coordinates and cluster of a node, where it has them; 0 is no cluster."""
    found = {name: net.node_columns[name][index] for name in _PLACES if name in net.node_columns}
    if found.get("cluster") == 0:
        del found["cluster"]
    return {name: int(v) if name == "cluster" else float(v) for name, v in found.items()}


def _occurrences(net: Network, index: int) -> dict[str, float]:
    if "occurrences" not in net.node_columns:
        return {}
    return {"Occurrences": float(net.node_columns["occurrences"][index])}


def _scalar(value: Any) -> Any:  # noqa: ANN401  NumPy's scalars of any kind
    plain = value.item() if hasattr(value, "item") else value
    return int(plain) if isinstance(plain, float) and plain.is_integer() else plain


def _printable(text: str) -> str:
    """Take away control characters and lone surrogates, which no file of text can hold."""
    kept = (c for c in text if unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(c for c in kept if c not in "\ufffe\uffff")
