"""OpenAlex: works in every wrapping, null anywhere, wrong types anywhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.openalex_json import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

WORK = {"id": "https://openalex.org/W1", "title": "Maps", "publication_year": 2001}
NAMES = [
    "title",
    "doi",
    "ids",
    "type",
    "language",
    "publication_year",
    "publication_date",
    "primary_location",
    "biblio",
    "authorships",
    "keywords",
    "topics",
    "concepts",
    "abstract_inverted_index",
    "cited_by_count",
    "referenced_works",
    "open_access",
    "primary_topic",
]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["source", "author", "display_name", "issn", "first_page", "doi"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


def _read(folder: Path, text: str, name: str = "a.json") -> list[Record | Problem]:
    (folder / name).write_text(text, encoding="utf-8")
    return list(FORMAT.records(Source(folder / name)))


@pytest.fixture(scope="module")
def read() -> list[Record | Problem]:
    """Return what the fixture of the project gives."""
    path = Path(__file__).parents[1] / "data" / "openalex" / "works.jsonl"
    source = Source(path)
    assert detect_format(source).name == "openalex"
    return list(FORMAT.records(source))


def test_one_in_one_out(read: list[Record | Problem]) -> None:
    """Each line gives a record or a problem with its line."""
    assert [type(item).__name__ for item in read] == ["Record"] * 3 + ["Problem", "Record"]
    assert [item.line for item in read] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("key", "W1"),
        ("title", "Maps of science & more"),
        ("type", "article-journal"),
        ("publication_year", 2020),
        ("publication_date", "2020-03-01"),
        ("doi", "10.1000/abc"),
        ("doi_raw", "https://doi.org/10.1000/ABC"),
        ("pmid", "123"),
        ("source_raw", "Journal of Maps"),
        ("issn", "1234-5679"),
        ("publisher", "Map Press"),
        ("volume", "5"),
        ("issue", "2"),
        ("pages", [("10", "19")]),
        ("language", "en"),
        ("abstract", "We map a map"),
        ("cited_by_count", 7),
        ("affiliations", [("University of Oslo, Norway", 1), ("Leiden University", 2)]),
        ("keywords", [("index_keyword", "Mapping"), ("index_keyword", "atlas")]),
        ("problems", []),
    ],
)
def test_whole_work(read: list[Record | Problem], name: str, expected: Any) -> None:
    """Each field of a work goes into its column."""
    assert getattr(read[0], name) == expected


def test_people(read: list[Record | Problem]) -> None:
    """Authors are read as printed, with ORCID."""
    assert isinstance(read[0], Record)
    assert [(person.display, person.raw, person.orcid) for person in read[0].people] == [
        ("Berg, Ada", "Berg, Ada", "0000-0002-1825-0097"),
        ("de Vries, Jan", "Jan de Vries", None),
    ]


def test_references_and_fields(read: list[Record | Problem]) -> None:
    """References are ids; what has no column is kept."""
    assert isinstance(read[0], Record)
    assert [cited.raw for cited in read[0].cited_references] == ["W8", "W9"]
    kept = {"fwci": "1.5", "topics": "Cartography", "open_access.is_oa": "true", "ids.mag": "77"}
    assert kept.items() <= dict(read[0].fields).items()
    assert dict(read[0].fields)["authorships.countries"] == "NO|"


def test_nulls(read: list[Record | Problem]) -> None:
    """A work of nulls is a record with its id and no problem."""
    assert isinstance(read[1], Record)
    assert (read[1].key, read[1].title, read[1].people, read[1].problems) == ("W2", None, [], [])


def test_wrong_types(read: list[Record | Problem]) -> None:
    """Wrong types are problems on the record, which keeps the rest."""
    assert isinstance(read[2], Record)
    reasons = [problem.reason for problem in read[2].problems]
    assert read[2].title == "5"
    assert any("no year in 'x'" in reason for reason in reasons)
    assert any("the field authorships is no list" in reason for reason in reasons)
    assert any("the field biblio is no object" in reason for reason in reasons)
    assert ("authorships", "Ada Berg") in read[2].fields
    assert ("cited_by_count", "many") in read[2].fields


def test_kind_without_word(read: list[Record | Problem]) -> None:
    """A kind that CSL has no word for is kept, an author without name is a problem."""
    assert isinstance(read[4], Record)
    assert read[4].type == "article-journal"
    assert ("type", "editorial") in read[4].fields
    assert len(read[4].problems) == 2


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(WORK),
        json.dumps([WORK]),
        json.dumps({"meta": {"count": 1}, "results": [WORK], "group_by": []}, indent=1),
        json.dumps(WORK) + "\n\n",
        '{"meta": {"count": 2}, "results": [' + json.dumps(WORK) + ', {"id": "https://open',
    ],
)
def test_wrappings(tmp_path: Path, text: str) -> None:
    """An answer, a list, one work, a line each: the same work, and a cut one keeps it."""
    first, *rest = _read(tmp_path, text)
    assert isinstance(first, Record)
    assert (first.key, first.title, first.publication_year) == ("W1", "Maps", 2001)
    assert all(isinstance(item, Problem) and "cut short" in item.reason for item in rest)


def test_no_works(tmp_path: Path) -> None:
    """An answer without works and an item that is none are problems."""
    assert "no work in the file" in _read(tmp_path, '{"results": []}')[0].reason  # type: ignore[union-attr]
    assert "no work: an object" in _read(tmp_path, "[1]")[0].reason  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"error": "Limit", "message": "too many requests"}', "too many requests"),
        ("[" + '{"a":' * 100_000, "nested too deeply"),
    ],
)
def test_refused(tmp_path: Path, text: str, message: str) -> None:
    """An error of the service and hostile nesting are refused in words."""
    with pytest.raises(InputError, match=message):
        _read(tmp_path, text)


@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=6))
def test_any_values(tmp_path_factory: pytest.TempPathFactory, work: dict[str, Any]) -> None:
    """Whatever stands in the fields, one work is one record."""
    text = json.dumps({"id": "W1", **work})
    found = _read(tmp_path_factory.mktemp("work"), text)
    assert [type(item) for item in found] == [Record]


@pytest.mark.parametrize(
    "name",
    [
        "bpy-openalex_20260529_174737.json",
        "derived-openalex_20260529_174737.jsonl.gz",
        *(f"zotero-OpenAlexJSON-0{number}.json" for number in range(8)),
    ],
)
def test_published_files(shared_data: Path, name: str) -> None:
    """Real answers give as many works, DOIs and references as they hold."""
    counts = json.loads((shared_data / "formats" / "COUNTS.json").read_text(encoding="utf-8"))
    expected = counts[f"openalex-json/{name}"]
    source = Source(shared_data / "formats" / "openalex-json" / name)
    assert detect_format(source).name == "openalex"
    records = list(FORMAT.records(source))
    works = [item for item in records if isinstance(item, Record) and not item.problems]
    assert len(works) == len(records) == expected["n"]
    assert sum(work.doi is not None for work in works) == expected["with_doi"]
    assert sum(len(work.cited_references) for work in works) == expected["total_refs"]
