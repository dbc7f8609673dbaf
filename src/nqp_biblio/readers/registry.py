"""The formats that can be read, and which of them a file is in."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError, PluginError, UnknownFormatError, UnknownNameError

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
    is_last_resort : bool
        Whether it is asked only where no other format claims the content.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    matches: Callable[[Source], float]
    records: Callable[[Source], Iterator[Record | Problem]]
    is_last_resort: bool = False


_formats: dict[str, Format] = {}
_state = {"loaded": False}
_SUFFIX_BONUS = 0.05
_CLAIM = 0.5
_EQUAL = 1e-9
_GROUP = "nqp_biblio.formats"


def register_format(new: Format) -> None:
    """Make a format known; each format file ends with this call.

    Parameters
    ----------
    new : Format
        The format. A package of one's own may name it as an entry point of the group
        ``nqp_biblio.formats`` instead.

    Raises
    ------
    OptionError
        If another format has its name.
    """
    known = _formats.get(new.name)
    if known is not None and known.title != new.title:
        raise OptionError(
            f"two formats are named {new.name!r}: {known.title}, and {new.title}; rename one"
        )
    _formats[new.name] = new


def list_formats() -> list[Format]:
    """Return all formats that can be read, by name.

    Raises
    ------
    PluginError
        If a format that an installed package offers cannot be loaded.
    """
    if not _state["loaded"]:
        package = importlib.import_module("nqp_biblio.readers")
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"nqp_biblio.readers.{module.name}")
        for offered in metadata.entry_points(group=_GROUP):
            _register_offered(offered)
        _state["loaded"] = True
    return [_formats[name] for name in sorted(_formats)]


def _register_offered(offered: metadata.EntryPoint) -> None:
    """Register a format of another package."""
    try:
        form = offered.load()
    except (ImportError, AttributeError) as error:
        raise PluginError(
            f"the format {offered.name!r} ({offered.value}) cannot be loaded: {error};"
            " mend or uninstall the package that offers it"
        ) from error
    if not isinstance(form, Format):
        raise PluginError(f"the format {offered.name!r} ({offered.value}) is no Format object")
    register_format(form)


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
        If no format matches, or two match equally well.
    """
    scored = _scores(source, is_last_resort=False)
    if max((score for score, _ in scored), default=0.0) <= _CLAIM:
        scored += _scores(source, is_last_resort=True)
    if not scored:
        source.text  # noqa: B018  a binary file says so itself
        names = ", ".join(form.name for form in list_formats())
        raise UnknownFormatError(
            f"{source.name}: no format fits the content; name one of {names} with format="
        )
    score, best = max(scored, key=lambda pair: pair[0])
    rivals = [form.name for its_score, form in scored if abs(its_score - score) < _EQUAL]
    if len(rivals) > 1:
        raise UnknownFormatError(
            f"{source.name}: {' and '.join(rivals)} both claim the content; name one with format="
        )
    return best


def _scores(source: Source, *, is_last_resort: bool) -> list[tuple[float, Format]]:
    """Ask the formats, with a bonus for the usual ending."""
    asked = [form for form in list_formats() if form.is_last_resort == is_last_resort]
    return [
        (score + _SUFFIX_BONUS * (source.suffix in form.suffixes), form)
        for form in asked
        if (score := form.matches(source))
    ]
