"""The reader of Web of Science plain text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers import bibtex
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.readers.wos_plain import FORMAT
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


def _read(path: Path) -> list[Record]:
    return [item for item in FORMAT.records(Source(path)) if isinstance(item, Record)]


@pytest.fixture(scope="module")
def quirks(data: Path) -> list[Record]:
    """Records of the file that has the oddities of the format."""
    return _read(data / "wos" / "quirks.txt")


def test_article(quirks: list[Record]) -> None:
    """The usual tags go to their columns."""
    record = quirks[0]
    assert (record.key, record.type, record.line) == ("WOS:000000000000001", "article-journal", 3)
    assert record.title == "A title that goes on in a second line"
    assert record.abstract == "First line and second & last."
    assert (record.publication_year, record.publication_date) == (2001, "2001-03-05")
    assert (record.volume, record.issue, record.pages) == ("5", "2", [("10", "20")])
    assert (record.doi, record.issn, record.language) == ("10.1000/x1", "1234-5678", "en")
    assert (record.cited_by_count, record.publisher_place) == (3, "PARIS")
    assert record.keywords == [
        ("author_keyword", "one"),
        ("author_keyword", "two"),
        ("author_keyword", "One"),
        ("index_keyword", "THREE"),
    ]
    assert record.problems == []


def test_people(quirks: list[Record]) -> None:
    """Full names win over short ones, groups are literal, ORCIDs find their authors."""
    people = quirks[0].people
    assert [person.display for person in people] == [
        "Doe, Jane",
        "Mueller, Rolf",
        "Example Collaboration",
    ]
    assert people[0].orcid == "0000-0001-8293-8227"
    assert ("OI", "Nobody, Ann/0000-0002-1825-0097") in quirks[0].fields
    assert ("AU", "Doe, J; Müller, R") in quirks[0].fields
    assert [person.role for person in quirks[1].people] == ["author", "editor"]


def test_addresses(quirks: list[Record]) -> None:
    """An address stands once for each of its authors; unknown authors keep the line."""
    assert quirks[0].affiliations == [
        ("Univ A, Paris, France", 1),
        ("Univ A, Paris, France", 2),
        ("Univ B, Bonn, Germany", 2),
        ("Univ C, Rome, Italy", None),
    ]
    assert ("C1", "[Poe, Carl] Univ C, Rome, Italy.") in quirks[0].fields


def test_cited_references(quirks: list[Record]) -> None:
    """There is one reference a line, and a line that was wrapped goes on."""
    first, second = quirks[0].cited_references
    assert (first.first_author, first.publication_year, first.volume) == ("Small H", 1973, "24")
    assert (first.doi, second.first_page) == ("10.1002/asi.4630240406", "10")


def test_nothing_is_lost(quirks: list[Record]) -> None:
    """Tags that no column holds are kept, unknown ones too."""
    fields = dict(quirks[0].fields)
    assert (fields["Q9"], fields["NR"], fields["Z9"], fields["EI"]) == (
        "unknown",
        "2",
        "4",
        "8765-4321",
    )
    assert ("PD", "SEP-OCT") in quirks[1].fields
    assert quirks[1].publication_date == "2002-09"


def test_damage_is_reported(quirks: list[Record]) -> None:
    """A record without end, a tag without blank and a year that is none are kept and named."""
    assert (quirks[1].type, quirks[1].source_raw) == ("chapter", "BOOK OF CHAPTERS")
    assert [(found.line, found.reason) for found in quirks[1].problems] == [
        (53, "no ER tag ends the record before the next PT")
    ]
    assert quirks[2].people[0].family == "Poe"
    assert [found.reason for found in quirks[2].problems] == [
        "no blank behind the tag AU",
        "no year in 'none'; the year is left empty",
    ]


def test_lines_without_indent(data: Path) -> None:
    """Where no line is indented, words that look like tags stay text."""
    (record,) = _read(data / "wos" / "unindented.txt")
    assert [person.display for person in record.people] == ["Doe, Jane", "Roe, Richard"]
    assert record.title == "A title that goes on in a second line"
    assert (record.abstract or "").startswith("CT scans of the brain")
    assert (record.publication_year, record.key) == (2003, "X:1")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings(data: Path, tmp_path: Path, encoding: str, newline: str) -> None:
    """Encoding, byte order mark and line ends change nothing."""
    text = (data / "wos" / "quirks.txt").read_text(encoding="utf-8")
    path = tmp_path / "savedrecs.ciw"
    path.write_bytes(text.replace("\n", newline).encode(encoding))
    assert detect_format(Source(path)) is FORMAT
    assert [record.title for record in _read(path)] == [
        record.title for record in _read(data / "wos" / "quirks.txt")
    ]


@given(st.text(alphabet="PTAUERCRF J\n [];/-0123,.x", max_size=300))
def test_any_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever the lines are, reading ends and gives a record or a problem."""
    path = tmp_path_factory.mktemp("any") / "a.txt"
    path.write_text(f"PT J\n{text}", encoding="utf-8")
    assert list(FORMAT.records(Source(path)))


def test_hostile_line(tmp_path: Path) -> None:
    """A very long line is read like any other."""
    path = tmp_path / "a.txt"
    path.write_text("PT J\nC1 " + "[" * 100_000 + "; " * 50_000 + "\nER\n", encoding="utf-8")
    assert len(_read(path)) == 1


def test_no_record(tmp_path: Path) -> None:
    """A header alone is a problem, not silence."""
    path = tmp_path / "a.txt"
    path.write_text("FN Clarivate Analytics Web of Science\nVR 1.0\nEF\n", encoding="utf-8")
    (problem,) = FORMAT.records(Source(path))
    assert isinstance(problem, Problem)
    assert problem.reason == "no PT tag in the file; nothing is read"


BIBTEX = """@article{ WOS:000000000000001,
Author = {Doe, Jane and Mueller, Rolf},
Title = {{A title that goes on in a second line}},
Journal = {{JOURNAL OF EXAMPLES}},
Year = {{2001}}, Volume = {{5}}, Number = {{2}}, Pages = {{10-20}}, Month = {{MAR 5}},
Abstract = {{First line and second \\& last.}},
Type = {{Article; Early Access}}, Language = {{English}},
DOI = {{10.1000/X1}}, ISSN = {{1234-5678}}, EISSN = {{8765-4321}},
Keywords = {{one; two; One}}, Keywords-Plus = {{THREE}},
Cited-References = {{Small H, 1973, J AM SOC INFORM SCI, V24, P265, DOI 10.1002/asi.4630240406.
   Kessler MM, 1963, AM DOC, V14, P10.}},
Times-Cited = {{3}}, Unique-ID = {{WOS:000000000000001}} }
"""


def test_same_as_bibtex(quirks: list[Record], tmp_path: Path) -> None:
    """The same record gives the same from plain text and from the BibTeX of the database."""
    path = tmp_path / "savedrecs.bib"
    path.write_text(BIBTEX, encoding="utf-8")
    (record,) = bibtex.FORMAT.records(Source(path))
    names = [
        "key",
        "type",
        "title",
        "publication_year",
        "year_raw",
        "publication_date",
        "source_raw",
        "volume",
        "issue",
        "pages_raw",
        "pages",
        "doi",
        "doi_raw",
        "issn",
        "genre",
        "language",
        "abstract",
        "cited_by_count",
        "keywords",
        "cited_references",
    ]
    assert {name: getattr(quirks[0], name) for name in names} == {
        name: getattr(record, name) for name in names
    }


def test_shared_counts(shared_data: Path) -> None:
    """Real files give as many records, references and DOIs as were counted in them."""
    counts = json.loads((shared_data / "formats" / "COUNTS.json").read_text(encoding="utf-8"))
    for name, count in counts.items():
        if not name.startswith("wos-plain/") or not count["n"]:
            continue
        source = Source(shared_data / "formats" / name)
        assert detect_format(source) is FORMAT, name
        items = list(FORMAT.records(source))
        records = [item for item in items if isinstance(item, Record)]
        n_told = sum("references not exported" in str(item) for item in items)
        found = (
            len(items) - n_told,
            sum(record.doi is not None for record in records),
            sum(len(record.cited_references) for record in records),
            sum(record.publication_year is None for record in records),
        )
        expected = (count["n"], count["with_doi"], count["total_refs"], count["without_year"])
        assert found == expected, name


def test_shared_truth(shared_data: Path) -> None:
    """The 32 good records of testFile.isi are read clean, and the two others are named."""
    records = _read(shared_data / "truths" / "testFile.isi")
    assert len(records) == 34
    assert sum(not record.problems for record in records) == 32


@pytest.mark.parametrize(
    "case", ["control-wos", "wos-missing-er", "wos-no-header", "wos-odd-tags", "wos-utf16"]
)
def test_shared_bad_inputs(shared_data: Path, case: str) -> None:
    """Hostile files give each record, and each damage is named with its line."""
    folder = shared_data / "badinputs" / case
    expect = json.loads((folder / "expect.json").read_text(encoding="utf-8"))
    records = _read(folder / expect["file"])
    assert len(records) == expect["records_in"]
    titles = " ".join(record.title or "" for record in records)
    assert all(word in titles for word in expect["must_survive"])
    shown = " ".join(map(repr, records))
    assert all(text in shown for text in expect["must_contain"])
    problems = [problem for record in records for problem in record.problems]
    for wanted in expect["must_report"]:
        first, last = wanted["lines"]
        assert any(
            first <= (found.line or 0) <= last and any(w in found.reason for w in wanted["any_of"])
            for found in problems
        )


def _of(text: str, folder: Path) -> list[Record | Problem]:
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    return list(FORMAT.records(Source(path)))


def test_references_that_were_not_exported(tmp_path: Path) -> None:
    """A file without CR whose records count references says so; one that counts none does not."""
    text = "PT J\nTI A\nNR {}\nPY 2001\nER\n\nPT J\nTI B\nNR 0\nPY 2001\nER\n"
    *records, problem = _of(text.format(45), tmp_path)
    assert len(records) == 2
    assert isinstance(problem, Problem)
    assert "references not exported: 1 records count 45 cited references" in problem.reason
    assert not any(isinstance(item, Problem) for item in _of(text.format(0), tmp_path))


def test_references_are_counted(tmp_path: Path) -> None:
    """A record whose references are not as many as it counts is kept, and says so."""
    text = "PT J\nTI A\nCR SMALL H, 1973, J AM SOC INFORM SCI, V24, P265\nNR 3\nPY 2001\nER\n"
    (record,) = _of(text, tmp_path)
    assert isinstance(record, Record)
    assert len(record.cited_references) == 1
    assert [problem.reason for problem in record.problems] == [
        "NR counts 3 cited references, 1 are in the file"
    ]


def test_groups_among_references(tmp_path: Path) -> None:
    """Groups parted by line or semicolon belong to the reference behind them, if NR says so."""
    text = (
        "PT J\nTI A\nCR Wood R, 2007, AM J RESP CRIT CARE, V175, P87\n   World Health Organization"
        "\n   Stop TB Partnership, 2006, WHOHTMSTB200635\nNR 2\nPY 2001\nER\n"
    )
    (record,) = _of(text, tmp_path)
    assert isinstance(record, Record)
    assert [cited.raw for cited in record.cited_references] == [
        "Wood R, 2007, AM J RESP CRIT CARE, V175, P87",
        "World Health Organization; Stop TB Partnership, 2006, WHOHTMSTB200635",
    ]
    assert record.problems == []


@pytest.mark.parametrize(
    ("source", "csl_type"), [("A book of trees", "book"), ("Trees of the world", "chapter")]
)
def test_a_book_and_its_part(tmp_path: Path, source: str, csl_type: str) -> None:
    """A work in a book of its own name is that book, with or without a full stop behind it."""
    file = tmp_path / "a.txt"
    file.write_text(f"PT B\nAU Doe, J\nTI A book of trees.\nSO {source}\nPY 2011\nER\n", "utf-8")
    (record,) = _read(file)
    assert record.type == csl_type
