"""The parts of a cited reference as they are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.cleaning.cited.fields import (
    cut_dois,
    doi_key,
    find_known_id,
    is_doi_slip,
    is_report,
    page_key,
    read_author,
    source_name,
    volume_key,
)


@pytest.mark.parametrize(
    ("name", "family", "initials"),
    [
        ("Sanchez-Lozano JM", "sanchezlozano", "jm"),
        ("Sánchez-Lozano, J.M.", "sanchezlozano", "jm"),
        ("Del Vasto-Terrientes L", "delvastoterrientes", "l"),
        ("van der Berg J", "vanderberg", "j"),
        ("van der Berg Jan", "vanderberg", "j"),
        ("Dhouib Amira", "dhouib", "a"),
        ("GOVINDAN Kannan", "govindan", "k"),
        ("H Balshem", "balshem", "h"),
        ("Cailloux O.", "cailloux", "o"),
        ("Roe", "roe", ""),
        ("Li, Hong-jia", "li", "h"),
        ("李明", "李明", ""),
        ("", "", ""),
    ],
)
def test_authors(name: str, family: str, initials: str) -> None:
    """Family name and initials are found in any form in which databases print them."""
    assert read_author(name) == (family, initials)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    """No name, volume, page or source, however odd, stops the reading."""
    read_author(text)
    volume_key(text, 2000)
    page_key(text)
    source_name(text)
    is_report(text)
    find_known_id(text, None)


@pytest.mark.parametrize(
    ("volume", "year", "key"),
    [
        ("012", 2001, "12"),
        ("352-353", 2016, "352"),
        ("1372 AISC", 2021, "1372"),
        ("2015", 2015, ""),
        ("2015", 2016, "2015"),
        ("B", 2015, "b"),
    ],
)
def test_volumes(volume: str, year: int, key: str) -> None:
    """A volume is its number; a year in its place is none."""
    assert volume_key(volume, year) == key


@pytest.mark.parametrize(
    ("page", "key"),
    [("0217", "217"), ("e468", "468"), ("S78", "s78"), ("E5", "e5"), ("217–45", "217")],
)
def test_pages(page: str, key: str) -> None:
    """A page is its number with the letter of a supplement, an article its number alone."""
    assert page_key(page) == key


@pytest.mark.parametrize(
    ("raw", "doi", "found"),
    [
        ("Roe A. Title. PMID: 1234567", None, "pmid:1234567"),
        ("Roe A. Title. 2012. arXiv:1201.0490v2", None, "arxiv:1201.0490"),
        ("Roe A. Title", "10.48550/arxiv.1201.0490", "arxiv:1201.0490"),
        ("U.S. Patent, Patent No. [7,670,696 B2, 7670696]", None, "patent:7670696"),
        ("W21", None, None),
        ("ROE A, 2001, J HEAT FLOW, V12, P345", None, None),
    ],
)
def test_keys_of_databases(raw: str, doi: str | None, found: str | None) -> None:
    """Numbers by which databases call a work are found."""
    assert find_known_id(raw, doi) == found


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Roe A, 2001, THESIS U EXAMPLE", True),
        ("Roe, A., Title (2001) Research report, 12", True),
        ("Roe, A., Title (2001) Reports on Progress, 12", False),
    ],
)
def test_reports(raw: str, expected: bool) -> None:  # noqa: FBT001
    """A report, thesis or working paper is told from an article."""
    assert is_report(raw) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("10.1016/j.omega.2016.11", "10.1016/j.omega.2016.11.008", True),
        ("10.1007/978-3-662-46816-6_3", "10.1007/978-3-662-46816-6-3", True),
        ("10.1111/mice.2007.22.issue-7", "10.1111/j.1467-8667.2007.00504.x", True),
        ("10.1590/s0103-6513207", "10.1590/s0103-65132007", True),
        ("10.1016/j.ejor.2006.01.027", "10.1016/j.ejor.2006.01.033", False),
        ("10.1016/j.ejor.2006.01.027", "10.1016/j.ejor.2006.01.028", False),
        ("10.2307/254228", "10.1057/palgrave.jors.2601028", False),
    ],
)
def test_doi_slips(one: str, other: str, expected: bool) -> None:  # noqa: FBT001
    """A DOI that is cut or lacks a sign is a slip; one with another digit is another DOI."""
    assert is_doi_slip(one, other) is is_doi_slip(other, one) is expected


def test_cut_dois() -> None:
    """The beginning of a DOI names no work; that of a book does, beside those of its chapters."""
    whole = {"10.1007/978-3-642", "10.1007/978-3-642_3", "10.1145/1234", "10.1145/12345"}
    cut = {"10.1016/j", "10.1038/embor", "10.1016/j.joi.2011.01"}
    assert cut_dois(whole | cut | {"10.1016/j.joi.2011.01.006"}) == cut


def test_dashes_in_dois() -> None:
    """A dash that typesetting made of a hyphen does not change a DOI."""
    assert doi_key("10.1007/s10479–007–0187-z") == "10.1007/s10479-007-0187-z"
