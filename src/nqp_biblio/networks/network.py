"""The network: an immutable set of nodes and weighted edges that knows where it came from."""

from __future__ import annotations

import html
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray
    from scipy.sparse import csr_array

    from nqp_biblio.corpus.corpus import Corpus

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["EVIDENCE_COLUMNS", "NODE_EVIDENCE_COLUMNS", "Network", "Trace"]

EVIDENCE_COLUMNS = (
    "work_id",
    "title",
    "publication_year",
    "link",
    "printed_a",
    "printed_b",
)
"""Columns of ``Network.evidence`` of two nodes."""

NODE_EVIDENCE_COLUMNS = ("work_id", "title", "publication_year", "link", "printed")
"""Columns of ``Network.evidence`` of one node."""

_SHOWN = 10


class Trace(Protocol):
    """Finds what lies behind an edge or a node."""

    def __call__(self, first: int, second: int) -> Sequence[tuple[Any, ...]]:
        """Return one row of ``EVIDENCE_COLUMNS`` per link between two node indices."""

    def of_node(self, node: int) -> Sequence[tuple[Any, ...]]:
        """Return one row of ``NODE_EVIDENCE_COLUMNS`` per work behind a node index."""


@dataclass(frozen=True, eq=False, repr=False)
class Network:
    """Nodes and weighted edges, with the corpus and the rule that they were made from.

    A network never changes: each step returns a new one.

    Attributes
    ----------
    kind : str
        What joins the nodes: cotopic, cooccurrence, citation, cocitation, coupling,
        coauthorship or multimode.
    of : str
        What a node is: works, authors, sources, topics, …
    directed : bool
        Whether an edge runs from its source to its target; else source < target.
    ids : array of shape (n_nodes,)
        The key of each node: the ``work_id`` of a work, else its number among all such items
        of the corpus, from 1, which thresholds and years do not change.
    labels : tuple of str
        The name of each node; no two are the same.
    source, target : array of shape (n_edges,)
        Index of the node at each end; edges are sorted by both.
    weight : array of shape (n_edges,)
        Strength of each edge, as the rule in the manifest counts it.
    manifest : dict
        Kind, rule, parameters, counts and the paper that describes the method; each later
        step adds its own entry.
    node_columns, edge_columns : dict of str to array
        Further values per node (occurrences, cluster, x, y, …) and per edge (similarity).
    corpus : Corpus or None
        The corpus it was made from.
    incidence : csr_array or None
        What holds the nodes together (rows) by node (columns), one where it holds.
    trace : callable or None
        Finds what lies behind a node or an edge, for ``evidence``.
    """

    kind: str
    of: str
    directed: bool
    ids: IntArray
    labels: tuple[str, ...]
    source: IntArray
    target: IntArray
    weight: FloatArray
    manifest: dict[str, Any] = field(default_factory=dict)
    node_columns: dict[str, NDArray[Any]] = field(default_factory=dict)
    edge_columns: dict[str, NDArray[Any]] = field(default_factory=dict)
    corpus: Corpus | None = None
    incidence: Any = None
    trace: Trace | None = None

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return len(self.ids)

    @property
    def n_edges(self) -> int:
        """Number of edges."""
        return len(self.weight)

    @property
    def degree(self) -> IntArray:
        """Edges at each node, either direction."""
        return _per_node(self, np.ones(self.n_edges)).astype(np.int64)

    @property
    def strength(self) -> FloatArray:
        """Sum of the weights at each node (total link strength), either direction."""
        return _per_node(self, self.weight)

    @property
    def nodes(self) -> pd.DataFrame:
        """One row per node: id, label, further columns, links and total link strength."""
        import pandas as pd

        columns: dict[str, Any] = {"id": self.ids, "label": list(self.labels)}
        columns |= self.node_columns
        columns |= {"links": self.degree, "total_link_strength": self.strength}
        return pd.DataFrame(columns)

    @property
    def edges(self) -> pd.DataFrame:
        """One row per edge: ids and labels of its ends, weight, further columns."""
        import pandas as pd

        labels = np.array(self.labels, dtype=object)
        columns: dict[str, Any] = {
            "source": self.ids[self.source],
            "target": self.ids[self.target],
            "source_label": labels[self.source],
            "target_label": labels[self.target],
            "weight": self.weight,
        }
        return pd.DataFrame(columns | self.edge_columns)

    def index(self, node: str | int) -> int:
        """Return the index of a node given by its label or id.

        Raises
        ------
        UnknownNameError
            If there is no such node; a node can always be named by its id.
        """
        if isinstance(node, str):
            if node in self.labels:
                return self.labels.index(node)
            raise UnknownNameError("node", node, self._near(node))
        found = np.flatnonzero(self.ids == node)
        if found.size:
            return int(found[0])
        raise UnknownNameError("node", str(node), self._near(str(node)))

    def evidence(self, a: str | int, b: str | int | None = None) -> pd.DataFrame:
        """Return what lies behind a node, or behind the edge from one node to another.

        Parameters
        ----------
        a : str or int
            Label or id of a node.
        b : str or int, optional
            Label or id of another; the order matters in a directed network only.

        Returns
        -------
        DataFrame
            Of an edge one row per link, so that with full counting the number of rows is the
            weight. ``work_id``, ``title`` and ``publication_year`` name the work that joins
            the two (for coupling the cited work that they share, where it is known), ``link``
            what joins them (work, reference, topic, sentence, …), ``printed_a`` and
            ``printed_b`` what is printed there for each of the two. Without an edge there are
            no rows. Of a node one row per work (or passage) that has it, cites it or belongs
            to it, with ``printed`` for what is printed there.

        Raises
        ------
        UnknownNameError
            If there is no such node.
        OptionError
            If the network was not made from a corpus.
        """
        import pandas as pd

        first = self.index(a)
        second = None if b is None else self.index(b)
        if self.trace is None:
            raise OptionError("this network has no corpus behind it, so there is no evidence")
        rows = self.trace.of_node(first) if second is None else self.trace(first, second)
        names = NODE_EVIDENCE_COLUMNS if second is None else EVIDENCE_COLUMNS
        frame = pd.DataFrame(rows, columns=list(names))
        return frame.astype({"work_id": "Int64", "publication_year": "Int64"})

    def to_networkx(self) -> nx.Graph[Any]:
        """Return a networkx Graph, or DiGraph where directed, keyed by label."""
        import networkx as nx

        graph: nx.Graph[Any] = nx.DiGraph() if self.directed else nx.Graph()
        graph.graph.update(kind=self.kind, of=self.of)
        columns = {"id": self.ids, **self.node_columns}
        for label, values in zip(self.labels, _rows(columns, self.n_nodes), strict=True):
            graph.add_node(label, **values)
        columns = {"weight": self.weight, **self.edge_columns}
        ends = zip(self.source.tolist(), self.target.tolist(), strict=True)
        for (i, j), values in zip(ends, _rows(columns, self.n_edges), strict=True):
            graph.add_edge(self.labels[i], self.labels[j], **values)
        return graph

    def to_igraph(self) -> Any:  # noqa: ANN401  igraph may not be installed
        """Return a graph of igraph, with ``name`` for labels and all columns as attributes.

        Raises
        ------
        MissingExtraError
            If igraph is not installed.
        """
        from nqp_biblio.networks.conversions import igraph_of

        return igraph_of(self)

    def to_scipy(self) -> csr_array[Any]:
        """Return the weights as a sparse matrix of shape (n_nodes, n_nodes).

        Returns
        -------
        csr_array
            The weight of the edge from the node of the row to that of the column; symmetric
            where the network is undirected. Rows are in the order of ``labels``.
        """
        from nqp_biblio.networks.conversions import adjacency

        return adjacency(self)

    def with_nodes(self, **arrays: ArrayLike) -> Network:
        """Return the network with further values per node.

        Raises
        ------
        OptionError
            If an array has not one value per node.
        """
        made = {name: _checked(name, array, self.n_nodes) for name, array in arrays.items()}
        return replace(self, node_columns=self.node_columns | made)

    def with_edges(self, **arrays: ArrayLike) -> Network:
        """Return the network with further values per edge.

        Raises
        ------
        OptionError
            If an array has not one value per edge.
        """
        made = {name: _checked(name, array, self.n_edges) for name, array in arrays.items()}
        return replace(self, edge_columns=self.edge_columns | made)

    def with_manifest(self, **entries: object) -> Network:
        """Return the network with further entries in its manifest."""
        return replace(self, manifest=self.manifest | entries)

    def subnetwork(self, keep: ArrayLike) -> Network:
        """Return the network of some nodes and the edges among them.

        Parameters
        ----------
        keep : array of bool of shape (n_nodes,)
            The nodes that stay.

        Returns
        -------
        Network
            Values per node and edge are taken over as they are; ``counts`` in the manifest
            is made anew.
        """
        mask = _checked("keep", keep, self.n_nodes).astype(bool)
        place = np.cumsum(mask) - 1
        kept = np.flatnonzero(mask)
        edge = mask[self.source] & mask[self.target]
        small = replace(
            self,
            ids=self.ids[mask],
            labels=tuple(self.labels[i] for i in kept.tolist()),
            source=place[self.source[edge]],
            target=place[self.target[edge]],
            weight=self.weight[edge],
            node_columns={name: values[mask] for name, values in self.node_columns.items()},
            edge_columns={name: values[edge] for name, values in self.edge_columns.items()},
            incidence=None if self.incidence is None else self.incidence[:, kept],
            trace=None if self.trace is None else _Renumbered(self.trace, kept),
        )
        counts = self.manifest.get("counts", {}) | {"nodes": small.n_nodes, "edges": small.n_edges}
        return small.with_manifest(counts=counts)

    def components(self) -> IntArray:
        """Return the number of the connected set each node is in, from 0, largest first."""
        from scipy import sparse
        from scipy.sparse import csgraph

        shape = (self.n_nodes, self.n_nodes)
        ones = np.ones(self.n_edges, dtype=np.int8)
        matrix = sparse.coo_array((ones, (self.source, self.target)), shape=shape)
        if not self.n_nodes:
            return np.empty(0, dtype=np.int64)
        _, found = csgraph.connected_components(matrix, directed=False)
        _, first, sizes = np.unique(found, return_index=True, return_counts=True)
        place = np.empty(len(sizes), dtype=np.int64)
        place[np.lexsort((first, -sizes))] = np.arange(len(sizes))
        return place[found]

    def largest_component(self) -> Network:
        """Return the network of the largest connected set of nodes."""
        return self.subnetwork(self.components() == 0)

    def top(self, n: int, *, by: str = "total_link_strength") -> Network:
        """Return the network of the nodes that rank first.

        Parameters
        ----------
        n : int
            How many; of equals the first in the network stay.
        by : str
            A column of ``nodes`` with numbers: total_link_strength, links, occurrences, ….

        Raises
        ------
        UnknownNameError
            If there is no such column.
        OptionError
            If `n` is below 1.
        """
        if n < 1:
            raise OptionError(f"n is {n}; it must be 1 or more")
        values = {"total_link_strength": self.strength, "links": self.degree} | self.node_columns
        if by not in values:
            raise UnknownNameError("column of nodes", by, values)
        order = np.lexsort((np.arange(self.n_nodes), -np.nan_to_num(values[by].astype(float))))
        keep = np.zeros(self.n_nodes, dtype=bool)
        keep[order[:n]] = True
        return self.subnetwork(keep).with_manifest(top={"n": n, "by": by})

    def __repr__(self) -> str:
        """Say in one line what it is."""
        arrows = "directed, " if self.directed else ""
        return (
            f"<Network: {self.kind} of {self.of}, {arrows}"
            f"{self.n_nodes:,} nodes, {self.n_edges:,} edges>"
        )

    def _repr_html_(self) -> str:
        """Show the strongest nodes in a notebook, and the map where there is a layout."""
        from nqp_biblio.networks.sketch import sketch

        strength = self.strength
        order = np.lexsort((np.arange(self.n_nodes), -strength))[:_SHOWN]
        rows = "".join(
            f"<tr><td style='text-align:left'>{html.escape(self.labels[i])}</td>"
            f"<td>{strength[i]:g}</td></tr>"
            for i in order.tolist()
        )
        head = "<tr><th>node</th><th>total link strength</th></tr>"
        return f"<p>{html.escape(repr(self))}</p>{sketch(self)}<table>{head}{rows}</table>"

    def _near(self, node: str) -> list[str]:
        """Return labels to show where a node is unknown."""
        import difflib

        near = difflib.get_close_matches(node, self.labels, n=_SHOWN)
        return near or list(self.labels[:_SHOWN])


@dataclass(frozen=True)
class _Renumbered:
    """A trace for a part of the nodes."""

    trace: Trace
    kept: IntArray

    def __call__(self, first: int, second: int) -> Sequence[tuple[Any, ...]]:
        """Ask with the indices of the whole."""
        return self.trace(int(self.kept[first]), int(self.kept[second]))

    def of_node(self, node: int) -> Sequence[tuple[Any, ...]]:
        """Ask with the index of the whole."""
        return self.trace.of_node(int(self.kept[node]))


def _per_node(net: Network, values: FloatArray) -> FloatArray:
    """Sum a value per edge over the edges at each node."""
    sums: FloatArray = np.zeros(net.n_nodes)
    for ends in (net.source, net.target):
        sums += np.bincount(ends, values, minlength=net.n_nodes)
    return sums


def _checked(name: str, array: ArrayLike, length: int) -> NDArray[Any]:
    """Return an array if it has the right length."""
    made = np.asarray(array)
    if made.shape != (length,):
        raise OptionError(f"{name} has shape {made.shape}, not ({length},)")
    return made


def _rows(columns: Mapping[str, NDArray[Any]], length: int) -> list[dict[str, Any]]:
    """Turn columns into one dict of plain values per row."""
    lists = [values.tolist() for values in columns.values()]
    if not lists:
        return [{} for _ in range(length)]
    return [dict(zip(columns, row, strict=True)) for row in zip(*lists, strict=True)]
