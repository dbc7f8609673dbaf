"""Co-occurrence: keywords, topics or terms of the text joined by the works that have both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks.cotopic import cotopic_network
from nqp_biblio.networks.identity import TERM_RULES
from nqp_biblio.networks.incidence import incidence_of
from nqp_biblio.networks.joining import COWORD_REFERENCE, Limits, Method, join_by_sets
from nqp_biblio.networks.pairs_plan import DEFAULT_BUDGET
from nqp_biblio.networks.relevance import RELEVANCE_REFERENCE, relevance
from nqp_biblio.networks.text_terms import TEXT_TERMS, with_text_terms
from nqp_biblio.networks.units import terms_of_works

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.incidence import Years
    from nqp_biblio.networks.network import Network
    from nqp_biblio.networks.pairs import Counting
    from nqp_biblio.networks.pairs_plan import Engine

__all__ = ["cooccurrence_network"]

_TERMS = ("author_keywords", "index_keywords", "keywords", "topics", *TEXT_TERMS)


def cooccurrence_network(  # noqa: PLR0913  options of the method, all by keyword
    corpus: Corpus,
    *,
    of: str = "author_keywords",
    min_occurrences: int = 1,
    counting: Counting = "full",
    min_weight: float = 0.0,
    identity: str = "case-folded",
    years: Years | None = None,
    max_items_per_work: int | None = None,
    hub_cap: int | None = None,
    self_loops: bool = False,
    top_links: int | None = None,
    engine: Engine = "auto",
    memory_budget: int | str = DEFAULT_BUDGET,
) -> Network:
    """Join keywords, topics, or terms of titles and abstracts, by the works that have both.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : str
        What a node is: author_keywords, index_keywords, keywords (both together), topics,
        title_terms, abstract_terms or text_terms (both together). Terms are the noun phrases
        of each text, by ``text.phrases``; one counts once a work, however often it stands
        there (VOSviewer's binary counting).
    min_occurrences : int
        Works that a node must be in, at least.
    counting : {"full", "fractional"}
        Full: each work counts 1 for each pair. Fractional: a work with n keywords counts
        1 / (n - 1), so that each link of one keyword in it adds up to 1.
    min_weight : float
        Lighter edges are left out.
    identity : {"case-folded", "folded", "printed"}
        When two keywords are one: without regard to case; to case, accents and signs; or
        only where printed the same.
    years : pair of int, optional
        First and last year of publication of the works that count.
    max_items_per_work : int, optional
        Works with more nodes are left out, as if they were not there.
    hub_cap : int, optional
        Works with more nodes than this join none of them; they still count as occurrences.
        The manifest says how many works and pairs that drops.
    self_loops : bool
        Whether each node has an edge to itself: the works that have it.
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
        With ``occurrences`` and ``mean_year`` (of publication) per node. Terms of texts have
        ``relevance`` too [2]_: 1 is usual, less is a word of every paper; ``net.top(n,
        by="relevance")`` keeps the most telling.

    Raises
    ------
    UnknownNameError
        If `of`, `counting` or `identity` is none of the known.

    References
    ----------
    .. [1] Callon, M. et al. (1983). From translations to problematic networks. Social
       Science Information 22(2), 191-235. https://doi.org/10.1177/053901883022002003
    .. [2] van Eck, N. J. & Waltman, L. (2011). Text mining and visualization using VOSviewer.
       ISSI Newsletter 7(3), 50-54. https://arxiv.org/abs/1109.2058

    Examples
    --------
    >>> net = cooccurrence_network(corpus, of="author_keywords")  # doctest: +SKIP
    """
    limits = Limits(
        min_occurrences=min_occurrences,
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
    if of == "topics":
        return cotopic_network(corpus, **limits)
    if of not in _TERMS:
        raise UnknownNameError("unit of co-occurrence", of, _TERMS)
    if of in TEXT_TERMS:
        corpus = with_text_terms(corpus, of)
    found = incidence_of(corpus, terms_of_works(of, identity=identity), years=years)
    method = Method(
        kind="cooccurrence",
        of=of,
        rule=f"two {of.replace('_', ' ')} are joined by every work that has both",
        reference=COWORD_REFERENCE,
        notes={"identity": {"rule": identity, "meaning": TERM_RULES[identity]}},
        parameters={"of": of, "identity": identity, **limits},
        **limits,
    )
    net = join_by_sets(corpus, found, method)
    if of not in TEXT_TERMS:
        return net
    references = [*net.manifest["references"], RELEVANCE_REFERENCE]
    return net.with_nodes(relevance=relevance(net)).with_manifest(references=references)
