"""Works of OpenAlex: answers of its API, lists of works, and one work a line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import InputError
from nqp_biblio.readers.json_works import read_works
from nqp_biblio.readers.openalex_types import PLAIN_TYPES, TYPES
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.record import CitedReference, Person, Problem, Record
from nqp_biblio.text.entities import decode_entities
from nqp_biblio.text.identifiers import clean_arxiv_id, clean_doi, clean_orcid
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT", "openalex_work"]

_WORK_ID = re.compile(r'"id"\s*:\s*"(?:https?://openalex\.org/)?W\d{1,15}"')
_OWN_NAMES = re.compile(
    r'"(?:authorships|publication_year|referenced_works|abstract_inverted_index'
    r'|primary_location|cited_by_count)"\s*:'
)
_RESULTS = re.compile(r'"results"\s*:\s*\[')
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_MAX_WORDS = 200_000
_SURE, _LIKELY, _MIN_NAMES = 0.9, 0.7, 2

_TYPES = TYPES | {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "posted-content": "article",
}
_ADDRESS = "https://openalex.org/"
_EXPECTED: dict[str, type | tuple[type, ...]] = {
    "authorships": list,
    "abstract_inverted_index": dict,
    "biblio": dict,
    "ids": dict,
    "keywords": list,
    "open_access": dict,
    "primary_location": dict,
    "referenced_works": list,
}
_SAID_ELSEWHERE = ("display_name", "referenced_works_count", "locations_count")
_LISTS_OF_NAMES = ("topics", "concepts", "sustainable_development_goals", "funders")


def _matches(source: Source) -> float:
    """Score a source: JSON with the ids of works or the names of OpenAlex."""
    head = source.head.lstrip()
    if not head.startswith(("[", "{")):
        return 0.0
    if _WORK_ID.search(head):
        return _SURE
    return _LIKELY if len(set(_OWN_NAMES.findall(head))) >= _MIN_NAMES else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each work, in the order of the file."""
    return read_works(source, _record, unwrap=_works, list_start=_RESULTS)


def _works(name: str, line: int, value: object) -> Iterator[tuple[int | None, Any]]:
    """Yield the works of an answer, or the value itself."""
    if isinstance(value, dict) and isinstance(value.get("results"), list):
        yield from ((None, item) for item in value["results"])
    elif isinstance(value, dict) and "error" in value and "id" not in value:
        said = _text(value.get("message")) or _text(value["error"])
        raise InputError(f"{name}:{line}: no work, an error of the service: {said[:200]}")
    else:
        yield line, value


def _record(file: str, line: int | None, item: dict[str, Any]) -> Record:
    """Make a record of a work."""
    record = Record(file=file, line=line, format="openalex")
    left = {name: value for name, value in item.items() if value is not None}
    reasons = [
        f"the field {name} is no {'list' if kind is list else 'object'}; it is kept as it is"
        for name, kind in _EXPECTED.items()
        if name in left and not isinstance(left[name], kind)
    ]
    record.key = _bare(left.pop("id", None)) or None
    record.title = _plain(left.pop("title", None)) or _plain(left.get("display_name")) or None
    _take_date(record, left, reasons)
    _take_identifiers(record, left)
    _take_place(record, left)
    _take_type(record, left)
    _take_people(record, left, reasons)
    _take_terms(record, left)
    record.abstract = _abstract(left, reasons)
    count = left.get("cited_by_count")
    if isinstance(count, int) and not isinstance(count, bool):
        record.cited_by_count = left.pop("cited_by_count")
    cited = map(_bare, _pop_list(left, "referenced_works"))
    record.cited_references = [CitedReference(raw=work) for work in cited if work]
    _take_rest(record, left)
    raw = json.dumps(item, ensure_ascii=False)[:2_000] if reasons else ""
    record.problems = [Problem(file, line, raw, reason) for reason in reasons]
    return record


def _text(value: object) -> str:
    """Turn a text or a number into clean text; anything else has none."""
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return clean_text(str(value)) if value == value else ""  # noqa: PLR0124  NaN
    return ""


def _plain(value: object) -> str:
    """Turn a text into one without tags and entities."""
    text = _text(value)
    if "<" in text:
        text = _TAG.sub("", text)
    return clean_text(decode_entities(text)) if "&" in text else text


def _bare(value: object) -> str:
    """Turn an id into one without address."""
    if isinstance(value, str) and value.startswith(_ADDRESS) and value.isascii():
        bare = value.removeprefix(_ADDRESS)
        return bare if bare.isalnum() else bare.strip().rstrip("/").rpartition("/")[2]
    return _text(value).rstrip("/").rpartition("/")[2]


def _pop_dict(left: dict[str, Any], name: str) -> dict[str, Any]:
    """Take an object; what is none stays."""
    return left.pop(name) if isinstance(left.get(name), dict) else {}


def _pop_list(left: dict[str, Any], name: str) -> list[Any]:
    """Take a list; what is none stays."""
    return left.pop(name) if isinstance(left.get(name), list) else []


def _take_date(record: Record, left: dict[str, Any], reasons: list[str]) -> None:
    """Read year and date."""
    printed = _text(left.pop("publication_year", None))
    date = _text(left.pop("publication_date", None))
    record.year_raw = printed or date or None
    record.publication_year = parse_year(printed) or parse_year(date)
    found = parse_date(date) if date else None
    record.publication_date = found if found and len(found) > len("2001") else None
    if record.year_raw and record.publication_year is None:
        reasons.append(f"no year in {record.year_raw[:80]!r}; the year is left empty")


def _take_identifiers(record: Record, left: dict[str, Any]) -> None:
    """Read DOI and PubMed's number, and keep the rest of the ids."""
    ids = _pop_dict(left, "ids")
    record.doi_raw = _text(left.pop("doi", None)) or _text(ids.get("doi")) or None
    record.doi = clean_doi(record.doi_raw) if record.doi_raw else None
    record.pmid = _bare(ids.get("pmid")) or None
    if record.doi and "/arxiv." in record.doi:
        record.arxiv_id = clean_arxiv_id(record.doi.partition("/arxiv.")[2])
    kept = [(f"ids.{name}", _text(ids.get(name))) for name in ("mag", "pmcid")]
    record.fields.extend((name, value) for name, value in kept if value)


def _take_place(record: Record, left: dict[str, Any]) -> None:
    """Read where the work stands: source, volume, issue, pages, address."""
    location = _pop_dict(left, "primary_location") or _pop_dict(left, "host_venue")
    source = location.get("source")
    source = source if isinstance(source, dict) else location
    numbers = source.get("issn")
    first_issn = numbers[0] if isinstance(numbers, list) and numbers else numbers
    record.source_raw = _plain(source.get("display_name")) or None
    record.source_raw = record.source_raw or _plain(location.get("raw_source_name")) or None
    record.issn = _text(source.get("issn_l")) or _text(first_issn) or None
    organisation = source.get("host_organization_name") or source.get("publisher")
    record.publisher = _plain(organisation) or None
    record.url = _text(location.get("landing_page_url")) or None
    if record.arxiv_id is None and record.url and "arxiv.org/abs/" in record.url:
        record.arxiv_id = clean_arxiv_id(record.url)
    biblio = _pop_dict(left, "biblio")
    record.volume = _text(biblio.get("volume")) or None
    record.issue = _text(biblio.get("issue")) or None
    first, last = _text(biblio.get("first_page")), _text(biblio.get("last_page"))
    if first or last:
        record.pages_raw = first if last in ("", first) else f"{first}–{last}"
        record.pages = parse_pages(record.pages_raw)
    left["source.type"] = _text(source.get("type"))
    left["source.id"] = _bare(source.get("id"))


def _take_type(record: Record, left: dict[str, Any]) -> None:
    """Read the kind of work; one that CSL has no word for is kept beside it."""
    kind = _text(left.pop("type", None))
    is_conference = left.get("source.type") == "conference"
    if kind == "article" and (is_conference or left.get("type_crossref") == "proceedings-article"):
        record.type = "paper-conference"
    else:
        record.type = _TYPES.get(kind, "document")
    if kind and kind not in PLAIN_TYPES:
        record.fields.append(("type", kind))
    record.language = language_code(_text(left.get("language")))
    if record.language is not None:
        left.pop("language")


def _take_people(record: Record, left: dict[str, Any], reasons: list[str]) -> None:
    """Read authors with ORCID and addresses; a list cut by the service is marked."""
    ids: list[str] = []
    countries: list[str] = []
    for authorship in _pop_list(left, "authorships"):
        person = _person(authorship) if isinstance(authorship, dict) else None
        if person is None:
            reasons.append(f"an author cannot be read: {json.dumps(authorship)[:80]}")
            continue
        record.people.append(person)
        author = authorship.get("author")
        ids.append(_bare(author.get("id")) if isinstance(author, dict) else "")
        found = authorship.get("countries")
        countries.append(",".join(map(_text, found)) if isinstance(found, list) else "")
        record.affiliations += [(text, len(record.people)) for text in _addresses(authorship)]
    record.et_al = left.pop("is_authors_truncated", False) is True
    for name, values in (("author.id", ids), ("countries", countries)):
        if any(values):
            record.fields.append((f"authorships.{name}", "|".join(values)))


def _person(authorship: dict[str, Any]) -> Person | None:
    """Read one author: the name as printed, else the one to show."""
    author = authorship.get("author")
    author = author if isinstance(author, dict) else {}
    name = _plain(authorship.get("raw_author_name")) or _plain(author.get("display_name"))
    if not name.strip(" .,;-"):
        return None
    person = parse_person(name)
    person.raw, person.role = name, "author"
    person.orcid = clean_orcid(_text(author.get("orcid")))
    return person


def _addresses(authorship: dict[str, Any]) -> list[str]:
    """Return the addresses as printed, else the names of the institutions."""
    printed = authorship.get("raw_affiliation_strings")
    printed = printed if isinstance(printed, list) else [authorship.get("raw_affiliation_string")]
    addresses = [text for value in printed if (text := _plain(value))]
    if addresses:
        return list(dict.fromkeys(addresses))
    found = authorship.get("institutions")
    return _names(found) if isinstance(found, list) else []


def _names(items: list[Any]) -> list[str]:
    """Return the names of objects of OpenAlex, or texts as they are."""
    found = []
    for item in items:
        if isinstance(item, dict):
            found.append(_plain(item.get("display_name")) or _plain(item.get("keyword")))
        else:
            found.append(_plain(item))
    return list(dict.fromkeys(name for name in found if name))


def _take_terms(record: Record, left: dict[str, Any]) -> None:
    """Read keywords; topics, concepts and goals are kept by name."""
    words = _names(_pop_list(left, "keywords"))
    record.keywords = [("index_keyword", word) for word in words]
    for name in _LISTS_OF_NAMES:
        if isinstance(left.get(name), list):
            left[name] = "; ".join(_names(left[name]))
    for name in ("primary_topic", "open_access"):
        for part, value in sorted(_pop_dict(left, name).items()):
            shown = value.get("display_name") if isinstance(value, dict) else value
            left[f"{name}.{part}"] = shown


def _abstract(left: dict[str, Any], reasons: list[str]) -> str | None:
    """Put the abstract together of the places of its words."""
    index = _pop_dict(left, "abstract_inverted_index")
    at_place: dict[int, str] = {}
    n_bad = 0
    for word, places in index.items():
        for place in places if isinstance(places, list) else [None]:
            if isinstance(place, int) and 0 <= place < _MAX_WORDS:
                at_place[place] = word
            else:
                n_bad += 1
    if n_bad:
        reasons.append(f"{n_bad} places of words of the abstract cannot be read; they are left out")
    return _plain(" ".join(at_place[place] for place in sorted(at_place))) or None


def _take_rest(record: Record, left: dict[str, Any]) -> None:
    """Keep what no attribute takes."""
    for name in _SAID_ELSEWHERE:
        left.pop(name, None)
    for name, value in left.items():
        if value in (None, "", [], {}):
            continue
        if isinstance(value, str):
            record.fields.append((name, value))
        else:
            record.fields.append((name, json.dumps(value, ensure_ascii=False, sort_keys=True)))


def openalex_work(item: dict[str, Any], file: str) -> Record:
    """Make a record of one decoded work of OpenAlex; `file` names where it came from."""
    return _record(file, None, item)


FORMAT = Format(
    name="openalex",
    title="OpenAlex JSON, also one work a line",
    suffixes=(".json", ".jsonl", ".ndjson"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
