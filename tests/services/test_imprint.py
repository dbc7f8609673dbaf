"""Publisher, its place, edition and kind of two works."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqp_biblio.record import Record
from nqp_biblio.services.imprint import (
    compare_kind,
    compare_place,
    compare_publisher,
    find_editions,
)


@pytest.mark.parametrize(
    ("printed", "found", "expected"),
    [
        ("Wiley", "John Wiley & Sons, Ltd", "same"),
        ("Cambridge Univ. Press", "Cambridge University Press", "same"),
        ("Springer-Verlag", "Springer Berlin Heidelberg", "same"),
        ("Routledge", "Routledge", "same"),
        ("University of Chicago Press", "University of California Press", "near"),
        ("Academic Press", "Elsevier", "other"),
        (None, "Elsevier", "none"),
        ("Elsevier", None, "none"),
        ("Press", "Press", "same"),
    ],
)
def test_publishers(printed: str | None, found: str | None, expected: str) -> None:
    """Forms of law, and words that every house has, do not count."""
    assert compare_publisher(Record(publisher=printed), Record(publisher=found)) == expected


def test_a_publisher_in_the_string() -> None:
    """A publisher that was not read is found in the string, as whole words only."""
    printed = Record(raw="Roe A. Things and other stories. Oxford: Blackwell, 1999.")
    assert compare_publisher(printed, Record(publisher="Blackwell Publishers")) == "same"
    assert compare_publisher(printed, Record(publisher="Tories House")) == "none"
    printed.title = "Things and other stories"
    assert compare_publisher(printed, Record(publisher="Other House")) == "none"


@pytest.mark.parametrize(
    ("printed", "found", "expected"),
    [
        ("New York", "New York, NY", "same"),
        ("Weinheim/Basel", "Basel", "same"),
        ("London and New York", "New York", "same"),
        ("London", "Berlin", "other"),
        (None, "Berlin", "none"),
        ("Berlin", None, "none"),
    ],
)
def test_places(printed: str | None, found: str | None, expected: str) -> None:
    """Of several places one in common will do."""
    one, other = Record(publisher_place=printed), Record(publisher_place=found)
    assert compare_place(one, other) == expected


@pytest.mark.parametrize(
    ("printed", "found", "expected"),
    [
        ("2nd ed.", "Second edition", None),
        ("3rd edition", "2", (3, 2)),
        ("2., überarb. Aufl.", "3. Auflage", (2, 3)),
        ("zweite Auflage", "2", None),
        (None, "2", None),
        ("revised", "2", None),
    ],
)
def test_editions(printed: str | None, found: str | None, expected: tuple[int, int] | None) -> None:
    """Only two numbers that differ are two editions."""
    assert find_editions(Record(edition=printed), Record(edition=found)) == expected


@pytest.mark.parametrize(
    ("printed", "found", "expected"),
    [
        (Record(type="book"), Record(type="report"), "same"),
        (Record(type="book"), Record(type="chapter", source_raw="Essays"), "other"),
        (Record(type="book"), Record(type="article-journal", source_raw="J"), "other"),
        (Record(type="chapter", source_raw="Essays"), Record(type="book"), "other"),
        (Record(type="book", source_raw="Essays"), Record(type="chapter"), "same"),
        (Record(type="paper-conference"), Record(type="article-journal"), "near"),
        (Record(type="document"), Record(type="book"), "none"),
        (Record(), Record(), "none"),
    ],
)
def test_kinds(printed: Record, found: Record, expected: str) -> None:
    """A work that stands by itself is no part of another."""
    assert compare_kind(printed, found) == expected


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_borne(one: str, other: str) -> None:
    """Whatever is printed, there is an answer, and it is the same the other way round."""
    first = Record(publisher=one, publisher_place=one, edition=one)
    second = Record(publisher=other, publisher_place=other, edition=other)
    assert compare_publisher(first, second) == compare_publisher(second, first)
    assert compare_place(first, second) == compare_place(second, first)
    editions = find_editions(first, second)
    back = find_editions(second, first)
    assert editions == (None if back is None else back[::-1])
