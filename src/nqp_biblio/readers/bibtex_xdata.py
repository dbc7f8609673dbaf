"""Values that biblatex takes out of other entries one by one: author = {xdata=people-author-2}."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["fill_in"]

_AND = re.compile(r"\s+and\s+")
_REFERENCE = re.compile(
    r"xdata\s?=\s?(?P<key>[^\s{}\",=]{1,200})-(?P<name>[A-Za-z]{1,40})(?:-(?P<place>\d{1,4}))?",
    re.IGNORECASE,
)
_START = re.compile(r"xdata\s?=", re.IGNORECASE)
_MOST = 100


@dataclass(slots=True)
class _Filling:
    """What one value takes from elsewhere, and what it did not find."""

    value_of: Callable[[str, str], str | None]
    lost: list[str] = field(default_factory=list)
    n_followed: int = 0

    def text(self, value: str, path: tuple[str, ...]) -> str:
        """Put what is named in the place of its name."""
        if not _START.search(value):
            return value
        pieces = [self._piece(piece, path) for piece in _AND.split(value.strip())]
        return " and ".join(pieces)

    def _piece(self, piece: str, path: tuple[str, ...]) -> str:
        """Follow one name; what leads nowhere or in a circle stays."""
        found = _REFERENCE.fullmatch(piece.strip())
        if found is None:
            if _START.match(piece.strip()):
                self.lost.append(piece)
            return piece
        self.n_followed += 1
        named = self.value_of(found["key"], found["name"].lower())
        if named is None or piece in path or self.n_followed > _MOST:
            self.lost.append(piece)
            return piece
        if found["place"] is None:
            return self.text(named, (*path, piece))
        pieces, at = _AND.split(named.strip()), int(found["place"])
        if not 1 <= at <= len(pieces):
            self.lost.append(piece)
            return piece
        return self.text(pieces[at - 1], (*path, piece))


def fill_in(value: str, value_of: Callable[[str, str], str | None]) -> tuple[str, list[str]]:
    """Fill in what a value takes out of other entries.

    Parameters
    ----------
    value : str
        A value, in which xdata=key-field or xdata=key-field-place may stand for others.
    value_of : callable
        From key and name of a field to the value; None where there is none.

    Returns
    -------
    text : str
        The value, with what leads nowhere or in a circle left as it stands.
    lost : list of str
        What was left.

    Examples
    --------
    >>> people = {("people", "author"): "Roe, Ann and Poe, Bob"}
    >>> fill_in("Doe, Jo and xdata=people-author-2", lambda *asked: people.get(asked))
    ('Doe, Jo and Poe, Bob', [])
    >>> fill_in("xdata=people-editor", lambda *asked: people.get(asked))
    ('xdata=people-editor', ['xdata=people-editor'])
    """
    filling = _Filling(value_of)
    return filling.text(value, ()), filling.lost
