"""Thematic evolution."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.made_corpus import Made, made_corpus

from nqp_biblio.errors import OptionError
from nqp_biblio.measures.thematic_evolution import (
    period_themes,
    term_overlap,
    thematic_evolution,
)

if TYPE_CHECKING:
    import nqp_biblio as nb

PERIODS = [(2000, 2004), (2005, 2009)]
WORKS = [
    *[Made(year=2001, keywords=("a", "b", "c"))] * 3,
    *[Made(year=2002, keywords=("x", "y"))] * 2,
    *[Made(year=2006, keywords=("a", "b", "d", "e"))] * 2,
    *[Made(year=2007, keywords=("x", "z"))] * 4,
]


def test_links_by_hand() -> None:
    """Inclusion, weighted inclusion and stability are those worked out by hand."""
    found = thematic_evolution(made_corpus(WORKS), periods=PERIODS)
    assert found.column("from_label") == ["a, b, c", "x, y"]
    assert found.column("to_label") == ["a, b, d", "x, z"]
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    first, second = rows
    assert (first["n_from"], first["n_to"], first["n_shared"]) == (3, 4, 2)
    # a and b: the lesser of 3 and 2 each, by the lesser of 9 and 8
    assert first["inclusion"] == pytest.approx(2 / 3)
    assert first["weighted_inclusion"] == pytest.approx(4 / 8)
    assert first["stability"] == pytest.approx(2 / 5)
    assert (first["shared_terms"], first["shares_first_term"]) == ("a; b", True)
    assert (second["inclusion"], second["stability"]) == pytest.approx((1 / 2, 1 / 3))
    assert second["weighted_inclusion"] == pytest.approx(2 / 4)
    assert (first["from_period"], first["to_period"]) == ("2000-2004", "2005-2009")
    few = thematic_evolution(made_corpus(WORKS), periods=PERIODS, min_inclusion=0.6)
    assert len(few) == 1


def test_themes_of_each_period() -> None:
    """Each period has a map of its own, numbered as in the links."""
    found = period_themes(made_corpus(WORKS), periods=PERIODS)
    told = list(zip(*(found.column(n) for n in ("period", "theme", "label")), strict=True))
    assert told == [
        ("2000-2004", 1, "a, b, c"),
        ("2000-2004", 2, "x, y"),
        ("2005-2009", 1, "a, b, d"),
        ("2005-2009", 2, "x, z"),
    ]
    assert found.column("n_works") == [3, 2, 2, 4]


def test_overlap_by_hand() -> None:
    """Terms stay, come and go from a period to the next."""
    found = term_overlap(made_corpus(WORKS), periods=PERIODS)
    assert found.rows == [
        ("2000-2004", 5, 5, None, None, None, None, None),
        ("2005-2009", 6, 6, 3, 3, 2, 3 / 5, 3 / 8),
    ]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(2000, 2009), st.sets(st.sampled_from("abcdef"), max_size=4)),
        min_size=1,
        max_size=15,
    )
)
def test_against_sets(works: list[tuple[int, set[str]]]) -> None:
    """Counts of the overlap are those of sets, and indices are between 0 and 1."""
    corpus = made_corpus([Made(year=y, keywords=tuple(sorted(w))) for y, w in works])
    sets = [set().union(*(w for y, w in works if first <= y <= last)) for first, last in PERIODS]
    row = term_overlap(corpus, periods=PERIODS).rows[1]
    assert row[3:6] == (len(sets[0] & sets[1]), len(sets[1] - sets[0]), len(sets[0] - sets[1]))
    links = thematic_evolution(corpus, periods=PERIODS, min_occurrences=1)
    for name in ("inclusion", "weighted_inclusion", "stability"):
        assert all(0 < value <= 1 for value in links.column(name))


@pytest.mark.parametrize(
    "works",
    [
        [],
        [Made()],
        [Made(keywords=("a", "b"))] * 3,
        [Made(keywords=("a", "b"), year=None)] * 3,
    ],
    ids=["no works", "no keywords", "one period", "no years"],
)
def test_where_there_is_little(works: list[Made]) -> None:
    """Without two periods that have themes there are no links, and the manifest says why."""
    corpus = made_corpus(works)
    found = thematic_evolution(corpus)
    assert found.rows == []
    assert "fewer than two periods" in str(found.manifest["warning"])
    assert len(period_themes(corpus)) == len(found.manifest["periods"]) == len(term_overlap(corpus))  # type: ignore[arg-type]


def test_a_period_without_terms() -> None:
    """A period that nothing is known of is told, and joined to none."""
    found = thematic_evolution(made_corpus(WORKS), periods=[(1990, 1999), *PERIODS])
    assert found.manifest["periods_without_themes"] == ["1990-1999"]
    assert set(found.column("from_period")) == {"2000-2004"}
    overlap = term_overlap(made_corpus(WORKS), periods=[(1990, 1999), *PERIODS])
    assert overlap.rows[1][3:] == (0, 5, 0, None, 0.0)


def test_as_of_and_errors() -> None:
    """Later works do not count; periods must be in order."""
    found = thematic_evolution(made_corpus(WORKS), periods=PERIODS, as_of=2006)
    assert found.column("to_label") == ["a, b, d"]
    with pytest.raises(OptionError, match="in order and apart"):
        thematic_evolution(made_corpus(WORKS), periods=PERIODS[::-1])


def test_real_works(management_clean: nb.Corpus) -> None:
    """On ``management`` the terms of each period add up, and every link has shared terms."""
    overlap = term_overlap(management_clean)
    for before, row in zip(overlap.rows, overlap.rows[1:], strict=False):
        assert row[3] + row[4] == row[2]
        assert row[3] + row[5] == before[2]
    links = thematic_evolution(management_clean)
    for n_shared, terms in zip(links.column("n_shared"), links.column("shared_terms"), strict=True):
        assert n_shared == len(terms.split("; ")) > 0
