"""TEI: papers, records of archives, lists of references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.readers.tei import FORMAT
from nqp_biblio.record import Record

if TYPE_CHECKING:
    from pathlib import Path

_CITATION = re.compile(r"<ref type=\"bibr\"")
_REFERENCE = re.compile(r"<biblStruct xml:id=")


def _records(source: Source) -> list[Record]:
    return [entry for entry in FORMAT.records(source) if isinstance(entry, Record)]


@pytest.fixture(scope="module")
def paper(data: Path) -> Record:
    """The paper of the fixtures."""
    (record,) = _records(Source(data / "tei" / "paper.tei.xml"))
    return record


def test_header(paper: Record) -> None:
    """The header says title, author, journal, date and words."""
    assert (paper.role, paper.type, paper.title) == (
        "paper",
        "article-journal",
        "Counting citations",
    )
    assert (paper.source_raw, paper.volume, paper.pages_raw) == ("Journal of Invention", "7", "1-9")
    assert (paper.doi, paper.issn, paper.language) == ("10.5555/inv.1", "1234-5679", "en")
    assert paper.publication_date == "2020-02-03"
    assert [person.display for person in paper.people] == ["Roe, Ada B"]
    assert paper.people[0].orcid == "0000-0002-1825-0097"
    assert paper.affiliations == [("University of Oslo, Norway", 1)]
    assert paper.keywords == [("author_keyword", "citation")]
    assert paper.abstract == "We count."


def test_references(paper: Record) -> None:
    """References have their fields, their type by the levels of titles, and the printed text."""
    works = [one.work for one in paper.cited_references if one.work]
    assert [work.key for work in works] == ["b0", "b1", "b2"]
    assert [work.type for work in works] == ["article-journal", "paper-conference", "book"]
    assert works[0].pages == [("108", "111")]
    assert works[1].raw == "Price. 1965. Networks of scientific papers."
    assert works[2].title == "The sociology of science"


def test_mentions(data: Path, paper: Record) -> None:
    """Citations are mentions, also those without a target, with the brackets around them."""
    shown = [(one.label, one.marker, one.section) for one in paper.mentions]
    assert shown == [
        ("b0", "(Garfield, 1955;Price, 1965)", "1 Introduction"),
        ("b1", "(Garfield, 1955;Price, 1965)", "1 Introduction"),
        ("Nobody, 1999", "(Nobody, 1999)", "1 Introduction"),
        ("b2", "[3]", "1 Introduction"),
        ("b9", "[9]", None),
    ]
    text = Source(data / "tei" / "paper.tei.xml").text
    assert all(text.startswith("<ref ", one.offset) for one in paper.mentions)
    assert "'b9'" in paper.problems[0].reason


def test_archive() -> None:
    """An export of an archive gives a record for each description, with its laboratories."""
    text = """<TEI><text><body><listBibl><biblFull><titleStmt><title>One</title></titleStmt>
    <sourceDesc><biblStruct><analytic><title>One</title><author><persName><forename>A</forename>
    <surname>Roe</surname></persName><affiliation ref="#s1"/></author></analytic><monogr>
    <title level="j">J X</title><imprint><biblScope unit="pp">1-9</biblScope>
    <date type="datePub">2006</date></imprint></monogr><idno type="doi">10.5555/1</idno>
    </biblStruct></sourceDesc><profileDesc><langUsage><language ident="fr"/></langUsage>
    <textClass><classCode scheme="halTypology" n="ART">Journal articles</classCode></textClass>
    </profileDesc></biblFull></listBibl></body><back><listOrg><org xml:id="s1">
    <orgName>Lab</orgName></org></listOrg></back></text></TEI>"""
    (record,) = _records(Source("hal.xml", data=text.encode()))
    assert (record.role, record.type, record.title) == ("record", "article-journal", "One")
    assert (record.doi, record.publication_year, record.language) == ("10.5555/1", 2006, "fr")
    assert record.affiliations == [("Lab", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "<TEI><teiHeader/><text><back><listBibl>{0}</listBibl></back></text></TEI>",
        "<listBibl xmlns='http://www.tei-c.org/ns/1.0'>{0}</listBibl>",
    ],
)
def test_lists(text: str) -> None:
    """A list without a paper gives a record for each reference."""
    one = "<biblStruct><monogr><title level='m'>One</title><imprint/></monogr></biblStruct>"
    records = _records(Source("list.xml", data=text.format(one * 2).encode()))
    assert [record.title for record in records] == ["One", "One"]


def test_is_found(data: Path) -> None:
    """The format is found by content."""
    assert detect_format(Source(data / "tei" / "paper.tei.xml")).name == "tei"


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    """Whatever stands in a document, reading ends with works or problems."""
    data = f"<TEI><text><body><p>{text}</p></body></text></TEI>".encode(errors="replace")
    try:
        entries = list(FORMAT.records(Source("any.xml", data=data)))
    except InputError:
        return
    assert entries


def test_real_files(shared_data: Path) -> None:
    """Every reference and every tagged citation of real documents is there, in its place."""
    for file in sorted((shared_data / "formats" / "tei").glob("*.xml")):
        source = Source(file)
        records = _records(source)
        mentions = [mention for record in records for mention in record.mentions]
        n_references = sum(len(record.cited_references) for record in records)
        assert n_references == len(_REFERENCE.findall(source.text)), file.name
        offsets = {mention.offset for mention in mentions}
        assert len(offsets) == len(_CITATION.findall(source.text)), file.name
        assert all(source.text.startswith("<ref ", offset) for offset in offsets)
