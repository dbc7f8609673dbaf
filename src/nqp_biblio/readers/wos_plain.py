"""Web of Science plain text: the tagged export, with or without its header."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.wos_fields import ReferenceCount, Values, record_of
from nqp_biblio.readers.wos_tags import LINE_TAGS, TAGS
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_HEADER = re.compile(r"(?m)^\s{0,5}FN .{0,80}(?:Web of|ISI|Clarivate|Thomson)")
_FIRST = re.compile(r"(?m)^\ufeff?PT [A-Z][ \t]*$")
_OTHER = re.compile(r"(?m)^(?:AU|AF|TI|SO|UT|PY|ER)(?: |$)")
_TAGGED = re.compile(r"\ufeff?([A-Z][A-Z0-9]|[a-z][a-z0-9])(?:[ \t](.*)|$)", re.DOTALL)
_GLUED = re.compile(r"([A-Z][A-Z0-9])([A-Z][a-z].*|\[.*)", re.DOTALL)
_INDENT = re.compile(r"(?m)^ {2,}\S")
_IS_FIRST = re.compile(r"[A-Z]?")
_REST_OF_REFERENCE = re.compile(r"DOI |V\d{1,9}(?:,|$)|P\d{1,9}(?:,|$)|10\.\d{4}")
_WRAPPED = 50
_BORDERS = frozenset({"PT", "ER", "EF", "FN"})
_HEADER_TAGS = frozenset({"VR"})


@dataclass(slots=True)
class _Entry:
    """The lines of one record."""

    line: int
    lines: list[tuple[str, list[str]]] = field(default_factory=list)
    reasons: list[tuple[int, str]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def add(self, tag: str, text: str) -> None:
        """Begin a field."""
        self.lines.append((tag, [text]))
        self.seen.add(tag)

    def end(self, tag: str, line: int) -> None:
        """Say so where another tag than ER ends the record."""
        if tag != "ER":
            self.reasons.append((line, f"no ER tag ends the record before the next {tag}"))


def _matches(source: Source) -> float:
    """Score a source: a PT tag alone on a line with its letter, and other tags."""
    head = source.head
    has_header = _HEADER.match(head) is not None
    if _FIRST.search(head) and _OTHER.search(head):
        return 0.97 if has_header else 0.93
    return 0.9 if has_header else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each PT tag, in the order of the file."""
    n_entries, references = 0, ReferenceCount()
    is_indented = _INDENT.search(source.head) is not None
    for entry in _entries(source.lines(), is_indented=is_indented):
        n_entries += 1
        record = _record(source.name, entry)
        references.add(record)
        yield record
    yield from references.problems(source.name)
    if not n_entries:
        yield Problem(source.name, 1, source.head[:200], "no PT tag in the file; nothing is read")


def _entries(lines: Iterable[str], *, is_indented: bool) -> Iterator[_Entry]:
    """Split the lines into records; what stands between them is left out."""
    entry: _Entry | None = None
    for number, line in enumerate(lines, 1):
        if entry is not None and line.startswith("   "):
            if rest := line.strip():
                entry.lines[-1][1].append(rest)
            continue
        tag, value = _tagged(line, entry, is_indented=is_indented)
        if not tag:
            _go_on(entry, number, line)
        elif tag in _BORDERS:
            if entry is not None:
                entry.end(tag, number)
                yield entry
            entry = _Entry(number, [("PT", [value])], seen={"PT"}) if tag == "PT" else None
        elif entry is not None:
            entry.add(tag, value)
        elif tag in TAGS and tag not in _HEADER_TAGS:
            reasons = [(number, "no PT tag begins the record")]
            entry = _Entry(number, [(tag, [value])], reasons, {tag})
    if entry is not None:
        entry.reasons.append((entry.line, "no ER tag ends the record at the end of the file"))
        yield entry


def _tagged(line: str, entry: _Entry | None, *, is_indented: bool) -> tuple[str, str]:
    """Split a line into tag and value; the tag is empty where the line has none."""
    if line[:1] in {" ", ""}:
        return "", line
    found = _TAGGED.match(line)
    if found is None:
        return "", line
    tag, value = found[1], (found[2] or "").strip()
    if tag in {"ER", "EF"}:
        return (tag, "") if not value else ("", line)
    if tag == "PT" and not _IS_FIRST.fullmatch(value):
        return "", line
    if tag == "PT" or is_indented:
        return tag, value
    is_new = tag in TAGS and (entry is None or tag not in entry.seen)
    return (tag, value) if is_new else ("", line)


def _go_on(entry: _Entry | None, number: int, line: str) -> None:
    """Add a line that has no tag to the field before it."""
    if entry is None or not line.strip():
        return
    found = _GLUED.match(line)
    if found and found[1] in TAGS and found[1] not in entry.seen and entry.lines[-1][0] == "PT":
        entry.reasons.append((number, f"no blank behind the tag {found[1]}"))
        entry.add(found[1], found[2])
    else:
        entry.lines[-1][1].append(line.strip())


def _record(file: str, entry: _Entry) -> Record:
    """Make a record of its lines."""
    values: Values = {}
    for tag, lines in entry.lines:
        name = tag if tag.isupper() or tag.upper() in entry.seen else tag.upper()
        items = _items(name, lines) if name in LINE_TAGS else [" ".join(lines)]
        values.setdefault(name, []).extend(items)
    record, reasons = record_of(values)
    record.file, record.line, record.format = file, entry.line, "wos"
    wrong = entry.reasons + [(entry.line, reason) for reason in reasons]
    if wrong:
        raw = "\n".join(f"{tag} {' '.join(lines)}" for tag, lines in entry.lines[:40])
        record.problems = [Problem(file, line, raw, reason) for line, reason in wrong]
    return record


def _items(tag: str, lines: list[str]) -> list[str]:
    """Return the items of a list, one a line; a line that was wrapped goes on in the next."""
    if tag == "C1":
        return _addresses(lines)
    if tag == "CR":
        return _references(lines)
    return [name for line in lines for name in line.split(";")] if tag != "CA" else lines


def _addresses(lines: list[str]) -> list[str]:
    """Join the lines of one address."""
    items: list[str] = []
    is_open = False
    for line in lines:
        if is_open and not line.startswith("["):
            items[-1] += f" {line}"
        else:
            items.append(line)
        is_open = not line.endswith(".") and (len(line) > _WRAPPED or line.endswith(","))
    return items


def _references(lines: list[str]) -> list[str]:
    """Join the lines of one reference."""
    items: list[str] = []
    for line in lines:
        if items and (items[-1].endswith((",", " DOI")) or _REST_OF_REFERENCE.match(line)):
            items[-1] += f" {line}"
        else:
            items.append(line)
    return items


FORMAT = Format(
    name="wos",
    title="Web of Science plain text",
    suffixes=(".isi", ".ciw"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
