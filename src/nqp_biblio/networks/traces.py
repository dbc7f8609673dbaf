"""What lies behind an edge or a node: the works, and what is printed in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.incidence import Incidence
    from nqp_biblio.networks.units import Unit

    IntArray = NDArray[np.int64]

__all__ = ["CitationTrace", "SharedItemsTrace", "SharedSetsTrace", "id_list"]

Row = tuple[Any, ...]

_PASSAGES = {"section": "section", "sentence": "sentence"}


@dataclass(frozen=True)
class SharedSetsTrace:
    """Behind an edge of items: the works, or passages, that have both.

    Attributes
    ----------
    corpus : Corpus
        The corpus.
    found : Incidence
        Sets by items; items are the nodes.
    level : str
        What a set is: work, section, paragraph or sentence.
    """

    corpus: Corpus
    found: Incidence
    level: str = "work"

    def __call__(self, first: int, second: int) -> list[Row]:
        """Return one row per set that has both items."""
        return self._rows(_rows_with_all(self.found.matrix, (first, second)), (first, second))

    def of_node(self, node: int) -> list[Row]:
        """Return one row per set that has the item."""
        return self._rows(_rows_with_all(self.found.matrix, (node,)), (node,))

    def _rows(self, sets: IntArray, items: tuple[int, ...]) -> list[Row]:
        """Describe some sets, and how some items are printed in them."""
        found = self.found
        works, places = found.work_id[sets].tolist(), found.place[sets].tolist()
        printed = _printed(self.corpus, found.unit, works)
        described = _describe(self.corpus, works)
        passages = self._passages(works)
        keys = [found.keys[item] for item in items]
        return [
            (
                work,
                *described[work],
                passages.get((work, place), self._name(work, place, described)),
                *(printed.get((work, place, key)) for key in keys),
            )
            for work, place in zip(works, places, strict=True)
        ]

    def _name(self, work: int, place: int, described: dict[int, tuple[Any, Any]]) -> str:
        """Name a set that has no text of its own."""
        return str(described[work][0] or f"work {work}") if not place else f"{self.level} {place}"

    def _passages(self, works: list[int]) -> dict[tuple[int, int], str]:
        """Return the text of sentences, the headings of sections."""
        if self.level not in _PASSAGES or not works:
            return {}
        place = "sentence_number"
        if self.level == "section":
            place = "DENSE_RANK() OVER (ORDER BY COALESCE(section, ''))"
        rows = self.corpus.sql(
            f"SELECT DISTINCT citing_work_id, place, text FROM (SELECT citing_work_id, {place} AS"
            f" place, {_PASSAGES[self.level]} AS text FROM mentions WHERE reference_id IN (SELECT"
            " reference_id FROM cited_references WHERE citing_work_id IS NOT NULL)) AS m"
            f" WHERE text IS NOT NULL AND citing_work_id IN {id_list(works)} ORDER BY 1, 2, 3"
        )
        return {(work, number): text for work, number, text in rows}


@dataclass(frozen=True)
class SharedItemsTrace:
    """Behind an edge of works, authors or sources: the references or topics that both have.

    Attributes
    ----------
    corpus : Corpus
        The corpus.
    found : Incidence
        Works by items.
    owned : csr_array of shape (n_works, n_nodes)
        One where the node owns the work: its author, its journal, or the work itself.
    owners : Incidence, optional
        Works by nodes, where a node is not a work.
    """

    corpus: Corpus
    found: Incidence
    owned: sparse.csr_array
    owners: Incidence | None = None

    def of_node(self, node: int) -> list[Row]:
        """Return one row per work of the node that has items."""
        works = self.found.work_id[_rows_with_all(self.owned, (node,))].tolist()
        return _owned_rows(self.corpus, works, self.owners, node)

    def __call__(self, first: int, second: int) -> list[Row]:
        """Return one row per item that both have."""
        found = self.found
        sets = [np.flatnonzero(self.owned[:, [node]].toarray().ravel()) for node in (first, second)]
        items = [set(found.matrix[rows].indices.tolist()) for rows in sets]
        shared = sorted(items[0] & items[1])
        printed = [self._first_printed(rows) for rows in sets]
        cited = {i: int(k[1:]) for i in shared if (k := found.keys[i])[0] == "#" and self._cites()}
        described = _describe(self.corpus, cited.values())
        return [
            (
                cited.get(item),
                *described.get(cited.get(item, 0), (None, None)),
                found.labels[item],
                printed[0].get(found.keys[item]),
                printed[1].get(found.keys[item]),
            )
            for item in shared
        ]

    def _cites(self) -> bool:
        """Whether the items are references, whose keys may name works."""
        return self.found.unit.name == "references"

    def _first_printed(self, rows: IntArray) -> dict[str, str]:
        """Return how each item of some works is printed in the first of them."""
        works = self.found.work_id[rows].tolist()
        printed: dict[str, str] = {}
        for (_, _, key), text in sorted(_printed(self.corpus, self.found.unit, works).items()):
            printed.setdefault(key, text)
        return printed


@dataclass(frozen=True)
class CitationTrace:
    """Behind an edge from citing to cited: the references.

    Attributes
    ----------
    corpus : Corpus
        The corpus.
    ids : array of shape (n_works,)
        The works.
    owned : csr_array of shape (n_works, n_nodes)
        One where the node owns the work: its author, its journal, or the work itself.
    owners : Incidence, optional
        Works by nodes, where a node is not a work.
    """

    corpus: Corpus
    ids: IntArray
    owned: sparse.csr_array
    owners: Incidence | None = None

    def of_node(self, node: int) -> list[Row]:
        """Return one row per work of the node."""
        works = self.ids[_rows_with_all(self.owned, (node,))].tolist()
        return _owned_rows(self.corpus, works, self.owners, node)

    def __call__(self, first: int, second: int) -> list[Row]:
        """Return one row per pair of a citing and a cited work."""
        citing, cited = (
            self.ids[self.owned[:, [node]].toarray().ravel() > 0].tolist()
            for node in (first, second)
        )
        rows = self.corpus.sql(
            "SELECT r.citing_work_id, w.title, w.publication_year, MIN(r.raw), MIN(c.title)"
            " FROM cited_references r JOIN works w ON w.work_id = r.citing_work_id"
            " JOIN works c ON c.work_id = r.work_id"
            f" WHERE r.citing_work_id IN {id_list(citing)} AND r.work_id IN {id_list(cited)}"
            " AND r.citing_work_id <> r.work_id"
            " GROUP BY r.citing_work_id, r.work_id, w.title, w.publication_year"
            " ORDER BY r.citing_work_id, r.work_id"
        )
        return [
            (work, title, year, raw, title, cited_title)
            for work, title, year, raw, cited_title in rows
        ]


def id_list(ids: Iterable[int]) -> str:
    """Write keys as a list in SQL; an empty one matches nothing."""
    return "(" + ", ".join(str(int(key)) for key in ids) + ")" if ids else "(-1)"


def _rows_with_all(matrix: sparse.csr_array, columns: Sequence[int]) -> IntArray:
    """Return the rows that have a one in each of some columns."""
    n = np.asarray(matrix[:, list(columns)].sum(axis=1)).ravel()
    return np.flatnonzero(n >= len(columns))


def _owned_rows(
    corpus: Corpus, works: Sequence[int], owners: Incidence | None, node: int
) -> list[Row]:
    """Return one row per work of a node: the work, its title, how the node is printed in it."""
    described = _describe(corpus, works)
    if owners is None:
        return [(work, *described[work], *[described[work][0]] * 2) for work in works]
    printed = _printed(corpus, owners.unit, works)
    key = owners.keys[node]
    return [
        (work, *described[work], described[work][0], printed.get((work, 0, key))) for work in works
    ]


def _describe(corpus: Corpus, works: Iterable[int]) -> dict[int, tuple[Any, Any]]:
    """Return title and year of some works."""
    rows = corpus.sql(
        "SELECT work_id, COALESCE(title, raw), publication_year FROM works"
        f" WHERE work_id IN {id_list(works)}"
    )
    return {work: (title, year) for work, title, year in rows}


def _printed(corpus: Corpus, unit: Unit, works: Sequence[int]) -> dict[tuple[int, int, str], str]:
    """Return how the items of a unit are printed in each place of some works."""
    rows = corpus.sql(
        f"SELECT work_id, place, key, printed FROM ({unit.sql}) AS u"
        f" WHERE key IS NOT NULL AND work_id IN {id_list(works)} ORDER BY 1, 2, 3, 4"
    )
    merge = unit.merge or str
    printed: dict[tuple[int, int, str], str] = {}
    for work, place, key, text in rows:
        printed.setdefault((work, place, merge(key)), text)
    return printed
