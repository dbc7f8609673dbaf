"""Zotero's CSV: all columns, groups, tags of two kinds, numbers in Extra."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.source import Source
from nqp_biblio.readers.zotero_csv import FORMAT
from nqp_biblio.record import Record

if TYPE_CHECKING:
    from pathlib import Path

HEAD = '"Key","Item Type","Publication Year","Title","Abstract Note","Manual Tags"\n'


@pytest.fixture(scope="module")
def works(data: Path) -> list[Record]:
    """All works of the fixture."""
    source = Source(data / "zotero-csv" / "library.csv")
    assert FORMAT.matches(source) > 0.9
    return [entry for entry in FORMAT.records(source) if isinstance(entry, Record)]


def test_article(works: list[Record]) -> None:
    """An article has its people in order, its date, pages, DOI and first ISSN."""
    work = works[0]
    assert (work.type, work.publication_date, work.line) == ("article-journal", "1973-07", 2)
    assert work.title == "Co-citation in the scientific literature"
    assert [person.display for person in work.people] == [
        "Small, Henry",
        "van der Berg, Ada",
        "Citation Study Group",
    ]
    assert (work.volume, work.issue, work.pages) == ("24", "4", [("265", "269")])
    assert (work.doi, work.issn, work.language) == ("10.1002/asi.4630240406", "0002-8231", "en")
    assert ("ISSN", "1097-4571") in work.fields


def test_extra(works: list[Record]) -> None:
    """Numbers that Zotero keeps in Extra are read, and Extra stays."""
    assert (works[0].pmid, works[0].arxiv_id, works[0].key) == (
        "12345678",
        "2101.00001",
        "small1973",
    )
    assert works[1].doi == "10.1000/y"
    assert {"Key", "Extra", "Notes", "Date Added"} <= {name for name, _ in works[0].fields}


def test_tags(works: list[Record]) -> None:
    """Tags of the user are author keywords, automatic ones index keywords."""
    assert works[0].keywords == [
        ("author_keyword", "co-citation"),
        ("author_keyword", "maps"),
        ("index_keyword", "Bibliometrics"),
    ]


def test_part(works: list[Record]) -> None:
    """A conference paper has proceedings, series, editor, translator, event and publisher."""
    work = works[1]
    assert (work.type, work.source_raw, work.series, work.event) == (
        "paper-conference",
        "Proceedings of examples",
        "Series of Books",
        "Conference on examples",
    )
    assert [(person.role, person.family) for person in work.people] == [
        ("author", "Dahl"),
        ("editor", "Eck"),
        ("translator", "Falk"),
    ]
    assert (work.publisher, work.publisher_place, work.edition) == ("Example Press", "Berlin", "2")
    assert (work.publication_year, work.year_raw) == (None, "in the spring")
    assert ("Language", "xx") in work.fields


def test_what_is_not_known(works: list[Record]) -> None:
    """A kind of item that is not known stays as a field."""
    assert (works[2].type, works[2].genre) == ("document", "PhD thesis")
    assert {("Item Type", "poem"), ("Programming Language", "Python")} <= set(works[2].fields)


@pytest.mark.parametrize("head", ["Key,Title,Author\n", "TI  - x\n", "Key;Item Type\n"])
def test_other_tables(head: str) -> None:
    """Tables with other columns are not claimed."""
    assert FORMAT.matches(Source("a.csv", data=head.encode())) == 0


@given(st.text(min_size=1))
def test_any_row(text: str) -> None:
    """Any row gives works or problems."""
    with contextlib.suppress(InputError):
        assert list(FORMAT.records(Source("a.csv", data=(HEAD + text).encode("utf-8", "replace"))))


def test_real_library(shared_data: Path) -> None:
    """Each of 300 rows is a work with title, year, journal and key, without a problem."""
    path = shared_data / "formats/zotero-csv/asysd-zotero_export-300.csv"
    works = [entry for entry in FORMAT.records(Source(path)) if isinstance(entry, Record)]
    assert (len(works), sum(work.doi is not None for work in works)) == (300, 267)
    assert all(work.title and work.publication_year and work.source_raw for work in works)
    assert all(work.key and work.pmid for work in works)
    assert not any(work.problems for work in works)
