"""OpenAlex as a table: one row a work, lists parted by bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.readers.openalex_types import PLAIN_TYPES, TYPES
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.table_columns import column_of
from nqp_biblio.readers.table_people import set_orcids
from nqp_biblio.readers.table_records import table_records
from nqp_biblio.readers.table_rows import find_header
from nqp_biblio.readers.table_works import Habits, fill_record, finish_record, left_over, values_of
from nqp_biblio.record import CitedReference, Person, Record
from nqp_biblio.text.identifiers import clean_arxiv_id
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source
    from nqp_biblio.readers.table_rows import Row, Table
    from nqp_biblio.readers.table_works import Values
    from nqp_biblio.record import Problem

__all__ = ["FORMAT"]

_OWN = {
    "id": "key",
    "display name": "title",
    "title": "title",
    "publication year": "year",
    "publication date": "date",
    "authorships raw author name": "printed_names",
    "authorships author display name": "names",
    "authorships author orcid": "orcids",
    "authorships raw affiliation strings": "printed_addresses",
    "authorships raw affiliation string": "printed_addresses",
    "authorships institutions display name": "institutions",
    "primary location source display name": "source_raw",
    "primary location raw source name": "abbreviated",
    "primary location source type": "source_type",
    "primary location source issn l": "issn",
    "primary location source host organization name": "publisher",
    "primary location landing page url": "url",
    "host venue display name": "source_raw",
    "host venue publisher": "publisher",
    "host venue issn l": "issn",
    "biblio volume": "volume",
    "biblio issue": "issue",
    "biblio first page": "first_page",
    "biblio last page": "last_page",
    "ids pmid": "pmid",
    "ids doi": "doi",
    "keywords display name": "index_keywords",
    "referenced works": "references",
    "abstract": "abstract",
    "doi": "doi",
    "language": "language",
    "type": "type",
    "cited by count": "cited_by_count",
}
_MARKS = ("authorships.", "primary_location.", "open_access.", "host_venue.", "best_oa_location.")
_OWN_NAMES = frozenset(("publication_year", "cited_by_count", "display_name", "referenced_works"))
_MIN_NAMES = 3
_TRUE = "true"


def _matches(source: Source) -> float:
    """Score a source: names of columns with a point in them."""
    return 0.95 if find_header(source, _score) else 0.0


def _score(cells: list[str]) -> float:
    """Score a row as a header."""
    is_flat = any(name.startswith(_MARKS) for name in cells)
    n_own = sum(name in _OWN_NAMES for name in cells)
    has_own = (is_flat and n_own > 0) or n_own >= _MIN_NAMES
    return float(len(cells)) if "id" in cells and has_own else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each row, in the order of the file."""
    wanted = "id, display_name, authorships.author.display_name"
    return table_records(source, _record, score=_score, wanted=wanted, form="openalex-csv")


def _column(name: str) -> str | None:
    """Return our name of a column; what is nested and not named stays a field."""
    key = fold(name)
    return _OWN.get(key) or (None if "." in name else column_of(name))


def _record(file: str, row: Row, table: Table) -> Record:
    """Make a record of a row."""
    record = Record(file=file)
    values, left = values_of(row, table.header, _column)
    kind = values.pop("type", "")
    _take_people(record, values)
    references = [_bare(work) for work in values.pop("references", "").split("|")]
    reasons = fill_record(record, values, left, Habits())
    record.cited_references = [CitedReference(raw=work) for work in references if work]
    _take_type(record, kind, values, left)
    if record.doi and "/arxiv." in record.doi:
        record.arxiv_id = clean_arxiv_id(record.doi.partition("/arxiv.")[2])
    is_cut = any(name == "is_authors_truncated" and text.lower() == _TRUE for name, text in left)
    record.et_al = record.et_al or is_cut
    left += left_over(values, table.header, _column)
    return finish_record(record, row, table, left=left, reasons=reasons)


def _bare(value: str) -> str:
    """Return an id without its address."""
    return value.strip().rstrip("/").rpartition("/")[2]


def _take_type(record: Record, printed: str, values: Values, left: list[tuple[str, str]]) -> None:
    """Read the kind of work; one that CSL has no word for stays among the fields."""
    is_conference = values.get("source_type") == "conference"
    record.type = TYPES.get(printed, "document")
    if printed == "article" and is_conference:
        record.type = "paper-conference"
    if printed and printed not in PLAIN_TYPES:
        left.append(("type", printed))


def _take_people(record: Record, values: Values) -> None:
    """Read authors, by their names as printed where each has one; and their addresses."""
    shown = _items(values.get("names", ""))
    printed = _items(values.get("printed_names", ""))
    names = printed if len(printed) >= len(shown) else shown
    record.people = [_person(name) for name in names if name.strip(" .,;-")]
    if len(record.people) == len(names):
        values.pop("printed_names" if names is printed else "names", None)
        if printed == shown:
            values.pop("names", None)
    else:
        values.pop("names", None)
    if set_orcids(record.people, values.get("orcids", "")):
        values.pop("orcids", None)
    addresses = _items(values.get("printed_addresses", ""))
    column = "printed_addresses" if any(addresses) else "institutions"
    found = _items(values.pop(column, ""))
    is_placed = len(found) == len(record.people)
    placed = [(text, at if is_placed else None) for at, text in enumerate(found, 1) if text]
    record.affiliations = list(dict.fromkeys(placed))


def _items(cell: str) -> list[str]:
    """Split a list, whose items may be empty."""
    return [item.strip() for item in cell.split("|")] if cell else []


def _person(name: str) -> Person:
    """Read one name."""
    person = parse_person(name)
    person.raw = name
    return person


FORMAT = Format(
    name="openalex-csv",
    title="OpenAlex CSV",
    suffixes=(".csv", ".xlsx"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
