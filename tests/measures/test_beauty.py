"""Beauty coefficient and awakening."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.measures.beauty import beauty_coefficients, sleeping_beauties

DOI = "10.1016/j.joi.2000.01.001"


def _corpus(years: list[int | None], own: int | None = 2000) -> nb.Corpus:
    """Make a work and one that cites it for each year."""
    cited = nb.CitedReference(raw="Ek 2000", doi=DOI)
    works = [nb.Record(title="Sleeper", publication_year=own, doi=DOI)]
    works += [
        nb.Record(title=f"Work {n}", publication_year=year, cited_references=[cited])
        for n, year in enumerate(years)
    ]
    return nb.link_references(nb.corpus_of(works))


def test_a_worked_history() -> None:
    """Slept for four years, then cited eight times: B and the awakening by hand."""
    found = sleeping_beauties(_corpus([2004] * 8), min_citations=1)
    # the line is 0 2 4 6 8; B = 0 + 2 + 4 + 6 + 0; the farthest year is the third
    assert found.rows == [(1, "Sleeper", 2000, 8, 12.0, 2004, 2003)]


def test_what_is_left_out() -> None:
    """Citations without a year, or before its own, are left out and counted."""
    corpus = _corpus([2001, 1999, None])
    found = sleeping_beauties(corpus, min_citations=1)
    assert found.column("n_citations") == [1]
    assert (found.manifest["n_without"], found.manifest["n_before_publication"]) == (1, 1)
    assert sleeping_beauties(corpus, min_citations=2).rows == []


def test_as_of() -> None:
    """Works published later do not cite."""
    found = sleeping_beauties(_corpus([2001, 2009, 2009]), min_citations=1, as_of=2005)
    assert found.column("n_citations") == [1]


@pytest.mark.parametrize("years", [[], [None]])
def test_nothing(years: list[int | None]) -> None:
    """Works that nobody cites are not listed."""
    assert sleeping_beauties(_corpus(years), min_citations=1).rows == []
    assert sleeping_beauties(_corpus([2001], own=None), min_citations=1).rows == []
    assert sleeping_beauties(nb.corpus_of([])).rows == []


def test_refused() -> None:
    """A bound below one is refused."""
    with pytest.raises(nb.BiblioError, match="min_citations is 0"):
        sleeping_beauties(_corpus([]), min_citations=0)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=12))
def test_by_ke(history: list[int]) -> None:
    """B and the awakening are those of the equations of Ke et al. (2015)."""
    beauty, peak, awake = (part[0] for part in beauty_coefficients(np.array([history])))
    top = history.index(max(history))
    assert peak == top
    if not top:
        assert (beauty, awake) == (0, 0)
        return
    slope = (history[top] - history[0]) / top
    hand = sum((slope * t + history[0] - history[t]) / max(1, history[t]) for t in range(top + 1))
    assert beauty == pytest.approx(hand, abs=1e-9)
    distance = [
        abs((history[top] - history[0]) * t - top * history[t] + top * history[0])
        / math.hypot(history[top] - history[0], top)
        for t in range(top + 1)
    ]
    assert distance[awake] == pytest.approx(max(distance), abs=1e-9)


def test_a_straight_line() -> None:
    """Citations that grow evenly have no beauty; all ties peak in the first year."""
    beauty, peak, _ = beauty_coefficients(np.array([[1, 2, 3, 4], [3, 3, 3, 3]]))
    assert beauty.tolist() == [0, 0]
    assert peak.tolist() == [3, 0]
