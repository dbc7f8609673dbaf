"""Citations without cycles."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.measures.acyclic import Acyclic, without_cycles

N_WORKS = 7
PAIR = st.tuples(st.integers(0, N_WORKS - 1), st.integers(0, N_WORKS - 1))
CITATIONS = st.sets(PAIR.filter(lambda pair: pair[0] != pair[1]), max_size=20).map(sorted)


def acyclic(citations: list[tuple[int, int]], cycles: str = "preprint") -> Acyclic:
    """Take the circles of some citations apart."""
    citing, cited = [a for a, _ in citations], [b for _, b in citations]
    return without_cycles(citing, cited, N_WORKS, cycles=cycles)


def arcs(graph: Acyclic) -> list[tuple[int, int]]:
    """Return the arcs as pairs of nodes."""
    return list(zip(graph.citing.tolist(), graph.cited.tolist(), strict=True))


@given(citations=CITATIONS, cycles=st.sampled_from(["preprint", "drop"]))
@settings(deadline=None)
def test_no_cycle_is_left(citations: list[tuple[int, int]], cycles: str) -> None:
    """Whatever cites whatever, each node comes before all that it cites."""
    graph = acyclic(citations, cycles)
    place = np.argsort(graph.order)
    assert sorted(graph.order.tolist()) == list(range(graph.n_nodes))
    assert (place[graph.citing] < place[graph.cited]).all()


@given(citations=CITATIONS)
@settings(deadline=None)
def test_circles_are_strong_components(citations: list[tuple[int, int]]) -> None:
    """The circles are the strongly connected components of two works or more."""
    found = nx.strongly_connected_components(nx.DiGraph(citations))
    expected = sorted(sorted(works) for works in found if len(works) > 1)
    assert [works.tolist() for works in acyclic(citations).circles] == expected


@given(citations=CITATIONS)
@settings(deadline=None)
def test_the_rule_of_preprints(citations: list[tuple[int, int]]) -> None:
    """Within a circle the preprint is cited; both versions cite what stands outside."""
    graph = acyclic(citations)
    circle_of = {w: n for n, works in enumerate(graph.circles) for w in works.tolist()}
    preprint = {w: N_WORKS + n for n, w in enumerate(sorted(circle_of))}
    expected = set()
    for u, v in citations:
        if u in circle_of and circle_of[u] == circle_of.get(v):
            expected.add((u, preprint[v]))
        else:
            expected |= {(node, v) for node in (u, preprint.get(u, u))}
    assert set(arcs(graph)) == expected
    assert len(expected) == len(arcs(graph))
    ends = [citations[link] for link in graph.links.tolist()]
    works = [(int(graph.work[a]), int(graph.work[b])) for a, b in arcs(graph)]
    assert works == ends


def test_a_citation_each_way_within_a_year() -> None:
    """Two works of one year that cite each other keep both citations, by way of preprints."""
    graph = acyclic([(0, 1), (0, 2), (1, 0), (3, 0)])
    assert arcs(graph) == [(0, 2), (0, 8), (1, 7), (3, 0), (7, 2)]
    told = graph.told("preprint")
    assert (told["circles"], told["works_in_circles"], told["citations_left_out"]) == (1, 2, 0)


def test_circles_dropped() -> None:
    """On demand the citations within a circle are left out, and counted."""
    graph = acyclic([(0, 1), (0, 2), (1, 0), (3, 0)], "drop")
    assert arcs(graph) == [(0, 2), (3, 0)]
    assert graph.told("drop")["citations_left_out"] == 2


def test_nothing_cited() -> None:
    """Works without citations are in order too."""
    assert acyclic([]).n_nodes == N_WORKS
    assert without_cycles([], [], 0).n_nodes == 0


def test_unknown_way() -> None:
    """A way with cycles that there is not is refused by name."""
    with pytest.raises(UnknownNameError, match="way with cycles 'break'"):
        acyclic([], "break")
