"""Knowledge flow: who is cited by whom, of sources, countries, fields or clusters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import AsOf, until
from nqp_biblio.measures.citations import citation_links, places_of
from nqp_biblio.measures.owned import OWNERS, Counting, Owned, owned_works
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from nqp_biblio.corpus.corpus import Corpus

    IntArray = NDArray[np.int64]

__all__ = ["knowledge_flow", "knowledge_flow_links"]

Groups = Mapping[int, str]
"""The name of the group of each work, by work_id."""

_COUNTINGS = ("full", "fractional")
_REFERENCE = (
    "Yan, E., Ding, Y., Cronin, B. & Leydesdorff, L. (2013). A bird's-eye view of scientific"
    " trading: Dependency relations among fields of science. Journal of Informetrics 7(2),"
    " 249-264. https://doi.org/10.1016/j.joi.2012.11.008"
)


def knowledge_flow(
    corpus: Corpus,
    of: str = "sources",
    *,
    groups: Groups | None = None,
    counting: Counting = "fractional",
    as_of: AsOf = None,
) -> Result:
    """Balance what sources, countries or fields cite of each other: exports and imports.

    Parameters
    ----------
    corpus : Corpus
        A corpus after ``link_references``: only citations between its works count.
    of : str
        Between whom knowledge flows: one of ``owned.OWNERS``, as sources, countries or topics.
    groups : mapping of int to str, optional
        The group of each work by ``work_id``, as clusters; `of` is then only its name. Works
        that are not in it belong to none.
    counting : {"full", "fractional"}
        A citation from a work of n owners to one of m counts 1, or 1/(n m), for each pair.
    as_of : int, str or None
        Works published later are left out; None is the last year of the corpus.

    Returns
    -------
    Result
        A row per owner, by exports and imports, falling, then by key: ``key``, ``name``,
        ``n_works``; ``self_citations``; ``exports`` (citations that others give to it) and
        ``imports`` (that it gives to others); ``net_flow`` (exports - imports); ``self_share``
        (self-citations among the citations it gives), ``self_share_received`` (among those it
        is given); ``n_cited_by`` and ``n_citing`` (others on each side). Shares are None where
        there is no citation.

    Raises
    ------
    UnknownNameError
        If there is no such owner or counting.
    OptionError
        If the step that finds the owners was not done.

    References
    ----------
    .. [1] Yan, E., Ding, Y., Cronin, B. & Leydesdorff, L. (2013). A bird's-eye view of
       scientific trading: Dependency relations among fields of science. Journal of
       Informetrics 7(2), 249-264. https://doi.org/10.1016/j.joi.2012.11.008

    Examples
    --------
    >>> knowledge_flow(corpus, "countries").frame  # doctest: +SKIP
    """
    owned, flow, manifest = _flow(corpus, of, groups, (counting, as_of))
    own = flow.diagonal()
    given, received = (np.asarray(flow.sum(axis=axis)).ravel().round(9) for axis in (1, 0))
    linked = flow.copy()
    linked.data = np.ones_like(linked.data)
    is_own = linked.diagonal()
    exports, imports = (received - own).round(9), (given - own).round(9)
    order = np.lexsort((np.arange(len(own)), -imports, -exports))
    with np.errstate(divide="ignore", invalid="ignore"):
        shown: dict[str, Any] = {
            "n_works": owned.n_works,
            "self_citations": own,
            "exports": exports,
            "imports": imports,
            "net_flow": (exports - imports).round(9),
            "self_share": own / given,
            "self_share_received": own / received,
        }
    for name, axis in (("n_cited_by", 0), ("n_citing", 1)):
        n_linked = np.asarray(linked.sum(axis=axis)).ravel() - is_own
        shown[name] = np.rint(n_linked).astype(np.int64)
    head = {"key": [owned.keys[i] for i in order], "name": [owned.names[i] for i in order]}
    columns = head | {name: values[order] for name, values in shown.items()}
    return Result.of_columns(columns, manifest | {"measure": "knowledge flow"})


def knowledge_flow_links(
    corpus: Corpus,
    of: str = "sources",
    *,
    groups: Groups | None = None,
    counting: Counting = "fractional",
    min_citations: float = 0.0,
    as_of: AsOf = None,
) -> Result:
    """List how often each source, country or field cites each other one: the matrix of flows.

    Parameters
    ----------
    corpus : Corpus
        A corpus after ``link_references``: only citations between its works count.
    of : str
        Between whom knowledge flows: one of ``owned.OWNERS``, as sources, countries or topics.
    groups : mapping of int to str, optional
        The group of each work by ``work_id``, as clusters; `of` is then only its name.
    counting : {"full", "fractional"}
        A citation from a work of n owners to one of m counts 1, or 1/(n m), for each pair.
    min_citations : float
        Pairs with fewer are left out.
    as_of : int, str or None
        Works published later are left out; None is the last year of the corpus.

    Returns
    -------
    Result
        A row per pair with citations, self-citations too, the most first, then by key:
        ``citing_key``, ``citing``, ``cited_key``, ``cited``, ``citations``; ``share_of_citing``
        and ``share_of_cited`` (of all that the one gives, that the other is given). Knowledge
        flows from cited to citing. As a network: ``citation_network(corpus, of=...)``.

    Raises
    ------
    UnknownNameError
        If there is no such owner or counting.
    OptionError
        If the step that finds the owners was not done, or `min_citations` is below 0.

    References
    ----------
    .. [1] Yan, E., Ding, Y., Cronin, B. & Leydesdorff, L. (2013). A bird's-eye view of
       scientific trading: Dependency relations among fields of science. Journal of
       Informetrics 7(2), 249-264. https://doi.org/10.1016/j.joi.2012.11.008
    """
    if min_citations < 0:
        raise OptionError(f"min_citations is {min_citations}; it must be at least 0")
    owned, flow, manifest = _flow(corpus, of, groups, (counting, as_of))
    given, received = (np.asarray(flow.sum(axis=axis)).ravel() for axis in (1, 0))
    cells = flow.tocoo()
    citations = cells.data.round(9)
    kept = np.flatnonzero(citations >= min_citations)
    order = kept[np.lexsort((cells.col[kept], cells.row[kept], -citations[kept]))]
    citing, cited, citations = cells.row[order], cells.col[order], citations[order]
    columns: dict[str, Any] = {}
    for name, ends in (("citing", citing), ("cited", cited)):
        columns[f"{name}_key"] = [owned.keys[i] for i in ends.tolist()]
        columns[name] = [owned.names[i] for i in ends.tolist()]
    columns["citations"] = citations
    columns["share_of_citing"] = citations / given[citing]
    columns["share_of_cited"] = citations / received[cited]
    told = {"measure": "matrix of knowledge flow", "min_citations": min_citations}
    return Result.of_columns(columns, manifest | told)


def _flow(
    corpus: Corpus, of: str, groups: Groups | None, options: tuple[Counting, AsOf]
) -> tuple[Owned, sparse.csr_array, dict[str, object]]:
    """Count citations from owner to owner, and begin the manifest."""
    from scipy import sparse

    counting, as_of = options
    if counting not in _COUNTINGS:
        raise UnknownNameError("counting", counting, _COUNTINGS)
    if groups is None and of not in OWNERS:
        raise UnknownNameError("owner of works", of, OWNERS)
    corpus, year = until(corpus, as_of)
    links = citation_links(corpus)
    owned = owned_works(corpus, of) if groups is None else _grouped(links.work_id, of, groups)
    place = places_of(links.work_id, owned.work_id)
    amount = np.ones(len(place)) if counting == "full" else 1.0 / owned.per_work()
    n_works = len(links.work_id)
    owns = sparse.csr_array((amount, (owned.owner, place)), shape=(len(owned.keys), n_works))
    ones = np.ones(len(links.citing))
    cites = sparse.csr_array((ones, (links.citing, links.cited)), shape=(n_works, n_works))
    flow = (owns @ cites @ owns.T).tocsr()
    flow.sort_indices()
    is_owned = np.bincount(place, minlength=n_works) > 0
    n_without = int((~(is_owned[links.citing] & is_owned[links.cited])).sum())
    manifest: dict[str, object] = {
        "of": of,
        "counting": counting,
        "as_of": year,
        "rule": "citations between works of the corpus, each pair of works once, none to itself",
        "reference": _REFERENCE,
        "n_citations": len(links.citing),
        "n_without": n_without,
        "reason": f"citations from or to a work of which no {of} are known",
    }
    if not len(links.citing):
        manifest["warning"] = "no work of the corpus cites another: call link_references first"
    return owned, flow, manifest


def _grouped(work_id: IntArray, of: str, groups: Groups) -> Owned:
    """Return the works of each group."""
    pairs = sorted((name, work) for work in work_id.tolist() if (name := groups.get(work)))
    names = sorted({name for name, _ in pairs})
    number = {name: i for i, name in enumerate(names)}
    owner = np.array([number[name] for name, _ in pairs], dtype=np.int64)
    works = np.array([work for _, work in pairs], dtype=np.int64)
    return Owned(of, names, list(names), owner, works)
