"""Names on works as they are to be told apart: one mention per authorship, in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.cleaning.author.ids import find_author_ids
from nqp_biblio.cleaning.author.names import AuthorName, clean_name, fold_name, keys_of
from nqp_biblio.record import Person

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = ["Mentions", "read_mentions"]


@dataclass(frozen=True)
class Mentions:
    """The names on the works of a corpus.

    Rows are in an order that depends on what the works are, not on when they were read.

    Attributes
    ----------
    place : list of tuple
        Work, role and position of each mention.
    work : array of shape (n_mentions,)
        Index of its work.
    name : array of shape (n_mentions,)
        Index of its folded name.
    printed : array of shape (n_mentions,)
        Index of its name as it stands in the table.
    year : array of shape (n_works,)
        Year of publication of each work, NaN where not known.
    work_ids : list of int
        The works, in the fixed order.
    names : list of AuthorName
        Folded names, sorted.
    parts : list of tuple
        Family, given, particle, suffix, literal and printed form of each name as it stands.
    people : list of Person
        The same, clean.
    ids : list of frozenset of tuple
        Scheme and identifier of each mention.
    signs : list of str
        What each work is known by: year, DOI, title, raw and source in one piece.
    """

    place: list[tuple[int, str, int]]
    work: IntArray
    name: IntArray
    printed: IntArray
    year: FloatArray
    work_ids: list[int]
    names: list[AuthorName]
    parts: list[tuple[str | None, ...]]
    people: list[Person]
    ids: list[frozenset[tuple[str, str]]]
    signs: list[str]

    @property
    def team(self) -> IntArray:
        """The list that each mention stands in, work and role: it names nobody twice."""
        roles = {role: at for at, role in enumerate(sorted({p[1] for p in self.place}))}
        role = np.array([roles[p[1]] for p in self.place], dtype=np.int64)
        return np.asarray(self.work * max(len(roles), 1) + role, dtype=np.int64)

    def keys(self) -> list[tuple[str, ...]]:
        """Return the keys of each folded name."""
        return [keys_of(name) for name in self.names]


def read_mentions(corpus: Corpus, *, with_ids: bool = True) -> Mentions:
    """Read the names on all works of a corpus.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    with_ids : bool, default True
        Whether to look for identifiers of authors.
    """
    works = _works(corpus)
    order = {work_id: at for at, (work_id, *_) in enumerate(works)}
    rows = corpus.sql(
        "SELECT work_id, role, position, family, given, particle, suffix, literal, name_raw"
        " FROM authorships"
    )
    rows.sort(key=lambda row: (order[row[0]], row[1], row[2]))
    parts = sorted({row[3:] for row in rows}, key=_sortable)
    people = [clean_name(Person.of_parts(part, "author")) for part in parts]
    folded = [fold_name(person) for person in people]
    names = sorted(set(folded))
    at_name, at_part = ({key: at for at, key in enumerate(keys)} for keys in (names, parts))
    printed = np.array([at_part[row[3:]] for row in rows], dtype=np.int64)
    name_of_part = np.array([at_name[name] for name in folded], dtype=np.int64)
    return Mentions(
        place=[(row[0], row[1], row[2]) for row in rows],
        work=np.array([order[row[0]] for row in rows], dtype=np.int64),
        name=name_of_part[printed] if len(rows) else printed,
        printed=printed,
        year=np.array([np.nan if row[1] is None else row[1] for row in works], dtype=np.float64),
        work_ids=[row[0] for row in works],
        names=names,
        parts=parts,
        people=people,
        ids=_ids(corpus, rows) if with_ids else [frozenset()] * len(rows),
        signs=["\x1f".join(_sortable(row[1:6])) for row in works],
    )


def _works(corpus: Corpus) -> list[tuple[Any, ...]]:
    """Return the works with what they are, in an order that does not depend on their numbers."""
    rows = corpus.sql(
        "SELECT work_id, publication_year, doi, title, raw, source_raw, file, line FROM works"
    )
    rows.sort(key=lambda row: (*_sortable(row[1:7]), row[7] or 0, row[0]))
    return rows


def _sortable(values: tuple[object, ...]) -> tuple[str, ...]:
    """Return values that can be compared where some are missing."""
    return tuple("" if value is None else str(value) for value in values)


def _ids(corpus: Corpus, rows: list[tuple[Any, ...]]) -> list[frozenset[tuple[str, str]]]:
    """Return the identifiers of each mention."""
    found: dict[tuple[int, int], set[tuple[str, str]]] = {}
    for work_id, position, scheme, number in find_author_ids(corpus):
        found.setdefault((work_id, position), set()).add((scheme, number))
    orcids = corpus.sql(
        "SELECT work_id, role, position, orcid FROM authorships"
        " WHERE role <> 'author' AND orcid IS NOT NULL"
    )
    others = {row[:3]: frozenset({("orcid", row[3])}) for row in orcids}
    none: frozenset[tuple[str, str]] = frozenset()
    return [
        frozenset(found.get((row[0], row[2]), ()))
        if row[1] == "author"
        else others.get((row[0], row[1], row[2]), none)
        for row in rows
    ]
