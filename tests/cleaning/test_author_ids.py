"""Identifiers of authors in the fields of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import nqp_biblio as nb
from nqp_biblio.cleaning.author.ids import SCHEMES, find_author_ids

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = [
    nb.Person(family="Chen", given="Li-Qun", raw="Chen, Li-Qun"),
    nb.Person(family="Smith", given="John A.", raw="Smith, John A."),
]
CASES = [
    ("Author(s) ID", ["7006236300;57200000000;"], {(1, "7006236300"), (2, "57200000000")}),
    ("Author(s) ID", ["7006236300; 57200000000"], {(1, "7006236300"), (2, "57200000000")}),
    ("Author(s) ID", ["7006236300"], set()),
    ("author.id", ["7006236300", "57200000000"], {(1, "7006236300"), (2, "57200000000")}),
    ("authorships.author.id", ["A5001344255|"], {(1, "A5001344255")}),
    ("authorships.author.id", ["|https://openalex.org/A5001344255"], {(2, "A5001344255")}),
    ("authorId", ["2: 97501516"], {(2, "97501516")}),
    ("authorId", ["3: 97501516"], set()),
    ("RI", ["; Smith, John/A-1234-2010"], {(2, "A-1234-2010")}),
    ("RI", ["Chen, Li Qun/B-1-2010; Smith, J./A-1234-2010"], {(2, "A-1234-2010")}),
    ("RI", ["Kumar, R./A-1234-2010"], set()),
    (
        "researcherid-numbers",
        ["Chen, Liqun/ABC-4321-2020 Smith, John/A-1234-2010"],
        {(1, "ABC-4321-2020"), (2, "A-1234-2010")},
    ),
    ("OI", ["Smith, J/0000-0002-1825-0097"], {(2, "0000-0002-1825-0097")}),
    ("OI", ["Smith, J/0000-0002-1825-0098"], set()),
]


@pytest.mark.parametrize(("name", "values", "found"), CASES)
def test_identifiers_come_to_their_author(
    name: str, values: list[str], found: set[tuple[int, str]]
) -> None:
    """Lists go by place, named ones by name; what does not fit is not used."""
    record = nb.Record(people=list(PEOPLE), fields=[(name, value) for value in values])
    rows = find_author_ids(nb.corpus_of([record]))
    assert {(position, number) for _, position, _, number in rows} == found
    assert {scheme for _, _, scheme, _ in rows} <= set(SCHEMES)


def test_orcids_of_the_column_count() -> None:
    """The ORCID that a reader found is one of the identifiers."""
    person = nb.Person(family="Chen", orcid="0000-0002-1825-0097")
    corpus = nb.corpus_of([nb.Record(people=[person])])
    assert find_author_ids(corpus) == [(1, 1, "orcid", "0000-0002-1825-0097")]


def test_homonyms_of_a_work_get_none_by_name() -> None:
    """An identifier with a name that two authors of the work have goes to neither."""
    people = [nb.Person(family="Wang", given=name, raw=f"Wang, {name}") for name in ("Wei", "Wen")]
    record = nb.Record(people=people, fields=[("RI", "Wang, W/A-1234-2010")])
    assert find_author_ids(nb.corpus_of([record])) == []


@pytest.mark.parametrize(
    ("file", "scheme", "n"),
    [
        ("scopus-csv/litstudy-scopus-2020header.csv", "scopus", 213),
        ("openalex-json/bpy-openalex_20260529_174737.json", "openalex", 316),
        ("wos-plain/python-bibx-bit-pattern-savedrecs.txt", "researcherid", 276),
        ("bibtex/pybibx-wos.bib", "orcid", 323),
        ("semanticscholar/s2-Paper-60refs.json", "semantic-scholar", 10),
    ],
)
def test_real_files(shared_data: Path, file: str, scheme: str, n: int) -> None:
    """Identifiers of real exports are found."""
    found = find_author_ids(nb.read(shared_data / "formats" / file))
    assert sum(row[2] == scheme for row in found) == n
