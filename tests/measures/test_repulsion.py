"""Repulsion by a quadtree."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqp_biblio.measures import repulsion as module
from nqp_biblio.measures.repulsion import repulsion, sum_of_distances

POINT = st.tuples(st.integers(-20, 20), st.integers(-20, 20))


def _by_pairs(xy: Any, mass: Any, power: int) -> tuple[float, Any]:
    """Add up all pairs, one by one."""
    total, gradient = 0.0, np.zeros_like(xy)
    for i in range(len(xy)):
        for j in range(len(xy)):
            if i == j:
                continue
            way = xy[i] - xy[j]
            far = max(np.hypot(*way), 1e-9)
            total += mass[i] * mass[j] * (far**power / power if power else np.log(far)) / 2
            gradient[i] += mass[i] * mass[j] * far ** (power - 2) * way
    return total, gradient


def _points(n: int) -> tuple[Any, Any]:
    random = np.random.default_rng(3)
    return random.normal(size=(n, 2)) * random.random((n, 1)) ** 2, random.integers(1, 4, n) * 1.0


@pytest.mark.parametrize("power", [1, 0, -1])
@pytest.mark.parametrize(("far", "near_enough"), [(0.0, 1e-12), (0.3, 1e-3), (0.6, 2e-2)])
def test_all_pairs(power: int, far: float, near_enough: float) -> None:
    """With far = 0 every pair counts as it is; else the error is small."""
    xy, mass = _points(300)
    expected, push = _by_pairs(xy, mass, power)
    found, gradient = repulsion(xy, mass, power, far=far)
    assert found == pytest.approx(expected, rel=near_enough)
    assert np.linalg.norm(gradient - push) < near_enough * np.linalg.norm(push)


@settings(deadline=None, max_examples=60)
@given(points=st.lists(POINT, min_size=1, max_size=40), power=st.sampled_from([1, 0]))
def test_points_in_one_place(points: list[tuple[int, int]], power: int) -> None:
    """Points may lie in one place or on a line; nothing is left out."""
    xy = np.array(points, dtype=np.float64)
    expected, push = _by_pairs(xy, np.ones(len(xy)), power)
    found, gradient = repulsion(xy, np.ones(len(xy)), power, far=0.0)
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-6)
    assert gradient == pytest.approx(push, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("power", [1, 0, -1])
def test_gradient_is_that_of_the_energy(power: int) -> None:
    """The gradient is how the energy changes when a node moves."""
    xy, mass = _points(60)
    _, gradient = repulsion(xy, mass, power, far=0.0)
    moved = xy.copy()
    moved[7, 0] += 1e-7
    change = repulsion(moved, mass, power, far=0.0)[0] - repulsion(xy, mass, power, far=0.0)[0]
    assert change / 1e-7 == pytest.approx(gradient[7, 0], rel=1e-3)


def test_sum_of_distances() -> None:
    """Each pair counts once."""
    xy, _ = _points(50)
    expected = sum(np.hypot(*(a - b)) for i, a in enumerate(xy) for b in xy[:i])
    assert sum_of_distances(xy) == pytest.approx(expected)


def test_compiled_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine code gives what the Python gives."""
    xy, mass = _points(40)
    fast = [repulsion(xy, mass, power, far=0.6) for power in (1, 0, -1)]
    monkeypatch.setattr(module, "compiled", lambda function: function)
    slow = [repulsion(xy, mass, power, far=0.6) for power in (1, 0, -1)]
    for (value, gradient), (other_value, other_gradient) in zip(fast, slow, strict=True):
        assert value == pytest.approx(other_value, rel=1e-12)
        assert gradient == pytest.approx(other_gradient, rel=1e-9, abs=1e-12)


def test_where_nothing_can_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder to keep the machine code in it is made anew."""
    import numba

    njit = numba.njit

    def refusing(function: Any = None, *, cache: bool = False) -> Any:
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return njit(function)

    monkeypatch.setattr(numba, "njit", refusing)
    made = module.compiled.__wrapped__(module._distances)
    assert made(np.array([0.0, 3.0]), np.array([0.0, 4.0])) == 5.0
