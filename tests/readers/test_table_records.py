"""What is said of tables as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nqp_biblio.readers.source import Source
from nqp_biblio.readers.table_columns import header_score
from nqp_biblio.readers.table_records import table_records
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from nqp_biblio.readers.table_rows import Row, Table


def _record(file: str, row: Row, table: Table) -> Record:
    del table
    return Record(title=row.cells[0], file=file, line=row.line)


def _read(text: str, missing: list[str] | None = None) -> list[Record | Problem]:
    return list(
        table_records(
            Source("a.csv", data=text.encode()),
            _record,
            score=header_score,
            wanted="title, year",
            form="csv",
            missing_of=lambda _: missing or [],
        )
    )


def test_each_row_is_a_record() -> None:
    """Each row below the header is a record, with the name of its format."""
    items = _read("title,year\nMaps,2001\nNext,2002\n")
    assert [(item.line, getattr(item, "format", None)) for item in items] == [
        (2, "csv"),
        (3, "csv"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("\n\na,b\n1,2\n", 3, "no header with names of columns such as title, year"),
        ("prose\ntitle,year\n", 2, "no row below the header"),
    ],
)
def test_nothing_to_read(text: str, line: int, reason: str) -> None:
    """A table without header or rows is one problem, where it stands."""
    (problem,) = _read(text)
    assert isinstance(problem, Problem)
    assert problem.line == line
    assert reason in problem.reason


def test_said_once() -> None:
    """What is wrong with the header is said once, on the first record."""
    first, second = _read("title,title\nMaps,a\nNext,b\n", ["doi"])
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert [problem.line for problem in first.problems] == [1, 1]
    assert "duplicate column 'title'" in first.problems[0].reason
    assert "no column 'doi'; the header has title, title" in first.problems[1].reason
    assert second.problems == []
