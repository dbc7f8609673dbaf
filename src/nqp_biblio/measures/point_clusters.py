"""Clusters of points of a map: hierarchical or by k-means, their number by a stated rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["CLUSTERINGS", "NUMBER_RULES", "mean_silhouette", "point_clusters"]

CLUSTERINGS = {
    "ward": "Ward, J. H. (1963). Hierarchical grouping to optimize an objective function. Journal"
    " of the American Statistical Association 58(301), 236-244."
    " https://doi.org/10.1080/01621459.1963.10500845",
    "average": "Sokal, R. R. & Michener, C. D. (1958). A statistical method for evaluating"
    " systematic relationships. University of Kansas Science Bulletin 38, 1409-1438.",
    "k-means": "Arthur, D. & Vassilvitskii, S. (2007). k-means++: The advantages of careful"
    " seeding. SODA '07, 1027-1035.",
}
"""Ways to cluster points, and their papers."""

NUMBER_RULES = {
    "silhouette": "of 2 and more clusters the number of the largest mean silhouette (Rousseeuw"
    " 1987), of equal ones the least",
    "height": "hierarchical clusters are cut before the largest step of the heights at which they"
    " merge",
}
"""How many clusters there are, where no number is given."""

_STARTS = 10
_DECIMALS = 9
_CYCLES = 100


def point_clusters(
    points: FloatArray,
    *,
    clustering: str = "ward",
    n_clusters: int | None = None,
    max_clusters: int = 8,
    number_rule: str = "silhouette",
    seed: int = 0,
) -> IntArray:
    """Bring near points together.

    Parameters
    ----------
    points : array of shape (n_points, n_axes)
        Where each point is. Time and memory are quadratic in the points for all but k-means
        with a number given.
    clustering : {"ward", "average", "k-means"}
        Hierarchical with the least growth of the variance, or the mean distance; or k-means,
        the best of 10 starts.
    n_clusters : int, optional
        How many; when not given, by the rule.
    max_clusters : int
        The most that the rule may give.
    number_rule : {"silhouette", "height"}
        How many where `n_clusters` is not given; ``height`` goes with hierarchical clusters.
    seed : int
        Seed of the starts of k-means.

    Returns
    -------
    array of shape (n_points,)
        Cluster of each from 0, in order of the first point; points at one place are in one
        cluster. There are never more clusters than places, and of two places one each.

    Raises
    ------
    UnknownNameError
        If there is no such clustering or rule.
    OptionError
        If a number is below 1, or k-means is to be cut by heights.

    References
    ----------
    .. [1] Rousseeuw, P. J. (1987). Silhouettes. Journal of Computational and Applied
       Mathematics 20, 53-65. https://doi.org/10.1016/0377-0427(87)90125-7

    Examples
    --------
    >>> point_clusters(np.array([[0.0], [0.1], [5.0], [5.2], [9.0], [9.1]]))
    array([0, 0, 1, 1, 2, 2])
    """
    _check(clustering, number_rule, n_clusters, max_clusters)
    places, place = np.unique(points.round(_DECIMALS), axis=0, return_inverse=True)
    weights = np.bincount(place, minlength=len(places))
    n_most = min(n_clusters or max_clusters, len(places))
    if len(places) <= 2 or n_most == 1:  # noqa: PLR2004  nothing to choose
        labels = place if len(places) <= n_most else np.zeros(len(points), dtype=np.int64)
    elif n_clusters is not None:
        labels = _cut(points, clustering, n_most, seed)
    elif number_rule == "height":
        labels = _cut(points, clustering, min(_by_height(points, clustering), n_most), seed)
    else:
        # with as many clusters as places each silhouette is 1 or 0, which tells nothing
        numbers = range(2, min(n_most, len(weights) - 1) + 1)
        cuts = [_cut(points, clustering, k, seed) for k in numbers]
        scores = [round(mean_silhouette(points, cut), _DECIMALS) for cut in cuts]
        labels = cuts[scores.index(max(scores))]
    return _in_order(labels)


def mean_silhouette(points: FloatArray, labels: IntArray) -> float:
    """Return the mean silhouette of points by their Euclidean distances.

    Parameters
    ----------
    points : array of shape (n_points, n_axes)
        Where each point is.
    labels : array of shape (n_points,)
        Cluster of each from 0, at least two, none empty.

    Returns
    -------
    float
        -1 to 1; a point alone in its cluster counts 0.

    Examples
    --------
    >>> mean_silhouette(np.array([[0.0], [1.0], [9.0]]), np.array([0, 0, 1])).__round__(4)
    0.588
    """
    from scipy.spatial import distance

    far = distance.cdist(points, points)
    sizes = np.bincount(labels)
    sums = np.stack([far[:, labels == k].sum(axis=1) for k in range(len(sizes))], axis=1)
    rows = np.arange(len(points))
    own = sums[rows, labels] / np.maximum(sizes[labels] - 1, 1)
    means = sums / sizes
    means[rows, labels] = np.inf
    other = means.min(axis=1)
    larger = np.maximum(own, other)
    is_told = (sizes[labels] > 1) & (larger > 0)
    scores = np.where(is_told, (other - own) / np.where(larger > 0, larger, 1.0), 0.0)
    return float(scores.mean())


def _check(clustering: str, number_rule: str, n_clusters: int | None, max_clusters: int) -> None:
    """Refuse what there is not."""
    if clustering not in CLUSTERINGS:
        raise UnknownNameError("clustering", clustering, CLUSTERINGS)
    if number_rule not in NUMBER_RULES:
        raise UnknownNameError("rule of the number of clusters", number_rule, NUMBER_RULES)
    for name, value in {"n_clusters": n_clusters, "max_clusters": max_clusters}.items():
        if value is not None and value < 1:
            raise OptionError(f"{name} is {value}; it must be 1 or more")
    if number_rule == "height" and clustering == "k-means":
        raise OptionError("k-means has no heights; number_rule='silhouette' would do")


def _cut(points: FloatArray, clustering: str, n_clusters: int, seed: int) -> IntArray:
    """Return exactly so many clusters, from 0."""
    if clustering == "k-means":
        return _k_means(points, n_clusters, seed)
    from scipy.cluster import hierarchy

    tree = _tree(points, clustering)
    return np.asarray(hierarchy.cut_tree(tree, [n_clusters]), dtype=np.int64).ravel()


def _by_height(points: FloatArray, clustering: str) -> int:
    """Return the number of clusters before the largest step of the heights."""
    heights = _tree(points, clustering)[:, 2]
    return len(heights) - int(np.diff(heights).round(_DECIMALS).argmax())


def _tree(points: FloatArray, clustering: str) -> FloatArray:
    """Return which clusters merge at which height."""
    from scipy.cluster import hierarchy

    method: Any = clustering
    return np.asarray(hierarchy.linkage(points.round(_DECIMALS), method=method))


def _k_means(points: FloatArray, n_clusters: int, seed: int) -> IntArray:
    """Return the clusters of the least squares within, of several starts."""
    rng = np.random.default_rng(seed)
    found = [_one_start(points, n_clusters, rng) for _ in range(_STARTS)]
    within = [round(value, _DECIMALS) for value, _ in found]
    return found[within.index(min(within))][1]


def _one_start(
    points: FloatArray, n_clusters: int, rng: np.random.Generator
) -> tuple[float, IntArray]:
    """Move centres to the means of what is nearest, until nothing moves."""
    from scipy.spatial import distance

    centres = points[[int(rng.integers(len(points)))]]
    while len(centres) < n_clusters:
        near = distance.cdist(points, centres, "sqeuclidean").min(axis=1)
        centres = np.vstack([centres, points[int(rng.choice(len(points), p=near / near.sum()))]])
    labels = np.full(len(points), -1)
    for _ in range(_CYCLES):
        squares = distance.cdist(points, centres, "sqeuclidean")
        newer = squares.argmin(axis=1)
        if (newer == labels).all():
            break
        labels = newer
        filled = np.bincount(labels, minlength=n_clusters) > 0
        for k in np.flatnonzero(filled).tolist():
            centres[k] = points[labels == k].mean(axis=0)
    squares = distance.cdist(points, centres, "sqeuclidean")
    _, used = np.unique(labels, return_inverse=True)
    return float(squares[np.arange(len(points)), labels].sum()), used.astype(np.int64)


def _in_order(labels: IntArray) -> IntArray:
    """Number clusters from 0 in order of their first point."""
    _, first, which = np.unique(labels, return_index=True, return_inverse=True)
    order = np.empty(len(first), dtype=np.int64)
    order[np.argsort(first)] = np.arange(len(first))
    return order[which]
