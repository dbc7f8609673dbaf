"""Printed references on real tagged sets, where the shared data folder is there."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from nqp_biblio.readers.reference_string import parse_reference, parse_references

if TYPE_CHECKING:
    from pathlib import Path

N_SEED = 15


@pytest.fixture(scope="module")
def seed(shared_data: Path) -> list[dict[str, Any]]:
    """The references of the first paper, tagged by hand."""
    gold = json.loads((shared_data / "seed_gold.json").read_text(encoding="utf-8"))
    references: list[dict[str, Any]] = gold["references"]
    return references


def _fields(printed: str) -> dict[str, Any]:
    """Read a reference into the names of the gold."""
    record = parse_reference(printed)
    return {
        "number": int(record.key or 0),
        "raw": record.raw,
        "authors": [{"family": p.family, "given": p.given} for p in record.people_of("author")],
        "et_al": record.et_al,
        "year": record.publication_year,
        "title": record.title,
        "container-title": record.source_raw,
        "volume": record.volume,
        "volume_printed": record.volume_raw,
        "issue": record.issue,
        "pages": [list(pair) for pair in record.pages],
        "pages_printed": record.pages_raw,
        "type": record.type,
        "doi": record.doi,
        "url": record.url,
    }


@pytest.mark.parametrize("form", ["source_text", "raw"])
def test_first_paper_is_exact(seed: list[dict[str, Any]], form: str) -> None:
    """Every field of all fifteen references is right, with Markdown and without."""
    assert len(seed) == N_SEED
    for reference in seed:
        found = _fields(f"- [{reference['number']}] {reference[form]}")
        assert found == {name: reference.get(name) for name in found}


def test_first_paper_has_no_problem(seed: list[dict[str, Any]]) -> None:
    """None of them is doubtful."""
    records = parse_references([reference["raw"] for reference in seed])
    assert all(record.confidence and record.confidence > 0.6 for record in records)
    assert not any(record.problems for record in records)


def _printed(shared_data: Path, name: str) -> list[dict[str, Any]]:
    """Read a tagged set."""
    data = gzip.decompress((shared_data / "references" / f"{name}.jsonl.gz").read_bytes())
    return [json.loads(line) for line in data.decode("utf-8").split("\n") if line]


@pytest.mark.parametrize(
    ("name", "least"), [("dev_plos", 0.95), ("dev_grobid", 0.9), ("test_anystyle_gold", 0.93)]
)
def test_years_of_tagged_sets(shared_data: Path, name: str, least: float) -> None:
    """Nearly every year is found on references of other styles."""
    gold = _printed(shared_data, name)
    records = parse_references([reference["raw"] for reference in gold])
    right = [
        str(record.publication_year) in reference["fields"]["year"]
        for record, reference in zip(records, gold, strict=True)
        if "year" in reference["fields"]
    ]
    assert sum(right) / len(right) > least


@pytest.mark.parametrize(
    ("field", "gold_field", "least"),
    [("title", "title", 0.9), ("publication_year", "year", 0.97), ("issue", "issue", 0.97)],
)
def test_gbt_7714(shared_data: Path, field: str, gold_field: str, least: float) -> None:
    """References by GB/T 7714 give what they were made from."""
    path = shared_data / "formats" / "plaintext" / "gbt7714-2015-numeric.txt.expected.json"
    gold = json.loads(path.read_text(encoding="utf-8"))["records"]
    records = parse_references([reference["text"] for reference in gold])
    right = [
        str(getattr(record, field) or "").lower() == str(reference[gold_field] or "").lower()
        for record, reference in zip(records, gold, strict=True)
    ]
    assert sum(right) / len(right) > least
