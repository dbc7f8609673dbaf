"""What a work of DataCite stands in, and what it cites: containers and related items."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.datacite_people import listed, plain, take_people
from nqp_biblio.record import CitedReference, Record
from nqp_biblio.text.identifiers import clean_doi, clean_isbn
from nqp_biblio.text.numbers import parse_pages, parse_year

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["take_related"]

_CITING = frozenset(("cites", "references"))
_WITHIN = frozenset(("ispublishedin", "ispartof"))
_HOST_KINDS = frozenset(("journal", "book", "conferenceproceeding", "collection"))
_PAGE = re.compile(r"[A-Za-z]{0,8}[.-]?\d{1,10}[A-Za-z]{0,3}|[ivxlc]{1,9}", re.IGNORECASE)
_SERIES = re.compile(
    r"(?P<title>[^,]{2,200}(?:, [^,\d]{2,100}){0,3}), (?P<volume>[\w.]{1,20})"
    r"(?:\s?\((?P<issue>[^()]{1,30})\))?, (?P<pages>[A-Za-z]?\d{1,8}\s?[-–]\s?[A-Za-z]?\d{1,8})"
)
"""A description of the form "title, volume(issue), first-last"."""


def take_related(record: Record, left: dict[str, Any]) -> None:
    """Read where the work was published, and its list of references.

    Parameters
    ----------
    record : Record
        The record, whose type is known.
    left : dict
        The properties of the work; what is read is taken out.
    """
    items = [item for item in listed(left.pop("relatedItems", None)) if isinstance(item, dict)]
    host = _host(record, items)
    container = left.pop("container", None)
    if host is not None:
        _take_host(record, host)
    if isinstance(container, dict):
        _take_container(record, container)
    if host is None and not record.source_raw and not record.series:
        _take_series_text(record, left)
    record.pages = parse_pages(record.pages_raw) if record.pages_raw else []
    for item in listed(left.pop("relatedIdentifiers", None)):
        if isinstance(item, dict):
            _take_identifier(record, item)
    for item in items:
        if item is not host:
            _take_other(record, item)


def _relation(item: dict[str, Any]) -> str:
    """Return how an item is related, in lower case."""
    return plain(item.get("relationType")).casefold()


def _host(record: Record, items: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the item that the work stands in; a journal counts whatever it is said to be."""
    within = [item for item in items if _relation(item) in _WITHIN]
    hosts = [item for item in within if _kind(item) in _HOST_KINDS] or within
    if not hosts and record.type == "article-journal":
        hosts = [i for i in items if _kind(i) == "journal" and _relation(i) not in _CITING]
    return next((item for item in hosts if _title(item)), None)


def _kind(item: dict[str, Any]) -> str:
    """Return what kind of item it is, in lower case."""
    return plain(item.get("relatedItemType")).casefold()


def _title(item: dict[str, Any]) -> str:
    """Return the title of an item with its subtitle."""
    found = {"": "", "subtitle": ""}
    for title in listed(item.get("titles")):
        if isinstance(title, dict) and plain(title.get("title")):
            found.setdefault(plain(title.get("titleType")).casefold(), "")
            kind = plain(title.get("titleType")).casefold()
            found[kind] = found[kind] or plain(title.get("title"))
    return ": ".join(filter(None, (found[""], found["subtitle"])))


def _take_host(record: Record, host: dict[str, Any]) -> None:
    """Read title, volume, issue, pages and editors of the journal or book."""
    record.source_raw = _title(host)
    _take_numbers(record, host)
    number, kind = plain(host.get("number")), plain(host.get("numberType"))
    if number and kind.casefold() == "article":
        record.article_number = number
    elif number:
        record.fields.append((f"number.{kind}" if kind else "number", number))
    if kind_of := listed(host.get("relatedItemIdentifier")):
        _take_host_number(record, kind_of[0])
    year = plain(host.get("publicationYear"))
    if record.type == "chapter" and parse_year(year) not in (None, record.publication_year):
        record.fields.append(("publicationYear", record.year_raw or ""))
        record.year_raw, record.publication_year = year, parse_year(year)
        record.publication_date = None
    aside = Record(type=record.type)
    take_people(aside, host.get("creators"), host.get("contributors"))
    record.people += [person for person in aside.people if person.role != "author"]
    names = [person.raw or person.display for person in aside.people_of("author")]
    record.fields += [("container.creator", name) for name in names]
    for name in ("publisher", "edition"):
        if text := plain(host.get(name)):
            record.fields.append((f"container.{name}", text))


def _take_host_number(record: Record, item: object) -> None:
    """Read ISSN or ISBN of the journal or book; other identifiers are kept."""
    if not isinstance(item, dict):
        return
    number = plain(item.get("relatedItemIdentifier"))
    _take_number(record, number, plain(item.get("relatedItemIdentifierType")))


def _take_number(record: Record, number: str, kind: str) -> None:
    """Take an ISSN or ISBN of what the work stands in where the place is free."""
    if not number:
        return
    if kind == "ISSN" and record.issn in (None, _issn(number)):
        record.issn = _issn(number)
    elif kind == "ISBN" and record.isbn in (None, clean_isbn(number)):
        record.isbn = clean_isbn(number) or number
    else:
        record.fields.append((f"container.{kind}" if kind else "container", number))


def _issn(number: str) -> str:
    """Write an ISSN with its hyphen."""
    return f"{number[:4]}-{number[4:]}" if re.fullmatch(r"\d{7}[\dXx]", number) else number


def _take_numbers(record: Record, item: dict[str, Any]) -> None:
    """Read volume, issue and pages, as far as they are not known yet."""
    record.volume = record.volume or plain(item.get("volume")) or None
    record.issue = record.issue or plain(item.get("issue")) or None
    first, last = plain(item.get("firstPage")), plain(item.get("lastPage"))
    if not first or record.pages_raw:
        return
    if _PAGE.fullmatch(first) or last:
        record.pages_raw = f"{first}-{last}" if last and last != first else first
    else:
        record.fields.append(("firstPage", first))


def _take_container(record: Record, item: dict[str, Any]) -> None:
    """Read the container that the agency makes of several properties."""
    title = plain(item.get("title"))
    if title and record.type in ("book", "report", "thesis", "dataset", "software"):
        record.series = record.series or title
    elif title:
        record.source_raw = record.source_raw or title
    _take_numbers(record, item)
    _take_number(record, plain(item.get("identifier")), plain(item.get("identifierType")))


def _take_series_text(record: Record, left: dict[str, Any]) -> None:
    """Read a description of the series that has the usual form; another stays a description."""
    kept: list[Any] = []
    for item in listed(left.pop("descriptions", None)):
        kind = plain(item.get("descriptionType")) if isinstance(item, dict) else ""
        text = plain(item.get("description"))[:600] if kind == "SeriesInformation" else ""
        found = None if record.source_raw else _SERIES.fullmatch(text)
        if found is None:
            kept.append(item)
            continue
        record.source_raw = found["title"]
        record.volume, record.issue = found["volume"], found["issue"]
        record.pages_raw = found["pages"]
    left["descriptions"] = kept


def _take_identifier(record: Record, item: dict[str, Any]) -> None:
    """Read a related identifier: a reference, a number of the container, or another relation."""
    number, kind = plain(item.get("relatedIdentifier")), plain(item.get("relatedIdentifierType"))
    relation = _relation(item)
    if not number:
        return
    if relation in _CITING:
        doi = clean_doi(number) if kind.casefold() in ("doi", "url", "") else None
        record.cited_references.append(CitedReference(raw=number, doi=doi))
    elif relation in _WITHIN and kind in ("ISSN", "ISBN"):
        _take_number(record, number, kind)
    else:
        name = f"relatedIdentifier.{plain(item.get('relationType'))}"
        record.fields.append((name, number))


def _take_other(record: Record, item: dict[str, Any]) -> None:
    """Read a related item: a reference, or one whose title is kept."""
    title = _title(item)
    parts = list(_parts(item, title))
    if not parts:
        return
    raw = ", ".join(parts)
    if _relation(item) not in _CITING:
        record.fields.append((f"relatedItem.{plain(item.get('relationType'))}", raw))
        return
    number = item.get("relatedItemIdentifier")
    found = plain(number.get("relatedItemIdentifier")) if isinstance(number, dict) else ""
    aside = Record()
    take_people(aside, item.get("creators"), None)
    record.cited_references.append(
        CitedReference(
            raw=raw,
            first_author=aside.people[0].display if aside.people else None,
            publication_year=parse_year(plain(item.get("publicationYear"))),
            title=title or None,
            volume=plain(item.get("volume")) or None,
            first_page=plain(item.get("firstPage")) or None,
            doi=clean_doi(found) if found else None,
        )
    )


def _parts(item: dict[str, Any], title: str) -> Iterator[str]:
    """Yield the parts of an item in the order of a reference."""
    for creator in listed(item.get("creators")):
        if isinstance(creator, dict) and plain(creator.get("name")):
            yield plain(creator.get("name"))
    if title:
        yield title
    for name in ("publicationYear", "volume", "issue", "firstPage", "lastPage", "publisher"):
        if text := plain(item.get(name)):
            yield text
    number = item.get("relatedItemIdentifier")
    if isinstance(number, dict) and plain(number.get("relatedItemIdentifier")):
        yield plain(number.get("relatedItemIdentifier"))
