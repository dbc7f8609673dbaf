"""Where a part stands: the host item of MARC, with the volume, issue and pages in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.marc_fields import unpunctuated
from nqp_biblio.text.identifiers import clean_isbn
from nqp_biblio.text.numbers import parse_pages, parse_year

if TYPE_CHECKING:
    from nqp_biblio.readers.marc_fields import MarcField, MarcRecord
    from nqp_biblio.record import Record

__all__ = ["take_host"]

_CODED = re.compile(r"(volume|year|number|pages|month|day|date|elocationid|supplement):(.{1,80})")
"""Parts as union catalogues code them, one a subfield: "volume:50"."""

_PAGES = re.compile(
    r"(?:\bpp?\.?|\bpages?|\bSeiten?|\bS\.|:)\s?"
    r"([A-Za-z]?\d{1,7}(?:\s?[-–]\s?[A-Za-z]?\d{1,7})?|[ivxlc]{1,9}\s?[-–]\s?[ivxlc]{1,9})",
    re.IGNORECASE,
)
_VOLUME = re.compile(
    r"\b(?:vol(?:ume|\.)?|v\.|band|bd\.?|jg\.?|jahrgang|tome|tomo|t\.)\s?(\w{1,12})", re.IGNORECASE
)
_ISSUE = re.compile(
    r"\b(?:no\.?|nos\.|number|nr\.?|issue|iss\.?|heft|h\.|núm\.?|n°)\s?([\w/–-]{1,20})",
    re.IGNORECASE,
)
_BARE = re.compile(r"\s?(\d{1,5})\s?(?:\((\d{4})\)|$)(?:\s?,?\s?(\d{1,4})(?=$|[,;:\s]))?")
"""A volume with its year alone, "50 (2023)", perhaps with the issue behind."""

_STATEMENT = re.compile(r"\s/\s.*$")


def take_host(record: Record, marc: MarcRecord) -> str | None:
    """Read the host item of a part.

    Parameters
    ----------
    record : Record
        The record that takes title, numbers, pages, ISSN and ISBN of the host.
    marc : MarcRecord
        The record of the catalogue.

    Returns
    -------
    str or None
        What the host seems to be: journal, book, or None where there is no host.
    """
    hosts = list(marc.tagged("773"))
    if not hosts:
        return None
    titled = next((one for one in hosts if one.first("t")), hosts[0])
    title = _STATEMENT.sub("", titled.first("t")) or titled.first("a")
    record.source_raw = unpunctuated(title) or None
    for host in hosts:
        _take_parts(record, host)
    for host in hosts:
        record.issn = record.issn or host.first("x") or None
        number = host.first("z")
        record.isbn = record.isbn or clean_isbn(number) or number or None
        for code, name in (("a", "host.author"), ("b", "host.edition"), ("d", "host.imprint")):
            if text := unpunctuated(host.first(code)):
                record.fields.append((name, text))
        for text in host.every("gkw"):
            if not _CODED.fullmatch(text):
                record.fields.append(("773", text))
    record.pages = parse_pages(record.pages_raw) if record.pages_raw else []
    is_journal = any(host.first("x") for host in hosts) or (record.volume and record.issue)
    return "journal" if is_journal else "book"


def _take_parts(record: Record, host: MarcField) -> None:
    """Read volume, issue, pages and year, coded or in words."""
    for text in host.every("g"):
        coded = _CODED.fullmatch(text.strip())
        if coded is not None:
            _take_coded(record, coded[1], coded[2].strip())
            continue
        pages, volume, issue = (p.search(text) for p in (_PAGES, _VOLUME, _ISSUE))
        bare = None if volume or pages else _BARE.match(text)
        record.pages_raw = record.pages_raw or (pages[1] if pages else None)
        record.volume = record.volume or (volume[1] if volume else bare[1] if bare else None)
        record.issue = record.issue or (issue[1] if issue else bare[3] if bare else None)
        if record.year_raw is None and (year := parse_year(text)) is not None:
            record.year_raw = str(year)
    for text in host.every("q"):
        before, _, first = text.partition("<")
        levels = [level.strip() for level in before.split(":")]
        record.volume = record.volume or levels[0] or None
        record.issue = record.issue or (levels[1] if len(levels) > 1 else None) or None
        record.pages_raw = record.pages_raw or first.strip() or None


def _take_coded(record: Record, name: str, text: str) -> None:
    """Take one coded part."""
    if name in ("volume", "number", "pages", "elocationid"):
        attribute = {
            "number": "issue",
            "pages": "pages_raw",
            "elocationid": "article_number",
        }.get(name, name)
        if getattr(record, attribute) is None:
            setattr(record, attribute, text)
    elif name == "year" and record.year_raw is None:
        record.year_raw = text
