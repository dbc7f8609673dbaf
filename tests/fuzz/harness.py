"""Read bytes as a file would be read, and hold the readers to what they promise."""

from __future__ import annotations

import dataclasses
import warnings
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import BiblioError, InputError
from nqp_biblio.readers.registry import detect_format, get_format
from nqp_biblio.readers.source import Source
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["entries_of", "read_told", "read_untold"]

_MAX_INT = 2**63


def entries_of(data: bytes, name: str, form: str | None) -> list[Record | Problem] | None:
    """Read bytes, told the format or not; None where the library refuses them.

    Any other exception than the library's own, and any warning, goes through.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            source = Source(name, data=data)
            chosen = get_format(form) if form else detect_format(source)
            entries = list(chosen.records(source))
        except BiblioError as error:
            if not isinstance(error, InputError) or not str(error).strip():
                raise AssertionError(f"{type(error).__name__} is no reason to refuse") from error
            return None
    for entry in entries:
        _hold(entry)
    return entries


def read_told(data: bytes, name: str, form: str) -> None:
    """Read bytes as a named format."""
    entries_of(data, name, form)


def read_untold(data: bytes, name: str) -> None:
    """Read bytes whose format has to be found."""
    entries_of(data, name, None)


def _hold(entry: Record | Problem) -> None:
    """Check what one entry holds: values that every table and file can take."""
    assert isinstance(entry, Record | Problem), type(entry)
    if isinstance(entry, Problem):
        assert entry.reason.strip(), "a problem says why"
    for value in _values(entry):
        if isinstance(value, int):
            assert -_MAX_INT <= value < _MAX_INT, "a number beyond what a table holds"


def _values(thing: Any) -> Iterator[object]:
    """Walk the single values of an entry."""
    if dataclasses.is_dataclass(thing):
        for item in dataclasses.fields(thing):
            yield from _values(getattr(thing, item.name))
    elif isinstance(thing, list | tuple):
        for value in thing:
            yield from _values(value)
    else:
        yield thing
