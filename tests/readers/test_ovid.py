"""The reader of Ovid's exports, by tags and by names of fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.ovid import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


def _read(source: Source) -> list[Record]:
    assert detect_format(source).name == "ovid"
    return [entry for entry in FORMAT.records(source) if isinstance(entry, Record)]


def _one(lines: str) -> Record:
    (record,) = _read(Source("a.txt", data=f"<1. >\nVN  - Ovid Technologies\n{lines}".encode()))
    return record


@pytest.fixture(scope="module")
def tagged(data: Path) -> list[Record]:
    """Two articles, a chapter, a book and a thesis in the layout with tags."""
    return _read(Source(data / "ovid" / "tagged.txt"))


@pytest.fixture(scope="module")
def named(data: Path) -> list[Record]:
    """Two articles without numbers in the layout with names of fields."""
    return _read(Source(data / "ovid" / "citations.txt"))


def test_types_and_lines(tagged: list[Record]) -> None:
    """Each number in angle brackets begins a record, whose type is told."""
    assert [(record.line, record.type) for record in tagged] == [
        (1, "article-journal"),
        (29, "article-journal"),
        (42, "chapter"),
        (53, "book"),
        (63, "thesis"),
    ]


def test_an_article_is_read_whole(tagged: list[Record]) -> None:
    """Title without its note, source, place, date and numbers of an article are read."""
    record = tagged[0]
    assert (record.title, record.key) == ("Growing lists, and what they say.", "2015-00000-012")
    assert ("TI", "Growing lists, and what they say. [References].") in record.fields
    assert record.source_raw == "Journal of Invented Results"
    assert (record.volume, record.issue, record.pages) == ("43", "5", [("623", "634")])
    assert (record.publication_year, record.publication_date) == (2015, "2015-09")
    assert (record.doi, record.pmid, record.issn) == ("10.1234/inv.43", "90000201", "1352-4658")
    assert (record.publisher, record.publisher_place) == ("Invented Press", "United Kingdom")
    assert (record.language, record.url) == ("en", "http://ovid.example.invalid/1")
    assert record.keywords == [
        ("author_keyword", "lists"),
        ("author_keyword", "growing lists"),
        ("index_keyword", "Reading Habits"),
    ]


def test_addresses_by_name_and_by_mark(tagged: list[Record]) -> None:
    """Addresses belong to the authors named before them, or marked by the same number."""
    assert tagged[0].affiliations == [
        ("University of X, Ottawa, Canada", 1),
        ("Institute of Y, Bern, Switzerland", 2),
    ]
    assert tagged[1].affiliations == [
        ("Invented School of Medicine", 1),
        ("Invented School of Medicine", 2),
        ("Institute of Y", 2),
    ]


def test_degrees_and_marks_are_no_names(tagged: list[Record], named: list[Record]) -> None:
    """Degrees and marks stay in the raw name alone."""
    assert [person.display for person in tagged[1].people] == [
        "Lefkowitz, Rafael Y.",
        "Slade, Martin D.",
    ]
    assert tagged[1].people[1].raw == "Slade, Martin D. MPH 1,2"
    assert [person.display for person in named[0].people] == ["Verbeek, Jan", "van Vugt, Arie"]


def test_cited_references_are_read(tagged: list[Record]) -> None:
    """Printed references are read, and stay outside of the works."""
    first, second = tagged[0].cited_references
    assert (first.first_author, first.publication_year) == ("Lotka, A. J.", 1926)
    assert (second.source_raw, second.volume, second.first_page) == ("Science", "149", "510")
    assert second.work is None


def test_a_chapter_stands_in_its_book(tagged: list[Record]) -> None:
    """The source line of a chapter gives book, editors, pages, place and publisher."""
    record = tagged[2]
    assert (record.title, record.source_raw) == (
        "Understanding lists.",
        "Lists in practice: An approach",
    )
    assert (record.pages, record.publication_year) == ([("11", "31")], 2012)
    assert (record.publisher, record.publisher_place) == ("Invented Press", "New York, NY, US")
    assert record.isbn == "9780306406157"
    assert [(person.display, person.role) for person in record.people] == [
        ("Neenan, Michael", "author"),
        ("Neenan, Michael", "editor"),
        ("Palmer, Stephen", "editor"),
    ]


def test_a_book_and_a_thesis(tagged: list[Record]) -> None:
    """A book has editors and edition; the university publishes a thesis."""
    book, thesis = tagged[3], tagged[4]
    assert [person.display for person in book.people_of("editor")] == [
        "McGarry, John W.",
        "Elsheikha, Hany M.",
    ]
    assert (book.edition, book.publisher_place) == ("1st Edition", "London, UK")
    assert "no year in 'no year'" in book.problems[0].reason
    assert (thesis.publisher, thesis.pages) == ("Invented University", [])
    assert ("PU", "Invented Dissertations") in thesis.fields
    assert ("PG", "No Pagination Specified") in thesis.fields


def test_the_layout_with_names_of_fields(named: list[Record]) -> None:
    """Names of fields are read as the tags are; a second accession number begins a record."""
    first, second = named
    assert (first.key, first.line) == ("00005131-900000000-99049", 2)
    assert (first.title, first.source_raw) == (
        "Correct placing of lists.",
        "Journal of Invented Results",
    )
    assert (first.volume, first.issue, first.pages) == ("28", "2", [("103", "106")])
    assert (first.publication_date, first.doi) == ("2015-04", "10.1234/inv.0000000000000502")
    assert first.affiliations == [
        ("Department of Surgery, Invented University", 1),
        ("Department of Lists, Institute of Y", 2),
    ]
    assert ("Status", "Publish Ahead of Print") in first.fields
    assert (second.source_raw, second.publication_year) == ("Invented Quarterly", None)


@pytest.mark.parametrize(
    ("lines", "attribute", "expected"),
    [
        ("UI  - 123\nDB  - Ovid MEDLINE(R)", "pmid", "123"),
        ("UI  - 123\nDB  - Embase", "pmid", None),
        ("XP  - XL  - http://a.example.invalid", "url", "http://a.example.invalid"),
        ("SO  - Lancet. 380(9859):2095-128, 2012 Dec 15.", "pages", [("2095", "2128")]),
        ("TI  - A title", "title", "A title"),
        ("TI  - [Ein Titel.]", "title", "[Ein Titel.]"),
        ("DT  - Conference Abstract", "type", "paper-conference"),
        ("AU  - et al.", "et_al", True),
        ("DE  - lists, growth", "keywords", [("index_keyword", w) for w in ("lists", "growth")]),
    ],
)
def test_one_line(lines: str, attribute: str, expected: object) -> None:
    """Each tag goes to its attribute, in all its forms."""
    assert getattr(_one(lines), attribute) == expected


def test_lines_outside_of_fields_are_named() -> None:
    """What belongs to no field is a problem with its line."""
    data = b"Search results\n\nof today\n<1. >\nstray line.\nVN  - Ovid Technologies\nTI  - a\n"
    (record,) = _read(Source("a.txt", data=data))
    assert [problem.line for problem in record.problems] == [1, 5]
    assert record.problems[0].raw == "Search results\nof today"


@pytest.mark.parametrize(
    "text", ["PMID- 1\nTI  - a\n", "<1>\nAnn wrote this.\n", "TY  - JOUR\nER  - \n"]
)
def test_it_leaves_what_others_write(text: str) -> None:
    """Only Ovid's exports are claimed."""
    assert FORMAT.matches(Source("a.txt", data=text.encode())) == 0.0


def test_a_file_without_a_record_is_a_problem() -> None:
    """A file of other content gives one problem."""
    (problem,) = FORMAT.records(Source("a.txt", data=b"nothing, really\n"))
    assert isinstance(problem, Problem)
    assert "no record of Ovid" in problem.reason


@given(st.text(alphabet=st.sampled_from("<1. >VNTIAUSO-;:,()[Ed]\n "), max_size=200))
def test_any_text_is_read(text: str) -> None:
    """No text makes the reader fail."""
    entries = list(FORMAT.records(Source("a.txt", data=f"<1. >\nTI  - x{text}".encode())))
    assert entries
    assert all(isinstance(entry, (Record, Problem)) for entry in entries)


def test_real_files(shared_data: Path) -> None:
    """Files of Ovid give the records that were counted by hand."""
    folder = shared_data / "formats" / "ovid"
    counted = {
        "zotero-OVIDTagged-01.txt": 2,
        "zotero-OVIDTagged-02.txt": 4,
        "zotero-OVIDTagged-05.txt": 2,
        "jabref-OvidImporterTest1.txt": 5,
        "jabref-OvidImporterTest2Invalid.txt": 2,
    }
    for name, n_records in counted.items():
        assert len(_read(Source(folder / name))) == n_records
