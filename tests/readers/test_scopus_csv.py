"""The reader of Scopus' CSV files."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.scopus_csv import FORMAT
from nqp_biblio.readers.scopus_references import parse_references
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "Authors,Title,Year,Source title,Cited by,EID\n"


def _read(path: Path) -> list[Record]:
    return [item for item in FORMAT.records(Source(path)) if isinstance(item, Record)]


def _of(rows: str, folder: Path) -> list[Record]:
    path = folder / "scopus.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    return _read(path)


@pytest.fixture(scope="module")
def today(data: Path) -> list[Record]:
    """Records of a file as Scopus writes them since 2023."""
    return _read(data / "scopus" / "today.csv")


def test_row(today: list[Record]) -> None:
    """The cells go to their columns, line breaks and quotes in them are text."""
    record = today[0]
    assert (record.key, record.type, record.line) == ("2-s2.0-10000001", "article-journal", 2)
    assert (record.title, record.abstract) == ('A title, with "quotes"', "First line second line")
    assert (record.source_raw, record.volume, record.issue) == ("J Ex", "12", "3")
    assert (record.pages, record.article_number) == ([("1", "9")], "101")
    assert (record.doi, record.language, record.cited_by_count) == ("10.1000/a1", "en", 7)
    assert [(person.role, person.display) for person in record.people] == [
        ("author", "Roe, Alice"),
        ("author", "Doe, Bob"),
        ("editor", "Eoe, F."),
    ]
    assert record.affiliations == [("Univ A", 1), ("Univ A", 2), ("Univ B, Lab", 2)]
    assert [kind for kind, _ in record.keywords] == ["author_keyword"] * 2 + ["index_keyword"]
    assert ("Author(s) ID", "1000000001; 1000000002") in record.fields
    assert record.problems == []


def test_ragged_rows(today: list[Record]) -> None:
    """Rows with too few or too many cells are kept with a problem and nothing lost."""
    assert [found.reason for found in today[1].problems] == [
        "5 fields where the header names 25 columns"
    ]
    assert (today[2].type, today[2].abstract) == ("chapter", None)
    assert ("surplus", "more") in today[2].fields
    assert ("Language of Original Document", "Klingon") in today[2].fields
    assert [(found.line, found.reason) for found in today[2].problems] == [
        (5, "26 fields where the header names 25 columns"),
        (5, "no year in 'n.d.'; the year is left empty"),
    ]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Roe A., Doe B.C., van der Berg J.", ["Roe, A.", "Doe, B.C.", "van der Berg, J."]),
        ("Roe, A., Doe, B.-C.", ["Roe, A.", "Doe, B.-C."]),
        ("Roe, A.; Doe, B.", ["Roe, A.", "Doe, B."]),
        ("Roe A.; Doe B.", ["Roe, A.", "Doe, B."]),
        ("Roe, A.", ["Roe, A."]),
        ("[No author name available]", []),
    ],
)
def test_author_lists(tmp_path: Path, printed: str, names: list[str]) -> None:
    """Names are split in each form that Scopus has printed them in."""
    (record,) = _of(f'"{printed}",Title,2001,J,1,2-s2.0-12345678\n', tmp_path)
    assert [person.display for person in record.people] == names


def test_references_of_today() -> None:
    """Semicolons part authors and references; the year ends each reference."""
    text = "Roe A.; Doe B., One; and two, J Ex, 5, 2, pp. 1-9, (2020); No author, (2021)"
    first, second = parse_references(text)
    assert (first.first_author, first.title, first.source_raw) == ("Roe A.", "One; and two", "J Ex")
    assert (first.volume, first.first_page, first.publication_year) == ("5", "1", 2020)
    assert (second.first_author, second.title) == (None, "No author")


def test_references_of_before() -> None:
    """A year in brackets does not make today's form of yesterday's."""
    text = "Roe, A., Doe, B., One (2001) J Ex, 5, pp. 1-9; Poe, C., Two, J Ex, (2002)"
    first, second = parse_references(text)
    assert (first.first_author, first.title, first.source_raw) == ("Roe, A.", "One", "J Ex")
    assert second.publication_year == 2002


def test_chinese_header(data: Path) -> None:
    """The Chinese header is known, with its wrong name for the authors."""
    path = data / "scopus" / "chinese.csv"
    assert detect_format(Source(path)) is FORMAT
    (record,) = _read(path)
    assert [person.display for person in record.people] == ["Kao, C.-H.", "Hsieh, C.-H."]
    assert (record.title, record.publication_year, record.doi) == ("A title", 2017, "10.1000/z1")


def test_headers(tmp_path: Path) -> None:
    """A header in the middle begins anew, and a repeated column is a problem in its line."""
    rows = "A B.,One,2001,J,1,E1\nTitle,Authors,Year,Source title,Cited by,EID,Title\nTwo,C D.\n"
    first, second = _of(rows, tmp_path)
    assert (first.title, second.title) == ("One", "Two")
    assert [found.line for found in second.problems] == [3, 4]


def test_huge_and_open_cells(tmp_path: Path) -> None:
    """A cell may be of any size; a quote that is never closed costs no other row."""
    limit = csv.field_size_limit()
    rows = f'A B.,{"x" * 140_000},2001,J,1,E1\n"A B.,Open,2002\nC D.,Last,2003,J,1,E3\n'
    records = _of(rows, tmp_path)
    assert [len(record.title or "") for record in (records[0], records[-1])] == [140_000, 4]
    assert len(records) == 3
    assert csv.field_size_limit() == limit


def test_no_row(tmp_path: Path) -> None:
    """A header alone is a problem, not silence."""
    path = tmp_path / "a.csv"
    path.write_text(HEADER, encoding="utf-8")
    (problem,) = FORMAT.records(Source(path))
    assert isinstance(problem, Problem)
    assert problem.reason == "no record below the column names"


@pytest.mark.parametrize("header", ["Authors,Title,Year,Publisher,DOI", "a,b", "Title;DOI"])
def test_other_tables(tmp_path: Path, header: str) -> None:
    """Other tables are left to other readers."""
    path = tmp_path / "a.csv"
    path.write_text(f"{header}\n1,2\n", encoding="utf-8")
    assert FORMAT.matches(Source(path)) == 0


def test_shared_counts(shared_data: Path) -> None:
    """Real files give as many records as were counted in them, of each year of the format."""
    counts = json.loads((shared_data / "formats" / "COUNTS.json").read_text(encoding="utf-8"))
    for name, count in counts.items():
        if name.startswith("scopus-csv/"):
            source = Source(shared_data / "formats" / name)
            assert detect_format(source) is FORMAT
            records = _read(shared_data / "formats" / name)
            n_dois = sum(record.doi is not None for record in records)
            assert (len(records), n_dois) == (count["n"], count["with_doi"]), name
            assert all(record.publication_year for record in records), name


def test_shared_surplus_inside(shared_data: Path) -> None:
    """Funding texts beyond the header do not move the columns behind them."""
    records = _read(shared_data / "formats" / "scopus-csv" / "litstudy-scopus-2020header.csv")
    assert all((record.key or "").startswith("2-s2.0-") for record in records)


@pytest.mark.parametrize(
    "case", ["control-scopus-csv", "csv-big-field", "csv-header", "csv-newlines", "csv-ragged"]
)
def test_shared_bad_inputs(shared_data: Path, case: str) -> None:
    """Hostile files give each record, and each damage is named with its line."""
    folder = shared_data / "badinputs" / case
    expect = json.loads((folder / "expect.json").read_text(encoding="utf-8"))
    records = _read(folder / expect["file"])
    assert len(records) == expect["records_in"]
    titles = " ".join(record.title or "" for record in records)
    assert all(word in titles for word in expect["must_survive"])
    problems = [problem for record in records for problem in record.problems]
    for wanted in expect["must_report"]:
        first, last = wanted["lines"]
        assert any(
            first <= (found.line or 0) <= last and any(w in found.reason for w in wanted["any_of"])
            for found in problems
        )
