"""DOIs and pages as printed, where that says the same."""

from __future__ import annotations

import pytest

from nqp_biblio.outputs.printed_numbers import first_and_last_page, listed_pages, printed_doi
from nqp_biblio.record import Record

TWO = [("18", "25"), ("45", "45")]


@pytest.mark.parametrize(
    ("doi", "raw", "printed"),
    [
        ("10.1000/ab", "10.1000/AB", "10.1000/AB"),
        ("10.1000/ab", "https://doi.org/10.1000/AB", "10.1000/ab"),
        ("10.1000/ab", "10.1000/other", "10.1000/ab"),
        ("10.1000/ab", None, "10.1000/ab"),
        (None, "no DOI", "no DOI"),
        (None, None, ""),
    ],
)
def test_doi(doi: str | None, raw: str | None, printed: str) -> None:
    """The case stays as printed, the address goes, and what is no DOI is kept."""
    assert printed_doi(Record(doi=doi, doi_raw=raw)) == printed


@pytest.mark.parametrize(
    ("raw", "pages", "listed", "ends"),
    [
        ("18-25", [("18", "25")], "18-25", ("18", "25")),
        ("18–25", [("18", "25")], "18–25", ("18", "25")),
        (None, [("18", "25")], "18-25", ("18", "25")),
        ("99", [("18", "25")], "18-25", ("18", "25")),
        (None, TWO, "18-25, 45", ("18", "25, 45")),
        ("14-27+44", [("14", "27"), ("44", "44")], "14-27+44", ("14", "27+44")),
        ("7", [("7", "7")], "7", ("7", "")),
        ("312 p.", [], "312 p.", ("312 p.", "")),
        (None, [], "", ("", "")),
    ],
)
def test_pages(
    raw: str | None, pages: list[tuple[str, str]], listed: str, ends: tuple[str, str]
) -> None:
    """Pages are as printed where they read the same, else made of their ranges."""
    record = Record(pages_raw=raw, pages=pages)
    assert (listed_pages(record), first_and_last_page(record)) == (listed, ends)
