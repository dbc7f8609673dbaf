"""Reflib JSON: kinds in EndNote's words, dates in two places, lines in one text."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.reflib_json import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def works(data: Path) -> list[Record]:
    """All works of the fixture."""
    source = Source(data / "reflib-json" / "works.json")
    assert FORMAT.matches(source) > 0.9
    return [entry for entry in FORMAT.records(source) if isinstance(entry, Record)]


def test_article(works: list[Record]) -> None:
    """An article has key, people, day, ISSN, written-out pages and addresses line by line."""
    work = works[0]
    assert (work.key, work.type, work.title, work.line) == (
        "895",
        "article-journal",
        "A gel of examples",
        2,
    )
    assert [person.display for person in work.people] == ["Berg, A. B.", "van der Dahl, C."]
    assert (work.publication_date, work.pages) == ("2018-02-23", [("211", "216")])
    assert (work.issn, work.doi) == ("2277-9175", "10.1000/abc")
    assert work.affiliations == [("First University, Oslo.", None), ("Second University.", None)]
    assert dict(work.fields) == {"notes": "2277-9175 | Berg, Ada", "custom2": "PMC5887696"}


def test_rest(works: list[Record]) -> None:
    """A kind that is not known is a field; the second address too."""
    work = works[1]
    assert (work.key, work.type, work.url) == ("896", "document", "https://example.org/1")
    assert dict(work.fields) == {"type": "poem", "urls": "https://example.org/2"}
    assert [one.reason for one in work.problems] == ["no year in 'soon'; the year is left empty"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("bookSection", "chapter"), ("conferencePaper", "paper-conference"), ("book", "book")],
)
def test_types(kind: str, expected: str) -> None:
    """Kinds are EndNote's without blanks."""
    data = json.dumps([{"recNumber": "1", "type": kind}]).encode()
    (record,) = FORMAT.records(Source("a.json", data=data))
    assert isinstance(record, Record)
    assert record.type == expected


@pytest.mark.parametrize(
    "value",
    [[{"itemType": "book", "title": "T"}], [{"id": "a", "type": "book"}], {"authors": [{}]}],
)
def test_other_json(value: object) -> None:
    """JSON of Zotero, of CSL and of others is not claimed."""
    assert FORMAT.matches(Source("a.json", data=json.dumps(value).encode())) == 0


def test_cut_file(data: Path) -> None:
    """A cut file keeps the works before the cut."""
    whole = (data / "reflib-json" / "works.json").read_bytes()
    found = list(FORMAT.records(Source("a.json", data=whole[:-60])))
    assert [type(entry) for entry in found] == [Record, Problem]


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
NAMES = (
    *("recNumber", "title", "journal", "address", "type", "authors", "pages", "isbn", "urls"),
    *("abstract", "doi", "year", "date", "keywords", "language", "section", "editors"),
)


@given(st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_any_values(item: dict[str, Any]) -> None:
    """Values of any type give one work."""
    with contextlib.suppress(InputError):
        (found,) = FORMAT.records(Source("a.json", data=json.dumps([item]).encode()))
        assert isinstance(found, Record)


def test_real_file(shared_data: Path) -> None:
    """All 102 works are read, with title, journal, year and ISSN."""
    path = shared_data / "formats/reflib-json/Reflib-blue-light.json"
    works = [entry for entry in FORMAT.records(Source(path)) if isinstance(entry, Record)]
    assert (len(works), sum(work.doi is not None for work in works)) == (102, 72)
    assert all(work.title and work.source_raw and work.publication_year for work in works)
    assert sum(work.issn is not None for work in works) >= 100
