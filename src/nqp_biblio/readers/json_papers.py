"""Papers in JSON whose texts carry citations: one, a list, or one a line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import InputError
from nqp_biblio.readers.tagged_text import Places
from nqp_biblio.record import Person, Problem
from nqp_biblio.text.names import parse_person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["JsonPaper", "dicts_of", "name_of", "read_papers", "text_in"]


@dataclass(slots=True)
class JsonPaper:
    """One object of a file.

    Attributes
    ----------
    line : int
        Line where it begins, from 1.
    value : dict
        The object.
    places : Places
        Where its texts stand.
    shift : int
        What to add to a place for the character of the file.
    """

    line: int
    value: dict[str, Any]
    places: Places
    shift: int


def read_papers(source: Source) -> Iterator[JsonPaper | Problem]:
    """Yield the objects of a file.

    Parameters
    ----------
    source : Source
        The file: an object, a list of objects, or an object a line.

    Yields
    ------
    JsonPaper or Problem
        In the order of the file; what is no object, or broken, is a problem.

    Raises
    ------
    InputError
        If the JSON is nested too deeply.
    """
    if not _is_one_a_line(source):
        yield from _whole(source)
        return
    offset = 0
    for number, line in enumerate(source.lines(), 1):
        if line.strip():
            value = _decoded(source, line)
            if isinstance(value, dict):
                yield JsonPaper(number, value, Places(line), offset)
            else:
                yield _problem(source, number, line, value)
        offset += len(line) + 1


def _is_one_a_line(source: Source) -> bool:
    """Tell whether the first line is an object, or the first two begin as such."""
    lines = (line for line in source.lines() if line.strip())
    first = next(lines, "")
    if not first.lstrip().startswith("{"):
        return False
    if isinstance(_decoded(source, first), dict):
        return True
    return len(first) > 1 and next(lines, "").startswith("{")


def _whole(source: Source) -> Iterator[JsonPaper | Problem]:
    """Yield the objects of one JSON value."""
    value = _decoded(source, source.text)
    items = value if isinstance(value, list) else [value]
    places = Places(source.text)
    for item in items:
        if isinstance(item, dict):
            yield JsonPaper(1, item, places, 0)
        else:
            yield _problem(source, 1, source.text, item)
    if not items:
        yield Problem(source.name, 1, source.text[:200], "no paper in the file; nothing is read")


def _decoded(source: Source, text: str) -> Any:  # noqa: ANN401  any JSON
    """Decode JSON; the error where it is broken."""
    try:
        return json.loads(text)
    except RecursionError:
        raise InputError(f"{source.name}: JSON nested too deeply to be papers") from None
    except ValueError as error:
        return error


def _problem(source: Source, line: int, text: str, value: object) -> Problem:
    """Say what is wrong with a value that is no object."""
    if isinstance(value, ValueError):
        reason = f"JSON cut short or broken: {str(value)[:120]}"
        return Problem(source.name, line, text[:2_000], reason)
    raw = json.dumps(value, ensure_ascii=False)
    return Problem(source.name, line, raw, "no paper: an object was expected")


def text_in(value: dict[str, Any], *names: str) -> str:
    """Return the first of some values that is a text or number with something in it."""
    for name in names:
        found = value.get(name)
        if isinstance(found, list) and found and isinstance(found[0], (str, int)):
            found = found[0]
        if isinstance(found, (str, int, float)) and not isinstance(found, bool):
            text = str(found).strip()
            if text and text != "None":
                return text
    return ""


def dicts_of(value: object) -> list[dict[str, Any]]:
    """Return the objects in a list; none where it is no list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def name_of(value: dict[str, Any]) -> Person | None:
    """Read a name given as first, middle, last and suffix."""
    middle = value.get("middle")
    names = middle if isinstance(middle, list) else [middle]
    between = [str(one) for one in names if isinstance(one, str) and one]
    given = " ".join(part for part in (text_in(value, "first"), *between) if part)
    family = text_in(value, "last")
    if not family:
        return parse_person(given) if given else None
    person = parse_person(f"{family}, {given}") if given else Person(family=family)
    if person.family is None:
        person = Person(family=family, given=given or None)
    person.raw = f"{family}, {given}" if given else family
    person.suffix = text_in(value, "suffix") or person.suffix
    return person
