"""Scopus CSV: the export of any year, with few columns or all, in any language."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.scopus_columns import TYPES, column_name, is_header
from nqp_biblio.readers.scopus_references import parse_references
from nqp_biblio.readers.scopus_rows import csv_rows
from nqp_biblio.record import Person, Problem, Record
from nqp_biblio.text.entities import decode_entities
from nqp_biblio.text.identifiers import clean_doi
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.numbers import parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_MISSING = frozenset({"", "NA", "[No abstract available]", "[No author name available]"})
_INITIALS = re.compile(r"(?:[^\W\d_][\w'’]{0,3}\.[- ]?){1,6}(?:\s?(?:[a-z]{1,4}|Jr\.?))?")
_SUFFIX = re.compile(r"(?:Jr|Sr|I{2,3}|IV)\.?")
_ID = re.compile(r"\s{0,3}\(\d{5,15}\)$")
_EID = re.compile(r"2-s2\.0-\d{5,15}")
_ET_AL = re.compile(r"(?:and )?(?:others|et\.? ?al\.?|\.\.\.|…)", re.IGNORECASE)
_TEXT = (
    "key",
    "title",
    "source_raw",
    "volume",
    "issue",
    "article_number",
    "abstract",
    "url",
    "pmid",
    "isbn",
    "issn",
    "publisher",
    "event",
    "genre",
)
_SURPLUS = "surplus"


def _matches(source: Source) -> float:
    """Score a source: the names of the columns."""
    head = source.head.lstrip()
    first = next((cells for _, cells in csv_rows(head.split("\n", 1)[0])), [])
    return 0.95 if is_header(first) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each row, in the order of the file."""
    header: list[str] = []
    wrong: list[tuple[int, str]] = []
    n_rows = 0
    for line, cells in csv_rows(source.text):
        if is_header(cells):
            header, wrong = [cell.strip(" \ufeff") for cell in cells], _wrong_header(line, cells)
            continue
        n_rows += 1
        if not header:
            yield Problem(source.name, line, ",".join(cells), "no line of column names before it")
            continue
        yield _record(source.name, line, header, cells, wrong=wrong)
        wrong = []
    if not n_rows:
        yield Problem(source.name, 1, source.text[:200], "no record below the column names")


def _wrong_header(line: int, cells: list[str]) -> list[tuple[int, str]]:
    """Name the columns that a header has more than once."""
    repeated = dict.fromkeys(cell for at, cell in enumerate(cells) if cell and cell in cells[:at])
    return [
        (line, f"duplicate column {cell!r}; the first with a value is read") for cell in repeated
    ]


def _record(
    file: str, line: int, header: list[str], cells: list[str], *, wrong: list[tuple[int, str]]
) -> Record:
    """Make a record of a row."""
    names = _named(header)
    reasons = []
    if len(cells) != len(header):
        reasons.append((line, f"{len(cells)} fields where the header names {len(header)} columns"))
        cells, surplus = _aligned(header, names, cells)
    else:
        surplus = []
    left: dict[str, str] = {}
    record = Record(file=file, line=line, format="scopus-csv")
    for column, name, cell in zip(header, names, cells, strict=False):
        text = _clean(cell)
        if text and left.setdefault(name, text) != text:
            record.fields.append((column, text))
    record.fields.extend((_SURPLUS, text) for cell in surplus if (text := _clean(cell)))
    reasons += [(line, reason) for reason in _fill(record, left)]
    record.fields += [(_printed(name, names, header), text) for name, text in left.items()]
    raw = ",".join(cells)[:2_500] if wrong or reasons else ""
    record.problems = [Problem(file, at, raw, reason) for at, reason in wrong + reasons]
    return record


def _clean(cell: str) -> str:
    """Clean a cell; empty where it says that there is nothing."""
    text = clean_text(decode_entities(cell) if "&" in cell else cell)
    return "" if text in _MISSING else text


def _aligned(header: list[str], names: list[str], cells: list[str]) -> tuple[list[str], list[str]]:
    """Part the cells of a row into those of the columns and the surplus.

    Scopus has named one funding text in the header and printed more; the EID at the end of
    the row shows it.
    """
    n_surplus = len(cells) - len(header)
    is_inside = n_surplus > 0 and names[-1] == "key" and _EID.fullmatch(cells[-1].strip())
    if not is_inside:
        return cells[: len(header)], cells[len(header) :]
    funding = [at for at, cell in enumerate(header, 1) if cell.startswith("Funding")]
    at = funding[-1] if funding else len(header)
    if not funding and "references" in names:
        at = names.index("references")
    return cells[:at] + cells[at + n_surplus :], cells[at : at + n_surplus]


def _named(header: list[str]) -> list[str]:
    """Return our names of the columns, or as printed those that we have none for."""
    names = [column_name(cell) or cell for cell in header]
    if "authors" not in names and names and names[0] == "author_keywords":
        names[0] = "authors"  # the Chinese pages have named the authors so
    return names


def _printed(name: str, names: list[str], header: list[str]) -> str:
    """Return the name of a column as printed."""
    return header[names.index(name)] if name in names else name


def _fill(record: Record, left: dict[str, str]) -> list[str]:
    """Set the attributes of a record; return what is wrong."""
    for name in _TEXT:
        if name in left:
            setattr(record, name, left.pop(name))
    if record.source_raw is None and "abbreviated" in left:
        record.source_raw = left.pop("abbreviated")
    record.type = TYPES.get((record.genre or "").casefold(), "document")
    _take_people(record, left)
    _take_affiliations(record, left)
    record.doi_raw = left.pop("doi", None)
    record.doi = clean_doi(record.doi_raw) if record.doi_raw else None
    _take_pages(record, left)
    if "language" in left and (code := language_code(left["language"])):
        record.language = code
        left.pop("language")
    if left.get("cited_by", "").isdecimal():
        record.cited_by_count = int(left.pop("cited_by"))
    if left.get("source") == "Scopus":
        left.pop("source")
    found = [
        (kind.removesuffix("s"), word.strip())
        for kind in ("author_keywords", "index_keywords")
        for word in left.pop(kind, "").split(";")
    ]
    record.keywords = list(dict.fromkeys(pair for pair in found if pair[1]))
    if "references" in left:
        record.cited_references = parse_references(left.pop("references"))
    return _take_year(record, left)


def _take_year(record: Record, left: dict[str, str]) -> list[str]:
    """Read the year; say so where it is none."""
    record.year_raw = left.pop("year", None)
    record.publication_year = parse_year(record.year_raw) if record.year_raw else None
    if record.year_raw and record.publication_year is None:
        return [f"no year in {record.year_raw[:80]!r}; the year is left empty"]
    return []


def _take_pages(record: Record, left: dict[str, str]) -> None:
    """Read the first and the last page."""
    pages = [left.pop(name) for name in ("first_page", "last_page") if name in left]
    record.pages_raw = "-".join(dict.fromkeys(pages)) or None
    record.pages = parse_pages(record.pages_raw) if record.pages_raw else []


def _take_people(record: Record, left: dict[str, str]) -> None:
    """Read authors, by their full names where there is one for each, and editors."""
    short = _split_names(left.get("authors", ""))
    full = [_ID.sub("", name) for name in left.get("full_names", "").split("; ") if name.strip()]
    has_full = bool(full) and len(full) >= len(short)
    for name in full if has_full else short:
        if _ET_AL.fullmatch(name):
            record.et_al = True
        else:
            record.people.append(Person.of_parts(_parts(name), "author"))
    if not has_full or short == full:
        left.pop("authors", None)
    if has_full:
        left.pop("full_names", None)
    for name in _split_names(left.pop("editors", "")):
        record.people.append(Person.of_parts(_parts(name), "editor"))


def _split_names(text: str) -> list[str]:
    """Split names parted by semicolons, or by commas with or without one inside a name."""
    if ";" in text:
        return [name.strip(" ,") for name in text.split(";") if name.strip(" ,")]
    names: list[str] = []
    is_whole = True
    for piece in (piece.strip() for piece in text.split(",")):
        is_rest = bool(names) and (
            _SUFFIX.fullmatch(piece) or (not is_whole and _INITIALS.fullmatch(piece))
        )
        if is_rest:
            names[-1] += f", {piece}"
            is_whole = True
        elif piece:
            names.append(piece)
            is_whole = "." in piece
    return names


@lru_cache(maxsize=50_000)
def _parts(name: str) -> tuple[str | None, ...]:
    """Read one name."""
    found = parse_person(name)
    return found.family, found.given, found.particle, found.suffix, found.literal, name


def _take_affiliations(record: Record, left: dict[str, str]) -> None:
    """Read addresses, each once for each of its authors where the row says whose it is."""
    addresses = [text.strip() for text in left.pop("affiliations", "").split("; ") if text.strip()]
    entries = left.get("placed", "").split("; ") if "placed" in left else []
    authors = record.people_of("author")
    positions: dict[str, list[int]] = {address: [] for address in addresses}
    if len(entries) == len(authors):
        by_length = sorted(positions, key=lambda address: (-len(address), address))
        for position, entry in enumerate(entries, 1):
            rest = f"{entry}, "
            for address in by_length:
                if f", {address}, " in rest:
                    rest = rest.replace(f", {address}, ", ", ")
                    positions[address].append(position)
        if all(positions.values()):
            left.pop("placed", None)
    nowhere: list[int | None] = [None]
    for address, placed in positions.items():
        record.affiliations.extend((address, position) for position in placed or nowhere)


FORMAT = Format(
    name="scopus-csv",
    title="Scopus CSV",
    suffixes=(".csv",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
