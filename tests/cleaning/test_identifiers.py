"""Identifiers of works."""

from __future__ import annotations

import pytest

from nqp_biblio.cleaning.identifiers import Identifiers, clean_identifiers


@pytest.mark.parametrize(
    ("identifiers", "changes"),
    [
        (Identifiers(doi="10.1000/abc"), {}),
        (Identifiers(doi="https://doi.org/10.1000/ABC"), {"doi": ("10.1000/abc", "bare-doi")}),
        (Identifiers(doi="none yet"), {"doi": (None, "not-a-doi")}),
        (Identifiers(doi_raw="doi: 10.1000/abc."), {"doi": ("10.1000/abc", "bare-doi")}),
        (
            Identifiers(url="http://dx.doi.org/10.1000/ABC"),
            {"doi": ("10.1000/abc", "doi-from-url")},
        ),
        (Identifiers(url="https://example.org/10.1000/abc"), {}),
        (Identifiers(pmid="PMID: 1234567"), {"pmid": ("1234567", "bare-pmid")}),
        (Identifiers(pmid="1234567"), {}),
        (
            Identifiers(url="https://pubmed.ncbi.nlm.nih.gov/1234567/"),
            {"pmid": ("1234567", "pmid-from-url")},
        ),
        (
            Identifiers(arxiv_id="arXiv:2101.00001v2"),
            {"arxiv_id": ("2101.00001", "bare-arxiv-id")},
        ),
        (
            Identifiers(doi="10.48550/arxiv.2101.00001"),
            {"arxiv_id": ("2101.00001", "arxiv-id-from-doi")},
        ),
        (Identifiers(isbn="978-3-16-148410-0"), {"isbn": ("9783161484100", "bare-isbn")}),
        (Identifiers(isbn="0306406152; 9783161484100"), {}),
        (Identifiers(isbn="no number"), {}),
    ],
)
def test_identifiers_become_bare(
    identifiers: Identifiers, changes: dict[str, tuple[str | None, str]]
) -> None:
    """Each identifier comes out in its bare form; what cannot be read stays."""
    assert clean_identifiers(identifiers) == changes


def test_cleaning_twice_changes_nothing() -> None:
    """What was cleaned is clean."""
    given = Identifiers(url="https://doi.org/10.48550/arXiv.2101.00001", pmid="PMID:7")
    once = given._replace(**{name: to for name, (to, _) in clean_identifiers(given).items()})
    assert clean_identifiers(once) == {}
