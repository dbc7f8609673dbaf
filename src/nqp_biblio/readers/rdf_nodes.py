"""RDF in XML as nodes: what stands at the top of the file, one by one, with what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from nqp_biblio.readers.source import Source
from nqp_biblio.readers.xml_door import elements, local_name, text_of
from nqp_biblio.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

__all__ = ["Node", "read_nodes"]

_TOKEN = re.compile(
    r"<!--[\s\S]*?(?:-->|\Z)|<!\[CDATA\[[\s\S]*?(?:\]\]>|\Z)|<[?!][^<>]{0,2000}>"
    r"|<(?P<end>/?)(?P<name>[\w:.-]{1,60})(?:\s(?:[^<>\"'/]|\"[^\"<]*\"|'[^'<]*')*+)?(?P<void>/?)>"
)
_LISTS = frozenset(("Seq", "Bag", "Alt", "List"))
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_BROKEN = "XML cut short or broken"
_MAX_DEPTH, _BATCH = 30, 50_000


@dataclass(slots=True)
class Node:
    """A node of the graph.

    Attributes
    ----------
    kind : str
        Its class, without namespace; empty for a reference to another node.
    key : str
        Its address or identifier within the file, empty where it has none.
    values : list of (name, str or Node)
        What it says, in the order of the file; lists are written out.
    line : int
        Line where it begins.
    """

    kind: str = ""
    key: str = ""
    values: list[tuple[str, str | Node]] = field(default_factory=list)
    line: int = 1


def read_nodes(source: Source) -> Iterator[Node | Problem]:
    """Yield the nodes at the top of an RDF file.

    Parameters
    ----------
    source : Source
        The file.

    Yields
    ------
    Node or Problem
        Nodes in the order of the file; one whose XML is broken is a problem, and those around
        it stay.
    """
    text = source.text
    root = next((one for one in _TOKEN.finditer(text) if _is_root(one)), None)
    if root is None:
        return
    batch: list[tuple[int, int]] = []
    line, counted = 1, 0
    for start, end in _spans(text, root.end()):
        if "<" not in text[start:end]:
            continue
        batch.append((start, end))
        if end - batch[0][0] > _BATCH:
            line, counted = line + text.count("\n", counted, batch[0][0]), batch[0][0]
            yield from _nodes_of_batch(source.name, (text, root[0]), batch, line)
            batch = []
    if batch:
        line += text.count("\n", counted, batch[0][0])
        yield from _nodes_of_batch(source.name, (text, root[0]), batch, line)


def _nodes_of_batch(
    name: str, texts: tuple[str, str], batch: list[tuple[int, int]], line: int
) -> Iterator[Node | Problem]:
    """Yield the nodes of spans that follow each other; one by one where they break together."""
    text, root = texts
    start, end = batch[0][0], batch[-1][1]
    whole = f"{root}{text[start:end]}\n</{root[1:].split(None, 1)[0].rstrip('>')}>"
    inner = Source(name, data=whole.encode("utf-8", "replace"))
    shift = line - 1 - root.count("\n")
    found: list[Node] = []
    for item in elements(inner, ("RDF",)):
        if isinstance(item, Problem):
            if len(batch) == 1:
                yield Problem(name, line, text[start:end], item.reason)
                if item.reason.startswith(_BROKEN):
                    return
                continue
            for span in batch:
                below = line + text.count("\n", start, span[0])
                yield from _nodes_of_batch(name, texts, [span], below)
            return
        found += [_node(child, shift + _line_of(child)) for child in item[1]]
    yield from found


def _line_of(element: _Element) -> int:
    """Return the line of an element in what was parsed."""
    return cast("int | None", element.sourceline) or 1


def _is_root(token: re.Match[str]) -> bool:
    """Tell the start of the root."""
    is_start = not token["end"] and not token["void"]
    return token["name"] is not None and is_start and token["name"].rpartition(":")[2] == "RDF"


def _spans(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where the children of the root begin and end, and what stands between them."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        if token["name"] is None:
            if depth == 0:
                yield start, token.start()
                start = token.end()
            continue
        if depth == 0:
            yield start, token.start()
            start = token.start()
        if not token["void"]:
            depth += -1 if token["end"] else 1
        if depth < 0:
            return
        if depth == 0:
            yield start, token.end()
            start = token.end()
    yield start, len(text)


def _node(element: _Element, line: int, depth: int = 0) -> Node:
    """Make a node of an element that names a class."""
    key = element.get(f"{_RDF}about") or element.get(f"{_RDF}nodeID") or element.get(f"{_RDF}ID")
    node = Node(local_name(element), str(key or ""), line=line)
    for name, printed in element.attrib.items():
        if not str(name).startswith((_RDF, "{http://www.w3.org/XML/")):
            node.values.append((str(name).rpartition("}")[2], str(printed)))
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = local_name(child)
        for value in _values(child, depth):
            if name == "type" and isinstance(value, Node) and not value.kind:
                node.kind = _tail(value.key) if node.kind == "Description" else node.kind
                continue
            node.values.append((name, value))
    return node


def _tail(address: str) -> str:
    """Return the last part of an address."""
    return re.split(r"[/#]", address)[-1]


def _values(element: _Element, depth: int) -> list[str | Node]:
    """Return what an element that names a property holds."""
    pointed = element.get(f"{_RDF}resource") or element.get(f"{_RDF}nodeID")
    if pointed:
        return [Node(key=str(pointed))]
    children = [child for child in element if isinstance(child.tag, str)]
    if not children or depth > _MAX_DEPTH:
        return [text] if (text := text_of(element)) else []
    if element.get(f"{_RDF}parseType") == "Resource":
        return [_node(element, 0, depth + 1)]
    found: list[str | Node] = []
    for child in children:
        if local_name(child) in _LISTS:
            for item in child:
                found += _values(item, depth + 1)
        else:
            found.append(_node(child, 0, depth + 1))
    return found
