"""Works as CSL-JSON: what citeproc reads, and the same when read again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nqp_biblio.outputs.csl_json import format_csl_json
from nqp_biblio.readers.csl_json import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import CitedReference, Person, Record

if TYPE_CHECKING:
    from pathlib import Path


def _full() -> Record:
    return Record(
        role="reference",
        key="7",
        type="article-journal",
        title="A title",
        publication_year=2025,
        year_raw="2025a",
        publication_date="2025-02",
        source_raw="A journal",
        volume_raw="2025",
        issue="3",
        pages=[("18", "25"), ("45", "45")],
        article_number="e7",
        doi="10.1000/x",
        url="https://x.org",
        arxiv_id="2101.00001",
        cited_by_count=3,
        et_al=True,
        confidence=0.5,
        raw="Doe J, 2025, A title.",
        people=[
            Person(family="Doe", given="Jane", particle="van", orcid="0000-0002-1825-0097"),
            Person(literal="A group", role="editor"),
        ],
        affiliations=[("Univ A", 1), ("Univ B", None)],
        keywords=[("author_keyword", "one, two"), ("index_keyword", "THREE")],
        cited_references=[CitedReference(raw="Smith A, 1999")],
        fields=[("note", "kept")],
    )


def _item(record: Record) -> dict[str, Any]:
    (item,) = json.loads(format_csl_json([record]))
    return dict(item)


def test_a_full_record_comes_back(tmp_path: Path) -> None:
    """Every attribute but names as printed is the same after writing and reading."""
    record = _full()
    (tmp_path / "a.json").write_text(format_csl_json([record]), encoding="utf-8")
    (again,) = FORMAT.records(Source(tmp_path / "a.json"))
    assert isinstance(again, Record)
    for name in Record.__dataclass_fields__:
        if name in {"file", "line", "format", "doi_raw", "pages_raw", "people"}:
            continue
        assert getattr(again, name) == getattr(record, name), name
    assert [(p.role, p.display, p.particle, p.orcid) for p in again.people] == [
        (p.role, p.display, p.particle, p.orcid) for p in record.people
    ]


def test_variables_of_csl() -> None:
    """Citeproc finds its variables, and what is no variable stands under custom."""
    item = _item(_full())
    assert item["issued"] == {"date-parts": [[2025, 2]]}
    assert item["page"] == "18-25, 45"
    assert item["container-title"] == "A journal"
    assert item["number"] == "e7"
    assert "volume" not in item
    assert item["author"] == [
        {"family": "Doe", "given": "Jane", "non-dropping-particle": "van"},
    ]
    assert item["custom"]["pages"] == [["18", "25"], ["45", "45"]]
    assert item["custom"]["raw"] == "Doe J, 2025, A title."
    assert item["custom"]["volume_raw"] == "2025"


def test_a_bare_record_is_short() -> None:
    """What a record does not have is not written."""
    assert _item(Record(key="a")) == {"id": "a", "type": "document"}


def test_text_is_readable() -> None:
    """Letters of all scripts stay as they are, and names of variables are sorted."""
    text = format_csl_json([Record(key="a", title="Müller 李")])
    assert "Müller 李" in text
    names = [line.split('"')[1] for line in text.splitlines() if '": ' in line]
    assert names == sorted(names)


def test_each_item_has_its_own_id() -> None:
    """Two works with one key get two ids; the key is kept."""
    first, second = json.loads(format_csl_json([Record(key="a"), Record(key="a")]))
    assert (first["id"], second["id"], second["custom"]["key"]) == ("a", "aa", "a")
