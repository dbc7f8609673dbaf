"""Dates, volumes, issues and pages within a printed reference."""

from __future__ import annotations

import re

from nqp_biblio.readers.reference_marks import MASK, Span

__all__ = [
    "DATE_MASK",
    "find_date",
    "find_edition",
    "find_locator",
    "find_pages",
    "find_same_dates",
    "mask_notes",
]

DATE_MASK = "\ue002"
"""Sign that stands in the masked text for every character of the date."""

_MONTH = (
    r"(?:Jan(?:uary|uar|v(?:ier|\.)?)?|Feb(?:ruary|ruar)?|Mar(?:ch)?|März|Mars|Apr(?:il)?|May|Mai|Jun[ei]?|Jul[yi]?|"
    r"Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Okt(?:ober)?|Nov(?:ember)?|De[cz](?:ember)?|"
    r"janvier|février|avril|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|"
    r"julio|agosto|septiembre|octubre|noviembre|diciembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|"
    r"novembro|dezembro|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\b\.?"
)
_DAY = r"\d{1,2}(?:\s?(?:st|nd|rd|th)\b)?\.?"
_YEAR = r"(?:1[5-9]\d\d|20[0-4]\d)"
_YEARS = rf"{_YEAR}(?:\s?[-–/]\s?(?:{_YEAR}|\d\d)(?!\d))?[a-k]?\b"
_DATE = re.compile(
    rf"(?<![\d.\-–/:])(?:(?P<before>(?:{_DAY}(?:\s?[-–/]\s?{_DAY})?\s(?:de\s|of\s)?)?{_MONTH}(?:\s?[-–/]\s?(?:{_DAY}\s)?{_MONTH})?"
    rf"(?:\s{_DAY}(?:\s?[-–/]\s?{_DAY})?)?\s?,?\s?(?:de\s)?))?"
    rf"(?P<year>{_YEARS})"
    rf"(?P<after>\s?,?\s{_MONTH}(?:\s?[-–/]\s?{_MONTH})?(?:\s{_DAY}(?:\s?[-–]\s?\d{{1,2}})?(?![\d(:]))?|,\s{_DAY}\s{_MONTH})?(?![\d])"
)
_GLUED = re.compile(rf"(?<=[a-z.]){_YEAR}\b(?=\s*[.,;]?\s*$)")
_ACCESS = re.compile(
    r"(?:access|retriev|consult|visit|cited|view|download|last\s|zugriff|abruf|stand|acesso|citado|on:?\s$|updated|checked|\[)[^.;)]{0,25}$",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[\[(]?\b(?:[Ll]ast\s)?(?:[Aa]ccess(?:ed)?|[Rr]etrieved|[Cc]ited|[Vv]iewed|[Dd]ownloaded|[Cc]onsulté|[Cc]onsulted|[Aa]cesso|[Aa]cessado|[Vv]isited|[Ee]pub|[Cc]hecked)"
    r"(?:\s(?:on|le|el|em|in|at|date))?\s?:?\s?(?=[^.;)\]]{0,12}\d)[\w/. -]{0,12}(?:[\s,.-]{1,2}[\w/]{1,10}){0,4}?[\s,.-]{0,2}(?:(?:19|20)\d\d|\d\d)(?:[/-]\d{1,2}){0,2}\b[\])]?"
    r"|[\[(]{0,2}\b(?:[nN]\.\s?d\.|[sS]\.\s?d\.|in\s(?:press|preparation)|forthcoming|to\sappear)[\])]{0,2}(?=[\s.,:;]|$)"
    r"|[\[(](?:19|20)\d\d-\d\d-\d\d[\])]"
)
_DASHES = r"\s?(?:[-‐‑‒–—−]{1,3})\s?"
_PAGE = r"(?:(?:[A-Za-z]{1,2}|ii|iii)\s?)?\d{1,8}(?:[A-Z]\d{2}\b|[A-Za-z]{1,2}\b)?(?:[.:]\d{1,4})?"
_RANGE = rf"{_PAGE}(?:{_DASHES}{_PAGE})"
_PAGES = rf"(?:{_PAGE}(?:{_DASHES}{_PAGE})?|[ivxlc]{{1,7}}{_DASHES}[ivxlc]{{1,7}})(?:\s?[+,;&]\s?{_RANGE}|\s?\+\s?{_PAGE}){{0,4}}(?:\s?ff?\b\.?)?"
_RANGES = rf"(?:{_RANGE}|[ivxlc]{{1,7}}{_DASHES}[ivxlc]{{1,7}})(?:\s?[+,;&]\s?(?:{_RANGE}|\d{{1,5}}(?=\s*\.?\s*$))|\s?\+\s?{_PAGE}){{0,4}}"
_PP = r"(?<![A-Za-z\d])(?:[Pp]p?\s?\.\s{0,2}|[Pp]ages?:?\s|[Pp]gs?\.\s?|[Pp][Pp]:?\s|p\s?(?=\d)|S\.\s?(?=\d)|[Ss]eiten?\s|págs?\.\s?|pp(?=\d)|P\.\s)"
_D = rf"\s?,?\.?\s?\(?\s?{DATE_MASK}{{2,40}}\s?\)?"
_VOL_WORD = r"(?:\b[Vv]ol(?:ume|umes|s)?\s?\.?:?|\bVOL\.?|\b[Vv]\s?\.(?=\s?\d)|\bv(?=\s\d)|\bBd\.|\bBand\b|\b[Tt](?:\.|ome)(?=\s?[\dIVX])|\bJg\.|\b[Tt]omo)\s?,?\s?"
_NO_WORD = r"(?:[Nn]os?\s?\.?:?|[Nn]º|[Nn]°|n\s?\.\s?[º°]|[Nn]r\.?|[Nn]umber|[Nn]um\.|[Nn]úm\.|[Ii]ssues?|[Ii]ss?\.|Heft|H\.|n\.|N\.|№|[Nn]\.º|fasc\.|NO\.?)\s?(?=[\dA-Z(])"
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

_LOCATORS = [
    re.compile(pattern)
    for pattern in (
        # vol. 5, no. 1, (date,) pp. 10-20; parts may be missing
        rf"{_VOL_WORD}(?P<volume>{_V})(?:\s?{_ISSUE}|{_SEP}(?P<month>{_MONTH}(?:[-/–]{_MONTH})?)?{_SEP}\(?{_NO_WORD}(?P<issue2>[\w/–-]{{1,12}})\)?)?(?:{_D})?"
        rf"{_SEP}(?:{_PP}\s?{_PG}|[:,;]\s?(?P<pages2>{_PAGES})(?![\w]))?",
        # 24 Suppl 1: 21–31
        rf"(?P<volume>{_VS})\s?\(?(?P<issue>[Ss]uppl(?:ement|\.)?\s?\d{{0,2}})\)?(?:{_D})?\s?[:,;.]\s?(?:{_PP})?{_PG}",
        # 19. Jg., H. 3, S. 146-151
        rf"(?P<volume>\d{{1,3}})\s?\.?\s?(?:Jg\b|Jahrgang)\.?(?:{_D})?,?\s?(?:(?:Heft|H\.|Nr\.)\s?(?P<issue>[\d/-]{{1,6}}))?(?:{_D})?(?:{_SEP}(?:{_PP})?{_PG})?",
        # 38(3): 168–177 with date between or not
        rf"(?P<volume>{_VS})\s?{_ISSUE}(?:{_D})?\s?[:,.;]?\s?(?:{_PP})?{_PG}",
        # 12, no. 3 (date): 45-67
        rf"(?P<volume>{_VS}){_SEP}\(?{_NO_WORD}(?P<issue>[\w/–-]{{1,12}})\)?(?:{_D})?(?:\s?[:,.;]\s?(?:{_PP})?{_PG})?",
        # 13.2 (1989): 287-292
        rf"(?<![\d.])(?P<volume>\d{{1,3}})\.(?P<issue>\d{{1,2}})(?:{_D}\s?[:,]\s?(?:{_PP})?{_PG}|\s?[:,]\s?(?:{_PP})?(?P<pages2>{_RANGES})(?![\w]))",
        # 50: 3 (2015), 394-419; 2,3: 98-126; 63, (16)
        rf"(?P<volume>{_VS})\s?:\s?(?P<issue>\d{{1,2}}){_D}\s?[,:]\s?(?:{_PP})?{_PG}",
        rf"(?P<volume>{_VS}),\s?(?P<issue>\d{{1,2}})\s?:\s?{_PR}",
        rf"(?P<volume>{_VS})\s?,\s?\((?P<issue>\d{{1,3}})\)(?:{_SEP}(?:{_PP})?{_PG})?",
        # 5: 10-20; 5, pp. 10-20
        rf"(?P<volume>{_VS})(?:{_D})?\s?(?:\([^()\ue002]{{1,12}}\)\s?)?[:,;.]?\s?{_PP}{_PG}",
        rf"(?P<volume>{_LETTER}{_VS})(?:{_D})?\s?[:;]\s?{_PG}",
        # 12 (2001) 34-56; 12 (2001), 34
        rf"(?P<volume>{_LETTER}{_VS}){_D}\s?[:,;.]?\s?(?:{_NO_WORD}(?P<issue>\d{{1,3}})\s?[,:]?\s?)?(?:{_PP})?{_PG}",
        # 105, 240401 (2010); 105, 240-250; 179, 195
        rf"(?P<volume>{_LETTER}{_VS})\s?,\s?{_PG}(?=\s?\.?(?:{_D}|[\s.,;]*(?:$|{MASK}|\[)))",
        rf"(?P<volume>{_VS})\s?[,.]\s?{_PR}",
        # 117 467-493
        rf"(?P<volume>{_VS})\s{_PR}(?=[\s.,;]*(?:$|\(|{DATE_MASK}|{MASK}|[A-Z]))",
        rf"{_D}\s?[,;:]?\s(?:[A-Z]{{2,8}}\s)?(?P<volume>{_VS})\s(?P<pages>[A-Z]?\d{{1,6}})(?=[\s.,;]*(?:$|\[|{MASK}))",
        # volume and issue alone
        rf"(?P<volume>{_VS})\s?{_ISSUE}(?=\s?(?:[.,;]|$|{MASK}|{DATE_MASK}))",
        rf"\b{_NO_WORD}(?P<issue>\d{{1,4}}(?:[-/–]\d{{1,3}})?)(?:{_D})?(?:{_SEP}(?:{_PP}){_PG}|\s?[:,]\s?(?P<pages2>{_RANGES})(?![\w]))?",
        # pages alone
        rf"\(?{_PP}{_PG}(?!\s?(?:pp?\.|pages|Seiten))",
        rf"\(\s?{_PR}\s?\)",
        rf"[:,;]\s?{_PR}(?=[\s.,;)]*(?:$|{_D}|{MASK}))",
        rf"[.]\s{_PR}(?=[\s.,;)]*(?:$|{MASK}))",
        rf"{_D}\s?[.,:;]?\s?{_PR}(?=[\s.,;)]*(?:$|{MASK}))",
        # 12 (2001) and nothing more, or 1207 (1982)
        rf"(?P<volume>{_VS})(?={_D}[\s.,;)]*(?:$|{MASK}))",
        r"(?P<pages>\b\d{2,4}\s?(?:pp|p|pages|S|Seiten)\b\.?)",
        rf",\s?(?P<pages>\d{{1,6}})(?=\s?[\s.,;]*(?:$|{MASK}))",
    )
]
_PAGES_APART = re.compile(
    rf"(?:{_PP}|\(\s?(?={_RANGES}\s?\))|\)\s(?={_RANGES}\s?\.)){_PG}(?!\s?(?:pp?\.|pages|Seiten))"
)
_EDITION = re.compile(
    r"[(,.]?\s?\(?\b(?P<edition>(?:\d{1,2}(?:st|nd|rd|th|e|ª|a|\.)?|first|second|third|fourth|fifth|sixth|revised|rev\.?|new|[Ii]nternational|updated)\s"
    r"(?:(?:rev(?:ised)?\.?|enl(?:arged)?\.?|and\s\w{1,10})\s){0,2}(?:edn?\b\.?|edition\b|éd\b\.?|ed\.|Aufl(?:\.|age)|edição|edición|edizione))\s?\)?",
    re.IGNORECASE,
)


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
    found = list(_DATE.finditer(masked))
    best = max(
        found,
        key=lambda match: (_date_score(masked, match, names_end), match.start()),
        default=None,
    )
    if best is not None and _date_score(masked, best, names_end) > -3:  # noqa: PLR2004
        return Span(best.start(), best.start() + len(best.group().rstrip(" ,")), "date")
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
    score = 0.0
    in_brackets = before.endswith(("(", "[")) and after.startswith((")", "]"))
    if "-" in match["year"] or "–" in match["year"]:
        score -= 2
    if after.startswith((MASK, "<" + MASK)) and match["before"] and gap:
        score -= 3
    if match["year"] < "18" and not in_brackets and (gap or not names_end):
        score -= 2.5
    if in_brackets:
        score += 3.6 if before.endswith("(") else 0
    if names_end and not gap:
        score += 4
    if not after.strip(" .,;)]" + MASK):
        score += 3.5
    elif after.startswith((",", ";", ".", ":", ")")):
        score += 0.5
    if before.endswith((",", ".", ";", "(")):
        score += 1
    if match["before"] or match["after"]:
        score += 1.5
    if after.startswith(";"):
        score += 2
    if _ACCESS.search(masked[max(0, start - 45) : start]):
        score -= 6
    if before.endswith(("-", "–")) or after.startswith(("-", "–")):
        score -= 4
    if before[-1:].isalnum() and after[:1].isalnum():
        score -= 2
    if re.match(r"\(\d{1,3}\)\s?[:,]", after) and not in_brackets:
        score -= 2.5
    if re.search(r"(?:pp?\.|[Nn]o\.|[Vv]ol\.)$", before):
        score -= 5
    return score


def find_locator(masked: str, start: int) -> tuple[int, int, dict[str, tuple[int, int]]] | None:
    """Find volume, issue and pages.

    Parameters
    ----------
    masked : str
        The reference, identifiers and date masked.
    start : int
        Where to begin: after the people and an early date.

    Returns
    -------
    start, end, parts : int, int, dict
        Where the whole begins and ends, and the span of each part by its label; None
        where nothing is found.
    """
    for pattern in _LOCATORS:
        last = None
        for match in pattern.finditer(masked, start):
            last = match
        if last is not None and last.end() > last.start():
            parts = {
                label.rstrip("2"): last.span(label)
                for label, value in last.groupdict().items()
                if value is not None and label != "month"
            }
            return last.start(), last.end(), parts
    return None


def find_pages(masked: str, start: int) -> tuple[int, int] | None:
    """Find pages that stand apart from the volume, after "pp." or in brackets."""
    match = _PAGES_APART.search(masked, start)
    return match.span("pages") if match else None


def find_edition(masked: str, start: int) -> tuple[int, int, Span] | None:
    """Find an edition: begin and end with its brackets, and its span."""
    match = _EDITION.search(masked, start)
    return (match.start(), match.end(), Span(*match.span("edition"), "edition")) if match else None
