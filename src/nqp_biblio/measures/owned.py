"""Which works belong to whom: to authors, sources, institutions, countries, terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.cleaning.place.country_names import country_name
from nqp_biblio.errors import OptionError, UnknownNameError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus

    IntArray = NDArray[np.int64]

__all__ = ["OWNERS", "Owned", "owned_works"]

_TERM = "SELECT DISTINCT work_id, term AS owner FROM terms WHERE kind = '{}' AND term IS NOT NULL"
_QUERIES = {
    "authors": (
        "SELECT DISTINCT work_id, author_id AS owner FROM authorships"
        " WHERE role = 'author' AND author_id IS NOT NULL"
    ),
    "sources": "SELECT work_id, source_id AS owner FROM works WHERE source_id IS NOT NULL",
    "institutions": (
        "SELECT DISTINCT work_id, institution_id AS owner FROM affiliations"
        " WHERE institution_id IS NOT NULL"
    ),
    "countries": (
        "SELECT DISTINCT work_id, country_code AS owner FROM affiliations"
        " WHERE country_code IS NOT NULL"
    ),
    "author_keywords": _TERM.format("author_keyword"),
    "index_keywords": _TERM.format("index_keyword"),
    "topics": _TERM.format("topic"),
}
_NAMES = {
    "authors": (
        "SELECT author_id AS owner, MIN(COALESCE(author, literal, family)) AS name"
        " FROM authorships WHERE role = 'author' AND author_id IS NOT NULL"
        " GROUP BY author_id ORDER BY author_id"
    ),
    "sources": "SELECT source_id AS owner, display_name AS name FROM sources ORDER BY source_id",
    "institutions": (
        "SELECT institution_id AS owner, display_name AS name FROM institutions"
        " ORDER BY institution_id"
    ),
}
_STEPS = {
    "authors": ("normalise", "disambiguate_authors"),
    "institutions": ("find_places",),
    "countries": ("find_places",),
}

OWNERS = tuple(_QUERIES)
"""What works can belong to."""


@dataclass(frozen=True, slots=True)
class Owned:
    """The works of each owner; each pair once.

    Attributes
    ----------
    of : str
        What an owner is.
    keys : list of int or str
        Key of each owner that has a work, in order: author_id, country code, term, …
    names : list of str
        Name of each owner.
    owner : array of int, shape (n_pairs,)
        Index of the owner in `keys`, in order.
    work_id : array of int, shape (n_pairs,)
        The work; in order for each owner.
    """

    of: str
    keys: list[int] | list[str]
    names: list[str]
    owner: IntArray
    work_id: IntArray

    @property
    def n_works(self) -> IntArray:
        """Number of works of each owner."""
        return np.bincount(self.owner, minlength=len(self.keys)).astype(np.int64)

    def per_work(self) -> IntArray:
        """Return the number of owners of the work of each pair, for fractions of 1/n."""
        _, place, counts = np.unique(self.work_id, return_inverse=True, return_counts=True)
        return counts[place].astype(np.int64)


def owned_works(corpus: Corpus, of: str) -> Owned:
    """Find the works of each owner.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : str
        One of `OWNERS`.

    Returns
    -------
    Owned

    Raises
    ------
    UnknownNameError
        If there is no such kind of owner.
    OptionError
        If the step that finds the owners was not done.
    """
    if of not in _QUERIES:
        raise UnknownNameError("owner of works", of, OWNERS)
    steps = _STEPS.get(of, ())
    if steps and not {str(step.get("step")) for step in corpus.history} & set(steps):
        raise OptionError(f"the {of} of this corpus are not known; call {steps[0]}(corpus) first")
    pairs = corpus.columns(f"{_QUERIES[of]} ORDER BY owner, work_id")
    work_id = np.asarray(pairs["work_id"], dtype=np.int64)
    owners = np.asarray(pairs["owner"])
    starts = np.ones(len(owners), dtype=bool)
    starts[1:] = owners[1:] != owners[:-1]
    owner = np.cumsum(starts) - 1
    keys = owners[starts].tolist()
    return Owned(of, keys, _names(corpus, of, keys), owner, work_id)


def _names(corpus: Corpus, of: str, keys: list[int] | list[str]) -> list[str]:
    """Return the name of each owner."""
    if of == "countries":
        return [country_name(str(key)) or str(key) for key in keys]
    if of not in _NAMES:
        return [str(key) for key in keys]
    found = corpus.columns(_NAMES[of])
    place = np.searchsorted(np.asarray(found["owner"], dtype=np.int64), np.asarray(keys, "int64"))
    names = np.asarray(found["name"], dtype=object)[place]
    return ["" if name is None else str(name) for name in names.tolist()]
