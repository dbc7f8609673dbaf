"""Hayagriva: works within works, names in many forms, numbers as printed."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.hayagriva import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def works(data: Path) -> dict[str | None, Record]:
    """The works of the fixture by key."""
    source = Source(data / "hayagriva" / "works.yml")
    assert FORMAT.matches(source) == 0.9
    found = list(FORMAT.records(source))
    assert [type(entry) for entry in found] == [*[Record] * 7, Problem]
    return {entry.key: entry for entry in found if isinstance(entry, Record)}


def test_article(works: dict[str | None, Record]) -> None:
    """An article takes journal, volume, issue and ISSN from what it is part of, not the DOI."""
    work = works["small1973"]
    assert (work.type, work.title, work.line) == (
        "article-journal",
        "Co-citation in the scientific literature",
        2,
    )
    assert (work.source_raw, work.volume, work.issue, work.issn) == (
        "JASIS",
        "24",
        "4",
        "0002-8231",
    )
    assert (work.doi, work.url, work.language) == (
        "10.1002/asi.4630240406",
        "https://example.org/a",
        "en",
    )
    assert (work.publication_date, work.pages) == ("1973-07", [("265", "269")])
    fields = dict(work.fields)
    assert (fields["title.short"], fields["url.date"]) == ("Co-citation", "2020-01-02")


def test_names(works: dict[str | None, Record]) -> None:
    """Suffixes, particles, groups and names in parts are read."""
    assert [person.display for person in works["small1973"].people] == [
        "Small, Henry",
        "van der Berg, Ada, Jr.",
        "Citation Study Group",
    ]
    assert works["talk"].people[0].display == "von Dahl, Bo"


def test_talk(works: dict[str | None, Record]) -> None:
    """A talk has proceedings, conference, editor, year and publisher of its parents."""
    work = works["talk"]
    assert (work.type, work.source_raw, work.event) == (
        "paper-conference",
        "Proceedings of examples",
        "Conference on examples",
    )
    assert (work.publication_year, work.publisher, work.publisher_place) == (
        2001,
        "Example Press",
        "Berlin",
    )
    assert [person.family for person in work.people_of("editor")] == ["Eck"]


def test_numbers(works: dict[str | None, Record]) -> None:
    """A serial number is an article number or that of arXiv, with its last zero."""
    assert (works["paper"].article_number, works["paper"].doi) == ("e0193972", None)
    assert (works["preprint"].type, works["preprint"].arxiv_id) == ("article", "2003.13720")


def test_film(works: dict[str | None, Record]) -> None:
    """The director stands for the author; others are fields with their role."""
    work = works["film"]
    assert [(person.role, person.family) for person in work.people] == [
        ("author", "Cameron"),
        ("translator", "Berg"),
    ]
    assert work.fields == [("cast-member", "Hamilton, Linda")]


def test_series_and_unknown(works: dict[str | None, Record]) -> None:
    """A book within a book is a volume of a series; unknown keys and types are fields."""
    assert (works["book"].series, works["book"].source_raw) == ("A series", None)
    assert works["poem"].type == "document"
    assert set(works["poem"].fields) == {("type", "poem"), ("colour", "red")}
    assert [problem.reason for problem in works["paper"].problems] == [
        "no year in 'soon'; the year is left empty"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "references:\n- id: a\n  type: article-journal\n  title: T\n",
        "cff-version: 1.2.0\ntitle: T\ntype: software\n",
        "Words: and more\n  type: of words\n",
    ],
)
def test_other_yaml(text: str) -> None:
    """YAML of others is not claimed."""
    assert FORMAT.matches(Source("a.yml", data=text.encode())) < 0.5


@given(st.text(min_size=1))
def test_any_text(text: str) -> None:
    """Any text gives works or problems."""
    data = ("a:\n    type: Article\n    title: " + text).encode("utf-8", "replace")
    with contextlib.suppress(InputError):
        assert list(FORMAT.records(Source("a.yml", data=data)))


def test_real_file(shared_data: Path) -> None:
    """All 38 works of the reference file are read, each with its own key."""
    path = shared_data / "formats/hayagriva/hayagriva-basic.yml"
    works = [entry for entry in FORMAT.records(Source(path)) if isinstance(entry, Record)]
    assert len({work.key for work in works}) == len(works) == 38
    assert sum(work.type == "document" for work in works) == 1
    assert not any(work.problems for work in works)
