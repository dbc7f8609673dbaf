"""A user's own names of columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nqp_biblio.errors import InputError, MissingFileError, OptionError, UnknownNameError
from nqp_biblio.readers.column_map import ColumnMap, load_columns, parse_columns
from nqp_biblio.readers.generic_csv import has_columns, mapped_format, read_table
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


def _records(text: str, columns: ColumnMap) -> list[Record | Problem]:
    return list(read_table(Source("a.csv", data=text.encode()), columns))


def test_own_names() -> None:
    """Columns are read by the user's names first, then by the usual ones."""
    columns = ColumnMap.of(
        {"paper NAME": "title", "Yr": "publication_year", "Who": "authors", "Where": "journal"}
    )
    text = (
        "Notes of 2001\nPaper name,Yr,Who,Where,Stars,DOI\nMaps,2001,Ada Berg,Atlas,5,10.1000/a\n"
    )
    (record,) = _records(text, columns)
    assert isinstance(record, Record)
    assert (record.title, record.publication_year, record.source_raw) == ("Maps", 2001, "Atlas")
    assert record.people[0].family == "Berg"
    assert (record.doi, record.type, record.line) == ("10.1000/a", "article-journal", 3)
    assert record.fields == [("Stars", "5")]
    assert record.problems == []


def test_column_kept_as_it_is() -> None:
    """A column named fields is not read, whatever its own name says."""
    columns = ColumnMap.of({"source": "fields", "name": "title"})
    (record,) = _records("name,source,year\nMaps,by hand,2001\n", columns)
    assert isinstance(record, Record)
    assert record.source_raw is None
    assert record.fields == [("source", "by hand")]


def test_own_column_before_the_usual_one() -> None:
    """Where the user names another column, the usual one is kept as it is."""
    columns = ColumnMap.of({"real title": "title"})
    (record,) = _records("title,real title,year\nA,B,2001\n", columns)
    assert isinstance(record, Record)
    assert (record.title, record.fields) == ("B", [("title", "A")])


def test_missing_column_is_said() -> None:
    """A column that the table does not have is a problem, and the rest is read."""
    columns = ColumnMap.of({"Name": "title", "Nope": "doi"})
    (record,) = _records("Name,Yr\nMaps,2001\n", columns)
    assert isinstance(record, Record)
    assert record.title == "Maps"
    assert "no column 'Nope'; the header has Name, Yr" in record.problems[0].reason


def test_table_without_any_of_them() -> None:
    """A table that has none of the columns is a problem that names them."""
    (problem,) = _records("a,b\n1,2\n", ColumnMap.of({"Name": "title"}))
    assert isinstance(problem, Problem)
    assert "such as Name" in problem.reason


@pytest.mark.parametrize(
    ("text", "has"),
    [("Name,Yr\nMaps,2001\n", True), ("a,b\n1,2\n", False), ("TY  - JOUR\n", False)],
)
def test_has_columns(text: str, has: bool) -> None:  # noqa: FBT001
    """A table is told by its columns; other files are left to their formats."""
    source = Source("a.txt", data=text.encode())
    assert has_columns(source, ColumnMap.of({"Name": "title"})) is has


def test_mapped_format() -> None:
    """A format of its own reads what has one of the columns."""
    form = mapped_format(ColumnMap.of({"Name": "title"}))
    source = Source("a.csv", data=b"Name,Yr\nMaps,2001\n")
    assert form.matches(source) == 1
    (record,) = form.records(source)
    assert isinstance(record, Record)
    assert record.title == "Maps"
    assert form.matches(Source("a.csv", data=b"title,year\nMaps,2001\n")) == 0


@pytest.mark.parametrize(
    ("columns", "error", "reason"),
    [
        ({}, OptionError, "columns is empty"),
        ({"a": "titel"}, UnknownNameError, "unknown column 'titel'.*Did you mean 'title'"),
        ({"a": "title", "b": "title"}, OptionError, "'a' and 'b' both name the column 'title'"),
        ({"a": "publication_year", "b": "year"}, OptionError, "both name the column"),
        ({" ": "title"}, OptionError, "needs names"),
        ({"a": 1}, OptionError, "needs names"),
    ],
)
def test_maps_that_cannot_be(columns: dict[str, str], error: type[Exception], reason: str) -> None:
    """A map is checked when it is made."""
    with pytest.raises(error, match=reason):
        ColumnMap.of(columns)


@pytest.mark.parametrize("head", ["", "[columns]\n"])
def test_map_in_a_file(tmp_path: Path, head: str) -> None:
    """A map is read from TOML, with or without the heading."""
    path = tmp_path / "map.toml"
    path.write_text(f'{head}"Paper name" = "title"\nYr = "publication_year"\n', encoding="utf-8")
    assert load_columns(path).names == (("Paper name", "title"), ("Yr", "publication_year"))


@pytest.mark.parametrize(
    "text", ["Paper name = title", "a = 1", "[columns]\na = ['title']", "\xff"]
)
def test_files_that_are_no_map(tmp_path: Path, text: str) -> None:
    """What is no TOML, or holds anything but names, is refused."""
    path = tmp_path / "map.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError, match="write lines such as"):
        load_columns(path)


def test_no_file(tmp_path: Path) -> None:
    """A map that is not there is said to be missing."""
    with pytest.raises(MissingFileError, match="no such file"):
        load_columns(tmp_path / "none.toml")


def test_options() -> None:
    """Options of the command line split at the last equals sign."""
    assert parse_columns(["Paper name=title", "a=b = doi"]).names == (
        ("Paper name", "title"),
        ("a=b", "doi"),
    )


@pytest.mark.parametrize("option", ["title", "=title", "name="])
def test_options_that_cannot_be(option: str) -> None:
    """An option without both names is refused."""
    with pytest.raises(OptionError, match="is not of the form"):
        parse_columns([option])


def test_option_given_twice() -> None:
    """A column of the file may be named once."""
    with pytest.raises(OptionError, match="given twice"):
        parse_columns(["a=title", "a=doi"])
