"""The formats that can be read, and which of them a file is in."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nqp_biblio.errors import UnknownFormatError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nqp_biblio.readers.source import Source
    from nqp_biblio.record import Problem, Record

__all__ = ["Format", "detect_format", "get_format", "list_formats", "register_format"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format that can be read.

    Attributes
    ----------
    name : str
        Its name, as given to ``format=``.
    title : str
        Its name for people.
    suffixes : tuple of str
        Usual endings of files, with the dot; they decide only where the content does not.
    matches : callable
        From a source to a score, 0 (surely not) to 1 (surely).
    records : callable
        From a source to its records and problems, in the order of the file.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    matches: Callable[[Source], float]
    records: Callable[[Source], Iterator[Record | Problem]]


_formats: dict[str, Format] = {}
_state = {"loaded": False}
_SUFFIX_BONUS = 0.05


def register_format(new: Format) -> None:
    """Make a format known; each format file ends with this call."""
    _formats[new.name] = new


def list_formats() -> list[Format]:
    """Return all formats that can be read, by name."""
    if not _state["loaded"]:
        package = importlib.import_module("nqp_biblio.readers")
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"nqp_biblio.readers.{module.name}")
        _state["loaded"] = True
    return [_formats[name] for name in sorted(_formats)]


def get_format(name: str) -> Format:
    """Return the format of a name.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    known = {known.name: known for known in list_formats()}
    if name not in known:
        raise UnknownNameError("format", name, known)
    return known[name]


def detect_format(source: Source) -> Format:
    """Tell the format of a source by its content, then by its ending.

    Raises
    ------
    UnknownFormatError
        If no format matches.
    """
    scored = [
        (form.matches(source) + _SUFFIX_BONUS * (source.suffix in form.suffixes), form)
        for form in list_formats()
    ]
    score, best = max(scored, key=lambda pair: pair[0])
    if score <= _SUFFIX_BONUS:
        source.text  # noqa: B018  a binary file says so itself
        names = ", ".join(form.name for form in list_formats())
        raise UnknownFormatError(
            f"{source.name}: no format fits the content; name one of {names} with format="
        )
    return best
