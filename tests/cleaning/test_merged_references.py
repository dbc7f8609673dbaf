"""Two lists of references of one work."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.cleaning.merging.references import match_references


def row(raw: str, year: int | None = None, **values: object) -> dict[str, Any]:
    """Make a row of cited references."""
    blank = dict.fromkeys(("first_author", "title", "volume", "first_page", "doi"))
    return blank | {"raw": raw, "publication_year": year, **values}


SMALL = row("Small H, 1973, J AM SOC INFORM SCI, V24, P265", 1973, volume="24", first_page="265")


@pytest.mark.parametrize(
    ("other", "place"),
    [
        (
            row("Small, H., Co-citation in the literature (1973) JASIS, 24 (4), pp. 265-269", 1973),
            0,
        ),
        (row("Small H, 1973, J AM SOC INFORM SCI, V24, P265"), 0),
        (row("Small, H. (1974) Another one", 1974), None),
        (row("Price, D. (1973) Networks", 1973), None),
        (row("(1973) J. Am. Soc. Inform. Sci.: Small, H., 24", 1973), 0),
    ],
)
def test_counterpart(other: dict[str, Any], place: int | None) -> None:
    """A reference is found again in the form of another database; another one is not."""
    assert match_references([SMALL], [other]) == [place]


def test_different_dois_are_different() -> None:
    """Two references by one author in one year with different DOIs are not one."""
    one = row("Small H, 1973, A", 1973, doi="10.1000/a")
    other = row("Small, H. (1973) B", 1973, doi="10.1000/b")
    assert match_references([one], [other]) == [None]


def test_two_of_one_author_and_year() -> None:
    """Where author and year name two, they are told by page, else left alone."""
    ones = [row(f"Small H, 1973, P{n}", 1973, first_page=str(n)) for n in (1, 50)]
    others = [row(f"Small, H. (1973) pp. {n}-9", 1973, first_page=str(n)) for n in (50, 1)]
    assert match_references(ones, others) == [1, 0]


REFERENCES = st.lists(
    st.builds(
        row,
        st.sampled_from(["Small H, 1973, A", "Price D, 1965, B", "Price D, 1965, C", ""]),
        st.sampled_from([None, 1965, 1973]),
        doi=st.sampled_from([None, "10.1000/a", "10.1000/b"]),
        first_page=st.sampled_from([None, "1", "2"]),
        volume=st.sampled_from([None, "5"]),
    ),
    max_size=8,
)


@given(REFERENCES, REFERENCES)
def test_no_place_twice(ones: list[dict[str, Any]], others: list[dict[str, Any]]) -> None:
    """No reference is the counterpart of two, and each has an answer."""
    found = match_references(ones, others)
    places = [place for place in found if place is not None]
    assert len(found) == len(others)
    assert len(places) == len(set(places))
    assert all(0 <= place < len(ones) for place in places)


@given(REFERENCES)
def test_a_list_is_its_own_counterpart(ones: list[dict[str, Any]]) -> None:
    """The same list twice adds nothing, unless a reference has nothing to tell it by."""
    found = match_references(ones, ones)
    lost = [ones[at] for at, place in enumerate(found) if place is None]
    assert all(not item["raw"] and not item["doi"] for item in lost)
