"""Dates in MODS: of issue, copyright and creation, alone and as ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.readers.xml_door import local_name, text_of
from nqp_biblio.record import Problem
from nqp_biblio.text.numbers import parse_date, parse_year

if TYPE_CHECKING:
    from lxml.etree import _Element

    from nqp_biblio.record import Record

__all__ = ["take_dates"]

_ORDER = ("dateIssued", "keyDate", "copyrightDate", "dateCreated", "date")
"""The date of issue is that of publication; then comes the one the record calls its key."""


def take_dates(record: Record, mods: _Element, host: _Element | None) -> None:
    """Read the year of publication and the date that goes with it; others are kept.

    Parameters
    ----------
    record : Record
        The record.
    mods, host : element
        The work, and the related item that it stands in.
    """
    dates = _dates(mods)
    of_host = _dates(host) if host is not None else []
    chosen = _best(dates) or _best(of_host)
    if chosen is not None:
        record.year_raw = chosen
        record.publication_year = parse_year(chosen)
    exact = [parse_date(text) for _, text in (*dates, *of_host) if _is_of(text, record)]
    longer = [date for date in exact if date and len(date) > len("2001")]
    record.publication_date = max(longer, key=len, default=None)
    if chosen is None and dates:
        reason = f"no year in {dates[0][1][:80]!r}; the year is left empty"
        record.problems.append(Problem(record.file or "", record.line, dates[0][1], reason))
        record.year_raw = dates[0][1]
    for name, text in dates:
        if text not in (record.year_raw, record.publication_date, str(record.publication_year)):
            record.fields.append((name.partition(" ")[0], text))


def _is_of(text: str, record: Record) -> bool:
    """Whether a date is of the year of publication."""
    year = parse_year(text)
    return year is not None and year == record.publication_year


def _dates(element: _Element) -> list[tuple[str, str]]:
    """Return the dates with their names; marks of key, start and encoding are in the name."""
    found: list[tuple[str, str]] = []
    for origin in element.findall("{*}originInfo") + element.findall("{*}part"):
        for date in origin:
            name, text = local_name(date), text_of(date)
            if text and ("date" in name.casefold()):
                marks = [name, "key" if date.get("keyDate") == "yes" else ""]
                marks += [date.get("point", ""), "coded" if date.get("encoding") else ""]
                found.append((" ".join(filter(None, marks)), text))
    return found


def _best(dates: list[tuple[str, str]]) -> str | None:
    """Return the text of the best date that has a year."""
    with_year = [(name.split(), text) for name, text in dates if parse_year(text) is not None]
    for wanted in _ORDER:
        fit = [
            (marks, text)
            for marks, text in with_year
            if marks[0] == wanted or (wanted == "keyDate" and "key" in marks)
        ]
        if fit:
            ranked = sorted(fit, key=lambda date: _rank(date[0]))
            return ranked[0][1]
    return None


def _rank(marks: list[str]) -> tuple[bool, bool, bool]:
    """Order dates of one kind: the beginning of a range, then key dates, then coded ones."""
    return ("end" in marks or "start" not in marks, "key" not in marks, "coded" not in marks)
