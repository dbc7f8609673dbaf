"""Records as JSON, one object a line: what the library writes, read back with nothing lost."""

from __future__ import annotations

import json
import math
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.record import CitedReference, Mention, Person, Problem, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nqp_biblio.readers.source import Source

    Item = Record | CitedReference | Person | Mention | Problem

__all__ = ["FORMAT", "MARK", "VERSION"]

MARK = "nqp_biblio"
"""Name that each object begins with."""

VERSION = 1
"""Version of the form; a line of a later one is a problem."""

_WHOLE = frozenset(
    "publication_year cited_by_count line paragraph sentence_number offset"  # noqa: SIM905
    " context_offset".split()
)
_PAIR = 2


def _matches(source: Source) -> float:
    """Score a source: an object that begins with the mark."""
    head = source.head.lstrip()[:40].replace(" ", "")
    return 0.99 if head.startswith(f'{{"{MARK}":') else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record or problem for each line, in the order of the file."""
    n_items = 0
    for number, line in enumerate(source.lines(), 1):
        if line.strip():
            n_items += 1
            yield _entry(source.name, number, line)
    if not n_items:
        yield Problem(source.name, 1, source.head[:200], "no line in the file; nothing is read")


def _entry(file: str, number: int, line: str) -> Record | Problem:
    """Read one line."""
    try:
        value = json.loads(line)
        if not isinstance(value, dict):
            return Problem(file, number, line, "no record: an object was expected")
        version = value.pop(MARK, None)
        if not isinstance(version, int) or version > VERSION:
            reason = f"version {version!r} of this form; up to {VERSION} can be read"
            return Problem(file, number, line, reason)
        if isinstance(value.get("problem"), dict):
            return _problem(value["problem"], file, number)
        record, reasons = _record(value)
    except RecursionError:
        return Problem(file, number, line, "JSON nested too deeply to be a record")
    except ValueError as error:
        return Problem(file, number, line, f"no JSON, cut short or broken: {str(error)[:120]}")
    if record.file is None and record.line is None:
        record.file, record.line = file, number
    record.problems += [Problem(file, number, line, reason) for reason in reasons]
    return record


def _problem(value: dict[str, Any], file: str, number: int) -> Problem:
    """Read a problem that belongs to no record."""
    problem = Problem("", None, "", "")
    _set_plain(problem, value, [])
    if not problem.file:
        problem.file, problem.line = file, number
    return problem


def _record(value: dict[str, Any]) -> tuple[Record, list[str]]:
    """Read a record, and what is wrong in it."""
    record = Record()
    reasons: list[str] = []
    left = _set_plain(record, value, reasons)
    for name, make in _LISTS.items():
        found = left.pop(name, [])
        items = found if isinstance(found, list) else [found]
        made = [make(item, reasons) for item in items]
        getattr(record, name).extend(item for item in made if item is not None)
        if None in made:
            reasons.append(f"{made.count(None)} of {name} cannot be read and are left out")
    for name, rest in left.items():
        record.fields.append((name, json.dumps(rest, ensure_ascii=False, sort_keys=True)))
    return record, reasons


def _set_plain(item: Item, value: dict[str, Any], reasons: list[str]) -> dict[str, Any]:
    """Set the attributes that hold one value; return what is left."""
    left = dict(value)
    for attribute in fields(item):
        name = attribute.name
        is_list = attribute.default_factory is not MISSING
        if is_list or name == "work" or name not in left:
            continue
        found = left.pop(name)
        if _fits(name, found):
            setattr(item, name, found)
        elif found is not None:
            reasons.append(f"{name} cannot be {json.dumps(found)[:80]}; it is left empty")
    return left


def _fits(name: str, value: object) -> bool:
    """Tell whether a value is of the type of its attribute."""
    if name == "et_al":
        return isinstance(value, bool)
    if name in _WHOLE:
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "confidence":
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return is_number and math.isfinite(value)  # type: ignore[arg-type]
    return isinstance(value, str)


def _made(item: Item, value: object, reasons: list[str]) -> bool:
    """Fill an object; tell whether it could be."""
    if not isinstance(value, dict):
        return False
    _set_plain(item, value, reasons)
    return True


def _person(value: object, reasons: list[str]) -> Person | None:
    """Read a person."""
    person = Person()
    return person if _made(person, value, reasons) else None


def _inner_problem(value: object, reasons: list[str]) -> Problem | None:
    """Read a problem of a record."""
    problem = Problem("", None, "", "")
    return problem if _made(problem, value, reasons) else None


def _mention(value: object, reasons: list[str]) -> Mention | None:
    """Read a mention."""
    mention = Mention("", "", None, 0, 0, "", 0)
    return mention if _made(mention, value, reasons) else None


def _reference(value: object, reasons: list[str]) -> CitedReference | None:
    """Read a reference, with its work."""
    cited = CitedReference("")
    if not isinstance(value, dict) or not _made(cited, value, reasons):
        return None
    if isinstance(value.get("work"), dict):
        cited.work, inner = _record(value["work"])
        reasons += inner
    return cited


def _two_texts(value: object, _: list[str]) -> tuple[str, str] | None:
    """Read a pair of texts."""
    if not (isinstance(value, list) and len(value) == _PAIR):
        return None
    first, second = value
    return (first, second) if isinstance(first, str) and isinstance(second, str) else None


def _address(value: object, _: list[str]) -> tuple[str, int | None] | None:
    """Read an address with the position of its author."""
    if not (isinstance(value, list) and len(value) == _PAIR and isinstance(value[0], str)):
        return None
    return (value[0], value[1] if _fits("line", value[1]) else None)


_LISTS: dict[str, Callable[[object, list[str]], object | None]] = {
    "pages": _two_texts,
    "people": _person,
    "affiliations": _address,
    "keywords": _two_texts,
    "cited_references": _reference,
    "mentions": _mention,
    "fields": _two_texts,
    "problems": _inner_problem,
}

FORMAT = Format(
    name="records-jsonl",
    title="Records as JSON lines, nothing lost",
    suffixes=(".jsonl",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
