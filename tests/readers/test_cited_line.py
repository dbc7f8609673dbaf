"""Cited references as databases print them."""

from __future__ import annotations

import pytest

from nqp_biblio.readers.cited_line import (
    parse_cited_line,
    parse_scopus_reference,
    parse_wos_reference,
    split_scopus_references,
)

WOS = (
    (
        "Greco S, 2021, EUR J OPER RES, V288, P225",
        ("Greco S", 2021, "EUR J OPER RES", "288", "225"),
    ),
    ("Roy B., 1996, MULTICRITERIA METHOD.", ("Roy B.", 1996, "MULTICRITERIA METHOD", None, None)),
    ("About.com, 2014, WHAT IS SELF EST.", ("About.com", 2014, "WHAT IS SELF EST", None, None)),
    ("[Anonymous], J DOC, V1", ("[Anonymous]", None, "J DOC", "1", None)),
    ("Adams, J, 2001, J DOC, pE12", ("Adams, J", 2001, "J DOC", None, "E12")),
    ("Hurwicz L., 1950, COWLES, V335.", ("Hurwicz L.", 1950, "COWLES", "335", None)),
)


@pytest.mark.parametrize(("line", "parts"), WOS)
def test_web_of_science(line: str, parts: tuple[str | int | None, ...]) -> None:
    """Author, year, source, volume and page come out; the full stop at the end does not."""
    cited = parse_wos_reference(line)
    found = (
        cited.first_author,
        cited.publication_year,
        cited.source_raw,
        cited.volume,
        cited.first_page,
    )
    assert found == parts
    assert cited.raw == line.removesuffix(".")


@pytest.mark.parametrize(
    "doi",
    ["DOI 10.1000/x", "DOI DOI 10.1000/X", "DOI [10.1000/x, 10.1000/y]"],
)
def test_doi_of_web_of_science(doi: str) -> None:
    """The DOI is found behind one DOI, two, or in a list."""
    assert parse_wos_reference(f"Doe J, 2001, J DOC, V1, P2, {doi}").doi == "10.1000/x"


@pytest.mark.parametrize(
    ("text", "title", "source", "volume"),
    [
        ("Doe, J., A title (2009) A Journal, 173 (3), pp. 413-436", "A title", "A Journal", "173"),
        ("Doe, J., A title, A Journal, 173, 3, pp. 413-436, (2009)", "A title", "A Journal", "173"),
        ("Doe, J., (2012) A book, , Press", "A book", None, None),
    ],
)
def test_scopus(text: str, title: str, source: str | None, volume: str | None) -> None:
    """The older and the newer form give the same parts."""
    cited = parse_scopus_reference(text)
    assert (cited.first_author, cited.title, cited.source_raw, cited.volume) == (
        "Doe, J.",
        title,
        source,
        volume,
    )
    assert cited.raw == text


def test_years_in_brackets_part_no_references() -> None:
    """References are parted by semicolons alone, and a scrap joins the one before."""
    text = "Doe, J., A title (2009) J, 1; Roe, R., B, (2010); Town: Land; Poe, E., C (2011) J"
    assert split_scopus_references(text) == [
        "Doe, J., A title (2009) J, 1",
        "Roe, R., B, (2010); Town: Land",
        "Poe, E., C (2011) J",
    ]


def test_either_form() -> None:
    """A line is read in the form that it has."""
    assert parse_cited_line("Doe J, 2001, J DOC, V1.").source_raw == "J DOC"
    assert parse_cited_line("Doe, J., A title (2009) A Journal, 1, p. 2.").title == "A title"
