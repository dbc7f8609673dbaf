"""The one door to XML: elements of a file one by one, without a network, entities or surprises."""

from __future__ import annotations

import html.entities
import re
from typing import TYPE_CHECKING, cast

from nqp_biblio.record import Problem
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import XMLPullParser, _Element

    from nqp_biblio.readers.source import Source

__all__ = [
    "elements",
    "flat_text",
    "local_name",
    "looks_like_xml",
    "raw_text",
    "text_at",
    "text_of",
    "texts_at",
]

_PIECE = 1 << 16
_RAW = 2_000
_MAX_BREAKS = 1_000
_DECLARED = re.compile(rb"\s{0,2000}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})")
_DECLARATION = re.compile(r"\s{0,2000}<\?xml[^>]{0,300}\?>")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"
    r"|&#(?:x0{0,6}(?:[0-8bcefBCEF]|1[0-9a-fA-F])|0{0,6}(?:[0-8]|1[124-9]|2\d|3[01]));"
)
_AMPERSAND = re.compile(r"&(?!#\d{1,9};|#x[0-9a-fA-F]{1,8};)(?:([A-Za-z][A-Za-z0-9]{1,31});)?")
_BARE = re.compile(r"&(?!#\d{1,9};|#x[0-9a-fA-F]{1,8};|[A-Za-z_][\w.-]{0,60};)")
_KEPT = re.compile(r"<!\[CDATA\[|<!--")
_OWN_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_ENTITY_DECLARED = re.compile(r"<!ENTITY\s")
_PROLOG = re.compile(r"(?:\s++|<!--.{0,9999}?-->|<\?.{0,999}?\?>)*+", re.DOTALL)
_DOCTYPE = re.compile(
    r"""<!DOCTYPE(?:[^\[\]<>"']|"[^"]{0,9999}"|'[^']{0,9999}')*+"""
    r"""(?:\[(?:[^\]"'<]|"[^"]{0,9999}"|'[^']{0,9999}'|<!--.{0,999}?-->|<)*+\]\s*)?>""",
    re.DOTALL,
)
_NO_ENCODING = re.compile(r"escape|idna|punycode|undefined|mbcs|oem")
"""Codecs of Python that are no encodings of a file."""
_BARE_ROOT = "<nothing>"


class _Break(Exception):  # noqa: N818  it never leaves this file
    """The parser cannot go on; the text is the reason, the line that of the file."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line
        self.is_behind_root = "extra content" in reason


def looks_like_xml(head: str) -> bool:
    """Tell a text that begins as XML does."""
    return head.lstrip("\ufeff \t\r\n").startswith("<")


def elements(source: Source, tags: Sequence[str]) -> Iterator[tuple[int, _Element] | Problem]:
    """Yield the elements of some names with the lines where they begin.

    Parameters
    ----------
    source : Source
        The file.
    tags : sequence of str
        Local names of the elements; none of them stands inside another.

    Yields
    ------
    (int, element) or Problem
        An element whole, valid only until the next one is asked for, or what is wrong with the
        file. After a break, reading goes on with the next element that begins.

    Notes
    -----
    The DOCTYPE is left out: no DTD is loaded, no socket opened and no entity expanded, so that a
    reference to an entity that the file declares stays as printed. Names of HTML's entities are
    known in any file. Memory grows with the file's text, not with its tree.
    """
    text, problems = _text_of(source)
    yield from problems
    start_tag = re.compile(rf"<(?:[\w.-]{{1,40}}:)?(?:{'|'.join(map(re.escape, tags))})(?=[\s/>])")
    starts = [found.start() for found in start_tag.finditer(text)]
    cuts = [0, *starts, len(text)]
    head, at, line, n_breaks = text[: cuts[1]], 0, 1, 0
    while at < len(cuts) - 1 and n_breaks < _MAX_BREAKS:
        reader = _Reader(tags, head if at else "", line)
        try:
            while at < len(cuts) - 1:
                piece = text[cuts[at] : cuts[at + 1]]
                yield from ((line, element) for element in reader.read(piece))
                at, line = at + 1, line + piece.count("\n")
            reader.close()
        except _Break as error:
            n_breaks += 1
            shown = min(max(at - reader.nested, 0), len(cuts) - 2)
            at, line, head = _after(reader, (at, line), head, error)
            raw = text[cuts[shown] : min(cuts[shown + 1], cuts[shown] + _RAW)].strip()
            yield Problem(source.name, error.line, raw, str(error))
            line = text.count("\n", 0, cuts[min(at, len(cuts) - 1)]) + 1
    if at < len(cuts) - 1:
        reason = f"more than {_MAX_BREAKS} breaks in the XML; the rest is not read"
        yield Problem(source.name, line, text[cuts[at] : cuts[at] + _RAW], reason)


def _after(
    reader: _Reader, place: tuple[int, int], head: str, error: _Break
) -> tuple[int, int, str]:
    """Return the piece to go on with, its line, and what to put before it."""
    at, line = place
    if at == 0:
        return 1, line, _BARE_ROOT
    if error.is_behind_root and head != _BARE_ROOT:
        return at, line, _BARE_ROOT
    return (at if reader.nested else at + 1), line, head


class _Reader:
    """A parser that gives its elements as soon as they end."""

    def __init__(self, tags: Sequence[str], head: str, line: int) -> None:
        from lxml import etree

        self._etree = etree
        self._parser: XMLPullParser = etree.XMLPullParser(
            events=("start", "end"),
            tag=[f"{{*}}{tag}" for tag in tags],
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        self._shift = line - 1 - head.count("\n")
        self._n_open = 0
        self._is_bare = head == _BARE_ROOT
        self.nested = False
        if head:
            list(self.read(head))

    def read(self, piece: str) -> Iterator[_Element]:
        """Feed a piece and yield the elements that end in it."""
        for start in range(0, len(piece), _PIECE):
            error = None
            try:
                self._parser.feed(piece[start : start + _PIECE].encode("utf-8"))
            except self._etree.XMLSyntaxError as found:
                error = found
            yield from self._ended()
            if error is not None and not (self._is_bare and not self._n_open):
                raise self._break(error)

    def _ended(self) -> Iterator[_Element]:
        """Yield the elements that have ended, and drop them afterwards."""
        for event, found in self._parser.read_events():
            element = cast("_Element", found)
            if event == "start":
                self._n_open += 1
                if self._n_open > 1:
                    self.nested = True
                    raise _Break(
                        f"element {local_name(element)} has no end before the next one begins",
                        (cast("int | None", element.sourceline) or 1) + self._shift,
                    )
                continue
            self._n_open -= 1
            yield element
            parent = element.getparent()
            element.clear()
            if parent is not None:
                while len(parent) and parent[0] is not element:
                    del parent[0]

    def close(self) -> None:
        """End the file; a file that is cut breaks here."""
        try:
            self._parser.close()
        except self._etree.XMLSyntaxError as error:
            if not (self._is_bare and not self._n_open):
                raise self._break(error) from None

    def _break(self, error: SyntaxError) -> _Break:
        """Say what the parser found, with the line of the file."""
        said = re.sub(r",? line \d+, column \d+.*", "", str(error.msg)).strip()
        reason = f"XML cut short or broken: {said[:1].lower()}{said[1:]}"
        return _Break(reason, max((error.lineno or 1) + self._shift, 1))


def _text_of(source: Source) -> tuple[str, list[Problem]]:
    """Decode a file, mend what no parser takes, and tell what was mended."""
    text, reason = _decoded(source)
    text = text.removeprefix("\ufeff")
    notes = [_note(source, text, 0, reason)] if reason else []
    found = _DECLARATION.match(text)
    text = _blank(text, found) if found else text.lstrip(" \t")
    if bad := _CONTROL.search(text):
        reason = "control characters, which XML forbids, are read as blanks"
        notes.append(_note(source, text, bad.start(), reason))
        text = _CONTROL.sub(" ", text)
    prolog = _PROLOG.match(text)
    doctype = _DOCTYPE.match(text, prolog.end() if prolog else 0)
    declared = _ENTITY_DECLARED.search(text, 0, doctype.end() if doctype else _PIECE)
    if declared:
        reason = "the DOCTYPE declares entities; they are not expanded"
        notes.append(_note(source, text, declared.start(), reason))
    text = _blank(text, doctype) if doctype else text
    if doctype or not declared:
        mended, bare = _with_characters(text)
        if bare is not None:
            reason = "an & that begins no entity is read as the sign itself"
            notes.append(_note(source, text, bare, reason))
        text = mended
    return text, notes


def _note(source: Source, text: str, at: int, reason: str) -> Problem:
    """Make a problem of a place in the text, with its line."""
    start = text.rfind("\n", 0, at) + 1
    line, _, _ = text[start : at + _RAW].partition("\n")
    return Problem(source.name, text.count("\n", 0, at) + 1, line.strip(), reason)


def _blank(text: str, found: re.Match[str]) -> str:
    """Put line ends in the place of what was found, so that lines keep their numbers."""
    return f"{text[: found.start()]}{chr(10) * found[0].count(chr(10))}{text[found.end() :]}"


def _decoded(source: Source) -> tuple[str, str | None]:
    """Decode by the declaration where it is true, else by the content."""
    data = source.data
    found = _DECLARED.match(data)
    declared = found[1].decode("ascii").lower() if found else "utf-8"
    if source.encoding.startswith("utf-") or not found:
        is_true = declared.startswith(("utf", "ucs", "us-ascii")) or data.isascii()
        if is_true and source.encoding.startswith("utf-"):
            return source.text, None
        return source.text, f"declares the encoding {declared} but is read as {source.encoding}"
    try:
        text = data.decode("ascii" if _NO_ENCODING.search(declared) else declared)
    except (LookupError, UnicodeError):
        return source.text, f"declares the encoding {declared} but is read as {source.encoding}"
    return text.replace("\r\n", "\n"), None


def _with_characters(text: str) -> tuple[str, int | None]:
    """Turn names of HTML's entities into characters, but not within CDATA and comments.

    The second value is the place of the first ampersand that begins no entity.
    """
    pieces, at, first = [], 0, None
    while at <= len(text):
        opening = _KEPT.search(text, at)
        closing = ("-->" if opening[0] == "<!--" else "]]>") if opening else ""
        end = text.find(closing, opening.end()) if opening else -1
        start = opening.start() if opening and end >= 0 else len(text)
        end = end + len(closing) if end >= 0 else len(text) + 1
        if first is None and (bare := _BARE.search(text, at, start)):
            first = bare.start()
        pieces += [_AMPERSAND.sub(_character, text[at:start]), text[start:end]]
        at = end
    return "".join(pieces), first


def _character(found: re.Match[str]) -> str:
    """Turn the name of an entity of HTML into its character; what is none stays as printed."""
    if found[1] in _OWN_NAMES:
        return found[0]
    character = html.entities.html5.get(f"{found[1]};") if found[1] else None
    return found[0].replace("&", "&amp;") if character is None else html.escape(character)


def local_name(element: _Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_of(element: _Element | None) -> str:
    """Return the text inside an element and its children, cleaned; empty where none is."""
    return clean_text("".join(_strings(element))) if element is not None else ""


def flat_text(element: _Element) -> str:
    """Return the texts inside an element with a blank between them."""
    return clean_text(" ".join(_strings(element)))


def raw_text(element: _Element | None) -> str:
    """Return the text inside an element as it stands, line ends and all."""
    return "".join(_strings(element)) if element is not None else ""


def _strings(element: _Element) -> list[str]:
    """Return all pieces of text in order; a reference to an entity is one, as printed."""
    found: list[str] = []
    if element.text:
        found.append(element.text)
    for child in element:
        found.extend(_strings(child) if isinstance(child.tag, str) else [str(child.text or "")])
        if child.tail:
            found.append(child.tail)
    return found


def text_at(element: _Element, path: str) -> str:
    """Return the text of the first element at a path; empty where there is none."""
    return text_of(element.find(path))


def texts_at(element: _Element, path: str) -> list[str]:
    """Return the texts of the elements at a path that have one."""
    return [text for found in element.findall(path) if (text := text_of(found))]
