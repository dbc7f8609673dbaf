"""Creators and contributors as DataCite's schema gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.html_tags import without_tags
from nqp_biblio.readers.paired_names import person_of_parts
from nqp_biblio.record import Person
from nqp_biblio.text.identifiers import clean_orcid
from nqp_biblio.text.names import parse_person

if TYPE_CHECKING:
    from nqp_biblio.record import Record

__all__ = ["listed", "plain", "take_people"]

UNKNOWN = frozenset(
    (":unac", ":unal", ":unap", ":unas", ":unav", ":unkn", ":none", ":null", ":tba", "(:unav)")
)
"""What the schema sets where a value is not known."""

_ROLES = {"editor": "editor", "translator": "translator"}


def plain(value: object) -> str:
    """Turn a text or number into text without tags; empty for anything else or unknown."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    text = without_tags(str(value))
    return "" if text.casefold() in UNKNOWN else text


def listed(value: object) -> list[Any]:
    """Return a list as it is, None as an empty one, and anything else as a list of one."""
    return value if isinstance(value, list) else [] if value is None or value == "" else [value]


def take_people(record: Record, creators: object, contributors: object) -> list[str]:
    """Read creators as authors, and editors and translators of the contributors.

    Parameters
    ----------
    record : Record
        The record that takes the people, their addresses and what else is said of them.
    creators, contributors : object
        The lists of the schema, one object or what else stands there.

    Returns
    -------
    list of str
        What could not be read.
    """
    reasons: list[str] = []
    n_authors = 0
    for item in listed(creators):
        person = _person(item, "author")
        if person is None:
            reasons.append(f"a creator cannot be read: {str(item)[:80]!r}")
            continue
        n_authors += 1
        record.people.append(person)
        places = dict.fromkeys(_places(item))
        record.affiliations += [(place, n_authors) for place in places]
        _keep_identifiers(record, item, person)
    for item in listed(contributors):
        kind = plain(item.get("contributorType")) if isinstance(item, dict) else ""
        role = _ROLES.get(kind.casefold())
        person = _person(item, role or "author")
        if person is None:
            reasons.append(f"a contributor cannot be read: {str(item)[:80]!r}")
        elif role is not None:
            record.people.append(person)
            _keep_identifiers(record, item, person)
        else:
            name = f"contributor.{kind}" if kind else "contributor"
            record.fields.append((name, person.raw or person.display))
    return reasons


def _person(item: object, role: str) -> Person | None:
    """Read one name: of a person, or of a group."""
    if isinstance(item, str):
        item = {"name": item}
    if not isinstance(item, dict):
        return None
    name, family, given = (plain(item.get(part)) for part in ("name", "familyName", "givenName"))
    kind = plain(item.get("nameType") or item.get("type")).casefold()
    person = _parted(name, (family, given), kind)
    if person is None:
        return None
    person.role = role
    person.raw = name or person.raw
    person.orcid = next(filter(None, map(_orcid, _identifiers(item))), None)
    return person


def _parted(name: str, parts: tuple[str, str], kind: str) -> Person | None:
    """Take the parts where both are given, else part the name as printed."""
    family, given = parts
    if kind in ("organizational", "organization"):
        return Person(literal=name or family or given) if name or family or given else None
    if family and given:
        return person_of_parts(family, given)
    name = name or family or given
    if not name.strip(" ,.;"):
        return None
    if kind in ("personal", "person") and not any(sign in name for sign in " ,"):
        return Person(family=name)
    return parse_person(name)


def _identifiers(item: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the identifiers of a person with the names of their schemes."""
    found = [
        (plain(one.get("nameIdentifierScheme")), plain(one.get("nameIdentifier")))
        for one in listed(item.get("nameIdentifiers"))
        if isinstance(one, dict)
    ]
    if plain(item.get("id")):
        found.append(("id", plain(item.get("id"))))
    return [(scheme, number) for scheme, number in found if number]


def _orcid(identifier: tuple[str, str]) -> str | None:
    """Return an identifier where it is an ORCID."""
    scheme, number = identifier
    return clean_orcid(number) if "orcid" in f"{scheme} {number}".casefold() else None


def _keep_identifiers(record: Record, item: object, person: Person) -> None:
    """Keep the identifiers that are no ORCID, with the name of the person."""
    found = _identifiers(item) if isinstance(item, dict) else []
    for scheme, number in found:
        if _orcid((scheme, number)) is None:
            said = f"{person.display}: {scheme} {number}"
            record.fields.append(("nameIdentifier", said))


def _places(item: object) -> list[str]:
    """Return the addresses of a person."""
    places = listed(item.get("affiliation")) if isinstance(item, dict) else []
    texts = [plain(place.get("name") if isinstance(place, dict) else place) for place in places]
    return [text for text in texts if text]
