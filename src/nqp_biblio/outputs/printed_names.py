"""Names of people in the forms that databases print."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nqp_biblio.cleaning.people import initials
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from nqp_biblio.record import Person

__all__ = ["inverted_name", "scopus_name", "wos_cited_name", "wos_name"]

_EASTERN = re.compile(r"[\u3400-\u9fff々\uac00-\ud7af]")


def inverted_name(person: Person) -> str:
    """Return a name on one line, family name first; as printed where that says the same.

    Examples
    --------
    >>> from nqp_biblio.record import Person
    >>> inverted_name(Person(family="Eck", given="Nees Jan", particle="van"))
    'van Eck, Nees Jan'
    """
    raw = person.raw
    parts = (person.family, person.given, person.particle, person.suffix, person.literal)
    if (
        raw
        and (person.literal is not None or "," in raw or " " not in raw)
        and _parts(raw) == parts
    ):
        return clean_text(raw)
    return clean_text(person.display)


def wos_name(person: Person) -> str:
    """Return a name as Web of Science shortens it.

    Examples
    --------
    >>> from nqp_biblio.record import Person
    >>> wos_name(Person(family="Eck", given="Nees Jan", particle="van"))
    'van Eck, NJ'
    """
    if _is_whole(person):
        return _whole(person)
    given = " ".join(part for part in (_letters(person, ""), person.suffix) if part)
    return clean_text(f"{_family(person)}, {given}" if given else _family(person))


def scopus_name(person: Person) -> str:
    """Return a name as Scopus shortens it.

    Examples
    --------
    >>> from nqp_biblio.record import Person
    >>> scopus_name(Person(family="Eck", given="Nees Jan", particle="van"))
    'van Eck N.J.'
    """
    if _is_whole(person):
        return _whole(person)
    short = " ".join(part for part in (_family(person), _letters(person, ".")) if part)
    return clean_text(f"{short}, {person.suffix}" if person.suffix else short)


def wos_cited_name(name: str) -> str:
    """Return the name of a cited author as Web of Science prints it.

    Examples
    --------
    >>> wos_cited_name("Small, Henry"), wos_cited_name("van Eck N.J.")
    ('SMALL H', 'VAN ECK NJ')
    """
    return wos_name(_person(name)).replace(",", "").upper()


def _is_whole(person: Person) -> bool:
    """Tell a name that has no initials: that of a group, or one in Han characters or Hangul."""
    return person.literal is not None or not person.family or bool(_EASTERN.search(person.family))


def _whole(person: Person) -> str:
    """Return a name that has no initials."""
    if person.literal is not None or not person.family:
        return clean_text(person.display)
    return clean_text(f"{person.family}{person.given or ''}")


def _family(person: Person) -> str:
    """Return the family name with its particle."""
    return " ".join(part for part in (person.particle, person.family) if part)


def _letters(person: Person, mark: str) -> str:
    """Return the initials, each with a mark behind it."""
    return "".join(f"{letter}{mark}" for letter in initials(person.given))


@lru_cache(maxsize=20_000)
def _person(name: str) -> Person:
    """Read one name, remembering it."""
    return parse_person(name)


def _parts(name: str) -> tuple[str | None, ...]:
    """Return the parts of a name as they are read."""
    found = _person(name)
    return (found.family, found.given, found.particle, found.suffix, found.literal)
