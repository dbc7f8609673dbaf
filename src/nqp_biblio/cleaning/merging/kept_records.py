"""A record that became part of another work, kept so that it can be given back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nqp_biblio.corpus.record_lines import line_of
from nqp_biblio.readers.records_jsonl import FORMAT
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["encode_record", "read_records", "trace_of"]

_TRACE = "merge"


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
    return line_of(record, {_TRACE: trace})


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
