"""RDF as nodes: lines, lists, references, and files that break."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.rdf_nodes import Node, read_nodes
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem

HEAD = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x">\n'


def _read(text: str) -> list[Node | Problem]:
    return list(read_nodes(Source("a.rdf", data=text.encode("utf-8", "replace"))))


def _of(inner: str) -> Node:
    (node,) = _read(f"{HEAD}{inner}</rdf:RDF>")
    assert isinstance(node, Node)
    return node


def test_lines_and_keys() -> None:
    """Nodes know their line, class and address; what stands between them does not count."""
    inner = '<!-- <x:B> -->\n<x:A rdf:about="a"/>\n\n<x:B rdf:nodeID="b">\n<x:c>1</x:c></x:B>'
    found = [(node.kind, node.key, node.line) for node in _read(f"{HEAD}{inner}\n</rdf:RDF>")]  # type: ignore[union-attr]
    assert found == [("A", "a", 3), ("B", "b", 5)]


@pytest.mark.parametrize(
    ("inner", "values"),
    [
        ("<x:c>1 &amp; 2</x:c>", [("c", "1 & 2")]),
        ("<x:c/>", []),
        ('<x:c rdf:resource="r"/>', [("c", Node(key="r"))]),
        (
            "<x:c><rdf:Seq><rdf:li>1</rdf:li><rdf:_1>2</rdf:_1></rdf:Seq></x:c>",
            [("c", "1"), ("c", "2")],
        ),
        ("<x:c><x:D><x:e>1</x:e></x:D></x:c>", [("c", Node("D", values=[("e", "1")], line=0))]),
        (
            '<x:c rdf:parseType="Resource"><x:e>1</x:e></x:c>',
            [("c", Node("c", values=[("e", "1")], line=0))],
        ),
    ],
)
def test_values(inner: str, values: list[tuple[str, str | Node]]) -> None:
    """Texts, references, lists and nodes within are read."""
    assert _of(f"<x:A>{inner}</x:A>").values == values


def test_declared_class() -> None:
    """A description takes the class that its type names."""
    node = _of('<rdf:Description><rdf:type rdf:resource="http://y.org/z#Book"/></rdf:Description>')
    assert (node.kind, node.values) == ("Book", [])


@pytest.mark.parametrize("text", ["<x:A><x:b></x:A>", "<x:A>&bad</x:A>", '<x:A x:b="<"/>'])
def test_broken_node(text: str) -> None:
    """A node that breaks is a problem; the next one is read."""
    found = _read(f"{HEAD}{text}\n<x:Z/></rdf:RDF>")
    assert any(isinstance(entry, Problem) for entry in found)


def test_control_character() -> None:
    """A character that XML forbids is told, and its node is read."""
    found = _read(f"{HEAD}<x:A>{'y' * 100}\x01</x:A>\n<x:Z/></rdf:RDF>")
    assert [type(entry) for entry in found] == [Problem, Node, Node]


def test_deep_nesting() -> None:
    """Nodes within nodes end somewhere."""
    inner = "<x:A><x:b>" * 100 + "1" + "</x:b></x:A>" * 100
    assert _of(inner).kind == "A"


@given(st.text())
def test_any_text(text: str) -> None:
    """Any text gives nodes and problems."""
    with contextlib.suppress(InputError):
        _read(HEAD + text)
