"""The sections of a report: what each shows, and when it is left out."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

import nqp_biblio as nb
from nqp_biblio.outputs.report.order import SECTIONS
from nqp_biblio.outputs.report.words import TITLES

if TYPE_CHECKING:
    from pathlib import Path

TakeApart = Callable[[str], Any]
_NAMES = [
    first + last
    for first in ("Bar", "Del", "Fon", "Gar", "Hol", "Kur", "Lem", "Mor", "Nor", "Pel")
    for last in ("ano", "bert", "ich", "mann", "ova", "qvist", "sen", "ton")
]
"""Family names that are not alike."""

MEASURED = (
    "information",
    "years",
    "sources",
    "authors",
    "collaboration",
    "most_cited",
    "references",
    "spectroscopy",
    "laws",
    "trends",
    "three_field",
    "tree",
)


def _cited(raw: str) -> nb.CitedReference:
    """Take a reference apart that is printed as "AUTHOR, YEAR, SOURCE"."""
    author, year, source = raw.split(", ")
    return nb.CitedReference(
        raw=raw, first_author=author, publication_year=int(year), source_raw=source
    )


@pytest.fixture(scope="session")
def rich_corpus() -> nb.Corpus:
    """Make 120 works of twelve years that cite each other, older works and a few roots."""
    records = []
    for at in range(120):
        year = 2001 + at // 10
        cited = [f"ROOT {k}, {1950 + 5 * k}, BOOK {k}" for k in range(8) if (at + k) % 3]
        cited += [f"OLD {at * 7 % 60 + k}, {1960 + (at * 7 + k) % 40}, J OLD" for k in range(6)]
        records.append(
            nb.Record(
                title=f"Harbour growth and trade number {at}",
                type="article-journal",
                publication_year=year,
                source_raw=f"Journal {at % 5 if at % 3 else at % 31}",
                people=[
                    nb.Person(family=_NAMES[(at * 7 + k * 31) % 80 if k else at % 5], given="A.")
                    for k in range(at % 3 + 1)
                ],
                keywords=[
                    ("author_keyword", "harbour"),
                    ("author_keyword", f"theme {year // 3}"),
                    ("author_keyword", f"word {at % 6}"),
                ],
                cited_references=[_cited(raw) for raw in cited],
                cited_by_count=at % 23,
            )
        )
    return nb.corpus_of(records)


@pytest.fixture(scope="session")
def rich_report(rich_corpus: nb.Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the report of a corpus that carries every section of a measure."""
    path = tmp_path_factory.mktemp("rich") / "rich.html"
    nb.write_report(rich_corpus, path)
    return path


def test_every_section_has_a_heading() -> None:
    """Each section has its heading in both languages, and no two are alike."""
    assert set(SECTIONS) | {"left_out"} == set(TITLES)
    for headings in zip(*TITLES.values(), strict=True):
        assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("name", MEASURED)
def test_rich_corpus_has_the_section(rich_report: Path, take_apart: TakeApart, name: str) -> None:
    """A corpus of many works with keywords, citations and references shows every measure."""
    page = take_apart(rich_report.read_text(encoding="utf-8"))
    assert page.sections.get(name), page.sections["left_out"]


SHOWN = [
    ("information", "Documents 120"),
    ("years", "life cycle"),
    ("sources", "Indices of sources"),
    ("authors", "Indices of authors"),
    ("collaboration", "Collaborative coefficient"),
    ("most_cited", "Works cited most by all"),
    ("references", "cited by the most works"),
    ("spectroscopy", "deviation from the median of five years"),
    ("laws", "Lotka's law"),
    ("laws", "Bradford's law"),
    ("trends", "Trend topics"),
    ("three_field", "a band is as wide as the number of works that have both"),
    ("tree", "roots are cited most"),
]


@pytest.mark.parametrize(("name", "words"), SHOWN)
def test_captions(rich_report: Path, take_apart: TakeApart, name: str, words: str) -> None:
    """Each figure and table says what it shows."""
    assert words in take_apart(rich_report.read_text(encoding="utf-8")).sections[name]


def test_files_named_are_there(rich_report: Path) -> None:
    """Each table that a caption names is in the folder of data, with as many rows as told."""
    text = rich_report.read_text(encoding="utf-8")
    files = set(re.findall(r"<code>(rich_data/measure_\w+\.csv)</code>", text))
    assert len(files) > 12
    for name in files:
        with (rich_report.parent / name).open(encoding="utf-8", newline="") as file:
            assert len(list(csv.reader(file))) > 1, name


def test_code_takes_the_measure_again(rich_corpus: nb.Corpus, rich_report: Path) -> None:
    """The two lines below each figure run, and give a table or a figure."""
    import html

    text = rich_report.read_text(encoding="utf-8")
    codes = set(re.findall(r"<pre><code>(corpus = .*?)</code></pre>", text, re.DOTALL))
    assert len(codes) > 12
    ready = nb.find_topics(nb.clean(rich_corpus))
    for code in sorted(codes):
        call = html.unescape(code).split("\n")[1]
        assert eval(call, {"nb": nb, "corpus": ready}) is not None  # noqa: S307  own page


def test_day_of_the_report(rich_corpus: nb.Corpus, tmp_path: Path, take_apart: TakeApart) -> None:
    """With a day, figures and the code that makes them again stand for it."""
    nb.write_report(rich_corpus, tmp_path / "then.html", as_of=2008)
    text = (tmp_path / "then.html").read_text(encoding="utf-8")
    page = take_apart(text)
    assert "Documents 80" in page.sections["information"]
    assert "nb.main_information" not in page.sections["years"]
    assert "as_of=2008" in page.sections["years"]


def _works(n: int, **values: Any) -> nb.Corpus:
    """Make works that are alike but for their titles."""
    return nb.corpus_of([nb.Record(title=f"Harbour {k}", **values) for k in range(n)])


ABSENT = [
    ("one work", _works(1), "Averages of fewer than two works"),
    ("no citations", _works(3), "The files give no citation counts"),
    ("no references", _works(3), "The works come without lists of references."),
    (
        "each reference once",
        nb.corpus_of(
            [
                nb.Record(title=f"{k}", cited_references=[_cited(f"CHEN {k}, 199{k}, J")])
                for k in range(3)
            ]
        ),
        "None of the 3 cited references is cited by two works.",
    ),
    ("few authors", _works(3), "need 50 authors"),
    ("few works", _works(3), "Trends need 30 works"),
    ("no keywords", _works(3), "A three-field plot needs 20 works"),
    (
        "alone",
        _works(12, people=[nb.Person(family="Chen")]),
        "No work is known to have several authors.",
    ),
    ("no authors", _works(12), "No work with a whole list of authors was read."),
]


@pytest.mark.parametrize(("name", "corpus", "sentence"), ABSENT, ids=[row[0] for row in ABSENT])
def test_sentence_instead(
    tmp_path: Path, take_apart: TakeApart, name: str, corpus: nb.Corpus, sentence: str
) -> None:
    """What a corpus cannot carry is left out, and a sentence says why."""
    nb.write_report(corpus, tmp_path / "few.html", networks=[])
    page = take_apart((tmp_path / "few.html").read_text(encoding="utf-8"))
    assert sentence in page.sections["left_out"], name


def test_same_bytes(rich_corpus: nb.Corpus, rich_report: Path, tmp_path: Path) -> None:
    """The same corpus gives the same page."""
    nb.write_report(rich_corpus, tmp_path / "rich.html")
    assert (tmp_path / "rich.html").read_bytes() == rich_report.read_bytes()
