"""How like two works are, part by part: title, first author, year, place, imprint, kind."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nqp_biblio.services.imprint import compare_kind, compare_place, compare_publisher
from nqp_biblio.text.numbers import parse_year
from nqp_biblio.text.unicode import fold, strip_markup
from nqp_biblio.text.venue_names import share_of_words

if TYPE_CHECKING:
    from nqp_biblio.record import Person, Record

__all__ = ["PARTS", "compare", "squash"]

PARTS = (
    *("title", "author", "year", "venue", "volume", "page"),
    *("publisher", "place", "kind"),
)
"""The parts that are compared, the weightiest first."""

_SAME_TITLE, _CLOSE_TITLE, _NEAR_TITLE = 0.97, 0.9, 0.75
_SHORT_TITLE = 15
"""Letters below which a title is too short to tell a work, such as "Editorial"."""

_SAME_VENUE, _NEAR_VENUE, _SAME_NAME = 0.8, 0.5, 0.85
_MIN_IN_RAW = 20
_MIN_CUT = 8
_MIN_FAMILY, _NAMES_START = 4, 40
_MOST_RAW = 4_000
_MOST_TITLE = 1_000
_LETTER = re.compile(r"[a-z]")
_DIGITS = re.compile(r"\d+")
_SUBTITLE = re.compile(r"\s*[:.?!;—–]\s+|\s+-\s+")


def squash(text: str | None) -> str:
    r"""Fold a text and take its blanks away, so that words cut at the end of a line are whole.

    Examples
    --------
    >>> squash("Endos-\ncopy, 2nd ed.")
    'endoscopy2nded'
    """
    return fold(text).replace(" ", "") if text else ""


def compare(record: Record, candidate: Record) -> dict[str, str]:
    """Compare two works part by part.

    Parameters
    ----------
    record : Record
        A work as printed; its `raw`, where it has one, is searched for what was not read.
    candidate : Record
        A work as a service gives it.

    Returns
    -------
    dict of str to str
        For each of `PARTS` a level: ``same``, levels between (``close``,
        ``cut``, ``near``, ``short``, ``listed``, ``next``), ``other``, or ``none`` where either
        side has nothing to compare.

    Examples
    --------
    >>> from nqp_biblio.record import Record
    >>> one = Record(title="On the origin of species", publication_year=1859)
    >>> compare(one, Record(title="On the Origin of Species", publication_year=1860))["year"]
    'next'
    """
    raw = (record.raw or "")[:_MOST_RAW]
    squashed = _squashed(raw)
    volume, page = _volume_and_page(record, candidate, raw)
    return {
        "title": _title(record, candidate, squashed),
        "author": _author(record, candidate, squashed),
        "year": _year(record, candidate, raw),
        "venue": _venue(record, candidate, squashed),
        "volume": volume,
        "page": page,
        "publisher": compare_publisher(record, candidate),
        "place": compare_place(record, candidate),
        "kind": compare_kind(record, candidate),
    }


@lru_cache(maxsize=64)
def _squashed(raw: str) -> str:
    """Squash a string; the same one meets many candidates in a row."""
    return squash(strip_markup(raw))


def _is_one_script(one: str, other: str) -> bool:
    """Whether both are in Latin letters, or neither is."""
    return bool(_LETTER.search(one)) == bool(_LETTER.search(other))


def _title(record: Record, candidate: Record, raw: str) -> str:
    """Compare titles, the candidate's also with the whole string."""
    printed = strip_markup(record.title or "")[:_MOST_TITLE]
    found = strip_markup(candidate.title or "")[:_MOST_TITLE]
    one, other = squash(printed), squash(found)
    if not other or not (one or raw) or not _is_one_script(one or raw, other):
        return "none"
    if not one and len(other) < _MIN_IN_RAW:
        return "none"
    share = max(_direct(one, other), _within(one, other, raw))
    share *= 1 - _share_of_new_words(found, raw or one) / 2
    return _title_level(one, other, max(share, _before_subtitle(printed, found)))


def _title_level(one: str, other: str, share: float) -> str:
    """Name the level of a likeness."""
    if share >= _SAME_TITLE:
        return "same" if len(other) >= _SHORT_TITLE else "short"
    if share >= _CLOSE_TITLE:
        return "close"
    if not one:
        return "none"  # the reference prints no title, as is usual in some fields
    if _is_cut(one, other):
        return "cut"
    return "near" if share >= _NEAR_TITLE else "other"


def _is_cut(one: str, other: str) -> bool:
    """Whether one title begins as the other does and ends before it."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _MIN_CUT and long.startswith(short)


def _direct(one: str, other: str) -> float:
    """Compare two squashed titles."""
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other) / 100 if one else 0.0


def _before_subtitle(printed: str, found: str) -> float:
    """Score two titles of which one lacks the subtitle: close, and never the same."""
    one, other = squash(printed), squash(found)
    short, long = (printed, found) if len(one) < len(other) else (found, printed)
    wanted = squash(short)
    if len(wanted) < _SHORT_TITLE:
        return 0.0
    ends = (found.start() for found in _SUBTITLE.finditer(long))
    return _CLOSE_TITLE if any(squash(long[:end]) == wanted for end in ends) else 0.0


def _within(one: str, other: str, raw: str) -> float:
    """Score a title that stands in the string, though another was read there.

    A string whose title was read, and goes on where the candidate's ends, names another work.
    """
    from rapidfuzz import fuzz

    if not raw or not _MIN_IN_RAW <= len(other) <= len(raw):
        return 0.0
    if len(one) > len(other) and one.startswith(other):
        return 0.0
    return fuzz.partial_ratio(other, raw) / 100


def _share_of_new_words(title: str, text: str) -> float:
    """Share of the longer words of a title that stand nowhere in a squashed text."""
    from rapidfuzz import fuzz

    words = [word for word in fold(title).split() if len(word) > len("and")]
    new = [
        word
        for word in words
        if word not in text and fuzz.partial_ratio(word, text, score_cutoff=80) == 0
    ]
    return len(new) / len(words) if words else 0.0


def _author(record: Record, candidate: Record, raw: str) -> str:
    """Compare the first authors, that of the candidate also with the start of the string."""
    people, found = _authors(record), _authors(candidate)
    if not found or not (people or raw):
        return "none"
    wanted = _names(found[0])
    if not wanted or not _is_one_script(people[0].display.lower() if people else raw, wanted[0]):
        return "none"
    family = wanted[0]
    if people and any(_is_name(name, other) for name in _names(people[0]) for other in wanted):
        return "same"
    if family in raw[: _NAMES_START if len(family) >= _MIN_FAMILY else len(family)]:
        return "same"
    if not people:
        return "none"
    printed = {name for person in people for name in _names(person)}
    listed = {name for person in found for name in _names(person)}
    is_listed = not printed.isdisjoint((family, squash(found[0].given)))
    return "listed" if is_listed or listed.intersection(_names(people[0])) else "other"


def _authors(record: Record) -> list[Person]:
    """Return the authors, else whoever made the work."""
    return record.people_of("author") or record.people


def _names(person: Person) -> list[str]:
    """Return the squashed family name, with and without its particle, or the group's name."""
    family = squash(person.family or person.literal)
    particle = squash(person.particle)
    return [name for name in dict.fromkeys((particle + family, family)) if name]


def _is_name(one: str, other: str) -> bool:
    """Whether two family names are one, but for a slip in a long one."""
    from rapidfuzz import fuzz

    if one == other:
        return True
    long = min(len(one), len(other)) > _MIN_FAMILY
    return long and fuzz.ratio(one, other) >= 100 * _SAME_NAME


def _year(record: Record, candidate: Record, raw: str) -> str:
    """Compare years; one apart is usual between online and print."""
    printed = record.publication_year or parse_year(raw)
    found = candidate.publication_year
    if printed is None or found is None:
        return "none"
    apart = abs(printed - found)
    return "same" if apart == 0 else "next" if apart == 1 else "other"


def _venue(record: Record, candidate: Record, raw: str) -> str:
    """Compare the names of journals or books, in full or abbreviated."""
    printed = [name for name in (record.source_raw, record.source) if name]
    found = _venue_names(candidate)
    if not found or not (printed or raw):
        return "none"
    if not _is_one_script(fold(printed[0]) if printed else raw, fold(found[0])):
        return "none"
    if any(len(name) > len("nature") and squash(name) in raw for name in found):
        return "same"
    if not printed:
        return "none"
    share = max(share_of_words(one, other) for one in printed for other in found)
    return "same" if share >= _SAME_VENUE else "near" if share >= _NEAR_VENUE else "other"


def _venue_names(candidate: Record) -> list[str]:
    """Return the names of a candidate's venue, the short one of Crossref too."""
    names = [candidate.source_raw, candidate.source]
    for name, text in candidate.fields:
        if name == "short-container-title":
            names += text.split("; ")
    return [strip_markup(name) for name in dict.fromkeys(names) if name]


def _volume_and_page(record: Record, candidate: Record, raw: str) -> tuple[str, str]:
    """Compare volume and first page; both at once where they stand together in the string."""
    volume, page = _number(candidate.volume), _first_page(candidate)
    if raw and volume and page and _stand_together(volume, page, raw):
        return "same", "same"
    printed = _first_page(record) or _page_after(record.volume, raw, record.publication_year)
    return _volume(record, volume), _page(printed, page, record, candidate)


def _stand_together(volume: str, page: str, raw: str) -> bool:
    """Whether volume and first page follow each other, with an issue at most between."""
    pattern = (
        rf"(?<![^\W_])0{{0,3}}{re.escape(volume)}(?![^\W_])[\W_]{{0,6}}"
        rf"(?:(?:\([^()]{{1,20}}\)|(?:no|nr|issue|iss|suppl|pt)[.\s]{{0,3}}\w{{1,8}})[\W_]{{1,6}})?"
        rf"(?:pp?[.\s]{{0,3}})?0{{0,3}}{re.escape(page)}(?![^\W_])"
    )
    return re.search(pattern, raw, re.IGNORECASE) is not None


def _page_after(volume: str | None, raw: str, year: int | None) -> str:
    """Find the page that stands behind the volume in a string, where none was read."""
    if not volume or not raw:
        return ""
    pattern = (
        rf"(?<![^\W_]){re.escape(volume)}\s{{0,2}}(?:\([^()]{{1,20}}\))?\s{{0,2}}[:,]\s{{0,2}}"
        rf"(?:pp?[.\s]{{0,3}})?([a-z]{{0,2}}\d{{1,8}})(?![^\W_])"
    )
    found = re.search(pattern, raw, re.IGNORECASE)
    return _number(found[1]) if found and found[1] != str(year) else ""


def _number(printed: str | None) -> str:
    """Return a number of a volume or page for comparing: folded, without leading zeros."""
    return squash(printed).lstrip("0")


def _volume(record: Record, found: str) -> str:
    """Compare volumes; a year in the place of one says nothing."""
    printed = _number(record.volume)
    if not printed or not found:
        return "none"
    if printed == found:
        return "same"
    years = {str(record.publication_year), str(parse_year(found) or "")}
    if printed in years or found in years:
        return "none"
    ours, theirs = _DIGITS.findall(printed), _DIGITS.findall(found)
    return "same" if ours and ours == theirs else "other"


def _first_page(record: Record) -> str:
    """Return the first page, else the number of the article."""
    return _number(record.pages[0][0] if record.pages else record.article_number)


def _page(printed: str, found: str, record: Record, candidate: Record) -> str:
    """Compare first pages; a letter may be missing, and a slip in one digit is near."""
    from rapidfuzz.distance import OSA

    if not printed or not found:
        return "none"
    if printed == found:
        return "same"
    if "1" in (printed, found) and record.article_number != candidate.article_number:
        return "none"
    ours, theirs = _DIGITS.findall(printed), _DIGITS.findall(found)
    if ours == theirs and (printed.isdecimal() or found.isdecimal()):
        return "same"
    if ours == theirs:
        return "near"
    is_long = min(len(printed), len(found)) >= 3  # noqa: PLR2004
    return "near" if is_long and OSA.distance(printed, found) == 1 else "other"
