"""RefWorks' tagged format, as RefWorks, ADS and CNKI write it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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

_TAGS_TEXT = """
    A1 A2 A3 A4 A5 A6 AB AD AN AV C1 C2 C3 C4 C5 C6 C7 C8 CL CN CR DB DO DS ED FD FN ID IP IS JF
    JO K1 LA LK LL NO OL OP OT PB PMCID PMID PP RD RT SF SL SN SP SR ST T1 T2 T3 U1 U2 U3 U4 U5 U6
    U7 U8 U9 U10 U11 U12 U13 U14 U15 UL URL VO WP WT WV YR
    """
_TAGS = frozenset(_TAGS_TEXT.split())
_TAGGED = re.compile(r"([A-Z][A-Z0-9]|U1\d|URL|PMC?ID)(?:[ \t]+(.*)|$|(?=[\u3400-\u9fff])(.*))")
_SMALL = re.compile(r"(vo|is|op|sp|yr)[ \t]+(\w{0,10}\d[\d,+~-]{0,20})\s*")
_TYPE = re.compile(r"(?m)^RT[ \t]+[A-Z][A-Za-z]")
_OTHER = re.compile(r"(?m)^(?:SR|A1|T1|JF|YR|K1|LK)[ \t]*\S")

_TYPE_OF_NAME = {
    "abstract": "article-journal",
    "artwork": "graphic",
    "bills/resolutions": "bill",
    "book": "book",
    "book section": "chapter",
    "book, chapter": "chapter",
    "book, edited": "book",
    "book, section": "chapter",
    "book, whole": "book",
    "case/court decisions": "legal_case",
    "computer program": "software",
    "conference proceeding": "paper-conference",
    "conference proceedings": "paper-conference",
    "dissertation": "thesis",
    "dissertation/thesis": "thesis",
    "dissertation/thesis, unpublished": "thesis",
    "grant": "document",
    "hearing": "hearing",
    "journal": "article-journal",
    "journal article": "article-journal",
    "journal, electronic": "article-journal",
    "laws/statutes": "legislation",
    "magazine": "article-magazine",
    "magazine article": "article-magazine",
    "map": "map",
    "monograph": "book",
    "motion picture/video": "motion_picture",
    "music score": "musical_score",
    "newsletter": "article-newspaper",
    "newspaper": "article-newspaper",
    "newspaper article": "article-newspaper",
    "online discussion forum": "post",
    "online discussion forum/blogs": "post-weblog",
    "patent": "patent",
    "personal communication": "personal_communication",
    "preprint": "article",
    "report": "report",
    "resolution": "bill",
    "sound recording": "song",
    "standard": "standard",
    "thesis": "thesis",
    "thesis/dissertation": "thesis",
    "unpublished material": "manuscript",
    "video/ dvd": "motion_picture",
    "video/dvd": "motion_picture",
    "web page": "webpage",
}
_ACHIEVEMENT = "科技成果"
_PEOPLE = {"A1": "author", "A2": "editor", "A3": "editor", "A4": "translator"}
_FIRST_OF = {
    "volume": ("VO",),
    "issue": ("IS",),
    "publisher": ("PB",),
    "publisher_place": ("PP",),
    "edition": ("ED",),
    "key": ("ID",),
    "url": ("LK", "URL", "UL"),
    "pmid": ("PMID",),
}
"""Attributes with the tags that they are taken from, the first that is there."""


@dataclass(slots=True)
class _Entry:
    """The lines of one record."""

    line: int
    lines: list[tuple[str, list[str]]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    reasons: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, tag: str, value: str) -> None:
        """Take a tagged line."""
        self.lines.append((tag, [value]))
        self.seen.add(tag)


def _matches(source: Source) -> float:
    """Score a source: an RT tag with a type, and other tags of RefWorks."""
    head = source.head
    if not _TYPE.search(head):
        return 0.0
    return 0.95 if _OTHER.search(head) else 0.6


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each RT tag, in the order of the file."""
    n_entries = 0
    for entry in _entries(source.lines()):
        n_entries += 1
        yield _record(source.name, entry)
    if not n_entries:
        yield Problem(source.name, 1, source.head[:200], "no RT tag in the file; nothing is read")


def _entries(lines: Iterable[str]) -> Iterator[_Entry]:
    """Split the file into records; one whose RT tag is missing begins after a blank line."""
    entry: _Entry | None = None
    after_blank = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            after_blank = True
            continue
        tag, value = _tagged(line, entry)
        is_new = tag == "RT" or (
            after_blank and tag in {"SR", "ID", "A1", "T1"} and (not entry or "T1" in entry.seen)
        )
        if is_new:
            if entry is not None:
                yield entry
            entry = _Entry(number)
            if tag != "RT":
                entry.reasons.append((number, line, "no RT tag begins the record"))
        if entry is not None:
            if tag:
                entry.add(tag, value)
            else:
                entry.lines[-1][1].append(line)
        after_blank = False
    if entry is not None:
        yield entry


def _tagged(line: str, entry: _Entry | None) -> tuple[str, str]:
    """Split a line into tag and value; no tag where it goes on with the last.

    CNKI writes some tags small; they count before a number, where the record has none such.
    """
    if (found := _TAGGED.match(line)) and found[1] in _TAGS:
        return found[1], found[2] or found[3] or ""
    small = _SMALL.fullmatch(line)
    if small and entry is not None and small[1].upper() not in entry.seen:
        return small[1].upper(), small[2]
    return "", line


def _record(file: str, entry: _Entry) -> Record:
    """Make a record of its lines."""
    values: Values = defaultdict(list)
    for tag, lines in entry.lines:
        text = "\n".join(lines)
        if text := clean_text(decode_entities(text) if "&" in text else text):
            values[tag].append(text)
    record = Record(file=file, line=entry.line, format="refworks")
    _take_type(record, values)
    for tag, role in _PEOPLE.items():
        if record.type not in {"thesis", "patent"} or tag == "A1":
            add_people(record, pop_all(values, tag), role)
    _take_titles(record, values)
    for attribute, tags in _FIRST_OF.items():
        setattr(record, attribute, pop_first(values, *tags))
    if record.type == "thesis":
        record.genre = pop_first(values, "CL")
    left = _take_numbers(record, values)
    record.abstract = clean_abstract(pop_all(values, "AB"))
    left += [("LA", text) for text in take_language(record, pop_all(values, "LA"))]
    add_keywords(record, pop_all(values, "K1"))
    add_addresses(record, pop_all(values, "AD"))
    reason, dates = take_date(record, pop_all(values, "YR"), pop_all(values, "FD"))
    left += [("FD", text) for text in dates]
    record.fields += left + [(tag, text) for tag, texts in values.items() for text in texts]
    raw = "\n".join(f"{tag} {' '.join(lines)}" for tag, lines in entry.lines[:40])
    reasons = [*entry.reasons, *([(entry.line, raw, reason)] if reason else [])]
    record.problems = [Problem(file, line, text, why) for line, text, why in reasons]
    return record


def _take_type(record: Record, values: Values) -> None:
    """Tell the type; CNKI's achievements of research are reports."""
    kind = pop_first(values, "RT") or ""
    known = _TYPE_OF_NAME.get(" ".join(kind.split()).casefold())
    if known is None and _ACHIEVEMENT in values.get("DB", []):
        known = "report"
    if known is None and kind:
        record.fields.append(("RT", kind))
    record.type = known or "document"


def _take_titles(record: Record, values: Values) -> None:
    """Read the title, and the journal or book that holds the work."""
    record.title = plain_title(pop_first(values, "T1"))
    if record.type == "book":
        record.series = pop_first(values, "T3", "T2", "JF")
        return
    tags = (
        ("T2", "JF", "JO") if record.type in {"chapter", "paper-conference"} else ("JF", "JO", "T2")
    )
    record.source_raw = plain_title(pop_first(values, *tags))
    if record.type in {"chapter", "paper-conference", "report"}:
        record.series = pop_first(values, "T3")


def _take_numbers(record: Record, values: Values) -> list[tuple[str, str]]:
    """Read pages, DOI, number of arXiv, ISSN and ISBN."""
    first, other = pop_all(values, "SP"), pop_all(values, "OP")
    joint = [*first, *other]
    if len(first) == len(other) == 1 and "-" not in other[0]:
        joint = first if first == other else [f"{first[0]}–{other[0]}"]
    elif first and other and other[0].startswith(f"{first[0]}-"):
        joint = other
    left = [("OP", text) for text in take_pages(record, joint)]
    left += [("DO", text) for text in take_numbers(record, pop_all(values, "DO"))]
    numbers = pop_all(values, "SN")
    left += [("SN", text) for text in take_serial_numbers(record, numbers)]
    if record.doi is None and record.url and "doi" in record.url:
        record.doi = clean_doi(record.url)
    return left


FORMAT = Format(
    name="refworks",
    title="RefWorks tagged",
    suffixes=(".refworks",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
