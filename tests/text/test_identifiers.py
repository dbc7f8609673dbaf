"""Identifiers in their printed forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.text.identifiers import (
    clean_arxiv_id,
    clean_doi,
    clean_isbn,
    clean_orcid,
    find_doi,
    is_doi,
)


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1000/ABC.1", "10.1000/abc.1"),
        ("<https://doi.org/10.1000/abc>.", "10.1000/abc"),
        ("http://dx.doi.org/10.1000/a(b)c", "10.1000/a(b)c"),
        ("(doi: 10.1000/abc)", "10.1000/abc"),
        ("doi:10.1000%2Fabc", "10.1000/abc"),
        (
            "10.1002/(SICI)1-2(199)3:1<1::AID-X>3.0.CO;2-2",
            "10.1002/(sici)1-2(199)3:1<1::aid-x>3.0.co;2-2",
        ),
        (
            "10.1650/0010-5422(2007)109[97:NDOCBI]2.0.CO;2",
            "10.1650/0010-5422(2007)109[97:ndocbi]2.0.co;2",
        ),
        ("[doi 10.1000/abc]. More", "10.1000/abc"),
        ("10.1000/abc[CrossRef]", "10.1000/abc"),
        ("10.1000/ abc", "10.1000/abc"),
        ("10.1000/abc.PMID:123", "10.1000/abc"),
        ("https://onlinelibrary.example/doi/10.1000/abc/full", "10.1000/abc"),
        ("DOI：10.1000/abc。", "10.1000/abc"),
        ("10.5", None),
        ("no identifier", None),
        ("", None),
    ],
)
def test_clean_doi(text: str, doi: str | None) -> None:
    """Any printed form of a DOI gives the bare one in lower case."""
    assert clean_doi(text) == doi


@given(st.text(alphabet="10./abc(): <>%;-", max_size=60))
def test_clean_doi_gives_dois(text: str) -> None:
    """What comes back is a DOI that cleaning leaves alone, or nothing."""
    doi = clean_doi(text)
    assert doi is None or (is_doi(doi) and find_doi(doi) == doi)


@pytest.mark.parametrize(
    ("text", "orcid"),
    [
        ("https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("0000000218250097", "0000-0002-1825-0097"),
        ("0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("0000-0002-1825-0098", None),
        ("none", None),
    ],
)
def test_clean_orcid(text: str, orcid: str | None) -> None:
    """An ORCID has its dashes, and one with a wrong check digit is none."""
    assert clean_orcid(text) == orcid


@pytest.mark.parametrize(
    ("text", "isbn"),
    [
        ("ISBN 978-3-16-148410-0", "9783161484100"),
        ("0-306-40615-2", "0306406152"),
        ("080442957x", "080442957X"),
        ("978-3-16-148410-1", None),
        ("12345", None),
    ],
)
def test_clean_isbn(text: str, isbn: str | None) -> None:
    """An ISBN is its digits, and one with a wrong check digit is none."""
    assert clean_isbn(text) == isbn


@pytest.mark.parametrize(
    ("text", "arxiv_id"),
    [
        ("arXiv:2101.00001v2 [cs.DL]", "2101.00001"),
        ("https://arxiv.org/abs/hep-th/9901001", "hep-th/9901001"),
        ("arXiv preprint arXiv:1504.04943", "1504.04943"),
        ("math.GT/0309136", "math.GT/0309136"),
        ("2021", None),
    ],
)
def test_clean_arxiv_id(text: str, arxiv_id: str | None) -> None:
    """An arXiv number is bare and has no version."""
    assert clean_arxiv_id(text) == arxiv_id
