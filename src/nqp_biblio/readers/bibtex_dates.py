"""Year, month, day and date of a BibTeX or biblatex entry."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nqp_biblio.text.numbers import parse_date, parse_year

if TYPE_CHECKING:
    from nqp_biblio.record import Record

__all__ = ["set_dates"]

_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T[\d:.Z+-]{1,30})?")
_YEAR = re.compile(r"(?<![\d-])(1[4-9]\d\d|20\d\d)(?!\d)")
_MONTH_AND_DAY = re.compile(r"([^\W\d_]{3,12})\.?(?: ?(?:,|~)? ?(\d{1,2}))?\.?")
_MONTHS_OF_YEAR = 12


def set_dates(record: Record, found: dict[str, str]) -> str | None:
    """Set year and date of a record.

    Parameters
    ----------
    record : Record
        The record to fill.
    found : dict of str to str
        The fields ``date``, ``year``, ``month`` and ``day`` as far as the entry has them.
        What is used up is taken out of it.

    Returns
    -------
    str or None
        What is wrong, where there is a year that is none.
    """
    date, year = found.pop("date", ""), found.pop("year", "")
    if date and _read_date(record, date):
        if year and parse_year(year) != record.publication_year:
            found["year"] = year
        _complete(record, found)
        return None
    if date:
        found["date"] = date
    record.year_raw = year or date or None
    if not record.year_raw:
        return None
    match = _YEAR.search(record.year_raw)
    if match is None:
        return f"no year in {record.year_raw[:80]!r}; the year is left empty"
    record.publication_year = int(match[1])
    if date:
        found.pop("date")
    _read_month(record, found)
    return None


def _read_date(record: Record, date: str) -> bool:
    """Read biblatex's date, 2001-05-12 or a range of such."""
    first = date.split("/", 1)[0].strip(" ~?%")
    if first.startswith("-"):
        return False
    iso = _ISO.fullmatch(first)
    text = _checked(iso[1], iso[2], iso[3]) if iso else parse_date(first)
    if text is None or parse_year(text) is None:
        return False
    record.publication_year = parse_year(text)
    record.publication_date = text if len(text) > 4 else None  # noqa: PLR2004
    record.year_raw = text[:4] if text == date else date
    return True


def _complete(record: Record, found: dict[str, str]) -> None:
    """Take month and day beside a date: they add to it, or they agree and are dropped."""
    month_raw, day = found.get("month", ""), found.get("day", "")
    if record.publication_date is None:
        _read_month(record, found)
        return
    number, inner_day = _month_of(month_raw) if month_raw else (None, None)
    parts = [int(part) for part in record.publication_date.split("-")]
    days = {int(text) for text in (day, inner_day) if text and text.isdigit()}
    if number == parts[1] and days <= set(parts[2:]) and _is_plain(month_raw):
        found.pop("month")
        found.pop("day", None)


def _read_month(record: Record, found: dict[str, str]) -> None:
    """Read the month, with the day in it or beside it."""
    month_raw, day = found.pop("month", ""), found.pop("day", "")
    number, inner_day = _month_of(month_raw) if month_raw else (None, None)
    if not month_raw and record.year_raw != str(record.publication_year):
        printed = parse_date(record.year_raw or "") or ""
        record.publication_date = printed if len(printed) > len("2001") else None
    if number is None:
        found |= {name: text for name, text in (("month", month_raw), ("day", day)) if text}
        return
    record.publication_date = _checked(
        f"{record.publication_year:04d}", f"{number:02d}", (day or inner_day or "").zfill(2)
    )
    kept = record.publication_date.split("-")
    if not _is_plain(month_raw) or (inner_day and len(kept) < 3):  # noqa: PLR2004
        found["month"] = month_raw
    if day and (len(kept) < 3 or int(kept[2]) != int(day)):  # noqa: PLR2004
        found["day"] = day


@lru_cache(maxsize=1_000)
def _month_of(month: str) -> tuple[int | None, str | None]:
    """Read "mar", "March", "3", "MAR 16" or "MAR-APR" (which begins in March)."""
    from bibtexparser.middlewares import MonthIntMiddleware
    from bibtexparser.model import Field

    number, _ = MonthIntMiddleware().resolve_month_field_val(Field("month", month))
    if isinstance(number, int):
        return number, None
    date = (parse_date(f"{month} 2001") or "").split("-")
    if len(date) == 1:
        return None, None
    return int(date[1]), date[2] if len(date) == 3 else None  # noqa: PLR2004


def _is_plain(month: str) -> bool:
    """Tell a month that is one month, with or without a day, from a range or a season."""
    return month.isdigit() or _MONTH_AND_DAY.fullmatch(month) is not None


def _checked(year: str, month: str | None, day: str | None) -> str:
    """Put a date together, dropping a month or day that cannot be."""
    if not month or not 1 <= int(month) <= _MONTHS_OF_YEAR:
        return year
    if day and day.isdigit():
        try:
            return dt.date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            pass
    return f"{year}-{month}"
