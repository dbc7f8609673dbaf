"""What a clustering maximises and how: the options of ``cluster`` as one thing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.cluster_search import Graph, Search, best_partition
from nqp_biblio.measures.cluster_sizes import merge_small, numbered
from nqp_biblio.networks.weights import similarities

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.networks.network import Network

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["Problem", "Quality", "Recipe", "problem_of", "recipe_of"]

Quality = Literal["cpm", "modularity"]

_REFINES = {"leiden": True, "louvain": False}
_WEIGHTS = ("association-strength", "similarity", "weight")
_LIKE = ("vosviewer",)
_STARTS = 10
_EDGES_OF_ALL_STARTS = 1_000_000
"""Edges that all starts together go through, about; large networks vary little by the start."""

_ITERATIONS = 10
_RANDOMNESS = 0.01


@dataclass(frozen=True, slots=True)
class Problem:
    """What is maximised: the weight inside clusters, less what their masses would bring.

    Attributes
    ----------
    net : Network
        The network.
    weight : array of shape (n_edges,)
        s_ij of each edge.
    mass : array of shape (n_nodes,)
        Mass of each node: 1, or its strength over the root of the sum of all strengths.
    resolution : float
        What the product of two masses counts.
    is_modularity : bool
        Whether the quality is a share of all weight; else only pairs of two nodes count.
    """

    net: Network
    weight: FloatArray
    mass: FloatArray
    resolution: float
    is_modularity: bool

    @property
    def graph(self) -> Graph:
        """The same for the search."""
        return Graph.of((self.net.source, self.net.target), self.weight, self.mass, self.resolution)

    def reached(self, cluster: IntArray) -> float:
        """Return the quality of a partition; nodes of cluster 0 are alone."""
        first, second = cluster[self.net.source], cluster[self.net.target]
        is_inside = (first == second) & (first > 0)
        is_out = cluster == 0
        own = float((self.mass**2).sum())
        squares = float((np.bincount(cluster[~is_out], self.mass[~is_out]) ** 2).sum())
        squares += float((self.mass[is_out] ** 2).sum())
        if not self.is_modularity:
            is_inside &= self.net.source != self.net.target
            inside = float(self.weight[is_inside].sum())
            return inside - self.resolution * (squares - own) / 2
        total = float(self.weight.sum())
        if not total:
            return 0.0
        inside = float(self.weight[is_inside].sum())
        return (inside - self.resolution * squares / 2) / total


@dataclass(frozen=True, slots=True)
class Recipe:
    """The options of ``cluster``."""

    method: str = "leiden"
    quality: str = "cpm"
    resolution: float = 1.0
    seed: int = 0
    n_starts: int | None = None
    iterations: int = _ITERATIONS
    weights: str | None = None
    min_size: int = 1
    merge_small: bool = True
    like: str | None = None

    def checked(self, n_edges: int = 0) -> Recipe:
        """Return it with the options filled in that depend on others and on the size.

        Raises
        ------
        UnknownNameError
            If a name is none of the known.
        OptionError
            If a number is out of range, or an option does not go with `like`.
        """
        if self.method not in _REFINES:
            raise UnknownNameError("method of clustering", self.method, _REFINES)
        if self.quality not in get_args(Quality):
            raise UnknownNameError("quality", self.quality, get_args(Quality))
        if self.like not in {None, *_LIKE}:
            raise UnknownNameError("like", str(self.like), _LIKE)
        weights = self.weights or _usual_weights(self.quality)
        if weights not in _WEIGHTS:
            raise UnknownNameError("weights", weights, _WEIGHTS)
        if self.like and (self.quality, weights) != ("cpm", "association-strength"):
            raise OptionError("like='vosviewer' goes with cpm on association strength alone")
        n_starts = self.n_starts
        if n_starts is None:
            n_starts = 1 if self.like else _starts_for(n_edges)
        for name in ("resolution", "iterations", "min_size"):
            _check_above_0(name, getattr(self, name))
        _check_above_0("n_starts", n_starts)
        if self.seed < 0:
            raise OptionError(f"seed is {self.seed}; it must be 0 or more")
        return replace(self, weights=weights, n_starts=n_starts)

    @property
    def told(self) -> dict[str, Any]:
        """The options, for a manifest."""
        told: dict[str, Any] = {
            "method": self.method,
            "quality": self.quality,
            "resolution": self.resolution,
            "n_starts": self.n_starts,
            "iterations": self.iterations,
            "seed": self.seed,
            "weights": self.weights,
        }
        if self.min_size > 1:
            told |= {"min_size": self.min_size, "merge_small": self.merge_small}
        return told | ({"like": self.like} if self.like else {})

    def problem(self, net: Network) -> Problem:
        """Put into numbers what is to be maximised."""
        return problem_of(net, self.quality, self.resolution, self.weights)

    def search(self, graph: Graph) -> IntArray:
        """Return the partition found of a graph."""
        largest = float(graph.weight.max(initial=0.0))
        search = Search(
            refines=_REFINES[self.method],
            seed=self.seed,
            n_starts=self.n_starts or _STARTS,
            iterations=self.iterations,
            randomness=_RANDOMNESS if self.like else _RANDOMNESS * largest,
        )
        return best_partition(graph, search)

    def clusters(self, net: Network) -> IntArray:
        """Return the cluster of each node from 1, 0 for none."""
        graph = self.problem(net).graph
        found = numbered(self.search(graph), net.labels)
        if self.min_size == 1:
            return found
        if not self.merge_small:
            return np.where(np.bincount(found)[found] < self.min_size, 0, found)
        sizes = np.ones(net.n_nodes, dtype=np.int64)
        return numbered(merge_small(graph, found - 1, sizes, self.min_size), net.labels)


def problem_of(
    net: Network, quality: str, resolution: float, weights: str | None = None
) -> Problem:
    """Put into numbers what a quality says; see ``cluster`` for its options."""
    if quality not in get_args(Quality):
        raise UnknownNameError("quality", quality, get_args(Quality))
    weights = weights or _usual_weights(quality)
    values = _values(net, weights)
    if quality == "modularity":
        return Problem(net, values, _mass(net, values), resolution, is_modularity=True)
    told = net.manifest.get("similarity", {}).get("name")
    has_mass = weights == "similarity" and told == "linlog-modularity"
    mass = np.ones(net.n_nodes)
    if has_mass and "mass" in net.node_columns:
        mass = net.node_columns["mass"].astype(np.float64)
    return Problem(net, values, mass, resolution, is_modularity=False)


def _starts_for(n_edges: int) -> int:
    """Return ten starts, fewer for more than 100,000 edges, one from 1,000,000 on."""
    return max(1, min(_STARTS, _EDGES_OF_ALL_STARTS // max(n_edges, 1)))


def recipe_of(net: Network) -> Recipe:
    """Return how the clusters of a network were found, from its manifest.

    Raises
    ------
    OptionError
        If it does not say, or they are levels.
    """
    told = net.manifest.get("clustering", {})
    names = [name for name in Recipe.__slots__ if name in told]
    if "resolution" not in names or told.get("method") not in _REFINES:
        raise OptionError("the manifest does not say how clusters were found; cluster(net) does")
    if "level" in told:
        raise OptionError("these clusters are a level among others; cluster(net) finds them alone")
    return Recipe(**{name: told[name] for name in names}).checked()


def _usual_weights(quality: str) -> str:
    """Return the weights that a quality has where none are asked for."""
    return "weight" if quality == "modularity" else "association-strength"


def _check_above_0(name: str, value: float) -> None:
    """Refuse a number that is not above 0."""
    if not value > 0:
        raise OptionError(f"{name} is {value}; it must be above 0")


def _values(net: Network, weights: str) -> FloatArray:
    """Return s_ij of each edge."""
    if weights not in _WEIGHTS:
        raise UnknownNameError("weights", weights, _WEIGHTS)
    if weights == "weight":
        return net.weight.astype(np.float64)
    if weights == "association-strength":
        return similarities(net, "association-strength", "strength")
    if "similarity" not in net.edge_columns:
        raise OptionError("this network has no similarity yet; weigh(net) gives it")
    return net.edge_columns["similarity"].astype(np.float64)


def _mass(net: Network, values: FloatArray) -> FloatArray:
    """Return the strength of each node over the root of the sum of all."""
    strength = np.zeros(net.n_nodes)
    for ends in (net.source, net.target):
        strength += np.bincount(ends, values, minlength=net.n_nodes)
    total = float(strength.sum())
    return strength / np.sqrt(total) if total > 0 else strength
