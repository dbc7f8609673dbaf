"""The Cochrane Library's text export: reviews, trials of CENTRAL, editorials."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nqp_biblio.readers.medline_names import medline_person
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.strays import MOST_LINES, above_first
from nqp_biblio.record import Person, Problem, Record
from nqp_biblio.text.entities import decode_entities
from nqp_biblio.text.identifiers import clean_doi
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.names import is_group
from nqp_biblio.text.numbers import parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_RECORD = re.compile(r"\ufeff?Record #(\d{1,7}) of \d{1,7}\s*$")
_HEAD = re.compile(r"(?m)^\ufeff?Record #\d{1,7} of \d{1,7}\s*\n(?:ID|AU|TI): ")
_TAGGED = re.compile(
    r"(AB|AU|CC|CD|CO|DE|DOI|EN|ID|IS|KY|LA|NO|PB|PG|PM|PT|SN|SO|TI|US|VL|XR|YR):(?: (.*)|$)"
)
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-"})
_ET_AL = re.compile(r"(?:and )?(?:others|et\.? al\.?)", re.IGNORECASE)
_PLAIN = {
    "ID": "key",
    "TI": "title",
    "SO": "source_raw",
    "VL": "volume",
    "NO": "issue",
    "AB": "abstract",
    "PB": "publisher",
    "SN": "issn",
    "US": "url",
}
_TYPES = {
    "conference abstract": "paper-conference",
    "conference paper": "paper-conference",
    "conference proceeding": "paper-conference",
    "dissertation": "thesis",
    "preprint": "article",
    "thesis": "thesis",
    "trial registry record": "dataset",
}
_ABSTRACT = re.compile(r"Abstract - ")


@dataclass(slots=True)
class _Entry:
    """The lines of one record."""

    line: int
    lines: list[tuple[str, list[str]]] = field(default_factory=list)
    reasons: list[tuple[int, str, str]] = field(default_factory=list)


def _matches(source: Source) -> float:
    """Score a source: "Record #1 of 9" before a tag."""
    return 0.95 if _HEAD.search(source.head) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each entry, in the order of the file."""
    n_entries = 0
    for entry in _entries(source.lines()):
        n_entries += 1
        yield _record(source.name, entry)
    if not n_entries:
        reason = 'no line "Record #1 of 9" as the Cochrane Library writes; nothing is read'
        yield Problem(source.name, 1, source.head[:200], reason)


def _entries(lines: Iterator[str]) -> Iterator[_Entry]:
    """Split the file at the numbers of its records."""
    entry: _Entry | None = None
    strays: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if _RECORD.match(line):
            if entry is not None:
                yield entry
            entry, strays = _Entry(number, reasons=above_first(strays)), []
        elif not line.strip():
            continue
        elif entry is None:
            strays += [(number, line)] if len(strays) < MOST_LINES else []
        elif found := _TAGGED.match(line):
            entry.lines.append((found[1], [found[2] or ""]))
        elif entry.lines:
            entry.lines[-1][1].append(line)
        else:
            entry.reasons.append((number, line, "a line before the first tag is left out"))
    if entry is not None:
        yield entry


def _record(file: str, entry: _Entry) -> Record:
    """Make a record of its lines."""
    record = Record(file=file, line=entry.line, format="cochrane")
    values: dict[str, list[str]] = defaultdict(list)
    for tag, lines in entry.lines:
        text = clean_text(decode_entities(" ".join(lines))).translate(_HYPHENS)
        if text:
            values[tag].append(text)
    for tag, attribute in _PLAIN.items():
        setattr(record, attribute, values[tag].pop(0) if values[tag] else None)
    if record.abstract:
        record.abstract = _ABSTRACT.sub("", record.abstract, count=1)
    _take_people(record, values.pop("AU", []))
    reasons = [*entry.reasons, *((entry.line, *pair) for pair in _take_year(record, values))]
    _take_numbers(record, values)
    _take_words(record, values)
    record.fields = [(tag, text) for tag, texts in values.items() for text in texts]
    record.problems = [Problem(file, line, raw, reason) for line, raw, reason in reasons]
    if not entry.lines:
        reason = "no tag in the record; it is empty"
        record.problems.append(Problem(file, entry.line, "", reason))
    return record


def _take_people(record: Record, names: list[str]) -> None:
    """Read authors, one a line."""
    for name in names:
        if _ET_AL.fullmatch(name):
            record.et_al = True
        elif is_group(name):
            record.people.append(Person(literal=name, raw=name))
        else:
            record.people.append(medline_person(name))


def _take_year(record: Record, values: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Read the year; say so where it is none."""
    printed = values["YR"].pop(0) if values["YR"] else ""
    record.publication_year = parse_year(printed)
    record.year_raw = printed or None
    if printed and record.publication_year is None:
        yield printed, f"no year in {printed[:80]!r}; the year is left empty"


def _take_numbers(record: Record, values: dict[str, list[str]]) -> None:
    """Read type, pages, DOI, PMID, ISSN and language."""
    kinds = [kind.strip() for text in values.pop("PT", []) for kind in text.split(";")]
    is_journal = record.volume is not None or "Journal article" in kinds[:1]
    found = [_TYPES[kind.casefold()] for kind in kinds if kind.casefold() in _TYPES]
    record.type = found[0] if found and not is_journal else "article-journal"
    values["PT"] = [kind for kind in kinds if kind != "Journal article"]
    record.pages_raw = values["PG"].pop(0) if values["PG"] else None
    record.pages = parse_pages(record.pages_raw or "")
    for text in values.pop("DOI", []):
        doi = clean_doi(text)
        if record.doi is None and doi:
            record.doi, record.doi_raw = doi, text
        elif doi != record.doi or doi is None:
            values["DOI"].append(text)
    for text in values.pop("PM", []):
        base, _, number = text.rpartition(" ")
        if record.pmid is None and base.casefold() in {"", "pubmed"} and number.isdigit():
            record.pmid = number
        else:
            values["PM"].append(text)
    for text in values.pop("LA", []):
        record.language = record.language or language_code(text)
        values["LA"] += [text] if record.language is None else []


def _take_words(record: Record, values: dict[str, list[str]]) -> None:
    """Read the headings, which come from several databases; a star marks a main one."""
    printed = [text for tag in ("KY", "DE") for text in values.pop(tag, [])]
    words = [word.strip() for text in printed for word in text.split("; ")]
    kept = (word.replace("*", "").strip(" ;") for word in words)
    record.keywords = [("index_keyword", word) for word in dict.fromkeys(kept) if word]
    values["KY"] = [word for word in words if "*" in word]


FORMAT = Format(
    name="cochrane",
    title="Cochrane Library text",
    suffixes=(),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
