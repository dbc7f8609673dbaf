"""The reader of the Cochrane Library's text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.cochrane import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def trials(data: Path) -> list[Record]:
    """A trial, a review, and an entry of a register."""
    source = Source(data / "cochrane" / "trials.txt")
    assert detect_format(source).name == "cochrane"
    return [entry for entry in FORMAT.records(source) if isinstance(entry, Record)]


def test_an_article_is_read_whole(trials: list[Record]) -> None:
    """Title, source, place and numbers of an article are read."""
    record = trials[0]
    assert (record.key, record.line, record.type) == ("CN-00000017", 1, "article-journal")
    assert record.title == "Lists in clinical trials: do they still apply?"
    assert (record.source_raw, record.publication_year) == ("Journal of invented medicine", 2001)
    assert (record.volume, record.issue, record.pages) == ("10", "8", [("757", "764")])
    assert (record.doi, record.pmid) == ("10.1234/inv.757", "90000301")
    assert record.abstract == "Lists have been described. They grow."
    assert ("XR", "EMBASE 33062085") in record.fields


def test_people(trials: list[Record]) -> None:
    """People, groups and the end of a list that was cut are told apart."""
    record = trials[0]
    person, group = record.people
    assert (person.family, person.given) == ("Ramasubbu", "K")
    assert group.literal == "Invented Study Group"
    assert record.et_al


def test_headings(trials: list[Record]) -> None:
    """Headings lose their stars, which stay in the fields."""
    assert trials[0].keywords == [
        ("index_keyword", "clinical research"),
        ("index_keyword", "Adult"),
        ("index_keyword", "Cross-Sectional Studies [methods]"),
    ]
    assert ("KY", "Cross-Sectional Studies [*methods]") in trials[0].fields


def test_a_review_and_an_entry_of_a_register(trials: list[Record]) -> None:
    """Reviews are articles, entries of registers are data; a year that is none is named."""
    review, entry = trials[1:]
    assert (review.type, review.publisher) == ("article-journal", "John Wiley & Sons, Ltd")
    assert review.abstract == "Background Lists record changes."
    assert "no year in 'in press'" in review.problems[0].reason
    assert (entry.type, entry.publication_year) == ("dataset", 2020)
    assert ("PT", "Trial registry record") in entry.fields


def test_lines_without_a_place_are_named() -> None:
    """Text before the first record or tag is a problem, and an empty record says so."""
    data = b"Search Name: x\n\nRecord #1 of 2\nstray\nTI: a\n\nRecord #2 of 2\n"
    first, second = FORMAT.records(Source("a.txt", data=data))
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert [problem.line for problem in first.problems] == [1, 4]
    assert "it is empty" in second.problems[0].reason


@pytest.mark.parametrize("text", ["Record #1 of 3\n@article{a,}\n", "ID: 1\nTI: a\n"])
def test_it_leaves_what_others_write(text: str) -> None:
    """Only the text export is claimed, not the BibTeX with the same first line."""
    assert FORMAT.matches(Source("a.txt", data=text.encode())) == 0.0


def test_a_file_without_a_record_is_a_problem() -> None:
    """A file of other content gives one problem."""
    (problem,) = FORMAT.records(Source("a.txt", data=b"TI: a\n"))
    assert isinstance(problem, Problem)
    assert "nothing is read" in problem.reason


@given(st.text(alphabet=st.sampled_from("Record #1of2TIAUYKPM: ;*\n"), max_size=200))
def test_any_text_is_read(text: str) -> None:
    """No text makes the reader fail."""
    entries = list(FORMAT.records(Source("a.txt", data=f"Record #1 of 2\n{text}".encode())))
    assert entries
    assert all(isinstance(entry, (Record, Problem)) for entry in entries)


def test_real_files(shared_data: Path) -> None:
    """A file of the library gives the records that it numbers."""
    source = Source(shared_data / "formats" / "cochrane" / "bpy-cochrane-101-151.txt")
    assert detect_format(source).name == "cochrane"
    records = [entry for entry in FORMAT.records(source) if isinstance(entry, Record)]
    assert len(records) == 51
    assert sum(record.doi is not None for record in records) == 48
    assert not any(record.problems for record in records)
