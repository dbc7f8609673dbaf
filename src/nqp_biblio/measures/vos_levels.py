"""The VOS layout of large networks: from a small likeness of the network to the whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.measures.repulsion import repulsion
from nqp_biblio.measures.vos import VosProblem
from nqp_biblio.networks.compiling import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator
    from numpy.typing import NDArray
    from scipy import sparse

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    Rows = tuple[Any, ...]

__all__ = ["LevelProblem", "solve_by_levels"]

_FAR = 0.6
_COARSEST = 500
_SHRUNK = 0.9
_GROUP = 3
_STARTS = 8
_START_STEPS = 200
_STEPS = 100
_AGAIN = 3
_GAIN = 1e-3
_SOLVER_STEPS = 60
_SOLVER_REST = 1e-3
_JITTER, _NUDGE = 0.3, 0.03


@dataclass(frozen=True)
class LevelProblem(VosProblem):
    """A connected network whose nodes stand for one or more, with repulsion by a quadtree.

    Attributes
    ----------
    mass : array of shape (n_nodes,)
        How many nodes each stands for.
    """

    mass: FloatArray

    @cached_property
    def solver(self) -> Callable[[FloatArray], FloatArray]:
        """Solve L y = f nearly, the first node held at 0, by conjugate gradients."""
        matrix = self.laplacian[1:, 1:].tocsr()
        matrix.sort_indices()
        rows = (matrix.indptr, matrix.indices, matrix.data, 1.0 / matrix.diagonal())
        descend = compiled(_conjugate_gradients)

        def solve(wanted: FloatArray) -> FloatArray:
            """Solve for each column."""
            found = [
                descend(rows, np.ascontiguousarray(part), _SOLVER_STEPS, _SOLVER_REST)
                for part in wanted.T
            ]
            return np.stack(found, axis=1)

        return solve

    def descend(self, xy: FloatArray, steps: int) -> tuple[float, FloatArray]:
        """Go down, and again without memory, until that gains little."""
        energy, xy = super().descend(xy, steps)
        for _ in range(_AGAIN):
            last = energy
            energy, xy = super().descend(xy, steps)
            if last - energy < _GAIN * abs(energy):
                break
        return energy, xy

    def _repulsion(self, xy: FloatArray) -> tuple[float, FloatArray]:
        """Return the repulsion, far cells as one."""
        return repulsion(xy, self.mass, self.repulsion, far=_FAR)


def solve_by_levels(problem: VosProblem, random: Generator) -> tuple[float, FloatArray]:
    """Descend to a minimum of the energy of a large network.

    Groups of strongly related nodes become one, level by level, until some hundred are left.
    These are laid out from several random starts; from the best, each level gives the next
    one its start. All this is done with repulsion 1, whose energy has the fewest false minima;
    the whole network then descends to lower repulsions, one after the other.

    Parameters
    ----------
    problem : VosProblem
        A connected network.
    random : Generator
        Source of the random starts.

    Returns
    -------
    energy, places
        Cost of a step is n log n in the nodes, and linear in the edges.

    References
    ----------
    .. [1] Walshaw, C. (2003). A multilevel algorithm for force-directed graph-drawing.
       Journal of Graph Algorithms and Applications 7(3), 253-285.
       https://doi.org/10.7155/jgaa.00070
    """
    levels, groups = _levels(problem)
    smallest = levels[-1]
    starts = [random.random((smallest.n_nodes, 2)) - 0.5 for _ in range(_STARTS)]
    found = [smallest.descend(start, _START_STEPS) for start in starts]
    energy, xy = min(found, key=lambda pair: pair[0])
    for level, group in zip(reversed(levels[:-1]), reversed(groups), strict=True):
        energy, xy = level.descend(_shaken(xy[group], _JITTER, random), _STEPS)
    for power in range(0, problem.repulsion - 1, -1):
        # two nodes in nearly one place would push so hard that no step leads down
        start = _shaken(xy, _NUDGE, random)
        energy, xy = replace(levels[0], repulsion=power).descend(start, _STEPS)
    return energy, xy


def _shaken(xy: FloatArray, much: float, random: Generator) -> FloatArray:
    """Move places at random by a part of the room that each has."""
    apart = np.ptp(xy, axis=0).max() / np.sqrt(len(xy))
    moved: FloatArray = xy + much * apart * random.standard_normal(xy.shape)
    return moved


def _levels(problem: VosProblem) -> tuple[list[LevelProblem], list[IntArray]]:
    """Return the network at each level, with repulsion 1, and the groups that make the next."""
    from scipy import sparse

    mass: FloatArray = np.ones(problem.n_nodes)
    ends = (problem.source, problem.target)
    shape = (problem.n_nodes, problem.n_nodes)
    half = sparse.csr_array((problem.similarity, ends), shape=shape)
    matrix = sparse.csr_array(half + half.T)
    levels = [_level(matrix, mass)]
    groups: list[IntArray] = []
    while levels[-1].n_nodes > _COARSEST:
        group = _grouped(matrix, mass)
        n_groups = int(group.max()) + 1
        if n_groups > _SHRUNK * len(group):
            break
        ones = np.ones(len(group))
        join = sparse.csr_array((ones, (np.arange(len(group)), group)))
        matrix = sparse.csr_array(join.T @ matrix @ join)
        mass = np.bincount(group, mass).astype(np.float64)
        groups.append(group)
        levels.append(_level(matrix, mass))
    return levels, groups


def _level(matrix: sparse.csr_array, mass: FloatArray) -> LevelProblem:
    """Make the network of a level from its symmetric similarities."""
    from scipy import sparse

    upper = sparse.triu(matrix, 1, format="coo")
    strength = np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()
    source, target = upper.row.astype(np.int64), upper.col.astype(np.int64)
    return LevelProblem(strength, source, target, upper.data, 1, mass=mass)


def _grouped(matrix: sparse.csr_array, mass: FloatArray) -> IntArray:
    """Return the number of the group of each node, those with few neighbours choosing first."""
    matrix.sort_indices()
    order = np.lexsort((np.diff(matrix.indptr), mass))
    group: IntArray = compiled(_join)(
        (matrix.indptr, matrix.indices, matrix.data), mass, order, _GROUP
    )
    return group


def _join(rows: Rows, mass: FloatArray, order: IntArray, most: int) -> IntArray:
    """Let each node join the neighbour most similar for its mass, in groups of a few.

    A node whose neighbours' groups are full joins the last such node of the same neighbour.
    """
    starts, ends, values = rows
    group = np.full(len(mass), -1, dtype=np.int64)
    last = np.full(len(mass), -1, dtype=np.int64)
    count = np.zeros(len(mass), dtype=np.int64)
    n_groups = 0
    for node in order:
        if group[node] >= 0:
            continue
        best, nearest = -1, -1
        best_value = nearest_value = 0.0
        for at in range(starts[node], starts[node + 1]):
            other = ends[at]
            value = values[at] / mass[other]
            if other == node:
                continue
            if value > nearest_value:
                nearest, nearest_value = other, value
            if value > best_value and (group[other] < 0 or count[group[other]] < most):
                best, best_value = other, value
        joined = group[best] if best >= 0 else last[nearest]
        if joined < 0 or count[joined] >= most:
            joined, n_groups = n_groups, n_groups + 1
        if best >= 0 and group[best] < 0:
            group[best] = joined
            count[joined] += 1
        elif best < 0:
            last[nearest] = joined
        group[node] = joined
        count[joined] += 1
    return group


def _conjugate_gradients(rows: Rows, wanted: FloatArray, steps: int, rest: float) -> FloatArray:
    """Solve a symmetric system, with its diagonal as first guess."""
    starts, ends, values, inverse = rows
    found, left = np.zeros(len(wanted)), wanted.copy()
    way = left * inverse
    product = np.zeros(len(wanted))
    size = first = 0.0
    for i in range(len(wanted)):
        first += left[i] * left[i] * inverse[i]
    size = first
    for _ in range(steps):
        if size <= rest * rest * first or size == 0.0:
            break
        bent = 0.0
        for i in range(len(wanted)):
            total = 0.0
            for at in range(starts[i], starts[i + 1]):
                total += values[at] * way[ends[at]]
            product[i] = total
            bent += total * way[i]
        step, old, size = size / bent, size, 0.0
        for i in range(len(wanted)):
            found[i] += step * way[i]
            left[i] -= step * product[i]
            size += left[i] * left[i] * inverse[i]
        for i in range(len(wanted)):
            way[i] = left[i] * inverse[i] + size / old * way[i]
    return found
