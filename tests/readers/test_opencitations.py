"""OpenCitations: a citing work for its citations, and works of Meta."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.opencitations import CITATIONS, META
from nqp_biblio.readers.registry import detect_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


def _read(path: Path, name: str) -> tuple[list[Record], list[Problem]]:
    source = Source(path)
    form = detect_format(source)
    assert form.name == name
    items = list(form.records(source))
    works = [item for item in items if isinstance(item, Record)]
    return works, [item for item in items if isinstance(item, Problem)]


def test_citations(data: Path) -> None:
    """Rows of one citing work, also far from each other, make one work with references."""
    (first, second), (problem,) = _read(data / "opencitations" / "index.csv", "opencitations")
    assert (first.key, first.doi, first.pmid) == ("omid:br/06101", "10.1000/atlas.1", "11111111")
    assert (first.publication_year, first.publication_date) == (2010, "2010-08-01")
    assert [cited.doi for cited in first.cited_references] == ["10.1002/asi.4630240406", None]
    assert (first.line, second.line, problem.line) == (2, 3, 5)
    assert [cited.doi for cited in second.cited_references] == ["10.1002/asi.4630240406"]
    assert "no citing work" in problem.reason
    assert any("author_sc=yes" in text for _, text in second.fields)


def test_answer_of_the_api(data: Path) -> None:
    """JSON is read like CSV, also with the old arrows before the DOIs."""
    (work,), (problem,) = _read(data / "opencitations" / "index.json", "opencitations")
    assert work.doi == "10.1000/atlas.1"
    assert [cited.doi for cited in work.cited_references] == [
        "10.1002/asi.4630240406",
        "10.1002/asi.5090140103",
    ]
    assert problem.raw == '"nothing"'


def test_provenance() -> None:
    """Where a row has only the id of the citation, its DOIs are read from that."""
    text = (
        "oci,snapshot,agent,source\n"
        "02001000002361927283705040000-02001000002361927283705030002,1,a,b\n"
        "0200100-9,1,a,b\n"
    )
    second, first = CITATIONS.records(Source("a.csv", data=text.encode()))
    assert isinstance(first, Record)
    assert (first.doi, first.cited_references[0].doi) == ("10.1002/jrs.5400", "10.1002/jrs.5302")
    assert isinstance(second, Problem)


def test_dates() -> None:
    """A table of ids and dates gives works with both."""
    source = Source("a.csv", data=b"id,value\ndoi:10.1000/a,2015-03-09\n")
    assert detect_format(source).name == "opencitations"
    (record,) = CITATIONS.records(source)
    assert isinstance(record, Record)
    assert (record.doi, record.publication_date) == ("10.1000/a", "2015-03-09")


def test_table_of_codes() -> None:
    """The table of signs and codes has no works, and is refused as such."""
    source = Source("a.csv", data=b'"c","code"\n"0","00"\n')
    assert detect_format(source).name == "opencitations"
    with pytest.raises(InputError, match="holds no works"):
        list(CITATIONS.records(source))


def test_meta(data: Path) -> None:
    """Works of Meta have their ids, people with ORCID, and venues without brackets."""
    (work, chapter), problems = _read(data / "opencitations" / "meta.csv", "opencitations-meta")
    assert problems == []
    assert (work.title, work.type, work.doi) == (
        "Maps & science",
        "article-journal",
        "10.1000/atlas.1",
    )
    assert (work.source_raw, work.issn, work.publisher) == (
        "Atlas of Science",
        "1234-5679",
        "Map House",
    )
    assert (work.volume, work.issue, work.pages) == ("84", "2", [("523", "538")])
    assert work.publication_date == "2010-08-01"
    assert [(person.display, person.orcid) for person in work.people] == [
        ("Berg, Ada", "0000-0002-1825-0097"),
        ("Dahl, Bo", None),
        ("Map Study Group", None),
    ]
    assert [(person.role, person.family) for person in chapter.people] == [("editor", "Berg")]
    assert (chapter.type, chapter.isbn) == ("chapter", "9783161484100")
    assert "no year in 'soon'" in chapter.problems[0].reason


def test_meta_as_json() -> None:
    """The API's answer is read like the table; a value of another kind is said and kept."""
    item = {
        "id": "doi:10.1000/atlas.1 omid:br/06101",
        "title": "Maps",
        "author": "Berg, Ada",
        "pub_date": "2010",
        "venue": "Atlas [issn:1234-5679]",
        "type": "journal article",
        "volume": 84,
    }
    source = Source("a.json", data=json.dumps([item]).encode())
    assert detect_format(source).name == "opencitations-meta"
    (record,) = META.records(source)
    assert isinstance(record, Record)
    assert (record.title, record.source_raw, record.publication_year) == ("Maps", "Atlas", 2010)
    assert ("volume", "84") in record.fields
    assert "the field volume is no text" in record.problems[0].reason


_TEXT = st.text(st.sampled_from("doi:10./ab1[];=> \"',-020"), max_size=40)


@given(st.lists(st.tuples(_TEXT, _TEXT, _TEXT), max_size=5))
def test_rows_are_references_and_problems(rows: list[tuple[str, str, str]]) -> None:
    """No row of a list of citations is lost."""
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    quoted = ["ß".join(row).replace('"', '""').replace("ß", '","') for row in kept]
    text = "citing,cited,creation\n" + "".join(f'"{row}"\n' for row in quoted)
    items = list(CITATIONS.records(Source("a.csv", data=text.encode())))
    works = [item for item in items if isinstance(item, Record)]
    n_lost = sum(not cited.strip() for citing, cited, _ in kept if citing.strip())
    n_references = sum(len(work.cited_references) for work in works)
    n_problems = len(items) - len(works)
    if kept:
        assert n_references + n_problems + n_lost == len(kept)


@pytest.mark.parametrize(
    ("name", "n_works", "n_references"),
    [
        ("ocindex-citations_prov.csv", 5, 6),
        ("ocindex-croci_dump.csv", 1, 13),
        ("ocindex-crossref_citations.csv", 2, 40),
        ("ocindex-doci_citations.csv", 1, 10),
        ("ocindex-initial_data.csv", 2, 0),
    ],
)
def test_published_citations(shared_data: Path, name: str, n_works: int, n_references: int) -> None:
    """Real lists give a reference for each row."""
    path = shared_data / "formats" / "opencitations" / name
    works, problems = _read(path, "opencitations")
    assert (len(works), problems) == (n_works, [])
    assert sum(len(work.cited_references) for work in works) == n_references
    assert all(work.doi and not work.problems for work in works)


@pytest.mark.parametrize(("number", "n_works"), [(0, 1001), (1, 1001), (2, 1007)])
def test_published_meta(shared_data: Path, number: int, n_works: int) -> None:
    """Real tables of Meta give a work for each row."""
    path = shared_data / "formats" / "opencitations" / f"ocmeta-endgame-{number}.csv"
    works, problems = _read(path, "opencitations-meta")
    assert (len(works), problems) == (n_works, [])
