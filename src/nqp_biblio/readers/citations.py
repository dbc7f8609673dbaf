"""In-text citations: their markers, what they name, where they stand."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nqp_biblio.readers.author_year import AuthorYearIndex, find_author_year
from nqp_biblio.readers.lines import join_pieces
from nqp_biblio.readers.marker import Marker
from nqp_biblio.readers.number_marks import Numbers, find_numbers
from nqp_biblio.readers.surroundings import Surroundings
from nqp_biblio.record import Mention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from nqp_biblio.readers.sections import Paragraph
    from nqp_biblio.record import Record

    _Finder = Callable[[str], tuple[Marker, ...]]

__all__ = ["Citation", "CitedList", "citations_by", "find_citations"]

_NOTE_MARK = re.compile(r"\[(?P<label>\^[^\[\]\s]{1,60})\]")
_KEY_BRACKET = re.compile(r"\\?[\[［【〔](?P<inner>[^\[\]［］【】〔〕]{1,160})\\?[\]］】〕]")


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
    stands_for : dict of str to tuple of str
        Labels of the references that a note cites, by the number of the note; labels of a
        list of references stand for themselves.
    """

    labels: tuple[str, ...]
    works: tuple[Record, ...]
    labelled: bool
    stands_for: dict[str, tuple[str, ...]] = field(default_factory=dict)


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
    resolved = cited.stands_for
    return citations_by(
        lambda text: tuple(_resolved(marker, resolved) for marker in find(text)),
        paragraphs,
        compounds,
    )


def citations_by(
    find: Callable[[str], Iterable[Marker]],
    paragraphs: Sequence[Paragraph],
    compounds: frozenset[str] = frozenset(),
) -> list[Citation]:
    """Find the citations that a function finds in the text of each paragraph.

    Parameters
    ----------
    find : callable
        Gives the markers in a text.
    paragraphs : sequence of Paragraph
        The text without its reference lists.
    compounds : frozenset of str
        Words that keep their hyphen at a line end.

    Returns
    -------
    list of Citation
        In the order of the text.
    """
    citations: list[Citation] = []
    for paragraph in paragraphs:
        markers = sorted(find(paragraph.text), key=lambda marker: marker.start)
        shown = _Sentences(paragraph, compounds)
        citations += [shown.citation(marker) for marker in markers]
    return citations


def _resolved(marker: Marker, stands_for: dict[str, tuple[str, ...]]) -> Marker:
    """Put what notes cite in the place of their numbers."""
    if not stands_for:
        return marker
    labels = (own for label in marker.labels for own in stands_for.get(label, (label,)))
    return replace(marker, labels=tuple(dict.fromkeys(labels)))


class _Sentences:
    """The sentences of a paragraph, asked for from the first to the last."""

    def __init__(self, paragraph: Paragraph, compounds: frozenset[str]) -> None:
        self.paragraph = paragraph
        self.compounds = compounds
        self.around = Surroundings(paragraph.text, paragraph.sentences, compounds)
        self.at = 0
        self.text: str | None = None

    def citation(self, marker: Marker) -> Citation:
        """Make the citation of a marker that stands after those asked for before."""
        paragraph = self.paragraph
        spans = paragraph.sentences
        while self.at + 1 < len(spans) and spans[self.at][1] <= marker.start:
            self.at, self.text = self.at + 1, None
        begin, end = spans[self.at]
        if self.text is None:
            self.text = join_pieces(paragraph.text[begin:end].split("\n"), self.compounds)
        context, context_offset = self.around.of(marker.start)
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
                context=context,
                context_offset=context_offset,
            )
            for label in marker.labels
        )
        return Citation(shown, paragraph.line_of(marker.start), mentions, marker.unknown)


def _style_of(texts: list[str], cited: CitedList) -> _Finder:
    """Choose how this text marks its citations: by what names most of the list."""
    if any(label.startswith("^") for label in cited.labels):
        notes = frozenset(cited.labels)
        return _kept(lambda text: _noted(text, notes))
    names = AuthorYearIndex(cited.labels, cited.works)
    numbers = Numbers(cited.labels)
    by_name = _kept(lambda text: find_author_year(text, names))
    if cited.labelled and not numbers.of:
        keys = frozenset(cited.labels)
        by_key = _kept(lambda text: _keyed(text, keys))
        return by_key if _n_named(texts, by_key) else by_name
    found, n_numbered = find_numbers(texts, numbers, labelled=cited.labelled)
    n_named = _n_named(texts, by_name)
    by_number = n_numbered >= n_named if cited.labelled else n_numbered > n_named
    return (lambda text: found.get(text, ())) if by_number else by_name


def _kept(find: Callable[[str], Iterable[Marker]]) -> _Finder:
    """Keep what was found in each paragraph, which is asked for twice."""
    return functools.cache(lambda text: tuple(find(text)))


def _n_named(texts: list[str], find: _Finder) -> int:
    """Count the references that the markers name."""
    return len({label for text in texts for marker in find(text) for label in marker.labels})


def _noted(text: str, notes: frozenset[str]) -> Iterator[Marker]:
    """Find ``[^1]`` and ``[^roe]``, the marks of notes in Markdown."""
    for match in _NOTE_MARK.finditer(text):
        if match["label"] in notes:
            yield Marker(match.start(), match.end(), (match["label"],))
        else:
            reason = f"[{match['label']}] names no note of the text"
            yield Marker(match.start(), match.end(), (), (reason,))


def _keyed(text: str, keys: frozenset[str]) -> Iterator[Marker]:
    """Find ``[ABC99]`` and ``[ABC99, DEF01]``."""
    for match in _KEY_BRACKET.finditer(text):
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
