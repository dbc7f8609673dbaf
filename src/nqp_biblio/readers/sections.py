"""The paragraphs of a text, each with the section it stands in."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nqp_biblio.readers.headings import plain_heading, section_heading
from nqp_biblio.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nqp_biblio.readers.lines import Line

__all__ = ["Paragraph", "read_paragraphs"]

_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,4}[.)]?\s+[^\W\d_a-z]|[IVX]{1,5}\.\s+[^\W\d_a-z]")
_MAX_NUMBERED = 120
_MAX_WRAPPED = 2
_BODY = 200
_UNFINISHED = re.compile(r"(?:[^\W_]|[,;–—-])\s*$")


@dataclass(slots=True)
class Paragraph:
    """One paragraph.

    Attributes
    ----------
    number : int
        Its place among the paragraphs of the text, from 1; headings are not counted.
    section : str or None
        Heading of the innermost section, with its number.
    text : str
        Its lines, joined by line ends.
    sentences : list of (start, end)
        Where each sentence lies in `text`.
    first_sentence : int
        Number of the first one among the sentences of the text, from 1.
    """

    number: int
    section: str | None
    text: str = ""
    sentences: list[tuple[int, int]] = field(default_factory=list)
    first_sentence: int = 1
    _places: list[int] = field(default_factory=list)
    _offsets: list[int] = field(default_factory=list)
    _numbers: list[int] = field(default_factory=list)

    def add(self, line: Line) -> None:
        """Add one line."""
        self._places.append(len(self.text) + bool(self.text))
        self._offsets.append(line.offset)
        self._numbers.append(line.number)
        self.text = f"{self.text}\n{line.text}" if self.text else line.text

    def line_of(self, place: int) -> int:
        """Return the line of the file at a place of the paragraph."""
        return self._numbers[max(0, bisect.bisect_right(self._places, place) - 1)]

    def offset_of(self, place: int) -> int:
        """Return the character of the file at a place of the paragraph."""
        at = max(0, bisect.bisect_right(self._places, place) - 1)
        return self._offsets[at] + place - self._places[at]


def read_paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """Part lines into paragraphs and sections.

    Parameters
    ----------
    lines : sequence of Line
        Lines of the text without page furniture and reference lists.

    Returns
    -------
    list of Paragraph
        In the order of the text. A paragraph that a page break cuts is one.
    """
    paragraphs: list[Paragraph] = []
    section: str | None = None
    in_body = False
    fresh = True
    for block in _blocks(lines):
        heading, rest = _heading_of(block, in_body=in_body)
        if heading is not None:
            section, in_body, fresh = heading, True, True
        if not rest:
            continue
        if fresh or not _continues(paragraphs[-1], rest[0]):
            paragraphs.append(Paragraph(len(paragraphs) + 1, section))
        for line in rest:
            paragraphs[-1].add(line)
        in_body = in_body or len(paragraphs[-1].text) > _BODY
        fresh = False
    n_sentences = 0
    for paragraph in paragraphs:
        paragraph.sentences = split_sentences(paragraph.text)
        paragraph.first_sentence = n_sentences + 1
        n_sentences += len(paragraph.sentences)
    return paragraphs


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Give the lines between blank ones."""
    block: list[Line] = []
    for line in lines:
        if line.is_blank or line.new_page:
            if block:
                yield block
            block = []
        if not line.is_blank:
            block.append(line)
    if block:
        yield block


def _heading_of(block: list[Line], *, in_body: bool) -> tuple[str | None, list[Line]]:
    """Tell the heading that a block is or begins with, and the lines of text after it."""
    first = block[0].text
    if len(block) == 1:
        heading = section_heading(first, alone=True)
        if heading is not None and not in_body and not _is_certain(first):
            heading = None
        return heading, block if heading is None else []
    if len(block) == _MAX_WRAPPED and _is_numbered(" ".join(line.text for line in block)):
        joined = " ".join(line.text.strip() for line in block)
        if not block[0].text.rstrip().endswith(":") and not _reads_on(block):
            return plain_heading(joined), []
    heading = section_heading(first, alone=False)
    if heading is None and _is_numbered(first) and block[1].text.lstrip()[:1].isupper():
        heading = plain_heading(first)
    return heading, block if heading is None else block[1:]


def _is_certain(text: str) -> bool:
    """Whether a line is a heading even at the top, where titles and names stand alone."""
    return section_heading(text, alone=False) is not None or _is_numbered(text)


def _is_numbered(text: str) -> bool:
    """Whether a line is a short numbered title without a full stop."""
    text = text.strip()
    return (
        len(text) <= _MAX_NUMBERED
        and _NUMBERED.match(text) is not None
        and not text.endswith((".", ",", ";", ":", "。"))
    )


def _reads_on(block: list[Line]) -> bool:
    """Whether the second line of a block is text rather than the rest of a title."""
    second = block[1].text.strip()
    return len(second) > _MAX_NUMBERED // 2 or second[:1].isupper()


def _continues(before: Paragraph, line: Line) -> bool:
    """Whether a block goes on with the sentence that the paragraph before left open."""
    begin = line.text.lstrip()[:1]
    over_page = line.new_page and len(before.text) >= _BODY
    return (begin.islower() or over_page) and _UNFINISHED.search(before.text[-_BODY:]) is not None
