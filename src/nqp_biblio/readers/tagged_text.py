"""Paragraphs whose citations are tagged already: from the tags to mentions."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nqp_biblio.readers.surroundings import Surroundings
from nqp_biblio.record import Mention, Problem
from nqp_biblio.text.sentences import split_sentences
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nqp_biblio.record import Record

__all__ = [
    "Cite",
    "CitedIds",
    "CitingParagraph",
    "Places",
    "RunningText",
    "add_mentions",
    "unique_labels",
]

_GAP = re.compile(r"[\s\])）］^]{0,4}[,;，；、]?\s{0,2}[-–—‐‑−]?\s{0,2}[\s\[(（［^]{0,4}")
_DASH = re.compile(r"[-–—‐‑−]")
_NUMBER = re.compile(r"\W{0,3}(\d{1,4})\W{0,3}")
_RANGE = re.compile(r"\W{0,3}(\d{1,4})\s{0,2}[-–—‐‑−]\s{0,2}(\d{1,4})\W{0,3}")
_MAX_RANGE = 400
_PAIRS = {"[": "]", "(": ")", "（": "）", "［": "］"}


@dataclass(frozen=True, slots=True)
class Cite:
    """One tagged citation.

    Attributes
    ----------
    start, end : int
        Where its text stands in the paragraph.
    targets : tuple of str
        The ids that it names; empty where the tag names none.
    offset : int
        Character of the file where it begins, from 0.
    """

    start: int
    end: int
    targets: tuple[str, ...]
    offset: int


@dataclass(slots=True)
class CitingParagraph:
    """One paragraph, whose blanks are in order, with its tagged citations in order."""

    section: str | None
    text: str = ""
    cites: list[Cite] = field(default_factory=list)


@dataclass(slots=True)
class CitedIds:
    """What ids stand for.

    Attributes
    ----------
    labels : dict of str to tuple of str
        Labels of the references that an id stands for; several where one id is that of a
        note with several references.
    """

    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _places: dict[str, int] = field(default_factory=dict)

    def add(self, target: str, labels: Sequence[str]) -> None:
        """Add the next id of the list."""
        self._places.setdefault(target, len(self._places))
        self.labels.setdefault(target, tuple(labels))

    def between(self, first: str, last: str) -> list[str]:
        """Return the ids that stand in the list between two."""
        begin, end = self._places.get(first), self._places.get(last)
        if begin is None or end is None or not 1 < end - begin <= _MAX_RANGE:
            return []
        return list(self._places)[begin + 1 : end]

    def after(self, first: str, count: int) -> list[str]:
        """Return so many ids that stand behind one, or before it where the count is below 0."""
        begin = self._places.get(first)
        if begin is None or not 0 < abs(count) <= _MAX_RANGE:
            return []
        low, high = min(begin, begin + count), max(begin, begin + count)
        return [one for one in list(self._places)[max(low, 0) : high + 1] if one != first]


def unique_labels(labels: Sequence[str]) -> list[str]:
    """Tell labels that come several times apart: ``3``, then ``3 (2)``."""
    seen: dict[str, int] = {}
    unique = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        unique.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return unique


def add_mentions(record: Record, paragraphs: Sequence[CitingParagraph], cited: CitedIds) -> None:
    """Put the citations of all paragraphs on a record.

    Parameters
    ----------
    record : Record
        The paper; it gets `mentions`, and a problem for each target that the list has not.
    paragraphs : sequence of CitingParagraph
        The text, in order.
    cited : CitedIds
        The list.

    Notes
    -----
    Every tag makes one mention for each reference that it names, and one with its own text
    as label where it names none. Where only the ends of a range are tagged, as in [2]–[5],
    those between come from the order of the list; they stand at the offset of the last tag.
    Tags with nothing but punctuation between them share one marker.
    """
    n_sentences = 0
    for number, paragraph in enumerate(paragraphs, 1):
        spans = split_sentences(paragraph.text)
        around = Surroundings(paragraph.text, spans)
        at, sentence = 0, ""
        for group in _groups(paragraph):
            while at + 1 < len(spans) and spans[at][1] <= group[0].start:
                at, sentence = at + 1, ""
            if not sentence and spans:
                sentence = clean_text(paragraph.text[slice(*spans[at])])
            begin, end = _printed_span(paragraph.text, group)
            context, context_offset = around.of(begin)
            shown = Mention(
                marker=_marker(paragraph.text[begin:end]),
                label="",
                section=paragraph.section,
                paragraph=number,
                sentence_number=n_sentences + at + 1,
                sentence=sentence,
                offset=0,
                context=context,
                context_offset=context_offset,
            )
            _add_group(record, paragraph.text, group, (shown, cited))
        n_sentences += len(spans)


def _groups(paragraph: CitingParagraph) -> Iterator[list[Cite]]:
    """Yield the citations that stand together."""
    group: list[Cite] = []
    for cite in paragraph.cites:
        if group and not _GAP.fullmatch(paragraph.text[group[-1].end : cite.start]):
            yield group
            group = []
        group.append(cite)
    if group:
        yield group


def _printed_span(text: str, group: list[Cite]) -> tuple[int, int]:
    """Return where a group stands, with the brackets around it."""
    start, end = group[0].start, group[-1].end
    closing = _PAIRS.get(text[start - 1 : start])
    if closing and text[end : end + 1] == closing:
        start, end = start - 1, end + 1
    if text[start - 1 : start] == "^":
        start -= 1
    return start, end


def _marker(printed: str) -> str:
    """Return what is printed of a group."""
    marker = clean_text(printed)
    return marker[:-1] if marker.endswith(")") and "(" not in marker else marker


def _add_group(
    record: Record,
    text: str,
    group: list[Cite],
    context: tuple[Mention, CitedIds],
) -> None:
    """Make the mentions of citations that stand together, after the pattern of one."""
    shown, cited = context
    for place, cite in enumerate(group):
        before = group[place - 1] if place else None
        for label, problem in _labels(text, before, cite, cited):
            record.mentions.append(replace(shown, label=label, offset=cite.offset))
            if problem:
                record.problems.append(
                    Problem(record.file or "", record.line, shown.marker, problem)
                )


def _labels(
    text: str, before: Cite | None, cite: Cite, cited: CitedIds
) -> Iterator[tuple[str, str | None]]:
    """Yield the labels that a citation names, each with a problem or none."""
    printed = clean_text(text[cite.start : cite.end])
    if not cite.targets:
        yield printed.strip(" .,;:()[]") or "?", None
        return
    for target in [*_between(text, before, cite, cited), *cite.targets]:
        if target in cited.labels:
            yield from ((label, None) for label in cited.labels[target])
        else:
            yield target, f"the text cites {target!r}, which is not in the list of references"
    if len(cite.targets) == 1 and (found := _RANGE.fullmatch(printed)):
        count = int(found[2]) - int(found[1])
        is_last = cited.labels.get(cite.targets[0]) == (found[2],)
        for target in cited.after(cite.targets[0], -count if is_last else count):
            yield from ((label, None) for label in cited.labels[target])


def _between(text: str, before: Cite | None, cite: Cite, cited: CitedIds) -> list[str]:
    """Return the ids inside a range whose ends are tagged."""
    if before is None or len(before.targets) != 1 or len(cite.targets) != 1:
        return []
    if not _DASH.search(text[before.end : cite.start]):
        return []
    first = _NUMBER.fullmatch(text[before.start : before.end].strip())
    last = _NUMBER.fullmatch(text[cite.start : cite.end].strip())
    if first is None or last is None or int(first[1]) >= int(last[1]):
        return []
    return cited.between(before.targets[0], cite.targets[0])


class RunningText:
    """Text that grows piece by piece, with its blanks brought in order."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0
        self.last = " "

    def add(self, text: str) -> None:
        """Add a piece; blanks at its ends count, as one each."""
        words = " ".join(text.split())
        if text[:1].isspace() and not self.last.isspace():
            words = f" {words}"
        if text[-1:].isspace() and words.strip():
            words += " "
        if words:
            self._pieces.append(words)
            self.length += len(words)
            self.last = words[-1]

    def take(self) -> str:
        """Return the text and begin anew."""
        text = "".join(self._pieces).rstrip()
        self._pieces, self.length, self.last = [], 0, " "
        return text


class Places:
    """Where texts of JSON stand in their file, asked for in the order of the file."""

    def __init__(self, text: str, start: int = 0) -> None:
        self._text = text
        self._at = start
        self._is_lost = False
        self._is_ascii = True

    def find(self, value: str) -> int:
        """Return where a text begins, or where the last one did if it is not found."""
        if self._is_lost or not value:
            return self._at
        for is_ascii in (self._is_ascii, not self._is_ascii):
            at = self._text.find(json.dumps(value, ensure_ascii=is_ascii), self._at)
            if at >= 0:
                self._is_ascii = is_ascii
                self._at = at + 1
                return at + 1
        self._is_lost = True  # written in another way: to search on would be slow
        return self._at

    def shift(self, value: str) -> int:
        """Return how many characters of the file a text takes."""
        return len(json.dumps(value, ensure_ascii=self._is_ascii)) - 2
