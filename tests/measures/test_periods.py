"""Periods of a corpus."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.made_corpus import Made, made_corpus

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.periods import chosen_periods, find_periods, segments


def test_equal_works() -> None:
    """Periods have about as many works each, and years without works are in none."""
    years = [2000] * 4 + [2001] * 2 + [2002] * 2 + [2005] * 4
    found = find_periods(made_corpus([Made(year=y, keywords=("a",)) for y in years]))
    assert found.rows == [(1, 2000, 2000, 4, 1), (2, 2001, 2002, 4, 1), (3, 2005, 2005, 4, 1)]


def test_change_points() -> None:
    """Years are parted where the terms change, as often as they do."""
    words = {2000: "ab", 2001: "ab", 2002: "ab", 2003: "cd", 2004: "cd", 2005: "ef"}
    works = [Made(year=y, keywords=tuple(w)) for y, w in words.items() for _ in range(8)]
    rows = find_periods(made_corpus(works), rule="change-points").rows
    assert [row[1:3] for row in rows] == [(2000, 2002), (2003, 2004), (2005, 2005)]
    two = find_periods(made_corpus(works), rule="change-points", n_periods=2).rows
    assert [row[1:3] for row in two] == [(2000, 2002), (2003, 2005)]
    same = [Made(year=y, keywords=("a", "b")) for y in range(2000, 2008)]
    assert len(find_periods(made_corpus(same), rule="change-points")) == 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=8), st.integers(1, 5))
def test_segments_against_all_ways(values: list[int], n_most: int) -> None:
    """No other way to part the row costs less."""
    n = len(values)
    cost = np.zeros((n, n))
    for a, b in itertools.combinations_with_replacement(range(n), 2):
        cost[a, b] = sum(values[a : b + 1]) ** 2
    for k, (least, starts) in enumerate(segments(cost, n_most), 1):
        ways = [(0, *inner) for inner in itertools.combinations(range(1, n), k - 1)]
        totals = [sum(cost[a, b - 1] for a, b in itertools.pairwise((*way, n))) for way in ways]
        assert least == pytest.approx(min(totals))
        assert totals[ways.index(tuple(starts))] == pytest.approx(least)


def test_where_there_is_little() -> None:
    """Fewer years make fewer periods; without a year or a term there are none."""
    corpus = made_corpus([Made(year=2001, keywords=("a",)), Made(year=None, keywords=("a",))])
    found = find_periods(corpus)
    assert found.rows == [(1, 2001, 2001, 1, 1)]
    assert found.manifest["n_without"] == 1
    none = find_periods(made_corpus([Made(year=2001)]))
    assert none.rows == []
    assert "author keywords" in str(none.manifest["warning"])


def test_as_of() -> None:
    """Later works do not count."""
    corpus = made_corpus([Made(year=y, keywords=("a",)) for y in range(2000, 2006)])
    assert [row[1:3] for row in find_periods(corpus, n_periods=2, as_of=2003).rows] == [
        (2000, 2001),
        (2002, 2003),
    ]


def test_wrong_options() -> None:
    """A wrong rule, number or list of periods is named."""
    corpus = made_corpus([Made(keywords=("a",))])
    with pytest.raises(UnknownNameError, match="rule of periods"):
        find_periods(corpus, rule="decades")
    with pytest.raises(OptionError, match="n_periods is 0"):
        find_periods(corpus, n_periods=0)
    for periods in ([], [(2005, 2001)], [(2001, 2005), (2005, 2009)], [(2005, 2009), (2001, 2004)]):
        with pytest.raises(OptionError, match="in order and apart"):
            chosen_periods(corpus, periods=periods)
    assert chosen_periods(corpus, periods=[(2001, 2005), (2008, 2009)]) == [
        (2001, 2005),
        (2008, 2009),
    ]
