"""RIS in the dialects of databases and reference managers."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.ris_tags import PEOPLE_TAGS, TAGS, TYPE_OF_TAG
from nqp_biblio.readers.scopus_references import parse_references
from nqp_biblio.record import Person, Problem, Record
from nqp_biblio.text.entities import decode_entities
from nqp_biblio.text.identifiers import clean_doi
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.numbers import parse_date, parse_pages
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_TAGGED = re.compile(r"[ \ufeff]{0,4}([A-Z][A-Z0-9]{1,3})( {0,3})-(?: (.*)|$)")
_TYPE = re.compile(r"(?m)^[ \ufeff]{0,4}TY {1,2}- ?[A-Z]{2,8}\s*$")
_USUAL_GAP = 2
_YEAR = re.compile(r"\D{0,20}(1[4-9]\d\d|20\d\d)(?:(?!\d)|(?=[01]\d[0-3]\d(?!\d)))")
_CITED_BY = re.compile(
    r"(?:cited by ?:?|times cited in web of science core collection:|total times cited:)"
    r"\s{0,3}(\d{1,7})",
    re.IGNORECASE,
)
_REFERENCES = re.compile(r"^References: ?(.*)", re.DOTALL)
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx](?![\d-])")
_ET_AL = re.compile(r"(?:and )?(?:others|et\.? al\.?|\.\.\.)", re.IGNORECASE)
_PARTS = frozenset({"chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"})

_FIRST_OF: dict[str, tuple[str, ...]] = {
    "title": ("TI", "T1", "CT"),
    "abstract": ("AB", "N2"),
    "volume": ("VL", "VO"),
    "issue": ("IS", "CP"),
    "publisher": ("PB", "PU"),
    "publisher_place": ("CY", "PP", "PI"),
    "edition": ("ET",),
    "series": ("T3",),
    "genre": ("M3",),
    "article_number": ("C7",),
    "pmid": ("PM", "PMID"),
    "url": ("UR",),
    "key": ("ID",),
}
"""Attributes with the tags they are taken from, the first that is there."""

_SOURCE_TAGS = ("JF", "T2", "JO", "JA", "J2", "J1")
_SOURCE_TAGS_OF_PARTS = ("BT", "T2", "JF", "JO", "JA", "J2", "J1")
_YEAR_TAGS = ("PY", "DA", "Y1")


@dataclass(slots=True)
class _Entry:
    """The lines of one record."""

    line: int
    lines: list[tuple[str, list[str]]] = field(default_factory=list)
    reasons: list[tuple[int, str]] = field(default_factory=list)


def _matches(source: Source) -> float:
    """Score a source: a TY tag alone on a line, and an ER tag."""
    head = source.head
    if not _TYPE.search(head):
        return 0.0
    return 0.95 if re.search(r"(?m)^[ ]{0,4}(?:AU|A1|TI|T1|PY|ER) {1,2}-", head) else 0.7


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each TY tag, in the order of the file."""
    n_entries = 0
    for entry in _entries(source.lines()):
        n_entries += 1
        yield _record(source.name, entry)
    if not n_entries:
        yield Problem(source.name, 1, source.head[:200], "no TY tag in the file; nothing is read")


def _entries(lines: Iterable[str]) -> Iterator[_Entry]:
    """Split the lines into records; what stands between them is left out."""
    entry: _Entry | None = None
    for number, line in enumerate(lines, 1):
        tag, value = _tagged(line)
        if tag == "TY":
            if entry is not None:
                reason = "no ER tag ends the record before the next TY"
                entry.reasons.append((number, reason))
                yield entry
            entry = _Entry(number, [("TY", [value])])
        elif tag == "ER":
            if entry is not None:
                yield entry
            entry = None
        elif tag and entry is None and tag in TAGS:
            entry = _Entry(number, [(tag, [value])])
            entry.reasons.append((number, "no TY tag begins the record"))
        elif tag and entry is not None:
            entry.lines.append((tag, [value]))
        elif entry is not None and line.strip():
            entry.lines[-1][1].append(line)
    if entry is not None:
        entry.reasons.append((entry.line, "no ER tag ends the record at the end of the file"))
        yield entry


def _tagged(line: str) -> tuple[str, str]:
    """Split a line into tag and value; the tag is empty where the line has none."""
    if line[2:6] == "  - " and line[:2] in TAGS:
        return line[:2], line[6:]
    found = _TAGGED.match(line)
    if found is None or (len(found[2]) != _USUAL_GAP and found[1] not in TAGS):
        return "", line
    return found[1], found[3] or ""


def _record(file: str, entry: _Entry) -> Record:
    """Make a record of its lines."""
    values: dict[str, list[str]] = defaultdict(list)
    for tag, lines in entry.lines:
        text = lines[0] if len(lines) == 1 else "\n".join(lines)
        if text := clean_text(decode_entities(text) if "&" in text else text):
            values[tag].append(text)
    kind = next(iter(values.pop("TY", [])), "").upper()
    record = Record(type=TYPE_OF_TAG.get(kind, "document"))
    record.file, record.line, record.format = file, entry.line, "ris"
    reasons = list(entry.reasons)
    _take_people(record, values)
    _take_source(record, values)
    _take_plain(record, values)
    if reason := _take_dates(record, values):
        reasons.append((entry.line, reason))
    _take_identifiers(record, values)
    _take_lists(record, values)
    if kind and TYPE_OF_TAG.get(kind) is None:
        record.fields.append(("TY", kind))
    record.fields += [(tag, text) for tag, texts in values.items() for text in texts]
    raw = "\n".join(f"{tag}  - {' '.join(lines)}" for tag, lines in entry.lines[:40])
    record.problems = [Problem(file, line, raw, reason) for line, reason in reasons]
    return record


def _take_people(record: Record, values: dict[str, list[str]]) -> None:
    """Read authors, then editors, then translators; those of one role as they are printed."""
    roles = list(dict.fromkeys(PEOPLE_TAGS.values()))
    tags = [tag for tag in values if tag in PEOPLE_TAGS]
    for tag in sorted(tags, key=lambda tag: roles.index(PEOPLE_TAGS[tag])):
        role = PEOPLE_TAGS[tag]
        for name in values.pop(tag, []):
            if _ET_AL.fullmatch(name):
                record.et_al = True
                continue
            pieces = name.split(";") if ";" in name else [name]
            record.people.extend(
                Person.of_parts(_parts(piece.strip()), role)
                for piece in pieces
                if piece.strip(" ,.")
            )


@lru_cache(maxsize=20_000)
def _parts(name: str) -> tuple[str | None, ...]:
    """Read one name; RIS writes "Family,Given,Suffix"."""
    found = parse_person(name.replace(",", ", "))
    if found.suffix and not found.given and name.count(",") == 1:
        found.given, found.suffix = found.suffix, None
        found.family, found.literal = found.family or found.literal, None
    return found.family, found.given, found.particle, found.suffix, found.literal, name


def _take_source(record: Record, values: dict[str, list[str]]) -> None:
    """Read the journal, or the book that a part stands in."""
    is_part = record.type in _PARTS
    if not is_part and "TI" not in values and "T1" not in values and "BT" in values:
        values["TI"] = values.pop("BT")
    tags = _SOURCE_TAGS_OF_PARTS if is_part else _SOURCE_TAGS
    if record.type == "book" and "T3" not in values:
        record.series = _pop_first(values, ("T2",))
    record.source_raw = _pop_first(values, tags)
    for tag in tags:
        kept = [text for text in values.pop(tag, []) if text != record.source_raw]
        if kept:
            values[tag] = kept


def _take_plain(record: Record, values: dict[str, list[str]]) -> None:
    """Read what stands under one tag and goes into one attribute."""
    for attribute, tags in _FIRST_OF.items():
        text = _pop_first(values, tags)
        if text is not None:
            setattr(record, attribute, text)
    if record.key is None and "LB" in values:
        record.key = _pop_first(values, ("LB",))
    if record.issue is None and record.type == "article-journal":
        record.issue = _pop_first(values, ("M1",))
    language = _pop_first(values, ("LA",))
    record.language = language_code(language) if language else None
    if language and record.language is None:
        values["LA"].insert(0, language)
    first, last = _pop_first(values, ("SP",)), _pop_first(values, ("EP", "LP"))
    if first or last:
        record.pages_raw = first if not last or last == first else f"{first or ''}–{last}"
        record.pages = parse_pages(record.pages_raw or "")


def _take_dates(record: Record, values: dict[str, list[str]]) -> str | None:
    """Read year and date; say so where there is a year that is none."""
    printed = [text for tag in _YEAR_TAGS for text in values.pop(tag, [])]
    if not printed:
        return None
    years = [(text, found[1]) for text in printed if (found := _YEAR.search(text))]
    if not years:
        record.year_raw = printed[0]
        if not any(sign.isalnum() for sign in printed[0]):
            return None
        return f"no year in {printed[0][:80]!r}; the year is left empty"
    record.publication_year = int(years[0][1])
    record.year_raw = years[0][1]
    dates = [parse_date(_without_rest(text)) or "" for text, year in years if year == years[0][1]]
    longest = max(dates, key=len)
    record.publication_date = longest if len(longest) > len("2001") else None
    return None


def _without_rest(date: str) -> str:
    """Drop empty parts and the free text of YYYY/MM/DD/other."""
    if "/" not in date:
        return date
    parts = [part.strip() for part in date.split("/")]
    if not parts[0].isdigit():
        return date
    return "/".join(part for part in parts[:3] if part.strip("0"))


def _take_identifiers(record: Record, values: dict[str, list[str]]) -> None:
    """Read DOI, ISSN and ISBN."""
    record.doi_raw = _pop_first(values, ("DO", "DI"))
    record.doi = clean_doi(record.doi_raw) if record.doi_raw else None
    if record.doi is None and record.genre and (doi := clean_doi(record.genre)):
        record.doi, record.doi_raw, record.genre = doi, record.genre, None
    if record.doi is None and record.url and "doi.org/" in record.url:
        record.doi = clean_doi(record.url)
    for number in values.pop("SN", []):
        is_issn = _ISSN.match(number) is not None and "ISBN" not in number.upper()
        attribute = "issn" if is_issn else "isbn"
        if getattr(record, attribute) is None:
            setattr(record, attribute, number.removesuffix("(ISSN)").strip())
        elif getattr(record, attribute) != number:
            values["SN"].append(number)


def _take_lists(record: Record, values: dict[str, list[str]]) -> None:
    """Read keywords, addresses, and what databases hide in notes."""
    for text in values.pop("KW", []):
        words = text.split(";") if ";" in text else [text]
        record.keywords.extend(("author_keyword", word.strip()) for word in words if word.strip())
    record.keywords = list(dict.fromkeys(record.keywords))
    addresses = values.pop("AD", [])
    for text in addresses:
        pieces = text.split(";") if len(addresses) == 1 else [text]
        record.affiliations.extend((piece.strip(), None) for piece in pieces if piece.strip())
    for tag in ("N1", "U3"):
        for text in values.pop(tag, []):
            if found := _REFERENCES.match(text):
                record.cited_references.extend(parse_references(found[1]))
                continue
            if record.cited_by_count is None and (count := _CITED_BY.search(text)):
                record.cited_by_count = int(count[1])
            values[tag].append(text)


def _pop_first(values: dict[str, list[str]], tags: tuple[str, ...]) -> str | None:
    """Take the first value of the first tag that has one."""
    for tag in tags:
        if values.get(tag):
            text = values[tag].pop(0)
            if not values[tag]:
                del values[tag]
            return text
    return None


FORMAT = Format(
    name="ris",
    title="RIS",
    suffixes=(".ris",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
