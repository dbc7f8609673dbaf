"""PDF: its text is read like any other, and what cannot be read says why."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from nqp_biblio.errors import InputError, MissingExtraError
from nqp_biblio.readers.registry import detect_format, get_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Record

if TYPE_CHECKING:
    from pathlib import Path

LINES = [
    "References",
    "[1] Smith J. Growth of lists. J Things. 2001;3(4):5-6.",
    "[2] Roe A. Reading. J Things. 2003;5(1):18-25.",
]


def _pdf(lines: list[str]) -> bytes:
    """Write a PDF of one page by hand."""
    shown = " T* ".join(
        f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj" for line in lines
    )
    stream = f"BT /F1 10 Tf 12 TL 50 700 Td {shown} ET".encode()
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(bodies) + 1, len(data))
    )


def _source(folder: Path, data: bytes) -> Source:
    path = folder / "paper.pdf"
    path.write_bytes(data)
    return Source(path)


def test_list_in_a_pdf(tmp_path: Path) -> None:
    """The references in a PDF are read."""
    source = _source(tmp_path, _pdf(LINES))
    assert detect_format(source).name == "pdf"
    records = list(get_format("pdf").records(source))
    assert [(one.key, one.format) for one in records if isinstance(one, Record)] == [
        ("1", "pdf"),
        ("2", "pdf"),
    ]


def test_pdf_without_text(tmp_path: Path) -> None:
    """A PDF of pictures says that it needs OCR."""
    with pytest.raises(InputError, match=r"paper\.pdf: the PDF holds no text"):
        list(get_format("pdf").records(_source(tmp_path, _pdf([]))))


@pytest.mark.parametrize("keep", [9, 200, 500])
def test_damaged_pdf(tmp_path: Path, keep: int) -> None:
    """A PDF that is cut off is refused by name, never with a fault of the library."""
    with pytest.raises(InputError, match=r"paper\.pdf: "):
        list(get_format("pdf").records(_source(tmp_path, _pdf(LINES)[:keep])))


def test_without_pypdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pypdf the message says what to install."""
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(MissingExtraError, match=r"nqp-biblio\[pdf\]"):
        list(get_format("pdf").records(_source(tmp_path, _pdf(LINES))))
