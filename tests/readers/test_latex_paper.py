"""LaTeX papers and .aux files."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.latex_paper import AUX, LATEX
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


def _read(source: Source) -> tuple[Record, list[Problem]]:
    form = AUX if source.suffix == ".aux" else LATEX
    paper, *problems = form.records(source)
    assert isinstance(paper, Record)
    return paper, [one for one in problems if isinstance(one, Problem)]


def _paper(text: str) -> Record:
    return _read(Source("none/paper.tex", data=f"\\documentclass{{article}}{text}".encode()))[0]


def test_paper(data: Path) -> None:
    """Title, authors, abstract and date are read, and the list beside the paper."""
    paper, problems = _read(Source(data / "latex" / "paper.tex"))
    assert (paper.role, paper.title) == ("paper", "Counting citations")
    assert [person.display for person in paper.people] == ["Roe, Ada B.", "Doe, Carl"]
    assert ("author-line", "University of Oslo") in paper.fields
    assert paper.abstract == "We count with Counter."
    assert paper.publication_date == "2020-02-03"
    labels = [one.label for one in paper.cited_references]
    assert labels == ["garfield1955", "price1965", "merton1973", "kessler1963"]
    assert [problem.line for problem in problems] == [27]


def test_mentions(data: Path) -> None:
    """Citation commands are mentions with section, sentence and offset; comments have none."""
    source = Source(data / "latex" / "paper.tex")
    paper, _ = _read(source)
    shown = [(one.label, one.section, one.paragraph) for one in paper.mentions]
    assert shown == [
        ("garfield1955", "1 Introduction", 2),
        ("price1965", "1 Introduction", 2),
        ("merton1973", "1 Introduction", 2),
        ("price1965", "1 Introduction", 3),
        ("garfield1955", "1.1 Tables", 4),
        ("nobody", "1.1 Tables", 5),
    ]
    first = paper.mentions[0]
    assert first.marker == "\\citep[see][p.~3]{garfield1955, price1965}"
    assert first.sentence == f"Citations were counted early {first.marker}."
    assert paper.mentions[2].sentence == "As \\citet{merton1973} says, Counter counts."
    assert all(source.text.startswith("\\cite", one.offset) for one in paper.mentions)
    assert "'nobody'" in paper.problems[0].reason


@pytest.mark.parametrize(
    ("command", "labels"),
    [
        (r"\autocite[12]{a}", ["a"]),
        (r"\parencite*{a}", ["a"]),
        (r"\Textcite{a,b}", ["a", "b"]),
        (r"\cites[1]{a}[2]{b}", ["a", "b"]),
        (r"\footcite{a} x", ["a"]),
        (r"\citeauthor{a} (\citeyear{a})", ["a", "a"]),
        (r"\nocite{a}", []),
        (r"\setcitestyle{round}", []),
        (r"\verb|x| % \cite{a}", []),
        (r"\begin{verbatim}\cite{a}\end{verbatim}", []),
        (r"\cite{a", []),
    ],
)
def test_commands(command: str, labels: list[str]) -> None:
    """All commands of natbib and biblatex count, with any arguments."""
    paper = _paper(rf"\begin{{document}}Text {command}.\end{{document}}")
    assert [mention.label for mention in paper.mentions] == labels


def test_list_in_the_paper() -> None:
    """A list in the paper is read there."""
    paper = _paper(
        r"\begin{document}A \cite{a}.\begin{thebibliography}{1}"
        r"\bibitem{a} Roe A. One. J X 3:1, 2001."
        r"\end{thebibliography}\end{document}"
    )
    assert [one.label for one in paper.cited_references] == ["a"]
    assert paper.cited_references[0].work is not None
    assert [one.section for one in paper.mentions] == [None]


def test_bibliography_beside(data: Path, tmp_path: Path) -> None:
    """Of a .bib file beside the paper the entries cited are its references."""
    shutil.copy(data / "latex" / "paper.tex", tmp_path / "paper.tex")
    (tmp_path / "refs.bib").write_text(
        "@book{merton1973, title={The sociology}}\n@book{other, title={Other}}\n"
        "@misc{kessler1963, title={Coupling}}\n",
        encoding="utf-8",
    )
    paper, problems = _read(Source(tmp_path / "paper.tex"))
    works = [one.work for one in paper.cited_references]
    assert [work.title for work in works if work] == ["The sociology", "Coupling"]
    assert {work.role for work in works if work} == {"reference"}
    assert not problems
    assert len(paper.problems) == 5


def test_missing_bibliography(data: Path, tmp_path: Path) -> None:
    """Without its bibliography a paper has references by key, and says so."""
    shutil.copy(data / "latex" / "paper.tex", tmp_path / "paper.tex")
    paper, problems = _read(Source(tmp_path / "paper.tex"))
    assert [one.label for one in paper.cited_references] == [
        "garfield1955",
        "price1965",
        "merton1973",
        "nobody",
        "kessler1963",
    ]
    assert "'refs.bib' is not in the folder of the paper" in problems[0].reason


def test_only_inside_the_folder(tmp_path: Path) -> None:
    """A file outside the folder of the paper is never read."""
    (tmp_path / "out.bib").write_text("@book{a, title={Secret}}", encoding="utf-8")
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / "paper.tex"
    file.write_text(r"\documentclass{a}\bibliography{../out}A \cite{a}.", encoding="utf-8")
    paper, problems = _read(Source(file))
    assert paper.cited_references[0].work is None
    assert len(problems) == 1


def test_bibliography_inside() -> None:
    """Entries in a filecontents environment are the bibliography; nocite of all takes all."""
    paper = _paper(
        "\\begin{filecontents}{\\jobname.bib}\n@book{a, title={One}}\n@book{b, title={Two}}\n"
        "\\end{filecontents}\n\\addbibresource{\\jobname.bib}\n"
        "\\begin{document}A \\cite{a}. \\nocite{*}\n"
        "\\end{document}"
    )
    works = [one.work for one in paper.cited_references]
    assert [(work.title, work.line) for work in works if work] == [("One", 2), ("Two", 3)]


def test_aux(tmp_path: Path) -> None:
    """An .aux file gives what a paper cites, with the works of the .bib beside it."""
    file = tmp_path / "paper.aux"
    file.write_text(
        "\\relax\n\\citation{b,a}\n\\abx@aux@cite{0}{c}\n\\citation{a}\n\\bibdata{refs}\n",
        encoding="utf-8",
    )
    (tmp_path / "refs.bib").write_text(
        "@book{a, title={One}}\n@book{b, title={Two}}", encoding="utf-8"
    )
    assert detect_format(Source(file)).name == "latex-aux"
    paper, _ = _read(Source(file))
    assert [one.label for one in paper.cited_references] == ["a", "b"]
    assert "'c'" in paper.problems[0].reason
    (tmp_path / "refs.bib").unlink()
    paper, _ = _read(Source(file))
    assert [one.label for one in paper.cited_references] == ["b", "a", "c"]


def test_is_found(data: Path, tmp_path: Path) -> None:
    """The format is found by content, also where BibTeX entries stand in the paper."""
    assert detect_format(Source(data / "latex" / "paper.tex")).name == "latex"
    file = tmp_path / "paper.tex"
    file.write_text("\\documentclass{a}\n@book{a,\n  title = {One}}\n", encoding="utf-8")
    assert detect_format(Source(file)).name == "latex"


@given(st.text(alphabet="\\\\{}[]%$&abé \n,.", max_size=200))
def test_any_text(text: str) -> None:
    """Whatever stands in a paper, one paper comes of it."""
    for command in ("\\cite", "\\footnote", "\\title", "\\section"):
        assert _paper(f"{command}{text}").role == "paper"


def test_nested_notes() -> None:
    """Notes in notes are read to a depth, in little time."""
    paper = _paper("\\footnote{" * 3_000 + "\\cite{a}" + "}" * 3_000)
    assert paper.mentions == []


@pytest.mark.parametrize(
    ("name", "n_references", "n_mentions", "n_commands"),
    [
        ("arxiv-1911.02782-main.tex", 55, 88, 73),
        ("biblatex-gb771-teststylecss.tex", 69, 53, 45),
        ("jabref-paper.tex", 2, 4, 4),
        ("jabref-utf-8.tex", 1, 1, 1),
    ],
)
def test_real_files(
    shared_data: Path, name: str, n_references: int, n_mentions: int, n_commands: int
) -> None:
    """Every command of real papers is there, save those in comments and nocite."""
    paper, _ = _read(Source(shared_data / "formats" / "latex" / name))
    assert len(paper.cited_references) == n_references
    assert len(paper.mentions) == n_mentions
    assert len({mention.offset for mention in paper.mentions}) == n_commands
