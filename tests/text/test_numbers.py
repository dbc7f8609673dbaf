"""Years, dates, pages and volumes as printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year, split_volume


@pytest.mark.parametrize(
    ("text", "year"),
    [("(2001a)", 2001), ("２０２５年", 2025), ("1998-2000", 1998), ("12345", None), ("n.d.", None)],
)
def test_parse_year(text: str, year: int | None) -> None:
    """The first year of a text counts."""
    assert parse_year(text) == year


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("February 27, 2025", "2025-02-27"),
        ("27. Februar 2025", "2025-02-27"),
        ("27 de febrero de 2025", "2025-02-27"),
        ("2001 Mar 5", "2001-03-05"),
        ("2001 Mar", "2001-03"),
        ("Mar. 2001", "2001-03"),
        ("2025年2月27日", "2025-02-27"),
        ("2025-2-7", "2025-02-07"),
        ("20250227", "2025-02-27"),
        ("27/02/2025", "2025-02-27"),
        ("02/27/2025", "2025-02-27"),
        ("3/4/2020", "2020"),
        ("Spring 2020", "2020"),
        ("March 3-5, 2001", "2001-03"),
        ("February 30, 2021", "2021-02"),
        ("2000-11-20(15)", "2000-11-20"),
        ("no date", None),
    ],
)
def test_parse_date(text: str, date: str | None) -> None:
    """A date is as precise as it is printed, and never guessed."""
    assert parse_date(text) == date


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("18–25 + 45", [("18", "25"), ("45", "45")]),
        ("pp. 1215-8", [("1215", "1218")]),
        ("e123-e130", [("e123", "e130")]),
        ("S12-S20", [("S12", "S20")]),
        ("S. 12-20", [("12", "20")]),
        ("xi–xv", [("xi", "xv")]),
        ("p1-p3", [("1", "3")]),
        ("12:1–12:15", [("12:1", "12:15")]),
        ("1.1-1.36", [("1.1", "1.36")]),
        ("１２－１５", [("12", "15")]),
        ("17-4", [("17", "4")]),
        ("序2-3", [("序2", "序3")]),
        ("312 p.", []),
        ("", []),
    ],
)
def test_parse_pages(text: str, pages: list[tuple[str, str]]) -> None:
    """Each range is a pair with its last page written out."""
    assert parse_pages(text) == pages


@given(st.integers(1, 9000), st.integers(0, 60))
def test_shortened_last_page_is_written_out(first: int, length: int) -> None:
    """However much of the last page is left out, it comes back."""
    last = first + length
    short = str(last)
    if len(str(first)) == len(short):
        while len(short) > 1 and str(first).startswith(
            str(last)[: len(str(last)) - len(short) + 1]
        ):
            short = short[1:]
    assert parse_pages(f"{first}-{short}") == [(str(first), str(last))]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("38(3): 168–177", ("38", "3", "168–177")),
        ("2025(1): 65–78", (None, "1", "65–78")),
        ("vol. 5, no. 1, pp. 10-20", ("5", "1", "pp. 10-20")),
        ("Vol. 2025", ("2025", None, None)),
        ("45（增刊1）", ("45", "增刊1", None)),
        ("(16)", (None, "16", None)),
        ("12", ("12", None, None)),
        ("", (None, None, None)),
    ],
)
def test_split_volume(text: str, parts: tuple[str | None, ...]) -> None:
    """A year in the place of the volume is no volume."""
    assert split_volume(text) == parts


@given(st.text(max_size=80))
def test_any_text_gives_an_answer(text: str) -> None:
    """No text is an error."""
    parse_year(text)
    parse_date(text)
    split_volume(text)
    assert all(len(pair) == 2 for pair in parse_pages(text))
