"""Lists of DOIs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.doi_list import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


def _read(text: str) -> list[Record | Problem]:
    return list(FORMAT.records(Source("a.txt", data=text.encode())))


def test_list(data: Path) -> None:
    """Each DOI is a work, in any printed form; comments are passed over, other lines said."""
    source = Source(data / "doi-list" / "list.txt")
    assert detect_format(source).name == "doi-list"
    items = list(FORMAT.records(source))
    assert [item.doi if isinstance(item, Record) else item.raw for item in items] == [
        "10.1002/asi.4630240406",
        "10.1002/asi.5090140103",
        "10.1126/science.122.3159.108",
        "10.1007/s11192-009-0146-3",
        "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o",
        "not a DOI",
        "10.1002/asi.20755",
        "10.1016/j.joi.2017.08.007",
        "10.1177/030631277400400102",
    ]
    assert [item.line for item in items] == [3, 4, 5, 5, 6, 7, 9, 10, 10]
    assert isinstance(items[1], Record)
    assert items[1].doi_raw == "https://doi.org/10.1002/asi.5090140103"


@pytest.mark.parametrize(
    ("line", "n"),
    [
        ("10.1000/a, 10.1000/b;10.1000/c\t10.1000/d 10.1000/e", 5),
        ('"10.1000/a","10.1000/b"', 2),
        ("<https://doi.org/10.1000/a>", 1),
        ("DOI: 10.1000/a", 1),
        ("1. doi.org/10.1000/a", 1),
        ("http://dx.doi.org/10.1000/a%2Fb", 1),
        ("10.1000/a;b,c", 1),
    ],
)
def test_signs_between(line: str, n: int) -> None:
    """DOIs may stand on one line, parted by any usual sign; a DOI may hold such signs."""
    items = _read(line)
    assert all(isinstance(item, Record) for item in items)
    assert len(items) == n


@pytest.mark.parametrize(
    "text",
    [
        "Small H. Co-citation. J Am Soc Inf Sci 1973;24:265-269. 10.1002/asi.4630240406\n" * 3,
        "Small H. Co-citation. J Am Soc Inf Sci 1973;24:265-269.\ndoi:10.1002/asi.4630240406\n" * 3,
        "title,doi\nMaps,10.1000/a\nMore,10.1000/b\n",
        "TY  - JOUR\nDO  - 10.1000/a\nER  - \n",
        '{"doi": "10.1000/a"}',
        "DOI\n",
    ],
)
def test_others_are_not_claimed(text: str) -> None:
    """Printed references, tables and records with DOIs are left to their formats."""
    assert FORMAT.matches(Source("a.txt", data=text.encode())) == 0


def test_nothing_in_it() -> None:
    """A list of comments says that it holds no DOI."""
    (problem,) = _read("# nothing yet\n")
    assert isinstance(problem, Problem)
    assert "no DOI in the file" in problem.reason


@given(st.text(st.sampled_from("10./ab,;|# \n\t<>doi:-[]"), max_size=120).filter(str.strip))
def test_any_text(text: str) -> None:
    """Any text gives works and problems, and no exception."""
    items = _read(text)
    assert items
    assert all(isinstance(item, Problem) or item.doi for item in items)
