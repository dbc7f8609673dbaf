"""Printed references, read one by one or as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.readers.reference_fields import record_of
from nqp_biblio.readers.reference_marks import prepare
from nqp_biblio.readers.reference_tags import tag
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["parse_reference", "parse_references"]

_MAX_LENGTH = 20_000


def parse_reference(raw: str) -> Record:
    """Read one printed reference in any usual style."""
    return parse_references([raw])[0]


def parse_references(raws: Sequence[str]) -> list[Record]:
    """Read the references of one list."""
    return [_read(raw) for raw in raws]


def _read(raw: str) -> Record:
    printed = prepare(raw)
    if len(printed.text) > _MAX_LENGTH:
        problem = Problem("", None, printed.text, "too long for one reference")
        return Record(
            role="reference",
            raw=printed.text,
            key=printed.label,
            confidence=0.0,
            problems=[problem],
        )
    record = record_of(printed.text, tag(printed))
    record.key = printed.label
    return record
