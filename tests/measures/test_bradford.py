"""Bradford's law: zones of sources, and their multiplier."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb


def _corpus(*counts: int, without: int = 0) -> nb.Corpus:
    """Make so many works in each of some sources, and some without."""
    records = [
        nb.Record(title="T", publication_year=2000, source_raw=f"Journal {index:02}")
        for index, n in enumerate(counts)
        for _ in range(n)
    ]
    return nb.corpus_of([*records, *[nb.Record(title="U", publication_year=2001)] * without])


BOOK = (10, 6, 4, 3, 3, 2, 2)
"""Works of the seven journals in Rousseau, Egghe & Guns (2018), Becoming Metric-Wise, table 9.1."""


def test_published_zones() -> None:
    """The table of Rousseau, Egghe & Guns: groups of ten works in 1, 2 and 4 journals."""
    result = nb.bradford_zones(_corpus(*BOOK))
    assert result.column("zone") == [1, 2, 2, 3, 3, 3, 3]
    law = nb.bradford_law(_corpus(*BOOK))
    assert law.column("n_sources") == [1, 2, 4]
    assert law.column("n_works") == [10, 10, 10]
    assert law.column("multiplier") == [None, 2, 2]


def test_bibliometrix_takes_one_more_at_the_share() -> None:
    """Where the works are exactly a third, bibliometrix has the next source in the zone too."""
    result = nb.bradford_law(_corpus(*BOOK), like="bibliometrix")
    assert result.column("n_sources") == [2, 2, 3]
    assert result.manifest["k"] == pytest.approx((1 + 1.5) / 2)


def test_egghe_by_hand() -> None:
    """Egghe's k is the cube root of 1.781 times the works of the first source."""
    manifest = nb.bradford_law(_corpus(*BOOK)).manifest
    k = (1.781 * 10) ** (1 / 3)
    assert manifest["k_egghe"] == pytest.approx(k, rel=1e-3)
    assert manifest["r0_egghe"] == pytest.approx(7 * (k - 1) / (k**3 - 1), rel=1e-3)
    assert manifest["a_egghe"] == pytest.approx(10 / math.log(k), rel=1e-3)


def test_expected_sources_add_up() -> None:
    """The sources expected in all zones are all sources."""
    result = nb.bradford_law(_corpus(*BOOK), n_zones=4)
    assert sum(result.column("expected_sources")) == pytest.approx(7)


def test_leimkuhler_is_found_again() -> None:
    """Works that follow a ln(1 + b r) give a and b again."""
    rank = np.arange(0, 41)
    counts = np.diff(np.round(300 * np.log1p(0.8 * rank))).astype(int).tolist()
    manifest = nb.bradford_law(_corpus(*counts)).manifest
    assert manifest["a_leimkuhler"] == pytest.approx(300, rel=0.02)
    assert manifest["b_leimkuhler"] == pytest.approx(0.8, rel=0.04)
    assert manifest["r_squared"] == pytest.approx(1, abs=1e-4)


def test_parted_ties_are_told() -> None:
    """Where the name alone puts sources to either side of an end, their number is told."""
    assert nb.bradford_zones(_corpus(2, 1, 1, 1, 1)).manifest["n_tied"] == [0, 4]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=12), st.integers(2, 5))
def test_zones_by_plain_loops(counts: list[int], n_zones: int) -> None:
    """A source is in the zone in which the works before it lie."""
    result = nb.bradford_zones(_corpus(*counts), n_zones=n_zones)
    total, before = sum(counts), 0
    for n, zone in zip(result.column("n_works"), result.column("zone"), strict=True):
        assert (zone - 1) * total <= before * n_zones < zone * total
        before += n


def test_works_without_source() -> None:
    """Works without a source are counted apart."""
    result = nb.bradford_zones(_corpus(2, 1, without=3))
    assert (sum(result.column("n_works")), result.manifest["n_without"]) == (3, 3)


@pytest.mark.parametrize("counts", [(), (4,), (1, 1, 1, 1)])
def test_too_little_has_no_multiplier(counts: tuple[int, ...]) -> None:
    """Without sources, with one, or where all have one work there is no multiplier."""
    result = nb.bradford_law(_corpus(*counts))
    assert sum(result.column("n_sources")) == len(counts)
    assert result.manifest["k_egghe"] is None
    assert result.manifest["a_leimkuhler"] is None
    assert nb.bradford_zones(_corpus(*counts)).column("n_works") == list(counts)


@pytest.mark.parametrize(
    ("options", "match"),
    [({"like": "excel"}, "unknown like 'excel'"), ({"n_zones": 1}, "n_zones is 1")],
)
@pytest.mark.parametrize("measure", [nb.bradford_zones, nb.bradford_law])
def test_bad_options(measure: Any, options: dict[str, Any], match: str) -> None:
    """An option out of range is refused."""
    with pytest.raises(nb.BiblioError, match=match):
        measure(_corpus(1), **options)


def test_as_of() -> None:
    """Later works do not count."""
    corpus = _corpus(2, 1, without=3)
    assert nb.bradford_zones(corpus, as_of=2000).manifest["n_without"] == 0
    assert nb.bradford_law(corpus, as_of=1999).column("n_works") == [0, 0, 0]


@pytest.mark.parametrize("like", [None, "bibliometrix"])
def test_published_zones_of_management(management_clean: nb.Corpus, like: Any) -> None:
    """The zones of bibliometrix for management: 8, 64 and 209 sources with 305, 296, 297 works.

    By our rule they are the same, since no zone ends exactly at its share.
    """
    result = nb.bradford_law(management_clean, like=like)
    assert result.column("n_sources") == [8, 64, 209]
    assert result.column("n_works") == [305, 296, 297]
