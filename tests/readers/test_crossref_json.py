"""Crossref: one work, lists of works, dumps; null and wrong types anywhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.crossref_json import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

WORK = {"DOI": "10.1000/a", "title": ["Maps"], "type": "journal-article", "member": "1"}
NAMES = [
    "title",
    "subtitle",
    "container-title",
    "author",
    "editor",
    "issued",
    "published",
    "page",
    "reference",
    "subject",
    "ISSN",
    "ISBN",
    "event",
    "abstract",
    "type",
    "volume",
    "is-referenced-by-count",
    "language",
]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "family", "date-parts", "key", "DOI", "affiliation"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


def _read(folder: Path, text: str) -> list[Record | Problem]:
    (folder / "a.json").write_text(text, encoding="utf-8")
    return list(FORMAT.records(Source(folder / "a.json")))


@pytest.fixture(scope="module")
def work() -> Record:
    """Return the work of the fixture of the project."""
    source = Source(Path(__file__).parents[1] / "data" / "crossref" / "work.json")
    assert detect_format(source).name == "crossref-json"
    (record,) = FORMAT.records(source)
    assert isinstance(record, Record)
    return record


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("title", "On maps: A view"),
        ("type", "article-journal"),
        ("source_raw", "Journal of Maps"),
        ("publisher", "Map Press"),
        ("volume", "3"),
        ("issue", "1"),
        ("pages", [("1", "9")]),
        ("article_number", "e7"),
        ("issn", "1234-5679"),
        ("doi", "10.1000/xyz"),
        ("doi_raw", "10.1000/XYZ"),
        ("publication_year", 2019),
        ("publication_date", "2019-04"),
        ("abstract", "Abstract We map & draw."),
        ("cited_by_count", 3),
        ("keywords", [("index_keyword", "Geography"), ("index_keyword", "Maps")]),
        ("affiliations", [("University of Oslo", 1)]),
    ],
)
def test_whole_work(work: Record, name: str, expected: Any) -> None:
    """Each field of a work goes into its column."""
    assert getattr(work, name) == expected


def test_people(work: Record) -> None:
    """A person has ORCID, a group its name."""
    assert [(person.display, person.literal, person.orcid) for person in work.people] == [
        ("Berg, Ada", None, "0000-0002-1825-0097"),
        ("Map Group", "Map Group", None),
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ({"family": "van der Berg", "given": "Ada"}, ("van der", "Berg", "Ada", None)),
        ({"family": "Berg", "given": "A.", "suffix": "Jr"}, (None, "Berg", "A.", "Jr")),
        ({"family": "Berg"}, (None, "Berg", None, None)),
    ],
)
def test_parts_of_names(
    tmp_path: Path, name: dict[str, str], expected: tuple[str | None, ...]
) -> None:
    """Particle and suffix are parted off the family name."""
    (record,) = _read(tmp_path, json.dumps({**WORK, "author": [name]}))
    assert isinstance(record, Record)
    (person,) = record.people
    assert (person.particle, person.family, person.given, person.suffix) == expected


def test_references(work: Record) -> None:
    """A reference is kept as printed or put together; one that is none is a problem."""
    first, second, third = work.cited_references
    assert (first.raw, first.doi) == ("Old A (1999) A map. J Maps 1:2", "10.1000/old")
    assert second.raw == "New, 2001, Another map, J Maps, 4, 5"
    assert (second.publication_year, second.first_page) == (2001, "5")
    assert (third.raw, third.label) == ("r3", "r3")
    assert [problem.reason for problem in work.problems] == ["a reference cannot be read: 7"]


def test_fields(work: Record) -> None:
    """What has no column is kept."""
    assert dict(work.fields)["funder"] == '[{"name": "Fund"}]'
    assert dict(work.fields)["ISSN"] == "1234-5679; 9876-5432"


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(WORK),
        json.dumps([WORK]),
        json.dumps({"items": [WORK]}),
        json.dumps({"status": "ok", "message-type": "work-list", "message": {"items": [WORK]}}),
        json.dumps([{"status": "ok", "message-type": "work", "message": WORK}]),
        '{"items": [' + json.dumps(WORK) + ', {"DOI": "10.',
    ],
)
def test_wrappings(tmp_path: Path, text: str) -> None:
    """An answer, a list, a dump, one work: the same work, and a cut file keeps it."""
    first, *rest = _read(tmp_path, text)
    assert isinstance(first, Record)
    assert (first.doi, first.title) == ("10.1000/a", "Maps")
    assert all(isinstance(item, Problem) and "cut short" in item.reason for item in rest)
    assert detect_format(Source(tmp_path / "a.json")).name == "crossref-json"


def test_series_of_a_chapter(tmp_path: Path) -> None:
    """The first of two names of a chapter is the series, the second the book."""
    chapter = {**WORK, "type": "book-chapter", "container-title": ["Lecture Notes", "Maps"]}
    (record,) = _read(tmp_path, json.dumps(chapter))
    assert isinstance(record, Record)
    assert (record.series, record.source_raw) == ("Lecture Notes", "Maps")


def test_date_without_year(tmp_path: Path) -> None:
    """An empty date gives way to the next."""
    dates = {"issued": {"date-parts": [[None]]}, "published-print": {"date-parts": [[2001, 2, 3]]}}
    (record,) = _read(tmp_path, json.dumps({**WORK, **dates}))
    assert isinstance(record, Record)
    assert record.publication_date == "2001-02-03"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"status": "failed", "message": [{"type": "bad-filter"}]}', "bad-filter"),
        ("[" + '{"a":' * 100_000, "nested too deeply"),
    ],
)
def test_refused(tmp_path: Path, text: str, message: str) -> None:
    """An error of the service and hostile nesting are refused in words."""
    with pytest.raises(InputError, match=message):
        _read(tmp_path, text)


@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=6))
def test_any_values(tmp_path_factory: pytest.TempPathFactory, item: dict[str, Any]) -> None:
    """Whatever stands in the fields, one work is one record."""
    found = _read(tmp_path_factory.mktemp("work"), json.dumps({"DOI": "10.1000/a", **item}))
    assert [type(one) for one in found] == [Record]


@pytest.mark.parametrize(
    ("name", "n_works", "n_references"),
    [
        ("buhos-10.1007___s00204-017-1980-3.json", 1, 68),
        ("buhos-10.1016___j.softx.2018.10.004.json", 1, 0),
        ("buhos-10.1186___s13643-016-0263-z.json", 1, 30),
        ("buhos-crossref_ex_1.json", 1, 0),
        ("ocds-40228.json", 11, 0),
        ("ocds-0.json.gz", 3000, 42),
    ],
)
def test_published_files(shared_data: Path, name: str, n_works: int, n_references: int) -> None:
    """Real answers and dumps give every work with DOI and year, and all references."""
    source = Source(shared_data / "formats" / "crossref-json" / name)
    assert detect_format(source).name == "crossref-json"
    records = [item for item in FORMAT.records(source) if isinstance(item, Record)]
    assert len(records) == n_works
    assert all(record.doi and record.publication_year for record in records)
    assert sum(len(record.cited_references) for record in records) == n_references
