"""The exceptions of nqp_biblio.

::

    BiblioError
    ├── InputError(ValueError)             the input as a whole cannot be used
    │   ├── MissingFileError(FileNotFoundError)
    │   ├── EmptyInputError
    │   ├── UnknownFormatError
    │   └── NoReferencesError
    ├── OptionError(ValueError)            an option cannot be used
    │   └── UnknownNameError               no such format, method, column, …
    ├── StoreError(ValueError)             a folder is no saved corpus
    ├── OutputError(OSError)               a result cannot be written
    ├── PluginError(ImportError)           a format that another package offers cannot be loaded
    └── MissingExtraError(ImportError)     an optional package is not installed

A record that cannot be read is none of these: it is a row in ``corpus.problems``.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "BiblioError",
    "EmptyInputError",
    "InputError",
    "MissingExtraError",
    "MissingFileError",
    "NoReferencesError",
    "OptionError",
    "OutputError",
    "PluginError",
    "StoreError",
    "UnknownFormatError",
    "UnknownNameError",
]


class BiblioError(Exception):
    """Whatever this library raises on purpose."""


class InputError(BiblioError, ValueError):
    """The input as a whole cannot be used."""


class MissingFileError(InputError, FileNotFoundError):
    """No such file or folder."""


class EmptyInputError(InputError):
    """The file holds nothing."""


class UnknownFormatError(InputError):
    """No reader knows the content, or two do."""


class NoReferencesError(InputError):
    """The text has no reference in it."""


class OptionError(BiblioError, ValueError):
    """An option has a value that cannot be used."""


class UnknownNameError(OptionError):
    """A name that is none of the known ones.

    Parameters
    ----------
    what : str
        What was named, such as ``"format"``.
    given : str
        The name as given.
    known : iterable of str
        The names that would do.

    Examples
    --------
    >>> raise UnknownNameError("format", "riss", ["csv", "ris"])
    Traceback (most recent call last):
    nqp_biblio.errors.UnknownNameError: unknown format 'riss'; known: csv, ris. Did you mean 'ris'?
    """

    def __init__(self, what: str, given: str, known: Iterable[str]) -> None:
        names = list(known)
        near = difflib.get_close_matches(given, names, n=1)
        hint = f". Did you mean {near[0]!r}?" if near else ""
        super().__init__(f"unknown {what} {given!r}; known: {', '.join(names)}{hint}")


class StoreError(BiblioError, ValueError):
    """A folder is not a corpus that this version can open."""


class OutputError(BiblioError, OSError):
    """A result cannot be written."""


class PluginError(BiblioError, ImportError):
    """A format that another package offers cannot be loaded."""


class MissingExtraError(BiblioError, ImportError):
    """An optional package is not installed.

    Parameters
    ----------
    package : str
        The package that is missing.
    extra : str
        The extra of nqp-biblio that brings it.
    """

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"{package} is not installed; pip install 'nqp-biblio[{extra}]' brings it")
