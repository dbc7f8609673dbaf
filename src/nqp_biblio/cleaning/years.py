"""Years and volumes: rules over what is printed in their place."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["YearReading", "clean_year", "is_year_as_volume", "read_year"]

EARLIEST, LATEST = 1400, 2100

_FOUR_DIGITS = r"(?<!\d)(1[4-9]\d\d|20\d\d|2100)"
_PENDING = re.compile(
    r"(?:articles?\s)?in[\s-]?press|forth[\s-]?coming|to\sappear|accepted|submitted|under\sreview|"
    r"in\spreparation|online\sfirst|early\saccess|ahead\sof\sprint|im\sdruck|im\serscheinen|"
    r"sous\spresse|à\sparaître|en\sprensa|no\sprelo|in\scorso\sdi\sstampa|"
    r"待刊|待发表|待出版|即将出版|预印|印刷中",
    re.IGNORECASE,
)
_UNDATED = re.compile(
    r"n\.?\s?d\.?|no\sdate|undated|s\.?\s?[ad]\.?|sine\sanno|sans\sdate|o\.?\s?j\.?|"
    r"無日期|无日期|年代不详|日期不详|\?+|-+|unknown",
    re.IGNORECASE,
)
_RANGE = re.compile(_FOUR_DIGITS + r"\s?[-‐‑–—/~～]{1,2}\s?(?:\d{4}|\d{2})(?!\d)")
_CHINESE = re.compile(_FOUR_DIGITS + r"\s?年")
_SUFFIXED = re.compile(_FOUR_DIGITS + r"\s?[a-z](?![a-z])", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:\bc|©|\bp|℗|\bcop(?:yright|\.)?|\bca?\.)\s?" + _FOUR_DIGITS, re.IGNORECASE
)
_BRACKETED = re.compile(r"^[\[(［（<]\s?" + _FOUR_DIGITS + r"\s?\??\s?[\])］）>]$")
_PLAIN = re.compile(_FOUR_DIGITS + r"(?!\d)")
_TWO_DIGITS = re.compile(r"\W?\d\d")
_VOLUME_IS_YEAR = re.compile(r"(?:1[4-9]|20)\d\d")


class YearReading(NamedTuple):
    """A year, None where there is none, and the rule that read it."""

    year: int | None
    rule: str


def _reader(pattern: re.Pattern[str]) -> Callable[[str], int | None]:
    """Return a function that reads the year in the first group of a pattern."""

    def read(text: str) -> int | None:
        """Return the first group as a year."""
        match = pattern.search(text)
        return int(match.group(1)) if match else None

    return read


_READERS: tuple[tuple[str, Callable[[str], int | None]], ...] = (
    ("first-year-of-range", _reader(_RANGE)),
    ("chinese-year", _reader(_CHINESE)),
    ("year-with-letter", _reader(_SUFFIXED)),
    ("copyright-year", _reader(_COPYRIGHT)),
    ("bracketed-year", _reader(_BRACKETED)),
    ("year-in-text", _reader(_PLAIN)),
)


def read_year(text: str) -> YearReading:
    """Read a year as printed, and say by which rule.

    Parameters
    ----------
    text : str
        What stands in the place of the year.

    Returns
    -------
    YearReading
        The year is None for works in press, without date or with two digits alone, which
        are never guessed.

    Examples
    --------
    >>> read_year("1998–2001")
    YearReading(year=1998, rule='first-year-of-range')
    >>> read_year("待刊").rule
    'not-yet-published'
    """
    text = " ".join(unicodedata.normalize("NFKC", text[:200]).split())
    for rule, read in _READERS:
        year = read(text)
        if year is not None:
            return YearReading(year, rule)
    if _PENDING.search(text):
        return YearReading(None, "not-yet-published")
    if _UNDATED.fullmatch(text.strip(" ()[].,;")) or not text:
        return YearReading(None, "undated")
    if _TWO_DIGITS.fullmatch(text):
        return YearReading(None, "two-digit-year")
    if any(sign.isdigit() for sign in text):
        return YearReading(None, "impossible-year")
    return YearReading(None, "no-year")


def clean_year(year: int | None, year_raw: str | None) -> YearReading | None:
    """Say what the year of a work should be, where it is not that already.

    Parameters
    ----------
    year : int or None
        The year as read.
    year_raw : str or None
        The year as printed.

    Returns
    -------
    YearReading or None
        None where nothing is to say. A year that is missing comes back as None with the
        rule that says why, where something is printed in its place. What a reader made of a
        date elsewhere in the record is kept unless it is impossible or stands in a range
        printed here.

    Examples
    --------
    >>> clean_year(None, "2003a")
    YearReading(year=2003, rule='year-with-letter')
    >>> clean_year(3021, None)
    YearReading(year=None, rule='impossible-year')
    """
    if year is not None and not EARLIEST <= year <= LATEST:
        reading = read_year(year_raw) if year_raw else YearReading(None, "impossible-year")
        return reading if reading.year is not None else YearReading(None, "impossible-year")
    if not year_raw or (year is not None and year_raw.strip() == str(year)):
        return None
    reading = read_year(year_raw)
    if year is None:
        return reading
    if reading.year is None or reading.year == year:
        return None
    if reading.rule == "first-year-of-range" and str(year)[2:] in year_raw:
        return reading
    return None


def is_year_as_volume(volume: str | None, issue: str | None, year: int | None) -> bool:
    """Tell a year printed in the place of the volume, as in 2025(3).

    Examples
    --------
    >>> is_year_as_volume("2025", "3", 2025), is_year_as_volume("2025", None, 2025)
    (True, False)
    """
    if not volume or not issue or year is None or not _VOLUME_IS_YEAR.fullmatch(volume.strip()):
        return False
    return int(volume) == year
