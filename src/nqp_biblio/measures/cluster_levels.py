"""Clusters of clusters: several levels, each made of the whole clusters of the one below."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError
from nqp_biblio.measures.cluster_recipe import Quality, Recipe
from nqp_biblio.measures.cluster_search import alone
from nqp_biblio.measures.cluster_sizes import clusters_of, merge_small, numbered
from nqp_biblio.measures.clusters import REFERENCES, found_entry
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nqp_biblio.networks.network import Network

    IntArray = NDArray[np.int64]

__all__ = ["cluster_levels", "cluster_tree"]


def cluster_levels(  # noqa: PLR0913  options of the method, all by keyword
    net: Network,
    resolutions: Sequence[float],
    *,
    method: str = "leiden",
    quality: Quality = "cpm",
    seed: int = 0,
    n_starts: int | None = None,
    iterations: int = 10,
    weights: str | None = None,
    min_sizes: Sequence[int] | None = None,
) -> Network:
    """Find clusters at several levels, each of which joins whole clusters of the next.

    Parameters
    ----------
    net : Network
        Any network.
    resolutions : sequence of float
        The resolution of each level, in any order; no two are the same. The highest is
        searched first, on the nodes; each lower one joins the clusters found before.
    method, quality, seed, n_starts : str, str, int, int
        As in ``cluster``.
    iterations, weights : int, str
        As in ``cluster``.
    min_sizes : sequence of int, optional
        Nodes that a cluster has at least, one number for each of `resolutions`; smaller ones
        join others as in ``cluster``.

    Returns
    -------
    Network
        With ``cluster_1`` (the broadest), ``cluster_2``, … per node; ``cluster`` is the
        broadest. The manifest holds an entry per level under ``cluster_levels``, and that of
        the broadest under ``clustering``.

    Raises
    ------
    UnknownNameError
        If an option is none of the known.
    OptionError
        If there is no resolution, or one twice, or a number is out of range.

    References
    ----------
    .. [1] Waltman, L. & van Eck, N. J. (2012). A new methodology for constructing a
       publication-level classification system of science. JASIST 63(12), 2378-2392.
       https://doi.org/10.1002/asi.22748

    Examples
    --------
    >>> net = cluster_levels(net, [0.2, 1, 5])  # doctest: +SKIP
    """
    sizes = [1] * len(resolutions) if min_sizes is None else list(min_sizes)
    if not len(resolutions) or len(set(resolutions)) < len(resolutions):
        raise OptionError(f"resolutions is {list(resolutions)}; it must be one or more, each once")
    if len(sizes) != len(resolutions):
        raise OptionError(f"min_sizes has {len(sizes)} numbers for {len(resolutions)} resolutions")
    recipe = Recipe(
        method=method,
        quality=quality,
        seed=seed,
        n_starts=n_starts,
        iterations=iterations,
        weights=weights,
    )
    recipes = [
        replace(recipe, resolution=float(resolution), min_size=size).checked(net.n_edges)
        for resolution, size in sorted(zip(resolutions, sizes, strict=True))
    ]
    columns = {
        f"cluster_{level}": numbers for level, numbers in enumerate(_nested(net, recipes), 1)
    }
    entries = [
        {"level": level, "column": column}
        | chosen.told
        | found_entry(net, chosen, columns[column])
        | {"references": [*_papers(chosen), REFERENCES["small"]]}
        for level, (column, chosen) in enumerate(zip(columns, recipes, strict=True), 1)
    ]
    made = net.with_nodes(**columns, cluster=columns["cluster_1"])
    return made.with_manifest(clustering=entries[0], cluster_levels=entries)


def cluster_tree(net: Network) -> Result:
    """Return the tree of the clusters of all levels, broad ones before what they consist of.

    Parameters
    ----------
    net : Network
        A network with levels of clusters.

    Returns
    -------
    Result
        ``level``, ``cluster``, ``parent`` (number of the cluster of the level above, missing
        for the first level), ``label``, ``nodes`` and ``parts`` (clusters of the next level
        that it consists of), in the order of a table of contents.

    Raises
    ------
    OptionError
        If the network has no levels.

    Examples
    --------
    >>> cluster_tree(net).frame  # doctest: +SKIP
    """
    levels = net.manifest.get("cluster_levels")
    if not levels:
        raise OptionError("this network has no levels; cluster_levels(net, resolutions) gives them")
    columns = [clusters_of(net, entry["column"]) for entry in levels]
    rows: dict[tuple[int, ...], tuple[Any, ...]] = {}
    for depth, (numbers, entry) in enumerate(zip(columns, levels, strict=True)):
        below = columns[depth + 1] if depth + 1 < len(columns) else None
        for number, first in zip(*np.unique(numbers, return_index=True), strict=True):
            is_in = numbers == number
            path = tuple(int(of[first]) for of in columns[: depth + 1])
            n_parts = 0 if below is None else len(np.unique(below[is_in]))
            parent = path[-2] if depth else None
            label = entry["labels"].get(str(number))
            rows[path] = (depth + 1, int(number), parent, label, int(is_in.sum()), n_parts)
    return Result(
        ("level", "cluster", "parent", "label", "nodes", "parts"),
        [rows[path] for path in sorted(rows)],
        {"measure": "cluster_tree", "reference": REFERENCES["small"]},
    )


def _papers(recipe: Recipe) -> list[str]:
    """Return the papers of a search and its quality."""
    return [REFERENCES[recipe.method], REFERENCES[recipe.quality]]


def _nested(net: Network, recipes: Sequence[Recipe]) -> list[IntArray]:
    """Return the clusters of each level, the broadest first; search the finest first."""
    part, n_parts = alone(net.n_nodes), net.n_nodes
    levels: list[IntArray] = []
    graph = recipes[-1].problem(net).graph
    for recipe in reversed(recipes):
        whole = replace(graph.joined(part, n_parts), resolution=recipe.resolution)
        numbers = numbered(recipe.search(whole)[part], net.labels)
        above = np.zeros(n_parts, dtype=np.int64)
        above[part] = numbers - 1
        if recipe.min_size > 1:
            sizes = np.bincount(part, minlength=n_parts)
            numbers = numbered(merge_small(whole, above, sizes, recipe.min_size)[part], net.labels)
        levels.append(numbers)
        part, n_parts = numbers - 1, int(numbers.max(initial=0))
    return levels[::-1]
