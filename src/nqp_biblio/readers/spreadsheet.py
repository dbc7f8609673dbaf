"""The one door to Excel workbooks (.xlsx): rows of text, opened in bounds."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import re
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING, cast
from weakref import WeakKeyDictionary

from nqp_biblio.errors import InputError
from nqp_biblio.readers.archives import is_zip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from nqp_biblio.readers.source import Source

    Rows = Iterator[tuple[int, list[str]]]

__all__ = ["first_rows", "is_old_workbook", "is_workbook", "sheets"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_PART = "xl/workbook.xml"
_BINARY_PART = "xl/workbook.bin"
_IS_ENCRYPTED = 1
_CHUNK = 1 << 20
_MAX_SIZE_MB, _MAX_RATIO, _HARMLESS = 256, 100, 1 << 20
_MAX_ROWS, _MAX_CELLS, _BATCH = 1_048_576, 20_000_000, 500
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0D\0O\0C\0T|\0<\0!\0D\0O\0C\0T")
_OVERLAP = 16
_HEAD_ROWS = 30
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, SyntaxError),
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError, NotImplementedError),
)
"""What a broken workbook makes openpyxl raise."""

_heads: WeakKeyDictionary[Source, list[list[list[str]]]] = WeakKeyDictionary()


def is_workbook(source: Source) -> bool:
    """Tell an Excel workbook by the parts that its zip file names."""
    if not is_zip(source.start):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            names = set(archive.namelist())
    except _BROKEN:
        return source.suffix in (".xlsx", ".xlsm")
    return not names.isdisjoint((_PART, _BINARY_PART))


def is_old_workbook(source: Source) -> bool:
    """Tell an .xls file, or a workbook with a password, which is wrapped like one."""
    if not source.start.startswith(_OLE):
        return False
    if source.suffix in (".xls", ".xlsx", ".xlsm"):
        return True
    return any(mark in source.data for mark in (_ENCRYPTED, *_BOOKS))


def sheets(source: Source) -> Iterator[tuple[str, Rows]]:
    """Yield the sheets of a workbook, each with its rows.

    Parameters
    ----------
    source : Source
        The file.

    Yields
    ------
    name : str
        Name of the sheet.
    rows : iterator of (int, list of str)
        The number of each row that has a cell, from 1, and its cells as people see them:
        2019.0 is "2019", a date is ISO 8601, a formula is the value last worked out.

    Raises
    ------
    InputError
        If the file is an .xls file, needs a password, is broken, holds a DTD, or goes beyond
        256 MB unpacked, 100 times its size where that is over 1 MB, or 20 million cells.
    """
    for sheet in _opened(source).worksheets:
        yield str(sheet.title), _rows(source.name, sheet)


def first_rows(source: Source) -> list[list[list[str]]]:
    """Return the first 30 rows of each sheet; none of a workbook that cannot be opened."""
    if source not in _heads:
        try:
            found = [
                [cells for _, cells in itertools.islice(rows, _HEAD_ROWS)]
                for _, rows in sheets(source)
            ]
        except InputError:
            found = []
        _heads[source] = found
    return _heads[source]


def _opened(source: Source) -> Workbook:
    """Open a workbook after a look at its parts."""
    from openpyxl import load_workbook

    if source.start.startswith(_OLE):
        raise InputError(f"{source.name}: {_old_kind(source.data)}")
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            _refuse_unsafe(archive, source)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(
                io.BytesIO(source.data), read_only=True, data_only=True, keep_links=False
            )
    except InputError:
        raise
    except _BROKEN as error:
        raise InputError(f"{source.name}: a broken workbook ({_said(error)})") from None


def _old_kind(data: bytes) -> str:
    """Say what an OLE file is, and what would do."""
    if _ENCRYPTED in data:
        return "a workbook with a password; open it and save it without one"
    return "an old Excel file (.xls); open it and save it as .xlsx or CSV"


def _refuse_unsafe(archive: zipfile.ZipFile, source: Source) -> None:
    """Refuse a workbook that unpacks beyond bounds, has a password or holds a DTD."""
    name, packed_size = source.name, len(source.data)
    members = archive.infolist()
    if _BINARY_PART in {member.filename for member in members}:
        raise InputError(f"{name}: a binary workbook (.xlsb); save it as .xlsx or CSV")
    _refuse_beyond_bounds(name, sum(member.file_size for member in members), packed_size)
    size = 0
    for member in members:
        if member.flag_bits & _IS_ENCRYPTED:
            raise InputError(f"{name}: {member.filename} needs a password; save it without one")
        tail = b""
        with archive.open(member) as part:
            while chunk := part.read(_CHUNK):
                size += len(chunk)
                _refuse_beyond_bounds(name, size, packed_size)
                is_xml = member.filename.endswith((".xml", ".rels", ".vml"))
                if is_xml and _DTD.search(tail + chunk):
                    raise InputError(
                        f"{name}: {member.filename} holds a DTD, which no workbook needs; not read"
                    )
                tail = chunk[-_OVERLAP:]


def _refuse_beyond_bounds(name: str, size: int, packed_size: int) -> None:
    """Refuse what grows too large."""
    if size > _MAX_SIZE_MB * 1_000_000:
        raise InputError(
            f"{name}: too large, more than {_MAX_SIZE_MB} MB when unpacked; split the table"
        )
    if size > _HARMLESS and size > _MAX_RATIO * packed_size:
        raise InputError(
            f"{name}: unpacks to more than {_MAX_RATIO} times its size, as a zip bomb does;"
            " save it as CSV if you trust it"
        )


def _rows(name: str, sheet: Worksheet) -> Rows:
    """Yield the rows of a sheet that have a cell."""
    n_cells = 0
    try:
        cast("_Sized", sheet).reset_dimensions()
        found = enumerate(sheet.iter_rows(values_only=True, max_row=_MAX_ROWS), 1)
        while batch := _batch(found):
            for number, values in batch:
                n_cells += len(values)
                if n_cells > _MAX_CELLS:
                    raise InputError(f"{name}: too large, more than 20 million cells in a sheet")
                cells = [_shown(value) for value in values]
                if any(cells):
                    yield number, cells
    except _BROKEN as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            f"{name}: the sheet {sheet.title!r} cannot be read ({_said(error)})"
        ) from None


class _Sized:
    """What the stubs of openpyxl leave out of a sheet that is only read."""

    def reset_dimensions(self) -> None:
        """Forget the size that the file claims."""


def _batch(found: Iterator[tuple[int, tuple[object, ...]]]) -> list[tuple[int, tuple[object, ...]]]:
    """Read some rows, without the warnings about dates and styles that nobody can act on."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(itertools.islice(found, _BATCH))


def _shown(value: object) -> str:
    """Show a value as people see it in its cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}" if abs(value) < 1e15 else f"{value:.0f}"  # noqa: PLR2004
    if isinstance(value, dt.datetime):
        is_day = value.time() == dt.time()
        return value.date().isoformat() if is_day else value.isoformat(" ", "seconds")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value)


def _said(error: BaseException) -> str:
    """What an error says, in short."""
    return (str(error) or type(error).__name__)[:120]
