"""Sources: any encoding and line end in, clean text out, and plain words where it is none."""

from __future__ import annotations

import gzip
import io
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import EmptyInputError, InputError, MissingFileError
from nqp_biblio.readers.source import STDIN, Source

if TYPE_CHECKING:
    from pathlib import Path

WESTERN = "Müller, J. «Café» in Orléans – 1998\nSecond line, plain ASCII\n"
CHINESE = "[1] 新质生产力发展研究[J].经济研究,2024,59(3):4-17.\n[2] 关于高质量发展的思考\n"


def _source(folder: Path, data: bytes, name: str = "refs.txt") -> Source:
    path = folder / name
    path.write_bytes(data)
    return Source(path)


@pytest.mark.parametrize(
    ("text", "codec", "mark"),
    [
        (WESTERN, "utf-8", b""),
        (WESTERN, "utf-8", b"\xef\xbb\xbf"),
        (WESTERN, "utf-16-le", b"\xff\xfe"),
        (WESTERN, "utf-16-be", b"\xfe\xff"),
        (WESTERN, "utf-16-le", b""),
        (WESTERN, "utf-16-be", b""),
        (WESTERN, "cp1252", b""),
        (CHINESE, "utf-8", b""),
        (CHINESE, "utf-8", b"\xef\xbb\xbf"),
        (CHINESE, "utf-16-le", b"\xff\xfe"),
        (CHINESE, "utf-16-be", b"\xfe\xff"),
        (CHINESE, "utf-16-le", b""),
        (CHINESE, "gb18030", b""),
        ("plain\n", "ascii", b""),
    ],
)
def test_encodings(tmp_path: Path, text: str, codec: str, mark: bytes) -> None:
    """A text is the same in whatever encoding it was saved, with a mark or without."""
    assert _source(tmp_path, mark + text.encode(codec)).text == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "cp1252"])
def test_line_ends(tmp_path: Path, end: str, codec: str) -> None:
    """Line ends of Unix, Windows and the old Mac are read alike."""
    text = WESTERN.replace("\n", end)
    assert _source(tmp_path, text.encode(codec)).text == WESTERN


def test_mixed_line_ends(tmp_path: Path) -> None:
    """A file put together of several keeps one line per line."""
    assert _source(tmp_path, b"a\r\nb\rc\n\r\nd").text == "a\nb\nc\n\nd"


def test_broken_bytes_do_not_stop_reading(tmp_path: Path) -> None:
    """A byte that no encoding explains is replaced, the rest is kept."""
    data = b"a\x81b " + "é".encode("cp1252") + b" plain text that goes on and on and on " * 2
    text = _source(tmp_path, data).text
    assert text.startswith("a")
    assert text.rstrip().endswith("on and on and on")


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1))
def test_any_utf8_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """What was written in UTF-8 with a mark is read as it is."""
    folder = tmp_path_factory.mktemp("source", numbered=True)
    assert _source(folder, text.encode("utf-8-sig")).text == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "a PNG picture, not text"),
        (b"\xff\xd8\xff\xe0" + bytes(64), "a JPEG picture, not text"),
        (b"GIF89a" + bytes(64), "a GIF picture, not text"),
        (b"\x7fELF" + bytes(64), "a program, not text"),
        (b"MZ\x90" + bytes(64), "a program, not text"),
        (b"\xd0\xcf\x11\xe0" + bytes(64), "an old Office file, not text"),
        (bytes(range(32)) * 100, "a binary file, not text"),
    ],
)
def test_binary_files_are_refused(tmp_path: Path, data: bytes, message: str) -> None:
    """A picture or a program is called by its name and not read; its head is empty."""
    source = _source(tmp_path, data)
    assert source.head == ""
    with pytest.raises(InputError, match=message):
        source.text  # noqa: B018


@pytest.mark.parametrize("data", [b"", b"   ", b"\n\r\n\t"])
def test_empty(tmp_path: Path, data: bytes) -> None:
    """An empty file is said to be empty, under its name."""
    with pytest.raises(EmptyInputError, match=r"refs\.txt: the file is empty"):
        _source(tmp_path, data)


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf \n", "\ufeff \n".encode("utf-16-le")]
)
def test_empty_but_for_a_mark(tmp_path: Path, data: bytes) -> None:
    """A file with nothing but a byte order mark is empty too."""
    with pytest.raises(EmptyInputError, match="the file is empty"):
        _source(tmp_path, data)


def test_missing(tmp_path: Path) -> None:
    """A file that is not there is said so, by its name."""
    with pytest.raises(MissingFileError, match=r"nowhere\.bib: no such file"):
        Source(tmp_path / "nowhere.bib")


def test_folder(tmp_path: Path) -> None:
    """A folder is no file."""
    with pytest.raises(InputError, match="a folder, not a file"):
        Source(tmp_path)


def test_path_through_a_file(tmp_path: Path) -> None:
    """What the system refuses to open is an input error with the system's reason."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be opened"):
        Source(tmp_path / "file" / "inner.txt")


def test_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash is the standard input, in any encoding."""
    stream = io.TextIOWrapper(io.BytesIO("\ufeff[1] Müller".encode("utf-16-le")))
    monkeypatch.setattr(sys, "stdin", stream)
    source = Source(STDIN)
    assert (source.name, source.suffix, source.text) == ("<stdin>", "", "[1] Müller")


def test_name_and_suffix(tmp_path: Path) -> None:
    """A source is named as the user named it; its ending is compared in lower case."""
    source = _source(tmp_path, b"@book{a,}", "Refs.BIB")
    assert source.name == str(tmp_path / "Refs.BIB")
    assert source.suffix == ".bib"


def test_head_is_bounded(tmp_path: Path) -> None:
    """Telling a format looks at the beginning of a file only."""
    source = _source(tmp_path, b"x" * 200_000)
    assert len(source.head) < len(source.text) == 200_000


def test_gzip(tmp_path: Path) -> None:
    """A file packed by gzip is read as the one within, whatever its name."""
    source = _source(tmp_path, gzip.compress(WESTERN.encode(), mtime=0), "Works.RIS.gz")
    assert (source.text, source.suffix) == (WESTERN, ".ris")
    assert source.name.endswith("Works.RIS.gz")
    assert _source(tmp_path, gzip.compress(WESTERN.encode(), mtime=0), "a.txt").suffix == ".txt"


def test_empty_gzip(tmp_path: Path) -> None:
    """A packed file with nothing in it is empty."""
    with pytest.raises(EmptyInputError, match="the file is empty"):
        _source(tmp_path, gzip.compress(b"\n"), "a.gz")


def test_gzip_within_gzip(tmp_path: Path) -> None:
    """A file packed twice is refused by name."""
    twice = gzip.compress(gzip.compress(WESTERN.encode(), mtime=0))
    with pytest.raises(InputError, match="a gzip file within a gzip file"):
        _source(tmp_path, twice, "a.gz").text  # noqa: B018


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "gb18030"])
def test_pieces(tmp_path: Path, codec: str, size: int) -> None:
    """Lines and blocks, read piece by piece, are the text that is read whole."""
    data = CHINESE.replace("\n", "\r\n").encode(codec)
    source = _source(tmp_path, data)
    assert "".join(source.blocks(size)) == CHINESE
    assert list(source.lines()) == CHINESE.removesuffix("\n").split("\n")
    assert source.text == CHINESE
    assert source.n_lines == 2


def test_bytes_in_memory() -> None:
    """Bytes that are in memory are a source under the name given to them."""
    source = Source("packed.zip/Works.RIS", data=gzip.compress(WESTERN.encode(), mtime=0))
    assert (source.text, source.suffix, source.name) == (WESTERN, ".ris", "packed.zip/Works.RIS")


def test_guess_is_told_once_text_was_read(tmp_path: Path) -> None:
    """A guessed encoding is told of a text, not of a file that is read as bytes."""
    source = _source(tmp_path, WESTERN.encode("cp1252"))
    assert source.head
    assert source.guess is None
    assert next(source.lines()) == WESTERN.split("\n", maxsplit=1)[0]
    assert source.guess == "no UTF-8: the encoding was guessed to be cp1252 (Latin-1)"


def test_head_and_tail_share_nothing(tmp_path: Path) -> None:
    """The tail of a long text is its end, behind the head."""
    text = "".join(f"{number:08d}\n" for number in range(20_000))
    source = _source(tmp_path, text.encode())
    assert source.text.startswith(source.head)
    assert source.text.endswith(source.tail)
    assert len(source.head) + len(source.tail) <= len(text)
    assert _source(tmp_path, b"short").tail == ""
    longer = _source(tmp_path, text.encode() * 20)
    assert longer.tail
    assert longer.text.endswith(longer.tail)
