"""RDF: people, journals, notes and shelves that the works of a file point at."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.source import Source
from nqp_biblio.readers.zotero_rdf import FORMAT
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:bibo="http://purl.org/ontology/bibo/" xmlns:dc="http://purl.org/dc/terms/"
 xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:schema="http://schema.org/">
"""


def _read(text: str) -> list[Record | Problem]:
    return list(FORMAT.records(Source("a.rdf", data=text.encode("utf-8", "replace"))))


def _of(inner: str) -> Record:
    (record,) = _read(f"{HEAD}{inner}\n</rdf:RDF>")
    assert isinstance(record, Record)
    return record


@pytest.fixture(scope="module")
def works(data: Path) -> list[Record]:
    """All works of the fixture; notes, files, journals and shelves are none."""
    source = Source(data / "zotero-rdf" / "library.rdf")
    assert FORMAT.matches(source) > 0.9
    found = [entry for entry in FORMAT.records(source) if isinstance(entry, Record)]
    assert [work.line for work in found] == [12, 67, 96]
    return found


def test_article(works: list[Record]) -> None:
    """Volume, issue, ISSN and DOI come from the journal that the article points at."""
    work = works[0]
    assert (work.type, work.publication_date, work.pages_raw) == (
        "article-journal",
        "1973-07",
        "265-269",
    )
    assert work.title == "Co-citation in the scientific literature: H2O & more"
    assert work.source_raw == "Journal of the American Society for Information Science"
    assert (work.volume, work.issue, work.issn) == ("24", "4", "0002-8231")
    assert (work.doi, work.url, work.language) == (
        "10.1002/asi.4630240406",
        "https://example.org/small1973",
        "en",
    )


def test_people_and_tags(works: list[Record]) -> None:
    """Names keep their order, groups are groups, automatic tags are index keywords."""
    assert [person.display for person in works[0].people] == [
        "Small, Henry",
        "van der Berg, Ada",
        "Citation Study Group",
    ]
    assert works[0].keywords == [
        ("author_keyword", "co-citation"),
        ("index_keyword", "Bibliometrics"),
    ]


def test_notes_and_shelves(works: list[Record]) -> None:
    """Notes, attachments and collections are fields of their work."""
    assert works[0].fields == [
        ("note", "Read twice"),
        ("attachment", "Full text"),
        ("libraryCatalog", "Example Catalogue"),
        ("collection", "To read"),
        ("abbreviation", "J. Am. Soc. Inf. Sci."),
    ]


def test_chapter(works: list[Record]) -> None:
    """A chapter has book, series, publisher, place and editor."""
    work = works[1]
    assert (work.type, work.source_raw, work.series) == (
        "chapter",
        "A book of parts",
        "Series of books",
    )
    assert (work.publisher, work.publisher_place, work.isbn) == (
        "Example Press",
        "Berlin",
        "978-3-16-148410-0",
    )
    assert [(person.role, person.family) for person in work.people] == [("editor", "Dahl")]


def test_date_that_is_none(works: list[Record]) -> None:
    """A date without a year is a problem of the work, which is kept."""
    assert [problem.reason for problem in works[2].problems] == [
        "no year in 'in the spring'; the year is left empty"
    ]


@pytest.mark.parametrize(
    ("inner", "name", "expected"),
    [
        ("<bibo:Book><dc:title>T</dc:title><bibo:isbn10>1</bibo:isbn10></bibo:Book>", "isbn", "1"),
        ('<bibo:Book dc:title="T" dc:date="2001"/>', "title", "T"),
        ('<bibo:Book dc:title="T" dc:date="2001"/>', "publication_year", 2001),
        ("<bibo:Thesis><bibo:pageStart>1</bibo:pageStart></bibo:Thesis>", "pages_raw", "1"),
        ("<bibo:Thesis><bibo:doi>10.1000/A</bibo:doi></bibo:Thesis>", "doi", "10.1000/a"),
        (
            (
                '<rdf:Description><rdf:type rdf:resource="http://schema.org/Book"/>'
                "<schema:name>T</schema:name></rdf:Description>"
            ),
            "type",
            "book",
        ),
        (
            (
                "<bibo:Article><dc:isPartOf><bibo:Proceedings><dc:title>P</dc:title>"
                "</bibo:Proceedings></dc:isPartOf></bibo:Article>"
            ),
            "type",
            "paper-conference",
        ),
        (
            (
                '<bibo:Article rdf:about="a"><dc:isPartOf rdf:resource="a"/><dc:title>T</dc:title>'
                "</bibo:Article>"
            ),
            "title",
            "T",
        ),
    ],
)
def test_single_values(inner: str, name: str, expected: object) -> None:
    """Values are read from elements, attributes and other nodes; circles end."""
    assert getattr(_of(inner), name) == expected


def test_lists_and_loose_authors() -> None:
    """The list gives the order, and an author who is said again is one person."""
    people = "".join(
        f'<foaf:Person rdf:nodeID="n{at}"><foaf:givenName>{name}</foaf:givenName>'
        f"<foaf:surname>Berg</foaf:surname></foaf:Person>"
        for at, name in enumerate(("Ada", "Bo"))
    )
    article = (
        '<bibo:Article><dc:creator rdf:nodeID="n1"/><dc:creator rdf:nodeID="n0"/>'
        '<bibo:authorList><rdf:Seq><rdf:li rdf:nodeID="n0"/><rdf:li rdf:nodeID="n1"/></rdf:Seq>'
        "</bibo:authorList></bibo:Article>"
    )
    assert [person.given for person in _of(article + people).people] == ["Ada", "Bo"]


def test_broken_node() -> None:
    """A node whose XML is broken is a problem; the nodes around it are read."""
    good = "<bibo:Book><dc:title>T</dc:title></bibo:Book>\n"
    found = _read(
        f"{HEAD}{good}<bibo:Book a=1><dc:title>T</dc:title></bibo:Book>\n{good}</rdf:RDF>"
    )
    assert [type(entry) for entry in found] == [Record, Problem, Record]
    assert found[1].line == 5


def test_cut_file() -> None:
    """A cut file keeps the works before the cut."""
    good = "<bibo:Book><dc:title>T</dc:title></bibo:Book>\n"
    found = _read(f"{HEAD}{good}<bibo:Book><dc:title>T")
    assert [type(entry) for entry in found] == [Record, Problem]


@pytest.mark.parametrize(
    "head",
    [
        '<rdf:RDF xmlns:rdf="r" xmlns:owl="http://www.w3.org/2002/07/owl#"><owl:Ontology/>',
        "<html>http://purl.org/ontology/bibo/</html>",
        "bibo",
    ],
)
def test_no_bibliography(head: str) -> None:
    """RDF of other things, and other XML, is not claimed."""
    assert FORMAT.matches(Source("a.rdf", data=head.encode())) == 0


@given(st.text(min_size=1))
def test_any_text(text: str) -> None:
    """Any text gives works or problems."""
    with contextlib.suppress(InputError):
        assert _read(HEAD + "<bibo:Book><dc:title>" + text)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "BibliontologyRDF-00",
            ("article-journal", 2016, "LIBREAS. Library Ideas", None, "29", ["Kim", "Zumstein"]),
        ),
        ("RDF-00", ("book", 2015, None, None, None, ["Ronge"])),
        (
            "RDF-01",
            (
                "article-journal",
                2012,
                "Cataloging & Classification Quarterly",
                "50",
                "5",
                ["Smiraglia"],
            ),
        ),
        ("RDF-04", ("treaty", 2017, None, "34", None, [None])),
    ],
)
def test_real_files(shared_data: Path, name: str, expected: tuple[object, ...]) -> None:
    """Real files of three vocabularies give what their own importer finds, and more."""
    path = shared_data / f"formats/zotero-rdf/zotero-{name}.rdf"
    (work,) = list(FORMAT.records(Source(path)))
    assert isinstance(work, Record)
    families = [person.family for person in work.people]
    found = (work.type, work.publication_year, work.source_raw, work.volume, work.issue, families)
    assert found == expected
