"""Numbers as printed: years, dates, page lists, volumes with issues."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

__all__ = ["MONTHS", "parse_date", "parse_pages", "parse_year", "split_volume"]

_MONTH_NAMES = (
    "jan january januar jänner januari janvier enero janeiro gennaio ene gen",
    "feb february februar februari février fevrier febrero fevereiro febbraio fév fev",
    "mar march märz marz maart mars marzo março mär mrz mrt",
    "apr april avril abril aprile avr abr",
    "may mai mei mayo maio maggio mag",
    "jun june juni juin junio junho giugno giu",
    "jul july juli juillet julio julho luglio juil lug",
    "aug august augustus août aout agosto ago",
    "sep sept september septembre septiembre setembro settembre set",
    "oct october oktober octobre octubre outubro ottobre okt out ott",
    "nov november novembre noviembre novembro",
    "dec december dezember décembre decembre diciembre dezembro dicembre dez déc dic",
)
MONTHS: dict[str, int] = {
    name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()
}
"""Month names and their abbreviations in eight languages, lower case, without full stop."""

_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:1[4-9]|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_ISO = re.compile(
    r"(?<!\d)((?:1[4-9]|20)\d\d)\s?[-‐–/.年]\s?(\d{1,2})(?:\s?[-‐–/.月]\s?(\d{1,2}))?(?!\d)"
)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[-/.]\s?(\d{1,2})[-/.]\s?((?:1[4-9]|20)\d\d)(?!\d)")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_DAY_RANGE = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?\s?[-‐–—/]\s?\d{1,2}(?!\d)")
_DASH = re.compile(r"\s?(?:[-‐‑‒–—―−－~～〜]|--)[-‐–—]?\s?")
_PAGE_WORD = re.compile(
    r"^\W*(?:(?:pages?|pgs?|pp|p|seiten?|páginas?|págs?|pagg?|стр)(?:[.:\s]+|(?=\d))"
    r"|(?:ss|s|c)[.:]\s?|第(?=\d))",
    re.IGNORECASE,
)
_PAGE_COUNT = re.compile(r"\d{1,5}\s?(?:pp?|pages|pgs|s|seiten|页)\.?", re.IGNORECASE)
_PAGE = re.compile(r"[^\W\d_]{0,10}\s?\d[\w.:/]{0,30}|[ivxlcdm]{1,10}|\w{1,20}", re.IGNORECASE)
_PREFIXED = re.compile(r"(\D*)(\d+)(\D*)")
_VOLUME_WORD = r"(?:volumes?|vols?|v|bd|band|jg|jahrgang|tomo?|tome|t|том|т)"
_ISSUE_WORD = r"(?:numbers?|nos?|nr|n[º°o]|num|núm|issues?|iss|heft|h|n|fasc|№)"
_SIZED = r"[A-Za-z]{0,4}\d{1,6}[A-Za-z]{0,2}(?:\s?[-–/]\s?\d{1,4})?|[IVXLCDM]{1,9}"
_VOLUME = re.compile(
    rf"^[\s,;]*(?:(?P<word>{_VOLUME_WORD})\s?[.:]?\s?)?(?P<volume>{_SIZED})(?![\w])"
    rf"(?P<issue>\s?[(（]\s?(?:{_ISSUE_WORD}\s?[.:]?\s?)?(?P<inner>[^()（）]{{1,40}}?)\s?[)）]"
    rf"|[\s,;:/.]{{0,3}}{_ISSUE_WORD}(?:\s?[.:]\s?|\s?)(?P<outer>[A-Za-z]?\d[\w/–-]{{0,12}}))?",
    re.IGNORECASE,
)
_ISSUE_ALONE = re.compile(
    rf"^[\s,;]*(?:[(（]\s?(?P<inner>[^()（）]{{1,40}})\s?[)）]"
    rf"|{_ISSUE_WORD}(?:\s?[.:]\s?|\s?)(?P<outer>[A-Za-z]?\d[\w/–-]{{0,12}}))",
    re.IGNORECASE,
)
_MAX_MONTH, _MIN_COMPACT = 12, 8


def parse_year(text: str) -> int | None:
    """Read the first year, 1400 to 2099; None where there is none.

    Examples
    --------
    >>> parse_year("(2001a)")
    2001
    """
    match = _YEAR.search(_half_width(str(text)))
    return int(match.group(1)) if match else None


def parse_date(text: str) -> str | None:
    """Read a date in any usual form.

    Parameters
    ----------
    text : str
        A date with its year; the month may be a name in one of eight languages.

    Returns
    -------
    str or None
        ISO 8601, as precise as printed: year, year and month, or day. A range of days
        gives its month; 3/4/2020, which may be March or April, gives its year.

    Examples
    --------
    >>> parse_date("February 27, 2025")
    '2025-02-27'
    >>> parse_date("2001 Mar")
    '2001-03'
    """
    text = _half_width(text)
    for pattern in (_ISO, _COMPACT):
        if match := pattern.search(text):
            return _iso(match.group(1), match.group(2), match.group(3))
    if match := _NUMERIC.search(text):
        first, second, year = match.groups()
        if int(second) > _MAX_MONTH:
            return _iso(year, first, second)
        return _iso(year, second, first) if int(first) > _MAX_MONTH or first == second else year
    year_match = _YEAR.search(text)
    if year_match is None:
        return None
    around = text[: year_match.start()] + " \0 " + text[year_match.end() :]
    return _iso(year_match.group(1), *_month_and_day(around))


def parse_pages(text: str) -> list[tuple[str, str]]:
    """Read a list of pages.

    Parameters
    ----------
    text : str
        Pages as printed, with or without "pp.".

    Returns
    -------
    list of (first, last)
        One pair per range; a single page is its own last. A shortened last page is
        written out. A number of pages ("312 p.") gives no pair.

    Examples
    --------
    >>> parse_pages("18–25 + 45")
    [('18', '25'), ('45', '45')]
    >>> parse_pages("pp. 1215-8")
    [('1215', '1218')]
    """
    text = " ".join(_half_width(text).split())
    if _PAGE_COUNT.fullmatch(text):
        return []
    text = _PAGE_WORD.sub("", text)
    ranges = []
    for piece in re.split(r"[,;+&，；、]|\sand\s|\sund\s", text):
        ends = [end.strip(" .()[]:") for end in _DASH.split(piece.strip(), maxsplit=1)]
        ends = [_PAGE_WORD.sub("", end) if end[:1] in "pP" else end for end in ends]
        if not _PAGE.match(ends[0]):
            continue
        first = ends[0].removesuffix("ff").removesuffix("f").strip() or ends[0]
        last = ends[1] if len(ends) > 1 and ends[1] else first
        ranges.append((first, _written_out(first, last)))
    return ranges


def split_volume(text: str) -> tuple[str | None, str | None, str | None]:
    """Split what is printed of volume, issue and the rest.

    Parameters
    ----------
    text : str
        Such as "38(3): 168–177", "vol. 5, no. 1" or "2025(1)".

    Returns
    -------
    volume, issue, rest : str or None
        The volume is None where a year stands in its place without the word volume;
        rest is what follows, without the signs between.

    Examples
    --------
    >>> split_volume("38(3): 168–177")
    ('38', '3', '168–177')
    >>> split_volume("2025(1)")
    (None, '1', None)
    """
    text = " ".join(_half_width(text).split())
    if match := _ISSUE_ALONE.match(text):
        volume = None
    elif match := _VOLUME.match(text):
        volume = match["volume"]
        if _YEAR.fullmatch(volume) and not match["word"]:
            volume = None
    else:
        return None, None, text or None
    issue = match["inner"] or match["outer"]
    rest = text[match.end() :].strip(" ,;:.")
    return volume, issue.strip() if issue else None, rest or None


def _half_width(text: str) -> str:
    """Full-width digits and signs as ASCII."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _month_and_day(around: str) -> tuple[str | None, str | None]:
    """Find a named month and the day beside it in a date whose year is taken out."""
    tokens = _TOKEN.findall(around)
    at = next((i for i, token in enumerate(tokens) if token.lower() in MONTHS), None)
    if at is None:
        return None, None
    month = str(MONTHS[tokens[at].lower()])
    if _DAY_RANGE.search(around):
        return month, None
    beside = [*tokens[at + 1 : at + 2], *reversed(tokens[max(at - 2, 0) : at])]
    day = next((token for token in beside if token.isdigit() and len(token) <= 2), None)  # noqa: PLR2004
    return month, day


def _iso(year: str, month: str | None, day: str | None) -> str:
    """Put a date together, dropping a month or day that cannot be."""
    if month is None or not 1 <= int(month) <= _MAX_MONTH:
        return year
    if day is not None:
        try:
            return dt.date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            pass
    return f"{year}-{int(month):02d}"


def _written_out(first: str, last: str) -> str:
    """Write a shortened last page out: 1215-8 ends at 1218."""
    before, after = _PREFIXED.fullmatch(first), _PREFIXED.fullmatch(last)
    if before is None or after is None or after.group(1) not in ("", before.group(1)):
        return last
    head, start, _ = before.groups()
    stop = after.group(2)
    if len(stop) < len(start):
        stop = start[: -len(stop)] + stop
        if int(stop) < int(start):
            return last
    return f"{head}{stop}{after.group(3)}"
