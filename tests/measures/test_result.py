"""Results: a table with the parameters and the source of its figures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nqp_biblio.measures.result import Result


@pytest.fixture
def result() -> Result:
    """Make a small result."""
    rows = [("Chen <b>", 2, 0.123456), ("李明", None, 1.0)]
    return Result(("author", "works", "share"), rows, {"measure": "toy", "reference": "none"})


def test_frame_has_rows_in_order(result: Result) -> None:
    """As a pandas table it has the same columns, and rows in the same order."""
    assert list(result.frame.columns) == ["author", "works", "share"]
    assert list(result.frame["author"]) == ["Chen <b>", "李明"]


def test_column(result: Result) -> None:
    """One column is a list; missing values are None."""
    assert result.column("works") == [2, None]
    with pytest.raises(ValueError, match="not in tuple"):
        result.column("citations")


def test_length_and_repr(result: Result) -> None:
    """It has as many rows as it says, and says which measure it is."""
    assert len(result) == 2
    assert repr(result).startswith("<Result: toy, 2 rows")


def test_notebook_table_is_escaped(result: Result) -> None:
    """In a notebook, text from outside stays text; what is missing is blank."""
    shown = result._repr_html_()
    assert "Chen &lt;b&gt;" in shown
    assert "<td></td>" in shown
    assert "0.1235" in shown


def test_cannot_be_changed(result: Result) -> None:
    """A result stays what it was."""
    with pytest.raises(AttributeError, match="no setter"):
        result.rows = []  # type: ignore[misc]


def test_missing_whole_numbers() -> None:
    """A column of whole numbers stays one where a value is missing."""
    result = Result(("item", "value"), [("a", 2001), ("b", None)], {})
    assert str(result.frame["value"].dtype) == "Int64"
    assert result.frame["value"].isna().tolist() == [False, True]


def test_of_columns() -> None:
    """A table made of columns is the same as one made of rows; nan is missing."""
    columns: dict[str, Any] = {
        "author": ["Ek", "Bo"],
        "h": np.array([2, 1]),
        "share": np.array([0.5, np.nan]),
    }
    result = Result.of_columns(columns, {"measure": "toy"})
    assert len(result) == 2
    assert result.column("share") == [0.5, None]
    assert result.rows == [("Ek", 2, 0.5), ("Bo", 1, None)]
    assert list(result.frame.columns) == ["author", "h", "share"]
    by_rows = Result(("author", "h", "share"), result.rows, {"measure": "toy"})
    assert result == by_rows
    with pytest.raises(ValueError, match="one length"):
        Result.of_columns({"a": [1], "b": [1, 2]}, {})
