"""Co-topic: topics joined by the works that have both, or works by the topics they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks.incidence import incidence_of
from nqp_biblio.networks.joining import (
    COWORD_REFERENCE,
    Limits,
    Method,
    join_by_items,
    join_by_sets,
)
from nqp_biblio.networks.pairs_plan import DEFAULT_BUDGET
from nqp_biblio.networks.units import terms_of_works

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.incidence import Incidence, Years
    from nqp_biblio.networks.network import Network
    from nqp_biblio.networks.pairs import Counting
    from nqp_biblio.networks.pairs_plan import Engine

__all__ = ["cotopic_network", "with_topics"]


def cotopic_network(  # noqa: PLR0913  options of the method, all by keyword
    corpus: Corpus,
    *,
    nodes: str = "topics",
    min_occurrences: int = 1,
    include_ubiquitous: bool = False,
    counting: Counting = "full",
    min_weight: float = 0.0,
    years: Years | None = None,
    max_items_per_work: int | None = None,
    hub_cap: int | None = None,
    self_loops: bool = False,
    top_links: int | None = None,
    engine: Engine = "auto",
    memory_budget: int | str = DEFAULT_BUDGET,
) -> Network:
    """Join topics by the works that have both, or works by the topics that they share.

    Parameters
    ----------
    corpus : Corpus
        The corpus; where it has no topics yet, they are found in titles and abstracts.
    nodes : {"topics", "works"}
        What a node is.
    min_occurrences : int
        Works that a topic must be in, at least.
    include_ubiquitous : bool
        Whether topics of nearly every work take part; they join everything with everything.
    counting : {"full", "fractional"}
        Full: each work (topic) counts 1 for each pair. Fractional: one with n topics (works)
        counts 1 / (n - 1).
    min_weight : float
        Lighter edges are left out.
    years : pair of int, optional
        First and last year of publication of the works that count.
    max_items_per_work : int, optional
        Works with more topics are left out, as if they were not there.
    hub_cap : int, optional
        Works with more topics than this (topics of more works) join none of them; they still
        count as occurrences. The manifest says how many and how many pairs that drops.
    self_loops : bool
        Whether each node has an edge to itself: the works (topics) that have it.
    top_links : int, optional
        Edges that are kept of each node, the heaviest, of equal ones those to the first
        nodes; an edge stays if one of its ends keeps it.
    engine : {"auto", "numpy", "kernel", "sql"}
        How pairs are counted: chosen by their number, or forced. The network is the same;
        the manifest says which, and why.
    memory_budget : int or str
        Bytes, or a size such as ``"2 GB"``, that counting and its result may take.

    Returns
    -------
    Network
        With ``occurrences`` per node: the works of a topic, or the topics of a work.

    Raises
    ------
    UnknownNameError
        If `nodes` or `counting` is none of the known.

    References
    ----------
    .. [1] Callon, M. et al. (1983). From translations to problematic networks. Social
       Science Information 22(2), 191-235. https://doi.org/10.1177/053901883022002003

    Examples
    --------
    >>> net = cotopic_network(corpus, min_occurrences=2)  # doctest: +SKIP
    """
    if nodes not in ("topics", "works"):
        raise UnknownNameError("nodes", nodes, ("topics", "works"))
    corpus = with_topics(corpus)
    unit = terms_of_works("topics", include_ubiquitous=include_ubiquitous)
    found = incidence_of(corpus, unit, years=years)
    of_topics = nodes == "topics"
    rule = (
        "two topics are joined by every work that has both"
        if of_topics
        else "two works are joined by every topic that both have"
    )
    limits = Limits(
        min_occurrences=min_occurrences if of_topics else 1,
        counting=counting,
        min_weight=min_weight,
        years=years,
        max_items_per_work=max_items_per_work,
        hub_cap=hub_cap,
        self_loops=self_loops,
        top_links=top_links,
        engine=engine,
        memory_budget=memory_budget,
    )
    method = Method(
        kind="cotopic",
        of=nodes,
        rule=rule,
        reference=COWORD_REFERENCE,
        parameters={
            "nodes": nodes,
            "include_ubiquitous": include_ubiquitous,
        }
        | {**limits, "min_occurrences": min_occurrences},
        notes={"ubiquitous_topics": _ubiquitous(corpus)},
        **limits,
    )
    if of_topics:
        return join_by_sets(corpus, found, method)
    return join_by_items(corpus, _frequent(found, min_occurrences), method)


def with_topics(corpus: Corpus) -> Corpus:
    """Return the corpus with topics, found where there are none."""
    if corpus.sql("SELECT COUNT(*) FROM terms WHERE kind = 'topic'")[0][0]:
        return corpus
    from nqp_biblio.cleaning.topics import find_topics

    return find_topics(corpus)


def _ubiquitous(corpus: Corpus) -> list[str]:
    """Return the topics of nearly every work."""
    rows = corpus.sql(
        "SELECT DISTINCT term FROM terms WHERE kind = 'topic' AND term IS NOT NULL"
        " AND is_ubiquitous ORDER BY 1"
    )
    return [row[0] for row in rows]


def _frequent(found: Incidence, min_occurrences: int) -> Incidence:
    """Keep the topics that enough works have."""
    return found.keep_items(found.occurrences >= min_occurrences)
