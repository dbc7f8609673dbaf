"""Stability of clusters."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.cluster_levels import cluster_levels
from nqp_biblio.measures.cluster_stability import _Sets, _source, _Tally, cluster_stability
from nqp_biblio.measures.clusters import cluster, cluster_table
from nqp_biblio.networks.kinds import network_of
from nqp_biblio.networks.weights import weigh
from nqp_biblio.record import CitedReference, Person, Record

TWO_TRIANGLES = [(0, 1, 1), (0, 2, 1), (1, 2, 1), (2, 3, 1), (3, 4, 1), (3, 5, 1), (4, 5, 1)]


@pytest.fixture(scope="module")
def corpus() -> Any:
    """Make works of two fields, forty in each."""
    random = np.random.default_rng(2)
    records = []
    for number in range(80):
        field = number % 2
        words = sorted({f"word {field} {i}" for i in random.integers(0, 8, 4).tolist()})
        cited = sorted(
            {f"Author {field}{i}, 19{i + 10}, J" for i in random.integers(0, 9, 4).tolist()}
        )
        names = sorted({f"Name{field}{chr(97 + i)}" for i in random.integers(0, 9, 3).tolist()})
        records.append(
            Record(
                title=f"Work {number}",
                people=[Person(family=name, given="A") for name in names],
                keywords=[("author_keyword", word) for word in words],
                cited_references=[CitedReference(raw=raw) for raw in cited],
            )
        )
    return corpus_of(records)


@pytest.mark.parametrize(
    ("kind", "options", "drawn"),
    [
        ("cooccurrence", {"of": "author_keywords"}, "works"),
        ("cooccurrence", {"of": "author_keywords", "min_weight": 3}, "works"),
        ("cocitation", {"of": "references"}, "works"),
        ("coauthorship", {"of": "authors"}, "works"),
        ("coauthorship", {"of": "authors", "counting": "fractional"}, "works"),
        ("coupling", {"of": "works"}, "what joins the nodes"),
        ("citation", {"of": "works"}, "edges"),
        ("multimode", {"of": "authors+author_keywords"}, "works"),
    ],
)
def test_what_is_drawn(corpus: Any, kind: str, options: Any, drawn: str) -> None:
    """Works are drawn where they give the edges back as they are, else the edges."""
    net = network_of(corpus, kind, **options)
    assert getattr(_source(net), "what") == drawn  # noqa: B009
    told = cluster_stability(cluster(net, n_starts=1), n_runs=2).manifest["cluster_stability"]
    assert told["drawn"] == drawn


def test_clear_fields_are_stable(corpus: Any) -> None:
    """Two fields that share no word are found again from other works of them."""
    net = cluster(network_of(corpus, "cooccurrence", of="author_keywords"), quality="modularity")
    assert net.manifest["clustering"]["clusters"] == 2
    found = cluster_stability(net, n_runs=20)
    told = found.manifest["cluster_stability"]
    assert told["adjusted_rand"] > 0.9
    assert told["stable"] == [1, 2]
    assert told["dissolved"] == []
    assert found.node_columns["stability"].min() > 0.8
    assert cluster_table(found).column("stability") == list(told["clusters"].values())


def test_chance_is_unstable(corpus: Any) -> None:
    """Parts that are there by chance are not found again."""
    net = network_of(corpus, "cooccurrence", of="author_keywords")
    fine = cluster(net, resolution=2.2)
    told = cluster_stability(fine, n_runs=10).manifest["cluster_stability"]
    assert told["adjusted_rand"] < 0.7


def test_drawn_weights_add_up(corpus: Any) -> None:
    """An edge of a draw weighs the works drawn that have both, as often as they were drawn."""
    net = network_of(corpus, "cooccurrence", of="author_keywords")
    source = _source(net)
    assert isinstance(source, _Sets)
    sample, present = source.draw(np.random.default_rng(3))
    n_sets = net.incidence.shape[0]
    times = np.bincount(np.random.default_rng(3).integers(0, n_sets, n_sets), minlength=n_sets)
    held = net.incidence.toarray()
    for a, b, weight in zip(sample.source, sample.target, sample.weight, strict=True):
        assert weight == (times * held[:, a] * held[:, b]).sum()
    assert sample.node_columns["occurrences"].tolist() == (times @ held).tolist()
    assert present.tolist() == ((times @ held) > 0).tolist()


def test_by_hand() -> None:
    """Jaccard indices of nodes and clusters, on the nodes that are there."""
    tally = _Tally.of(np.array([1, 1, 1, 2, 2, 0]))
    tally.add(np.array([1, 1, 2, 2, 2, 3]), np.ones(6, dtype=bool))
    tally.add(np.array([1, 1, 1, 2, 9, 9]), np.array([True, True, True, True, False, True]))
    expected = [(2 / 3 + 1) / 2, (2 / 3 + 1) / 2, (1 / 5 + 1) / 2, (2 / 3 + 1) / 2, 2 / 3, 1.0]
    assert tally.of_nodes.tolist() == pytest.approx(expected)
    told = tally.summary()
    assert told["clusters"] == {"1": pytest.approx(5 / 6), "2": pytest.approx(5 / 6)}
    assert told["adjusted_rand_least"] < told["adjusted_rand"] < 1


@pytest.mark.parametrize("by", ["seeds", "bootstrap"])
def test_repeats_to_the_digit(corpus: Any, by: Any) -> None:
    """The same seed gives the same figures, another gives others."""
    net = cluster(network_of(corpus, "coupling"), n_starts=1, resolution=1.6)
    one, other = (cluster_stability(net, by=by, n_runs=3, seed=1) for _ in range(2))
    assert one.manifest == other.manifest
    assert np.array_equal(one.node_columns["stability"], other.node_columns["stability"])
    third = cluster_stability(net, by=by, n_runs=3, seed=2)
    assert third.manifest["cluster_stability"]["seed"] == 2


def test_seeds_on_a_published_map(published_map: Any) -> None:
    """The clusters of a small published map do not depend on the seed."""
    net = cluster(published_map("vosviewer/QSS_publication_bibliographic_coupling")[0])
    told = cluster_stability(net, by="seeds", n_runs=10).manifest["cluster_stability"]
    assert told["adjusted_rand_least"] == 1.0


def test_similarity_is_worked_out_anew(corpus: Any) -> None:
    """Clusters of a similarity are found again on the similarity of the works drawn."""
    net = weigh(network_of(corpus, "cooccurrence", of="author_keywords"), similarity="cosine")
    found = cluster_stability(cluster(net, weights="similarity", resolution=0.05), n_runs=3)
    assert found.manifest["cluster_stability"]["adjusted_rand"] > 0.9


def test_edges_alone(network_of_edges: Any) -> None:
    """Without works the edges are drawn; a node that loses all of them is not in that run."""
    net = cluster(network_of_edges(7, TWO_TRIANGLES), weights="weight", resolution=0.2)
    found = cluster_stability(net, n_runs=30)
    assert found.manifest["cluster_stability"]["drawn"] == "edges"
    assert found.node_columns["stability"][6] == 1.0
    assert (found.node_columns["stability"][:6] < 1).all()


def test_without_edges(network_of_edges: Any) -> None:
    """Nodes that are alone stay alone."""
    found = cluster_stability(cluster(network_of_edges(3, [])), n_runs=2)
    assert found.node_columns["stability"].tolist() == [1, 1, 1]


def test_bad_options(network_of_edges: Any) -> None:
    """Options that mean nothing, and clusters of unknown origin, are refused."""
    net = cluster(network_of_edges(2, [(0, 1, 1)]))
    with pytest.raises(UnknownNameError, match="way to vary 'jackknife'"):
        cluster_stability(net, by="jackknife")  # type: ignore[arg-type]
    with pytest.raises(OptionError, match="n_runs is 0"):
        cluster_stability(net, n_runs=0)
    with pytest.raises(OptionError, match="does not say how clusters were found"):
        cluster_stability(network_of_edges(2, [(0, 1, 1)]).with_nodes(cluster=[1, 1]))
    with pytest.raises(OptionError, match="a level among others"):
        cluster_stability(cluster_levels(network_of_edges(2, [(0, 1, 1)]), [1, 2]))
