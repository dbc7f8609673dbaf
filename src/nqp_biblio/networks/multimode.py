"""Two-mode and multi-mode networks: items of different kinds joined by the works of both."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.networks.cotopic import with_topics
from nqp_biblio.networks.incidence import count_columns, incidence_of
from nqp_biblio.networks.joining import Method, check_limits, without_hubs, without_large
from nqp_biblio.networks.network import Network
from nqp_biblio.networks.pairs import count_task
from nqp_biblio.networks.pairs_plan import DEFAULT_BUDGET, told_together
from nqp_biblio.networks.pairs_task import no_edges
from nqp_biblio.networks.text_terms import TEXT_TERMS, with_text_terms
from nqp_biblio.networks.traces import SharedSetsTrace
from nqp_biblio.networks.units import (
    OWNERS,
    cited_unit,
    combined_unit,
    owners_of_works,
    resolved_authors,
    terms_of_works,
    works_themselves,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.incidence import Incidence, Years
    from nqp_biblio.networks.pairs import Counting
    from nqp_biblio.networks.pairs_plan import Engine, Plan
    from nqp_biblio.networks.pairs_task import Edges
    from nqp_biblio.networks.units import Unit

__all__ = ["MODES", "multimode_network"]

_TERMS = ("author_keywords", "index_keywords", "keywords", "topics", *TEXT_TERMS)
_CITED = {
    "references": "references",
    "cited_authors": "authors",
    "cited_sources": "sources",
}
MODES = ("works", *OWNERS, *_TERMS, *_CITED)
"""What a mode can be."""

_FEWEST = 2
_REFERENCE = (
    "Borgatti, S. P. & Everett, M. G. (1997). Network analysis of 2-mode data. Social Networks"
    " 19(3), 243-269. https://doi.org/10.1016/S0378-8733(96)00301-2"
)


def multimode_network(  # noqa: PLR0913  options of the method, all by keyword
    corpus: Corpus,
    fields: Sequence[str] = ("authors", "keywords"),
    *,
    min_occurrences: int | Mapping[str, int] = 1,
    counting: Counting = "full",
    min_weight: float = 0.0,
    identity: str = "resolved",
    author_identity: str = "resolved",
    years: Years | None = None,
    max_items_per_work: int | None = None,
    hub_cap: int | None = None,
    top_links: int | None = None,
    engine: Engine = "auto",
    memory_budget: int | str = DEFAULT_BUDGET,
) -> Network:
    """Join items of two kinds or more, each with those of the other kinds, by works of both.

    Parameters
    ----------
    corpus : Corpus
        The corpus; institutions and countries need ``find_places``.
    fields : sequence of str
        Two or more of works, authors, sources, institutions, countries, author_keywords,
        index_keywords, keywords, topics, title_terms, abstract_terms, text_terms, references,
        cited_authors and cited_sources.
    min_occurrences : int or mapping of str to int
        Works that a node must be in, at least; for all fields, or by field.
    counting : {"full", "fractional"}
        Full: each work counts 1 for each pair. Fractional: a work with n nodes of one field
        and m of the other counts 1 / (n m), so that it adds up to 1 for the two fields.
    min_weight : float
        Lighter edges are left out.
    identity, author_identity : str
        When two references, two authors are one, as in ``cocitation_network`` and
        ``coauthorship_network``.
    years : pair of int, optional
        First and last year of publication of the works that count.
    max_items_per_work : int, optional
        Works with more nodes are left out, as if they were not there.
    hub_cap : int, optional
        Works with more nodes than this join none of them; they still count as occurrences.
        The manifest says how many works and pairs that drops.
    top_links : int, optional
        Edges that are kept of each node to those of each other kind, the heaviest, of equal
        ones those to the first nodes; an edge stays if one of its ends keeps it.
    engine : {"auto", "numpy", "kernel", "sql"}
        How pairs are counted: chosen by their number, or forced. The network is the same;
        the manifest says which, and why.
    memory_budget : int or str
        Bytes, or a size such as ``"2 GB"``, that counting and its result may take.

    Returns
    -------
    Network
        With ``mode`` (the field), ``occurrences`` and ``mean_year`` per node; no edge joins
        two nodes of one mode.

    Raises
    ------
    UnknownNameError
        If a field, rule or counting is none of the known.
    OptionError
        If there are not two fields, or places are not known.

    References
    ----------
    .. [1] Borgatti, S. P. & Everett, M. G. (1997). Network analysis of 2-mode data. Social
       Networks 19(3), 243-269. https://doi.org/10.1016/S0378-8733(96)00301-2

    Examples
    --------
    >>> net = multimode_network(corpus, ("countries", "keywords", "sources"))  # doctest: +SKIP
    """
    fields = tuple(fields)
    minima = _minima(fields, min_occurrences)
    if counting not in {"full", "fractional"}:
        raise UnknownNameError("counting", counting, ("full", "fractional"))
    corpus = _with_terms(corpus, fields)
    method = Method(
        kind="multimode",
        of="+".join(fields),
        rule="two items of different kinds are joined by every work that has both",
        reference=_REFERENCE,
        parameters={
            "fields": list(fields),
            "min_occurrences": minima,
            "counting": counting,
            "min_weight": min_weight,
            "identity": identity,
            "author_identity": author_identity,
            "years": years,
            "max_items_per_work": max_items_per_work,
            "hub_cap": hub_cap,
            "top_links": top_links,
        },
        counting=counting,
        min_weight=min_weight,
        max_items_per_work=max_items_per_work,
        hub_cap=hub_cap,
        top_links=top_links,
        engine=engine,
        memory_budget=memory_budget,
    )
    units = {field: _unit(corpus, field, identity, author_identity) for field in fields}
    found = incidence_of(corpus, combined_unit(units), years=years)
    return _join_modes(corpus, found, method, minima)


def _join_modes(
    corpus: Corpus, found: Incidence, method: Method, minima: dict[str, int]
) -> Network:
    """Join the items of each two modes."""
    check_limits(method)
    found, notes = without_large(found, method)
    fields = list(minima)
    mode = _modes(found)
    least = np.array(list(minima.values()))[mode]
    nodes = found.keep_items(found.occurrences >= least)
    sizes = _sizes(found.matrix, mode, len(fields))
    joining, hubs = without_hubs(nodes.matrix, np.ones(len(sizes)), method)
    (source, target, weight), plans = _edges(nodes.matrix, _modes(nodes), (sizes, joining), method)
    counts = {"works": len(found.work_id), "items": len(found.keys)}
    counts |= {"nodes": len(nodes.keys), "edges": len(weight)}
    names = np.array(fields, dtype=object)
    return Network(
        kind=method.kind,
        of=method.of,
        directed=False,
        ids=nodes.ids,
        labels=nodes.labels,
        source=source,
        target=target,
        weight=weight,
        manifest=method.manifest(counts, **notes, **hubs, engine=told_together(plans)),
        node_columns={"mode": names[_modes(nodes)], **count_columns(corpus, nodes)},
        corpus=corpus,
        incidence=nodes.matrix,
        trace=SharedSetsTrace(corpus, nodes),
    )


def _edges(
    matrix: sparse.csr_array,
    mode: NDArray[np.int64],
    sets: tuple[NDArray[np.int64], NDArray[np.float64]],
    method: Method,
) -> tuple[Edges, list[Plan]]:
    """Count the pairs of items of different modes; items are in order of their modes."""
    sizes, joining = sets
    parts, plans = [no_edges()], []
    for one, other in combinations(range(sizes.shape[1]), 2):
        first, second = np.flatnonzero(mode == one), np.flatnonzero(mode == other)
        items = np.concatenate([first, second])
        share = joining
        if method.counting == "fractional":
            share = joining / np.maximum(sizes[:, one] * sizes[:, other], 1)
        if not len(first) or not len(second):
            continue
        task = method.task(matrix[:, items], share, boundary=len(first))
        (source, target, weight), plan = count_task(task, method.means)
        parts.append((items[source], items[target], weight))
        plans.append(plan)
    if len(plans) == 1:
        return parts[1], plans
    source, target, weight = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    order = np.lexsort((target, source))
    return (source[order], target[order], weight[order]), plans


def _sizes(matrix: sparse.csr_array, mode: NDArray[np.int64], n_modes: int) -> NDArray[np.int64]:
    """Count the items of each mode that each work has."""
    of_mode = [np.asarray(matrix[:, np.flatnonzero(mode == k)].sum(axis=1)) for k in range(n_modes)]
    return np.stack([sizes.ravel() for sizes in of_mode], axis=1).astype(np.int64)


def _modes(found: Incidence) -> NDArray[np.int64]:
    """Return the number of the field of each item."""
    return np.array([int(key.partition("|")[0]) for key in found.keys], dtype=np.int64)


def _minima(fields: tuple[str, ...], given: int | Mapping[str, int]) -> dict[str, int]:
    """Return the least occurrences by field, when the fields can be joined."""
    for field in fields:
        if field not in MODES:
            raise UnknownNameError("field", field, MODES)
    if len(set(fields)) != len(fields) or len(fields) < _FEWEST:
        raise OptionError(f"fields is {fields!r}; it must name two different fields or more")
    by_field: dict[str, Any] = dict(given) if isinstance(given, Mapping) else {}
    for field in by_field:
        if field not in fields:
            raise UnknownNameError("field", field, fields)
    minima = {field: by_field.get(field, 1) if by_field else given for field in fields}
    for field, least in minima.items():
        if not isinstance(least, int) or least < 1:
            raise OptionError(f"min_occurrences of {field} is {least!r}; it must be 1 or more")
    return {field: int(least) for field, least in minima.items() if isinstance(least, int)}


def _with_terms(corpus: Corpus, fields: tuple[str, ...]) -> Corpus:
    """Return the corpus with the topics and terms of texts that the fields ask for."""
    if "topics" in fields:
        corpus = with_topics(corpus)
    for field in fields:
        if field in TEXT_TERMS:
            corpus = with_text_terms(corpus, field)
    return corpus


def _unit(corpus: Corpus, field: str, identity: str, author_identity: str) -> Unit:
    """Return the unit of a field."""
    if field == "works":
        return works_themselves()
    if field in OWNERS:
        return owners_of_works(corpus, field, author_identity=author_identity)
    if field in _TERMS:
        return terms_of_works(field)
    return cited_unit(
        _CITED[field],
        identity=identity,
        author_identity=author_identity,
        known=resolved_authors(corpus) if field == "cited_authors" else None,
    )
