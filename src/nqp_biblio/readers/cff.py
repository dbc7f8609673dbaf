"""CITATION.cff: how a program or data set is to be cited, and what it cites itself."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.html_tags import without_tags
from nqp_biblio.readers.paired_names import person_of_parts
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.yaml_door import Mapping, entries, texts_of
from nqp_biblio.record import Person, Problem, Record
from nqp_biblio.text.identifiers import clean_doi, clean_orcid
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_VERSION = re.compile(r"(?m)^\"?cff-version\"?\s*:")
_WANTED = ("cff-version", "title", "authors")
_TYPES = {
    "art": "graphic",
    "article": "article-journal",
    "audiovisual": "motion_picture",
    "bill": "bill",
    "blog": "post-weblog",
    "book": "book",
    "catalogue": "book",
    "conference": "book",
    "conference-paper": "paper-conference",
    "data": "dataset",
    "database": "dataset",
    "dataset": "dataset",
    "dictionary": "entry-dictionary",
    "edited-work": "book",
    "encyclopedia": "entry-encyclopedia",
    "film-broadcast": "motion_picture",
    "generic": "document",
    "government-document": "report",
    "hearing": "hearing",
    "historical-work": "classic",
    "legal-case": "legal_case",
    "legal-rule": "legislation",
    "magazine-article": "article-magazine",
    "manual": "book",
    "map": "map",
    "multimedia": "motion_picture",
    "music": "song",
    "newspaper-article": "article-newspaper",
    "pamphlet": "pamphlet",
    "patent": "patent",
    "personal-communication": "personal_communication",
    "proceedings": "book",
    "report": "report",
    "serial": "periodical",
    "slides": "speech",
    "software": "software",
    "software-code": "software",
    "software-container": "software",
    "software-executable": "software",
    "software-virtual-machine": "software",
    "sound-recording": "song",
    "standard": "standard",
    "statute": "legislation",
    "thesis": "thesis",
    "unpublished": "manuscript",
    "video": "motion_picture",
    "website": "webpage",
}
_ROLES = {"authors": "author", "editors": "editor", "translators": "translator"}
_PLAIN = {
    "title": "title",
    "abstract": "abstract",
    "journal": "source_raw",
    "volume": "volume",
    "issue": "issue",
    "edition": "edition",
    "isbn": "isbn",
    "issn": "issn",
    "thesis-type": "genre",
}
_URLS = ("url", "repository-code", "repository", "repository-artifact")
_DATES = ("year", "date-published", "date-released", "issue-date", "year-original")


def _matches(source: Source) -> float:
    """Score a source: the key that every such file has, else the ending."""
    if _VERSION.search(source.head[:20_000]):
        return 0.97
    return 0.3 if source.suffix == ".cff" and source.head else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield the work itself, the one to cite instead, and the references."""
    whole = Mapping()
    for item in entries(source):
        if isinstance(item, Problem):
            yield item
        else:
            line, key, value = item
            whole[key] = value
            whole.line = line if len(whole) == 1 else whole.line
    preferred, references = whole.pop("preferred-citation", None), whole.pop("references", None)
    if not any(whole.get(key) for key in _WANTED):
        reason = f"no {', '.join(_WANTED)}: no CITATION.cff; nothing is read"
        yield Problem(source.name, 1, source.text[:200], reason)
        return
    whole.setdefault("type", "software")
    yield _record(source.name, whole)
    others = references if isinstance(references, list) else [references]
    for cited in [preferred, *others]:
        if isinstance(cited, Mapping):
            yield _record(source.name, cited)
        elif cited is not None:
            raw, reason = json.dumps(cited)[:500], "no work: keys such as title were expected"
            yield Problem(source.name, whole.line, raw, reason)


def _record(file: str, item: Mapping) -> Record:
    """Make a record of a mapping."""
    record = Record(file=file, line=item.line, format="cff")
    left: dict[str, Any] = dict(item)
    kind = _pop(left, "type")
    record.type = _TYPES.get(kind.casefold())
    if record.type is None:
        record.type = "document"
        left["type"] = kind
    for key, role in _ROLES.items():
        _take_people(record, left.pop(key, None), role)
    for key, attribute in _PLAIN.items():
        setattr(record, attribute, without_tags(_pop(left, key)) or None)
    _take_place(record, left)
    _take_dates(record, left)
    _take_identifiers(record, left)
    _take_lists(record, left)
    for key, value in left.items():
        record.fields += [(key, text) for text in texts_of(value)]
    return record


def _pop(left: dict[str, Any], key: str) -> str:
    """Take a text, or the name of an entity; anything else stays."""
    value = left.get(key)
    if isinstance(value, Mapping) and isinstance(value.get("name"), str) and len(value) == 1:
        value = value["name"]
    if not isinstance(value, str):
        return ""
    left.pop(key)
    return clean_text(value)


def _take_people(record: Record, people: object, role: str) -> None:
    """Read persons and entities, with their ORCID and address."""
    for one in people if isinstance(people, list) else [people]:
        person = _person(one)
        if person is not None:
            person.role = role
            record.people.append(person)
            address = one.get("affiliation") if isinstance(one, Mapping) else None
            if isinstance(address, str) and role == "author":
                record.affiliations.append((clean_text(address), len(record.people)))
        elif one is not None:
            raw = json.dumps(one, ensure_ascii=False)[:200]
            reason = f"a name of the {role}s cannot be read; family-names or name was expected"
            record.problems.append(Problem(record.file or "", record.line, raw, reason))


def _person(one: object) -> Person | None:
    """Read one name."""
    if isinstance(one, str):
        return person_of_parts(one, "")
    if not isinstance(one, Mapping):
        return None
    parts = {key: clean_text(value) for key, value in one.items() if isinstance(value, str)}
    family, given = parts.get("family-names", ""), parts.get("given-names", "")
    particle, suffix = parts.get("name-particle"), parts.get("name-suffix")
    name = parts.get("name") or parts.get("alias", "")
    person = person_of_parts(family, given) if family or given else person_of_parts(name, "")
    if person is None:
        return None
    person.suffix = suffix or person.suffix
    if particle:
        if person.family is None:
            person.family, person.literal = person.literal, None
        person.particle = particle
        person.raw = person.display
    person.orcid = clean_orcid(parts.get("orcid", ""))
    return person


def _take_place(record: Record, left: dict[str, Any]) -> None:
    """Read what the work stands in, its pages, and who published it where."""
    collection = _pop(left, "collection-title")
    if record.source_raw is None and record.type in ("paper-conference", "chapter"):
        record.source_raw, collection = collection or None, ""
    record.series = collection or None
    first, last = _pop(left, "start"), _pop(left, "end")
    record.pages_raw = f"{first}–{last}" if first and last and first != last else first or None
    record.pages = parse_pages(record.pages_raw or "")
    record.publisher = _pop(left, "publisher") or _pop(left, "institution") or None
    for key in ("publisher", "institution", "location", "conference"):
        entity = left.get(key)
        if not isinstance(entity, Mapping):
            continue
        name = entity.get("name") if isinstance(entity.get("name"), str) else None
        if key == "conference":
            record.event = name
        elif key != "location":
            record.publisher = record.publisher or name
        parts = [entity.get(part) for part in ("city", "region", "country")]
        place = ", ".join(part for part in parts if isinstance(part, str))
        if key != "conference":
            record.publisher_place = record.publisher_place or place or None
    record.event = record.event or _pop(left, "conference") or None


def _take_dates(record: Record, left: dict[str, Any]) -> None:
    """Read year and date; say so where there is a year that is none."""
    dates = {key: text for key in _DATES if (text := texts_of(left.get(key)))}
    month = texts_of(left.get("month"))
    for key, (printed, *_) in dates.items():
        year = parse_year(printed)
        if year is None:
            reason = f"no year in {printed[:80]!r}; the year is left empty"
            record.problems.append(Problem(record.file or "", record.line, printed, reason))
            continue
        whole = printed
        if key == "year" and month:
            whole = f"{year}-{month[0].zfill(2)}" if month[0].isdecimal() else f"{year} {month[0]}"
            left.pop("month")
        date = parse_date(whole)
        record.publication_year, record.year_raw = year, printed
        record.publication_date = date if date and len(date) > len("2001") else None
        left.pop(key)
        return


def _take_identifiers(record: Record, left: dict[str, Any]) -> None:
    """Read DOI, addresses and other numbers."""
    printed = _pop(left, "doi")
    others = left.pop("identifiers", None)
    for one in others if isinstance(others, list) else []:
        kind, value = (one.get("type"), one.get("value")) if isinstance(one, Mapping) else (0, one)
        if not isinstance(value, str):
            continue
        if kind == "doi" and not printed:
            printed = value
        elif kind != "doi" or clean_doi(value) != clean_doi(printed):
            record.fields.append((f"identifiers.{kind}" if kind else "identifiers", value))
    record.doi_raw = printed or None
    record.doi = clean_doi(printed) if printed else None
    record.url = next((text for key in _URLS if (text := _pop(left, key))), None)
    record.pmid = _pop(left, "pmid") or None


def _take_lists(record: Record, left: dict[str, Any]) -> None:
    """Read keywords and language."""
    words = texts_of(left.pop("keywords", None))
    if len(words) == 1:
        words = [word.strip() for word in re.split(r"[,;]", words[0])]
    record.keywords = [("author_keyword", word) for word in dict.fromkeys(words) if word]
    languages = texts_of(left.get("languages"))
    if len(languages) == 1 and (code := language_code(languages[0])):
        record.language = code
        left.pop("languages")


FORMAT = Format(
    name="cff",
    title="Citation File Format (CITATION.cff)",
    suffixes=(".cff",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
