"""How many works of each year have a term, an author, …, or cite a reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.cited_items import CitedItems, cited_items, item_labels
from nqp_biblio.measures.owned import OWNERS, Owned, owned_works

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus

    IntArray = NDArray[np.int64]

__all__ = ["ITEMS", "YearlyItems", "yearly_items"]

ITEMS = (*OWNERS, "references")
"""What can be counted by year."""


@dataclass(frozen=True, slots=True)
class YearlyItems:
    """Works of each year, in all and by item.

    Attributes
    ----------
    keys : list of int or str
        Key of each item: term, author_id, …; of a reference its cited_work_id, or else the
        reference_id of the first that is printed.
    names : list of str
        Name of each item, of a reference as first printed.
    years : array of int, shape (n_years,)
        The years in which a work has any item, in order.
    counts : array of int, shape (n_items, n_years)
        Works of the year that have the item.
    totals : array of int, shape (n_years,)
        Works of the year that have any item.
    n_undated : int
        Works with an item but without a year, which are left out.
    """

    keys: list[int | str]
    names: list[str]
    years: IntArray
    counts: IntArray
    totals: IntArray
    n_undated: int


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Index of work and item of each pair, year of each work or 0, and what knows the names."""

    work: NDArray[np.integer]
    item: NDArray[np.integer]
    years: IntArray
    n_items: int
    source: CitedItems | Owned


def yearly_items(corpus: Corpus, of: str, *, min_works: int = 1) -> YearlyItems:
    """Count the works of each year that have an item.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : str
        One of `ITEMS`.
    min_works : int
        Items of fewer works are left out; they still count in the totals.

    Returns
    -------
    YearlyItems

    Raises
    ------
    UnknownNameError
        If there is no such kind of item.
    OptionError
        If `min_works` is below 1, or the step that finds the items was not done.
    """
    if of not in ITEMS:
        raise UnknownNameError("item of works", of, ITEMS)
    if min_works < 1:
        raise OptionError(f"min_works is {min_works}; it must be at least 1")
    pairs = _pairs(corpus, of)
    work, item, years, n_items = pairs.work, pairs.item, pairs.years, pairs.n_items
    known = years[work] > 0
    n_undated = len(np.unique(work[~known]))
    if n_undated:
        work, item = work[known], item[known]
    first, last = (int(years[work].min()), int(years[work].max())) if len(work) else (0, -1)
    # works that have any item, by year
    has_any = np.zeros(len(years), dtype=bool)
    has_any[work] = True
    totals = np.bincount(years[has_any] - first, minlength=last - first + 1)
    n_works = np.bincount(item, minlength=n_items)
    kept = np.flatnonzero(n_works >= min_works)
    place = np.full(n_items, -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    row = place[item]
    is_kept = row >= 0
    code = row[is_kept] * len(totals) + (years[work[is_kept]] - first)
    counts = np.bincount(code, minlength=len(kept) * len(totals)).reshape(len(kept), len(totals))
    busy = np.flatnonzero(totals)
    keys, labels = _named(corpus, pairs.source, kept)
    return YearlyItems(keys, labels, busy + first, counts[:, busy], totals[busy], n_undated)


def _pairs(corpus: Corpus, of: str) -> _Pairs:
    """Return which work has which item."""
    if of == "references":
        items = cited_items(corpus)
        inside = items.citing >= 0
        years = np.nan_to_num(items.year, nan=0.0).astype(np.int64)
        return _Pairs(items.citing[inside], items.item[inside], years, len(items.key), items)
    owned = owned_works(corpus, of)
    found = corpus.columns(
        "SELECT work_id, COALESCE(publication_year, 0) AS year FROM works ORDER BY work_id"
    )
    work = np.searchsorted(np.asarray(found["work_id"], dtype=np.int64), owned.work_id)
    years = np.asarray(found["year"], dtype=np.int64)
    return _Pairs(work, owned.owner, years, len(owned.keys), owned)


def _named(
    corpus: Corpus, source: CitedItems | Owned, kept: IntArray
) -> tuple[list[int | str], list[str]]:
    """Return keys and names of some items."""
    if isinstance(source, CitedItems):
        return source.key[kept].tolist(), item_labels(corpus, source, kept)
    chosen = kept.tolist()
    return [source.keys[n] for n in chosen], [source.names[n] for n in chosen]
