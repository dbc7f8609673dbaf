"""Networks of what stands together: items joined by the sets that have both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict

import numpy as np

from nqp_biblio.errors import OptionError
from nqp_biblio.networks.incidence import count_columns, describe_works, mean_years
from nqp_biblio.networks.network import Network
from nqp_biblio.networks.pairs import COUNTING_REFERENCE, Counting, count_task, fractions
from nqp_biblio.networks.pairs_plan import DEFAULT_BUDGET, Engine, Means
from nqp_biblio.networks.pairs_task import PairTask, as_weights, exact_parts
from nqp_biblio.networks.proximity import with_nearness
from nqp_biblio.networks.traces import SharedItemsTrace, SharedSetsTrace

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.incidence import Incidence, Years
    from nqp_biblio.networks.pairs_task import Edges

__all__ = [
    "COWORD_REFERENCE",
    "Limits",
    "Method",
    "align_owners",
    "check_limits",
    "join_by_items",
    "join_by_sets",
    "without_hubs",
    "without_large",
]

COWORD_REFERENCE = (
    "Callon, M., Courtial, J.-P., Turner, W. A. & Bauin, S. (1983). From translations to"
    " problematic networks: An introduction to co-word analysis. Social Science Information"
    " 22(2), 191-235. https://doi.org/10.1177/053901883022002003"
)


class Limits(TypedDict):
    """What a network takes in: the parameters that kinds share, as in ``Method``."""

    min_occurrences: int
    counting: Counting
    min_weight: float
    years: Years | None
    max_items_per_work: int | None
    hub_cap: int | None
    self_loops: bool
    top_links: int | None
    engine: Engine
    memory_budget: int | str


_MEANS = frozenset({"engine", "memory_budget"})


@dataclass(frozen=True)
class Method:
    """What a network is, for its manifest.

    Attributes
    ----------
    kind, of : str
        Kind of the network, and what a node is.
    rule : str
        What makes an edge and its weight, in a sentence.
    reference : str
        The paper that describes the method.
    parameters : dict
        The parameters as given.
    notes : dict
        Further entries of the manifest.
    counting : {"full", "fractional"}
        What each pair of a set counts.
    min_occurrences : int
        Sets that a node must be in, at least.
    min_weight : float
        Lighter edges are left out.
    level : str
        What a set is.
    years : pair of int or None
        First and last year of publication of the works that count.
    max_items_per_work : int or None
        Sets of more items are left out, as if they were not there.
    hub_cap : int or None
        What has more nodes joins none of them.
    self_loops : bool
        Whether each node has an edge to itself.
    top_links : int or None
        Edges that are kept of each node, the heaviest; an edge stays if one of its ends
        keeps it.
    engine : {"auto", "numpy", "kernel", "sql"}
        How pairs are counted; the result does not depend on it, so it is no parameter.
    memory_budget : int or str
        What that may take, as in ``Means``.
    """

    kind: str
    of: str
    rule: str
    reference: str
    parameters: dict[str, Any]
    notes: dict[str, Any] = field(default_factory=dict)
    counting: Counting = "full"
    min_occurrences: int = 1
    min_weight: float = 0.0
    level: str = "work"
    years: Years | None = None
    max_items_per_work: int | None = None
    hub_cap: int | None = None
    self_loops: bool = False
    top_links: int | None = None
    engine: Engine = "auto"
    memory_budget: int | str = DEFAULT_BUDGET

    @property
    def means(self) -> Means:
        """How pairs are to be counted."""
        return Means(self.engine, self.memory_budget)

    def task(
        self, matrix: sparse.csr_array, share: NDArray[np.float64], *, boundary: int = 0
    ) -> PairTask:
        """Return what is to be counted of sets by items."""
        return PairTask.of(
            matrix,
            share,
            min_weight=self.min_weight,
            top_links=self.top_links,
            boundary=boundary,
        )

    def manifest(self, counts: dict[str, int], **notes: object) -> dict[str, Any]:
        """Return the manifest of a network made so, with further entries."""
        references = [self.reference]
        if self.counting == "fractional":
            references.append(COUNTING_REFERENCE)
        return {
            "kind": self.kind,
            "of": self.of,
            "rule": self.rule,
            "counting": self.counting,
            "parameters": {k: v for k, v in self.parameters.items() if k not in _MEANS},
            "counts": counts,
            "references": references,
            **self.notes,
            **notes,
        }


def join_by_sets(
    corpus: Corpus,
    found: Incidence,
    method: Method,
    *,
    passages: dict[str, Incidence] | None = None,
) -> Network:
    """Join items by the sets that have both: works, or passages of them.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    found : Incidence
        Sets by items; the items become nodes.
    method : Method
        What is counted, and how it is called.
    passages : dict of str to Incidence, optional
        The passages of the works by items; where given, a pair counts by the nearest.

    Returns
    -------
    Network
        Fractional counting divides by all items of a set, also those left out for being
        rare.
    """
    check_limits(method)
    found, notes = without_large(found, method)
    share = fractions(found.sizes, method.counting)
    nodes = found.keep_items(found.occurrences >= method.min_occurrences)
    joining, hubs = without_hubs(nodes.matrix, share, method)
    task = method.task(nodes.matrix, joining)
    if passages is not None:
        task = with_nearness(task, nodes, passages)
    edges, plan = count_task(task, method.means)
    source, target, weight = _with_loops(edges, nodes.matrix, share, method)
    counts = {
        f"{method.level}s": len(found.work_id),
        "items": len(found.keys),
        "nodes": len(nodes.keys),
        "edges": len(weight),
    }
    return Network(
        kind=method.kind,
        of=method.of,
        directed=False,
        ids=nodes.ids,
        labels=nodes.labels,
        source=source,
        target=target,
        weight=weight,
        manifest=method.manifest(counts, **notes, **hubs, engine=plan.told()),
        node_columns=count_columns(corpus, nodes),
        corpus=corpus,
        incidence=nodes.matrix,
        trace=SharedSetsTrace(corpus, nodes, method.level),
    )


def join_by_items(
    corpus: Corpus, found: Incidence, method: Method, *, owners: Incidence | None = None
) -> Network:
    """Join works, or their authors or sources, by the items that both have.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    found : Incidence
        Works by items; the items join.
    method : Method
        What is counted, and how it is called.
    owners : Incidence, optional
        Works by authors or sources, which become nodes; without it the works are nodes.

    Returns
    -------
    Network
        ``occurrences`` of a node is the number of its distinct items.
    """
    from scipy import sparse

    check_limits(method)
    found, notes = without_large(found, method)
    owned, ids, labels, columns = _nodes(corpus, found, owners)
    held = sparse.csr_array(found.matrix.T @ owned)
    held.data[:] = 1.0
    sizes = np.diff(held.indptr).astype(np.int64)
    share = fractions(sizes, method.counting)
    occurrences = np.bincount(held.indices, minlength=len(ids)).astype(np.int64)
    kept = np.flatnonzero(occurrences >= max(method.min_occurrences, 1))
    matrix = sparse.csr_array(held[:, kept])
    joining, hubs = without_hubs(matrix, share, method)
    edges, plan = count_task(method.task(matrix, joining), method.means)
    source, target, weight = _with_loops(edges, matrix, share, method)
    counts = {"works": len(found.work_id), "items": len(found.keys)}
    counts |= {"nodes": len(kept), "edges": len(weight)}
    columns = {"occurrences": occurrences, **columns}
    return Network(
        kind=method.kind,
        of=method.of,
        directed=False,
        ids=ids[kept],
        labels=tuple(labels[i] for i in kept.tolist()),
        source=source,
        target=target,
        weight=weight,
        manifest=method.manifest(counts, **notes, **hubs, engine=plan.told()),
        node_columns={name: values[kept] for name, values in columns.items()},
        corpus=corpus,
        incidence=matrix,
        trace=SharedItemsTrace(
            corpus, found, owned[:, kept], None if owners is None else _chosen(owners, kept)
        ),
    )


def align_owners(work_ids: NDArray[np.int64], owners: Incidence) -> sparse.csr_array:
    """Bring the owners of works into the order of some works.

    Returns
    -------
    csr_array of shape (len(work_ids), n_items of `owners`)
        The owners of each work; a row is empty where it has none.
    """
    from scipy import sparse

    _, here, there = np.intersect1d(work_ids, owners.work_id, return_indices=True)
    shape = (len(work_ids), len(owners.work_id))
    choose = sparse.csr_array((np.ones(len(here)), (here, there)), shape=shape)
    return sparse.csr_array(choose @ owners.matrix)


def _nodes(
    corpus: Corpus, found: Incidence, owners: Incidence | None
) -> tuple[sparse.csr_array, NDArray[np.int64], list[str], dict[str, NDArray[Any]]]:
    """Return who owns each work, with id, label and columns of the owners."""
    from scipy import sparse

    if owners is not None:
        columns = {"works": owners.occurrences, "mean_year": mean_years(corpus, owners)}
        return align_owners(found.work_id, owners), owners.ids, list(owners.labels), columns
    ids, labels, years = describe_works(corpus)
    place = np.searchsorted(ids, found.work_id)
    own = sparse.eye_array(len(found.work_id), format="csr")
    chosen = [labels[i] for i in place.tolist()]
    return sparse.csr_array(own), found.work_id, chosen, {"publication_year": years[place]}


def _chosen(owners: Incidence, kept: NDArray[np.int64]) -> Incidence:
    """Keep some owners, in the order of the nodes."""
    mask = np.zeros(len(owners.keys), dtype=bool)
    mask[kept] = True
    return owners.keep_items(mask)


def without_large(found: Incidence, method: Method) -> tuple[Incidence, dict[str, int]]:
    """Leave out the sets of too many items, and say how many there were."""
    if method.max_items_per_work is None:
        return found, {}
    few = found.keep_sets(found.sizes <= method.max_items_per_work)
    left_out = len(found.work_id) - len(few.work_id)
    return few.keep_items(few.occurrences > 0), {f"{method.level}s_left_out": left_out}


def without_hubs(
    matrix: sparse.csr_array, share: NDArray[np.float64], method: Method
) -> tuple[NDArray[np.float64], dict[str, dict[str, int]]]:
    """Let the rows that would join too many nodes join none, and say what that drops.

    Returns
    -------
    share : array
        What a pair in each row counts, 0 in a hub.
    hubs : dict
        The entry of the manifest.
    """
    if method.hub_cap is None:
        return share, {}
    sizes = np.diff(matrix.indptr).astype(np.int64)
    is_hub = sizes > method.hub_cap
    dropped = sizes[is_hub]
    hubs = {
        "cap": method.hub_cap,
        "dropped": int(is_hub.sum()),
        "pairs_dropped": int((dropped * (dropped - 1) // 2).sum()),
    }
    return np.where(is_hub, 0.0, share), {"hubs": hubs}


def _with_loops(
    edges: Edges, matrix: sparse.csr_array, share: NDArray[np.float64], method: Method
) -> Edges:
    """Add the edge of each node to itself, where the method asks for it."""
    if not method.self_loops:
        return edges
    share = np.where(share > 0, share, 1.0)  # a set of one node has no pair, but that node
    own = _sums_of_items(matrix, share)
    nodes = np.flatnonzero((own > 0) & (own >= method.min_weight))
    source, target, weight = (
        np.concatenate(pair) for pair in zip(edges, (nodes, nodes, own[nodes]), strict=True)
    )
    order = np.lexsort((target, source))
    return source[order], target[order], weight[order]


def _sums_of_items(matrix: sparse.csr_array, share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add up the shares of the sets of each item, exactly as those of pairs are."""
    sums = [
        np.rint(np.asarray(matrix.T @ part.astype(np.float64)).ravel()).astype(np.int64)
        for part in exact_parts(share)
    ]
    return as_weights(sums[0], sums[1])


def check_limits(method: Method) -> None:
    """Refuse thresholds that mean nothing."""
    if method.min_weight < 0:
        raise OptionError(f"min_weight is {method.min_weight}; it must be 0 or more")
    for name in ("min_occurrences", "max_items_per_work", "hub_cap", "top_links"):
        value = getattr(method, name)
        if value is not None and value < 1:
            raise OptionError(f"{name} is {value}; it must be 1 or more")
