"""Every file that another program has read too: the same fields, but for what is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from counts_known import COUNTS_KNOWN
from nqp_biblio.record import Person, Record
from peers import SUFFIXES, compare_file, fields_of, read_records, truth_of, truth_path
from peers_known import KNOWN_DIFFERENCES

FORMATS = Path(__file__).resolve().parents[3] / "shared" / "data" / "formats"
LEAST = 0.98
FILES = [
    f"{path.parent.name}/{path.name}"
    for path in sorted(FORMATS.glob("*/*"))
    if not path.name.endswith(SUFFIXES) and truth_path(path) is not None
]


@pytest.mark.parametrize("name", FILES)
def test_file(shared_data: Path, name: str) -> None:
    """A reader and a peer agree in 98 % of the fields, less what is known and why."""
    path = shared_data / "formats" / name
    known = KNOWN_DIFFERENCES.get(name, {})
    found = compare_file(path, read_records(path))
    unexplained = found.unexplained(known)
    assert len(unexplained) <= (1 - LEAST) * found.n_fields, unexplained
    assert found.stale(known) == []


def test_every_known_difference_has_its_file(shared_data: Path) -> None:
    """A table of known differences names files that are there, and says why."""
    there = {name for name in KNOWN_DIFFERENCES if (shared_data / "formats" / name).exists()}
    assert there == KNOWN_DIFFERENCES.keys()
    assert all(reason for rows in KNOWN_DIFFERENCES.values() for reason in rows.values())


@pytest.mark.parametrize("name", COUNTS_KNOWN)
def test_counts(shared_data: Path, name: str) -> None:
    """Files that were counted wrongly give as many works as were counted by hand."""
    n_works, reason = COUNTS_KNOWN[name]
    assert len(read_records(shared_data / "formats" / name)) == n_works, reason


TRUTH = {
    "type": "journalArticle",
    "title": "On <i>trees</i>",
    "authors": ["van der Berg, A. B.", "{The Group}", "Roe, Jr., Ann"],
    "year": 2001,
    "venue": "Journal of Examples",
    "pages": "1215--8",
    "doi": "https://doi.org/10.1000/ABC",
}
RECORD = Record(
    type="article-journal",
    title="On Trees.",
    publication_year=2001,
    source_raw="J. Examples",
    pages_raw="1215–1218",
    doi="10.1000/abc",
    people=[
        Person(particle="van der", family="Berg", given="AB"),
        Person(literal="The Group"),
        Person(family="Roe", given="Ann", suffix="Jr."),
    ],
)


def _compared(folder: Path, **changed: object) -> list[str]:
    """Compare a record with a truth of which some fields are changed; return what differs."""
    path = folder / "a.ris"
    truth = json.dumps({"records": [TRUTH | changed]})
    path.with_name("a.ris.expected.json").write_text(truth, encoding="utf-8")
    return [name for _, name, _, _ in compare_file(path, [RECORD]).differences]


@pytest.mark.parametrize(
    ("changed", "differing"),
    [
        ({}, []),
        ({"title": "On shrubs"}, ["title"]),
        ({"authors": ["van der Berg, A. C.", "The Group", "Roe, Ann"]}, ["authors"]),
        ({"authors": ["van der Berg, A. B.", "Roe, Ann", "The Group"]}, ["authors"]),
        ({"authors": ["van der Berg, A. B.", "The Group"]}, ["authors"]),
        ({"year": 2002}, ["year"]),
        ({"venue": "Journal of Samples"}, ["venue"]),
        ({"volume": "5"}, ["volume"]),
        ({"pages": "1215"}, []),
        ({"pages": "1215-1219"}, ["pages"]),
        ({"doi": "10.1000/abd"}, ["doi"]),
        ({"type": "book"}, ["type"]),
        ({"type": "magazineArticle"}, []),
        ({"volume": "UNKNOWN"}, []),
    ],
)
def test_what_is_equal(tmp_path: Path, changed: dict[str, object], differing: list[str]) -> None:
    """Only what is printed otherwise is equal; another name, number or title is a difference."""
    assert _compared(tmp_path, **changed) == differing


def test_a_missing_record(tmp_path: Path) -> None:
    """A record that we have not differs in all of its fields, and the others keep their truth."""
    path = tmp_path / "a.bib"
    other = {"title": "Another", "authors": ["Poe, Bob"], "year": 1999}
    truth = {"records": [other, TRUTH]}
    path.with_name("a.bib.expected.json").write_text(json.dumps(truth), encoding="utf-8")
    differences = compare_file(path, [RECORD]).differences
    assert [(at, name) for at, name, _, _ in differences] == [
        (0, "title"),
        (0, "authors"),
        (0, "year"),
    ]


def test_truth_in_bibtex(tmp_path: Path) -> None:
    """A library beside a file is truth too; its numbers are issues in journals alone."""
    path = tmp_path / "a.ris"
    path.with_name("a.ris.expected.bib").write_text(
        "@article{a, title={On {T}rees}, author={Roe, Ann and {\\'E}mile Zola}, journal={J},"
        " number={3}, date={2001-02}}\n@book{b, title={B}, number={3}}",
        encoding="utf-8",
    )
    first, second = truth_of(path)
    assert first["authors"] == [("roe", "ann"), ("zola", "emile")]
    assert (first["issue"], first["year"], first["type"]) == ("3", 2001, "article")
    assert "issue" not in second
    assert fields_of(RECORD)["authors"][0] == ("van der berg", "ab")
