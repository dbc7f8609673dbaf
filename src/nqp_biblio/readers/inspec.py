"""Inspec as SilverPlatter exports it: two letters, a tilde or colon, and the value."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.tagged_works import (
    add_addresses,
    add_people,
    clean_abstract,
    pop_all,
    pop_first,
    take_language,
    take_numbers,
)
from nqp_biblio.record import Problem, Record
from nqp_biblio.text.numbers import parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_START = re.compile(r"Record\b.{0,60}\bINSPEC\b")
_HEAD = re.compile(r"(?m)^Record\b.{0,60}\bINSPEC\b[^\n]{0,60}$")
_TAGGED = re.compile(r"([A-Z]{2}) {0,2}[~:] ?(.*)")
_SOURCE = re.compile(
    r"(?P<source>[^.;]{1,300})\. ?(?:(?P<date>[^;]{0,40}?\d{4}[^;]{0,20}); ?)?"
    r"(?:(?:vol\.? ?)?(?P<volume>[\w-]{1,15}) ?)?(?:\((?:no\.? ?)?(?P<issue>[^)]{1,20})\) ?)?"
    r"(?:: ?(?:pp?\. ?)?(?P<pages>[\w, -]{1,40}))?\.?"
)
_TYPES = {
    "book": "book",
    "book-chapter": "chapter",
    "conference-paper": "paper-conference",
    "conference-proceedings": "book",
    "dissertation": "thesis",
    "journal-paper": "article-journal",
    "monograph": "book",
    "patent": "patent",
    "report": "report",
    "report-section": "report",
}


def _matches(source: Source) -> float:
    """Score a source: a line that begins a record of Inspec, and tags behind it."""
    head = source.head
    has_tag = re.search(r"(?m)^TI {0,2}[~:] ?\S", head) is not None
    return 0.95 if _HEAD.search(head) and has_tag else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each line that begins one, in the order of the file."""
    values: dict[str, list[str]] = defaultdict(list)
    n_items, start, tag = 0, 1, ""
    for number, line in enumerate(source.lines(), 1):
        found = _TAGGED.match(line)
        if _START.match(line):
            if n_items:
                yield _record(source.name, start, values)
            values, n_items, start, tag = defaultdict(list), n_items + 1, number, ""
        elif found is not None and n_items:
            tag = found[1]
            values[tag].append(found[2])
        elif tag and line.strip():
            values[tag][-1] += f" {line}"
    if n_items:
        yield _record(source.name, start, values)
    else:
        reason = "no line such as 'Record 1 of 2 - INSPEC'; nothing is read"
        yield Problem(source.name, 1, source.head[:200], reason)


def _record(file: str, line: int, lines: dict[str, list[str]]) -> Record | Problem:
    """Make a record of the values of its tags."""
    values: dict[str, list[str]] = defaultdict(list)
    for tag, texts in lines.items():
        values[tag] = [text for one in texts if (text := clean_text(one))]
    if not any(values.values()):
        return Problem(file, line, "", "a record without a tag such as 'TI ~ '; it is left out")
    record = Record(file=file, line=line, format="inspec")
    kind = (pop_first(values, "RT") or "").casefold().replace(" ", "-")
    record.type = _TYPES.get(kind)
    if record.type is None:
        record.type = "document"
        values["RT"] = [kind] if kind else []
    record.title = pop_first(values, "TI")
    add_people(record, pop_all(values, "AU"), "author")
    add_people(record, pop_all(values, "ED"), "editor")
    add_addresses(record, pop_all(values, "CA", "AF"))
    record.abstract = clean_abstract(pop_all(values, "AB"))
    record.publisher, record.key = pop_first(values, "PU"), pop_first(values, "ID", "AN")
    _take_source(record, values)
    words = [word.strip() for text in pop_all(values, "DE", "KW") for word in text.split(";")]
    record.keywords = [("index_keyword", word) for word in dict.fromkeys(words) if word]
    values["LA"] = take_language(record, pop_all(values, "LA"))
    values["DO"] = take_numbers(record, pop_all(values, "DO"))
    record.fields = [(tag, text) for tag, texts in values.items() for text in texts]
    return record


def _take_source(record: Record, values: dict[str, list[str]]) -> None:
    """Read the line of the source, and the year."""
    line, year = pop_first(values, "SO") or "", pop_first(values, "PY") or ""
    found = _SOURCE.fullmatch(line)
    if found is not None:
        record.source_raw = found["source"].strip() or None
        record.volume, record.issue = found["volume"], found["issue"]
        record.pages_raw = found["pages"]
        record.pages = parse_pages(found["pages"] or "")
        year = year if parse_year(year) else found["date"] or year
    elif line:
        record.source_raw = line
    record.year_raw = year or None
    record.publication_year = parse_year(year)
    if year and record.publication_year is None:
        reason = f"no year in {year[:80]!r}; the year is left empty"
        record.problems.append(Problem(record.file or "", record.line, year, reason))


FORMAT = Format(
    name="inspec",
    title="Inspec tagged",
    suffixes=(".txt",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
