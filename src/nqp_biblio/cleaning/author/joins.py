"""Bring mentions of names together to people: the surest links first, never against a bar."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nqp_biblio.cleaning.author.names import is_related
from nqp_biblio.cleaning.author.pairs import FEATURES, describe_pairs, find_pairs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from numpy.typing import NDArray

    from nqp_biblio.cleaning.author.evidence import Evidence
    from nqp_biblio.cleaning.author.mentions import Mentions
    from nqp_biblio.cleaning.author.rarity import NamePairs

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["WEIGHTS", "Joined", "Link", "join_mentions", "links_of_ids", "score_links"]

WEIGHTS: dict[str, float] = {
    "intercept": -1.8,
    "names": 0.8,
    "loose": -3.0,
    "coauthors": 1.15,
    "emails": 3.0,
    "addresses": 1.5,
    "no-address": -1.6,
    "places": 0.6,
    "references": 0.4,
    "self-citations": 1.4,
    "venues": 0.8,
    "terms": 0.5,
    "years": -0.1,
}
"""What a unit of each kind of evidence adds to the log-odds that two mentions are one person."""

_FEWEST = 0.25
_LEAST_DOUBT = 0.05


class Link(NamedTuple):
    """Two mentions that are one person, with the rule and how sure that is, 0 to 1."""

    one: int
    other: int
    rule: str
    score: float


class Joined(NamedTuple):
    """People found.

    Attributes
    ----------
    person : list of int
        The person of each mention: the first mention of it.
    rule : list of str or None
        Rule of the surest link of each mention; None where it has none.
    score : list of float
        How sure that link is; where there is none, how sure it is that there is none.
    """

    person: list[int]
    rule: list[str | None]
    score: list[float]


def score_links(
    mentions: Mentions,
    evidence: Evidence,
    names: NamePairs,
    *,
    threshold: float,
    kinds: Collection[str],
) -> tuple[list[Link], list[Link]]:
    """Score the pairs of mentions that may be one person.

    Parameters
    ----------
    mentions, evidence, names : Mentions, Evidence, NamePairs
        The mentions, what they have around them, and the names that may be one.
    threshold : float
        Probability from which two mentions are linked.
    kinds : collection of str
        Evidence that counts.

    Returns
    -------
    links : list of Link
        From `threshold` on, in no order.
    doubts : list of Link
        Those below it that are not plainly two people.
    """
    weights = np.array([WEIGHTS[name] if _counts(name, kinds) else 0.0 for name in FEATURES])
    alone = WEIGHTS["intercept"] + weights[0] * -np.log(names.others) + weights[1] * names.is_loose
    worst = alone + sum(3 * min(weight, 0.0) for weight in weights[2:])
    pairs = find_pairs(mentions, evidence, names, is_sure=_probability(worst) >= threshold)
    columns = describe_pairs(mentions, evidence, names, pairs=pairs)
    parts = columns * weights
    score = _probability(WEIGHTS["intercept"] + parts.sum(axis=1))
    is_open = score >= min(threshold, _LEAST_DOUBT)
    one, other = (part[is_open].tolist() for part in pairs[:2])
    rows = zip(one, other, _rules(parts[is_open]), score[is_open].tolist(), strict=True)
    links: list[Link] = []
    doubts: list[Link] = []
    for row in rows:
        (links if row[3] >= threshold else doubts).append(Link(*row))
    return links, doubts


def links_of_ids(mentions: Mentions) -> Iterator[Link]:
    """Yield links between mentions that share an identifier and a part of their names."""
    by_id: dict[tuple[str, str], list[int]] = defaultdict(list)
    for mention, ids in enumerate(mentions.ids):
        for number in ids:
            by_id[number].append(mention)
    for (scheme, _), found in sorted(by_id.items()):
        for at, mention in enumerate(found[1:]):
            before = next(
                (
                    one
                    for one in reversed(found[: at + 1])
                    if is_related(*(mentions.names[mentions.name[x]] for x in (one, mention)))
                ),
                None,
            )
            if before is not None:
                yield Link(before, mention, scheme, 1.0)


def join_mentions(
    mentions: Mentions,
    names: NamePairs,
    links: Iterable[Link],
    *,
    doubts: Iterable[Link] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> Joined:
    """Join mentions along links, the surest first.

    A link is passed over where it would bring together two people of one list of authors,
    two different identifiers of one kind, names that contradict each other, or mentions
    that must stay apart.

    Parameters
    ----------
    mentions, names : Mentions, NamePairs
        The mentions, and the names that may be one.
    links : iterable of Link
        Links; of equal score the first in the fixed order of mentions counts first.
    doubts : iterable of Link, optional
        Links that are not made.
    apart : iterable of tuple
        Pairs of mentions that are two people.
    """
    forest = _Forest(mentions, names, apart)
    rule: list[str | None] = [None] * len(mentions.place)
    score = [1.0] * len(rule)
    for link in doubts:
        for mention in (link.one, link.other):
            score[mention] = min(score[mention], 1.0 - link.score)
    for link in sorted(links, key=lambda link: (-link.score, link.one, link.other)):
        if forest.join(link):
            for mention in (link.one, link.other):
                if rule[mention] is None:
                    rule[mention], score[mention] = link.rule, link.score
    first: dict[int, int] = {}
    person = [first.setdefault(forest.root(at), at) for at in range(len(rule))]
    return Joined(person, rule, score)


class _Forest:
    """Mentions on their way to people."""

    def __init__(
        self, mentions: Mentions, names: NamePairs, apart: Iterable[tuple[int, int]]
    ) -> None:
        self._parent = list(range(len(mentions.place)))
        self._teams = [{team} for team in mentions.team.tolist()]
        self._names = [{name} for name in mentions.name.tolist()]
        self._ids = [_by_scheme(ids) for ids in mentions.ids]
        self._strangers: dict[int, set[int]] = defaultdict(set)
        self._is_mixed: set[int] = set()
        self._agree = {*zip(names.one.tolist(), names.other.tolist(), strict=True)}
        for one, other in apart:
            self._strangers[one].add(other)
            self._strangers[other].add(one)

    def root(self, mention: int) -> int:
        """Return the mention that stands for a person."""
        while self._parent[mention] != mention:
            self._parent[mention] = self._parent[self._parent[mention]]
            mention = self._parent[mention]
        return mention

    def join(self, link: Link) -> bool:
        """Join two people if nothing bars it."""
        a, b = self.root(link.one), self.root(link.other)
        if a == b:
            return False
        if len(self._teams[a]) < len(self._teams[b]):
            a, b = b, a
        do_agree = self._do_agree(a, b)
        is_given = link.score >= 1.0
        if self._is_barred(a, b) or not (do_agree or is_given):
            return False
        if not do_agree or b in self._is_mixed:
            self._is_mixed.add(a)
        self._parent[b] = a
        self._teams[a] |= self._teams[b]
        self._names[a] |= self._names[b]
        for scheme, numbers in self._ids[b].items():
            self._ids[a].setdefault(scheme, set()).update(numbers)
        for stranger in self._strangers.pop(b, ()):
            self._strangers[a].add(stranger)
        return True

    def _is_barred(self, a: int, b: int) -> bool:
        """Tell whether two people are on one list, have different identifiers or are apart."""
        if not self._teams[b].isdisjoint(self._teams[a]):
            return True
        mine, yours = self._ids[a], self._ids[b]
        if any(numbers.isdisjoint(mine.get(scheme, numbers)) for scheme, numbers in yours.items()):
            return True
        return any(self.root(x) == b for x in self._strangers.get(a, ())) or any(
            self.root(x) == a for x in self._strangers.get(b, ())
        )

    def _do_agree(self, a: int, b: int) -> bool:
        """Tell whether the names of two people can be those of one."""
        mine, yours = self._names[a], self._names[b]
        if a in self._is_mixed or b in self._is_mixed:
            return any(self._can_be_one(x, y) for x in mine for y in yours)
        return all(self._can_be_one(x, y) for x in mine for y in yours)

    def _can_be_one(self, x: int, y: int) -> bool:
        return (min(x, y), max(x, y)) in self._agree


def _by_scheme(ids: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return identifiers by their kind."""
    found: dict[str, set[str]] = {}
    for scheme, number in ids:
        found.setdefault(scheme, set()).add(number)
    return found


def _counts(feature: str, kinds: Collection[str]) -> bool:
    """Tell whether a feature belongs to the evidence that counts."""
    return {"loose": "names", "no-address": "addresses"}.get(feature, feature) in kinds


def _probability(log_odds: FloatArray) -> FloatArray:
    """Turn log-odds into probabilities."""
    made: FloatArray = 1.0 / (1.0 + np.exp(-log_odds.clip(-30, 30)))
    return made


def _rules(parts: FloatArray) -> list[str]:
    """Name each link by the strongest evidence beside the name."""
    beside = parts[:, 2:]
    if not len(beside):
        return []
    best = beside.argmax(axis=1)
    is_enough = beside[np.arange(len(beside)), best] >= _FEWEST
    return [
        FEATURES[2 + at] if enough else "name"
        for at, enough in zip(best.tolist(), is_enough.tolist(), strict=True)
    ]
