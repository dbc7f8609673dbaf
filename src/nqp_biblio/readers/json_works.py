"""Works in JSON of web services: one, a list, an answer around a list, or one a line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import InputError
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nqp_biblio.readers.source import Source

    Unwrap = Callable[[str, int, object], Iterator[tuple[int | None, Any]]]

__all__ = ["read_works"]

_BETWEEN = re.compile(r"[\s,\[]*")
_HEAD = 20_000


def read_works(
    source: Source,
    record_of: Callable[[str, int | None, dict[str, Any]], Record],
    *,
    unwrap: Unwrap,
    list_start: re.Pattern[str],
) -> Iterator[Record | Problem]:
    """Yield a record for each work, in the order of the file.

    Parameters
    ----------
    source : Source
        The file.
    record_of : callable
        From file, line (None within an answer) and object to a record.
    unwrap : callable
        From file, line and a value of the file to its works with their lines.
    list_start : pattern
        Where the list of works begins in an answer, for one that is cut short.

    Yields
    ------
    Record or Problem
        What is broken gives a problem; what stands around it stays.

    Raises
    ------
    InputError
        If the JSON is nested too deeply.
    """
    n_items = 0
    for line, item in _items(source, unwrap, list_start):
        n_items += 1
        if isinstance(item, Problem):
            yield item
        elif isinstance(item, dict):
            try:
                record = record_of(source.name, line, item)
            except RecursionError:
                raise InputError(f"{source.name}: JSON nested too deeply to be works") from None
            yield record
        else:
            raw = json.dumps(item, ensure_ascii=False)
            yield Problem(source.name, line, raw, "no work: an object was expected")
    if not n_items:
        yield Problem(source.name, 1, source.text[:200], "no work in the file; nothing is read")


def _is_one_a_line(head: str) -> bool:
    """Whether the first lines are an object each."""
    first, _, rest = head.partition("\n")
    return first.startswith("{") and first.rstrip().endswith("}") and rest.startswith("{")


def _items_of_lines(source: Source, unwrap: Unwrap) -> Iterator[tuple[int | None, Any]]:
    """Yield the works of a file that has one a line, whatever its length."""
    import msgspec

    decode = msgspec.json.Decoder().decode
    for number, line in enumerate(source.lines(), 1):
        if not line.strip():
            continue
        try:
            value = decode(line)
        except (msgspec.DecodeError, UnicodeEncodeError):
            value = _by_json(line)  # which takes NaN and half a surrogate pair
        except RecursionError:
            raise InputError(f"{source.name}: JSON nested too deeply to be works") from None
        if isinstance(value, ValueError):
            reason = f"JSON cut short or broken: {str(value)[:120]}"
            yield number, Problem(source.name, number, line[:2_000], reason)
        else:
            yield from unwrap(source.name, number, value)


def _by_json(line: str) -> Any:  # noqa: ANN401  any JSON
    """Decode a line with the tolerant decoder; its error where it cannot either."""
    try:
        return json.loads(line)
    except ValueError as error:
        return error


def _items(
    source: Source, unwrap: Unwrap, list_start: re.Pattern[str]
) -> Iterator[tuple[int | None, Any]]:
    """Yield works and problems with their lines."""
    if _is_one_a_line(source.head):
        yield from _items_of_lines(source, unwrap)
        return
    text, decoder = source.text, json.JSONDecoder()
    at, line, counted = 0, 1, 0
    while True:
        found = _BETWEEN.match(text, at)
        at = found.end() if found else at
        if at >= len(text) or text[at] in "]}":
            return
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, at = decoder.raw_decode(text, at)
        except RecursionError:
            raise InputError(f"{source.name}: JSON nested too deeply to be works") from None
        except ValueError as error:
            started = list_start.search(text[:_HEAD]) if at < _HEAD else None
            if started is not None and started.end() > at:
                at = started.end()
                continue
            reason = f"JSON cut short or broken: {str(error)[:120]}"
            yield line, Problem(source.name, line, text[at : at + 2_000], reason)
            at = text.find("\n{", at)
            if at < 0:
                return
        else:
            yield from unwrap(source.name, line, value)
