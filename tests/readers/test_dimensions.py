"""Dimensions: exports, those for mapping, tables of the API, workbooks."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.dimensions import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Record

if TYPE_CHECKING:
    from pathlib import Path


def _records(path: Path) -> list[Record]:
    source = Source(path)
    assert detect_format(source).name == "dimensions"
    return [item for item in FORMAT.records(source) if isinstance(item, Record)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("key", "pub.1000000001"),
        ("type", "article-journal"),
        ("title", "Maps & science"),
        ("publication_year", 2010),
        ("publication_date", "2010-08-01"),
        ("source_raw", "Atlas of Science"),
        ("volume", "84"),
        ("issue", "2"),
        ("pages", [("523", "538")]),
        ("doi", "10.1000/atlas.1"),
        ("pmid", "11111111"),
        ("cited_by_count", 30),
        ("line", 3),
        ("keywords", [("index_keyword", "Maps"), ("index_keyword", "Humans")]),
        (
            "affiliations",
            [
                ("Department of Maps (DM), University of Oslo", 1),
                ("Map House, Oslo", 1),
                ("Leiden University", 2),
            ],
        ),
        ("problems", []),
    ],
)
def test_export(data: Path, name: str, expected: Any) -> None:
    """An export is read below its line of prose, each address with its author."""
    assert getattr(_records(data / "dimensions" / "export.csv")[0], name) == expected


def test_people_and_rest(data: Path) -> None:
    """Names are family name first; what has no place of ours is kept."""
    record = _records(data / "dimensions" / "export.csv")[0]
    assert [person.display for person in record.people] == ["Berg, Ada", "van Dahl, Bo"]
    assert ("Corresponding Authors", "Berg, Ada (University of Oslo)") in record.fields
    assert ("PMCID", "PMC1111111") in record.fields


def test_work_in_a_book(data: Path) -> None:
    """The anthology is the source, and the source title its series."""
    record = _records(data / "dimensions" / "export.csv")[1]
    assert record.type == "paper-conference"
    assert record.source_raw == "Proceedings of the Map Meeting"
    assert record.series == "Lecture Notes in Maps"


def test_export_for_mapping(data: Path) -> None:
    """Cited references have their parts, whether ids of authors or a title stand second."""
    (record,) = _records(data / "dimensions" / "mapping.csv")
    assert record.affiliations == [("University of Oslo", None), ("Leiden University", None)]
    parts = [
        (
            *(cited.first_author, cited.title, cited.publication_year, cited.source_raw),
            *(cited.volume, cited.first_page, cited.doi),
        )
        for cited in record.cited_references
    ]
    journal = "Journal of the American Society for Information Science"
    assert parts == [
        ("Small, Henry", None, 1973, journal, "24", "265", "10.1002/asi.4630240406"),
        (
            *("Kessler, M. M.", "Bibliographic coupling", 1963, "American Documentation"),
            *("14", "10", "10.1002/asi.5090140103"),
        ),
    ]


def test_table_of_the_api(data: Path) -> None:
    """Objects of the API are read with ORCID and addresses; broken ones are said and kept."""
    record, broken = _records(data / "dimensions" / "api.csv")
    assert [(person.display, person.orcid) for person in record.people] == [
        ("Berg, Ada", "0000-0002-1825-0097"),
        ("Dahl, Bo", None),
    ]
    assert record.affiliations == [("Dept. of Maps, University of Oslo", 1)]
    assert [cited.raw for cited in record.cited_references] == ["pub.1000000010", "pub.1000000011"]
    assert broken.people == []
    assert "the list of authors is broken" in broken.problems[0].reason
    assert broken.type == "chapter"


def test_workbook(data: Path, tmp_path: Path) -> None:
    """An Excel export is read like the CSV export."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    with (data / "dimensions" / "export.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.reader(stream):
            sheet.append([float(cell) if cell.isdecimal() else cell for cell in row])
    book.save(tmp_path / "export.xlsx")
    from_book = _records(tmp_path / "export.xlsx")
    from_csv = _records(data / "dimensions" / "export.csv")
    for one, other in zip(from_book, from_csv, strict=True):
        assert one.problems == []
        one.file = other.file
        assert one == other


def test_other_tables() -> None:
    """Tables with ids of others are not claimed."""
    for text in ("id,title,year\nW1,Maps,2001\n", "Lens ID,Title,PubYear\n1,Maps,2001\n"):
        assert FORMAT.matches(Source("a.csv", data=text.encode())) == 0


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_any_cell(text: str) -> None:
    """Any text in the cells gives a work for each row."""
    header = "id,title,year,authors,reference_ids,cited references,authors raw affiliation"
    stream = io.StringIO()
    csv.writer(stream).writerow(["pub.1000000001", "Maps", "2001", text, text, text, text])
    source = Source("a.csv", data=f"{header}\n{stream.getvalue()}".encode())
    read = list(FORMAT.records(source))
    assert read
    assert all(isinstance(item, Record) for item in read)


@pytest.mark.parametrize(
    "printed",
    ["[" * 5_000, "[{'a': " * 100, "[{1: 2, 'last_name': 5, 'affiliations': 3}]", "[1, 2]"],
)
def test_hostile_objects(printed: str) -> None:
    """Objects nested too deeply or of another kind do no harm."""
    text = f'id,title,year,authors\npub.1000000001,Maps,2001,"{printed}"\n'
    (record,) = FORMAT.records(Source("a.csv", data=text.encode()))
    assert isinstance(record, Record)


def test_published_files(shared_data: Path) -> None:
    """Real exports give as many works and DOIs as they hold, no problem, and addresses."""
    counts = json.loads((shared_data / "formats" / "COUNTS.json").read_text(encoding="utf-8"))
    for path in sorted((shared_data / "formats" / "dimensions").glob("*.csv")):
        expected = counts[f"dimensions/{path.name}"]
        records = _records(path)
        assert len(records) == expected["n"], path.name
        assert sum(record.doi is not None for record in records) == expected["with_doi"]
        assert not any(record.problems for record in records)
    masked = _records(shared_data / "formats" / "dimensions" / "masked-dimensions-2024-a.csv")
    with_address = [record for record in masked if record.affiliations]
    assert all(position for record in with_address for _, position in record.affiliations)
