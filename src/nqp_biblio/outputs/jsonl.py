"""Works as JSON, one object a line, with nothing lost."""

from __future__ import annotations

import json
import math
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.records_jsonl import MARK, VERSION
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nqp_biblio.record import CitedReference, Mention, Person

__all__ = ["format_jsonl"]


def format_jsonl(entries: Iterable[Record | Problem]) -> str:
    """Write works as JSON, one object a line.

    Parameters
    ----------
    entries : iterable of Record or Problem
        Works, and what could not be read of any work, in order.

    Returns
    -------
    str
        Each line an object that begins with the version of this form, then the attributes of
        `Record` that have a value. A reference that carries a work has it under ``work``.

    Examples
    --------
    >>> from nqp_biblio.record import Record
    >>> print(format_jsonl([Record(key="a", title="T")]), end="")
    {"nqp_biblio": 1, "key": "a", "title": "T"}
    """
    return "".join(_line(entry) for entry in entries)


def _line(entry: Record | Problem) -> str:
    """Return one line."""
    body = {"problem": _shown(entry)} if isinstance(entry, Problem) else _record(entry)
    value = {MARK: VERSION} | body
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        text = json.dumps(value, allow_nan=False)
    return f"{text}\n"


def _record(record: Record) -> dict[str, Any]:
    """Return the attributes of a record that have a value."""
    found = _shown(record)
    if record.confidence is not None and not math.isfinite(record.confidence):
        del found["confidence"]
    for name in ("people", "mentions", "problems"):
        if items := getattr(record, name):
            found[name] = [_shown(item) for item in items]
    if record.cited_references:
        found["cited_references"] = [_reference(cited) for cited in record.cited_references]
    return found


def _reference(cited: CitedReference) -> dict[str, Any]:
    """Return a reference, with its work."""
    found = _shown(cited)
    if cited.work is not None:
        found["work"] = _record(cited.work)
    return found


def _shown(item: Record | CitedReference | Person | Mention | Problem) -> dict[str, Any]:
    """Return the attributes of an object that are not as they are by default."""
    found = {}
    for attribute in fields(item):
        value = getattr(item, attribute.name)
        if value not in (attribute.default, []):
            found[attribute.name] = value
    return found
