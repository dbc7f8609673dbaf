"""Cells of a row made into a work."""

from __future__ import annotations

from typing import Any

import pytest

from nqp_biblio.readers.table_columns import column_of
from nqp_biblio.readers.table_rows import Row, Table
from nqp_biblio.readers.table_works import (
    Habits,
    clean_cell,
    csl_type,
    fill_record,
    finish_record,
    values_of,
)
from nqp_biblio.record import Record


def _filled(**values: str) -> Record:
    record = Record()
    fill_record(record, values, record.fields, Habits())
    return record


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"year": "2001", "date": "May 2001"}, {"publication_date": "2001-05"}),
        ({"date": "20010502"}, {"publication_year": 2001, "publication_date": "2001-05-02"}),
        ({"year": "2001", "month": "5", "day": "2"}, {"publication_date": "2001-05-02"}),
        ({"year": "2001", "month": "May"}, {"publication_date": "2001-05"}),
        ({"first_page": "5", "last_page": "9"}, {"pages": [("5", "9")]}),
        ({"url": "https://doi.org/10.1000/A"}, {"doi": "10.1000/a"}),
        ({"pmid": "https://pubmed.ncbi.nlm.nih.gov/123/"}, {"pmid": "123"}),
        ({"issn": "12345679; 13579246"}, {"issn": "1234-5679"}),
        ({"isbn": "1234-5679"}, {"issn": "1234-5679", "isbn": None}),
        ({"source_raw": "Atlas", "issue": "2"}, {"type": "article-journal"}),
        ({"source_raw": "Atlas"}, {"type": "document"}),
        (
            {"source": "Atlas (2001) 5:2 (10-12)"},
            {"source_raw": "Atlas", "volume": "5", "issue": "2", "pages": [("10", "12")]},
        ),
        (
            {"source_raw": "Atlas", "citation": "Atlas. 2001 Dec 21;1(2):10-11. doi: 10.1/x."},
            {"volume": "1", "issue": "2", "publication_date": "2001-12-21"},
        ),
        ({"cited_by_count": "7.0"}, {"cited_by_count": 7}),
        ({"cited_by_count": "many"}, {"fields": [("cited_by_count", "many")]}),
        ({"title": "<i>Maps</i> of a<b"}, {"title": "Maps of a<b"}),
        ({"language": "Espanhol"}, {"language": "es"}),
    ],
)
def test_attributes(values: dict[str, str], expected: dict[str, Any]) -> None:
    """Cells become attributes, in whatever form tables print them."""
    record = _filled(**values)
    assert {name: getattr(record, name) for name in expected} == expected


def test_no_year() -> None:
    """A year that is none is said, and left empty."""
    record = Record()
    (reason,) = fill_record(record, {"year": "soon"}, [], Habits())
    assert "no year in 'soon'" in reason
    assert (record.publication_year, record.year_raw) == (None, "soon")


@pytest.mark.parametrize("empty", ["", "NA", "n/a", "-", "null", "[]"])
def test_missing_values(empty: str) -> None:
    """What stands for nothing is nothing, but a title may be anything."""
    row = Row(2, [empty, empty, "2001"])
    values, left = values_of(row, ["title", "doi", "year"], column_of)
    assert "doi" not in values
    assert values.get("title", "") == empty
    assert (values["year"], left) == ("2001", [])


@pytest.mark.parametrize(
    ("cell", "text"),
    [("'=1+1", "=1+1"), (" a\u00a0 b ", "a b"), ("R&amp;D", "R&D"), ("'quoted'", "'quoted'")],
)
def test_clean_cell(cell: str, text: str) -> None:
    """Blanks, entities and the guard against formulas go; all else stays."""
    assert clean_cell(cell) == text


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("Article", "article-journal"),
        ("CONF", "paper-conference"),
        ("Book Chapter", "chapter"),
        ("IEEE Conferences", "paper-conference"),
        ("Dissertation/Thesis", "thesis"),
        ("legal_case", "legal_case"),
        ("Poem", None),
    ],
)
def test_types(printed: str, kind: str | None) -> None:
    """Kinds are known in the words of CSL, RIS and databases."""
    assert csl_type(printed) == kind


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (Row(4, ["Maps"]), "1 cells where the header has 2"),
        (Row(4, ["Maps"], is_open=True), "a quotation mark is never closed"),
    ],
)
def test_finished(row: Row, reason: str) -> None:
    """A record has its line, its sheet and what is wrong with its row."""
    table = Table(["title", "year"], 1, None, iter(()), ",", "Old")
    record = finish_record(Record(file="a.csv"), row, table, left=[("a", "b")], reasons=[])
    assert (record.line, record.fields) == (4, [("a", "b"), ("sheet", "Old")])
    (problem,) = record.problems
    assert (problem.file, problem.line, problem.raw) == ("a.csv", 4, "Maps")
    assert reason in problem.reason
