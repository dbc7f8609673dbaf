"""The door to DuckDB: values on their way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from nqp_biblio.corpus.engine import Spool, plain
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from pathlib import Path

ODD_TEXTS = [
    "",
    " ",
    "null",
    "NaN",
    "true",
    "007",
    "1e5",
    "\"quoted\" and 'single'",
    "back\\slash and \\n",
    "two\nlines\r\nand\ttab",
    "新质生产力 – “ﬁ” 🙂",
    "\u2028 line separator",
    "{'a': 1}",
    "2024-01-01",
    "x" * 100_000,
]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (3, 3),
        (True, True),
        ("x", "x"),
        (0.5, 0.5),
        (float("nan"), None),
        (np.int64(3), 3),
        (np.float64(0.5), 0.5),
        (np.float64("nan"), None),
        (np.bool_(1), True),
        (np.str_("x"), "x"),
        (pd.NA, None),
        (pd.NaT, None),
    ],
)
def test_plain(value: object, expected: object) -> None:
    """Numbers of NumPy and pandas become Python's, and all kinds of missing become None."""
    found = plain(value)
    assert found == expected
    assert isinstance(found, type(expected))


def test_texts_come_back() -> None:
    """A text is kept as it is, whatever it looks like."""
    with Spool() as spool:
        for number, text in enumerate(ODD_TEXTS, 1):
            spool.add_columns("works", {"work_id": [number], "title": [text]})
        session = spool.session()
    rows = session.query("SELECT title FROM works ORDER BY work_id")
    assert [row[0] for row in rows] == ODD_TEXTS


def test_half_a_character_does_not_stop_loading() -> None:
    """A lone surrogate, as broken JSON gives, is replaced."""
    with Spool() as spool:
        spool.add_columns("works", {"work_id": [1], "title": ["a\ud800b"]})
        session = spool.session()
    assert session.query("SELECT title FROM works") == [("a?b",)]


def test_nul_character_comes_back() -> None:
    """A NUL inside a text neither cuts it nor stops loading."""
    with Spool() as spool:
        spool.add_columns("works", {"work_id": [1], "title": ["a\x00b"]})
        session = spool.session()
    assert session.query("SELECT title FROM works") == [("a\x00b",)]


def test_every_column_has_its_type() -> None:
    """The tables in memory have the columns and types of the schema."""
    with Spool() as spool:
        session = spool.session()
    for table in TABLES.values():
        rows = session.query(f"DESCRIBE {table.name}")
        assert [row[:2] for row in rows] == [(c.name, c.type) for c in table.columns]


def test_spool_leaves_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever was written on the way in is gone at the end, after an error too."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Spool() as spool:
        spool.add_columns("works", {"work_id": [1]})
        assert list(tmp_path.iterdir())
    with Spool() as spool:
        spool.add("works", (object(),))
        with pytest.raises(TypeError, match="unsupported"):
            spool.session()
    assert list(tmp_path.iterdir()) == []


def test_no_extension_is_fetched() -> None:
    """The database never reaches for the network."""
    with Spool() as spool:
        session = spool.session()
    names = "('autoinstall_known_extensions', 'autoload_known_extensions')"
    rows = session.query(f"SELECT value FROM duckdb_settings() WHERE name IN {names}")
    assert rows == [("false",), ("false",)]
