"""Packed files: gzip and zip, opened in bounds, so that a small file cannot fill the memory."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from nqp_biblio.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["is_gzip", "is_zip", "unpack_gzip", "unpack_zip"]

_MAGIC = b"\x1f\x8b"
_ZIP_MAGIC = b"PK\x03\x04"
_IS_ENCRYPTED = 1
_CHUNK = 1 << 20
_MAX_SIZE_MB = 256
_MAX_RATIO = 100
_HARMLESS = 1 << 20
"""Bytes below which the ratio is not looked at: a short file of blanks is no attack."""


def is_gzip(data: bytes) -> bool:
    """Whether bytes begin as a gzip file does."""
    return data.startswith(_MAGIC)


def unpack_gzip(data: bytes, name: str) -> bytes:
    """Unpack a gzip file of one or more members.

    Parameters
    ----------
    data : bytes
        The file as it is on disk.
    name : str
        Its name, for messages.

    Returns
    -------
    bytes
        The content, at most 256 MB, and at most 100 times as long as `data` where it is
        longer than 1 MB.

    Raises
    ------
    InputError
        If the file is cut short or broken, or the content goes beyond these bounds.
    """
    chunks: list[bytes] = []
    size = 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            while chunk := packed.read(_CHUNK):
                size += len(chunk)
                _refuse_beyond_bounds(name, size, len(data))
                chunks.append(chunk)
    except EOFError:
        raise InputError(f"{name}: the gzip file is cut short; get it again") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"{name}: a broken gzip file ({error})") from None
    return b"".join(chunks)


def is_zip(data: bytes) -> bool:
    """Whether bytes begin as a zip file does."""
    return data.startswith(_ZIP_MAGIC)


def unpack_zip(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Unpack the files of a zip file one by one, into memory alone.

    Parameters
    ----------
    data : bytes
        The file as it is on disk.
    name : str
        Its name, for messages.

    Yields
    ------
    (str, bytes)
        The path of a file within, and its content. Folders, hidden files and what macOS adds
        are passed over.

    Raises
    ------
    InputError
        If the file is broken, encrypted, or its content goes beyond 256 MB in all or, where
        it is longer than 1 MB, 100 times the size of `data`.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise InputError(f"{name}: a broken zip file ({error})") from None
    size = 0
    with archive:
        for member in archive.infolist():
            if member.is_dir() or _is_hidden(member.filename):
                continue
            if member.flag_bits & _IS_ENCRYPTED:
                raise InputError(f"{name}: {member.filename} needs a password; unpack it yourself")
            content = bytearray()
            for content in _grown(archive, member, name):
                _refuse_beyond_bounds(name, size + len(content), len(data))
            size += len(content)
            yield member.filename, bytes(content)


def _is_hidden(path: str) -> bool:
    """Tell a file that a system put in beside those of the user."""
    return any(part.startswith((".", "__MACOSX")) for part in path.split("/"))


def _grown(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Iterator[bytearray]:
    """Yield the content of a file as it grows."""
    content = bytearray()
    try:
        with archive.open(member) as packed:
            while chunk := packed.read(_CHUNK):
                content += chunk
                yield content
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise InputError(f"{name}: {member.filename} cannot be unpacked ({error})") from None


def _refuse_beyond_bounds(name: str, size: int, packed_size: int) -> None:
    """Stop where the content grows too long, as soon as it does."""
    if size > _MAX_SIZE_MB * 1_000_000:
        raise InputError(
            f"{name}: more than {_MAX_SIZE_MB} MB when unpacked; unpack it and split the file"
        )
    if size > _HARMLESS and size > _MAX_RATIO * packed_size:
        raise InputError(
            f"{name}: unpacks to more than {_MAX_RATIO} times its size, as a gzip bomb does;"
            " unpack it yourself if you trust it"
        )
