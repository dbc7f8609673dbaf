"""OpenAlex as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.openalex_csv import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Record

if TYPE_CHECKING:
    from pathlib import Path


def _records(path: Path) -> list[Record]:
    source = Source(path)
    assert detect_format(source).name == "openalex-csv"
    return [item for item in FORMAT.records(source) if isinstance(item, Record)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("key", "W1000000001"),
        ("type", "article-journal"),
        ("title", "Maps and science"),
        ("publication_date", "2010-08-01"),
        ("source_raw", "Atlas of Science"),
        ("issn", "1234-5679"),
        ("volume", "84"),
        ("pages", [("523", "538")]),
        ("doi", "10.1000/atlas.1"),
        ("language", "en"),
        ("cited_by_count", 30),
        ("affiliations", [("University of Oslo", 1), ("Leiden University", 2)]),
        ("keywords", [("index_keyword", "maps"), ("index_keyword", "science")]),
        ("problems", []),
    ],
)
def test_work(data: Path, name: str, expected: Any) -> None:
    """The nested names of columns are known, and lists are parted by bars."""
    assert getattr(_records(data / "openalex" / "works.csv")[0], name) == expected


def test_people_and_references(data: Path) -> None:
    """Names are those printed where each author has one; ORCIDs go to their authors."""
    record, other = _records(data / "openalex" / "works.csv")
    assert [(person.display, person.orcid) for person in record.people] == [
        ("Berg, A.", "0000-0002-1825-0097"),
        ("Dahl, B. C.", None),
    ]
    assert [cited.raw for cited in record.cited_references] == ["W2", "W3"]
    assert ("authorships.author.display_name", "Ada Berg|Bo Dahl") in record.fields
    assert other.type == "paper-conference"
    assert other.people[0].display == "Berg, Ada"


def test_others_are_not_claimed() -> None:
    """Other tables with an id are left alone."""
    for header in ("id,title,year", "id,doi,publication_year,title", "key,display_name"):
        assert FORMAT.matches(Source("a.csv", data=f"{header}\n1,2,3\n".encode())) == 0


@given(st.text(st.sampled_from("ab|;:,/.\"' 1é"), max_size=60))
def test_any_cell(text: str) -> None:
    """Any text in the cells gives a work for each row."""
    names = ("authorships.author.display_name", "authorships.author.orcid", "referenced_works")
    quoted = '"' + text.replace('"', '""') + '"'
    table = f"id,publication_year,{','.join(names)}\nW1,2001,{quoted},{quoted},{quoted}\n"
    (record,) = FORMAT.records(Source("a.csv", data=table.encode()))
    assert isinstance(record, Record)


def test_published_file(shared_data: Path) -> None:
    """A real table gives its works, each with DOI, year and authors placed."""
    folder = shared_data / "formats" / "openalex-csv"
    records = _records(folder / "bibliometrix-openalex_sample.csv")
    assert len(records) == 8
    assert all(record.doi and record.publication_year and record.people for record in records)
    assert not any(record.problems for record in records)
