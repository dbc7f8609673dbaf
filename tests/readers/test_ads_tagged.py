"""ADS tagged: wrapped lines, addresses by letters, numbers under one tag."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.ads_tagged import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def works(data: Path) -> list[Record]:
    """All works of the fixture."""
    source = Source(data / "ads" / "works.txt")
    assert FORMAT.matches(source) > 0.9
    return [entry for entry in FORMAT.records(source) if isinstance(entry, Record)]


def test_article(works: list[Record]) -> None:
    """An article has its bibcode as key, journal, date, pages, DOI and number of arXiv."""
    work = works[0]
    assert (work.key, work.type, work.line) == ("2018PhRvL.120b9901P", "article-journal", 3)
    assert work.title == "Erratum: Quantum x Criticality & more"
    assert (work.source_raw, work.volume, work.publication_date) == (
        "Physical Review Letters",
        "120",
        "2018-01",
    )
    assert work.pages == [("029901", "029903")]
    assert (work.doi, work.arxiv_id) == ("10.1103/physrevlett.120.029901", "1712.00001")
    assert work.abstract == "An abstract that runs over two lines. And a paragraph."


def test_people(works: list[Record]) -> None:
    """A list cut by points is told, and letters say whose an address is."""
    work = works[0]
    assert [person.display for person in work.people] == ["Small, Henry", "van der Berg, Ada"]
    assert work.et_al
    assert work.affiliations == [
        ("First University, Oslo", 1),
        ("Second Institute", 1),
        ("Third University", 2),
    ]


def test_keywords(works: list[Record]) -> None:
    """Keywords are parted by commas."""
    assert works[0].keywords == [
        ("author_keyword", "galaxies: evolution"),
        ("author_keyword", "galaxies: abundances"),
    ]


def test_thesis(works: list[Record]) -> None:
    """What ADS prints for the journal of a thesis is its kind."""
    work = works[1]
    assert (work.type, work.genre, work.source_raw) == ("thesis", "Ph.D. Thesis", None)
    assert ("I", "ABSTRACT: Abstract;") in work.fields


def test_preprint(works: list[Record]) -> None:
    """A number of arXiv in the place of a page is no page; a date without year is told."""
    work = works[2]
    assert (work.type, work.pages, work.article_number) == ("article", [], "hep-th/9108028")
    assert work.fields == [("Z", "kept")]
    assert [problem.reason for problem in work.problems] == [
        "no year in 'in the spring'; the year is left empty"
    ]


@pytest.mark.parametrize("text", ["%0 Journal Article\n%T x\n%A y\n", "%R 5\n%T x\n", "TY  - x"])
def test_other_files(text: str) -> None:
    """EndNote's percent tags and others are not claimed."""
    assert FORMAT.matches(Source("a.txt", data=text.encode())) == 0


@given(st.text(min_size=1))
def test_any_text(text: str) -> None:
    """Any text gives works or problems."""
    data = ("%R 2018PhRvL.120b9901P\n%T " + text).encode("utf-8", "replace")
    with contextlib.suppress(InputError):
        found = list(FORMAT.records(Source("a.txt", data=data)))
        assert len(found) >= 1


def test_no_record() -> None:
    """A file without a record is a problem."""
    (found,) = FORMAT.records(Source("a.txt", data=b"words"))
    assert isinstance(found, Problem)
