"""NoteExpress export, as CNKI and Wanfang write it."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from nqp_biblio.readers import endnote_types
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.tagged_works import (
    Values,
    add_addresses,
    add_keywords,
    add_people,
    clean_abstract,
    plain_title,
    pop_all,
    pop_first,
    take_date,
    take_language,
    take_numbers,
    take_pages,
    take_serial_numbers,
)
from nqp_biblio.record import Problem, Record
from nqp_biblio.text.entities import decode_entities
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_TAGGED = re.compile(r"\{([A-Z][A-Za-z0-9 /&-]{1,40})\} ?[:：](?: ?(.*))")
_TYPE = re.compile(r"(?m)^\{Reference Type\} ?[:：]")
_KIND, _TITLE = "Reference Type", "Title"
_MORE_KINDS = {
    "标准": "standard",
    "专利": "patent",
    "学位论文": "thesis",
    "期刊文章": "article-journal",
}
_SOURCES = ("Journal", "Secondary Title", "Conference Name", "Book Title", "Newspaper")
_FIRST_OF = {
    "volume": ("Volume",),
    "issue": ("Issue", "Number"),
    "publisher": ("Publisher", "University"),
    "publisher_place": ("Place Published", "Place", "Publishing Place"),
    "edition": ("Edition",),
    "series": ("Series Title", "Series"),
    "genre": ("Type of Work", "Type"),
    "key": ("Label",),
    "url": ("URL", "Url"),
}
"""Attributes with the names that they are taken from, the first that is there."""
_PEOPLE = {
    "Author": "author",
    "Secondary Author": "editor",
    "Editor": "editor",
    "Translator": "translator",
    "Subsidiary Author": "translator",
}

_Lines = list[tuple[str, list[str]]]


def _matches(source: Source) -> float:
    """Score a source: a reference type in braces."""
    return 0.95 if _TYPE.search(source.head) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each reference type, in the order of the file."""
    n_entries = 0
    for line, lines in _entries(source.lines()):
        n_entries += 1
        yield _record(source.name, line, lines)
    if not n_entries:
        reason = "no line begins with {Reference Type}; nothing is read"
        yield Problem(source.name, 1, source.head[:200], reason)


def _entries(lines: Iterable[str]) -> Iterator[tuple[int, _Lines]]:
    """Split the file into records, each with the line where it begins."""
    start, entry, after_blank = 0, _Lines(), True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            after_blank = True
            continue
        found = _TAGGED.match(line)
        if found and (not entry or found[1] == _KIND or _is_headless(found[1], entry, after_blank)):
            if entry:
                yield start, entry
            start, entry = number, []
        if found:
            entry.append((found[1], [found[2]]))
        elif entry:
            entry[-1][1].append(line)
        after_blank = False
    if entry:
        yield start, entry


def _is_headless(name: str, entry: _Lines, after_blank: object) -> bool:
    """Tell a record without a type: a second title after a blank line."""
    return bool(after_blank) and name == _TITLE and any(known == _TITLE for known, _ in entry)


def _record(file: str, line: int, lines: _Lines) -> Record:
    """Make a record of its lines."""
    values: Values = defaultdict(list)
    for name, pieces in lines:
        text = "\n".join(pieces)
        if text := clean_text(decode_entities(text) if "&" in text else text):
            values[name].append(text)
    record = Record(file=file, line=line, format="noteexpress")
    reasons = [] if lines[0][0] == _KIND else ["no {Reference Type} begins the record"]
    _take_type(record, values)
    for name, role in _PEOPLE.items():
        add_people(record, pop_all(values, name), role)
    record.title = plain_title(pop_first(values, _TITLE))
    for attribute, names in _FIRST_OF.items():
        setattr(record, attribute, pop_first(values, *names))
    record.source_raw = plain_title(pop_first(values, *_SOURCES))
    if record.type == "thesis" and record.publisher is None:
        record.publisher, record.source_raw = record.source_raw, None
    left = _take_numbers(record, values)
    reason, dates = take_date(record, pop_all(values, "Year"), pop_all(values, "Date"))
    left += [("Date", text) for text in dates]
    record.fields += left + [(name, text) for name, texts in values.items() for text in texts]
    raw = "\n".join(f"{{{name}}}: {' '.join(pieces)}" for name, pieces in lines[:40])
    reasons += [reason] if reason else []
    record.problems = [Problem(file, line, raw, why) for why in reasons]
    return record


def _take_type(record: Record, values: Values) -> None:
    """Tell the type, in English as in EndNote, or in Chinese."""
    kind = pop_first(values, _KIND) or ""
    known = endnote_types.type_of(kind) or _MORE_KINDS.get(kind)
    if known is None and kind:
        record.fields.append((_KIND, kind))
    record.type = known or "document"


def _take_numbers(record: Record, values: Values) -> list[tuple[str, str]]:
    """Read pages, DOI, ISSN, ISBN, language, abstract, keywords and addresses."""
    left = [("Pages", text) for text in take_pages(record, pop_all(values, "Pages"))]
    left += [("DOI", text) for text in take_numbers(record, pop_all(values, "DOI"))]
    numbers = pop_all(values, "ISBN/ISSN", "ISSN", "ISBN")
    left += [("ISBN/ISSN", text) for text in take_serial_numbers(record, numbers)]
    left += [("Language", text) for text in take_language(record, pop_all(values, "Language"))]
    record.abstract = clean_abstract(pop_all(values, "Abstract"))
    add_keywords(record, pop_all(values, "Keywords"))
    add_addresses(record, pop_all(values, "Author Address"))
    return left


FORMAT = Format(
    name="noteexpress",
    title="NoteExpress",
    suffixes=(".net",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
