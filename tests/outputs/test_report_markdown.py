"""The report as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nqp_biblio as nb
from nqp_biblio.outputs.report.markdown import escaped

if TYPE_CHECKING:
    from pathlib import Path


def _corpus() -> nb.Corpus:
    people = [nb.Person("Ames", "A."), nb.Person("Bell", "B.")]
    titles = ("On <b>bold</b> maps", "On maps | tables", "Maps of science")
    return nb.corpus_of(
        nb.Record(title=title, publication_year=2018 + at, people=people)
        for at, title in enumerate(titles)
    )


def test_the_report_is_written_as_markdown_with_its_figures(tmp_path: Path) -> None:
    """Headings, works and methods stand in the text, and every figure named is there."""
    nb.write_report(_corpus(), tmp_path / "report.md", title="Maps")
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert text.startswith("# Maps\n")
    assert "\n## Methods\n" in text
    assert "<b>" not in text
    named = [line.rsplit("](", 1)[1].rstrip(")") for line in text.split("\n") if line[:2] == "!["]
    assert named
    assert all((tmp_path / name).is_file() for name in named)


def test_the_same_report_has_the_same_bytes(tmp_path: Path) -> None:
    """Same corpus, same bytes."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        nb.write_report(_corpus(), tmp_path / name / "report.md")
    first, second = ((tmp_path / name / "report.md").read_bytes() for name in ("a", "b"))
    assert first == second


def test_signs_of_markdown_stay_text() -> None:
    """What Markdown would read as markup, or as a new line, is shown as it is."""
    assert escaped("a|b\n# <i>*c*") == r"a\|b \# \<i\>\*c\*"
