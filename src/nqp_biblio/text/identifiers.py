"""Identifiers in any printed form: DOI, ORCID, ISBN, arXiv."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

__all__ = ["clean_arxiv_id", "clean_doi", "clean_isbn", "clean_orcid", "find_doi", "is_doi"]

_DOI = re.compile(
    r"(?<![\d.])10\s?\.\s?\d{4,9}(?:\.\d{1,6}){0,4}\s?/\s?[^\s\u3000-\u9fff\uff00-\uffef]{1,400}",
)
_BARE_DOI = re.compile(r"10\.\d{4,9}(?:\.\d{1,6}){0,4}/\S{1,400}")
_STUCK = re.compile(
    r"(?:\.?pmid|\.?pmcid|\.?pmc\d|\[(?:pubmed|crossref|google|medline)|\.?https?:|\.?doi:|&lt;"
    r"|\.?arxiv:|(?<=\w)10\.48550/arxiv).*$",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"^([^\[\]]*)\].*$")
_VIEW = re.compile(
    r"(?:/(?:abstract|summary|full|fulltext|pdf|epdf|epub|meta|html?|asset/.{0,200})|\.pdf)$",
    re.IGNORECASE,
)
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
_ORCID = re.compile(r"(?<!\d)(\d{4})[-‐–]?(\d{4})[-‐–]?(\d{4})[-‐–]?(\d{3}[\dXx])(?![\dA-Za-z])")
_ISBN = re.compile(r"(?<!\d)((?:97[89][-‐–\s]?)?\d(?:[-‐–\s]?\d){8}[-‐–\s]?[\dXx])(?![\dA-Za-z])")
_ARXIV = re.compile(
    r"(?<![\w.])((?:\d{4}\.\d{4,5})|(?:[a-z][a-z-]{1,15}(?:\.[A-Za-z]{2})?/\d{7}))(?:v\d{1,2})?(?!\w)",
    re.IGNORECASE,
)
_ISBN_10, _ISBN_13 = 10, 13


def clean_doi(text: str) -> str | None:
    """Bring a printed DOI into its bare form.

    Parameters
    ----------
    text : str
        A DOI with or without address, prefix, blanks or signs around it.

    Returns
    -------
    str or None
        The DOI in lower case, None where the text is none.

    Examples
    --------
    >>> clean_doi("<https://doi.org/10.1000/ABC.1>.")
    '10.1000/abc.1'
    """
    if "10" not in text:
        return None
    if "%" in text:
        text = unquote(text)
    return find_doi(text)


def find_doi(text: str) -> str | None:
    """Find the first DOI in a text, bare and in lower case; None where there is none."""
    match = _DOI.search(text)
    if match is None:
        return None
    doi = "".join(match.group().split())
    doi = _VIEW.sub("", _trimmed(_CLOSED.sub(r"\1", _STUCK.sub("", doi))))
    return doi.lower() if _BARE_DOI.fullmatch(doi) else None


def is_doi(text: str) -> bool:
    """Tell whether a text is one bare DOI, without address or prefix."""
    return _BARE_DOI.fullmatch(text) is not None and _trimmed(text) == text


def clean_orcid(text: str) -> str | None:
    """Bring an ORCID into the form 0000-0000-0000-000X.

    Returns
    -------
    str or None
        None where there is no ORCID, or its check digit is wrong.

    Examples
    --------
    >>> clean_orcid("https://orcid.org/0000000218250097")
    '0000-0002-1825-0097'
    """
    match = _ORCID.search(text)
    if match is None:
        return None
    groups = [group.upper() for group in match.groups()]
    digits = "".join(groups)
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return "-".join(groups) if digits[-1] == ("X" if check == 10 else str(check)) else None  # noqa: PLR2004


def clean_isbn(text: str) -> str | None:
    """Bring an ISBN into its digits alone.

    Returns
    -------
    str or None
        Ten or thirteen digits as given, None where the text has no ISBN whose check digit
        is right.

    Examples
    --------
    >>> clean_isbn("ISBN 978-3-16-148410-0")
    '9783161484100'
    """
    for match in _ISBN.finditer(unicodedata.normalize("NFKC", text)):
        digits = re.sub(r"[^\dXx]", "", match.group()).upper()
        if _is_isbn(digits):
            return digits
    return None


def clean_arxiv_id(text: str) -> str | None:
    """Bring an arXiv identifier into its bare form without version.

    Returns
    -------
    str or None
        None where there is none.

    Examples
    --------
    >>> clean_arxiv_id("arXiv:2101.00001v2 [cs.DL]")
    '2101.00001'
    >>> clean_arxiv_id("https://arxiv.org/abs/hep-th/9901001")
    'hep-th/9901001'
    """
    text = re.sub(r"^.{0,200}?arxiv(?:\.org/(?:abs|pdf)/|[:.\s]\s?)", "", text, flags=re.IGNORECASE)
    match = _ARXIV.search(text)
    return match.group(1) if match else None


def _trimmed(doi: str) -> str:
    """Cut signs at the end that belong to the sentence, and brackets never opened."""
    while doi:
        last = doi[-1]
        opening = _PAIRS.get(last)
        if opening is not None:
            if doi.count(opening) >= doi.count(last):
                break
        elif last not in ".,;:'\"*_’”“‘»|\\&?!":
            break
        doi = doi[:-1]
    return doi


def _is_isbn(digits: str) -> bool:
    """Tell whether the check digit is right."""
    if len(digits) == _ISBN_13 and digits.isdigit():
        return sum(int(digit) * (1, 3)[i % 2] for i, digit in enumerate(digits)) % 10 == 0
    if len(digits) != _ISBN_10 or "X" in digits[:-1]:
        return False
    values = [10 if digit == "X" else int(digit) for digit in digits]
    return sum(value * (10 - i) for i, value in enumerate(values)) % 11 == 0
