"""From a network to a map in one step."""

from __future__ import annotations

import numpy as np
import pytest

import nqp_biblio as nb
from nqp_biblio.measures.maps import map_network


@pytest.fixture(scope="module")
def authors() -> nb.Network:
    """Join two trios of authors, without a link between them."""
    trios = [("Ames", "Bell", "Cole"), ("Dunn", "Eads", "Fay")]
    records = [
        nb.Record(people=[nb.Person(family=name, given="A.") for name in trio])
        for trio in trios
        for _ in range(2)
    ]
    return nb.coauthorship_network(nb.corpus_of(records))


def test_has_all_a_map_needs(authors: nb.Network) -> None:
    """A map has similarities, clusters and places; nodes and edges are as before."""
    net = map_network(authors)
    assert {"cluster", "x", "y"} <= set(net.node_columns)
    assert "similarity" in net.edge_columns
    assert net.labels == authors.labels
    assert np.array_equal(net.weight, authors.weight)


def test_clusters_by_hand(authors: nb.Network) -> None:
    """Two trios are two clusters."""
    assert map_network(authors).node_columns["cluster"].tolist() == [1, 1, 1, 2, 2, 2]


def test_options_are_told(authors: nb.Network) -> None:
    """The manifest keeps similarity, resolution and seed as given."""
    net = map_network(authors, similarity="cosine", resolution=0.5, seed=3)
    assert net.manifest["similarity"]["name"] == "cosine"
    assert net.manifest["clustering"]["resolution"] == 0.5
    assert {net.manifest[name]["seed"] for name in ("clustering", "layout")} == {3}


def test_as_vosviewer_maps(authors: nb.Network) -> None:
    """With like the similarity goes by total link strength, and clusters and layout follow."""
    told = map_network(authors, like="vosviewer").manifest
    assert told["similarity"]["marginal"] == "strength"
    assert told["clustering"]["n_starts"] == 1
    given = map_network(authors, like="vosviewer", marginal="occurrences").manifest
    assert given["similarity"]["marginal"] == "occurrences"


def test_what_clusters_go_by(authors: nb.Network) -> None:
    """Method, quality, weights, least size and layout reach their steps."""
    net = map_network(
        authors,
        similarity="cosine",
        method="louvain",
        weights="similarity",
        min_size=2,
        layout="force-atlas",
    )
    told = net.manifest["clustering"]
    assert (told["method"], told["weights"], told["min_size"]) == ("louvain", "similarity", 2)
    assert net.manifest["layout"]["method"] == "force-atlas"
    by_modularity = map_network(authors, quality="modularity").manifest["clustering"]
    assert by_modularity["quality"] == "modularity"


def test_unknown_program(authors: nb.Network) -> None:
    """A program that there is not to be like is refused."""
    with pytest.raises(nb.BiblioError, match="unknown like 'citespace'"):
        map_network(authors, like="citespace")  # type: ignore[arg-type]


def test_same_seed_same_map(authors: nb.Network) -> None:
    """The same seed gives the same places."""
    first, second = (map_network(authors, seed=5).nodes for _ in range(2))
    assert first.equals(second)


def test_a_directed_network_is_not_weighed() -> None:
    """Citations are mapped without similarities, which are symmetric."""
    cited = nb.CitedReference(raw="Old", work=nb.Record(title="Old"))
    records = [nb.Record(title="New", cited_references=[cited])]
    net = map_network(nb.citation_network(nb.corpus_of(records)))
    assert net.n_edges == 1
    assert "similarity" not in net.edge_columns
    assert "x" in net.node_columns


def test_unknown_similarity(authors: nb.Network) -> None:
    """A similarity that there is not is refused, with those that there are."""
    with pytest.raises(nb.BiblioError, match=r"unknown similarity 'cosin'.*mean 'cosine'"):
        map_network(authors, similarity="cosin")


def test_nothing() -> None:
    """A network without nodes is a map without nodes."""
    net = map_network(nb.coauthorship_network(nb.corpus_of([nb.Record(title="One")])))
    assert net.n_nodes == 0
    assert len(net.node_columns["x"]) == 0
