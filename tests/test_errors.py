"""Exceptions: one tree, built-in relatives, messages that help."""

from __future__ import annotations

import inspect

import pytest

from nqp_biblio import errors
from nqp_biblio.errors import BiblioError, MissingExtraError, UnknownNameError

BUILT_IN = {
    "InputError": ValueError,
    "MissingFileError": FileNotFoundError,
    "EmptyInputError": ValueError,
    "UnknownFormatError": ValueError,
    "NoReferencesError": ValueError,
    "OptionError": ValueError,
    "UnknownNameError": ValueError,
    "StoreError": ValueError,
    "OutputError": OSError,
    "PluginError": ImportError,
    "MissingExtraError": ImportError,
}
CLASSES = dict(inspect.getmembers(errors, inspect.isclass))


@pytest.mark.parametrize(("name", "built_in"), BUILT_IN.items())
def test_is_also_the_built_in_it_resembles(name: str, built_in: type[Exception]) -> None:
    """Code that knows only Python's own exceptions catches ours too."""
    assert issubclass(CLASSES[name], (BiblioError,))
    assert issubclass(CLASSES[name], built_in)


def test_all_are_listed() -> None:
    """Each exception is public, and the tree in the module's text names it."""
    own = {name for name, kind in CLASSES.items() if issubclass(kind, BaseException)}
    assert sorted(own) == sorted(errors.__all__)
    assert set(BUILT_IN) == own - {"BiblioError"}
    for name in own:
        assert name in (errors.__doc__ or "")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("riss", "unknown format 'riss'; known: csv, ris. Did you mean 'ris'?"),
        ("zzzz", "unknown format 'zzzz'; known: csv, ris"),
    ],
)
def test_unknown_name_says_what_would_do(given: str, message: str) -> None:
    """A wrong name is answered by the known ones, and by the near one if there is one."""
    assert str(UnknownNameError("format", given, iter(["csv", "ris"]))) == message


def test_missing_extra_says_how_to_get_it() -> None:
    """A missing optional package names the command that brings it."""
    assert "pip install 'nqp-biblio[spark]'" in str(MissingExtraError("pyspark", "spark"))
