"""Names whose family and given parts come apart, as reference managers keep them."""

from __future__ import annotations

from nqp_biblio.record import Person
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.unicode import clean_text

__all__ = ["person_of_parts"]


def person_of_parts(family: str, given: str) -> Person | None:
    """Make a person of a family name and given names, particle and suffix parted off.

    Parameters
    ----------
    family : str
        Family name, with its particle or not; the name of a group where `given` is empty.
    given : str
        Given names or initials, with a suffix or not.

    Returns
    -------
    Person or None
        None where both are empty.

    Examples
    --------
    >>> person = person_of_parts("van der Berg", "Ada")
    >>> person.particle, person.family, person.given
    ('van der', 'Berg', 'Ada')
    >>> person_of_parts("Int'l Mar. Org.", "").literal
    "Int'l Mar. Org."
    """
    family, given = clean_text(family), clean_text(given)
    if not family or not given:
        name = family or given
        return Person(literal=name, raw=name) if name.strip(" ,.;") else None
    raw = f"{family}, {given}"
    person = parse_person(raw) if "," not in family else Person(family=family, given=given)
    if person.family is None or not person.given:
        person = Person(family=family, given=given)
    person.raw = raw
    return person
