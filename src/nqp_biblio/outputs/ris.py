"""Works as RIS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.outputs.printed_numbers import printed_doi
from nqp_biblio.readers.ris_tags import TAG_OF_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nqp_biblio.record import Person, Record

__all__ = ["format_ris"]

_PARTS = frozenset({"chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"})
_TAG = re.compile(r"[A-Z][A-Z0-9]")
_SINGLE = {
    "VL": "volume",
    "IS": "issue",
    "C7": "article_number",
    "PB": "publisher",
    "CY": "publisher_place",
    "ET": "edition",
    "T3": "series",
    "M3": "genre",
    "LA": "language",
    "UR": "url",
    "PM": "pmid",
    "AB": "abstract",
}
_PEOPLE = {"AU": "author", "A2": "editor", "A4": "translator"}


def format_ris(records: Iterable[Record]) -> str:
    r"""Write works as RIS.

    Parameters
    ----------
    records : iterable of Record
        The works, in order.

    Returns
    -------
    str
        One record a work with ``\n`` at line ends; several ranges of pages stand as a list
        under SP.

    Examples
    --------
    >>> from nqp_biblio.record import Record
    >>> format_ris([Record(key="a", type="book", title="T")]).splitlines()
    ['TY  - BOOK', 'ID  - a', 'TI  - T', 'ER  - ']
    """
    return "\n".join(_entry(record) for record in records)


def _entry(record: Record) -> str:
    """Return the lines of one work."""
    lines = [f"{tag}  - {' '.join(text.split())}" for tag, text in _lines(record) if text]
    return "\n".join([*lines, "ER  - ", ""])


def _lines(record: Record) -> Iterator[tuple[str, str]]:
    """Yield tags and values."""
    kept = dict(record.fields)
    yield "TY", kept.get("TY") or TAG_OF_TYPE.get(record.type or "", "GEN")
    yield "ID", record.key or ""
    for tag, role in _PEOPLE.items():
        yield from ((tag, _name(person)) for person in record.people_of(role))
    if record.et_al:
        yield "AU", "et al."
    yield "TI", record.title or ""
    yield "T2" if record.type in _PARTS else "JF", record.source_name or ""
    yield "PY", str(record.publication_year or record.year_raw or "")
    yield "DA", (record.publication_date or "").replace("-", "/")
    yield from _pages(record)
    for tag, attribute in _SINGLE.items():
        yield tag, getattr(record, attribute) or ""
    yield "DO", printed_doi(record)
    yield "SN", record.issn or ""
    yield "SN", record.isbn or ""
    yield from (("KW", word) for _, word in record.keywords)
    yield from (("AD", address) for address, _ in record.affiliations)
    yield from (pair for pair in record.fields if _TAG.fullmatch(pair[0]) and pair[0] != "TY")
    yield from (("N1", text) for name, text in record.fields if name in {"note", "annote"})


def _pages(record: Record) -> Iterator[tuple[str, str]]:
    """Yield first and last page, or a list where there are several ranges."""
    if len(record.pages) == 1:
        first, last = record.pages[0]
        yield "SP", first
        yield "EP", last if last != first else ""
    elif record.pages:
        yield "SP", ", ".join(a if a == b else f"{a}-{b}" for a, b in record.pages)
    else:
        yield "SP", record.pages_raw or ""


def _name(person: Person) -> str:
    """Return a name: "van der Berg, Jan, Jr."."""
    return person.display
