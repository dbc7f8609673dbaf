"""The one door to YAML: the entries of a mapping one by one, as text, in bounds."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import InputError
from nqp_biblio.record import Problem
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["Mapping", "entries", "texts_of"]

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BLOCK = re.compile(r"(?m)^(?=[^\s#\-.\]}])")
_DOCUMENT = re.compile(r"(?m)^(?:---|\.\.\.)\s*$")
_MAX_DEPTH, _SPARE = 50, 100_000
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_MERGE = "<<"


class Mapping(dict[str, Any]):
    """A mapping with the line where it begins; scalars in it are text, null is None."""

    line: int = 1


def entries(source: Source) -> Iterator[tuple[int, str, Any] | Problem]:
    """Yield the entries of the mapping that a YAML file is.

    Parameters
    ----------
    source : Source
        The file; of one with several documents all are read.

    Yields
    ------
    (line, key, value) or Problem
        Values are text, None, lists and `Mapping`. Numbers and dates stay as printed: 2003.10
        is no number to lose its zero. Where the YAML is broken, the entries that stand alone
        are still read, and the others are problems.

    Raises
    ------
    InputError
        If the file is nested too deeply, or aliases make it far longer than it is.
    """
    import yaml

    text = source.text
    if bad := _CONTROL.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        reason = "control characters, which YAML forbids, are left out"
        yield Problem(source.name, line, text[bad.start() : bad.start() + 80], reason)
        text = _CONTROL.sub("", text)
    try:
        found = list(_entries(source.name, text, 0))
    except yaml.YAMLError:
        yield from _entries_of_blocks(source.name, text)
    else:
        yield from found


def _entries_of_blocks(name: str, text: str) -> Iterator[tuple[int, str, Any] | Problem]:
    """Yield the entries of broken YAML: each that begins at the left edge is read alone."""
    import yaml

    starts = [found.start() for found in _BLOCK.finditer(text)] or [0]
    shift, counted = 0, 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        shift, counted = shift + text.count("\n", counted, start), start
        block = _DOCUMENT.split(text[start:end], maxsplit=1)[0]
        try:
            yield from list(_entries(name, block, shift))
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            said = str(getattr(error, "problem", None) or error).split("\n", maxsplit=1)[0]
            if "nesting depth" in said:  # newer versions have a bound of their own
                raise InputError(f"{name}: YAML nested too deeply to hold works") from None
            line = shift + 1 + (mark.line if mark is not None else 0)
            yield Problem(name, line, block, f"YAML cut short or broken: {said[:120]}")


def _entries(name: str, text: str, shift: int) -> Iterator[tuple[int, str, Any] | Problem]:
    """Yield the entries of well-formed YAML, event by event, which needs no recursion."""
    import yaml

    tree = _Tree(name, len(text) + _SPARE)
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    for event in yaml.parse(text, Loader=loader):
        line = (event.start_mark.line if event.start_mark else 0) + 1 + shift
        if isinstance(event, yaml.MappingStartEvent):
            tree.open(Mapping(), event.anchor, line)
        elif isinstance(event, yaml.SequenceStartEvent):
            tree.open([], event.anchor, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            tree.close()
        elif isinstance(event, yaml.AliasEvent):
            tree.add(*tree.anchored.get(event.anchor, (None, 1)), line)
        elif isinstance(event, yaml.ScalarEvent):
            is_null = not event.style and event.value in _NULLS and not tree.wants_key
            tree.add(None if is_null else event.value, 1, line, anchor=event.anchor)
        yield from tree.done()


@dataclass(slots=True)
class _Open:
    """A list or mapping that has not ended."""

    value: Mapping | list[Any]
    anchor: str | None
    line: int
    size: int = 1
    key: str | None = None


class _Tree:
    """Values put together of events, the entries of the outermost mapping one by one."""

    def __init__(self, name: str, budget: int) -> None:
        self.anchored: dict[str | None, tuple[Any, int]] = {}
        self._name = name
        self._budget = budget
        self._open: list[_Open] = []
        self._done: list[tuple[int, str, Any] | Problem] = []

    @property
    def wants_key(self) -> bool:
        """Whether the next value is the key of a mapping."""
        return bool(
            self._open and isinstance(self._open[-1].value, Mapping) and self._open[-1].key is None
        )

    def open(self, value: Mapping | list[Any], anchor: str | None, line: int) -> None:
        """Begin a list or mapping."""
        if len(self._open) > _MAX_DEPTH:
            raise InputError(f"{self._name}: YAML nested too deeply to hold works")
        if isinstance(value, Mapping):
            value.line = line
        self._open.append(_Open(value, anchor, line))

    def close(self) -> None:
        """End the innermost list or mapping."""
        ended = self._open.pop()
        if self._open:
            self.add(ended.value, ended.size, ended.line, anchor=ended.anchor)
        elif isinstance(ended.value, list) and ended.value:
            self._refuse(ended.line, json.dumps(ended.value, ensure_ascii=False))

    def add(self, value: Any, size: int, line: int, *, anchor: str | None = None) -> None:  # noqa: ANN401
        """Put a value into what is open."""
        if anchor:
            self.anchored[anchor] = (value, size)
        if not self._open:
            if value:
                self._refuse(line, str(value))
            return
        into = self._open[-1]
        into.size += size
        if into.size > self._budget:
            raise InputError(
                f"{self._name}: YAML whose aliases repeat too much; write the values out"
            )
        if isinstance(into.value, list):
            into.value.append(value)
        elif into.key is None:
            into.key, into.line = value if isinstance(value, str) else "", line
        elif len(self._open) == 1:
            self._done.append((into.line, into.key, value))
            into.key = None
        else:
            _put(into.value, into.key, value)
            into.key = None

    def done(self) -> Iterator[tuple[int, str, Any] | Problem]:
        """Yield what is whole."""
        yield from self._done
        self._done.clear()

    def _refuse(self, line: int, raw: str) -> None:
        """Say that a document is no mapping."""
        self._done.append(Problem(self._name, line, raw, "no line such as 'title: …' but this"))


def _put(into: Mapping, key: str, value: Any) -> None:  # noqa: ANN401  any YAML
    """Set an entry; those of a merged mapping do not replace others."""
    if key == _MERGE and isinstance(value, dict):
        for inner, text in value.items():
            into.setdefault(inner, text)
    else:
        into[key] = value


def texts_of(value: object) -> list[str]:
    """Return a value as cleaned texts; one that is neither text nor a list of texts as JSON.

    Examples
    --------
    >>> texts_of(["a ", "b"]), texts_of("a"), texts_of(None), texts_of({"a": ["b"]})
    (['a', 'b'], ['a'], [], ['{"a": ["b"]}'])
    """
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return [text for one in value if (text := clean_text(one))]
    if value is None or value in ("", [], {}):
        return []
    return [clean_text(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)]
