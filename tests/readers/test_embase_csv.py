"""The reader of Embase's CSV, by column and by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.embase_csv import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


def _read(source: Source) -> list[Record]:
    assert detect_format(source).name == "embase-csv"
    return [entry for entry in FORMAT.records(source) if isinstance(entry, Record)]


@pytest.fixture(scope="module")
def columns(data: Path) -> list[Record]:
    """Two articles, a row for each."""
    return _read(Source(data / "embase" / "columns.csv"))


@pytest.fixture(scope="module")
def rows(data: Path) -> list[Record]:
    """Two articles, a row for each field."""
    return _read(Source(data / "embase" / "rows.csv"))


def test_a_column_for_each_field(columns: list[Record]) -> None:
    """The source line gives journal, year, volume, issue, pages and date."""
    first, second = columns
    assert (first.title, first.type) == ("Lists: Diagnosis, management", "article-journal")
    assert (first.source_raw, first.publication_date) == ("Invented Ultrasound", "2014-07-01")
    assert (first.volume, first.issue, first.pages) == ("3", "3", [("152", "160")])
    assert first.doi == "10.1234/inv.138783"
    assert [person.display for person in first.people] == ["Liu, R.", "Adler, D.G."]
    assert (second.source_raw, second.publication_year) == ("Cancer", 2004)


def test_terms_of_all_columns(columns: list[Record]) -> None:
    """Emtree's terms are index keywords, those of the main subjects first, each whole."""
    assert [word for _, word in columns[0].keywords] == [
        "endoscopy",
        "list (diagnosis, surgery)",
        "aspirin",
        "article",
        "human",
    ]


def test_a_row_for_each_field(rows: list[Record]) -> None:
    """Rows under a TITLE are one record; a cell for each value."""
    first = rows[0]
    assert (first.title, first.line) == ("Lists: Diagnosis, management", 1)
    assert [person.display for person in first.people] == ["Liu, R.", "Adler, D.G."]
    assert (first.volume, first.issue, first.pages) == ("3", "2", [("152", "160")])
    assert (first.publication_date, first.language) == ("2014-07-01", "en")
    assert (first.doi, first.pmid, first.issn) == ("10.1234/inv.138783", "90000401", "2226-7190")
    assert first.abstract == "Lists are rare."
    assert ("author_keyword", "rarity") in first.keywords
    assert ("index_keyword", "list (diagnosis, surgery)") in first.keywords
    assert ("PUI", "L373613112") in first.fields


def test_an_open_quotation_mark_costs_no_other_row(rows: list[Record]) -> None:
    """A quotation mark within a value ends with its row; a year that is none is named."""
    second = rows[1]
    assert (second.title, second.line) == ("An open quote", 23)
    assert [person.display for person in second.people] == ["Cohn, M."]
    assert "no year in 'n.d.'" in second.problems[0].reason


@pytest.mark.parametrize("text", ["Title,Authors,Year\na,b,2001\n", '"TITLE","a"\n"b","c"\n'])
def test_it_leaves_what_others_write(text: str) -> None:
    """Other tables are not claimed."""
    assert FORMAT.matches(Source("a.csv", data=text.encode())) == 0.0


@given(st.text(alphabet=st.sampled_from('"TILEPU,; a\n'), max_size=200))
def test_any_rows_are_read(text: str) -> None:
    """No text makes the reader fail."""
    entries = list(FORMAT.records(Source("a.csv", data=f'"TITLE","a{text}'.encode())))
    assert entries
    assert all(isinstance(entry, (Record, Problem)) for entry in entries)


def test_real_files(shared_data: Path) -> None:
    """Files of Embase give each work with its place and its DOI."""
    for name in ("asreview-embase.csv", "asreview-embase_newpage.csv"):
        records = _read(Source(shared_data / "formats" / "embase-csv" / name))
        assert len(records) == 6
        assert all(record.doi and record.publication_year and record.volume for record in records)
