"""The references of a list as citations by author and year name them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nqp_biblio.record import Person, Record

__all__ = ["UNDATED", "AuthorYearIndex", "CitedNames"]

UNDATED = 0
"""Stands for the year of what is in press, forthcoming or without date."""

_UNDATED_RAW = re.compile(
    r"\b(?:in press|in print|forthcoming|to appear|in preparation|submitted|accepted|unpublished"
    r"|im druck|im erscheinen|en prensa|sous presse|n\.\s?d\.|no date|o\.\s?j\.|s\.\s?f\.)",
    re.IGNORECASE,
)
_RAW_YEAR = re.compile(r"(?<![\d–-])((?:1[5-9]|20)\d\d)([a-z]?)(?![\w–-])")
_RAW_NAME = re.compile(r"[^\W\d_][\w'’-]{1,40}")
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,40})[)\]]")
_INITIAL = re.compile(r"[^\W\d_]")
_SMALL_WORDS_TEXT = "of the for and on in to de des du la le les et der die das und für"
_SMALL_WORDS = frozenset(_SMALL_WORDS_TEXT.split())
_MAX_RAW_YEARS = 3
_HEAD = 400
_MIN_ACRONYM = 2
_TWO = 2
_MAX_WORDS = 8


@dataclass(frozen=True, slots=True)
class CitedNames:
    """Names as cited.

    Attributes
    ----------
    names : tuple of str
        As printed, initials taken away.
    initials : str
        Initials printed before the first name.
    others : bool
        Whether "et al." stands for more.
    """

    names: tuple[str, ...]
    initials: str = ""
    others: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """One reference: label, letter after its year, folded family names, first initial."""

    label: str
    letter: str
    families: tuple[str, ...]
    initial: str


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
        self._found: dict[tuple[str, int], list[_Entry]] = defaultdict(list)
        self._perhaps: dict[tuple[str, int], list[_Entry]] = defaultdict(list)
        self._groups: dict[tuple[str, int], list[str]] = defaultdict(list)
        for label, work in zip(labels, works, strict=True):
            self._add(label, work)

    def _add(self, label: str, work: Record) -> None:
        """Add one reference under all its names and years."""
        people = work.people_of("author") or work.people
        families = tuple(_family_key(person) for person in people)
        given = _INITIAL.search(people[0].given or "") if people else None
        years = _years_of(work)
        entry = _Entry(label, "", families, fold(given[0]) if given else "")
        strong, weak = _strong_keys(people), _weak_keys(people, work)
        if head := _printed_head(work):
            strong.append(head)
        for place, (year, letter) in enumerate(years.items()):
            own = _Entry(label, letter, families, entry.initial)
            for key in strong:
                (self._perhaps if place else self._found)[key, year].append(own)
                words = key.split()
                if len(words) > 1:
                    self._groups[words[-1], year].append(key)
            for key in weak:
                self._perhaps[key, year].append(own)
                if " " in key:
                    self._groups[key.rsplit(" ", 1)[-1], year].append(key)

    def knows(self, name: str, year: int) -> bool:
        """Whether a reference of a year has just this name."""
        key = (fold(name), year)
        return key in self._found or key in self._perhaps

    def group_before(self, folded: str, year: int) -> str | None:
        """Return the longest name of several words that a folded text ends with."""
        last = folded.rsplit(" ", 1)[-1]
        names = self._groups.get((last, year), ())
        fitting = (name for name in names if f" {folded}".endswith(f" {name}"))
        return max(fitting, key=len, default=None)

    def find(self, cited: CitedNames, year: int, letter: str) -> list[str]:
        """Return the labels that fit names, year and letter; several where it stays open."""
        entries = self._entries(cited.names[0], year)
        initial = fold(cited.initials[:1])
        entries = _narrowed(entries, (one for one in entries if letter and one.letter == letter))
        rules = (
            lambda one: _fits(one.families, cited),
            lambda one: bool(initial) and one.initial == initial,
            lambda one: cited.others and len(one.families) > _TWO,
            lambda one: not letter or one.letter == letter,
        )
        for rule in rules:
            if len(entries) > 1:
                entries = _narrowed(entries, filter(rule, entries))
        labels = list(dict.fromkeys(one.label for one in entries))
        place = ord(letter) - ord("a") if letter else -1
        if 1 < len(labels) > place >= 0 and not any(one.letter for one in entries):
            return [labels[place]]
        return labels

    def fits(self, cited: CitedNames, year: int) -> bool:
        """Whether a reference has just these names, in number and order."""
        return any(_fits(one.families, cited) for one in self._entries(cited.names[0], year))

    def _entries(self, name: str, year: int) -> list[_Entry]:
        """References under the name, the whole of it before its last and first words."""
        for table in (self._found, self._perhaps):
            for key in _spellings(name):
                if found := table.get((key, year)):
                    return found
        return []


def _narrowed(entries: list[_Entry], fewer: Iterable[_Entry]) -> list[_Entry]:
    """Take the fewer entries, if there are any."""
    return list(fewer) or entries


def _family_key(person: Person) -> str:
    """Folded family name."""
    return fold(person.family or person.literal or "")


def _years_of(work: Record) -> dict[int, str]:
    """Years of a reference with the letter behind each, the one read first."""
    raw = (work.raw or "")[:_HEAD]
    printed: dict[int, str] = {}
    for found in _RAW_YEAR.finditer(raw):
        printed.setdefault(int(found[1]), found[2])
    years: dict[int, str] = {}
    if work.publication_year is not None:
        letter = re.search(rf"{work.publication_year}([a-z])(?![a-z])", work.raw or "")
        years[work.publication_year] = letter[1] if letter else ""
    elif not printed or _UNDATED_RAW.search(raw):
        years[UNDATED] = ""
    for year in list(printed)[:_MAX_RAW_YEARS]:
        years.setdefault(year, printed[year])
    return years


def _strong_keys(people: list[Person]) -> list[str]:
    """All forms under which the first author may be cited."""
    if not people:
        return []
    first = people[0]
    family, given = first.family or "", first.given or ""
    literal = first.literal or ""
    forms = [family, f"{first.particle or ''} {family}", literal, first.raw or ""]
    if family and not family.isascii():
        forms += [f"{family}{given}", f"{family} {given}"]
    if not family:
        name = literal or first.raw or ""
        forms += [_IN_BRACKETS.sub("", name), *_IN_BRACKETS.findall(name), _acronym(name)]
    return list(dict.fromkeys(key for key in map(fold, forms) if key))


def _printed_head(work: Record) -> str:
    """What stands before the year of a reference, which is how groups are cited."""
    raw = (work.raw or "")[:_HEAD]
    date = _RAW_YEAR.search(raw) or _UNDATED_RAW.search(raw)
    head = fold(raw[: date.start()]) if date else ""
    return head if head.count(" ") >= _TWO else ""


def _acronym(name: str) -> str:
    """First letters of a name of several words: World Health Organization is WHO."""
    words = [word for word in fold(_IN_BRACKETS.sub("", name)).split() if word not in _SMALL_WORDS]
    return "".join(word[0] for word in words) if len(words) >= _MIN_ACRONYM else ""


def _weak_keys(people: list[Person], work: Record) -> list[str]:
    """Forms by which a reference may be known where its names are read otherwise."""
    family = fold(people[0].family or "") if people else ""
    parts = family.split()
    forms = [parts[0], parts[-1]] if len(parts) > 1 else []
    first = _RAW_NAME.match((work.raw or "").lstrip("\"“'*_ "))
    if first:
        forms.append(fold(first[0]))
    if not people and work.title:
        words = fold(work.title).split()
        forms += [" ".join(words[:size]) for size in range(2, len(words) + 1)][:_MAX_WORDS]
    return [key for key in dict.fromkeys(forms) if key and key != family]


def _spellings(name: str) -> Iterator[str]:
    """Forms of a cited name from the whole to its last and first word."""
    words = fold(name).split()
    for at in range(len(words)):
        yield " ".join(words[at:])
    if words:
        yield words[0]


def _fits(families: tuple[str, ...], cited: CitedNames) -> bool:
    """Whether the number of authors and their names agree with a citation."""
    names = cited.names
    if cited.others:
        return len(families) > len(names) and _same(families, names)
    return len(names) == len(families) and _same(families, names)


def _same(families: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Whether cited names are the first ones of a reference."""
    return all(
        cited == family or cited.split()[-1:] == family.split()[-1:]
        for cited, family in zip(map(fold, names), families, strict=False)
    )
