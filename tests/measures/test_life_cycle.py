"""Life cycles: known curves are found again, and what the data do not say is not told."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

import nqp_biblio as nb

PARAMETERS = (
    *("saturation", "midpoint_year", "duration_years", "peak_works"),
    *("year_10", "year_90", "year_99", "r_squared"),
)


def _corpus(counts: list[int], first: int = 1990) -> nb.Corpus:
    years = [first + index for index, n in enumerate(counts) for _ in range(n)]
    return nb.corpus_of(nb.Record(title="T", publication_year=year) for year in years)


def _share(model: str, z: float) -> float:
    return 1 / (1 + math.exp(-z)) if model == "logistic" else math.exp(-math.exp(-z))


def _counts(model: str, pace: float, *, until: int = 2020) -> list[int]:
    """Give the works of each year of a curve of 3,000 works with midpoint 2004."""
    edges = [3_000 * _share(model, pace * (year - 0.5 - 2004)) for year in range(1990, until + 2)]
    return [round(b - a) for a, b in pairwise(edges)]


CURVES: tuple[Any, ...] = ("logistic", "gompertz")
KNOWN = [
    ("logistic", 0.5, math.log(81) / 0.5),
    ("gompertz", 0.3, math.log(math.log(10) / -math.log(0.9)) / 0.3),
]


@pytest.mark.parametrize(("model", "pace", "duration"), KNOWN)
def test_a_known_curve_is_found(model: Any, pace: float, duration: float) -> None:
    """Saturation, midpoint and duration of a curve come out again, inside their intervals."""
    result = nb.life_cycle(_corpus(_counts(model, pace)), model=model)
    found = {row[0]: row[1:] for row in result.rows}
    assert tuple(found) == PARAMETERS
    for name, true in (("saturation", 3000), ("midpoint_year", 2004), ("duration_years", duration)):
        estimate, low, high = found[name]
        assert estimate == pytest.approx(true, rel=0.01)
        assert low < estimate < high
        assert high - low < 0.05 * estimate
    assert found["r_squared"][0] > 0.999
    assert result.manifest["warning"] is None


def test_shares_stand_in_their_years() -> None:
    """A tenth and nine tenths of a logistic curve are half its duration from the midpoint."""
    found = dict(row[:2] for row in nb.life_cycle(_corpus(_counts("logistic", 0.5))).rows)
    half = found["duration_years"] / 2
    assert found["year_10"] == pytest.approx(found["midpoint_year"] - half)
    assert found["year_90"] == pytest.approx(found["midpoint_year"] + half)
    pace = math.log(81) / found["duration_years"]
    assert found["peak_works"] == pytest.approx(found["saturation"] * pace / 4)


def test_the_other_curve_fits_worse() -> None:
    """Works that follow one curve fit it better than the other."""
    corpus = _corpus(_counts("gompertz", 0.3))
    fits = {name: dict(r[:2] for r in nb.life_cycle(corpus, model=name).rows) for name in CURVES}
    assert fits["gompertz"]["r_squared"] > fits["logistic"]["r_squared"]


def test_before_the_midpoint_there_is_a_warning() -> None:
    """Where the works still rise, the curve is told to be an extrapolation."""
    result = nb.life_cycle(_corpus(_counts("logistic", 0.5, until=2003)))
    assert "extrapolation" in str(result.manifest["warning"])


@pytest.mark.parametrize("model", CURVES)
def test_growth_without_end_has_no_saturation(model: Any) -> None:
    """Works that double without sign of an end give no estimate, and the reason."""
    result = nb.life_cycle(_corpus([2**n for n in range(11)]), model=model)
    assert {row[1] for row in result.rows[:-1]} == {None}
    assert "no sign of saturation" in str(result.manifest["reason"])


@pytest.mark.parametrize("counts", [[], [9], [1, 2, 4, 8]])
def test_too_few_years(counts: list[int]) -> None:
    """Fewer than five years give no estimate, and the reason."""
    result = nb.life_cycle(_corpus(counts))
    assert {row[1:] for row in result.rows} == {(None, None, None)}
    assert "a curve needs 5" in str(result.manifest["reason"])


def test_a_flat_line_is_answered() -> None:
    """As many works each year give an answer without a share explained."""
    result = nb.life_cycle(_corpus([4] * 8))
    assert dict(row[:2] for row in result.rows)["r_squared"] is None


def test_curve_by_year() -> None:
    """The curve stands beside the works of each year, and goes on where it is asked to."""
    corpus = _corpus(_counts("logistic", 0.5))
    result = nb.life_cycle_curve(corpus, years_ahead=2)
    assert result.column("publication_year") == list(range(1990, 2023))
    assert result.column("n_works")[-3:] == [1, None, None]
    works, fitted = result.column("n_works")[:-2], result.column("fitted")[:-2]
    assert np.abs(np.subtract(works, fitted)).max() < 1
    assert result.column("fitted_cumulative")[-1] == pytest.approx(3000, rel=0.01)


def test_curve_of_nothing() -> None:
    """Without works the curve has no years."""
    assert nb.life_cycle_curve(_corpus([]), years_ahead=3).rows == []


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"model": "linear"}, "unknown model 'linear'"),
        ({"like": "excel"}, "unknown like 'excel'"),
        ({"model": "gompertz", "like": "bibliometrix"}, "logistic curve only"),
    ],
)
def test_unknown_options(options: dict[str, Any], match: str) -> None:
    """An option that is none is refused."""
    with pytest.raises(nb.BiblioError, match=match):
        nb.life_cycle(_corpus([1]), **options)


def test_negative_years_ahead() -> None:
    """The curve does not go back."""
    with pytest.raises(nb.BiblioError, match="years_ahead is -1"):
        nb.life_cycle_curve(_corpus([1]), years_ahead=-1)


def test_published_fit(management_corpus: nb.Corpus) -> None:
    """The fit of bibliometrix to its set management: K 8980, tm 45.30838, R2 .9526706.

    K is ten times the 898 works: the bound of its search, which the manifest says. By
    ourselves there is no K, since the works of each year still grow as without end.
    """
    result = nb.life_cycle(management_corpus, like="bibliometrix")
    found = dict(row[:2] for row in result.rows)
    assert found["saturation"] == pytest.approx(8980, abs=0.01)
    assert found["midpoint_index"] == pytest.approx(45.30838, abs=1e-4)
    assert found["r_squared"] == pytest.approx(0.9526706, abs=1e-7)
    assert "at the bound of ten times" in str(result.manifest["warning"])
    own = nb.life_cycle(management_corpus)
    assert dict(row[:2] for row in own.rows)["saturation"] is None
    assert "no sign of saturation" in str(own.manifest["reason"])
