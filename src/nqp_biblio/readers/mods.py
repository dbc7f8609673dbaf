"""MODS: records of libraries and repositories in the Library of Congress's schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.mods_dates import take_dates
from nqp_biblio.readers.mods_names import take_names
from nqp_biblio.readers.mods_types import type_of_genres
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.xml_door import (
    elements,
    flat_text,
    local_name,
    looks_like_xml,
    text_at,
    text_of,
    texts_at,
)
from nqp_biblio.record import Problem, Record
from nqp_biblio.text.identifiers import clean_arxiv_id, clean_doi, clean_isbn
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.numbers import parse_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_ELEMENT = re.compile(r"<(?:[\w.-]{1,40}:)?mods(?:Collection)?[\s>]")
_NAMESPACE = re.compile(r"https?://www\.loc\.gov/(?:mods|standards/mods)")
_READ = frozenset(
    (
        *("titleInfo", "name", "originInfo", "relatedItem", "identifier", "language", "abstract"),
        *("subject", "part", "location", "recordInfo", "typeOfResource", "physicalDescription"),
    )
)
"""Elements that are read; the text of any other is kept as a field."""

_IDENTIFIERS = {"pmid": "pmid", "pubmed": "pmid", "arxiv": "arxiv_id", "citekey": "key"}
_PARTS = {
    "volume": "volume",
    "vol": "volume",
    "issue": "issue",
    "number": "issue",
    "article": "article_number",
    "articlenumber": "article_number",
}


def _matches(source: Source) -> float:
    """Score a source: an element mods, best in its namespace."""
    head = source.head
    if not looks_like_xml(head) or not _ELEMENT.search(head):
        return 0.0
    return 0.95 if _NAMESPACE.search(head) else 0.8


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each element mods, in the order of the file."""
    n_items = 0
    for item in elements(source, ("mods",)):
        n_items += 1
        yield item if isinstance(item, Problem) else _record(source.name, *item)
    if not n_items:
        yield Problem(source.name, 1, source.text[:200], "no element mods; nothing is read")


def _record(file: str, line: int, mods: _Element) -> Record:
    """Make a record of an element mods."""
    record = Record(file=file, line=line, format="mods", key=mods.get("ID") or None)
    host = mods.find("{*}relatedItem[@type='host']")
    _take_titles(record, mods, host)
    _take_type(record, mods, host)
    take_names(record, mods, host)
    _take_imprint(record, mods, host)
    take_dates(record, mods, host)
    for part in mods.findall("{*}part") + (host.findall("{*}part") if host is not None else []):
        _take_part(record, part)
    _take_identifiers(record, mods, host)
    _take_urls(record, mods)
    _take_words(record, mods)
    for item in mods.findall("{*}relatedItem"):
        if item is not host:
            _take_related(record, item)
    _take_rest(record, mods)
    return record


def _title_of(info: _Element) -> str:
    """Put a title together: article, title, subtitle, and the number and name of a part."""
    article, title, below, number, name = (
        text_at(info, f"{{*}}{tag}")
        for tag in ("nonSort", "title", "subTitle", "partNumber", "partName")
    )
    if article:
        title = f"{article}{title}" if article.endswith(("'", "’", "-")) else f"{article} {title}"
    if below and below.casefold() not in title.casefold():
        title = f"{title.rstrip(' :')}: {below}"
    part = ": ".join(filter(None, (number, name)))
    return f"{title.rstrip(' .')}. {part}" if title and part else title or part


def _main_title(element: _Element | None) -> str:
    """Return the title of a work: one that is not abbreviated, translated or another."""
    found = element.findall("{*}titleInfo") if element is not None else []
    own = [info for info in found if not info.get("type")] or found
    return next(filter(None, map(_title_of, own)), "")


def _take_titles(record: Record, mods: _Element, host: _Element | None) -> None:
    """Read the title and that of the host; other titles are kept with their kind."""
    record.title = _main_title(mods) or None
    record.source_raw = _main_title(host) or None
    for info in mods.findall("{*}titleInfo"):
        title = _title_of(info)
        if title and title != record.title:
            kind = info.get("type", "")
            record.fields.append((f"title.{kind}" if kind else "title", title))


def _take_type(record: Record, mods: _Element, host: _Element | None) -> None:
    """Read the kind of work from its genres, its type of resource and how it is issued."""
    genres, resource = texts_at(mods, "{*}genre"), text_at(mods, "{*}typeOfResource")
    of_host = text_at(host, "{*}originInfo/{*}issuance") if host is not None else "-"
    is_in_journal = host is not None and (
        host.find("{*}part/{*}detail[@type='volume']") is not None
        or host.find("{*}identifier[@type='issn']") is not None
    )
    if host is not None:
        genres += texts_at(host, "{*}genre") if not genres else []
    own = text_at(mods, "{*}originInfo/{*}issuance")
    record.type = type_of_genres(genres, resource, (own, of_host, is_in_journal))
    if resource not in ("", "text"):
        record.fields.append(("typeOfResource", resource))
    if record.type in ("thesis", "report"):
        record.genre = next(iter(genres), None)


def _take_imprint(record: Record, mods: _Element, host: _Element | None) -> None:
    """Read publisher, place and edition, of the work or else of its host."""
    origins = mods.findall("{*}originInfo")
    origins += host.findall("{*}originInfo") if host is not None else []
    issued = [one for one in origins if one.find("{*}publisher") is not None] or origins
    for origin in issued + origins:
        record.publisher = record.publisher or text_at(origin, "{*}publisher") or None
        record.edition = record.edition or text_at(origin, "{*}edition") or None
        record.publisher_place = record.publisher_place or _place(origin)
    frequencies = texts_at(mods, "{*}originInfo/{*}frequency")
    record.fields += [("frequency", text) for text in dict.fromkeys(frequencies)]


def _place(origin: _Element) -> str | None:
    """Return a place in words; a code is none."""
    terms = origin.findall("{*}place/{*}placeTerm") + origin.findall("{*}place/{*}text")
    words = [text_of(term) for term in terms if term.get("type", "text") != "code"]
    return "; ".join(filter(None, words)) or None


def _take_part(record: Record, part: _Element) -> None:
    """Read volume, issue and pages."""
    for detail in part.findall("{*}detail"):
        kind = detail.get("type", "").replace(" ", "").casefold()
        text = text_at(detail, "{*}number") or text_at(detail, "{*}title")
        attribute = _PARTS.get(kind)
        if attribute is not None and getattr(record, attribute) is None:
            setattr(record, attribute, text or None)
        elif text:
            record.fields.append((f"part.{kind}" if kind else "part", text))
    for extent in part.findall("{*}extent"):
        first, last = text_at(extent, "{*}start"), text_at(extent, "{*}end")
        pages = f"{first}-{last}" if last and last != first else first
        pages = pages or text_at(extent, "{*}list")
        unit = extent.get("unit", "page").casefold().rstrip("s.")
        if pages and unit in ("page", "p", "") and record.pages_raw is None:
            record.pages_raw = pages
            record.pages = parse_pages(pages)
        elif text := flat_text(extent):
            record.fields.append((f"extent.{unit}" if unit else "extent", text))
    if text := text_at(part, "{*}text"):
        record.fields.append(("part.text", text))


def _take_identifiers(record: Record, mods: _Element, host: _Element | None) -> None:
    """Read DOI, ISBN, ISSN and other numbers, of the work first and then of its host."""
    own = mods.findall("{*}identifier")
    of_host = host.findall("{*}identifier") if host is not None else []
    for identifier in own + of_host:
        kind, number = identifier.get("type", "").casefold(), text_of(identifier)
        is_own = identifier in own
        if not number or identifier.get("invalid") == "yes":
            continue
        doi = clean_doi(number) if kind in ("doi", "uri", "hdl", "") else None
        if is_own and doi and record.doi is None:
            record.doi, record.doi_raw = doi, number
        elif kind == "isbn" and record.isbn is None:
            record.isbn = clean_isbn(number) or number
        elif kind in ("issn", "eissn", "issn-l") and record.issn is None:
            record.issn = number
        elif is_own and _take_number(record, kind, number):
            continue
        else:
            prefix = "identifier" if is_own else "host.identifier"
            record.fields.append((f"{prefix}.{kind}" if kind else prefix, number))


def _take_number(record: Record, kind: str, number: str) -> bool:
    """Take a number that has an attribute of its own; whether there was one free."""
    attribute = _IDENTIFIERS.get(kind)
    if attribute is None or (getattr(record, attribute) is not None and kind != "citekey"):
        return False
    text = (clean_arxiv_id(number) or number) if attribute == "arxiv_id" else number
    setattr(record, attribute, text)
    return True


def _take_urls(record: Record, mods: _Element) -> None:
    """Read the address that is said to be the main one, else the first of the work itself."""
    urls = [one for one in mods.findall("{*}location/{*}url") if text_of(one)]
    main = [one for one in urls if one.get("usage", "").startswith("primary")]
    of_work = [one for one in urls if one.get("access") not in ("preview", "raw object")]
    record.url = next(map(text_of, main or of_work or urls), None)
    rest = dict.fromkeys(map(text_of, urls))
    record.fields += [("url", url) for url in rest if url != record.url]
    if record.doi is None and (doi := clean_doi(record.url or "")) and "doi.org" in str(record.url):
        record.doi, record.doi_raw = doi, record.url
    places = [flat_text(p) for p in mods.findall("{*}location/*") if local_name(p) != "url"]
    record.fields += [("location", place) for place in dict.fromkeys(places) if place]


def _take_words(record: Record, mods: _Element) -> None:
    """Read languages, abstract and subjects."""
    languages = [
        text
        for one in mods.findall("{*}language")
        for text in texts_at(one, "{*}languageTerm") or [text_of(one)]
    ]
    codes = list(dict.fromkeys(filter(None, map(language_code, languages))))
    record.language = next(iter(codes), None)
    record.fields += [("language", code) for code in codes[1:]]
    if not codes:
        record.fields += [("language", text) for text in dict.fromkeys(languages) if text]
    abstracts = texts_at(mods, "{*}abstract")
    record.abstract = next(iter(abstracts), None)
    record.fields += [("abstract", text) for text in abstracts[1:]]
    words: dict[tuple[str, str], None] = {}
    for subject in mods.findall("{*}subject"):
        kind = "index_keyword" if subject.get("authority") else "author_keyword"
        parts = [flat_text(part) for part in subject] or [text_of(subject)]
        if word := " -- ".join(filter(None, parts)):
            words[kind, word] = None
    record.keywords = sorted(words, key=lambda word: word[0])


def _take_related(record: Record, item: _Element) -> None:
    """Read the series; of any other related work the title is kept."""
    kind, title = item.get("type", ""), _main_title(item)
    title = title or next(iter(texts_at(item, "{*}identifier")), "")
    if not title:
        return
    if kind == "series" and record.series is None:
        record.series = title
    elif kind == "references" or item.get("otherType", "") == "cites":
        record.fields.append(("relatedItem.references", title))
    else:
        record.fields.append((f"relatedItem.{kind}" if kind else "relatedItem", title))


def _take_rest(record: Record, mods: _Element) -> None:
    """Keep notes, extent, numbers of the record, and what is not read."""
    for child in mods:
        name = local_name(child)
        if name not in _READ and (text := flat_text(child)):
            kind = child.get("type", "")
            record.fields.append((f"{name}.{kind}" if kind else name, text))
    for name in ("extent", "note"):
        texts = texts_at(mods, f"{{*}}physicalDescription/{{*}}{name}")
        record.fields += [(f"physicalDescription.{name}", text) for text in texts]
    for name in ("recordIdentifier", "recordContentSource"):
        texts = texts_at(mods, f"{{*}}recordInfo/{{*}}{name}")
        record.fields += [(name, text) for text in texts]


FORMAT = Format(
    name="mods",
    title="MODS XML",
    suffixes=(".xml", ".mods"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
