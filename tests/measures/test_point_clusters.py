"""Clusters of points."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.point_clusters import CLUSTERINGS, mean_silhouette, point_clusters

THREE = np.array([[0, 0], [0, 1], [1, 0], [9, 9], [9, 8], [20, 0], [21, 0], [20, 1]], dtype=float)


@pytest.mark.parametrize("clustering", sorted(CLUSTERINGS))
def test_three_groups(clustering: str) -> None:
    """Groups that lie apart are found, and their number."""
    found = point_clusters(THREE, clustering=clustering)
    assert found.tolist() == [0, 0, 0, 1, 1, 2, 2, 2]
    two = point_clusters(THREE, clustering=clustering, n_clusters=2)
    assert len(set(two.tolist())) == 2
    again = point_clusters(THREE, clustering=clustering, seed=0)
    assert (again == found).all()


def test_largest_step_of_heights() -> None:
    """Hierarchical clusters may be cut before the largest step, and no more than allowed."""
    rule: dict[str, Any] = {"clustering": "average", "number_rule": "height"}
    assert point_clusters(THREE, **rule).tolist() == [0, 0, 0, 1, 1, 2, 2, 2]
    assert point_clusters(THREE, max_clusters=2, **rule).max() == 1


@settings(max_examples=40, deadline=None)
@given(
    arrays(np.float64, st.tuples(st.integers(3, 9), st.just(2)), elements=st.integers(0, 5)),
    st.lists(st.integers(0, 2), min_size=9, max_size=9),
)
def test_silhouette_against_scikit_learn(points: np.ndarray, chosen: list[int]) -> None:
    """The mean silhouette is that of scikit-learn."""
    metrics = pytest.importorskip("sklearn.metrics")
    labels = np.unique(chosen[: len(points)], return_inverse=True)[1]
    if 1 < labels.max() + 1 < len(points):
        expected = metrics.silhouette_score(points, labels)
        assert mean_silhouette(points, labels) == pytest.approx(expected)


@settings(max_examples=40, deadline=None)
@given(
    arrays(np.float64, st.tuples(st.integers(0, 9), st.just(2)), elements=st.integers(0, 3)),
    st.sampled_from(sorted(CLUSTERINGS)),
    st.sampled_from([None, 1, 2, 4]),
)
def test_any_points(points: np.ndarray, clustering: str, n_clusters: int | None) -> None:
    """Any points have clusters from 0 on, at most as many as asked, one place in one cluster."""
    if not len(points):
        return
    found = point_clusters(points, clustering=clustering, n_clusters=n_clusters)
    assert set(found.tolist()) == set(range(int(found.max()) + 1))
    assert found.max() < (n_clusters or 8)
    for place in np.unique(points, axis=0):
        assert len(set(found[(points == place).all(axis=1)].tolist())) == 1


@pytest.mark.parametrize(
    ("options", "kind", "match"),
    [
        ({"clustering": "single"}, UnknownNameError, "clustering"),
        ({"number_rule": "elbow"}, UnknownNameError, "rule of the number"),
        ({"n_clusters": 0}, OptionError, "n_clusters is 0"),
        ({"max_clusters": 0}, OptionError, "max_clusters is 0"),
        ({"clustering": "k-means", "number_rule": "height"}, OptionError, "no heights"),
    ],
)
def test_wrong_options(options: dict[str, Any], kind: type[Exception], match: str) -> None:
    """A wrong option is named."""
    with pytest.raises(kind, match=match):
        point_clusters(THREE, **options)
