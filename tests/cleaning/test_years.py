"""Years as printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.cleaning.years import clean_year, is_year_as_volume, read_year


@pytest.mark.parametrize(
    ("text", "year", "rule"),
    [
        ("2020", 2020, "year-in-text"),
        ("in press", None, "not-yet-published"),
        ("Forthcoming", None, "not-yet-published"),
        ("待刊", None, "not-yet-published"),
        ("n.d.", None, "undated"),
        ("[s.a.]", None, "undated"),
        ("1998–2001", 1998, "first-year-of-range"),
        ("1999/2000", 1999, "first-year-of-range"),
        ("1998-99", 1998, "first-year-of-range"),
        ("2025年", 2025, "chinese-year"),
        ("2003a", 2003, "year-with-letter"),
        ("c1998", 1998, "copyright-year"),
        ("©2001", 2001, "copyright-year"),
        ("[1999]", 1999, "bracketed-year"),
        ("２０１９", 2019, "year-in-text"),
        ("2024, in press", 2024, "year-in-text"),
        ("98", None, "two-digit-year"),
        ("'98", None, "two-digit-year"),
        ("9999", None, "impossible-year"),
        ("1203", None, "impossible-year"),
        ("spring", None, "no-year"),
    ],
)
def test_year_as_printed(text: str, year: int | None, rule: str) -> None:
    """Each way to print a year is read by a named rule; two digits are never guessed."""
    assert read_year(text) == (year, rule)


@pytest.mark.parametrize(
    ("year", "raw", "expected"),
    [
        (2020, "2020", None),
        (2020, None, None),
        (None, None, None),
        (2001, "1998–2001", 1998),
        (1999, "Spring 2001", None),
        (2020, "in press", None),
    ],
)
def test_year_that_a_reader_found_stays(
    year: int | None, raw: str | None, expected: int | None
) -> None:
    """What was read from a date elsewhere is not lost; a range gives its first year."""
    reading = clean_year(year, raw)
    assert (reading and reading.year) == expected


def test_impossible_year_is_missing() -> None:
    """A year no one can have published in becomes null."""
    reading = clean_year(3021, "3021")
    assert reading is not None
    assert reading == (None, "impossible-year")


@pytest.mark.parametrize(
    ("volume", "issue", "year", "expected"),
    [
        ("2025", "3", 2025, True),
        ("2025", None, 2025, False),
        ("2024", "3", 2025, False),
        ("38", "3", 2025, False),
        (None, "3", 2025, False),
        ("2025", "3", None, False),
    ],
)
def test_year_as_volume(
    volume: str | None, issue: str | None, year: int | None, *, expected: bool
) -> None:
    """Only the year of publication with an issue behind it is no volume."""
    assert is_year_as_volume(volume, issue, year) is expected


@given(st.text(max_size=60))
def test_any_text_gives_a_possible_year_or_none(text: str) -> None:
    """No text makes it fail or gives a year out of range."""
    year = read_year(text).year
    assert year is None or 1400 <= year <= 2100
