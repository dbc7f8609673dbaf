"""One input: its name, its bytes, and its text in whatever encoding it came."""

from __future__ import annotations

import itertools
import sys
from functools import cached_property
from pathlib import Path

from nqp_biblio.errors import EmptyInputError, InputError, MissingFileError
from nqp_biblio.readers.archives import is_gzip, unpack_gzip

__all__ = ["STDIN", "Source"]

STDIN = "-"
"""The path that names the standard input."""

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_BLANKS = b"\xef\xbb\xbf\xff\xfe\x00 \t\n\v\f\r"
"""Bytes of blanks and byte order marks in any encoding; nothing else is an empty file."""

_GUESSED = {
    "cp1252": "cp1252 (Latin-1)",
    "gb18030": "GB 18030",
    "utf-16-le": "UTF-16 without a byte order mark",
    "utf-16-be": "UTF-16 without a byte order mark",
}
_HEAD = 64_000
_MAX_CONTROL_SHARE = 0.02
_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x1f\x8b", "a gzip file within a gzip file"),
)


class Source:
    """One input file; one packed by gzip is unpacked, and goes by its ending before .gz.

    Parameters
    ----------
    path : str or Path
        The file, or ``-`` for the standard input.

    Raises
    ------
    MissingFileError
        If there is no such file.
    EmptyInputError
        If it holds nothing but blanks.
    InputError
        If it cannot be opened, is a folder, or is a gzip file that is broken or too large.
    """

    def __init__(self, path: str | Path) -> None:
        self.name = "<stdin>" if str(path) == STDIN else str(path)
        self.suffix = Path(self.name).suffix.lower()
        self.data = sys.stdin.buffer.read() if str(path) == STDIN else _bytes_of(Path(path))
        if is_gzip(self.data):
            self.data = unpack_gzip(self.data, self.name)
            if self.suffix == ".gz":
                self.suffix = Path(Path(self.name).stem).suffix.lower()
        if not self.data.strip(_BLANKS):
            raise EmptyInputError(f"{self.name}: the file is empty")

    @cached_property
    def encoding(self) -> str:
        """Encoding of the text, as Python names it."""
        return _encoding_of(self.data)

    @property
    def guess(self) -> str | None:
        """What was guessed of the encoding, for people; None where nothing had to be."""
        if self.encoding in _GUESSED and not self.data.isascii():
            return f"no UTF-8: the encoding was guessed to be {_GUESSED[self.encoding]}"
        return None

    @cached_property
    def text(self) -> str:
        """The text, with line feeds at line ends and without byte order mark.

        Raises
        ------
        InputError
            If the content is not text.
        """
        if kind := _binary_kind(self.data):
            raise InputError(f"{self.name}: {kind}, not text; formats lists what can be read")
        text = self.data.decode(self.encoding, errors="replace").removeprefix("\ufeff")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if _control_share(text[:_HEAD]) > _MAX_CONTROL_SHARE:
            raise InputError(
                f"{self.name}: a binary file, not text; formats lists what can be read"
            )
        return text

    @property
    def head(self) -> str:
        """The beginning of the text, for telling formats apart; empty for binary data."""
        try:
            return self.text[:_HEAD]
        except InputError:
            return ""


def _bytes_of(path: Path) -> bytes:
    """Read a file whole."""
    if path.is_dir():
        raise InputError(f"{path}: a folder, not a file")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise MissingFileError(f"{path}: no such file") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be opened ({error.strerror})") from error


def _encoding_of(data: bytes) -> str:
    """Tell the encoding: byte order mark, UTF-16 by its zeros, UTF-8, GB 18030, cp1252."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    if wide := _wide_encoding(data[:_HEAD]):
        return wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit_encoding(data)
    return "utf-8"


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 without a mark shows as zeros in every other byte."""
    pairs = len(head) // 2
    if not pairs:
        return None
    even, odd = head[0::2].count(0) / pairs, head[1::2].count(0) / pairs
    if odd > 0.3 and even < 0.05:  # noqa: PLR2004
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 and odd < 0.05 else None  # noqa: PLR2004


def _eight_bit_encoding(data: bytes) -> str:
    """GB 18030 where most of the high bytes make common Chinese characters, else cp1252."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return "cp1252"
    high = [character for character in text if ord(character) > 127]  # noqa: PLR2004
    chinese = sum("\u4e00" <= character <= "\u9fff" for character in high)
    runs = sum(
        "\u4e00" <= first <= "\u9fff" and "\u4e00" <= second <= "\u9fff"
        for first, second in itertools.pairwise(text)
    )
    return "gb18030" if high and chinese > 0.8 * len(high) and runs > chinese / 3 else "cp1252"


def _binary_kind(data: bytes) -> str | None:
    """Name a well-known binary format by its first bytes."""
    return next((kind for mark, kind in _SIGNATURES if data.startswith(mark)), None)


def _control_share(text: str) -> float:
    """Share of characters that no text has."""
    if not text:
        return 0.0
    bad = sum(
        (character < " " and character not in "\t\n\f\v\x1b") or character == "\ufffd"
        for character in text
    )
    return bad / len(text)
