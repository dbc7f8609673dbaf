"""One input: its name, its bytes, and its text in whatever encoding it came."""

from __future__ import annotations

import codecs
import io
import itertools
import re
import sys
from functools import cached_property, partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from nqp_biblio.errors import EmptyInputError, InputError, MissingFileError
from nqp_biblio.readers.archives import is_gzip, unpack_gzip

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_TAIL = 200_000
_BLOCK = 1 << 20
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
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
    data : bytes, optional
        The content, where it is in memory already; `path` then only names it.

    Raises
    ------
    MissingFileError
        If there is no such file.
    EmptyInputError
        If it holds nothing but blanks.
    InputError
        If it cannot be opened, is a folder, or is a gzip file that is broken or too large.

    Notes
    -----
    `lines` and `blocks` read the file piece by piece; `data` and `text` hold it whole.
    """

    def __init__(self, path: str | Path, *, data: bytes | None = None) -> None:
        self.name = "<stdin>" if str(path) == STDIN else str(path)
        self.suffix = Path(self.name).suffix.lower()
        self._path = Path(path)
        self._is_decoded = False
        if data is not None:
            self.data = data
        elif str(path) == STDIN:
            self.data = sys.stdin.buffer.read()
        elif not self._path.is_file():
            with _opened(self._path) as pipe:  # it gives its bytes once
                self.data = pipe.read()
        self._unpack()

    def _unpack(self) -> None:
        """Open what gzip packed, and refuse a file without content."""
        with self._open() as stream:
            start = stream.read(_BLOCK)
        if is_gzip(start):
            self.data = unpack_gzip(self.data, self.name)
            start = self.data
            if self.suffix == ".gz":
                self.suffix = Path(Path(self.name).stem).suffix.lower()
        if not start.strip(_BLANKS) and not self.data.strip(_BLANKS):
            raise EmptyInputError(f"{self.name}: the file is empty")

    @cached_property
    def data(self) -> bytes:
        """The bytes of the whole file."""
        with self._open() as stream:
            return stream.read()

    @cached_property
    def start(self) -> bytes:
        """The first bytes, for telling binary formats apart."""
        with self._open() as stream:
            return stream.read(4 * _HEAD)

    @cached_property
    def encoding(self) -> str:
        """Encoding of the text, as Python names it."""
        with self._open() as stream:
            return _encoding_of(stream)

    @cached_property
    def n_lines(self) -> int:
        """Number of line ends, to tell how far reading has come."""
        with self._open() as stream:
            counts = [
                (block.count(b"\n"), block.count(b"\r"))
                for block in iter(partial(stream.read, _BLOCK), b"")
            ]
        return sum(n for n, _ in counts) or sum(n for _, n in counts)

    @property
    def guess(self) -> str | None:
        """What was guessed of the encoding, once text was read; None where nothing had to be."""
        if self._is_decoded and self.encoding in _GUESSED and not self._is_ascii:
            return f"no UTF-8: the encoding was guessed to be {_GUESSED[self.encoding]}"
        return None

    @cached_property
    def _is_ascii(self) -> bool:
        with self._open() as stream:
            return all(block.isascii() for block in iter(partial(stream.read, _BLOCK), b""))

    @cached_property
    def text(self) -> str:
        """The text, with line feeds at line ends and without byte order mark.

        Raises
        ------
        InputError
            If the content is not text.
        """
        return "".join(self.blocks(-1))

    def blocks(self, size: int = _BLOCK) -> Iterator[str]:
        """Yield the text in pieces, cut anywhere.

        Parameters
        ----------
        size : int
            Characters of a piece, as a bound; -1 for all in one.

        Yields
        ------
        str
            A piece, with line feeds at line ends and without byte order mark.

        Raises
        ------
        InputError
            If the content is not text.
        """
        with self._decoded() as stream:
            first = stream.read(size).removeprefix("\ufeff")
            if first:
                yield first
            yield from iter(partial(stream.read, size), "")

    def lines(self) -> Iterator[str]:
        """Yield the lines without their ends, of a file of any size in little memory.

        Yields
        ------
        str
            A line.

        Raises
        ------
        InputError
            If the content is not text.
        """
        with self._decoded() as stream:
            yield next(stream, "").removeprefix("\ufeff").removesuffix("\n")
            for line in stream:
                yield line.removesuffix("\n")

    @cached_property
    def head(self) -> str:
        """The beginning of the text, for telling formats apart; empty for binary data."""
        return "" if self._what_else else _decoded(self.start, self.encoding)[:_HEAD]

    @cached_property
    def tail(self) -> str:
        """The end of the text behind `head`; empty for binary data."""
        if self._what_else or len(self.head) < _HEAD:
            return ""
        with self._open() as stream:
            size = stream.seek(0, io.SEEK_END)
            stream.seek(max(0, size - 4 * _TAIL) // 2 * 2)
            ending = _decoded(stream.read(), self.encoding.removesuffix("-sig"))
        is_whole = size <= 4 * _TAIL
        return ending[_HEAD:][-_TAIL:] if is_whole else ending[-_TAIL:]

    @cached_property
    def _what_else(self) -> str | None:
        """What the file is, where it is no text."""
        if kind := _binary_kind(self.start):
            return kind
        head = _decoded(self.start, self.encoding)[:_HEAD]
        return "a binary file" if _control_share(head) > _MAX_CONTROL_SHARE else None

    def _open(self) -> IO[bytes]:
        """Open the bytes anew."""
        return io.BytesIO(self.data) if "data" in vars(self) else _opened(self._path)

    def _decoded(self) -> io.TextIOWrapper:
        """Open the text anew.

        Raises
        ------
        InputError
            If the content is not text.
        """
        if self._what_else:
            reason = f"{self._what_else}, not text; formats lists what can be read"
            raise InputError(f"{self.name}: {reason}")
        self._is_decoded = True
        return io.TextIOWrapper(
            cast("io.BufferedReader", self._open()),
            encoding=self.encoding,
            errors="replace",
            newline=None,
        )


def _decoded(start: bytes, encoding: str) -> str:
    """Decode bytes that may be cut in the middle of a character."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    text = decoder.decode(start).removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _opened(path: Path) -> IO[bytes]:
    """Open a file."""
    if path.is_dir():
        raise InputError(f"{path}: a folder, not a file")
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise MissingFileError(f"{path}: no such file") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be opened ({error.strerror})") from error


def _encoding_of(stream: IO[bytes]) -> str:
    """Tell the encoding: byte order mark, UTF-16 by its zeros, UTF-8, GB 18030, cp1252."""
    head = stream.read(_HEAD)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    if wide := _wide_encoding(head):
        return wide
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head)
        for block in iter(partial(stream.read, _BLOCK), b""):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        stream.seek(0)
        return _eight_bit_encoding(stream.read())
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
    return len(_CONTROL.findall(text)) / len(text) if text else 0.0
