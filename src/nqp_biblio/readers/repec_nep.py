"""NEP reports of RePEc: new economics papers, as mailed and as shown on the web."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.record import Person, Problem, Record
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.numbers import parse_date, parse_year
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_ENTRY = re.compile(r"\s{0,3}(\d{1,4})\.\s{1,4}(\S.*)")
_LABELLED = re.compile(
    r"\s{0,3}(Date|By|URL|Keywords?|JEL|Classification-JEL|Length|Note|Download):\s*(.*)"
)
_RULE = re.compile(r"-{20,}\s*")
_INDEX = re.compile(r"\s*In this issue we have:")
_HANDLE = re.compile(r"[?&]u=(RePEc:[^&\s]{3,120})", re.IGNORECASE)
_NAME = re.compile(r"(?P<name>[^()]{2,120}?)\s*(?:\((?P<place>.{1,400})\))?")
_SINGLE = frozenset(("Date", "URL", "Download", "Length"))


def _matches(source: Source) -> float:
    """Score a source: the name of the service, and an address of RePEc."""
    head = source.head
    is_nep = "nep.repec.org" in head[:4_000] or "NEP: New Economics Papers" in head[:8_000]
    return 0.95 if is_nep and re.search(r"(?m)^\s{0,3}\d{1,4}\.\s{1,4}\S", head) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each numbered paper, in the order of the file."""
    lines: list[str] = []
    n_items, start, is_labelled = 0, 1, False
    for number, line in _body(source):
        may_begin = not lines or (is_labelled and not lines[-1].strip())
        if may_begin and _ENTRY.match(line):
            if lines:
                yield _record(source.name, start, lines)
            n_items, start, lines, is_labelled = n_items + 1, number, [line], False
        elif lines:
            lines.append(line)
            is_labelled = is_labelled or _LABELLED.match(line) is not None
    if lines:
        yield _record(source.name, start, lines)
    if not n_items:
        yield Problem(source.name, 1, source.head[:200], "no numbered paper; nothing is read")


def _body(source: Source) -> Iterator[tuple[int, str]]:
    """Yield the lines with their numbers, without the list of contents between two rules."""
    n_rules_left = 0
    for number, line in enumerate(source.lines(), 1):
        if _INDEX.match(line):
            n_rules_left = 2
        elif _RULE.fullmatch(line):
            n_rules_left = max(n_rules_left - 1, 0)
        elif not n_rules_left:
            yield number, line


def _record(file: str, line: int, lines: list[str]) -> Record:
    """Make a record of the lines of a paper."""
    record = Record(file=file, line=line, type="report", genre="Working paper", format="repec-nep")
    first = _ENTRY.match(lines[0])
    title, names, free, values = _parts(first[2] if first else lines[0], lines[1:])
    record.title = clean_text(title) or None
    for name in values.pop("By", []) + names:
        _take_person(record, name)
    record.abstract = clean_text(" ".join(free)) or None
    words = re.split(r"[;,]", " ".join(values.pop("Keywords", []) + values.pop("Keyword", [])))
    cleaned = dict.fromkeys(word for text in words if (word := clean_text(text)))
    record.keywords = [("author_keyword", word) for word in cleaned]
    addresses = values.pop("URL", [])
    record.url = clean_text(addresses[0]) or None if addresses else None
    if record.url and (handle := _HANDLE.search(record.url)):
        record.key = handle[1]
    _take_date(record, values)
    for name, texts in values.items():
        record.fields.append((name, clean_text(" ".join(texts))))
    record.fields += [("URL", text) for text in addresses[1:] if text.strip()]
    return record


def _parts(title: str, lines: list[str]) -> tuple[str, list[str], list[str], dict[str, list[str]]]:
    """Part the lines into title, names in a block of their own, free text and labelled values."""
    names: list[str] = []
    free: list[str] = []
    values: dict[str, list[str]] = defaultdict(list)
    label, n_blank = "title", 0
    for line in lines:
        found = _LABELLED.match(line)
        if found is not None:
            label = found[1]
            values[label].append(found[2])
        elif not line.strip():
            n_blank += label == "title" or bool(names)
            label = "" if label != "title" or n_blank else label
        elif label == "title" and not n_blank:
            title += f" {line.strip()}"
        elif line.startswith((" ", "\t")) and not free and not values:
            names.append(line)
        elif label and label not in _SINGLE:
            values[label].append(line)
        else:
            free.append(line)
    return title, names, free, values


def _take_person(record: Record, printed: str) -> None:
    """Read a name, with the place where the author works in brackets."""
    found = _NAME.fullmatch(clean_text(printed))
    name = found["name"] if found else clean_text(printed)
    if not name.strip(" ,.;"):
        return
    person: Person = parse_person(name.replace(",", ", "))
    person.raw = name
    record.people.append(person)
    if found and found["place"]:
        record.affiliations.append((found["place"], len(record.people)))


def _take_date(record: Record, values: dict[str, list[str]]) -> None:
    """Read year and date; say so where there is a year that is none."""
    printed = clean_text(" ".join(values.pop("Date", [])))
    record.year_raw = printed or None
    record.publication_year = parse_year(printed)
    date = parse_date(printed)
    record.publication_date = date if date and len(date) > len("2001") else None
    if printed and record.publication_year is None:
        reason = f"no year in {printed[:80]!r}; the year is left empty"
        record.problems.append(Problem(record.file or "", record.line, printed, reason))


FORMAT = Format(
    name="repec-nep",
    title="RePEc NEP report",
    suffixes=(".txt",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
