"""How like the imprints of two works are: publisher, its place, edition, kind of work."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nqp_biblio.text.unicode import fold, strip_markup

if TYPE_CHECKING:
    from nqp_biblio.record import Record

__all__ = ["compare_kind", "compare_place", "compare_publisher", "find_editions"]

_FORMS = frozenset(
    (
        *("inc", "ltd", "llc", "gmbh", "co", "cie", "corp", "plc", "bv", "ag", "kg", "sa", "srl"),
        *("company", "limited", "publishing", "publisher", "publishers", "publication"),
        *("publications", "press", "presse", "presses", "verlag", "verl", "verlagsgesellschaft"),
        *("books", "book", "group", "house", "sons", "son", "international", "media", "business"),
        *("edition", "editions", "editora", "editorial", "editore", "editor", "edizioni"),
        *("ediciones", "uitgeverij", "and", "the", "of", "et", "und", "y", "de", "la", "le", "les"),
        *("for", "in", "do", "da", "di", "der", "die", "das", "fur"),
    )
)
"""Words of a publisher's name that say what it is, and not which."""

_MIN_NAME = 3
_LONGEST, _MOST = 200, 4_000
_WORD = re.compile(r"[^\W_]+")
_PLACES_APART = re.compile(r"[,;/&:]|\band\b|\bund\b|\bet\b")
_NUMBER = re.compile(r"\d{1,3}")
_SPELT = {
    name: number
    for number, names in enumerate(
        (
            "first erste premiere primera",
            "second zweite deuxieme segunda",
            "third dritte troisieme tercera",
            "fourth vierte quatrieme cuarta",
            "fifth funfte cinquieme quinta",
            "sixth sechste sixieme sexta",
            "seventh siebte septieme septima",
        ),
        1,
    )
    for name in names.split()
}
_KINDS = {
    "book": "whole",
    "report": "whole",
    "standard": "whole",
    "thesis": "thesis",
    "chapter": "part",
    "entry": "part",
    "entry-encyclopedia": "part",
    "entry-dictionary": "part",
    "paper-conference": "part",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "review": "article",
    "review-book": "article",
    "article": "paper",
}
_NEAR_KINDS = (
    frozenset(("part", "article")),
    frozenset(("thesis", "whole")),
    frozenset(("paper", "article")),
    frozenset(("paper", "part")),
    frozenset(("paper", "whole")),
)


@lru_cache(maxsize=4_096)
def _names(publisher: str) -> tuple[str, ...]:
    """Return the words that tell which publisher it is; all where none does."""
    words = _WORD.findall(fold(strip_markup(publisher[:_LONGEST])))
    return tuple(word for word in words if word not in _FORMS) or tuple(words)


@lru_cache(maxsize=64)
def _words(text: str) -> str:
    """Fold a text, with a blank around each word; the same one meets many candidates."""
    return f" {' '.join(_WORD.findall(fold(strip_markup(text[:_MOST]))))} "


def _beside_title(record: Record) -> str:
    """Return the words of a printed string that are not those of its title."""
    if not record.raw:
        return ""
    return _words(record.raw).replace(_words(record.title or ""), " ")


def compare_publisher(record: Record, candidate: Record) -> str:
    """Compare publishers, that of the candidate also with the whole string.

    Parameters
    ----------
    record : Record
        A work as printed.
    candidate : Record
        A work as a service gives it.

    Returns
    -------
    {"same", "near", "other", "none"}
        ``same`` where all words that tell one of them are in the other; Wiley and John Wiley
        & Sons are.

    Examples
    --------
    >>> from nqp_biblio.record import Record
    >>> one, other = Record(publisher="Wiley"), Record(publisher="John Wiley & Sons, Ltd")
    >>> compare_publisher(one, other)
    'same'
    """
    printed, found = _names(record.publisher or ""), _names(candidate.publisher or "")
    if not found:
        return "none"
    if f" {' '.join(found)} " in _beside_title(record):
        return "same"
    if not printed:
        return "none"
    short, long = sorted((printed, found), key=len)
    n_met = sum(any(_is_one(word, other) for other in long) for word in short)
    if n_met == len(short):
        return "same"
    return "near" if n_met else "other"


def _is_one(one: str, other: str) -> bool:
    """Whether two words are one, or one is the start of the other, as in Univ."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= _MIN_NAME and long.startswith(short))


def compare_place(record: Record, candidate: Record) -> str:
    """Compare the places of the publishers; where several are given, one in common will do."""
    found = _places(candidate.publisher_place)
    if not found:
        return "none"
    printed = _places(record.publisher_place)
    whole = _beside_title(record)
    if printed & found or any(f" {name} " in whole for name in found):
        return "same"
    return "other" if printed else "none"


def _places(printed: str | None) -> set[str]:
    """Return the names of places, folded."""
    parts = _PLACES_APART.split((printed or "")[:_LONGEST])
    return {name for part in parts if (name := " ".join(_WORD.findall(fold(part))))}


def find_editions(record: Record, candidate: Record) -> tuple[int, int] | None:
    """Return the numbers of two editions that differ; None where they agree or one is not said."""
    printed, found = _edition(record.edition), _edition(candidate.edition)
    if printed is None or found is None or printed == found:
        return None
    return printed, found


def _edition(text: str | None) -> int | None:
    """Return the number of an edition."""
    words = fold((text or "")[:_LONGEST])
    if found := _NUMBER.search(words):
        return int(found[0])
    return next((_SPELT[word] for word in words.split() if word in _SPELT), None)


def compare_kind(record: Record, candidate: Record) -> str:
    """Compare the kinds of two works: one that stands by itself is no part of another.

    Parameters
    ----------
    record : Record
        A work as printed; where a book or journal is printed that it stands in, it is a part.
    candidate : Record
        A work as a service gives it.

    Returns
    -------
    {"same", "near", "other", "none"}
        ``near`` for kinds that are easily taken for each other, as an article and a paper of
        a conference.
    """
    printed, found = _kind(record), _kind(candidate)
    if not printed or not found:
        return "none"
    if printed == found:
        return "same"
    return "near" if frozenset((printed, found)) in _NEAR_KINDS else "other"


def _kind(record: Record) -> str:
    """Return what kind a work is; a book in a book is a part of it."""
    kind = _KINDS.get(record.type or "", "")
    if kind == "whole" and record.source_raw:
        return "part"
    return kind
