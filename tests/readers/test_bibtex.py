"""The BibTeX reader: from entries to records, whatever exporter wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nqp_biblio.readers.bibtex import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def quirks(data: Path) -> list[Record]:
    """Records of the file that has one entry a quirk."""
    return _read(data / "bibtex" / "quirks.bib")


def _read(path: Path) -> list[Record]:
    return [item for item in FORMAT.records(Source(path)) if isinstance(item, Record)]


def _of(text: str, folder: Path) -> list[Record]:
    path = folder / "a.bib"
    path.write_text(text, encoding="utf-8")
    return _read(path)


def _named(records: list[Record], key: str | None) -> Record:
    return next(record for record in records if record.key == key)


def test_every_entry_is_a_record(quirks: list[Record]) -> None:
    """Each entry that is a work comes out, in the order of the file, with its line."""
    keys = [record.key for record in quirks]
    assert keys == [
        "round",
        "WOS:000000000000001",
        "Scopus2020",
        "child",
        "parent",
        "withdata",
        "same",
        "Same",
        "macro",
        "nocomma",
        None,
        "open",
        "after",
        "cut",
    ]
    lines = [record.line or 0 for record in quirks]
    assert lines == sorted(lines)
    assert lines[0] == 10


def test_round_brackets_strings_and_months(quirks: list[Record]) -> None:
    """Entries in ( ), joined parts, own and built-in macros are resolved."""
    record = _named(quirks, "round")
    assert [person.display for person in record.people] == ["Doe, Jane", "Roe, Richard"]
    assert record.title == "Round Braces and Ümlauts"
    assert record.source_raw == "Journal of Examples"
    assert record.publication_date == "2001-03-05"
    assert record.pages == [("1215", "1218")]
    assert record.problems == []


def test_web_of_science(quirks: list[Record]) -> None:
    """Wrapped lines, double braces, addresses and cited references of Web of Science."""
    record = _named(quirks, "WOS:000000000000001")
    assert record.title == "A title that goes on in a second line"
    assert [person.family for person in record.people_of("editor")] == ["Poe", "Zoe"]
    assert record.doi == "10.1000/a_b"
    assert record.affiliations == [("Univ A, City, Land", 1), ("Univ B, Town, Land", 2)]
    assert record.keywords == [
        ("author_keyword", "first keyword"),
        ("author_keyword", "second keyword"),
        ("index_keyword", "THIRD KEYWORD"),
    ]
    assert record.people[0].orcid == "0000-0002-1825-0097"
    assert record.cited_by_count == 7
    assert ("orcid-numbers", "Nobody, Known/0000-0001-5109-3700") in record.fields


def test_references_of_web_of_science(quirks: list[Record]) -> None:
    """One line is one reference, and a wrapped line goes on the one before."""
    cited = _named(quirks, "WOS:000000000000001").cited_references
    assert [reference.raw for reference in cited] == [
        "Smith A, 1999, J EXAMPLES, V3, P11, DOI 10.1000/c_d",
        "[Anonymous], 2001, REPORT",
        "Long N, 2005, A SOURCE WHOSE NAME IS WRAPPED HERE, V1, P2",
    ]
    first = cited[0]
    assert (first.first_author, first.publication_year, first.doi) == (
        "Smith A",
        1999,
        "10.1000/c_d",
    )


def test_month_range_keeps_its_text(quirks: list[Record]) -> None:
    """MAR-APR begins in March, and the range is kept as printed."""
    record = _named(quirks, "WOS:000000000000001")
    assert record.publication_date == "2019-03"
    assert ("month", "MAR-APR") in record.fields


def test_scopus(quirks: list[Record]) -> None:
    """Blanks in field names, repeated fields, both kinds of keywords and the citations."""
    record = _named(quirks, "Scopus2020")
    assert record.type == "paper-conference"
    assert record.title == "At signs like a@b in values"
    assert record.et_al
    assert record.cited_by_count == 12
    assert record.keywords == [
        ("author_keyword", "one"),
        ("author_keyword", "two"),
        ("index_keyword", "three"),
        ("index_keyword", "four"),
    ]
    assert [value for name, value in record.fields if name == "funding_details"] == ["A", "B"]
    assert ("funding_text 1", "First.") in record.fields
    assert [reference.first_author for reference in record.cited_references] == [
        "Able, B.",
        "Cain, D.",
    ]


def test_crossref_and_xdata(quirks: list[Record]) -> None:
    """A child takes what its parent has, but not the parent's DOI."""
    child = _named(quirks, "child")
    assert child.source_raw == "Book of Children"
    assert (child.publication_year, child.publisher, child.doi) == (1998, "Press", None)
    assert [person.display for person in child.people_of("author")] == [
        "van der Berg, Jan",
        "The Example Group",
    ]
    assert [person.display for person in child.people_of("editor")] == ["Old, Ann"]
    assert _named(quirks, "withdata").publisher_place == "Here"


def test_date_range(quirks: list[Record]) -> None:
    """A range of dates gives its beginning, and stays as printed."""
    record = _named(quirks, "withdata")
    assert (record.publication_year, record.publication_date) == (2004, "2004-05-06")
    assert record.year_raw == "2004-05-06/2005"


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("Same", "repeated key 'Same', already used in line"),
        ("macro", "undefined macro 'unknownmacro'"),
        ("nocomma", "a comma is missing"),
        (None, "no key"),
        ("open", "unclosed brace"),
        ("cut", "end of file"),
    ],
)
def test_what_is_wrong_is_said(quirks: list[Record], key: str | None, reason: str) -> None:
    """A damaged entry is kept, and its problem names file, line and reason."""
    record = _named(quirks, key)
    assert record.title
    (problem, *_) = record.problems
    assert reason in problem.reason
    assert problem.file == record.file
    assert (problem.line or 0) >= (record.line or 0)


def test_an_undefined_macro_keeps_its_name(quirks: list[Record]) -> None:
    """The name of the macro stands where its value would."""
    assert _named(quirks, "macro").source_raw == "unknownmacro"


@pytest.mark.parametrize(
    ("fields", "year", "date", "is_reported"),
    [
        ("year = 2001", 2001, None, False),
        ("year = {2001a}", 2001, None, False),
        ("year = {June 1980}", 1980, "1980-06", False),
        ("year = {1998/1999}", 1998, None, False),
        ("year = {}", None, None, False),
        ("year = {in press}", None, None, True),
        ("year = {20O4}", None, None, True),
        ("year = {-5}", None, None, True),
        ("year = {99999999999999999999}", None, None, True),
        ("year = {MMXI}", None, None, True),
        ("date = {2001-02-03}", 2001, "2001-02-03", False),
        ("date = {2001-02~}", 2001, "2001-02", False),
        ("date = {-0876}", None, None, True),
        ("date = {1998}, month = may", 1998, "1998-05", False),
        ("year = 2001, month = {12}, day = 31", 2001, "2001-12-31", False),
        ("year = 2001, month = {FEB 30}", 2001, "2001-02", False),
        ("year = 2001, month = {Spring}", 2001, None, False),
    ],
)
def test_years(
    tmp_path: Path, fields: str, year: int | None, date: str | None, *, is_reported: bool
) -> None:
    """A year is read or left empty, and one that is none is reported."""
    (record,) = _of(f"@misc{{k, title = {{T}}, {fields}}}", tmp_path)
    assert (record.publication_year, record.publication_date) == (year, date)
    assert any("year" in problem.reason for problem in record.problems) == is_reported


@pytest.mark.parametrize(
    ("entry", "csl_type"),
    [
        ("@article{k, title = {T}}", "article-journal"),
        ("@article{k, title = {T}, entrysubtype = {newspaper}}", "article-newspaper"),
        ("@InProceedings{k, title = {T}}", "paper-conference"),
        ("@phdthesis{k, title = {T}}", "thesis"),
        ("@online{k, title = {T}}", "webpage"),
        ("@misc{k, title = {T}, entrysubtype = {musical_score}}", "musical_score"),
        ("@neverheard{k, title = {T}}", "document"),
    ],
)
def test_types(tmp_path: Path, entry: str, csl_type: str) -> None:
    """Each kind of entry has its type of CSL."""
    (record,) = _of(entry, tmp_path)
    assert record.type == csl_type


@pytest.mark.parametrize(
    ("fields", "name", "expected"),
    [
        (r"url = {https://x.org/a\_b%20c}", "url", "https://x.org/a_b%20c"),
        (r"howpublished = {\url{https://x.org/a}}", "url", "https://x.org/a"),
        (r"doi = {https://doi.org/10.1000/A{\_}B}", "doi", "10.1000/a_b"),
        ("url = {https://doi.org/10.1000/x}", "doi", "10.1000/x"),
        ("eprint = {2101.00001}, archiveprefix = {arXiv}", "arxiv_id", "2101.00001"),
        ("eprint = {123}, eprinttype = {pubmed}", "pmid", "123"),
        ("title = {Main}, subtitle = {Rest}", "title", "Main: Rest"),
        ("title = {Main?}, subtitle = {Rest}", "title", "Main? Rest"),
        ("school = {A University}", "publisher", "A University"),
        ("location = {Town}", "publisher_place", "Town"),
        ("journaltitle = {J}, issue = {2}", "issue", "2"),
        ("journal = {J}, number = {2}", "issue", "2"),
        ("eid = {e0123}", "article_number", "e0123"),
        ("langid = {ngerman}", "language", "de"),
        ("title = {Caf&eacute; &amp; more}", "title", "Café & more"),
    ],
)
def test_fields(tmp_path: Path, fields: str, name: str, expected: str) -> None:
    """Each field goes where the tables have a column for it."""
    (record,) = _of(f"@article{{k, {fields}}}", tmp_path)
    assert getattr(record, name) == expected


def test_nothing_is_lost(tmp_path: Path) -> None:
    """What no column holds is kept by name, a second value of a field too."""
    text = (
        "@book{k, title = {A}, title = {B}, shorthand = {S}, number = {7}, school = {U},"
        " publisher = {P}}"
    )
    (record,) = _of(text, tmp_path)
    assert record.title == "A"
    assert set(record.fields) == {
        ("title", "B"),
        ("shorthand", "S"),
        ("number", "7"),
        ("school", "U"),
    }


def test_a_lost_parent_is_reported(tmp_path: Path) -> None:
    """A crossref that names no entry is a problem of the record, which stays."""
    (record,) = _of("@inbook{k, title = {T}, crossref = {gone}}", tmp_path)
    assert "names no entry" in record.problems[0].reason
    assert ("crossref", "gone") in record.fields


def test_parents_in_a_circle(tmp_path: Path) -> None:
    """Entries that name each other as parents are read once each."""
    records = _of("@book{a, crossref = {b}}\n@book{b, crossref = {a}, year = 2001}", tmp_path)
    assert [record.publication_year for record in records] == [2001, 2001]


def test_a_file_without_entry(tmp_path: Path) -> None:
    """A file without entry says so."""
    path = tmp_path / "a.bib"
    path.write_text("@comment{nothing here}", encoding="utf-8")
    (problem,) = FORMAT.records(Source(path))
    assert isinstance(problem, Problem)
    assert "no entry" in problem.reason


@pytest.mark.parametrize(
    ("text", "is_likely"),
    [
        ("@article{k, title = {T}}", True),
        ("% a remark\n@string{a = {b}}\n@book{k, title = {T}}", True),
        ("Write to a@b.org (now)", False),
        ("TY  - JOUR\nER  - \n", False),
        ("\\documentclass{article}\n@article{k, title = {T}}", False),
    ],
)
def test_content_tells_the_format(tmp_path: Path, text: str, *, is_likely: bool) -> None:
    """An entry at the beginning of a line is the mark of the format."""
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    assert (FORMAT.matches(Source(path)) > 0.5) == is_likely


def test_ten_thousand_entries(tmp_path: Path) -> None:
    """A long file is read whole."""
    entry = (
        "@article{{k{0}, author = {{Doe, Jane and Roe, R.}}, title = {{T {0}}}, year = 2001,"
        " journal = {{J}}}}\n"
    )
    text = "".join(entry.format(number) for number in range(10_000))
    assert len(_of(text, tmp_path)) == 10_000


def test_long_files_are_read_in_segments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long file gives the same records, lines and problems as if it were read at once."""
    text = "@string{j = {Journal}}\n" + "".join(
        f"@article{{k{n % 40},\n  title = {{Title {n}}},\n  journal = j,\n  year = {1900 + n}}}\n\n"
        for n in range(60)
    )
    (tmp_path / "a.bib").write_text(text, encoding="utf-8")
    at_once = list(FORMAT.records(Source(tmp_path / "a.bib")))
    monkeypatch.setattr("nqp_biblio.readers.bibtex._SEGMENT", 300)
    monkeypatch.setattr(Source.blocks, "__defaults__", (64,))
    assert list(FORMAT.records(Source(tmp_path / "a.bib"))) == at_once
    assert len(at_once) == 60


def test_a_long_file_with_parents_is_read_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child finds its parent however far behind it stands."""
    filling = "".join(f"@book{{b{n}, title = {{Book {n}}}}}\n" for n in range(50))
    child = "@inproceedings{c, title = {Child}, crossref = {p}}\n"
    text = f"{child}{filling}@proceedings{{p, title = {{Parent}}, year = 1999}}\n"
    monkeypatch.setattr("nqp_biblio.readers.bibtex._SEGMENT", 100)
    record = _of(text, tmp_path)[0]
    assert (record.source_raw, record.publication_year) == ("Parent", 1999)
