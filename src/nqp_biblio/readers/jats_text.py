"""The running text of a JATS article: its paragraphs, with the citations tagged in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.readers.tagged_text import Cite
from nqp_biblio.readers.tagged_xml import ParagraphWalker, offset_of
from nqp_biblio.readers.xml_door import local_name, text_at
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from nqp_biblio.readers.tagged_text import CitingParagraph

__all__ = ["read_paragraphs"]

_SECTIONS = frozenset(
    {"sec", "app", "ack", "abstract", "trans-abstract", "notes", "glossary", "fn-group", "bio"}
)
_PARTS = frozenset({"sub-article", "response"})
_BLOCKS_TEXT = """
    abstract ack app app-group array article-title attrib author-notes back bio body boxed-text
    caption contrib-group custom-meta def def-item def-list disp-quote fig fig-group floats-group
    fn fn-group front front-stub funding-statement glossary license-p list list-item media notes p
    permissions ref
    ref-list response sec speech statement sub-article subtitle supplementary-material table
    table-wrap table-wrap-foot tbody term tfoot thead title tr trans-abstract verse-group
    verse-line
    """
_BLOCKS = frozenset(_BLOCKS_TEXT.split())
_FLOATS = frozenset(
    {"fig", "fig-group", "table-wrap", "boxed-text", "supplementary-material", "media", "fn"}
)
_SKIPPED = frozenset({"tex-math", "annotation", "object-id", "graphic", "label"})
_ONLY_CITING = frozenset({"title", "ref", "article-title", "subtitle", "permissions"})
_CELLS = frozenset({"td", "th"})
_FRONT = frozenset({"front", "front-stub"})


def is_citation(element: _Element) -> bool:
    """Tell a citation among the cross-references."""
    return element.tag == "xref" and element.get("ref-type") in {"bibr", "bib", "ref"}


def read_paragraphs(article: _Element) -> list[CitingParagraph]:
    """Read the paragraphs of an article.

    Parameters
    ----------
    article : Element
        The article, without namespaces, whose citations have their offsets noted.

    Returns
    -------
    list of CitingParagraph
        In the order of the file: abstracts, text, captions, rows of tables, footnotes and
        appendices, then sub-articles such as reviews. A figure or note inside a paragraph
        follows it. Headings and reference lists count only where they cite.
    """
    walker = _Walker()
    walker.walk(article)
    walker.end_paragraph()
    return walker.paragraphs


class _Walker(ParagraphWalker):
    """The order in which the parts of an article are read."""

    def walk(self, element: _Element) -> None:
        """Take an element with all that is in it."""
        name = local_name(element)
        if is_citation(element):
            self._cite(element)
        elif name in _FLOATS and self._is_in_paragraph:
            self._waiting.append(element)
        elif name in _FRONT:
            self._walk_front(element)
        elif name == "p" and not self._is_in_paragraph:
            self._walk_paragraph(element)
        elif name in _ONLY_CITING and not _cites(element) and not _is_caption(element):
            self._text.add(" ")
        elif name in _BLOCKS and not (self._is_in_paragraph and name == "p"):
            self._walk_block(element)
        elif name not in _SKIPPED:
            self._walk_inline(element, name)

    def _walk_paragraph(self, element: _Element) -> None:
        """Take a paragraph, then what floats in it."""
        self.end_paragraph()
        self._is_in_paragraph = True
        self._walk_children(element)
        self._is_in_paragraph = False
        self.end_paragraph()
        self._walk_waiting()

    def _walk_block(self, element: _Element) -> None:
        """Take an element that begins a paragraph of its own, and perhaps a section."""
        name, outer = local_name(element), self.section
        was_in, self._is_in_paragraph = self._is_in_paragraph, False
        self.end_paragraph()
        if name in _SECTIONS:
            self.section = _heading(element) or outer
        elif name in _PARTS:
            title = element.find("front-stub/title-group/article-title")
            title = element.find("front//article-title") if title is None else title
            self.section = (
                clean_text("".join(_texts(title))) if title is not None else ""
            ) or outer
        self._walk_children(element)
        self.end_paragraph()
        self.section, self._is_in_paragraph = outer, was_in

    def _walk_inline(self, element: _Element, name: str) -> None:
        """Take an element inside a paragraph."""
        if name in _CELLS and self._text.length:
            self._text.add(" | ")
        elif name == "sup" and (_cites(element) or any(map(is_citation, element.iterancestors()))):
            self._text.add("^" if self._text.last != "^" else "")
        elif name in {"break", "p", "disp-formula"}:
            self._text.add(" ")
        self._walk_children(element)
        if name in {"p", "disp-formula"}:
            self._text.add(" ")

    def _walk_front(self, element: _Element) -> None:
        """Take the abstracts, and of the rest what cites."""
        for child in element.iter("abstract", "trans-abstract"):
            self.walk(child)
        outside = ("p", "article-title", "subtitle", "funding-statement", "trans-title")
        for child in element.iter(*outside):
            if _cites(child) and not any(_is_abstract(one) for one in child.iterancestors()):
                self._walk_paragraph(child)

    def _cite(self, element: _Element) -> None:
        """Take a citation."""
        if _has_sup(element) and self._text.last != "^":
            self._text.add("^")
        start = self._text.length
        for text in _texts(element):
            self._text.add(text)
        targets = tuple((element.get("rid") or "").split())
        self._cites.append(Cite(start, self._text.length, targets, offset_of(element)))


def _heading(element: _Element) -> str:
    """Return the heading of a section with its number."""
    title = element.find("title")
    shown = clean_text("".join(_texts(title))) if title is not None else ""
    if local_name(element) in {"abstract", "trans-abstract"} and not shown:
        return "Abstract"
    return " ".join(part for part in (text_at(element, "label"), shown) if part)


def _texts(element: _Element) -> Iterable[str]:
    """Yield the printed pieces of text."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and local_name(child) not in _SKIPPED - {"label"}:
            yield from _texts(child)
        if child.tail:
            yield child.tail


def _cites(element: _Element) -> bool:
    """Tell whether a citation stands in an element."""
    return any(map(is_citation, element.iter("xref")))


def _has_sup(element: _Element) -> bool:
    """Tell a citation that is raised by itself."""
    return next(element.iter("sup"), None) is not None


def _is_abstract(element: _Element) -> bool:
    """Tell an abstract."""
    return local_name(element) in {"abstract", "trans-abstract"}


def _is_caption(element: _Element) -> bool:
    """Tell a title that is part of a caption, and so of the text."""
    parent = element.getparent()
    return parent is not None and local_name(parent) == "caption"
