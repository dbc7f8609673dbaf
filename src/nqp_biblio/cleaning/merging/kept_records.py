"""A record that became part of another work, kept so that it can be given back."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.records_jsonl import FORMAT, MARK, VERSION
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.record import CitedReference, Mention, Person, Problem

__all__ = ["encode_record", "read_records", "trace_of"]

_TRACE = "merge"
_LISTS_OF_OBJECTS = ("people", "mentions", "problems", "cited_references")


def encode_record(record: Record, trace: dict[str, Any]) -> str:
    """Write a record as a line of records-jsonl.

    Parameters
    ----------
    record : Record
        The record; its references carry no works.
    trace : dict
        What the tables held beyond the record, kept under ``merge``.

    Returns
    -------
    str
        One line without its end.
    """
    body = _shown(record)
    for name in _LISTS_OF_OBJECTS:
        if items := getattr(record, name):
            body[name] = [_shown(item) for item in items]
    value = {MARK: VERSION} | body | {_TRACE: trace}
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        text = json.dumps(value)
    return text


def trace_of(line: str) -> dict[str, Any]:
    """Return what the tables held beyond a record."""
    trace: dict[str, Any] = json.loads(line)[_TRACE]
    return trace


def read_records(lines: Sequence[str]) -> list[Record]:
    """Read kept records.

    Parameters
    ----------
    lines : sequence of str
        Lines as `encode_record` writes them.

    Returns
    -------
    list of Record
        One for each line.
    """
    if not lines:
        return []
    values = [json.loads(line) for line in lines]
    plain = (json.dumps({k: v for k, v in value.items() if k != _TRACE}) for value in values)
    found = FORMAT.records(Source("merges", data="\n".join(plain).encode()))
    records = [entry for entry in found if isinstance(entry, Record)]
    for record, value in zip(records, values, strict=True):
        record.file, record.line = value.get("file"), value.get("line")
    return records


def _shown(item: Record | CitedReference | Person | Mention | Problem) -> dict[str, Any]:
    """Return the attributes of an object that are not as they are by default."""
    found = {}
    for attribute in fields(item):
        value = getattr(item, attribute.name)
        if value not in (attribute.default, []):
            found[attribute.name] = value
    return found
