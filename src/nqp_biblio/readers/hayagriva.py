"""Hayagriva, the bibliographies of Typst in YAML: works within works."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.html_tags import without_tags
from nqp_biblio.readers.paired_names import person_of_parts
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.yaml_door import Mapping, entries, texts_of
from nqp_biblio.record import Person, Problem, Record
from nqp_biblio.text.identifiers import clean_arxiv_id, clean_doi
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_TYPES = {
    "anthology": "book",
    "anthos": "chapter",
    "article": "article-journal",
    "artwork": "graphic",
    "audio": "song",
    "blog": "webpage",
    "book": "book",
    "case": "legal_case",
    "chapter": "chapter",
    "conference": "event",
    "entry": "entry",
    "exhibition": "event",
    "legislation": "legislation",
    "manuscript": "manuscript",
    "misc": "document",
    "newspaper": "periodical",
    "original": "classic",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "post": "post",
    "proceedings": "book",
    "reference": "book",
    "report": "report",
    "repository": "software",
    "scene": "motion_picture",
    "thesis": "thesis",
    "thread": "post",
    "video": "motion_picture",
    "web": "webpage",
}
_TYPES_WITHIN = {
    ("article", "blog"): "post-weblog",
    ("article", "conference"): "paper-conference",
    ("article", "newspaper"): "article-newspaper",
    ("article", "proceedings"): "paper-conference",
    ("article", "repository"): "article",
    ("web", "blog"): "post-weblog",
}
_KNOWN = "|".join(_TYPES)
_ENTRY = re.compile(
    r"(?mi)^[^\s#:\-][^\n:]{0,100}:[ ]*\n(?:[ \t]+[^\n]*\n|\n){0,8}?"
    rf"[ \t]+type:[ ]*[\"']?(?:{_KNOWN})\b"
)
_BARE_ENTRY = re.compile(r"(?m)^[^\s#:\-][^\n:]{0,100}:[ ]*\n[ \t]+(?:title|author|date|parent):")
_WHOLE = frozenset(("book", "anthology", "proceedings", "report", "thesis"))
_VOLUMES = frozenset(("periodical", "newspaper"))
_PLAIN = {"abstract": "abstract", "edition": "edition", "genre": "genre"}
_MAKERS = frozenset(("director", "writer", "composer"))
_MAX_PARENTS = 5


def _matches(source: Source) -> float:
    """Score a source: keys at the left edge, with a kind of Hayagriva below."""
    head = source.head[:20_000]
    if _ENTRY.search(head):
        return 0.9
    return 0.6 if source.suffix in (".yml", ".yaml") and _BARE_ENTRY.search(head) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each entry, in the order of the file."""
    n_items = 0
    for item in entries(source):
        n_items += 1
        if isinstance(item, Problem):
            yield item
        elif isinstance(item[2], Mapping):
            yield _record(source.name, *item)
        else:
            line, key, value = item
            raw = f"{key}: {json.dumps(value)[:500]}"
            yield Problem(source.name, line, raw, "no work: keys such as title were expected")
    if not n_items:
        yield Problem(source.name, 1, source.text[:200], "no entry in the file; nothing is read")


def _record(file: str, line: int, key: str, item: Mapping) -> Record:
    """Make a record of an entry."""
    record = Record(file=file, line=line, key=key, format="hayagriva")
    left: dict[str, Any] = dict(item)
    printed = left.pop("parent", None)
    parents = _parents(printed)
    kind = _pop(left, "type").casefold()
    above = [_pop(dict(parent), "type").casefold() for parent in parents]
    _take_type(record, kind, above, left)
    record.title = _title(left, "title")
    _take_people(record, left, parents)
    _take_source(record, kind, parents)
    _take_numbers(record, left, parents, is_in_periodical=bool(_VOLUMES.intersection(above)))
    _take_dates(record, left, parents)
    for name, attribute in _PLAIN.items():
        setattr(record, attribute, without_tags(_pop(left, name)) or None)
    _take_publisher(record, left, parents)
    record.language = language_code(_pop(dict(left), "language"))
    if record.language is not None:
        left.pop("language")
    record.fields += [(name, text) for name, value in left.items() for text in texts_of(value)]
    for parent in printed if isinstance(printed, list) else [printed]:
        record.fields += [("parent", text) for text in texts_of(parent)]
    return record


def _parents(value: object) -> list[Mapping]:
    """Return what a work is part of, the nearest first, then what these are part of."""
    found: list[Mapping] = []
    todo = value if isinstance(value, list) else [value]
    while todo and len(found) < _MAX_PARENTS:
        parent = todo.pop(0)
        if isinstance(parent, Mapping):
            found.append(parent)
            inner = parent.get("parent")
            todo += inner if isinstance(inner, list) else [inner]
    return found


def _pop(left: dict[str, Any], name: str) -> str:
    """Take a text, or the value of a mapping; anything else stays."""
    value = left.get(name)
    if isinstance(value, Mapping):
        value = value.get("value") or value.get("name")
    if not isinstance(value, str):
        return ""
    rest = left.pop(name)
    if isinstance(rest, Mapping):
        for inner, text in rest.items():
            if inner not in ("value", "name", "verbatim"):
                left[f"{name}.{inner}"] = text
    return value


def _title(left: dict[str, Any], name: str) -> str | None:
    """Take a title, without the braces that keep its case."""
    return without_tags(_pop(left, name).replace("{", "").replace("}", "")) or None


def _take_type(record: Record, kind: str, above: list[str], left: dict[str, Any]) -> None:
    """Read the kind of work, which depends on what it is part of."""
    within = [_TYPES_WITHIN[kind, one] for one in above if (kind, one) in _TYPES_WITHIN]
    record.type = within[0] if within else _TYPES.get(kind or "misc")
    if record.type is None:
        record.type = "document"
        left["type"] = kind


def _take_people(record: Record, left: dict[str, Any], parents: list[Mapping]) -> None:
    """Read authors and editors, else the makers of a film; editors may stand above."""
    for role in ("author", "editor"):
        record.people += _people(left.pop(role, None), role)
    affiliated = left.pop("affiliated", None)
    for group in affiliated if isinstance(affiliated, list) else [affiliated]:
        if not isinstance(group, Mapping):
            continue
        role = str(group.get("role") or "")
        people = _people(group.get("names"), "author")
        if role == "translator" or (role in _MAKERS and not record.people_of("author")):
            for person in people:
                person.role = "translator" if role == "translator" else "author"
                record.people.append(person)
        else:
            record.fields += [(role or "affiliated", person.display) for person in people]
    for parent in parents:
        if not record.people_of("editor"):
            record.people += _people(parent.get("editor"), "editor")


def _people(value: object, role: str) -> list[Person]:
    """Read one name or a list of names."""
    found = []
    for name in value if isinstance(value, list) else [value]:
        person = _person(name)
        if person is not None:
            person.role = role
            found.append(person)
    return found


def _person(name: object) -> Person | None:
    """Read a name: "Family, Given", one with a suffix between, or a mapping of parts."""
    if isinstance(name, Mapping):
        parts = {part: text for part, text in name.items() if isinstance(text, str)}
        person = person_of_parts(parts.get("name", ""), parts.get("given-name", ""))
        if person is not None and "prefix" in parts:
            person.particle = parts["prefix"]
        if person is not None and "suffix" in parts:
            person.suffix = parts["suffix"]
        return person
    if not isinstance(name, str):
        return None
    family, _, given = name.partition(",")
    return parse_person(name) if "," in given else person_of_parts(family, given)


def _take_source(record: Record, kind: str, parents: list[Mapping]) -> None:
    """Read what a part stands in, and the series of a whole."""
    titles = [title for parent in parents if (title := _title(dict(parent), "title"))]
    if kind in _WHOLE:
        record.series = titles[0] if titles else None
        return
    record.source_raw = titles[0] if titles else None
    record.series = titles[1] if len(titles) > 1 and record.type == "chapter" else None
    events = (parent for parent in parents if str(parent.get("type")).casefold() == "conference")
    record.event = next((_title(dict(parent), "title") for parent in events), None)


def _take_numbers(
    record: Record, left: dict[str, Any], parents: list[Mapping], *, is_in_periodical: bool
) -> None:
    """Read volume, issue, pages and identifiers, of the work or of what it is part of."""
    for name in ("volume", "issue"):
        above = next((text for parent in parents if (text := _pop(dict(parent), name))), "")
        own = _pop(left, name)
        if own and above and is_in_periodical:
            left[name], own = own, above
        setattr(record, name, own or above or None)
    record.pages_raw = _pop(left, "page-range") or None
    record.pages = parse_pages(record.pages_raw or "")
    numbers: dict[str, Any] = {}
    for one in (*reversed(parents), left):
        found = one.get("serial-number")
        if isinstance(found, Mapping):
            numbers |= {name: text for name, text in found.items() if one is left or name != "doi"}
        elif one is left and isinstance(found, str):
            numbers["serial"] = found
    left.pop("serial-number", None)
    record.url = _pop(left, "url") or None
    arxiv = _pop(numbers, "arxiv")
    if record.url and "arxiv.org/" in record.url:
        arxiv = arxiv or record.url
    record.arxiv_id = clean_arxiv_id(arxiv) if arxiv else None
    record.doi_raw = _pop(numbers, "doi") or None
    record.doi = clean_doi(record.doi_raw or "")
    for name in ("isbn", "issn", "pmid"):
        setattr(record, name, _pop(numbers, name) or None)
    serial = _pop(numbers, "serial")
    if serial and record.type == "article-journal" and record.pages_raw is None:
        record.article_number = serial
    elif serial:
        numbers["serial"] = serial
    left.update({f"serial-number.{name}": text for name, text in numbers.items()})


def _take_dates(record: Record, left: dict[str, Any], parents: list[Mapping]) -> None:
    """Read year and date; say so where there is a year that is none."""
    printed = _pop(left, "date")
    printed = printed or next((text for one in parents if (text := _pop(dict(one), "date"))), "")
    record.year_raw = printed or None
    record.publication_year = parse_year(printed)
    if printed and record.publication_year is None:
        reason = f"no year in {printed[:80]!r}; the year is left empty"
        record.problems.append(Problem(record.file or "", record.line, printed, reason))
    date = parse_date(printed)
    record.publication_date = date if date and len(date) > len("2001") else None


def _take_publisher(record: Record, left: dict[str, Any], parents: list[Mapping]) -> None:
    """Read publisher and place, of the work or of what it is part of."""
    for one in (left, *(dict(parent) for parent in parents)):
        publisher = _pop(one, "publisher") or _pop(one, "organization")
        place = _pop(one, "location") or _pop(one, "publisher.location")
        record.publisher = record.publisher or publisher or None
        record.publisher_place = record.publisher_place or place or None


FORMAT = Format(
    name="hayagriva",
    title="Hayagriva (YAML of Typst)",
    suffixes=(".yml", ".yaml"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
