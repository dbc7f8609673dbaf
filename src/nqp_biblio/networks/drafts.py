"""From nodes and edges as another program keeps them to a network."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import InputError
from nqp_biblio.networks.incidence import unique_labels
from nqp_biblio.networks.network import Network

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

__all__ = ["NetworkDraft", "column_of"]

_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,17})")
_MAX_INT = 2**63
_MAX_EXACT = 2**53
_NODE_NAMES = frozenset({"id", "label", "links", "total_link_strength"})
_EDGE_NAMES = frozenset({"source", "target", "source_label", "target_label", "weight"})
_IN_FILE = "{}_in_file"


@dataclass
class NetworkDraft:
    """Nodes and edges as they are read, before they are a network.

    Attributes
    ----------
    name : str
        What is read, for messages: a file.
    format : str
        Its format.
    kind, of : str
        What joins the nodes and what a node is, where it is told.
    directed : bool
        Whether edges run from their source to their target.
    nodes : dict of str to dict
        Values per node by its key in the file; ``label`` is its name, ``id`` its number.
    edges : list of (str, str, float, dict)
        Keys of both ends, weight, further values.
    has_keys : bool
        Whether the keys are those of the file; else they are made for reading.
    manifest : dict
        What else is told of the network.
    notes : list of str
        What was changed in reading.
    """

    name: str
    format: str
    kind: str = "network"
    of: str = "nodes"
    directed: bool = False
    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    edges: list[tuple[str, str, float, dict[str, Any]]] = field(default_factory=list)
    has_keys: bool = True
    manifest: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def error(self, reason: str, line: int | None = None) -> InputError:
        """Make an error that names the file, and the line where there is one."""
        return InputError(f"{self.name}:{line}: {reason}" if line else f"{self.name}: {reason}")

    def add_node(self, key: str, values: dict[str, Any], line: int | None = None) -> None:
        """Add a node.

        Raises
        ------
        InputError
            If there is one of that key.
        """
        if key in self.nodes:
            raise self.error(f"the node {key!r} is there a second time", line)
        self.nodes[key] = values

    def add_edge(
        self,
        ends: tuple[str, str],
        weight: float,
        values: dict[str, Any],
        line: int | None = None,
    ) -> None:
        """Add an edge.

        Raises
        ------
        InputError
            If the weight is not finite.
        """
        if not math.isfinite(weight):
            raise self.error(f"an edge has the weight {weight}", line)
        self.edges.append((*ends, weight, values))

    def direct(self, are_directed: Sequence[bool]) -> None:
        """Say of each edge whether it has a direction.

        Where some have one and some have none, the network is directed, and an edge without
        one runs both ways.
        """
        self.directed = any(are_directed) if are_directed else self.directed
        if not self.directed or all(are_directed):
            return
        both = [edge for edge, has_one in zip(self.edges, are_directed, strict=True) if not has_one]
        self.edges += [(b, a, weight, values) for a, b, weight, values in both if a != b]
        self.notes.append(
            f"{len(both)} edges have no direction among others that have one; they run both ways"
        )

    def number(self, text: str, what: str, line: int | None = None) -> float:
        """Read a finite number.

        Raises
        ------
        InputError
            If the text is none.
        """
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or "_" in text:
            raise self.error(f"the {what} {text[:80]!r} is no number", line)
        return value

    def network(self) -> Network:
        """Make the network.

        Returns
        -------
        Network
            Nodes in the order of the file, edges sorted; edges between the same two nodes are
            one with the sum of their weights, labels that stand more than once are told
            apart, and columns have the type that holds their values. ``manifest["notes"]``
            says what was changed so. There is no corpus.

        Raises
        ------
        InputError
            If an edge ends in a node that there is not.
        """
        source, target, weight, first = self._joined_edges()
        labels = [_label(values, key) for key, values in self.nodes.items()]
        distinct = unique_labels(labels)
        if n_changed := sum(a != b for a, b in zip(labels, distinct, strict=True)):
            self.notes.append(f"{n_changed} labels stood more than once and are told apart")
        ids = self._ids(labels)
        bare = Network(
            kind=self.kind,
            of=self.of,
            directed=self.directed,
            ids=ids,
            labels=tuple(distinct),
            source=source,
            target=target,
            weight=weight,
        )
        kept = [self.edges[i][3] for i in first]
        net = replace(
            bare,
            node_columns=_node_columns(list(self.nodes.values()), bare),
            edge_columns=_columns(kept, _EDGE_NAMES),
        )
        told = {"kind": self.kind, "of": self.of, "rule": "as the file says"}
        told |= {"file": self.name, "format": self.format}
        counts = {"nodes": net.n_nodes, "edges": net.n_edges}
        return net.with_manifest(**told, counts=counts, **self.manifest, notes=self.notes)

    def _joined_edges(self) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], list[int]]:
        """Sort the edges, and join those between the same two nodes."""
        place = {key: i for i, key in enumerate(self.nodes)}
        for one, other, *_ in self.edges:
            for key in (one, other):
                if key not in place:
                    raise self.error(f"an edge ends in {key!r}, and no node has that key")
        ends = np.array([(place[a], place[b]) for a, b, *_ in self.edges], dtype=np.int64)
        ends = ends.reshape(-1, 2) if self.directed else np.sort(ends.reshape(-1, 2), axis=1)
        weights = np.array([weight for _, _, weight, _ in self.edges], dtype=np.float64)
        pairs, first, of = np.unique(ends, axis=0, return_index=True, return_inverse=True)
        if n_more := len(ends) - len(pairs):
            self.notes.append(
                f"{n_more} edges stood between the same nodes as another; their weights are added"
                " and the further values are those of the first"
            )
        weight = np.zeros(len(pairs))
        np.add.at(weight, of.reshape(-1), weights)
        return pairs[:, 0].copy(), pairs[:, 1].copy(), weight, first.tolist()

    def _ids(self, labels: Sequence[str]) -> NDArray[np.int64]:
        """Take the numbers of the nodes from the file, or number them from 1."""
        given = [values.pop("id", None) for values in self.nodes.values()]
        keys = [_whole(key) if self.has_keys else None for key in self.nodes]
        numbers = next((found for found in (given, keys) if _are_ids(found)), None)
        nodes = zip(self.nodes.items(), labels, given, numbers or keys, strict=True)
        for (key, values), label, number, taken in nodes:
            if number is not None and number != taken:
                values["id"] = number
            if self.has_keys and key not in (label, str(taken)):
                values.setdefault("key", key)
        return np.array(numbers or range(1, len(self.nodes) + 1), dtype=np.int64)


def _are_ids(numbers: Sequence[object]) -> bool:
    """Whether all are whole numbers, each there once."""
    is_whole = all(type(n) is int and abs(n) < _MAX_INT for n in numbers)
    return is_whole and len(set(numbers)) == len(numbers)


def column_of(values: Sequence[Any]) -> NDArray[Any]:
    """Put values, None where there is none, into an array of the narrowest type.

    Examples
    --------
    >>> column_of([1, 2]).dtype, column_of([1, None]).tolist(), column_of(["a", None]).tolist()
    (dtype('int64'), [1.0, nan], ['a', None])
    """
    types = {type(value) for value in values if value is not None}
    is_whole = None not in values
    if types == {bool} and is_whole:
        return np.array(values, dtype=bool)
    if types == {int} and is_whole and all(abs(value) < _MAX_INT for value in values):
        return np.array(values, dtype=np.int64)
    if types and types <= {int, float} and not _is_beyond(values):
        return np.array([math.nan if v is None else v for v in values], dtype=np.float64)
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def _is_beyond(values: Iterable[Any]) -> bool:
    """Whether a whole number has more digits than a float holds."""
    return any(type(value) is int and abs(value) > _MAX_EXACT for value in values)


def _label(values: dict[str, Any], key: str) -> str:
    """Take the label of a node out of its values: ``name``, or its key, where it has none."""
    label = values.pop("label", None)
    if label is None:
        label = values.pop("name", None)
    return key if label is None else str(label)


def _whole(key: str) -> int | None:
    """Read a key that is a whole number as Python prints it."""
    return int(key) if _WHOLE.fullmatch(key) else None


def _node_columns(rows: list[dict[str, Any]], bare: Network) -> dict[str, NDArray[Any]]:
    """Make the columns of nodes; what can be counted from the edges is left out."""
    counted = {"links": bare.degree, "total_link_strength": bare.strength}
    columns = {}
    for name, column in _columns(rows, frozenset()).items():
        if name in counted and _is_near(column, counted[name]):
            continue
        columns[_IN_FILE.format(name) if name in _NODE_NAMES else name] = column
    if "cluster" in columns:
        columns["cluster"] = _clusters(columns["cluster"])
    for name in ("x", "y"):
        if name in columns and columns[name].dtype == np.int64:
            columns[name] = columns[name].astype(np.float64)
    return columns


def _columns(rows: list[dict[str, Any]], taken: frozenset[str]) -> dict[str, NDArray[Any]]:
    """Make a column of each name that a row has."""
    names = dict.fromkeys(name for row in rows for name in row)
    return {
        _IN_FILE.format(name) if name in taken else name: column_of(
            [_plain(row.get(name)) for row in rows]
        )
        for name in names
    }


def _plain(value: object) -> bool | int | float | str | None:
    """Return a value as a column holds it; a list or an object is its JSON."""
    if hasattr(value, "item"):
        value = value.item()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _is_near(column: NDArray[Any], counted: NDArray[Any]) -> bool:
    """Whether values are those that are counted."""
    return column.dtype != object and bool(np.allclose(column, counted, atol=1e-9))


def _clusters(column: NDArray[Any]) -> NDArray[Any]:
    """Make numbers of clusters whole; 0 is no cluster."""
    if column.dtype != np.float64:
        return column
    filled = np.nan_to_num(column)
    return filled.astype(np.int64) if np.array_equal(filled, np.floor(filled)) else column
