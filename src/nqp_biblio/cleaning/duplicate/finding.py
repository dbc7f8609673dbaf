"""Find the works of a corpus that are one, and those that belong together and are not one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.cleaning.duplicate.features import Likeness, compare_pairs
from nqp_biblio.cleaning.duplicate.groups import Edge, Groups, join_groups
from nqp_biblio.cleaning.duplicate.pairs import candidate_pairs
from nqp_biblio.cleaning.duplicate.score import BIAS, REVIEW_FROM, WEIGHTS, Verdicts, judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from nqp_biblio.cleaning.duplicate.works import ComparedWorks

__all__ = ["Duplicates", "Relation", "find_duplicates"]

_NEAR_TITLE, _SAME_TITLE = 0.9, 0.95
_MOST_YEARS = 4
_LEAST_STEM = 10
_NOTICES = {"erratum": "erratum-of", "retraction": "retraction-of", "comment": "comment-on"}


class Relation(NamedTuple):
    """Two works that belong together: what the one is to the other."""

    one: int
    other: int
    relation: str
    rule: str
    score: float


class Duplicates(NamedTuple):
    """What was found among the works.

    Attributes
    ----------
    groups : Groups
        Works that are one.
    doubtful : list of Edge
        Pairs that a person should look at, the surest first.
    relations : list of Relation
        Works that belong together.
    """

    groups: Groups
    doubtful: list[Edge]
    relations: list[Relation]


def find_duplicates(
    works: ComparedWorks,
    *,
    merge_from: float,
    same: Sequence[tuple[int, int]] = (),
    different: Sequence[tuple[int, int]] = (),
) -> Duplicates:
    """Find the works that are one.

    Parameters
    ----------
    works : ComparedWorks
        The works.
    merge_from : float
        Score from which a pair is one work.
    same, different : sequence of (int, int)
        Pairs on which a person has decided.

    Returns
    -------
    Duplicates
        Places of works; the same for any order of the works.
    """
    found = compare_pairs(works, candidate_pairs(works))
    verdicts = judge(works, found, merge_from=merge_from)
    decided = {tuple(sorted(pair)) for pair in (*same, *different)}
    is_open = _not_among(found, decided)
    edges = _edges(found, verdicts, verdicts.is_one & is_open)
    edges += [Edge(min(pair), max(pair), 1.0, "decision") for pair in sorted(set(same))]
    is_apart = ~verdicts.is_one & ~verdicts.is_doubtful & (verdicts.score < REVIEW_FROM) & is_open
    apart = [tuple(pair) for pair in found.pairs[is_apart].tolist()]
    groups = join_groups(works, edges, apart=[*apart, *different])
    owner = {place: at for at, members in enumerate(groups.members) for place in members}
    doubtful = _edges(found, verdicts, verdicts.is_doubtful & is_open)
    doubtful += [edge._replace(rule=f"{edge.rule}, group disagrees") for edge in groups.refused]
    return Duplicates(
        groups, _one_of_groups(works, doubtful, owner), list(_relations(works, found))
    )


def _one_of_groups(
    works: ComparedWorks, doubtful: list[Edge], owner: Mapping[int, int]
) -> list[Edge]:
    """Return the surest pair of each two groups, and none within one."""
    ranks = works.ranks
    doubtful.sort(key=lambda e: (-e.score, *sorted((int(ranks[e.one]), int(ranks[e.other])))))
    found: dict[tuple[int, ...], Edge] = {}
    for edge in doubtful:
        groups = tuple(sorted(owner.get(place, -1 - place) for place in edge[:2]))
        if groups[0] != groups[1]:
            found.setdefault(groups, edge)
    return list(found.values())


def _not_among(found: Likeness, decided: set[tuple[int, ...]]) -> NDArray[np.bool_]:
    """Tell of which pairs nobody has decided."""
    import numpy as np

    if not decided:
        return np.ones(len(found), dtype=bool)
    return np.array([tuple(pair) not in decided for pair in found.pairs.tolist()], dtype=bool)


def _edges(found: Likeness, verdicts: Verdicts, chosen: NDArray[np.bool_]) -> list[Edge]:
    """Return some of the pairs as edges."""
    places = chosen.nonzero()[0]
    scores = verdicts.score[places].tolist()
    return [
        Edge(one, other, score, verdicts.rules[place])
        for (one, other), score, place in zip(
            found.pairs[places].tolist(), scores, places.tolist(), strict=True
        )
    ]


def _relations(works: ComparedWorks, found: Likeness) -> Iterable[Relation]:
    """Yield the works that belong together."""
    import numpy as np

    kinds = np.array(works.kinds, dtype=object)
    pairs = found.pairs
    differ = kinds[pairs[:, 0]] != kinds[pairs[:, 1]] if len(pairs) else np.zeros(0, dtype=bool)
    parts = np.array([told.part for told in works.told], dtype=object)
    beside = (parts[pairs[:, 0]] != parts[pairs[:, 1]]) if len(pairs) else differ
    for at in np.flatnonzero((differ | beside) & (found.title > 0)).tolist():
        relation = _of_kinds(works, found, at) if differ[at] else _of_parts(works, found, at)
        if relation:
            yield relation


def _of_kinds(works: ComparedWorks, found: Likeness, at: int) -> Relation | None:
    """Tell what a preprint or notice is to the other work of its pair."""
    one, other = found.pairs[at].tolist()
    kinds = works.kinds[one], works.kinds[other]
    for about, work, kind, of in ((one, other, *kinds), (other, one, *reversed(kinds))):
        if of not in {"article", "", "book"}:
            continue
        title = found.title[at]
        if kind in _NOTICES and title >= _SAME_TITLE and not found.has("venue_other")[at]:
            return Relation(about, work, _NOTICES[kind], "title", _surety(found, at))
        years = [int(works.years[place]) for place in (about, work)]
        is_near = not all(years) or abs(years[0] - years[1]) <= _MOST_YEARS
        agrees = found.has("people_same")[at] or found.has("id_and_title")[at]
        if kind == "preprint" and of != "" and title >= _NEAR_TITLE and agrees and is_near:
            return Relation(about, work, "preprint-of", "title-people", _surety(found, at))
    return None


def _of_parts(works: ComparedWorks, found: Likeness, at: int) -> Relation | None:
    """Tell whether the works of a pair are parts of one."""
    one, other = sorted(found.pairs[at].tolist(), key=lambda place: works.told[place].part)
    stems = works.told[one].stem, works.told[other].stem
    has_stem = stems[0] == stems[1] and len(stems[0]) >= _LEAST_STEM
    if not (has_stem and found.has("people_same")[at] and works.told[one].part):
        return None
    return Relation(one, other, "part-beside", "title-part", _surety(found, at, stem=True))


def _surety(found: Likeness, at: int, *, stem: bool = False) -> float:
    """Return how sure it is that two works belong together, by title, authors and identifier."""
    import math

    names = ("people_same", "people_other", "id_and_title", "id_alone")
    odds = BIAS + sum(WEIGHTS[name] * found.column(name)[at] for name in names)
    if not stem:
        odds += sum(WEIGHTS[name] * found.column(name)[at] for name in ("title_far", "title_near"))
    return round(1 / (1 + math.exp(-odds)), 4)
