"""Names of people: rules over the parts of one name, and the author that a name stands for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nqp_biblio.text.names import parse_person
from nqp_biblio.text.unicode import clean_text, fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from nqp_biblio.record import Person

__all__ = ["author_key", "clean_person", "initials", "shown_name"]

_MARKS = re.compile(r"[\d*†‡§¶#,;\s]+$")
_HAN = re.compile(r"[\u3400-\u9fff々]")
_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARTICLES = frozenset(
    "af al aus ben bin da dal das de del della den der des di do dos du el la le les ter ten van "  # noqa: SIM905
    "von vom y zu zum zur".split()
)
_SUFFIXES = {"jr": "Jr.", "sr": "Sr.", "ii": "II", "iii": "III", "iv": "IV"}
_LONGEST_INITIALS = 3
_SCOTTISH = re.compile(r"\bMc([a-z])(?=[a-z]{2})")


def clean_person(person: Person) -> tuple[Person, str | None]:
    """Clean the parts of one name.

    Parameters
    ----------
    person : Person
        As read.

    Returns
    -------
    person : Person
        The same where nothing is to change.
    rule : str or None
        The rules that changed it, joined by "+".

    Examples
    --------
    >>> from nqp_biblio.record import Person
    >>> clean_person(Person(family="VAN DER BERG", given="J."))[0].display
    'van der Berg, J.'
    """
    rules = []
    for name, rule in _RULES:
        changed = rule(person)
        if changed != person:
            rules.append(name)
            person = changed
    return person, "+".join(rules) or None


def initials(given: str | None) -> str:
    """Return the initials of given names, without signs.

    Examples
    --------
    >>> initials("LQ"), initials("Li-Qun"), initials("L.-Q."), initials("JOHN")
    ('LQ', 'LQ', 'LQ', 'J')
    """
    if not given:
        return ""
    letters = []
    for word in _WORD.findall(_CAMEL.sub(" ", given)):
        is_run = word.isupper() and len(word) <= _LONGEST_INITIALS
        letters.append(word if is_run else word[0].upper())
    return "".join(letters)


def shown_name(person: Person) -> str:
    """Return the name to show: family name and initials, or a name that has none.

    Examples
    --------
    >>> from nqp_biblio.record import Person
    >>> shown_name(Person(family="Chen", given="Li-Qun"))
    'Chen, L. Q.'
    """
    if person.literal is not None or not person.family:
        return person.display or person.raw or ""
    family = " ".join(part for part in (person.particle, person.family) if part)
    if _HAN.search(family):
        return f"{family}{person.given or ''}"
    letters = " ".join(f"{letter}." for letter in initials(person.given))
    return ", ".join(part for part in (family, letters, person.suffix) if part)


def author_key(person: Person) -> str:
    """Return what the names of one author share.

    Family name with its particle, the whole string of initials, and suffix must be equal:
    "Chen, L." and "Chen, L. Q." stay two. A group is its folded name.

    Examples
    --------
    >>> from nqp_biblio.record import Person
    >>> author_key(Person(family="Chen", given="LQ"))
    'chen|LQ|'
    """
    if person.literal is not None or not person.family:
        return fold(person.display) or (person.raw or "")
    family = fold(f"{person.particle or ''} {person.family}")
    if _HAN.search(person.family):
        return f"{family}{fold(person.given or '')}".replace(" ", "")
    return f"{family}|{fold(initials(person.given)).upper()}|{fold(person.suffix or '')}"


def _without_marks(person: Person) -> Person:
    """Take marks of footnotes off the ends, and odd characters away."""
    if person.literal is not None:
        return replace(person, literal=clean_text(person.literal) or None)
    family, given = (
        _MARKS.sub("", clean_text(part)) or None if part else None
        for part in (person.family, person.given)
    )
    return replace(person, family=family or person.family, given=given)


def _parted(person: Person) -> Person:
    """Part a Chinese name that stands in one piece."""
    whole = person.family if person.given is None else None
    whole = whole or person.literal
    if not whole or not _HAN.search(whole):
        return person
    parts = parse_person(whole)
    if not parts.family or not parts.given:
        return person
    return replace(person, family=parts.family, given=parts.given, literal=None)


def _with_suffix(person: Person) -> Person:
    """Take Jr. and its like out of the family or given name."""
    if person.suffix:
        proper = _SUFFIXES.get(fold(person.suffix))
        return replace(person, suffix=proper) if proper else person
    for column in ("family", "given"):
        words = (getattr(person, column) or "").replace(",", " ").split()
        suffix = _SUFFIXES.get(words[-1].strip(".").casefold()) if len(words) > 1 else None
        if suffix:
            return replace(person, suffix=suffix, **{column: " ".join(words[:-1])})
    return person


def _in_title_case(person: Person) -> Person:
    """Write names in capitals as others are written; initials stay."""
    family, given = person.family, person.given
    if family and family.isupper() and len(family) > 1 and not _HAN.search(family):
        words = [word.lower() if word.casefold() in _PARTICLES else word for word in family.split()]
        if len(words) > 1:
            words[-1] = family.split()[-1]
        family = " ".join(word if word.islower() else _titled(word) for word in words)
    if given and given.isupper():
        given = " ".join(_titled(word) if _is_full(word) else word for word in given.split())
    return replace(person, family=family, given=given)


def _with_particle(person: Person) -> Person:
    """Take a particle in lower case out of the family name."""
    words = (person.family or "").split()
    size = 0
    while size < len(words) - 1 and words[size] in _PARTICLES:
        size += 1
    if not size or person.particle:
        return person
    return replace(person, particle=" ".join(words[:size]), family=" ".join(words[size:]))


_RULES: tuple[tuple[str, Callable[[Person], Person]], ...] = (
    ("name-without-marks", _without_marks),
    ("chinese-name", _parted),
    ("name-suffix", _with_suffix),
    ("name-in-capitals", _in_title_case),
    ("name-particle", _with_particle),
)


def _titled(word: str) -> str:
    """Capitalise each part of a word in capitals: O'BRIEN-SMITH."""
    titled = _WORD.sub(lambda part: part.group().capitalize(), word)
    return _SCOTTISH.sub(lambda match: f"Mc{match.group(1).upper()}", titled)


def _is_full(word: str) -> bool:
    """Tell a given name in full from initials."""
    longest = max((len(part) for part in _WORD.findall(word)), default=0)
    return longest > _LONGEST_INITIALS
