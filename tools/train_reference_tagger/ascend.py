"""Train a conditional random field by small steps, each weight at a pace of its own.

References
----------
.. [1] Duchi, J., Hazan, E. & Singer, Y. (2011). Adaptive subgradient methods for online learning
   and stochastic optimization. Journal of Machine Learning Research 12, 2121-2159.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

from nqp_biblio.readers.reference_features import PAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gather import Seen
    from numpy.typing import NDArray

BLIND = 0.08
"""Share of references that are shown without the words themselves."""

PACE, LAST_PACE = 0.08, 0.01
TO_SMALL = 1.0
"""How much weights are drawn to zero after each round in proportion to them."""

_LITTLE = 0.001
_NEXT_TO_NOTHING = 1e-30
_MOST_SHOWN = 400


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train.

    Attributes
    ----------
    seed : int
        Of chance.
    kept : float
        Share of what there is to see that is shown at each word, so that no single sign is relied
        on.
    rounds : int
        How often each reference is shown.
    to_zero : float
        How much all weights are drawn to zero after each round, by the same amount.
    """

    seed: int = 0
    kept: float = 0.4
    rounds: int = 10
    to_zero: float = 0.6


class Weights(NamedTuple):
    """Weights, and the sum of the squares of their slopes."""

    of_sights: NDArray[np.float32]
    squares: NDArray[np.float32]
    moves: NDArray[np.float32]
    move_squares: NDArray[np.float32]


class _Desk(NamedTuple):
    """Room for the work on one reference."""

    shown: NDArray[np.int32]
    n_shown: NDArray[np.int64]
    scores: NDArray[np.float32]
    ahead: NDArray[np.float32]
    back: NDArray[np.float32]
    share: NDArray[np.float32]
    pairs: NDArray[np.float32]
    turns: NDArray[np.float32]
    kept: float


def ascend(
    seen: Seen,
    labels: Sequence[str],
    *,
    times: NDArray[np.float64],
    plan: Plan,
    moves: NDArray[np.float32] | None = None,
) -> Weights:
    """Find the weights under which the labels are likely.

    Parameters
    ----------
    seen : Seen
        References and what there is to see in them.
    labels : sequence of str
        In the order of their numbers.
    times : array of shape (n_references,)
        How often each is shown in a round; a part of one by chance.
    plan : Plan
        How to train.
    moves : array of shape (n_labels, n_labels), optional
        Weights of a label after another to begin with; zeros unless given.
    """
    n_labels = len(labels)
    weights = Weights(
        *(np.zeros(len(seen.labels), np.float32) for _ in range(2)),
        *(np.zeros((n_labels, n_labels), np.float32) for _ in range(2)),
    )
    if moves is not None:
        weights.moves[:] = moves
    desk = _desk(n_labels, int(seen.lengths.max()), plan.kept)
    allowed = allowed_of(labels)
    random = np.random.default_rng(plan.seed)
    _sow(plan.seed)
    for turn in range(plan.rounds):
        pace = PACE * (1 - turn / plan.rounds) + LAST_PACE
        shown = np.floor(times + random.random(len(times))).astype(np.int64)
        order = random.permutation(np.repeat(np.arange(len(times)), shown))
        _round(order, seen, weights, desk, allowed, pace)
        steps = pace / np.sqrt(weights.squares + 1)
        shrunk = np.maximum(np.abs(weights.of_sights) - steps * plan.to_zero, 0)
        weights.of_sights[:] = np.sign(weights.of_sights) * shrunk / (1 + steps * TO_SMALL)
    return weights


def _desk(n_labels: int, longest: int, kept: float) -> _Desk:
    """Make room for the longest reference."""
    return _Desk(
        np.zeros((longest, _MOST_SHOWN), np.int32),
        np.zeros(longest, np.int64),
        *(np.zeros((longest, n_labels), np.float32) for _ in range(3)),
        np.zeros(n_labels, np.float32),
        *(np.zeros((n_labels, n_labels), np.float32) for _ in range(2)),
        kept,
    )


def allowed_of(labels: Sequence[str]) -> NDArray[np.bool_]:
    """Tell which label may follow which; the last row tells which may come first."""
    allowed = np.ones((len(labels) + 1, len(labels)), np.bool_)
    for to, label in enumerate(labels):
        if label.startswith("I-"):
            allowed[:, to] = [before[1:] == label[1:] for before in (*labels, "")]
    return allowed


@njit  # type: ignore[untyped-decorator]
def _sow(seed: int) -> None:
    """Fix what chance will bring."""
    np.random.seed(seed)  # noqa: NPY002 - the compiler knows no other


@njit(fastmath=True)  # type: ignore[untyped-decorator]
def _round(
    order: NDArray[np.int64],
    seen: Seen,
    weights: Weights,
    desk: _Desk,
    allowed: NDArray[np.bool_],
    pace: float,
) -> None:
    """Take one step for each reference."""
    for reference in order:
        first, length = seen.firsts[reference], seen.lengths[reference]
        is_blind = np.random.random() < BLIND  # noqa: NPY002
        for at in range(length):
            _look(seen, desk, at, (first, length), is_blind)
            _score(seen, weights, desk, (at, first + at))
        _go_ahead(weights, desk, allowed, length)
        _go_back(desk, length)
        for at in range(1, length):
            desk.pairs[seen.labelled[first + at - 1], seen.labelled[first + at]] -= 1.0
        _learn_moves(weights, desk, allowed, pace)
        for at in range(length):
            if _miss(desk, at, seen.labelled[first + at]) > _LITTLE:
                _learn(seen, weights, desk, at, pace)


@njit(fastmath=True)  # type: ignore[untyped-decorator]
def _look(seen: Seen, desk: _Desk, at: int, bounds: tuple[int, int], is_blind: bool) -> None:  # noqa: FBT001
    """Choose what is shown at a word."""
    first, length = bounds
    n_shown = 0
    for question in range(seen.contexts.shape[1]):
        number = seen.contexts[first + at, question]
        if number < 0 or (is_blind and seen.is_wordy[question]):
            continue
        if np.random.random() < desk.kept:  # noqa: NPY002
            desk.shown[at, n_shown] = number
            n_shown += 1
    for slot in range(len(seen.offsets)):
        near = at + seen.offsets[slot]
        if near < -PAD or near >= length + PAD:
            continue
        word = seen.words[first + near]
        begin, end = seen.trait_starts[word], seen.trait_starts[word + 1]
        if is_blind and end - begin > 1:
            begin += 1
        for trait in seen.traits[begin:end]:
            number = seen.trait_numbers[slot, trait]
            if number >= 0 and np.random.random() < desk.kept:  # noqa: NPY002
                desk.shown[at, n_shown] = number
                n_shown += 1
    desk.n_shown[at] = n_shown


@njit(fastmath=True)  # type: ignore[untyped-decorator]
def _score(seen: Seen, weights: Weights, desk: _Desk, where: tuple[int, int]) -> None:
    """Work out how likely what is shown makes each label, up to a factor."""
    at, place = where
    scores = desk.scores[at]
    scores[:] = 0.0
    for which in range(desk.n_shown[at]):
        number = desk.shown[at, which]
        for feature in range(seen.label_starts[number], seen.label_starts[number + 1]):
            scores[seen.labels[feature]] += weights.of_sights[feature]
    before = seen.scores[place if len(seen.scores) > 1 else 0]
    for label in range(len(scores)):
        scores[label] = scores[label] / desk.kept + before[label]
    top = scores.max()
    for label in range(len(scores)):
        scores[label] = math.exp(scores[label] - top)


@njit(fastmath=True)  # type: ignore[untyped-decorator]
def _go_ahead(weights: Weights, desk: _Desk, allowed: NDArray[np.bool_], length: int) -> None:
    """Work out how likely each label is by the words up to each."""
    n_labels = len(desk.share)
    for origin in range(n_labels):
        for to in range(n_labels):
            is_allowed = allowed[origin, to]
            desk.turns[origin, to] = math.exp(weights.moves[origin, to]) if is_allowed else 0.0
    for at in range(length):
        here = desk.ahead[at]
        for to in range(n_labels):
            here[to] = 1.0 if at == 0 and allowed[n_labels, to] else 0.0
        if at > 0:
            for origin in range(n_labels):
                reached = desk.ahead[at - 1, origin]
                for to in range(n_labels):
                    here[to] += reached * desk.turns[origin, to]
        for to in range(n_labels):
            here[to] *= desk.scores[at, to]
        here /= max(here.sum(), _NEXT_TO_NOTHING)


@njit(fastmath=True)  # type: ignore[untyped-decorator]
def _go_back(desk: _Desk, length: int) -> None:
    """Work out how likely each label is by the words that follow, and each pair of labels."""
    n_labels = len(desk.share)
    desk.pairs[:] = 0.0
    desk.back[length - 1, :] = 1.0
    for at in range(length - 1, 0, -1):
        for to in range(n_labels):
            desk.share[to] = desk.back[at, to] * desk.scores[at, to]
        here = desk.back[at - 1]
        mass = 0.0
        for origin in range(n_labels):
            reached = np.float32(0.0)
            for to in range(n_labels):
                reached += desk.turns[origin, to] * desk.share[to]
            here[origin] = reached
            mass += reached * desk.ahead[at - 1, origin]
        mass = max(mass, _NEXT_TO_NOTHING)
        for origin in range(n_labels):
            weight = np.float32(desk.ahead[at - 1, origin] / mass)
            for to in range(n_labels):
                desk.pairs[origin, to] += weight * desk.turns[origin, to] * desk.share[to]
        here /= mass


@njit(fastmath=True)  # type: ignore[untyped-decorator]
def _learn_moves(weights: Weights, desk: _Desk, allowed: NDArray[np.bool_], pace: float) -> None:
    """Take a step with the weights of pairs of labels."""
    for origin in range(len(desk.share)):
        for to in range(len(desk.share)):
            slope = -desk.pairs[origin, to]
            if allowed[origin, to] and abs(slope) > _LITTLE:
                weights.move_squares[origin, to] += slope * slope
                step = pace * slope / math.sqrt(weights.move_squares[origin, to] + 1)
                weights.moves[origin, to] += step


@njit(fastmath=True)  # type: ignore[untyped-decorator]
def _miss(desk: _Desk, at: int, labelled: int) -> float:
    """Work out by how much each label is too likely or not likely enough; return the most."""
    for label in range(len(desk.share)):
        desk.share[label] = desk.ahead[at, label] * desk.back[at, label]
    desk.share[:] = desk.share / -max(desk.share.sum(), _NEXT_TO_NOTHING)
    desk.share[labelled] += 1.0
    return float(np.abs(desk.share).max())


@njit(fastmath=True)  # type: ignore[untyped-decorator]
def _learn(seen: Seen, weights: Weights, desk: _Desk, at: int, pace: float) -> None:
    """Take a step with the weights of what was shown at a word."""
    for which in range(desk.n_shown[at]):
        number = desk.shown[at, which]
        for feature in range(seen.label_starts[number], seen.label_starts[number + 1]):
            slope = desk.share[seen.labels[feature]]
            if abs(slope) > _LITTLE:
                slope /= desk.kept
                weights.squares[feature] += slope * slope
                step = pace * slope / math.sqrt(weights.squares[feature] + 1)
                weights.of_sights[feature] += step
