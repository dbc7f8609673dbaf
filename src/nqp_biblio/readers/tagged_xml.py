"""XML whose citations are tagged: names without namespaces, places in the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.tagged_text import CitingParagraph, RunningText
from nqp_biblio.readers.xml_door import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

    from nqp_biblio.readers.tagged_text import Cite

__all__ = ["ParagraphWalker", "drop_namespaces", "offset_of", "tag_offsets"]

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


class ParagraphWalker:
    """Goes through a document once, from the first element to the last; a format says how.

    Attributes
    ----------
    paragraphs : list of CitingParagraph
        What it has found, in the order of the file.
    section : str or None
        Heading of the section that it is in.
    """

    def __init__(self) -> None:
        self.paragraphs: list[CitingParagraph] = []
        self.section: str | None = None
        self._text = RunningText()
        self._cites: list[Cite] = []
        self._waiting: list[_Element] = []
        self._is_in_paragraph = False

    def walk(self, element: _Element) -> None:
        """Take an element with all that is in it."""
        raise NotImplementedError

    def end_paragraph(self) -> None:
        """End the paragraph, where one has begun."""
        if text := self._text.take():
            self.paragraphs.append(CitingParagraph(self.section, text, self._cites))
        self._cites = []

    def _walk_children(self, element: _Element) -> None:
        """Take the text and the children of an element."""
        self._text.add(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                self.walk(child)
            else:
                self._text.add(str(child.text or ""))
            self._text.add(child.tail or "")

    def _walk_waiting(self) -> None:
        """Take what floated in the paragraph that has ended."""
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            self.walk(one)
