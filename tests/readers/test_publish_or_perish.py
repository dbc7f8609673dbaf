"""JSON of Publish or Perish: zeros say nothing, dots stand for more authors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.publish_or_perish import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Record


@pytest.fixture(scope="module")
def read() -> list[Record]:
    """Return what the fixture of the project gives."""
    path = Path(__file__).parents[1] / "data" / "publish-or-perish" / "found.json"
    source = Source(path)
    assert detect_format(source).name == "publish-or-perish"
    return [item for item in FORMAT.records(source) if isinstance(item, Record)]


@pytest.mark.parametrize(
    ("index", "name", "expected"),
    [
        (0, "line", 2),
        (0, "key", "GS:1"),
        (0, "title", "On lists of …"),
        (0, "source_raw", "Journal of Made-up"),
        (0, "publication_year", 2020),
        (0, "volume", "3"),
        (0, "issue", None),
        (0, "pages", [("5", "9")]),
        (0, "doi", "10.5555/made.up.1"),
        (0, "cited_by_count", 0),
        (0, "et_al", True),
        (1, "type", "book"),
        (1, "publication_year", None),
        (1, "cited_by_count", 12),
        (1, "people", []),
    ],
)
def test_values(read: list[Record], index: int, name: str, expected: object) -> None:
    """Names of the program come into attributes; a zero is empty, but no citations are none."""
    assert getattr(read[index], name) == expected


def test_people(read: list[Record]) -> None:
    """Initials before family names are given names."""
    assert [one.display for one in read[0].people] == ["Roe, A", "Poe, BC"]
    assert ("rank", "1") in read[0].fields


NAMES = ["title", "authors", "year", "cites", "startpage", "doi", "type", "volume"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=5))
def test_anything(item: dict[str, Any]) -> None:
    """Wrong types give a record, never an exception."""
    [record] = FORMAT.records(Source("a.json", data=json.dumps([item]).encode()))
    assert isinstance(record, Record)


def test_real_file(shared_data: Path) -> None:
    """A real export gives its seven works."""
    source = Source(shared_data / "formats" / "crossref-json" / "colrev-google_scholar.json")
    assert detect_format(source).name == "publish-or-perish"
    records = list(FORMAT.records(source))
    assert len(records) == 7
    assert all(isinstance(one, Record) and one.title and one.people for one in records)
