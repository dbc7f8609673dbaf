"""The roads of counting pairs: the same edges to the last bit, whatever counts them."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from nqp_biblio.corpus.engine import ask_past_memory
from nqp_biblio.errors import OutputError
from nqp_biblio.networks.pairs import Counting, fractions
from nqp_biblio.networks.pairs_kernel import count_by_kernel, weights_by_kernel
from nqp_biblio.networks.pairs_numpy import count_by_numpy
from nqp_biblio.networks.pairs_sql import count_by_sql
from nqp_biblio.networks.pairs_task import PairTask, as_weights, exact_parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nqp_biblio.networks.pairs_task import Edges

N_ITEMS = 150  # more than two words of bits
SETS = st.lists(st.frozensets(st.integers(0, N_ITEMS - 1), max_size=30), min_size=1, max_size=8)
MEMORY = 100_000_000


def _task(sets: list[frozenset[int]], counting: Counting = "full") -> PairTask:
    matrix = np.zeros((len(sets), N_ITEMS))
    for row, items in enumerate(sets):
        matrix[row, sorted(items)] = 1
    share = fractions(np.array([len(items) for items in sets]), counting)
    return PairTask.of(sparse.csr_array(matrix), share)


def _with(task: PairTask, **wanted: float | None) -> PairTask:
    return PairTask(task.indptr, task.indices, task.n_items, task.share, **wanted)  # type: ignore[arg-type]


def _same(one: Edges, other: Edges) -> bool:
    return all(a.tobytes() == b.tobytes() for a, b in zip(one, other, strict=True))


def _random(seed: int, *, counting: Counting = "full") -> PairTask:
    random = np.random.default_rng(seed)
    rows = [frozenset(np.flatnonzero(random.random(N_ITEMS) < 0.2).tolist()) for _ in range(80)]
    return _task(rows, counting)


@settings(deadline=None, max_examples=50)
@given(
    SETS,
    st.sampled_from(["full", "fractional"]),
    st.sampled_from([0.0, 0.1, 1.0, 2.0]),
    st.sampled_from([None, 1, 3]),
    st.sampled_from([0, 1, 60]),
    st.integers(1, 200),
)
def test_kernel_and_numpy_give_the_same_bits(
    sets: list[frozenset[int]],
    counting: Counting,
    min_weight: float,
    top_links: int | None,
    boundary: int,
    at_once: int,
) -> None:
    """Any sets, thresholds and groups, whatever is held at one time."""
    task = _with(
        _task(sets, counting), min_weight=min_weight, top_links=top_links, boundary=boundary
    )
    edges = count_by_numpy(task, pairs_at_once=at_once)
    assert _same(edges, count_by_kernel(task, edges_at_once=at_once))
    assert len(edges[0]) <= task.edges_at_most
    assert all(
        (source < target, weight >= min_weight) == (True, True)
        for source, target, weight in zip(*edges, strict=True)
    )


@pytest.mark.parametrize("counting", ["full", "fractional"])
@pytest.mark.parametrize("min_weight", [0.0, 0.25, 4.0])
@pytest.mark.parametrize("top_links", [None, 2])
@pytest.mark.parametrize("boundary", [0, 70])
def test_sql_gives_the_same_bits(
    counting: Counting, min_weight: float, top_links: int | None, boundary: int
) -> None:
    """DuckDB's edges are those of the kernel, in memory or mapped from disk."""
    task = _with(
        _random(1, counting=counting),
        min_weight=min_weight,
        top_links=top_links,
        boundary=boundary,
    )
    edges = count_by_kernel(task)
    assert _same(edges, count_by_sql(task, memory=MEMORY))
    assert _same(edges, count_by_sql(task, memory=MEMORY, is_mapped=True))


@settings(deadline=None, max_examples=25)
@given(st.lists(st.frozensets(st.integers(0, 11), min_size=2), min_size=1, max_size=12))
def test_fractions_add_up_as_they_are(sets: list[frozenset[int]]) -> None:
    """A weight is the true sum of the fractions, rounded once; a whole one is exact."""
    expected: dict[tuple[int, int], Fraction] = {}
    for items in sets:
        for pair in combinations(sorted(items), 2):
            expected[pair] = expected.get(pair, Fraction(0)) + Fraction(1, len(items) - 1)
    source, target, weight = count_by_kernel(_task(sets, "fractional"))
    found = dict(zip(zip(source.tolist(), target.tolist(), strict=True), weight, strict=True))
    assert found.keys() == expected.keys()
    for pair, value in expected.items():
        nearest = float(value)
        allowed = 0.0 if value.denominator == 1 else np.spacing(nearest)
        assert abs(found[pair] - nearest) <= allowed


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(0, 4), min_size=1, max_size=20))
def test_parts_stand_for_any_share(shares: list[float]) -> None:
    """The two parts of a share make it up again, to half of 2**-62 in its sum."""
    given_shares = np.array(shares)
    high, low = exact_parts(given_shares)
    assert np.abs(as_weights(high, low) - given_shares).max() <= 2.0**-52 * 4


@pytest.mark.parametrize("road", [count_by_numpy, count_by_kernel])
@pytest.mark.parametrize("share", [0.0, 1e-30, -1.0, np.nan])
def test_sets_that_count_nothing_join_nothing(
    road: Callable[[PairTask], Edges], share: float
) -> None:
    """A share that cannot be told from 0 is 0."""
    shares = np.array([share, 0.5])
    task = PairTask.of(sparse.csr_array(np.array([[1, 1, 1], [1, 0, 1]])), shares)
    assert [part.tolist() for part in road(task)] == [[0], [2], [0.5]]


def test_the_order_of_sets_changes_no_bit() -> None:
    """Fractions are added exactly, so works may come in any order."""
    task = _random(2, counting="fractional")
    sets = [frozenset(part.tolist()) for part in np.split(task.indices, task.indptr[1:-1])]
    assert _same(count_by_kernel(task), count_by_kernel(_task(sets[::-1], "fractional")))


@pytest.mark.parametrize("road", [count_by_numpy, count_by_kernel])
def test_each_node_keeps_its_heaviest_links(road: Callable[[PairTask], Edges]) -> None:
    """Of equal links those to the first items stay; one end that wants an edge is enough."""
    sets = [{0, 1}, {0, 1}, {0, 2}, {0, 3}, {2, 3}]
    task = _with(_task([frozenset(items) for items in sets]), top_links=1)
    source, target, weight = road(task)
    edges = list(zip(source.tolist(), target.tolist(), weight.tolist(), strict=True))
    assert edges == [(0, 1, 2.0), (0, 2, 1.0), (0, 3, 1.0)]


@pytest.mark.parametrize("road", [count_by_numpy, count_by_kernel])
def test_groups_meet_only_across(road: Callable[[PairTask], Edges]) -> None:
    """With a boundary, no two items of one group are joined."""
    task = _with(_task([frozenset({0, 1, 5, 6}), frozenset({0, 5})]), boundary=5)
    source, target, weight = road(task)
    assert list(zip(source.tolist(), target.tolist(), weight.tolist(), strict=True)) == [
        (0, 5, 2.0),
        (0, 6, 1.0),
        (1, 5, 1.0),
        (1, 6, 1.0),
    ]


@pytest.mark.parametrize("counting", ["full", "fractional"])
@pytest.mark.parametrize("min_weight", [0.0, 1.5])
def test_edges_are_counted_by_weight_without_being_held(
    counting: Counting, min_weight: float
) -> None:
    """The counts by weight are those of the edges themselves."""
    task = _with(_random(3, counting=counting), min_weight=min_weight)
    weight = count_by_kernel(task)[2]
    bins, per_unit = weights_by_kernel(task)
    at = np.floor(weight * per_unit).astype(int)
    assert np.array_equal(bins, np.bincount(at, minlength=len(bins)))


def test_files_of_mapped_edges_go_with_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Edges on disk leave nothing behind."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    edges = count_by_sql(_random(4), memory=MEMORY, is_mapped=True)
    part = edges[2][3:5]
    assert isinstance(edges[0], np.memmap)
    del edges
    assert part.sum() > 0
    assert list(tmp_path.iterdir())
    del part
    assert not list(tmp_path.iterdir())


def test_large_rows_are_put_in_order_either_way() -> None:
    """Few others among many items are sorted, many are read off bits; both ascend."""
    items = np.arange(0, 20_000, 5)
    few = np.array([3, 4, 19_999])
    indptr = np.array([0, len(items), len(items) + 3])
    task = PairTask(indptr, np.concatenate([items, few]).astype(np.int32), 20_000, np.ones(2))
    source, target, weight = count_by_kernel(task)
    n = len(items)
    assert len(source) == n * (n - 1) // 2 + 3
    assert bool((np.diff(source * 20_000 + target) > 0).all())
    assert weight.sum() == len(source)


def test_what_disk_cannot_help_is_said() -> None:
    """A query that needs more memory than it may have ends with an error that says so."""
    sql = "SELECT length(list(i)) AS n FROM range(20000000 + ?) t(i)"
    with pytest.raises(OutputError, match="there is no room for the answer"):
        list(ask_past_memory({}, sql, [(1,)], memory=1))
