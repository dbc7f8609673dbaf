"""Works as RIS, and the same when read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nqp_biblio.outputs.ris import format_ris
from nqp_biblio.readers.ris import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Person, Record

if TYPE_CHECKING:
    from pathlib import Path


def _again(records: list[Record], folder: Path) -> list[Record]:
    path = folder / "a.ris"
    path.write_text(format_ris(records), encoding="utf-8")
    return [item for item in FORMAT.records(Source(path)) if isinstance(item, Record)]


def test_a_full_record_comes_back(tmp_path: Path) -> None:
    """Every attribute that has a tag is the same after writing and reading."""
    record = Record(
        key="a",
        type="chapter",
        title="A title",
        publication_year=2001,
        year_raw="2001",
        publication_date="2001-03-05",
        source_raw="A book",
        volume="9",
        pages=[("18", "25"), ("45", "45")],
        doi="10.1000/x",
        url="https://x.org",
        isbn="978-3-16-148410-0",
        publisher="Press",
        publisher_place="Town",
        edition="2",
        series="Series",
        language="en",
        abstract="About - this.",
        et_al=True,
        people=[
            Person(family="Berg", given="Jan", particle="van der", suffix="Jr."),
            Person(literal="World Health Organization"),
            Person(family="Old", given="Ann", role="editor"),
        ],
        affiliations=[("Univ A", None)],
        keywords=[("author_keyword", "one")],
        fields=[("DB", "Database")],
    )
    (again,) = _again([record], tmp_path)
    for name in Record.__dataclass_fields__:
        if name in {"file", "line", "format", "doi_raw", "pages_raw", "people"}:
            continue
        assert getattr(again, name) == getattr(record, name), name
    assert [(p.role, p.display) for p in again.people] == [
        (p.role, p.display) for p in record.people
    ]


@pytest.mark.parametrize(
    ("csl_type", "tag"),
    [
        ("article-journal", "JOUR"),
        ("article-newspaper", "NEWS"),
        ("paper-conference", "CONF"),
        ("thesis", "THES"),
        ("never", "GEN"),
        (None, "GEN"),
    ],
)
def test_types(csl_type: str | None, tag: str) -> None:
    """Each type has its tag."""
    assert format_ris([Record(type=csl_type)]).startswith(f"TY  - {tag}\n")


def test_a_line_break_cannot_make_a_tag() -> None:
    """A value stays on its line, so that it cannot end the record."""
    text = format_ris([Record(title="one\nER  - \nTY  - JOUR")])
    assert text.count("\nER  -") == 1


def test_one_page_has_no_last_page() -> None:
    """A single page stands under SP alone."""
    text = format_ris([Record(pages=[("7", "7")])])
    assert "SP  - 7\n" in text
    assert "EP" not in text
