"""ADS JSON: lists side by side, article numbers, identifiers of all kinds."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.ads_json import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path

BIBCODE = "2018PhRvL.120b9901P"


def _read(value: object) -> list[Record | Problem]:
    return list(FORMAT.records(Source("a.json", data=json.dumps(value).encode())))


@pytest.fixture(scope="module")
def works(data: Path) -> list[Record]:
    """All works of the fixture."""
    source = Source(data / "ads" / "works.json")
    assert FORMAT.matches(source) > 0.9
    return [entry for entry in FORMAT.records(source) if isinstance(entry, Record)]


def test_article(works: list[Record]) -> None:
    """An article has its source, article number, month, DOI, arXiv and citations."""
    work = works[0]
    assert (work.key, work.type) == (BIBCODE, "article-journal")
    assert work.title == "Erratum: Quantum x Criticality & more"
    assert (work.source_raw, work.volume, work.issue) == ("Physical Review Letters", "120", "2")
    assert (work.article_number, work.pages_raw, work.publication_date) == (
        "029901",
        None,
        "2018-01",
    )
    assert (work.doi, work.arxiv_id) == ("10.1103/physrevlett.120.029901", "1712.00001")
    assert (work.cited_by_count, work.abstract, work.issn) == (12, None, "0031-9007")
    assert [cited.raw for cited in work.cited_references] == ["1973JASIS..24..265S"]


def test_people(works: list[Record]) -> None:
    """Addresses and ORCIDs go with the authors beside them; points cut the list."""
    work = works[0]
    assert [person.display for person in work.people] == ["Small, Henry", "van der Berg, Ada"]
    assert work.et_al
    assert work.people[0].orcid == "0000-0002-1825-0097"
    assert work.affiliations == [
        ("First University, Oslo", 1),
        ("Second Institute", 1),
        ("Third University", 2),
    ]


def test_rest(works: list[Record]) -> None:
    """What no column takes is a field; identifiers that are said elsewhere are not."""
    fields = dict(works[0].fields)
    assert fields["identifier"] == "2017arXiv171200001P"
    assert fields["property"] == "ARTICLE; REFEREED"
    assert works[1].pages == [("35", "41")]
    assert [problem.reason for problem in works[1].problems] == [
        "no year in 'soon'; the year is left empty"
    ]


@pytest.mark.parametrize(
    "value",
    [
        {"bibcode": BIBCODE, "title": "T"},
        [{"bibcode": BIBCODE, "title": ["T"]}],
        {"docs": [{"bibcode": BIBCODE, "title": ["T"]}]},
        {"response": {"docs": [{"bibcode": BIBCODE, "title": ["T"]}]}},
    ],
)
def test_forms_of_the_file(value: object) -> None:
    """A document, a list and an answer are all read."""
    (record,) = _read(value)
    assert isinstance(record, Record)
    assert record.title == "T"


@pytest.mark.parametrize("value", [{"error": {"msg": "no token"}}, {"response": None}, [None]])
def test_no_documents(value: object) -> None:
    """An error of the service and what is no document are problems."""
    (problem,) = _read(value)
    assert isinstance(problem, Problem)


def test_cut_answer(data: Path) -> None:
    """An answer that is cut keeps the documents before the cut."""
    whole = (data / "ads" / "works.json").read_bytes()
    found = list(FORMAT.records(Source("a.json", data=whole[: whole.index(b'"page_range"')])))
    assert [type(entry) for entry in found] == [Record, Problem]


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
NAMES = (
    *("title", "author", "aff", "orcid_pub", "editor", "year", "pubdate", "doi", "identifier"),
    *("page", "page_range", "eid", "keyword", "abstract", "reference", "issn", "citation_count"),
    *("doctype", "lang", "pub", "bibcode"),
)


@given(st.dictionaries(st.sampled_from(NAMES), JSON))
def test_any_values(item: dict[str, Any]) -> None:
    """Values of any type give one work."""
    with contextlib.suppress(InputError):
        (found,) = _read([item])
        assert isinstance(found, Record)
