"""GraphML, which Gephi, Cytoscape, yEd, igraph and networkx read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.networks.drafts import NetworkDraft
from nqp_biblio.outputs.network_files.form import NetworkFormat, one_file
from nqp_biblio.outputs.network_files.values import (
    number_text,
    read_value,
    type_of,
    values_of,
    xml_text,
)
from nqp_biblio.outputs.network_files.xml_files import default_direction, root_of, walk
from nqp_biblio.readers.xml_door import local_name, raw_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element
    from numpy.typing import NDArray

    from nqp_biblio.networks.network import Network
    from nqp_biblio.outputs.network_files.values import Value
    from nqp_biblio.readers.source import Source

    _Key = Mapping[str, str]

__all__ = ["GRAPHML", "format_graphml"]

_HEAD = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
_TYPES = {"boolean": "boolean", "integer": "long", "double": "double", "string": "string"}


def format_graphml(net: Network) -> str:
    """Write a network as GraphML.

    Parameters
    ----------
    net : Network
        The network.

    Returns
    -------
    str
        Nodes by their ids, with labels and all columns of nodes and edges as attributes.
        Control characters are left out of texts, since XML cannot hold them.

    References
    ----------
    .. [1] The GraphML file format. http://graphml.graphdrawing.org/specification.html
    """
    nodes = _Attributes("node", {"label": _texts(net.labels), **_lists(net.node_columns)})
    edges = _Attributes("edge", {"weight": net.weight.tolist(), **_lists(net.edge_columns)})
    about = _Attributes("graph", {"kind": [net.kind], "of": [net.of]})
    way = "directed" if net.directed else "undirected"
    lines = [*about.keys(), *nodes.keys(), *edges.keys()]
    lines.append(f'<graph edgedefault="{way}">{about.data(0)}')
    ids = net.ids.tolist()
    lines += [f'<node id="{key}">{nodes.data(i)}</node>' for i, key in enumerate(ids)]
    ends = zip(net.source.tolist(), net.target.tolist(), strict=True)
    lines += [
        f'<edge source="{ids[a]}" target="{ids[b]}">{edges.data(i)}</edge>'
        for i, (a, b) in enumerate(ends)
    ]
    return _HEAD + "\n".join([*lines, "</graph>", "</graphml>"]) + "\n"


class _Attributes:
    """The attributes of nodes or of edges, with their keys."""

    def __init__(self, of: str, columns: Mapping[str, Sequence[Value]]) -> None:
        self._of = of
        self._types = {name: type_of(values) for name, values in columns.items()}
        self._columns = [
            (f"{of[0]}{number}", self._types[name], values)
            for number, (name, values) in enumerate(columns.items())
        ]

    def keys(self) -> list[str]:
        """Return the declarations."""
        return [
            f'<key id="{self._of[0]}{number}" for="{self._of}" attr.name="{xml_text(name)}"'
            f' attr.type="{_TYPES[kind]}"/>'
            for number, (name, kind) in enumerate(self._types.items())
        ]

    def data(self, index: int) -> str:
        """Return the values of one."""
        return "".join(
            f'<data key="{key}">{_text(values[index], kind)}</data>'
            for key, kind, values in self._columns
            if values[index] is not None
        )


def _lists(columns: Mapping[str, NDArray[Any]]) -> dict[str, list[Value]]:
    return {name: values_of(column) for name, column in columns.items()}


def _texts(labels: Sequence[str]) -> list[Value]:
    return list(labels)


def _text(value: Value, kind: str) -> str:
    """Write a value as its type asks."""
    if kind == "boolean":
        return str(value).lower()
    if kind == "double" and isinstance(value, float):
        return repr(value).replace("inf", "Infinity")
    return number_text(value) if kind == "integer" else xml_text(str(value))  # type: ignore[arg-type]


def _matches(source: Source) -> bool:
    return root_of(source) == "graphml"


def _read(source: Source) -> NetworkDraft:
    """Read GraphML; keys of attributes come before the graph."""
    draft = NetworkDraft(source.name, "graphml")
    is_directed = default_direction(source, "edgedefault")
    keys: dict[str, _Key] = {}
    directions = []
    is_begun = False
    for line, element in walk(source, draft, ("key", "node", "edge")):
        name = local_name(element)
        if name == "key":
            keys[element.get("id", "")] = _key(element)
            continue
        if not is_begun:
            is_begun = True
            _read_graph(draft, element, keys)
        values = _values(draft, element, keys, line)
        if name == "node":
            draft.add_node(element.get("id", ""), values, line)
        else:
            weight = draft.number(str(values.pop("weight", 1)), "weight", line)
            ends = element.get("source", ""), element.get("target", "")
            draft.add_edge(ends, weight, values, line)
            directions.append(element.get("directed", str(is_directed)).lower() == "true")
    draft.directed = is_directed
    draft.direct(directions)
    return draft


def _key(element: _Element) -> dict[str, str]:
    """Copy what a declaration says, since elements are gone when the next one is read."""
    default = element.find("{*}default")
    told = {
        "name": element.get("attr.name", ""),
        "type": element.get("attr.type", "string"),
        "for": element.get("for", "all"),
        "graphics": element.get("yfiles.type", ""),
    }
    return told if default is None else told | {"default": raw_text(default)}


def _read_graph(draft: NetworkDraft, element: _Element, keys: Mapping[str, _Key]) -> None:
    """Read the attributes of the graph, which stand before its first node."""
    graph = element.getparent()
    for child in graph if graph is not None else ():
        if child is element:
            return
        if isinstance(child.tag, str) and local_name(child) == "data":
            name = keys.get(child.get("key", ""), {}).get("name") or child.get("key", "")
            if name in ("kind", "of"):
                setattr(draft, name, raw_text(child))
            else:
                draft.manifest[f"graph_{name}"] = raw_text(child)


def _values(
    draft: NetworkDraft, element: _Element, keys: Mapping[str, _Key], line: int
) -> dict[str, Value]:
    """Read the attributes of a node or an edge."""
    values: dict[str, Value] = {
        key["name"]: _typed(draft, key["default"], key, line)
        for key in keys.values()
        if "default" in key and key["for"] in (local_name(element), "all")
    }
    for data in element.iterfind("{*}data"):
        name = data.get("key", "")
        key = keys.get(name, {})
        if key.get("graphics"):
            values |= _graphics(draft, data, line)
        else:
            values[key.get("name") or name] = _typed(draft, raw_text(data), key, line)
    return values


def _typed(draft: NetworkDraft, text: str, key: _Key, line: int) -> Value:
    """Read a value as its key says."""
    try:
        return read_value(text, key.get("type", "string"))
    except ValueError:
        reason = f"the {key['name']} {text[:80]!r} is no {key['type']}"
        raise draft.error(reason, line) from None


def _graphics(draft: NetworkDraft, data: _Element, line: int) -> dict[str, Value]:
    """Read label and place of what yEd draws; the rest of its drawing is not read."""
    note = "of the drawing by yEd, labels and places are read, and nothing else"
    if note not in draft.notes:
        draft.notes.append(note)
    values: dict[str, Value] = {}
    for part in data.iter("{*}NodeLabel", "{*}EdgeLabel", "{*}Geometry"):
        if local_name(part) == "Geometry":
            values |= {
                axis: draft.number(part.get(axis, ""), axis, line)
                for axis in ("x", "y")
                if part.get(axis)
            }
        elif text := raw_text(part).strip():
            values.setdefault("label", text)
    return values


GRAPHML = NetworkFormat(
    name="graphml",
    title="GraphML",
    suffixes=(".graphml",),
    files=one_file(format_graphml),
    matches=_matches,
    read=_read,
)
