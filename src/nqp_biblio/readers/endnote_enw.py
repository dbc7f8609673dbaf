"""EndNote's tagged export (refer), as databases of many countries and CNKI write it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
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
from nqp_biblio.text.identifiers import clean_doi
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_TAGGED = re.compile(r"%([0-9A-Z@+~?!#$^&*()\[\]<>=:;|_-])(?:[ \t](.*)|$)")
_CHINESE_TAG = re.compile(r"([A-Z][A-Za-z]{2,20}-[\u4e00-\u9fff]{1,8})[:： ] ?(.*)")
_BEGINS = re.compile(r"\s{0,200}%[0A-Z] ?\S")
_TYPE = re.compile(r"(?m)^%0[ \t]+\S")
_TITLE = re.compile(r"(?m)^%T[ \t]")
_OTHER = re.compile(r"(?m)^%[ABDEIJKNPRUVX@+][ \t]")
_BIBCODE = re.compile(r"(?m)^%R[ \t]{1,4}\d{4}[\w.&]{15}\s*$")
_FIRST_LINES = 6
_THESIS_WORDS = re.compile(r"thesis|dissertation|学位论文", re.IGNORECASE)
_MEETING = re.compile(r"\b(?:proceedings|conference|symposium|workshop)\b|会议|年会", re.IGNORECASE)
_STANDARD = re.compile(r"标准$|standards?$", re.IGNORECASE)
_SOURCES = {"article-journal": "JB", "article-magazine": "JB", "article-newspaper": "JB"}
_HAVE_SERIES = frozenset({"book", "chapter", "paper-conference", "report", "entry-encyclopedia"})
_FIRST_OF = {
    "volume": "V",
    "issue": "N",
    "publisher_place": "C",
    "key": "F",
}
"""Attributes with the tag that they are taken from."""


@dataclass(slots=True)
class _Entry:
    """The lines of one record."""

    line: int
    lines: list[tuple[str, list[str]]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    reasons: list[tuple[int, str, str]] = field(default_factory=list)


def _matches(source: Source) -> float:
    """Score a source: a type, else nothing but tagged lines, of which none has a code of ADS."""
    head = source.head
    if not _BEGINS.match(head) or _BIBCODE.search(head):
        return 0.0
    if _TYPE.search(head) and (_TITLE.search(head) or _OTHER.search(head)):
        return 0.95
    lines = [line for line in head.split("\n") if line.strip()][:_FIRST_LINES]
    tags = [found[1] for line in lines if (found := _TAGGED.match(line))]
    if len(tags) == len(lines) and "T" in tags and len(tags) > 1:
        return 0.9
    return 0.6 if len(tags) == len(lines) and source.suffix in FORMAT.suffixes else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each entry, in the order of the file."""
    head = source.head
    is_typed = head.lstrip().startswith("%0") and len(_TYPE.findall(head)) >= len(
        _TITLE.findall(head)
    )
    n_entries = 0
    for entry in _entries(source.lines(), is_typed=is_typed):
        n_entries += 1
        yield _record(source.name, entry)
    if not n_entries:
        reason = "no line begins with a tag such as %T; nothing is read"
        yield Problem(source.name, 1, source.head[:200], reason)


def _entries(lines: Iterable[str], *, is_typed: bool) -> Iterator[_Entry]:
    """Split the file into records: by %0, or where there is none by blank lines."""
    entry, strays, after_blank = None, list[tuple[int, str, str]](), False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            after_blank = True
            continue
        tag, value = _tagged(line)
        if tag and (
            entry is None or _begins(tag, entry, after_blank=after_blank, is_typed=is_typed)
        ):
            if entry is not None:
                yield entry
            entry = _Entry(number, reasons=strays)
            strays = []
        if entry is None:
            strays.append((number, line, "text before the first record is left out"))
        elif tag:
            entry.lines.append((tag, [value]))
            entry.seen.add(tag)
        else:
            entry.lines[-1][1].append(line)
        after_blank = False
    if entry is not None:
        yield entry


def _tagged(line: str) -> tuple[str, str]:
    """Split a line into tag and value; no tag where it goes on with the last."""
    if found := _TAGGED.match(line):
        return found[1], found[2] or ""
    if found := _CHINESE_TAG.match(line):
        return found[1], found[2]
    return "", line


def _begins(tag: str, entry: _Entry, *, after_blank: bool, is_typed: bool) -> bool:
    """Tell whether a tag begins another record than the one that is being read."""
    if tag == "0":
        return after_blank or "0" in entry.seen
    if not after_blank or "T" not in entry.seen:
        return False
    return tag == "T" or (not is_typed and tag in "AJBDEQ")


def _record(file: str, entry: _Entry) -> Record:
    """Make a record of its lines."""
    values: Values = defaultdict(list)
    for tag, lines in entry.lines:
        text = "\n".join(lines)
        text = decode_entities(text) if "&" in text else text
        pieces = text.split("\n") if tag == "K" and ";" not in text else [text]
        values[tag].extend(cleaned for piece in pieces if (cleaned := clean_text(piece)))
    record = Record(file=file, line=entry.line, format="endnote-enw")
    kind = pop_first(values, "0") or ""
    record.type = _type_of(kind, values)
    if kind and endnote_types.type_of(kind) is None:
        record.fields.append(("%0", kind))
    left = _take_people(record, values)
    _take_titles(record, values)
    left += _take_plain(record, values)
    left += _take_numbers(record, values)
    reason, dates = take_date(record, pop_all(values, "D"), pop_all(values, "8"))
    left += [("8", text) for text in dates]
    left += [(tag, text) for tag, texts in values.items() for text in texts]
    record.fields += [(f"%{tag}" if len(tag) == 1 else tag, text) for tag, text in left]
    raw = "\n".join(f"%{tag} {' '.join(lines)}" for tag, lines in entry.lines[:40])
    reasons = [*entry.reasons, *([(entry.line, raw, reason)] if reason else [])]
    record.problems = [Problem(file, line, text, why) for line, text, why in reasons]
    return record


def _type_of(kind: str, values: Values) -> str:
    """Tell the type: as printed, or by the tags where none is printed."""
    if any(_STANDARD.search(text) for text in values.get("~", [])):
        return "standard"
    if kind:
        known = endnote_types.type_of(kind) or "document"
        marks = [*values.get("=", []), *values.get("J", [])]
        is_preprint = any("arxiv" in text.casefold() for text in marks)
        if kind.casefold() == "electronic article" and is_preprint:
            return "article"
        is_talk = known == "article-journal" and "J" not in values and "B" in values
        return "paper-conference" if is_talk and _MEETING.search(values["B"][0]) else known
    if "B" in values and "J" not in values:
        if _MEETING.search(values["B"][0]):
            return "paper-conference"
        return "article-journal" if "N" in values else "chapter"
    return "article-journal" if "J" in values else "book" if "I" in values else "document"


def _take_people(record: Record, values: Values) -> list[tuple[str, str]]:
    """Read authors, editors and translators; return who advised, and who held the meeting."""
    add_people(record, pop_all(values, "A"), "author")
    add_people(record, pop_all(values, "E"), "editor")
    if record.type != "thesis":
        add_people(
            record, pop_all(values, "Y"), "translator" if record.type == "book" else "editor"
        )
    left = []
    for text in pop_all(values, "?"):
        n_people = len(record.people)
        add_people(record, [text], "translator")
        if any(person.literal for person in record.people[n_people:]):
            del record.people[n_people:]
            left.append(("?", text))
    return left


def _take_titles(record: Record, values: Values) -> None:
    """Read the title, and the source, series or university that stands beside it."""
    record.title = plain_title(pop_first(values, "T", "Q"))
    record.publisher = pop_first(values, "I")
    if record.type == "thesis":
        names = values.get("J", [])
        if names and record.publisher is None and not _THESIS_WORDS.search(names[0]):
            record.publisher = pop_first(values, "J")
        record.genre = pop_first(values, "9")
    if record.type == "book":
        record.series = pop_first(values, "S", "B", "J")
        return
    record.source_raw = plain_title(pop_first(values, *_SOURCES.get(record.type or "", "BJ")))
    if record.type in _HAVE_SERIES:
        record.series = pop_first(values, "S")
    if record.type == "paper-conference" and "J" in values:
        record.event, record.source_raw = record.source_raw, pop_first(values, "J")


def _take_plain(record: Record, values: Values) -> list[tuple[str, str]]:
    """Read what stands under one tag and goes into one attribute; return pages that are none."""
    left = []
    if record.type == "standard" and (number := pop_first(values, "V")):
        record.key = number  # CNKI prints the number of a standard as its volume
        left.append(("V", number))
    for attribute, tag in _FIRST_OF.items():
        setattr(record, attribute, pop_first(values, tag) or getattr(record, attribute))
    if record.type not in {"article-journal", "article-newspaper"}:
        record.edition = pop_first(values, "7")
    record.genre = record.genre or (pop_first(values, "9") if record.type == "report" else None)
    record.abstract = clean_abstract(pop_all(values, "X"))
    left += [("G", text) for text in take_language(record, pop_all(values, "G"))]
    add_keywords(record, pop_all(values, "K"))
    add_addresses(record, pop_all(values, "+"))
    return left + [("P", text) for text in take_pages(record, pop_all(values, "P"))]


def _take_numbers(record: Record, values: Values) -> list[tuple[str, str]]:
    """Read DOI, number of arXiv, ISSN, ISBN and address in the web."""
    left = [("R", text) for text in take_numbers(record, pop_all(values, "R"))]
    left += [("=", text) for text in take_numbers(record, pop_all(values, "="))]
    numbers = pop_all(values, "@")
    if record.type != "patent":
        numbers = take_serial_numbers(record, numbers)
    left += [("@", text) for text in numbers]
    record.url = pop_first(values, "U")
    if record.doi is None and record.url and "doi" in record.url:
        record.doi = clean_doi(record.url)
    return left


FORMAT = Format(
    name="endnote-enw",
    title="EndNote tagged export (refer)",
    suffixes=(".enw", ".enl", ".ref", ".refer"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
