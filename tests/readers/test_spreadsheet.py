"""Excel workbooks: values as people see them, and nothing hostile opened."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.readers.spreadsheet import first_rows, is_old_workbook, is_workbook, sheets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_NUMBERLESS = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<sheetData><row r="x"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
)
_SHEET = "xl/worksheets/sheet1.xml"


def _book(*tables: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(tables, 1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _source(data: bytes, name: str = "a.xlsx") -> Source:
    return Source(name, data=data)


def _changed(data: bytes, part: str, content: bytes) -> bytes:
    """Put another content into one part of a workbook."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (2019.0, "2019"),
        (2019, "2019"),
        (0.1, "0.1"),
        (10.1, "10.1"),
        (1e22, "10000000000000000000000"),
        (True, "TRUE"),
        (dt.date(2019, 5, 1), "2019-05-01"),
        (dt.datetime.fromisoformat("2019-05-01 12:30"), "2019-05-01 12:30:00"),
        ("  text ", "  text "),
        ("第一", "第一"),
        ("_x0041_", "_x0041_"),
    ],
)
def test_values(value: Any, shown: str) -> None:
    """A cell is read as people see it."""
    ((_, rows),) = sheets(_source(_book([["a", value, "z"]])))
    assert list(rows) == [(1, ["a", shown, "z"])]


def test_rows_keep_their_numbers() -> None:
    """Blank rows are left out, the others keep the numbers that Excel shows."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["B3"] = "one"
    sheet["A7"] = "two"
    stream = io.BytesIO()
    book.save(stream)
    ((name, rows),) = sheets(_source(stream.getvalue()))
    assert name == "Sheet"
    assert list(rows) == [(3, ["", "one"]), (7, ["two"])]


def test_formula_has_its_last_value() -> None:
    """A formula is the value last worked out; one never worked out is empty."""
    data = _book([["=1+1", "x"]])
    ((_, rows),) = sheets(_source(data))
    assert list(rows) == [(1, ["", "x"])]


def test_first_rows_of_each_sheet() -> None:
    """The first rows of all sheets are at hand for telling formats apart."""
    source = _source(_book([["a"], ["b"]], [], [["c"]]))
    assert first_rows(source) == [[["a"], ["b"]], [], [["c"]]]
    assert is_workbook(source)


def test_size_that_the_file_claims_is_not_believed() -> None:
    """A sheet that claims more rows than it has is read as it is."""
    data = _book([["a"], ["b"]])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(_SHEET)
    wide = xml.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
    assert wide != xml
    ((_, rows),) = sheets(_source(_changed(data, _SHEET, wide)))
    assert list(rows) == [(1, ["a"]), (2, ["b"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_dtd(encoding: str) -> None:
    """A part with a DTD is refused before it is parsed."""
    laughs = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'
    data = _changed(_book([["a"]]), _SHEET, laughs.encode(encoding))
    with pytest.raises(InputError, match="holds a DTD"):
        list(sheets(_source(data)))


def test_zip_bomb() -> None:
    """A workbook that unpacks to more than 100 times its size is refused."""
    data = _changed(_book([["a"]]), _SHEET, b" " * 20_000_000)
    with pytest.raises(InputError, match="zip bomb"):
        list(sheets(_source(data)))


def test_published_bomb(shared_data: Path) -> None:
    """A bomb of 200 MB is found to be a workbook, and refused."""
    source = Source(shared_data / "badinputs" / "xlsx-bomb" / "a.xlsx")
    form = detect_format(source)
    assert form.name == "xlsx"
    with pytest.raises(InputError, match="times its size"):
        list(form.records(source))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a workbook with a password",
        ),
        (b"PK\x03\x04" + b"\0" * 100, "broken workbook"),
    ],
)
def test_what_cannot_be_opened(data: bytes, reason: str) -> None:
    """Old, locked and broken workbooks are refused with what would do."""
    source = _source(data)
    form = detect_format(source)
    with pytest.raises(InputError, match=reason):
        list(form.records(source))


def test_binary_workbook() -> None:
    """A binary workbook is refused by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\0")
    with pytest.raises(InputError, match=r"\.xlsb"):
        list(sheets(_source(stream.getvalue())))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<worksheet><sheetData><row><c", "broken workbook"),
        (_NUMBERLESS, "cannot be read"),
    ],
)
def test_broken_sheet(content: bytes, reason: str) -> None:
    """A sheet that is cut or has nonsense for numbers is refused, with its name."""
    source = _source(_changed(_book([["a"]]), _SHEET, content))
    with pytest.raises(InputError, match=reason):
        [list(rows) for _, rows in sheets(source)]


def test_other_files() -> None:
    """Text and other zip files are no workbooks."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("refs.ris", "TY  - JOUR\n")
    assert not is_workbook(_source(stream.getvalue(), "a.zip"))
    assert not is_workbook(_source(b"title,year\n"))
    assert not is_old_workbook(_source(b"title,year\n"))


@given(st.binary(max_size=300), st.integers(0, 2_000))
def test_any_damage(damage: bytes, at: int) -> None:
    """A damaged sheet gives its rows or an InputError, never another exception."""
    data = _book([["title", "year"], ["Maps", 2001]])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(_SHEET)
    place = at % len(xml)
    source = _source(_changed(data, _SHEET, xml[:place] + damage + xml[place + len(damage) :]))
    try:
        read = [list(rows) for _, rows in sheets(source)]
    except InputError:
        return
    assert len(read) == 1
