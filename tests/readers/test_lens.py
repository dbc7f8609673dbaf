"""The Lens: CSV of the website and JSON of the API."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.lens import CSV, JSON
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path

_EXPECTED = {
    "key": "000-000-000-000-001",
    "type": "article-journal",
    "publication_year": 2010,
    "publication_date": "2010-08-01",
    "source_raw": "Atlas of Science",
    "volume": "84",
    "issue": "2",
    "pages": [("523", "538")],
    "doi": "10.1000/atlas.1",
    "pmid": "11111111",
    "issn": "1234-5679",
    "publisher": "Map House",
    "cited_by_count": 30,
    "problems": [],
}


def _records(path: Path, name: str) -> list[Record]:
    source = Source(path)
    form = detect_format(source)
    assert form.name == name
    return [item for item in form.records(source) if isinstance(item, Record)]


def _json(value: object) -> list[Record | Problem]:
    return list(JSON.records(Source("a.json", data=json.dumps(value).encode())))


@pytest.mark.parametrize(("file", "form"), [("works.csv", "lens-csv"), ("works.json", "lens")])
@pytest.mark.parametrize("name", list(_EXPECTED))
def test_same_work_in_both(data: Path, file: str, form: str, name: str) -> None:
    """The same work is read alike from the website's table and the API's answer."""
    record = _records(data / "lens" / file, form)[0]
    assert getattr(record, name) == _EXPECTED[name]


def test_table(data: Path) -> None:
    """Names are given name first; references are ids; fields of study are kept."""
    record, other = _records(data / "lens" / "works.csv", "lens-csv")
    assert [person.display for person in record.people] == ["Berg, Ada", "van Dahl, Bo"]
    assert [cited.raw[-3:] for cited in record.cited_references] == ["002", "03X"]
    assert record.keywords == [
        ("author_keyword", "maps"),
        ("author_keyword", "science"),
        ("index_keyword", "Humans"),
    ]
    assert ("Fields of Study", "Cartography; Science") in record.fields
    assert ("ISSNs", "12345679; 13579246") in record.fields
    assert other.type == "paper-conference"
    assert [person.display for person in other.people] == ["Berg, Ada"]


def test_answer_of_the_api(data: Path) -> None:
    """People have ORCID, addresses and groups; references have text and DOI."""
    record, other = _records(data / "lens" / "works.json", "lens")
    assert record.title == "Maps & science"
    assert [(person.display, person.orcid) for person in record.people] == [
        ("Berg, Ada", "0000-0002-1825-0097"),
        ("Map Study Group", None),
        ("Dahl, Bo", None),
    ]
    assert record.affiliations == [
        ("Dept. of Maps, University of Oslo", 1),
        ("Leiden University", 3),
    ]
    first, second = record.cited_references
    assert (first.doi, first.publication_year) == ("10.1002/asi.4630240406", 1973)
    assert "[000-000-000-000-002]" in first.raw
    assert second.raw == "000-000-000-000-03X"
    assert ("index_keyword", "Humans/methods") in record.keywords
    assert ("magid", "1") in record.fields
    assert ("publication_type", "curious thing") in other.fields


@pytest.mark.parametrize("form", ["list", "lines", "one"])
def test_one_work_a_line(form: str) -> None:
    """A list of works, one work a line and a single work are read too."""
    work = {"lens_id": "000-000-000-000-001", "title": "Maps", "year_published": 2010}
    text = {
        "list": json.dumps([work, work], indent=2),
        "lines": f"{json.dumps(work)}\n{json.dumps(work)}\n",
        "one": json.dumps(work),
    }[form]
    source = Source("a.json", data=text.encode())
    assert detect_format(source).name == "lens"
    assert len(list(JSON.records(source))) == (1 if form == "one" else 2)


@pytest.mark.parametrize(
    "changed",
    [
        {"authors": 5},
        {"authors": [None, 3, {"first_name": 3}]},
        {"source": "Atlas"},
        {"references": [None, "x"]},
        {"external_ids": [None, {"type": None}]},
        {"year_published": "soon"},
        {"date_published_parts": ["x", None]},
        {"languages": [None]},
        {"conference": []},
        {"scholarly_citations_count": "many"},
        {"title": ["x"]},
    ],
)
def test_wrong_kinds(changed: dict[str, Any]) -> None:
    """A value of another kind does no harm to the rest of the work."""
    (record,) = _json({"lens_id": "000-000-000-000-001", "volume": "84", **changed})
    assert isinstance(record, Record)
    assert record.volume == "84"


def test_what_cannot_be_read_is_said() -> None:
    """Authors and references that are none, and a year that is none, are problems."""
    (record,) = _json(
        {
            "lens_id": "000-000-000-000-001",
            "year_published": "soon",
            "authors": [None],
            "references": [3],
        }
    )
    assert isinstance(record, Record)
    reasons = [problem.reason for problem in record.problems]
    assert len(reasons) == 3
    assert "no year in 'soon'" in reasons[0]


def test_error_of_the_service() -> None:
    """An answer that is an error says so."""
    with pytest.raises(InputError, match="an error of the service: no token"):
        _json({"message": "no token"})


def test_others_are_not_claimed() -> None:
    """Patents of the Lens and JSON of others are left alone."""
    for text in (
        '{"lens_id": "000-000-000-000-001", "jurisdiction": "US", "date_published": "2001"}',
        '{"id": "https://openalex.org/W1", "title": "Maps"}',
        "Lens ID,Jurisdiction,Title\n",
    ):
        source = Source("a.json", data=text.encode())
        assert JSON.matches(source) == CSV.matches(source) == 0


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=10,
)
_NAMES = st.sampled_from(
    (
        *("title", "authors", "source", "references", "external_ids", "year_published"),
        *("keywords", "volume", "start_page", "languages", "source_urls", "mesh_terms"),
    )
)


@given(st.dictionaries(_NAMES, _VALUES))
def test_any_object(item: dict[str, Any]) -> None:
    """Any object with the names of the API gives one work."""
    read = _json({**item, "lens_id": "000-000-000-000-001"})
    assert len(read) == 1
    assert isinstance(read[0], Record)


def test_published_files(shared_data: Path) -> None:
    """Real files give as many works, DOIs and references as they hold, and no problem."""
    folder = shared_data / "formats" / "lens"
    records = _records(folder / "bibliometrix-lens_sample.csv", "lens-csv")
    assert (len(records), sum(record.doi is not None for record in records)) == (8, 8)
    assert sum(len(record.cited_references) for record in records) == 517
    (answer,) = _records(folder / "lens-api-doc-response-1.json", "lens")
    assert (len(answer.people), len(answer.cited_references)) == (12, 36)
    assert answer.problems == []
