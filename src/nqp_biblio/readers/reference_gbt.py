"""References by GB/T 7714, in Chinese and English: [J], [M], [D], [EB/OL] and their like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.reference_marks import MASK, Span
from nqp_biblio.readers.reference_people import UPPER, find_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["MARKER_TYPES", "find_marker", "is_told", "lift_marker", "tag_gbt"]

MARKER_TYPES = {
    "J": "article-journal",
    "M": "book",
    "D": "thesis",
    "N": "article-newspaper",
    "C": "paper-conference",
    "R": "report",
    "P": "patent",
    "S": "standard",
    "G": "book",
    "K": "entry",
    "EB": "webpage",
    "DB": "dataset",
    "DS": "dataset",
    "CP": "software",
    "CM": "map",
    "PP": "article",
    "A": "document",
    "Z": "document",
}
"""Kind of work, in CSL's words, for each letter of the standard."""

_HALF_WIDTH = str.maketrans("，；：．。（）［］／　", ",;:..()[]/ ")
_MARKER = re.compile(
    r"\s?\[(?P<kind>PP|J|M|D|N|C|R|P|S|G|K|EB|DB|DS|CP|CM|A|Z)(?:/(?:OL|CD|MT|DK))?\]"
)
_HAN = "\u3400-\u9fff\u3040-\u30ff"
_HEAD_BREAK = re.compile(
    rf"(?<!\.[{UPPER}])\.\s+(?=\S)|(?<=[{_HAN})])\.(?=\S)|(?<=[^\d\s.])\.(?=[{_HAN}《])"
)
_HEAD_DATE = re.compile(r"[,\s]\s?(?P<date>(?:1[5-9]|20)\d\d)[a-z]?$")
_NUMBER = re.compile(r":\s*(?P<number>(?=[^:]*\d)[A-Z\d][\w/. —–()-]{3,40}(?::[\d()a-z]{4,10})?)$")
_PART = re.compile(
    r":\s+(?:卷|[Vv]ol\.?)?\s*(?P<volume>(?:第\s?)?[\d一二三四五六七八九十]{1,4}(?:\s?[册卷部集辑]|年卷)?)$"
)
_ACCESS = re.compile(r"\[\d{4}(?:[-./年]\d{1,2}[-./月]?\d{0,2}日?)?\]")
_PIECE_BREAK = re.compile(rf"(?<![\s.][{UPPER}])\.\s+|(?<=[{_HAN}])\.(?=[{_HAN}])|\.\s*$")
_PAGES = rf"[^\s\[{MASK}]{{1,40}}?(?:\s?[-–—−+]\s?[^\s\[{MASK}]{{1,10}}?){{0,2}}"
_SERIAL = re.compile(
    r"[\s.]*(?P<container>[^\[\d\s.][^\[]{0,200}?)[,.]\s*(?P<date>\d{4})"
    r"(?:,\s*(?P<volume>[A-Za-z]?\d{1,5}[A-Z]?|[IVXLC]{1,8}))?(?:\s?\(\s?(?P<issue>[^()]{1,20})\s?\))?"
    rf"(?:\s?[:,]\s*(?P<pages>{_PAGES}))?(?=\s*(?:\.\s|\.?$|\[|[{MASK}\s]))"
)
_RUN = re.compile(
    rf"[\s.]*(?P<date>\d{{4}})(?P<note>(?:/[{MASK}\d]{{4,8}})?,\s*\d{{4}}\s?(?:,\s?\d{{1,4}})?"
    r"\s?\(\d{1,3}\)\s?—[^.]{0,20})"
)
_NEWS = re.compile(
    r"[\s.]*(?P<container>[^\[]{1,100}?),\s*(?P<date>\d{4}[-./]\d{1,2}[-./]\d{1,2})"
    r"(?:\s?[(:]\s?(?P<pages>[\w-]{1,8})\s?\)?)?"
)
_DATE_ALONE = re.compile(
    r"[\s.]*\(?(?P<date>\d{4}(?:-\d{1,2}-\d{1,2})?)\)?(?=\s*(?:[.:\[\ue003]|$))"
)
_IMPRINT = re.compile(
    r"(?:(?P<location>[^:]{1,60}?):\s*)?(?P<publisher>[^:\d][^:]{0,120}?),\s*(?P<date>\d{4})"
    rf"(?:\s?[:,]\s*(?P<pages>{_PAGES}))?\s*\.?$"
)
_YEAR_PAGES = re.compile(rf"(?P<date>\d{{4}})(?:\s?:\s*(?P<pages>{_PAGES}))?\s*\.?$")
_EDITION = re.compile(
    r"(?:第?\s?[\d一二三四五]{1,4}\s?版|.{0,12}(?:修订版|影印本|刻本|新版)|\d{1,2}(?:st|nd|rd|th)\sed\b\.?|Rev\.\s?ed\b\.?)"
)
_TRANSLATOR = re.compile(r"(?P<names>[^.]{1,80}?),?\s*译")
_EDITORS = re.compile(rf"(?:[{_HAN}·《》]{{2,20}}(?:,\s*)?){{1,6}}")
_SIGNPOSTS = re.compile(r"/(?:OL|CD|MT|DK)|译|等|卷|Vol\b")
_UNTOLD = re.compile(rf"[^\W_{MASK}]")
_IN_HOST = re.compile(r"\s*//\s*")


def find_marker(text: str) -> re.Match[str] | None:
    """Find the letter in brackets that GB/T 7714 sets behind a title."""
    if "[" not in text and "［" not in text:
        return None
    return _MARKER.search(text.translate(_HALF_WIDTH))


def lift_marker(masked: str, lifted: Sequence[Span]) -> tuple[str, list[Span]]:
    """Lift the marker of a reference out, as identifiers are.

    Returns
    -------
    masked : str
        The text with `MASK` in the place of the marker.
    lifted : list of Span
        The identifiers, and the marker with its letter for a label.
    """
    marker = find_marker(masked)
    if marker is None:
        return masked, list(lifted)
    start, end = marker.span()
    masked = f"{masked[:start]}{MASK * (end - start)}{masked[end:]}"
    return masked, [*lifted, Span(start, end, marker["kind"])]


def tag_gbt(masked: str, marker: re.Match[str]) -> list[Span] | None:
    """Tag a reference by GB/T 7714.

    Parameters
    ----------
    masked : str
        The reference, identifiers masked.
    marker : match
        What `find_marker` found in it.

    Returns
    -------
    list of Span or None
        None where what follows the marker is not by the standard.
    """
    text = masked.translate(_HALF_WIDTH)
    kind = marker["kind"]
    spans = [Span(*marker.span("kind"), "marker"), *_head(text, marker.start(), kind)]
    rest = "".join(
        MASK if found else sign for sign, found in zip(text, _access_map(text), strict=True)
    )
    tail = {"J": _serial, "N": _news}.get(kind, _book)(rest, marker.end())
    if tail is None:
        return None
    spans += tail
    return [_trimmed(text, span) for span in spans if span.end > span.start]


def is_told(masked: str, spans: Sequence[Span]) -> bool:
    """Tell whether the spans account for all that is printed, so that the standard was kept.

    Parameters
    ----------
    masked : str
        The reference, identifiers masked.
    spans : sequence of Span
        What `tag_gbt` found in it.
    """
    text = masked.translate(_HALF_WIDTH)
    left = [MASK if dated else sign for sign, dated in zip(text, _access_map(text), strict=True)]
    for start, end, _ in spans:
        left[start:end] = MASK * (end - start)
    return not _UNTOLD.search(_SIGNPOSTS.sub("", "".join(left)))


def _access_map(text: str) -> list[bool]:
    """Mark the signs of dates on which a page was looked up."""
    flags = [False] * len(text)
    for match in _ACCESS.finditer(text):
        flags[match.start() : match.end()] = [True] * len(match.group())
    return flags


def _head(text: str, end: int, kind: str) -> Iterator[Span]:
    """Tag people, title and number before the marker."""
    begin = 0
    block = find_names(text)
    for stop in _HEAD_BREAK.finditer(
        text, max(block.end - 1, 0) if block and block.sure else 0, end
    ):
        dated = _HEAD_DATE.search(text, 0, stop.start())
        yield Span(0, dated.start() if dated else stop.start(), "author")
        if dated:
            yield Span(*dated.span("date"), "date")
        begin = stop.end()
        break
    part = _PART.search(text, begin, end) if kind in {"M", "G", "C", "CM"} else None
    number = _NUMBER.search(text, begin, end) if kind in "PSRAZ" else None
    if part is not None:
        yield Span(*part.span("volume"), "volume")
        end = part.start()
    elif number is not None:
        yield Span(*number.span("number"), "number")
        end = number.start()
    yield Span(begin, end, "title")


def _serial(text: str, begin: int) -> list[Span] | None:
    """Tag journal, year, volume, issue and pages; of a whole run, its years and imprint."""
    if run := _RUN.match(text, begin):
        return [*_named(run), *_pieces(text, run.end(), _end_of_words(text, run.end()))]
    match = _SERIAL.match(text, begin)
    return _named(match) if match else _date_only(text, begin)


def _news(text: str, begin: int) -> list[Span] | None:
    """Tag newspaper, day and page."""
    match = _NEWS.match(text, begin)
    return _named(match) if match else _serial(text, begin)


def _date_only(text: str, begin: int) -> list[Span] | None:
    """Tag a date that stands alone."""
    match = _DATE_ALONE.match(text, begin)
    return _named(match) if match else None


def _book(text: str, begin: int) -> list[Span] | None:
    """Tag translator, host, edition and imprint behind the marker."""
    alone = _date_only(text, begin)
    if alone is not None:
        return alone
    spans: list[Span] = []
    host = text.find("//", begin)
    stop = _end_of_words(text, begin)
    if host >= 0 and host < stop:
        spans += _pieces(text, begin, host)
        lead = _IN_HOST.match(text, host)
        begin = lead.end() if lead else host + 2
        begin = _host_editors(text, begin, spans)
        end = _PIECE_BREAK.search(text, begin, stop)
        name_end = end.start() if end else stop
        if part := _PART.search(text, begin, name_end):
            spans.append(Span(*part.span("volume"), "volume"))
            name_end = part.start()
        spans.append(Span(begin, name_end, "container"))
        begin = end.end() if end else stop
    spans += _pieces(text, begin, stop)
    return spans


def _end_of_words(text: str, begin: int) -> int:
    """Where an identifier or the date of access ends what is to be read."""
    at = text.find(MASK, begin)
    return at if at >= 0 else len(text)


def _host_editors(text: str, begin: int, spans: list[Span]) -> int:
    """Tag the editors of a host; return where its title begins."""
    block = find_names(text, begin)
    end = block.end if block is not None and block.sure else None
    if end is None and (match := _EDITORS.match(text, begin)):
        end = match.end()
        if _IMPRINT.match(text[end : _end_of_words(text, begin)].lstrip(". ")):
            return begin
    if end is None or not re.match(r"\.\s*\S", text[end : end + 3]):
        named = re.compile(rf"(?P<group>[{UPPER}][^.:\d{MASK}]{{5,80}})\.\s(?=[{UPPER}])").match(
            text, begin
        )
        if named is None or not _IMPRINT.search(text[named.end() : _end_of_words(text, begin)]):
            return begin
        if ". " not in text[named.end() : _end_of_words(text, begin)]:
            return begin
        end = named.end("group")
    spans.append(Span(begin, end, "editor"))
    return end + len(re.match(r"\.?\s*", text[end:]).group())  # type: ignore[union-attr]


def _pieces(text: str, begin: int, stop: int) -> Iterator[Span]:
    """Tag the pieces between full stops: translator, edition, imprint."""
    while begin < stop:
        lead = re.compile(r"[\s.,]*").match(text, begin, stop)
        begin = lead.end() if lead else begin
        if translator := _TRANSLATOR.match(text, begin, stop):
            yield Span(*translator.span("names"), "translator")
            begin = translator.end()
            continue
        if edition := _EDITION.match(text, begin, stop):
            yield Span(*edition.span(), "edition")
            begin = edition.end()
            continue
        imprint = _IMPRINT.match(text, begin, stop) or _YEAR_PAGES.match(text, begin, stop)
        if imprint:
            yield from _named(imprint)
            return
        end = _PIECE_BREAK.search(text, begin, stop)
        if end is None or end.end() <= begin:
            return
        begin = end.end()


def _named(match: re.Match[str]) -> list[Span]:
    """Spans of the groups of a match."""
    return [
        Span(*match.span(label), label)
        for label, found in match.groupdict().items()
        if found is not None
    ]


def _trimmed(text: str, span: Span) -> Span:
    """Cut blanks and signs at the ends of a span."""
    start, end, label = span
    while start < end and text[start] in " .,;:":
        start += 1
    while end > start and text[end - 1] in " ,;:" + ("." if label != "author" else ""):
        end -= 1
    return Span(start, end, label)
