"""Word's bibliography: roles of people, numbers in one field, languages by number."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.msbib import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path

HEAD = '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">'


def _read(text: str) -> list[Record | Problem]:
    return list(FORMAT.records(Source("a.xml", data=text.encode("utf-8", "replace"))))


def _of(inner: str) -> Record:
    (record,) = _read(f"{HEAD}<b:Source>{inner}</b:Source></b:Sources>")
    assert isinstance(record, Record)
    return record


@pytest.fixture(scope="module")
def works(data: Path) -> list[Record]:
    """All works of the fixture."""
    source = Source(data / "msbib" / "sources.xml")
    assert FORMAT.matches(source) > 0.9
    return [entry for entry in FORMAT.records(source) if isinstance(entry, Record)]


def test_article(works: list[Record]) -> None:
    """An article has key, title, journal, date, numbers and DOI."""
    work = works[0]
    assert (work.key, work.type, work.title, work.line) == (
        "Sma73",
        "article-journal",
        "Co-citation & more",
        4,
    )
    assert (work.source_raw, work.publication_date) == ("JASIS", "1973-07-04")
    assert (work.volume, work.issue, work.pages) == ("24", "4", [("265", "269")])
    assert (work.doi, work.issn, work.language) == ("10.1002/asi.4630240406", "0002-8231", "en")


def test_people(works: list[Record]) -> None:
    """Middle names and particles are parted; roles without a place of ours are fields."""
    people = [(person.role, person.display) for person in works[0].people]
    assert people == [
        ("author", "Small, Henry G."),
        ("author", "van der Berg, Ada"),
        ("author", "Plato"),
        ("translator", "Dahl, Bo"),
    ]
    assert ("Counsel", "Eck, Nees") in works[0].fields


def test_thesis_of_a_group(works: list[Record]) -> None:
    """A report with a kind of thesis is one; a corporate author is a group."""
    work = works[1]
    assert (work.type, work.genre, work.language) == ("thesis", "PhD thesis", "de")
    assert (work.publisher, work.publisher_place) == (
        "University of Examples",
        "Geneva, Switzerland",
    )
    assert work.people[0].literal == "World Example Organization"
    assert [problem.reason for problem in work.problems] == [
        "no year in 'n.d.'; the year is left empty"
    ]


def test_what_is_not_known(works: list[Record]) -> None:
    """An inventor stands for the author; an unknown kind and locale stay as fields."""
    work = works[2]
    assert (work.type, work.people[0].family, work.publication_date) == (
        "document",
        "Bell",
        "2001-05",
    )
    assert work.isbn == "978-3-16-148410-0"
    assert work.keywords == [("author_keyword", "maps"), ("author_keyword", "atlases")]
    assert work.fields == [("LCID", "0"), ("SourceType", "Poem")]


@pytest.mark.parametrize(
    ("inner", "name", "expected"),
    [
        ("<b:URL>http://dx.doi.org/10.1000/X</b:URL>", "doi", "10.1000/x"),
        ("<b:SourceType>BookSection</b:SourceType>", "type", "chapter"),
        ("<b:BookTitle>B</b:BookTitle><b:ConferenceName>C</b:ConferenceName>", "source_raw", "B"),
        ("<b:ConferenceName>C</b:ConferenceName>", "source_raw", "C"),
        ("<b:LCID>99999999</b:LCID>", "language", None),
        ("<b:Author/>", "people", []),
        ("<b:Title>a_b_ *c*</b:Title>", "title", "a_b_ *c*"),
    ],
)
def test_single_values(inner: str, name: str, expected: object) -> None:
    """Each value goes where it belongs."""
    assert getattr(_of(inner), name) == expected


@given(st.text(min_size=1))
def test_any_text(text: str) -> None:
    """Any text gives works or problems."""
    with contextlib.suppress(InputError):
        assert _read(HEAD + "<b:Source><b:Title>" + text)


def test_real_files(shared_data: Path) -> None:
    """Each real file has one source, which is read."""
    paths = sorted((shared_data / "formats/msbib").glob("*.xml"))
    found = [list(FORMAT.records(Source(path))) for path in paths]
    assert len(found) == 12
    assert all(len(entries) == 1 and isinstance(entries[0], Record) for entries in found)
