"""The bibliography of Microsoft Word: Sources.xml, and the file that Word keeps in a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.html_tags import without_tags
from nqp_biblio.readers.paired_names import person_of_parts
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.xml_door import elements, local_name, looks_like_xml, text_at, text_of
from nqp_biblio.record import Person, Problem, Record
from nqp_biblio.text.identifiers import clean_doi, find_doi
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_NAMESPACE = "officeDocument/2006/bibliography"
_TYPES = {
    "art": "graphic",
    "articleinaperiodical": "article-magazine",
    "book": "book",
    "booksection": "chapter",
    "case": "legal_case",
    "conferenceproceedings": "paper-conference",
    "documentfrominternetsite": "webpage",
    "electronicsource": "document",
    "film": "motion_picture",
    "internetsite": "webpage",
    "interview": "interview",
    "journalarticle": "article-journal",
    "misc": "document",
    "patent": "patent",
    "performance": "performance",
    "report": "report",
    "soundrecording": "song",
}
_ROLES = {"Author": "author", "Editor": "editor", "Translator": "translator"}
_MAKERS = ("Inventor", "Artist", "Director", "Performer", "Composer", "Writer", "Interviewee")
"""Roles that stand where a work has no author."""

_SOURCES = (
    *("JournalName", "BookTitle", "PeriodicalTitle", "InternetSiteTitle"),
    *("PublicationTitle", "BroadcastTitle", "AlbumTitle", "ConferenceName"),
)
_PLAIN = {
    "Tag": "key",
    "Title": "title",
    "Volume": "volume",
    "Issue": "issue",
    "Edition": "edition",
    "BIBTEX_Series": "series",
    "BIBTEX_Abstract": "abstract",
    "URL": "url",
    "ConferenceName": "event",
    "ThesisType": "genre",
}
_PUBLISHERS = ("Publisher", "Institution", "Department", "ProductionCompany", "Distributor")
_THESIS = re.compile(r"thesis|dissertation|ph\.? ?d|master|bachelor|diplom", re.IGNORECASE)
_NUMBERS = {
    "isbn": re.compile(r"(?:^|ISBN\W{0,3})((?:97[89][- ]?)?\d[\d -]{7,13}[\dXx])(?!\d)"),
    "issn": re.compile(r"(?:^|ISSN\W{0,3})(\d{4}-\d{3}[\dXx])(?!\d)"),
}
_LANGUAGES_TEXT = (
    "- ar bg ca zh cs da de el en es fi fr he hu is it ja ko nl no pl pt - ro ru hr sk sq sv th tr"
    " ur id uk be sl et lv lt - fa vi hy - eu - mk"
)
_LANGUAGES = _LANGUAGES_TEXT.split()
"""Languages by the lowest ten bits of Windows's number of a locale."""


def _matches(source: Source) -> float:
    """Score a source: XML with the namespace of Word's bibliography."""
    head = source.head
    if not looks_like_xml(head):
        return 0.0
    has_source = re.search(r"<(?:\w{1,20}:)?Sources[\s>]", head[:4_000]) is not None
    return 0.97 if has_source and _NAMESPACE in head[:4_000] else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each element Source, in the order of the file."""
    n_items = 0
    for item in elements(source, ("Source",)):
        n_items += 1
        yield item if isinstance(item, Problem) else _record(source.name, *item)
    if not n_items:
        yield Problem(source.name, 1, source.text[:200], "no element Source; nothing is read")


def _record(file: str, line: int, element: _Element) -> Record:
    """Make a record of an element."""
    record = Record(file=file, line=line, format="msbib")
    left: dict[str, str] = {}
    for child in element:
        name, text = local_name(child), without_tags(text_of(child))
        if text and name != "Author":
            left[name] = text if name not in left else f"{left[name]}; {text}"
    _take_type(record, left)
    _take_people(record, element)
    record.source_raw = next((left.pop(name) for name in _SOURCES if name in left), None)
    for name, attribute in _PLAIN.items():
        setattr(record, attribute, left.pop(name, None))
    record.publisher = next((left.pop(name) for name in _PUBLISHERS if name in left), None)
    places = [left.pop(name, "") for name in ("City", "StateProvince", "CountryRegion")]
    record.publisher_place = ", ".join(place for place in places if place) or None
    record.pages_raw = left.pop("Pages", None)
    record.pages = parse_pages(record.pages_raw or "")
    _take_dates(record, left)
    _take_numbers(record, left)
    words = re.split(
        "[;]" if ";" in left.get("BIBTEX_KeyWords", "") else "[,]", left.pop("BIBTEX_KeyWords", "")
    )
    words = [word.strip() for word in words if word.strip()]
    record.keywords = [("author_keyword", word) for word in dict.fromkeys(words)]
    record.fields += left.items()
    return record


def _take_type(record: Record, left: dict[str, str]) -> None:
    """Read the kind of source; Word has none for a thesis but a field for its kind."""
    kind = left.pop("SourceType", "")
    record.type = _TYPES.get(kind.casefold().replace(" ", ""))
    if record.type is None:
        record.type = "document"
        if kind:
            left["SourceType"] = kind
    if record.type == "report" and _THESIS.search(left.get("ThesisType", "")):
        record.type = "thesis"


def _take_people(record: Record, element: _Element) -> None:
    """Read the names of all roles; those without a place of ours are fields."""
    found: dict[str, list[Person]] = {}
    for listed in element.findall("{*}Author/*"):
        people = [_person(person) for person in listed.findall("{*}NameList/{*}Person")]
        group = text_at(listed, "{*}Corporate")
        if group:
            people.append(Person(literal=group, raw=group))
        known = [person for person in people if person is not None]
        if known:
            found.setdefault(local_name(listed), []).extend(known)
    if "Author" not in found:
        maker = next((name for name in _MAKERS if name in found), None)
        if maker is not None:
            found["Author"] = found.pop(maker)
    for name, role in _ROLES.items():
        for person in found.pop(name, []):
            person.role = role
            record.people.append(person)
    record.fields += [(name, person.display) for name in found for person in found[name]]


def _person(element: _Element) -> Person | None:
    """Read a person; one with a single name has it in any of the three parts."""
    given = [text_at(element, f"{{*}}{name}") for name in ("First", "Middle")]
    return person_of_parts(text_at(element, "{*}Last"), " ".join(filter(None, given)))


def _take_dates(record: Record, left: dict[str, str]) -> None:
    """Read year and date; say so where there is a year that is none."""
    year = left.pop("Year", "")
    record.year_raw = year or None
    record.publication_year = parse_year(year)
    if record.publication_year is None:
        if any(sign.isalnum() for sign in year):
            reason = f"no year in {year[:80]!r}; the year is left empty"
            record.problems.append(Problem(record.file or "", record.line, year, reason))
        return
    month, day = left.get("Month", ""), left.get("Day", "")
    if month:
        parts = [part.zfill(2) if part.isdecimal() else part for part in (month, day) if part]
        between = "-" if month.isdecimal() else " "
        date = parse_date(between.join([str(record.publication_year), *parts]))
        if date and len(date) > len("2001"):
            record.publication_date = date
            left.pop("Month")
            left.pop("Day", None)


def _take_numbers(record: Record, left: dict[str, str]) -> None:
    """Read DOI, ISBN, ISSN and language."""
    number = left.get("StandardNumber", "")
    record.doi_raw = left.pop("DOI", None)
    record.doi = clean_doi(record.doi_raw or "") or find_doi(number)
    if record.doi is None and record.url and "doi.org/" in record.url:
        record.doi = clean_doi(record.url)
    for attribute, pattern in _NUMBERS.items():
        found = pattern.search(number)
        setattr(record, attribute, found[1].strip() if found else None)
    if number in (record.isbn, record.issn):
        left.pop("StandardNumber", None)
    locale = left.get("LCID", "")
    if locale.isdecimal() and len(locale) < len("1000000"):
        at = int(locale) & 0x3FF
        name = _LANGUAGES[at] if at < len(_LANGUAGES) else "-"
    else:
        name = locale
    record.language = language_code(name)
    if record.language is not None:
        left.pop("LCID")


FORMAT = Format(
    name="msbib",
    title="Microsoft Word bibliography (XML)",
    suffixes=(".xml",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
