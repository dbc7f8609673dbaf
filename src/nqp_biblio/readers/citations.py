"""In-text citations: their markers, what they name, where they stand."""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nqp_biblio.readers.author_year import AuthorYearIndex, find_author_year
from nqp_biblio.readers.lines import join_pieces
from nqp_biblio.readers.marker import Marker
from nqp_biblio.record import Mention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from nqp_biblio.readers.sections import Paragraph
    from nqp_biblio.record import Record

    _Finder = Callable[[str], tuple[Marker, ...]]

__all__ = ["Citation", "CitedList", "find_citations"]

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_SUP = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_BRACKET = re.compile(
    r"\^?\\?[\[［【〔](?P<inner>[^\[\]［］【】〔〕]{1,160})\\?[\]］】〕]\^?"
    r"(?:\s?[-–—]\s?[\[［](?P<to>\d{1,4})[\]］])?"
)
_SUPERSCRIPT = re.compile(
    rf"(?P<signs>[{_SUP}](?:[{_SUP},，⁻–-]{{0,60}}[{_SUP}])?)"
    r"|<sup>\s?[\[(]?(?P<tag>\d[^<>]{0,80}?)[\])]?\s?</sup>"
    r"|(?<![\d^])\^(?:\{(?P<brace>\d[\d\s,–-]{0,60})\}|(?P<caret>\d[\d,–-]{0,60})(?:\^|(?![\w^])))",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"[(（](?P<inner>\d[\d\s,;，、；–—-]{0,80})[)）]")
_GLUED = re.compile(
    r"(?:(?<=[a-z]{2})|(?<=[a-z][.,;)]))(?P<inner>\d{1,3}(?:[,–-]\d{1,3}){0,10})(?=[\s.,;:)]|$)"
)
_SEPARATOR = re.compile(r"[,;，、；]|\s(?:and|und|et|y|&)\s")
_LEADING_WORD = re.compile(
    r"^\s*(?:see(?: also)?|e\.g\.,?|cf\.|vgl\.|siehe|参见|见)\s*", re.IGNORECASE
)
_NUMBER = re.compile(r"\s*(\d{1,4}[a-z]?)\s*")
_RANGE = re.compile(r"\s*(\d{1,4})\s*[-–—‐−~～至]\s*(\d{1,4})\s*")
_LOCATOR = re.compile(r"\s*(?:[^\W\d_]|§|第)")
_UNITS_TEXT = "m cm mm km dm nm μm µm µ s h kg g ha x r n p k t v c χ σ µg ms in ft mi"
_UNITS = frozenset(_UNITS_TEXT.split())
_LAST_WORD = re.compile(r"[^\W\d_]{1,20}$")
_MAX_RANGE = 400
_FIRST_YEAR = 1400
_MIN_GLUED = 3
_HALF, _MOST = 0.5, 0.8
_CLOSING = frozenset(".,;:)。，；")


@dataclass(frozen=True, slots=True)
class CitedList:
    """A reference list as citations see it.

    Attributes
    ----------
    labels : tuple of str
        Its labels, in order.
    works : tuple of Record
        Its references, in the same order.
    labelled : bool
        Whether the labels are printed; else they are positions.
    """

    labels: tuple[str, ...]
    works: tuple[Record, ...]
    labelled: bool


@dataclass(frozen=True, slots=True)
class Citation:
    """One marker in the text, with the mentions that it makes.

    Attributes
    ----------
    marker : str
        As printed.
    line : int
        Line of the file where it begins, from 1.
    mentions : tuple of Mention
        One per reference that it names.
    unknown : tuple of str
        What it names that the list has not, with the reason.
    """

    marker: str
    line: int
    mentions: tuple[Mention, ...]
    unknown: tuple[str, ...]


def find_citations(
    paragraphs: Sequence[Paragraph],
    cited: CitedList,
    compounds: frozenset[str] = frozenset(),
) -> list[Citation]:
    """Find all in-text citations of a list.

    Parameters
    ----------
    paragraphs : sequence of Paragraph
        The text without its reference lists.
    cited : CitedList
        The list.
    compounds : frozenset of str
        Words that keep their hyphen at a line end.

    Returns
    -------
    list of Citation
        In the order of the text. The style of the markers is told from the whole text:
        brackets, superscripts, parentheses, figures stuck to words, or author and year.
    """
    find = _style_of([paragraph.text for paragraph in paragraphs], cited)
    citations: list[Citation] = []
    for paragraph in paragraphs:
        markers = sorted(find(paragraph.text), key=lambda marker: marker.start)
        shown = _Sentences(paragraph)
        citations += [shown.citation(marker, compounds) for marker in markers]
    return citations


class _Sentences:
    """The sentences of a paragraph, asked for from the first to the last."""

    def __init__(self, paragraph: Paragraph) -> None:
        self.paragraph = paragraph
        self.at = 0
        self.text: str | None = None

    def citation(self, marker: Marker, compounds: frozenset[str]) -> Citation:
        """Make the citation of a marker that stands after those asked for before."""
        paragraph = self.paragraph
        spans = paragraph.sentences
        while self.at + 1 < len(spans) and spans[self.at][1] <= marker.start:
            self.at, self.text = self.at + 1, None
        begin, end = spans[self.at]
        if self.text is None:
            self.text = join_pieces(paragraph.text[begin:end].split("\n"), compounds)
        shown = " ".join(paragraph.text[marker.start : marker.end].split())
        mentions = tuple(
            Mention(
                marker=shown,
                label=label,
                section=paragraph.section,
                paragraph=paragraph.number,
                sentence_number=paragraph.first_sentence + self.at,
                sentence=self.text,
                offset=paragraph.offset_of(marker.start),
            )
            for label in marker.labels
        )
        return Citation(shown, paragraph.line_of(marker.start), mentions, marker.unknown)


def _style_of(texts: list[str], cited: CitedList) -> _Finder:
    """Choose how this text marks its citations."""
    names = AuthorYearIndex(cited.labels, cited.works)
    numbers = _Numbers(cited.labels)
    by_name = _kept(lambda text: find_author_year(text, names))
    if cited.labelled and not numbers.of:
        keys = frozenset(cited.labels)
        by_key = _kept(lambda text: _keyed(text, keys))
        return by_key if _n_resolved(texts, by_key) else by_name
    styles = (_bracketed, _superscripts, _parenthesised, _glued)
    n_named = 0 if cited.labelled else _n_resolved(texts, by_name)
    for style in styles if cited.labelled else styles[:2]:
        find = _kept(functools.partial(style, numbers=numbers))
        if _n_resolved(texts, find) > n_named and _is_trusted(style, texts, numbers):
            return find
    return by_name


def _kept(find: Callable[[str], Iterable[Marker]]) -> _Finder:
    """Keep what was found in each paragraph, which is asked for twice."""
    return functools.cache(lambda text: tuple(find(text)))


def _n_resolved(texts: list[str], find: _Finder) -> int:
    """Count the markers that name something in the list."""
    return sum(bool(marker.labels) for text in texts for marker in find(text))


class _Numbers:
    """The numbers of a list."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.of: dict[str, str] = {}
        for label in labels:
            plain = label.split(" ", 1)[0]
            if plain[:1].isdigit():
                self.of.setdefault(plain, label)

    def read(self, inner: str) -> tuple[list[str], list[str]] | None:
        """Read what stands in a marker: labels, and numbers that the list has not.

        None where it is no citation.
        """
        labels: list[str] = []
        unknown: list[str] = []
        for place, token in enumerate(_SEPARATOR.split(_LEADING_WORD.sub("", inner))):
            numbers = _expanded(token)
            if numbers is None:
                if place and _LOCATOR.match(token) and labels + unknown:
                    continue
                return None
            for number in numbers:
                (labels if number in self.of else unknown).append(self.of.get(number, number))
        return labels, unknown


def _expanded(token: str) -> list[str] | None:
    """Read a number or a range of numbers; None for anything else."""
    if single := _NUMBER.fullmatch(token):
        return None if single[1].startswith("0") else [single[1]]
    if both := _RANGE.fullmatch(token):
        low, high = int(both[1]), int(both[2])
        if 0 < low < high <= low + _MAX_RANGE:
            return [str(number) for number in range(low, high + 1)]
    return None


def _marker(match: re.Match[str], inner: str, numbers: _Numbers, *, strict: bool) -> Marker | None:
    """Make a marker of a match; a strict one must name nothing unknown."""
    read = numbers.read(inner)
    if read is None:
        return None
    labels, unknown = read
    if not labels and all(int(re.sub(r"\D", "", one)) >= _FIRST_YEAR for one in unknown):
        return None
    if unknown and strict:
        return None
    reasons = tuple(f"[{one}] names no reference of the list" for one in unknown)
    return Marker(match.start(), match.end(), tuple(dict.fromkeys(labels)), reasons)


def _bracketed(text: str, numbers: _Numbers) -> Iterator[Marker]:
    """Find ``[1]``, ``^[1]``, ``[2–5, 7]``, ``[1]–[4]``, ``[1, p. 23]``."""
    for match in _BRACKET.finditer(text):
        inner = match["inner"]
        if match["to"]:
            inner = f"{inner}–{match['to']}"
        if found := _marker(match, inner, numbers, strict=False):
            yield found


def _superscripts(text: str, numbers: _Numbers) -> Iterator[Marker]:
    """Find ``¹²,³``, ``<sup>1</sup>``, ``^1,2^``; powers of units and figures are none."""
    for match in _SUPERSCRIPT.finditer(text):
        signs = match["signs"]
        before = text[max(0, match.start() - 20) : match.start()]
        word = _LAST_WORD.search(before)
        if before[-1:].isdigit() or (word and word[0].casefold() in _UNITS):
            continue
        inner = signs.translate(_SUPERSCRIPTS) if signs else None
        inner = inner or match["tag"] or match["brace"] or match["caret"]
        if found := _marker(match, inner, numbers, strict=True):
            yield found


def _parenthesised(text: str, numbers: _Numbers) -> Iterator[Marker]:
    """Find ``(1, 3)``, but not the numbers of a list or an equation."""
    for match in _PARENTHESIS.finditer(text):
        before = text[max(0, match.start() - 2) : match.start()].rstrip()
        follows_word = before[-1:].isalnum() or before[-1:] in set("”\"’')%")
        if follows_word and (found := _marker(match, match["inner"], numbers, strict=True)):
            yield found


def _glued(text: str, numbers: _Numbers) -> Iterator[Marker]:
    """Find raised figures that lost their height: ``society1,2.``."""
    for match in _GLUED.finditer(text):
        if found := _marker(match, match["inner"], numbers, strict=True):
            yield found


def _is_trusted(
    style: Callable[[str, _Numbers], Iterator[Marker]], texts: list[str], numbers: _Numbers
) -> bool:
    """Whether markers of a weak style count on as citations do, and end clauses."""
    if style in {_bracketed, _superscripts}:
        return True
    found = [(text, marker) for text in texts for marker in style(text, numbers)]
    firsts = list(dict.fromkeys(label for _, marker in found for label in marker.labels))
    if len(firsts) < max(min(_MIN_GLUED, len(numbers.of)), _HALF * len(numbers.of)):
        return False
    places = {label: place for place, label in enumerate(numbers.of.values())}
    rising = sum(places[one] < places[two] for one, two in itertools.pairwise(firsts))
    closed = sum(text[marker.end : marker.end + 1] in _CLOSING for text, marker in found)
    in_order = rising >= _MOST * (len(firsts) - 1)
    return in_order and (style is _glued or closed >= _HALF * len(found))


def _keyed(text: str, keys: frozenset[str]) -> Iterator[Marker]:
    """Find ``[ABC99]`` and ``[ABC99, DEF01]``."""
    for match in _BRACKET.finditer(text):
        parts = [" ".join(part.split()) for part in re.split(r"[,;]", match["inner"])]
        whole = " ".join(match["inner"].split())
        labels = [whole] if whole in keys else [part for part in parts if part in keys]
        unknown = [] if whole in keys else [part for part in parts if part not in keys]
        reasons = tuple(
            f"[{part}] names no reference of the list"
            for part in unknown
            if re.fullmatch(r"[^\W\d_][\w+’'-]{1,20}\d{2,4}[a-z]?", part)
        )
        if labels or reasons:
            yield Marker(match.start(), match.end(), tuple(labels), reasons)
