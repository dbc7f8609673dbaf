"""Traversal weights: how many paths through the citations run over each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.measures.acyclic import without_cycles
from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.citations import citation_links
from nqp_biblio.measures.result import Result
from nqp_biblio.networks.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.acyclic import Acyclic
    from nqp_biblio.measures.as_of import AsOf

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    Graph = tuple[IntArray, IntArray, IntArray]
    Scaled = tuple[FloatArray, IntArray]

__all__ = [
    "EXACT",
    "WEIGHTS",
    "WEIGHTS_REFERENCES",
    "Traversal",
    "check_weight",
    "of_links",
    "traversal_weights",
    "traverse",
]

WEIGHTS = {
    "spc": "search path count: paths from a work that cites none to a work that none cites",
    "splc": "search path link count: paths from any work to a work that none cites",
    "spnp": "search path node pair: paths from any work to any work",
    "nppc": "node pair projection count: pairs of works that a path over the citation joins",
}
"""What a weight counts, by name."""

_HUMMON = (
    "Hummon, N. P. & Doreian, P. (1989). Connectivity in a citation network: The development of"
    " DNA theory. Social Networks 11(1), 39-63. https://doi.org/10.1016/0378-8733(89)90017-8"
)
_BATAGELJ = (
    "Batagelj, V. (2003). Efficient algorithms for citation network analysis."
    " arXiv:cs/0309023. https://doi.org/10.48550/arXiv.cs/0309023"
)

WEIGHTS_REFERENCES = [_HUMMON, _BATAGELJ]
"""The papers that the weights come from."""

EXACT = 2.0**53
"""Whole numbers below this are exact as floats."""

_BITS = 500
_UP, _DOWN = 2.0**_BITS, 2.0**-_BITS
_WORDS = 8
_BY_2, _BY_4 = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333)
_BY_8, _ONES = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)
_LOG10_OF_2 = float(np.log10(2.0))
_EVERY = {"spc": (False, False), "splc": (True, False), "spnp": (True, True)}


@dataclass(frozen=True, slots=True)
class Traversal:
    """The weight of each arc of an acyclic network.

    Attributes
    ----------
    weight : array of float, shape (n_arcs,)
        The weights, divided by 2 to the power of `shift`.
    shift : int
        0 unless a weight is 2^1000 or more. After the division the smallest may come out as 0;
        `log2` has them.
    scaled_log2 : array of float, shape (n_arcs,), or None
        Logarithms to base 2 of the weights as they are, where they were divided.
    log2_total : float
        Logarithm of the number of paths from a work that cites none to one that none cites;
        nan where the weight is not ``spc``, -inf where there is no arc.
    """

    weight: FloatArray
    shift: int
    scaled_log2: FloatArray | None
    log2_total: float

    @property
    def log2(self) -> FloatArray:
        """Logarithm to base 2 of each weight."""
        if self.scaled_log2 is not None:
            return self.scaled_log2
        with np.errstate(divide="ignore"):
            logs: FloatArray = np.log2(self.weight)
        return logs

    @property
    def is_exact(self) -> bool:
        """Whether all weights are whole numbers that floats hold without rounding."""
        return not self.shift and float(self.weight.max(initial=0.0)) < EXACT


def traversal_weights(
    corpus: Corpus, *, weight: str = "spc", cycles: str = "preprint", as_of: AsOf = None
) -> Result:
    """Count the paths of citations that run over each citation between works.

    Parameters
    ----------
    corpus : Corpus
        A corpus after ``link_references``.
    weight : {"spc", "splc", "spnp", "nppc"}
        What is counted for the citation of u by v, with paths from cited to citing works:
        ``spc`` paths from a work that cites none, over u and v, to a work that none cites
        [2]_; ``splc`` such paths that begin at any work; ``spnp`` paths that begin at any
        work and end at any; ``nppc`` the works that a path leads from to u, u counted, times
        the works that a path leads to from v, v counted [1]_.
    cycles : {"preprint", "drop"}
        What becomes of works that cite each other; see ``without_cycles``. The weight of a
        citation is the sum over its copies.
    as_of : int, str or None
        Works published later are left out.

    Returns
    -------
    Result
        Columns ``citing_work_id``, ``cited_work_id``, ``weight``, ``log10_weight`` and
        ``share`` (of all paths, for ``spc``; else None), by citing, then cited work. Weights
        up to 2^53 are exact. Larger ones are floats, right to about 12 digits; counts of
        paths outgrow any float in large networks, so that they are kept as a float and a
        power of 2, and where one is 2^1000 or more the column ``weight`` is divided by the
        power of 2 that the manifest names. Cost is linear in the citations; for ``nppc`` it
        is the citations times the works / 512.

    Raises
    ------
    UnknownNameError
        If there is no such weight or way with cycles.

    References
    ----------
    .. [1] Hummon, N. P. & Doreian, P. (1989). Connectivity in a citation network: The
       development of DNA theory. Social Networks 11(1), 39-63.
       https://doi.org/10.1016/0378-8733(89)90017-8
    .. [2] Batagelj, V. (2003). Efficient algorithms for citation network analysis.
       arXiv:cs/0309023. https://doi.org/10.48550/arXiv.cs/0309023

    Examples
    --------
    >>> traversal_weights(corpus, weight="splc").frame  # doctest: +SKIP
    """
    check_weight(weight)
    corpus, year = until(corpus, as_of)
    links = citation_links(corpus)
    graph = without_cycles(links.citing, links.cited, len(links.work_id), cycles=cycles)
    found = of_links(graph, traverse(graph, weight))
    share = np.full(len(found.weight), np.nan)
    if weight == "spc":
        share = np.exp2(found.log2 - found.log2_total)
    columns = {
        "citing_work_id": links.work_id[links.citing],
        "cited_work_id": links.work_id[links.cited],
        "weight": found.weight,
        "log10_weight": found.log2 * _LOG10_OF_2,
        "share": share,
    }
    manifest: dict[str, object] = {
        "measure": "traversal weights",
        "weight": weight,
        "rule": WEIGHTS[weight],
        "as_of": year,
        "works": len(links.work_id),
        "citations": len(links.citing),
        "weights_divided_by": f"2^{found.shift}" if found.shift else "1",
        "is_exact": found.is_exact,
        "references": WEIGHTS_REFERENCES,
    }
    if not len(links.citing):
        manifest["warning"] = "no work of this corpus cites another that is linked"
    return Result.of_columns(columns, manifest | graph.told(cycles))


def check_weight(weight: str) -> None:
    """Refuse a weight that there is not."""
    if weight not in WEIGHTS:
        raise UnknownNameError("weight of citations", weight, WEIGHTS)


def traverse(graph: Acyclic, weight: str = "spc") -> Traversal:
    """Give each arc of an acyclic network its weight.

    Parameters
    ----------
    graph : Acyclic
        Arcs from citing to cited.
    weight : {"spc", "splc", "spnp", "nppc"}
        As in ``traversal_weights``.

    Examples
    --------
    >>> graph = without_cycles([2, 2, 3, 3, 4, 5], [0, 1, 1, 2, 3, 3], 6)
    >>> traverse(graph).weight.tolist()  # c cites a and b, d cites b and c, e and f cite d
    [2.0, 2.0, 2.0, 4.0, 3.0, 3.0]
    """
    check_weight(weight)
    arcs = graph.indptr, graph.cited, graph.order
    if weight == "nppc":
        zero = np.zeros(graph.n_nodes, dtype=np.int64)
        older = compiled(_count_older)(arcs, _WORDS).astype(np.float64)
        newer = compiled(_count_newer)(arcs, _WORDS).astype(np.float64)
        return _joined(arcs, (older, zero), (newer, zero), total=np.nan)
    from_any, to_any = _EVERY[weight]
    before = compiled(_paths_before)(arcs, from_any)
    after = compiled(_paths_after)(arcs, to_any)
    total = _total(arcs, after) if weight == "spc" else np.nan
    return _joined(arcs, before, after, total=total)


def of_links(graph: Acyclic, found: Traversal) -> Traversal:
    """Return the weight of each citation as given: the sum over its copies."""
    if graph.link is None:
        return found
    weight = np.bincount(graph.link, found.weight, graph.n_links).astype(np.float64)
    log2 = None
    if found.scaled_log2 is not None:
        log2 = np.full(graph.n_links, -np.inf)
        np.logaddexp2.at(log2, graph.link, found.scaled_log2)
    return Traversal(weight, found.shift, log2, found.log2_total)


def _joined(graph: Graph, before: Scaled, after: Scaled, *, total: float) -> Traversal:
    """Multiply what is counted before and after each arc."""
    products = compiled(_products)(graph, before[0], after[0])
    if not before[1].any() and not after[1].any():
        return Traversal(products, 0, None, total)
    citing = np.repeat(np.arange(len(graph[2])), np.diff(graph[0]))
    power = before[1][graph[1]] + after[1][citing]
    logs = np.log2(products) + _BITS * power
    shift = _BITS * max(0, int(np.ceil(logs.max() / _BITS)) - 2)
    weight = np.ldexp(products, (_BITS * power - shift).astype(np.int32))
    return Traversal(weight, shift, logs, total)


def _total(graph: Graph, after: Scaled) -> float:
    """Return the logarithm of the number of all paths of one arc or more."""
    indptr, cited, _ = graph
    first = np.zeros(len(indptr) - 1, dtype=bool)
    first[cited] = True
    first &= np.diff(indptr) == 0
    if not first.any():
        return float("-inf")
    logs = np.log2(after[0][first]) + _BITS * after[1][first]
    return float(np.logaddexp2.reduce(logs))


def _products(graph: Graph, before: FloatArray, after: FloatArray) -> FloatArray:
    """Return the product of the values of the cited and of the citing node of each arc."""
    indptr, cited, _ = graph
    made = np.empty(len(cited))
    for node in range(len(indptr) - 1):
        for at in range(indptr[node], indptr[node + 1]):
            made[at] = before[cited[at]] * after[node]
    return made


def _paths_before(graph: Graph, from_any: bool) -> Scaled:  # noqa: FBT001  compiled
    """Count the paths that end at each node, the oldest first.

    A count is mantissa times 2^(500 power); what is 2^-500 of a sum or less is lost in it.
    """
    indptr, cited, order = graph
    mantissa, power = np.zeros(len(order)), np.zeros(len(order), dtype=np.int64)
    for place in range(len(order) - 1, -1, -1):
        node = order[place]
        start, end = indptr[node], indptr[node + 1]
        value, own = 1.0 if from_any or start == end else 0.0, 0
        for at in range(start, end):
            other = cited[at]
            gap = power[other] - own
            if gap == 0:
                value += mantissa[other]
            elif gap < 0:
                if gap == -1:
                    value += mantissa[other] * _DOWN
            else:
                value = mantissa[other] + (value * _DOWN if gap == 1 else 0.0)
                own = power[other]
            if value >= _UP:
                value *= _DOWN
                own += 1
        mantissa[node], power[node] = value, own
    return mantissa, power


def _paths_after(graph: Graph, to_any: bool) -> Scaled:  # noqa: FBT001  compiled
    """Count the paths that begin at each node, the newest first."""
    indptr, cited, order = graph
    mantissa, power = np.zeros(len(order)), np.zeros(len(order), dtype=np.int64)
    for node in order:
        if mantissa[node] == 0.0:
            mantissa[node] = 1.0
        elif to_any and power[node] == 0:
            mantissa[node] += 1.0
        value, own = mantissa[node], power[node]
        for at in range(indptr[node], indptr[node + 1]):
            other = cited[at]
            gap = own - power[other]
            if gap == 0:
                mantissa[other] += value
            elif gap < 0:
                if gap == -1:
                    mantissa[other] += value * _DOWN
            else:
                mantissa[other] = value + (mantissa[other] * _DOWN if gap == 1 else 0.0)
                power[other] = own
            if mantissa[other] >= _UP:
                mantissa[other] *= _DOWN
                power[other] += 1
    return mantissa, power


def _count_older(graph: Graph, n_words: int) -> IntArray:
    """Count the nodes that each leads to by citations, itself among them.

    Nodes are taken 64 `n_words` at a time, the oldest first, a bit for each.
    """
    indptr, cited, order = graph
    n_nodes = len(order)
    counts, place = np.zeros(n_nodes, dtype=np.int64), np.empty(n_nodes, dtype=np.int64)
    for at in range(n_nodes):
        place[order[at]] = n_nodes - 1 - at
    bits = np.zeros((n_nodes, n_words), dtype=np.uint64)
    for start in range(0, n_nodes, 64 * n_words):
        for at in range(start, n_nodes):
            node = order[n_nodes - 1 - at]
            row = bits[node]
            row[:] = 0
            if at - start < 64 * n_words:
                row[(at - start) // 64] = np.uint64(1) << np.uint64((at - start) % 64)
            for arc in range(indptr[node], indptr[node + 1]):
                other = cited[arc]
                if place[other] >= start:
                    for word in range(n_words):
                        row[word] |= bits[other, word]
            for word in range(n_words):
                left = row[word] - ((row[word] >> np.uint64(1)) & _BY_2)
                left = (left & _BY_4) + ((left >> np.uint64(2)) & _BY_4)
                left = (left + (left >> np.uint64(4))) & _BY_8
                counts[node] += np.int64((left * _ONES) >> np.uint64(56))
    return counts


def _count_newer(graph: Graph, n_words: int) -> IntArray:
    """Count the nodes that lead to each by citations, itself among them; the newest first."""
    indptr, cited, order = graph
    n_nodes = len(order)
    counts = np.zeros(n_nodes, dtype=np.int64)
    bits = np.zeros((n_nodes, n_words), dtype=np.uint64)
    for start in range(0, n_nodes, 64 * n_words):
        for at in range(start, n_nodes):
            bits[order[at]] = 0
        for at in range(start, n_nodes):
            node = order[at]
            row = bits[node]
            if at - start < 64 * n_words:
                row[(at - start) // 64] |= np.uint64(1) << np.uint64((at - start) % 64)
            for arc in range(indptr[node], indptr[node + 1]):
                for word in range(n_words):
                    bits[cited[arc], word] |= row[word]
            for word in range(n_words):
                left = row[word] - ((row[word] >> np.uint64(1)) & _BY_2)
                left = (left & _BY_4) + ((left >> np.uint64(2)) & _BY_4)
                left = (left + (left >> np.uint64(4))) & _BY_8
                counts[node] += np.int64((left * _ONES) >> np.uint64(56))
    return counts
