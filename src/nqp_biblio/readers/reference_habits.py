"""How a list of references prints its fields: what follows which, and by what signs parted.

References of one list are printed alike, so those that are easy to read show how to read the
others.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.readers.reference_features import bare_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nqp_biblio.readers.reference_features import Tokens

__all__ = ["LEADING", "UNKNOWN", "Habits", "habits_of"]

LEADING = ("author", "date", "title", "container")
"""Fields whose ends are looked at."""

_FOLLOWING = {
    "date": 1,
    "title": 2,
    "container": 3,
    "volume": 4,
    "issue": 4,
    "pages": 5,
    "publisher": 6,
    "location": 6,
}
_ANY_OTHER = 7
_LEAST = 3
_MAJORITY = 0.5


class Habits(NamedTuple):
    """Habits of a list.

    Attributes
    ----------
    ends : tuple of int
        For each of the leading fields the code of the signs that usually end it, or -1.
    order : int
        Which field usually follows each of them; 0 where nothing is known.
    """

    ends: tuple[int, ...]
    order: int


UNKNOWN = Habits((-1,) * len(LEADING), 0)
"""Habits of a list that is too short or too mixed to show any."""


def habits_of(references: Iterable[tuple[Tokens, Sequence[str]]]) -> Habits:
    """Find the habits of a list.

    Parameters
    ----------
    references : iterable of (Tokens, sequence of str)
        Words and their labels, such as "B-title".
    """
    ends: dict[str, Counter[int]] = {name: Counter() for name in LEADING}
    orders: dict[str, Counter[int]] = {name: Counter() for name in LEADING}
    for tokens, labels in references:
        for at, label in enumerate(labels):
            name = label[2:]
            following = labels[at + 1] if at + 1 < len(labels) else "other"
            if name not in ends or following == f"I-{name}":
                continue
            code = _FOLLOWING.get(following[2:], _ANY_OTHER)
            ends[name][bare_code(tokens.gaps[at + 1])] += 1
            orders[name][code] += 1
    if sum(orders["author"].values()) + sum(orders["title"].values()) < 2 * _LEAST:
        return UNKNOWN
    order = 0
    for name in LEADING:
        order = order << 3 | max(_usual(orders[name]), 0)
    return Habits(tuple(_usual(ends[name]) for name in LEADING), order)


def _usual(counts: Counter[int]) -> int:
    """Give what is seen most, if in most cases; else -1."""
    total = sum(counts.values())
    if total < _LEAST:
        return -1
    code, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return code if count > _MAJORITY * total else -1
