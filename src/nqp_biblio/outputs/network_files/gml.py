"""GML, the Graph Modelling Language, which Gephi, Cytoscape, yEd, igraph and networkx read."""

from __future__ import annotations

import html.entities
import re
from typing import TYPE_CHECKING, Any, TypeAlias

from nqp_biblio.networks.drafts import NetworkDraft
from nqp_biblio.outputs.network_files.form import NetworkFormat, one_file
from nqp_biblio.outputs.network_files.values import number_text, type_of, values_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from nqp_biblio.networks.network import Network
    from nqp_biblio.outputs.network_files.values import Value
    from nqp_biblio.readers.source import Source

__all__ = ["GML", "format_gml"]

_Pairs: TypeAlias = list[tuple[str, Any, int]]

_IS_GML = re.compile(
    r"^\s{0,99}(?:(?:#[^\n]{0,999}|[A-Z]\w{0,30} [^\n]{0,999})\n\s{0,99}){0,99}graph\s{0,99}\["
)
_TOKEN = re.compile(
    r'[ \t\r\f\v]++|(?P<end>\n)|(?P<note>#[^\n]*+)|(?P<text>"[^"]*+")|(?P<open>\[)|(?P<close>\])'
    r"|(?P<number>[+-]?(?:\d++(?:\.\d*+)?|\.\d++|INF)(?:[eE][+-]?\d++)?(?=[\s\[\]]|\Z))"
    r"|(?P<key>[A-Za-z_][\w.-]*+)"
)
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{0,30}));")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_NOT_KEY = re.compile(r"[^A-Za-z0-9_]+")
_TO_ESCAPE = re.compile(r'[&"]|[^ -~]')
_MAX_DEPTH = 50
_MAX_CODE = 0x110000
_MAX_DIGITS = 400
_NODE_KEYS = ("id", "label", "graphics")
_EDGE_KEYS = ("source", "target", "weight")
_NAMES = "nqpNames"
"""The list of the graph that says what keys stand for; other programs pass over it."""


def format_gml(net: Network) -> str:
    """Write a network as GML.

    Parameters
    ----------
    net : Network
        The network.

    Returns
    -------
    str
        Nodes by their ids with label, place (``graphics``) and further columns, and edges
        with weight and further columns. Characters beyond ASCII are entities, as the format
        asks; where a name of a column is no key of GML, the graph says which one stands for
        it.

    References
    ----------
    .. [1] Himsolt, M. (1997). GML: A portable graph file format. Universität Passau.
    """
    has_place = {"x", "y"} <= set(net.node_columns)
    shown = ("x", "y") if has_place else ()
    further = {k: v for k, v in net.node_columns.items() if k not in shown}
    nodes, edges = _Columns(further, _NODE_KEYS), _Columns(net.edge_columns, _EDGE_KEYS)
    lines = ['Creator "nqp-biblio"', "graph [", f"  directed {int(net.directed)}"]
    lines += [f"  kind {_text(net.kind)}", f"  of {_text(net.of)}"]
    lines += [*nodes.names("node"), *edges.names("edge")]
    ids = net.ids.tolist()
    places = [values_of(net.node_columns[name]) for name in shown]
    for i, label in enumerate(net.labels):
        lines += ["  node [", f"    id {ids[i]}", f"    label {_text(label)}", *nodes.of(i)]
        if places and None not in (places[0][i], places[1][i]):
            lines.append(f"    graphics [ x {_text(places[0][i])} y {_text(places[1][i])} ]")
        lines.append("  ]")
    rows = zip(net.source.tolist(), net.target.tolist(), net.weight.tolist(), strict=True)
    for i, (a, b, w) in enumerate(rows):
        lines += ["  edge [", f"    source {ids[a]}", f"    target {ids[b]}"]
        lines += [f"    weight {_text(w)}", *edges.of(i), "  ]"]
    return "\n".join([*lines, "]"]) + "\n"


class _Columns:
    """Columns with the keys that stand for their names."""

    def __init__(self, columns: Mapping[str, NDArray[Any]], taken: tuple[str, ...]) -> None:
        self._keys: dict[str, str] = {}
        used = set(taken)
        for name in columns:
            key = name if _KEY.fullmatch(name) else f"c_{_NOT_KEY.sub('_', name)}"
            while key in used:
                key += "_"
            used.add(key)
            self._keys[name] = key
        self._lists = [(self._keys[name], *_written(v)) for name, v in columns.items()]

    def names(self, of: str) -> list[str]:
        """Say which name a key stands for, where it is another."""
        other = [(key, name) for name, key in self._keys.items() if key != name]
        said = [f"    {key} {_text(name)}" for key, name in other]
        return [f"  {_NAMES}{of.title()} [", *said, "  ]"] if said else []

    def of(self, index: int) -> list[str]:
        """Return the lines of one."""
        return [
            f"    {key} {_text(str(value) if is_text else value)}"
            for key, values, is_text in self._lists
            if (value := values[index]) is not None
        ]


def _written(column: NDArray[Any]) -> tuple[list[Value], bool]:
    """Return the values of a column, and whether they are texts."""
    values = values_of(column)
    return values, type_of(values) == "string"


def _text(value: Value) -> str:
    """Write a value: a text in quotes, with entities for what they cannot hold."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        written = repr(value).replace("inf", "INF").replace("e", "E")
        return f"+{written}" if written == "INF" else written
    if isinstance(value, int):
        return number_text(value)
    return '"' + _TO_ESCAPE.sub(_entity, str(value)) + '"'


def _entity(found: re.Match[str]) -> str:
    return {"&": "&amp;", '"': "&quot;"}.get(found[0]) or f"&#{ord(found[0])};"


def _matches(source: Source) -> bool:
    return _IS_GML.match(source.head) is not None


def _read(source: Source) -> NetworkDraft:
    """Read GML."""
    draft = NetworkDraft(source.name, "gml")
    graphs = [value for key, value, _ in _parsed(draft, source.text) if key == "graph"]
    if len(graphs) != 1 or not isinstance(graphs[0], list):
        raise draft.error(f"{len(graphs)} graphs; one is read")
    names: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    for key, value, line in graphs[0]:
        if key in ("node", "edge") and isinstance(value, list):
            values = _values(draft, value, names[key])
            _add(draft, key, values, line)
        elif key.startswith(_NAMES) and isinstance(value, list):
            names[key.removeprefix(_NAMES).lower()] = {k: str(v) for k, v, _ in value}
        elif key == "directed":
            draft.directed = value == 1
        elif key in ("kind", "of"):
            setattr(draft, key, str(value))
        else:
            draft.manifest[f"graph_{key}"] = _plain(value)
    return draft


def _add(draft: NetworkDraft, key: str, values: dict[str, Any], line: int) -> None:
    """Add a node or an edge."""
    needed = ("id",) if key == "node" else ("source", "target")
    for name in needed:
        if name not in values:
            raise draft.error(f"a {key} without {name}", line)
    if key == "node":
        draft.add_node(str(values.pop("id")), values, line)
        return
    ends = str(values.pop("source")), str(values.pop("target"))
    weight = values.pop("weight", None)
    weight = values.pop("value", 1) if weight is None else weight
    draft.add_edge(ends, draft.number(str(weight), "weight", line), values, line)


def _values(draft: NetworkDraft, pairs: _Pairs, names: Mapping[str, str]) -> dict[str, Any]:
    """Read the values of a node or an edge; what is drawn gives its place."""
    values: dict[str, Any] = {}
    for key, value, line in pairs:
        if key == "graphics" and isinstance(value, list):
            drawn = {name: found for name, found, _ in value}
            for axis in ("x", "y"):
                if axis in drawn:
                    values[axis] = draft.number(str(drawn.pop(axis)), axis, line)
            values |= {f"graphics_{name}": _plain(found) for name, found in drawn.items()}
        else:
            name = names.get(key, key)
            values[name] = [values[name], _plain(value)] if name in values else _plain(value)
    return values


def _plain(value: Any) -> Any:  # noqa: ANN401  a value of any kind
    """Make of a list of keys and values an object."""
    if isinstance(value, list):
        return {key: _plain(inner) for key, inner, _ in value}
    return value


def _parsed(draft: NetworkDraft, text: str) -> _Pairs:
    """Parse lists of keys and values."""
    stack: list[tuple[_Pairs, int]] = [([], 1)]
    key: str | None = None
    for kind, token, line in _tokens(draft, text):
        if kind == "key" and key is None:
            key = token
        elif kind == "close" and key is None and len(stack) > 1:
            stack.pop()
        elif kind == "open" and key is not None:
            inner: _Pairs = []
            stack[-1][0].append((key, inner, line))
            stack.append((inner, line))
            key = None
            if len(stack) > _MAX_DEPTH:
                raise draft.error(f"lists stand more than {_MAX_DEPTH} deep in each other", line)
        elif kind in ("text", "number", "key") and key is not None:
            stack[-1][0].append((key, _value(kind, token), line))
            key = None
        else:
            raise draft.error(f"{token[:40]!r} stands where it cannot", line)
    if len(stack) > 1:
        raise draft.error("the list that begins here has no end", stack[-1][1])
    return stack[0][0]


def _tokens(draft: NetworkDraft, text: str) -> Iterator[tuple[str, str, int]]:
    """Yield the words of a text with their lines."""
    at, line = 0, 1
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise draft.error(f"{text[at : at + 40]!r} is no GML", line)
        at = found.end()
        kind = found.lastgroup
        if kind not in (None, "end", "note"):
            yield str(kind), found[0], line
        line += found[0].count("\n")


def _value(kind: str, token: str) -> int | float | str:
    """Read a number or a text."""
    if kind == "text":
        return _ENTITY.sub(_character, token[1:-1])
    if kind == "key":
        return token
    if token.lstrip("+-").isdigit() and len(token) < _MAX_DIGITS:
        return int(token)
    return float(token)


def _character(found: re.Match[str]) -> str:
    """Turn an entity into its character; what is none stays as it is."""
    if found[3]:
        code = html.entities.name2codepoint.get(found[3], _MAX_CODE)
    else:
        code = int(found[1]) if found[1] else int(found[2], 16)
    return chr(code) if code < _MAX_CODE else found[0]


GML = NetworkFormat(
    name="gml",
    title="GML",
    suffixes=(".gml",),
    files=one_file(format_gml),
    matches=_matches,
    read=_read,
)
