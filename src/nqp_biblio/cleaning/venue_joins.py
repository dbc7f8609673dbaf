"""Which names of sources are one source: by alias, name, ISSN or abbreviation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.cleaning.iso4 import (
    abbreviate_title,
    fits_abbreviation,
    is_abbreviated,
    is_cut,
    is_small_word,
    significant_initials,
)
from nqp_biblio.cleaning.venues import (
    clean_venue,
    is_plain,
    may_share_issn,
    other_keys,
    part_of,
    venue_key,
    without_description,
    without_part_title,
    without_place,
)
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Spelling", "Venue", "join_venues"]

_PRINT_AND_ELECTRONIC = 2
_STEM = 4
_LONG_WORD = 6
_FEWEST_INITIALS = 2
_LONGEST_OF_WOS = 29
_COMMON_STEMS = frozenset(("jour", "inte", "revi", "rese", "scie", "amer", "euro", "annu"))
_JOURNAL_TYPES = frozenset(("article-journal", "article-magazine", "article-newspaper"))


class Spelling(NamedTuple):
    """One name of a source as it is printed in some works.

    Attributes
    ----------
    name : str
        As printed.
    source_id : int
        The source that these works are in now.
    n_works : int
        Works that print it so.
    issns : frozenset of str
        ISSNs printed with it.
    types : frozenset of str
        Kinds of those works.
    abbreviations : frozenset of str
        Abbreviations of the name that these works print beside it.
    """

    name: str
    source_id: int
    n_works: int = 1
    issns: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Venue:
    """Spellings that are one source.

    Attributes
    ----------
    display_name : str
        The full name of an alias, else the most frequent spelling that is not abbreviated.
    abbreviated_title : str or None
        By ISO 4.
    spellings : tuple of Spelling
        In the order given.
    rules : dict
        For each spelling the rule that brought it to the others.
    """

    display_name: str
    abbreviated_title: str | None
    spellings: tuple[Spelling, ...]
    rules: dict[str, str]


def join_venues(
    spellings: Sequence[Spelling],
    *,
    aliases: Mapping[str, str],
    known: Mapping[int, str] | None = None,
) -> list[Venue]:
    """Bring the spellings of each source together.

    Parameters
    ----------
    spellings : sequence of Spelling
        All of a corpus, each name once.
    aliases : mapping
        From `read_aliases`.
    known : mapping, optional
        For each source the name it shows now, kept where it is none of its spellings.

    Returns
    -------
    list of Venue
        In order of their first source.

    Notes
    -----
    An abbreviation is joined to the one full name that it fits; where two fit, to none.
    """
    names = [_Name(item) for item in spellings]
    joins = _Joins(len(names))
    for i, item in enumerate(spellings):
        joins.know_issns(i, item.issns)
    _join_by(joins, (((item.source_id,), "known") for item in spellings))
    _join_by(joins, (_by_name(name, aliases) for name in names))
    _join_issns(joins, names)
    _join_printed(joins, names)
    _join_abbreviations(joins, names)
    _join_others(joins, names)
    members = defaultdict(list)
    for i in range(len(names)):
        members[joins.root(i)].append(i)
    return [_venue(names, group, joins, aliases, known or {}) for group in members.values()]


class _Name:
    """A spelling with what is made of it, some of it only when asked."""

    def __init__(self, spelling: Spelling) -> None:
        self.spelling = spelling
        self.clean = clean_venue(spelling.name)
        self.key = venue_key(self.clean)
        self.is_short = is_abbreviated(spelling.name)
        self.is_journal = spelling.types <= _JOURNAL_TYPES and may_share_issn(self.clean)

    @property
    def may_be_full(self) -> bool:
        """Whether it may be what an abbreviation stands for."""
        return not self.is_short or any(
            len(word) >= _LONG_WORD and not is_cut(word) for word in self.key.split()
        )

    @property
    def may_be_short(self) -> bool:
        """Whether it may be an abbreviation: a word of it is a cut, and none a small word."""
        words = fold(without_place(self.clean)).split()
        if self.is_short or len(words) < _FEWEST_INITIALS:
            return self.is_short
        printed = self.spelling.name
        if printed.isupper() and len(printed) <= _LONGEST_OF_WOS:
            return not any(map(is_small_word, words[:-1]))
        has_small = any(map(is_small_word, words))
        return not has_small and any(is_cut(word) or len(word) == 1 for word in words)

    def long_forms(self) -> Iterator[str]:
        """Yield the name, and without what an abbreviation leaves out."""
        yield from dict.fromkeys(
            (
                self.clean,
                without_description(self.clean),
                without_part_title(self.clean),
                without_place(self.clean),
                self.clean.partition("-")[0] if self.spelling.name.isupper() else self.clean,
            )
        )


class _Joins:
    """Which names are one, and by which rule each came to the others."""

    def __init__(self, n: int) -> None:
        self._parent = list(range(n))
        self.rule: dict[int, str] = {}
        self._issns: dict[int, frozenset[str]] = {}

    def know_issns(self, item: int, issns: frozenset[str]) -> None:
        """Add what ISSNs a group has."""
        root = self.root(item)
        self._issns[root] = self._issns.get(root, frozenset()) | issns

    def differ(self, one: int, other: int) -> bool:
        """Tell groups whose ISSNs say that they are two: both have two or more, none shared.

        One ISSN of each may be that of print and of the electronic edition.
        """
        return self._differ(one, other, n_issns=_PRINT_AND_ELECTRONIC)

    def may_differ(self, one: int, other: int) -> bool:
        """Tell groups that have ISSNs and share none."""
        return self._differ(one, other, n_issns=1)

    def _differ(self, one: int, other: int, *, n_issns: int) -> bool:
        first, second = (self._issns.get(self.root(i), frozenset()) for i in (one, other))
        return min(len(first), len(second)) >= n_issns and not first & second

    def root(self, item: int) -> int:
        """Return the first name of a group."""
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, newcomer: int, other: int, rule: str) -> None:
        """Join the groups of two names."""
        first, second = sorted((self.root(newcomer), self.root(other)))
        if first != second:
            self._parent[second] = first
            self.know_issns(first, self._issns.pop(second, frozenset()))
            self.rule.setdefault(newcomer, rule)


def _join_by(joins: _Joins, keys: Iterator[tuple[tuple[object, ...], str]]) -> None:
    """Join the names that share a key."""
    first: dict[object, int] = {}
    for i, (own, rule) in enumerate(keys):
        for key in own:
            other = first.setdefault(key, i)
            joins.join(i, other, rule)


def _by_name(name: _Name, aliases: Mapping[str, str]) -> tuple[tuple[object, ...], str]:
    full = aliases.get(name.key)
    if full is None:
        return (name.key,), "same-name"
    key = venue_key(full)
    return (key,), "same-name" if key == name.key else "alias"


def _join_issns(joins: _Joins, names: Sequence[_Name]) -> None:
    """Join journals that share an ISSN and have something in common in their names."""
    first: dict[object, int] = {}
    for i, name in enumerate(names):
        for key in _by_issn(name):
            other = first.setdefault(key, i)
            if _may_be_same(name.key, names[other].key):
                joins.join(i, other, "same-issn")


def _may_be_same(one: str, other: str) -> bool:
    """Tell names that share a word's beginning or of which one is the initials of the other.

    An ISSN alone is too often that of another journal. Names in two scripts share nothing.
    """
    if one.isascii() != other.isascii():
        return True
    stems = ({word[:_STEM] for word in key.split() if len(word) >= _STEM} for key in (one, other))
    if set.intersection(*stems) - _COMMON_STEMS:
        return True
    first, second = significant_initials(one), significant_initials(other)
    return one.startswith(second[:_STEM]) or other.startswith(first[:_STEM])


def _by_issn(name: _Name) -> tuple[object, ...]:
    """Return the ISSNs of a journal, each with the part, as parts of one may share it."""
    item = name.spelling
    if not item.issns or not item.types <= _JOURNAL_TYPES or not may_share_issn(name.clean):
        return ()
    part = part_of(name.clean)
    return tuple((issn, part) for issn in sorted(item.issns))


def _join_printed(joins: _Joins, names: Sequence[_Name]) -> None:
    """Join a name to the one beside which works print it as its abbreviation."""
    beside: dict[str, set[int]] = defaultdict(set)
    for i, name in enumerate(names):
        for short in name.spelling.abbreviations:
            beside[venue_key(clean_venue(short))].add(i)
    for i, name in enumerate(names):
        fitting = {joins.root(j) for j in beside.get(name.key, ())} - {joins.root(i)}
        if len(fitting) == 1:
            _join_unless_two(joins, i, fitting.pop(), "printed-abbreviation")


def _join_abbreviations(joins: _Joins, names: Sequence[_Name]) -> None:
    """Join each abbreviation to the one full name that it fits."""
    by_initials: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for i, name in enumerate(names):
        if name.may_be_full:
            for form in name.long_forms():
                initials = significant_initials(form)
                for n in range(min(len(initials), _FEWEST_INITIALS), len(initials) + 1):
                    by_initials[initials[:n]].append((i, form))
    shorts = [(i, name) for i, name in enumerate(names) if name.may_be_short]
    done: set[int] = set()
    for is_exact in (True, False):
        for i, name in shorts:
            if i in done:
                continue
            found = {joins.root(j) for j in _fitting(name, by_initials, is_exact=is_exact)}
            if found:
                done.add(i)
            found.discard(joins.root(i))
            if len(found) == 1:
                _join_unless_two(joins, i, found.pop(), "abbreviation")


def _fitting(
    name: _Name, by_initials: Mapping[str, Sequence[tuple[int, str]]], *, is_exact: bool
) -> set[int]:
    """Return the full names that an abbreviation fits: by ISO 4 to the letter, or nearly."""
    short = without_place(name.spelling.name if name.spelling.name.isupper() else name.clean)
    folded = fold(short)
    found: set[int] = set()
    starts = {significant_initials(short), "".join(word[0] for word in folded.split())}
    for j, form in [pair for one in sorted(starts) for pair in by_initials.get(one, ())]:
        iso = abbreviate_title(form) if fold(form) != folded else None
        if iso and (fold(iso) == folded) is is_exact and fits_abbreviation(short, form, iso):
            found.add(j)
    return found


def _join_others(joins: _Joins, names: Sequence[_Name]) -> None:
    """Join journals by a parallel title, without the title of a part and so on."""
    by_key: dict[str, set[int]] = defaultdict(set)
    for i, name in enumerate(names):
        by_key[name.key].add(i)
    further: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for i, name in enumerate(names):
        if name.is_journal:
            for key, rule in other_keys(name.clean):
                further[key].append((i, rule))
    for key in sorted(further):
        others = sorted(by_key.get(key, ())) or [further[key][0][0]]
        for i, rule in further[key]:
            if not joins.may_differ(i, others[0]):
                joins.join(i, others[0], rule)


def _join_unless_two(joins: _Joins, newcomer: int, other: int, rule: str) -> None:
    if not joins.differ(newcomer, other):
        joins.join(newcomer, other, rule)


def _venue(
    names: Sequence[_Name],
    group: Sequence[int],
    joins: _Joins,
    aliases: Mapping[str, str],
    known: Mapping[int, str],
) -> Venue:
    """Describe one group of names."""
    members = [names[i] for i in group]
    display = _display_name(members, aliases, known)
    key = venue_key(display)
    used = [joins.rule[i] for i in group if i in joins.rule]
    other = next((rule for rule in used if rule not in {"same-name", "known"}), "same-name")
    rules = {}
    for i, name in zip(group, members, strict=True):
        own = joins.rule.get(i, "known")
        if own in {"known", "same-name"}:
            own = "alias" if name.key in aliases else other
        rules[name.spelling.name] = "same-name" if name.key == key else own
    spellings = tuple(name.spelling for name in members)
    return Venue(display, abbreviate_title(display), spellings, rules)


def _display_name(
    members: Sequence[_Name], aliases: Mapping[str, str], known: Mapping[int, str]
) -> str:
    """Choose the name to show."""
    for name in members:
        if name.key in aliases:
            return aliases[name.key]
    printed = {form for name in members for form in (name.clean, name.spelling.name)}
    for name in members:
        shown = known.get(name.spelling.source_id)
        if shown and shown not in printed:
            return shown
    n_works: dict[str, int] = defaultdict(int)
    for name in members:
        n_works[name.clean] += name.spelling.n_works
    return min(
        members,
        key=lambda name: (
            name.is_short,
            not is_plain(name.clean),
            name.spelling.name.isupper(),
            -n_works[name.clean],
            -len(name.clean),
            name.clean,
        ),
    ).clean
