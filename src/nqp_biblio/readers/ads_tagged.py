"""ADS tagged: the records of the Astrophysics Data System with a percent sign before each tag."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from nqp_biblio.readers.ads_types import is_page, thesis_genre, type_of_bibcode
from nqp_biblio.readers.html_tags import without_tags
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.tagged_works import (
    add_addresses,
    add_people,
    clean_abstract,
    pop_all,
    pop_first,
    take_date,
    take_language,
    take_numbers,
)
from nqp_biblio.record import Problem, Record
from nqp_biblio.text.numbers import parse_pages
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_TAGGED = re.compile(r"%([A-Za-z0-9])(?:\s(.*)|$)")
_START = re.compile(r"(?m)^%R (?:1[4-9]|20)\d\d[\w.&:]{15}\s*$")
_IN_COLUMNS = {"V": "volume", "N": "issue", "S": "issue", "G": "publisher"}
_MONTH = re.compile(r"^(\d{2})/(\d{4})$")
_LABELLED = re.compile(r"(?:^|[;\n]\s?)(DOI|eprintid)\s?:\s?", re.IGNORECASE)


def _matches(source: Source) -> float:
    """Score a source: a bibcode alone behind %R, and a title."""
    head = source.head
    return 0.97 if _START.search(head) and re.search(r"(?m)^%[TA] ", head) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each %R, in the order of the file; what stands before is left out."""
    lines: list[tuple[str, list[str]]] = []
    n_items, start = 0, 1
    for number, line in enumerate(source.lines(), 1):
        found = _TAGGED.match(line)
        if found is not None and found[1] == "R":
            if lines:
                yield _record(source.name, start, lines)
            n_items += 1
            lines, start = [], number
        if found is not None and n_items:
            lines.append((found[1], [found[2] or ""]))
        elif lines and line.strip():
            lines[-1][1].append(line)
    if lines:
        yield _record(source.name, start, lines)
    if not n_items:
        yield Problem(source.name, 1, source.head[:200], "no %R tag in the file; nothing is read")


def _record(file: str, line: int, lines: list[tuple[str, list[str]]]) -> Record:
    """Make a record of its lines."""
    record = Record(file=file, line=line, format="ads-tagged")
    values: dict[str, list[str]] = defaultdict(list)
    for tag, pieces in lines:
        text = "\n".join(pieces) if tag == "Y" else clean_text("\n".join(pieces))
        if text.strip():
            values[tag].append(text)
    record.key = pop_first(values, "R")
    record.title = without_tags(pop_first(values, "T") or "") or None
    record.source_raw = without_tags(pop_first(values, "J") or "") or None
    record.type = type_of_bibcode(record.key or "") or "document"
    record.genre = thesis_genre(record.source_raw or "")
    if record.genre is not None:
        record.source_raw = None
    for tag, role in (("A", "author"), ("E", "editor")):
        names = [name.strip() for text in pop_all(values, tag) for name in text.split(";")]
        add_people(record, names, role)
    add_addresses(record, [without_tags(text) for text in pop_all(values, "F")])
    for tag, attribute in _IN_COLUMNS.items():
        if getattr(record, attribute) is None:
            setattr(record, attribute, pop_first(values, tag))
    _take_pages(record, values)
    dates = [_MONTH.sub(r"\2-\1", text) for text in pop_all(values, "D")]
    reason, values["D"] = take_date(record, dates, [])
    _take_identifiers(record, values)
    record.abstract = clean_abstract([without_tags(text) for text in pop_all(values, "B")])
    words = [word for text in pop_all(values, "K") for word in without_tags(text).split(", ")]
    record.keywords = [("author_keyword", word) for word in dict.fromkeys(words) if word.strip()]
    values["M"] = take_language(record, pop_all(values, "M"))
    record.fields = [(tag, clean_text(text)) for tag, texts in values.items() for text in texts]
    if reason:
        raw = "\n".join(f"%{tag} {' '.join(pieces)}" for tag, pieces in lines[:40])
        record.problems.append(Problem(file, line, raw, reason))
    return record


def _take_pages(record: Record, values: dict[str, list[str]]) -> None:
    """Read the first and the last page, or a number in their place."""
    if values.get("P") and not is_page(values["P"][0]):
        record.article_number = pop_first(values, "P")
    first, last = pop_first(values, "P"), pop_first(values, "L")
    record.pages_raw = f"{first}–{last}" if first and last and first != last else first or last
    record.pages = parse_pages(record.pages_raw or "")


def _take_identifiers(record: Record, values: dict[str, list[str]]) -> None:
    """Read DOI and number of arXiv, and the address of the record."""
    record.url = pop_first(values, "U")
    numbers, others = [], []
    for text in pop_all(values, "Y"):
        before, *labelled = _LABELLED.split(text)
        others.append(before)
        numbers += [clean_text(value) for value in labelled[1::2]]
    left = take_numbers(record, [number for number in numbers if number])
    kept = [text for text in (*map(clean_text, others), *left) if text]
    if kept:
        values["Y"] = kept


FORMAT = Format(
    name="ads-tagged",
    title="ADS tagged",
    suffixes=(".txt", ".ads"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
