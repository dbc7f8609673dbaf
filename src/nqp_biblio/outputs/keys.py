"""Citation keys: a record's own, or one made of author, year and title."""

from __future__ import annotations

import itertools
import re
import string
import unicodedata
from typing import TYPE_CHECKING

from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nqp_biblio.record import Record

__all__ = ["citation_keys"]

_PROPER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_:.+/*'-]{0,200}")
_SMALL_WORDS_TEXT = (
    "a an and das de der des die du el en ein eine für in is la le les of on the to un und une"
)
_SMALL_WORDS = frozenset(_SMALL_WORDS_TEXT.split())


def citation_keys(records: Iterable[Record]) -> Iterator[tuple[str, Record]]:
    """Give each record a citation key that no other has.

    Parameters
    ----------
    records : iterable of Record
        The records, in order.

    Yields
    ------
    key : str
        The record's own key where BibTeX can take it; else the first author's family name,
        the year and the first word of the title, in ASCII. A repeated key gets a, b, c, …;
        upper and lower case make no difference.
    record : Record
        The record.
    """
    used: set[str] = set()
    following: dict[str, Iterator[str]] = {}
    for record in records:
        wanted = _own_key(record) or _made_key(record)
        key = wanted
        while key.casefold() in used:
            letters = following.setdefault(wanted.casefold(), _letters())
            key = wanted + next(letters)
        used.add(key.casefold())
        yield key, record


def _own_key(record: Record) -> str | None:
    """Return the record's key where it is a proper one; a number in a list is none."""
    key = record.key or ""
    if record.role != "record" and key.strip("[]().").isdigit():
        return None
    return key if _PROPER.fullmatch(key) else None


def _made_key(record: Record) -> str:
    """Make a key of author, year and title."""
    people = record.people_of("author") or record.people
    name = (people[0].family or people[0].literal or "") if people else ""
    words = [word for word in _ascii(record.title or "").split() if word not in _SMALL_WORDS]
    author = _ascii(name).replace(" ", "")[:30]
    return f"{author}{record.publication_year or ''}{''.join(words[:1])[:30]}" or "work"


def _ascii(text: str) -> str:
    """Fold text to ASCII; letters of other scripts become their code in Unicode."""
    folded = fold(text[:300])
    if folded.isascii():
        return folded
    signs = (sign if sign.isascii() else _code(sign) for sign in folded)
    return "".join(signs)


def _code(sign: str) -> str:
    """Return a letter as the last part of its name where that is short, else as its code."""
    name = unicodedata.name(sign, "")
    last = name.rsplit(" ", 1)[-1].lower()
    is_letter = "LETTER" in name and last.isascii() and last.isalpha()
    return last if is_letter else f"u{ord(sign):x}"


def _letters() -> Iterator[str]:
    """Count a, b, …, z, aa, ab, …."""
    for length in itertools.count(1):
        yield from map("".join, itertools.product(string.ascii_lowercase, repeat=length))
