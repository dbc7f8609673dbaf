"""Works as BibTeX: valid, escaped, stable, and the same when read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nqp_biblio.outputs.bibtex import format_bibtex
from nqp_biblio.readers.bibtex import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import CitedReference, Person, Record

if TYPE_CHECKING:
    from pathlib import Path


def _line(record: Record, name: str) -> str | None:
    """Return the value of one field as written."""
    lines = [line.strip() for line in format_bibtex([record]).splitlines()]
    found = [line for line in lines if line.startswith(f"{name} = ")]
    return found[0].removeprefix(f"{name} = ").rstrip(",") if found else None


def _again(records: list[Record], folder: Path) -> list[Record]:
    path = folder / "a.bib"
    path.write_text(format_bibtex(records), encoding="utf-8")
    return [item for item in FORMAT.records(Source(path)) if isinstance(item, Record)]


def _full() -> Record:
    return Record(
        key="doe2001a",
        type="article-journal",
        title="A study of DNA, R&D and 50 % of {Gödel}",
        publication_year=2001,
        year_raw="2001",
        publication_date="2001-03-05",
        source_raw="Journal of Examples",
        volume="9",
        issue="3",
        pages=[("18", "25"), ("45", "45")],
        article_number="e12",
        doi="10.1000/a_b",
        url="https://x.org/a_b%20c?d=1&e=2",
        pmid="123",
        arxiv_id="2101.00001",
        isbn="978-3-16-148410-0",
        issn="1234-5678",
        publisher="Press & Co",
        publisher_place="Town",
        edition="2",
        series="Series",
        event="Conference",
        genre="Article",
        language="en",
        abstract="About #1 and $2, ~3 ^4 _5 \\6.",
        cited_by_count=0,
        et_al=True,
        people=[
            Person(family="Doe", given="Jane", orcid="0000-0002-1825-0097"),
            Person(family="Berg", given="Jan", particle="van der", suffix="Jr."),
            Person(literal="World Health Organization and Friends"),
            Person(family="Old", given="Ann", role="editor"),
        ],
        affiliations=[("Univ A", None), ("Univ B", None)],
        keywords=[("author_keyword", "one, two"), ("index_keyword", "THREE")],
        cited_references=[
            CitedReference(
                raw="Smith A, 1999, J EX, V3, P11",
                first_author="Smith A",
                publication_year=1999,
                source_raw="J EX",
                volume="3",
                first_page="11",
            )
        ],
        fields=[("note", "kept"), ("funding_text_1", "first")],
    )


def test_a_full_record_comes_back(tmp_path: Path) -> None:
    """Every attribute that BibTeX can hold is the same after writing and reading."""
    record = _full()
    (again,) = _again([record], tmp_path)
    for name in Record.__dataclass_fields__:
        if name in {"file", "line", "format", "doi_raw", "pages_raw", "people"}:
            continue
        assert getattr(again, name) == getattr(record, name), name
    assert [(p.role, p.display, p.orcid) for p in again.people] == [
        (p.role, p.display, p.orcid) for p in record.people
    ]


def test_others_read_it() -> None:
    """The library bibtexparser reads every entry without failure."""
    library = parse_string(format_bibtex([_full(), _full(), Record()]))
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == ["doe2001a", "doe2001aa", "work"]


def test_fields_have_one_order() -> None:
    """Two records with the same attributes have their fields in the same order."""
    names = [line.split(" = ")[0].strip() for line in format_bibtex([_full()]).splitlines()[1:-1]]
    expected = (
        "author editor title journal year month day volume number pages eid publisher address"
    )
    assert names[:13] == expected.split()


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("A study of DNA", "{A study of {DNA}}"),
        ("The pH of McCarthy", "{The {pH} of {McCarthy}}"),
        ("A review of works by Garfield", "{A review of works by {Garfield}}"),
        ("Every Word With a Capital Letter", "{Every Word With a Capital Letter}"),
        ("R&D (50 %)", r"{{R\&D} (50 \%)}"),
        ("Growth of “USA” trade", "{Growth of “{USA}” trade}"),
        (
            r"\input{/etc/passwd}",
            r"{\textbackslash{}input\textbraceleft{}/etc/passwd\textbraceright{}}",
        ),
    ],
)
def test_titles(title: str, written: str) -> None:
    """Capitals that matter stand in braces, and nothing of TeX is left live."""
    assert _line(Record(title=title), "title") == written


@pytest.mark.parametrize(
    ("pages", "raw", "written"),
    [
        ([("18", "25"), ("45", "45")], "18–25 + 45", "{18--25, 45}"),
        ([("e12", "e12")], "e12", "{e12}"),
        ([], "312 p.", "{312 p.}"),
        ([], None, None),
    ],
)
def test_pages(pages: list[tuple[str, str]], raw: str | None, written: str | None) -> None:
    """A list of pages has double hyphens and commas."""
    assert _line(Record(pages=pages, pages_raw=raw), "pages") == written


def test_a_year_in_the_place_of_the_volume_is_no_volume() -> None:
    """What stands in the place of the volume is not written as one."""
    text = format_bibtex([Record(volume=None, volume_raw="2025", issue="1", source_raw="J")])
    assert "volume" not in text
    assert "number = {1}" in text


def test_newspaper() -> None:
    """A newspaper article has year, month, day and date."""
    record = Record(type="article-newspaper", publication_year=2025, publication_date="2025-02-27")
    text = format_bibtex([record])
    assert text.startswith("@article{")
    for line in ("year = {2025}", "month = feb", "day = {27}", "date = {2025-02-27}"):
        assert line in text
    assert "entrysubtype = {newspaper}" in text


@pytest.mark.parametrize(
    ("csl_type", "genre", "kind"),
    [
        ("article-journal", None, "article"),
        ("chapter", None, "incollection"),
        ("thesis", "PhD thesis", "phdthesis"),
        ("thesis", "Doctoral dissertation", "phdthesis"),
        ("thesis", "Master's thesis", "mastersthesis"),
        ("thesis", None, "thesis"),
        ("report", None, "techreport"),
        ("musical_score", None, "misc"),
        (None, None, "misc"),
    ],
)
def test_kinds(csl_type: str | None, genre: str | None, kind: str, tmp_path: Path) -> None:
    """Each type has its kind of entry, and is the same type when read again."""
    record = Record(type=csl_type, genre=genre, title="T")
    assert format_bibtex([record]).startswith(f"@{kind}{{")
    (again,) = _again([record], tmp_path)
    assert again.type == (csl_type or "document")


@pytest.mark.parametrize(
    "person",
    [
        Person(family="van Heck", given="B."),
        Person(family="Garcia y Vega", given="J."),
        Person(family="Hooft", given="G.", particle="'t"),
        Person(family="李", given="明"),
        Person(family="Plato"),
        Person(literal="Barnes and Noble, Inc."),
        Person(family="O'Neil", given="A. and B."),
    ],
)
def test_names_come_back(person: Person, tmp_path: Path) -> None:
    """A name has the same parts after writing and reading."""
    (again,) = _again([Record(title="T", people=[person])], tmp_path)
    found = again.people[0]
    assert (found.family, found.particle, found.literal) == (
        person.family,
        person.particle,
        person.literal,
    )


@settings(max_examples=200, deadline=None)
@example(text="\\")
@example(text="a{\\}{}")
@given(
    text=st.text(
        st.characters(
            exclude_categories=["Cs", "Cc", "Cn", "Co"],
        ),
        min_size=1,
        max_size=40,
    )
)
def test_any_text_makes_one_sound_entry(text: str) -> None:
    """Whatever stands in a record, its entry closes where it should."""
    record = Record(key=text, title=text, url=text, doi_raw=text, source_raw=text)
    record.people = [Person(family=text), Person(literal=text)]
    record.fields = [(text, text)]
    library = parse_string(format_bibtex([record, Record(key="last")]))
    assert [entry.key for entry in library.entries][-1] == "last"
    assert len(library.entries) == 2
