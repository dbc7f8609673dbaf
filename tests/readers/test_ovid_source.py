"""The source lines of Ovid's databases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.ovid_source import parse_source

PART = (
    "Roe, A. [Ed.]. [Lists: a meeting.] [Spiski.] Press, Bern. 2002: 1-234."
    " Chapter pagination: 214-218."
)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (
            "Invented Psychotherapy. Vol.43(5), Sep 2015, pp. 623-634.",
            ("Invented Psychotherapy", "43", "5", "623-634", "Sep 2015"),
        ),
        (
            "Long Title. Vol 28(2) April 2015, 103-106.",
            ("Long Title", "28", "2", "103-106", "April 2015"),
        ),
        (
            "Lancet. 380(9859):2095-128, 2012 Dec 15.",
            ("Lancet", "380", "9859", "2095-128", "2012 Dec 15"),
        ),
        (
            "Lists. 12 Suppl 1:S3-9, 2001 Jan-Feb.",
            ("Lists", "12 Suppl 1", None, "S3-9", "2001 Jan-Feb"),
        ),
        (
            "Lists of Reviews. (3):CD001234, 2010.",
            ("Lists of Reviews", None, "3", "CD001234", "2010"),
        ),
        (
            "The Lancet. 380 (9859) (pp 2095-2128), 2012. Date of Publication: 15 December 2012.",
            ("The Lancet", "380", "9859", "2095-2128", "15 December 2012"),
        ),
        (
            "Health Journal January/February 2010;14(1):56",
            ("Health Journal", "14", "1", "56", "January/February 2010"),
        ),
        (
            "Arch Lists. 2001 Mar 1;161(5):700-5",
            ("Arch Lists", "161", "5", "700-5", "2001 Mar 1"),
        ),
        (
            "Journal of Studies 12, Winter 2007: 7-14.",
            ("Journal of Studies", "12", None, "7-14", "Winter 2007"),
        ),
        (
            "Journal of Affairs, 2013(1): 3-28.",
            ("Journal of Affairs", "2013", "1", "3-28", None),
        ),
        ("Journal of Trauma.", ("Journal of Trauma", None, None, None, None)),
        ("Something 3 else", (None, None, None, None, None)),
    ],
)
def test_serials(printed: str, expected: tuple[str | None, ...]) -> None:
    """Journal, volume, issue, pages and date are read in each form."""
    found = parse_source(printed)
    assert (found.name, found.volume, found.issue, found.pages, found.date) == expected


def test_a_conference_is_no_part_of_the_journal() -> None:
    """Embase prints the conference behind the journal."""
    printed = "Lists. Conference: 2012 Meeting. 30 (15 SUPPL. 1) (no pagination), 2012."
    found = parse_source(printed)
    assert (found.name, found.event, found.volume) == ("Lists", "2012 Meeting", "30")


@pytest.mark.parametrize(
    ("printed", "name", "editors", "imprint"),
    [
        (
            "Roe, Ann [Ed]; Poe, Carl [Ed]. (2012). Lists. (pp. 11-31). xvii, 254 pp. Bern: Press.",
            "Lists",
            ["Roe, Ann", "Poe, Carl"],
            ("Press", "Bern"),
        ),
        (
            "Editor(2015). Lists. (pp. 1-6) X pp. Bern: Press",
            "Lists",
            ["Editor"],
            ("Press", "Bern"),
        ),
        ("(2014). Lists 58 pp. Bern: Press.", "Lists", [], ("Press", "Bern")),
        (
            PART,
            "[Lists: a meeting.]",
            ["Roe, A."],
            ("Press", "Bern"),
        ),
    ],
)
def test_books(
    printed: str, name: str, editors: list[str], imprint: tuple[str | None, str | None]
) -> None:
    """Book, editors, publisher and place are read in each form."""
    found = parse_source(printed)
    assert found.is_book
    assert [person.display for person in found.editors] == editors
    assert (found.publisher, found.place) == imprint
    assert (found.name or "").replace(".", "") == name.replace(".", "")


@given(st.text(alphabet=st.sampled_from("aB1. ,;:()[Ed]Vol2001pp-"), max_size=400))
def test_any_line_is_read(printed: str) -> None:
    """No line makes the reader fail."""
    assert parse_source(printed).is_book in {True, False}
