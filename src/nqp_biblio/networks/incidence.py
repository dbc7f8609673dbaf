"""From a corpus to sets and their items: which work has which topic, author, reference, …."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks.identity import author_key, reference_keys, term_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    from nqp_biblio.corpus.corpus import Corpus

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = [
    "Entries",
    "Incidence",
    "Level",
    "Unit",
    "authors_of_works",
    "cited_unit",
    "count_columns",
    "describe_works",
    "incidence_of",
    "mean_years",
    "sources_of_works",
    "terms_of_works",
    "unique_labels",
]

Level = Literal["work", "section", "paragraph", "sentence"]

_TERM_KINDS = {
    "author_keywords": "kind = 'author_keyword'",
    "index_keywords": "kind = 'index_keyword'",
    "keywords": "kind IN ('author_keyword', 'index_keyword')",
    "topics": "kind = 'topic'",
}
_PLACES = {
    "section": "DENSE_RANK() OVER (ORDER BY COALESCE(m.section, ''))",
    "paragraph": "m.paragraph",
    "sentence": "m.sentence_number",
}
_NAME = (
    "COALESCE({0}.literal, CASE WHEN {0}.family IS NOT NULL THEN COALESCE({0}.particle || ' ', '')"
    " || {0}.family || COALESCE(', ' || {0}.given, '') END, {0}.name_raw)"
)
_FAMILY = "COALESCE({0}.literal, COALESCE({0}.particle || ' ', '') || {0}.family, {0}.name_raw)"
_RESOLVED_MARK = "="
_LABEL_LIMIT = 60
_ENDS_IN_YEAR = re.compile(r"\d{4}\)\Z")


@dataclass(frozen=True, slots=True)
class Unit:
    """A kind of item and how to find it in the tables.

    Attributes
    ----------
    name : str
        Its name: topics, authors, references, …
    sql : str
        A query for ``work_id`` (the work that has the item), ``place`` (where in the work, 0
        for the work as a whole), ``key`` (the same for the same item), ``label`` and
        ``printed``.
    merge : callable, optional
        Brings the keys of the query together further.
    """

    name: str
    sql: str
    merge: Callable[[str], str] | None = None


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
    """

    matrix: sparse.csr_array
    work_id: IntArray
    place: IntArray
    unit: Unit
    keys: tuple[str, ...]
    labels: tuple[str, ...]

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
        )

    def keep_sets(self, mask: NDArray[np.bool_]) -> Incidence:
        """Return the incidence of some sets; the items stay."""
        kept = np.flatnonzero(mask)
        return replace(
            self, matrix=self.matrix[kept], work_id=self.work_id[kept], place=self.place[kept]
        )


def incidence_of(corpus: Corpus, unit: Unit) -> Incidence:
    """Find the items of each work.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    unit : Unit
        The kind of item.

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
    return Incidence(
        matrix,
        entries.work_id[begins],
        entries.place[begins],
        unit,
        tuple(entries.keys),
        tuple(entries.labels),
    )


def terms_of_works(
    of: str, *, identity: str = "case-folded", include_ubiquitous: bool = False
) -> Unit:
    """Return the unit for keywords or topics.

    Raises
    ------
    UnknownNameError
        If there is no such kind of term or rule.
    """
    if of not in _TERM_KINDS:
        raise UnknownNameError("kind of term", of, _TERM_KINDS)
    where = _TERM_KINDS[of]
    if not include_ubiquitous:
        where += " AND NOT COALESCE(is_ubiquitous, FALSE)"
    term = "term_raw" if identity == "printed" else "COALESCE(term, term_raw)"
    sql = (
        f"SELECT work_id, 0 AS place, {term} AS key, {term} AS label, term_raw AS printed"
        f" FROM terms WHERE {where}"
    )
    return Unit(of, sql, term_key(identity))


def authors_of_works(identity: str = "resolved") -> Unit:
    """Return the unit for authors of the works of the corpus.

    Raises
    ------
    UnknownNameError
        If there is no such rule.
    """
    merge = author_key(identity)
    name = _NAME.format("a")
    key = label = name
    if identity == "printed":
        key = label = f"COALESCE(a.name_raw, {name})"
    if identity == "resolved":
        key = f"CASE WHEN a.author IS NOT NULL THEN '{_RESOLVED_MARK}' || a.author ELSE {name} END"
        label = f"COALESCE(a.author, {name})"
        merge = _AuthorKey(merge)
    sql = (
        f"SELECT a.work_id, 0 AS place, {key} AS key, {label} AS label,"
        f" COALESCE(a.name_raw, {name}) AS printed FROM authorships a WHERE a.role = 'author'"
    )
    return Unit("authors", sql, merge)


def sources_of_works() -> Unit:
    """Return the unit for the journals and books that works stand in."""
    sql = (
        "SELECT w.work_id, 0 AS place, s.display_name || '|' || CAST(s.source_id AS VARCHAR)"
        " AS key, s.display_name AS label, COALESCE(w.source_raw, s.display_name) AS printed"
        " FROM works w JOIN sources s ON w.source_id = s.source_id"
    )
    return Unit("sources", sql)


def cited_unit(
    of: str, *, identity: str = "resolved", author_identity: str = "resolved", level: str = "work"
) -> Unit:
    """Return the unit for what works cite: references, their first authors or sources.

    Parameters
    ----------
    of : {"references", "authors", "sources"}
        What an item is.
    identity : str
        Rule that says when two references are one; see ``identity.REFERENCE_RULES``.
    author_identity : str
        Rule that says when two names are one author; see ``identity.AUTHOR_RULES``.
    level : {"work", "section", "paragraph", "sentence"}
        How near to each other references must be cited; all but work need mentions.

    Raises
    ------
    UnknownNameError
        If there is no such unit, rule or level.
    """
    if level not in get_args(Level):
        raise UnknownNameError("level", level, get_args(Level))
    parts: dict[str, tuple[str, str, Callable[[str], str] | None]] = {
        "references": ("r.key", _reference_label(), None),
        "authors": _cited_author(author_identity),
        "sources": ("r.source", "r.source", term_key("folded")),
    }
    if of not in parts:
        raise UnknownNameError("cited unit", of, parts)
    key, label, merge = parts[of]
    place, joined = "0", ""
    if level != "work":
        place, joined = _PLACES[level], " JOIN mentions m ON m.reference_id = r.reference_id"
    sql = (
        f"SELECT r.citing_work_id AS work_id, {place} AS place, {key} AS key, {label} AS label,"
        f" r.raw AS printed FROM ({_described_references(identity)}) AS r{joined}"
        " WHERE r.citing_work_id IS NOT NULL"
    )
    return Unit(of, sql, merge)


def describe_works(corpus: Corpus) -> tuple[IntArray, list[str], FloatArray]:
    """Return id, short label (first author and year, else title) and year of every work.

    A year that is not known is NaN.
    """
    rows = corpus.sql(
        f"SELECT w.work_id, {_FAMILY.format('a')}, w.publication_year, w.title, w.raw"
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


@dataclass(frozen=True)
class _AuthorKey:
    """Keys of authors of whom some are resolved already."""

    other: Callable[[str], str]

    def __call__(self, name: str) -> str:
        """Keep a resolved name, reduce another."""
        return name if name.startswith(_RESOLVED_MARK) else self.other(name)


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


def _cited_author(identity: str) -> tuple[str, str, Callable[[str], str]]:
    """Key, label and merging of the first author of a reference."""
    if identity != "resolved":
        return "r.author", "r.author", author_key(identity)
    key = f"CASE WHEN r.known IS NOT NULL THEN '{_RESOLVED_MARK}' || r.known ELSE r.author END"
    return key, "COALESCE(r.known, r.author)", _AuthorKey(author_key(identity))


def _described_references(identity: str) -> str:
    """Query all references with key, name of first author and source, the linked work's first."""
    return (
        "SELECT k.reference_id, k.citing_work_id, k.raw, k.key, k.publication_year,"
        f" COALESCE({_FAMILY.format('a')}, k.first_author) AS short,"
        f" COALESCE({_NAME.format('a')}, k.first_author) AS author, a.author AS known,"
        " COALESCE(s.display_name, c.source_raw) AS source"
        f" FROM ({reference_keys(identity)}) AS k"
        " JOIN cited_references c ON c.reference_id = k.reference_id"
        " LEFT JOIN authorships a ON a.work_id = k.work_id AND a.role = 'author'"
        " AND a.position = 1 LEFT JOIN works w ON w.work_id = k.work_id"
        " LEFT JOIN sources s ON s.source_id = w.source_id"
    )


def _reference_label() -> str:
    """Label of a reference: first author and year, else the beginning of the string."""
    return (
        "CASE WHEN r.short IS NOT NULL AND r.publication_year IS NOT NULL THEN r.short || ' (' ||"
        f" CAST(r.publication_year AS VARCHAR) || ')' ELSE SUBSTR(r.raw, 1, {_LABEL_LIMIT}) END"
    )


def _entries(corpus: Corpus, unit: Unit) -> Entries:
    """Ask for the rows of a unit and number its items."""
    known = f"SELECT * FROM ({unit.sql}) AS u WHERE key IS NOT NULL AND key <> ''"
    rows = corpus.columns(
        "SELECT work_id, place, DENSE_RANK() OVER (ORDER BY key) - 1 AS item"
        f" FROM ({known}) AS k ORDER BY work_id, place, item"
    )
    names = corpus.sql(
        f"SELECT key, COALESCE(label, printed), COUNT(*) FROM ({known}) AS k GROUP BY 1, 2"
        " ORDER BY 1, 2"
    )
    raw_keys = list(dict.fromkeys(row[0] for row in names))
    merged = [unit.merge(key) for key in raw_keys] if unit.merge else raw_keys
    keys = sorted(set(merged))
    place = {key: index for index, key in enumerate(keys)}
    item_of = np.array([place[key] for key in merged], dtype=np.int64)
    labels = _labels(names, dict(zip(raw_keys, merged, strict=True)))
    raw_item = np.asarray(rows["item"], dtype=np.int64)
    return Entries(
        np.asarray(rows["work_id"], dtype=np.int64),
        np.asarray(rows["place"], dtype=np.int64),
        item_of[raw_item] if raw_item.size else raw_item,
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
