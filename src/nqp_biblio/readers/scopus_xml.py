"""Scopus XML: answers of Elsevier's API, one abstract or a page of a search."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.html_tags import without_tags
from nqp_biblio.readers.paired_names import person_of_parts
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.xml_door import (
    elements,
    flat_text,
    local_name,
    looks_like_xml,
    text_at,
    text_of,
)
from nqp_biblio.record import CitedReference, Person, Problem, Record
from nqp_biblio.text.identifiers import clean_doi, clean_orcid
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_ROOT = re.compile(r"<(?:\w{1,20}:)?abstracts-retrieval-response[\s>]")
_SEARCH = re.compile(r"<(?:\w{1,20}:)?search-results[\s>]")
_SCOPUS = re.compile(r"SCOPUS_ID:|<(?:\w{1,20}:)?eid>2-s2\.0-")
_ADDRESS = re.compile(r"\s\S{1,100}@\S{1,100}$")
"""The address for mails that Scopus puts behind the name of a publisher."""

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPES = {
    "ab": "article-journal",
    "ar": "article-journal",
    "bk": "book",
    "bz": "article-magazine",
    "ch": "chapter",
    "cp": "paper-conference",
    "cr": "paper-conference",
    "dp": "article-journal",
    "ed": "article-journal",
    "er": "article-journal",
    "le": "article-journal",
    "no": "article-journal",
    "pr": "document",
    "re": "article-journal",
    "rp": "report",
    "sh": "article-journal",
    "tb": "article-journal",
}
_PLAIN = {
    "eid": "key",
    "title": "title",
    "publicationName": "source_raw",
    "volume": "volume",
    "issueIdentifier": "issue",
    "article-number": "article_number",
    "publisher": "publisher",
    "pubmed-id": "pmid",
    "edition": "edition",
}
_TAKEN = frozenset(("creator", "description", "link", "affiliation", "author", "authkeywords"))


def _matches(source: Source) -> float:
    """Score a source: Elsevier's root, or a search with the identifiers of Scopus."""
    head = source.head
    if not looks_like_xml(head):
        return 0.0
    if _ROOT.search(head[:4_000]):
        return 0.97
    return 0.95 if _SEARCH.search(head[:4_000]) and _SCOPUS.search(head) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each abstract or entry, in the order of the file."""
    tag = "abstracts-retrieval-response" if _ROOT.search(source.head[:4_000]) else "entry"
    n_items = 0
    for item in elements(source, (tag,)):
        n_items += 1
        yield item if isinstance(item, Problem) else _record(source.name, *item)
    if not n_items:
        yield Problem(source.name, 1, source.text[:200], f"no element {tag}; nothing is read")


def _record(file: str, line: int, element: _Element) -> Record:
    """Make a record of an element."""
    record = Record(file=file, line=line, format="scopus-xml")
    core = element.find("{*}coredata")
    core = element if core is None else core
    left: dict[str, str] = {}
    for child in core:
        name, text = local_name(child), text_of(child)
        if text and name not in _TAKEN:
            left[name] = text if name not in left else f"{left[name]} {text}"
    for name, attribute in _PLAIN.items():
        setattr(record, attribute, without_tags(left.pop(name, "")) or None)
    record.publisher = _ADDRESS.sub("", record.publisher or "") or None
    _take_type(record, left)
    _take_people(record, element, core)
    _take_place(record, left)
    _take_dates(record, left)
    record.doi_raw = left.pop("doi", None)
    record.doi = clean_doi(record.doi_raw or "")
    _take_lists(record, element, core)
    count = left.get("citedby-count", "")
    if count.isdecimal() and len(count) < len("1000000000"):
        record.cited_by_count = int(left.pop("citedby-count"))
    record.fields += left.items()
    return record


def _take_type(record: Record, left: dict[str, str]) -> None:
    """Read the kind of work by its code; a name that says more is kept."""
    code, name = left.pop("subtype", ""), left.pop("subtypeDescription", "")
    record.type = _TYPES.get(code.casefold(), "document")
    if name and name not in ("Article", "Book", "Conference Paper"):
        left["subtypeDescription"] = name


def _take_people(record: Record, element: _Element, core: _Element) -> None:
    """Read authors with the addresses that their numbers stand for."""
    addresses = {
        place.get("id", ""): ", ".join(
            text
            for name in ("affilname", "affiliation-city", "affiliation-country")
            if (text := text_at(place, f"{{*}}{name}"))
        )
        for place in element.findall("{*}affiliation")
    }
    found = (
        element.findall("{*}authors/{*}author")
        or core.findall("{*}creator/{*}author")
        or core.findall("{*}author")
    )
    for author in found:
        person = _person(author)
        if person is None:
            continue
        record.people.append(person)
        places = [place.get("id", "") for place in author.findall("{*}affiliation")]
        places += [text_of(place) for place in author.findall("{*}afid")]
        known = (addresses.get(place, "") for place in places)
        record.affiliations += [(text, len(record.people)) for text in known if text]
        number = author.get("auid") or text_at(author, "{*}authid")
        if number:
            record.fields.append(("author.id", number))
    creator = text_at(core, "{*}creator")
    if not found and creator:
        record.people.append(parse_person(creator))
        record.et_al = True
    if not record.affiliations:
        record.affiliations = [(text, None) for text in dict.fromkeys(addresses.values()) if text]


def _person(author: _Element) -> Person | None:
    """Read one author."""
    names = ("surname", "given-name")
    family, given = (
        text_at(author, f"{{*}}{name}") or text_at(author, f"{{*}}preferred-name/{{*}}{name}")
        for name in names
    )
    given = given or text_at(author, "{*}initials")
    person = person_of_parts(family, given) or person_of_parts(text_at(author, "{*}authname"), "")
    if person is not None:
        person.orcid = clean_orcid(text_at(author, "{*}orcid"))
    return person


def _take_place(record: Record, left: dict[str, str]) -> None:
    """Read pages, ISSN and ISBN, and the address of the record."""
    first, last = left.pop("startingPage", ""), left.pop("endingPage", "")
    between = f"{first}-{last}" if last and last != first else first
    record.pages_raw = left.pop("pageRange", "") or between or None
    record.pages = parse_pages(record.pages_raw or "")
    for name in ("issn", "isbn"):
        number, _, others = left.pop(name, "").partition(" ")
        if re.fullmatch(r"\d{7}[\dXx]", number):
            number = f"{number[:4]}-{number[4:]}"
        setattr(record, name, number or None)
        if others:
            left[name] = others
    record.url = left.pop("url", None)


def _take_dates(record: Record, left: dict[str, str]) -> None:
    """Read year and date; say so where there is a year that is none."""
    printed = left.pop("coverDate", "") or left.get("coverDisplayDate", "")
    record.year_raw = printed or None
    record.publication_year = parse_year(printed)
    date = parse_date(printed)
    record.publication_date = date if date and len(date) > len("2001") else None
    if printed and record.publication_year is None:
        reason = f"no year in {printed[:80]!r}; the year is left empty"
        record.problems.append(Problem(record.file or "", record.line, printed, reason))


def _take_lists(record: Record, element: _Element, core: _Element) -> None:
    """Read keywords, abstract, language and references."""
    described = core.find("{*}description")
    abstract = described.find("{*}abstract") if described is not None else None
    if described is not None:
        record.abstract = (
            without_tags(flat_text(described if abstract is None else abstract)) or None
        )
    spoken = element.find("{*}language")
    if spoken is not None:
        record.language = language_code(spoken.get(_LANGUAGE, "") or text_of(spoken))
    words = [text_of(word) for word in element.findall("{*}authkeywords/{*}author-keyword")]
    words += (
        [word.strip() for word in text_at(core, "{*}authkeywords").split("|")] if not words else []
    )
    terms = [text_of(term) for term in element.findall("{*}idxterms/{*}mainterm")]
    record.keywords = [("author_keyword", word) for word in dict.fromkeys(words) if word]
    record.keywords += [("index_keyword", term) for term in dict.fromkeys(terms) if term]
    for cited in element.iterfind(".//{*}bibliography/{*}reference"):
        title = text_at(cited, "{*}ref-info/{*}ref-title/{*}ref-titletext")
        raw = text_at(cited, "{*}ref-fulltext") or title
        if raw:
            reference = CitedReference(raw=raw, label=cited.get("id"), title=title or None)
            reference.doi = clean_doi(text_at(cited, ".//{*}itemid[@idtype='DOI']"))
            record.cited_references.append(reference)


FORMAT = Format(
    name="scopus-xml",
    title="Scopus XML of the API",
    suffixes=(".xml",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
