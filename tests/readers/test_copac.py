"""Copac: wrapped lines, place and publisher on one line, numbers of two kinds."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.copac import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


def test_books(data: Path) -> None:
    """A book has people, series, place, publisher and ISBN; the rest are fields."""
    source = Source(data / "copac" / "books.txt")
    assert FORMAT.matches(source) > 0.9
    first, second, problem, third = list(FORMAT.records(source))
    assert isinstance(first, Record)
    assert (first.type, first.title, first.line) == (
        "book",
        "Computing and examples at the example hospital",
        1,
    )
    assert [person.family for person in first.people] == ["Berg", "Dahl"]
    assert (first.publisher_place, first.publisher, first.series) == (
        "London",
        "Example Press",
        "Examples in medicine series",
    )
    assert (first.isbn, first.keywords) == ("0407517006 (Pbk)", [("index_keyword", "Hospitals")])
    assert first.fields == [
        ("PD", "x, 102p ; 22cm"),
        ("HL", "Aberdeen ; Oxford"),
        ("IS", "0407517007"),
    ]
    assert isinstance(second, Record)
    assert (second.publisher, second.issn, second.language) == ("McExample", "0002-8231", "en")
    assert [one.reason for one in second.problems] == ["no year in 'soon'; the year is left empty"]
    assert isinstance(problem, Problem)
    assert (problem.line, problem.raw) == (21, "stray words")
    assert isinstance(third, Record)
    assert (third.title, third.publication_year, third.line) == (
        "A third book without a line between",
        2001,
        20,
    )


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [("TI- x\nHL- y\n", True), ("TI- x\nAU- y\n", False), ("TI  - x\nPU  - y\n", False)],
)
def test_matches(text: str, *, is_sure: bool) -> None:
    """A title and what only Copac has tell the format."""
    assert (FORMAT.matches(Source("a.txt", data=text.encode())) > 0.5) is is_sure


@given(st.text(min_size=1))
def test_any_text(text: str) -> None:
    """Any text gives works or problems."""
    with contextlib.suppress(InputError):
        data = ("TI- x\nPU- " + text).encode("utf-8", "replace")
        assert list(FORMAT.records(Source("a.txt", data=data)))


def test_real_file(shared_data: Path) -> None:
    """The real file has two books, both with authors, year and ISBN."""
    path = shared_data / "formats/copac/jabref-CopacImporterTest2.txt"
    works = [entry for entry in FORMAT.records(Source(path)) if isinstance(entry, Record)]
    assert [(work.publication_year, len(work.people)) for work in works] == [(1972, 2), (1977, 2)]
    assert all(work.isbn for work in works)
