"""Annual growth: the first and the last year, a line through logarithms, counts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb


def _corpus(*counts: int, first: int = 2000, undated: int = 0) -> nb.Corpus:
    """Make so many works in each year from the first on."""
    years = [first + index for index, n in enumerate(counts) for _ in range(n)]
    records = [nb.Record(title="T", publication_year=year) for year in years]
    return nb.corpus_of([*records, *[nb.Record(title="U")] * undated])


def _row(result: nb.Result, method: str) -> dict[str, object]:
    rows = {row[0]: dict(zip(result.columns, row, strict=True)) for row in result.rows}
    return rows[method]


def test_doubling_every_year() -> None:
    """Works that double each year grow by 100 % in all three ways, and double in a year."""
    result = nb.annual_growth(_corpus(1, 2, 4, 8, 16))
    for method in ("compound", "log-linear", "poisson"):
        row = _row(result, method)
        assert row["annual_growth_percent"] == pytest.approx(100)
        assert row["doubling_time_years"] == pytest.approx(1)
        assert row["log_growth"] == pytest.approx(math.log(2))
    assert _row(result, "log-linear")["r_squared"] == pytest.approx(1)


def test_falling_numbers_halve() -> None:
    """The doubling time of falling numbers is negative: the time in which they halve."""
    row = _row(nb.annual_growth(_corpus(8, 4, 2)), "compound")
    assert (row["annual_growth_percent"], row["doubling_time_years"]) == (-50, -1)


def test_no_change_has_no_doubling_time() -> None:
    """Numbers that stay grow by 0 %, and never double."""
    row = _row(nb.annual_growth(_corpus(3, 3, 3)), "log-linear")
    assert row["annual_growth_percent"] == pytest.approx(0)
    assert row["doubling_time_years"] is None


def test_a_line_by_hand() -> None:
    """The log-linear rate and its error are those of a plain line through ln 1, ln 2, ln 2."""
    row = _row(nb.annual_growth(_corpus(1, 2, 2)), "log-linear")
    # slope = (ln 2)/2; what is left: ln 2 times (-1/6, 1/3, -1/6); error^2 = SSE/1/2
    error = math.sqrt(math.log(2) ** 2 * (1 / 36 + 1 / 9 + 1 / 36) / 2)
    assert row["log_growth"] == pytest.approx(math.log(2) / 2)
    assert row["standard_error"] == pytest.approx(error)


def test_years_without_works() -> None:
    """Years without works are left out of the line, and are counts of 0 for the third way."""
    result = nb.annual_growth(_corpus(2, 0, 0, 4, undated=3))
    used = {row[0]: row[-1] for row in result.rows}
    assert used == {"compound": 2, "log-linear": 2, "poisson": 4}
    assert result.manifest["n_years_without_works"] == 2
    assert result.manifest["n_without"] == 3


@pytest.mark.parametrize("counts", [(), (5,)])
def test_too_few_years(counts: tuple[int, ...]) -> None:
    """Without works, or with those of one year, there is no rate."""
    result = nb.annual_growth(_corpus(*counts))
    assert {row[1:-1] for row in result.rows} == {(None,) * 7}


def test_two_years_have_no_interval() -> None:
    """Two years give a rate without an interval."""
    result = nb.annual_growth(_corpus(1, 3))
    assert [round(row[1]) for row in result.rows] == [200, 200, 200]
    assert {row[2:4] for row in result.rows} == {(None, None)}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=3, max_size=12))
def test_counts_fit_in_sum_and_trend(inner: list[int]) -> None:
    """The third way meets the equations of its likelihood: years times works sum up alike."""
    counts = [1, *inner, 1]
    row = _row(nb.annual_growth(_corpus(*counts)), "poisson")
    years, works = np.arange(len(counts)), np.array(counts)
    slope = row["log_growth"]
    shape = np.exp(np.asarray(slope) * (years - years.mean()))
    fitted = shape / shape.sum() * works.sum()
    assert (years * fitted).sum() == pytest.approx((years * works).sum(), rel=1e-6)


def test_as_of_leaves_out_later_works() -> None:
    """Works after the day do not count, and the manifest names its year."""
    result = nb.annual_growth(_corpus(1, 2, 4, 1), as_of=2002)
    assert _row(result, "compound")["annual_growth_percent"] == pytest.approx(100)
    assert (result.manifest["as_of"], result.manifest["last_year"]) == (2002, 2002)


def test_published_rate(management_corpus: nb.Corpus) -> None:
    """The rate of bibliometrix for its set management is 14.05 %; all years give 14.0 and 19.0."""
    result = nb.annual_growth(management_corpus)
    rates = [round(row[1], 2) for row in result.rows]
    assert rates == [14.05, 13.98, 18.99]
