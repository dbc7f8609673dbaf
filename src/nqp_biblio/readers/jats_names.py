"""Names in JATS: persons, groups, and their roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.readers.xml_door import flat_text, local_name, text_of
from nqp_biblio.record import Person
from nqp_biblio.text.names import parse_person

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_group", "read_name", "read_names"]

_ROLES = {
    "": "author",
    "allauthors": "author",
    "author": "author",
    "curator": "author",
    "editor": "editor",
    "guest-editor": "editor",
    "inventor": "author",
    "translator": "translator",
    "transed": "translator",
}
_NAMES = ("name", "string-name", "collab", "institution")


def read_names(citation: _Element) -> tuple[list[Person], bool, list[tuple[str, str]]]:
    """Read the people of a citation.

    Parameters
    ----------
    citation : Element
        The citation, without namespaces.

    Returns
    -------
    (list of Person, bool, list of (name, value))
        The people; whether the list is cut by et al.; people whose role is none of author,
        editor and translator, by their role.
    """
    people: list[Person] = []
    others: list[tuple[str, str]] = []
    for element in citation.iter(*_NAMES):
        parent = element.getparent()
        if parent is None or (parent is not citation and not _is_listed(element, citation)):
            continue
        if local_name(element) == "institution" and local_name(parent) != "person-group":
            continue
        person = read_group(element) if _is_group(element) else read_name(element)
        if person is None:
            continue
        printed = _role_of(element)
        person.role = _ROLES.get(printed, "")
        if person.role:
            people.append(person)
        else:
            others.append((printed, person.display))
    is_cut = next(citation.iter("etal"), None) is not None
    return people, is_cut, others


def _is_group(element: _Element) -> bool:
    """Tell the name of a group."""
    return local_name(element) in {"collab", "institution"}


def _is_listed(element: _Element, citation: _Element) -> bool:
    """Tell a name that stands in the list, and is the first of its alternatives."""
    for parent in element.iterancestors():
        if parent is citation:
            return True
        name = local_name(parent)
        if name in {"note", "comment", "collab", "string-name"}:
            return False
        if name.endswith("-alternatives"):
            first = next((one for one in parent if local_name(one) in _NAMES), None)
            if first is not None and first is not element:
                return False
    return False


def _role_of(element: _Element) -> str:
    """Return the role of the group a name stands in."""
    for parent in element.iterancestors("person-group"):
        return (parent.get("person-group-type") or "").lower()
    return ""


def read_name(element: _Element) -> Person | None:
    """Read a ``name`` or ``string-name``; None where it is empty."""
    parts = {local_name(child): text_of(child) for child in element if isinstance(child.tag, str)}
    family, given = parts.get("surname", ""), parts.get("given-names", "")
    if not family and not given:
        text = text_of(element)
        return parse_person(text) if text else None
    if not family:
        return Person(literal=given, raw=given)
    person = parse_person(f"{family}, {given}") if given else Person(family=family)
    if person.family is None:  # taken for a group
        person = Person(family=family, given=given or None)
    person.raw = f"{family}, {given}" if given else family
    person.suffix = parts.get("suffix") or person.suffix
    return person


def read_group(element: _Element) -> Person | None:
    """Read the name of a group without the names of its members; None where it is empty."""
    outside = {"contrib-group", "xref", "aff", "fn", "email", "ext-link", "address"}
    if not any(local_name(child) in outside for child in element):
        name = text_of(element)
    else:
        pieces = [element.text or ""]
        for child in element:
            pieces.append("" if local_name(child) in outside else flat_text(child))
            pieces.append(child.tail or "")
        name = " ".join("".join(pieces).split())
    return Person(literal=name, raw=name) if name else None
