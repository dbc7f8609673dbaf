"""What groups of nodes mean for each node: its work, the rule of it and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nqp_biblio.cleaning.cited.rules import RULES, rule_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nqp_biblio.cleaning.cited.groups import Groups
    from nqp_biblio.cleaning.cited.parts import Parts

    IntArray = NDArray[np.int64]

__all__ = ["Outcome", "doubled_dois", "outcome_of"]

_FAR = 2.0


class Outcome(NamedTuple):
    """What was found, a value for each reference in order.

    Attributes
    ----------
    cited_work_id : list of int
        Number of the group, from 1 in the order of the first reference.
    work_id : list of int or None
        The work of the corpus.
    rule : list of str or None
        The weakest rule on the way to the main node of the group; None where the reference
        stands alone.
    score : list of float or None
        Its score.
    """

    cited_work_id: list[int]
    work_id: list[int | None]
    rule: list[str | None]
    score: list[float | None]


def outcome_of(parts: Parts, groups: Groups) -> Outcome:
    """Find for each reference its group, its work and the rule of it.

    Parameters
    ----------
    parts : Parts
        The strings and works.
    groups : Groups
        Their groups.

    Notes
    -----
    The main node of a group is its work, else the string that tells most.
    """
    roots, node = groups.roots(), parts.row_node
    anchors = _anchors(parts, roots)
    rule, score = _weakest(groups, anchors, parts.n_nodes)
    _, first, place = np.unique(roots[node], return_index=True, return_inverse=True)
    numbers = np.empty(len(first), dtype=np.int64)
    numbers[np.argsort(first)] = np.arange(1, len(first) + 1)
    shared = np.bincount(place, minlength=len(first))[place] > 1
    rules = np.array(rule, dtype=np.int64)[node]
    scores = np.array(score)[node]
    rules = np.where((rules < 0) & shared, rule_number("string"), rules)
    rules = np.where(parts.given > 0, rule_number("given"), rules)
    scores = np.where((parts.given > 0) | (scores >= _FAR), 1.0, scores)
    works = np.where(parts.given > 0, parts.given, parts.work_id[anchors[roots]][node])
    named = [None if number < 0 else RULES[number].name for number in rules.tolist()]
    return Outcome(
        numbers[place].tolist(),
        [work or None for work in works.tolist()],
        named,
        [value if name else None for value, name in zip(scores.tolist(), named, strict=True)],
    )


def doubled_dois(parts: Parts, groups: Groups) -> Iterator[tuple[int, str, str]]:
    """Yield the references whose DOI is another than that of their group.

    Yields
    ------
    reference_id : int
        The reference.
    doi, other : str
        Its DOI, and that of the work of the group, else the most frequent one.
    """
    roots, main = groups.roots(), _main_dois(parts, groups)
    printed, cut = parts.doi, parts.cut_doi
    for row, node in enumerate(parts.row_node.tolist()):
        right = main.get(int(roots[node]))
        if right is None:
            continue
        own = printed.values[printed.code[node]] if printed.code[node] >= 0 else None
        if cut.code[node] >= 0 and right.startswith(cut.values[cut.code[node]]):
            own = cut.values[cut.code[node]]
        if own is not None and own != right:
            yield int(parts.reference_id[row]), own, right


def _main_dois(parts: Parts, groups: Groups) -> dict[int, str]:
    """Return the DOI of each group that has another one beside it, or a cut one."""
    roots, doi = groups.roots(), parts.doi.code
    known = np.flatnonzero(doi >= 0)
    pairs = np.unique(np.column_stack((roots[known], doi[known])), axis=0)
    several = pairs[1:, 0][pairs[1:, 0] == pairs[:-1, 0]]
    several = np.union1d(several, roots[parts.cut_doi.code >= 0])
    uses = np.bincount(parts.row_node, minlength=parts.n_nodes)
    best: dict[int, tuple[bool, bool, int, int, int, str]] = {}
    for node in known[np.isin(roots[known], several)].tolist():
        value = parts.doi.values[doi[node]]
        is_whole, n_uses = ".issue-" not in value, int(uses[node])
        signs = -value.count("-")
        rank = (bool(parts.work_id[node]), is_whole, n_uses, signs, len(value), value)
        root = int(roots[node])
        best[root] = max(best.get(root, rank), rank)
    return {root: rank[-1] for root, rank in best.items()}


def _anchors(parts: Parts, roots: IntArray) -> IntArray:
    """Return the main node of each group, at the place of its root."""
    order = np.lexsort((np.arange(parts.n_nodes), -parts.fullness, parts.work_id == 0))[::-1]
    anchors = np.arange(parts.n_nodes)
    anchors[roots[order]] = order
    return anchors


def _weakest(groups: Groups, anchors: IntArray, n_nodes: int) -> tuple[list[int], list[float]]:
    """Walk from the main node of each group to all others, and keep the weakest link met."""
    from scipy.sparse import csgraph, csr_array

    own = np.unique(anchors[groups.roots()])
    ends = np.array([link[:2] for link in groups.links], dtype=np.int64).reshape(-1, 2)
    start = np.concatenate((ends[:, 0], np.full(len(own), n_nodes)))
    end = np.concatenate((ends[:, 1], own))
    graph = csr_array((np.ones(len(start)), (start, end)), shape=(n_nodes + 1, n_nodes + 1))
    sequence, before = csgraph.breadth_first_order(graph, n_nodes, directed=False)
    links = {link[:2]: link[2:] for link in groups.links}
    rule, score = [-1] * (n_nodes + 1), [_FAR] * (n_nodes + 1)
    came_from = before.tolist()
    for node in sequence[1:].tolist():
        came = came_from[node]
        if came == n_nodes:
            continue
        link = links.get((came, node)) or links[node, came]
        is_weaker = link[1] < score[came]
        rule[node], score[node] = link if is_weaker else (rule[came], score[came])
    return rule[:-1], score[:-1]
