"""DataCite JSON: answers of the API, plain works of any version of the schema, wrong types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.datacite_json import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

NAMES = [
    "doi",
    "id",
    "types",
    "titles",
    "title",
    "creators",
    "creator",
    "contributors",
    "container",
    "publisher",
    "publicationYear",
    "dates",
    "relatedItems",
    "relatedIdentifiers",
    "identifiers",
    "descriptions",
    "subjects",
    "sizes",
    "rightsList",
    "citationCount",
    "language",
    "resource-type-general",
]
INNER = [
    "title",
    "titles",
    "name",
    "date",
    "dateType",
    "relationType",
    "relatedIdentifier",
    "relatedItemIdentifier",
    "nameIdentifiers",
    "affiliation",
    "description",
    "descriptionType",
]
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.sampled_from(["Other", "References", "Cites", "IsPublishedIn", '{"references": 3}']),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(INNER), inner, max_size=4)
    ),
    max_leaves=8,
)


def _read(text: str, name: str = "a.json") -> list[Record | Problem]:
    return list(FORMAT.records(Source(name, data=text.encode())))


def _one(**attributes: Any) -> Record:
    """Read one plain work."""
    [record] = _read(json.dumps({"doi": "10.5555/a", **attributes}))
    assert isinstance(record, Record)
    return record


@pytest.fixture(scope="module")
def read() -> list[Record | Problem]:
    """Return what the fixture of the project gives."""
    source = Source(Path(__file__).parents[1] / "data" / "datacite" / "answer.json")
    assert detect_format(source).name == "datacite-json"
    return list(FORMAT.records(source))


def test_one_in_one_out(read: list[Record | Problem]) -> None:
    """Each item of an answer gives a record or a problem."""
    assert [type(item).__name__ for item in read] == ["Record", "Record", "Problem"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("type", "dataset"),
        ("title", "Maps of science & more: A data set"),
        ("publication_year", 2020),
        ("publication_date", "2020-03-04"),
        ("doi", "10.5555/made.up.1"),
        ("doi_raw", "10.5555/MADE.UP.1"),
        ("url", "https://made.up/1"),
        ("arxiv_id", "2001.00001"),
        ("issn", "1234-567X"),
        ("publisher", "Made-up Archive"),
        ("series", "Made-up Data"),
        ("language", "en"),
        ("abstract", "What was mapped."),
        ("cited_by_count", 7),
        ("affiliations", [("University of Made-up", 1)]),
        ("keywords", [("author_keyword", "bibliometrics"), ("index_keyword", "Library science")]),
    ],
)
def test_values(read: list[Record | Problem], name: str, expected: object) -> None:
    """The properties of the schema come into their attributes."""
    assert getattr(read[0], name) == expected


def test_people(read: list[Record | Problem]) -> None:
    """Creators are authors, groups stay whole, editors are editors, others are kept."""
    record = read[0]
    assert isinstance(record, Record)
    assert [(one.role, one.particle, one.family, one.literal) for one in record.people] == [
        ("author", "van der", "Berg", None),
        ("author", None, None, "Made-up Survey Group"),
        ("editor", None, "Poe", None),
    ]
    assert record.people[0].orcid == "0000-0002-1825-0097"
    assert ("contributor.DataCurator", "Doe, Cy") in record.fields


def test_what_it_cites(read: list[Record | Problem]) -> None:
    """Relations that cite are references, also those that stand in a description as JSON."""
    record = read[0]
    assert isinstance(record, Record)
    assert [(one.raw, one.doi) for one in record.cited_references] == [
        ("10.5555/Cited.1", "10.5555/cited.1"),
        ("https://made.up/page", None),
        ("Roe A. One. J X 2001;3:4-5.", None),
    ]
    assert ("relatedIdentifier.IsVersionOf", "10.5555/made.up.0") in record.fields


def test_chapter(read: list[Record | Problem]) -> None:
    """A chapter has the year, pages, ISBN and editors of its book; the other year is kept."""
    record = read[1]
    assert isinstance(record, Record)
    assert (record.type, record.source_raw, record.pages) == (
        "chapter",
        "A book of chapters",
        [("11", "19")],
    )
    assert (record.publication_year, record.isbn) == (2022, "9783161484100")
    assert [one.display for one in record.people_of("editor")] == ["Moe, Dan"]
    assert ("publicationYear", "2024") in record.fields
    assert record.cited_references[0].title == "Cited book"


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        ({"resourceTypeGeneral": "Text", "resourceType": "Doctoral Thesis"}, "thesis"),
        ({"resourceTypeGeneral": "Text", "citeproc": "article-journal"}, "article-journal"),
        ({"resourceTypeGeneral": "Preprint", "citeproc": "article"}, "article"),
        ({"resource-type-general": "Software"}, "software"),
        ({"resourceTypeGeneral": "PhysicalObject", "resourceType": "Coin"}, "document"),
        ({"ris": "CHAP"}, "chapter"),
        (None, "document"),
        ([3], "document"),
    ],
)
def test_types(types: object, expected: str) -> None:
    """Kinds of resources are in CSL's words."""
    assert _one(types=types).type == expected


def test_old_names() -> None:
    """Works of the older schema, with hyphens and single values, are read too."""
    record = _one(
        **{
            "creator": {"name": "Ann B. Roe", "type": "Person"},
            "title": "One",
            "publication-year": "2016",
            "resource-type-general": "Software",
            "publisher": {"name": "Press"},
        }
    )
    assert (record.title, record.publication_year, record.type) == ("One", 2016, "software")
    assert (record.people[0].family, record.publisher) == ("Roe", "Press")


def test_unknown_values() -> None:
    """What the schema sets for unknown values is empty."""
    record = _one(titles=[{"title": ":unav"}], publisher="(:unav)", publicationYear=2001)
    assert (record.title, record.publisher) == (None, None)


def test_pages_among_sizes() -> None:
    """A size that is a range of pages gives pages; a container's first page must be one."""
    record = _one(
        types={"resourceTypeGeneral": "JournalArticle"},
        container={"title": "J", "firstPage": "Vol. 1 (2018)"},
        sizes=["42-79 Seiten", "3 MB"],
    )
    assert record.pages == [("42", "79")]
    assert ("firstPage", "Vol. 1 (2018)") in record.fields
    assert ("size", "3 MB") in record.fields


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        ({"publicationYear": "soon"}, "no year in 'soon'"),
        ({"creators": [None]}, "a creator cannot be read"),
        ({"creators": ["", {"name": ""}]}, "a creator cannot be read"),
        ({"contributors": [4]}, "a contributor cannot be read"),
    ],
)
def test_problems(attributes: dict[str, Any], reason: str) -> None:
    """What cannot be read is said, and the record stays."""
    record = _one(titles=[{"title": "One"}], **attributes)
    assert record.title == "One"
    assert reason in record.problems[0].reason


def test_error_of_the_service() -> None:
    """An answer that is an error says so."""
    with pytest.raises(InputError, match="an error of the service"):
        _read('{"errors": [{"status": "404", "title": "not there"}]}')


@pytest.mark.parametrize(
    "text",
    [
        '[{"title": "A", "DOI": "10.1/a", "type": "article"}]',
        '{"message-type": "work", "message": {"DOI": "10.1/a", "title": ["A"]}}',
        '{"id": "https://openalex.org/W1", "title": "Maps"}',
    ],
)
def test_files_of_others(text: str) -> None:
    """JSON of other services is not claimed."""
    assert FORMAT.matches(Source("a.json", data=text.encode())) == 0


@pytest.mark.parametrize("percent", range(1, 99, 4))
def test_cut_short(percent: int) -> None:
    """An answer that is cut gives what stands before the cut, and a problem."""
    path = Path(__file__).parents[1] / "data" / "datacite" / "answer.json"
    text = path.read_text("utf-8")
    items = _read(text[: len(text) * percent // 100])
    assert items
    assert isinstance(items[-1], Problem)


@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=6))
def test_anything(attributes: dict[str, Any]) -> None:
    """Wrong types anywhere give a record, never an exception."""
    [item] = _read(json.dumps({"type": "dois", "attributes": attributes}))
    assert isinstance(item, Record)


def test_real_files(shared_data: Path) -> None:
    """Real files give one record per work, each with a DOI and a title."""
    for path in sorted((shared_data / "formats" / "datacite-json").glob("*.json")):
        if path.name.endswith(("expected.json", "peer.json")):
            continue
        source = Source(path)
        assert detect_format(source).name == "datacite-json"
        items = list(FORMAT.records(source))
        assert len(items) == (82 if "ocds" in path.name else 1)
        assert all(isinstance(item, Record) and item.doi and item.title for item in items)
