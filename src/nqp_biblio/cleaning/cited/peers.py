"""Linking cited references as VOSviewer and CRExplorer do."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.cleaning.cited.fields import squash
from nqp_biblio.cleaning.cited.groups import Groups, Links
from nqp_biblio.cleaning.cited.ladder import given_links, links_of
from nqp_biblio.cleaning.cited.pairs import joined_key
from nqp_biblio.cleaning.cited.rules import RULES, rule_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from numpy.typing import NDArray

    from nqp_biblio.cleaning.cited.parts import Parts

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = ["group_like_crexplorer", "group_like_vosviewer"]

_ALL_RULES = frozenset(range(len(RULES)))
_N_LETTERS = 3
_SAME_NAME = 0.5
_AUTHOR, _SOURCE, _TITLE = 2.0, 1.0, 5.0
_AT_ONCE = 2_000_000


def group_like_vosviewer(
    parts: Parts,
    *,
    same: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> Groups:
    """Link strings to works by VOSviewer's match keys; strings of no work stay as printed.

    Parameters
    ----------
    parts : Parts
        The strings and works.
    same, apart : iterable of (int, int)
        Nodes that the user says are one work, or are not.

    References
    ----------
    .. [1] van Eck, N. J. & Waltman, L. VOSviewer manual, on matching of cited references:
       author (family name and first initial), year, volume and first page; without a volume
       author, year, the first three letters or digits of the source, and page; DOI.
    """
    groups = _start(parts, same, apart)
    initial = np.array([*(ord(value[0]) for value in parts.initials.values), -1])
    letters = _numbered(squash(name)[:_N_LETTERS] for name in parts.source.values)
    year = np.where(parts.year > 0, parts.year, -1)
    author = (parts.family.code, initial[parts.initials.code], year, parts.page.code)
    no_volume = np.where(parts.volume.code < 0, 0, -1)
    keys = {
        "volume-page": (*author, parts.volume.code),
        "source-page": (*author, letters[parts.source.code], no_volume),
        "doi": (parts.doi.code,),
    }
    linked = np.zeros(parts.n_strings, dtype=bool)
    for name, codes in keys.items():
        links = _to_works(parts, *joined_key(*codes), name=name)
        links = links.where(~linked[links.one])
        linked[links.one] = True
        groups.join(links)
    return groups


def group_like_crexplorer(
    parts: Parts,
    *,
    threshold: float = 0.75,
    equal: Collection[str] = (),
    same: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> Groups:
    """Cluster strings and works of one year by their likeness, as CRExplorer does.

    Parameters
    ----------
    parts : Parts
        The strings and works.
    threshold : float
        Least likeness of two that are one.
    equal : collection of {"volume", "page", "doi"}
        Parts that both must have, and the same.
    same, apart : iterable of (int, int)
        Nodes that the user says are one work, or are not.

    Notes
    -----
    Pairs are compared whose family names have a Levenshtein likeness of 0.5. The likeness of
    a pair is the mean of that of the authors (weight 2), of the sources where both have one
    (1) and of the titles (5; 0 where one has none, not counted where neither has). Time grows
    with the square of the strings of a year.

    References
    ----------
    .. [1] Thor, A., Marx, W., Leydesdorff, L. & Bornmann, L. (2016). Introducing
       CitedReferencesExplorer (CRExplorer). Journal of Informetrics 10(2), 503-515.
       https://doi.org/10.1016/j.joi.2016.02.005
    """
    groups = _start(parts, same, apart)
    for one, other in _pairs_of_years(parts):
        held = np.ones(len(one), dtype=bool)
        for name in equal:
            codes = getattr(parts, name).code
            held &= (codes[one] >= 0) & (codes[one] == codes[other])
        score = _likeness(parts, one[held], other[held])
        found = score >= threshold
        rule = np.full(int(found.sum()), rule_number("likeness"), dtype=np.int64)
        groups.join(Links(one[held][found], other[held][found], rule, score[found]))
    return groups


def _start(
    parts: Parts, same: Iterable[tuple[int, int]], apart: Iterable[tuple[int, int]]
) -> Groups:
    """Begin with what is known."""
    groups = Groups(parts, lenient=_ALL_RULES, apart=apart)
    groups.join(links_of(same, "decision"))
    groups.join(given_links(parts))
    return groups


def _numbered(values: Iterable[str]) -> IntArray:
    """Number values; the last number, for none, is -1."""
    places: dict[str, int] = {}
    codes = [places.setdefault(value, len(places)) if value else -1 for value in values]
    return np.array([*codes, -1], dtype=np.int64)


def _to_works(parts: Parts, key: IntArray, known: NDArray[np.bool_], *, name: str) -> Links:
    """Link each string to the first work with its key."""
    works: dict[int, int] = {}
    for node in range(parts.n_strings, parts.n_nodes):
        if known[node]:
            works.setdefault(int(key[node]), node)
    pairs = [
        (node, works[int(key[node])])
        for node in np.flatnonzero(known[: parts.n_strings]).tolist()
        if int(key[node]) in works
    ]
    return links_of(pairs, name)


def _pairs_of_years(parts: Parts) -> Iterator[tuple[IntArray, IntArray]]:
    """Yield the pairs of one year whose family names are alike, some at a time."""
    known = np.flatnonzero((parts.year > 0) & (parts.family.code >= 0))
    years = parts.year[known]
    for year in np.unique(years).tolist():
        nodes = known[years == year]
        by_name: dict[int, list[int]] = defaultdict(list)
        for node in nodes.tolist():
            by_name[int(parts.family.code[node])].append(node)
        yield from _pairs_of_names(parts, by_name)


def _pairs_of_names(
    parts: Parts, by_name: dict[int, list[int]]
) -> Iterator[tuple[IntArray, IntArray]]:
    """Yield the pairs of nodes whose family names are alike."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    codes = list(by_name)
    names = [parts.family.values[code] for code in codes]
    step = max(_AT_ONCE // max(len(names), 1), 1)
    for start in range(0, len(names), step):
        shares = process.cdist(
            names[start : start + step],
            names,
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=_SAME_NAME,
            dtype=np.float32,
        )
        ones: list[int] = []
        others: list[int] = []
        for row, column in np.argwhere(shares >= _SAME_NAME).tolist():
            for node in by_name[codes[start + row]]:
                nodes = [other for other in by_name[codes[column]] if other > node]
                ones += [node] * len(nodes)
                others += nodes
        yield np.array(ones, dtype=np.int64), np.array(others, dtype=np.int64)


def _likeness(parts: Parts, one: IntArray, other: IntArray) -> FloatArray:
    """Return the weighted mean of the likeness of author, source and title."""
    author = _similarity(_authors(parts, one), _authors(parts, other))
    total, weight = _AUTHOR * author, np.full(len(one), _AUTHOR)
    first, second = parts.source.code[one], parts.source.code[other]
    both = (first >= 0) & (second >= 0)
    sources = [name.lower() for name in parts.source.values]
    pairs = [[sources[code] for code in codes[both].tolist()] for codes in (first, second)]
    total[both] += _SOURCE * _similarity(*pairs)
    weight += _SOURCE * both
    first, second = parts.title.code[one], parts.title.code[other]
    both = (first >= 0) & (second >= 0)
    titles = parts.title.values
    pairs = [[titles[code] for code in codes[both].tolist()] for codes in (first, second)]
    total[both] += _TITLE * _similarity(*pairs)
    weight += _TITLE * ((first >= 0) | (second >= 0))
    return np.asarray(total / weight)


def _authors(parts: Parts, nodes: IntArray) -> list[str]:
    """Return family name and initials of nodes."""
    families, initials = parts.family, parts.initials
    return [
        f"{families.values[families.code[node]]} {initials.values[code] if code >= 0 else ''}"
        for node, code in zip(nodes.tolist(), initials.code[nodes].tolist(), strict=True)
    ]


def _similarity(ones: list[str], others: list[str]) -> FloatArray:
    """Return the Levenshtein likeness of pairs of texts."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    if not ones:
        return np.zeros(0)
    scorer = Levenshtein.normalized_similarity
    return np.asarray(process.cpdist(ones, others, scorer=scorer, dtype=np.float64))
