"""Which nodes are one work: groups that grow link by link and refuse what contradicts them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nqp_biblio.cleaning.cited.fields import is_doi_slip

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from nqp_biblio.cleaning.cited.parts import Parts

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = ["Groups", "Links"]

_NO_CODE = -1
_NO_YEAR = 1 << 20


class Links(NamedTuple):
    """Pairs of nodes that are one work.

    Attributes
    ----------
    one, other : array of int
        The nodes.
    rule : array of int
        Number of the rule.
    score : array of float
        How sure it is, 0 to 1.
    """

    one: IntArray
    other: IntArray
    rule: IntArray
    score: FloatArray

    def where(self, mask: NDArray[np.bool_] | IntArray) -> Links:
        """Return some of the links."""
        return Links(self.one[mask], self.other[mask], self.rule[mask], self.score[mask])


class Groups:
    """Nodes in groups; each group knows its DOIs and a place of its own.

    Parameters
    ----------
    parts : Parts
        The nodes.
    lenient : frozenset of int
        Rules that join whatever speaks against it.
    slips : frozenset of int
        Rules that may join two DOIs of which one is misprinted.
    narrow : frozenset of int
        Rules that may not widen the years of a group to more than two that are neighbours.
    apart : iterable of (int, int)
        Nodes that must not come together.
    """

    def __init__(
        self,
        parts: Parts,
        *,
        lenient: frozenset[int],
        slips: frozenset[int] = frozenset(),
        narrow: frozenset[int] = frozenset(),
        apart: Iterable[tuple[int, int]] = (),
    ) -> None:
        n_nodes = parts.n_nodes
        self._lenient, self._slips, self._narrow = lenient, slips, narrow
        self._first_year: list[int] = np.where(parts.year > 0, parts.year, _NO_YEAR).tolist()
        self._last_year: list[int] = parts.year.tolist()
        self._parent = list(range(n_nodes))
        self._doi: list[int] = parts.doi.code.tolist()
        self._dois = parts.doi.values
        whole = (parts.volume.code >= 0) & (parts.page.code >= 0)
        self._volume = np.where(whole, parts.volume.code, _NO_CODE).tolist()
        self._page = np.where(whole, parts.page.code, _NO_CODE).tolist()
        self._more_places: dict[int, set[tuple[int, int]]] = {}
        self._apart: dict[int, set[int]] = {}
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)
        self.links: list[tuple[int, int, int, float]] = []

    def roots(self) -> IntArray:
        """Return the group of each node, by its first member."""
        parent = np.array(self._parent, dtype=np.int64)
        while True:
            above = parent[parent]
            if np.array_equal(above, parent):
                return parent
            parent = above

    def dois(self) -> IntArray:
        """Return a DOI of the group of each node, -1 where it has none."""
        roots = self.roots()
        return np.array(self._doi, dtype=np.int64)[roots]

    def has_place(self) -> NDArray[np.bool_]:
        """Tell for each node whether its group has a volume with a page."""
        return np.array(self._page, dtype=np.int64)[self.roots()] >= 0

    def join(self, links: Links) -> int:
        """Join groups link by link, the surest first; a link that contradicts them is left out.

        Parameters
        ----------
        links : Links
            In any order.

        Returns
        -------
        int
            Links that joined two groups.
        """
        order = np.lexsort((links.other, links.one, -links.score))
        sorted_links = links.where(order)
        n_before = len(self.links)
        for one, other, rule, score in zip(
            sorted_links.one.tolist(),
            sorted_links.other.tolist(),
            sorted_links.rule.tolist(),
            sorted_links.score.tolist(),
            strict=True,
        ):
            first, second = self._root(one), self._root(other)
            if first == second or not self._may_join(first, second, rule):
                continue
            self._merge(min(first, second), max(first, second))
            self.links.append((one, other, rule, score))
        return len(self.links) - n_before

    def _root(self, node: int) -> int:
        parent = self._parent
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    def _may_join(self, first: int, second: int, rule: int) -> bool:
        """Tell whether two groups may be one work."""
        if self._apart and any(self._root(x) == second for x in self._apart.get(first, ())):
            return False
        if rule in self._lenient:
            return True
        if rule in self._narrow and self._is_wider(first, second):
            return False
        one, other = self._doi[first], self._doi[second]
        if _NO_CODE not in {one, other} and one != other:
            return rule in self._slips and is_doi_slip(self._dois[one], self._dois[other])
        if self._page[first] == _NO_CODE or self._page[second] == _NO_CODE:
            return True
        return bool(one == other != _NO_CODE) or self._fits_place(first, second)

    def _fits_place(self, first: int, second: int) -> bool:
        """Tell whether a volume or a page of one group is one of another."""
        volume, page = self._volume[first], self._page[first]
        if volume == self._volume[second] or page == self._page[second]:
            return True
        ours, theirs = (
            self._more_places.get(root, {(self._volume[root], self._page[root])})
            for root in (first, second)
        )
        return any(a == x or b == y for a, b in ours for x, y in theirs)

    def _is_wider(self, first: int, second: int) -> bool:
        """Tell whether two groups together reach over more years than each, and than two."""
        one = self._last_year[first] - self._first_year[first]
        other = self._last_year[second] - self._first_year[second]
        last = max(self._last_year[first], self._last_year[second])
        both = last - min(self._first_year[first], self._first_year[second])
        return both > max(1, one, other)

    def _merge(self, kept: int, gone: int) -> None:
        """Make two groups one."""
        self._parent[gone] = kept
        one, other = self._doi[kept], self._doi[gone]
        if one == _NO_CODE or (other != _NO_CODE and self._is_whole(other, one)):
            self._doi[kept] = other
        self._merge_places(kept, gone)
        self._first_year[kept] = min(self._first_year[kept], self._first_year[gone])
        self._last_year[kept] = max(self._last_year[kept], self._last_year[gone])
        if gone in self._apart:
            self._apart.setdefault(kept, set()).update(self._apart.pop(gone))

    def _is_whole(self, doi: int, other: int) -> bool:
        """Tell whether the first of two DOIs is that of an article, or the longer one."""
        one, two = self._dois[doi], self._dois[other]
        return (".issue-" not in one, len(one), one) > (".issue-" not in two, len(two), two)

    def _merge_places(self, kept: int, gone: int) -> None:
        """Keep the places of both groups."""
        one, other = ((self._volume[root], self._page[root]) for root in (kept, gone))
        if self._page[kept] == _NO_CODE:
            self._volume[kept], self._page[kept] = other
        places = self._more_places
        if kept in places or gone in places or (one != other and _NO_CODE not in one + other):
            both = places.pop(kept, {one}) | places.pop(gone, {other})
            places[kept] = {place for place in both if place[1] != _NO_CODE}
