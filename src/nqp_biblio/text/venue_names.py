"""How like two names of a venue are, of which one may be abbreviated, cut or an acronym."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["share_of_words", "venue_words"]

_LITTLE = frozenset(
    (
        *("a", "an", "and", "at", "by", "de", "del", "der", "des", "di", "du", "et", "for"),
        *("für", "in", "la", "le", "les", "of", "on", "the", "to", "und", "y"),
    )
)
_MOST_WORDS = 30
_SHORTEST_CUT = 3


@lru_cache(maxsize=1 << 16)
def venue_words(name: str) -> tuple[str, ...]:
    """Return the words of the name of a venue that are not little ones, folded.

    Examples
    --------
    >>> venue_words("Journal of the Royal Society & Friends")
    ('journal', 'royal', 'society', 'friends')
    """
    words = fold(name.replace("&", " ")).split()
    return tuple(word for word in words if word not in _LITTLE)[:_MOST_WORDS]


def share_of_words(one: str, other: str) -> float:
    """Return the share of words that two names of a venue have in common, in their order.

    Parameters
    ----------
    one, other : str
        Names in full or abbreviated.

    Returns
    -------
    float
        From 0 to 1. A word meets one that it abbreviates; an acronym meets all its words.

    Examples
    --------
    >>> share_of_words("J AM SOC INF", "Journal of the American Society for Information")
    1.0
    >>> share_of_words("Nature", "Science")
    0.0
    """
    short, long = sorted((venue_words(one), venue_words(other)), key=len)
    if not short:
        return 0.0
    if len(short) == 1 and len(long) > 1 and _is_acronym(short[0], long):
        return 1.0
    if len(short) == len(long) == 1 and short != long and not _is_abbreviation(short[0], long[0]):
        return 0.0
    at, n_met = 0, 0
    for word in short:
        met = next((i for i in range(at, len(long)) if _is_abbreviation(word, long[i])), None)
        if met is not None:
            at, n_met = met + 1, n_met + 1
    return 2 * n_met / (len(short) + len(long))


def _is_acronym(word: str, words: Iterable[str]) -> bool:
    """Whether a word is made of the first letters of others, as PNAS nearly is."""
    first = "".join(other[0] for other in words)
    return word == first or (len(word) >= _SHORTEST_CUT and word[1:] == first[1:])


def _is_abbreviation(one: str, other: str) -> bool:
    """Whether the shorter word abbreviates the longer: its start, or letters of it in order."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return True
    if short[0] != long[0] or len(short) < _SHORTEST_CUT:
        return False
    letters = iter(long)
    return len(short) < len(long) - 1 and all(letter in letters for letter in short)
