"""The reader of RefWorks' tagged format, with the dialects of ADS and CNKI."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.refworks import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path

_SIGNS = st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t")


@pytest.fixture(scope="module")
def dialects(data: Path) -> list[Record]:
    """Records of the file that has one record a dialect."""
    return _read(data / "refworks" / "dialects.txt")


@pytest.fixture(scope="module")
def cnki(data: Path) -> list[Record]:
    """Records in the dialect of CNKI."""
    return _read(data / "cnki" / "cnki.refworks.txt")


def _read(path: Path) -> list[Record]:
    return [item for item in FORMAT.records(Source(path)) if isinstance(item, Record)]


def _of(text: str) -> list[Record | Problem]:
    return list(FORMAT.records(Source("a.txt", data=text.encode())))


def _names(record: Record, role: str = "author") -> list[str]:
    return [person.display for person in record.people_of(role)]


def test_every_record(dialects: list[Record]) -> None:
    """Each RT makes a record, and so do tags after a blank line that no RT begins."""
    assert [(record.title, record.type, record.line) for record in dialects] == [
        ("Links between works & people", "article-journal", 1),
        ("A thesis", "thesis", 29),
        ("A part", "chapter", 38),
        ("A book", "book", 49),
        ("Without a type", "document", 57),
        ("Strange type", "document", 61),
    ]
    assert [problem.reason for problem in dialects[4].problems] == ["no RT tag begins the record"]


def test_article(dialects: list[Record]) -> None:
    """The usual tags go to their columns."""
    record = dialects[0]
    assert _names(record) == ["Allan, Steven", "van der Berg, Jan"]
    assert _names(record, "editor") == ["Editor, Eva"]
    assert (record.key, record.source_raw, record.volume) == ("271", "Journal of Examples", "32")
    assert (record.issue, record.pages_raw, record.pages) == ("3", "551–565", [("551", "565")])
    assert (record.publication_year, record.publication_date) == (2002, "2002-02")
    assert (record.doi, record.issn, record.language) == ("10.1000/abc.1", "0191-8869", "en")
    assert record.abstract == "A first line and a second one"
    assert [word for _, word in record.keywords] == ["links", "people"]
    assert len(record.affiliations) == 1


def test_nothing_is_lost(dialects: list[Record]) -> None:
    """Tags without a column are fields."""
    assert dialects[0].fields == [
        ("SR", "Print(0)"),
        ("NO", "A note"),
        ("AN", "2002-1"),
        ("OL", "English (30)"),
    ]
    assert dialects[5].fields == [("RT", "Strange")]
    assert dialects[5].arxiv_id == "1912.06970"


def test_thesis(dialects: list[Record]) -> None:
    """Number of pages, kind and adviser of a thesis; a year that is none is a problem."""
    thesis = dialects[1]
    assert (thesis.genre, thesis.pages_raw, thesis.pages) == ("PhD", "141", [])
    assert thesis.fields == [("A2", "Adviser,Ann")]
    assert [problem.reason for problem in thesis.problems] == [
        "no year in 'in press'; the year is left empty"
    ]


def test_parts_and_books(dialects: list[Record]) -> None:
    """A part stands in a book, a book in its series."""
    part, book = dialects[2:4]
    assert (part.source_raw, part.series, part.pages_raw) == ("A whole", "A series", "1-9")
    assert (_names(part, "translator"), part.isbn) == (["Trans, Tom"], "9783161484100")
    assert (book.series, book.edition, book.publisher_place) == ("Its series", "2nd", "Oslo")


def test_cnki_article(cnki: list[Record]) -> None:
    """People between semicolons of any width, small tags, and pages in one tag."""
    record = cnki[0]
    assert [(person.family, person.given) for person in record.people] == [
        ("司马", "相如"),
        ("李", "明"),
        ("王", "小红"),
    ]
    assert (record.volume, record.issue) == ("49", "07")
    assert record.pages == [("1106", "1111"), ("1117", "1117")]
    assert record.abstract == "目的示例。 方法示例。"
    assert len(record.keywords) == 3


def test_cnki_types(cnki: list[Record]) -> None:
    """A tag may have no blank behind it; a standard and an achievement have their types."""
    thesis, standard, report = cnki[1:]
    assert (_names(thesis), thesis.genre) == (["虞, 锦"], "博士")
    assert ("A3", "江平") in thesis.fields
    assert (standard.type, standard.key) == ("standard", "GB/T 00002-2015")
    assert _names(standard)[1] == "示例大学学报(自然科学版)编辑部"
    assert standard.url == "https://example.org/a?b=1&c=2"
    assert (report.type, report.publication_date) == ("report", "2023-02-01")


@pytest.mark.parametrize("path", ["refworks/dialects.txt", "cnki/cnki.refworks.txt"])
def test_detected(data: Path, path: str) -> None:
    """The format is told by the content."""
    assert detect_format(Source(data / path)).name == "refworks"


@pytest.mark.parametrize("text", ["PT J\nAU Doe, J\nER", "RT\nx", "TY  - JOUR\nER  - "])
def test_others_are_left(text: str) -> None:
    """Other tagged formats are not claimed."""
    assert FORMAT.matches(Source("a.txt", data=text.encode())) == 0


@pytest.mark.parametrize(
    ("first", "other", "pages"),
    [("551", "565", "551–565"), ("35", "35", "35"), ("1", "1-9", "1-9"), ("5", "", "5")],
)
def test_pages(first: str, other: str, pages: str) -> None:
    """First and last page stand in two tags, or the whole in the second."""
    (record,) = _of(f"RT Journal\nT1 A\nSP {first}\nOP {other}\n")
    assert isinstance(record, Record)
    assert record.pages_raw == pages


def test_small_words_are_no_tags() -> None:
    """A line that goes on with a small word is no tag."""
    (record,) = _of("RT Journal\nAB what it\nis good for\nis 12\n")
    assert isinstance(record, Record)
    assert (record.abstract, record.issue) == ("what it is good for", "12")


def test_nothing() -> None:
    """A file without a tag is one problem."""
    (problem,) = _of("nothing here")
    assert isinstance(problem, Problem)
    assert problem.reason == "no RT tag in the file; nothing is read"


@given(
    st.lists(st.sampled_from(["RT Journal", "T1 a", "A1 李明;b", "SP 1-", "YR x", "", "z", "vo 3"]))
)
def test_any_lines(lines: list[str]) -> None:
    """Lines in any order never break the reader, and no record is lost."""
    found = _of("\n".join(["RT Report", *lines]))
    assert len(found) >= 1 + lines.count("RT Journal")


@given(st.text(_SIGNS, min_size=1))
def test_any_text(text: str) -> None:
    """Any text makes records or one problem."""
    assert _of(f"RT {text}")


def test_real_files(shared_data: Path) -> None:
    """Every entry of the real files is a record."""
    folder = shared_data / "formats"
    assert len(_read(folder / "refworks" / "ads-24-refworks.txt")) == 24
    names = sorted((folder / "cnki").glob("*.refworks.txt"))
    assert [len(_read(name)) for name in names] == [1] * 6
