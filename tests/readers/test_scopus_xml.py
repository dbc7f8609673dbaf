"""Scopus XML: one abstract whole, or the entries of a search."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import InputError
from nqp_biblio.readers.scopus_xml import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Record

if TYPE_CHECKING:
    from pathlib import Path

SEARCH = """<search-results xmlns="http://www.w3.org/2005/Atom" xmlns:dc="d" xmlns:prism="p">
<entry><dc:identifier>SCOPUS_ID:1</dc:identifier><dc:title>First</dc:title>
<dc:creator>Berg A.</dc:creator><prism:coverDate>2001-05-06</prism:coverDate>
<subtype>cp</subtype><affiliation><affilname>University</affilname></affiliation>
<authkeywords>maps | atlases</authkeywords></entry>
<entry><dc:identifier>SCOPUS_ID:2</dc:identifier><dc:title>Second</dc:title>
<prism:coverDate>soon</prism:coverDate></entry></search-results>"""


@pytest.fixture(scope="module")
def work(data: Path) -> Record:
    """The work of the fixture."""
    source = Source(data / "scopus-xml" / "abstract.xml")
    assert FORMAT.matches(source) > 0.9
    (found,) = FORMAT.records(source)
    assert isinstance(found, Record)
    return found


def test_article(work: Record) -> None:
    """An article has its journal, numbers, pages, date and count of citations."""
    assert (work.key, work.type, work.title) == ("2-s2.0-1", "article-journal", "A primer on H2O")
    assert (work.source_raw, work.volume, work.issue, work.issn) == (
        "Archives of Examples",
        "91",
        "7",
        "1432-0738",
    )
    assert (work.pages, work.publication_date) == ([("2551", "2575")], "2017-07-01")
    assert (work.doi, work.pmid, work.cited_by_count) == ("10.1000/abc", "28501917", 4)
    assert (work.publisher, work.language, work.abstract) == ("Example Press", "en", "Of examples.")
    assert {("issn", "03405761"), ("subtypeDescription", "Review")} <= set(work.fields)


def test_people_and_lists(work: Record) -> None:
    """All authors come before the first alone, with their addresses; references are cited."""
    assert [person.display for person in work.people] == ["van der Berg, Ada", "Dahl, Bo"]
    assert work.affiliations == [("University of Examples, Oslo", 1)]
    assert work.keywords == [("author_keyword", "primer"), ("index_keyword", "water")]
    assert [cited.raw for cited in work.cited_references] == [
        "Small H (1973) Co-citation. JASIS 24:265"
    ]


def test_search() -> None:
    """Each entry of a search is a work, whose other authors are not told."""
    source = Source("a.xml", data=SEARCH.encode())
    assert FORMAT.matches(source) > 0.9
    first, second = FORMAT.records(source)
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert (first.type, first.et_al, first.people[0].family) == ("paper-conference", True, "Berg")
    assert first.affiliations == [("University", None)]
    assert [word for _, word in first.keywords] == ["maps", "atlases"]
    assert [one.reason for one in second.problems] == ["no year in 'soon'; the year is left empty"]


@pytest.mark.parametrize("text", ["<feed><entry/></feed>", "<search-results><entry/>", "words"])
def test_other_files(text: str) -> None:
    """Other feeds are not claimed."""
    assert FORMAT.matches(Source("a.xml", data=text.encode())) == 0


@given(st.text(min_size=1))
def test_any_text(text: str) -> None:
    """Any text gives works or problems."""
    with contextlib.suppress(InputError):
        data = ("<abstracts-retrieval-response><coredata><title>" + text).encode("utf-8", "replace")
        assert list(FORMAT.records(Source("a.xml", data=data)))


def test_real_file(shared_data: Path) -> None:
    """The real answer gives its article."""
    path = shared_data / "formats/scopus-xml/buhos-scopus_ex_1.xml"
    (found,) = FORMAT.records(Source(path))
    assert isinstance(found, Record)
    assert (found.doi, found.volume, found.issue, found.pages) == (
        "10.1007/s00204-017-1980-3",
        "91",
        "7",
        [("2551", "2575")],
    )
