"""The energy of a VOS layout, and its descent to a minimum."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from scipy import sparse

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["VosProblem"]

_ROWS_AT_ONCE = 128
_NEAREST = 1e-18
_PAIRS_OF_A_RUN = 400_000_000
_FEWEST, _MOST = 15, 200
_START_STEPS = 15
_MEMORY = 8
_SMALL_CHANGE = 1e-5
_ENOUGH = 1e-4
_SHORTEST = 1e-4


@dataclass(frozen=True)
class VosProblem:
    """A connected network to be laid out.

    Attributes
    ----------
    strength : array of shape (n_nodes,)
        Total link strength of each node.
    source, target, similarity : arrays of shape (n_edges,)
        The edges with their similarity s_ij.
    repulsion : {1, 0, -1}
        The exponent r of the repulsion.
    """

    strength: FloatArray
    source: IntArray
    target: IntArray
    similarity: FloatArray
    repulsion: int

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return len(self.strength)

    @cached_property
    def laplacian(self) -> sparse.csr_array:
        """Degrees less similarities; x' L x is the sum of s_ij d_ij^2."""
        return _laplacian(self.n_nodes, self.source, self.target, self.similarity)

    @cached_property
    def solver(self) -> Callable[[FloatArray], FloatArray]:
        """Solve L y = f, the first node held at 0."""
        from scipy import sparse
        from scipy.sparse import linalg

        matrix = self.laplacian
        factors: Any = linalg.splu(
            sparse.csc_array(matrix[1:, 1:]),
            permc_spec="MMD_AT_PLUS_A",
            options={"SymmetricMode": True},
        )
        solve: Callable[[FloatArray], FloatArray] = factors.solve
        return solve

    def solve(self, start: FloatArray) -> tuple[float, FloatArray]:
        """Descend from a start to a minimum.

        Returns
        -------
        energy, places
            A low repulsion is approached by way of the higher ones, whose energy has fewer
            false minima.
        """
        room = _PAIRS_OF_A_RUN // self.n_nodes**2 // (2 - self.repulsion)
        steps = int(np.clip(room, _FEWEST, _MOST))
        xy = start
        for power in range(1, self.repulsion, -1):
            _, xy = replace(self, repulsion=power).descend(xy, min(_START_STEPS, steps))
        return self.descend(xy, steps)

    def scaled(self, xy: FloatArray) -> FloatArray:
        """Scale places to the size at which their energy is least."""
        attraction = float((xy * (self.laplacian @ xy)).sum())
        repulsion = float((xy * self._repulsion(xy)[1]).sum())
        factor: float = (repulsion / attraction) ** (1 / (2 - self.repulsion))
        return xy * factor

    def energy(self, xy: FloatArray) -> tuple[float, FloatArray]:
        """Return the energy of places, and its gradient."""
        pull = self.laplacian @ xy
        apart, push = self._repulsion(xy)
        return float((xy * pull).sum()) / 2 - apart, pull - push

    def descend(self, xy: FloatArray, steps: int) -> tuple[float, FloatArray]:
        """Go down by L-BFGS, with L as the first guess of the curvature.

        With repulsion 1 and an empty memory, a step is that of majorisation (SMACOF).
        """
        xy = self.scaled(xy - xy.mean(axis=0))
        energy, gradient = self.energy(xy)
        memory: list[tuple[FloatArray, FloatArray]] = []
        for _ in range(steps):
            way = -_two_loops(gradient, memory, self._first_guess)
            slope = float((gradient * way).sum())
            if slope >= 0:
                memory.clear()
                way = -self._first_guess(gradient)
                slope = float((gradient * way).sum())
            lower = self._search(xy, way, energy, slope)
            if lower is None:
                break
            old, (xy, step_energy, step_gradient) = xy, lower
            pair = (xy - old, step_gradient - gradient)
            if (pair[0] * pair[1]).sum() > 0:
                memory.append(pair)
                del memory[:-_MEMORY]
            fall = energy - step_energy
            energy, gradient = step_energy, step_gradient
            if fall < _SMALL_CHANGE * abs(energy):
                break
        return energy, xy

    def _search(
        self, xy: FloatArray, way: FloatArray, energy: float, slope: float
    ) -> tuple[FloatArray, float, FloatArray] | None:
        """Go along a way as far as the energy falls enough."""
        length = 1.0
        while length > _SHORTEST:
            there = xy + length * way
            found, gradient = self.energy(there)
            if found <= energy + _ENOUGH * length * slope:
                return there, found, gradient
            length /= 3
        return None

    def _first_guess(self, gradient: FloatArray) -> FloatArray:
        """Divide a gradient by the curvature of the attraction."""
        step = np.zeros_like(gradient)
        step[1:] = self.solver(gradient[1:])
        guess: FloatArray = (step - step.mean(axis=0)) / (2 - self.repulsion)
        return guess

    def _repulsion(self, xy: FloatArray) -> tuple[float, FloatArray]:
        """Return the sum of d_ij^r / r over the pairs, and its gradient."""
        power = self.repulsion
        push = np.empty_like(xy)
        total = 0.0
        for start in range(0, len(xy), _ROWS_AT_ONCE):
            rows = slice(start, start + _ROWS_AT_ONCE)
            dx = xy[rows, 0][:, None] - xy[:, 0]
            dy = xy[rows, 1][:, None] - xy[:, 1]
            squares = np.maximum(dx * dx + dy * dy, _NEAREST)
            own = np.arange(len(dx))
            squares[own, own + start] = 1.0
            pull, value = _repelled(squares, power)
            total += float(value.sum()) - len(own) * (power != 0) * power
            push[rows, 0] = (dx * pull).sum(axis=1)
            push[rows, 1] = (dy * pull).sum(axis=1)
        return total / 2, push


def _repelled(squares: FloatArray, power: int) -> tuple[FloatArray, FloatArray]:
    """Return d^(r-2) and d^r / r (ln d for r = 0), from d^2."""
    if power == 0:
        return 1.0 / squares, 0.5 * np.log(squares)
    distances = np.sqrt(squares)
    if power > 0:
        return 1.0 / distances, distances
    inverse = 1.0 / distances
    return inverse / squares, -inverse


def _two_loops(
    gradient: FloatArray,
    memory: list[tuple[FloatArray, FloatArray]],
    first_guess: Callable[[FloatArray], FloatArray],
) -> FloatArray:
    """Multiply a gradient by the inverse curvature that the last steps showed.

    Nocedal, J. & Wright, S. J. (2006). Numerical Optimization, algorithm 7.4.
    """
    rest = gradient.copy()
    shares = []
    for step, change in reversed(memory):
        share = (step * rest).sum() / (step * change).sum()
        rest -= share * change
        shares.append(share)
    way = first_guess(rest)
    for (step, change), share in zip(memory, reversed(shares), strict=True):
        way += (share - (change * way).sum() / (step * change).sum()) * step
    return way


def _laplacian(
    n_nodes: int, source: NDArray[Any], target: NDArray[Any], similarity: FloatArray
) -> sparse.csr_array:
    """Return degrees less similarities."""
    from scipy import sparse

    cells = (np.r_[source, target], np.r_[target, source])
    matrix = sparse.csr_array((np.tile(similarity, 2), cells), shape=(n_nodes, n_nodes))
    degree = np.asarray(matrix.sum(axis=1)).ravel()
    return sparse.csr_array(sparse.diags_array(degree) - matrix)
