"""The RIS reader, in all dialects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nqp_biblio.readers.ris import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def dialects(data: Path) -> list[Record]:
    """Records of the file that has one record a dialect."""
    return _read(data / "ris" / "dialects.ris")


def _read(path: Path) -> list[Record]:
    return [item for item in FORMAT.records(Source(path)) if isinstance(item, Record)]


def _of(lines: str, folder: Path) -> Record:
    path = folder / "a.ris"
    path.write_text(f"TY  - JOUR\n{lines}\nER  - \n", encoding="utf-8")
    (record,) = _read(path)
    return record


def test_every_record(dialects: list[Record]) -> None:
    """Each TY makes a record, and so do tags that no TY begins."""
    assert [record.title for record in dialects] == [
        "A title that goes on in a second line",
        "One blank",
        "No end",
        "Saúde & news",
        "No beginning",
        "Strange type",
    ]


def test_article(dialects: list[Record]) -> None:
    """The usual tags go to their columns."""
    record = dialects[0]
    assert (record.key, record.type, record.line) == ("1", "article-journal", 3)
    assert [person.display for person in record.people] == ["Doe, Jane", "van der Berg, Jan, Jr."]
    assert record.et_al
    assert (record.source_raw, record.volume, record.issue) == ("Journal of Examples", "9", "3")
    assert record.pages == [("1215", "1218")]
    assert record.publication_date == "2001-03-05"
    assert (record.doi, record.issn, record.language) == ("10.1000/abc", "1234-5678", "en")
    assert [word for _, word in record.keywords] == ["one", "two", "three"]
    assert [address for address, _ in record.affiliations] == ["Univ A", "Univ B"]


def test_nothing_is_lost(dialects: list[Record]) -> None:
    """Unknown tags, second names of the source and notes are kept."""
    record = dialects[0]
    assert record.cited_by_count == 9
    assert ("ZZ", "an unknown tag") in record.fields
    assert ("JA", "J Ex") in record.fields
    assert ("N1", "Cited By :9 Export Date: 1 May 2022") in record.fields
    assert dialects[5].fields == [("TY", "XYZ")]


def test_chapter_with_one_blank(dialects: list[Record]) -> None:
    """Tags with one blank are read; a chapter has a book, an editor and an ISBN."""
    record = dialects[1]
    assert (record.type, record.source_raw) == ("chapter", "Book of Chapters")
    assert [(person.role, person.family) for person in record.people] == [
        ("author", "Roe"),
        ("editor", "Poe"),
    ]
    assert (record.isbn, record.issn) == ("978-3-16-148410-0", None)


def test_newspaper(dialects: list[Record]) -> None:
    """A newspaper article has its day, and a group is no person."""
    record = dialects[3]
    assert (record.type, record.publication_date) == ("article-newspaper", "2025-02-27")
    assert record.people[0].literal == "World Health Organization"


@pytest.mark.parametrize(
    ("place", "reason"),
    [(2, "no ER tag"), (4, "no TY tag"), (4, "no year in 'in press'")],
)
def test_what_is_wrong_is_said(dialects: list[Record], place: int, reason: str) -> None:
    """A damaged record is kept, and its problem names file, line and reason."""
    problems = dialects[place].problems
    assert any(reason in problem.reason and problem.line for problem in problems)


@pytest.mark.parametrize(
    ("lines", "year", "date"),
    [
        ("PY  - 2014//", 2014, None),
        ("PY  - 1948/07//", 1948, "1948-07"),
        ("Y1  - 2001/09/01/", 2001, "2001-09-01"),
        ("PY  - 2001/00/00/", 2001, None),
        ("DA  - Jan 2022\nPY  - 2022", 2022, "2022-01"),
        ("PY  - ///", None, None),
        ("DA  - 2020/05/06", 2020, "2020-05-06"),
    ],
)
def test_dates(tmp_path: Path, lines: str, year: int | None, date: str | None) -> None:
    """Empty parts of a date are no date; the most precise one wins."""
    record = _of(lines, tmp_path)
    assert (record.publication_year, record.publication_date) == (year, date)
    assert record.problems == []


@pytest.mark.parametrize(
    ("lines", "name", "expected"),
    [
        ("M3  - doi: 10.1000/x", "doi", "10.1000/x"),
        ("UR  - https://doi.org/10.1000/x", "doi", "10.1000/x"),
        ("SN  - 03064530 (ISSN)", "issn", "03064530"),
        ("SP  - 34-50", "pages", [("34", "50")]),
        ("C7  - 104501", "article_number", "104501"),
        ("N2  - About", "abstract", "About"),
        ("T2  - A journal", "source_raw", "A journal"),
        ("N1  - Times Cited in Web of Science Core Collection:  5", "cited_by_count", 5),
    ],
)
def test_tags(tmp_path: Path, lines: str, name: str, expected: object) -> None:
    """What databases put under odd tags goes to its column."""
    assert getattr(_of(lines, tmp_path), name) == expected


def test_references_of_scopus(tmp_path: Path) -> None:
    """The list that Scopus hides in a note is read."""
    record = _of("N1  - References: Doe, J., A (2009) J, 1; Roe, R., B (2010) J, 2", tmp_path)
    assert [cited.publication_year for cited in record.cited_references] == [2009, 2010]


def test_content_tells_the_format(data: Path, tmp_path: Path) -> None:
    """A TY tag on its line is the mark of the format."""
    (tmp_path / "a.txt").write_text("PT J\nTI Not RIS\nER\n", encoding="utf-8")
    assert FORMAT.matches(Source(data / "ris" / "dialects.ris")) > 0.9
    assert FORMAT.matches(Source(tmp_path / "a.txt")) == 0


def test_a_file_without_record(tmp_path: Path) -> None:
    """A file without record says so."""
    (tmp_path / "a.ris").write_text("nothing", encoding="utf-8")
    (problem,) = FORMAT.records(Source(tmp_path / "a.ris"))
    assert isinstance(problem, Problem)
    assert "no TY tag" in problem.reason


def test_long_hostile_lines_come_to_an_end(tmp_path: Path) -> None:
    """A line of 200,000 characters does not keep the record from being read."""
    text = f"TI  - {'- ' * 100_000}\nPY  - {' ' * 200_000}\nSP  - {'-' * 200_000}"
    assert _of(text, tmp_path)


def test_addresses_on_lines_of_their_own_stay_whole(tmp_path: Path) -> None:
    """Semicolons part the addresses of one line, but not those of several."""
    one = _of("AD  - A, B; C, D", tmp_path)
    several = _of("AD  - A; B\nAD  - C; D", tmp_path)
    assert [address for address, _ in one.affiliations] == ["A, B", "C, D"]
    assert [address for address, _ in several.affiliations] == ["A; B", "C; D"]


@pytest.mark.parametrize(
    ("lines", "name", "expected"),
    [
        ("PY  - Start date: 20170812", "publication_year", 2017),
        ("PY  - Start date: 20170812", "publication_date", "2017-08-12"),
        ("Y1  - 1900/01/01\nDA  - 1950/01/01", "publication_year", 1950),
        ("PMID  - 33355555", "pmid", "33355555"),
        ("TI  - A title\nNASA  -led missions", "title", "A title NASA -led missions"),
    ],
)
def test_dates_and_tags(tmp_path: Path, lines: str, name: str, expected: object) -> None:
    """Compact dates, the tag that says the date, and the tag PMID are read."""
    assert getattr(_of(lines, tmp_path), name) == expected


def test_a_tag_behind_the_type(tmp_path: Path) -> None:
    """A tag of four letters is no second line of the type before it."""
    record = _of("PMID  - 1", tmp_path)
    assert (record.type, record.fields) == ("article-journal", [])


def test_references_of_scopus_since_2023(tmp_path: Path) -> None:
    """References whose authors semicolons part are split where each ends in its year."""
    text = "N1  - References: Roe A.; Doe B., One, J Ex, 5, pp. 1-9, (2020); Poe C., Three, (2021)"
    found = [(c.first_author, c.publication_year) for c in _of(text, tmp_path).cited_references]
    assert found == [("Roe A.", 2020), ("Poe C.", 2021)]
