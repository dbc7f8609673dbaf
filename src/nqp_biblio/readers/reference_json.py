"""Printed references in JSON: objects with the string, and perhaps its DOI."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.json_works import read_works
from nqp_biblio.readers.lines import join_pieces
from nqp_biblio.readers.reference_string import parse_references
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.record import Problem, Record
from nqp_biblio.text.identifiers import clean_doi
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_NAMES = ("reference", "raw_reference", "reference_string", "unstructured", "citation_string")
_FIRST = re.compile(
    r"\s{0,99}(?:\[\s{0,99})?\{"
    r'(?:\s{0,99}"[^"\\]{1,60}"\s{0,9}:\s{0,9}'
    r'(?:"(?:[^"\\]|\\.){0,4000}+"|-?[\d.]{1,20}|null|true|false)\s{0,9},){0,12}'
    rf'\s{{0,99}}"(?:{"|".join(_NAMES)})"\s{{0,9}}:\s{{0,9}}"'
)
"""An object whose first values are plain, one of them the string of a reference."""

_AT_ONCE = 256
_NO_LIST = re.compile(r"(?!)")


def _matches(source: Source) -> float:
    """Score a source: its first object has a reference as text."""
    return 0.8 if _FIRST.match(source.head) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each object, in the order of the file."""
    group: list[Record | Problem] = []
    for entry in read_works(source, _record, unwrap=_works, list_start=_NO_LIST):
        group.append(entry)
        if len(group) == _AT_ONCE:
            yield from _parsed(group)
            group = []
    yield from _parsed(group)


def _parsed(group: list[Record | Problem]) -> Iterator[Record | Problem]:
    """Read the strings of some references at once; what is given beside them counts more."""
    given = [one for one in group if isinstance(one, Record)]
    parsed = iter(parse_references([one.raw or "" for one in given]))
    for one in group:
        if isinstance(one, Problem):
            yield one
            continue
        record = next(parsed)
        record.file, record.line, record.format = one.file, one.line, one.format
        for problem in record.problems:
            problem.file, problem.line = one.file or "", one.line
        if one.doi is not None:
            record.doi, record.doi_raw = one.doi, one.doi_raw
        record.pmid = one.pmid or record.pmid
        record.fields += one.fields
        yield record


def _works(name: str, line: int, value: object) -> Iterator[tuple[int | None, Any]]:
    """Yield an object with a reference; anything else is a problem."""
    if isinstance(value, dict) and not _printed(value):
        raw = json.dumps(value, ensure_ascii=False)
        reason = f"no reference; one of {', '.join(_NAMES)} would have to be a text"
        yield line, Problem(name, line, raw, reason)
    else:
        yield line, value


def _printed(item: dict[str, Any]) -> str:
    """Return the string of the reference, its lines joined; empty where there is none."""
    found = (item.get(name) for name in _NAMES)
    text = next((one for one in found if isinstance(one, str) and one.strip()), "")
    return join_pieces([line for line in text.split("\n") if line.strip()])


def _record(file: str, line: int | None, item: dict[str, Any]) -> Record:
    """Take what is given of a reference; its string is read later, with those of others."""
    record = Record(raw=_printed(item), file=file, line=line, format="reference-json")
    left = {name: value for name, value in item.items() if name not in _NAMES and value is not None}
    given = left.get("doi") or left.get("DOI")
    doi = clean_doi(given) if isinstance(given, str) else None
    if doi is not None:
        record.doi, record.doi_raw = doi, clean_text(str(given))
        left = {name: value for name, value in left.items() if name.casefold() != "doi"}
    if isinstance(left.get("pmid"), (str, int)) and not isinstance(left["pmid"], bool):
        record.pmid = clean_text(str(left.pop("pmid"))) or None
    record.fields += [
        (name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for name, value in left.items()
        if value not in ("", [], {})
    ]
    return record


FORMAT = Format(
    name="reference-json",
    title="printed references in JSON",
    suffixes=(".json", ".jsonl"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
