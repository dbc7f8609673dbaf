"""Identifiers of works: DOI, PubMed, arXiv and ISBN brought into their bare forms."""

from __future__ import annotations

import re
from typing import NamedTuple

from nqp_biblio.text.identifiers import clean_arxiv_id, clean_doi, clean_isbn, is_doi

__all__ = ["Identifiers", "clean_identifiers"]

_DOI_ADDRESS = re.compile(r"^(?:https?://)?(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_PMID_ADDRESS = re.compile(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed)/(\d{1,8})(?!\d)"
)
_PMID = re.compile(
    r"\s*(?:PMID|MEDLINE|pubmed)?\s?:?\s?(\d{1,8})(?:\s?\[.{0,40})?\s*", re.IGNORECASE
)
_SEVERAL = re.compile(r"[;,/]|\d{10}\s\d{10}")
_ARXIV_ADDRESS = re.compile(r"arxiv\.org/(?:abs|pdf)/", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)


class Identifiers(NamedTuple):
    """The identifiers of a work, by the columns of ``works``."""

    doi: str | None = None
    doi_raw: str | None = None
    url: str | None = None
    pmid: str | None = None
    arxiv_id: str | None = None
    isbn: str | None = None


def clean_identifiers(given: Identifiers) -> dict[str, tuple[str | None, str]]:
    """Say what the identifiers of a work should be, where they are not that already.

    Parameters
    ----------
    given : Identifiers
        As read.

    Returns
    -------
    dict
        For each column to change its new value and the rule. A DOI that is none becomes
        None; an ISBN or number that cannot be read stays.

    Examples
    --------
    >>> clean_identifiers(Identifiers(url="https://doi.org/10.1000/ABC"))
    {'doi': ('10.1000/abc', 'doi-from-url')}
    """
    changes: dict[str, tuple[str | None, str]] = {}
    doi, rule = _doi(given)
    if doi != given.doi:
        changes["doi"] = doi, rule
    pmid, rule = _pmid(given)
    if pmid != given.pmid:
        changes["pmid"] = pmid, rule
    arxiv_id, rule = _arxiv_id(given, doi)
    if arxiv_id != given.arxiv_id:
        changes["arxiv_id"] = arxiv_id, rule
    isbn = clean_isbn(given.isbn) if given.isbn and not _SEVERAL.search(given.isbn) else None
    if isbn and isbn != given.isbn:
        changes["isbn"] = isbn, "bare-isbn"
    return changes


def _doi(given: Identifiers) -> tuple[str | None, str]:
    if given.doi:
        if given.doi.islower() and is_doi(given.doi):
            return given.doi, "bare-doi"
        doi = clean_doi(given.doi)
        return (doi, "bare-doi") if doi else (None, "not-a-doi")
    if given.doi_raw and (doi := clean_doi(given.doi_raw)):
        return doi, "bare-doi"
    if given.url and _DOI_ADDRESS.match(given.url):
        return clean_doi(given.url), "doi-from-url"
    return None, "bare-doi"


def _pmid(given: Identifiers) -> tuple[str | None, str]:
    if given.pmid:
        match = _PMID.fullmatch(given.pmid[:80]) or _PMID_ADDRESS.search(given.pmid[:200])
        return (match.group(1), "bare-pmid") if match else (given.pmid, "bare-pmid")
    match = _PMID_ADDRESS.search(given.url[:200]) if given.url else None
    return (match.group(1), "pmid-from-url") if match else (None, "bare-pmid")


def _arxiv_id(given: Identifiers, doi: str | None) -> tuple[str | None, str]:
    if given.arxiv_id:
        return clean_arxiv_id(given.arxiv_id[:200]) or given.arxiv_id, "bare-arxiv-id"
    match = _ARXIV_DOI.fullmatch(doi) if doi else None
    if match:
        text = match.group(1)
        return clean_arxiv_id(f"arxiv:{text}"), "arxiv-id-from-doi"
    if given.url and _ARXIV_ADDRESS.search(given.url[:200]):
        return clean_arxiv_id(given.url[:200]), "arxiv-id-from-url"
    return None, "bare-arxiv-id"
