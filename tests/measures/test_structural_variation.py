"""Structural variation."""

from __future__ import annotations

import itertools
import math
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.errors import OptionError
from nqp_biblio.measures.clusters import cluster
from nqp_biblio.measures.sliced import sliced_network
from nqp_biblio.measures.structural_variation import structural_variation

Work = tuple[int | None, str]
# two closed groups of references, and one link between them
BEFORE: list[Work] = [(2000, "abc"), (2001, "abc"), (2001, "def"), (2002, "def"), (2002, "cd")]
LISTS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=4).map("".join)


def corpus_of_lists(works: list[Work]) -> nb.Corpus:
    """Make works that cite references of one letter each."""
    records = [
        nb.Record(
            title=f"Work {number}",
            publication_year=year,
            cited_by_count=number,
            cited_references=[
                nb.CitedReference(raw=f"10.1000/{letter}", doi=f"10.1000/{letter}")
                for letter in letters
            ],
        )
        for number, (year, letters) in enumerate(works)
    ]
    return nb.link_references(nb.corpus_of(records))


def row_of(works: list[Work], **options: Any) -> dict[str, Any]:
    """Return the first row of the table."""
    found = structural_variation(corpus_of_lists(works), **options)
    return dict(zip(found.columns, found.rows[0], strict=True))


def test_by_hand() -> None:
    """Two triangles with a bridge: a second bridge lowers Q from 5/14 to 1/4.

    Q = 6/7 - 2 (7/14)^2 = 5/14 before, 6/8 - 2 (8/16)^2 = 1/4 after; one link more between
    two clusters, where there was one.
    """
    row = row_of([*BEFORE, (2003, "af")])
    assert row["modularity_change"] == pytest.approx(100 * (5 / 14 - 1 / 4) / (5 / 14))
    assert (row["references"], row["new_links"], row["new_links_between"]) == (2, 1, 1)
    assert (row["cluster_linkage"], row["cluster_linkage_change"]) == (0.5, 100)
    assert row["centrality_divergence"] > 0


def test_nothing_new() -> None:
    """A work that cites together what was cited together changes nothing."""
    row = row_of([*BEFORE, (2003, "abcz")])
    assert (row["references"], row["new_links"]) == (3, 0)
    assert [row[name] for name in ("modularity_change", "cluster_linkage")] == [0, 0]
    assert row["centrality_divergence"] == 0


@given(before=st.lists(LISTS, min_size=1, max_size=6), work=LISTS.filter(bool))
@settings(max_examples=30, deadline=None)
def test_against_networkx(before: list[str], work: str) -> None:
    """Modularity and betweenness are those of networkx, before and after."""
    works: list[Work] = [(2000, letters) for letters in before]
    corpus = corpus_of_lists([*works, (2001, work)])
    found = structural_variation(corpus, k=1_000)
    base = sliced_network(corpus, as_of=2000, k=1_000)
    names = [label.rpartition("/")[2] for label in base.labels]
    if not set(names) & set(work):
        assert len(found) == 0
        return
    row = dict(zip(found.columns, found.rows[0], strict=True))
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(names)
    graph.add_edges_from(
        (names[a], names[b]) for a, b in zip(base.source, base.target, strict=True)
    )
    ones = base.with_manifest()
    numbers = cluster(ones, quality="modularity", weights="weight").node_columns["cluster"]
    new = [
        p
        for p in itertools.combinations(sorted(set(work) & set(names)), 2)
        if not graph.has_edge(*p)
    ]
    assert row["new_links"] == len(new)
    after = graph.copy()
    after.add_edges_from(new)
    shares = [
        np.array([nx.betweenness_centrality(g)[name] or 1e-6 for name in names])
        for g in (graph, after)
    ]
    p, q = (share / share.sum() for share in shares)
    expected = math.fsum(p * np.log(p / q)) if new else 0
    assert row["centrality_divergence"] == pytest.approx(expected, abs=1e-9)
    # the clusters are of links that count once
    if graph.size() and (base.weight == 1).all():
        groups = [{names[i] for i in np.flatnonzero(numbers == n)} for n in set(numbers.tolist())]
        before_q, after_q = (nx.community.modularity(g, groups) for g in (graph, after))
        change = 100 * (before_q - after_q) / before_q if abs(before_q) > 1e-12 else None
        expected_change = change if new else 0
        assert row["modularity_change"] == pytest.approx(expected_change, abs=1e-9)


def test_window_and_years() -> None:
    """Only the years of the window are before, and only the years asked are measured."""
    works: list[Work] = [(1990, "xy"), *BEFORE, (2003, "af"), (2004, "be"), (None, "ab")]
    found = structural_variation(corpus_of_lists(works), years=(2003, 2004), window=3)
    assert sorted(found.column("publication_year")) == [2003, 2004]
    told: Any = found.manifest["baselines"]
    assert [entry["nodes"] for entry in told] == [6, 6]
    assert [entry["exact"] for entry in told] == [True, True]
    assert found.manifest["n_without"] == 1
    assert structural_variation(corpus_of_lists(works), as_of=2003).column("publication_year") == [
        2003
    ]


def test_pivots() -> None:
    """Fewer pivots are said, and chosen by the seed."""
    corpus = corpus_of_lists([*BEFORE, (2003, "af")])
    found = structural_variation(corpus, n_pivots=2, seed=1)
    told: Any = found.manifest["baselines"]
    assert (told[0]["pivots"], told[0]["exact"]) == (2, False)
    assert found == structural_variation(corpus, n_pivots=2, seed=1)


@pytest.mark.parametrize("works", [[], [(2000, "ab")], [(None, "ab")], [(2000, ""), (2001, "")]])
def test_nothing_before(works: list[Work]) -> None:
    """Without years before there is no row, and a warning."""
    found = structural_variation(corpus_of_lists(works))
    assert len(found) == 0
    assert "no work of these years cites" in str(found.manifest["warning"])


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"years": (2001, 2000)}, "last year must not be before"),
        ({"window": 0}, "window is 0"),
        ({"n_pivots": 0}, "n_pivots is 0"),
        ({"k": -1}, "k is -1"),
    ],
)
def test_bad_options(options: dict[str, Any], match: str) -> None:
    """An option that means nothing is refused by name."""
    with pytest.raises(OptionError, match=match):
        structural_variation(corpus_of_lists([]), **options)


def test_a_work_that_was_cited_much(management_clean: nb.Corpus) -> None:
    """Of the works of 2015 in ``management`` that of Zupic & Cater changes most, by 9.4 %."""
    found = structural_variation(management_clean, years=(2015, 2015))
    first = dict(zip(found.columns, found.rows[0], strict=True))
    assert first["title"] == "BIBLIOMETRIC METHODS IN MANAGEMENT AND ORGANIZATION"
    assert first["modularity_change"] == pytest.approx(9.4, abs=0.05)
