"""Tables: names of columns in many words, any delimiter, rows of any length."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.outputs.tables import format_works
from nqp_biblio.readers.generic_csv import FORMAT, WORKBOOK
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Person, Problem, Record

DATA = Path(__file__).parents[1] / "data" / "csv"


def _read(folder: Path, text: str) -> list[Record]:
    (folder / "a.csv").write_text(text, encoding="utf-8")
    source = Source(folder / "a.csv")
    assert detect_format(source).name == "csv"
    return [item for item in FORMAT.records(source) if isinstance(item, Record)]


def _fixture(name: str) -> list[Record]:
    source = Source(DATA / name)
    assert detect_format(source).name == "csv"
    return [item for item in FORMAT.records(source) if isinstance(item, Record)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("title", "Karten; ein Überblick"),
        ("publication_year", 2001),
        ("source_raw", "Kartographie"),
        ("doi", "10.1000/ka"),
        ("volume", "3"),
        ("issue", "1"),
        ("pages", [("5", "9")]),
        ("keywords", [("author_keyword", "Karte"), ("author_keyword", "Atlas")]),
        ("fields", [("Note", "gut")]),
        ("line", 2),
        ("problems", []),
    ],
)
def test_german_columns(name: str, expected: Any) -> None:
    """A table with German names and semicolons is read like any other."""
    assert getattr(_fixture("german.csv")[0], name) == expected


def test_ragged_rows() -> None:
    """A row that is too short or too long is kept, with a problem."""
    _, short, long = _fixture("german.csv")
    assert (short.title, short.line) == ("Zu kurz", 3)
    assert "2 cells where the header has 10" in short.problems[0].reason
    assert long.fields == [("column 11", "mehr")]
    assert long.et_al
    assert "11 cells" in long.problems[0].reason


def test_prose_above_the_header() -> None:
    """A line of prose above the header is passed over; addresses go to their authors."""
    (record,) = _fixture("prose_first.csv")
    assert (record.title, record.publication_year, record.line) == ("=Sum of maps", 2011, 3)
    assert record.affiliations == [
        ("University of Oslo", 1),
        ("Map House", 1),
        ("Leiden University", 2),
    ]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Título,Autores,Año,Revista", "source_raw"),
        ("titre,auteurs,année,revue", "source_raw"),
        ("标题,作者,年份,期刊", "source_raw"),
        ("Название,Авторы,Год,Журнал", "source_raw"),
        ("DOCUMENT TITLE,Author/s,Publication Year,Publication Title", "source_raw"),
        ("Title,Authors,Year,Source", "source_raw"),
        ("Title,Authors,Year,Publisher", "publisher"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_names_of_columns(tmp_path: Path, header: str, name: str, delimiter: str) -> None:
    """Names of columns are known in several languages, under any delimiter."""
    text = f"{header}\nMaps,Ada Berg,2001,Atlas\n".replace(",", delimiter)
    (record,) = _read(tmp_path, text)
    assert (record.title, record.publication_year) == ("Maps", 2001)
    assert [person.family for person in record.people] == ["Berg"]
    assert getattr(record, name) == "Atlas"


@pytest.mark.parametrize(
    ("printed", "families"),
    [
        ("\"['Berg, Ada', 'Dahl, Bo']\"", ["Berg", "Dahl"]),
        ('"Berg, Ada; Dahl, Bo; et al."', ["Berg", "Dahl"]),
        ("Ada Berg|Bo Dahl", ["Berg", "Dahl"]),
        ('"Berg A, Dahl B"', ["Berg", "Dahl"]),
        ("NA", []),
    ],
)
def test_names(tmp_path: Path, printed: str, families: list[str]) -> None:
    """Authors are read in the form of any database."""
    (record,) = _read(tmp_path, f"title,authors,year\nMaps,{printed},2001\n")
    assert [person.family for person in record.people] == families


def test_own_export_comes_back(tmp_path: Path) -> None:
    """What this library writes as CSV it reads again."""
    record = Record(
        key="k1",
        role="reference",
        type="article-journal",
        title="=Maps, and more",
        publication_year=2001,
        year_raw="2001a",
        publication_date="2001-02",
        source_raw="J. Maps",
        source="Journal of Maps",
        volume="3",
        issue="1",
        pages_raw="5–9",
        pages=[("5", "9"), ("12", "12")],
        doi="10.1000/a",
        doi_raw="doi:10.1000/A",
        language="en",
        cited_by_count=4,
        confidence=0.75,
        et_al=True,
        people=[Person("Berg", "Ada"), Person("Dahl", "Bo", role="editor")],
        keywords=[("author_keyword", "map"), ("index_keyword", "Atlas")],
        affiliations=[("University of Oslo", None)],
    )
    (read,) = _read(tmp_path, format_works([record]))
    same = [name for name in Record.__dataclass_fields__ if name not in _NOT_THE_SAME]
    assert {name: getattr(read, name) for name in same} == {
        name: getattr(record, name) for name in same
    }
    assert [(person.display, person.role) for person in read.people] == [
        ("Berg, Ada", "author"),
        ("Dahl, Bo", "editor"),
    ]


_NOT_THE_SAME = ("people", "file", "line", "format", "fields", "problems")


@pytest.mark.parametrize(
    "text",
    [
        "An essay, with commas, in its first line\nand, more, of them\n",
        "source,target,weight\n1,2,3\n",
        '{"title": 1, "doi": 2}',
        "Title\nMaps\n",
    ],
)
def test_no_table_of_works(tmp_path: Path, text: str) -> None:
    """Prose and tables of other things are not claimed."""
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    assert FORMAT.matches(Source(tmp_path / "a.csv")) == 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [("title,year\n", "no row below the header"), ("a,b\n1,2\n", "no header with names")],
)
def test_nothing_to_read(tmp_path: Path, text: str, reason: str) -> None:
    """A table without rows, or without a known column, says so."""
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    (problem,) = FORMAT.records(Source(tmp_path / "a.csv"))
    assert isinstance(problem, Problem)
    assert reason in problem.reason


def test_quotation_mark_never_closed(tmp_path: Path) -> None:
    """A quotation mark without its pair does not swallow the rest of the file."""
    rows = '"Maps",Berg,2001\n"Cut,Dahl,2002\nNext,Eng,2003\n'
    records = _read(tmp_path, f"title,authors,year\n{rows}")
    assert [(record.publication_year, record.line) for record in records] == [
        (2001, 2),
        (2002, 3),
        (2003, 4),
    ]
    assert [len(record.problems) for record in records] == [0, 1, 0]
    assert "never closed" in records[1].problems[0].reason


def test_line_feed_in_a_cell(tmp_path: Path) -> None:
    """A cell may hold line feeds, also in the last row; 5" is no quotation."""
    rows = '5" disks,Berg,2001\n"Maps\nand ""more""",Dahl,2002\n'
    records = _read(tmp_path, f"title,authors,year\n{rows}")
    assert [(record.title, record.line) for record in records] == [
        ('5" disks', 2),
        ('Maps and "more"', 3),
    ]
    assert not any(record.problems for record in records)


def test_long_cell(tmp_path: Path) -> None:
    """A cell may be as long as it likes."""
    text = f"title,abstract,year\nMaps,{'map ' * 60_000},2001\nNext,,2002\n"
    assert [record.title for record in _read(tmp_path, text)] == ["Maps", "Next"]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (
            "publish_or_perish.csv",
            {"issue": "2", "pages": [("523", "538")], "cited_by_count": 1200, "issn": "0138-9130"},
        ),
        ("scholar_profile.csv", {"source_raw": "Science", "issue": "3159", "publisher": "AAAS"}),
        (
            "rayyan.csv",
            {"publication_date": "1973-07-01", "publisher_place": "Hoboken", "key": "rayyan-1"},
        ),
        ("covidence.csv", {"publication_date": "1963-01", "key": "#12", "publication_year": 1963}),
        ("ebsco.csv", {"publication_year": 2010, "pages": [("523", "523")], "key": "555"}),
        ("wos_excel.tsv", {"type": "article-journal", "key": "WOS:A1974X00001", "volume": "4"}),
        ("scival.csv", {"line": 7, "source_raw": "Atlas of Science", "article_number": None}),
        (
            "bvs.csv",
            {"pages": [("183", "211")], "pmid": "12345678", "publication_date": "2021-02"},
        ),
        ("scielo.csv", {"volume": "9", "issue": "27", "pages": [("57", "73")], "language": "es"}),
        (
            "retraction_watch.csv",
            {"doi": "10.1000/original", "publication_date": "2020-02-01", "pmid": None},
        ),
    ],
)
def test_databases(file: str, expected: dict[str, Any]) -> None:
    """Tables of databases and of tools for reviews are read with their own names of columns."""
    record = _fixture(file)[0]
    assert {name: getattr(record, name) for name in expected} == expected
    assert record.people
    assert record.problems == []


@pytest.mark.parametrize(
    ("file", "names"),
    [
        ("publish_or_perish.csv", ["van Eck, NJ", "Waltman, L"]),
        ("scholar_profile.csv", ["Garfield, Eugene"]),
        ("wos_excel.tsv", ["Small, Henry", "Griffith, Belver C."]),
        ("scival.csv", ["Berg, A.", "Dahl, B."]),
        ("scielo.csv", ["Berg Dahl, Ada María", "Ríos, Bo"]),
        ("retraction_watch.csv", ["Berg, Ada", "Dahl, Bo"]),
    ],
)
def test_names_of_databases(file: str, names: list[str]) -> None:
    """Names are parted as each database parts them, the full names where there are two."""
    assert [person.display for person in _fixture(file)[0].people] == names


def test_references_and_addresses_of_web_of_science() -> None:
    """The Excel export of Web of Science has cited references and placed addresses."""
    (record,) = _fixture("wos_excel.tsv")
    assert [(cited.first_author, cited.doi) for cited in record.cited_references] == [
        ("KESSLER MM", "10.1002/asi.5090140103"),
        ("SMALL H", None),
    ]
    assert record.affiliations == [
        ("Inst Sci Informat, Philadelphia, PA USA", 1),
        ("Drexel Univ, Philadelphia, PA USA", 2),
    ]


@pytest.mark.parametrize("name", ["label_included", "included", "asreview_label"])
def test_labels_are_kept(tmp_path: Path, name: str) -> None:
    """What a reviewer decided stays among the fields."""
    (record,) = _read(tmp_path, f"title,abstract,{name}\nMaps,On maps.,1\n")
    assert record.fields == [(name, "1")]


def test_column_twice(tmp_path: Path) -> None:
    """Of two columns with one name the first with a value is read, and this is said once."""
    records = _read(tmp_path, "title,title,year\nMaps,More,2001\n,Next,2002\n")
    assert [record.title for record in records] == ["Maps", "Next"]
    assert records[0].fields == [("title", "More")]
    assert "duplicate column 'title'" in records[0].problems[0].reason
    assert records[1].problems == []


def _book(folder: Path, sheets: dict[str, list[list[Any]]]) -> Source:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "a.xlsx")
    source = Source(folder / "a.xlsx")
    assert detect_format(source).name == "xlsx"
    return source


def test_workbook(tmp_path: Path) -> None:
    """A workbook is read like a text; numbers and dates are as people see them."""
    rows: list[list[Any]] = [
        ["My reading"],
        [],
        ["Title", "Authors", "Year", "Date", "Journal", "Volume", "Stars"],
        ["Maps", "Berg, Ada; Dahl, Bo", 2001.0, dt.date(2001, 5, 1), "Atlas", 3, 4.5],
        ["Short"],
    ]
    first, second = WORKBOOK.records(_book(tmp_path, {"Sheet1": rows, "Sheet2": []}))
    assert isinstance(first, Record)
    assert (first.title, first.publication_year, first.publication_date) == (
        "Maps",
        2001,
        "2001-05-01",
    )
    assert (first.volume, first.source_raw, first.line) == ("3", "Atlas", 4)
    assert (first.fields, first.format) == ([("Stars", "4.5")], "xlsx")
    assert isinstance(second, Record)
    assert second.problems == []


def test_several_sheets(tmp_path: Path) -> None:
    """Each sheet is tried; one without works is said, and works name their sheet."""
    sheets: dict[str, list[list[Any]]] = {
        "Old": [["Title", "Year"], ["Maps", 2001]],
        "Plan": [["Year", "Author", "n"], [2001, "Berg", 1]],
        "New": [["Titel", "Jahr"], ["Karten", 2002]],
    }
    first, problem, last = WORKBOOK.records(_book(tmp_path, sheets))
    assert isinstance(first, Record)
    assert isinstance(last, Record)
    assert [first.title, last.title] == ["Maps", "Karten"]
    assert first.fields == [("sheet", "Old")]
    assert isinstance(problem, Problem)
    assert "no header with names of columns" in problem.reason
    assert "in the sheet 'Plan'" in problem.reason


def test_workbook_without_works(tmp_path: Path) -> None:
    """A workbook without a table of works is a problem, not an archive of XML."""
    (problem,) = WORKBOOK.records(_book(tmp_path, {"Sheet1": [["a", "b"], [1, 2]]}))
    assert isinstance(problem, Problem)
    (problem,) = WORKBOOK.records(_book(tmp_path, {"Sheet1": []}))
    assert isinstance(problem, Problem)
    assert "the workbook is empty" in problem.reason


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    """Any text below a header gives a work for each row, or an InputError for binary data."""
    source = Source("a.csv", data=f"title,authors,year,pages,source\n{text}".encode())
    try:
        items = list(FORMAT.records(source))
    except InputError:
        return
    assert items
    works = [item for item in items if isinstance(item, Record)]
    assert len(works) == len(items) or len(items) == 1


@pytest.mark.parametrize(
    "pattern",
    [
        "generic-csv/*.csv",
        "ieee-springer-csv/*.csv",
        "embase-csv/*.csv",
        "scielo-csv/*.csv",
        "bvs-csv/*.csv",
    ],
)
def test_published_files(shared_data: Path, pattern: str) -> None:
    """Real exports give as many works and at least as many DOIs as they hold, no problem."""
    counts = json.loads((shared_data / "formats" / "COUNTS.json").read_text(encoding="utf-8"))
    for path in sorted((shared_data / "formats").glob(pattern)):
        expected = counts[f"{path.parent.name}/{path.name}"]
        records = list(FORMAT.records(Source(path)))
        works = [item for item in records if isinstance(item, Record) and not item.problems]
        assert len(works) == len(records) == expected["n"], path.name
        assert sum(work.doi is not None for work in works) >= expected["with_doi"], path.name
        assert sum(len(work.cited_references) for work in works) == expected["total_refs"]


def test_published_workbook(shared_data: Path) -> None:
    """A real workbook gives its rows."""
    source = Source(shared_data / "formats" / "generic-csv" / "colrev-xlsx_data.xlsx")
    assert detect_format(source).name == "xlsx"
    records = [item for item in WORKBOOK.records(source) if isinstance(item, Record)]
    assert [record.title for record in records] == ["Paper title"] * 3
    assert [person.display for person in records[0].people] == ["Smith, A", "Walter, B"]
