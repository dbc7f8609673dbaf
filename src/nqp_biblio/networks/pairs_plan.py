"""Which road counts the pairs: what each would take, and what to do when none fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks import pairs_budget
from nqp_biblio.networks.pairs_budget import BYTES_OF_EDGE, bytes_of, size_of, too_large
from nqp_biblio.networks.pairs_kernel import bytes_of_kernel, weights_by_kernel
from nqp_biblio.networks.pairs_numpy import BYTES_OF_PAIR, PAIRS_AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.networks.pairs_task import PairTask

__all__ = ["DEFAULT_BUDGET", "Engine", "Means", "Plan", "plan_pairs", "told_together"]

Engine = Literal["auto", "numpy", "kernel", "sql"]
Road = Literal["numpy", "kernel", "sql"]

DEFAULT_BUDGET = "4 GB"
NUMPY_UP_TO = 3_000_000
"""Pairs up to which blocks of NumPy are faster than to load the compiled code."""

_BYTES_OF_ENTRY = 100


@dataclass(frozen=True)
class Means:
    """How pairs are to be counted; no choice of it changes the result.

    Attributes
    ----------
    engine : {"auto", "numpy", "kernel", "sql"}
        The road.
    memory_budget : int or str
        Bytes, or a size such as ``"2 GB"``, that counting and its result may take beyond the
        corpus.
    """

    engine: Engine = "auto"
    memory_budget: int | str = DEFAULT_BUDGET


@dataclass(frozen=True)
class Plan:
    """The road that is taken, and what it was chosen by.

    Attributes
    ----------
    road : {"numpy", "kernel", "sql"}
        The road.
    is_forced : bool
        Whether it was asked for.
    pairs : int
        Pairs to count, one for each set that has both: sum of n (n - 1) / 2.
    edges_at_most : int
        Distinct pairs above the least weight, at most; the number itself where
        `is_measured`.
    bytes_needed, budget : int
        Memory that the road takes at most, and that it may take.
    is_measured : bool
        Whether edges were counted before, as the bound from sums did not fit.
    is_mapped : bool
        Whether the edges stay on disk, mapped into memory as they are read.
    """

    road: Road
    is_forced: bool
    pairs: int
    edges_at_most: int
    bytes_needed: int
    budget: int
    is_measured: bool = False
    is_mapped: bool = False

    def told(self) -> dict[str, Any]:
        """Return the entry of a manifest, with ``text``, the same in a line."""
        chosen = "forced" if self.is_forced else "chosen by size"
        most = "" if self.is_measured else "at most "
        place = "on disk" if self.is_mapped else f"in {most}{size_of(self.bytes_needed)}"
        text = (
            f"{self.pairs:,} pairs, {most}{self.edges_at_most:,} edges by {self.road} ({chosen}),"
            f" {place} of {size_of(self.budget)}"
        )
        return {
            "road": self.road,
            "forced": self.is_forced,
            "pairs": self.pairs,
            "edges_at_most": self.edges_at_most,
            "bytes": self.bytes_needed,
            "budget": self.budget,
            "on_disk": self.is_mapped,
            "text": text,
        }


def told_together(plans: Sequence[Plan]) -> dict[str, Any]:
    """Return the entry of a manifest for counts made one after the other; the largest leads."""
    if not plans:
        return {}
    largest = max(plans, key=lambda plan: plan.pairs).told()
    edges = sum(plan.edges_at_most for plan in plans)
    return largest | {"pairs": sum(plan.pairs for plan in plans), "edges_at_most": edges}


def plan_pairs(task: PairTask, means: Means) -> Plan:
    """Choose the road: the first of numpy, kernel and sql that is quick enough and fits.

    Parameters
    ----------
    task : PairTask
        What is counted.
    means : Means
        The road that is asked for, and the budget.

    Returns
    -------
    Plan

    Raises
    ------
    UnknownNameError
        If there is no such road.
    OptionError
        If what is asked for does not fit, or no road does; the message names the least weight
        with which it would.
    """
    if means.engine not in get_args(Engine):
        raise UnknownNameError("engine", means.engine, get_args(Engine))
    budget = bytes_of(means.memory_budget)
    if means.engine == "sql":
        return _on_disk(task, budget, task.edges_at_most, is_forced=True)
    forced = means.engine != "auto"
    is_small = task.n_pairs <= NUMPY_UP_TO
    if means.engine == "numpy" or (not forced and is_small):
        needed = _bytes_of_numpy(task)
        if needed <= budget:
            return _plan(task, "numpy", forced, (task.edges_at_most, needed, budget))
        if forced:
            raise too_large(task, budget, "numpy")
    needed = bytes_of_kernel(task, task.edges_at_most)
    if needed <= budget:
        return _plan(task, "kernel", forced, (task.edges_at_most, needed, budget))
    return _tight(task, budget, forced=forced)


def _plan(task: PairTask, road: Road, forced: bool, sizes: tuple[int, int, int]) -> Plan:  # noqa: FBT001
    edges, needed, budget = sizes
    return Plan(road, forced, task.n_pairs, edges, needed, budget)


def _tight(task: PairTask, budget: int, *, forced: bool) -> Plan:
    """Count the edges without holding them, as the bound from sums does not fit."""
    n_edges = task.edges_at_most
    is_measured = task.top_links is None and bytes_of_kernel(task, 0) <= budget
    if is_measured:
        n_edges = int(weights_by_kernel(task)[0].sum())
        needed = bytes_of_kernel(task, n_edges)
        if needed <= budget:
            return Plan("kernel", forced, task.n_pairs, n_edges, needed, budget, is_measured=True)
    if forced:
        raise too_large(task, budget, "kernel")
    return _on_disk(task, budget, n_edges, is_measured=is_measured)


def _on_disk(
    task: PairTask, budget: int, n_edges: int, *, is_forced: bool = False, is_measured: bool = False
) -> Plan:
    """Plan for DuckDB, whose edges stay on disk where they are more than half of the budget."""
    size = n_edges * BYTES_OF_EDGE
    if budget < pairs_budget.LEAST_OF_SQL or size > pairs_budget.free_disk():
        raise too_large(task, budget, "sql")
    is_mapped = size > budget // 2
    sizes = (task.n_pairs, n_edges, min(size + budget // 2, budget), budget)
    return Plan("sql", is_forced, *sizes, is_measured=is_measured, is_mapped=is_mapped)


def _bytes_of_numpy(task: PairTask) -> int:
    """Return what blocks of pairs take, at most, with the result and its parts."""
    of_item = np.bincount(task.indices, weights=task.met_by_entries()[1]) if task.n_pairs else [0]
    at_once = min(task.n_pairs, PAIRS_AT_ONCE + int(np.max(of_item)))
    n_edges = min(task.n_pairs, task.edges_at_most if task.top_links is None else task.n_pairs)
    of_edge = BYTES_OF_EDGE * (2 if task.top_links is None else 8)
    return at_once * BYTES_OF_PAIR + n_edges * of_edge + len(task.indices) * _BYTES_OF_ENTRY
