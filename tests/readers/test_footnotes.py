"""Papers whose references stand in footnotes, in all the forms that carry such."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

import nqp_biblio as nb
from nqp_biblio.readers.footnotes import find_footnotes, note_number
from nqp_biblio.readers.lines import lines_of
from nqp_biblio.readers.paper import read_text
from nqp_biblio.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOTES = [
    "See A. Smith, The Making of Lists (Oxford: OUP, 1999), p. 3.",
    "Ibid., p. 7.",
    "Ibid.; see also Jane Doe, ‘On Footnotes’, Journal of Notes 12 (2003), pp. 3–18, at p. 5.",
    "Smith, Making of Lists, 45.",
    "Doe, op. cit., p. 6.",
    "I owe this point to my colleagues.",
    "Hans Müller, Die Liste (Berlin: Springer, 1988), 12–15; and Idem, Das Buch (Bonn, 1990), 7.",
    "Smith (n. 1), 44.",
    "Wilson, op. cit., p. 9.",
]
CITED = ["1", "1", "1", "3", "1", "3", "7", "7 (2)", "1", "9"]
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MARKS: dict[str, Callable[[str], str]] = {
    "raised": lambda number: number.translate(RAISED),
    "stuck": str,
    "bracket": lambda number: f"[{number}]",
    "markdown": lambda number: f"[^{number}]",
}


def _body(number: int, mark: str) -> str:
    return (
        f"In 18{60 + number} the historians of the continent argued about lists and their making,"
        f" as has been said often.{MARKS[mark](str(number))} Others held that lists were older than"
        " writing itself and that no archive could do without them for long."
    )


def _printed(mark: str, label: str, *, paged: bool) -> str:
    """Print three notes a page, in lines of 70 signs."""
    pages = []
    gap = [] if paged else [""]
    for first in range(1, len(NOTES), 3):
        lines = ["JOURNAL OF LISTS"] if paged else []
        for number in range(first, first + 3):
            lines += [*textwrap.wrap(_body(number, mark), 70), *gap]
        for number in range(first, first + 3):
            note = label.format(number=number, note=NOTES[number - 1])
            lines += [*textwrap.wrap(note, 70), *gap]
        pages.append("\n".join([*lines, *([str(100 + first)] if paged else [])]))
    return "On Lists\n\nJane Roe\n\n" + ("\n\f" if paged else "\n").join(pages)


@pytest.mark.parametrize(
    ("mark", "label", "paged"),
    [
        ("raised", "{number} {note}", True),
        ("stuck", "{number} {note}", True),
        ("stuck", "{number}{note}", True),
        ("bracket", "[{number}] {note}", True),
        ("raised", "{number}. {note}", False),
        ("stuck", "{number} {note}", False),
        ("markdown", "[^{number}]: {note}", False),
    ],
)
def test_notes_of_pages(mark: str, label: str, *, paged: bool) -> None:
    """Notes at the foot of pages are put together, and their marks cite what they cite."""
    paper, *problems = read_text(_printed(mark, label, paged=paged), file="x.txt")
    assert isinstance(paper, Record)
    assert [one.label for one in paper.cited_references] == ["1", "3", "7", "7 (2)"]
    assert [one.label for one in paper.mentions] == CITED
    assert paper.cited_references[0].raw == NOTES[0].removeprefix("See ")
    assert len(problems) == 2
    assert all("cites" not in str(one.sentence) for one in paper.mentions)
    assert paper.title == "On Lists"


@pytest.mark.parametrize("heading", ["<h2>Notes</h2>", "<hr>"])
def test_notes_of_a_page_of_the_web(heading: str, tmp_path: Path) -> None:
    """Notes at the end of a page are tied to their raised marks, with a heading or without."""
    text = "".join(
        f"<p>{_body(at, 'stuck')[:-1]}<sup><a href='#n{at}'>{at}</a></sup>.</p>"
        for at in range(1, 10)
    ).replace("often.", "often")
    notes = "".join(
        f"<li id='n{at}'><p>{note} <a>↩</a></p></li>" for at, note in enumerate(NOTES, 1)
    )
    path = tmp_path / "page.html"
    path.write_text(f"<html><h1>On Lists</h1>{text}{heading}<ol>{notes}</ol></html>")
    corpus = nb.read(path)
    assert corpus.mentions["label"].tolist() == CITED
    assert corpus.cited_references["raw"].tolist()[0] == NOTES[0].removeprefix("See ")


def test_notes_of_latex(tmp_path: Path) -> None:
    """Footnotes of a LaTeX paper without a list have its references."""
    text = " ".join(f"Lists are old.\\footnote{{{note}}}" for note in NOTES)
    path = tmp_path / "paper.tex"
    path.write_text(f"\\documentclass{{article}}\n\\begin{{document}}\n{text}\n\\end{{document}}")
    corpus = nb.read(path)
    assert corpus.mentions["label"].tolist() == CITED
    assert corpus.mentions["sentence"][0] == "Lists are old.^1"
    assert corpus.n_rows("cited_references") == 4


def test_notes_of_jats(tmp_path: Path) -> None:
    """Footnotes of a JATS article without a list have its references, tagged ones as tagged."""
    notes = "".join(
        f'<fn id="fn{at}"><label>{at}</label><p>{note}</p></fn>' for at, note in enumerate(NOTES, 1)
    )
    tagged = (
        "<mixed-citation>A. <surname>Smith</surname>, <source>The Making of Lists</source> (Oxford:"
        " OUP, <year>1999</year>)</mixed-citation>, p. 3."
    )
    notes = notes.replace(NOTES[0], f"See {tagged}")
    text = "".join(
        f'Lists are old.<xref ref-type="fn" rid="fn{at}">{at}</xref> ' for at in range(1, 10)
    )
    path = tmp_path / "paper.xml"
    path.write_text(
        "<article><front><article-meta><title-group><article-title>On Lists</article-title>"
        f"</title-group></article-meta></front><body><p>{text}</p></body>"
        f"<back><fn-group>{notes}</fn-group></back></article>"
    )
    corpus = nb.read(path)
    assert corpus.mentions["label"].tolist() == CITED
    assert corpus.n_rows("cited_references") == 4
    assert corpus.sql("SELECT title FROM works WHERE work_id = 2") == [("The Making of Lists",)]


def test_bibliography_and_notes() -> None:
    """Short notes are tied to the bibliography of the paper, which stays the list."""
    text = _printed("raised", "{number} {note}", paged=True)
    listed = "Bibliography\n\nDoe, Jane. ‘On Footnotes’. Journal of Notes 12 (2003): 3–18.\n"
    listed += "\nSmith, A. The Making of Lists. Oxford: OUP, 1999.\n"
    paper = next(iter(read_text(f"{text}\n\f{listed}", file="x.txt")))
    assert isinstance(paper, Record)
    assert [one.label for one in paper.cited_references] == ["1", "2", "7 (note)", "7 (note) (2)"]
    assert [one.label for one in paper.mentions][:4] == ["2", "2", "2", "1"]


def test_numbered_list_is_not_notes() -> None:
    """A numbered list after the text, and items in it, are no footnotes."""
    text = "1 First, we count lists.\n\n2 Then we read them.\n\n" + _body(1, "bracket")
    assert find_footnotes(lines_of(text)) == ([], set())


@pytest.mark.parametrize(
    ("line", "number"),
    [("12 See Roe", 12), ("12See Roe", 12), ("¹² Roe", 12), ("[3] Roe", 3), ("12.5 m", None)],
)
def test_number_of_note(line: str, number: int | None) -> None:
    """A note begins with its number, raised or not, before a word."""
    assert note_number(line) == number
