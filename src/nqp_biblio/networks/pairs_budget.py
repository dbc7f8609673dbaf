"""The memory that counting pairs may take, and the thresholds with which it would do."""

from __future__ import annotations

import re
import shutil
import tempfile
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.errors import OptionError
from nqp_biblio.networks.pairs_kernel import bytes_of_kernel, weights_by_kernel

if TYPE_CHECKING:
    from nqp_biblio.networks.pairs_task import PairTask

__all__ = ["BYTES_OF_EDGE", "LEAST_OF_SQL", "bytes_of", "free_disk", "size_of", "too_large"]

BYTES_OF_EDGE = 24
"""What an edge of a network takes: two ends and a weight."""

LEAST_OF_SQL = 128_000_000
"""Memory below which DuckDB does not get through."""

_UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12}
_UNITS |= {"kib": 2**10, "mib": 2**20, "gib": 2**30, "tib": 2**40}
_SIZE = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,6})?) ?([a-zA-Z]{0,3})")
_SHOWN = (("GB", 10**9), ("MB", 10**6), ("kB", 10**3))


def bytes_of(size: int | str) -> int:
    """Read a size: a number of bytes, or one with a unit.

    Raises
    ------
    OptionError
        If it is none, or less than 1.

    Examples
    --------
    >>> bytes_of("2 GB"), bytes_of("1.5GiB"), bytes_of(1000)
    (2000000000, 1610612736, 1000)
    """
    match = _SIZE.fullmatch(str(size).strip())
    unit = match[2].lower() if match else ""
    n_bytes = int(float(match[1]) * _UNITS[unit]) if match and unit in _UNITS else 0
    if n_bytes < 1:
        raise OptionError(f"memory_budget is {size!r}; it must be bytes or a size such as '2 GB'")
    return n_bytes


def size_of(n_bytes: int) -> str:
    """Write a number of bytes to be read.

    Examples
    --------
    >>> size_of(1_340_000_000), size_of(20_000), size_of(7)
    ('1.3 GB', '20.0 kB', '7 bytes')
    """
    for unit, size in _SHOWN:
        if n_bytes >= size:
            return f"{n_bytes / size:.1f} {unit}"
    return f"{n_bytes} bytes"


def too_large(task: PairTask, budget: int, road: str) -> OptionError:
    """Say that no edges fit into a budget, and with what they would.

    Parameters
    ----------
    task : PairTask
        What is counted.
    budget : int
        Bytes.
    road : str
        The road for which that was found.

    Returns
    -------
    OptionError
        Each threshold in its message is computed: with it alone the kernel fits.
    """
    needed = bytes_of_kernel(task, task.edges_at_most)
    least = needed if road == "kernel" else min(needed, LEAST_OF_SQL)
    is_roomy = budget >= LEAST_OF_SQL
    told = [
        "engine='sql', which keeps edges on disk" if is_roomy and road == "kernel" else "",
        "engine='kernel'" if needed <= budget else "",
        _least_weight(task, budget),
        _most_links(task, budget),
        _least_occurrences(task, budget),
        f"memory_budget='{-(-least // 10**6)} MB'" if least > budget else "",
    ]
    place = f"a memory_budget of {size_of(budget)}"
    if road == "sql":
        place += f" and {size_of(free_disk())} of free disk" if is_roomy else ""
    if not is_roomy:
        place += f" (sql needs {size_of(LEAST_OF_SQL)} at least)"
    return OptionError(
        f"{task.n_pairs:,} pairs, at most {task.edges_at_most:,} edges, do not fit into {place} by"
        f" {road}; what would do: {', or '.join(way for way in told if way)}"
    )


def free_disk() -> int:
    """Return the bytes that are free where temporary files go."""
    return shutil.disk_usage(tempfile.gettempdir()).free


def _least_weight(task: PairTask, budget: int) -> str:
    """Name the least weight whose edges fit."""
    room = (budget - bytes_of_kernel(task, 0)) // BYTES_OF_EDGE
    if task.top_links is not None or room < 0:
        return ""
    bins, per_unit = weights_by_kernel(task)
    at_least = np.cumsum(bins[::-1])[::-1]
    fits = np.flatnonzero(at_least <= room)
    if not len(fits):
        return ""
    return f"min_weight={fits[0] / per_unit:g} ({at_least[fits[0]]:,} edges)"


def _most_links(task: PairTask, budget: int) -> str:
    """Name the number of links of each node that fits."""
    fixed = bytes_of_kernel(task, 0)
    each = max(bytes_of_kernel(task, task.n_items) - fixed, 1)
    links = (budget - fixed) // each
    return f"top_links={links}" if task.top_links is not None and links > 0 else ""


def _least_occurrences(task: PairTask, budget: int) -> str:
    """Name the least occurrences of items whose pairs fit, even if all of them differ."""
    occurrences = np.bincount(task.indices, minlength=task.n_items)
    lowest, highest = 1, int(occurrences.max(initial=0)) + 1
    while lowest < highest:
        middle = (lowest + highest) // 2
        part = task.of_items(occurrences >= middle)
        if bytes_of_kernel(part, part.edges_at_most) <= budget:
            highest = middle
        else:
            lowest = middle + 1
    is_any = lowest <= int(occurrences.max(initial=0))
    return f"min_occurrences={lowest}" if is_any else ""
