"""Which names of institutions are one institution: by key, list, acronym or abbreviation."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.cleaning.place.institution_aliases import alias_of
from nqp_biblio.cleaning.place.institution_words import (
    institution_key,
    key_words,
    spell_out,
    standard_word,
    standard_words,
)
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nqp_biblio.cleaning.place.ror_file import Organisation, RorIndex

__all__ = ["Institution", "Naming", "join_institutions"]

_SHORTEST_CUT = 3
_LONGEST_ACRONYM = 10
_FEWEST_WORDS = 2
_UNITS = frozenset(
    "department faculty school center laboratory unit division institute group section".split()  # noqa: SIM905
)


class Naming(NamedTuple):
    """One name of an institution as addresses of one country print it.

    Attributes
    ----------
    name : str
        As printed.
    country_code : str or None
        The country of those addresses.
    cities : dict
        Addresses by city.
    acronyms : frozenset of str
        What stands in brackets behind it.
    n_rows : int
        Addresses.
    """

    name: str
    country_code: str | None
    cities: Mapping[str | None, int]
    acronyms: frozenset[str] = frozenset()
    n_rows: int = 1


@dataclass(frozen=True, slots=True)
class Institution:
    """Names that are one institution.

    Attributes
    ----------
    display_name : str
        The name of a list or of ROR, else the most frequent that is not abbreviated, else
        the most frequent spelt out.
    country_code : str or None
        ISO 3166-1.
    city : str or None
        The most frequent.
    ror : str or None
        Id of ROR.
    namings : tuple of Naming
        In order.
    rules : dict
        For each name and country the rule that brought it to the others.
    """

    display_name: str
    country_code: str | None
    city: str | None
    ror: str | None
    namings: tuple[Naming, ...]
    rules: Mapping[tuple[str, str | None], str]


def join_institutions(
    namings: Sequence[Naming],
    *,
    aliases: Mapping[tuple[str | None, str], str],
    ror: RorIndex | None = None,
) -> list[Institution]:
    """Bring the names of each institution together.

    Parameters
    ----------
    namings : sequence of Naming
        All of a corpus, each name and country once.
    aliases : mapping
        From `read_institution_aliases`.
    ror : RorIndex, optional
        The organisations of ROR.

    Returns
    -------
    list of Institution
        By name, then country; the order of `namings` does not count.

    Notes
    -----
    Two names are never one in two countries. A name without country goes to the one country
    that has it. An abbreviation, an acronym, or a name that its city follows goes to another
    name only where one alone fits.
    """
    names = [_Name(item, aliases, ror) for item in sorted(namings, key=_order)]
    groups = _Groups(names)
    groups.join_homeless()
    groups.join_acronyms()
    groups.join_abbreviations()
    groups.join_cities()
    groups.join_units()
    found = [_institution(groups, members) for members in groups.members()]
    return sorted(found, key=lambda one: (one.display_name, one.country_code or ""))


def _order(item: Naming) -> tuple[str, str]:
    return item.name, item.country_code or ""


class _Name:
    """A name with what is made of it."""

    def __init__(
        self,
        naming: Naming,
        aliases: Mapping[tuple[str | None, str], str],
        ror: RorIndex | None,
    ) -> None:
        name, country = naming.name, naming.country_code
        key = institution_key(name)
        self.naming = naming
        self.organisation: Organisation | None = None
        self.shown = aliases.get((country, key)) or aliases.get((None, key))
        self.rule = "user-alias" if self.shown else "same-name"
        known = alias_of(name, country)
        if self.shown is None and ror is not None:
            city = max(naming.cities, key=lambda one: (naming.cities[one], one or ""), default=None)
            self.organisation = ror.find(name, country, city=city) or (
                ror.find(known, country, city=city) if known else None
            )
        if self.organisation is not None:
            self.shown, self.rule = self.organisation.name, "ror"
        elif self.shown is None and known:
            self.shown, self.rule = known, "alias"
        self.words = key.split()
        self.key = f"={fold(self.shown)}" if self.shown else key
        if self.organisation is not None:
            self.key = f"={self.organisation.ror}"

    @property
    def is_acronym(self) -> bool:
        """Whether the name is nothing but capitals."""
        name = self.naming.name
        return name.isupper() and " " not in name and 1 < len(name) <= _LONGEST_ACRONYM


class _Groups:
    """Names in groups, and the rule by which each came to its group."""

    def __init__(self, names: Sequence[_Name]) -> None:
        self.names = names
        self._parent = list(range(len(names)))
        self.rule = [name.rule for name in names]
        first: dict[tuple[str | None, str], int] = {}
        for i, name in enumerate(names):
            other = first.setdefault((name.naming.country_code, name.key), i)
            self._parent[i] = other
        self._first = first
        self._cities: dict[int, set[str]] = defaultdict(set)
        for i, name in enumerate(names):
            self._cities[self.root(i)].update(fold(city) for city in name.naming.cities if city)

    def root(self, item: int) -> int:
        """Return the first name of a group."""
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, newcomer: int, other: int, rule: str) -> None:
        """Join the group of a newcomer to another."""
        first, second = self.root(newcomer), self.root(other)
        if first != second:
            self._parent[first] = second
            self._cities[second] |= self._cities.pop(first, set())
            self.rule[newcomer] = rule

    def members(self) -> list[list[int]]:
        """Return the groups, each with its names in order."""
        found: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self.names)):
            found[self.root(i)].append(i)
        return list(found.values())

    def join_homeless(self) -> None:
        """Join names without country to the one country that has the name."""
        at: dict[str, set[int]] = defaultdict(set)
        for i, name in enumerate(self.names):
            if name.naming.country_code is not None:
                at[" ".join(name.words)].add(self.root(i))
        for i, name in enumerate(self.names):
            fitting = at.get(" ".join(name.words), set())
            if name.naming.country_code is None and len(fitting) == 1:
                self.join(i, next(iter(fitting)), "same-name-elsewhere")

    def join_acronyms(self) -> None:
        """Join what is only an acronym to the one name that it stands behind in brackets."""
        at: dict[tuple[str | None, str], set[int]] = defaultdict(set)
        for i, name in enumerate(self.names):
            for acronym in name.naming.acronyms:
                at[name.naming.country_code, fold(acronym)].add(i)
        for i, name in enumerate(self.names):
            if name.is_acronym and not name.shown:
                key = name.naming.country_code, fold(name.naming.name)
                fitting = {self.root(other) for other in at.get(key, ())} - {self.root(i)}
                if len(fitting) == 1:
                    self.join(i, fitting.pop(), "acronym")

    def join_abbreviations(self) -> None:
        """Join names whose words are cuts of the words of the one name that fits."""
        blocks: dict[tuple[str | None, tuple[str, ...]], list[int]] = defaultdict(list)
        for i, name in enumerate(self.names):
            if len(name.words) > _FEWEST_WORDS:
                starts = tuple(word[:_SHORTEST_CUT] for word in name.words)
                blocks[name.naming.country_code, starts].append(i)
        for block in blocks.values():
            roots = {self.root(i) for i in block}
            if len(roots) > 1:
                self._join_cuts(block)

    def _join_cuts(self, block: Sequence[int]) -> None:
        for i in block:
            if self.names[i].shown:
                continue
            own = self.names[i].words
            fitting = {self.root(j) for j in block if _is_cut(own, self.names[j].words)}
            fitting.discard(self.root(i))
            if len(fitting) == 1:
                self.join(i, fitting.pop(), "abbreviation")

    def join_cities(self) -> None:
        """Join a name that its city follows to the name without it."""
        for i, name in enumerate(self.names):
            if name.shown or len(name.words) <= _FEWEST_WORDS:
                continue
            cities = {
                standard_word(word)
                for city in name.naming.cities
                for word in fold(city or "").split()
            }
            rest = [word for word in name.words if word not in cities]
            if len(rest) < len(name.words) and _is_distinct(rest):
                other = self._find(rest, name.naming.country_code)
                if (
                    other is not None
                    and self._cities[self.root(other)] <= self._cities[self.root(i)]
                ):
                    self.join(i, other, "with-city")

    def join_units(self) -> None:
        """Join a name with a unit before a university to that university."""
        for i, name in enumerate(self.names):
            words = key_words(name.naming.name)
            is_unit = "university" in words and _UNITS.intersection(words)
            if name.shown or not is_unit or "hospital" in words:
                continue
            for start in range(1, len(words) - 1):
                tail = words[start:]
                if "university" in tail and _is_distinct(tail):
                    other = self._find(tail, name.naming.country_code)
                    if other is not None:
                        self.join(i, other, "unit-before")
                        break

    def _find(self, words: Sequence[str], country: str | None) -> int | None:
        """Find the group of a name in its words."""
        key = institution_key(" ".join(words))
        if (country, key) in self._first:
            return self._first[country, key]
        shown = alias_of(" ".join(words), country)
        return self._first.get((country, f"={fold(shown)}")) if shown else None


def _is_cut(short: Sequence[str], full: Sequence[str]) -> bool:
    """Tell whether each word is one of the full name or begins it."""
    return (
        len(short) == len(full)
        and short != full
        and all(
            cut == word or (len(cut) >= _SHORTEST_CUT and cut.isalpha() and word.startswith(cut))
            for cut, word in zip(short, full, strict=True)
        )
    )


def _is_distinct(words: Sequence[str]) -> bool:
    """Tell words of which one is a name and not such as "Technical University" has."""
    return len(words) >= _FEWEST_WORDS and any(word not in standard_words() for word in words)


def _institution(groups: _Groups, members: Sequence[int]) -> Institution:
    """Describe one group of names."""
    names = [groups.names[i] for i in members]
    organisation = next((name.organisation for name in names if name.organisation), None)
    shown = min((name.shown for name in names if name.shown), default=None)
    cities: Counter[str] = Counter()
    for name in names:
        for city, n_rows in name.naming.cities.items():
            if city:
                cities[city] += n_rows
    countries = sorted({name.naming.country_code for name in names if name.naming.country_code})
    best = min(cities, key=lambda city: (city.isupper(), -cities[city], city), default=None)
    return Institution(
        display_name=organisation.name if organisation else shown or _best_name(names),
        country_code=countries[0] if countries else None,
        city=organisation.city if organisation and organisation.city else best,
        ror=organisation.ror if organisation else None,
        namings=tuple(name.naming for name in names),
        rules={_named(groups.names[i].naming): groups.rule[i] for i in members},
    )


def _named(naming: Naming) -> tuple[str, str | None]:
    return naming.name, naming.country_code


def _best_name(names: Sequence[_Name]) -> str:
    """Choose the name to show of those printed."""
    best = min(
        names,
        key=lambda name: (
            spell_out(name.naming.name) != name.naming.name or _is_cut_short(name.naming.name),
            name.naming.name.isupper(),
            -name.naming.n_rows,
            -len(name.naming.name),
            name.naming.name,
        ),
    ).naming.name
    if best.isupper() and " " in best:
        best = best.title()
    return spell_out(best)


def _is_cut_short(name: str) -> bool:
    """Tell a name with "Univ" or its like in it."""
    return any(
        len(word) <= len("Inst") and standard_word(word) != word for word in fold(name).split()
    )
