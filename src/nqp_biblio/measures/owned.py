"""Which works belong to whom: to authors, sources, institutions, countries, terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from nqp_biblio.cleaning.place.country_names import country_name
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.owner_names import OwnerNames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.corpus.engine import Columns

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = ["OWNERS", "Counting", "Owned", "owned_totals", "owned_works"]

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
        " GROUP BY author_id"
    ),
    "sources": "SELECT source_id AS owner, display_name AS name FROM sources",
    "institutions": "SELECT institution_id AS owner, display_name AS name FROM institutions",
}
_STEPS = {
    "authors": ("normalise", "disambiguate_authors"),
    "institutions": ("find_places",),
    "countries": ("find_places",),
}

OWNERS = tuple(_QUERIES)
"""What works can belong to."""

Counting = Literal["full", "fractional"]
"""A work counts 1 for each of its n owners, or 1/n."""

_COUNTINGS = ("full", "fractional")


@dataclass(frozen=True, slots=True)
class Owned:
    """The works of each owner; each pair once.

    Attributes
    ----------
    of : str
        What an owner is.
    keys : list of int or str
        Key of each owner that has a work, in order: author_id, country code, term, …
    names : sequence of str
        Name of each owner; those that have numbers for keys are fetched when looked at.
    owner : array of int, shape (n_pairs,)
        Index of the owner in `keys`, in order.
    work_id : array of int, shape (n_pairs,)
        The work; in order for each owner.
    """

    of: str
    keys: list[int] | list[str]
    names: Sequence[str]
    owner: IntArray
    work_id: IntArray

    @property
    def n_works(self) -> IntArray:
        """Number of works of each owner."""
        return np.bincount(self.owner, minlength=len(self.keys)).astype(np.int64)

    def per_work(self) -> IntArray:
        """Return the number of owners of the work of each pair, for fractions of 1/n."""
        # keys of works are counted from 1, so that a table of them all is small
        return np.bincount(self.work_id)[self.work_id].astype(np.int64)


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
    _check(corpus, of)
    plain = _QUERIES[of].replace("SELECT DISTINCT", "SELECT")
    if of in _NAMES:
        numbers, work_id = _sorted_pairs(corpus.columns(plain))
        starts = np.ones(len(numbers), dtype=bool)
        starts[1:] = numbers[1:] != numbers[:-1]
        ids = numbers[starts]
        names = OwnerNames(corpus, _NAMES[of], ids)
        return Owned(of, ids.tolist(), names, np.cumsum(starts) - 1, work_id)
    owners = f"SELECT DISTINCT owner FROM ({plain}) AS pairs"
    keys = [str(row[0]) for row in corpus.sql(f"{owners} ORDER BY owner")]
    found = corpus.columns(
        f"SELECT pairs.work_id, numbered.number AS owner FROM ({plain}) AS pairs"
        " JOIN (SELECT owner, ROW_NUMBER() OVER (ORDER BY owner) - 1 AS number"
        f" FROM ({owners}) AS known) AS numbered ON pairs.owner = numbered.owner"
    )
    labels = [country_name(key) or key for key in keys] if of == "countries" else list(keys)
    return Owned(of, keys, labels, *_sorted_pairs(found))


def owned_totals(
    corpus: Corpus, of: str, *, counting: Counting = "full", citations: bool = False
) -> FloatArray:
    """Sum works or citations by owner, without their names.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : str
        One of `OWNERS`.
    counting : {"full", "fractional"}
        A work of n owners counts 1, or 1/n, for each.
    citations : bool
        Sum ``cited_by_count`` instead of works; works without count are left out.

    Returns
    -------
    array of float, shape (n_owners,)
        In order of the keys of the owners.

    Raises
    ------
    UnknownNameError
        If there is no such kind of owner or counting.
    OptionError
        If the step that finds the owners was not done.
    """
    _check(corpus, of)
    if counting not in _COUNTINGS:
        raise UnknownNameError("counting", counting, _COUNTINGS)
    if of in _NAMES and counting == "full" and not citations:
        plain = _QUERIES[of].replace("SELECT DISTINCT", "SELECT")
        owner, _ = _sorted_pairs(corpus.columns(plain))
        return np.unique(owner, return_counts=True)[1].astype(np.float64)
    sizes, known = "pairs", ""
    amount = "CAST(1 AS DOUBLE)"
    if citations:
        sizes += " JOIN works ON pairs.work_id = works.work_id"
        known = " WHERE works.cited_by_count IS NOT NULL"
        amount = "CAST(works.cited_by_count AS DOUBLE)"
    if counting == "fractional":
        sizes += " JOIN sizes ON pairs.work_id = sizes.work_id"
        amount += " / sizes.n"
    found = corpus.columns(
        f"WITH pairs AS ({_QUERIES[of]}), sizes AS"
        " (SELECT work_id, COUNT(*) AS n FROM pairs GROUP BY work_id)"
        f" SELECT pairs.owner, SUM({amount}) AS total FROM {sizes}{known}"
        " GROUP BY pairs.owner ORDER BY pairs.owner"
    )
    # the last digits of a sum of fractions depend on its order
    totals: FloatArray = np.asarray(found["total"], dtype=np.float64).round(12)
    return totals


def _check(corpus: Corpus, of: str) -> None:
    """Refuse an owner that is none, or that the corpus does not know yet."""
    if of not in _QUERIES:
        raise UnknownNameError("owner of works", of, OWNERS)
    steps = _STEPS.get(of, ())
    if steps and corpus.steps.isdisjoint(steps):
        raise OptionError(f"the {of} of this corpus are not known; call {steps[0]}(corpus) first")


def _sorted_pairs(found: Columns) -> tuple[IntArray, IntArray]:
    """Return owners and works of pairs by owner, then work, each pair once."""
    owner, work_id = (np.asarray(found[name], dtype=np.int64) for name in ("owner", "work_id"))
    # one sort of whole numbers that hold both is several times as fast as one in SQL
    width = int(work_id.max(initial=0)).bit_length()
    pairs = np.sort((owner << width) | work_id)
    if len(pairs):
        pairs = pairs[np.concatenate([[True], pairs[1:] != pairs[:-1]])]
    return pairs >> width, pairs & ((1 << width) - 1)
