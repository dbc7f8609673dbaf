"""The lines of Pajek's files: vertices, arcs, edges, lists, matrices, partitions, vectors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.networks.drafts import NetworkDraft
    from nqp_biblio.readers.source import Source

__all__ = ["PajekReader", "read_numbers"]

_WORD = re.compile(r'"([^"]*+)"|(\S++)')
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_WHOLE = re.compile(r"[+-]?\d{1,18}")
_ENTITY = re.compile(r"&#(\d{1,7});")
_RELATION = re.compile(r":\s{0,9}(\d{1,9})(?:\s{1,9}\"([^\"]*)\")?")
_SHAPES = frozenset({"ellipse", "box", "diamond", "triangle", "cross", "empty", "man", "woman"})
_MAX_UNLISTED = 1_000_000
_MAX_CODE = 0x110000
_DEPTH = 0.5
"""Where a vertex stands in depth that is drawn flat."""
_AXES = ("x", "y", "z")


class PajekReader:
    """Reads a file line by line into a draft.

    Parameters
    ----------
    draft : NetworkDraft
        What is filled.
    """

    def __init__(self, draft: NetworkDraft) -> None:
        self._draft = draft
        self._section = ""
        self._relation = ""
        self._count = 0
        self._row = 0
        self._column = ""
        self._listed: set[int] = set()
        self._directions: list[bool] = []
        self._readers = {
            "vertices": self._vertex,
            "arcs": self._line,
            "edges": self._line,
            "arcslist": self._list,
            "edgeslist": self._list,
            "matrix": self._matrix,
            "partition": self._number,
            "vector": self._number,
        }

    def read(self, text: str, line: int) -> None:
        """Read a line."""
        if not text.strip() or text.lstrip().startswith("%"):
            return
        if text.lstrip().startswith("*"):
            self._begin(text.strip(), line)
        elif self._section in self._readers:
            self._readers[self._section](_words(text), line)
        elif self._section != "network":
            raise self._draft.error(f"{text.strip()[:60]!r} stands before any section", line)

    def finish(self) -> None:
        """Put the vertices in order, and say which way edges run."""
        nodes = self._draft.nodes
        if len(nodes) != self._count:
            reason = f"{len(nodes)} of {self._count} vertices are listed"
            raise self._draft.error(f"{reason}; so many cannot be left out")
        self._draft.nodes = {key: nodes[key] for key in sorted(nodes, key=int)}
        if all(values.get("z", _DEPTH) in (0.0, _DEPTH) for values in nodes.values()):
            for values in nodes.values():
                values.pop("z", None)
        self._draft.has_keys = False
        self._draft.direct(self._directions)

    def _begin(self, text: str, line: int) -> None:
        """Begin a section."""
        name, _, rest = text[1:].partition(" ")
        name = name.split(":")[0].lower()
        if name == "vertices" and self._column:
            return
        self._section, self._row, self._relation, self._column = name, 0, "", ""
        if name == "vertices":
            self._begin_vertices(rest, line)
        elif name in ("partition", "vector"):
            self._column = "cluster" if name == "partition" else rest.strip() or "vector"
        elif name == "network":
            if rest.strip():
                self._draft.manifest["network_name"] = rest.strip()
        elif name not in self._readers:
            raise self._draft.error(f"a section {name[:40]!r} of Pajek that is not read", line)
        elif found := _RELATION.search(text):
            self._relation = found[2] or found[1]

    def _begin_vertices(self, rest: str, line: int) -> None:
        """Make the vertices, which need not be listed."""
        counts = rest.split()
        if not counts or not all(_WHOLE.fullmatch(count) for count in counts[:2]):
            raise self._draft.error("*Vertices without their number", line)
        if self._draft.nodes:
            raise self._draft.error("a second network in the file; one is read", line)
        self._count = int(counts[0])
        if self._count > _MAX_UNLISTED:
            return
        for number in range(1, self._count + 1):
            values: dict[str, Any] = {"label": str(number)}
            if len(counts) > 1:
                values["mode"] = 1 if number <= int(counts[1]) else 2
            self._draft.nodes[str(number)] = values

    def _vertex(self, words: list[str], line: int) -> None:
        """Read a vertex: number, label, place, shape and what is drawn."""
        key = words[0]
        if not _WHOLE.fullmatch(key) or not 1 <= int(key) <= self._count:
            raise self._draft.error(f"the vertex {key[:40]!r} is not one of {self._count}", line)
        values = self._draft.nodes.setdefault(str(int(key)), {"label": key})
        if int(key) in self._listed:
            raise self._draft.error(f"the vertex {key} is there a second time", line)
        self._listed.add(int(key))
        rest = words[2:]
        if len(words) > 1:
            values["label"] = _decoded(words[1])
        for axis in _AXES:
            if rest and _NUMBER.fullmatch(rest[0]):
                values[axis] = self._draft.number(rest.pop(0), axis, line)
        if rest and rest[0].lower() in _SHAPES:
            values["shape"] = rest.pop(0)
        values |= _drawn(rest)

    def _line(self, words: list[str], line: int) -> None:
        """Read an arc or an edge: two vertices, a weight and what is drawn."""
        if len(words) < 2:  # noqa: PLR2004
            raise self._draft.error("an edge needs two vertices", line)
        weight, further = 1.0, words[2:]
        if further and not further[0].isalpha() and not further[0].startswith("["):
            weight = self._draft.number(further.pop(0), "weight", line)
        self._add(words[0], words[1], weight, line, _drawn(further))

    def _list(self, words: list[str], line: int) -> None:
        """Read a vertex and those that it is joined with."""
        first, *others = words
        for other in others:
            self._add(first, other, 1.0, line, {})

    def _matrix(self, words: list[str], line: int) -> None:
        """Read a row of the matrix of weights."""
        self._row += 1
        if len(words) != self._count:
            raise self._draft.error(f"{len(words)} numbers for {self._count} vertices", line)
        for number, word in enumerate(words, 1):
            if weight := self._draft.number(word, "weight", line):
                self._add(str(self._row), str(number), weight, line, {})

    def _number(self, words: list[str], line: int) -> None:
        """Read a value of a partition or a vector of a project."""
        self._row += 1
        values = self._draft.nodes.get(str(self._row))
        if values is None:
            raise self._draft.error(f"more numbers than {self._count} vertices", line)
        values[self._column] = _whole_or_real(self._draft, words[0], line)

    def _add(self, one: str, other: str, weight: float, line: int, further: dict[str, str]) -> None:
        """Add an edge."""
        for key in (one, other):
            if not _WHOLE.fullmatch(key) or str(int(key)) not in self._draft.nodes:
                reason = f"an edge ends in {key[:40]!r}, which is no vertex"
                raise self._draft.error(reason, line)
        if self._relation:
            further["relation"] = self._relation
        ends = str(int(one)), str(int(other))
        self._draft.add_edge(ends, weight, dict(further), line)
        self._directions.append(not self._section.startswith("edges"))


def read_numbers(draft: NetworkDraft, source: Source) -> Iterator[int | float]:
    """Yield the numbers of a partition or a vector."""
    for line, text in enumerate(source.lines(), 1):
        word = text.strip()
        if word and not word.startswith(("*", "%")):
            yield _whole_or_real(draft, word, line)


def _whole_or_real(draft: NetworkDraft, word: str, line: int) -> int | float:
    """Read a number."""
    if _WHOLE.fullmatch(word):
        return int(word)
    return draft.number(word, "number", line)


def _words(text: str) -> list[str]:
    """Split a line into its words; a label in quotation marks is one."""
    return [found[2] if found[1] is None else found[1] for found in _WORD.finditer(text)]


def _drawn(words: list[str]) -> dict[str, str]:
    """Read what is drawn: names with their values, and times in brackets."""
    times = [word for word in words if word.startswith("[")]
    rest = [word for word in words if not word.startswith("[")]
    found = dict(zip(rest[0::2], rest[1::2], strict=False))
    return found | ({"time": " ".join(times)} if times else {})


def _decoded(label: str) -> str:
    """Turn the numbers of characters into characters."""
    return _ENTITY.sub(
        lambda found: chr(int(found[1])) if int(found[1]) < _MAX_CODE else found[0], label
    )
