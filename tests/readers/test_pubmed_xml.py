"""The reader of PubMed's XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.pubmed_types import type_of
from nqp_biblio.readers.pubmed_xml import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path

SPRING = "<JournalIssue><PubDate><MedlineDate>1999 Spring</MedlineDate></PubDate></JournalIssue>"


def _entries(data: str) -> list[Record | Problem]:
    return list(FORMAT.records(Source("a.xml", data=data.encode())))


def _article(inner: str, kind: str = "Article") -> Record:
    """Read one article with some elements in it."""
    (record,) = _entries(
        "<PubmedArticleSet><PubmedArticle><MedlineCitation>"
        f"<{kind}>{inner}</{kind}></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )
    assert isinstance(record, Record)
    return record


@pytest.fixture(scope="module")
def entries(data: Path) -> list[Record]:
    """An article, a chapter of a book, and an article without citation."""
    source = Source(data / "pubmed" / "set.xml")
    assert detect_format(source).name == "pubmed-xml"
    return [entry for entry in FORMAT.records(source) if isinstance(entry, Record)]


def test_an_article_is_read_whole(entries: list[Record]) -> None:
    """Title, journal, place, date and numbers of an article are read."""
    record = entries[0]
    assert (record.title, record.line) == ("Growth of E. coli & of CO2.", 4)
    assert (record.type, record.source_raw) == ("article-journal", "Journal of Invented Results")
    assert (record.volume, record.issue) == ("12", "3")
    assert (record.pages_raw, record.pages) == ("454-81", [("454", "481")])
    assert (record.publication_year, record.publication_date) == (2001, "2001-03-07")
    assert (record.doi, record.doi_raw) == ("10.1234/inv.2001.7", "10.1234/INV.2001.7")
    assert (record.pmid, record.issn, record.language) == ("90000101", "1588-2861", "de")
    assert record.abstract == "AIM: To grow. RESULTS: It grew."


def test_authors_have_addresses_and_orcid(entries: list[Record]) -> None:
    """People, groups, suffixes, ORCID and addresses by position are read."""
    berg, smith, group = entries[0].people
    assert (berg.particle, berg.family, berg.given) == ("van der", "Berg", "Anna B")
    assert berg.orcid == "0000-0002-1825-0097"
    assert (smith.given, smith.suffix) == ("John R", "Jr")
    assert group.literal == "Growth Study Group"
    assert entries[0].affiliations == [("University of X.", 1), ("Institute of Y.", 1)]
    assert entries[0].et_al


def test_headings_keywords_and_retractions_stay(entries: list[Record]) -> None:
    """Headings with qualifiers, keywords, and the link to a retraction are kept."""
    record = entries[0]
    assert record.keywords == [
        ("index_keyword", "Growth/physiology"),
        ("author_keyword", "yeast"),
    ]
    assert ("MeshHeading", "Growth/*physiology") in record.fields
    assert ("RetractionIn", "J Inv Res. 2003;14:1 90000109") in record.fields
    assert ("ArticleId pmc", "PMC7") in record.fields


def test_cited_references_are_read(entries: list[Record]) -> None:
    """A citation gives author, source, year, volume, page and DOI."""
    (cited,) = entries[0].cited_references
    assert (cited.first_author, cited.source_raw) == ("Lotka AJ", "J Wash Acad Sci")
    assert (cited.publication_year, cited.volume, cited.first_page) == (1926, "16", "317")
    assert cited.doi == "10.1234/lotka"


def test_a_chapter_has_its_book(entries: list[Record]) -> None:
    """A part of a book has the book, its editors, publisher and ISBN."""
    record = entries[1]
    assert (record.type, record.title) == ("chapter", "Growing in the Dark")
    assert (record.source_raw, record.publication_year) == ("Handbook of Growing", 1993)
    assert (record.publisher, record.publisher_place) == ("Invented Press", "Ottawa (ON)")
    assert record.isbn == "9780306406157"
    assert [(person.display, person.role) for person in record.people] == [
        ("Moller, Wang", "author"),
        ("Adam, Margaret P", "editor"),
    ]


def test_an_article_without_citation_is_kept_with_a_problem(entries: list[Record]) -> None:
    """An article without its citation is an empty record that says so."""
    (problem,) = entries[2].problems
    assert "no MedlineCitation" in problem.reason
    assert problem.line == 74


@pytest.mark.parametrize(
    ("inner", "attribute", "expected"),
    [
        ("<VernacularTitle>Ein Titel</VernacularTitle>", "title", "Ein Titel"),
        ("<Pagination><StartPage>e12</StartPage></Pagination>", "pages", [("e12", "e12")]),
        (
            "<Pagination><StartPage>2</StartPage><EndPage>5</EndPage></Pagination>",
            "pages",
            [("2", "5")],
        ),
        (
            f"<Journal>{SPRING}</Journal>",
            "publication_year",
            1999,
        ),
        (
            "<ArticleDate><Year>2020</Year><Month>2</Month><Day>3</Day></ArticleDate>",
            "publication_date",
            "2020-02-03",
        ),
        ("<Journal><ISOAbbreviation>J X</ISOAbbreviation></Journal>", "source_raw", "J X"),
        ("<ELocationID EIdType='pii'>S1</ELocationID>", "doi", None),
        ("<AuthorList><Author/></AuthorList>", "people", []),
    ],
)
def test_one_element(inner: str, attribute: str, expected: object) -> None:
    """Each element goes to its attribute, in all its forms."""
    assert getattr(_article(inner), attribute) == expected


def test_citations_without_articles_around_them() -> None:
    """Sets of bare citations, as older files have them, are read too."""
    data = (
        "<MedlineCitationSet><MedlineCitation><PMID>7</PMID><PMID>8</PMID><Article>"
        "<ArticleTitle>A</ArticleTitle></Article></MedlineCitation></MedlineCitationSet>"
    )
    assert detect_format(Source("a.xml", data=data.encode())).name == "pubmed-xml"
    (record,) = _entries(data)
    assert isinstance(record, Record)
    assert (record.pmid, record.title) == ("7", "A")
    assert ("PMID", "8") in record.fields


def test_a_file_that_is_cut_keeps_what_is_whole(data: Path) -> None:
    """At whatever place a file is cut, whole articles are kept and the cut is named."""
    whole = (data / "pubmed" / "set.xml").read_text(encoding="utf-8")
    second = whole.index("<PubmedBookArticle>")
    for cut in range(second + 40, len(whole) - 200, 97):
        first, *rest = _entries(whole[:cut])
        assert isinstance(first, Record)
        assert first.pmid == "90000101"
        assert any(isinstance(entry, Problem) for entry in rest)


def test_a_set_without_articles_is_a_problem() -> None:
    """An empty set gives one problem."""
    (problem,) = _entries("<PubmedArticleSet></PubmedArticleSet>")
    assert isinstance(problem, Problem)
    assert "no PubmedArticle" in problem.reason


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (["Journal Article", "Review"], "article-journal"),
        (["Preprint", "Journal Article"], "article"),
        (["Congress"], "paper-conference"),
        (["Congress", "Journal Article"], "article-journal"),
        (["Dissertations/Theses - Doctoral Dissertations"], "thesis"),
        ([], "article-journal"),
    ],
)
def test_types(printed: list[str], expected: str) -> None:
    """Publication types are told in the words of CSL; an article in a journal stays one."""
    assert type_of(printed) == expected


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=60),
    st.sampled_from(["PMID", "Article", "AuthorList", "MeshHeadingList"]),
)
def test_any_content_is_read(text: str, name: str) -> None:
    """No content makes the reader fail."""
    entries = _entries(
        f"<PubmedArticleSet><PubmedArticle><MedlineCitation><{name}>{text}</{name}>"
        "</MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )
    assert entries


def test_real_files(shared_data: Path) -> None:
    """Files of PubMed give the records that were counted."""
    folder = shared_data / "formats" / "pubmed-xml"
    source = Source(folder / "bpy-pubmed-api.xml")
    records = list(FORMAT.records(source))
    assert len(records) == 100
    assert all(isinstance(record, Record) and record.doi for record in records)
    assert (
        sum(len(record.cited_references) for record in records if isinstance(record, Record))
        > 1_200
    )
