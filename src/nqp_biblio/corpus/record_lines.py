"""A work as one line of JSON, with nothing lost; ``readers/records_jsonl.py`` reads it."""

from __future__ import annotations

import json
import math
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.records_jsonl import MARK, VERSION
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nqp_biblio.record import CitedReference, Mention, Person

__all__ = ["line_of"]


def line_of(entry: Record | Problem, further: Mapping[str, object] | None = None) -> str:
    """Write a work, or what could not be read of any work, as one line.

    Parameters
    ----------
    entry : Record or Problem
        The work or problem.
    further : mapping of str to object, optional
        More entries of the object, behind its own.

    Returns
    -------
    str
        An object that begins with the version of this form, then the attributes of `Record`
        that have a value; no line end. A reference that carries a work has it under ``work``.

    Examples
    --------
    >>> from nqp_biblio.record import Record
    >>> line_of(Record(key="a", title="T"))
    '{"nqp_biblio": 1, "key": "a", "title": "T"}'
    """
    body = {"problem": _shown(entry)} if isinstance(entry, Problem) else _record(entry)
    value = {MARK: VERSION, **body, **(further or {})}
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        text = json.dumps(value, allow_nan=False)
    return text


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
