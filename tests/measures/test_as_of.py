"""The day that figures stand for."""

from __future__ import annotations

import pytest

import nqp_biblio as nb
from nqp_biblio.measures.as_of import until


@pytest.fixture
def corpus() -> nb.Corpus:
    """Make works of two years, one dated to the day, and one without a year."""
    return nb.corpus_of(
        [
            nb.Record(title="Old", publication_year=2019),
            nb.Record(title="Spring", publication_year=2020, publication_date="2020-03-01"),
            nb.Record(title="Some day of that year", publication_year=2020),
            nb.Record(title="Undated"),
        ]
    )


@pytest.mark.parametrize(
    ("as_of", "year", "titles"),
    [
        (None, 2020, ["Old", "Spring", "Some day of that year", "Undated"]),
        (2020, 2020, ["Old", "Spring", "Some day of that year", "Undated"]),
        ("2020-02-28", 2020, ["Old", "Some day of that year", "Undated"]),
        ("2019", 2019, ["Old", "Undated"]),
        (2026, 2026, ["Old", "Spring", "Some day of that year", "Undated"]),
    ],
)
def test_until(corpus: nb.Corpus, as_of: int | str | None, year: int, titles: list[str]) -> None:
    """Works of later years, and of later days where known, are left out; the rest stays."""
    left, found = until(corpus, as_of)
    assert found == year
    assert [title for (title,) in left.sql("SELECT title FROM works ORDER BY work_id")] == titles


def test_no_year_at_all() -> None:
    """A corpus without years has no last year."""
    assert until(nb.corpus_of([nb.Record(title="Undated")]), None)[1] is None


@pytest.mark.parametrize("as_of", ["soon", "2020-13-01", 20])
def test_bad_day(corpus: nb.Corpus, as_of: int | str) -> None:
    """What is no year and no date is refused."""
    with pytest.raises(nb.BiblioError, match="as_of is"):
        until(corpus, as_of)
