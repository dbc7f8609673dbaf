"""How like the nodes of pairs are, part by part, for many pairs at once."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.cleaning.cited.fields import is_report
from nqp_biblio.text.venue_names import share_of_words, venue_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from nqp_biblio.cleaning.cited.parts import Codes, Parts

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

__all__ = ["UNKNOWN", "Likeness", "alike_names", "alike_sources", "core_of_source"]

UNKNOWN = -1.0
"""Likeness where either side has nothing to compare."""

_SHORTEST_NAME = 4
_SHORTEST_CUT = 12
_FEWEST_WORDS = 2
_CONFERENCE = frozenset(
    "c conf conference congress p proc proceedings symp symposium work workshop".split()  # noqa: SIM905
)
_AROUND = _CONFERENCE | frozenset(("acm", "annual", "ieee", "int", "intl", "international", "th"))
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)?")


class Likeness:
    """The likeness of pairs of nodes; each part is compared when it is first asked for.

    Parameters
    ----------
    parts : Parts
        The nodes.
    one, other : array of int
        The pairs.
    """

    def __init__(self, parts: Parts, one: IntArray, other: IntArray) -> None:
        self.parts = parts
        self.one, self.other = one, other

    def where(self, mask: BoolArray) -> Likeness:
        """Return the likeness of some of the pairs."""
        return Likeness(self.parts, self.one[mask], self.other[mask])

    @cached_property
    def year_gap(self) -> IntArray:
        """Years between the two, -1 where a year is unknown."""
        first, second = self.parts.year[self.one], self.parts.year[self.other]
        return np.where((first > 0) & (second > 0), np.abs(first - second), -1)

    @cached_property
    def volume(self) -> IntArray:
        """1 where the volumes are the same, -1 where they differ, 0 where one is unknown."""
        return self._level(self.parts.volume)

    @cached_property
    def page(self) -> IntArray:
        """The same of the first pages."""
        return self._level(self.parts.page)

    @cached_property
    def volume_slip(self) -> BoolArray:
        """Whether one volume lacks a digit of the other, or stands where the other has a page."""
        from rapidfuzz.distance import Indel

        codes, values = self.parts.volume
        found = np.zeros(len(self.one), dtype=bool)
        for at in np.flatnonzero(self.volume < 0).tolist():
            pair = values[codes[self.one[at]]], values[codes[self.other[at]]]
            found[at] = Indel.distance(*pair) == 1
        return (
            found | self._is_crossed(self.one, self.other) | self._is_crossed(self.other, self.one)
        )

    def _is_crossed(self, one: IntArray, other: IntArray) -> BoolArray:
        """Whether a node without a volume has that of another as its page."""
        places = {volume: code for code, volume in enumerate(self.parts.volume.values)}
        as_volume = [places.get(page, -1) for page in self.parts.page.values]
        page = np.array([*as_volume, -1], dtype=np.int64)[self.parts.page.code]
        volume = self.parts.volume.code
        return np.asarray((volume[one] < 0) & (page[one] >= 0) & (page[one] == volume[other]))

    @cached_property
    def doi(self) -> IntArray:
        """The same of the DOIs."""
        return self._level(self.parts.doi)

    @cached_property
    def initials(self) -> IntArray:
        """1 where the initials of one are the first of the other, -1 else, 0 where unknown."""
        codes, values = self.parts.initials
        first, second = codes[self.one], codes[self.other]
        level = self._level(self.parts.initials)
        for at in np.flatnonzero(level < 0).tolist():
            short, long = sorted((values[first[at]], values[second[at]]), key=len)
            level[at] = 1 if long.startswith(short) else -1
        return level

    @property
    def is_patent(self) -> BoolArray:
        """Whether one of the two is a patent, which its number alone tells."""
        codes, values = self.parts.known_id
        flags = np.array([*(value.startswith("patent:") for value in values), False])[codes]
        return np.asarray(flags[self.one] | flags[self.other])

    @cached_property
    def author(self) -> FloatArray:
        """Likeness of the family names, 0 to 1."""
        return self._compared(self.parts.family, alike_names)

    @cached_property
    def source(self) -> FloatArray:
        """Likeness of the names of the sources, 0 to 1."""
        return self._compared(self.parts.source, alike_sources)

    @cached_property
    def title(self) -> FloatArray:
        """Likeness of the titles, 0 to 1."""
        from rapidfuzz import fuzz, process

        codes, values = self.parts.title
        first, second = codes[self.one], codes[self.other]
        found = np.full(len(first), UNKNOWN)
        both = np.flatnonzero((first >= 0) & (second >= 0))
        found[both] = 1.0
        unlike = both[first[both] != second[both]]
        found[unlike] = (
            process.cpdist(
                [values[i] for i in first[unlike].tolist()],
                [values[i] for i in second[unlike].tolist()],
                scorer=fuzz.ratio,
                dtype=np.float32,
            )
            / 100
            if len(unlike)
            else 0.0
        )
        return found

    @cached_property
    def title_length(self) -> IntArray:
        """Letters of the shorter title, 0 where one is unknown."""
        codes, values = self.parts.title
        lengths = np.array([*map(len, values), 0], dtype=np.int64)
        return np.minimum(lengths[codes[self.one]], lengths[codes[self.other]])

    @cached_property
    def is_cut_title(self) -> BoolArray:
        """Whether one title begins as the other does and ends before it, with its numbers too."""
        codes, values = self.parts.title
        numbers = [f"{value} " for value in self.parts.numerals.values]
        found = np.zeros(len(self.one), dtype=bool)
        first, second = codes[self.one], codes[self.other]
        for at in np.flatnonzero((first >= 0) & (second >= 0) & (first != second)).tolist():
            ends = (self.one[at], self.other[at])
            short, long = sorted(ends, key=lambda node: len(values[codes[node]]))
            own, other = (self.parts.numerals.code[node] for node in (short, long))
            found[at] = values[codes[long]].startswith(values[codes[short]]) and numbers[
                other
            ].startswith(numbers[own])
        return found

    @cached_property
    def has_same_numerals(self) -> BoolArray:
        """Whether the numbers in the titles are the same."""
        code = self.parts.numerals.code
        return np.asarray(code[self.one] == code[self.other])

    def page_length(self) -> IntArray:
        """Return the characters of the first page of the first node."""
        codes, values = self.parts.page
        lengths = np.array([*map(len, values), 0], dtype=np.int64)
        return np.asarray(lengths[codes[self.one]])

    def one_is_report(self, mask: BoolArray) -> BoolArray:
        """Tell whether one of the two, and not the other, names a report; False off the mask."""
        nodes = np.unique(np.concatenate((self.one[mask], self.other[mask])))
        flags = np.zeros(self.parts.n_nodes, dtype=bool)
        flags[nodes] = [is_report(self.parts.raw[node]) for node in nodes.tolist()]
        return np.asarray((flags[self.one] != flags[self.other]) & mask)

    def _level(self, codes: Codes) -> IntArray:
        first, second = codes.code[self.one], codes.code[self.other]
        known = (first >= 0) & (second >= 0)
        return np.where(known, np.where(first == second, 1, -1), 0)

    def _compared(self, codes: Codes, compare: Callable[[str, str], float]) -> FloatArray:
        """Compare the values of a part, each pair of values once."""
        first, second = codes.code[self.one], codes.code[self.other]
        known = (first >= 0) & (second >= 0)
        found = np.where(known, 1.0, UNKNOWN)
        unlike = known & (first != second)
        low, high = np.minimum(first, second)[unlike], np.maximum(first, second)[unlike]
        pairs, place = np.unique(low * len(codes.values) + high, return_inverse=True)
        shares = _each(pairs.tolist(), codes.values, compare)
        found[unlike] = np.array(shares, dtype=np.float64)[place]
        return found


def _each(
    pairs: Sequence[int], values: Sequence[str], compare: Callable[[str, str], float]
) -> list[float]:
    """Compare pairs of values that are coded in one number, in an order of their own."""
    n_values = len(values)
    return [compare(*sorted((values[pair // n_values], values[pair % n_values]))) for pair in pairs]


def alike_names(one: str, other: str) -> float:
    """Return how like two folded family names are.

    Returns
    -------
    float
        0.95 where one ends or begins as the other, which lacks a particle or a part.

    Examples
    --------
    >>> alike_names("deleone", "leone"), alike_names("koksalan", "kksalan") > 0.9
    (0.95, True)
    """
    from rapidfuzz import fuzz

    short, long = sorted((one, other), key=len)
    if len(short) >= _SHORTEST_NAME and (long.endswith(short) or long.startswith(short)):
        return 0.95 if len(short) > _SHORTEST_NAME or long.endswith(short) else 0.8
    return fuzz.ratio(one, other) / 100


@lru_cache(maxsize=1 << 18)
def alike_sources(one: str, other: str) -> float:
    """Return how like two names of sources are, of which one may be abbreviated or cut.

    Examples
    --------
    >>> alike_sources("EUROPEAN J OPERATION", "European Journal of Operational Research") > 0.8
    True
    """
    share = share_of_words(one, other)
    if share >= 1:
        return share
    cores = one, other
    if core_of_source(one) != one or core_of_source(other) != other:
        cores = core_of_source(one, is_one=True), core_of_source(other, is_one=True)
        share = max(share, share_of_words(*cores))
    short, long = sorted((venue_words(name) for name in cores), key=len)
    letters = "".join(short)
    is_cut = len(letters) >= _SHORTEST_CUT and _begins_with(long, short)
    return 1.0 if is_cut else share


@lru_cache(maxsize=1 << 16)
def core_of_source(name: str, *, is_one: bool = False) -> str:
    """Return the name of a conference without its number and year and what all of them say.

    Parameters
    ----------
    name : str
        Any name; one that does not say that it is a conference stays.
    is_one : bool
        Take it for a conference though it does not say so.

    Examples
    --------
    >>> core_of_source("2019 9TH INT C CLOUD C"), core_of_source("INT J CLOUD")
    ('cloud', 'INT J CLOUD')
    """
    words = venue_words(name)
    if not is_one and not _CONFERENCE.intersection(words):
        return name
    kept = [word for word in words if word not in _AROUND and not _ORDINAL.fullmatch(word)]
    return " ".join(kept) if kept else name


def _begins_with(long: Sequence[str], short: Sequence[str]) -> bool:
    """Whether the words of one name are the first of another, each at most cut."""
    whole = "".join(long)
    if whole.startswith("".join(short)):
        return True
    return len(short) >= _FEWEST_WORDS and all(
        word.startswith(cut) for cut, word in zip(short, long, strict=False)
    )
