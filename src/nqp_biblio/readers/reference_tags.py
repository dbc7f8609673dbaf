"""Tag one printed reference: which part of it is which field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nqp_biblio.readers.reference_gbt import find_marker, tag_gbt
from nqp_biblio.readers.reference_imprint import Imprint, find_imprint, is_place, is_publisher
from nqp_biblio.readers.reference_marks import MASK, Printed, Span, lift_identifiers
from nqp_biblio.readers.reference_numbers import (
    DATE_MASK,
    Locator,
    Parts,
    find_date,
    find_edition,
    find_locator,
    find_pages,
    find_same_dates,
    mask_notes,
)
from nqp_biblio.readers.reference_people import UPPER, find_editor_mark, find_names
from nqp_biblio.readers.reference_titles import find_host, find_quoted, is_host_name, split_title
from nqp_biblio.readers.reference_words import SMALL_WORDS
from nqp_biblio.text.names import has_group_word

__all__ = ["tag"]

_EMPTY = " .,;:–-/"
_EDGE = " ,;:–-/\u2028"
_GROUP = re.compile(r"(?:[A-Z]\.){0,4}[^.:;“\"«]{2,140}?(?=\.\s|[:;“\"«]|,\s[“\"«]|$)")
_EDITED_BY = re.compile(
    r"[,.;(]?\s?\(?\b(?:[Ee]dited\sby|ed(?:s|ited)?\.?\sby|[Ee]ds?\s?\.(?=\s?[A-Z])|[Ee]ds?\.?:"
    r"|[Hh]rsg\.?\s?(?:von|v\.)|hg\.?\sv(?:on|\.)|herausgegeben\svon|a\scura\sdi"
    r"|sous\sla\sdir(?:ection|\.)?\sd[e’']\s?|dir\.\s|editado\spor)\s*"
)
_TRANSLATED_BY = re.compile(
    r"[,.;(\[]?\s?\(?\b(?:[Tt]ranslated\sby|[Tt]rans(?:l)?\.(?:\sby)?|[Tt]raduit\spar"
    r"|übers(?:etzt)?\.?\sv(?:on|\.)|[Tt]rad\.(?:\sde)?|[Tt]raduction\sde)\s"
)
_TAIL_WORD = re.compile(
    r"(?:[\s,;:.(]+(?:n[°º]|№|#|(?:[Nn]os?|[Nn]r|[Vv]ols?|[Ii]ssue|[Nn]|[Bb]d|[Tt]|[Pp]p?|[Vv]"
    r"|Heft|H)\b\.?|abstract\s?#?))+[\s.,]*$"
)
_SERIES = re.compile(
    r"[(.,;]\s?(?P<series>(?:Lecture\sNotes\sin\s|LNCS\b|LNAI\b|LNBIP\b|Springer\sSeries\sin\s)"
    r"[^.;,()]{0,60}?)(?=\s?(?:[.,;)]|\svol|\s\d|$))"
)
_GENRE = re.compile(
    r"[\[(]?\b(?P<genre>(?:unpublished\s)?(?:doctoral|ph\.?\s?d\.?|master(?:['’]?s)?|m\.?\s?sc\.?"
    r"|m\.?a\.?|bachelor['’]?s?|diploma|diplom|mémoire\sde)\s?(?:thesis|dissertation|arbeit)"
    r"|ph\.?\s?d\.?(?=[\s,.)])|dissertation|thesis|thèse\s(?:de\sdoctorat)?|tesis\s(?:doctoral)?"
    r"|tese\sde\sdoutorado|dissertação|habilitationsschrift|diplomarbeit|technical\sreport"
    r"|tech\.?\srep(?:ort|\.)?|working\spaper|discussion\spaper|white\spaper|preprint"
    r"|unpublished\smanuscript)\b\.?[\])]?",
    re.IGNORECASE,
)
_THESIS = re.compile(
    r"thesis|dissertation|ph\.?\s?d|thèse|tese|tesis|habilit|diplom", re.IGNORECASE
)
_SCHOOL = re.compile(rf"[\s.,:;{MASK})\]]*([^.,;({DATE_MASK}{MASK}]{{3,80}})")
_CODE_BEFORE_QUOTE = re.compile(r"[^“\"]{3,60}:\s(?=[“\"])")
_IN = re.compile(r"[\s.,;:]*(?:\([^()]{1,12}\)\s)?(?:in|In|IN|dans|en|em)\b\s?:?\s?")
_ISSUE_WORD = re.compile(r"(?:\bn\s?[°º]|\bno\.|\bnr\.?|№)\s?$", re.IGNORECASE)
_SECTION_LETTER = re.compile(r"[A-H]\s?(?=\d)")
_NOT_IN_NAMES = re.compile(r"[“”\"«»:]|\b(?:in|In|of)\b.*[,.]|\d")
_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_MARK = re.compile(
    rf"[{MASK}{DATE_MASK}]"
    r"|[,.;(]\s?(?:[Vv]ol(?:ume|s)?\b|[Pp]p?\.\s|[Pp]ages?\s\d|[Nn]o\.|[Ss]eries\b|[Ss]er\."
    r"|\d{1,5}\s?(?:pp?\.|pages)|\d{1,2}\svols?\b)"
    rf"|\s\((?=[{UPPER}][^()]*[{DATE_MASK}])"
    r"|[.,;]\s(?:[Aa]vailable|[Rr]etrieved|[Aa]ccessed|[Oo]nline|URL|[Dd]oi|DOI|[Ll]ast\s|[Ee]pub"
    r"|[Pp]ublished\sonline|[Uu]npublished|[Ii]n\spress)"
    rf"|[.,]\s(?:\d{{1,2}}\s)?{_MONTHS}(?=[\s.,\d]*$|\s\d)"
)
_MIN_TITLE = 2
_MAX_GAP = 90
_MAX_GAP_WORDS = 8
_NEAR = 3


@dataclass(slots=True)
class _Reading:
    """A reference while it is read: its text, the text not yet read, the spans found."""

    text: str
    masked: str
    emphasis: list[tuple[int, int]]
    spans: list[Span] = field(default_factory=list)

    def add(self, start: int, end: int, label: str) -> None:
        """Keep a span less the signs and blanks at its ends."""
        while start < end and self.masked[start] in _EDGE + ".)]":
            start += 1
        while end > start and self.masked[end - 1] in _EDGE + MASK + DATE_MASK + "([":
            end -= 1
        if label == "container":
            start, end = self._name_only(start, end)
        if label in {"title", "container", "publisher", "location", "series", "edition"}:
            end = self._without_stop(start, end)
        if end > start:
            self.spans.append(Span(start, end, label))

    def _name_only(self, start: int, end: int) -> tuple[int, int]:
        """Cut what is no part of a container's name: "no.", places, an open bracket."""
        name = self.masked[start:end]
        end -= len(name) - len(_TAIL_WORD.sub("", name))
        bracket = self.masked.rfind("(", start, end)
        if bracket > start and ")" not in self.masked[bracket:end]:
            end = bracket
        for _ in range(3):
            comma = self.masked.rfind(", ", start, end)
            if comma <= start or not is_place(self.masked[comma + 2 : end]):
                break
            end = comma
        return start, end

    def _without_stop(self, start: int, end: int) -> int:
        """Cut a full stop, quotes and a bracket never opened."""
        while end > start and self.masked[end - 1] in ".,;:" + '”"»':
            end -= 1
        if self.masked[end - 1 : end] == ")" and "(" not in self.masked[start:end]:
            end -= 1
        return end

    def mask(self, start: int, end: int, sign: str) -> None:
        """Take a part out of the text that is still to be read."""
        self.masked = self.masked[:start] + sign * (end - start) + self.masked[end:]


def tag(printed: Printed) -> list[Span]:
    """Tag the parts of one reference.

    Parameters
    ----------
    printed : Printed
        The reference made ready by `prepare`.

    Returns
    -------
    list of Span
        In the order of the text. Labels: author, editor, translator, date, title,
        container, volume, issue, pages, edition, series, genre, publisher, location, doi,
        url, pmid, pmcid, arxiv, isbn, and of GB/T 7714 marker and number.
    """
    masked, identifiers = lift_identifiers(printed.text)
    marker = find_marker(masked)
    spans = tag_gbt(masked, marker) if marker else None
    if spans is not None:
        return sorted([*identifiers, *spans])
    reading = _Reading(printed.text, mask_notes(masked), printed.emphasis, list(identifiers))
    if marker is not None:
        reading.mask(marker.start(), marker.end(), MASK)
    begin = _tag_people_and_date(reading)
    locator = _tag_locator(reading, begin)
    _tag_edition_and_genre(reading, begin)
    _tag_titles(reading, begin, locator)
    return sorted(reading.spans)


def _tag_people_and_date(reading: _Reading) -> int:
    """Tag who and when; return where the title begins."""
    block = find_names(reading.masked)
    after = block.after if block else 0
    date = find_date(reading.masked, after)
    if date is not None:
        _tag_dates(reading, date, after)
    if date is not None and _is_early(reading.masked, after, date):
        gap = reading.masked[after : date.start]
        if block is not None and not gap.strip(_EMPTY + "(["):
            reading.add(block.start, block.end, block.role)
        else:
            role, _ = find_editor_mark(gap, 0)
            reading.add(0, date.start, role if block else "author")
        begin = date.end
    elif block is not None:
        reading.add(block.start, block.end, block.role)
        begin = block.after
    else:
        begin = _tag_group(reading)
    while begin < len(reading.text) and reading.masked[begin] in _EMPTY + ")]" + MASK + DATE_MASK:
        begin += 1
    return begin


def _tag_dates(reading: _Reading, date: Span, after: int) -> None:
    """Tag the date and where it stands once more."""
    year = reading.text[date.start : date.end][-4:]
    reading.add(*date)
    reading.mask(date.start, date.end, DATE_MASK)
    for same in find_same_dates(reading.masked, year, after):
        reading.add(*same)
        reading.mask(same.start, same.end, DATE_MASK)


def _tag_group(reading: _Reading) -> int:
    """Tag a group that stands where authors do; return where it ends."""
    group = _GROUP.match(reading.masked)
    if group is None or not _is_group_author(group.group()):
        return 0
    if not reading.masked[group.end() :].strip(_EMPTY + DATE_MASK + MASK + ")("):
        return 0
    reading.add(0, group.end(), "author")
    return group.end()


def _tag_locator(reading: _Reading, begin: int) -> Locator:
    """Tag volume, issue and pages; return where they stand."""
    nowhere = Locator(len(reading.text), len(reading.text), {})
    locator = find_locator(reading.masked, begin)
    if locator is None:
        return nowhere
    genre = _GENRE.search(reading.masked, begin + _NEAR)
    if genre and _THESIS.search(genre.group()) and not {"pages", "issue"} & locator.parts.keys():
        return nowhere
    parts = _settled(reading, locator.parts, begin)
    start = max(locator.start, begin)
    if start == locator.parts.get("volume", (-1, -1))[0] and "volume" in parts:
        start = parts["volume"][0]
    for label, (first, last) in parts.items():
        reading.add(first, last, label)
    if "pages" not in parts and (apart := find_pages(reading.masked, locator.end)):
        reading.add(*apart, "pages")
    return Locator(start, locator.end, parts)


def _tag_edition_and_genre(reading: _Reading, begin: int) -> None:
    """Tag the edition, and "PhD thesis" or "technical report"."""
    edition = find_edition(reading.masked, begin + 1)
    if edition is not None and edition[0] > begin:
        start, end, span = edition
        reading.add(*span)
        reading.mask(start, end, MASK)
    genre = _GENRE.search(reading.masked, begin + _NEAR)
    if genre is not None:
        reading.add(*genre.span("genre"), "genre")
        reading.mask(genre.start(), genre.end(), MASK)


def _is_group_author(text: str) -> bool:
    """Tell a group at the beginning from a title: its words are capitalised."""
    lower = [word for word in text.split() if word[:1].islower() and word not in SMALL_WORDS]
    return has_group_word(text) and len(lower) <= 1


def _settled(reading: _Reading, parts: Parts, begin: int) -> Parts:
    """Leave the section letter of a journal to its name; call n° 95 an issue."""
    if "volume" not in parts:
        return parts
    start, end = parts["volume"]
    before = reading.masked[begin:start]
    if "issue" not in parts and _ISSUE_WORD.search(before[-8:]):
        others = {label: span for label, span in parts.items() if label != "volume"}
        return {**others, "issue": (start, end)}
    letter = _SECTION_LETTER.match(reading.masked, start, end)
    if letter and (before.rstrip()[-1:].islower() or before.rstrip().endswith(".")):
        return {**parts, "volume": (letter.end(), end)}
    return parts


def _is_early(masked: str, after: int, date: Span) -> bool:
    """Tell whether a date stands between the people and the title."""
    rest = masked[date.end :].strip(_EMPTY + ")]" + MASK)
    if not rest:
        return False
    gap = masked[after : date.start].strip(_EMPTY + "([")
    if not gap:
        return after > 0 or date.start <= 1
    before = masked[: date.start].rstrip()[-1:]
    behind = masked[date.end :].lstrip()[:1]
    bracketed = before in tuple("([") and behind in tuple(")]")
    stopped = before in tuple(".,:") and behind in tuple(".,:")
    if len(gap) >= _MAX_GAP or _NOT_IN_NAMES.search(gap) or not (bracketed or stopped):
        return False
    if after:
        return bracketed and len(gap.split()) <= _MAX_GAP_WORDS
    named = bracketed or has_group_word(gap)
    return named and len(rest.split()) >= _MIN_TITLE and ". " not in gap


def _tag_titles(reading: _Reading, begin: int, locator: Locator) -> None:
    """Tag title, container and imprint."""
    quoted = find_quoted(reading.masked, begin)
    if quoted is None and not begin and (code := _CODE_BEFORE_QUOTE.match(reading.masked)):
        quoted = find_quoted(reading.masked, code.end())
    if quoted is not None:
        reading.add(quoted[0], quoted[1], "title")
        _tag_after_title(reading, quoted[2], locator)
        return
    limit = locator.start if "volume" in locator.parts else len(reading.text)
    host = find_host(reading.masked, begin, limit)
    in_serial = bool({"volume", "issue"} & locator.parts.keys())
    if host is not None:
        reading.add(begin, host.start, "title")
        _tag_host(reading, host.end, locator)
    elif _tag_thesis(reading, begin):
        return
    elif in_serial and not _is_volume_of_book(reading, locator):
        _tag_article(reading, begin, locator)
    else:
        _tag_book(reading, begin, locator)


def _is_volume_of_book(reading: _Reading, locator: Locator) -> bool:
    """Tell "Lectures, Vol. 2 (Springer, Berlin, 1952)" from a journal."""
    alone = not {"pages", "issue"} & locator.parts.keys()
    return alone and find_imprint(reading.masked, locator.end) is not None


def _tag_after_title(reading: _Reading, begin: int, locator: Locator) -> None:
    """Tag what follows a title in quotation marks."""
    if lead := _IN.match(reading.masked, begin):
        _tag_host(reading, lead.end(), locator)
    elif {"volume", "issue"} & locator.parts.keys():
        reading.add(begin, _first_mark(reading.masked, begin, locator.start), "container")
    else:
        _tag_host(reading, begin, locator, named=False)


def _tag_article(reading: _Reading, begin: int, locator: Locator) -> None:
    """Tag title and journal where a volume or issue is printed."""
    dated = reading.masked.find(DATE_MASK, begin, locator.start)
    end = locator.start
    if dated >= 0:
        later = reading.masked[dated : locator.start].strip(DATE_MASK + _EMPTY + "()")
        if len(later) > 2 and not later[:1].islower():  # noqa: PLR2004
            begin_later = reading.masked.index(later, dated)
            reading.add(begin, dated, "title")
            reading.add(begin_later, locator.start, "container")
            return
        end = dated
    if _tag_by_emphasis(reading, begin, end):
        return
    body = reading.masked[begin:end]
    title_end, container_start = split_title(body, container=True)
    reading.add(begin, begin + title_end, "title")
    reading.add(begin + container_start, end, "container")


def _tag_by_emphasis(reading: _Reading, begin: int, end: int) -> bool:
    """Tag the container by the emphasis, where that ends what stands before the volume."""
    for start, stop in reading.emphasis:
        rest = reading.masked[stop:end].strip(_EMPTY + "(")
        if start > begin + 3 and stop <= end + 1 and not rest:
            reading.add(begin, start, "title")
            reading.add(start, min(stop, end), "container")
            return True
    return False


def _tag_book(reading: _Reading, begin: int, locator: Locator) -> None:
    """Tag title and imprint where no volume is printed."""
    imprint = find_imprint(reading.masked, begin)
    _add_imprint(reading, imprint)
    stop = min(locator.start, imprint.start if imprint else len(reading.text))
    end = _first_mark(reading.masked, begin, stop)
    for pattern, role in ((_EDITED_BY, "editor"), (_TRANSLATED_BY, "translator")):
        if (mark := pattern.search(reading.masked, begin + 3, stop)) and (
            block := find_names(reading.masked, mark.end())
        ):
            reading.add(block.start, block.end, role)
            end = min(end, mark.start())
    if _tag_by_emphasis(reading, begin, end):
        return
    title_end, container_start = split_title(reading.masked[begin:end], container=False)
    if imprint is None or locator.start < len(reading.text):
        reading.add(begin, begin + title_end, "title")
        name = reading.masked[begin + container_start : end]
        is_book = imprint is None and locator.start == len(reading.text) and not is_host_name(name)
        reading.add(begin + container_start, end, "publisher" if is_book else "container")
    else:
        reading.add(begin, end, "title")


def _tag_thesis(reading: _Reading, begin: int) -> bool:
    """Tag title and school of a thesis; False where it is none."""
    genre = next((span for span in reading.spans if span.label == "genre"), None)
    if genre is None or not _THESIS.search(reading.text[genre.start : genre.end]):
        return False
    end = genre.start
    while end > begin and reading.masked[end - 1] in _EMPTY + "([" + MASK:
        end -= 1
    dated = reading.masked.find(DATE_MASK, begin, end)
    reading.add(begin, dated if dated > begin + _NEAR else end, "title")
    imprint = find_imprint(reading.masked, genre.end)
    if imprint is not None:
        _add_imprint(reading, imprint)
    elif school := _SCHOOL.match(reading.masked, genre.end):
        reading.add(*school.span(1), "publisher")
    return True


def _tag_host(reading: _Reading, begin: int, locator: Locator, *, named: bool = True) -> None:
    """Tag what follows "In": editors, container, imprint.

    Where it is not `named` by "In", what stands there may be a publisher too.
    """
    imprint = find_imprint(reading.masked, begin)
    _add_imprint(reading, imprint)
    stop = min(locator.start, imprint.start if imprint else len(reading.text))
    if series := _SERIES.search(reading.masked, begin + _NEAR):
        reading.add(*series.span("series"), "series")
        stop = min(stop, series.start())
    if named:
        begin = _tag_editors_before(reading, begin)
    begin, stop = _tag_edited_by(reading, begin, stop)
    begin, stop = _tag_editors_behind(reading, begin, max(begin, stop))
    end = _first_mark(reading.masked, begin, max(begin, stop))
    name = reading.masked[begin:end].strip(_EMPTY)
    issued = not named and imprint is None and (_is_reported(reading) or is_publisher(name))
    reading.add(begin, end, "publisher" if issued else "container")


def _tag_editors_before(reading: _Reading, begin: int) -> int:
    """Tag "In A. Smith (ed.), Container"; return where the container begins."""
    block = find_names(reading.masked, begin)
    if block is None:
        return begin
    stopped = reading.masked[block.after : block.after + 2].strip()[:1] in tuple(",:.")
    known = block.sure and stopped and not is_host_name(reading.text[begin : block.end])
    if block.role != "editor" and not known:
        return begin
    reading.add(block.start, block.end, "editor")
    return block.after


def _tag_edited_by(reading: _Reading, begin: int, stop: int) -> tuple[int, int]:
    """Tag "Container, edited by A. Smith"; return where the container stands."""
    mark = _EDITED_BY.search(reading.masked, begin)
    names = find_names(reading.masked, mark.end()) if mark else None
    if mark is None or names is None:
        return begin, stop
    reading.add(names.start, names.end, "editor")
    if mark.start() > begin + _NEAR:
        return begin, min(stop, mark.start())
    return names.after, stop


def _is_reported(reading: _Reading) -> bool:
    """Tell a thesis or report, whose issuing body is no container."""
    return any(span.label == "genre" for span in reading.spans)


def _tag_editors_behind(reading: _Reading, begin: int, stop: int) -> tuple[int, int]:
    """Tag "Container, A. Smith and B. Lee (eds.)"; return where the container stands."""
    for comma in re.finditer(r"[,.(]\s?(?=[A-Z])", reading.masked[begin : stop + 60]):
        at = begin + comma.end()
        block = find_names(reading.masked, at)
        if block is not None and block.role == "editor":
            reading.add(block.start, block.end, "editor")
            return begin, min(stop, begin + comma.start())
    return begin, stop


def _add_imprint(reading: _Reading, imprint: Imprint | None) -> None:
    """Keep the spans of an imprint."""
    if imprint is not None:
        for span in imprint.spans:
            reading.add(*span)


def _first_mark(masked: str, begin: int, stop: int) -> int:
    """Where a name ends at the latest: at an identifier, the date, "vol." or a note."""
    match = _MARK.search(masked, begin + 1, stop)
    return match.start() if match else stop
