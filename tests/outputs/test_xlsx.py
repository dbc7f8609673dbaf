"""A corpus as a workbook: a sheet a table, text as text, the same bytes each time."""

from __future__ import annotations

import time
import zipfile
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

import nqp_biblio as nb
from nqp_biblio.outputs import xlsx
from nqp_biblio.outputs.xlsx import LONGEST_CELL, SHEETS, write_xlsx

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def corpus() -> nb.Corpus:
    """Give works whose values are no plain text."""
    return nb.corpus_of(
        [
            nb.Record(key="=1+1", title="#N/A", abstract="a\x00b\x1f", volume="007"),
            nb.Record(key="@SUM(1)", title="新质生产力", cited_by_count=3, issue="-2"),
            nb.Problem("a.bib", 1, "?", "no work"),
        ]
    )


def test_sheets_and_cells(corpus: nb.Corpus, tmp_path: Path) -> None:
    """Each table has its sheet, each column its name; text is text and numbers are numbers."""
    nb.write(corpus, tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == list(SHEETS)
    head, first, second = book["works"].iter_rows()
    cells = {str(name.value): cell for name, cell in zip(head, first, strict=True)}
    assert (cells["key"].value, cells["key"].data_type) == ("=1+1", "s")
    assert (cells["title"].value, cells["title"].data_type) == ("#N/A", "s")
    assert (cells["abstract"].value, cells["volume"].value) == ("ab", "007")
    others = {str(name.value): cell.value for name, cell in zip(head, second, strict=True)}
    assert (others["key"], others["cited_by_count"], others["issue"]) == ("@SUM(1)", 3, "-2")
    assert [row[4] for row in book["problems"].iter_rows(values_only=True)] == ["reason", "no work"]


def test_no_formula(corpus: nb.Corpus, tmp_path: Path) -> None:
    """No cell of the file is a formula."""
    write_xlsx(corpus, tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as packed:
        sheets = [name for name in packed.namelist() if "worksheets" in name]
        assert len(sheets) == len(SHEETS)
        assert not any(b"<f>" in packed.read(name) for name in sheets)


def test_same_bytes(corpus: nb.Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same corpus gives the same bytes at another time, with one date for all parts."""
    write_xlsx(corpus, tmp_path / "a.xlsx")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_400)
    write_xlsx(corpus, tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = packed.read("docProps/core.xml")
    assert core.count(b"1980-01-01T00:00:00Z") == 2


def test_a_cell_has_an_end(tmp_path: Path) -> None:
    """A text that is too long for a cell is cut, and shows it."""
    write_xlsx(nb.corpus_of([nb.Record(title="x" * 40_000)]), tmp_path / "a.xlsx")
    title = load_workbook(tmp_path / "a.xlsx")["works"]["E2"].value
    assert isinstance(title, str)
    assert (len(title), title[-2:]) == (LONGEST_CELL, "x…")


def test_a_sheet_has_an_end(
    corpus: nb.Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table with more rows than a sheet takes goes on in another."""
    monkeypatch.setattr(xlsx, "_MOST_ROWS", 2)
    write_xlsx(corpus, tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    assert [book[name]["C2"].value for name in ("works", "works 2")] == ["=1+1", "@SUM(1)"]
