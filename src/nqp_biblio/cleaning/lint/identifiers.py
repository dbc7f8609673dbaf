"""Rules of the lint on identifiers: DOI, ISSN, ISBN, ORCID."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from nqp_biblio.cleaning.lint.work import Found, Rule
from nqp_biblio.cleaning.venues import find_issns
from nqp_biblio.text.identifiers import clean_doi, clean_isbn, clean_orcid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.cleaning.lint.work import Work

__all__ = ["RULES"]

_DOI_SINCE = 2000
_DOI_ADDRESS = re.compile(r"^(?:https?://)?(?:dx\.|www\.)?doi\.org/\S", re.IGNORECASE)
_ISSN = re.compile(r"(?<![\dXx-])\d{4}[-‐–]?\d{3}[\dXx](?![\dXx-])")
_PIECES = re.compile(r"[;,/|\n]|\band\b|\s(?=97[89])")
_IN_BRACKETS = re.compile(r"\([^()]{0,40}\)")
_ISBN_SIGNS = re.compile(r"[\dXx]")
_ISBN_LABEL = re.compile(r"^\s?(?:e-?)?ISBN(?:-1[03])?:?\s?", re.IGNORECASE)
_ISBN_SIZES = (10, 13)
_ORCID = re.compile(r"(?<![\d-])\d{4}[-‐–]\d{4}[-‐–]\d{4}[-‐–]\d{3}[\dXx](?![\dA-Za-z-])")
_ADDRESS_IS_USUAL = ("openalex", "cff")


def _no_doi(work: Work) -> Iterator[Found]:
    """An article of a journal since 2000 usually has a DOI: in real files six of seven have."""
    year = work["publication_year"]
    is_usual = work["type"] == "article-journal" and year is not None and year >= _DOI_SINCE
    if is_usual and not (work["doi"] or work["doi_raw"] or work["url"] or work["arxiv_id"]):
        yield Found("doi", None, "no DOI, and journal articles of this age usually have one")


def _not_a_doi(work: Work) -> Iterator[Found]:
    if work["doi_raw"] and not work["doi"]:
        yield Found("doi", work["doi_raw"], f"{work['doi_raw']!r} is no DOI")


def _doi_signs(work: Work) -> tuple[str, str, str] | None:
    """Return what stands before, in and behind the DOI as printed, where that is not the DOI."""
    raw, doi = (work["doi_raw"] or "").strip(), work["doi"]
    if not raw or not doi or raw.casefold() == doi:
        return None
    low = raw.casefold()
    at = low.find(doi)
    return (low, "", "") if at < 0 else (low[:at], doi, low[at + len(doi) :])


def _doi_with_address(work: Work) -> Iterator[Found]:
    signs = _doi_signs(work)
    usual = (work["format"] or "").startswith(_ADDRESS_IS_USUAL)
    if signs and signs[1] and signs[0] and not usual:
        message = f"a DOI is written without {signs[0].strip()!r}"
        yield Found("doi", work["doi_raw"], message, work["doi"])


def _doi_with_text(work: Work) -> Iterator[Found]:
    signs = _doi_signs(work)
    if signs and signs[1] and signs[2]:
        yield Found("doi", work["doi_raw"], f"{signs[2]!r} is no part of the DOI", work["doi"])


def _doi_with_signs(work: Work) -> Iterator[Found]:
    signs = _doi_signs(work)
    if signs and not signs[1] and clean_doi(work["doi_raw"]) == work["doi"]:
        is_quoted = unquote(work["doi_raw"]).casefold().endswith(work["doi"])
        what = "percent signs" if is_quoted else "signs that no DOI has"
        yield Found("doi", work["doi_raw"], f"the DOI is printed with {what}", work["doi"])


def _doi_in_url(work: Work) -> Iterator[Found]:
    url = work["url"]
    if url and not work["doi"] and not work["doi_raw"] and _DOI_ADDRESS.match(url):
        doi = clean_doi(url)
        if doi:
            yield Found("url", url, "the address is that of a DOI, and the DOI is missing", doi)


def _issn(work: Work) -> Iterator[Found]:
    told = [("issn", work["issn"] or ""), *work.fields_named("issn", "eissn", "EI")]
    for name, text in told:
        printed = _ISSN.findall(text)
        right = {issn.replace("-", "").upper() for issn in find_issns(text)}
        for issn in dict.fromkeys(printed):
            if re.sub(r"[-‐–]", "", issn).upper() not in right:
                yield Found(name, issn, f"the check digit of the ISSN {issn} is wrong")
        if text and not printed and name == "issn" and not clean_isbn(text):
            yield Found(name, text, f"{text!r} is no ISSN")


def _isbn(work: Work) -> Iterator[Found]:
    text = _IN_BRACKETS.sub("", work["isbn"] or "")
    for piece in filter(None, map(str.strip, _PIECES.split(text))):
        bare = _ISBN_LABEL.sub("", piece)
        if clean_isbn(bare) or (
            find_issns(bare) and len(_ISBN_SIGNS.findall(bare)) < _ISBN_SIZES[0]
        ):
            continue
        if len(_ISBN_SIGNS.findall(bare)) in _ISBN_SIZES:
            yield Found("isbn", piece, f"the check digit of the ISBN {bare} is wrong")
        else:
            yield Found("isbn", piece, f"{piece!r} is no ISBN: one has 10 or 13 digits")


def _orcid(work: Work) -> Iterator[Found]:
    for name, value in work.fields_named("orcid", "orcid-numbers", "orcids", "OI", "AUID"):
        for orcid in dict.fromkeys(_ORCID.findall(value)):
            if clean_orcid(orcid) is None:
                yield Found(name, orcid, f"the check digit of the ORCID {orcid} is wrong")


RULES = (
    Rule("D001", "info", "no DOI at a journal article since 2000", _no_doi),
    Rule("D002", "error", "what stands in the place of the DOI is none", _not_a_doi),
    Rule("D003", "info", "DOI with its address or a prefix", _doi_with_address),
    Rule("D004", "warning", "text behind the DOI", _doi_with_text),
    Rule("D005", "warning", "DOI with blanks, dashes or other signs no DOI has", _doi_with_signs),
    Rule("D006", "warning", "address that is a DOI, where the DOI is missing", _doi_in_url),
    Rule("D007", "error", "ISSN with a wrong check digit, or none", _issn),
    Rule("D008", "error", "ISBN with a wrong check digit, or none", _isbn),
    Rule("D009", "error", "ORCID with a wrong check digit", _orcid),
)
"""Rules on identifiers."""
