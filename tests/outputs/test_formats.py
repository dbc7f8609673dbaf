"""The table of formats, and what is told of one."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.outputs.formats import format_lines, format_table, survival_matrix
from nqp_biblio.outputs.round_trip import COLUMNS
from nqp_biblio.outputs.writers import list_writers

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_every_column_has_its_state() -> None:
    """Each format that is written says of each column whether it is kept."""
    for row in format_table():
        if row["writes"] and row["of"] == "corpus":
            listed = [name for names in row["keeps"].values() for name in names]
            assert sorted(listed) == sorted(".".join(at) for at in COLUMNS)


def test_lines_of_one_format() -> None:
    """One format is told with its endings and its columns; one that is only read without."""
    lines = format_lines("ris")
    assert lines[:3] == ["ris: RIS", "reads and writes .ris", "kept, yes:"]
    assert any(line.startswith("  works: key type title") for line in lines)
    assert len(format_lines("text")) == 2


def test_unknown_format() -> None:
    """A format that there is not is refused by name."""
    with pytest.raises(UnknownNameError, match=r"unknown format 'riss'.*Did you mean 'ris'"):
        format_lines("riss")


def test_matrix() -> None:
    """The matrix has a row for each column, and a column for each format that is written."""
    head, _, *rows = survival_matrix().splitlines()
    assert head.count("|") == len(list_writers()) + 2
    assert len(rows) == len(COLUMNS)


def test_the_page_is_up_to_date() -> None:
    """The page of formats has the matrix: python docs/make_formats.py writes it."""
    spec = importlib.util.spec_from_file_location("make_formats", DOCS / "make_formats.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    text = (DOCS / "formats.md").read_text(encoding="utf-8")
    assert module.formats_page(text) == text
