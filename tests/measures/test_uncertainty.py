"""Intervals of values and ranks."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from made_corpus import Made, made_corpus
from nqp_biblio.measures.h_cores import order_by, rank
from nqp_biblio.measures.h_index import h_index
from nqp_biblio.measures.uncertainty import VALUES, rank_intervals

PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), min_size=1, max_size=12)
"""Citations of a work, and how often it is drawn."""


def _rows(result: nb.Result) -> list[dict[str, Any]]:
    return [dict(zip(result.columns, row, strict=True)) for row in result.rows]


def _plain(by: str, citations: list[int]) -> float:
    ranked = sorted(citations, reverse=True)
    sizes = range(len(ranked) + 1)
    return {
        "h": max(h for h in sizes if sum(c >= h for c in ranked) >= h),
        "g": max(g for g in sizes if sum(ranked[:g]) >= g * g),
        "citations": sum(ranked),
        "citations_per_work": sum(ranked) / max(len(ranked), 1),
        "n_works": len(ranked),
    }[by]


@settings(max_examples=200, deadline=None)
@given(st.lists(PAIRS, min_size=1, max_size=4), st.sampled_from(sorted(VALUES)))
def test_values_of_works_drawn_several_times(owners: list[Any], by: str) -> None:
    """A value with works counted several times is that of a list with so many copies."""
    citations = np.array([c for own in owners for c, _ in own])
    times = np.array([n for own in owners for _, n in own])
    owner = np.repeat(np.arange(len(owners)), [len(own) for own in owners])
    first = order_by(citations.max() - citations)
    place = np.empty(len(first), dtype=np.int64)
    place[first] = np.arange(len(first))
    ranked = rank(owner, np.arange(len(owner)), place)
    found = VALUES[by](ranked, citations[first][ranked.work], times[first][ranked.work])
    copies: dict[int, list[int]] = defaultdict(list)
    for number, own in enumerate(owners):
        copies[number] = [c for c, n in own for _ in range(n)]
    assert found.tolist() == pytest.approx([_plain(by, own) for own in copies.values()])


@pytest.fixture
def corpus() -> nb.Corpus:
    """Make works of four authors, the first cited most."""
    chance = np.random.default_rng(5)
    works = [
        Made(int(chance.poisson(8 - 2 * author)), authors=(author,))
        for author in range(4)
        for _ in range(25)
    ]
    return made_corpus(works)


@pytest.mark.parametrize("by", sorted(VALUES))
def test_intervals_hold_their_mean(corpus: nb.Corpus, by: str) -> None:
    """Values are those without resampling; intervals are about them; ranks stay in bounds."""
    result = rank_intervals(corpus, by=by, n_resamples=300)
    assert result == rank_intervals(corpus, by=by, n_resamples=300)
    assert result.rows != rank_intervals(corpus, by=by, n_resamples=300, seed=9).rows
    for row in _rows(result):
        assert row["value_low"] <= row["value_mean"] <= row["value_high"]
        assert row["value_low"] <= row["value"] <= row["value_high"]
        assert 1 <= row["rank_low"] <= row["rank_high"] <= 4
    values = result.column("value")
    assert values == sorted(values, reverse=True)
    if by in ("h", "g", "citations"):
        assert values == h_index(corpus).column(by)


def test_interval_of_works_is_binomial(corpus: nb.Corpus) -> None:
    """An owner of a quarter of 100 works has 25, with 1.96 x root of 100/4 x 3/4 each way."""
    rows = _rows(rank_intervals(corpus, by="n_works", n_resamples=3000))
    for row in rows:
        assert row["value_mean"] == pytest.approx(25, rel=0.02)
        half = (row["value_high"] - row["value_low"]) / 2
        assert half == pytest.approx(1.96 * (100 * 0.25 * 0.75) ** 0.5, abs=1)
        assert row["rank"] == 1


def test_clear_leaders_have_sure_ranks() -> None:
    """Who is far ahead is first in every resample; equals share their ranks."""
    works = [Made(50, authors=(0,)) for _ in range(30)]
    works += [Made(3, authors=(author,)) for author in (1, 2) for _ in range(30)]
    first, *others = _rows(rank_intervals(made_corpus(works), n_resamples=200, by="citations"))
    assert (first["rank"], first["rank_low"], first["rank_high"]) == (1, 1, 1)
    assert [(row["rank"], row["rank_low"], row["rank_high"]) for row in others] == [(2, 2, 3)] * 2


def test_unknown_citations_and_top() -> None:
    """Works without a count are no works cited 0 times; as many rows are given as asked."""
    works = [Made(6, authors=(0,)), Made(None, authors=(0,)), Made(4, authors=(1,))]
    result = rank_intervals(made_corpus(works), by="citations_per_work", n_resamples=20, top=1)
    assert result.column("value") == [6]
    assert (result.manifest["n_without"], result.manifest["n_owners"]) == (1, 2)
    counted = rank_intervals(made_corpus(works), by="n_works", n_resamples=20)
    assert counted.column("value") == [2, 1]
    assert counted.manifest["n_without"] == 0


def test_no_owner() -> None:
    """Without owners there are no rows."""
    assert len(rank_intervals(made_corpus([Made(1)]), "topics", n_resamples=5)) == 0


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"by": "fame"}, "unknown value to rank by 'fame'"),
        ({"top": 0}, "top is 0"),
        ({"n_resamples": 0}, "n_resamples is 0"),
        ({"of": "planets"}, "owner of works"),
    ],
)
def test_bad_options(options: dict[str, Any], match: str) -> None:
    """An option that there is not is refused by name."""
    with pytest.raises(nb.BiblioError, match=match):
        rank_intervals(made_corpus([Made(1)]), **options)
