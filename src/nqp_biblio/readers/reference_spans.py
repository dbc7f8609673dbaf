"""From labelled words to the spans of a printed reference: where a field begins and ends."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from nqp_biblio.readers.reference_marks import MASK, Span
from nqp_biblio.readers.reference_people import find_editor_mark
from nqp_biblio.readers.reference_tagger import fields_of
from nqp_biblio.text.names import has_group_word

if TYPE_CHECKING:
    from nqp_biblio.readers.reference_features import Tokens
    from nqp_biblio.readers.reference_tagger import Labelled

__all__ = ["spans_of"]

_ET_AL = re.compile(
    r"[\s,;.…]*(?:\(?\[?\bet\.?\s?al(?:ii|ia)?\b\.{0,2}|\band\s(?:others|co-?workers)\b|\bu\.\s?a\.|\bet\scoll\."
    r"|等)[\])]?",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"(?:^|[\s.\-‐–,])[^\W\d_]{1,2}$|\b(?:Jr|Sr|al)$")
_OPENING = {")": "(", "]": "[", "”": "“", "»": "«", "’": "‘", '"': '"', "》": "《"}
_CLOSING = {"“": "”", "«": "»", '"': '"', "„": "“"}
_BEFORE_ISSUE = re.compile(
    r"(?:[(（第]\s?|\b(?:[Nn][or]?|[Ii]ssue|[Nn]umber|[Hh](?:eft)?)\W{0,4}|[№º°]\s?)$"
)
_SECTION = re.compile(r"[A-H](?=\d)")
_MIN_QUOTED = 3
_NOTHING = Span(0, 0, "")
_SERIES = re.compile(
    r"[.,;(]\s?(?P<series>Lecture\sNotes\sin\s[^.;,()]{2,60}?|LNCS|LNAI|LNBIP|Springer\sSeries\sin\s[^.;,()]{2,60}?)"
    r"(?=\s?(?:[.,;)]|\svol|\s\d|$))"
)
_FIRST_WORD = re.compile(r"\w")
_TEXT = frozenset({"title", "container", "publisher", "series", "edition", "genre", "location"})
_PEOPLE = frozenset({"author", "editor", "translator"})
_OF_ARTICLES = frozenset({"author", "editor", "volume", "issue", "pages"})
_OPEN_ENDED = frozenset({"title", "container"})
_MORE_PAGES = re.compile(r"\s?[,+;&]\s?")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_NUMBERS = frozenset({"pages", "volume"})
_AFTER_NUMBER = re.compile(r"\.\s+[^\W\d]|,\s+(?=[a-z]{2})")
_THESIS = re.compile(r"(?:博士|硕士)(?:研究生)?(?:学位)?论文")
_HOUSES = frozenset({"publisher", "container"})
_LAST_DATE = re.compile(r"[，,]\s?(?P<date>(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?)\s?[.。]?$")
_TAIL = 20
_PAGE_WORD = re.compile(r"\s?(?:pp?|pages|Seiten)\b(?![.\s]{0,2}\d)")


def spans_of(masked: str, tokens: Tokens, labelled: Labelled) -> list[Span]:
    """Turn labels of words into spans of the text.

    Parameters
    ----------
    masked : str
        The reference, identifiers masked.
    tokens : Tokens
        Its words.
    labelled : Labelled
        Their labels.
    """
    spans: list[Span] = []
    for first, last, named in fields_of(labelled):
        label = named
        start = tokens.starts[first]
        end = _end_of(masked, tokens, last)
        if label in _TEXT:
            start, end = _with_signs(masked, start, end, label)
        elif label in _PEOPLE:
            label = _role_of(label, masked, end, spans)
            end = _with_stop(masked, start, end)
        elif label in _NUMBERS:
            end = _number_only(masked, start, end, label)
        if label == "pages" and spans and spans[-1].label == "pages":
            between = masked[spans[-1].end : start]
            if _MORE_PAGES.fullmatch(between):
                start = spans.pop().start
        spans.append(Span(start, end, label))
    spans = _with_group(masked, _settled(masked, spans))
    return _with_last_date(masked, _with_thesis(masked, _with_series(masked, spans)))


def _with_thesis(masked: str, spans: list[Span]) -> list[Span]:
    """Part the word for a thesis from the name of its university, in Chinese."""
    parted: list[Span] = []
    for span in spans:
        found = _THESIS.search(masked, span.start, span.end) if span.label in _HOUSES else None
        if found is None:
            parted.append(span)
        elif found.start() == span.start:
            name = _FIRST_WORD.search(masked, found.end(), span.end)
            parted.append(Span(*found.span(), "genre"))
            if name is not None:
                parted.append(Span(name.start(), span.end, "publisher"))
        elif found.end() == span.end:
            parted += (Span(span.start, found.start(), "publisher"), Span(*found.span(), "genre"))
        else:
            parted.append(span)
    return parted


def _with_last_date(masked: str, spans: list[Span]) -> list[Span]:
    """Take for the date what a reference in Chinese ends with, where it has no other."""
    if "年" not in masked[-_TAIL:] or any(span.label == "date" for span in spans):
        return spans
    found = _LAST_DATE.search(masked, max(0, len(masked) - _TAIL))
    if found is None or any(span.end > found.start("date") for span in spans):
        return spans
    return [*spans, Span(*found.span("date"), "date")]


def _with_series(masked: str, spans: list[Span]) -> list[Span]:
    """Tag a series that its name gives away, where it stands behind a container."""
    container = next((span for span in spans if span.label == "container"), None)
    if container is None or any(span.label == "series" for span in spans):
        return spans
    found = _SERIES.search(masked, container.start + 1)
    if found is None:
        return spans
    start, end = found.span("series")
    others = [span for span in spans if span.end <= start or span.start >= end]
    cut = [
        span._replace(end=found.start())
        for span in spans
        if span.start < found.start() < start < span.end
    ]
    return sorted([*others, *cut, Span(start, end, "series")])


def _settled(masked: str, spans: list[Span]) -> list[Span]:
    """Mend what no reference can be: a title past its quotation marks, an issue alone."""
    labels = {span.label for span in spans}
    settled: list[Span] = []
    seen: set[str] = set()
    for span, following in pairwise([*spans, _NOTHING]):
        label = _label_of(masked, (span, following), labels, seen)
        start, end = span.start, span.end
        if label == "volume" and settled and settled[-1].label == "container":
            start = _without_section(masked, settled, span)
        elif label == "title" and (cut := _closing(masked, start, end)):
            rest = _FIRST_WORD.search(masked, cut, end)
            if rest is not None and "container" not in labels:
                settled.append(Span(rest.start(), end, "container"))
                seen.add("container")
            end = cut
        settled.append(Span(start, end, label))
        seen.add(label)
    return sorted(settled)


def _label_of(masked: str, pair: tuple[Span, Span], labels: set[str], seen: set[str]) -> str:
    """Settle what a number is by those before and behind it."""
    span, following = pair
    if span.label == "date" and "date" in seen and _is_volume(masked, span, following):
        return "volume"
    if span.label == "date" and _is_original(masked, span):
        return "original-date"
    if span.label == "issue" and "volume" not in labels and not _is_issue(masked, span):
        return "volume"
    if span.label == "volume" and "volume" in seen and "pages" not in labels:
        return "pages"
    if span.label == "title" and seen >= {"title", "editor"} and "container" not in labels:
        return "container"
    return span.label


def _with_group(masked: str, spans: list[Span]) -> list[Span]:
    """Take a group for the author where it was taken for the title, and the title for the source.

    So in "World Health Organization. World report 2019. Geneva".
    """
    labels = {span.label for span in spans}
    if not spans or labels & _OF_ARTICLES or not labels >= {"title", "container"}:
        return spans
    title, container = (
        next(span for span in spans if span.label == label) for label in ("title", "container")
    )
    name = masked[: title.end]
    if spans[0] != title or title.start or not has_group_word(name) or container.start < title.end:
        return spans
    moved = {title: title._replace(label="author"), container: container._replace(label="title")}
    return [moved.get(span, span) for span in spans]


def _is_volume(masked: str, date: Span, following: Span) -> bool:
    """Tell a year printed once more, before an issue in brackets, from a date."""
    between = masked[date.end : following.start].strip()
    return following.label == "issue" and between in {"(", "（"}


def _is_original(masked: str, date: Span) -> bool:
    """Tell the year of a first edition in square brackets, where another year follows."""
    enclosed = masked[date.start - 1 : date.start] == "[" and masked[date.end : date.end + 1] == "]"
    return enclosed and _YEAR.search(masked, date.end) is not None


def _is_issue(masked: str, span: Span) -> bool:
    """Tell whether the signs around a number show that it is of an issue."""
    before = masked[max(0, span.start - 10) : span.start]
    return _BEFORE_ISSUE.search(before) is not None or masked[span.end : span.end + 1] == "期"


def _without_section(masked: str, settled: list[Span], volume: Span) -> int:
    """Leave the letter of Phys. Rev. D92 to the journal; return where the number begins."""
    journal = settled[-1]
    letter = _SECTION.match(masked, volume.start, volume.end)
    if letter is None or masked[journal.end : volume.start].strip(" ."):
        return volume.start
    settled[-1] = journal._replace(end=letter.end())
    return letter.end()


def _closing(masked: str, start: int, end: int) -> int | None:
    """Find where a title in quotation marks ends, if that is before its last word."""
    opening = masked[:start].rstrip()[-1:]
    closing = _CLOSING.get(opening)
    at = masked.find(closing, start, end) if closing else -1
    if at < 0 or opening in masked[start:at] or not _FIRST_WORD.search(masked, at, end):
        return None
    ended = masked[at - 1] in ",.?!" or masked[at + 1 : at + 3].lstrip()[:1] == ","
    return at if ended and len(masked[start:at].split()) >= _MIN_QUOTED else None


def _role_of(label: str, masked: str, end: int, spans: list[Span]) -> str:
    """Take for editors who has the mark of editors, or stands behind the title."""
    if label != "author":
        return label
    late = any(span.label in _OPEN_ENDED for span in spans)
    return "editor" if late else find_editor_mark(masked, end)[0]


def _number_only(masked: str, start: int, end: int, label: str) -> int:
    """Cut words behind a number, and take in the "p." of how many pages there are."""
    stop = _AFTER_NUMBER.search(masked, start + 1, end)
    if stop:
        return stop.start()
    counted = _PAGE_WORD.match(masked, end) if label == "pages" else None
    return counted.end() if counted else end


def _end_of(masked: str, tokens: Tokens, at: int) -> int:
    """Where a word ends; an identifier ends where its mask does."""
    start = tokens.starts[at]
    word = tokens.words[at]
    if word[0] != "<":
        return start + len(word)
    end = start
    while masked[end : end + 1] == MASK:
        end += 1
    return end


def _with_signs(masked: str, start: int, end: int, label: str) -> tuple[int, int]:
    """Take in the signs that belong to a text: "?", a bracket opened within or before it."""
    behind = masked[end : end + 4]
    for sign in behind:
        opening = _OPENING.get(sign)
        if opening is not None:
            inside = masked[start:end]
            within = inside.count(opening) > (inside.count(sign) if opening != sign else 0)
            if opening == sign:
                within = inside.count(sign) % 2 == 1
            if not within:
                break
        elif sign not in "?!" or label not in _OPEN_ENDED:
            break
        end += 1
    return start, end


def _with_stop(masked: str, start: int, end: int) -> int:
    """Take in the full stop of the last initial, and "et al."."""
    if cut := _ET_AL.match(masked, end):
        return cut.end()
    if masked[end : end + 1] == "." and _INITIAL.search(masked[start:end][-6:]):
        return end + 1
    return end
