"""Packed files: what is whole is opened, what is broken or too large is refused."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from nqp_biblio.errors import InputError
from nqp_biblio.readers import archives
from nqp_biblio.readers.archives import is_gzip, is_zip, unpack_gzip, unpack_zip
from nqp_biblio.readers.source import Source

if TYPE_CHECKING:
    from pathlib import Path

TEXT = b"[1] Berg, A. Maps. 2001.\n" * 50


def _bomb(size_mb: int) -> bytes:
    stream = io.BytesIO()
    with gzip.GzipFile(fileobj=stream, mode="wb", mtime=0) as packed:
        for _ in range(size_mb):
            packed.write(b" " * 1_000_000)
    return stream.getvalue()


def test_whole() -> None:
    """A gzip file comes out as it went in."""
    assert is_gzip(gzip.compress(TEXT, mtime=0))
    assert unpack_gzip(gzip.compress(TEXT), "a.gz") == TEXT


def test_members() -> None:
    """Files put one behind the other are read as one."""
    assert unpack_gzip(gzip.compress(b"a") + gzip.compress(b"b"), "a.gz") == b"ab"


@pytest.mark.parametrize("keep", [5, 20, -4])
def test_cut_short(keep: int) -> None:
    """A file cut short is said to be so, under its name."""
    with pytest.raises(InputError, match=r"a\.gz: the gzip file is cut short"):
        unpack_gzip(gzip.compress(TEXT, mtime=0)[:keep], "a.gz")


@pytest.mark.parametrize(
    "data",
    [b"\x1f\x8b\x07" + bytes(20), gzip.compress(TEXT, mtime=0)[:-8] + bytes(8)],
    ids=["method", "checksum"],
)
def test_broken(data: bytes) -> None:
    """A file that is no sound gzip is called broken."""
    with pytest.raises(InputError, match=r"a\.gz: a broken gzip file"):
        unpack_gzip(data, "a.gz")


def test_bomb() -> None:
    """A small file that would fill the memory is refused."""
    with pytest.raises(InputError, match="more than 100 times its size"):
        unpack_gzip(_bomb(3), "a.gz")


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the bound of its size is refused however it is packed."""
    monkeypatch.setattr(archives, "_MAX_SIZE_MB", 0)
    with pytest.raises(InputError, match="more than 0 MB when unpacked"):
        unpack_gzip(gzip.compress(TEXT), "a.gz")


def test_short_file_of_blanks() -> None:
    """A short file may be packed as tightly as it likes."""
    data = b" " * 500_000
    assert unpack_gzip(gzip.compress(data), "a.gz") == data


def test_published_bomb(shared_data: Path) -> None:
    """A bomb of 300 MB is refused."""
    with pytest.raises(InputError, match="gzip bomb"):
        Source(shared_data / "badinputs" / "gz-bomb" / "a.bib.gz")


def _zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return stream.getvalue()


def test_zip() -> None:
    """The files of a zip come out as they went in, without what a system added."""
    members = {"a.ris": TEXT, "more/b.bib": b"@book{b,}", "__MACOSX/a.ris": b"x", ".hidden": b"x"}
    data = _zipped(members)
    assert is_zip(data)
    assert list(unpack_zip(data, "a.zip")) == [("a.ris", TEXT), ("more/b.bib", b"@book{b,}")]


def test_zip_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip that unpacks to far more than itself, or beyond the bound in all, is refused."""
    with pytest.raises(InputError, match="more than 100 times its size"):
        list(unpack_zip(_zipped({"a": b" " * 3_000_000}), "a.zip"))
    monkeypatch.setattr(archives, "_MAX_SIZE_MB", 0)
    with pytest.raises(InputError, match="more than 0 MB when unpacked"):
        list(unpack_zip(_zipped({"a": b"x", "b": b"y"}), "a.zip"))


def test_broken_zips() -> None:
    """A zip that is cut or whose content does not fit its checksum is called broken."""
    data = _zipped({"a.ris": TEXT})
    with pytest.raises(InputError, match=r"a\.zip: a broken zip file"):
        list(unpack_zip(data[:-30], "a.zip"))
    place = data.index(b"a.ris") + 8
    with pytest.raises(InputError, match=r"a\.zip: a\.ris cannot be unpacked"):
        list(unpack_zip(data[:place] + b"\xff\xff" + data[place + 2 :], "a.zip"))


def test_zip_with_a_password() -> None:
    """A zip that asks for a password is said to do so."""
    data = bytearray(_zipped({"a.ris": TEXT}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    with pytest.raises(InputError, match=r"a\.ris needs a password"):
        list(unpack_zip(bytes(data), "a.zip"))
