"""PDF: its text is read like any other, and what cannot be read says why."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest

from nqp_biblio.errors import InputError, MissingExtraError
from nqp_biblio.readers.pdf_text import PageText
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
    shown = " T* ".join(f"({_escaped(line)}) Tj" for line in lines)
    return _pdf_of([f"BT /F1 10 Tf 12 TL 50 700 Td {shown} ET"], "Helvetica")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _pdf_of(pages: list[str], font: str) -> bytes:
    """Write a PDF of pages that are given as what draws them."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} >>".encode(),
    ]
    for at, page in enumerate(pages):
        bodies.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * at)
        )
        stream = page.encode()
        bodies.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
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


# -- two columns, in a font whose signs are all 0.6 of its size wide -----------------------

SIZE, WIDTH, ROWS = 8, 44, 20
RAISED = re.compile(r"\^(\d[\d,-]*)")
REFERENCES = [
    (
        "Smith J, Jones P (2001). Growth of long lists in the printed journals of a whole century."
        " Journal of Things 3: 5-16."
    ),
    (
        "Lee A (2003). The reading of numbers that are set in small type above the line. Annals of"
        " Printing 12: 118-125."
    ),
    (
        "Wu B, Roe C, Poe D (2010). Columns, pages and the hyphenation of words. Journal of Things"
        " 18: 1-9."
    ),
    (
        "Doe J (2015). Headers and footers of periodicals: an unabridged catalogue. Oxford:"
        " University Press."
    ),
]
SENTENCE = (
    "It has been maintained by many scholars of typography that the compositors of the past"
    " were methodical people{mark}. "
)


def _drawn(text: str, left: float, base: float) -> str:
    """Draw one line; what stands behind ^ is small and raised."""
    parts = []
    for at, part in enumerate(RAISED.split(text)):
        size, rise = (5, 3) if at % 2 else (SIZE, 0)
        shown = f"BT /F1 {size} Tf {left:.2f} {base + rise} Td ({_escaped(part)}) Tj ET"
        parts += [shown] if part else []
        left += 0.6 * size * len(part)
    return "\n".join(parts)


def _broken(text: str, width: int) -> list[str]:
    """Wrap a text, words broken with a hyphen wherever a line ends."""
    lines = [""]
    for word in text.split():
        room = width - len(RAISED.sub(r"\1", lines[-1])) - 1
        if len(word) <= room or not lines[-1]:
            lines[-1] = f"{lines[-1]} {word}".strip()
        elif room > 4 and word.isalpha() and len(word) > room > len(word) // 3:
            lines[-1] += f" {word[: room - 1]}-"
            lines.append(word[room - 1 :])
        else:
            lines.append(word)
    return lines


def _two_columns(marks: list[str], label: str) -> bytes:
    """Print a paper with running headers and page numbers; lists hang by two signs."""
    rows: list[tuple[int, str]] = [(0, "Introduction")]
    for mark in marks:
        text = (SENTENCE * 4).replace("{mark}", "", 3).format(mark=mark)
        rows += [(0 if at else 2, line) for at, line in enumerate(_broken(text, WIDTH - 2))]
    rows.append((0, "References"))
    for number, reference in enumerate(REFERENCES, 1):
        lines = _broken(label.format(number) + reference, WIDTH - 2)
        rows += [(2 if at else 0, line) for at, line in enumerate(lines)]
    pages = []
    for page, begin in enumerate(range(0, len(rows), 2 * ROWS), 101):
        drawn = [_drawn("JOURNAL OF THINGS", 220, 770)] if begin else []
        drawn.append(_drawn(str(page), 290, 20))
        for at, (indent, line) in enumerate(rows[begin : begin + 2 * ROWS]):
            left = 50 + 260 * (at // ROWS) + 0.6 * SIZE * indent
            drawn.append(_drawn(line, left, 740 - 10 * (at % ROWS)))
        pages.append("\n".join(drawn))
    return _pdf_of(pages, "Courier")


@pytest.mark.parametrize(
    ("marks", "label"),
    [
        (["^1", "^2,3", "^4", "^1-3"] * 3, "{}. "),
        ([" [1]", " [2, 3]", " [4]", " [1-3]"] * 3, "[{}] "),
        (
            [
                " (Smith & Jones 2001)",
                " (Lee 2003; Wu et al. 2010)",
                " (Doe 2015)",
                " (Lee 2003; Smith & Jones 2001; Wu et al. 2010)",
            ]
            * 3,
            "",
        ),
    ],
)
def test_two_columns(tmp_path: Path, marks: list[str], label: str) -> None:
    """In two columns with headers, page numbers and broken words, lists and citations are whole."""
    source = _source(tmp_path, _two_columns(marks, label))
    paper = next(iter(get_format("pdf").records(source)))
    assert isinstance(paper, Record)
    assert [one.raw for one in paper.cited_references] == REFERENCES
    cited = [int(one.label) for one in paper.mentions]
    assert sorted(cited) == sorted([1, 2, 3, 4, 1, 2, 3] * 3)
    whole = SENTENCE.format(mark="").strip()
    assert all(one.sentence.startswith(whole[:-1]) for one in paper.mentions)
    assert not any("THINGS" in str(one.context) for one in paper.mentions)


def test_indents_and_gaps() -> None:
    """Lines that are indented begin with blanks, and wider gaps are empty lines."""
    text = PageText()
    upright = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    for left, base, shown in [(50, 90, "One"), (60, 80, "ﬁve"), (50, 70, "Two"), (50, 40, "Three")]:
        text.add(shown, upright, (1.0, 0.0, 0.0, 1.0, left, base), None, 10.0)
        text.add("\n", upright, upright, None, 10.0)
    assert text.whole() == "One\n  five\nTwo\n\nThree\n"


@pytest.mark.parametrize(
    ("figure", "size", "rise", "expected"),
    [
        ("12", 6.0, 4.0, "word¹²"),
        ("1,3–5", 6.0, 4.0, "word¹,³⁻⁵"),
        ("[2]", 6.0, 4.0, "word²"),
        ("2", 6.0, -2.0, "word2"),
        ("2", 10.0, 4.0, "word2"),
        ("th", 6.0, 4.0, "wordth"),
    ],
)
def test_raised_figures(figure: str, size: float, rise: float, expected: str) -> None:
    """Small figures above the line are raised; those below it, in full size, or words are not."""
    text = PageText()
    upright = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    text.add("word", upright, (1.0, 0.0, 0.0, 1.0, 50.0, 90.0), None, 10.0)
    text.add(figure, upright, (1.0, 0.0, 0.0, 1.0, 74.0, 90.0 + rise), None, size)
    assert text.whole() == expected


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
