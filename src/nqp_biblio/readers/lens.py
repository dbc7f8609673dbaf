"""The Lens: CSV of the website, and JSON of its scholarly API, also one work a line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import InputError
from nqp_biblio.readers.json_works import read_works
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.table_columns import column_of
from nqp_biblio.readers.table_records import table_records
from nqp_biblio.readers.table_rows import find_header
from nqp_biblio.readers.table_works import (
    Habits,
    csl_type,
    fill_record,
    finish_record,
    left_over,
    strip_tags,
    values_of,
)
from nqp_biblio.record import CitedReference, Person, Problem, Record
from nqp_biblio.text.entities import decode_entities
from nqp_biblio.text.identifiers import clean_arxiv_id, clean_doi, clean_isbn, clean_orcid, find_doi
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source
    from nqp_biblio.readers.table_rows import Row, Table

__all__ = ["CSV", "JSON"]

_LENS_ID = re.compile(r'"lens_id"\s*:\s*"\d{3}-\d{3}-\d{3}-\d{3}-\d{2}[\dX]"')
_OWN_NAMES = re.compile(
    r'"(?:year_published|publication_type|scholarly_citations_count|date_published'
    r'|fields_of_study|external_ids|references_count|author_count)"\s*:'
)
_PATENT = re.compile(r'"(?:doc_number|jurisdiction|publication_reference)"\s*:')
_RESULTS = re.compile(r'"data"\s*:\s*\[')
_OWN_COLUMNS = {
    "issns": "issn",
    "date published": "date",
    "fields of study": "",
    "chemicals": "",
    "funding": "",
    "external url": "url",
    "open access colour": "",
}
_TYPES = {
    "conference proceedings article": "paper-conference",
    "conference proceedings": "paper-conference",
    "clinical study": "article-journal",
    "clinical trial": "article-journal",
    "component": "document",
    "journal": "periodical",
    "journal issue": "periodical",
    "journal volume": "periodical",
    "libguide": "webpage",
    "reference entry": "entry",
    "report series": "report",
    "unknown": "document",
}


def _matches_csv(source: Source) -> float:
    """Score a table: the column of its ids."""
    return 0.95 if find_header(source, _score) else 0.0


def _score(cells: list[str]) -> float:
    """Score a row as a header."""
    names = set(map(fold, cells))
    return (
        float(len(names)) if {"lens id", "title"} <= names and "jurisdiction" not in names else 0.0
    )


def _table_records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each row, in the order of the file."""
    wanted = "Lens ID, Title"
    return table_records(source, _table_record, score=_score, wanted=wanted, form="lens-csv")


def _column(name: str) -> str | None:
    """Return our name of a column."""
    key = fold(name)
    return (_OWN_COLUMNS[key] or None) if key in _OWN_COLUMNS else column_of(name)


def _table_record(file: str, row: Row, table: Table) -> Record:
    """Make a record of a row."""
    record = Record(file=file)
    values, left = values_of(row, table.header, _column)
    kind = _TYPES.get(fold(values.get("type", "")))
    reasons = fill_record(record, values, left, Habits(order="parted"))
    record.type = kind or record.type
    left += left_over(values, table.header, _column)
    return finish_record(record, row, table, left=left, reasons=reasons)


def _matches_json(source: Source) -> float:
    """Score a source: JSON with ids of the Lens and names of its API."""
    head = source.head.lstrip()
    if not head.startswith(("[", "{")) or not _LENS_ID.search(head):
        return 0.0
    return 0.0 if _PATENT.search(head) or not _OWN_NAMES.search(head) else 0.95


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each work, in the order of the file."""
    return read_works(source, _record, unwrap=_works, list_start=_RESULTS)


def _works(name: str, line: int, value: object) -> Iterator[tuple[int | None, Any]]:
    """Yield the works of an answer, or the value itself."""
    if isinstance(value, dict) and isinstance(value.get("data"), list):
        yield from ((None, item) for item in value["data"])
    elif isinstance(value, dict) and "lens_id" not in value and "message" in value:
        said = _text(value["message"])
        raise InputError(f"{name}:{line}: no work, an error of the service: {said[:200]}")
    else:
        yield line, value


def _record(file: str, line: int | None, item: dict[str, Any]) -> Record:
    """Make a record of a work."""
    record = Record(file=file, line=line, format="lens")
    left = {name: value for name, value in item.items() if value not in (None, "", [], {})}
    reasons: list[str] = []
    record.key = _text(left.pop("lens_id", None)) or None
    record.title = _plain(left.pop("title", None)) or None
    record.abstract = _plain(left.pop("abstract", None)) or None
    _take_type(record, left)
    _take_dates(record, left, reasons)
    _take_ids(record, left)
    _take_place(record, left)
    _take_people(record, left, reasons)
    _take_lists(record, left, reasons)
    count = left.get("scholarly_citations_count")
    if isinstance(count, int) and not isinstance(count, bool):
        record.cited_by_count = count
        left.pop("scholarly_citations_count")
    languages = _list(left, "languages", keep=True)
    if languages and (code := language_code(_text(languages[0]))):
        record.language = code
        if len(languages) == 1:
            left.pop("languages")
    record.fields += [(name, _shown(value)) for name, value in left.items()]
    raw = json.dumps(item, ensure_ascii=False)[:2_000] if reasons else ""
    record.problems = [Problem(file, line, raw, reason) for reason in reasons]
    return record


def _text(value: object) -> str:
    """Turn a text or a number into clean text; anything else has none."""
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return clean_text(str(value))
    return ""


def _plain(value: object) -> str:
    """Turn a text into one without tags and entities."""
    return strip_tags(decode_entities(_text(value)))


def _shown(value: object) -> str:
    """Show a value that no attribute takes."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _list(left: dict[str, Any], name: str, *, keep: bool = False) -> list[Any]:
    """Take a list; what is none stays."""
    value = left.get(name)
    if not isinstance(value, list):
        return []
    return value if keep else left.pop(name)


def _take_type(record: Record, left: dict[str, Any]) -> None:
    """Read the kind of work; one that CSL has no word for stays."""
    printed = _text(left.get("publication_type"))
    kind = _TYPES.get(fold(printed)) or csl_type(printed)
    record.type = kind or "document"
    if kind is not None:
        left.pop("publication_type")


def _take_dates(record: Record, left: dict[str, Any], reasons: list[str]) -> None:
    """Read year and date."""
    printed = _text(left.pop("year_published", None))
    date = _text(left.pop("date_published", None)).partition("T")[0]
    parts = [_text(part).zfill(2) for part in _list(left, "date_published_parts")]
    date = "-".join(parts) if parts else date
    record.year_raw = printed or date or None
    record.publication_year = parse_year(printed) or parse_year(date)
    iso = parse_date(date) if date else None
    record.publication_date = iso if iso and len(iso) > len("2001") else None
    if record.year_raw and record.publication_year is None:
        reasons.append(f"no year in {record.year_raw[:80]!r}; the year is left empty")


def _take_ids(record: Record, left: dict[str, Any]) -> None:
    """Read DOI, PubMed's number, arXiv's, ISBN and ISSN; the other ids are kept."""
    for item in _list(left, "external_ids"):
        kind, value = _pair(item, "type", "value")
        if kind == "doi" and record.doi_raw is None:
            record.doi_raw, record.doi = value, clean_doi(value)
        elif kind == "pmid" and record.pmid is None:
            record.pmid = value
        elif kind == "arxiv" and record.arxiv_id is None:
            record.arxiv_id = clean_arxiv_id(value) or value
        elif value:
            record.fields.append((kind or "external_id", value))
    for item in _list(left, "isbn") + _list(left, "isbns"):
        number = _pair(item, "type", "value")[1] or _text(item)
        if record.isbn is None:
            record.isbn = clean_isbn(number) or number or None
        elif number:
            record.fields.append(("isbn", number))


def _pair(item: object, first: str, second: str) -> tuple[str, str]:
    """Return two texts of an object."""
    if not isinstance(item, dict):
        return "", ""
    return _text(item.get(first)), _text(item.get(second))


def _take_place(record: Record, left: dict[str, Any]) -> None:
    """Read source, volume, issue, pages, event and address."""
    source = left.pop("source", None)
    source = source if isinstance(source, dict) else {}
    record.source_raw = _plain(source.get("title")) or _plain(source.get("title_full")) or None
    record.publisher = _plain(source.get("publisher")) or None
    numbers = source.get("issn")
    issns = [
        _pair(item, "type", "value")[1] or _text(item)
        for item in (numbers if isinstance(numbers, list) else [numbers])
    ]
    issns = [
        f"{text[:4]}-{text[4:]}" if re.fullmatch(r"\d{7}[\dX]", text) else text for text in issns
    ]
    record.issn = issns[0] if issns and issns[0] else None
    record.fields += [("issn", text) for text in issns[1:] if text]
    record.fields += [
        (f"source.{name}", _shown(source[name]))
        for name in ("type", "country", "asjc_codes", "asjc_subjects")
        if source.get(name)
    ]
    record.volume = _text(left.pop("volume", None)) or None
    record.issue = _text(left.pop("issue", None)) or None
    first, last = (_text(left.pop(name, None)) for name in ("start_page", "end_page"))
    if first or last:
        record.pages_raw = first if last in ("", first) else f"{first}–{last}"
        record.pages = parse_pages(record.pages_raw)
    conference = left.get("conference")
    if isinstance(conference, dict) and (name := _plain(conference.get("name"))):
        record.event = name
    urls = [_pair(item, "type", "url")[1] for item in _list(left, "source_urls", keep=True)]
    record.url = next((url for url in urls if url), None)


def _take_people(record: Record, left: dict[str, Any], reasons: list[str]) -> None:
    """Read authors with ORCID and addresses."""
    for item in _list(left, "authors"):
        person = _person(item) if isinstance(item, dict) else None
        if person is None:
            shown = json.dumps(item, ensure_ascii=False)[:80]
            reasons.append(f"an author cannot be read: {shown}")
            continue
        record.people.append(person)
        addresses = item.get("affiliations")
        for address in addresses if isinstance(addresses, list) else []:
            text = _pair(address, "name_original", "name")
            if found := (text[0] or text[1] or _text(address)).rstrip(" ;"):
                record.affiliations.append((found, len(record.people)))


def _person(item: dict[str, Any]) -> Person | None:
    """Read one author."""
    family, given = (_plain(item.get(name)) for name in ("last_name", "first_name"))
    given = given or _plain(item.get("initials"))
    group = _plain(item.get("collective_name"))
    raw = ", ".join(part for part in (family, given) if part)
    if family and given:
        person = Person(family, given, raw=raw)
    elif family or group:
        person = parse_person(family) if family else Person(literal=group)
        person.raw = family or group
    elif name := _plain(item.get("display_name")) or given:
        person = parse_person(name)
    else:
        return None
    for number in item["ids"] if isinstance(item.get("ids"), list) else []:
        kind, value = _pair(number, "type", "value")
        if kind == "orcid":
            person.orcid = clean_orcid(value)
    return person


def _take_lists(record: Record, left: dict[str, Any], reasons: list[str]) -> None:
    """Read keywords, headings of MeSH and cited references."""
    words = [("author_keyword", _plain(word)) for word in _list(left, "keywords")]
    words += [("index_keyword", _heading(item)) for item in _list(left, "mesh_terms")]
    record.keywords = list(dict.fromkeys(pair for pair in words if pair[1]))
    fields = [_plain(name) for name in _list(left, "fields_of_study")]
    if any(fields):
        record.fields.append(("fields_of_study", "; ".join(name for name in fields if name)))
    for item in _list(left, "references"):
        key, text = _pair(item, "lens_id", "text")
        if not key and not text:
            shown = json.dumps(item, ensure_ascii=False)[:80]
            reasons.append(f"a reference cannot be read: {shown}")
            continue
        record.cited_references.append(_cited(text or key, key))


def _cited(raw: str, key: str) -> CitedReference:
    """Make a cited reference of its id, or of its text with the id behind it."""
    raw = raw if raw == key or not key else f"{raw} [{key}]"
    return CitedReference(
        raw=raw, doi=find_doi(raw), publication_year=None if raw == key else parse_year(raw)
    )


def _heading(item: object) -> str:
    """Return a heading of MeSH with its qualifier."""
    heading, qualifier = _pair(item, "mesh_heading", "qualifier_name")
    return f"{heading}/{qualifier}" if heading and qualifier else heading


CSV = Format(
    name="lens-csv",
    title="The Lens CSV",
    suffixes=(".csv", ".xlsx"),
    matches=_matches_csv,
    records=_table_records,
)
"""The table of the website."""

JSON = Format(
    name="lens",
    title="The Lens JSON, also one work a line",
    suffixes=(".json", ".jsonl", ".ndjson"),
    matches=_matches_json,
    records=_records,
)
"""Answers of the API."""

register_format(CSV)
register_format(JSON)
