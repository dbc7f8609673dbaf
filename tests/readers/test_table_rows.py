"""Rows of tables: delimiters, headers, lines, and quotation marks that are never closed."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.source import Source
from nqp_biblio.readers.table_columns import header_score
from nqp_biblio.readers.table_rows import Row, Table, find_header, first_cell, ragged, tables

_HEAD = "title,authors,year"


def _table(text: str, name: str = "a.csv") -> Table:
    (table,) = tables(Source(name, data=text.encode()), header_score)
    return table


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("before", ["", "\ufeff", "sep={}\n", "Made by hand, in 2001\n\n"])
def test_header(delimiter: str, before: str) -> None:
    """The header is found under any delimiter, also below prose and what Excel adds."""
    text = before.format(delimiter) + f"{_HEAD}\nMaps,Berg,2001\n".replace(",", delimiter)
    table = _table(text)
    assert table.header == ["title", "authors", "year"]
    assert table.delimiter == delimiter
    line = 2 + before.count("\n")
    assert list(table.rows) == [Row(line, ["Maps", "Berg", "2001"])]
    assert find_header(Source("a.csv", data=text.encode()), header_score) == table.header


def test_lines_of_rows() -> None:
    """A row has the line where it begins, whatever line feeds and blank lines stand before it."""
    table = _table(
        f'{_HEAD}\r\n"Two\r\nlines",Berg,2001\r\n\r\n"a\n\nb",Dahl,2002\r\nLast,Eng,2003'
    )
    assert [(row.line, row.cells[0]) for row in table.rows] == [
        (2, "Two\nlines"),
        (5, "a\n\nb"),
        (8, "Last"),
    ]


def test_open_quotation_mark() -> None:
    """A quotation mark that is never closed ends with its line."""
    table = _table(f'{_HEAD}\n"Cut,Dahl,2002\nNext,Eng,2003\n"A, b","Fur, G",2004\n')
    assert list(table.rows) == [
        Row(2, ["Cut", "Dahl", "2002"], is_open=True),
        Row(3, ["Next", "Eng", "2003"]),
        Row(4, ["A, b", "Fur, G", "2004"]),
    ]


def test_many_open_quotation_marks() -> None:
    """Each row with such a mark is read alone, to the last."""
    text = _HEAD + "\n" + '"Cut,Dahl,2002\nNext,Eng,2003\n' * 200
    rows = list(_table(text).rows)
    assert len(rows) == 400
    assert [row.line for row in rows] == list(range(2, 402))


def test_open_quotation_mark_in_every_row() -> None:
    """Where every row has such a mark, every row is read."""
    rows = list(_table(_HEAD + "\n" + '"Cut,Dahl,2002\n' * 51).rows)
    assert rows == [Row(line, ["Cut", "Dahl", "2002"], is_open=True) for line in range(2, 53)]


def test_cell_of_any_length() -> None:
    """A long cell is read, and the limit of Python's parser is what it was."""
    before = csv.field_size_limit()
    (row,) = _table(f"{_HEAD}\n{'x' * 200_000},Berg,2001\n").rows
    assert len(row.cells[0]) == 200_000
    assert csv.field_size_limit() == before


def test_no_header() -> None:
    """Where no row names columns, the table says so and keeps its first row."""
    table = _table("a,b\n1,2\n")
    assert table.header == []
    assert table.first == Row(1, ["a", "b"])
    assert len(list(table.rows)) == 2


@pytest.mark.parametrize("text", ['{"title": 1, "doi": 2}', "<title>", "@article{a, title=b}"])
def test_other_texts_have_no_header(text: str) -> None:
    """JSON, XML and BibTeX are not looked through for columns."""
    assert find_header(Source("a.txt", data=text.encode()), header_score) == []


def test_first_cell() -> None:
    """The first cell under a column tells whose ids they are."""
    source = Source("a.csv", data=b"prose\nid,title,year\npub.1,Maps,2001\n")
    header = find_header(source, header_score)
    assert first_cell(source, header, "id") == "pub.1"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["a", "b"], None),
        (["a", "b", "", " "], None),
        (["a"], "1 cells where the header has 2"),
        (["a", "b", "c"], "3 cells where the header has 2"),
    ],
)
def test_ragged(cells: list[str], said: str | None) -> None:
    """Too few and too many cells are said; empty ones behind the last do not count."""
    reason = ragged(Row(1, cells), ["x", "y"])
    assert reason is None if said is None else said in (reason or "")


_CELL = st.text(st.sampled_from('ab é中",;|\t\n\u2028'))


@given(st.lists(st.lists(_CELL, min_size=3, max_size=3), max_size=5))
def test_what_is_written_is_read(rows: list[list[str]]) -> None:
    """Rows that a CSV writer quotes come back with their lines."""
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["title", "authors", "year"])
    lines, expected = 2, []
    for row in rows:
        if any(cell.strip() for cell in row):
            expected.append((lines, row))
        writer.writerow(row)
        lines += 1 + sum(cell.count("\n") for cell in row)
    table = _table(stream.getvalue())
    if table.header == ["title", "authors", "year"]:
        assert [(row.line, row.cells) for row in table.rows] == expected


@given(st.text(alphabet=st.sampled_from('a",;\n\t| x1'), max_size=200))
def test_any_text(text: str) -> None:
    """Any text gives rows whose lines rise."""
    lines = [row.line for row in _table(f"{_HEAD}\n{text}").rows]
    assert lines == sorted(set(lines))
