"""Main paths: the citations along which most of the paths of a field run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.acyclic import without_cycles
from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.traversal import (
    EXACT,
    WEIGHTS,
    WEIGHTS_REFERENCES,
    check_weight,
    of_links,
    traverse,
)
from nqp_biblio.networks.citation import citation_network
from nqp_biblio.networks.compiling import compiled
from nqp_biblio.networks.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.acyclic import Acyclic
    from nqp_biblio.measures.as_of import AsOf
    from nqp_biblio.measures.traversal import Traversal

    BoolArray = NDArray[np.bool_]
    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    Graph = tuple[IntArray, IntArray, IntArray]

__all__ = ["SEARCHES", "main_path"]

SEARCHES = {
    "local": "from the heaviest citation of a work that cites none, always on over the heaviest"
    " citation by a later work",
    "local-backward": "from the heaviest citation by a work that none cites, always back over"
    " the heaviest citation of an earlier work",
    "global": "the path from a work that cites none to a work that none cites with the largest"
    " sum of weights",
    "key-route": "from each of the heaviest citations back and on, always over the heaviest",
    "key-route-global": "through each of the heaviest citations the path with the largest sum",
}
"""How a path is found, by name."""

_TIE = 1e-10
_LIU = (
    "Liu, J. S. & Lu, L. Y. Y. (2012). An integrated approach for main path analysis:"
    " Development of the Hirsch index as an example. JASIST 63(3), 528-542."
    " https://doi.org/10.1002/asi.21692"
)


def main_path(
    given: Corpus | Network,
    *,
    search: str = "key-route",
    weight: str = "spc",
    n_routes: int = 10,
    cycles: str = "preprint",
    as_of: AsOf = None,
) -> Network:
    """Find the main path through the citations between works.

    Parameters
    ----------
    given : Corpus or Network
        A corpus after ``link_references``; or any directed network from citing to cited.
    search : {"local", "local-backward", "global", "key-route", "key-route-global"}
        ``local`` [1]_: begin with the heaviest citation of those works that cite none, and
        from each work go on over the heaviest citation by a later one. ``local-backward``:
        begin with the heaviest citation by those works that none cites, and go back.
        ``global`` [2]_: the path of the largest sum of weights. ``key-route`` [2]_: begin
        with the `n_routes` heaviest citations of all, and go on and back from each;
        ``key-route-global``: the path of the largest sum through each of them.
    weight : {"spc", "splc", "spnp", "nppc"}
        What a citation weighs; see ``traversal_weights``.
    n_routes : int
        Heaviest citations to begin with, for the key routes; 1 or more. All that weigh the
        same as the last one count too.
    cycles : {"preprint", "drop"}
        What becomes of works that cite each other; see ``without_cycles``.
    as_of : int, str or None
        Works published later are left out.

    Returns
    -------
    Network
        The works and citations on the path, from citing to cited, with the weight of each
        citation as an edge column named as `weight` and its logarithm ``log10_…``. Where
        several citations, or sums, are equal, all of them are followed; the manifest says at
        how many works that was so (``ties``) and how many ``paths`` the network has from end
        to end. Its ``exact`` says whether all weights are below 2^53; larger ones that differ
        by less than 1e-10 of themselves count as equal.

    Raises
    ------
    UnknownNameError
        If there is no such search, weight or way with cycles.
    OptionError
        If the network is not directed, nothing in it is cited, or `n_routes` is below 1.

    References
    ----------
    .. [1] Hummon, N. P. & Doreian, P. (1989). Connectivity in a citation network: The
       development of DNA theory. Social Networks 11(1), 39-63.
       https://doi.org/10.1016/0378-8733(89)90017-8
    .. [2] Liu, J. S. & Lu, L. Y. Y. (2012). An integrated approach for main path analysis:
       Development of the Hirsch index as an example. JASIST 63(3), 528-542.
       https://doi.org/10.1002/asi.21692

    Examples
    --------
    >>> path = main_path(corpus, search="global", weight="splc")  # doctest: +SKIP
    """
    check_weight(weight)
    if search not in SEARCHES:
        raise UnknownNameError("search of main paths", search, SEARCHES)
    if n_routes < 1:
        raise OptionError(f"n_routes is {n_routes}; it must be 1 or more")
    net, year = _cited_network(given, as_of)
    mine = np.flatnonzero(net.source != net.target)
    if not mine.size:
        raise OptionError("nothing here is cited by another; main paths run over citations")
    graph = without_cycles(net.source[mine], net.target[mine], net.n_nodes, cycles=cycles)
    found = traverse(graph, weight)
    ways = _Ways(graph, found, n_routes)
    kept, n_ties = _follow(ways, _PLANS[search](ways))
    edges = np.zeros(net.n_edges, dtype=bool)
    edges[mine[graph.links[kept]]] = True
    values = of_links(graph, found)
    columns = np.full((2, net.n_edges), np.nan)
    columns[:, mine] = values.weight, values.log2 * np.log10(2)
    weighed = net.with_edges(**{weight: columns[0], f"log10_{weight}": columns[1]})
    entry = {
        "search": search,
        "weight": weight,
        "rule": f"{SEARCHES[search]}; weights are {WEIGHTS[weight]}",
        "n_routes": n_routes if search.startswith("key-route") else None,
        "as_of": year,
        "ties": n_ties,
        "paths": _n_paths(graph, kept),
    }
    told = entry | _told(found) | graph.told(cycles)
    return _part(weighed, edges).with_manifest(main_path=told)


def _told(found: Traversal) -> dict[str, object]:
    """Return what the manifest says of the weights, and the papers."""
    return {
        "exact": found.is_exact,
        "weights_divided_by": f"2^{found.shift}" if found.shift else "1",
        "references": [*WEIGHTS_REFERENCES, _LIU],
    }


def _cited_network(given: Corpus | Network, as_of: AsOf) -> tuple[Network, int | None]:
    """Return the network of citations of the works until a day."""
    if not isinstance(given, Network):
        corpus, year = until(given, as_of)
        return citation_network(corpus), year
    if not given.directed:
        raise OptionError("a main path needs a directed network, from citing to cited")
    if as_of is None:
        return given, None
    if given.corpus is None or given.of != "works":
        raise OptionError("as_of needs a network of works made from a corpus; leave it out")
    corpus, year = until(given.corpus, as_of)
    kept = np.asarray(corpus.columns("SELECT work_id FROM works ORDER BY work_id")["work_id"])
    return given.subnetwork(np.isin(given.ids, kept)), year


def _n_paths(graph: Acyclic, arcs: IntArray) -> int | float:
    """Count the paths from end to end over some arcs; inf where floats cannot hold them."""
    few = without_cycles(graph.citing[arcs], graph.cited[arcs], graph.n_nodes)
    with np.errstate(over="ignore"):
        n_paths = float(np.exp2(traverse(few).log2_total))
    return round(n_paths) if n_paths < EXACT else n_paths


def _part(net: Network, edges: BoolArray) -> Network:
    """Return the network of some edges and their ends."""
    few = replace(
        net,
        source=net.source[edges],
        target=net.target[edges],
        weight=net.weight[edges],
        edge_columns={name: values[edges] for name, values in net.edge_columns.items()},
    )
    ends = np.zeros(net.n_nodes, dtype=bool)
    ends[few.source] = ends[few.target] = True
    return few.subnetwork(ends)


@dataclass(frozen=True)
class _Ways:
    """An acyclic network with weights, and which arc is the best way on or back."""

    graph: Acyclic
    found: Traversal
    n_routes: int

    @cached_property
    def citing(self) -> IntArray:
        """The citing node of each arc."""
        return self.graph.citing

    @cached_property
    def sizes(self) -> FloatArray:
        """Weights to compare; their logarithms where floats round them."""
        return self.found.weight if self.found.is_exact else self.found.log2

    @cached_property
    def heaviest_on(self) -> BoolArray:
        """Whether an arc is the heaviest by which its cited node is cited."""
        return self._first_of(self.graph.cited)

    @cached_property
    def heaviest_back(self) -> BoolArray:
        """Whether an arc is the heaviest by which its citing node cites."""
        return self._first_of(self.citing)

    def heaviest(self, arcs: BoolArray, n: int = 1) -> BoolArray:
        """Say which of some arcs are the n heaviest; those equal to the last count too."""
        sizes = np.sort(self.sizes[arcs])
        least = sizes[-n] if n <= len(sizes) else sizes[0]
        return arcs & self._reaches(self.sizes, least)

    @cached_property
    def sums(self) -> tuple[FloatArray, FloatArray]:
        """Largest sum of weights of a path that ends, or begins, at each node."""
        arcs = self.graph.indptr, self.graph.cited, self.graph.order
        before, after = compiled(_longest)(arcs, self.found.weight)
        return before, after

    @cached_property
    def through(self) -> FloatArray:
        """Largest sum of the paths through each arc."""
        before, after = self.sums
        sums: FloatArray = before[self.graph.cited] + self.found.weight + after[self.citing]
        return sums

    @cached_property
    def best_on(self) -> BoolArray:
        """Whether an arc begins the path of the largest sum from its cited node on."""
        after = self.sums[1]
        return self._is_sum(self.found.weight + after[self.citing], after[self.graph.cited])

    @cached_property
    def best_back(self) -> BoolArray:
        """Whether an arc ends the path of the largest sum to its citing node."""
        before = self.sums[0]
        return self._is_sum(self.found.weight + before[self.graph.cited], before[self.citing])

    def best(self) -> BoolArray:
        """Say which arcs to begin with for the path of the largest sum of all."""
        top = self._is_sum(self.through, self.through.max())
        return top if self._sums_are_exact else self.heaviest(top)

    @property
    def _sums_are_exact(self) -> bool:
        return self.found.is_exact and float(self.through.max(initial=0.0)) < EXACT

    def _is_sum(self, sums: FloatArray, largest: FloatArray | float) -> BoolArray:
        slack = 0.0 if self._sums_are_exact else _TIE
        reached: BoolArray = sums >= np.multiply(largest, 1 - slack)
        return reached

    def _reaches(self, sizes: FloatArray, least: FloatArray | float) -> BoolArray:
        slack = 0.0 if self.found.is_exact else _TIE / np.log(2)
        reached: BoolArray = sizes >= np.subtract(least, slack)
        return reached

    def _first_of(self, ends: IntArray) -> BoolArray:
        largest = compiled(_largest)(ends, self.sizes, self.graph.n_nodes)
        return self._reaches(self.sizes, largest[ends])


def _largest(ends: IntArray, sizes: FloatArray, n_nodes: int) -> FloatArray:
    """Return the largest size at each end, without the time that ``maximum.at`` takes."""
    largest = np.full(n_nodes, -np.inf)
    for i in range(len(ends)):
        largest[ends[i]] = max(largest[ends[i]], sizes[i])
    return largest


Plan = tuple["BoolArray", "BoolArray | None", "BoolArray | None"]


def _local(ways: _Ways) -> Plan:
    """Begin at works that cite none."""
    cites_none = np.diff(ways.graph.indptr) == 0
    return ways.heaviest(cites_none[ways.graph.cited]), ways.heaviest_on, None


def _local_backward(ways: _Ways) -> Plan:
    """Begin at works that none cites."""
    uncited = np.bincount(ways.graph.cited, minlength=ways.graph.n_nodes) == 0
    return ways.heaviest(uncited[ways.citing]), None, ways.heaviest_back


def _key_routes(ways: _Ways) -> BoolArray:
    """Return the heaviest arcs of all."""
    return ways.heaviest(np.ones(len(ways.sizes), dtype=bool), ways.n_routes)


_PLANS: dict[str, Callable[[_Ways], Plan]] = {
    "local": _local,
    "local-backward": _local_backward,
    "global": lambda ways: (ways.best(), ways.best_on, ways.best_back),
    "key-route": lambda ways: (_key_routes(ways), ways.heaviest_on, ways.heaviest_back),
    "key-route-global": lambda ways: (_key_routes(ways), ways.best_on, ways.best_back),
}


def _follow(ways: _Ways, plan: Plan) -> tuple[IntArray, int]:
    """Return the arcs that are reached from some over the best ones, and how often two tied."""
    begin, on, back = plan
    kept = set(np.flatnonzero(begin).tolist())
    n_ties = 0
    start = sorted(kept)
    cited, citing = ways.graph.cited, ways.citing
    for best, from_node, to_node in ((on, cited, citing), (back, citing, cited)):
        if best is None:
            continue
        arcs = np.flatnonzero(best)
        arcs = arcs[np.argsort(from_node[arcs], kind="stable")]
        keys = from_node[arcs]
        waiting = sorted(set(to_node[start].tolist()))
        seen = set(waiting)
        while waiting:
            node = waiting.pop()
            first, last = np.searchsorted(keys, [node, node + 1])
            n_ties += last - first > 1
            for arc in arcs[first:last].tolist():
                kept.add(arc)
                if (other := int(to_node[arc])) not in seen:
                    seen.add(other)
                    waiting.append(other)
    return np.array(sorted(kept), dtype=np.int64), int(n_ties)


def _longest(graph: Graph, weight: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the largest sum of weights of a path to each node, and from each node."""
    indptr, cited, order = graph
    before, after = np.zeros(len(order)), np.zeros(len(order))
    for place in range(len(order) - 1, -1, -1):
        node = order[place]
        for at in range(indptr[node], indptr[node + 1]):
            before[node] = max(before[node], before[cited[at]] + weight[at])
    for node in order:
        for at in range(indptr[node], indptr[node + 1]):
            after[cited[at]] = max(after[cited[at]], after[node] + weight[at])
    return before, after
