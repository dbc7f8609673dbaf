"""DataCite XML: resources in the agency's schema, kernels 2 to 4, alone or in an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.datacite_works import record_of_attributes
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.xml_door import elements, local_name, looks_like_xml, text_of
from nqp_biblio.record import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

    from nqp_biblio.readers.source import Source
    from nqp_biblio.record import Record

__all__ = ["FORMAT"]

_RESOURCE = re.compile(r"<(?:[\w.-]{1,40}:)?resource[\s>]")
_KERNEL = re.compile(r"https?://(?:schema\.)?datacite\.org/(?:schema|meta)/(?:kernel|namespace)")
_LISTS = {
    "titles": "title",
    "subjects": "subject",
    "dates": "date",
    "rightsList": "rights",
    "descriptions": "description",
    "alternateIdentifiers": "alternateIdentifier",
    "relatedIdentifiers": "relatedIdentifier",
}
"""Lists whose items are a text with attributes, and what the JSON calls the text."""

_PEOPLE = {"creators": "creatorName", "contributors": "contributorName"}
_SINGLE = {
    "identifier": ("identifiers", "identifier"),
    "resourceType": ("types", "resourceType"),
    "publisher": ("publisher", "name"),
    "rights": ("rightsList", "rights"),
}
"""Elements without a list, and where they stand in JSON."""


def _matches(source: Source) -> float:
    """Score a source: an element resource in the namespace of the agency."""
    head = source.head
    if not looks_like_xml(head) or not _RESOURCE.search(head):
        return 0.0
    return 0.96 if _KERNEL.search(head) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each resource, in the order of the file."""
    n_items = 0
    for item in elements(source, ("resource",)):
        n_items += 1
        if isinstance(item, Problem):
            yield item
            continue
        line, element = item
        yield record_of_attributes(_attributes(element), (source.name, line, "datacite-xml"))
    if not n_items:
        yield Problem(source.name, 1, source.text[:200], "no element resource; nothing is read")


def _attributes(resource: _Element) -> dict[str, Any]:
    """Return the properties of a resource by the names that they have in JSON."""
    found: dict[str, Any] = {}
    for child in resource:
        name = local_name(child)
        if name in _LISTS:
            found.setdefault(name, []).extend(_leaf(item, _LISTS[name]) for item in child)
        elif name in _PEOPLE:
            found.setdefault(name, []).extend(_people(child, _PEOPLE[name]))
        elif name in _READERS:
            found.setdefault(name, []).extend(map(_READERS[name], child))
        elif name in _SINGLE:
            key, text_name = _SINGLE[name]
            found.setdefault(key, []).append(_leaf(child, text_name))
        elif len(child):
            found.setdefault(name, []).extend(map(_nested, child))
        elif text_of(child):
            found[name] = text_of(child)
    for key in ("types", "publisher"):
        if key in found:
            found[key] = found[key][0]
    return found


def _leaf(element: _Element, name: str) -> dict[str, str]:
    """Return the attributes of an element and its text."""
    return _marks(element) | {name: text_of(element)}


def _marks(element: _Element) -> dict[str, str]:
    """Return the attributes of an element by their names without namespace."""
    return {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items()}


def _nested(element: _Element) -> Any:  # noqa: ANN401  text or object
    """Return an element with its children as an object; a text where it has neither."""
    found: dict[str, Any] = _leaf(element, "text") if not len(element) else {}
    for child in element:
        found.setdefault(local_name(child), []).append(_nested(child))
    inner = {key: value[0] if len(value) == 1 else value for key, value in found.items() if value}
    if not len(element):
        return found["text"] if len(found) == 1 else found
    return inner


def _people(group: _Element, name_tag: str) -> Iterator[dict[str, Any]]:
    """Yield the people of a list; one element with several names is several people."""
    for element in group:
        person: dict[str, Any] | None = None
        for child in element:
            tag = local_name(child)
            if tag == name_tag:
                if person is not None:
                    yield person
                person = _leaf(child, "name") | _marks(element)
            elif person is not None:
                _add_part(person, child)
        if person is None:
            person = {"name": text_of(element)}
        yield person


def _add_part(person: dict[str, Any], child: _Element) -> None:
    """Add a part of a name, an identifier or an address to a person."""
    tag = local_name(child)
    if tag == "nameIdentifier":
        person.setdefault("nameIdentifiers", []).append(_leaf(child, "nameIdentifier"))
    elif tag == "affiliation":
        person.setdefault("affiliation", []).append(_leaf(child, "name"))
    else:
        person[tag] = text_of(child)


def _related(item: _Element) -> dict[str, Any]:
    """Return a related item, which has properties of its own."""
    found: dict[str, Any] = dict(_marks(item))
    for child in item:
        name = local_name(child)
        if name in _LISTS:
            found[name] = [_leaf(one, _LISTS[name]) for one in child]
        elif name in _PEOPLE:
            found[name] = list(_people(child, _PEOPLE[name]))
        elif name == "relatedItemIdentifier":
            found[name] = _leaf(child, name)
        else:
            found |= {name: text_of(child)} | (_marks(child) if name == "number" else {})
    return found


_READERS: dict[str, Callable[[_Element], Any]] = {
    "sizes": text_of,
    "formats": text_of,
    "relatedItems": _related,
}
"""Lists whose items are texts, or objects with parts of their own."""

FORMAT = Format(
    name="datacite-xml",
    title="DataCite XML",
    suffixes=(".xml",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
