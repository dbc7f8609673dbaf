"""MODS: titles in parts, names with roles, ranges of dates, hosts and series."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.mods import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

FIXTURE = Path(__file__).parents[1] / "data" / "mods" / "collection.xml"


def _read(text: str) -> list[Record | Problem]:
    return list(FORMAT.records(Source("a.xml", data=text.encode())))


def _one(inner: str) -> Record:
    """Read one record."""
    [record] = _read(f'<mods xmlns="http://www.loc.gov/mods/v3">{inner}</mods>')
    assert isinstance(record, Record)
    return record


@pytest.fixture(scope="module")
def read() -> list[Record]:
    """Return what the fixture of the project gives."""
    source = Source(FIXTURE)
    assert detect_format(source).name == "mods"
    return [item for item in FORMAT.records(source) if isinstance(item, Record)]


@pytest.mark.parametrize(
    ("index", "name", "expected"),
    [
        (0, "line", 3),
        (0, "key", "first"),
        (0, "type", "article-journal"),
        (0, "title", "The growth of lists: a study"),
        (0, "publication_year", 2003),
        (0, "publication_date", "2003-01"),
        (0, "source_raw", "Journal of Made-up"),
        (0, "volume", "3"),
        (0, "issue", "1"),
        (0, "pages", [("53", "57")]),
        (0, "doi", "10.5555/made.up.1"),
        (0, "url", "https://made.up/1"),
        (0, "issn", "1234-567X"),
        (0, "language", "de"),
        (0, "abstract", "What was found."),
        (0, "affiliations", [("University of Made-up", 1)]),
        (0, "keywords", [("author_keyword", "growth"), ("index_keyword", "Lists -- Utopia")]),
        (1, "type", "book"),
        (1, "title", "A book. Vol. 2: Letters"),
        (1, "publication_year", 1985),
        (1, "isbn", "9783161484100"),
        (1, "publisher", "Made-up Press"),
        (1, "publisher_place", "Town"),
        (1, "edition", "2nd ed."),
        (1, "series", "Series of Made-up"),
        (1, "event", "Meeting of Made-up"),
        (2, "type", "chapter"),
        (2, "source_raw", "A reader"),
    ],
)
def test_values(read: list[Record], index: int, name: str, expected: object) -> None:
    """The elements of the schema come into their attributes."""
    assert getattr(read[index], name) == expected


def test_people(read: list[Record]) -> None:
    """Names are authors where no role is said, bodies stay whole, other roles are kept."""
    assert [(one.role, one.display, one.orcid) for one in read[0].people] == [
        ("author", "van der Berg, Ada", "0000-0002-1825-0097"),
        ("author", "Made-up Office. Section of Lists", None),
    ]
    assert ("name.publisher", "Penn, Fay") in read[0].fields
    assert [(one.role, one.display) for one in read[1].people] == [("editor", "Roe, Ann")]
    assert [(one.role, one.display) for one in read[2].people] == [
        ("author", "Doe, Cy"),
        ("editor", "Poe, Bea"),
    ]


def test_fields(read: list[Record]) -> None:
    """What no attribute holds is kept under the name of its element."""
    for field in (
        ("title.alternative", "Growing lists"),
        ("note", "A note."),
        ("identifier.local", "L 1"),
        ("recordIdentifier", "r1"),
    ):
        assert field in read[0].fields
    assert ("relatedItem.succeeding", "Later book") in read[1].fields


def test_a_date_without_year(read: list[Record]) -> None:
    """A date without a year is said, and the record stays."""
    assert read[2].year_raw == "undated"
    assert "no year in 'undated'" in read[2].problems[0].reason


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<genre>Conference Publication</genre>", "book"),
        ("<genre>thesis</genre>", "thesis"),
        (
            "<genre>bibliography</genre><originInfo><issuance>serial</issuance></originInfo>",
            "periodical",
        ),
        ("<typeOfResource>still image</typeOfResource>", "graphic"),
        ("<relatedItem type='host'><genre>periodical</genre></relatedItem>", "article-journal"),
        (
            "<relatedItem type='host'><genre>conference publication</genre></relatedItem>",
            "paper-conference",
        ),
        (
            "<relatedItem type='host'><identifier type='issn'>1</identifier></relatedItem>",
            "article-journal",
        ),
        ("", "document"),
    ],
)
def test_types(inner: str, expected: str) -> None:
    """Genre, type of resource, issuance and host tell the kind, in this order."""
    assert _one(inner).type == expected


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (
            "<dateCreated keyDate='yes'>1955-03</dateCreated><copyrightDate>2003</copyrightDate>",
            1955,
        ),
        ("<dateCreated>1955</dateCreated><copyrightDate>2003</copyrightDate>", 2003),
        ("<dateIssued>c1999</dateIssued><dateCreated keyDate='yes'>1955</dateCreated>", 1999),
    ],
)
def test_years(inner: str, expected: int) -> None:
    """The date of issue counts most, then the key date, then copyright and creation."""
    assert _one(f"<originInfo>{inner}</originInfo>").publication_year == expected


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<namePart>Joseph</namePart>", ("Joseph", None, None)),
        ("<namePart>Roe, Ann (Ann Bea)</namePart>", ("Roe", "Ann (Ann Bea)", None)),
        ("<displayForm>Ann Roe</displayForm>", ("Roe", "Ann", None)),
        (
            "<namePart type='given'>Ann</namePart><namePart type='family'>Roe</namePart>",
            ("Roe", "Ann", None),
        ),
        ("<namePart type='family'>Roe</namePart>", ("Roe", None, None)),
    ],
)
def test_names(inner: str, expected: tuple[str | None, ...]) -> None:
    """Names are read whole or in parts."""
    [person] = _one(f"<name type='personal'>{inner}</name>").people
    assert (person.family, person.given, person.literal) == expected


@pytest.mark.parametrize("text", ["<model/>", "<modsx/>", "<a xmlns='http://www.loc.gov/x'/>", "m"])
def test_files_of_others(text: str) -> None:
    """XML without an element of the schema is not claimed."""
    assert FORMAT.matches(Source("a.xml", data=text.encode())) == 0


def test_no_record() -> None:
    """A collection without a record gives a problem."""
    [problem] = _read("<modsCollection/>")
    assert isinstance(problem, Problem)
    assert "no element mods" in problem.reason


@pytest.mark.parametrize("percent", range(6, 99, 4))
def test_cut_short(percent: int) -> None:
    """A file that is cut gives what stands before the cut, and a problem."""
    text = FIXTURE.read_text("utf-8")
    items = _read(text[: len(text) * percent // 100])
    assert any(isinstance(item, Problem) for item in items)


TAGS = ["titleInfo", "title", "name", "namePart", "originInfo", "dateIssued", "part", "relatedItem"]


@given(st.lists(st.sampled_from(TAGS), max_size=6), st.text(alphabet="ab ,.1-:", max_size=12))
def test_anything(tags: list[str], text: str) -> None:
    """Elements in any order give a record, never an exception."""
    inner = "".join(f"<{tag}>" for tag in tags) + text + "".join(f"</{t}>" for t in tags[::-1])
    assert _one(inner).format == "mods"


def test_real_files(shared_data: Path) -> None:
    """Each real file gives its one record."""
    for path in sorted((shared_data / "formats" / "mods").glob("*.xml")):
        source = Source(path)
        assert detect_format(source).name == "mods"
        [record] = FORMAT.records(source)
        assert isinstance(record, Record)
        assert record.title or "GenreMapping" in path.name
