"""Names in MODS: people, corporations and conferences, with what they did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.readers.paired_names import person_of_parts
from nqp_biblio.readers.relators import role_of_relators
from nqp_biblio.readers.xml_door import text_at, text_of, texts_at
from nqp_biblio.record import Person
from nqp_biblio.text.identifiers import clean_orcid
from nqp_biblio.text.names import is_group, parse_person

if TYPE_CHECKING:
    from lxml.etree import _Element

    from nqp_biblio.record import Record

__all__ = ["take_names"]


def take_names(record: Record, mods: _Element, host: _Element | None) -> None:
    """Read the people of a work, the editors of its host and its conference.

    Parameters
    ----------
    record : Record
        The record that takes them; a name with another role is kept as a field.
    mods, host : element
        The work, and the related item that it stands in.
    """
    for name in mods.findall("{*}name"):
        _take_name(record, name)
    for name in host.findall("{*}name") if host is not None else ():
        role = role_of_relators(_relators(name))
        person = _person(name)
        if person is not None and role == "editor":
            person.role = "editor"
            record.people.append(person)
        elif person is not None:
            record.fields.append(("host.name", person.raw or person.display))


def _take_name(record: Record, name: _Element) -> None:
    """Read one name of the work."""
    relators = _relators(name)
    role = role_of_relators(relators) if relators else "author"
    person = _person(name)
    if person is None:
        return
    if name.get("type") == "conference" and record.event is None:
        record.event = person.raw or person.display
    elif role is None:
        record.fields.append((f"name.{relators[0]}", person.raw or person.display))
    else:
        person.role = role
        record.people.append(person)
        position = len(record.people_of("author")) if role == "author" else None
        places = dict.fromkeys(texts_at(name, "{*}affiliation"))
        record.affiliations += [(place, position) for place in places]


def _relators(name: _Element) -> list[str]:
    """Return the words and codes of what a name did."""
    terms = name.findall("{*}role/{*}roleTerm") or name.findall("{*}role")
    return [text for term in terms if (text := text_of(term))]


def _person(name: _Element) -> Person | None:
    """Read a name in parts, else the whole name, else the form for display."""
    parts: dict[str, list[str]] = {}
    for part in name.findall("{*}namePart"):
        if text := text_of(part).rstrip(" ,;"):
            parts.setdefault(part.get("type", ""), []).append(text)
    family, given = (" ".join(parts.get(kind, ())) for kind in ("family", "given"))
    whole, terms = parts.get("", []), ", ".join(parts.get("termsOfAddress", ()))
    if name.get("type") in ("corporate", "conference", "family"):
        text = ". ".join(whole) or text_at(name, "{*}displayForm")
        return Person(literal=text, raw=text) if text else None
    if family:
        person = person_of_parts(family, given) if given else _lone(family)
    else:
        text = " ".join(whole) or given or text_at(name, "{*}displayForm").rstrip(" ,;")
        person = _whole(text) if text else None
    if person is None:
        return None
    if terms:
        person.raw = f"{person.raw}, {terms}"
        person.suffix = person.suffix or (terms if len(terms) <= len("Junior") else None)
    numbers = texts_at(name, "{*}nameIdentifier[@type='orcid']")
    numbers += [number for number in texts_at(name, "{*}nameIdentifier") if "orcid" in number]
    person.orcid = next(filter(None, map(clean_orcid, numbers)), None)
    return person


def _lone(family: str) -> Person:
    """Make a person of a family name without given names, or a group where it reads as one."""
    if is_group(family):
        return Person(literal=family, raw=family)
    return Person(family=family, raw=family)


def _whole(text: str) -> Person:
    """Read a whole name; a single word is a family name."""
    if "," not in text and " " not in text:
        return Person(family=text, raw=text)
    family, comma, given = text.partition(",")
    if comma and "(" in given and "," not in given:  # the full form behind the initials
        return Person(family=family.strip(), given=given.strip(), raw=text)
    return parse_person(text)
