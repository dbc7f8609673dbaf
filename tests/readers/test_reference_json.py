"""Printed references in JSON: read as references, with the DOI that is given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nqp_biblio.readers.reference_json import FORMAT
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record


@pytest.fixture(scope="module")
def items() -> list[Record | Problem]:
    """Return what the fixture of the project gives."""
    path = Path(__file__).parents[1] / "data" / "reference-json" / "references.json"
    source = Source(path)
    assert detect_format(source).name == "reference-json"
    return list(FORMAT.records(source))


def test_one_in_one_out(items: list[Record | Problem]) -> None:
    """Each object with a reference is one; anything else is a problem with its line."""
    assert [(type(item).__name__, item.line) for item in items] == [
        ("Record", 2),
        ("Record", 3),
        ("Problem", 4),
        ("Problem", 5),
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("role", "reference"),
        ("title", "On lists and their growth"),
        ("source_raw", "Journal of Things"),
        ("publication_year", 2001),
        ("volume", "3"),
        ("issue", "4"),
        ("pages", [("5", "9")]),
        ("doi", "10.5555/made.up.1"),
        ("pmid", "12"),
        ("fields", [("jtitle", "J Made-up")]),
        ("format", "reference-json"),
    ],
)
def test_values(items: list[Record | Problem], name: str, expected: object) -> None:
    """The lines of a reference are joined and read; DOI and other values are taken over."""
    assert getattr(items[0], name) == expected


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ('[{"id": 3, "reference": "Roe A. One. 2001."}]', 0.8),
        ('{"doi": "10.1/a", "unstructured": "Roe A. One. 2001."}\n{"unstructured": "B"}', 0.8),
        ('{"DOI": "10.1/a", "reference": [{"unstructured": "Roe"}]}', 0),
        ('[{"title": "reference"}]', 0),
        ("[1]", 0),
    ],
)
def test_claims(text: str, score: float) -> None:
    """Only objects that have a reference as a text of their own are claimed."""
    assert FORMAT.matches(Source("a.json", data=text.encode())) == score


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from(["reference", "doi", "pmid", "year", "unstructured"]),
        st.none() | st.booleans() | st.integers() | st.text(max_size=30) | st.just(["a"]),
        max_size=4,
    )
)
def test_anything(item: dict[str, Any]) -> None:
    """Wrong types give a record or a problem, never an exception."""
    assert len(list(FORMAT.records(Source("a.json", data=json.dumps([item]).encode())))) == 1


def test_real_file(shared_data: Path) -> None:
    """A real list gives each of its thousand references with its DOI."""
    source = Source(shared_data / "formats" / "plaintext" / "glutton-refs-1000.json")
    assert detect_format(source).name == "reference-json"
    records = list(FORMAT.records(source))
    assert len(records) == 1_000
    assert all(isinstance(one, Record) and one.doi and one.raw for one in records)
    titles = sum(bool(one.title) for one in records if isinstance(one, Record))
    assert titles > 950
