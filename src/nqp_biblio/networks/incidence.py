"""From a corpus to sets and their items: which work has which topic, author, reference, …."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError
from nqp_biblio.networks.units import FAMILY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.units import Unit

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = [
    "Entries",
    "Incidence",
    "Years",
    "count_columns",
    "describe_works",
    "incidence_of",
    "mean_years",
    "unique_labels",
    "works_of_years",
]

Years = tuple[int, int]

_LABEL_LIMIT = 60
_ENDS_IN_YEAR = re.compile(r"\d{4}\)\Z")


@dataclass(frozen=True, slots=True)
class Entries:
    """Which work has which item, one row per mention of it, in order of work and place.

    Attributes
    ----------
    work_id, place, item : array of int
        The work, the place in it, and the index of the item.
    keys, labels : list of str
        Key and most frequent label of each item, sorted by key.
    """

    work_id: IntArray
    place: IntArray
    item: IntArray
    keys: list[str]
    labels: list[str]


@dataclass(frozen=True)
class Incidence:
    """Sets (rows) and their items (columns).

    Attributes
    ----------
    matrix : csr_array of shape (n_sets, n_items)
        One where the set has the item.
    work_id, place : array of shape (n_sets,)
        The work of each set and the place in it, 0 for the whole work.
    unit : Unit
        What an item is.
    keys, labels : tuple of str
        Key and label of each item.
    ids : array of shape (n_items,)
        The number of each item among all of the corpus, from 1; it stays when items go.
    """

    matrix: sparse.csr_array
    work_id: IntArray
    place: IntArray
    unit: Unit
    keys: tuple[str, ...]
    labels: tuple[str, ...]
    ids: IntArray

    @property
    def occurrences(self) -> IntArray:
        """Number of sets that have each item."""
        return np.bincount(self.matrix.indices, minlength=len(self.keys)).astype(np.int64)

    @property
    def sizes(self) -> IntArray:
        """Number of items of each set."""
        return np.diff(self.matrix.indptr).astype(np.int64)

    def keep_items(self, mask: NDArray[np.bool_]) -> Incidence:
        """Return the incidence of some items; the sets stay, empty ones too."""
        kept = np.flatnonzero(mask)
        return replace(
            self,
            matrix=self.matrix[:, kept],
            keys=tuple(self.keys[i] for i in kept.tolist()),
            labels=tuple(self.labels[i] for i in kept.tolist()),
            ids=self.ids[kept],
        )

    def keep_sets(self, mask: NDArray[np.bool_]) -> Incidence:
        """Return the incidence of some sets; the items stay."""
        kept = np.flatnonzero(mask)
        return replace(
            self, matrix=self.matrix[kept], work_id=self.work_id[kept], place=self.place[kept]
        )


def incidence_of(corpus: Corpus, unit: Unit, *, years: Years | None = None) -> Incidence:
    """Find the items of each work.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    unit : Unit
        The kind of item.
    years : pair of int, optional
        First and last year of publication of the works that count; works without a year do
        not then. Items of other works alone are left out; the rest keep key, label and id.

    Returns
    -------
    Incidence
        Sets in order of work and place, items in order of key; an item that a set has more
        than once counts once.
    """
    from scipy import sparse

    entries = _entries(corpus, unit)
    begins = np.ones(len(entries.item), dtype=bool)
    begins[1:] = (np.diff(entries.work_id) != 0) | (np.diff(entries.place) != 0)
    row = np.cumsum(begins) - 1
    shape = (int(begins.sum()), len(entries.keys))
    matrix = sparse.csr_array((np.ones(len(row)), (row, entries.item)), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    found = Incidence(
        matrix,
        entries.work_id[begins],
        entries.place[begins],
        unit,
        tuple(entries.keys),
        tuple(unique_labels(entries.labels)),
        np.arange(1, len(entries.keys) + 1, dtype=np.int64),
    )
    if years is None:
        return found
    few = found.keep_sets(np.isin(found.work_id, works_of_years(corpus, years)))
    return few.keep_items(few.occurrences > 0)


def works_of_years(corpus: Corpus, years: Years) -> IntArray:
    """Return the works published from one year to another, both counted.

    Raises
    ------
    OptionError
        If the last year is before the first.
    """
    first, last = years
    if last < first:
        raise OptionError(f"years is {years}; the last year must not be before the first")
    rows = corpus.sql(
        f"SELECT work_id FROM works WHERE publication_year BETWEEN {int(first)} AND {int(last)}"
        " ORDER BY work_id"
    )
    return np.array([row[0] for row in rows], dtype=np.int64)


def describe_works(corpus: Corpus) -> tuple[IntArray, list[str], FloatArray]:
    """Return id, short label (first author and year, else title) and year of every work.

    A year that is not known is NaN.
    """
    rows = corpus.sql(
        f"SELECT w.work_id, {FAMILY.format('a')}, w.publication_year, w.title, w.raw"
        " FROM works w LEFT JOIN authorships a ON a.work_id = w.work_id AND a.role = 'author'"
        " AND a.position = 1 ORDER BY w.work_id"
    )
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    labels = [_work_label(*row[1:]) or f"work {row[0]}" for row in rows]
    years = np.array([np.nan if row[2] is None else row[2] for row in rows], dtype=np.float64)
    return ids, unique_labels(labels), years


def mean_years(corpus: Corpus, found: Incidence) -> FloatArray:
    """Return the mean year of publication of the sets that have each item.

    Returns
    -------
    array of shape (n_items,)
        NaN where no year is known.
    """
    rows = corpus.sql(
        "SELECT work_id, publication_year FROM works WHERE publication_year IS NOT NULL"
    )
    years = dict(rows)
    known = np.array([years.get(work, 0) for work in found.work_id.tolist()], dtype=np.float64)
    total = found.matrix.T @ known
    n_known = found.matrix.T @ (known > 0).astype(np.float64)
    means: FloatArray = np.full(len(total), np.nan)
    np.divide(total, n_known, out=means, where=n_known > 0)
    return means


def count_columns(corpus: Corpus, found: Incidence) -> dict[str, NDArray[Any]]:
    """Return the columns that nodes have which are items of works."""
    return {"occurrences": found.occurrences, "mean_year": mean_years(corpus, found)}


def unique_labels(labels: Sequence[str]) -> list[str]:
    """Make labels distinct: 'Chen (2020)' twice becomes 'Chen (2020a)' and 'Chen (2020b)'.

    Examples
    --------
    >>> unique_labels(["Chen (2020)", "Chen (2020)", "heat", "heat"])
    ['Chen (2020a)', 'Chen (2020b)', 'heat', 'heat [2]']
    """
    times = Counter(labels)
    taken = {label for label, n in times.items() if n == 1}
    seen: Counter[str] = Counter()
    return [label if times[label] == 1 else _next_label(label, seen, taken) for label in labels]


def _next_label(label: str, seen: Counter[str], taken: set[str]) -> str:
    """Return the next form of a label that is used more than once."""
    while True:
        seen[label] += 1
        number = seen[label]
        if _ENDS_IN_YEAR.search(label):
            made = f"{label[:-1]}{_letters(number)})"
        else:
            made = label if number == 1 else f"{label} [{number}]"
        if made not in taken:
            taken.add(made)
            return made


def _letters(number: int) -> str:
    """Count in letters: a, b, …, z, aa, ab, …."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _work_label(author: str | None, year: int | None, title: str | None, raw: str | None) -> str:
    """Name a work as one does in a text."""
    name = author or title or raw or ""
    if len(name) > _LABEL_LIMIT:
        name = name[: _LABEL_LIMIT - 1].rstrip() + "…"
    return f"{name} ({year})" if year and name else name


def _entries(corpus: Corpus, unit: Unit) -> Entries:
    """Ask for the rows of a unit and number its items."""
    known = f"SELECT * FROM ({unit.sql}) AS u WHERE key IS NOT NULL AND key <> ''"
    # only distinct keys are brought into one order: that of all rows would be too much for Spark
    distinct = "SELECT DISTINCT key FROM known"
    rows = corpus.columns(
        f"WITH known AS ({known}), numbered AS (SELECT key, ROW_NUMBER() OVER (ORDER BY key) - 1"
        f" AS item FROM ({distinct}) AS d) SELECT k.work_id, k.place, n.item FROM known k"
        " JOIN numbered n ON n.key = k.key ORDER BY 1, 2, 3"
    )
    names = corpus.sql(
        f"SELECT key, COALESCE(label, printed), COUNT(*) FROM ({known}) AS k GROUP BY 1, 2"
        " ORDER BY 1, 2"
    )
    raw_keys = list(dict.fromkeys(row[0] for row in names))
    merged = [unit.merge(key) for key in raw_keys] if unit.merge else raw_keys
    keys = sorted(set(merged) - {""})
    place = {key: index for index, key in enumerate(keys)}
    item_of = np.array([place.get(key, -1) for key in merged], dtype=np.int64)
    merged_of = dict(zip(raw_keys, merged, strict=True))
    shown = _labels(names, merged_of)
    if unit.prefers_own:
        shown |= _labels([row for row in names if merged_of[row[0]] == row[0]], merged_of)
    labels = {key: unit.show(label) for key, label in shown.items()} if unit.show else shown
    raw_item = np.asarray(rows["item"], dtype=np.int64)
    item = item_of[raw_item] if raw_item.size else raw_item
    named = item >= 0
    return Entries(
        np.asarray(rows["work_id"], dtype=np.int64)[named],
        np.asarray(rows["place"], dtype=np.int64)[named],
        item[named],
        keys,
        [labels[key] for key in keys],
    )


def _labels(names: list[tuple[Any, ...]], merged: dict[str, str]) -> dict[str, str]:
    """Choose the most frequent label of each item, of equals the first in order."""
    times: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for key, label, n in names:
        times[merged[key]][label] += n
    return {
        key: min(labels.items(), key=lambda pair: (-pair[1], pair[0]))[0]
        for key, labels in times.items()
    }
