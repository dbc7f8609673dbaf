"""Bibliographies of BibTeX and biber: .bbl files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.bbl import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


def _entries(source: Source) -> list[Record | Problem]:
    return list(FORMAT.records(source))


def _one(item: str) -> Record:
    text = f"\\begin{{thebibliography}}{{9}}\n{item}\n\\end{{thebibliography}}\n"
    (record,) = _entries(Source("one.bbl", data=text.encode()))
    assert isinstance(record, Record)
    return record


def test_natbib(data: Path) -> None:
    """Items with natbib's labels are references; one without a key is a problem with its line."""
    *records, problem = _entries(Source(data / "latex" / "paper.bbl"))
    assert isinstance(problem, Problem)
    assert (problem.line, problem.reason) == (27, "\\bibitem without a key in braces")
    works = [record for record in records if isinstance(record, Record)]
    assert [work.key for work in works] == [
        "garfield1955",
        "price1965",
        "merton1973",
        "kessler1963",
    ]
    assert {work.role for work in works} == {"reference"}
    assert [work.title for work in works] == [
        "Citation indexes for science",
        "Networks of scientific papers",
        "The sociology of science",
        "Bibliographic coupling between scientific papers",
    ]
    assert (works[0].doi, works[0].volume) == ("10.1126/science.122.3159.108", "122")
    assert works[0].raw == (
        "Eugene Garfield. 1955. Citation indexes for science. Science, 122(3159):108–111."
    )
    assert works[1].source_raw == "Science"


def test_biblatex(data: Path) -> None:
    """Entries of biblatex are records with all their fields; what other lists repeat is one."""
    *records, problem = _entries(Source(data / "latex" / "biblatex.bbl"))
    article, book = (record for record in records if isinstance(record, Record))
    assert [person.display for person in article.people] == [
        "Garfield, Eugène",
        "van Beethoven, Ludwig",
    ]
    assert (article.type, article.title) == ("article-journal", "Citation indexes for science")
    assert (article.source_raw, article.volume, article.issue) == ("Science", "122", "3159")
    assert (article.publication_date, article.pages) == ("1955-07", [("108", "111")])
    assert (article.doi, article.language) == ("10.1126/science.122.3159.108", "en")
    assert article.keywords == [("author_keyword", "citation"), ("author_keyword", "index")]
    assert article.line == 4
    assert (book.publisher, book.publisher_place) == ("University of Chicago Press", "Chicago")
    assert ("ids", "merton") in book.fields
    assert isinstance(problem, Problem)
    assert "'lost'" in problem.reason


def test_revtex() -> None:
    """What a style tags goes before what is read from the text."""
    record = _one(
        "\\bibitem [{\\citenamefont {Roe}(2001)}]{roe}%\n  \\BibitemOpen\n  \\bibfield  {author} {"
        "\\bibinfo {author} {\\bibfnamefont {A.}~\\bibnamefont {Roe}},\\ }"
        "\\href {https://doi.org/10.5555/9} {\\bibfield {journal} {"
        "\\bibinfo {journal} {J. Inv.}\\ }"
        "\\textbf {\\bibinfo {volume} {7}},"
        "\\ \\bibinfo {pages} {12} (\\bibinfo {year} {2001})}\\BibitemShut {NoStop}%"
    )
    assert [person.display for person in record.people] == ["Roe, A."]
    assert (record.source_raw, record.volume, record.pages_raw) == ("J. Inv", "7", "12")
    assert (record.publication_year, record.doi) == (2001, "10.5555/9")
    assert "\\" not in (record.raw or "")


_CHINESE = (
    "\\bibitem[关立哲\\ 等(2014)关立哲和韩纪富]{a}\n关立哲, 韩纪富. 2014.\n"
    "\\newblock 比较思维的运用\\allowbreak[J].\n"
    "\\newblock 编辑学报, 26\\allowbreak (2): 144-146."
)
_ENGLISH = (
    "\\bibitem[Stieg(1981)]{b}\nStieg M F，1981.\n"
    "\\newblock The needs of historians\\allowbreak[M].\n\\newblock Chicago：ALA."
)
_NOBODY = (
    "\\bibitem[佚名(无日期{\\natexlab{a}})]{c}\n佚名，无日期-{\\natexlab{a}}.\n"
    "\\newblock 西游记\\allowbreak[M]."
)


@pytest.mark.parametrize(
    ("item", "title", "people", "year", "kind"),
    [
        (_CHINESE, "比较思维的运用", ["关, 立哲", "韩, 纪富"], 2014, "article-journal"),
        (_ENGLISH, "The needs of historians", ["Stieg, M F"], 1981, "book"),
        (_NOBODY, "西游记", [], None, "book"),
    ],
)
def test_gbt7714(item: str, title: str, people: list[str], year: int | None, kind: str) -> None:
    """Items in the Chinese standard are read by their blocks; nobody stays nobody."""
    record = _one(item)
    assert (record.title, record.publication_year, record.type) == (title, year, kind)
    assert [person.display for person in record.people] == people


@pytest.mark.parametrize("text", ["nothing", "\\\\begin{thebibliography}{9}", "\\\\refsection{0}"])
def test_nothing_to_read(text: str) -> None:
    """A file without an item or entry is a problem."""
    (problem,) = _entries(Source("none.bbl", data=text.encode()))
    assert isinstance(problem, Problem)


def test_is_found(data: Path) -> None:
    """The format is found by content, and a paper with its list in it is none."""
    assert detect_format(Source(data / "latex" / "paper.bbl")).name == "bbl"
    assert detect_format(Source(data / "latex" / "biblatex.bbl")).name == "bbl"
    paper = b"\\documentclass{article}\\begin{thebibliography}{9}\\bibitem{a} Roe."
    assert FORMAT.matches(Source("paper.tex", data=paper)) == 0


@given(st.text(alphabet="\\\\{}[]%abé \n,.0", max_size=200))
def test_any_text(text: str) -> None:
    """Whatever stands in an item, every item is a work or a problem."""
    source = Source("any.bbl", data=f"\\begin{{thebibliography}}{{9}}\\bibitem{{a}}{text}".encode())
    assert len(_entries(source)) >= 1


@pytest.mark.parametrize(
    ("name", "n_entries"),
    [
        ("arxiv-1911.02782-main.bbl", 55),
        ("gbt7714-2005-authoryear.bbl", 224),
        ("gbt7714-2025-authoryear.bbl", 344),
        ("biber-full-bbl.bbl", 2),
    ],
)
def test_real_files(shared_data: Path, name: str, n_entries: int) -> None:
    """Every item of real files is a work; of biber's, one entry in three lists and a lost key."""
    entries = _entries(Source(shared_data / "formats" / "latex" / name))
    assert len(entries) == n_entries
