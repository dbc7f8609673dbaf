"""JATS: articles, lists of records, references and in-text citations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.errors import InputError
from nqp_biblio.readers.jats import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path

_REFERENCE = re.compile(r"<ref[\s>]")
_CITATION = re.compile(r"<xref[^>]*ref-type=\"bibr\"")


def _records(source: Source) -> list[Record]:
    return [entry for entry in FORMAT.records(source) if isinstance(entry, Record)]


def _article(body: str, references: str = "") -> Source:
    text = (
        "<article><front><article-meta><title-group><article-title>T</article-title></title-group>"
        f"</article-meta></front><body>{body}</body>"
        f"<back><ref-list>{references}</ref-list></back></article>"
    )
    return Source("paper.xml", data=text.encode())


@pytest.fixture(scope="module")
def paper(data: Path) -> Record:
    """The paper of the fixtures."""
    (record,) = _records(Source(data / "jats" / "paper.xml"))
    return record


def test_front(paper: Record) -> None:
    """Title, journal, numbers, date and words of an article are read."""
    assert paper.role == "paper"
    assert (paper.type, paper.title) == ("article-journal", "Counting citations: A test")
    assert (paper.source_raw, paper.volume, paper.issue) == ("Journal of Invention", "7", "2")
    assert (paper.article_number, paper.doi, paper.pmid) == ("e17", "10.5555/inv.1", "123456")
    assert (paper.publication_year, paper.publication_date) == (2020, "2020-02-03")
    assert paper.abstract == "Background: We count."
    assert paper.keywords == [("author_keyword", "citation"), ("author_keyword", "reference")]
    assert (paper.language, paper.issn, paper.publisher) == ("en", "1234-5679", "Invented Press")
    assert ("funding-source", "Research Council") in paper.fields
    assert ("sub-article reply", "Author response") in paper.fields


def test_people(paper: Record) -> None:
    """Authors have ORCID and address, a group stays whole, the journal's editor is no editor."""
    author, group = paper.people
    assert (author.particle, author.family, author.given) == ("van der", "Roe", "Ada")
    assert author.orcid == "0000-0002-1825-0097"
    assert group.literal == "The Counting Group"
    assert paper.affiliations == [("University of Oslo, Norway", 1)]
    assert ("collab-member", "Poe, B") in paper.fields
    assert ("contributor editor", "Zoe, C: Reviewing editor") in paper.fields


@pytest.mark.parametrize(
    ("label", "kind", "title", "source", "volume", "pages", "year"),
    [
        ("1", "article-journal", "Citation indexes for science", "Science", "122", "108-111", 1955),
        (
            "2",
            "article-journal",
            "Networks of scientific papers",
            "Science",
            "149",
            "510-515",
            1965,
        ),
        (
            "3",
            "article-journal",
            "Bibliographic coupling between scientific papers",
            "American Documentation",
            "14",
            "10-25",
            1963,
        ),
        ("4", "book", "The sociology of science", None, None, None, 1973),
        ("5a", "article-journal", "Co-citation", "JASIS", "24", None, 1973),
        ("5b", "article-journal", "System of document connections", "NTI", "6", None, 1973),
        ("6", "chapter", "An index", "Handbook of indices", None, None, 2001),
    ],
)
def test_references(
    paper: Record,
    label: str,
    kind: str,
    title: str,
    source: str | None,
    volume: str | None,
    pages: str | None,
    year: int,
) -> None:
    """Tagged, partly tagged and plain references are works with their fields."""
    (work,) = [one.work for one in paper.cited_references if one.label == label]
    assert work is not None
    assert (work.role, work.key, work.type, work.title) == ("reference", label, kind, title)
    assert (work.source_raw, work.volume, work.pages_raw) == (source, volume, pages)
    assert work.publication_year == year


def test_details_of_references(paper: Record) -> None:
    """A DOI, an editor, et al. and the printed text of a reference are kept."""
    works = {one.label: one.work for one in paper.cited_references if one.work}
    assert works["1"].doi == "10.1126/science.122.3159.108"
    assert works["4"].et_al
    assert works["6"].people[0].role == "editor"
    assert works["2"].raw == (
        "Price DJD (1965) Networks of scientific papers. Science 149: 510–515."
    )
    assert works["1"].line == 35


def test_mentions(paper: Record) -> None:
    """Each citation is a mention; of a range whose ends are tagged the list gives the rest."""
    labels = [mention.label for mention in paper.mentions]
    assert labels == ["1", "2", "3", "4", "5a", "5b", "1", "6", "r77", "4"]
    assert [one.marker for one in paper.mentions[1:6]] == ["[2]–[5]"] * 5
    first = paper.mentions[0]
    assert (first.marker, first.section, first.sentence) == (
        "[1]",
        "1 Introduction",
        "Citations were counted early [1].",
    )
    assert (first.paragraph, first.sentence_number) == (2, 2)
    note, index = paper.mentions[6], paper.mentions[7]
    assert (note.sentence, note.paragraph) == ("But see Garfield.", 3)
    assert (index.section, index.sentence) == ("1.1 Indices", "The index^6 is new.")
    assert paper.mentions[-1].section == "Author response"


def test_lost_citations(paper: Record) -> None:
    """A citation of what the list has not is a mention too, and a problem."""
    assert [problem.reason for problem in paper.problems] == [
        "the text cites 'r77', which is not in the list of references"
    ]


def test_offsets(data: Path, paper: Record) -> None:
    """The offset of a mention is the character of the file where its tag begins."""
    text = Source(data / "jats" / "paper.xml").text
    assert all(text.startswith("<xref", mention.offset) for mention in paper.mentions)


def test_records(data: Path) -> None:
    """A list of records without text is read, whatever its namespace; none is lost."""
    records = _records(Source(data / "jats" / "records.xml"))
    assert [record.role for record in records] == ["record"] * 3
    assert [record.type for record in records] == ["review-book", None, "thesis"]
    assert (records[0].pages, records[0].publication_date) == ([("35", "37")], None)
    assert records[0].source_raw == "JInv"
    assert "no article-meta" in records[1].problems[0].reason


_ONE, _TWO, _THREE = (f"<xref ref-type='bibr' rid='r{n}'>{n}</xref>" for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        ("<p>A <xref ref-type='bibr' rid='r1 r3'>1,3</xref>.</p>", ["1", "3"]),
        ("<p>A <xref ref-type='bibr' rid='r1'>1-3</xref>.</p>", ["1", "2", "3"]),
        ("<p>A <xref ref-type='bibr' rid='r3'>1-3</xref>.</p>", ["3", "1", "2"]),
        (f"<p>A<sup>{_ONE}–{_THREE}</sup>.</p>", ["1", "2", "3"]),
        (f"<p>A {_ONE},{_THREE}.</p>", ["1", "3"]),
        ("<p>A <xref ref-type='fig' rid='r1'>1</xref>.</p>", []),
        (f"<sec><title>B {_TWO}</title></sec>", ["2"]),
        (f"<table-wrap><table><tr><td>{_TWO}</td></tr></table></table-wrap>", ["2"]),
        (f"<p>A <fig><caption><p>{_TWO}</p></caption></fig></p>", ["2"]),
    ],
)
def test_ways_to_cite(body: str, labels: list[str]) -> None:
    """Several targets, ranges, superscripts, headings, tables and captions all count."""
    references = "".join(
        f"<ref id='r{n}'><label>{n}</label>"
        f"<mixed-citation>Roe A. One. J X {n}:1, 2001.</mixed-citation></ref>"
        for n in (1, 2, 3)
    )
    (record,) = _records(_article(body, references))
    assert [mention.label for mention in record.mentions] == labels


def test_repeated_labels() -> None:
    """Labels that two lists share are told apart."""
    reference = (
        "<ref id='{0}'><label>1</label><mixed-citation>Roe A. One. 2001.</mixed-citation></ref>"
    )
    (record,) = _records(_article("<p>A</p>", reference.format("a") + reference.format("b")))
    assert [one.label for one in record.cited_references] == ["1", "1 (2)"]


def test_deep_nesting() -> None:
    """Elements as deep as XML may have them are read."""
    body = "<sec>" * 200 + "<p>A</p>" + "</sec>" * 200
    (record,) = _records(_article(body))
    assert record.title == "T"


def test_cut_file(data: Path) -> None:
    """A file that is cut gives what is whole, and a problem."""
    text = (data / "jats" / "records.xml").read_bytes()
    entries = list(FORMAT.records(Source("cut.xml", data=text[:-60])))
    assert [isinstance(entry, Problem) for entry in entries] == [False, False, True]


def test_is_told_from_other_xml(data: Path) -> None:
    """The format is found by content, and claims no other XML."""
    assert detect_format(Source(data / "jats" / "paper.xml")).name == "jats"
    assert FORMAT.matches(Source("a.xml", data=b"<article><title>One</title></article>")) == 0
    assert FORMAT.matches(Source("a.txt", data=b"An article.")) == 0


def test_corpus(data: Path) -> None:
    """In a corpus every mention finds its reference by its label, save the lost one."""
    corpus = nb.read(data / "jats" / "paper.xml")
    found = corpus.mentions["reference_id"].notna()
    assert found.sum() == len(found) - 1
    assert len(corpus.cited_references) == 7


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    """Whatever stands in an article, reading ends with works or problems."""
    data = f"<article><front><article-meta>{text}</article-meta></front></article>".encode(
        errors="replace"
    )
    try:
        entries = list(FORMAT.records(Source("any.xml", data=data)))
    except InputError:
        return
    assert entries


def test_real_files(shared_data: Path) -> None:
    """Every reference and every tagged citation of real articles is there, in its place."""
    for file in sorted((shared_data / "formats" / "jats").glob("*.xml")):
        source = Source(file)
        records = _records(source)
        mentions = [mention for record in records for mention in record.mentions]
        n_references = sum(len(record.cited_references) for record in records)
        assert n_references == len(_REFERENCE.findall(source.text)), file.name
        offsets = {mention.offset for mention in mentions}
        assert len(offsets) == len(_CITATION.findall(source.text)), file.name
        assert all(source.text.startswith("<xref", offset) for offset in offsets)
        assert not [problem for record in records for problem in record.problems]
