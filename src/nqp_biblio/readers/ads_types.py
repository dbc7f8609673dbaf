"""Kinds of work of NASA's Astrophysics Data System (ADS), to the types of CSL."""

from __future__ import annotations

import re

__all__ = ["genre_of", "is_page", "thesis_genre", "type_of", "type_of_bibcode"]

_TYPES: dict[str, str] = {
    "abstract": "paper-conference",
    "article": "article-journal",
    "book": "book",
    "bookreview": "review-book",
    "catalog": "dataset",
    "circular": "report",
    "dataset": "dataset",
    "editorial": "article-journal",
    "eprint": "article",
    "erratum": "article-journal",
    "inbook": "chapter",
    "inproceedings": "paper-conference",
    "mastersthesis": "thesis",
    "misc": "document",
    "newsletter": "article-magazine",
    "obituary": "article-journal",
    "phdthesis": "thesis",
    "pressrelease": "document",
    "proceedings": "book",
    "proposal": "document",
    "software": "software",
    "talk": "speech",
    "techreport": "report",
}
_GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}
_BIBCODES = (
    (re.compile(r"\d{4}(?:PhDT|MsT\.)"), "thesis"),
    (re.compile(r"\d{4}ascl\.soft"), "software"),
    (
        re.compile(r"\d{4}(?:arXiv|astro\.ph|hep\.|gr\.qc|cond\.mat|math|physics|quant\.ph)"),
        "article",
    ),
    (re.compile(r"\d{4}yCat"), "dataset"),
    (re.compile(r"\d{4}.{5}\.?(?:book|proc|conf)\.{3,5}[A-Z.]$"), "book"),
    (re.compile(r"\d{4}.{4,5}(?:book|conf)"), "chapter"),
    (re.compile(r"\d{4}.{4,5}(?:proc|symp|work|meet)|\d{4}AAS\.\."), "paper-conference"),
    (re.compile(r"\d{4}.{4,5}rept"), "report"),
    (re.compile(r"\d{4}.{4,5}talk"), "speech"),
    (re.compile(r"\d{4}.{4,5}(?:pres|prop)"), "document"),
)
_THESIS = re.compile(r"(?:ph\.?\s?d\.?|master'?s?|doctoral).{0,5}thesis", re.IGNORECASE)
_PAGE = re.compile(r"[\w.]{1,15}(?:\s?-\s?[\w.]{1,15})?")
_BIBCODE_LENGTH = 19


def type_of(doctype: str) -> str | None:
    """Return the CSL type of a kind of work, None where there is none for it.

    Examples
    --------
    >>> type_of("inproceedings"), type_of("eprint"), type_of("poem")
    ('paper-conference', 'article', None)
    """
    return _TYPES.get(doctype.strip().casefold())


def genre_of(doctype: str) -> str | None:
    """Return the kind of a thesis; None for other works."""
    return _GENRES.get(doctype.strip().casefold())


def type_of_bibcode(bibcode: str) -> str | None:
    """Return the CSL type that a bibcode tells, None where it is none.

    Examples
    --------
    >>> type_of_bibcode("2017PhDT........14C"), type_of_bibcode("2018PhRvL.120b9901P")
    ('thesis', 'article-journal')
    """
    if len(bibcode) != _BIBCODE_LENGTH or not bibcode[:4].isdecimal():
        return None
    known = (kind for pattern, kind in _BIBCODES if pattern.match(bibcode))
    return next(known, "article-journal")


def thesis_genre(source: str) -> str | None:
    """Return what ADS prints in the place of a source where a work is a thesis.

    Examples
    --------
    >>> thesis_genre("Ph.D. Thesis"), thesis_genre("Weather")
    ('Ph.D. Thesis', None)
    """
    return source if _THESIS.fullmatch(source) else None


def is_page(printed: str) -> bool:
    """Tell a page from a number of arXiv, of a catalogue or of a program.

    Examples
    --------
    >>> is_page("1215"), is_page("L35-L41"), is_page("hep-th/9108028"), is_page("ascl:1706.009")
    (True, True, False, False)
    """
    return _PAGE.fullmatch(printed) is not None
