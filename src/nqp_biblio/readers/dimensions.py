"""Dimensions: CSV and Excel exports, also those for bibliometric mapping, and tables of its API."""

from __future__ import annotations

import ast
import json
import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.table_columns import column_of
from nqp_biblio.readers.table_records import table_records
from nqp_biblio.readers.table_rows import find_header, first_cell
from nqp_biblio.readers.table_works import Habits, fill_record, finish_record, left_over, values_of
from nqp_biblio.record import CitedReference, Person, Record
from nqp_biblio.text.identifiers import clean_doi, clean_orcid
from nqp_biblio.text.numbers import parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nqp_biblio.readers.source import Source
    from nqp_biblio.readers.table_rows import Row, Table
    from nqp_biblio.readers.table_works import Values
    from nqp_biblio.record import Problem

__all__ = ["FORMAT"]

_OWN = {
    "publication id": "key",
    "source title anthology title": "source_raw",
    "pubyear": "year",
    "publication date": "date",
    "publication date print": "",
    "publication date online": "",
    "conference": "event",
    "isbn": "isbn",
    "linkout": "url",
    "source linkout": "",
    "dimensions url": "url",
    "cited references": "cited",
    "authors raw affiliation": "addresses_by_author",
    "authors affiliations": "",
    "authors affiliations name of research organization": "affiliations",
    "authors affiliations country of research organization": "",
    "mesh terms": "index_keywords",
    "journal title": "source_raw",
    "proceedings title": "anthology",
    "book title": "anthology",
    "book series title": "series",
    "times cited": "cited_by_count",
    "reference ids": "cited",
    "authors": "authors",
    "open access": "",
    "category for": "",
}
"""Our names of the columns of Dimensions that others name or mean otherwise; empty for fields."""

_EXPORT = ("publication id", "dimensions url", "pubyear", "times cited", "rank")
_MIN_EXPORT = 2
_API = ("doi", "title", "year", "date", "type", "times cited", "authors", "journal title")
_PREAMBLE = re.compile(r"\s*\"?About the data: ")
_PUB = re.compile(r"pub\.\d{5,12}")
_BETWEEN = re.compile(r"; ?(?=\[[^\[\]|]{0,20000}\]\|)")
_MAX_LITERAL, _MAX_DEPTH = 500_000, 40
_N_PARTS, _N_LEAST = 10, 9


def _matches(source: Source) -> float:
    """Score a source: its prose above the header, or its names of columns."""
    header = find_header(source, _score)
    if not header:
        return 0.0
    if "id" in map(fold, header):
        return 0.9 if _PUB.fullmatch(first_cell(source, header, "id")) else 0.0
    return 0.97 if _PREAMBLE.match(source.head) else 0.95


def _score(cells: list[str]) -> float:
    """Score a row as a header of an export or of the API."""
    names = set(map(fold, cells))
    if "publication id" in names:
        known = names.intersection(_EXPORT)
        return float(len(names)) if len(known) >= _MIN_EXPORT and "title" in names else 0.0
    if "id" in names and "title" in names and names.intersection(_API[2:4]):
        return 0.5
    return 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each row, in the order of the file."""
    wanted = "Publication ID, Title, PubYear"
    return table_records(source, _record, score=_score, wanted=wanted, form="dimensions")


def _column(name: str) -> str | None:
    """Return our name of a column."""
    key = fold(name)
    return (_OWN[key] or None) if key in _OWN else column_of(name)


def _record(file: str, row: Row, table: Table) -> Record:
    """Make a record of a row."""
    record = Record(file=file)
    values, left = values_of(row, table.header, _column)
    reasons: list[str] = []
    cited = values.pop("cited", "")
    record.cited_references = _ids(cited) or _references(cited)
    if values.get("authors", "").startswith("["):
        _take_objects(record, values, reasons)
    reasons += fill_record(record, values, left, Habits(order="parted"))
    if record.type == "document" and record.source_raw and not any(n == "type" for n, _ in left):
        record.type = "article-journal" if record.volume or record.issue else "document"
    left += left_over(values, table.header, _column)
    return finish_record(record, row, table, left=left, reasons=reasons)


def _ids(printed: str) -> list[CitedReference]:
    """Read a list of ids of publications, as the API gives it."""
    if "|" in printed:
        return []
    return [CitedReference(raw=found) for found in _PUB.findall(printed)]


def _references(printed: str) -> list[CitedReference]:
    """Read cited references of the export for bibliometric mapping."""
    pieces = [piece.strip() for piece in _BETWEEN.split(printed)]
    return [_reference(piece) for piece in pieces if piece.strip("[]| ")]


def _reference(raw: str) -> CitedReference:
    """Read one reference.

    Its parts are authors, then their ids or the title, source, year, volume, issue, pages, DOI,
    id and citations.
    """
    cited = CitedReference(raw=raw)
    parts = [part.strip() for part in raw.split("|")]
    if len(parts) < _N_LEAST:
        return cited
    names = parts[0].strip("[]").split("; ")
    cited.first_author = names[0] or None
    second = "|".join(parts[1 : len(parts) - _N_PARTS + 2]) if len(parts) > _N_PARTS else parts[1]
    if second and not second.startswith("["):
        cited.title = second
    source, year, volume, _, pages, doi, *_ = parts[-8:] if len(parts) >= _N_PARTS else parts[2:]
    cited.source_raw, cited.volume = source or None, volume or None
    cited.publication_year = parse_year(year)
    ranges = parse_pages(pages)
    cited.first_page = ranges[0][0] if ranges else None
    cited.doi = clean_doi(doi) if doi else None
    return cited


def _take_objects(record: Record, values: Values, reasons: list[str]) -> None:
    """Read authors that the API gives as objects, with ORCID and addresses."""
    found = _literal(values["authors"])
    if not isinstance(found, list):
        reasons.append("the list of authors is broken; it is kept as it is")
        record.fields.append(("authors", values.pop("authors")))
        return
    if not all(isinstance(item, dict) for item in found):
        return
    values.pop("authors")
    for item in found:
        family, given = (_text(item.get(name)) for name in ("last_name", "first_name"))
        if not family and not given:
            continue
        raw = ", ".join(part for part in (family, given) if part)
        person = Person(family or None, given or None, raw=raw)
        if not family:
            person = Person(literal=given, raw=raw)
        person.orcid = clean_orcid(str(item.get("orcid") or ""))
        record.people.append(person)
        addresses = item.get("affiliations")
        for address in addresses if isinstance(addresses, list) else []:
            text = _address(address)
            if text:
                record.affiliations.append((text, len(record.people)))


def _address(value: Any) -> str:  # noqa: ANN401  whatever the file holds
    """Return an address as printed, else its name."""
    if not isinstance(value, dict):
        return _text(value)
    return _text(value.get("raw_affiliation")) or _text(value.get("name"))


def _text(value: object) -> str:
    """Clean a text; anything else has none."""
    return clean_text(value) if isinstance(value, str) else ""


def _literal(printed: str) -> object:
    """Read a list as JSON or Python prints it; None where it is broken."""
    if len(printed) > _MAX_LITERAL or _depth(printed) > _MAX_DEPTH:
        return None
    try:
        found: object = json.loads(printed)
    except ValueError:
        try:
            found = ast.literal_eval(printed)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            return None
    return found


def _depth(printed: Sequence[str]) -> int:
    """How deep the brackets go."""
    depth = deepest = 0
    for sign in printed:
        depth += (sign in "[{(") - (sign in "]})")
        deepest = max(deepest, depth)
    return deepest


FORMAT = Format(
    name="dimensions",
    title="Dimensions CSV or Excel",
    suffixes=(".csv", ".xlsx"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
