"""CSV that a spreadsheet opens without harm."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.outputs.tables import format_rows, format_works
from nqp_biblio.record import CitedReference, Person, Record


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /c calc'!A0", "'+cmd|' /c calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\n=1"),
        ("a=1", "a=1"),
        (-2, "-2"),
        (-0.5, "-0.5"),
        (None, ""),
        (True, "true"),
        ('say "x", y', 'say "x", y'),
        ("two\nlines", "two\nlines"),
    ],
)
def test_cells(value: object, cell: str) -> None:
    """A text that a spreadsheet would run gets an apostrophe; a number does not."""
    assert _rows(format_rows(["c"], [[value]]))[1] == [cell]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"))))
def test_no_cell_begins_a_formula(values: list[str]) -> None:
    """Whatever the values are, no cell begins with a sign of a formula."""
    rows = _rows(format_rows(["a", "b"], [["x", value] for value in values]))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)


def test_one_row_a_work() -> None:
    """Columns of works come first, lists are joined, and missing is empty."""
    record = Record(
        key="=k",
        title="T",
        publication_year=2001,
        et_al=True,
        people=[Person(family="Doe", given="J."), Person(literal="G", role="editor")],
        keywords=[("author_keyword", "one"), ("author_keyword", "two")],
        pages=[("1", "2"), ("7", "7")],
        cited_references=[CitedReference(raw="x")],
    )
    head, row, bare = _rows(format_works([record, Record()]))
    cells = dict(zip(head, row, strict=True))
    assert cells["key"] == "'=k"
    assert cells["authors"] == "Doe, J.; et al."
    assert cells["editors"] == "G"
    assert cells["author_keywords"] == "one; two"
    assert cells["pages"] == "1–2; 7"
    assert cells["n_cited_references"] == "1"
    assert dict(zip(head, bare, strict=True))["title"] == ""


def test_columns_of_the_table_of_works() -> None:
    """The columns have the names of the table of works."""
    head = _rows(format_works([]))[0]
    assert {"role", "key", "title", "publication_year", "doi", "file"} <= set(head)
    assert len(head) == len(set(head))
