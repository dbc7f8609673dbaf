"""What the cited works of each work belong to: sources, fields, countries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.measures.citations import places_of
from nqp_biblio.measures.cited_items import cited_items
from nqp_biblio.measures.owned import OWNERS, owned_works
from nqp_biblio.networks.identity import term_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.cited_items import CitedItems

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = ["CitedCategories", "SourcesOfItems", "cited_categories", "sources_of_items"]

_SOURCE = (
    "SELECT c.{0} AS item, COALESCE(s.display_name, c.source_raw) AS source"
    " FROM cited_references c LEFT JOIN works w ON w.work_id = c.work_id"
    " LEFT JOIN sources s ON s.source_id = w.source_id"
)


@dataclass(frozen=True, slots=True)
class SourcesOfItems:
    """Sources of cited works.

    Attributes
    ----------
    names : list of str
        Name of each source, as it is first in the order of the names that are one when folded.
    source : array of int, shape (n_items,)
        Index in `names`; -1 where no source is known.
    """

    names: list[str]
    source: IntArray


@dataclass(frozen=True, slots=True)
class CitedCategories:
    """Categories that works cite, and those that they belong to themselves.

    Attributes
    ----------
    names : list of str
        Name of each category.
    work_id : array of int, shape (n_works,)
        All works of the corpus, in order.
    year : array of float, shape (n_works,)
        Year of publication; nan where unknown.
    cited : csr_array of shape (n_works, n_categories)
        Cited works of each category; one of n categories counts 1/n for each.
    own : csr_array of shape (n_works, n_categories)
        Categories of the works themselves, in the same way.
    n_references, n_without : array of int, shape (n_works,)
        Cited works, and those of no known category.
    """

    names: list[str]
    work_id: IntArray
    year: FloatArray
    cited: sparse.csr_array
    own: sparse.csr_array
    n_references: IntArray
    n_without: IntArray


def sources_of_items(corpus: Corpus, items: CitedItems) -> SourcesOfItems:
    """Find the source of each cited work: that of the work of the corpus, else as printed.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    items : CitedItems
        Its cited works.

    Returns
    -------
    SourcesOfItems
        Spellings that differ in case, accents and punctuation are one source. A cited work
        that is printed with several has the first in the order of their names.
    """
    query = _SOURCE.format(items.key_column)
    distinct = f"SELECT DISTINCT source FROM ({query}) AS known WHERE source IS NOT NULL"
    spellings = [str(row[0]) for row in corpus.sql(f"{distinct} ORDER BY source")]
    found = corpus.columns(
        f"SELECT item, MIN(number) AS number FROM ({query}) AS printed"
        " JOIN (SELECT source AS spelling, ROW_NUMBER() OVER (ORDER BY source) - 1 AS number"
        f" FROM ({distinct}) AS named) AS numbered ON printed.source = numbered.spelling"
        " WHERE item IS NOT NULL GROUP BY item"
    )
    names, number = _folded(spellings)
    key, spelling = (np.asarray(found[name], dtype=np.int64) for name in ("item", "number"))
    last = max(int(key.max(initial=0)), int(items.key.max(initial=0)))
    source = np.full(last + 1, -1, dtype=np.int64)
    source[key] = number[spelling]
    return SourcesOfItems(names, source[items.key])


def cited_categories(corpus: Corpus, of: str) -> CitedCategories:
    """Find the categories that each work cites.

    Parameters
    ----------
    corpus : Corpus
        A corpus, best after ``link_references``.
    of : str
        ``sources``: of all cited works whose source is known, or is printed. Another one of
        ``owned.OWNERS``: of cited works that are works of the corpus.

    Returns
    -------
    CitedCategories

    Raises
    ------
    UnknownNameError
        If there is no such kind of category.
    OptionError
        If the step that finds the categories was not done.
    """
    if of not in OWNERS:
        raise UnknownNameError("kind of cited category", of, OWNERS)
    items = cited_items(corpus)
    owned = owned_works(corpus, of)
    work = places_of(items.work_id, owned.work_id)
    if of == "sources":
        printed = sources_of_items(corpus, items)
        names, own_number = _extended(printed.names, owned.names)
        known = np.flatnonzero(printed.source >= 0)
        of_item = _shares(known, printed.source[known], (len(items.key), len(names)))
    else:
        names, own_number = list(owned.names), np.arange(len(owned.names))
    is_named = own_number[owned.owner] >= 0
    own = _shares(
        work[is_named],
        own_number[owned.owner][is_named],
        (len(items.work_id), len(names)),
    )
    if of != "sources":
        inside = np.flatnonzero(items.item_work >= 0)
        to_work = _ones(inside, items.item_work[inside], (len(items.key), len(items.work_id)))
        of_item = (to_work @ own).tocsr()
    return _cited(items, names, of_item, own)


def _cited(
    items: CitedItems, names: list[str], of_item: sparse.csr_array, own: sparse.csr_array
) -> CitedCategories:
    """Add up the categories of the items that each work cites."""
    is_listed = items.citing >= 0
    citing, item = items.citing[is_listed], items.item[is_listed]
    n_works = len(items.work_id)
    cites = _ones(citing, item, (n_works, len(items.key)))
    cited = (cites @ of_item).tocsr()
    cited.sort_indices()
    is_without = np.diff(of_item.indptr) == 0
    return CitedCategories(
        names=names,
        work_id=items.work_id,
        year=items.year,
        cited=cited,
        own=own,
        n_references=np.bincount(citing, minlength=n_works).astype(np.int64),
        n_without=np.bincount(citing[is_without[item]], minlength=n_works).astype(np.int64),
    )


def _ones(
    row: NDArray[np.integer], column: NDArray[np.integer], shape: tuple[int, int]
) -> sparse.csr_array:
    """Return a matrix with 1 for each pair."""
    from scipy import sparse

    return sparse.csr_array((np.ones(len(row)), (row, column)), shape=shape)


def _shares(row: IntArray, column: IntArray, shape: tuple[int, int]) -> sparse.csr_array:
    """Return a matrix with 1/n for each of the n columns of a row."""
    made = _ones(row, column, shape)
    n_columns = np.diff(made.indptr)
    made.data = 1.0 / np.repeat(n_columns, n_columns)
    return made


def _folded(spellings: list[str]) -> tuple[list[str], IntArray]:
    """Bring spellings together; -1 is one of which nothing is left."""
    return _extended([], spellings)


def _extended(names: list[str], more: Sequence[str]) -> tuple[list[str], IntArray]:
    """Add names to a list where their folded form is not in it yet; where each stands."""
    fold = term_key("folded")
    known = {fold(name): number for number, name in enumerate(names)}
    names = list(names)
    numbers = []
    for name in more:
        key = fold(name)
        if key and key not in known:
            known[key] = len(names)
            names.append(name)
        numbers.append(known[key] if key else -1)
    return names, np.array(numbers, dtype=np.int64)
