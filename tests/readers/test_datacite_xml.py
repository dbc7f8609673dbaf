"""DataCite XML: kernels 2 to 4, people in wrong places, answers around resources."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.datacite_xml import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

FIXTURE = Path(__file__).parents[1] / "data" / "datacite" / "resources.xml"
START = '<resource xmlns="http://datacite.org/schema/kernel-4">'


def _read(text: str) -> list[Record | Problem]:
    return list(FORMAT.records(Source("a.xml", data=text.encode())))


@pytest.fixture(scope="module")
def read() -> list[Record]:
    """Return what the fixture of the project gives."""
    source = Source(FIXTURE)
    assert detect_format(source).name == "datacite-xml"
    items = list(FORMAT.records(source))
    assert all(isinstance(item, Record) for item in items)
    return [item for item in items if isinstance(item, Record)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("line", 3),
        ("type", "article-journal"),
        ("title", "On resources"),
        ("publication_year", 2019),
        ("publication_date", "2019-05"),
        ("source_raw", "Journal of Made-up"),
        ("volume", "2"),
        ("issue", "9"),
        ("pages", [("3", "4")]),
        ("doi", "10.5555/made.up.3"),
        ("issn", "1234-567X"),
        ("publisher", "Made-up Archive"),
        ("language", "en"),
        ("abstract", "Says how."),
        ("affiliations", [("University of Made-up", 1)]),
        ("keywords", [("author_keyword", "maps"), ("index_keyword", "020")]),
    ],
)
def test_values(read: list[Record], name: str, expected: object) -> None:
    """The elements of the schema come into their attributes."""
    assert getattr(read[0], name) == expected


def test_people(read: list[Record]) -> None:
    """Several names within one creator are several people; identifiers stay with theirs."""
    assert [(one.role, one.display, one.orcid) for one in read[0].people] == [
        ("author", "Roe, Ann", "0000-0002-1825-0097"),
        ("author", "Poe, Bea", None),
        ("author", "Made-up Group", None),
        ("translator", "Doe, Cy", None),
    ]


def test_references_and_fields(read: list[Record]) -> None:
    """What it cites is a reference, and what no attribute holds is a field."""
    assert [one.doi for one in read[0].cited_references] == ["10.5555/cited.2"]
    assert ("title.TranslatedTitle", "Von Quellen") in read[0].fields
    assert ("geoLocations", '[{"geoLocationPlace": "Made-up Bay"}]') in read[0].fields


def test_old_kernel(read: list[Record]) -> None:
    """Kernel 2 has names in one piece and rights without a list; unknown values are empty."""
    record = read[1]
    assert (record.type, record.title, record.publisher) == ("book", None, None)
    assert (record.isbn, record.people[0].display) == ("9783161484100", "Roe, Ann B")
    assert ("rights", "CC by-nd") in record.fields
    assert "no year in 'soon'" in record.problems[0].reason


@pytest.mark.parametrize(
    "text",
    ["<resource><identifier>1</identifier></resource>", "<rdf xmlns='http://datacite.org/'/>", "x"],
)
def test_files_of_others(text: str) -> None:
    """XML without the namespace of the schema is not claimed."""
    assert FORMAT.matches(Source("a.xml", data=text.encode())) == 0


def test_no_resource() -> None:
    """A file without a resource gives a problem."""
    [problem] = _read("<resources/>")
    assert isinstance(problem, Problem)
    assert "no element resource" in problem.reason


@pytest.mark.parametrize("percent", range(6, 99, 4))
def test_cut_short(percent: int) -> None:
    """A file that is cut gives what stands before the cut, and a problem."""
    text = FIXTURE.read_text("utf-8")
    items = _read(text[: len(text) * percent // 100])
    assert any(isinstance(item, Problem) for item in items)


@given(st.text(alphabet=st.sampled_from(list('<>/"= abc')), max_size=60))
def test_anything(text: str) -> None:
    """Any text within a resource gives records or problems, never an exception."""
    assert _read(f"{START}<titles><title>{text}</title></titles></resource>")


@pytest.mark.parametrize("name", ["creators", "relatedItems", "relatedIdentifiers", "geoLocations"])
def test_empty_lists(name: str) -> None:
    """Lists and items without content are no problem, but a person without a name is one."""
    inner = {"creators": "creator", "relatedItems": "relatedItem"}.get(name, "relatedIdentifier")
    [record] = _read(f"{START}<{name}><{inner}/></{name}><{name}/></resource>")
    assert isinstance(record, Record)
    assert len(record.problems) == (name == "creators")


def test_real_files(shared_data: Path) -> None:
    """Each real file gives its one resource."""
    paths = sorted((shared_data / "formats" / "datacite-xml").glob("*.xml"))
    assert len(paths) > 20
    for path in paths:
        source = Source(path)
        assert detect_format(source).name == "datacite-xml"
        records = [item for item in FORMAT.records(source) if isinstance(item, Record)]
        assert len(records) == 1
        assert records[0].doi
        assert records[0].publication_year
