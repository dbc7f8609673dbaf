"""ADS XML: the abstracts of the Astrophysics Data System (ref-abs)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.ads_types import genre_of, type_of, type_of_bibcode
from nqp_biblio.readers.html_tags import without_tags
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.tagged_works import (
    add_addresses,
    add_people,
    clean_abstract,
    take_date,
    take_numbers,
)
from nqp_biblio.readers.xml_door import elements, flat_text, local_name, looks_like_xml, text_of
from nqp_biblio.record import Problem, Record
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.numbers import parse_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_NAMESPACE = re.compile(r"ads(?:abs)?\.harvard\.edu/schema/abs")
_CITATION = re.compile(
    r"(?:eprint )?(?P<source>[^;]{1,400}?)"
    r"(?:,? \(?vol(?:ume|\.) ?\w|,? issue |,? (?:article )?id\.|, record |, \d| #\d| id \d"
    r"|, pp?\. ?\d|[.,] ISBN|: ?J/|:[\w.-]{2,20}/\d| p \d|\s\(\d|;|$)",
    re.IGNORECASE,
)
_ISSUE = re.compile(r"\b(?:issue|no\.|number) (?P<issue>[\w/.-]{1,20})", re.IGNORECASE)
_ID = re.compile(
    r"(?:\b(?:article )?id\.? ?|, record |Catalog: (?=J/)|eprint arXiv:)(?P<id>[\w./:-]{1,40})",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\bpp?\.? (?P<pages>\w{1,12}-\w{1,12})\b")
_ISBN = re.compile(r"\bISBN ([\dXx-]{10,17})")
_THESIS = re.compile(
    r"(?:ph\.?d\.?|master'?s?).{0,5}thesis, (?P<school>[^,]{2,200})", re.IGNORECASE
)
_SINGLE = {
    "bibcode": "key",
    "volume": "volume",
    "url": "url",
    "publisher": "publisher",
}


def _matches(source: Source) -> float:
    """Score a source: the namespace of ADS, or its bibcodes within records."""
    head = source.head
    if not looks_like_xml(head) or "<bibcode" not in head:
        return 0.0
    return 0.97 if _NAMESPACE.search(head[:4_000]) else 0.9


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each record element, in the order of the file."""
    n_items = 0
    for item in elements(source, ("record",)):
        n_items += 1
        yield item if isinstance(item, Problem) else _record(source.name, *item)
    if not n_items:
        yield Problem(source.name, 1, source.text[:200], "no element record; nothing is read")


def _record(file: str, line: int, element: _Element) -> Record:
    """Make a record of an element."""
    record = Record(file=file, line=line, format="ads-xml")
    values: dict[str, list[str]] = {}
    for child in element:
        name = local_name(child)
        text = flat_text(child) if name in ("citations", "references") else text_of(child)
        if text and name not in ("link", "keywords"):
            values.setdefault(name, []).append(text)
    for name, attribute in _SINGLE.items():
        texts = values.pop(name, [])
        setattr(record, attribute, texts[0] if texts else None)
    record.title = without_tags(" ".join(values.pop("title", []))) or None
    _take_type(record, element)
    add_people(record, values.pop("author", []), "author")
    add_people(record, values.pop("editor", []), "editor")
    add_addresses(record, [without_tags(text) for text in values.pop("affiliation", [])])
    _take_place(record, values)
    reason, left = take_date(record, values.pop("pubdate", []), [])
    values["pubdate"] = left
    numbers = [*values.pop("DOI", []), *values.pop("eprintid", [])]
    values["eprintid"] = take_numbers(record, numbers)
    _take_lists(record, element, values)
    record.fields += [(name, text) for name, texts in values.items() for text in texts]
    record.fields += _links(element)
    if reason:
        record.problems.append(Problem(file, line, record.key or "", reason))
    return record


def _take_type(record: Record, element: _Element) -> None:
    """Read the kind of work; attributes that are no kind are fields."""
    kind = element.get("type", "")
    record.type = type_of(kind) or type_of_bibcode(record.key or "") or "document"
    record.genre = genre_of(kind)
    if kind and kind not in ("article", "book", "dataset", "software"):
        record.fields.append(("type", kind))
    flags = [(name, element.get(name)) for name in ("refereed", "article")]
    record.fields += [(name, value) for name, value in flags if value]


def _take_place(record: Record, values: dict[str, list[str]]) -> None:
    """Read the line that cites the work: source, issue, article number; it stays as a field."""
    line = without_tags(" ".join(values.get("journal", [])))
    if record.type == "thesis" and (found := _THESIS.match(line)):
        record.publisher = record.publisher or found["school"]
    elif line.startswith(("http://", "https://")):
        record.source_raw = line
    elif found := _CITATION.match(line):
        record.source_raw = found["source"].strip(" ,.:") or None
    if record.volume and (issue := _ISSUE.search(line)):
        record.issue = issue["issue"].rstrip(".,")
    first, last = (" ".join(values.pop(name, [])) for name in ("page", "lastpage"))
    spread = _RANGE.search(line)
    if first and not last and spread and spread["pages"].startswith(f"{first}-"):
        last = spread["pages"].partition("-")[2]
    record.pages_raw = f"{first}–{last}" if last and last != first else first or None
    record.pages = parse_pages(record.pages_raw or "")
    if record.pages_raw is None and (number := _ID.search(line)):
        record.article_number = number["id"].rstrip(".")
    if found := _ISBN.search(line):
        record.isbn = found[1]


def _take_lists(record: Record, element: _Element, values: dict[str, list[str]]) -> None:
    """Read keywords, abstract, language and citations."""
    words = [without_tags(text_of(word)) for word in element.findall("{*}keywords/{*}keyword")]
    record.keywords = [("author_keyword", word) for word in dict.fromkeys(words) if word]
    record.abstract = clean_abstract([without_tags(text) for text in values.pop("abstract", [])])
    for child in element.findall("{*}citations/{*}count"):
        count = text_of(child)
        if count.isdecimal() and len(count) < len("1000000000"):
            record.cited_by_count = int(count)
            values.pop("citations", None)
    record.language = language_code(" ".join(values.get("language", [])))
    if record.language is not None:
        values.pop("language")


def _links(element: _Element) -> list[tuple[str, str]]:
    """Return the addresses of what belongs to the work."""
    return [
        (f"link.{link.get('type', '')}", text)
        for link in element.findall("{*}link")
        for child in link.findall("{*}url")
        if (text := text_of(child))
    ]


FORMAT = Format(
    name="ads-xml",
    title="ADS XML (ref-abs)",
    suffixes=(".xml",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
