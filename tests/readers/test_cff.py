"""CITATION.cff: the program, what to cite instead, and what it cites."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.cff import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


def _read(text: str) -> list[Record | Problem]:
    return list(FORMAT.records(Source("CITATION.cff", data=text.encode("utf-8", "replace"))))


@pytest.fixture(scope="module")
def works(data: Path) -> list[Record]:
    """The works of the fixture, whose last reference is a problem."""
    source = Source(data / "cff" / "CITATION.cff")
    assert FORMAT.matches(source) > 0.9
    *works, last = list(FORMAT.records(source))
    assert isinstance(last, Problem)
    assert last.reason == "no work: keys such as title were expected"
    return [work for work in works if isinstance(work, Record)]


def test_program(works: list[Record]) -> None:
    """A file without a type describes a program, with DOI, date and version as printed."""
    work = works[0]
    assert (work.type, work.title, work.line) == ("software", "Maps of science: a program", 2)
    assert (work.doi, work.publication_date) == ("10.5281/zenodo.1234", "2021-08-11")
    assert work.keywords == [("author_keyword", "bibliometrics"), ("author_keyword", "maps")]
    fields = dict(work.fields)
    assert (fields["version"], fields["identifiers.swh"]) == ("2.10", "swh:1:rel:22ece559")
    assert "identifiers.doi" not in fields


def test_people(works: list[Record]) -> None:
    """Particle, suffix, ORCID and address are read; entities are groups."""
    person, group, alias = works[0].people
    assert (person.particle, person.family, person.suffix) == ("van der", "Berg", "Jr.")
    assert person.orcid == "0000-0002-1825-0097"
    assert works[0].affiliations == [("University of Examples", 1)]
    assert (group.literal, alias.literal) == ("The Example Research Group", "nobody")


def test_preferred_citation(works: list[Record]) -> None:
    """What is to be cited instead is a work of its own."""
    work = works[1]
    assert (work.type, work.title, work.line) == ("article-journal", "Mapping science", 27)
    assert (work.source_raw, work.volume, work.issue) == ("Journal of Examples", "5", "2")
    assert (work.pages, work.doi) == ([("10", "19")], "10.1000/abc")
    assert work.publication_date == "2020-03"


def test_reference(works: list[Record]) -> None:
    """A reference has proceedings, conference, publisher and editor; pages are their number."""
    work = works[2]
    assert (work.type, work.source_raw, work.event) == (
        "paper-conference",
        "Proceedings of examples",
        "Conference on examples",
    )
    assert (work.publisher, work.publisher_place) == ("Example Press", "Berlin, DE")
    assert [(person.role, person.family) for person in work.people] == [
        ("author", "Dahl"),
        ("editor", "Eck"),
    ]
    assert (work.pages, dict(work.fields)["pages"]) == ([], "12")


def test_what_is_not_known(works: list[Record]) -> None:
    """An unknown type stays as a field, a year that is none is a problem of the work."""
    work = works[3]
    assert (work.type, dict(work.fields)["type"], work.people[0].literal) == (
        "document",
        "poem",
        "Plato",
    )
    assert [problem.reason for problem in work.problems] == [
        "no year in 'soon'; the year is left empty"
    ]


def test_broken_key() -> None:
    """Where one key is broken, the others are read and the problem has its line."""
    found = _read("cff-version: 1.2.0\ntitle: T\nauthors: [\nyear: 2001\n")
    assert [type(entry) for entry in found] == [Problem, Record]
    assert isinstance(found[1], Record)
    assert (found[1].title, found[1].publication_year) == ("T", 2001)


@pytest.mark.parametrize("text", ["test: 123\n", "words\n", "- a\n- b\n"])
def test_no_cff(text: str) -> None:
    """A file with the ending but without the keys is a problem, not an exception."""
    assert all(isinstance(entry, Problem) for entry in _read(text))
    assert 0 < FORMAT.matches(Source("a.cff", data=text.encode())) < 0.5
    assert FORMAT.matches(Source("a.yml", data=text.encode())) == 0


@given(st.text(min_size=1))
def test_any_text(text: str) -> None:
    """Any text gives works or problems."""
    with contextlib.suppress(InputError):
        assert _read("cff-version: 1\ntitle: " + text)


@pytest.mark.parametrize(
    ("name", "titles", "n_problems"),
    [
        ("CITATION", ["JabRef", "JabRef: BibTeX-based literature management software"], 0),
        ("CffImporterPreferredCitation", ["Test", None], 0),
        ("CffImporterTestInvalid1", [], 1),
        ("CffImporterTestInvalid2", [], 2),
        ("CffImporterTestMultilineAbstract", ["Test"], 0),
        ("CffImporterTestUnknownFields", ["Test"], 0),
        ("CffImporterTestValid", ["Test"], 0),
        ("CffImporterTestValidMultAuthors", ["Test"], 0),
        ("CffImporterTestValidSwhIdSelect1", ["Test"], 0),
    ],
)
def test_real_files(
    shared_data: Path, name: str, titles: list[str | None], n_problems: int
) -> None:
    """Real files give their works, and those that are none give problems."""
    found = list(FORMAT.records(Source(shared_data / f"formats/cff/jabref-{name}.cff")))
    works = [entry for entry in found if isinstance(entry, Record)]
    assert [work.title for work in works] == titles
    assert len(found) - len(works) == n_problems
