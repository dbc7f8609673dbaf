"""Works of Crossref: answers of its API for one work or many, and dumps of works."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import InputError
from nqp_biblio.readers.json_works import read_works
from nqp_biblio.readers.paired_names import person_of_parts
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.record import CitedReference, Person, Problem, Record
from nqp_biblio.text.entities import decode_entities
from nqp_biblio.text.identifiers import clean_doi, clean_isbn, clean_orcid
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.numbers import parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT", "crossref_work"]

_MESSAGE = re.compile(r'"message-type"\s*:\s*"work(?:-list)?"')
_LISTED_TITLE = re.compile(r'"(?:container-)?title"\s*:\s*\[\s*["\]]')
_OWN_NAMES = re.compile(
    r'"(?:reference-count|references-count|is-referenced-by-count|deposited|indexed'
    r'|content-domain|short-container-title|member|type"\s*:\s*"(?:journal-article'
    r'|proceedings-article|book-chapter|posted-content))"'
)
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_BLOCK_TAG = re.compile(
    r"</?(?:jats:)?(?:p|title|sec|list|list-item|label|break|br)\b[^<>]{0,200}>"
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_SURE, _HARDLY = 0.95, 0.3

_TYPES = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "book-chapter": "chapter",
    "book-part": "chapter",
    "book-section": "chapter",
    "book-track": "chapter",
    "reference-entry": "entry",
    "book": "book",
    "book-set": "book",
    "book-series": "book",
    "edited-book": "book",
    "monograph": "book",
    "reference-book": "book",
    "proceedings": "book",
    "proceedings-series": "book",
    "journal": "periodical",
    "journal-issue": "periodical",
    "journal-volume": "periodical",
    "dataset": "dataset",
    "database": "dataset",
    "dissertation": "thesis",
    "peer-review": "review",
    "posted-content": "article",
    "report": "report",
    "report-component": "report",
    "report-series": "report",
    "standard": "standard",
}
_PLAIN_TYPES = frozenset(
    ("journal-article", "proceedings-article", "book-chapter", "book", "dissertation", "report")
)
_TEXT = {
    "volume": "volume",
    "issue": "issue",
    "article-number": "article_number",
    "publisher": "publisher",
    "publisher-location": "publisher_place",
    "edition-number": "edition",
    "abstract": "abstract",
    "URL": "url",
}
_DATES = ("issued", "published", "published-print", "published-online", "posted")
_ROLES = ("author", "editor", "translator")
_SAID_ELSEWHERE = ("reference-count", "references-count", "issn-type", "isbn-type")
_REFERENCE_PARTS = (
    "author",
    "year",
    "article-title",
    "volume-title",
    "series-title",
    "journal-title",
    "volume",
    "first-page",
    "DOI",
)


def _matches(source: Source) -> float:
    """Score a source: JSON with titles in lists and the names of Crossref."""
    head = source.head.lstrip()
    if not head.startswith(("[", "{")):
        return 0.0
    if _MESSAGE.search(head):
        return _SURE
    if '"DOI"' not in head or not _LISTED_TITLE.search(head):
        return 0.0
    return _SURE if _OWN_NAMES.search(head) else _HARDLY


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each work, in the order of the file."""
    return read_works(source, _record, unwrap=_works, list_start=_ITEMS)


def _works(name: str, line: int, value: object) -> Iterator[tuple[int | None, Any]]:
    """Yield the works of an answer, or the value itself."""
    if not isinstance(value, dict):
        yield line, value
        return
    message = value.get("message", value)
    if value.get("status") in ("error", "failed") or not isinstance(message, dict):
        said = json.dumps(message, ensure_ascii=False)[:200]
        raise InputError(f"{name}:{line}: no work, an error of the service: {said}")
    if isinstance(message.get("items"), list):
        yield from ((None, item) for item in message["items"])
    else:
        yield line, message


def _record(file: str, line: int | None, item: dict[str, Any]) -> Record:
    """Make a record of a work."""
    record = Record(file=file, line=line, format="crossref-json")
    reasons: list[str] = []
    left = {name: value for name, value in item.items() if value is not None}
    record.title = _title(left)
    for name, attribute in _TEXT.items():
        if text := _plain(left.get(name)):
            setattr(record, attribute, text)
            left.pop(name)
    record.doi_raw = _plain(left.pop("DOI", None)) or None
    record.doi = clean_doi(record.doi_raw) if record.doi_raw else None
    record.pages_raw = _plain(left.pop("page", None)) or None
    record.pages = parse_pages(record.pages_raw) if record.pages_raw else []
    _take_type(record, left)
    _take_source(record, left)
    _take_date(record, left, reasons)
    for role in _ROLES:
        _take_people(record, left, role=role, reasons=reasons)
    words = dict.fromkeys(map(_plain, _listed(left.pop("subject", None))))
    record.keywords = [("index_keyword", word) for word in words if word]
    _take_references(record, left, reasons)
    count = left.get("is-referenced-by-count")
    if isinstance(count, int) and not isinstance(count, bool):
        record.cited_by_count = left.pop("is-referenced-by-count")
    for name in _SAID_ELSEWHERE:
        left.pop(name, None)
    record.fields += [(name, _kept(value)) for name, value in left.items() if value not in ([], {})]
    raw = json.dumps(item, ensure_ascii=False)[:2_000] if reasons else ""
    record.problems = [Problem(file, line, raw, reason) for reason in reasons]
    return record


def _plain(value: object) -> str:
    """Turn a text, a number or the first of a list into text without tags and entities."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, (str, int, float)) or isinstance(value, bool) or value != value:  # noqa: PLR0124  NaN
        return ""
    text = decode_entities(str(value)) if isinstance(value, str) and "&" in value else str(value)
    if "<" in text:
        text = _TAG.sub("", _BLOCK_TAG.sub(" ", text))
    return clean_text(text)


def _listed(value: object) -> list[Any]:
    """Return a list as it is, and anything else as a list of one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _kept(value: object) -> str:
    """Turn what no attribute takes into text."""
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return "; ".join(value)
    return (
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    )


def _title(left: dict[str, Any]) -> str | None:
    """Join title and subtitle, unless the one holds the other."""
    title, subtitle = _plain(left.pop("title", None)), _plain(left.pop("subtitle", None))
    if subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title.rstrip(' :')}: {subtitle}" if title else subtitle
    return title or None


def _take_type(record: Record, left: dict[str, Any]) -> None:
    """Read kind and language; a kind that CSL has no word for is kept beside it."""
    kind = _plain(left.pop("type", None))
    record.type = _TYPES.get(kind, "document")
    if kind and kind not in _PLAIN_TYPES:
        record.fields.append(("type", kind))
    record.language = language_code(_plain(left.get("language")))
    if record.language is not None:
        left.pop("language")


def _take_source(record: Record, left: dict[str, Any]) -> None:
    """Read journal, book or series, conference, ISSN and ISBN."""
    names = [
        text for value in _listed(left.pop("container-title", None)) if (text := _plain(value))
    ]
    if record.type == "book":
        record.series = names[0] if names else None
    elif record.type in ("chapter", "paper-conference", "entry") and len(names) > 1:
        record.series, record.source_raw = names[0], names[1]
    elif names:
        record.source_raw = names[0]
    event = left.get("event")
    if isinstance(event, dict) and _plain(event.get("name")):
        record.event = _plain(left.pop("event")["name"])
    record.issn = _plain(left.get("ISSN")) or None
    if len(_listed(left.get("ISSN"))) == 1:
        left.pop("ISSN")
    number = _plain(left.get("ISBN"))
    record.isbn = clean_isbn(number) or number or None
    if len(_listed(left.get("ISBN"))) == 1:
        left.pop("ISBN")


def _take_date(record: Record, left: dict[str, Any], reasons: list[str]) -> None:
    """Read the first date of publication that is one."""
    for name in _DATES:
        numbers = _date_parts(left.get(name))
        if not numbers:
            continue
        record.year_raw = numbers[0]
        record.publication_year = parse_year(numbers[0])
        if record.publication_year is None:
            reasons.append(f"no year in {numbers[0][:80]!r}; the year is left empty")
        elif len(numbers) > 1:
            record.publication_date = "-".join(number.zfill(2) for number in numbers[:3])
        break
    left.pop("issued", None)


def _date_parts(date: object) -> list[str]:
    """Return year, month and day as far as they are given."""
    parts = date.get("date-parts") if isinstance(date, dict) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(first, list):
        return []
    numbers = [_plain(part) for part in first]
    return numbers[: numbers.index("")] if "" in numbers else numbers


def _take_people(record: Record, left: dict[str, Any], *, role: str, reasons: list[str]) -> None:
    """Read names with ORCID, and the addresses of authors."""
    position = 0
    for name in _listed(left.pop(role, None)):
        person = _person(name, role) if isinstance(name, dict) else None
        if person is None:
            reasons.append(f"a name of the {role}s cannot be read: {json.dumps(name)[:80]}")
            continue
        record.people.append(person)
        position += 1
        if role == "author":
            places = _listed(name.get("affiliation"))
            found = [_plain(place.get("name")) for place in places if isinstance(place, dict)]
            record.affiliations += [(text, position) for text in dict.fromkeys(found) if text]


def _person(name: dict[str, Any], role: str) -> Person | None:
    """Read one name: of a person, or of a group."""
    family, given, group = (_plain(name.get(part)) for part in ("family", "given", "name"))
    person = person_of_parts(family, given) if family and given else None
    if person is None:
        literal = None if family else group or given or None
        person = Person(family=family or None, literal=literal)
    suffix = _plain(name.get("suffix"))
    person.suffix, person.role = suffix or person.suffix, role
    person.orcid = clean_orcid(_plain(name.get("ORCID")))
    person.raw = ", ".join(filter(None, (person.raw or person.display, suffix))) or None
    return person if person.raw else None


def _take_references(record: Record, left: dict[str, Any], reasons: list[str]) -> None:
    """Read the list of references."""
    for item in _listed(left.pop("reference", None)):
        reference = _reference(item) if isinstance(item, dict) else None
        if reference is None:
            reasons.append(f"a reference cannot be read: {json.dumps(item)[:80]}")
        else:
            record.cited_references.append(reference)


def _reference(item: dict[str, Any]) -> CitedReference | None:
    """Read one reference, as printed or else put together of its parts."""
    parts = {name: _plain(item.get(name)) for name in (*_REFERENCE_PARTS, "key", "unstructured")}
    together = ", ".join(parts[name] for name in _REFERENCE_PARTS if parts[name])
    raw = parts["unstructured"] or together or parts["key"]
    if not raw:
        return None
    return CitedReference(
        raw=raw,
        label=parts["key"] or None,
        first_author=parts["author"] or None,
        publication_year=parse_year(parts["year"]),
        title=parts["article-title"] or parts["volume-title"] or None,
        source_raw=parts["journal-title"] or parts["series-title"] or None,
        volume=parts["volume"] or None,
        first_page=parts["first-page"] or None,
        doi=clean_doi(parts["DOI"]) if parts["DOI"] else None,
    )


def crossref_work(item: dict[str, Any], file: str) -> Record:
    """Make a record of one decoded work of Crossref; `file` names where it came from."""
    return _record(file, None, item)


FORMAT = Format(
    name="crossref-json",
    title="Crossref JSON",
    suffixes=(".json", ".jsonl"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
