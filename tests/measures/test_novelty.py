"""Atypical combinations of cited sources."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.errors import OptionError
from nqp_biblio.measures.novelty import atypical_combinations
from nqp_biblio.measures.novelty_kernel import CitationsOfYear, pair_scores, switched

LISTS = st.lists(st.lists(st.integers(0, 9), max_size=6, unique=True), min_size=1, max_size=8)
ITEMS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1)), min_size=10, max_size=10)


def _citations(lists: list[list[int]], items: list[tuple[int, int]]) -> CitationsOfYear:
    """Put lists into arrays; an item has a source and a year."""
    starts = np.cumsum([0, *map(len, lists)]).astype(np.int64)
    item = np.array([i for one in lists for i in one], dtype=np.int64)
    sources, years = np.array(items, dtype=np.int64).T
    return starts, item, years[item], sources.copy()


def _lists(starts: Any, item: Any) -> list[list[int]]:
    return [item[a:b].tolist() for a, b in pairwise(starts)]


def _pairs(lists: list[list[int]], items: list[tuple[int, int]]) -> list[list[tuple[int, ...]]]:
    """Return the sources of each pair of references of each list."""
    return [
        [tuple(sorted((items[a][0], items[b][0]))) for a, b in combinations(one, 2)]
        for one in lists
    ]


@settings(max_examples=60, deadline=None)
@given(LISTS, ITEMS, st.integers(0, 5))
def test_switching_keeps_counts(
    lists: list[list[int]], items: list[tuple[int, int]], seed: int
) -> None:
    """Lists keep number and years of references, works their citations; none is there twice."""
    citations = _citations(lists, items)
    rng = np.random.default_rng(seed)
    drawn = switched(citations, n_switches=3, rng=rng)
    found = _lists(citations[0], drawn)
    assert Counter(drawn.tolist()) == Counter(citations[1].tolist())
    for before, after in zip(lists, found, strict=True):
        assert len(set(after)) == len(after)
        assert [items[i][1] for i in after] == [items[i][1] for i in before]
    again = switched(citations, n_switches=3, rng=np.random.default_rng(seed))
    assert again.tolist() == drawn.tolist()


def test_switching_reaches_all() -> None:
    """Two lists that may hold either of two works do so equally often."""
    citations = _citations([[0, 2], [1, 3]], [(0, 0), (1, 0), (2, 1), (3, 1)] + [(0, 0)] * 6)
    rng = np.random.default_rng(1)
    found = Counter(
        tuple(map(tuple, _lists(citations[0], switched(citations, n_switches=1, rng=rng))))
        for _ in range(4000)
    )
    assert len(found) == 4
    assert all(count == pytest.approx(1000, abs=130) for count in found.values())


@settings(max_examples=60, deadline=None)
@given(LISTS, ITEMS, st.integers(0, 5))
def test_scores_as_defined(lists: list[list[int]], items: list[tuple[int, int]], seed: int) -> None:
    """Scores compare the pairs observed with those of the switched networks, pair by pair."""
    citations = _citations(lists, items)
    options: dict[str, int] = {"n_switches": 2}
    rng = np.random.default_rng(seed)
    z, starts = pair_scores(citations, n_samples=4, rng=rng, **options)
    rng = np.random.default_rng(seed)
    samples = [
        Counter(
            pair
            for one in _pairs(_lists(citations[0], switched(citations, rng=rng, **options)), items)
            for pair in one
        )
        for _ in range(4)
    ]
    pairs = _pairs(lists, items)
    observed = Counter(pair for one in pairs for pair in one)
    assert np.diff(starts).tolist() == [len(one) for one in pairs]
    for score, pair in zip(z.tolist(), [p for one in pairs for p in one], strict=True):
        counts = [sample[pair] for sample in samples]
        spread = np.std(counts, ddof=1)
        expected = (observed[pair] - np.mean(counts)) / spread if spread > 0 else np.nan
        assert score == pytest.approx(expected, nan_ok=True)


def _corpus(lists: list[str], year: int | None = 2020) -> nb.Corpus:
    """Make works that cite works named by the letter of their source and a digit."""
    return nb.corpus_of(
        nb.Record(
            title=f"Work {n}",
            publication_year=year,
            cited_references=[
                nb.CitedReference(
                    raw=name,
                    doi=f"10.1016/j.joi.2020.{name}",
                    source_raw=f"Journal {name[0]}",
                    publication_year=2000,
                )
                for name in names.split()
            ],
        )
        for n, names in enumerate(lists)
    )


FIELDS = [*("a1 a2 a3", "a2 a3 a4", "a1 a3 a4") * 3, *("b1 b2 b3", "b2 b3 b4", "b1 b3 b4") * 3]


def test_an_odd_pair() -> None:
    """Of works that cite within two fields, the one that cites both is novel."""
    found = atypical_combinations(nb.link_references(_corpus([*FIELDS, "a1 b1"])), n_samples=20)
    assert found.column("z_median")[-1] < 0
    assert min(found.column("z_median")[:-1]) > 0
    assert found.column("class")[-1] == "high novelty, low conventionality"
    assert found.column("high_novelty")[:-1] == [False] * len(FIELDS)
    assert found.manifest["n_without"] == 0


def test_percentiles_are_interpolated() -> None:
    """Median and 10th percentile of a work are those of numpy over its pairs."""
    corpus = nb.link_references(_corpus([*FIELDS, "a1 b1 b2 a4"]))
    found = atypical_combinations(corpus, n_samples=20)
    medians = found.column("z_median")
    assert found.manifest["median_of_medians"] == pytest.approx(float(np.median(medians)))
    usual = [value > np.median(medians) for value in medians]
    assert found.column("high_conventionality") == usual
    # its pairs are one of a, one of b, and four of both, whose score is theirs alone
    alone = atypical_combinations(corpus, n_samples=20)
    assert alone == found
    assert found.column("n_pairs")[-1] == 6
    within = sorted({medians[0], medians[len(FIELDS) - 1]})  # all pairs of these have one score
    mixed = medians[-1]
    assert found.column("z_10")[-1] == pytest.approx(float(np.percentile([mixed] * 4 + within, 10)))


def test_another_seed() -> None:
    """The same seed gives the same figures, another one others."""
    corpus = nb.link_references(_corpus([*FIELDS, "a1 b1"]))
    first, again = (atypical_combinations(corpus, seed=3) for _ in range(2))
    assert first == again
    assert atypical_combinations(corpus, seed=4).column("z_10") != first.column("z_10")


@pytest.mark.parametrize(
    ("lists", "year"),
    [
        (["a1 b1"], 2020),
        (["a1", "b1"], 2020),
        (["", ""], 2020),
        ([], 2020),
        (["a1 b1", "a1 c1"], None),
        (["a1 a2", "a3 a4"], 2020),
    ],
    ids=["one work", "one reference each", "no citations", "no works", "no years", "one source"],
)
def test_nothing_to_compare(lists: list[str], year: int | None) -> None:
    """Where no pair can vary there are no scores, and the manifest says so."""
    found = atypical_combinations(_corpus(lists, year))
    for name in ("z_median", "z_10", "high_novelty", "class"):
        assert found.column(name) == [None] * len(lists)
    assert "no pair" in str(found.manifest["warning"])
    assert found.manifest["n_without"] == len(lists)


def test_later_works_are_left_out() -> None:
    """Works after the day asked for are not there."""
    assert len(atypical_combinations(_corpus(FIELDS), as_of=2019)) == 0


@pytest.mark.parametrize("options", [{"n_samples": 1}, {"n_switches": 0}])
def test_refused(options: dict[str, int]) -> None:
    """One sample has no deviation, and no try switches nothing."""
    with pytest.raises(OptionError, match="at least"):
        atypical_combinations(_corpus(FIELDS), **options)
