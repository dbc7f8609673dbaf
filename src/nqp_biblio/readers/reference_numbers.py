"""Dates, volumes, issues and pages within a printed reference."""

from __future__ import annotations

import re
from typing import NamedTuple

from nqp_biblio.readers.reference_marks import MASK, Span

__all__ = [
    "DATE_MASK",
    "Locator",
    "Parts",
    "find_date",
    "find_edition",
    "find_locator",
    "find_pages",
    "find_same_dates",
    "mask_notes",
]

DATE_MASK = "\ue002"
"""Sign that stands in the masked text for every character of the date."""

Parts = dict[str, tuple[int, int]]
"""Where the parts of a locator stand, by their labels."""

_MONTH = (
    r"(?:Jan(?:uary|uar|v(?:ier|\.)?)?|Feb(?:ruary|ruar)?|Mar(?:ch)?|März|Mars|Apr(?:il)?|May|Mai"
    r"|Jun[ei]?|Jul[yi]?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Okt(?:ober)?|Nov(?:ember)?"
    r"|De[cz](?:ember)?|janvier|février|avril|juin|juillet|août|septembre|octobre|novembre"
    r"|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
    r"|diciembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro"
    r"|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter"
    r"|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\b\.?"
)
_TO = r"\s?[-–/]\s?"
_DAY = r"\d{1,2}(?:\s?(?:st|nd|rd|th)\b)?\.?"
_YEAR = r"(?:1[5-9]\d\d|20[0-4]\d)"
_YEARS = rf"{_YEAR}(?:{_TO}(?:{_YEAR}|\d\d)(?!\d))?[a-k]?\b"
_DATE = re.compile(
    rf"(?<![\d.\-–/:])(?:(?P<before>(?:{_DAY}(?:{_TO}{_DAY})?\s(?:de\s|of\s)?)?"
    rf"{_MONTH}(?:{_TO}(?:{_DAY}\s)?{_MONTH})?"
    rf"(?:\s{_DAY}(?:{_TO}{_DAY})?)?\s?,?\s?(?:de\s)?))?"
    rf"(?P<year>{_YEARS})"
    rf"(?P<after>\s?,?\s{_MONTH}(?:{_TO}{_MONTH})?(?:\s{_DAY}(?:\s?[-–]\s?\d{{1,2}})?(?![\d(:]))?"
    rf"|,\s{_DAY}\s{_MONTH})?(?!\d)"
)
_GLUED = re.compile(rf"(?<=[a-z.]){_YEAR}\b(?=\s*[.,;]?\s*$)")
_ACCESS = re.compile(
    r"(?:access|retriev|consult|visit|cited|view|download|last\s|zugriff|abruf|stand|acesso|citado"
    r"|on:?\s$|updated|checked|\[)[^.;)]{0,25}$",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[\[(]?\b(?:[Ll]ast\s)?(?:[Aa]ccess(?:ed)?|[Rr]etrieved|[Cc]ited|[Vv]iewed|[Dd]ownloaded"
    r"|[Cc]onsulté|[Cc]onsulted|[Aa]cesso|[Aa]cessado|[Vv]isited|[Ee]pub|[Cc]hecked)"
    r"(?:\s(?:on|le|el|em|in|at|date))?\s?:?\s?(?=[^.;)\]]{0,12}\d)[\w/. -]{0,12}"
    r"(?:[\s,.-]{1,2}[\w/]{1,10}){0,4}?[\s,.-]{0,2}(?:(?:19|20)\d\d|\d\d)(?:[/-]\d{1,2}){0,2}\b"
    r"[\])]?"
    r"|[\[(]{0,2}\b(?:[nN]\.\s?d\.|[sS]\.\s?d\.|in\s(?:press|preparation)|forthcoming"
    r"|to\sappear)[\])]{0,2}(?=[\s.,:;]|$)"
    r"|[\[(](?:19|20)\d\d-\d\d-\d\d[\])]"
)
_DASHES = r"\s?(?:[-‐‑‒–—−]{1,3})\s?"
_PAGE = r"(?:(?:[A-Za-z]{1,2}|ii|iii)\s?)?\d{1,8}(?:[A-Z]\d{2}\b|[A-Za-z]{1,2}\b)?(?:[.:]\d{1,4})?"
_RANGE = rf"{_PAGE}(?:{_DASHES}{_PAGE})"
_ROMAN = r"[ivxlc]{1,7}"
_PAGES = (
    rf"(?:{_PAGE}(?:{_DASHES}{_PAGE})?|{_ROMAN}{_DASHES}{_ROMAN})"
    rf"(?:\s?[+,;&]\s?{_RANGE}|\s?\+\s?{_PAGE}){{0,4}}(?:\s?ff?\b\.?)?"
)
_RANGES = (
    rf"(?:{_RANGE}|{_ROMAN}{_DASHES}{_ROMAN})"
    rf"(?:\s?[+,;&]\s?(?:{_RANGE}|\d{{1,5}}(?=\s*\.?\s*$))|\s?\+\s?{_PAGE}){{0,4}}"
)
_PP = (
    r"(?<![A-Za-z\d])(?:[Pp]p?\s?\.\s{0,2}|[Pp]ages?:?\s|[Pp]gs?\.\s?|[Pp][Pp]:?\s|p\s?(?=\d)"
    r"|S\.\s?(?=\d)|[Ss]eiten?\s|págs?\.\s?|pp(?=\d)|P\.\s)"
)
_D = rf"\s?,?\.?\s?\(?\s?{DATE_MASK}{{2,40}}\s?\)?"
_VOL_WORD = (
    r"(?:\b[Vv]ol(?:ume|umes|s)?\s?\.?:?|\bVOL\.?|\b[Vv]\s?\.(?=\s?\d)|\bv(?=\s\d)|\bBd\.|\bBand\b"
    r"|\b[Tt](?:\.|ome)(?=\s?[\dIVX])|\bJg\.|\b[Tt]omo)\s?,?\s?"
)
_NO_WORD = (
    r"(?:[Nn]os?\s?\.?:?|[Nn]º|[Nn]°|n\s?\.\s?[º°]|[Nn]r\.?|[Nn]umber|[Nn]um\.|[Nn]úm\.|[Ii]ssues?"
    r"|[Ii]ss?\.|Heft|H\.|n\.|N\.|№|[Nn]\.º|fasc\.|NO\.?)\s?(?=[\dA-Z(])"
)
_V = r"(?:[A-Z]{1,2}\s?)?\d{1,4}[A-Za-z]?(?:\s?[-–/]\s?\d{1,4})?(?![\d])|[IVXLC]{1,8}\b"
_VS = (
    r"(?<!\d)(?<!\d[.,:–/-])(?<![\d.]-)(?:\d{1,4}(?:[A-Z](?![A-Za-z]))?(?:[-–/]\d{1,3})?(?![\d])"
    r"|(?<![A-Za-z])[IVXLC]{1,8}(?![A-Za-z]))"
)
_LETTER = r"(?:(?<![A-Za-z])[A-H]\s?)?"
_ISSUE = rf"\(\s?(?:{_NO_WORD})?(?P<issue>(?!\ue002)[^()\ue002]{{1,25}}?)\s?\)"
_PG = rf"(?P<pages>{_PAGES})(?![\w])"
_PR = rf"(?P<pages>{_RANGES})(?![\w])"
_SEP = r"\s?[,.:;]?\s?"

_PP_PG = rf"(?:{_PP})?{_PG}"
_FOLLOWS = rf"(?:{_SEP}{_PP_PG})?"
_END = rf"[\s.,;)]*(?:$|{MASK})"
_ISSUE_PLAIN = r"(?P<issue>[\w/–-]{1,12})"

_PATTERNS = (
    # vol. 5, no. 1, (date,) pp. 10-20; parts may be missing
    (
        rf"{_VOL_WORD}(?P<volume>{_V})(?:\s?{_ISSUE}|{_SEP}(?P<month>{_MONTH}(?:[-/–]{_MONTH})?)?"
        rf"{_SEP}\(?{_NO_WORD}(?P<issue2>[\w/–-]{{1,12}})\)?)?(?:{_D})?"
        rf"{_SEP}(?:{_PP}\s?{_PG}|[:,;]\s?(?P<pages2>{_PAGES})(?!\w))?"
    ),
    # 24 Suppl 1: 21–31
    (
        rf"(?P<volume>{_VS})\s?\(?(?P<issue>[Ss]uppl(?:ement|\.)?\s?\d{{0,2}})\)?(?:{_D})?"
        rf"\s?[:,;.]\s?{_PP_PG}"
    ),
    # 19. Jg., H. 3, S. 146-151
    (
        rf"(?P<volume>\d{{1,3}})\s?\.?\s?(?:Jg\b|Jahrgang)\.?(?:{_D})?,?\s?"
        rf"(?:(?:Heft|H\.|Nr\.)\s?(?P<issue>[\d/-]{{1,6}}))?(?:{_D})?{_FOLLOWS}"
    ),
    # 38(3): 168–177, the date between or not
    rf"(?P<volume>{_VS})\s?{_ISSUE}(?:{_D})?\s?[:,.;]?\s?{_PP_PG}",
    # 12, no. 3 (date): 45-67
    rf"(?P<volume>{_VS}){_SEP}\(?{_NO_WORD}{_ISSUE_PLAIN}\)?(?:{_D})?(?:\s?[:,.;]\s?{_PP_PG})?",
    # 13.2 (1989): 287-292
    (
        rf"(?<![\d.])(?P<volume>\d{{1,3}})\.(?P<issue>\d{{1,2}})(?:{_D}\s?[:,]\s?{_PP_PG}"
        rf"|\s?[:,]\s?(?:{_PP})?(?P<pages2>{_RANGES})(?!\w))"
    ),
    # 50: 3 (2015), 394-419
    rf"(?P<volume>{_VS})\s?:\s?(?P<issue>\d{{1,2}}){_D}\s?[,:]\s?{_PP_PG}",
    # volume 2, issue 3: 98-126
    rf"(?P<volume>{_VS}),\s?(?P<issue>\d{{1,2}})\s?:\s?{_PR}",
    # volume 63 and issue 16 in brackets
    rf"(?P<volume>{_VS})\s?,\s?\((?P<issue>\d{{1,3}})\){_FOLLOWS}",
    # volume 5 with "pp. 10-20"
    rf"(?P<volume>{_VS})(?:{_D})?\s?(?:\([^(){DATE_MASK}]{{1,12}}\)\s?)?[:,;.]?\s?{_PP}{_PG}",
    # 5: 10-20
    rf"(?P<volume>{_LETTER}{_VS})(?:{_D})?\s?[:;]\s?{_PG}",
    # volume, year in brackets, pages
    (
        rf"(?P<volume>{_LETTER}{_VS}){_D}\s?[:,;.]?\s?"
        rf"(?:{_NO_WORD}(?P<issue>\d{{1,3}})\s?[,:]?\s?)?{_PP_PG}"
    ),
    # volume and one page, then the year in brackets
    rf"(?P<volume>{_LETTER}{_VS})\s?,\s?{_PG}(?=\s?\.?(?:{_D}|[\s.,;]*(?:$|{MASK}|\[)))",
    # volume 105 with 240-250
    rf"(?P<volume>{_VS})\s?[,.]\s?{_PR}",
    # volume and pages with a blank between
    rf"(?P<volume>{_VS})\s{_PR}(?=[\s.,;]*(?:$|\(|{DATE_MASK}|{MASK}|[A-Z]))",
    # 2007 JINST 2 P06004
    (
        rf"{_D}\s?[,;:]?\s(?:[A-Z]{{2,8}}\s)?(?P<volume>{_VS})\s"
        rf"(?P<pages>[A-Z]?\d{{1,6}})(?=[\s.,;]*(?:$|\[|{MASK}))"
    ),
    # volume and issue alone
    rf"(?P<volume>{_VS})\s?{_ISSUE}(?=\s?(?:[.,;]|$|{MASK}|{DATE_MASK}))",
    # no. 3, the date or pages behind it
    (
        rf"\b{_NO_WORD}(?P<issue>\d{{1,4}}(?:[-/–]\d{{1,3}})?)(?:{_D})?"
        rf"(?:{_SEP}{_PP}{_PG}|\s?[:,]\s?(?P<pages2>{_RANGES})(?!\w))?"
    ),
    # pages alone
    rf"\(?{_PP}{_PG}(?!\s?(?:pp?\.|pages|Seiten))",
    rf"\(\s?{_PR}\s?\)",
    rf"[:,;]\s?{_PR}(?=[\s.,;)]*(?:$|{_D}|{MASK}))",
    rf"[.]\s{_PR}(?={_END})",
    rf"{_D}\s?[.,:;]?\s?{_PR}(?={_END})",
    # 12 (2001) and nothing more
    rf"(?P<volume>{_VS})(?={_D}{_END})",
    # 217 p.
    r"(?P<pages>\b\d{2,4}\s?(?:pp|p|pages|S|Seiten)\b\.?)",
    # one page at the end
    rf",\s?(?P<pages>\d{{1,6}})(?=\s?[\s.,;]*(?:$|{MASK}))",
)
_LOCATORS = [re.compile(pattern) for pattern in _PATTERNS]
_PAGES_APART = re.compile(
    rf"(?:{_PP}|\(\s?(?={_RANGES}\s?\))|\)\s(?={_RANGES}\s?\.)){_PG}(?!\s?(?:pp?\.|pages|Seiten))"
)
_EDITION = re.compile(
    r"[(,.]?\s?\(?\b(?P<edition>(?:\d{1,2}(?:st|nd|rd|th|e|ª|a|\.)?|first|second|third|fourth|fifth"
    r"|sixth|revised|rev\.?|new|international|updated)\s"
    r"(?:(?:rev(?:ised)?\.?|enl(?:arged)?\.?|and\s\w{1,10})\s){0,2}"
    r"(?:edn?\b\.?|edition\b|éd\b\.?|ed\.|Aufl(?:\.|age)|edição|edición|edizione))\s?\)?",
    re.IGNORECASE,
)


_TRAILING = " .,;)]" + MASK
_ISSUE_AHEAD = re.compile(r"\(\d{1,3}\)\s?[:,]")
_NUMBER_WORD = re.compile(r"(?:pp?\.|[Nn]o\.|[Vv]ol\.)$")
_MIN_SCORE = -3


class Locator(NamedTuple):
    """Where volume, issue and pages stand.

    Attributes
    ----------
    start, end : int
        Where the whole begins and ends.
    parts : dict
        The span of volume, issue and pages, of those that are there.
    """

    start: int
    end: int
    parts: Parts


def mask_notes(masked: str) -> str:
    """Mask when a page was looked up or a paper was first on line: no dates of the work."""
    for match in list(_NOTE.finditer(masked)):
        masked = masked[: match.start()] + MASK * len(match.group()) + masked[match.end() :]
    return masked


def find_date(masked: str, names_end: int) -> Span | None:
    """Find the date of publication.

    Parameters
    ----------
    masked : str
        The reference, identifiers masked.
    names_end : int
        Where the people at its beginning end, 0 where there are none.

    Returns
    -------
    Span or None
        The best of the dates in the text by what stands around it.
    """
    scored = [
        (_date_score(masked, match, names_end), match.start(), match.group().rstrip(" ,"))
        for match in _DATE.finditer(masked)
    ]
    score, start, printed = max(scored, default=(_MIN_SCORE, 0, ""))
    if score > _MIN_SCORE:
        return Span(start, start + len(printed), "date")
    if match := _GLUED.search(masked):
        return Span(match.start(), match.end(), "date")
    return None


def find_same_dates(masked: str, year: str, after: int) -> list[Span]:
    """Find the year of publication printed once more, alone or in a full date."""
    return [
        Span(match.start(), match.start() + len(match.group().rstrip(" ,")), "date")
        for match in _DATE.finditer(masked, after)
        if match["year"] == year
        and (
            match["before"]
            or match["after"]
            or (
                masked[: match.start()].rstrip()[-1:] in tuple("(,.;")
                and masked[match.end() :].lstrip()[:1] in ("", *"),.;:")
            )
        )
        and not _ACCESS.search(masked[max(0, match.start() - 45) : match.start()])
    ]


def _date_score(masked: str, match: re.Match[str], names_end: int) -> float:
    """Weigh one date by what stands around it."""
    start, end = match.span()
    before, after = masked[:start].rstrip(), masked[end:].lstrip()
    gap = masked[names_end:start].strip(" ,.;:(")
    year = match["year"]
    opened = before.endswith(("(", "["))
    bracketed = opened and after.startswith((")", "]"))
    in_full = bool(match["before"] or match["after"])
    signs = (
        (-3.0, bool(after.startswith((MASK, "<" + MASK)) and match["before"] and gap)),
        (-2.0, "-" in year or "–" in year),
        (-2.5, year < "18" and not bracketed and bool(gap or not names_end)),
        (3.6, bracketed and before.endswith("(")),
        (4.0, bool(names_end) and not gap),
        (3.5, not after.strip(_TRAILING)),
        (0.5, bool(after.strip(_TRAILING)) and after.startswith((",", ";", ".", ":", ")"))),
        (1.0, before.endswith((",", ".", ";", "("))),
        (1.5, in_full),
        (2.0, after.startswith(";")),
        (-6.0, _ACCESS.search(masked[max(0, start - 45) : start]) is not None),
        (-4.0, before.endswith(("-", "–")) or after.startswith(("-", "–"))),
        (-2.0, before[-1:].isalnum() and after[:1].isalnum()),
        (-2.5, not bracketed and _ISSUE_AHEAD.match(after) is not None),
        (-5.0, _NUMBER_WORD.search(before[-6:]) is not None),
    )
    return sum(weight for weight, holds in signs if holds)


def find_locator(masked: str, start: int) -> Locator | None:
    """Find volume, issue and pages.

    Parameters
    ----------
    masked : str
        The reference, identifiers and date masked.
    start : int
        Where to begin: after the people and an early date.

    Returns
    -------
    Locator or None
        None where nothing is found.
    """
    for pattern in _LOCATORS:
        last = None
        for match in pattern.finditer(masked, start):
            last = match
        if last is not None:
            parts = {
                label.rstrip("2"): last.span(label)
                for label, value in last.groupdict().items()
                if value is not None and label != "month"
            }
            return Locator(last.start(), last.end(), parts)
    return None


def find_pages(masked: str, start: int) -> tuple[int, int] | None:
    """Find pages that stand apart from the volume, after "pp." or in brackets."""
    match = _PAGES_APART.search(masked, start)
    return match.span("pages") if match else None


def find_edition(masked: str, start: int) -> tuple[int, int, Span] | None:
    """Find an edition: begin and end with its brackets, and its span."""
    match = _EDITION.search(masked, start)
    return (match.start(), match.end(), Span(*match.span("edition"), "edition")) if match else None
