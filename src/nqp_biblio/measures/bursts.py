"""Years in which a term, an author or a reference is met more often than is usual for it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import AsOf, until
from nqp_biblio.measures.bursts_kernel import cheapest_states
from nqp_biblio.measures.result import Result
from nqp_biblio.measures.yearly_items import yearly_items

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = ["bursts"]

_PROGRAMS = ("pybibx",)
_MOST_STATES = 100
_REFERENCE = (
    "Kleinberg, J. (2003). Bursty and hierarchical structure in streams. Data Mining and"
    " Knowledge Discovery 7(4), 373-397, section 4. https://doi.org/10.1023/A:1024940629314"
)


def bursts(
    corpus: Corpus,
    *,
    of: str = "author_keywords",
    min_works: int = 5,
    n_states: int = 2,
    s: float = 2.0,
    gamma: float = 1.0,
    like: Literal["pybibx"] | None = None,
    as_of: AsOf = None,
) -> Result:
    """Find the years in which terms, authors, references, … burst.

    Parameters
    ----------
    corpus : Corpus
        The corpus; references best after ``link_references``.
    of : {"author_keywords", "index_keywords", "topics", "authors", "references", "sources", \
"institutions", "countries"}
        What may burst.
    min_works : int
        Items of fewer works are left out.
    n_states : int
        States of the automaton: 2, or more for bursts within bursts.
    s : float
        Ratio of the rates of neighbouring states, above 1.
    gamma : float
        Cost of one state upwards, in units of ln n.
    like : {"pybibx"}, optional
        Leave ln n out of the cost, as pyBibX does; more bursts are found.
    as_of : int, str or None
        Works published later do not count; None is the last year of the corpus.

    Returns
    -------
    Result
        A row for each burst, by weight: ``key`` of the item, ``item``, ``level`` (the state
        that is reached at least), ``start`` and ``end`` (first and last year), ``weight``
        (what the years would cost more in state 0, in nats), ``n_works`` in these years,
        ``n_total`` in all years and ``is_open`` (it lasts to the last year).

    Raises
    ------
    UnknownNameError
        If there is no such kind of item or program.
    OptionError
        If a number is out of its range, or the step that finds the items was not done.

    Notes
    -----
    A batch is a year with works that have any such item. State i has the rate
    min(s^i p0, 0.9999), where p0 is the share of works with the item; from state i to j > i
    costs (j - i) gamma ln n for n batches, downwards nothing. The course of least cost is
    found by Viterbi's algorithm. For two states the weight is Kleinberg's; for a higher
    level, which he does not weigh in batches, it is the same sum over its years.

    References
    ----------
    .. [1] Kleinberg, J. (2003). Bursty and hierarchical structure in streams. Data Mining and
       Knowledge Discovery 7(4), 373-397. https://doi.org/10.1023/A:1024940629314

    Examples
    --------
    >>> found = bursts(corpus, of="references", min_works=10)  # doctest: +SKIP
    """
    _check(n_states, s, gamma, like)
    part, last = until(corpus, as_of)
    items = yearly_items(part, of, min_works=min_works)
    n_batches = len(items.years)
    unit = 1.0 if like else math.log(max(n_batches, 1))
    states, gains = cheapest_states(items.counts, items.totals, n_states, s=s, step=gamma * unit)
    rows: list[tuple[Any, ...]] = []
    for level in range(1, n_states):
        for item, start, end in _runs(states >= level).tolist():
            years, counts = items.years[[start, end - 1]], items.counts[item]
            weight = float(gains[item, start:end].sum())
            name = (items.keys[item], items.names[item], level, *years.tolist())
            n_works = (int(counts[start:end].sum()), int(counts.sum()))
            rows.append((*name, weight, *n_works, end == n_batches))
    rows.sort(key=lambda row: (-row[5], row[1], str(row[0]), row[2], row[3]))
    manifest: dict[str, object] = {
        "measure": "bursts",
        "rule": f"course of {n_states} states that costs least; rates min(s^i p0, 0.9999),"
        f" upwards {'gamma' if like else 'gamma ln n'} a state, downwards nothing",
        "of": of,
        "min_works": min_works,
        "n_states": n_states,
        "s": s,
        "gamma": gamma,
        "like": like,
        "as_of": last,
        "reference": _REFERENCE,
        "n_items": len(items.keys),
        "n_batches": n_batches,
        "n_without": items.n_undated,
        "reason": "works without a year of publication",
    }
    columns = "key item level start end weight n_works n_total is_open"
    return Result(tuple(columns.split()), rows, manifest)


def _check(n_states: int, s: float, gamma: float, like: str | None) -> None:
    """Refuse numbers out of their range."""
    if like is not None and like not in _PROGRAMS:
        raise UnknownNameError("program", like, _PROGRAMS)
    if not 2 <= n_states <= _MOST_STATES:  # noqa: PLR2004  usual and bursting
        raise OptionError(f"n_states is {n_states}; it must be from 2 to {_MOST_STATES}")
    if not s > 1 or not math.isfinite(s):
        raise OptionError(f"s is {s}; it must be above 1")
    if not gamma >= 0 or not math.isfinite(gamma):
        raise OptionError(f"gamma is {gamma}; it must be 0 or more")


def _runs(is_on: NDArray[np.bool_]) -> IntArray:
    """Return row, first column and column behind the last of each run of marks."""
    padded = np.zeros((is_on.shape[0], is_on.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = is_on
    change = np.diff(padded, axis=1)
    row, start = np.nonzero(change == 1)
    _, end = np.nonzero(change == -1)
    return np.stack([row, start, end], axis=1)
