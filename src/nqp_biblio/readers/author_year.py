"""In-text citations by author and year: (Smith, 2001; Jones & Lee 2003a), Smith et al. (2001)."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nqp_biblio.readers.author_year_index import UNDATED, AuthorYearIndex, CitedNames
from nqp_biblio.readers.marker import Marker
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["AuthorYearIndex", "find_author_year"]

_BRACKETS = re.compile(r"[(（\[［)）\]］]")
_NESTED = re.compile(r"\s?[(\[][^()\[\]]{0,200}[)\]]")
_OPENING = frozenset("(（[［")
_DATE = re.compile(
    r"(?<![\d/.–-])(?<!pp\.\s)(?<!\bp\.\s)(?P<year>(?:1[5-9]|20)\d\d)(?P<letter>[a-z]?)(?![\w%])"
    r"|\b(?P<undated>in press|in print|forthcoming|to appear|in preparation|submitted|accepted"
    r"|unpublished|im druck|im erscheinen|en prensa|sous presse|n\.\s?d\.|no date|o\.\s?j\."
    r"|s\.\s?f\.)(?:-?(?P<own>[a-z])(?!\w))?(?!\w)",
    re.IGNORECASE,
)
_SHARED_LETTERS = re.compile(r"\s?(?:[,/&]|and\s)\s?([a-z])(?![\w.])")
_ONLY_GAP = re.compile(r"(?:[\s,;&/]|\b(?:and|und|et|y|e|or)\b|\bpp?\.\s?\d[\d–-]*)*")
_CUT = re.compile(r"([^\W\d_])-[ \t]*\n[ \t]*(?=[^\W\d_])|\u00ad\n?")
_PARTICLES = (
    r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]el|[Dd]ella|der|den|di|[Dd]a|dos|du|[Ll]a|[Ll]e|[Ee]l|al|ter"
    r"|ten|zu)[\s-]){0,3}"
)
_INITIALS = r"(?:[^\W\d_a-z]\.[\s-]?){0,3}"
_NAME = (
    rf"{_INITIALS}{_PARTICLES}(?:[dDlLO]['’])?[^\W\d_a-z][\w'’-]{{0,30}}"
    r"(?:\s(?:of|for|the|on|[^\W\d_a-z][\w'’-]{1,30})){0,6}"
)
_AND = r"\s?(?:,?\s(?:and|und|et|y|e|en|och|og|i|и|&)\s|,\s|&|和|与|及|、)\s?"
_NAMES = re.compile(
    rf"(?P<names>{_NAME}(?:{_AND}{_NAME}){{0,7}})"
    r"(?P<others>,?\s(?:et\s?al\b\.?|et\scol{1,2}\b\.?|and others|u\.\s?a\.|и др\."
    r"|(?:and|&|und|et|y)\s(?:colleagues|co-?workers|co-?authors|associates|collaborators"
    r"|mitarbeiter|collaborateurs|colaboradores|cols\b\.?|coll\b\.?)))?"
    r"(?:['’]s?)?[\s,:]{0,3}$"
)
_CJK_NAMES = re.compile(
    r"(?<![\u3400-\u9fff])([\u3400-\u9fff、和与及]{1,24}?)(等人?)?[\s,，]{0,2}$"
)
_OTHERS = re.compile(r"(?:等人?)?[\s,，]{0,2}$")
_POSSESSIVE = re.compile(r"['’]s?$")
_SPLIT_NAMES = re.compile(_AND)
_OWN_INITIALS = re.compile(r"((?:[^\W\d_a-z]\.[\s-]?){1,3})\s?(?=\S)")
_BY_AND = re.compile(r"and|und|et|y|e|en|och|og|i|и|&|和|与|及")
_NO_NAMES_TEXT = (
    "january february march april may june july august september october november december"
    " in since until from after before during by figure fig table section chapter equation eq"
    " appendix see the of and for between year years spring summer autumn winter fall jan feb"
    " mar apr jun jul aug sep sept oct nov dec version accessed retrieved copyright vol page a an"
    " at on to our we this these as while but when although however thus hence also both like"
    " with according moreover furthermore e.g e g cf"
)
_NO_NAMES = frozenset(_NO_NAMES_TEXT.split())
_BEFORE = 260
_MAX_GROUP = 1_500
_LONGEST_CJK = 4


@dataclass(slots=True)
class _Group:
    """A pair of brackets: where it lies, and the dates right inside of it."""

    start: int
    end: int
    dates: list[re.Match[str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Citing:
    """Names as read before a date, and how many signs before its end they begin."""

    cited: CitedNames
    n_back: int


def find_author_year(text: str, index: AuthorYearIndex) -> Iterator[Marker]:
    """Find the citations by author and year in a paragraph.

    Parameters
    ----------
    text : str
        The paragraph.
    index : AuthorYearIndex
        The references that they may name.

    Yields
    ------
    Marker
        From the opening parenthesis, or from the first name where only the year stands in
        parentheses. What names no reference of the list, or more than one, is in `unknown`.
        A name and year without parentheses count where they name one reference.
    """
    dates = list(_DATE.finditer(text))
    if not dates:
        return
    joined, cuts, removed = _mended(text)
    if cuts:
        dates = list(_DATE.finditer(joined))
    groups, bare = _placed(joined, dates)
    found = [*(_group_marker(joined, group, index) for group in groups)]
    found += [_bare_marker(joined, date, index) for date in bare]
    for marker in found:
        if marker is not None:
            start, end = (
                place + removed[bisect.bisect_right(cuts, place)]
                for place in (marker.start, marker.end - 1)
            )
            yield Marker(start, end + 1, marker.labels, marker.unknown)


def _mended(text: str) -> tuple[str, list[int], list[int]]:
    """Join words that a line end cuts; say where, and how many signs are gone so far."""
    parts: list[str] = []
    cuts: list[int] = []
    removed = [0]
    begin = length = 0
    for match in _CUT.finditer(text):
        kept = text[begin : match.start() + len(match[1] or "")]
        parts.append(kept)
        length += len(kept)
        cuts.append(length)
        removed.append(match.end() - length)
        begin = match.end()
    parts.append(text[begin:])
    return "".join(parts), cuts, removed


def _placed(text: str, dates: list[re.Match[str]]) -> tuple[list[_Group], list[re.Match[str]]]:
    """Give each date to the innermost pair of brackets around it; the others stand bare."""
    stack: list[_Group] = []
    closed: list[_Group] = []
    bare: list[re.Match[str]] = []
    events: list[tuple[int, re.Match[str]]] = sorted(
        ((found.start(), found) for found in (*dates, *_BRACKETS.finditer(text))),
        key=lambda event: event[0],
    )
    for place, what in events:
        while stack and place - stack[0].start > _MAX_GROUP:
            bare += stack.pop(0).dates
        if what.re is _DATE:
            (stack[-1].dates if stack else bare).append(what)
        elif what[0] in _OPENING:
            stack.append(_Group(place, place))
        elif stack:
            group = stack.pop()
            group.end = place + 1
            closed.append(group)
    for group in stack:
        bare += group.dates
    return [group for group in closed if group.dates], bare


# -- one marker ----------------------------------------------------------------------------


def _group_marker(text: str, group: _Group, index: AuthorYearIndex) -> Marker | None:
    """Read the citations in one pair of parentheses."""
    first = group.dates[0]
    n_back = 0
    last: CitedNames | None = None
    if not text[group.start + 1 : first.start()].strip():
        citing = _names_before(text[max(0, group.start - _BEFORE) : group.start], index, first)
        if citing is not None:
            last, n_back = citing.cited, citing.n_back
    labels: list[str] = []
    unknown: list[str] = []
    position = group.start + 1
    for date in group.dates:
        between = _NESTED.sub("", text[position : date.start()])
        own = _names_before(between.rpartition(";")[2].rpartition("；")[2], index, date)
        if own is not None:
            last = own.cited
        elif not _ONLY_GAP.fullmatch(between):
            last = None
        position = date.end()
        if last is None:
            continue
        for letter in _letters(text, date):
            found, reason = _resolve((last, _year_of(date), letter), index)
            labels += found
            unknown += reason
    if not labels and not unknown:
        return None
    reasons = tuple(dict.fromkeys(unknown))
    return Marker(group.start - n_back, group.end, tuple(dict.fromkeys(labels)), reasons)


def _bare_marker(text: str, date: re.Match[str], index: AuthorYearIndex) -> Marker | None:
    """Read a citation without parentheses, which must name one reference of the list."""
    before = text[max(0, date.start() - _BEFORE) : date.start()]
    citing = _names_before(before, index, date)
    if citing is None:
        return None
    labels: list[str] = []
    for letter in _letters(text, date):
        found, _ = _resolve((citing.cited, _year_of(date), letter), index)
        labels += found
    if not labels:
        return None
    return Marker(date.start() - citing.n_back, date.end(), tuple(dict.fromkeys(labels)))


def _year_of(date: re.Match[str]) -> int:
    """Return the year, or the number that stands for none."""
    return int(date["year"]) if date["year"] else UNDATED


def _letters(text: str, date: re.Match[str]) -> list[str]:
    """Return the letters after a year: 2003a, b is two."""
    letters = [date["letter"] or date["own"] or ""]
    at = date.end()
    while letters[0] and (more := _SHARED_LETTERS.match(text, at)):
        letters.append(more[1])
        at = more.end()
    return letters


def _resolve(
    wanted: tuple[CitedNames, int, str], index: AuthorYearIndex
) -> tuple[list[str], list[str]]:
    """Look one citation up: its label, or the reason why it has none."""
    cited, year, letter = wanted
    found = index.find(cited, year, letter)
    if len(found) == 1:
        return found, []
    shown = f"{' & '.join(cited.names)}{' et al.' if cited.others else ''} {year or 'in press'}"
    if found:
        listed = ", ".join(found)
        return [], [f"{shown}{letter} names {len(found)} references of the list: {listed}"]
    return [], [f"{shown}{letter} names no reference of the list"] if year else []


# -- names before a date -------------------------------------------------------------------


def _names_before(text: str, index: AuthorYearIndex, date: re.Match[str]) -> _Citing | None:
    """Read the names that a text ends with, as the list has them."""
    text = text[-_BEFORE:]
    year = _year_of(date)
    bare = text.rstrip(" ,，:：\n")
    if not bare or not (bare[-1].isalnum() or bare[-1] in {".", "'", "’", ")", "”", '"'}):
        return None
    if "\u3400" <= bare[-1] <= "\u9fff":
        return _chinese_before(text, index, date)
    if (group := index.group_before(fold(bare), year)) is not None:
        return _group_citing(text, group)
    match = _NAMES.search(text)
    if match is None:
        return None
    return _known_names(text, match, (index, year))


def _group_citing(text: str, group: str) -> _Citing:
    """Frame a name of several words that the list has, with where its first word stands."""
    word = group.split(maxsplit=1)[0]
    places = [
        found.start()
        for found in re.finditer(r"[^\W_][\w'’]*", text)
        if fold(found[0]).split(" ", 1)[0] == word
    ]
    n_words = len(group.split())
    at = next(
        (at for at in places if len(fold(text[at:]).split()) <= n_words),
        places[-1] if places else len(text),
    )
    return _Citing(CitedNames((group,)), len(text) - at)


def _known_names(
    text: str, match: re.Match[str], context: tuple[AuthorYearIndex, int]
) -> _Citing | None:
    """Take of a series of names those that a reference has; all where none has them."""
    index, year = context
    names, joints = _parts_of(match["names"])
    others = match["others"] is not None
    choices: list[tuple[bool, int, CitedNames]] = []
    for place in range(len(names)):
        if place and _BY_AND.search(joints[place - 1]):
            break
        cited = _cited_names(names[place:], (index, year), others=others)
        if cited and index.find(cited, year, ""):
            choices.append((not index.fits(cited, year), place, cited))
    if choices:
        _, place, cited = min(choices, key=lambda choice: choice[:2])
    else:
        place, cited = 0, _cited_names(_without_no_names(names), (index, year), others=others)
    if cited is None:
        return None
    begin = match.start() + sum(map(len, names[:place])) + sum(map(len, joints[:place]))
    at = text.find((cited.initials or cited.names[0]).split(" ", 1)[0], begin)
    return _Citing(cited, len(text) - (at if at >= 0 else match.start()))


def _parts_of(series: str) -> tuple[list[str], list[str]]:
    """Part a series of names; return the names and what joins them."""
    names: list[str] = []
    joints: list[str] = []
    begin = 0
    for joint in _SPLIT_NAMES.finditer(series):
        names.append(series[begin : joint.start()])
        joints.append(joint[0])
        begin = joint.end()
    return [*names, series[begin:]], joints


def _cited_names(
    names: list[str], context: tuple[AuthorYearIndex, int], *, others: bool
) -> CitedNames | None:
    """Clean names: blanks, possessives, initials, words of the sentence before the first."""
    index, year = context
    shown = [_POSSESSIVE.sub("", " ".join(name.split())) for name in names if name.strip()]
    if not shown:
        return None
    lead = _OWN_INITIALS.match(shown[0])
    initials = lead[1].strip() if lead else ""
    shown = [_OWN_INITIALS.sub("", name, count=1) for name in shown]
    if not fold(shown[0]):
        return None
    words = shown[0].split(" ")
    shorter = (" ".join(words[at:]) for at in range(len(words)))
    shown[0] = next((form for form in shorter if index.knows(form, year)), shown[0])
    return CitedNames(tuple(shown), initials, others)


def _without_no_names(names: list[str]) -> list[str]:
    """Drop months, seasons and words that begin sentences where the list knows no such name."""
    names = [" ".join(name.split()) for name in names]
    while names and fold(names[0]) in _NO_NAMES:
        names = names[1:]
    while names and " " in names[0] and fold(names[0].split()[0]) in _NO_NAMES:
        names[0] = names[0].split(" ", 1)[1]
    return [] if names and fold(names[0]) in _NO_NAMES else names


def _chinese_before(text: str, index: AuthorYearIndex, date: re.Match[str]) -> _Citing | None:
    """Find the Chinese names that a text ends with; the list says where they begin."""
    year, letter = _year_of(date), date["letter"] or ""
    match = _CJK_NAMES.search(text)
    if match:
        names = [name for name in re.split("[、和与及]", match[1]) if name]
        cited = CitedNames(tuple(names), others=match[2] is not None) if names else None
        if cited and index.find(cited, year, letter):
            return _Citing(cited, len(text) - match.start())
    bare = _OTHERS.sub("", text)
    others = len(bare) < len(text.rstrip(" ,，"))
    for size in range(min(_LONGEST_CJK, len(bare)), 0, -1):
        cited = CitedNames((bare[-size:],), others=others)
        if index.find(cited, year, letter):
            return _Citing(cited, len(text) - len(bare) + size)
    return None
