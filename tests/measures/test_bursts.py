"""Bursts of terms, authors and references."""

from __future__ import annotations

import math
from typing import Any

import pytest

import nqp_biblio as nb
from nqp_biblio.measures.bursts import bursts


def _corpus(counts: dict[int, tuple[int, int]]) -> nb.Corpus:
    """Make works by year: so many with the word maps, so many in all; all have another word."""
    rows = [(year, n < r) for year, (r, d) in sorted(counts.items()) for n in range(d)]
    return nb.normalise(
        nb.corpus_of(
            nb.Record(
                title=f"Work {n}",
                publication_year=year,
                people=[nb.Person(family="Ek" if has_it else "Bo", given="A.")],
                keywords=[("author_keyword", "other")] + [("author_keyword", "maps")] * has_it,
                cited_references=[nb.CitedReference(raw="Ek 1999" if has_it else "Bo 1998")],
            )
            for n, (year, has_it) in enumerate(rows)
        )
    )


COUNTS = {2000: (0, 10), 2001: (1, 10), 2002: (8, 10), 2003: (8, 10), 2004: (1, 10), 2005: (0, 10)}


def _weight(years: tuple[int, ...]) -> float:
    """Weight of a burst of COUNTS by Kleinberg's formula; p0 = 18 / 60, p1 = 36 / 60."""
    return sum(
        COUNTS[y][0] * math.log(0.6 / 0.3) + (COUNTS[y][1] - COUNTS[y][0]) * math.log(0.4 / 0.7)
        for y in years
    )


def test_a_worked_burst() -> None:
    """Two years of many works are a burst, weighed as Kleinberg does."""
    found = bursts(_corpus(COUNTS))
    assert len(found) == 1
    key, item, level, start, end, weight, n_works, n_total, is_open = found.rows[0]
    assert (key, item, level, start, end) == ("maps", "maps", 1, 2002, 2003)
    assert weight == pytest.approx(_weight((2002, 2003)))
    assert (n_works, n_total, is_open) == (16, 18, False)
    assert found.manifest["n_batches"] == 6


@pytest.mark.parametrize(("of", "name"), [("authors", "Ek, A."), ("references", "Ek 1999")])
def test_other_items(of: str, name: str) -> None:
    """Authors and references burst as terms do."""
    found = [row[1:5] for row in bursts(_corpus(COUNTS), of=of).rows if row[1] == name]
    assert found == [(name, 1, 2002, 2003)]


def test_a_year_without_works() -> None:
    """A year without works is no batch, and ends no burst."""
    gap = {year + (year > 2002): pair for year, pair in COUNTS.items()}
    found = bursts(_corpus(gap))
    assert found.rows[0][3:5] == (2002, 2004)
    assert found.manifest["n_batches"] == 6


def test_cost_of_a_step() -> None:
    """Dearer steps give no burst; pyBibX, which leaves ln n out, finds at least as many."""
    corpus = _corpus({2000: (1, 10), 2001: (4, 10), 2002: (1, 10), 2003: (3, 10)})
    assert len(bursts(corpus, gamma=10.0)) == 0
    ours, theirs = bursts(corpus), bursts(corpus, like="pybibx")
    assert {row[1] for row in ours.rows} <= {row[1] for row in theirs.rows}
    assert theirs.manifest["like"] == "pybibx"


def test_levels() -> None:
    """With more states, bursts stand within bursts."""
    counts = dict.fromkeys(range(2000, 2010), (1, 40)) | {2010: (6, 40), 2011: (30, 40)}
    found = bursts(_corpus(counts), n_states=4, of="author_keywords")
    spans = {row[2]: row[3:5] for row in found.rows}
    assert spans[1][0] <= spans[2][0]
    assert spans[1][1] >= spans[2][1]
    assert all(row[-1] for row in found.rows)


def test_as_of() -> None:
    """Works published later are not known."""
    found = bursts(_corpus(COUNTS), as_of=2002)
    assert [(row[3], row[4], row[-1]) for row in found.rows] == [(2002, 2002, True)]


@pytest.mark.parametrize(
    "counts", [{}, {2001: (3, 6)}, {2001: (6, 6), 2002: (6, 6)}, {2001: (3, 6), 2002: (3, 6)}]
)
def test_nothing_bursts(counts: dict[int, tuple[int, int]]) -> None:
    """No works, one year, all works or even shares: no burst."""
    assert bursts(_corpus(counts), min_works=1).rows == []


def test_no_years() -> None:
    """Works without a year cannot burst; the manifest counts them."""
    records = [nb.Record(title="A", keywords=[("author_keyword", "maps")])]
    found = bursts(nb.normalise(nb.corpus_of(records)), min_works=1)
    assert (found.rows, found.manifest["n_without"]) == ([], 1)


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"of": "planets"}, "unknown item of works"),
        ({"like": "excel"}, "unknown program"),
        ({"n_states": 1}, "n_states is 1"),
        ({"s": 1.0}, "s is 1.0"),
        ({"s": math.inf}, "s is inf"),
        ({"gamma": -1.0}, "gamma is -1.0"),
        ({"min_works": 0}, "min_works is 0"),
    ],
)
def test_bad_options(options: dict[str, Any], match: str) -> None:
    """A number out of its range is refused."""
    with pytest.raises(nb.BiblioError, match=match):
        bursts(_corpus({}), **options)
