"""EndNote XML, as EndNote, Bookends, Mendeley and their kin write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers import endnote_types
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.xml_door import (
    elements,
    flat_text,
    local_name,
    looks_like_xml,
    raw_text,
    text_at,
    text_of,
    texts_at,
)
from nqp_biblio.record import Person, Problem, Record
from nqp_biblio.text.identifiers import clean_doi
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_PEOPLE = {
    "authors": "author",
    "secondary-authors": "editor",
    "tertiary-authors": "editor",
    "subsidiary-authors": "translator",
}
_PLAIN = {
    "abstract": "abstract",
    "volume": "volume",
    "number": "issue",
    "publisher": "publisher",
    "pub-location": "publisher_place",
    "rec-number": "key",
}
_PARTS = frozenset({"chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"})
_SIGNS = ("ref-type", "rec-number", "contributors", "titles")
_SPLIT = re.compile(r"[\r\n]")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx](?![\d-])")
_ET_AL = re.compile(r"(?:and )?(?:others|et\.? al\.?)", re.IGNORECASE)
_PMID = re.compile(r"\d{6,8}")
_NLM = re.compile(r"pubmed|medline|\bnlm\b", re.IGNORECASE)


def _matches(source: Source) -> float:
    """Score a source: XML with EndNote's names."""
    head = source.head
    if not looks_like_xml(head) or not re.search(r"<record[\s>]", head):
        return 0.0
    signs = {name for name in _SIGNS if f"<{name}" in head}
    if signs & {"ref-type", "rec-number"}:
        return 0.95 if len(signs) > 1 else 0.8
    return 0.6 if len(signs) > 1 and re.search(r"<xml[\s>]", head) else 0.0


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
    record = Record(file=file, line=line, format="endnote-xml")
    kind = element.find("ref-type")
    name, number = (kind.get("name", ""), text_of(kind)) if kind is not None else ("", "")
    found = endnote_types.type_of(name, number)
    record.type = found or "document"
    left: list[tuple[str, str]] = [] if found else [("ref-type", name or number)]
    _take_people(record, element, left)
    _take_titles(record, element, left)
    for tag, attribute in _PLAIN.items():
        setattr(record, attribute, text_at(element, tag) or None)
    record.issue = record.issue or text_at(element, "issue") or None
    record.pages_raw = text_at(element, "pages") or None
    record.pages = parse_pages(record.pages_raw or "")
    _take_dates(record, element, left)
    _take_numbers(record, element, left)
    _take_lists(record, element, left)
    record.fields = [(name, text) for name, text in left if text] + _rest(element)
    return record


def _take_people(record: Record, element: _Element, left: list[tuple[str, str]]) -> None:
    """Read the names of all roles; who advised a thesis is no editor of it."""
    for tag, role in _PEOPLE.items():
        for found in element.findall(f"contributors/{tag}/author"):
            name = text_of(found)
            if record.type == "thesis" and tag != "authors":
                left.append((tag, name))
            elif _ET_AL.fullmatch(name):
                record.et_al = True
            elif name.strip(" ,."):
                record.people.append(_person(name, role))


def _person(name: str, role: str) -> Person:
    """Read one name; EndNote ends the name of a group with a comma."""
    if name.endswith(","):
        return Person(literal=name.rstrip(", "), raw=name, role=role)
    person = parse_person(name)
    person.role, person.raw = role, name
    return person


def _take_titles(record: Record, element: _Element, left: list[tuple[str, str]]) -> None:
    """Read the title, and the source or the series that the other titles name."""
    titles = {tag: text_at(element, f"titles/{tag}") for tag in ("title", "secondary-title")}
    record.title = titles["title"] or None
    journal = text_at(element, "periodical/full-title")
    if record.type == "book":
        record.series = titles["secondary-title"] or None
    else:
        record.source_raw = titles["secondary-title"] or journal or None
    third = text_at(element, "titles/tertiary-title")
    if record.series is None and record.type in {*_PARTS, "book", "report"}:
        record.series, third = third or None, ""
    seen = {"", record.source_raw, record.series}
    more = [("tertiary-title", third), ("periodical/full-title", journal)]
    more += [
        (path, text_at(element, path))
        for path in (
            "titles/alt-title",
            "titles/short-title",
            "titles/translated-title",
            "periodical/abbr-1",
            "periodical/abbr-2",
            "alt-periodical/full-title",
            "alt-periodical/abbr-1",
        )
    ]
    for name, text in more:
        if text not in seen:
            seen.add(text)
            left.append((name.rpartition("/")[2], text))


def _take_dates(record: Record, element: _Element, left: list[tuple[str, str]]) -> None:
    """Read year and date; say so where there is a year that is none."""
    printed = text_at(element, "dates/year")
    dates = texts_at(element, "dates/pub-dates/date")
    whole = next((text for text in [printed, *dates] if parse_year(text)), "")
    record.publication_year = parse_year(whole) if whole else None
    record.year_raw = printed or (whole or None)
    if record.publication_year is None:
        if any(sign.isalnum() for sign in printed):
            reason = f"no year in {printed[:80]!r}; the year is left empty"
            record.problems.append(Problem(record.file or "", record.line, printed, reason))
        left += [("date", text) for text in dates]
        return
    year = str(record.publication_year)
    tries = [date if year in date else f"{year} {date}" for date in dates]
    found = max([parse_date(text) or "" for text in [*tries, printed]], key=len)
    record.publication_date = found if len(found) > len("2001") and found[:4] == year else None
    left += [("date", text) for text in dates if record.publication_date is None]


def _take_numbers(record: Record, element: _Element, left: list[tuple[str, str]]) -> None:
    """Read DOI, ISSN, ISBN, PubMed's number, edition, kind and language."""
    record.doi_raw = text_at(element, "electronic-resource-num") or None
    record.doi = clean_doi(record.doi_raw) if record.doi_raw else None
    for text in _lines(element, "isbn"):
        attribute = "issn" if _ISSN.match(text) else "isbn"
        if getattr(record, attribute) is None:
            setattr(record, attribute, text.partition(" (")[0])
        elif text != getattr(record, attribute):
            left.append(("isbn", text))
    number = text_at(element, "accession-num")
    place = f"{text_at(element, 'remote-database-name')} {text_at(element, 'database')}"
    provider = text_at(element, "remote-database-provider")
    if _PMID.fullmatch(number) and _NLM.search(f"{place} {provider}"):
        record.pmid = number
    else:
        left.append(("accession-num", number))
    edition, kind = text_at(element, "edition"), text_at(element, "work-type")
    if record.type == "article-journal":
        left += [("edition", edition), ("work-type", kind)]
    else:
        record.edition, record.genre = edition or None, kind or None
    language = text_at(element, "language")
    record.language = language_code(language) if language else None
    if record.language is None:
        left.append(("language", language))


def _lines(element: _Element, path: str) -> list[str]:
    """Return the lines of an element, cleaned."""
    pieces = _SPLIT.split(raw_text(element.find(path)))
    return [text for piece in pieces if (text := clean_text(piece))]


def _take_lists(record: Record, element: _Element, left: list[tuple[str, str]]) -> None:
    """Read keywords, addresses and addresses of the web."""
    words = [
        clean_text(piece)
        for found in element.findall("keywords/keyword")
        for piece in re.split(r"\r|\n{2}|;", raw_text(found))
    ]
    record.keywords = list(dict.fromkeys(("author_keyword", word) for word in words if word))
    address = raw_text(element.find("auth-address"))
    cut = r"\r|\n(?! )" if "\r" in address or "\n" in address.strip() else r"\r"
    pieces = [clean_text(piece) for piece in re.split(cut, address)]
    record.affiliations = [(piece, None) for piece in pieces if piece]
    urls = [
        (local_name(kind), clean_text(piece))
        for kind in element.findall("urls/*")
        for found in (kind.findall("url") or [kind])
        for piece in raw_text(found).split()
    ]
    for name, url in urls:
        if record.url is None and name in {"related-urls", "web-urls", "url"}:
            record.url = url
        else:
            left.append((name, url))
    if record.doi is None and record.url and "doi.org/" in record.url:
        record.doi = clean_doi(record.url)


_TAKEN = frozenset(
    {
        *_PLAIN,
        "accession-num",
        "alt-periodical",
        "auth-address",
        "dates",
        "edition",
        "electronic-resource-num",
        "isbn",
        "issue",
        "keywords",
        "language",
        "pages",
        "periodical",
        "ref-type",
        "titles",
        "urls",
        "work-type",
    }
)
"""Elements that are read wholly; of the others the text is kept."""


def _rest(element: _Element) -> list[tuple[str, str]]:
    """Return the text of what no attribute takes."""
    taken = _TAKEN - ({"issue"} if element.find("number") is not None else set())
    rest = [child for child in element if local_name(child) not in {*taken, "contributors"}]
    rest += [
        child for child in element.findall("contributors/*") if local_name(child) not in _PEOPLE
    ]
    return [(local_name(child), text) for child in rest if (text := flat_text(child))]


FORMAT = Format(
    name="endnote-xml",
    title="EndNote XML",
    suffixes=(".xml",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
