"""The running text of a TEI document: its paragraphs, with the citations tagged in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.readers.tagged_text import Cite
from nqp_biblio.readers.tagged_xml import ParagraphWalker, offset_of
from nqp_biblio.readers.xml_door import local_name, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from nqp_biblio.readers.tagged_text import CitingParagraph

__all__ = ["is_citation", "read_paragraphs"]

_BLOCKS_TEXT = """
    ab abstract back body cell div figDesc figure front head item label list note p quote row
    table text
    """
_BLOCKS = frozenset(_BLOCKS_TEXT.split())
_SKIPPED = frozenset({"listBibl", "graphic", "listOrg", "teiHeader"})
_ASIDE = frozenset({"note", "figure"})


def is_citation(element: _Element) -> bool:
    """Tell a citation among the references of a text."""
    return element.tag == "ref" and element.get("type") in {"bibr", "bibl", "biblio"}


def read_paragraphs(root: _Element) -> list[CitingParagraph]:
    """Read the paragraphs of a document.

    Parameters
    ----------
    root : Element
        The document, without namespaces, whose citations have their offsets noted.

    Returns
    -------
    list of CitingParagraph
        In the order of the file: abstract, text, captions, rows of tables, notes. A note or
        figure inside a paragraph follows it. Headings count only where they cite.
    """
    walker = _Walker()
    for abstract in root.findall("teiHeader/profileDesc/abstract"):
        walker.section = "Abstract"
        walker.walk(abstract)
        walker.section = None
    for text in root.findall("text"):
        walker.walk(text)
    return walker.paragraphs


class _Walker(ParagraphWalker):
    """The order in which the parts of a document are read."""

    def walk(self, element: _Element) -> None:
        """Take an element with all that is in it."""
        name = local_name(element)
        if is_citation(element):
            self._cite(element)
        elif name in _SKIPPED:
            return
        elif name in _ASIDE and self._is_in_paragraph:
            self._waiting.append(element)
        elif name in {"head", "label"} and not any(map(is_citation, element.iter("ref"))):
            self._text.add(" ")
        elif name == "cell":
            self._text.add(" | " if self._text.length else "")
            self._walk_children(element)
        elif name in _BLOCKS and not self._is_in_paragraph:
            self._walk_block(element, name)
        else:
            self._text.add(" " if name in _BLOCKS or name in {"lb", "formula"} else "")
            self._walk_children(element)
            self._text.add(" " if name in _BLOCKS or name in {"s", "formula"} else "")

    def _walk_block(self, element: _Element, name: str) -> None:
        """Take an element that begins a paragraph, or holds some."""
        self.end_paragraph()
        outer = self.section
        if name == "div":
            self.section = _heading(element) or outer
        self._is_in_paragraph = name in {"p", "ab"}
        self._walk_children(element)
        self._is_in_paragraph = False
        self.end_paragraph()
        self._walk_waiting()
        self.section = outer

    def _cite(self, element: _Element) -> None:
        """Take a citation."""
        printed = text_of(element)
        if self._text.last.isalnum() and printed[:1].isalpha():
            self._text.add(" ")
        start = self._text.length
        self._text.add(printed)
        targets = tuple(one.removeprefix("#") for one in element.get("target", "").split())
        self._cites.append(Cite(start, self._text.length, targets, offset_of(element)))


def _heading(division: _Element) -> str:
    """Return the heading of a division with its number."""
    head = division.find("head")
    if head is None:
        return ""
    number = head.get("n", "").strip()
    text = text_of(head)
    return text if not number or text.startswith(number) else f"{number} {text}".strip()
