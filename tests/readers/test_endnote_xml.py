"""The reader of EndNote XML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.endnote_xml import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def classics(data: Path) -> list[Record]:
    """The records of the fixture."""
    return _read(data / "endnote" / "classics.xml")


def _read(path: Path) -> list[Record]:
    return [item for item in FORMAT.records(Source(path)) if isinstance(item, Record)]


def _of(text: str) -> list[Record | Problem]:
    return list(FORMAT.records(Source("a.xml", data=text.encode())))


def _names(record: Record, role: str = "author") -> list[str]:
    return [person.display for person in record.people_of(role)]


def test_every_record(classics: list[Record]) -> None:
    """Each record element makes a record with its line, number and type."""
    assert [(record.line, record.key, record.type) for record in classics] == [
        (2, "7", "article-journal"),
        (18, "8", "thesis"),
        (21, "9", "chapter"),
        (24, "10", "book"),
        (25, "11", "document"),
    ]


def test_article(classics: list[Record]) -> None:
    """Text in styles is joined, and the usual elements go to their columns."""
    record = classics[0]
    assert (record.title, record.source_raw) == ("Citation Analysis", "Science")
    assert (record.volume, record.issue, record.pages) == ("178", "4060", [("471", "479")])
    assert (record.publication_year, record.publication_date) == (1972, "1972-11-03")
    assert (record.doi, record.pmid) == ("10.1126/science.178.4060.471", "17750137")
    assert (record.issn, record.language) == ("0036-8075", "en")
    assert record.affiliations == [("First Univ", None), ("Second Univ", None)]
    assert [word for _, word in record.keywords] == ["journals", "impact", "ranking"]
    assert record.url == "https://example.org/a"


def test_people(classics: list[Record]) -> None:
    """A comma at the end marks a group, and "et al." is no person."""
    assert _names(classics[0]) == ["Garfield, Eugene", "World Health Organization"]
    assert _names(classics[0], "editor") == ["Editor, Eva"]
    assert classics[0].et_al
    assert _names(classics[2], "translator") == ["Trans, Tom"]


def test_nothing_is_lost(classics: list[Record]) -> None:
    """Elements without a column are fields."""
    assert classics[0].fields == [
        ("alt-title", "Science (New York)"),
        ("abbr-1", "Sci"),
        ("isbn", "1095-9203"),
        ("related-urls", "https://example.org/b"),
        ("database", "My.enl"),
        ("remote-database-name", "Medline"),
        ("notes", "A note"),
    ]
    assert classics[4].fields == [("ref-type", "Odd")]


def test_thesis(classics: list[Record]) -> None:
    """An adviser is no editor; a year that is none is a problem of the record."""
    thesis = classics[1]
    assert (thesis.publisher, thesis.genre) == ("University of Example", "PhD")
    assert thesis.fields == [("tertiary-authors", "Adviser, Ann")]
    assert [problem.reason for problem in thesis.problems] == [
        "no year in 'in press'; the year is left empty"
    ]


def test_books(classics: list[Record]) -> None:
    """A part stands in a book and its series, a book in its series."""
    part, book = classics[2:4]
    assert (part.source_raw, part.series, part.edition) == ("A whole", "A series", "2nd")
    assert part.isbn == "978-3-16-148410-0"
    assert (book.source_raw, book.series) == (None, "Its series")


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("<xml><records><record><ref-type>1</ref-type><titles/></record></records></xml>", 0.95),
        ("<xml><record><rec-number>1</rec-number></record></xml>", 0.8),
        ("<xml><record><titles/><contributors/></record></xml>", 0.6),
        ("<oai><record><titles/><contributors/></record></oai>", 0.0),
        ("<record/>", 0.0),
        ("record <ref-type> <rec-number>", 0.0),
    ],
)
def test_matches(text: str, score: float) -> None:
    """EndNote's own names tell the format; other XML with records is left."""
    assert FORMAT.matches(Source("a.xml", data=text.encode())) == score


def test_detected(data: Path) -> None:
    """The format is told by the content."""
    assert detect_format(Source(data / "endnote" / "classics.xml")).name == "endnote-xml"


def test_cut_file(data: Path) -> None:
    """Of a file that is cut, the whole records are kept and the cut one is a problem."""
    text = (data / "endnote" / "classics.xml").read_text(encoding="utf-8")
    found = _of(text[: text.index("A part")])
    assert [record.key for record in found if isinstance(record, Record)] == ["7", "8"]
    assert [problem.line for problem in found if isinstance(problem, Problem)] == [23]


def test_nothing() -> None:
    """A file without a record is one problem."""
    (problem,) = _of("<xml><records></records></xml>")
    assert isinstance(problem, Problem)
    assert problem.reason == "no element record; nothing is read"


_PIECES = [
    "<record>",
    "</record>",
    "<titles><title>a</title></titles>",
    "&amp;",
    "&x;",
    "<",
    "\x0b",
    "x",
]


@given(st.lists(st.sampled_from(_PIECES)))
def test_any_pieces(pieces: list[str]) -> None:
    """XML broken anywhere makes records and problems, never an exception."""
    assert _of("<xml><records>" + "".join(pieces))


@pytest.mark.parametrize(
    "name", ["control-endnote-xml", "xml-laughs", "xml-truncated", "xml-wrong-encoding"]
)
def test_bad_inputs(shared_data: Path, name: str) -> None:
    """Of bad files the good records are kept, and what is wrong is said."""
    folder = shared_data / "badinputs" / name
    wanted = json.loads((folder / "expect.json").read_text(encoding="utf-8"))
    found = list(FORMAT.records(Source(folder / wanted["file"])))
    records = [item for item in found if isinstance(item, Record)]
    shown = " ".join(str(record.title) for record in records)
    assert all(word in shown for word in wanted["must_survive"])
    problems = [item for item in found if isinstance(item, Problem)]
    problems += [problem for record in records for problem in record.problems]
    for report in wanted["must_report"]:
        assert any(
            word in problem.reason.lower() for problem in problems for word in report["any_of"]
        )


def test_real_files(shared_data: Path) -> None:
    """The number of records is that of the real files."""
    counts = json.loads((shared_data / "formats" / "COUNTS.json").read_text(encoding="utf-8"))
    wanted = {name: count["n"] for name, count in counts.items() if name.startswith("endnote-xml/")}
    assert wanted
    assert {name: len(_read(shared_data / "formats" / name)) for name in wanted} == wanted
