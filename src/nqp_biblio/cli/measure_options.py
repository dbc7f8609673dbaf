"""The options of a measure, taken from its signature and its docstring."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nqp_biblio.measures.catalogue import MEASURES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["first_line", "function_of", "options_of"]

_PACKAGE = "nqp_biblio.measures"
_PARAMETER = re.compile(r"^(\w+) : (.+)\n((?:    .*\n|\n)*)", re.MULTILINE)
_CHOICES = re.compile(r"\{([^}]*)\}")
_NUMBER_OR_WORD = re.compile(r"\bint \| Literal\[([^\]]*)\]")
_MARKUP = re.compile(r"``|`")


class _Items(click.ParamType):  # type: ignore[type-arg]  # click < 8.3
    """Values with commas between them; numbers where all are."""

    name = "list"

    def convert(
        self,
        value: object,
        _param: click.Parameter | None,
        _ctx: click.Context | None,
    ) -> tuple[Any, ...]:
        """Split at commas."""
        if isinstance(value, tuple):
            return value
        items = [item.strip() for item in str(value).split(",") if item.strip()]
        return tuple(int(item) if item.lstrip("-").isdigit() else item for item in items)


class _NumberOrWord(click.ParamType):  # type: ignore[type-arg]  # click < 8.3
    """A whole number, or one of some words."""

    name = "integer or word"

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words

    def convert(
        self,
        value: object,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> int | str:
        """Read a number, leave a word."""
        text = str(value)
        if text in self.words:
            return text
        try:
            return int(text)
        except ValueError:
            self.fail(f"{text!r} is neither a whole number nor {self._said()}", param, ctx)

    def _said(self) -> str:
        """Name the words."""
        return " or ".join(map(repr, self.words))


_TYPES: tuple[tuple[str, Any], ...] = (
    ("Sequence", _Items()),
    ("Collection", _Items()),
    ("tuple", _Items()),
    ("AsOf", click.STRING),
    ("str", click.STRING),
    ("float", click.FLOAT),
    ("int", click.INT),
)


def function_of(name: str) -> Callable[..., Any]:
    """Load a measure by its name in the catalogue."""
    module, function = MEASURES[name].split(":")
    loaded: Callable[..., Any] = getattr(importlib.import_module(f"{_PACKAGE}.{module}"), function)
    return loaded


def first_line(name: str) -> str:
    """Return what a measure does, without loading it."""
    module, function = MEASURES[name].split(":")
    spec = importlib.util.find_spec(f"{_PACKAGE}.{module}")
    if spec is None or spec.origin is None:
        return ""
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            return _plain((ast.get_docstring(node) or "").partition("\n")[0])
    return ""


def options_of(function: Callable[..., Any]) -> Iterator[click.Option]:
    """Give the keywords of a measure as options; what no text can say is left out.

    Parameters
    ----------
    function : callable
        A measure with a numpydoc docstring.

    Yields
    ------
    click.Option
    """
    told = _told(inspect.getdoc(function) or "")
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            continue
        declared, text = told.get(parameter.name, ("", ""))
        option = _option(parameter, declared, text)
        if option is not None:
            yield option


def _option(parameter: inspect.Parameter, declared: str, text: str) -> click.Option | None:
    """Make one option."""
    names = [f"--{parameter.name.replace('_', '-')}", parameter.name]
    given: dict[str, Any] = {"help": text, "default": None}
    is_shown = parameter.default not in (None, inspect.Parameter.empty)
    if is_shown and not isinstance(parameter.default, bool):
        given["help"] = f"{text} [default: {_shown(parameter.default)}]".strip()
    annotation = str(parameter.annotation)
    if annotation == "bool":
        names[0] += f"/--no-{parameter.name.replace('_', '-')}"
        return click.Option(names, **given)
    choices = _CHOICES.search(declared)
    if choices and "Sequence" not in annotation:
        words = [word.strip(" \"'") for word in choices[1].split(",")]
        numbers = all(word.lstrip("-").isdigit() for word in words)
        given["type"] = click.Choice([int(w) for w in words] if numbers else words)
        return click.Option(names, **given)
    either = _NUMBER_OR_WORD.search(annotation)
    if either:
        listed = tuple(word.strip(" \"'") for word in either[1].split(","))
        shown = "|".join(("INTEGER", *listed))
        return click.Option(names, type=_NumberOrWord(listed), metavar=shown, **given)
    for word, kind in _TYPES:
        if re.search(rf"\b{word}\b", annotation):
            return click.Option(names, type=kind, **given)
    return None


def _shown(value: object) -> str:
    """Write a default as it is typed."""
    return ",".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def _told(docstring: str) -> dict[str, tuple[str, str]]:
    """Return the type and the first sentence of each parameter."""
    _, _, rest = docstring.partition("Parameters\n----------\n")
    section = re.split(r"\n\w[\w ]*\n-{4,}\n", f"\n{rest}\n", maxsplit=1)[0]
    found = {}
    for name, declared, body in _PARAMETER.findall(section.lstrip("\n")):
        text = _plain(" ".join(body.split()))
        found[name] = (declared, re.split(r"(?<=\.) (?=[A-Z])", text, maxsplit=1)[0])
    return found


def _plain(text: str) -> str:
    """Take the marks of a docstring away."""
    return _MARKUP.sub("", text)
