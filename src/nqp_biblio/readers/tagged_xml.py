"""XML whose citations are tagged: names without namespaces, places in the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.xml_door import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["drop_namespaces", "offset_of", "tag_offsets"]

_OFFSET = "offset-in-file"
"""Attribute for the offset: a dictionary would keep elements alive that the door has dropped."""


def drop_namespaces(root: _Element) -> None:
    """Give all elements their local names, whatever namespace the file puts them in."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith("{"):
            element.tag = local_name(element)


def tag_offsets(root: _Element, name: str, text: str, start: int) -> int:
    """Find where the elements of a name stand in the file, and note it on them.

    Parameters
    ----------
    root : Element
        What they stand in, without namespaces.
    name : str
        Their name.
    text : str
        The text of the file.
    start : int
        Character where the root begins, or one shortly before it.

    Returns
    -------
    int
        The offset of the last one, from 0; `offset_of` gives those of all.
    """
    tag = re.compile(
        rf"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<(?:[\w.-]{{1,40}}:)?{name}(?=[\s/>])",
        re.DOTALL,
    )
    tags = (found for found in tag.finditer(text, start) if not found[0].startswith("<!"))
    end = start
    for element in root.iter(name):
        found = next(tags, None)
        end = found.start() if found else end
        element.set(_OFFSET, str(end))
    return end


def offset_of(element: _Element) -> int:
    """Return the character of the file where an element begins, from 0."""
    return int(element.get(_OFFSET, "0"))
