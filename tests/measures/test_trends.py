"""Trend topics and emerging terms."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.measures.trends import emerging_terms, trend_scores, trend_topics


def _corpus(works: list[tuple[int | None, str]]) -> nb.Corpus:
    """Make works of a year with words."""
    return nb.normalise(
        nb.corpus_of(
            nb.Record(
                title=f"Work {n}",
                publication_year=year,
                keywords=[("author_keyword", word) for word in words.split()],
            )
            for n, (year, words) in enumerate(works)
        )
    )


def test_medians() -> None:
    """A term stands in its median year, with the quartiles of its years."""
    works: list[tuple[int | None, str]] = [
        (2000, "a"),
        (2001, "a b"),
        (2001, "b"),
        (2004, "a"),
        (2005, "a"),
    ]
    found = trend_topics(_corpus(works), min_works=2)
    # a: 2000 2001 2004 2005, median 2002.5, whose half goes to the even year
    assert found.rows == [
        (2001, "b", "b", 2, 2001.0, 2001.0, 2001.0),
        (2002, "a", "a", 4, 2000.75, 2002.5, 2004.25),
    ]
    assert [row[1] for row in trend_topics(_corpus(works), min_works=3).rows] == ["a"]
    assert [row[1] for row in trend_topics(_corpus(works), min_works=1, years=(2001, 2001)).rows]


def test_the_most_frequent_of_a_year() -> None:
    """Of each year the most frequent are listed, of equals the first by name."""
    works: list[tuple[int | None, str]] = [(2001, "c b a"), (2001, "c")]
    assert [row[1] for row in trend_topics(_corpus(works), min_works=1, n_per_year=2).rows] == [
        "c",
        "a",
    ]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1990, 2005), min_size=1, max_size=30))
def test_quartiles_by_hand(years: list[int]) -> None:
    """Quartiles are those of NumPy over the years of the works."""
    row = trend_topics(_corpus([(year, "a") for year in years]), min_works=1).rows[0]
    assert row[4:] == pytest.approx(tuple(np.quantile(years, [0.25, 0.5, 0.75])))


def test_a_rising_term() -> None:
    """A term that rises is emerging; one that falls, or is in all works, is not."""
    works: list[tuple[int | None, str]] = []
    for n, year in enumerate(range(2000, 2010)):
        works += [
            (year, "all" + " new" * (work < 2 * n - 6) + " old" * (work < 12 - 2 * n))
            for work in range(12)
        ]
    found = emerging_terms(_corpus(works)).frame.set_index("item")
    assert found["is_emerging"].to_dict() == {"new": True, "old": False, "all": False}
    new = found.loc["new"]
    assert (new["first_year"], new["n_works"]) == (2004, 42)
    assert new["share_before"] == pytest.approx(2 / 60)
    assert new["share_recent"] == pytest.approx(40 / 60)
    assert new["ratio"] == pytest.approx(20)
    assert found["z"].isna().to_dict() == {"new": False, "old": False, "all": True}


def test_a_new_term() -> None:
    """A term that is met in the last years alone has no ratio."""
    works: list[tuple[int | None, str]] = [*[(2000, "a")] * 9, *[(2009, "b")] * 9]
    found = emerging_terms(_corpus(works))
    assert found.column("item") == ["b", "a"]
    assert found.column("ratio") == [None, 0.0]
    assert found.column("is_emerging") == [True, False]


def test_false_discoveries() -> None:
    """P values are raised by the number of terms, as Benjamini and Hochberg do."""
    works: list[tuple[int | None, str]] = [*[(2000, "a b c d")] * 3, *[(2001, "a b c")] * 3]
    works += [*[(2002, "a b")] * 3, *[(2003, "a")] * 3]
    found = emerging_terms(_corpus(works), min_works=1, n_years=1)
    p = [value for value in found.column("p_value") if value is not None]
    q = [value for value in found.column("q_value") if value is not None]
    ordered = sorted(p)
    by_hand = [
        min(one * len(p) / (rank + 1) for rank, one in enumerate(ordered) if one >= value)
        for value in p
    ]
    assert q == pytest.approx([min(value, 1.0) for value in by_hand])


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=8),
)
def test_trend_by_hand(pairs: list[tuple[int, int]]) -> None:
    """The score is that of the sum over years of score times (count less expected)."""
    counts = np.array([a for a, _ in pairs])
    totals = counts + np.array([b for _, b in pairs])
    years = np.arange(2000, 2000 + len(pairs))
    z = trend_scores(counts[None, :], totals, years)[0] if totals.sum() else math.nan
    if not totals.sum() or not 0 < counts.sum() < totals.sum() or np.count_nonzero(totals) < 2:
        assert math.isnan(z)
        return
    p, mean = counts.sum() / totals.sum(), years @ totals / totals.sum()
    top = sum(t * (r - p * d) for t, r, d in zip(years, counts, totals, strict=True))
    spread = p * (1 - p) * sum(d * (t - mean) ** 2 for t, d in zip(years, totals, strict=True))
    assert z == pytest.approx(top / math.sqrt(spread), abs=1e-6)


@pytest.mark.parametrize("measure", [trend_topics, emerging_terms])
def test_nothing(measure: Any) -> None:
    """Without works, terms or years the table is empty."""
    for works in ([], [(2001, "")], [(None, "a")]):
        assert measure(_corpus(works), min_works=1).rows == []  # type: ignore[arg-type]


def test_one_year() -> None:
    """In one year nothing can rise."""
    found = emerging_terms(_corpus([(2001, "a"), (2001, "b")]), min_works=1)
    assert found.column("z") == [None, None]
    assert found.column("is_emerging") == [False, False]
    assert found.column("share_before") == [None, None]


@pytest.mark.parametrize(
    ("measure", "options", "match"),
    [
        (trend_topics, {"n_per_year": 0}, "n_per_year is 0"),
        (trend_topics, {"of": "planets"}, "unknown item of works"),
        (emerging_terms, {"n_years": 0}, "n_years is 0"),
        (emerging_terms, {"alpha": 1.0}, "alpha is 1.0"),
    ],
)
def test_bad_options(measure: Any, options: dict[str, Any], match: str) -> None:
    """A number out of its range is refused."""
    with pytest.raises(nb.BiblioError, match=match):
        measure(_corpus([]), **options)
