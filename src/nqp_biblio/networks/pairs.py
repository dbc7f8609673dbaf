"""How often two items stand together, as the upper triangle of a matrix, by one of three roads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks.pairs_kernel import count_by_kernel
from nqp_biblio.networks.pairs_numpy import count_by_numpy
from nqp_biblio.networks.pairs_plan import Means, plan_pairs
from nqp_biblio.networks.pairs_sql import count_by_sql
from nqp_biblio.networks.pairs_task import PairTask

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from nqp_biblio.networks.pairs_plan import Plan
    from nqp_biblio.networks.pairs_task import Edges

__all__ = ["COUNTING_REFERENCE", "Counting", "count_pairs", "count_task", "fractions"]

Counting = Literal["full", "fractional"]

COUNTING_REFERENCE = (
    "Perianes-Rodriguez, A., Waltman, L. & van Eck, N. J. (2016). Constructing bibliometric"
    " networks: A comparison between full and fractional counting. Journal of Informetrics"
    " 10(4), 1178-1195. https://doi.org/10.1016/j.joi.2016.10.006"
)


def fractions(sizes: NDArray[np.int64], counting: Counting) -> NDArray[np.float64]:
    """Return what each pair of a set counts.

    Parameters
    ----------
    sizes : array
        Items of each set (authors of each work, say), all of them counted.
    counting : {"full", "fractional"}
        Full: each pair counts 1. Fractional: each pair of a set of n counts 1 / (n - 1), so
        that the links of one item in it add up to 1.

    Returns
    -------
    array
        One number per set; 0 for a set without a pair.

    Examples
    --------
    >>> fractions(np.array([3, 2, 1]), "fractional")
    array([0.5, 1. , 0. ])
    """
    if counting not in get_args(Counting):
        raise UnknownNameError("counting", counting, get_args(Counting))
    pairs = sizes > 1
    if counting == "full":
        return pairs.astype(np.float64)
    share = np.zeros(len(sizes))
    share[pairs] = 1.0 / (sizes[pairs] - 1)
    return share


def count_pairs(
    incidence: sparse.csr_array,
    share: NDArray[np.float64],
    *,
    min_weight: float = 0.0,
    top_links: int | None = None,
    boundary: int = 0,
    means: Means | None = None,
) -> Edges:
    """Count the pairs of items that stand in the same sets.

    Parameters
    ----------
    incidence : csr_array of shape (n_sets, n_items)
        One where the set (row) has the item (column).
    share : array of shape (n_sets,)
        What a pair in each set counts; see ``fractions``. A set of share 0 has no pair.
    min_weight : float
        Lighter pairs are left out.
    top_links : int, optional
        Pairs that are wanted of each item: the heaviest, of equal ones those with the first
        items. A pair stays if one of its items wants it.
    boundary : int
        Where it is not 0, only pairs of an item before it and one from it on are counted.
    means : Means, optional
        Road and memory; the result does not depend on it.

    Returns
    -------
    source, target, weight : arrays
        The pairs with source < target, sorted by both. Cost and memory follow the number
        of pairs, never the square of the number of items.

    Raises
    ------
    OptionError
        If the edges do not fit into the memory that they may take.

    Examples
    --------
    >>> from scipy import sparse
    >>> works = sparse.csr_array([[1, 1, 1], [1, 0, 1]])
    >>> source, target, weight = count_pairs(works, np.ones(2))
    >>> list(zip(source.tolist(), target.tolist(), weight.tolist()))
    [(0, 1, 1.0), (0, 2, 2.0), (1, 2, 1.0)]
    """
    task = PairTask.of(
        incidence, share, min_weight=min_weight, top_links=top_links, boundary=boundary
    )
    return count_task(task, means or Means())[0]


def count_task(task: PairTask, means: Means) -> tuple[Edges, Plan]:
    """Count the pairs of a task by the road that suits it.

    Parameters
    ----------
    task : PairTask
        What is counted.
    means : Means
        The road, or that it is chosen by size, and the memory.

    Returns
    -------
    edges : tuple of arrays
        As of ``count_pairs``.
    plan : Plan
        The road that was taken, and why.

    Raises
    ------
    OptionError
        If the edges do not fit into the memory that they may take.
    """
    plan = plan_pairs(task, means)
    if plan.road == "numpy":
        return count_by_numpy(task), plan
    if plan.road == "kernel":
        return count_by_kernel(task), plan
    return count_by_sql(task, memory=plan.budget // 2, is_mapped=plan.is_mapped), plan
