"""The reader of Web of Science tab-delimited files."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import pytest

from nqp_biblio.readers import wos_plain
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.readers.wos_tab import FORMAT
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


def _read(path: Path) -> list[Record]:
    return [item for item in FORMAT.records(Source(path)) if isinstance(item, Record)]


@pytest.fixture(scope="module")
def rows(data: Path) -> list[Record]:
    """Records of the file that has the oddities of the format."""
    return _read(data / "wos" / "tab.txt")


def test_row(rows: list[Record]) -> None:
    """The cells go to their columns, lists are split, quotes are text."""
    record = rows[0]
    assert (record.key, record.title, record.line) == ("WOS:1", '"Quoted" title', 2)
    assert [person.display for person in record.people] == ["Doe, Jane", "Roe, Richard"]
    assert record.people[1].orcid == "0000-0001-8293-8227"
    assert record.affiliations == [("Univ A", 1), ("Univ A", 2), ("Univ B", 2)]
    assert [cited.publication_year for cited in record.cited_references] == [1973, 1963]
    assert (record.publication_year, record.cited_by_count) == (2001, 3)
    assert record.problems == []


def test_broken_line(rows: list[Record]) -> None:
    """A line break inside a cell is undone."""
    assert (rows[1].title, rows[1].publication_year) == ("Broken over two lines", 2002)
    assert rows[1].affiliations == [("Univ C", None), ("Univ D", None)]


def test_short_row(rows: list[Record]) -> None:
    """A row with too few cells is kept with a problem."""
    assert rows[2].people[0].raw == "Short row"
    assert [(found.line, found.reason) for found in rows[2].problems] == [
        (5, "2 fields where the header names 12 columns")
    ]


def test_no_row(tmp_path: Path) -> None:
    """A header alone is a problem, not silence."""
    path = tmp_path / "a.txt"
    path.write_text("PT\tAU\tTI\tSO\tPY\tUT\n", encoding="utf-8")
    (problem,) = FORMAT.records(Source(path))
    assert isinstance(problem, Problem)
    assert problem.reason == "no record below the tags"


def test_shared_counts(shared_data: Path) -> None:
    """Real files give as many records and DOIs as were counted in them."""
    counts = json.loads((shared_data / "formats" / "COUNTS.json").read_text(encoding="utf-8"))
    for name, count in counts.items():
        if name.startswith("wos-tab/"):
            source = Source(shared_data / "formats" / name)
            assert detect_format(source) is FORMAT
            records = _read(shared_data / "formats" / name)
            n_dois = sum(record.doi is not None for record in records)
            assert (len(records), n_dois) == (count["n"], count["with_doi"])


def test_shared_truth(shared_data: Path) -> None:
    """The five files of the published co-author map give its 2,338 records, none damaged."""
    paths = sorted((shared_data / "truths" / "csss").glob("savedrecs*"))
    records = [record for path in paths for record in _read(path)]
    assert len(records) == 2_338
    assert sum(len(record.problems) for record in records) == 0


def test_shared_same_as_plain(shared_data: Path) -> None:
    """The same records give the same from plain text and from tab-delimited files."""
    folder = shared_data / "formats"
    tab = _read(folder / "wos-tab" / "voscitespace-cite-savedrecs3.txt")
    source = Source(folder / "wos-plain" / "voscitespace-vos-savedrecs5.txt")
    plain = [item for item in wos_plain.FORMAT.records(source) if isinstance(item, Record)]
    apart = {"file", "line", "format", "fields", "cited_references", "event", "problems"}
    names = [name.name for name in dataclasses.fields(Record) if name.name not in apart]
    by_key = {record.key: record for record in tab}
    for record in plain:
        same = by_key[record.key]
        assert [getattr(record, name) for name in names] == [getattr(same, name) for name in names]
