"""How many other people one must expect behind two names that agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.cleaning.author.names import AuthorName, align, family_weight, keys_of, sounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = ["NamePairs", "pair_names"]

_MIDDLE = 1 / 12
_ALONE = 0.25
_NEVER = 1e-3
_MOST_RIVALS = 20
_GIVEN_PRIOR = {True: 200.0, False: 400.0}
_INITIAL_PRIOR = 40.0
_N_LETTERS = 18


@dataclass(frozen=True)
class NamePairs:
    """Pairs of names that do not contradict each other, a name with itself too.

    Attributes
    ----------
    one, other : array of shape (n_pairs,)
        Indices of the names, `one` not above `other`; sorted.
    others : array of shape (n_pairs,)
        People that one expects to have a name which agrees as much, beside the one.
    is_loose : array of shape (n_pairs,)
        Whether the family names agree but loosely.
    """

    one: IntArray
    other: IntArray
    others: FloatArray
    is_loose: NDArray[np.bool_]


def pair_names(names: Sequence[AuthorName]) -> NamePairs:
    """Find the pairs of names that can be one person, and how rare what they share is.

    The expected number of others is the number of people with the family name times the
    share of people with the given names on which both agree; names of the corpus that agree
    with the vaguer of both and not with the other one are added, as each may be meant. This
    is the part that Torvik and Smalheiser [1]_ call the prior.

    Parameters
    ----------
    names : sequence of AuthorName
        Distinct names.

    Returns
    -------
    NamePairs
        Pairs in order.

    References
    ----------
    .. [1] Torvik, V. I. & Smalheiser, N. R. (2009). Author name disambiguation in MEDLINE.
       ACM TKDD 3(3), 11. https://doi.org/10.1145/1552303.1552304
    """
    found: dict[tuple[int, int], tuple[tuple[tuple[str, bool], ...], bool]] = {}
    for a, b in sorted(set(_candidates(names))):
        agreed = align(names[a], names[b])
        if agreed is not None:
            found[a, b] = agreed
    friends: dict[int, set[int]] = defaultdict(set)
    for (a, b), (_, is_loose) in found.items():
        if not is_loose:
            friends[a].add(b)
            friends[b].add(a)
    census = _Census(names)
    others = [
        census.others(names[a], names[b], shared) + _rivals(friends, a, b)
        for (a, b), (shared, _) in found.items()
    ]
    pairs = np.array(list(found), dtype=np.int64).reshape(-1, 2)
    return NamePairs(
        pairs[:, 0],
        pairs[:, 1],
        np.array(others, dtype=np.float64).clip(min=_NEVER),
        np.array([is_loose for _, is_loose in found.values()], dtype=bool),
    )


class _Census:
    """How many names of a corpus have which family and given name."""

    def __init__(self, names: Sequence[AuthorName]) -> None:
        firsts: dict[str, set[str]] = defaultdict(set)
        self._given: Counter[tuple[bool, str]] = Counter()
        self._initial: Counter[tuple[bool, str]] = Counter()
        self._n: Counter[bool] = Counter()
        counted = {(n.family, n.given, n.is_chinese) for n in names if n.kind == "person"}
        for family, given, is_chinese in sorted(counted):
            firsts[family].add(given[0])
            self._given[is_chinese, _whole(given, is_chinese=is_chinese)] += 1
            self._initial[is_chinese, given[0][0]] += 1
            self._n[is_chinese] += 1
        self._people = {family: _n_people(first) for family, first in firsts.items()}

    def others(
        self, one: AuthorName, other: AuthorName, shared: tuple[tuple[str, bool], ...]
    ) -> float:
        """Return how many other people one expects with what two names share."""
        if one.kind == "group":
            return 0.0
        n = max(self._people.get(name.family, 0) for name in (one, other))
        if not shared:
            return _ALONE * (n + family_weight(one.family))
        n = max(n - 1, 0)
        return (n + family_weight(one.family)) * self._share(
            shared, is_chinese=one.is_chinese or other.is_chinese
        )

    def _share(self, shared: tuple[tuple[str, bool], ...], *, is_chinese: bool) -> float:
        """Return the share of people with these given names."""
        n = self._n[is_chinese]
        if all(is_full for _, is_full in shared):
            whole = _whole(tuple(token for token, _ in shared), is_chinese=is_chinese)
            count = self._given[is_chinese, whole] - 1
            prior = _GIVEN_PRIOR[is_chinese and len(shared) == 1]
            share = (max(count, 0) + 1) / (n + prior)
        else:
            first = self._initial[is_chinese, shared[0][0][0]]
            share = (first + _INITIAL_PRIOR / _N_LETTERS) / (n + _INITIAL_PRIOR)
            if shared[0][1]:
                share = min(share, (self._given[is_chinese, shared[0][0]] + 1) / (n + 400))
        later = 0 if is_chinese and all(is_full for _, is_full in shared) else len(shared) - 1
        return float(share * _MIDDLE**later)


def _whole(given: tuple[str, ...], *, is_chinese: bool) -> str:
    """Return the given name by which people are counted: the first, of Chinese the whole."""
    return "".join(given) if is_chinese else given[0]


def _n_people(firsts: set[str]) -> int:
    """Count people of one family name: first names, and initials that none of them begins with."""
    full = {first for first in firsts if not first.endswith(".")}
    begun = {first[0] for first in full}
    return len(full) + len({first[0] for first in firsts - full} - begun)


def _rivals(friends: dict[int, set[int]], a: int, b: int) -> int:
    """Count names that one of two names may stand for as well."""
    if a == b:
        mine = friends[a] - {a}
        return min(sum(1 for x in mine if not mine <= friends[x]), _MOST_RIVALS)
    rivals = (len(friends[x] - friends[y] - {y}) for x, y in ((a, b), (b, a)))
    return min(max(rivals), _MOST_RIVALS)


def _candidates(names: Sequence[AuthorName]) -> Iterator[tuple[int, int]]:
    """Yield pairs of names that share a key and the beginning of the given name."""
    buckets: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(names):
        yield index, index
        for key in keys_of(name) if name.kind != "group" else ():
            buckets[key].append(index)
    for key, members in buckets.items():
        odd = [i for i in members if _is_vague(names[i], key)]
        exact: dict[str, list[int]] = defaultdict(list)
        for i in members:
            for part in _given_keys(names[i]):
                exact[part].append(i)
        for i in odd:
            yield from ((min(i, j), max(i, j)) for j in members)
        for group in exact.values():
            yield from ((min(i, j), max(i, j)) for at, i in enumerate(group) for j in group[:at])


def _is_vague(name: AuthorName, key: str) -> bool:
    """Tell a name that must be compared with all others of its key."""
    return not name.given or name.given[0].endswith(".") or not key.startswith(f"{name.family}|")


def _given_keys(name: AuthorName) -> set[str]:
    """Return what given names written out have in common when they agree."""
    if not name.given or name.given[0].endswith("."):
        return set()
    return {sounded(name.given[0]), "".join(name.given)}
