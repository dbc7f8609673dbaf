"""Packed files: gzip, opened in bounds, so that a small file cannot fill the memory."""

from __future__ import annotations

import gzip
import io
import zlib

from nqp_biblio.errors import InputError

__all__ = ["is_gzip", "unpack_gzip"]

_MAGIC = b"\x1f\x8b"
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
