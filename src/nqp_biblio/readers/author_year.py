"""In-text citations by author and year: (Smith, 2001; Jones & Lee 2003a), Smith et al. (2001)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.marker import Marker
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nqp_biblio.record import Record

__all__ = ["AuthorYearIndex", "find_author_year"]

_GROUP = re.compile(r"[(（\[［]([^()（）\[\]［］]{4,500})[)）\]］]")
_YEAR = re.compile(r"(?<![\d-])((?:1[5-9]|20)\d\d)([a-z]?)(?![\d\w])")
_SHARED_LETTERS = re.compile(r"\s?[,/&]\s?([a-z])(?![\w.])")
_PARTICLES = (
    r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]el|[Dd]ella|der|den|di|[Dd]a|dos|du|[Ll]a|[Ll]e|[Ee]l|al|ter"
    r"|ten|zu)[\s-]){0,3}"
)
_NAME = (
    rf"{_PARTICLES}(?:[dDlLO]['’])?[^\W\d_a-z][\w'’-]{{0,30}}"
    r"(?:\s(?:of|for|the|on|[^\W\d_a-z][\w'’-]{1,30})){0,6}"
)
_AND = r"\s?(?:,?\s(?:and|und|et|y|e|en|och|og|i|и|&)\s|,\s|&|和|与|及|、)\s?"
_NAMES = re.compile(
    rf"(?P<names>{_NAME}(?:{_AND}{_NAME}){{0,7}})"
    r"(?P<others>,?\s(?:et\s?al\.?|and others|u\.\s?a\.|и др\.))?"
    r"(?:['’]s?)?[\s,:]{0,3}$"
)
_CJK_NAMES = re.compile(
    r"(?<![\u3400-\u9fff])([\u3400-\u9fff、和与及]{1,24}?)(等人?)?[\s,，]{0,2}$"
)
_OTHERS = re.compile(r"(?:等人?)?[\s,，]{0,2}$")
_POSSESSIVE = re.compile(r"['’]s?$")
_SPLIT_NAMES = re.compile(_AND)
_NO_NAMES_TEXT = (
    "january february march april may june july august september october november december"
    " in since until from after before during by figure fig table section chapter equation eq"
    " appendix see the of and for between year years spring summer autumn winter fall jan feb"
    " mar apr jun jul aug sep sept oct nov dec version accessed retrieved copyright vol page a an"
    " at on to our we this these as while but when although however thus hence also both like"
    " with according moreover furthermore e.g e g cf"
)
_NO_NAMES = frozenset(_NO_NAMES_TEXT.split())
_BEFORE = 160
_LONGEST_CJK = 4

_Names = tuple[list[str], bool]
"""Names as cited, and whether "et al." stands for more."""


class AuthorYearIndex:
    """The references of a list by first author and year.

    Parameters
    ----------
    labels : sequence of str
        Labels of the references.
    works : sequence of Record
        The references as read, in the same order.
    """

    def __init__(self, labels: Sequence[str], works: Sequence[Record]) -> None:
        self._found: dict[tuple[str, int], list[tuple[str, str, list[str]]]] = {}
        for label, work in zip(labels, works, strict=True):
            if work.publication_year is None:
                continue
            families = _families(work)
            letter = _letter_of(work)
            for key in _keys_of(work):
                entry = (label, letter, families)
                self._found.setdefault((key, work.publication_year), []).append(entry)

    def knows(self, name: str, year: int) -> bool:
        """Whether a reference of a year has just this name."""
        return (fold(name), year) in self._found

    def find(self, names: list[str], year: int, letter: str, *, others: bool) -> list[str]:
        """Return the labels that fit names, year and letter; several where it stays open."""
        entries = (self._found.get((key, year)) for key in _spellings(names[0]))
        found = next((entry for entry in entries if entry), [])
        lettered = [entry for entry in found if letter and entry[1] == letter]
        found = lettered or found
        if len(found) > 1:
            found = [entry for entry in found if _fits(entry[2], names, others=others)] or found
        return list(dict.fromkeys(label for label, _, _ in found))


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
    """
    for group in _GROUP.finditer(text):
        inner = group[1]
        if not _YEAR.search(inner):
            continue
        start = group.start()
        names, n_back = _names_before(text[max(0, start - _BEFORE) : start], index, inner)
        labels: list[str] = []
        unknown: list[str] = []
        for cited in _cited_in(inner, names):
            found, reason = _resolve(cited, index)
            labels += found
            unknown += reason
        if labels or unknown:
            reasons = tuple(dict.fromkeys(unknown))
            yield Marker(start - n_back, group.end(), tuple(dict.fromkeys(labels)), reasons)


def _cited_in(inner: str, names: _Names | None) -> Iterator[tuple[_Names, int, str]]:
    """Give names, year and letter of each citation in one pair of parentheses."""
    for part in re.split(r"[;；]", inner):
        position = 0
        for match in _YEAR.finditer(part):
            names = _names_at_end(part[position : match.start()]) or names
            position = match.end()
            if names is None:
                continue
            for letter in _letters(part, match):
                yield names, int(match[1]), letter


def _letters(part: str, match: re.Match[str]) -> list[str]:
    """Return the letters after a year: 2003a, b is two."""
    letters = [match[2]]
    at = match.end()
    while match[2] and (more := _SHARED_LETTERS.match(part, at)):
        letters.append(more[1])
        at = more.end()
    return letters


def _resolve(cited: tuple[_Names, int, str], index: AuthorYearIndex) -> tuple[list[str], list[str]]:
    """Look one citation up: its label, or the reason why it has none."""
    (names, others), year, letter = cited
    found = index.find(names, year, letter, others=others)
    if len(found) == 1:
        return found, []
    shown = f"{' & '.join(names)}{' et al.' if others else ''} {year}{letter}"
    if found:
        listed = ", ".join(found)
        return [], [f"{shown} names {len(found)} references of the list: {listed}"]
    return [], [f"{shown} names no reference of the list"]


def _names_at_end(text: str) -> _Names | None:
    """Read the names that a text ends with."""
    text = text[-_BEFORE:]
    last = text.rstrip(" ,，:：\n")[-1:]
    if not last.isalnum() and last not in {".", "'", "’"}:
        return None
    if _is_chinese(text):
        return _chinese_at_end(text)
    match = _NAMES.search(text)
    if match is None:
        return None
    names = [" ".join(name.split()) for name in _SPLIT_NAMES.split(match["names"]) if name.strip()]
    names = [_POSSESSIVE.sub("", name) for name in names]
    while names and fold(names[0]) in _NO_NAMES:
        names = names[1:]
    while names and " " in names[0] and fold(names[0].split()[0]) in _NO_NAMES:
        names[0] = names[0].split(" ", 1)[1]
    if not names or fold(names[0]) in _NO_NAMES or not fold(names[0]):
        return None
    return names, match["others"] is not None


def _is_chinese(text: str) -> bool:
    """Whether a text ends with a Chinese sign."""
    return "\u3400" <= text.rstrip(" ,，")[-1:] <= "\u9fff"


def _chinese_at_end(text: str) -> _Names | None:
    """Read Chinese names at the end of a text."""
    match = _CJK_NAMES.search(text)
    names = [name for name in re.split("[、和与及]", match[1]) if name] if match else []
    return (names, match[2] is not None) if match and names else None


def _names_before(text: str, index: AuthorYearIndex, inner: str) -> tuple[_Names | None, int]:
    """Read the names before ``(2001)``, and how far back they begin."""
    if _YEAR.match(inner.lstrip()) is None:
        return None, 0
    if _is_chinese(text):
        return _chinese_before(text, index, inner)
    found = _names_at_end(text)
    match = _NAMES.search(text) if found else None
    if match is None or found is None:
        return None, 0
    names, others = found
    year = _YEAR.match(inner.lstrip())
    names[0] = _shortest_known(names[0], int(year[1]) if year else 0, index)
    at = text.find(names[0].split(" ")[0], match.start())
    return (names, others), len(text) - (at if at >= 0 else match.start())


def _shortest_known(name: str, year: int, index: AuthorYearIndex) -> str:
    """Take words of the sentence off the front of a name that the list has without them."""
    words = name.split(" ")
    shorter = (" ".join(words[at:]) for at in range(len(words)))
    return next((form for form in shorter if index.knows(form, year)), name)


def _chinese_before(text: str, index: AuthorYearIndex, inner: str) -> tuple[_Names | None, int]:
    """Find the Chinese name of the list that a text without blanks ends with."""
    year = _YEAR.search(inner)
    bare = _OTHERS.sub("", text)
    others = len(bare) < len(text.rstrip(" ,，"))
    for size in range(min(_LONGEST_CJK, len(bare)), 0, -1):
        name = bare[-size:]
        if year and index.find([name], int(year[1]), year[2], others=others):
            return ([name], others), len(text) - len(bare) + size
    return None, 0


def _families(work: Record) -> list[str]:
    """Folded family names of a work, in order."""
    people = work.people_of("author") or work.people
    return [fold(person.family or person.literal or "") for person in people]


def _keys_of(work: Record) -> list[str]:
    """All forms under which the first author may be cited."""
    people = work.people_of("author") or work.people
    if not people:
        first = re.match(r"[^\W\d_][\w'’-]{1,40}", work.raw or "")
        return [fold(first[0])] if first else []
    first_person = people[0]
    family, given = first_person.family or "", first_person.given or ""
    forms = [
        family,
        f"{first_person.particle or ''} {family}",
        first_person.literal or "",
        first_person.raw or "",
    ]
    if family and not family.isascii():
        forms += [f"{family}{given}", f"{family} {given}"]
    return list(dict.fromkeys(key for key in map(fold, forms) if key))


def _spellings(name: str) -> list[str]:
    """Forms of a cited name from the whole to its last and first word."""
    words = fold(name).split()
    forms = [" ".join(words), *(" ".join(words[at:]) for at in range(1, len(words)))]
    return [form for form in (*forms, words[0] if words else "") if form]


def _letter_of(work: Record) -> str:
    """The letter after the year of a reference, empty where it has none."""
    printed = re.search(rf"{work.publication_year}([a-z])(?![a-z])", work.raw or "")
    return printed[1] if printed else ""


def _fits(families: list[str], names: list[str], *, others: bool) -> bool:
    """Whether the number of authors and the second one agree with a citation."""
    if others:
        return len(families) > 1
    if len(names) != len(families):
        return False
    return all(
        cited == family or cited.split()[-1:] == family.split()[-1:]
        for cited, family in zip(map(fold, names), families, strict=True)
    )
