"""The source line of Ovid's databases: journal, volume, pages and date, or the book."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nqp_biblio.text.names import parse_person

if TYPE_CHECKING:
    from nqp_biblio.record import Person

__all__ = ["OvidSource", "parse_source"]

_MONTHS = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter)"
    r"[a-z]{0,6}"
)
_NAME = r"(?P<name>.{1,300}?)"
_VOLUME = r"(?P<volume>(?:[A-Z]{0,3}\d[\w/-]{0,15}|[IVXLC]{1,8})(?: [Ss]uppl\.? ?\w{0,6})?)"
_ISSUE = r"(?:\s?\((?P<issue>[^,:;]{1,40}?)\))?"
_PAGES = r"(?P<pages>[^,;]{1,60}?)"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DATE = rf"(?P<date>[^,;:]{{0,30}}{_YEAR}[^,;:]{{0,20}}?)"
_REST = r"(?:\..{0,300})?"
_MONTH = rf"{_MONTHS}(?:[/-]{_MONTHS})?(?: \d{{1,2}})?"
_DAY = rf"(?P<date>(?:{_MONTH} )?{_YEAR}|{_YEAR} {_MONTH})"
_WITH_PAGES = r"\((?:pp? ?(?P<pages>[^()]{1,40})|no pagination)\)"
_SERIAL_FORMS = (
    rf"{_NAME}\. ?Vol\.? ?{_VOLUME}{_ISSUE},? ?{_DATE}(?:, ?(?:pp?\. ?)?{_PAGES})?",
    rf"{_NAME}\. ?{_VOLUME}{_ISSUE}: ?{_PAGES}, {_DATE}{_REST}",
    rf"{_NAME}\. ?\((?P<issue>[^():]{{1,30}})\): ?{_PAGES}, {_DATE}{_REST}",
    rf"{_NAME}\. ?{_VOLUME}{_ISSUE},? {_WITH_PAGES},? {_DATE}{_REST}",
    rf"{_NAME}[.,]? {_DAY}; ?{_VOLUME}{_ISSUE}(?:: ?{_PAGES})?",
    rf"{_NAME},? (?P<volume>\d{{1,4}}){_ISSUE}, {_DATE}: ?{_PAGES}",
    rf"{_NAME},? (?P<volume>\d{{1,4}}){_ISSUE}: ?{_PAGES}",
)
_SERIAL = tuple(map(re.compile, _SERIAL_FORMS))
"""Ways to print the place of an article, the surest first; each takes the whole line."""

_EDITOR = re.compile(r"([^\[\]()]{1,80}?) ?\[Eds?\.?\]\.?(?:[;,] ?| (?=\())?")
_BOOK = re.compile(
    rf"(?P<editors>[^()]{{0,300}}?)\s?\((?P<date>{_YEAR})\)\.? (?P<name>.{{1,400}}?)"
    r"(?:[.,]? \(pp?\. ?(?P<pages>[^()]{1,30})\)\.?)?"
    r"(?:[.,]? (?:[xivlc]{1,9}, )?(?:\d{1,5}|[XVILC]{1,9}) pp\.?(?: (?P<imprint>.{1,300}))?)?"
)
_PART = re.compile(
    rf"(?P<name>.{{1,600}}?[.\]]) (?P<imprint>[^.\[\]]{{1,120}})\. (?P<date>{_YEAR})"
    r"(?:: ?(?P<extent>[\w-]{1,20}))?\.?"
    r"(?: Chapter pagination: (?P<pages>[\w-]{1,20})\.?)?"
)
_FULL_DATE = re.compile(r"Date of Publication: ([\w ]{4,30})")
_MAX = 3_000


@dataclass(slots=True)
class OvidSource:
    """What a source line says; what it does not say is None."""

    name: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    date: str | None = None
    publisher: str | None = None
    place: str | None = None
    event: str | None = None
    editors: list[Person] = field(default_factory=list)
    is_book: bool = False


def parse_source(text: str) -> OvidSource:
    """Read a source line.

    Parameters
    ----------
    text : str
        The line, cleaned.

    Returns
    -------
    OvidSource
        Where the line has no form that is known, it is the name of the source if it has no
        digit in it.

    Examples
    --------
    >>> found = parse_source("Ecohydrology. 8(6):1048-1064, September 2015.")
    >>> found.name, found.volume, found.issue, found.pages, found.date
    ('Ecohydrology', '8', '6', '1048-1064', 'September 2015')
    """
    text = text.strip()[:_MAX]
    if "[Ed" in text or _BOOK.match(text):
        return _parse_book(text)
    line = text.rstrip(". ")
    for pattern in _SERIAL:
        if found := pattern.fullmatch(line):
            place = OvidSource()
            for name, printed in found.groupdict().items():
                setattr(place, name, (printed or "").strip(" .,") or None)
            return _with_details(place, line)
    return OvidSource(name=None if any(map(str.isdigit, line)) else line or None)


def _with_details(place: OvidSource, line: str) -> OvidSource:
    """Part the conference from the journal, and take the date that Embase prints at the end."""
    name, _, event = (place.name or "").partition(". Conference: ")
    place.name, place.event = name or None, event or None
    if (date := _FULL_DATE.search(line)) and place.date and place.date in date[1]:
        place.date = date[1]
    return place


def _parse_book(text: str) -> OvidSource:
    """Read the book that a chapter stands in."""
    found = OvidSource(is_book=True)
    rest, at = text, 0
    while editor := _EDITOR.match(text, at):
        found.editors.append(_editor(editor[1]))
        at = editor.end()
    rest = text[at:].lstrip(" .")
    book = _BOOK.fullmatch(rest.rstrip()) or _PART.fullmatch(rest.rstrip())
    if book is None:
        found.name = rest or None
        return found
    parts = book.groupdict()
    if printed := (parts.get("editors") or "").strip(" .,;"):
        found.editors += [_editor(name) for name in re.split(r"; |, (?=\S+, )", printed)]
    found.name, found.date = parts["name"].partition("] [")[0].rstrip(". "), parts["date"]
    if "] [" in parts["name"]:  # the original title follows the translated one
        found.name += "]"
    found.pages = parts["pages"]
    _take_imprint(found, (parts["imprint"] or "").rstrip(". "))
    return found


def _editor(name: str) -> Person:
    """Make an editor of a name."""
    person = parse_person(name.strip(" ;,") or name)
    person.role = "editor"
    return person


def _take_imprint(found: OvidSource, imprint: str) -> None:
    """Split "Place: Publisher" or "Publisher, Place"."""
    place, colon, publisher = imprint.partition(": ")
    if not colon:
        publisher, _, place = imprint.rpartition(", ")
        publisher, place = (publisher, place) if publisher else (place, "")
    found.publisher, found.place = publisher.strip() or None, place.strip() or None
