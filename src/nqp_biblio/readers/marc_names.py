"""Names in MARC: people, bodies and meetings, with what they did."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.marc_fields import unpunctuated
from nqp_biblio.readers.relators import role_of_relators
from nqp_biblio.record import Person
from nqp_biblio.text.identifiers import clean_orcid
from nqp_biblio.text.names import parse_person

if TYPE_CHECKING:
    from nqp_biblio.readers.marc_fields import MarcField, MarcRecord
    from nqp_biblio.record import Record

__all__ = ["NAME_TAGS", "take_names"]

NAME_TAGS = ("100", "110", "111", "700", "710", "711", "720")
_EDITED = re.compile(
    r"\b(?:edited|ed\. by|eds?\.|editors?|hrsg|hg\.|herausgegeben|sous la direction|dirigé"
    r"|editado|redaktion|compiled)\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"[^\W\d_][^\W\d_A-Z](?<![JS]r)(?<!St)\.$")
"""The full stop behind a name in full, which ends the field; that of an initial is none."""

_SUFFIX = re.compile(r"(?:[JS]r\.?|I{2,3}|IV|Junior|Senior)", re.IGNORECASE)


def take_names(record: Record, marc: MarcRecord) -> None:
    """Read authors, editors and translators, and the meeting.

    Parameters
    ----------
    record : Record
        The record that takes them; a name with another role is kept as a field.
    marc : MarcRecord
        The record of the catalogue. A name without a role is an author where it is the main
        entry, where nobody else is, or beside an author in a work that nobody edited.
    """
    statement = marc.first("245", "c")
    has_main = any(True for _ in marc.tagged("100", "110"))
    for field in marc.tagged(*NAME_TAGS):
        name = _person(field)
        if name is None or (field.tag == "720" and field.first("t")):
            continue
        relators = field.every("4") + field.every("j" if field.tag[1:] == "11" else "e")
        role = role_of_relators(relators)
        if field.tag[1:] == "11":
            _take_meeting(record, field)
            continue
        if field.first("t"):  # another work by this name, within the work or related to it
            record.fields.append((field.tag, field.whole))
            continue
        if role is None and not relators:
            role = _role(field.tag, has_main=has_main, is_edited=bool(_EDITED.search(statement)))
        if role is None:
            kept = f"{field.tag}.{relators[-1]}" if relators else field.tag
            record.fields.append((kept, name.raw or name.display))
        else:
            name.role = role
            record.people.append(name)


def _role(tag: str, *, has_main: bool, is_edited: bool) -> str | None:
    """Return the role of a name of which the record says none."""
    if tag.startswith("1"):
        return "author"
    if tag in ("700", "720"):
        return "editor" if is_edited else "author"
    return None if has_main else "author"


def _take_meeting(record: Record, field: MarcField) -> None:
    """Take a meeting with its number, place and year; a second one is kept."""
    name = unpunctuated(field.first("a"))
    marks = ", ".join(unpunctuated(text).strip("() ") for text in field.every("ndc"))
    whole = f"{name} ({marks})" if marks else name
    if record.event is None:
        record.event = whole or None
    elif whole:
        record.fields.append((field.tag, whole))


def _person(field: MarcField) -> Person | None:
    """Read the name in a field."""
    name = unpunctuated(field.first("a"))
    if _STOP.search(name):
        name = name[:-1]
    if not name:
        return None
    is_body = field.tag[1:] in ("10", "11") or (
        field.tag == "720" and (field.indicators[:1] == "2" or "rganization" in field.first("7"))
    )
    if is_body:
        whole = ". ".join(map(unpunctuated, field.every("ab")))
        return Person(literal=whole, raw=whole)
    person = _parted(name)
    terms = unpunctuated(" ".join(field.every("c")))
    person.suffix = person.suffix or (terms if _SUFFIX.fullmatch(terms) else None)
    person.raw = ", ".join(filter(None, (name, terms)))
    numbers = [text for text in field.every("01") if "orcid" in text.casefold()]
    person.orcid = next(filter(None, map(clean_orcid, numbers)), None)
    return person


def _parted(name: str) -> Person:
    """Part a name of a person at its comma, as catalogues write it."""
    family, comma, given = name.partition(",")
    if comma and given.strip() and "," not in given:
        parsed = parse_person(name)
        if parsed.family and parsed.given:
            return parsed
        return Person(family=family.strip(), given=given.strip())
    if comma or " " in name:
        return parse_person(name)
    return Person(family=name)
