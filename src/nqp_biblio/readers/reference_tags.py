"""Tag one printed reference: which part of it is which field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nqp_biblio.readers.reference_gbt import find_marker, tag_gbt
from nqp_biblio.readers.reference_imprint import Imprint, find_imprint, is_place, is_publisher
from nqp_biblio.readers.reference_marks import MASK, Printed, Span, lift_identifiers
from nqp_biblio.readers.reference_numbers import (
    DATE_MASK,
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
    r"[,.;(]?\s?\(?\b(?:[Ee]dited\sby|ed(?:s|ited)?\.?\sby|[Ee]ds?\s?\.(?=\s?[A-Z])|[Ee]ds?\.?:|[Hh]rsg\.?\s?(?:von|v\.)|hg\.?\sv(?:on|\.)|herausgegeben\svon"
    r"|a\scura\sdi|sous\sla\sdir(?:ection|\.)?\sd[e’']\s?|dir\.\s|editado\spor)\s*"
)
_TRANSLATED_BY = re.compile(
    r"[,.;(\[]?\s?\(?\b(?:[Tt]ranslated\sby|[Tt]rans(?:l)?\.(?:\sby)?|[Tt]raduit\spar|übers(?:etzt)?\.?\sv(?:on|\.)|[Tt]rad\.(?:\sde)?|[Tt]raduction\sde)\s"
)
_TAIL_WORD = re.compile(
    r"(?:[\s,;:.(]+(?:n[°º]|№|#|(?:[Nn]os?|[Nn]r|[Vv]ols?|[Ii]ssue|[Nn]|[Bb]d|[Tt]|[Pp]p?|[Vv]|Heft|H)\b\.?|abstract\s?#?))+[\s.,]*$"
)
_SERIES = re.compile(
    r"(?:[(.,;]\s?)(?P<series>(?:Lecture\sNotes\sin\s|LNCS|LNAI|Springer\sSeries|Studies\sin\s|Contributions\sto\s|[A-Z][\w\s]{2,60}\s[Ss]eries)[^.;()]{0,60}?)(?=[.,;)]|\svol|$)"
)
_GENRE = re.compile(
    r"[\[(]?\b(?P<genre>(?:unpublished\s)?(?:doctoral|ph\.?\s?d\.?|master(?:['’]?s)?|m\.?\s?sc\.?|m\.?a\.?|bachelor['’]?s?|diploma|diplom|mémoire\sde)\s?(?:thesis|dissertation|arbeit)"
    r"|ph\.?\s?d\.?(?=[\s,.)])|dissertation|thesis|thèse\s(?:de\sdoctorat)?|tesis\s(?:doctoral)?|tese\sde\sdoutorado|dissertação|habilitationsschrift|diplomarbeit|technical\sreport|tech\.?\srep(?:ort|\.)?|"
    r"working\spaper|discussion\spaper|white\spaper|preprint|unpublished\smanuscript)\b\.?[\])]?",
    re.IGNORECASE,
)
_THESIS = re.compile(
    r"thesis|dissertation|ph\.?\s?d|thèse|tese|tesis|habilit|diplom", re.IGNORECASE
)
_MIN_TITLE = 2
_MAX_GAP = 90


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
        if (bracket := self.masked.rfind("(", start, end)) > start and ")" not in self.masked[
            bracket:end
        ]:
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
        In the order of the text, without overlap. Labels: author, editor, translator,
        date, title, container, volume, issue, pages, edition, series, genre, publisher,
        location, doi, url, pmid, pmcid, arxiv, isbn.
    """
    masked, identifiers = lift_identifiers(printed.text)
    reading = _Reading(printed.text, masked, printed.emphasis, list(identifiers))
    if (marker := find_marker(reading.masked)) is not None:
        if (spans := tag_gbt(reading.masked, marker)) is not None:
            return sorted([*identifiers, *spans])
        reading.mask(marker.start(), marker.end(), MASK)
    reading.masked = mask_notes(reading.masked)
    begin = _tag_people_and_date(reading)
    locator = find_locator(reading.masked, begin)
    genre = _GENRE.search(reading.masked, begin + 3)
    if (
        genre
        and _THESIS.search(genre.group())
        and locator
        and not {"pages", "issue"} & locator[2].keys()
    ):
        locator = None
    if locator is not None:
        locator_start, locator_end, parts = locator
        locator_start = max(locator_start, begin)
        parts = _settled(reading, parts, begin)
        if locator_start == locator[2].get("volume", (0, 0))[0] and "volume" in parts:
            locator_start = parts["volume"][0]
        for label, (start, end) in parts.items():
            reading.add(start, end, label)
    else:
        locator_start = locator_end = len(reading.text)
        parts = {}
    if parts and "pages" not in parts and (apart := find_pages(reading.masked, locator_end)):
        reading.add(*apart, "pages")
    _tag_titles(reading, begin, (locator_start, locator_end), parts)
    return sorted(reading.spans)


def _tag_people_and_date(reading: _Reading) -> int:
    """Tag who and when; return where the title begins."""
    block = find_names(reading.masked)
    after = block.after if block else 0
    date = find_date(reading.masked, after)
    begin = 0
    if date is not None:
        reading.add(date.start, date.end, "date")
        reading.mask(date.start, date.end, DATE_MASK)
        for same in find_same_dates(
            reading.masked, reading.text[date.start : date.end][-4:], after
        ):
            reading.add(*same)
            reading.mask(same.start, same.end, DATE_MASK)
    gap = reading.masked[after : date.start] if date else ""
    early = date is not None and _is_early(reading.masked, after, date)
    if early and date is not None:
        if gap.strip(_EMPTY + "([") or block is None:
            role, _ = find_editor_mark(gap, 0)
            reading.add(0, date.start, role if block else "author")
        elif block is not None:
            reading.add(block.start, block.end, block.role)
        begin = date.end
        while begin < len(reading.text) and reading.masked[begin] in _EMPTY + ")]":
            begin += 1
    elif block is not None:
        reading.add(block.start, block.end, block.role)
        begin = block.after
    elif (group := _GROUP.match(reading.masked)) and _is_group_author(group.group()):
        if reading.masked[group.end() :].strip(_EMPTY + DATE_MASK + MASK + ")("):
            reading.add(0, group.end(), "author")
            begin = group.end()
    while begin < len(reading.text) and reading.masked[begin] in " .,;:–-)]" + MASK + DATE_MASK:
        begin += 1
    return begin


def _is_group_author(text: str) -> bool:
    """Tell a group at the beginning from a title: its words are capitalised."""
    lower = [word for word in text.split() if word[:1].islower() and word not in SMALL_WORDS]
    return has_group_word(text) and len(lower) <= 1


def _settled(
    reading: _Reading, parts: dict[str, tuple[int, int]], begin: int
) -> dict[str, tuple[int, int]]:
    """Leave the section letter of a journal to its name; call n° 95 an issue."""
    if "volume" not in parts:
        return parts
    start, end = parts["volume"]
    before = reading.masked[begin:start]
    if "issue" not in parts and re.search(
        r"(?:\bn\s?[°º]|\bno\.|\bnr\.?|№)\s?$", before, re.IGNORECASE
    ):
        return {
            **{label: span for label, span in parts.items() if label != "volume"},
            "issue": (start, end),
        }
    if (letter := re.match(r"[A-H]\s?(?=\d)", reading.masked[start:end])) and re.search(
        r"[a-z.]\s?$", before
    ):
        return {**parts, "volume": (start + letter.end(), end)}
    return parts


def _is_early(masked: str, after: int, date: Span) -> bool:
    """Tell whether a date stands between the people and the title."""
    rest = masked[date.end :].strip(_EMPTY + ")]" + MASK)
    if len(rest.split()) < 1:
        return False
    gap = masked[after : date.start].strip(_EMPTY + "([")
    if not gap:
        return after > 0 or date.start <= 1
    bracketed = masked[: date.start].rstrip()[-1:] in "([" and masked[date.end :].lstrip()[
        :1
    ] in tuple(")]")
    stopped = masked[: date.start].rstrip()[-1:] in ".,:" and masked[date.end :].lstrip()[
        :1
    ] in tuple(".,:")
    if re.search(r"[“”\"«»:]|\b(?:in|In|of)\b.*[,.]|\d", gap) or not (bracketed or stopped):
        return False
    if after:
        return len(gap) < _MAX_GAP and bracketed and len(gap.split()) <= 8  # noqa: PLR2004
    return (
        len(gap) < _MAX_GAP
        and len(rest.split()) >= _MIN_TITLE
        and (bracketed or has_group_word(gap))
        and ". " not in gap
    )


def _tag_titles(
    reading: _Reading, begin: int, locator: tuple[int, int], parts: dict[str, tuple[int, int]]
) -> None:
    """Tag title, container and imprint."""
    if edition := find_edition(reading.masked, begin + 1):
        start, end, span = edition
        if start > begin:
            reading.add(span.start, span.end, "edition")
            reading.mask(start, end, MASK)
    if (genre := _GENRE.search(reading.masked, begin)) and genre.start() > begin + 3:
        reading.add(*genre.span("genre"), "genre")
        if genre.start() > begin:
            reading.mask(genre.start(), genre.end(), MASK)
    quoted = find_quoted(reading.masked, begin)
    if (
        quoted is None
        and not begin
        and (colon := re.compile(r"[^“\"]{3,60}:\s(?=[“\"])").match(reading.masked))
    ):
        quoted = find_quoted(reading.masked, colon.end())
    if quoted is not None:
        reading.add(quoted[0], quoted[1], "title")
        _tag_after_title(reading, quoted[2], locator, parts)
        return
    limit = locator[0] if "volume" in parts else len(reading.text)
    host = find_host(reading.masked, begin, limit)
    if host is not None:
        reading.add(begin, host.start, "title")
        _tag_host(reading, host.end, locator, parts)
    elif (
        ("volume" in parts or "issue" in parts or "pages" in parts)
        and _is_reported(reading)
        and _tag_thesis(reading, begin)
    ):
        return
    elif ("volume" in parts or "issue" in parts) and not _is_volume_of_book(
        reading, parts, locator
    ):
        _tag_article(reading, begin, locator)
    else:
        _tag_book(reading, begin, locator)


def _is_volume_of_book(
    reading: _Reading, parts: dict[str, tuple[int, int]], locator: tuple[int, int]
) -> bool:
    """Tell "Lectures, Vol. 2 (Springer, Berlin, 1952)" from a journal."""
    alone = "pages" not in parts and "issue" not in parts
    return alone and find_imprint(reading.masked, locator[1]) is not None


def _tag_after_title(
    reading: _Reading, begin: int, locator: tuple[int, int], parts: dict[str, tuple[int, int]]
) -> None:
    """Tag what follows a title in quotation marks."""
    lead = re.compile(r"[\s.,;:]*(?:\([^()]{1,12}\)\s)?(?:in|In|IN|dans|en|em)\b\s?:?\s?").match(
        reading.masked, begin
    )
    if lead:
        _tag_host(reading, lead.end(), locator, parts)
        return
    if "volume" in parts or "issue" in parts:
        end = _first_mark(reading.masked, begin, locator[0])
        reading.add(begin, end, "container")
        return
    _tag_host(reading, begin, locator, parts, named=False)


def _tag_article(reading: _Reading, begin: int, locator: tuple[int, int]) -> None:
    """Tag title and journal where a volume or issue is printed."""
    dated = reading.masked.find(DATE_MASK, begin, locator[0])
    end = locator[0]
    if dated >= 0:
        later = reading.masked[dated : locator[0]].strip(DATE_MASK + _EMPTY + "()")
        if len(later) > 2 and not later[:1].islower():  # noqa: PLR2004
            begin_later = reading.masked.index(later, dated)
            reading.add(begin, dated, "title")
            reading.add(begin_later, locator[0], "container")
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


def _tag_book(reading: _Reading, begin: int, locator: tuple[int, int]) -> None:
    """Tag title and imprint where no volume is printed."""
    if _tag_thesis(reading, begin):
        return
    imprint = find_imprint(reading.masked, begin)
    _add_imprint(reading, imprint)
    stop = min(locator[0], imprint.start if imprint else len(reading.text))
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
    if imprint is None or locator[0] < len(reading.text):
        reading.add(begin, begin + title_end, "title")
        name = reading.masked[begin + container_start : end]
        is_book = imprint is None and locator[0] == len(reading.text) and not is_host_name(name)
        reading.add(begin + container_start, end, "publisher" if is_book else "container")
    else:
        reading.add(begin, end, "title")


def _tag_thesis(reading: _Reading, begin: int) -> bool:
    """Tag title and school of a thesis."""
    genre = next((span for span in reading.spans if span.label == "genre"), None)
    if genre is None or not _THESIS.search(reading.text[genre.start : genre.end]):
        return False
    end = genre.start
    while end > begin and reading.masked[end - 1] in _EMPTY + "([" + MASK:
        end -= 1
    if (dated := reading.masked.find(DATE_MASK, begin, end)) > begin + 3:
        end = dated
    reading.add(begin, end, "title")
    imprint = find_imprint(reading.masked, genre.end)
    if imprint is not None:
        _add_imprint(reading, imprint)
    else:
        school = re.compile(r"[\s.,:;\ue003)\]]*([^.,;(\ue002\ue003]{3,80})").match(
            reading.masked, genre.end
        )
        if school:
            reading.add(*school.span(1), "publisher")
    return True


def _tag_host(
    reading: _Reading,
    begin: int,
    locator: tuple[int, int],
    parts: dict[str, tuple[int, int]],
    *,
    named: bool = True,
) -> None:
    """Tag what follows "In": editors, container, imprint."""
    imprint = find_imprint(reading.masked, begin)
    _add_imprint(reading, imprint)
    limit = len(reading.text)
    stop = min(locator[0] if parts else limit, imprint.start if imprint else limit)
    block = find_names(reading.masked, begin) if named else None
    if (block is not None and block.role == "editor") or (
        block is not None
        and block.sure
        and not is_host_name(reading.text[begin : block.end])
        and reading.masked[block.after : block.after + 2].strip()[:1] in tuple(",:.")
    ):
        reading.add(block.start, block.end, "editor")
        begin = block.after
    if mark := _EDITED_BY.search(reading.masked, begin, limit):
        if (names := find_names(reading.masked, mark.end())) is not None:
            reading.add(names.start, names.end, "editor")
            stop = min(stop, mark.start()) if mark.start() > begin + 3 else stop
            if mark.start() <= begin + 3:
                begin = names.after
    begin, stop = _tag_editors_behind(reading, begin, max(begin, stop))
    end = _first_mark(reading.masked, begin, max(begin, stop))
    name = reading.masked[begin:end].strip(_EMPTY)
    reported = not named and imprint is None and (_is_reported(reading) or is_publisher(name))
    reading.add(begin, end, "publisher" if reported else "container")


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


_MARK = re.compile(
    rf"[{MASK}{DATE_MASK}]|[,.;(]\s?(?:[Vv]ol(?:ume|s)?\b|[Pp]p?\.\s|[Pp]ages?\s\d|[Nn]o\.|[Ss]eries\b|\d+\s?(?:pp?\.|pages)|\d{1, 2}\svols?\b|[Ss]er\.)|\s\((?=[{UPPER}][^()]*[{DATE_MASK}])"
    r"|[.,;]\s(?:[Aa]vailable|[Rr]etrieved|[Aa]ccessed|[Oo]nline|URL|[Dd]oi|DOI|[Ll]ast\s|[Ee]pub|[Pp]ublished\sonline|[Uu]npublished|[Ii]n\spress)"
    r"|[.,]\s(?:\d{1,2}\s)?(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)(?=[\s.,\d]*$|\s\d)"
)


def _first_mark(masked: str, begin: int, stop: int) -> int:
    """Where a name ends at the latest: at an identifier, the date, "vol." or a note."""
    match = _MARK.search(masked, begin + 1, stop)
    return match.start() if match else stop
