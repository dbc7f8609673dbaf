"""Bootstrap intervals of means of many owners at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = ["EFRON", "LEVEL", "intervals_of_means", "percentiles"]

LEVEL = 0.95
"""Share of the resamples between the ends of an interval."""

EFRON = (
    "Efron, B. & Tibshirani, R. J. (1993). An introduction to the bootstrap. Chapman & Hall,"
    " section 13.3. https://doi.org/10.1201/9780429246593"
)

_DRAWS = 1 << 21


def intervals_of_means(
    values: FloatArray, weights: FloatArray, starts: IntArray, *, n_resamples: int, seed: int
) -> tuple[FloatArray, FloatArray]:
    """Resample the works of each owner with replacement, and give intervals of weighted means.

    Parameters
    ----------
    values : array of float, shape (n_pairs, n_values)
        Values of each work, those of one owner together; none missing.
    weights : array of float, shape (n_pairs,)
        How much the work counts for the owner, above 0.
    starts : array of int, shape (n_owners,)
        Where the works of each owner begin.
    n_resamples : int
        Number of resamples, 1 or more.
    seed : int
        Of the generator; the same seed gives the same intervals.

    Returns
    -------
    low, high : array of float, shape (n_owners, n_values)
        Ends of the percentile interval that holds `LEVEL` of the resamples; nan for an owner
        of one work, whose spread cannot be told. Cost is that of pairs times resamples;
        memory stays bounded.
    """
    ends = np.append(starts[1:], len(weights))
    low = np.full((len(starts), values.shape[1]), np.nan)
    high = low.copy()
    chance = np.random.default_rng(seed)
    several = np.flatnonzero(ends - starts > 1)
    for part in _parts(several, ends - starts, n_resamples):
        own = np.concatenate([np.arange(starts[o], ends[o]) for o in part.tolist()])
        sizes = (ends - starts)[part]
        means = _means(values[own], weights[own], sizes, chance=chance, n=n_resamples)
        low[part], high[part] = percentiles(means)
    return low, high


def percentiles(resamples: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the ends of the interval that holds `LEVEL` of the resamples, the first axis."""
    tail = (1 - LEVEL) / 2
    # values that resamples have, since ranks and h are whole numbers
    low, high = np.quantile(resamples, [tail, 1 - tail], axis=0, method="inverted_cdf")
    return low, high


def _parts(owners: IntArray, sizes: IntArray, n_resamples: int) -> Iterator[IntArray]:
    """Cut owners into parts of which all draws are held at once."""
    room = max(1, _DRAWS // n_resamples)
    numbers = (np.cumsum(sizes[owners]) - 1) // room
    yield from np.split(owners, np.flatnonzero(np.diff(numbers)) + 1) if len(owners) else ()


def _means(
    values: FloatArray,
    weights: FloatArray,
    sizes: IntArray,
    *,
    chance: np.random.Generator,
    n: int,
) -> FloatArray:
    """Return the weighted means of each owner in each resample, shape (n, n_owners, n_values)."""
    starts = np.cumsum(sizes) - sizes
    size, start = np.repeat(sizes, sizes), np.repeat(starts, sizes)
    step = max(1, _DRAWS // len(weights))
    means = np.empty((n, len(sizes), values.shape[1]))
    for first in range(0, n, step):
        drawn = chance.random((min(step, n - first), len(weights)))
        places = start + (drawn * size).astype(np.int64)
        weight = weights[places]
        total = np.add.reduceat(weight, starts, axis=1)
        for column in range(values.shape[1]):
            sums = np.add.reduceat(weight * values[places, column], starts, axis=1)
            means[first : first + step, :, column] = sums / total
    return means
