"""The workbook that this library writes, read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

import nqp_biblio as nb
from nqp_biblio.readers.corpus_workbook import is_corpus_workbook, read_corpus_workbook
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import CitedReference, Mention, Person, Problem, Record
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from pathlib import Path


def _full() -> list[Record | Problem]:
    inner = Record(role="reference", key="[1]", title="Maps", raw="[1] Maps", confidence=0.75)
    inner.file, inner.line, inner.format = "a.txt", 7, "text"
    paper = Record(
        role="paper",
        type="article-journal",
        title="=Sum of maps",
        publication_year=2001,
        year_raw="2001a",
        volume="007",
        pages=[("5", "9"), ("12", "12")],
        et_al=True,
        people=[
            Person("Berg", "Ada", "van", "Jr.", None, "van Berg Jr., Ada"),
            Person(literal="Map Group", raw="Map Group", role="editor"),
        ],
        affiliations=[("University of Oslo", 1), ("Map House", None)],
        keywords=[("author_keyword", "map"), ("index_keyword", "Atlas")],
        cited_references=[
            CitedReference("[1] Maps", label="[1]", title="Maps", work=inner),
            CitedReference("Small H, 1973", first_author="Small H", publication_year=1973),
        ],
        mentions=[Mention("[1]", "[1]", "Intro", 1, 2, "As said [1].", 40)],
        fields=[("Note", "0012")],
        problems=[Problem("a.txt", 3, "x", "odd")],
        file="a.txt",
        line=1,
        format="text",
    )
    other = Record(title="Next", doi="10.1000/a", cited_by_count=4, file="a.txt", format="text")
    return [paper, other, Problem("a.txt", 9, "raw", "lost")]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """A corpus comes back from its workbook, table for table."""
    corpus = nb.corpus_of(_full())
    nb.write(corpus, tmp_path / "a.xlsx")
    source = Source(tmp_path / "a.xlsx")
    assert is_corpus_workbook(source)
    assert detect_format(source).name == "xlsx"
    again = nb.read(tmp_path / "a.xlsx")
    for name, table in TABLES.items():
        query = f"SELECT * FROM {name} ORDER BY {', '.join(table.order)}"
        assert again.sql(query) == corpus.sql(query), name


def test_columns_have_one_type() -> None:
    """A name of a column has the same type in every table, by which cells are read."""
    kinds: dict[str, set[str]] = {}
    for table in TABLES.values():
        for column in table.columns:
            kinds.setdefault(column.name, set()).add(column.type)
    assert all(len(found) == 1 for found in kinds.values())


def test_changed_by_hand(tmp_path: Path) -> None:
    """A workbook that somebody worked in is read as far as its rows have their numbers."""
    nb.write(nb.corpus_of(_full()), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["works"]["E2"] = "Changed"
    book["works"].append(["by hand", "record", None, None, "New"])
    book["keywords"]["A2"] = 99
    book.create_sheet("My notes").append(["title", "year"])
    book.save(tmp_path / "b.xlsx")
    items = list(read_corpus_workbook(Source(tmp_path / "b.xlsx")))
    works = [item for item in items if isinstance(item, Record)]
    assert [work.title for work in works] == ["Changed", "Next"]
    problems = [item for item in items if isinstance(item, Problem)]
    assert [problem.reason for problem in problems] == [
        "lost",
        "no work_id in a row of the sheet 'works'; the row is left out",
    ]


def test_other_workbooks(tmp_path: Path) -> None:
    """A table of works is no workbook of this library."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["title", "year"])
    book.save(tmp_path / "a.xlsx")
    assert not is_corpus_workbook(Source(tmp_path / "a.xlsx"))
    assert not is_corpus_workbook(Source("a.csv", data=b"work_id,title\n"))
