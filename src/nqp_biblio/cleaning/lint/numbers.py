"""Rules of the lint on years, volumes, issues and pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.cleaning.lint.work import Found, Rule
from nqp_biblio.cleaning.years import is_year_as_volume

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.cleaning.lint.work import Work

__all__ = ["RULES", "future_rule"]

_OLDEST = 1500
_NEEDS_YEAR = frozenset(
    ("article-journal", "book", "chapter", "paper-conference", "report", "thesis")
)
_PLACEHOLDERS = frozenset(
    [
        "null",
        "nan",
        "na",
        "n/a",
        "none",
        "vol",
        "volume",
        "no",
        "number",
        "issue",
        "-",
        "--",
        "?",
        "unknown",
        "volnum",
        "issuenum",
    ]
)
_ROMAN = re.compile(r"[ivxlcdm]{1,8}", re.IGNORECASE)
_WITH_ISSUE = re.compile(r"\s?(\d{1,5})\s?\((\d{1,4}(?:[-–/]\d{1,4})?)\)\s?")
_SAYS_ISSUE = re.compile(
    r"suppl|spec|issue|part|pt\b|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer"
    r"|fall|autumn|winter|easter|christmas|series|annual|seminar|edition|extra",
    re.IGNORECASE,
)
_LONGEST_VOLUME, _LONGEST_ISSUE, _SHORT = 25, 40, 3
_SHORTENED = re.compile(r"\s?(\d{2,5})\s?[-‐‑–—]{1,2}\s?(\d{1,4})\s?")
_LONGEST_PAGE = 5
_PUBMED = "pubmed"


def _no_year(work: Work) -> Iterator[Found]:
    raw = work["year_raw"]
    if work["publication_year"] is not None or not (raw or work["type"] in _NEEDS_YEAR):
        return
    message = f"no year in {raw!r}" if raw else "no year"
    yield Found("publication_year", raw, message)


def _old_year(work: Work) -> Iterator[Found]:
    year = work["publication_year"]
    if year is not None and year < _OLDEST:
        yield Found("publication_year", str(year), f"the year {year} is before {_OLDEST}")


def _year_and_date(work: Work) -> Iterator[Found]:
    year, date = work["publication_year"], work["publication_date"]
    if year is not None and date and date[:4].isdigit() and int(date[:4]) != year:
        yield Found("publication_date", date, f"the year is {year}, the date {date}")


def _year_as_volume(work: Work) -> Iterator[Found]:
    volume, year = work["volume"], work["publication_year"]
    printed = work["volume_raw"] or volume
    if volume and is_year_as_volume(printed, work["issue"], year):
        yield Found("volume", printed, f"the volume {printed} is the year")


def _odd_volume(work: Work) -> Iterator[Found]:
    volume = (work["volume"] or "").strip()
    if not volume or not volume.isascii():
        return
    both = _WITH_ISSUE.fullmatch(volume)
    if both:
        yield Found("volume", volume, f"the volume {volume!r} holds the issue {both.group(2)}")
    elif _is_placeholder(volume) or len(volume) > _LONGEST_VOLUME or not _may_be_volume(volume):
        yield Found("volume", volume, f"{volume!r} is an odd volume")


def _may_be_volume(volume: str) -> bool:
    has_digit = any(map(str.isdigit, volume))
    return (
        has_digit
        or len(volume) <= _SHORT
        or _ROMAN.fullmatch(volume) is not None
        or bool(_SAYS_ISSUE.search(volume))
    )


def _is_placeholder(text: str) -> bool:
    return text.casefold() in _PLACEHOLDERS


def _odd_issue(work: Work) -> Iterator[Found]:
    issue = (work["issue"] or "").strip()
    if not issue or not issue.isascii():
        return
    says_one = any(map(str.isdigit, issue)) or len(issue) <= _SHORT or _SAYS_ISSUE.search(issue)
    if _is_placeholder(issue) or len(issue) > _LONGEST_ISSUE or not says_one:
        yield Found("issue", issue, f"{issue!r} is an odd issue")


def _reversed_pages(work: Work) -> Iterator[Found]:
    for first, last in work.pages:
        if _is_page(first) and _is_page(last) and int(first or 0) > int(last or 0):
            message = f"the pages {first} to {last} run backwards"
            yield Found("pages_raw", work["pages_raw"], message)


def _is_page(text: str | None) -> bool:
    """Tell a page from the number of an article, which has its count of pages behind it."""
    return text is not None and text.isdecimal() and len(text) <= _LONGEST_PAGE


def _short_pages(work: Work) -> Iterator[Found]:
    """Find 1024-31; PubMed writes all pages so, and is left alone."""
    raw = work["pages_raw"] or ""
    match = _SHORTENED.fullmatch(raw)
    if match is None or (work["format"] or "").startswith(_PUBMED):
        return
    first, last = match.groups()
    whole = first[: len(first) - len(last)] + last
    if len(last) < len(first) and int(whole) > int(first):
        yield Found("pages_raw", raw, f"the last page of {raw} is cut short", f"{first}-{whole}")


def future_rule(newest: int) -> Rule:
    """Return the rule on years that are still to come.

    Parameters
    ----------
    newest : int
        The newest year that may be.
    """

    def find(work: Work) -> Iterator[Found]:
        """Find a year after the newest one."""
        year = work["publication_year"]
        if year is not None and year > newest:
            yield Found("publication_year", str(year), f"the year {year} is after {newest}")

    return Rule("Y002", "error", "year in the future", find)


RULES = (
    Rule("Y001", "warning", "no year", _no_year),
    Rule("Y003", "warning", "year before 1500", _old_year),
    Rule("Y004", "warning", "year that is not that of the date", _year_and_date),
    Rule("Y005", "warning", "year in the place of the volume", _year_as_volume),
    Rule("P001", "error", "pages that run backwards", _reversed_pages),
    Rule("P002", "info", "last page cut short: 1024-31", _short_pages),
    Rule("P003", "warning", "volume that is none", _odd_volume),
    Rule("P004", "warning", "issue that is none", _odd_issue),
)
"""Rules on numbers."""
