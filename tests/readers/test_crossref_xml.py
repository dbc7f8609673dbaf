"""Crossref XML: deposits of all kinds of works, and answers of the query service."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.crossref_xml import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

FIXTURE = Path(__file__).parents[1] / "data" / "crossref" / "deposit.xml"
ANSWER = """<crossref_result><query_result><body>
<query status="resolved"><doi>10.5555/a</doi>
<crm-item name="citedby-count" type="number">13</crm-item>
<doi_record><crossref><book><book_metadata><titles><title>Book</title></titles>
<publication_date><year>2001</year></publication_date><doi_data><doi>10.5555/b</doi></doi_data>
</book_metadata><content_item component_type="reference_entry"><titles><title>Entry</title></titles>
<doi_data><doi>10.5555/a</doi></doi_data></content_item></book></crossref></doi_record></query>
<query status="unresolved"><doi>10.5555/c</doi><msg>not found</msg></query>
</body></query_result></crossref_result>"""


def _read(text: str) -> list[Record | Problem]:
    return list(FORMAT.records(Source("a.xml", data=text.encode())))


@pytest.fixture(scope="module")
def read() -> list[Record]:
    """Return what the fixture of the project gives."""
    source = Source(FIXTURE)
    assert detect_format(source).name == "crossref-xml"
    items = list(FORMAT.records(source))
    assert all(isinstance(item, Record) for item in items)
    return [item for item in items if isinstance(item, Record)]


def test_works(read: list[Record]) -> None:
    """A deposit gives its articles, books with their chapters, papers and all other kinds."""
    assert [(one.type, one.title, one.line) for one in read] == [
        ("article-journal", "Water, H2O: and more", 17),
        ("article-journal", "Second", 40),
        ("book", "A book of chapters", 48),
        ("chapter", "First chapter", 59),
        ("paper-conference", "A paper", 73),
        ("thesis", "A thesis", 78),
        ("report", "A report", 87),
        ("article", "A preprint", 94),
        ("standard", "A standard", 101),
    ]


@pytest.mark.parametrize(
    ("index", "name", "expected"),
    [
        (0, "source_raw", "Journal of Made-up"),
        (0, "volume", "7"),
        (0, "issue", "2"),
        (0, "pages", [("11", "19")]),
        (0, "publication_year", 2020),
        (0, "publication_date", "2020-03"),
        (0, "issn", "1234-567X"),
        (0, "doi", "10.5555/made.up.1"),
        (0, "url", "https://made.up/1"),
        (0, "language", "de"),
        (0, "abstract", "What was found."),
        (0, "affiliations", [("University of Made-up, Town", 1)]),
        (1, "article_number", "e12"),
        (1, "language", "en"),
        (2, "series", "Series of Made-up"),
        (2, "edition", "2"),
        (2, "publisher_place", "Town"),
        (3, "source_raw", "A book of chapters"),
        (3, "isbn", "9783161484100"),
        (3, "publication_year", 2018),
        (4, "event", "Meeting of Made-up"),
        (4, "source_raw", "Proceedings of Made-up"),
        (4, "publication_year", 2017),
        (5, "publisher", "University of Made-up"),
        (5, "genre", "PhD"),
        (6, "publisher", "Office of Made-up"),
        (7, "source_raw", "made-upRxiv"),
        (7, "publication_date", "2021-01-02"),
        (8, "publisher", "Body of Made-up"),
        (8, "publication_year", 2014),
    ],
)
def test_values(read: list[Record], index: int, name: str, expected: object) -> None:
    """What is said of the work and of what it stands in comes into its attributes."""
    assert getattr(read[index], name) == expected


def test_people(read: list[Record]) -> None:
    """Authors come with suffix and ORCID, groups whole, a chapter with the book's editors."""
    assert [(one.role, one.display, one.orcid) for one in read[0].people] == [
        ("author", "van der Berg, Ada, Jr.", "0000-0002-1825-0097"),
        ("author", "Made-up Group", None),
    ]
    assert ("contributor.reviewer", "Moe, Bo") in read[0].fields
    assert [(one.role, one.display) for one in read[3].people] == [
        ("author", "Zoe, Eve"),
        ("editor", "Doe, Cy"),
    ]
    assert [one.display for one in read[5].people] == ["Hoe, Gil"]


def test_citations(read: list[Record]) -> None:
    """References are kept as printed, or put together of their parts, or by their key."""
    assert [(one.label, one.raw, one.doi) for one in read[0].cited_references] == [
        ("ref1", "Roe A. One. J X 2001;3:4-5.", "10.5555/cited.1"),
        ("ref2", "Doe, 1999, Two, J Y, 4, 9", None),
        ("ref3", "ref3", None),
    ]
    second = read[0].cited_references[1]
    assert (second.first_author, second.publication_year, second.first_page) == ("Doe", 1999, "9")


def test_a_year_that_is_none(read: list[Record]) -> None:
    """A year that is no number is said, and the record stays."""
    assert read[1].year_raw == "MMXX"
    assert "no year in 'MMXX'" in read[1].problems[0].reason


def test_answer() -> None:
    """An answer gives the part that was asked for with its count, or says what is wrong."""
    record, problem = _read(ANSWER)
    assert isinstance(record, Record)
    assert (record.type, record.title, record.source_raw) == ("entry", "Entry", "Book")
    assert (record.cited_by_count, record.publication_year) == (13, 2001)
    assert isinstance(problem, Problem)
    assert "not found" in problem.raw


@pytest.mark.parametrize("text", ["<journal/>", "<doi_records/>", "<html>crossref</html>", "no"])
def test_files_of_others(text: str) -> None:
    """XML without the roots of the agency is not claimed."""
    assert FORMAT.matches(Source("a.xml", data=text.encode())) == 0


@pytest.mark.parametrize("percent", range(6, 99, 4))
def test_cut_short(percent: int) -> None:
    """A file that is cut gives what stands before the cut, and a problem."""
    text = FIXTURE.read_text("utf-8")
    items = _read(text[: len(text) * percent // 100])
    assert any(isinstance(item, Problem) for item in items)


@given(
    st.lists(
        st.sampled_from(
            ["journal_metadata", "journal_article", "titles", "title", "year", "pages", "citation"]
        ),
        max_size=6,
    ),
    st.text(alphabet="ab 12.,:;'-", max_size=9),
)
def test_anything(tags: list[str], text: str) -> None:
    """Elements in any order give records or problems, never an exception."""
    inner = "".join(f"<{tag}>" for tag in tags) + text + "".join(f"</{t}>" for t in tags[::-1])
    assert _read(f"<crossref><journal>{inner}</journal></crossref>")


def test_real_files(shared_data: Path) -> None:
    """Each real file gives its one work with DOI, title, year and authors."""
    for path in sorted((shared_data / "formats" / "crossref-xml").glob("*.xml")):
        source = Source(path)
        assert detect_format(source).name == "crossref-xml"
        [record] = FORMAT.records(source)
        assert isinstance(record, Record)
        assert all((record.doi, record.title, record.publication_year, record.people))
