"""Names as MEDLINE writes them: family name, given names or initials, then the suffix."""

from __future__ import annotations

import re
from functools import lru_cache

from nqp_biblio.record import Person
from nqp_biblio.text.names import parse_person

__all__ = ["medline_person"]

_SUFFIX = re.compile(r"(.{1,80}) (Jr|Sr|2nd|3rd|4th|5th|II|III|IV)\.?", re.IGNORECASE)


def medline_person(name: str, role: str = "author") -> Person:
    """Read one name of a person.

    Examples
    --------
    >>> person = medline_person("Smith, John R Jr")
    >>> person.family, person.given, person.suffix
    ('Smith', 'John R', 'Jr')
    >>> medline_person("Whaiduzzaman, Md").given
    'Md'
    """
    return Person.of_parts(_parts(name), role)


@lru_cache(maxsize=20_000)
def _parts(name: str) -> tuple[str | None, ...]:
    """Return family, given, particle, suffix, literal and raw name."""
    found = parse_person(name)
    if found.suffix and not found.given and name.count(",") == 1:
        found.given, found.suffix = found.suffix, None
        found.family, found.literal = found.family or found.literal, None
    if found.given and not found.suffix and (ending := _SUFFIX.fullmatch(found.given)):
        found.given, found.suffix = ending[1], ending[2]
    return found.family, found.given, found.particle, found.suffix, found.literal, name
