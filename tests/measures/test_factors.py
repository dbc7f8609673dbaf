"""Correspondence analysis, simple and multiple, and classical scaling."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nqp_biblio.errors import OptionError
from nqp_biblio.measures.factors import (
    benzecri,
    classical_scaling,
    correspondence,
    greenacre_total,
    multiple_correspondence,
)

SMOKING = [[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]]
"""Staff groups by smoking, of Greenacre (1984)."""


def test_published_smoking() -> None:
    """Inertia of the smoking table is 0.0852, its first axes have 0.07476 and 0.01002."""
    found = correspondence(SMOKING)
    assert found.total == pytest.approx(0.0852, abs=5e-5)
    assert found.inertia[:2] == pytest.approx([0.07476, 0.01002], abs=5e-6)
    assert found.inertia.sum() == pytest.approx(found.total)


@settings(max_examples=50, deadline=None)
@given(
    arrays(np.int64, st.tuples(st.integers(2, 7), st.integers(2, 5)), elements=st.integers(0, 9))
)
def test_against_singular_values(table: np.ndarray) -> None:
    """Axes and coordinates are those of the singular values of the residuals."""
    assume(table.sum(axis=0).all() and table.sum(axis=1).all())
    shares = table / table.sum()
    row, column = shares.sum(axis=1), shares.sum(axis=0)
    residuals = (shares - np.outer(row, column)) / np.sqrt(np.outer(row, column))
    left, values, right = np.linalg.svd(residuals, full_matrices=False)
    found = correspondence(table)
    n = len(found.inertia)
    assert found.inertia == pytest.approx(values[:n] ** 2, abs=1e-9)
    assert found.total == pytest.approx((values**2).sum(), abs=1e-9)
    # products of coordinates do not depend on signs or on the axes of equal inertia
    columns = (right.T * values) / np.sqrt(column)[:, None]
    rows = (left * values) / np.sqrt(row)[:, None]
    assert found.columns @ found.columns.T == pytest.approx(columns @ columns.T, abs=1e-5)
    assert found.rows @ found.rows.T == pytest.approx(rows @ rows.T, abs=1e-5)
    assert found.contribution.sum(axis=0) == pytest.approx(np.ones(n))
    assert found.row_contribution.sum(axis=0) == pytest.approx(np.ones(n), abs=1e-4)


@settings(max_examples=50, deadline=None)
@given(
    arrays(np.int64, st.tuples(st.integers(3, 9), st.integers(2, 4)), elements=st.integers(0, 1))
)
def test_multiple_against_the_whole_indicator(has: np.ndarray) -> None:
    """Axes by correlations are those of the table with both categories of each variable."""
    assume((has.sum(axis=0) > 0).all() and (has.sum(axis=0) < len(has)).all())
    whole = correspondence(np.hstack([has, 1 - has]))
    found = multiple_correspondence(has)
    n, n_variables = len(found.inertia), has.shape[1]
    assert found.inertia == pytest.approx(whole.inertia[:n], abs=1e-9)
    assert found.total == pytest.approx(whole.total)
    yes = whole.columns[:n_variables]
    assert found.columns @ found.columns.T == pytest.approx(yes @ yes.T, abs=1e-5)
    assert found.rows @ found.rows.T == pytest.approx(whole.rows @ whole.rows.T, abs=1e-5)
    both = np.hstack([has, 1 - has])
    burt = correspondence(both.T @ both)
    assert found.inertia**2 == pytest.approx(burt.inertia[:n], abs=1e-6)


def test_benzecri_by_hand() -> None:
    """The adjusted inertia is (Q / (Q - 1))^2 (e - 1 / Q)^2, 0 up to 1 / Q."""
    adjusted = benzecri(np.array([0.6, 0.4, 1 / 3, 0.1]), 3)
    assert adjusted == pytest.approx(
        [1.5**2 * (0.6 - 1 / 3) ** 2, 1.5**2 * (0.4 - 1 / 3) ** 2, 0, 0]
    )
    assert benzecri(np.array([1.0]), 1).tolist() == [0.0]
    assert greenacre_total(np.array([1.0]), 1) == 0.0


def test_total_of_greenacre_is_the_mean_off_the_diagonal() -> None:
    """It is the mean inertia of the tables of two different variables."""
    has = np.array([[1, 0, 1], [1, 1, 0], [0, 0, 1], [0, 1, 1], [1, 0, 0]])
    pairs = [(0, 1), (0, 2), (1, 2)]
    squares = [np.corrcoef(has[:, a], has[:, b])[0, 1] ** 2 for a, b in pairs]
    total = greenacre_total(multiple_correspondence(has).inertia, 3)
    assert total == pytest.approx(np.mean(squares))


@settings(max_examples=50, deadline=None)
@given(
    arrays(np.float64, st.tuples(st.integers(1, 8), st.integers(1, 3)), elements=st.integers(-9, 9))
)
def test_scaling_against_principal_components(points: np.ndarray) -> None:
    """Scaling of the distances of points gives their principal components."""
    far = np.linalg.norm(points[:, None] - points[None], axis=2)
    found = classical_scaling(far)
    values = np.linalg.svd(points - points.mean(axis=0), compute_uv=False) ** 2
    assert found.inertia == pytest.approx(values[: len(found.inertia)], abs=1e-6)
    again = np.linalg.norm(found.columns[:, None] - found.columns[None], axis=2)
    assert again == pytest.approx(far, abs=1e-4)
    assert found.n_negative == 0


def test_distances_that_no_space_can_hold() -> None:
    """Negative eigenvalues are counted, and lessen the share of the others."""
    far = np.array([[0, 1, 1, 1], [1, 0, 2, 2], [1, 2, 0, 2], [1, 2, 2, 0]], dtype=float)
    found = classical_scaling(far)
    assert found.n_negative == 1
    assert found.inertia.sum() < found.total


def test_signs_are_fixed() -> None:
    """The largest coordinate of each axis is positive, so that a run can be repeated."""
    found = correspondence(SMOKING)
    largest = np.abs(found.contribution).argmax(axis=0)
    assert (found.columns[largest, range(len(largest))] > 0).all()


def test_tables_that_make_no_sense() -> None:
    """An empty row, a constant variable, or distances that are none are refused."""
    for table in ([[1, 0], [0, 0]], [[1, 0], [2, 0]], [[1, -1], [1, 3]]):
        with pytest.raises(OptionError, match="must have no negative count"):
            correspondence(table)
    with pytest.raises(OptionError, match="cannot part them"):
        multiple_correspondence([[1, 0], [1, 1]])
    for far in ([[0, 1], [2, 0]], [[1, 1], [1, 0]], [0, 1]):
        with pytest.raises(OptionError, match="symmetric"):
            classical_scaling(far)


def test_independence_has_no_axes() -> None:
    """A table whose rows are all alike has no inertia."""
    found = correspondence([[1, 2], [2, 4]])
    assert len(found.inertia) == 0
    assert math.isclose(found.total, 0.0, abs_tol=1e-12)
