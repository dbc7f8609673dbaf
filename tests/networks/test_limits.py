"""Thresholds, hubs, loops and years: what they leave out, and that it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import nqp_biblio as nb

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus

KINDS = ["coauthorship", "cooccurrence", "cocitation", "coupling"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_hub_joins_nothing_but_stays(three_papers: Corpus, kind: str) -> None:
    """What has more nodes than the cap joins none; nodes and occurrences stay as they were."""
    whole = nb.network_of(three_papers, kind)
    net = nb.network_of(three_papers, kind, hub_cap=2)
    assert net.labels == whole.labels
    assert net.nodes["occurrences"].equals(whole.nodes["occurrences"])
    hubs = net.manifest["hubs"]
    assert hubs["cap"] == 2
    assert hubs["dropped"] == 1
    assert whole.weight.sum() - net.weight.sum() == hubs["pairs_dropped"] == 3


@pytest.mark.parametrize("kind", KINDS)
def test_large_works_are_left_out_whole(three_papers: Corpus, kind: str) -> None:
    """A work with too many items is as if it were not there."""
    net = nb.network_of(three_papers, kind, max_items_per_work=2)
    assert net.manifest["works_left_out"] == 1
    part = three_papers.filter("title <> 'Paper 1'")
    assert net.weight.sum() == nb.network_of(part, kind).weight.sum()


@pytest.mark.parametrize("kind", KINDS)
def test_loops_are_the_diagonal(three_papers: Corpus, kind: str) -> None:
    """On request each node has an edge to itself, of its occurrences; the rest stays."""
    whole = nb.network_of(three_papers, kind)
    net = nb.network_of(three_papers, kind, self_loops=True)
    is_loop = net.source == net.target
    assert net.weight[is_loop].tolist() == whole.nodes["occurrences"].tolist()
    assert net.weight[~is_loop].tolist() == whole.weight.tolist()
    ends = list(zip(net.source, net.target, strict=True))
    assert ends == sorted(ends)
    loop = int(net.ids[net.source[is_loop][0]])
    assert len(net.evidence(loop, loop)) == net.weight[is_loop][0]


def test_loops_in_fractions(three_papers: Corpus) -> None:
    """Counted in fractions, a loop adds up what a pair counts in each work."""
    net = nb.coauthorship_network(three_papers, counting="fractional", self_loops=True)
    loops = dict(
        zip(net.source.tolist(), zip(net.target.tolist(), net.weight, strict=True), strict=False)
    )
    assert loops
    table = net.edges
    own = table[table["source"] == table["target"]].set_index("source_label")["weight"]
    assert own["Aone, A"] == 1.5
    assert own["Aold, E"] == 1.0


@pytest.mark.parametrize("kind", [*KINDS, "citation"])
def test_years_choose_works(three_papers: Corpus, kind: str) -> None:
    """Only works of these years join; nodes keep id and label."""
    whole = nb.network_of(three_papers, kind)
    net = nb.network_of(three_papers, kind, years=(2001, 2002))
    names = dict(zip(whole.ids.tolist(), whole.labels, strict=True))
    assert 0 < net.n_nodes <= whole.n_nodes
    assert all(names[key] == label for key, label in zip(net.ids.tolist(), net.labels, strict=True))
    early = three_papers.filter("publication_year BETWEEN 2001 AND 2002")
    if kind != "citation":
        assert net.weight.sum() == nb.network_of(early, kind).weight.sum()


def test_rare_nodes_do_not_change_ids(three_papers: Corpus) -> None:
    """An id is the same with and without a threshold."""
    whole = nb.coauthorship_network(three_papers)
    net = nb.coauthorship_network(three_papers, min_occurrences=2)
    names = dict(zip(whole.ids.tolist(), whole.labels, strict=True))
    assert [names[key] for key in net.ids.tolist()] == list(net.labels)


def test_the_first_nodes(three_papers: Corpus) -> None:
    """The method top keeps the nodes that rank first by strength or by a column."""
    net = nb.coauthorship_network(three_papers)
    assert net.top(2).labels == ("Aone, A", "Athree, C")
    best = net.top(3, by="occurrences")
    assert best.nodes["occurrences"].tolist() == [2, 2, 2]
    assert best.manifest["top"] == {"n": 3, "by": "occurrences"}
    assert np.array_equal(net.top(99).weight, net.weight)


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"hub_cap": 0}, "hub_cap is 0"),
        ({"max_items_per_work": 0}, "max_items_per_work is 0"),
        ({"years": (2002, 2001)}, "the last year must not be before the first"),
        ({"like": "citespace"}, "unknown like 'citespace'"),
        ({"of": "cats"}, "unit of co-authorship 'cats'"),
    ],
)
def test_bad_limits(three_papers: Corpus, options: dict[str, Any], match: str) -> None:
    """A limit that means nothing is refused by name."""
    with pytest.raises(nb.BiblioError, match=match):
        nb.coauthorship_network(three_papers, **options)


def test_bad_top(three_papers: Corpus) -> None:
    """The number must be positive and the column known."""
    net = nb.coauthorship_network(three_papers)
    with pytest.raises(nb.BiblioError, match="n is 0"):
        net.top(0)
    with pytest.raises(nb.BiblioError, match="column of nodes 'size'"):
        net.top(1, by="size")
