"""Which printed references are one cited work, what year it is of, and who cites it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.networks.compiling import compiled
from nqp_biblio.networks.identity import reference_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus

    IntArray = NDArray[np.int64]
    SmallArray = NDArray[np.int32]
    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

__all__ = ["CitedItems", "by_item", "cited_items", "first_of_pairs", "item_labels"]

_WORKS = (
    "SELECT work_id, COALESCE(CAST(publication_year AS DOUBLE), CAST('NaN' AS DOUBLE)) AS year"
    " FROM works ORDER BY work_id"
)
_LINKED = (
    "SELECT CAST(COALESCE(citing_work_id, 0) AS INTEGER) AS citing,"
    " CAST(cited_work_id AS INTEGER) AS cited, CAST(COALESCE(work_id, 0) AS INTEGER) AS work,"
    " CAST(COALESCE(publication_year, 0) AS INTEGER) AS year FROM cited_references"
)
_LABELS = (
    "SELECT c.{0} AS item, COALESCE(c.raw, c.title, c.doi, c.first_author, '') AS label"
    " FROM cited_references c JOIN (SELECT {0}, MIN(reference_id) AS first FROM cited_references"
    " WHERE {0} IN ({1}) GROUP BY {0}) f ON c.reference_id = f.first"
)
_ASKED_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class CitedItems:
    """Cited works, in the corpus or outside, and the works that cite them.

    Attributes
    ----------
    work_id : array of int, shape (n_works,)
        All works of the corpus, in order.
    year : array of float, shape (n_works,)
        Year of publication; nan where unknown.
    citing : array of int, shape (n_pairs,)
        Index in `work_id`, in order; -1 for a bare list.
    item : array of int, shape (n_pairs,)
        The cited work, from 0; a list has each once.
    item_work : array of int, shape (n_items,)
        Index in `work_id` of the cited work; -1 outside the corpus.
    item_year : array of int, shape (n_items,)
        Year printed most often, of equals the earliest; 0 where none is printed.
    key : array of int, shape (n_items,)
        Value that names the item in the column `key_column` of ``cited_references``.
    key_column : {"cited_work_id", "reference_id"}
        That column.
    n_printed : int
        Printed references.
    n_years_differ : int
        Items printed with more than one year.
    """

    work_id: IntArray
    year: FloatArray
    citing: SmallArray
    item: SmallArray
    item_work: SmallArray
    item_year: SmallArray
    key: IntArray
    key_column: str
    n_printed: int
    n_years_differ: int

    @property
    def n_repeated(self) -> int:
        """Number of references that their list has already."""
        return self.n_printed - len(self.item)

    @property
    def citations(self) -> IntArray:
        """Number of works that cite each item."""
        counts: IntArray = compiled(_counted)(self.item, len(self.key))
        return counts

    @property
    def citing_year(self) -> SmallArray:
        """Year of the citing work of each pair; 0 where there is none or it is unknown."""
        years = np.append(np.nan_to_num(self.year, nan=0.0), 0.0).astype(np.int32)
        return years[self.citing]  # -1 is the last


@dataclass(frozen=True, slots=True)
class _Rows:
    """References as read: citing work_id or 0, item from 0, year or 0; and of items the rest."""

    citing: SmallArray
    item: SmallArray
    year: SmallArray
    work: SmallArray
    key: IntArray
    key_column: str


def cited_items(corpus: Corpus, identity: str = "resolved") -> CitedItems:
    """Find the cited works and who cites them.

    Parameters
    ----------
    corpus : Corpus
        The corpus, best after ``link_references``.
    identity : {"resolved", "printed", "doi", "author-year-source"}
        When two printed references are one, as in ``cocitation_network``.

    Returns
    -------
    CitedItems

    Raises
    ------
    UnknownNameError
        If there is no such identity.
    """
    works = corpus.columns(_WORKS)
    work_id = np.asarray(works["work_id"], dtype=np.int64)
    is_fast = identity == "resolved" and _is_linked(corpus)
    rows = _linked_rows(corpus) if is_fast else _keyed_rows(corpus, identity)
    n_items = len(rows.key)
    year, differs = _item_years(rows.item, rows.year, n_items)
    citing, item = _distinct(rows.citing, rows.item, n_items)
    return CitedItems(
        work_id=work_id,
        year=np.asarray(works["year"], dtype=np.float64),
        citing=_places(work_id)[citing],
        item=item,
        item_work=_places(work_id)[rows.work],
        item_year=year,
        key=rows.key,
        key_column=rows.key_column,
        n_printed=len(rows.item),
        n_years_differ=int(differs.sum()),
    )


def item_labels(corpus: Corpus, items: CitedItems, chosen: Sequence[int] | IntArray) -> list[str]:
    """Return the reference as it is first printed, of some items.

    Parameters
    ----------
    corpus : Corpus
        The corpus that the items are of.
    items : CitedItems
        The items.
    chosen : sequence of int
        Which of them.

    Returns
    -------
    list of str
        In the order asked.
    """
    keys = items.key[np.asarray(chosen, dtype=np.int64)]
    labels = dict(_labels(corpus, items.key_column, np.unique(keys)))
    return [labels.get(key, "") for key in keys.tolist()]


def by_item(item: SmallArray, values: SmallArray, n_items: int) -> tuple[IntArray, SmallArray]:
    """Group values by their item, in the order given.

    Parameters
    ----------
    item, values : array of int, shape (n_pairs,)
        Item from 0, and the value to group.
    n_items : int
        Number of items.

    Returns
    -------
    starts : array of int, shape (n_items + 1,)
        Where the values of each item begin.
    grouped : array of int, shape (n_pairs,)
        The values, item by item.
    """
    starts = np.zeros(n_items + 1, dtype=np.int64)
    np.cumsum(np.bincount(item, minlength=n_items), out=starts[1:])
    return starts, compiled(_grouped)(item, values, starts[:-1].copy())


def first_of_pairs(owner: NDArray[np.integer], item: SmallArray, n_items: int) -> BoolArray:
    """Mark the first of equal pairs; those of one owner must stand together."""
    kept: BoolArray = compiled(_mark_first)(owner, item, n_items)
    return kept


def _places(work_id: IntArray) -> SmallArray:
    """Return the index of each work by its key; -1 where there is none."""
    places = np.full(int(work_id.max(initial=0)) + 1, -1, dtype=np.int32)
    places[work_id] = np.arange(len(work_id))
    return places


def _labels(corpus: Corpus, column: str, keys: IntArray) -> Iterator[tuple[int, str]]:
    """Yield keys with their labels."""
    for start in range(0, len(keys), _ASKED_AT_ONCE):
        wanted = ", ".join(map(str, keys[start : start + _ASKED_AT_ONCE].tolist()))
        yield from corpus.sql(_LABELS.format(column, wanted))


def _is_linked(corpus: Corpus) -> bool:
    """Tell whether each reference has its cited work."""
    n, known = corpus.sql("SELECT COUNT(*), COUNT(cited_work_id) FROM cited_references")[0]
    return bool(n == known)


def _linked_rows(corpus: Corpus) -> _Rows:
    """Read references that have their cited work; those of one work of the corpus are one."""
    found = corpus.columns(_LINKED)
    citing, cited, work, year = (
        np.asarray(found[name], dtype=np.int32) for name in ("citing", "cited", "work", "year")
    )
    n_keys = int(cited.max()) + 1 if len(cited) else 0
    work_of, occurs = compiled(_works_of)(cited, work, n_keys)
    key = np.arange(n_keys)
    is_work = work_of > 0
    _, first, same = np.unique(work_of[is_work], return_index=True, return_inverse=True)
    key[is_work] = key[is_work][first][same]
    used = np.zeros(n_keys, dtype=bool)
    used[key[occurs]] = True
    place = (np.cumsum(used) - 1).astype(np.int32)
    item = place[key][cited]
    kept = np.flatnonzero(used)
    return _Rows(citing, item, year, work_of[kept], kept, "cited_work_id")


def _keyed_rows(corpus: Corpus, identity: str) -> _Rows:
    """Read references with the key that a rule gives them."""
    found = corpus.columns(
        "SELECT reference_id, CAST(COALESCE(citing_work_id, 0) AS INTEGER) AS citing, key,"
        f" CAST(COALESCE(publication_year, 0) AS INTEGER) AS year FROM ({reference_keys(identity)})"
        " AS k ORDER BY reference_id"
    )
    names = [
        f"r|{reference_id}" if key is None else str(key)
        for reference_id, key in zip(found["reference_id"], found["key"], strict=True)
    ]
    keys, first, item = np.unique(
        np.array(names, dtype=object), return_index=True, return_inverse=True
    )
    work = [int(key[1:]) if key[:1] == "#" and key[1:].isdecimal() else 0 for key in keys.tolist()]
    return _Rows(
        np.asarray(found["citing"], dtype=np.int32),
        item.astype(np.int32),
        np.asarray(found["year"], dtype=np.int32),
        np.array(work, dtype=np.int32),
        np.asarray(found["reference_id"], dtype=np.int64)[first],
        "reference_id",
    )


def _distinct(citing: SmallArray, item: SmallArray, n_items: int) -> tuple[SmallArray, SmallArray]:
    """Order pairs by the citing work and keep each once."""
    if not compiled(_is_ordered)(citing):
        order = np.argsort(citing, kind="stable")
        citing, item = citing[order], item[order]
    kept = first_of_pairs(citing, item, n_items)
    return (citing, item) if kept.all() else (citing[kept], item[kept])


def _item_years(item: SmallArray, year: SmallArray, n_items: int) -> tuple[SmallArray, BoolArray]:
    """Return the year of each item, and whether others are printed too."""
    first, differs = compiled(_first_years)(item, year, n_items)
    if not differs.any():
        return first, differs
    doubtful = differs[item] & (year > 0)
    pairs, counts = np.unique(
        np.stack([item[doubtful], year[doubtful]]), axis=1, return_counts=True
    )
    # of each item the most frequent, of equals the earliest, stands last
    order = np.lexsort([-pairs[1], counts, pairs[0]])
    first[pairs[0][order]] = pairs[1][order]
    return first, differs


def _counted(item: SmallArray, n_items: int) -> IntArray:
    """Count each value, without the copy that bincount makes of small numbers."""
    counts = np.zeros(n_items, dtype=np.int64)
    for i in range(len(item)):
        counts[item[i]] += 1
    return counts


def _is_ordered(values: SmallArray) -> bool:
    """Tell whether no value is below the one before."""
    n_falls = 0
    for i in range(1, len(values)):
        n_falls += values[i] < values[i - 1]
    return n_falls == 0


def _mark_first(owner: NDArray[np.integer], item: SmallArray, n_items: int) -> BoolArray:
    """Mark the first of equal pairs."""
    last = np.full(n_items, -1, dtype=np.int64)
    kept = np.empty(len(item), dtype=np.bool_)
    for i in range(len(item)):
        kept[i] = last[item[i]] != owner[i]
        last[item[i]] = owner[i]
    return kept


def _grouped(item: SmallArray, values: SmallArray, place: IntArray) -> SmallArray:
    """Put values to the places of their items."""
    grouped = np.empty_like(values)
    for i in range(len(item)):
        grouped[place[item[i]]] = values[i]
        place[item[i]] += 1
    return grouped


def _works_of(cited: SmallArray, work: SmallArray, n_keys: int) -> tuple[SmallArray, BoolArray]:
    """Return the work of each cited work, the first of several, 0 for none; and which occur."""
    found = np.zeros(n_keys, dtype=np.int32)
    occurs = np.zeros(n_keys, dtype=np.bool_)
    for i in range(len(cited)):
        occurs[cited[i]] = True
        if work[i] > 0 and (found[cited[i]] == 0 or work[i] < found[cited[i]]):
            found[cited[i]] = work[i]
    return found, occurs


def _first_years(item: SmallArray, year: SmallArray, n_items: int) -> tuple[SmallArray, BoolArray]:
    """Return a year of each item, and whether there is another."""
    found = np.zeros(n_items, dtype=np.int32)
    differs = np.zeros(n_items, dtype=np.bool_)
    for i in range(len(item)):
        if year[i] > 0 and found[item[i]] == 0:
            found[item[i]] = year[i]
        elif year[i] > 0 and found[item[i]] != year[i]:
            differs[item[i]] = True
    return found, differs
