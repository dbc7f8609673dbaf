"""Kinds of work of ADS, as said and as a bibcode tells."""

from __future__ import annotations

import pytest

from nqp_biblio.readers.ads_types import genre_of, type_of, type_of_bibcode
from nqp_biblio.readers.bibtex_kinds import CSL_TYPES


@pytest.mark.parametrize(
    ("bibcode", "expected"),
    [
        ("2018PhRvL.120b9901P", "article-journal"),
        ("2017PhDT........14C", "thesis"),
        ("2017MsT..........2A", "thesis"),
        ("2017ascl.soft06009C", "software"),
        ("2017yCat.113380453S", "dataset"),
        ("2020arXiv200100001P", "article"),
        ("1991hep.th....8028G", "article"),
        ("1995anda.book.....N", "book"),
        ("2009bcet.book...65L", "chapter"),
        ("2016emo6.rept.....R", "report"),
        ("2016iac..talk..872V", "speech"),
        ("2007AAS...210.2104M", "paper-conference"),
        ("2018", None),
        ("words of 19 letters", None),
    ],
)
def test_bibcodes(bibcode: str, expected: str | None) -> None:
    """A bibcode tells the kind where no field does."""
    assert type_of_bibcode(bibcode) == expected


@pytest.mark.parametrize(
    "doctype",
    [
        *("abstract", "article", "book", "bookreview", "catalog", "circular", "editorial"),
        *("eprint", "erratum", "inbook", "inproceedings", "mastersthesis", "misc", "newsletter"),
        *("obituary", "phdthesis", "pressrelease", "proceedings", "proposal", "software", "talk"),
        *("techreport", "dataset"),
    ],
)
def test_doctypes(doctype: str) -> None:
    """Each kind of ADS is one of CSL."""
    assert type_of(doctype) in CSL_TYPES


def test_genres() -> None:
    """Kinds of theses are told apart."""
    assert (genre_of("phdthesis"), genre_of("article")) == ("PhD thesis", None)
