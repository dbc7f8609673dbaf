"""DOIs, pages and years as printed, where that says the same as what was read of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.text.identifiers import clean_doi
from nqp_biblio.text.numbers import parse_pages
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from nqp_biblio.record import Record

__all__ = ["first_and_last_page", "listed_pages", "printed_doi"]


def printed_doi(record: Record) -> str:
    """Return the DOI without address, in the case printed; as printed where it is none.

    Examples
    --------
    >>> from nqp_biblio.record import Record
    >>> printed_doi(Record(doi="10.1000/a", doi_raw="10.1000/A"))
    '10.1000/A'
    """
    raw = clean_text(record.doi_raw or "")
    if record.doi is None or (raw.startswith("10.") and clean_doi(raw) == record.doi):
        return raw
    return record.doi


def listed_pages(record: Record, dash: str = "-") -> str:
    """Return the pages on one line: as printed where that reads the same, else the ranges.

    Examples
    --------
    >>> from nqp_biblio.record import Record
    >>> listed_pages(Record(pages=[("18", "25"), ("45", "45")]))
    '18-25, 45'
    """
    raw = clean_text(record.pages_raw or "")
    if raw and parse_pages(raw) == record.pages:
        return raw
    return ", ".join(a if a == b else f"{a}{dash}{b}" for a, b in record.pages) or raw


def first_and_last_page(record: Record) -> tuple[str, str]:
    """Return what stands for the first and for the last page; the last is empty for one page.

    Examples
    --------
    >>> from nqp_biblio.record import Record
    >>> first_and_last_page(Record(pages=[("18", "25")]))
    ('18', '25')
    >>> first_and_last_page(Record(pages_raw="14-27+44", pages=[("14", "27"), ("44", "44")]))
    ('14', '27+44')
    """
    listed = listed_pages(record)
    before, dash, behind = listed.partition("-")
    if dash and before and behind and len(listed) < _LONGEST:
        return before, behind
    if len(record.pages) == 1:
        first, last = record.pages[0]
        return first, last if last != first else ""
    return listed, ""


_LONGEST = 100
