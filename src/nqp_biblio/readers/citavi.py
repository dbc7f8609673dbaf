"""Citavi projects: the XML of a project, and the backup that packs it (.ctv6bak)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nqp_biblio.errors import InputError
from nqp_biblio.readers.archives import is_zip, unpack_zip
from nqp_biblio.readers.citavi_types import type_of
from nqp_biblio.readers.html_tags import without_tags
from nqp_biblio.readers.paired_names import person_of_parts
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.source import Source
from nqp_biblio.readers.xml_door import elements, local_name, looks_like_xml, text_at, text_of
from nqp_biblio.record import Person, Problem, Record
from nqp_biblio.text.identifiers import clean_doi
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

__all__ = ["FORMAT"]

_ROOT = re.compile(r"<CitaviExchangeData[\s>]")
_NAME = b"<CitaviExchangeData"
_SHOWN = re.compile(r"<os>([^<]{1,200})</os>(?![\s\S]{0,2000}<os>)")
_NAMED = ("Keyword", "Category", "Group", "Publisher", "SeriesTitle", "Periodical")
_LINKS = {
    "ReferenceAuthors": "author",
    "ReferenceEditors": "editor",
    "ReferenceCollaborators": "collaborator",
    "ReferenceOrganizations": "organization",
    "ReferenceKeywords": "keyword",
    "ReferenceCategories": "category",
    "ReferenceGroups": "group",
    "ReferencePublishers": "publisher",
    "ReferenceReferences": "child",
}
_INHERITED = (
    *("PlaceOfPublication", "ISBN", "Volume", "Number", "Edition", "Year", "Date"),
    *("SeriesTitleID", "PeriodicalID"),
)
_PLAIN = {
    "Abstract": "abstract",
    "Volume": "volume",
    "PlaceOfPublication": "publisher_place",
    "Edition": "edition",
    "ISBN": "isbn",
    "OnlineAddress": "url",
    "PubMedID": "pmid",
}
_PERIODICALS = frozenset(("article-journal", "article-newspaper", "periodical", "legislation"))
_ENCODED = frozenset(("PageRange", "PageCount"))
_MACHINERY = re.compile(
    r".{0,60}(?:Formatted|Complexity|IsComplex|TextFormat|UpdateType|NumeralSystem)$"
    r"|StaticIDs|DateForSorting|HasLabel\d|PageRangeNumber"
)
"""Elements that only say how others are shown, or repeat them as RTF."""


@dataclass(slots=True)
class _Project:
    """What the references of a project point at, by id."""

    names: dict[str, str] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    periodicals: dict[str, dict[str, str]] = field(default_factory=dict)
    links: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(dict))
    parents: dict[str, str] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    notes: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))


def _matches(source: Source) -> float:
    """Score a source: Citavi's root element, or a zip file with Citavi's ending."""
    if is_zip(source.start):
        return 0.9 if source.suffix.startswith(".ctv") else 0.0
    head = source.head
    return 0.98 if looks_like_xml(head) and _ROOT.search(head[:2_000]) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each reference, in the order of the file."""
    if not is_zip(source.start):
        yield from _records_of_xml(source)
        return
    n_projects = 0
    for _, data in unpack_zip(source.data, source.name):
        if _NAME in data[:4_000].replace(b"\0", b""):  # the zeros are those of UTF-16
            n_projects += 1
            yield from _records_of_xml(Source(source.name, data=data))
    if not n_projects:
        raise InputError(
            f"{source.name}: no Citavi project in XML in this backup; export the project as XML"
        )


def _records_of_xml(source: Source) -> Iterator[Record | Problem]:
    """Read the project first, then its references one by one."""
    project = _project(source)
    n_items = 0
    for item in elements(source, ("Reference",)):
        n_items += 1
        yield item if isinstance(item, Problem) else _record(source.name, item, project)
    if not n_items:
        yield Problem(source.name, 1, source.text[:200], "no element Reference; nothing is read")


def _project(source: Source) -> _Project:
    """Collect what the references point at; what is broken is reported with the references."""
    project = _Project()
    tags = ("Person", *_NAMED, *_LINKS, "KnowledgeItem", "Location", "Reference")
    for item in elements(source, tags):
        if isinstance(item, Problem):
            continue
        element, name = item[1], local_name(item[1])
        key = element.get("id", "")
        if name in _LINKS:
            _take_links(project, _LINKS[name], element)
        elif name == "Person":
            if person := _person(element):
                project.people[key] = person
        elif name == "Periodical":
            project.periodicals[key] = {local_name(child): text_of(child) for child in element}
        elif name in _NAMED:
            project.names[key] = text_at(element, "Name")
        elif name == "Reference":
            wanted = (*_INHERITED, "Title", "Subtitle", "ReferenceType")
            project.texts[key] = {tag: text for tag in wanted if (text := text_at(element, tag))}
        elif note := _note(element):
            project.notes[text_at(element, "ReferenceID")].append(note)
    return project


def _take_links(project: _Project, kind: str, element: _Element) -> None:
    """Read lists of ids, the first of each being that of the reference."""
    for listed in element:
        first, *others = text_of(listed).split(";")
        project.links[first][kind] = others
        if kind == "child":
            project.parents.update(dict.fromkeys(others, first))


def _person(element: _Element) -> Person | None:
    """Read a person, or an organisation, which has no first name."""
    given = [text_at(element, tag) for tag in ("FirstName", "MiddleName")]
    family = [text_at(element, tag) for tag in ("Prefix", "LastName")]
    person = person_of_parts(" ".join(filter(None, family)), " ".join(filter(None, given)))
    if person is not None and (suffix := text_at(element, "Suffix")):
        person.suffix = suffix
    return person


def _note(element: _Element) -> tuple[str, str] | None:
    """Read a quotation or comment on a reference, or a place where its copy is."""
    if local_name(element) == "Location":
        address, number = text_at(element, "Address"), text_at(element, "CallNumber")
        address = "" if address.startswith("{") else address
        text = " ".join(part for part in (address, number) if part)
        return ("Location", text) if text else None
    parts = [text_at(element, "CoreStatement"), text_at(element, "Text")]
    parts = list(dict.fromkeys(part for part in parts if part))
    pages = _shown(text_at(element, "PageRange"))
    text = ": ".join(parts) + (f" (p. {pages})" if pages else "")
    return ("KnowledgeItem", text) if parts else None


def _shown(encoded: str) -> str:
    """Return the pages as printed, out of the XML that Citavi puts into the text."""
    found = _SHOWN.search(encoded)
    return clean_text(found[1]) if found else ""


def _record(file: str, item: tuple[int, _Element], project: _Project) -> Record:
    """Make a record of a reference."""
    line, element = item
    record = Record(file=file, line=line, format="citavi")
    key = element.get("id", "")
    left: dict[str, str] = {}
    for child in element:
        name, text = local_name(child), text_of(child)
        left[name] = text if name in _ENCODED else without_tags(text)
    left = {name: text for name, text in left.items() if text}
    parent_key = project.parents.get(key, "")
    parent = project.texts.get(parent_key, {}) if parent_key != key else {}
    kind = left.pop("ReferenceType", "")
    record.type = type_of(kind, parent.get("ReferenceType", ""))
    if record.type is None:
        record.type = "document"
        left["ReferenceType"] = kind
    record.key = left.pop("CitationKey", None)
    for name in _INHERITED:
        if name in parent and name not in left and (name != "Date" or "Year" not in left):
            left[name] = parent[name]
    links = project.links.get(key, {})
    above = project.links.get(parent_key, {})
    record.title = _whole_title(left)
    _take_people(record, project, links, above)
    _take_source(record, project, left, parent)
    _take_names(record, project, links, above)
    _take_dates(record, left)
    _take_plain(record, left)
    record.fields = [("id", key)] if key else []
    record.fields += [
        (name, text) for name, text in left.items() if text and not _MACHINERY.fullmatch(name)
    ]
    record.fields += _linked(project, links) + project.notes.get(key, [])
    return record


def _whole_title(texts: dict[str, str]) -> str | None:
    """Put title and subtitle together."""
    title, subtitle = texts.pop("Title", ""), texts.pop("Subtitle", "")
    between = " " if title.endswith(("?", "!", ":", ".")) else ": "
    return between.join(part for part in (title, subtitle) if part) or None


def _take_people(
    record: Record,
    project: _Project,
    links: dict[str, list[str]],
    above: dict[str, list[str]],
) -> None:
    """Read authors and editors; those of a part are the editors of the whole."""
    lists = {"author": links.get("author", []), "editor": links.get("editor", [])}
    lists["editor"] = lists["editor"] or above.get("editor", [])
    if not lists["author"] and not lists["editor"] and record.type != "thesis":
        lists["author"] = links.get("organization", [])
    for role, keys in lists.items():
        for person in (project.people[key] for key in keys if key in project.people):
            parts = (person.family, person.given, person.particle, person.suffix)
            record.people.append(Person.of_parts((*parts, person.literal, person.raw), role))


def _take_source(
    record: Record, project: _Project, left: dict[str, str], parent: dict[str, str]
) -> None:
    """Read the periodical, or the work that a part stands in."""
    periodical = project.periodicals.get(left.pop("PeriodicalID", ""), {})
    record.source_raw = periodical.get("Name") or _whole_title(dict(parent))
    record.issn = periodical.get("ISSN") or None
    if abbreviation := periodical.get("StandardAbbreviation"):
        left["StandardAbbreviation"] = abbreviation
    record.series = project.names.get(left.pop("SeriesTitleID", "")) or None
    if record.type in _PERIODICALS or periodical:
        record.issue = left.pop("Number", None)


def _take_names(
    record: Record,
    project: _Project,
    links: dict[str, list[str]],
    above: dict[str, list[str]],
) -> None:
    """Read publisher, or the school of a thesis, and keywords."""
    keys = links.get("publisher") or above.get("publisher", [])
    publishers = [project.names[key] for key in keys if key in project.names]
    if record.type == "thesis" and not publishers:
        schools = [project.people.get(key) for key in links.get("organization", [])]
        publishers = [school.display for school in schools if school]
    record.publisher = "; ".join(publishers) or None
    words = [project.names.get(key, "") for key in links.get("keyword", [])]
    record.keywords = list(dict.fromkeys(("author_keyword", word) for word in words if word))


def _take_dates(record: Record, left: dict[str, str]) -> None:
    """Read year and date; say so where there is a year that is none."""
    year, date = left.pop("Year", ""), left.get("Date", "")
    printed = year or date or left.get("Date2", "")
    record.year_raw = printed or None
    record.publication_year = parse_year(printed)
    if record.publication_year is None:
        if any(sign.isalnum() for sign in printed):
            reason = f"no year in {printed[:80]!r}; the year is left empty"
            record.problems.append(Problem(record.file or "", record.line, printed, reason))
        return
    found = max(parse_date(date) or "", parse_date(printed) or "", key=len)
    if len(found) > len("2001") and found.startswith(str(record.publication_year)):
        record.publication_date = found
        left.pop("Date", None)
    elif date == printed:
        left.pop("Date", None)


def _take_plain(record: Record, left: dict[str, str]) -> None:
    """Read what goes into an attribute as it is, pages, DOI and language."""
    for name, attribute in _PLAIN.items():
        setattr(record, attribute, left.pop(name, None))
    record.doi_raw = left.pop("DOI", None)
    record.doi = clean_doi(record.doi_raw) if record.doi_raw else None
    if record.doi is None and record.url and "doi.org/" in record.url:
        record.doi = clean_doi(record.url)
    record.pages_raw = _shown(left.pop("PageRange", "")) or None
    record.pages = parse_pages(record.pages_raw or "")
    if "PageCount" in left:
        left["PageCount"] = _shown(left["PageCount"])
    if record.type == "thesis":
        record.genre = left.pop("TitleSupplement", None)
    record.language = language_code(left.get("LanguageCode") or left.get("Language", ""))
    if record.language is not None:
        left.pop("LanguageCode", None)
        left.pop("Language", None)


def _linked(project: _Project, links: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Return the names of what else a reference points at."""
    found = []
    for kind in ("collaborator", "organization"):
        people = [project.people[key] for key in links.get(kind, []) if key in project.people]
        found += [(kind, person.display) for person in people]
    for kind in ("category", "group"):
        names = [project.names.get(key, "") for key in links.get(kind, [])]
        found += [(kind, name) for name in names if name]
    return found


FORMAT = Format(
    name="citavi",
    title="Citavi project (XML or backup)",
    suffixes=(".ctv6bak", ".ctv5bak", ".ctv4bak", ".ctv6", ".ctv5", ".xml"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
