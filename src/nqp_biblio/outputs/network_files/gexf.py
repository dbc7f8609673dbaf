"""GEXF, the format of Gephi."""

from __future__ import annotations

import re
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
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element
    from numpy.typing import NDArray

    from nqp_biblio.networks.network import Network
    from nqp_biblio.outputs.network_files.values import Value
    from nqp_biblio.readers.source import Source

__all__ = ["GEXF", "format_gexf"]

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><creator>nqp-biblio</creator><description>{}</description></meta>
"""
_PLACE = ("x", "y")
_OURS = re.compile(
    r"<creator>nqp-biblio</creator>\s{0,99}<description>([\w-]{1,99}) of ([^<]{1,99})</desc"
)
_TWO_WAY = ("undirected", "mutual")
_MAX_INTEGER = 2**31


def format_gexf(net: Network) -> str:
    """Write a network as GEXF 1.3.

    Parameters
    ----------
    net : Network
        The network.

    Returns
    -------
    str
        Nodes by their ids with label, place (``viz:position``) and further columns, and
        edges with weight and further columns. Control characters are left out of texts,
        since XML cannot hold them.

    References
    ----------
    .. [1] GEXF file format. https://gexf.net
    """
    has_place = all(name in net.node_columns for name in _PLACE)
    shown = _PLACE if has_place else ()
    nodes = _Attributes({k: v for k, v in net.node_columns.items() if k not in shown})
    edges = _Attributes(net.edge_columns)
    way = "directed" if net.directed else "undirected"
    lines = [f'<graph defaultedgetype="{way}" mode="static">']
    lines += [*nodes.declared("node"), *edges.declared("edge"), "<nodes>"]
    ids = net.ids.tolist()
    places = list(_places(net)) if has_place else [""] * net.n_nodes
    lines += [
        f'<node id="{ids[i]}" label="{xml_text(label)}">{nodes.of(i)}{places[i]}</node>'
        for i, label in enumerate(net.labels)
    ]
    lines += ["</nodes>", "<edges>"]
    rows = zip(net.source.tolist(), net.target.tolist(), net.weight.tolist(), strict=True)
    lines += [
        f'<edge source="{ids[a]}" target="{ids[b]}" weight="{number_text(w)}">{edges.of(i)}</edge>'
        for i, (a, b, w) in enumerate(rows)
    ]
    about = _HEAD.format(xml_text(f"{net.kind} of {net.of}"))
    return about + "\n".join([*lines, "</edges>", "</graph>", "</gexf>"]) + "\n"


class _Attributes:
    """Columns as attributes."""

    def __init__(self, columns: Mapping[str, NDArray[Any]]) -> None:
        self._names = list(columns)
        self._lists = [values_of(column) for column in columns.values()]
        self._types = [_type_name(values) for values in self._lists]

    def declared(self, of: str) -> list[str]:
        """Return the declarations."""
        if not self._names:
            return []
        lines = [
            f'<attribute id="{number}" title="{xml_text(name)}" type="{kind}"/>'
            for number, (name, kind) in enumerate(zip(self._names, self._types, strict=True))
        ]
        return [f'<attributes class="{of}">', *lines, "</attributes>"]

    def of(self, index: int) -> str:
        """Return the values of one."""
        found = "".join(
            f'<attvalue for="{number}" value="{_text(value, self._types[number])}"/>'
            for number, values in enumerate(self._lists)
            if (value := values[index]) is not None
        )
        return f"<attvalues>{found}</attvalues>" if found else ""


def _type_name(values: list[Value]) -> str:
    """Name a type as GEXF does."""
    name = type_of(values)
    if name == "integer" and any(abs(v) >= _MAX_INTEGER for v in values if isinstance(v, int)):
        return "long"
    return name


def _text(value: Value, kind: str) -> str:
    """Write a value."""
    if kind == "boolean":
        return str(value).lower()
    if kind == "double":
        return repr(value).replace("inf", "Infinity")
    return xml_text(str(value))


def _places(net: Network) -> Iterator[str]:
    """Write the place of each node."""
    columns = (values_of(net.node_columns[name]) for name in _PLACE)
    for x, y in zip(*columns, strict=True):
        known = isinstance(x, float) and isinstance(y, float)
        yield f'<viz:position x="{x!r}" y="{y!r}" z="0.0"/>' if known else ""


def _matches(source: Source) -> bool:
    return root_of(source) == "gexf"


def _read(source: Source) -> NetworkDraft:
    """Read GEXF; attributes are declared before the nodes."""
    draft = NetworkDraft(source.name, "gexf")
    if ours := _OURS.search(source.head):
        draft.kind, draft.of = ours[1], ours[2]
    is_directed = default_direction(source, "defaultedgetype")
    declared: dict[tuple[str, str], dict[str, str]] = {}
    directions = []
    for line, element in walk(source, draft, ("attribute", "node", "edge")):
        name = local_name(element)
        if name == "attribute":
            declared[_class_of(element), element.get("id", "")] = _declaration(element)
            continue
        values = _values(draft, element, declared, line)
        if name == "node":
            draft.add_node(element.get("id", ""), values, line)
            continue
        weight = draft.number(element.get("weight") or "1", "weight", line)
        ends = element.get("source", ""), element.get("target", "")
        draft.add_edge(ends, weight, values, line)
        way = element.get("type", "").lower()
        directions.append(way not in _TWO_WAY if way else is_directed)
    draft.directed = is_directed
    draft.direct(directions)
    return draft


def _class_of(element: _Element) -> str:
    """Tell whether an attribute is one of nodes or of edges."""
    parent = element.getparent()
    return "" if parent is None else parent.get("class", "")


def _declaration(element: _Element) -> dict[str, str]:
    """Copy what a declaration says, since elements are gone when the next one is read."""
    told = {"name": element.get("title", ""), "type": element.get("type", "string")}
    default = element.find("{*}default")
    return told if default is None else told | {"default": raw_text(default)}


def _values(
    draft: NetworkDraft,
    element: _Element,
    declared: Mapping[tuple[str, str], Mapping[str, str]],
    line: int,
) -> dict[str, Value]:
    """Read the values of a node or an edge: attributes, label, place, size and colour."""
    name = local_name(element)
    values: dict[str, Value] = {}
    if element.get("label") is not None:
        values["label"] = element.get("label")
    given = {
        at: key["default"] for (of, at), key in declared.items() if of == name and "default" in key
    }
    for found in element.iterfind("{*}attvalues/{*}attvalue"):
        at = found.get("for") or found.get("id") or ""
        given[at] = found.get("value", "")
    for at, text in given.items():
        key = declared.get((name, at), {"name": at, "type": "string"})
        try:
            values[key["name"] or at] = read_value(text, key["type"])
        except ValueError:
            reason = f"the {key['name']} {text[:80]!r} is no {key['type']}"
            raise draft.error(reason, line) from None
    return values | _drawn(draft, element, line)


def _drawn(draft: NetworkDraft, element: _Element, line: int) -> dict[str, Value]:
    """Read place, size and colour."""
    values: dict[str, Value] = {}
    for part in element.iterfind("{*}position"):
        values |= {axis: draft.number(part.get(axis, "0"), axis, line) for axis in _PLACE}
        if draft.number(part.get("z") or "0", "z", line):
            values["z"] = draft.number(part.get("z", "0"), "z", line)
    for part in element.iterfind("{*}size"):
        values["size"] = draft.number(part.get("value", ""), "size", line)
    for part in element.iterfind("{*}color"):
        shades = [draft.number(part.get(shade, "0"), "colour", line) for shade in "rgb"]
        values["color"] = part.get("hex") or "#" + "".join(f"{int(s) & 255:02x}" for s in shades)
    for part in element.iterfind("{*}thickness"):
        values["thickness"] = draft.number(part.get("value", ""), "thickness", line)
    return values


GEXF = NetworkFormat(
    name="gexf",
    title="GEXF",
    suffixes=(".gexf",),
    files=one_file(format_gexf),
    matches=_matches,
    read=_read,
)
