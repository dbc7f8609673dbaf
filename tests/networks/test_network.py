"""The network itself: tables, evidence, parts, conversion."""

from __future__ import annotations

import dataclasses
import pickle
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.networks.citation import citation_network
from nqp_biblio.networks.coauthorship import coauthorship_network
from nqp_biblio.networks.cocitation import cocitation_network
from nqp_biblio.networks.cooccurrence import cooccurrence_network
from nqp_biblio.networks.coupling import coupling_network
from nqp_biblio.networks.network import EVIDENCE_COLUMNS, Network

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus

KINDS = {
    "cooccurrence": cooccurrence_network,
    "coauthorship": coauthorship_network,
    "cocitation": cocitation_network,
    "coupling": coupling_network,
    "citation": citation_network,
}


def _net(n_nodes: int, edges: list[tuple[int, int, float]]) -> Network:
    source, target, weight = np.array(edges or np.empty((0, 3))).reshape(-1, 3).T
    return Network(
        kind="cooccurrence",
        of="topics",
        directed=False,
        ids=np.arange(1, n_nodes + 1),
        labels=tuple("abcdefgh"[:n_nodes]),
        source=source.astype(np.int64),
        target=target.astype(np.int64),
        weight=weight.astype(np.float64),
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_keeps_the_contract(three_papers: Corpus, kind: str) -> None:
    """Whatever the kind: distinct labels, sorted edges within range, a full manifest."""
    net = KINDS[kind](three_papers)
    assert len(set(net.labels)) == len(net.ids) == net.n_nodes > 1
    assert sorted(zip(net.source, net.target, strict=True)) == list(
        zip(net.source, net.target, strict=True)
    )
    assert net.directed or bool((net.source < net.target).all())
    assert net.weight.min() > 0
    assert {"kind", "of", "rule", "parameters", "counts", "references"} <= set(net.manifest)
    assert net.manifest["counts"]["edges"] == net.n_edges


@pytest.mark.parametrize("kind", KINDS)
def test_evidence_has_one_row_per_unit_of_weight(three_papers: Corpus, kind: str) -> None:
    """With full counting every edge is backed by as many rows as its weight says."""
    net = KINDS[kind](three_papers)
    for a, b, weight in zip(net.ids[net.source], net.ids[net.target], net.weight, strict=True):
        rows = net.evidence(int(a), int(b))
        assert len(rows) == weight
        assert list(rows.columns) == list(EVIDENCE_COLUMNS)
        assert rows["printed_a"].notna().all()
        assert rows["printed_b"].notna().all()


def test_evidence_of_no_edge_is_empty(three_papers: Corpus) -> None:
    """Two nodes without an edge have no rows, which is not an error."""
    net = coauthorship_network(three_papers)
    assert net.evidence("Aone, A", "Afour, D").empty


def test_evidence_of_an_unknown_node_says_what_is_near(three_papers: Corpus) -> None:
    """A slip of the pen is met with a suggestion."""
    net = coauthorship_network(three_papers)
    with pytest.raises(UnknownNameError, match="Did you mean 'Aone, A'"):
        net.evidence("Aone, B", "Atwo, B")
    with pytest.raises(UnknownNameError, match="unknown node '99'"):
        net.evidence(99, 1)


def test_evidence_without_corpus_is_refused() -> None:
    """A network made by hand says that nothing stands behind it."""
    with pytest.raises(OptionError, match="no corpus"):
        _net(2, [(0, 1, 1)]).evidence("a", "b")


def test_tables_show_links_and_strength() -> None:
    """Nodes carry their links and total link strength, edges their labels."""
    net = _net(3, [(0, 1, 2), (0, 2, 3)])
    assert net.nodes["links"].tolist() == [2, 1, 1]
    assert net.nodes["total_link_strength"].tolist() == [5, 2, 3]
    assert net.edges.loc[1].tolist() == [1, 3, "a", "c", 3]


def test_it_does_not_change() -> None:
    """Steps give a new network; the old one stays as it was."""
    net = _net(2, [(0, 1, 1)])
    more = net.with_nodes(size=[1, 2]).with_edges(kind=["x"]).with_manifest(note=1)
    assert net.node_columns == net.edge_columns == net.manifest == {}
    assert more.nodes["size"].tolist() == [1, 2]
    with pytest.raises(dataclasses.FrozenInstanceError):
        net.kind = "other"  # type: ignore[misc]


@pytest.mark.parametrize("step", ["with_nodes", "with_edges"])
def test_values_must_fit(step: str) -> None:
    """A column of the wrong length is refused."""
    with pytest.raises(OptionError, match=r"size has shape \(3,\)"):
        getattr(_net(2, [(0, 1, 1)]), step)(size=[1, 2, 3])


def test_networkx_has_everything(three_papers: Corpus) -> None:
    """The graph has plain Python values under the labels of the nodes."""
    graph = coauthorship_network(three_papers).to_networkx()
    assert graph["Aone, A"]["Athree, C"] == {"weight": 2.0}
    assert graph.nodes["Aone, A"] == {"id": 3, "occurrences": 2, "mean_year": 2001.5}
    assert citation_network(three_papers).to_networkx().is_directed()


def test_part_keeps_its_evidence(three_papers: Corpus) -> None:
    """A part of a network can still name the works behind an edge."""
    net = coauthorship_network(three_papers)
    part = net.subnetwork([label != "Afour, D" for label in net.labels])
    assert part.n_nodes == net.n_nodes - 1
    assert part.evidence("Aone, A", "Athree, C")["title"].tolist() == ["Paper 1", "Paper 2"]


def test_components_are_numbered_by_size() -> None:
    """The largest connected set is number 0; of equal ones the first node decides."""
    net = _net(6, [(1, 2, 1), (3, 4, 1), (4, 5, 1)])
    assert net.components().tolist() == [2, 1, 1, 0, 0, 0]
    assert net.largest_component().labels == ("d", "e", "f")


def test_notebook_view_is_escaped() -> None:
    """A label with markup shows as text."""
    net = dataclasses.replace(_net(2, [(0, 1, 1)]), labels=("<script>", "b"))
    assert "&lt;script&gt;" in net._repr_html_()
    assert "<script>" not in net._repr_html_()
    assert repr(net) == "<Network: cooccurrence of topics, 2 nodes, 1 edges>"


def test_it_can_be_pickled_without_its_corpus() -> None:
    """A bare network survives pickling, as joblib and multiprocessing need."""
    net = pickle.loads(pickle.dumps(_net(2, [(0, 1, 1)])))  # noqa: S301  our own bytes
    assert net.labels == ("a", "b")
