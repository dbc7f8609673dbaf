"""How much a term says."""

from __future__ import annotations

import numpy as np
import pytest

import nqp_biblio as nb
from nqp_biblio.networks.relevance import relevance


def _net(n_nodes: int, edges: list[tuple[int, int, float]]) -> nb.Network:
    source, target, weight = np.array(edges or np.empty((0, 3))).reshape(-1, 3).T
    return nb.Network(
        kind="cooccurrence",
        of="text_terms",
        directed=False,
        ids=np.arange(1, n_nodes + 1),
        labels=tuple("abcdefgh"[:n_nodes]),
        source=source.astype(np.int64),
        target=target.astype(np.int64),
        weight=weight.astype(np.float64),
    )


def test_a_general_term_scores_lowest() -> None:
    """A term that stands with all the others says less than those of one subject."""
    subjects = [(1, 2, 9.0), (3, 4, 9.0)]
    general = [(0, k, 2.0) for k in range(1, 5)]
    found = relevance(_net(5, [*general, *subjects]))
    assert found.argmin() == 0
    assert found.mean() == pytest.approx(1)


def test_by_hand() -> None:
    """Of a chain a-b-c the ends have one neighbour each, the middle has all there is."""
    found = relevance(_net(3, [(0, 1, 1.0), (1, 2, 1.0)]))
    expected = np.array([np.log(3 / 2), 0.0, np.log(3 / 2)])
    assert found == pytest.approx(expected / expected.mean())


@pytest.mark.parametrize("edges", [[], [(0, 1, 1.0)], [(0, 0, 2.0)]])
def test_too_little_to_tell(edges: list[tuple[int, int, float]]) -> None:
    """Without links, or with one, nothing is more telling than the rest; loops say nothing."""
    assert relevance(_net(3, edges)).tolist() == [0, 0, 0]


def test_terms_of_texts_have_it() -> None:
    """A network of terms has the column, and names the paper in its manifest."""
    titles = ["Tidal trade of harbours", "Tidal trade of rivers", "Harbours and rivers"]
    corpus = nb.corpus_of(nb.Record(title=title) for title in titles)
    net = nb.cooccurrence_network(corpus, of="title_terms")
    assert len(net.nodes["relevance"]) == net.n_nodes
    assert "Text mining" in net.manifest["references"][-1]
    assert net.top(2, by="relevance").n_nodes == 2
