"""Bibliographic descriptions in TEI: biblStruct and biblFull."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.xml_door import flat_text, local_name, text_at, text_of, texts_at
from nqp_biblio.record import Person, Record
from nqp_biblio.text.identifiers import clean_arxiv_id, clean_doi, clean_isbn, clean_orcid
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

__all__ = ["read_bibl", "take_keywords"]

_TYPES = {
    "art": "article-journal",
    "article": "article-journal",
    "book": "book",
    "bookSection": "chapter",
    "comm": "paper-conference",
    "conferencePaper": "paper-conference",
    "couv": "chapter",
    "hdr": "thesis",
    "journalArticle": "article-journal",
    "magazineArticle": "article-magazine",
    "newspaperArticle": "article-newspaper",
    "ouv": "book",
    "patent": "patent",
    "poster": "paper-conference",
    "report": "report",
    "software": "software",
    "these": "thesis",
    "thesis": "thesis",
    "undefined": "article",
    "webpage": "webpage",
}
_MEETING = re.compile(
    r"\b(?:proceedings|proc\.|conference|workshop|symposium|congress)(?=\W|$)", re.IGNORECASE
)
_THESIS = re.compile(r"\b(?:thesis|dissertation|thèse|habilitation)\b", re.IGNORECASE)
_REPORT = re.compile(r"\b(?:report|working paper|preprint)\b", re.IGNORECASE)
_IDS: dict[str, tuple[Callable[[str], str | None], str]] = {
    "doi": (clean_doi, "doi"),
    "pmid": (str, "pmid"),
    "pubmed": (str, "pmid"),
    "arxiv": (lambda text: clean_arxiv_id(f"arXiv:{text}"), "arxiv_id"),
    "isbn": (clean_isbn, "isbn"),
    "issn": (str, "issn"),
    "eissn": (str, "issn"),
    "url": (str, "url"),
    "uri": (str, "url"),
    "haluri": (str, "url"),
}
_OWNERS = frozenset({"author", "editor", "org", "name", "affiliation"})
_ROLES = {"author": "author", "editor": "editor", "translator": "translator"}
_ID = "{http://www.w3.org/XML/1998/namespace}id"


def read_bibl(bibl: _Element, organisations: dict[str, str]) -> Record:
    """Read one description.

    Parameters
    ----------
    bibl : Element
        A ``biblStruct``, ``biblFull``, ``sourceDesc`` or their like, without namespaces.
    organisations : dict of str to str
        Names of the organisations that affiliations refer to, by id.

    Returns
    -------
    Record
        What it says; `raw` is the reference as printed, or put together of its parts.
    """
    record = Record(key=bibl.get(_ID) or None)
    analytic, monogr = _first(bibl, "analytic"), _first(bibl, "monogr")
    holders = [one for one in (analytic, monogr) if one is not None]
    for holder in holders:
        _take_people(record, holder, organisations)
    _take_titles(record, analytic, monogr)
    series = _first(bibl, "series")
    if series is not None:
        record.series = text_at(series, "title") or None
    _take_imprint(record, bibl)
    _take_numbers(record, bibl)
    record.event = text_at(bibl, ".//meeting") or None
    record.edition = text_at(bibl, ".//monogr/edition") or None
    _take_notes(record, bibl)
    record.type = _type(record, bibl, analytic, monogr)
    record.raw = record.raw or _composed(record)
    return record


def _first(element: _Element, name: str) -> _Element | None:
    """Return the first element of a name, at any depth."""
    return next(element.iter(name), None)


def _take_titles(record: Record, analytic: _Element | None, monogr: _Element | None) -> None:
    """Read title and source."""
    titles = _titles(analytic)
    sources = _titles(monogr)
    if titles:
        record.title = titles[0][1]
        record.source_raw = sources[0][1] if sources else None
        rest = titles[1:] + sources[1:]
    else:
        record.title = next((text for level, text in sources if level != "j"), None)
        record.source_raw = next((text for level, text in sources if level == "j"), None)
        rest = [pair for pair in sources if pair[1] not in {record.title, record.source_raw}]
    record.fields += [(f"title {level}".strip(), text) for level, text in rest]


def _titles(holder: _Element | None) -> list[tuple[str, str]]:
    """Return the titles with their levels, the main one first, subtitles joined to it."""
    if holder is None:
        return []
    found = [
        (one.get("level", ""), one.get("type", ""), text)
        for one in holder.findall("title")
        if (text := text_of(one))
    ]
    subtitles = [text for _, kind, text in found if kind == "sub"]
    others = [(level, kind, text) for level, kind, text in found if kind != "sub"]
    others.sort(key=lambda one: (one[1] in {"short", "abbrev", "abbr"}, one[1] != "main"))
    titles = [(level, text) for level, _, text in others]
    if titles and subtitles:
        titles[0] = (titles[0][0], f"{titles[0][1]}: {subtitles[0]}")
    return titles


def _take_people(record: Record, holder: _Element, organisations: dict[str, str]) -> None:
    """Read authors and editors with their affiliations."""
    for element in holder:
        name = local_name(element) if isinstance(element.tag, str) else ""
        printed = name
        if name == "respStmt":
            printed = (text_at(element, "resp") or "").lower()
        role = _ROLES.get(printed)
        if role is None:
            if name == "respStmt" and (text := flat_text(element)):
                record.fields.append(("respStmt", text))
            continue
        people = _people_of(element)
        for person in people:
            person.role = role
            record.people.append(person)
        at = len(record.people_of("author")) if people and role == "author" else None
        for one in element.iter("affiliation"):
            target = one.get("ref", "").removeprefix("#")
            text = organisations.get(target) or _address(one)
            if text and role == "author":
                record.affiliations.append((text, at))


def _people_of(element: _Element) -> list[Person]:
    """Read the persons or the group in an author."""
    names = [
        one
        for one in element.iter("persName", "name")
        if one.getparent() is element or local_name(element) == "respStmt"
    ]
    people = [person for one in names if (person := _person(one))]
    if not people and element.find("surname") is not None:
        person = _person(element)
        people = [person] if person else []
    groups = [text_of(one) for one in element.findall("orgName")]
    if not people and groups:
        people = [Person(literal=text, raw=text) for text in groups if text]
    own = " ".join((element.text or "").split()).strip(" ,;")
    if not people and own and not len(element):
        people = [parse_person(own)]
    orcids = [
        text_of(one) for one in element.iter("idno") if one.get("type", "").upper() == "ORCID"
    ]
    if len(people) == 1 and orcids:
        people[0].orcid = clean_orcid(orcids[0])
    return people


def _person(name: _Element) -> Person | None:
    """Read one personal name."""
    family = " ".join(texts_at(name, "surname"))
    given = " ".join(texts_at(name, "forename"))
    particle, suffix = text_at(name, "nameLink"), text_at(name, "genName")
    if not family:
        text = given or text_of(name)
        return parse_person(text) if text else None
    person = parse_person(f"{family}, {given}") if given else Person(family=family)
    if person.family is None:
        person = Person(family=family, given=given or None)
    person.particle = particle or person.particle
    person.suffix = suffix or person.suffix
    person.raw = f"{family}, {given}" if given else family
    return person


def _address(affiliation: _Element) -> str:
    """Return an affiliation in one line: as printed, else its parts."""
    for note in affiliation.iter("note"):
        if note.get("type") == "raw_affiliation":
            return text_of(note)
    leaves = [one for one in affiliation.iter() if isinstance(one.tag, str) and not len(one)]
    parts = [text for one in leaves if (text := text_of(one))]
    return ", ".join(dict.fromkeys(parts)) or text_of(affiliation)


def _take_imprint(record: Record, bibl: _Element) -> None:
    """Read volume, pages, date and publisher."""
    for scope in bibl.iter("biblScope"):
        unit, text = (scope.get("unit") or scope.get("type") or "").lower(), text_of(scope)
        first, last = scope.get("from", ""), scope.get("to", "")
        if unit in {"page", "pages", "pp"} and record.pages_raw is None:
            text = text or (f"{first}-{last}" if last and last != first else first)
            record.pages_raw = text or None
            record.pages = parse_pages(text)
        elif unit in {"volume", "vol"} and record.volume is None:
            record.volume = text or first or None
        elif unit in {"issue", "number"} and record.issue is None:
            record.issue = text or first or None
        elif unit in {"serie", "series"} and record.series is None:
            record.series = text or None
        elif text:
            record.fields.append((f"biblScope {unit}".strip(), text))
    _take_date(record, bibl)
    record.publisher = next((text_of(one) for one in bibl.iter("publisher") if text_of(one)), None)
    record.publisher_place = text_at(bibl, ".//pubPlace") or None


def _take_date(record: Record, bibl: _Element) -> None:
    """Read the date of publication."""
    dates = [
        (one.get("type", ""), one.get("when") or text_of(one), text_of(one))
        for one in bibl.iter("date")
    ]
    dates.sort(key=lambda date: date[0] not in {"published", "datePub", ""})
    for kind, whole, shown in dates:
        year = parse_year(whole)
        if year is None or record.publication_year is not None:
            if shown or whole:
                record.fields.append((f"date {kind}".strip(), shown or whole))
            continue
        record.publication_year, record.year_raw = year, shown or whole
        iso = parse_date(whole) or ""
        record.publication_date = iso if len(iso) > len("2001") else None


def _take_numbers(record: Record, bibl: _Element) -> None:
    """Read DOI, ISSN and the other numbers."""
    for one in bibl.iter("idno"):
        parent = one.getparent()
        if parent is not None and local_name(parent) in _OWNERS:
            continue
        kind, text = one.get("type", "").lower(), text_of(one)
        clean, attribute = _IDS.get(kind, (str, ""))
        value = clean(text) if text else None
        if attribute and value and getattr(record, attribute) is None:
            setattr(record, attribute, value)
            record.doi_raw = text if attribute == "doi" else record.doi_raw
        elif text:
            record.fields.append((one.get("type") or one.get("n") or "idno", text))
    for one in bibl.iter("ptr", "ref"):
        _take_link(record, one.get("target", "") or text_of(one))


def _take_link(record: Record, link: str) -> None:
    """Read an address, which may be that of a DOI."""
    if "doi.org/" in link and record.doi is None:
        record.doi, record.doi_raw = clean_doi(link), link
    elif "://" in link and record.url is None:
        record.url = link
    elif "://" in link and link != record.url:
        record.fields.append(("link", link))


def _take_notes(record: Record, bibl: _Element) -> None:
    """Read the notes, among them the reference as printed."""
    for note in bibl.iter("note"):
        kind, text = note.get("type", ""), text_of(note)
        parent = note.getparent()
        if not text or (parent is not None and local_name(parent) == "affiliation"):
            continue
        if kind == "raw_reference":
            record.raw = text
        elif kind == "report_type":
            record.genre = text
        else:
            record.fields.append((f"note {kind}".strip(), text))


def _type(
    record: Record, bibl: _Element, analytic: _Element | None, monogr: _Element | None
) -> str | None:
    """Tell the type from what is said, else from the levels of the titles."""
    said = bibl.get("type", "")
    said = next(
        (
            one.get("n", "").lower()
            for one in bibl.iter("classCode")
            if one.get("scheme") == "halTypology"
        ),
        said,
    )
    if said in _TYPES:
        return _TYPES[said]
    levels = {level for level, _ in _titles(monogr)}
    notes = [text for name, text in record.fields if name == "note"]
    about = " ".join([record.genre or "", *notes])
    is_meeting = bool(record.event) or _MEETING.search(record.source_raw or about) is not None
    told = (
        ("article-journal", "j" in levels),
        ("thesis", _THESIS.search(about)),
        ("paper-conference", is_meeting),
        ("report", record.genre or _REPORT.search(about)),
        ("chapter", _titles(analytic) and levels),
        ("book", record.title and record.publisher),
        ("webpage", record.url and not record.doi and "m" not in levels),
    )
    return next((kind for kind, is_so in told if is_so), "document")


def _composed(record: Record) -> str | None:
    """Put a reference together of its parts, where it is not given as printed."""
    names = ", ".join(
        person.literal or " ".join(part for part in (person.given, person.family) if part)
        for person in record.people_of("author")
    )
    place = " ".join(
        part for part in (record.volume, f"({record.issue})" if record.issue else "") if part
    )
    parts = [names, record.title, record.source_raw, place, record.pages_raw, record.year_raw]
    return ". ".join(part for part in [*parts, record.doi_raw or record.url] if part) or None


def take_keywords(record: Record, profile: _Element) -> None:
    """Read keywords, classes, language and abstract of a profile."""
    for holder in profile.iter("keywords"):
        words = [text_of(one) for one in holder.iter("term", "item")]
        if not any(words):
            words = re.split(r"\s*[;,•·]\s*", flat_text(holder))
        record.keywords += [("author_keyword", word) for word in dict.fromkeys(words) if word]
    for one in profile.iter("classCode"):
        scheme, text = one.get("scheme", ""), text_of(one)
        if text and scheme == "mesh":
            record.keywords.append(("index_keyword", text))
        elif text:
            record.fields.append((f"classCode {scheme}".strip(), text))
    abstracts = [text for one in profile.iter("abstract") if (text := flat_text(one))]
    record.abstract = abstracts[0] if abstracts else None
    record.fields += [("abstract", text) for text in abstracts[1:]]
