"""Networks put together from time slices, each with its own choice of nodes, as in CiteSpace."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import until
from nqp_biblio.networks.cotopic import with_topics
from nqp_biblio.networks.incidence import describe_works, incidence_of
from nqp_biblio.networks.joining import Method, join_by_sets
from nqp_biblio.networks.units import (
    authors_of_works,
    cited_unit,
    owners_of_works,
    resolved_authors,
    terms_of_works,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf
    from nqp_biblio.networks.incidence import Incidence
    from nqp_biblio.networks.network import Network
    from nqp_biblio.networks.units import Unit

    BoolArray = NDArray[np.bool_]
    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = [
    "SLICED",
    "DatedItems",
    "check_slices",
    "dated_items",
    "merge_slices",
    "modified_g",
    "sliced_network",
    "yearly_counts",
]


def _cited_author(corpus: Corpus) -> Unit:
    return cited_unit("authors", known=resolved_authors(corpus))


_UNITS: dict[str, tuple[str, Callable[[Corpus], Unit]]] = {
    "references": ("cocitation", lambda _: cited_unit("references")),
    "cited_authors": ("cocitation", _cited_author),
    "cited_sources": ("cocitation", lambda _: cited_unit("sources")),
    "authors": ("coauthorship", lambda _: authors_of_works()),
    "institutions": ("coauthorship", lambda corpus: owners_of_works(corpus, "institutions")),
    "countries": ("coauthorship", lambda corpus: owners_of_works(corpus, "countries")),
    "author_keywords": ("cooccurrence", lambda _: terms_of_works("author_keywords")),
    "index_keywords": ("cooccurrence", lambda _: terms_of_works("index_keywords")),
    "topics": ("cooccurrence", lambda _: terms_of_works("topics")),
}

SLICED = tuple(_UNITS)
"""What a node of a sliced network can be."""

_RULE = (
    "in each slice the g items of the most works are chosen, g being the largest number with"
    " g^2 <= k times the works of the first g; two are joined by every work that has both, in"
    " slices in which both are chosen"
)
_CITESPACE = (
    "Chen, C. (2006). CiteSpace II: Detecting and visualizing emerging trends and transient"
    " patterns in scientific literature. JASIST 57(3), 359-377."
    " https://doi.org/10.1002/asi.20317"
)
_EGGHE = (
    "Egghe, L. (2006). Theory and practise of the g-index. Scientometrics 69(1), 131-152."
    " https://doi.org/10.1007/s11192-006-0144-7"
)


def sliced_network(
    corpus: Corpus,
    *,
    of: str = "references",
    width: int = 1,
    k: float = 25.0,
    as_of: AsOf = None,
) -> Network:
    """Choose nodes in each slice of years, join them there, and put the slices together.

    Parameters
    ----------
    corpus : Corpus
        The corpus; references best after ``link_references``. Works without a year are in no
        slice.
    of : str
        What a node is: references, cited_authors or cited_sources (joined by the works that
        cite both); authors, institutions or countries; author_keywords, index_keywords or
        topics.
    width : int
        Years of a slice, from the first year of the corpus on; 1 or more.
    k : float
        Scale of the modified g-index [2]_, above 0: the larger, the more nodes. 1 gives
        Egghe's g-index [3]_.
    as_of : int, str or None
        Works published later are left out.

    Returns
    -------
    Network
        The nodes chosen in any slice, and the sum of their links over the slices in which
        both ends are chosen. Per node ``occurrences`` (works that have it, in slices in which
        it is chosen), ``works`` (in all), ``slices`` (in which it is chosen) and
        ``first_year`` (of the first of them); per edge ``first_year`` (of the first slice
        with the link). The manifest has a list ``slices`` with g, the number of items and of
        the works of the last one chosen, and how many items that tie with it were left out:
        g counts items, so that of equals those of more works in the whole corpus, then those
        first by key are taken.

    Raises
    ------
    UnknownNameError
        If there is no such kind of node.
    OptionError
        If `width` or `k` is out of range, or the step that finds the items was not done.

    References
    ----------
    .. [1] Chen, C. (2006). CiteSpace II. JASIST 57(3), 359-377.
       https://doi.org/10.1002/asi.20317
    .. [2] Chen, C. (2016). CiteSpace: A practical guide for mapping scientific literature.
       Nova Science Publishers.
    .. [3] Egghe, L. (2006). Theory and practise of the g-index. Scientometrics 69(1),
       131-152. https://doi.org/10.1007/s11192-006-0144-7

    Examples
    --------
    >>> net = sliced_network(corpus, of="references", width=2, k=10)  # doctest: +SKIP
    """
    if of not in _UNITS:
        raise UnknownNameError("node of a sliced network", of, _UNITS)
    check_slices(width, k)
    corpus, year = until(corpus, as_of)
    corpus = with_topics(corpus) if of == "topics" else corpus
    return merge_slices(corpus, dated_items(corpus, of), width=width, k=k, as_of=year)


def merge_slices(
    corpus: Corpus, found: DatedItems, *, width: int, k: float, as_of: int | None
) -> Network:
    """Choose nodes in each slice of some works, and put the slices together.

    Parameters
    ----------
    corpus : Corpus
        The corpus of the works.
    found : DatedItems
        The works and what each has.
    width, k : int, float
        As in ``sliced_network``.
    as_of : int or None
        Year for the manifest.

    Returns
    -------
    Network
        As of ``sliced_network``.
    """
    slices = _Slices.of(found, width, k)
    merged = replace(found.incidence, matrix=slices.chosen_cells())
    method = Method(
        kind=_UNITS[found.of][0],
        of=found.of,
        rule=_RULE,
        reference=_CITESPACE,
        parameters={"of": found.of, "width": width, "k": k},
        notes={"slices": slices.told, "works_without_year": found.n_undated, "as_of": as_of},
    )
    is_node = slices.is_node
    net = join_by_sets(corpus, merged.keep_items(is_node), method)
    columns = {
        "works": found.incidence.occurrences[is_node],
        "slices": slices.chosen.sum(axis=0)[is_node],
        "first_year": slices.first[slices.chosen.argmax(axis=0)][is_node].astype(np.float64),
    }
    net = net.with_nodes(**columns).with_edges(first_year=_first_years(net, slices))
    return net.with_manifest(references=[_CITESPACE, _EGGHE])


def modified_g(counts: ArrayLike, k: float = 1.0) -> int:
    """Return the largest g with g^2 <= k times the sum of the g largest counts.

    Parameters
    ----------
    counts : array of numbers
        Citations, or works; in any order.
    k : float
        The scale; 1 gives Egghe's g-index.

    Returns
    -------
    int
        At most the number of counts.

    Examples
    --------
    >>> modified_g([5, 3, 1, 1]), modified_g([5, 3, 1, 1], k=2)
    (3, 4)
    """
    sums = np.cumsum(np.sort(np.asarray(counts, dtype=np.float64))[::-1])
    return int(np.count_nonzero(np.arange(1, len(sums) + 1) ** 2 <= k * sums))


@dataclass(frozen=True, slots=True)
class DatedItems:
    """What each work of a known year has.

    Attributes
    ----------
    of : str
        What an item is, one of `SLICED`.
    incidence : Incidence
        Works by items.
    year : array of int, shape (n_works,)
        Year of publication of each of these works.
    n_undated : int
        Works without a year, which are left out.
    """

    of: str
    incidence: Incidence
    year: IntArray
    n_undated: int

    def between(self, first: int, last: int) -> DatedItems:
        """Return the works from one year to another, both counted; all items stay."""
        kept = (self.year >= first) & (self.year <= last)
        return replace(self, incidence=self.incidence.keep_sets(kept), year=self.year[kept])


def dated_items(corpus: Corpus, of: str) -> DatedItems:
    """Find what each work of a known year has."""
    found = incidence_of(corpus, _UNITS[of][1](corpus))
    ids, _, years = describe_works(corpus)
    year = years[np.searchsorted(ids, found.work_id)]
    known = ~np.isnan(year)
    dated = year[known].astype(np.int64)
    return DatedItems(of, found.keep_sets(known), dated, int((~known).sum()))


def yearly_counts(corpus: Corpus, net: Network) -> tuple[IntArray, IntArray, IntArray]:
    """Count the works of each year that have each node of a sliced network.

    Returns
    -------
    years : array of int, shape (n_years,)
        Years in which a work has any such item.
    counts : array of int, shape (n_nodes, n_years)
        Works of the year that have the node, also where it is not chosen.
    totals : array of int, shape (n_years,)
        Works of the year that have any item.
    """
    found = dated_items(corpus, net.of)
    years, place = np.unique(found.year, return_inverse=True)
    rows, columns = found.incidence.matrix[
        :, np.searchsorted(found.incidence.ids, net.ids)
    ].nonzero()
    counts = np.zeros((net.n_nodes, len(years)), dtype=np.int64)
    np.add.at(counts, (columns, place[rows]), 1)
    return years, counts, np.bincount(place, minlength=len(years)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Slices:
    """Which items are chosen in which slice."""

    found: DatedItems
    row: IntArray
    first: IntArray
    chosen: BoolArray
    told: list[dict[str, int]]

    @classmethod
    def of(cls, found: DatedItems, width: int, k: float) -> _Slices:
        """Choose the items of each slice."""
        matrix, year = found.incidence.matrix, found.year
        start = int(year.min(initial=10_000))
        row = (year - start) // width
        n_slices = int(row.max(initial=-1)) + 1
        first = start + width * np.arange(max(n_slices, 1))
        in_all = found.incidence.occurrences
        chosen = np.zeros((len(first), len(in_all)), dtype=bool)
        told = []
        for number, begin in enumerate(first[:n_slices].tolist()):
            part = matrix[np.flatnonzero(row == number)]
            counts = np.bincount(part.indices, minlength=len(in_all))
            g = modified_g(counts[counts > 0], k)
            order = np.lexsort((-in_all, -counts))
            chosen[number, order[:g]] = True
            least = int(counts[order[g - 1]]) if g else 0
            entry = {"first": begin, "last": begin + width - 1, "works": part.shape[0]}
            entry |= {"items": int((counts > 0).sum()), "g": g, "least": least}
            tied = int((counts[order[g:]] == least).sum()) if g else 0
            told.append(entry | {"tied_left_out": tied})
        return cls(found, row, first, chosen, told)

    @property
    def is_node(self) -> BoolArray:
        """Whether an item is chosen in any slice."""
        found: BoolArray = np.any(self.chosen, axis=0)
        return found

    def chosen_cells(self) -> Any:  # noqa: ANN401  of scipy
        """Return which work has which item that is chosen in the slice of the work."""
        from scipy import sparse

        cells = self.found.incidence.matrix.tocoo()
        kept = self.chosen[self.row[cells.row], cells.col]
        ones = np.ones(int(kept.sum()))
        return sparse.csr_array((ones, (cells.row[kept], cells.col[kept])), shape=cells.shape)


def _first_years(net: Network, slices: _Slices) -> FloatArray:
    """Return the first year of the first slice that has each edge."""
    from scipy import sparse

    first = np.full(net.n_edges, np.nan)
    for number in range(len(slices.first) - 1, -1, -1):
        part = sparse.csr_array(net.incidence[np.flatnonzero(slices.row == number)])
        both = (part.T @ part).tocsr()
        there = np.asarray(both[net.source, net.target]).ravel() > 0 if net.n_edges else first > 0
        first[there] = slices.first[number]
    return first


def check_slices(width: int, k: float) -> None:
    """Refuse slices without a year, and a scale that is not above 0."""
    if width < 1:
        raise OptionError(f"width is {width}; it must be 1 or more")
    if not 0 < k < np.inf:
        raise OptionError(f"k is {k}; it must be above 0")
