"""ADS XML: source, issue and article number out of the line that cites a work."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.ads_xml import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Record

if TYPE_CHECKING:
    from pathlib import Path

HEAD = '<records xmlns="https://ads.harvard.edu/schema/abs/1.1/abstracts"><record>'


def _of(inner: str) -> Record:
    data = f"{HEAD}{inner}</record></records>".encode()
    (record,) = FORMAT.records(Source("a.xml", data=data))
    assert isinstance(record, Record)
    return record


@pytest.fixture(scope="module")
def works(data: Path) -> list[Record]:
    """All works of the fixture."""
    source = Source(data / "ads" / "works.xml")
    assert FORMAT.matches(source) > 0.9
    return [entry for entry in FORMAT.records(source) if isinstance(entry, Record)]


def test_article(works: list[Record]) -> None:
    """An article has source, issue and number from one line, and two DOIs are told apart."""
    work = works[0]
    assert (work.key, work.type, work.line) == ("2018PhRvL.120b9901P", "article-journal", 4)
    assert work.title == "Erratum: Quantum x Criticality & more"
    assert (work.source_raw, work.volume, work.issue, work.article_number) == (
        "Physical Review Letters",
        "120",
        "2",
        "029901",
    )
    assert (work.doi, work.arxiv_id) == ("10.1103/physrevlett.120.029901", "1712.00001")
    assert (work.publication_date, work.abstract, work.cited_by_count) == ("2018-01", None, 12)


def test_lists(works: list[Record]) -> None:
    """Keywords may hold commas; addresses belong to their authors; links are fields."""
    work = works[0]
    assert work.keywords == [
        ("author_keyword", "galaxies: evolution"),
        ("author_keyword", "dust, extinction"),
    ]
    assert work.affiliations == [("First University, Oslo", 1), ("Third University", 2)]
    assert {("type", "erratum"), ("link.abstract", "https://example.org/a")} <= set(work.fields)


def test_thesis_and_pages(works: list[Record]) -> None:
    """A thesis has its school; the last page is taken from the line."""
    assert (works[1].type, works[1].genre, works[1].publisher, works[1].source_raw) == (
        "thesis",
        "PhD thesis",
        "Leiden University",
        None,
    )
    assert works[2].pages == [("35", "41")]
    assert [problem.reason for problem in works[2].problems] == [
        "no year in 'soon'; the year is left empty"
    ]


@pytest.mark.parametrize(
    ("line", "source", "number"),
    [
        ("Weather, vol. 73, issue 1, pp. 35-35", "Weather", None),
        ("2D Materials, Volume 5, Issue 1, article id. 010201 (2018).", "2D Materials", "010201"),
        ("Bulletin of Examples, 4403, 2 (2017). Edited by Green", "Bulletin of Examples", None),
        ("Example Code Library, record ascl:1706.009", "Example Code Library", "ascl:1706.009"),
        (
            "Example On-line Data Catalog: J/AN/338/453.",
            "Example On-line Data Catalog",
            "J/AN/338/453",
        ),
        ("AAVSO Special Notice #429", "AAVSO Special Notice", None),
        ("Example Proposal ID 13168", "Example Proposal", "13168"),
        ("eprint arXiv:hep-th/9108028", "arXiv", "hep-th/9108028"),
        (
            "https://example.org/forum?p=1#2 (Comments)",
            "https://example.org/forum?p=1#2 (Comments)",
            None,
        ),
    ],
)
def test_citing_lines(line: str, source: str, number: str | None) -> None:
    """The source is what stands before volume, number, page or year."""
    record = _of(f"<bibcode>2018PhRvL.120b9901P</bibcode><journal>{line}</journal>")
    assert (record.source_raw, record.article_number) == (source, number)
    assert ("journal", line) in record.fields


@pytest.mark.parametrize("text", ["<records><record/></records>", "<bibcode>x", "bibcode"])
def test_other_files(text: str) -> None:
    """Other XML is not claimed as surely."""
    assert FORMAT.matches(Source("a.xml", data=text.encode())) <= 0.9


@given(st.text(min_size=1))
def test_any_text(text: str) -> None:
    """Any text gives works or problems."""
    data = (HEAD + "<journal>" + text).encode("utf-8", "replace")
    with contextlib.suppress(InputError):
        assert list(FORMAT.records(Source("a.xml", data=data)))
