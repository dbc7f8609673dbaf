"""The Tree of Science."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.tree_of_science import tree_of_science

if TYPE_CHECKING:
    from collections.abc import Mapping

N_WORKS, N_NODES = 6, 10
LISTS = st.dictionaries(
    st.integers(0, N_WORKS - 1), st.sets(st.integers(0, N_NODES - 1)), max_size=N_WORKS
)


def corpus_of_lists(lists: Mapping[int, set[int]]) -> nb.Corpus:
    """Make six works; what they cite beyond them is outside the corpus."""
    dois = [f"10.1000/w{node}" for node in range(N_NODES)]
    records = [
        nb.Record(
            title=f"Work on subject {work}",
            doi=dois[work],
            publication_year=2000 + work,
            cited_references=[
                nb.CitedReference(raw=dois[node], doi=dois[node], publication_year=1990)
                for node in sorted(lists.get(work, ()))
            ],
        )
        for work in range(N_WORKS)
    ]
    return nb.link_references(nb.corpus_of(records))


def by_networkx(lists: Mapping[int, set[int]]) -> dict[str, dict[Any, float]]:
    """Return the works that are able for each part, with their score, by the rule."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(N_WORKS))
    graph.add_edges_from((a, b) for a, nodes in lists.items() for b in nodes if a != b)
    once = [node for node in graph if graph.in_degree(node) == 1 and not graph.out_degree(node)]
    graph.remove_nodes_from(once)
    parts = [sorted(part) for part in nx.weakly_connected_components(graph)]
    size = max(map(len, parts), default=0)
    largest = min((part for part in parts if len(part) == size), default=[])
    graph = graph.subgraph(largest)
    into, out = dict(graph.in_degree()), dict(graph.out_degree())
    between = nx.betweenness_centrality(graph)
    return {
        "root": {n: into[n] for n in graph if not out[n] and into[n]},
        "trunk": {n: between[n] for n in graph if between[n] > 0},
        "leaf": {n: out[n] for n in graph if not into[n] and out[n]},
    }


@given(lists=LISTS)
@settings(max_examples=25, deadline=None)
def test_against_networkx(lists: dict[int, set[int]]) -> None:
    """Each part has the works, and scores, that networkx finds by the same rule."""
    found = tree_of_science(corpus_of_lists(lists), n=N_NODES)
    expected = by_networkx(lists)
    names = {"root": "citations", "trunk": "betweenness", "leaf": "references"}
    for part, score in names.items():
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows if row[0] == part]
        scores = [row[score] for row in rows]
        assert scores == pytest.approx(sorted(expected[part].values(), reverse=True))
        works = {row["work_id"] - 1 for row in rows if row["work_id"] is not None}
        assert works == {node for node in expected[part] if node < N_WORKS}


LISTS_OF_FIVE = {1: {0, 7}, 2: {0, 1, 8}, 3: {1, 2, 9}, 4: {1, 2}, 5: {5}}


def test_a_small_field() -> None:
    """Work 0 is the root, 1 and 2 the trunk, 3 and 4 the leaves; cited once does not count."""
    found = tree_of_science(corpus_of_lists(LISTS_OF_FIVE))
    assert [(row[0], row[2]) for row in found.rows] == [
        ("root", 1),
        ("trunk", 2),
        ("trunk", 3),
        ("leaf", 4),
        ("leaf", 5),
    ]
    assert found.manifest["nodes_left"] == 5
    assert found.manifest["as_of"] == 2005


def test_equals() -> None:
    """Of equals the older stands first; those left out at the end are counted."""
    found = tree_of_science(corpus_of_lists(LISTS_OF_FIVE), n=1)
    assert found.column("work_id") == [1, 2, 4]
    assert found.manifest["n_tied_left_out"] == {"root": 0, "trunk": 1, "leaf": 1}


def test_outside_the_corpus() -> None:
    """A root outside the corpus has no work_id, but its string and year as printed."""
    found = tree_of_science(corpus_of_lists({1: {8}, 2: {8}}), n=1)
    assert found.rows[0] == ("root", 1, None, "10.1000/w8", 1990, 2, 0, 0.0)


def test_strings_without_a_year() -> None:
    """What is no work of the corpus and prints no year is left out, and counted."""
    records = [
        nb.Record(title=f"Work {n}", cited_references=[nb.CitedReference(raw="No title captured")])
        for n in range(3)
    ]
    found = tree_of_science(nb.link_references(nb.corpus_of(records)))
    assert len(found) == 0
    assert found.manifest["n_without"] == 3


def test_until_a_year() -> None:
    """Works published later do not take part."""
    found = tree_of_science(corpus_of_lists({1: {8}, 2: {8}, 5: {8}}), as_of=2002)
    assert found.rows[0][5] == 2


@pytest.mark.parametrize("lists", [{}, {1: {7}}])
def test_no_citations(lists: dict[int, set[int]]) -> None:
    """Without works that share what they cite there is no row, and a warning."""
    found = tree_of_science(corpus_of_lists(lists))
    assert len(found) == 0
    assert "nothing is connected" in str(found.manifest["warning"])


def test_no_works() -> None:
    """An empty corpus has no tree."""
    assert len(tree_of_science(nb.corpus_of([]))) == 0


def test_bad_options() -> None:
    """An option that means nothing is refused by name."""
    corpus = corpus_of_lists({})
    with pytest.raises(OptionError, match="n is 0"):
        tree_of_science(corpus, n=0)
    with pytest.raises(UnknownNameError, match="identity"):
        tree_of_science(corpus, identity="looks")
