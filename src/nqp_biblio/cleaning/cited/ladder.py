"""The steps that bring the variants of each cited work together, the surest first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.cleaning.cited.fields import squash
from nqp_biblio.cleaning.cited.groups import Groups, Links
from nqp_biblio.cleaning.cited.likeness import Likeness, core_of_source
from nqp_biblio.cleaning.cited.pairs import (
    joined_key,
    pairs_in_runs,
    representatives,
    star_pairs,
)
from nqp_biblio.cleaning.cited.rules import (
    LENIENT,
    NARROW,
    RULES,
    SLIPS,
    rule_number,
    strong_links,
    weak_links,
    with_misprints,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from nqp_biblio.cleaning.cited.parts import Parts

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["given_links", "group_by_ladder", "links_of"]

_YEAR = re.compile(r"^(?:the|[12]\d{3})\s", re.IGNORECASE)
_SHORT_TITLE, _ENDS = 20, 8
_NO_TITLE, _LONG_RAW = 12, 50
_MARGIN, _NO_MARGIN = 0.04, 0.005
_WHOLE = 95.0
_SAME_SOURCE = 0.9
_PLACED, _TITLED, _NUMBERED, _BARE = 3, 2, 1, 0


def group_by_ladder(
    parts: Parts,
    *,
    same: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> Groups:
    """Bring the nodes that are one work into one group.

    Parameters
    ----------
    parts : Parts
        The strings and works.
    same, apart : iterable of (int, int)
        Nodes that the user says are one work, or are not.

    Returns
    -------
    Groups
        The same for the same content, whatever the order of rows.
    """
    groups = Groups(parts, lenient=LENIENT, slips=SLIPS, narrow=NARROW, apart=apart)
    groups.join(links_of(same, "decision"))
    groups.join(given_links(parts))
    for name, codes in (("doi", parts.doi), ("key", parts.known_id)):
        pairs = star_pairs(*joined_key(codes.code), first=-parts.fullness)
        groups.join(_identified(parts, pairs, name))
    placed = joined_key(parts.family.code, _years(parts), parts.volume.code, parts.page.code)
    placed = _parted_by_doi(*placed, groups.dois())
    _join_strong(parts, groups, star_pairs(*placed, first=_doi_first(parts, groups)))
    for keys, near in _blocks(parts):
        _join_strong(parts, groups, _pairs_of(parts, groups, keys, near=near))
    _join_weak(parts, groups)
    _join_texts(parts, groups)
    return groups


def links_of(pairs: Iterable[tuple[int, int]], name: str) -> Links:
    """Make links by one rule of pairs of nodes."""
    rows = np.array(sorted(set(pairs)), dtype=np.int64).reshape(-1, 2)
    number = rule_number(name)
    return Links(
        rows[:, 0],
        rows[:, 1],
        np.full(len(rows), number, dtype=np.int64),
        np.full(len(rows), RULES[number].score),
    )


def given_links(parts: Parts) -> Links:
    """Link the nodes of one work, and each reference to the work that it was known to be."""
    first: dict[int, int] = {}
    pairs: set[tuple[int, int]] = set()
    for node in range(parts.n_strings, parts.n_nodes):
        leader = first.setdefault(int(parts.work_id[node]), node)
        if leader != node:
            pairs.add((leader, node))
    for at in np.flatnonzero(parts.given).tolist():
        work = first.get(int(parts.given[at]))
        if work is not None:
            pairs.add((int(parts.row_node[at]), work))
    return links_of(pairs, "given")


def _identified(parts: Parts, pairs: tuple[IntArray, IntArray], name: str) -> Links:
    """Link pairs that share a DOI or the key of a database."""
    if name == "doi":
        found = strong_links(Likeness(parts, *pairs))
        return found.where(found.rule == rule_number("doi"))
    number = rule_number(name)
    ones = np.ones(len(pairs[0]))
    return Links(*pairs, np.full(len(pairs[0]), number, dtype=np.int64), ones)


def _parted_by_doi(key: IntArray, known: BoolArray, dois: IntArray) -> tuple[IntArray, BoolArray]:
    """Part the nodes of a place that has several DOIs; those without one stay together."""
    held = np.flatnonzero(known & (dois >= 0))
    pairs = np.unique(np.column_stack((key[held], dois[held])), axis=0)[:, 0]
    several = np.unique(pairs[1:][pairs[1:] == pairs[:-1]])
    doi = np.where(np.isin(key, several), dois + 2, 1)
    return joined_key(np.where(known, key, -1), doi)


def _years(parts: Parts) -> IntArray:
    """Return the years as codes, -1 where unknown."""
    return np.where(parts.year > 0, parts.year, -1)


def _doi_first(parts: Parts, groups: Groups) -> IntArray:
    """Order nodes for a star: those whose group has a DOI first, the fullest of them."""
    return np.where(groups.dois() >= 0, 0, 100) - parts.fullness


def _blocks(parts: Parts) -> list[tuple[tuple[IntArray, ...], tuple[IntArray, ...]]]:
    """Return the keys that variants share, and what orders the nodes of a long run."""
    year, family = _years(parts), parts.family.code
    volume, page = parts.volume.code, parts.page.code
    starts, ends, whole = _title_codes(parts)
    by_name = _ranks(parts.family.values)[family]
    by_title = _ranks(parts.title.values)[parts.title.code]
    return [
        ((year, volume, page), (by_name,)),
        ((family, volume, page), (parts.year,)),
        ((whole,), (parts.year, by_name)),
        ((family, starts), (by_title,)),
        ((family, ends), (by_title,)),
        ((year, starts, page), (by_title,)),
        ((year, volume, starts), (by_title,)),
    ]


def _title_codes(parts: Parts) -> tuple[IntArray, IntArray, IntArray]:
    """Number the beginnings and the ends of titles, and whole titles; short ones have none."""
    values = parts.title.values
    starts: dict[str, int] = {}
    ends: dict[str, int] = {}
    rows = [(-1, -1, -1)] * (len(values) + 1)
    for at, title in enumerate(values):
        if len(title) >= _SHORT_TITLE:
            start = starts.setdefault(title[:_ENDS], len(starts))
            rows[at] = start, ends.setdefault(title[-_ENDS:], len(ends)), at
    table = np.array(rows, dtype=np.int64)[parts.title.code]
    return table[:, 0], table[:, 1], table[:, 2]


def _ranks(values: Sequence[str]) -> IntArray:
    """Return the place of each value in alphabetical order, and of none at the end."""
    ranks = np.zeros(len(values) + 1, dtype=np.int64)
    ranks[sorted(range(len(values)), key=values.__getitem__)] = np.arange(len(values))
    return ranks


def _pairs_of(
    parts: Parts, groups: Groups, keys: tuple[IntArray, ...], *, near: tuple[IntArray, ...]
) -> tuple[IntArray, IntArray]:
    """Pair the groups that share a key."""
    key, known = joined_key(*keys)
    nodes = representatives(key, known, roots=groups.roots(), fullness=parts.fullness)
    return pairs_in_runs(nodes, key, near=near)


def _join_strong(parts: Parts, groups: Groups, pairs: tuple[IntArray, IntArray]) -> None:
    """Join the pairs that are one work for what they say themselves."""
    links = strong_links(Likeness(parts, *pairs))
    is_slip = links.rule == rule_number("doi-misprint")
    groups.join(links.where(is_slip))
    groups.join(_with_one_doi(groups, links.where(~is_slip)))


def _with_one_doi(groups: Groups, links: Links) -> Links:
    """Leave out the links of a group without a DOI that leads to two DOIs equally well."""
    roots, dois = groups.roots(), groups.dois()
    is_first = dois[links.one] < 0
    own = roots[np.where(is_first, links.one, links.other)]
    doi = dois[np.where(is_first, links.other, links.one)]
    lends = (dois[own] < 0) & (doi >= 0)
    best = np.zeros(len(roots))
    np.maximum.at(best, own[lends], links.score[lends])
    near = lends & (links.score >= best[own] - _NO_MARGIN)
    is_ambiguous = _n_partners(own[near], doi[near], len(roots)) > 1
    return links.where(~(lends & (is_ambiguous[own] | ~near)))


def _join_weak(parts: Parts, groups: Groups) -> None:
    """Join strings that leave something out to the one work that they can mean.

    First those with a title, then those with a volume or page, then bare ones: each to the
    only group that tells more.
    """
    letters, initial = _first_letters(parts), _first_initials(parts)
    year, family = _years(parts), parts.family.code
    blocks = [
        (family, year, parts.volume.code),
        (family, year, parts.page.code),
        (family, initial, letters, year),
        (family, initial, letters, np.where(year >= 0, year // 2, -1)),
        (family, initial, letters, np.where(year >= 0, (year + 1) // 2, -1)),
    ]
    for level in (_TITLED, _NUMBERED, _BARE):
        found = []
        for keys in blocks:
            pairs = _pairs_of(parts, groups, keys, near=(parts.source.code,))
            found.append(weak_links(Likeness(parts, *pairs)))
        links = Links(*(np.concatenate(column) for column in zip(*found, strict=True)))
        groups.join(_only_ones(parts, groups, links, level=level))
        if level == _BARE:
            groups.join(_equals(parts, groups, links))


def _first_letters(parts: Parts) -> IntArray:
    """Number the first letters of sources."""
    cores = (_YEAR.sub("", core_of_source(name, is_one=True)) for name in parts.source.values)
    letters = [ord(squash(core)[:1] or "?") for core in cores]
    return np.array([*letters, -1], dtype=np.int64)[parts.source.code]


def _first_initials(parts: Parts) -> IntArray:
    """Number the first initials of the authors."""
    codes = [ord(initials[0]) for initials in parts.initials.values]
    return np.array([*codes, -1], dtype=np.int64)[parts.initials.code]


def _levels(parts: Parts, groups: Groups) -> IntArray:
    """Tell for each node how much its group knows of its place."""
    roots = groups.roots()
    level = np.zeros(parts.n_nodes, dtype=np.int64)
    for codes, value in ((parts.volume, 1), (parts.page, 1), (parts.title, 2)):
        np.maximum.at(level, roots, np.where(codes.code >= 0, value, 0))
    level = level[roots]
    level[groups.has_place() | (groups.dois() >= 0)] = _PLACED
    return level


def _only_ones(parts: Parts, groups: Groups, links: Links, *, level: int) -> Links:
    """Keep the links of groups of one level to the only group above it that they fit."""
    roots, levels = groups.roots(), _levels(parts, groups)
    ends = np.concatenate((links.one, links.other)), np.concatenate((links.other, links.one))
    rule, score = np.tile(links.rule, 2), np.tile(links.score, 2)
    own, above = roots[ends[0]], roots[ends[1]]
    held = (levels[ends[0]] == level) & (levels[ends[1]] > level) & (own != above)
    best = np.zeros(parts.n_nodes)
    np.maximum.at(best, own[held], score[held])
    held &= score >= best[own] - _MARGIN
    directed = Links(*ends, rule, score).where(held)
    own, above = own[held], above[held]
    single = _n_partners(own, above, parts.n_nodes)[own] == 1
    if level == _TITLED:  # two titles must not meet in a string without one
        single &= _n_partners(above, own, parts.n_nodes)[above] == 1
    return directed.where(single)


def _n_partners(own: IntArray, partner: IntArray, n_nodes: int) -> IntArray:
    """Count the distinct partners of each group."""
    pairs = np.unique(own * n_nodes + partner)
    return np.bincount(pairs // n_nodes, minlength=n_nodes)


def _equals(parts: Parts, groups: Groups, links: Links) -> Links:
    """Keep links between groups of one level that know the same, with the same source."""
    levels = _levels(parts, groups)
    one, other = levels[links.one], levels[links.other]
    like = Likeness(parts, links.one, links.other)
    same_kind = (one == other) & (one <= _NUMBERED) & (like.source >= _SAME_SOURCE)
    both_volumes = (parts.volume.code[links.one] >= 0) == (parts.volume.code[links.other] >= 0)
    both_pages = (parts.page.code[links.one] >= 0) == (parts.page.code[links.other] >= 0)
    return links.where(same_kind & both_volumes & both_pages & (like.year_gap == 0))


def _join_texts(parts: Parts, groups: Groups) -> None:
    """Join strings that were not read to the works whose titles stand in them."""
    pairs = _text_pairs(parts, groups)
    if len(pairs):
        groups.join(with_misprints(parts, links_of(pairs, "text")))


def _text_pairs(parts: Parts, groups: Groups) -> list[tuple[int, int]]:
    """Find strings without a title in which the title of one work stands."""
    by_family: dict[str, list[int]] = {}
    codes, titles = parts.title
    families = parts.family.values
    for node in range(parts.n_strings, parts.n_nodes):
        if parts.family.code[node] >= 0 and len(_value(titles, codes[node])) >= _SHORT_TITLE:
            by_family.setdefault(families[parts.family.code[node]], []).append(node)
    has_work = np.zeros(parts.n_nodes, dtype=bool)
    roots = groups.roots()
    has_work[roots[parts.n_strings :]] = True
    lengths = np.array([*map(len, titles), 0], dtype=np.int64)[codes]
    is_tail = np.array([*(title.startswith("etal") for title in titles), False])[codes]
    is_line = (parts.source.code >= 0) & (parts.year > 0)
    is_line &= (parts.volume.code >= 0) | (parts.page.code >= 0) | (parts.doi.code >= 0)
    unread = (lengths < _NO_TITLE) & ~is_line | (parts.family.code < 0) | is_tail
    open_nodes = np.flatnonzero((~has_work[roots] & unread)[: parts.n_strings])
    found = []
    for node in open_nodes.tolist() if by_family else ():
        raw = parts.raw[node]
        if len(raw) >= _LONG_RAW:
            names = sorted(_names_of(parts, node))
            works = [work for name in names for work in by_family.get(name, ())]
            found += _titles_within(parts, node, works)
    return found


def _value(values: Sequence[str], code: int) -> str:
    return values[code] if code >= 0 else ""


def _names_of(parts: Parts, node: int) -> set[str]:
    """Return what may be the family name of a string: that read, or its first words."""
    code = int(parts.family.code[node])
    before = parts.raw[node][:_LONG_RAW].partition(",")[0]
    names = {squash(before), squash(before.split(" ")[0])}
    return names | {parts.family.values[code]} if code >= 0 else names


def _titles_within(parts: Parts, node: int, works: Sequence[int]) -> list[tuple[int, int]]:
    """Return the one work whose title stands in a string, if it is one."""
    from rapidfuzz import fuzz

    squashed = squash(parts.raw[node])
    year = int(parts.year[node])
    found = []
    for work in works:
        gap = abs(int(parts.year[work]) - year) if year and parts.year[work] else 0
        title = parts.title.values[parts.title.code[work]]
        if gap <= 1 and len(title) < len(squashed):
            share = fuzz.partial_ratio(title, squashed, score_cutoff=_WHOLE)
            found += [(node, work)] if share else []
    is_one = len({int(parts.work_id[work]) for _, work in found}) == 1
    return found[:1] if is_one else []
