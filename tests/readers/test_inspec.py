"""Inspec: the line of the source, two signs behind tags, records without tags."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.inspec import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


def test_records(data: Path) -> None:
    """An article has journal, year, volume, issue and pages of one line."""
    source = Source(data / "inspec" / "records.txt")
    assert FORMAT.matches(source) > 0.9
    first, second, third = list(FORMAT.records(source))
    assert isinstance(first, Record)
    assert (first.type, first.key, first.title) == (
        "article-journal",
        "key1",
        "A project of examples : software reuse",
    )
    assert (first.source_raw, first.publication_year) == ("Journal of Examples", 1992)
    assert (first.volume, first.issue, first.pages) == ("19", "3", [("20", "29")])
    assert [person.family for person in first.people] == ["Berg", "Dahl"]
    assert first.keywords == [("index_keyword", "examples"), ("index_keyword", "software")]
    assert isinstance(second, Record)
    assert (second.type, second.source_raw, second.line) == (
        "document",
        "Words without an order",
        13,
    )
    assert second.fields == [("RT", "poem")]
    assert [one.reason for one in second.problems] == ["no year in 'soon'; the year is left empty"]
    assert isinstance(third, Problem)
    assert "a record without a tag" in third.reason


@pytest.mark.parametrize("text", ["this should fail", "TI ~ x\n", "Record 1 - INSPEC\nwords"])
def test_other_files(text: str) -> None:
    """A file without records of Inspec is not claimed."""
    assert FORMAT.matches(Source("a.txt", data=text.encode())) == 0


@given(st.text(min_size=1))
def test_any_text(text: str) -> None:
    """Any text gives works or problems."""
    with contextlib.suppress(InputError):
        data = ("Record 1 of 1 - INSPEC\nSO ~ " + text).encode("utf-8", "replace")
        assert list(FORMAT.records(Source("a.txt", data=data)))


def test_real_file(shared_data: Path) -> None:
    """The real file has one article, whose year stands only in the line of the source."""
    path = shared_data / "formats/inspec/jabref-InspecImportTest2.txt"
    (work,) = FORMAT.records(Source(path))
    assert isinstance(work, Record)
    assert (work.key, work.type, work.publication_year, work.volume, work.pages_raw) == (
        "key",
        "article-journal",
        1992,
        "19",
        "20",
    )
