"""The reader of MEDLINE's tagged text, in the forms of PubMed, PubMed Central and ERIC."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.pubmed_nbib import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "PMID- 1\nOWN - NLM\n"


def _read(text: str) -> list[Record]:
    found = list(FORMAT.records(Source("a.nbib", data=text.encode())))
    return [entry for entry in found if isinstance(entry, Record)]


def _one(lines: str) -> Record:
    (record,) = _read(HEAD + lines)
    return record


@pytest.fixture(scope="module")
def classics(data: Path) -> list[Record]:
    """An article, a chapter without a blank line before it, and a work that was retracted."""
    found = list(FORMAT.records(Source(data / "pubmed" / "classics.nbib")))
    return [entry for entry in found if isinstance(entry, Record)]


@pytest.fixture(scope="module")
def eric(data: Path) -> list[Record]:
    """An article, a report and a thesis of ERIC."""
    found = list(FORMAT.records(Source(data / "pubmed" / "eric.nbib")))
    return [entry for entry in found if isinstance(entry, Record)]


def test_records_without_a_blank_line_between_them(classics: list[Record]) -> None:
    """A PMID begins a record, with or without a blank line, and each knows its line."""
    assert [(record.pmid, record.line) for record in classics] == [
        ("13054692", 2),
        ("90000001", 42),
        ("90000002", 63),
    ]


def test_an_article_is_read_whole(classics: list[Record]) -> None:
    """Title, source, place, date and numbers of an article are read."""
    record = classics[0]
    title = "Molecular structure of nucleic acids; a structure for deoxyribose nucleic acid."
    assert (record.title, record.type, record.source_raw) == (title, "article-journal", "Nature")
    assert (record.volume, record.issue, record.pages) == ("171", "4356", [("737", "738")])
    assert (record.publication_year, record.publication_date) == (1953, "1953-04-25")
    assert (record.doi, record.issn, record.language) == ("10.1038/171737a0", "0028-0836", "en")


def test_an_address_and_an_orcid_belong_to_the_author_before(classics: list[Record]) -> None:
    """Full and short names are one person, to whom the addresses and the ORCID belong."""
    record = classics[0]
    assert [person.display for person in record.people] == [
        "WATSON, J D",
        "CRICK, F H",
        "Structure Study Group",
    ]
    assert record.people[1].orcid == "0000-0002-1825-0097"
    assert record.people[2].literal == "Structure Study Group"
    assert [at for _, at in record.affiliations] == [1, 2, 2]


def test_headings_lose_their_stars_but_keep_them_in_the_fields(classics: list[Record]) -> None:
    """MeSH headings are index keywords, other terms are author keywords."""
    record = classics[0]
    assert record.keywords == [
        ("index_keyword", "DNA/chemistry"),
        ("index_keyword", "Nucleic Acid Conformation"),
        ("author_keyword", "double helix"),
        ("author_keyword", "base pairs"),
    ]
    assert ("MH", "*DNA/chemistry") in record.fields


def test_a_chapter_has_its_book_and_editors(classics: list[Record]) -> None:
    """A chapter stands in its book, in a series, with editors behind the authors."""
    record = classics[1]
    assert (record.type, record.source_raw) == ("chapter", "Handbook of Measuring")
    assert (record.series, record.publisher) == (
        "Invented Series",
        "Invented University Press (US)",
    )
    assert (record.publisher_place, record.language) == ("Ottawa (ON)", "de")
    smith, berg = record.people
    assert (smith.family, smith.given, smith.suffix) == ("Smith", "John R", "Jr")
    assert (berg.particle, berg.family, berg.role) == ("van der", "Berg", "editor")
    assert record.et_al
    assert ("AID", "NBK1 [bookaccession]") in record.fields


def test_links_to_retractions_and_comments_stay(classics: list[Record]) -> None:
    """What links a work to its retraction, errata and comments is kept in the fields."""
    assert ("CIN", "Nature. 1974 Apr 26;248(5451):765-9. PMID: 4599080") in classics[0].fields
    assert ("ROF", "J Inv Res. 2012;1:1. PMID: 90000003") in classics[2].fields
    assert ("PT", "Retracted Publication") in classics[2].fields


def test_a_doi_is_found_in_the_source_line(classics: list[Record]) -> None:
    """Without a DOI of its own a record has that of its source line."""
    assert classics[2].doi == "10.1234/inv.12"


def test_a_range_of_months_keeps_its_words(classics: list[Record]) -> None:
    """A range of months gives the first one, and stays as printed among the fields."""
    assert classics[2].publication_date == "2010-01"
    assert ("DP", "2010 Jan-Feb") in classics[2].fields


def test_eric(eric: list[Record]) -> None:
    """ERIC's articles, reports and theses are told by its numbers and types."""
    assert [record.type for record in eric] == ["article-journal", "report", "thesis"]
    article, report, thesis = eric
    assert (article.doi, article.issn) == ("10.1234/inv.21", "2375-5636")
    assert article.url == "http://eric.ed.gov/?id=EJ0000001"
    assert article.keywords == [("index_keyword", "Reading Habits")]
    assert (report.publisher, report.source_raw) == ("Invented Institute", None)
    assert report.isbn == "9780306406157"
    assert (thesis.publisher, thesis.genre) == ("Invented University", "Ph.D. Dissertation")


def test_a_date_without_a_year_is_a_problem(eric: list[Record]) -> None:
    """A date that has no year is named, and the record is kept."""
    (problem,) = eric[2].problems
    assert "no year in 'Article 10'" in problem.reason
    assert (problem.line, eric[2].year_raw) == (30, "Article 10")


def test_medlars_of_pubmed_central(data: Path) -> None:
    """Records of PubMed Central begin with its number; a bare place is an article number."""
    source = Source(data / "pubmed" / "medlars.txt")
    assert detect_format(source).name == "pubmed-nbib"
    first, second = (entry for entry in FORMAT.records(source) if isinstance(entry, Record))
    assert (first.pmid, first.article_number, first.doi) == ("90000011", "18", "10.1234/x")
    assert ("PMC", "PMC0000001") in first.fields
    assert second.title == "Another method: with a second line"
    assert (second.type, second.publication_date) == ("article", "2010-03")


@pytest.mark.parametrize(
    ("lines", "attribute", "expected"),
    [
        ("TI  - A title\n  wrapped\n\twith a tab", "title", "A title wrapped with a tab"),
        ("TI  - A title\nwrapped without any blank", "title", "A title wrapped without any blank"),
        ("TI-A title", "title", "A title"),
        ("TI    A title", "title", "A title"),
        ("BTI - A book", "type", "book"),
        ("TT  - Ein Titel", "title", "Ein Titel"),
        ("DP  - 2013 06 10", "publication_date", "2013-06-10"),
        ("DP  - 1999 Winter", "publication_year", 1999),
        ("AID - doi:10.1234/X [doi]", "doi", "10.1234/x"),
        ("LID - 10.1234/X [doi]\nLID - S1 [pii]", "doi", "10.1234/x"),
        ("LID - e123", "article_number", "e123"),
        ("PG  - 757-64; discussion 765", "pages", [("757", "764")]),
        ("IS  - 1111-1111 (Linking)\nIS  - 2222-2222 (Print)", "issn", "2222-2222"),
        ("PT  - Technical Report", "type", "report"),
        ("TA  - Abbr\nJT  - Long Title", "source_raw", "Long Title"),
        ("EN  - 2", "edition", "2"),
        ("AB  - &lt;0.05 &amp; more", "abstract", "<0.05 & more"),
    ],
)
def test_one_line(lines: str, attribute: str, expected: object) -> None:
    """Each tag goes to its attribute, in all its forms."""
    assert getattr(_one(lines), attribute) == expected


def test_a_tag_without_its_hyphen_is_a_problem() -> None:
    """A tag without hyphen is read and named with its line."""
    (problem,) = _one("TI    A title").problems
    assert (problem.line, problem.raw) == (3, "TI    A title")
    assert "no hyphen after the tag TI" in problem.reason


def test_a_pmid_with_other_text_is_a_problem() -> None:
    """What stands beside a PMID is named, not lost."""
    (record,) = _read("PMID- 12 SO invalid\nTI  - A title\n")
    assert record.pmid == "12"
    assert "no PMID alone" in record.problems[0].reason
    assert ("PMID", "12 SO invalid") in record.fields


def test_text_outside_of_records_is_named() -> None:
    """Lines before and between records are problems of a record, with their lines."""
    first, second = _read(f"1: Web page\n\n{HEAD}SO  - x\n\nA stray line.\n\nPMID- 2\nTI  - b\n")
    assert [problem.line for problem in first.problems] == [1, 7]
    assert second.problems == []


def test_a_file_with_blank_lines_everywhere() -> None:
    """Blank lines between all lines do not cut a record in two."""
    text = HEAD + "TI  - a\nPMC - PMC1\nSO  - x\nPMID- 2\nOWN - NLM\nTI  - b\nSO  - y\n"
    assert [record.title for record in _read(text.replace("\n", "\n\n"))] == ["a", "b"]


def test_short_names_alone_and_twice() -> None:
    """Short names serve where full ones are missing, and are no second person."""
    record = _one("FAU - Roe, Ann\nAU  - Roe A\nAU  - Poe B\nAU  - Roe A\nFIR - Doe, Jo\nAD  - X\n")
    assert [person.display for person in record.people] == ["Roe, Ann", "Poe, B"]
    assert record.affiliations == [("X", None)]
    assert ("FIR", "Doe, Jo") in record.fields


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PMID- 1\nTI  - a\n", True),
        ("PMC - PMC12\nTI  - a\n", True),
        ("OWN - ERIC\nTI  - a\n", True),
        ("TY  - JOUR\nTI  - a\nER  - \n", False),
        ("<1. >\nVN  - Ovid Technologies\nTI  - a\n", False),
        ("PMID is a number.\n", False),
    ],
)
def test_it_knows_its_own(text: str, expected: bool) -> None:  # noqa: FBT001
    """Only MEDLINE's tags are claimed."""
    assert (FORMAT.matches(Source("a.txt", data=text.encode())) > 0.5) is expected


def test_a_file_without_a_record_is_a_problem() -> None:
    """A file of other content gives one problem and no record."""
    (problem,) = FORMAT.records(Source("a.nbib", data=b"nothing here\n"))
    assert isinstance(problem, Problem)
    assert "no PMID- line" in problem.reason


@given(st.text(alphabet=st.sampled_from("PMIDTSOAUF-: \n\t1xé\x85"), max_size=300))
def test_any_text_is_read(text: str) -> None:
    """No text whatever makes the reader fail, and something is said of each."""
    entries = list(FORMAT.records(Source("a.nbib", data=f"x{text}".encode())))
    assert entries
    assert all(isinstance(entry, (Record, Problem)) for entry in entries)


def test_real_files(shared_data: Path) -> None:
    """Files of databases give the records that were counted by hand."""
    folder = shared_data / "formats" / "pubmed-nbib"
    counted = {
        "Reflib-blue-light.nbib": 80,
        "pybibx-pubmed.txt": 335,
        "nbib-pmc_medlars.txt": 5,
        "zotero-MEDLINEnbib-06.nbib": 4,
        "jabref-MedlinePlainImporterTestMultipleEntries.txt": 7,
    }
    for name, n_records in counted.items():
        source = Source(folder / name)
        assert detect_format(source).name == "pubmed-nbib"
        records = list(FORMAT.records(source))
        assert len(records) == n_records
        assert all(isinstance(record, Record) for record in records)
