"""From pairs to groups: works joined through others only where the whole group agrees."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nqp_biblio.cleaning.duplicate.works import ComparedWorks

__all__ = ["Edge", "Groups", "join_groups"]


class Edge(NamedTuple):
    """Two works that are one by a rule.

    Attributes
    ----------
    one, other : int
        Places of the works.
    score : float
        How sure that is, 0 to 1.
    rule : str
        The rule.
    """

    one: int
    other: int
    score: float
    rule: str


class Groups(NamedTuple):
    """Works that are one.

    Attributes
    ----------
    members : list of list of int
        Places of the works of each group of two or more.
    edges : dict of int to list of Edge
        By place the edges that joined it.
    refused : list of Edge
        Edges between works whose groups disagree.
    """

    members: list[list[int]]
    edges: dict[int, list[Edge]]
    refused: list[Edge]


def join_groups(
    works: ComparedWorks, edges: Iterable[Edge], *, apart: Iterable[tuple[int, int]]
) -> Groups:
    """Join works by their edges, the surest first.

    Parameters
    ----------
    works : ComparedWorks
        The works.
    edges : iterable of Edge
        Pairs that are one work.
    apart : iterable of (int, int)
        Pairs that are not; no group holds both.

    Returns
    -------
    Groups
        The same whatever the order of works and edges. An edge is refused where the groups
        that it would join hold works that are apart, different DOIs without a PMID in
        common, or works of different kinds.
    """
    ranks = works.ranks
    ordered = sorted(
        edges,
        key=lambda edge: (
            edge.rule != "decision",
            -edge.score,
            *sorted((int(ranks[edge.one]), int(ranks[edge.other]))),
        ),
    )
    foes: dict[int, set[int]] = defaultdict(set)
    for one, other in apart:
        foes[one].add(other)
        foes[other].add(one)
    owner: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    joined: dict[int, list[Edge]] = defaultdict(list)
    refused = []
    for edge in ordered:
        a, b = owner.setdefault(edge.one, edge.one), owner.setdefault(edge.other, edge.other)
        if a == b:
            joined[edge.one].append(edge)
            joined[edge.other].append(edge)
            continue
        ones, others = members.get(a, [a]), members.get(b, [b])
        if edge.rule != "decision" and not _agree(works, ones, others, foes):
            refused.append(edge)
            continue
        if len(ones) < len(others):
            a, ones, others = b, others, ones
        members[a] = ones + others
        for place in others:
            owner[place] = a
        joined[edge.one].append(edge)
        joined[edge.other].append(edge)
    groups = [sorted(places) for key, places in members.items() if owner[key] == key]
    refused = [edge for edge in refused if owner[edge.one] != owner[edge.other]]
    return Groups(sorted(groups), dict(joined), refused)


def _agree(
    works: ComparedWorks, ones: list[int], others: list[int], foes: Mapping[int, set[int]]
) -> bool:
    """Tell whether two groups may be one."""
    few, many = sorted((ones, others), key=len)
    if any(not foes[place].isdisjoint(many) for place in few if place in foes):
        return False
    for values in (works.kinds, works.dois):
        mine, theirs = ({values[place] for place in places} - {""} for places in (ones, others))
        if mine and theirs and mine.isdisjoint(theirs) and not _share(works.pmids, ones, others):
            return False
    return True


def _share(values: list[str], ones: list[int], others: list[int]) -> bool:
    """Tell whether two groups have a value in common."""
    mine, theirs = ({values[place] for place in places} - {""} for places in (ones, others))
    return not mine.isdisjoint(theirs)
