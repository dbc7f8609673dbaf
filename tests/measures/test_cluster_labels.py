"""Labels of clusters."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy import stats

from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.cluster_labels import cluster_terms, label_clusters
from nqp_biblio.measures.cluster_levels import cluster_levels, cluster_tree
from nqp_biblio.measures.cluster_works import cluster_of_works, term_counts
from nqp_biblio.measures.clusters import cluster
from nqp_biblio.networks.kinds import network_of
from nqp_biblio.record import CitedReference, Person, Record

if TYPE_CHECKING:
    from nqp_biblio.networks.network import Network


def _record(number: int, words: list[str], cited: list[str], authors: list[str]) -> Record:
    return Record(
        title=f"Study {number} of {words[0]} flow",
        publication_year=2000 + number,
        source_raw=f"Journal of {words[0]}",
        people=[Person(family=name, given="A") for name in authors],
        keywords=[("author_keyword", word) for word in words],
        cited_references=[CitedReference(raw=raw) for raw in cited],
    )


@pytest.fixture(scope="module")
def corpus() -> Any:
    """Make three works on heat, two on cold, and one on both."""
    hot = ["Fourier J, 1822, THEORIE CHALEUR", "Carnot S, 1824, REFLEXIONS PUISSANCE"]
    cold = ["Dewar J, 1898, P ROY INST", "Onnes HK, 1911, COMM LEIDEN"]
    return corpus_of(
        [
            _record(1, ["heat", "flow"], hot, ["Ada", "Bea"]),
            _record(2, ["heat", "steam"], hot, ["Ada", "Bea"]),
            _record(3, ["heat", "flow"], hot, ["Bea", "Cid"]),
            _record(4, ["cold", "flow"], cold, ["Dora", "Eve"]),
            _record(5, ["cold", "ice"], cold, ["Dora", "Eve"]),
        ]
    )


def _clustered(corpus: Any, kind: str, of: str) -> Network:
    return cluster(network_of(corpus, kind, of=of), weights="weight", resolution=0.5)


KINDS = [
    ("cocitation", "references"),
    ("coupling", "works"),
    ("coupling", "authors"),
    ("coauthorship", "authors"),
    ("citation", "works"),
    ("citation", "authors"),
    ("cooccurrence", "author_keywords"),
    ("multimode", "authors+author_keywords"),
]


@pytest.mark.parametrize(("kind", "of"), KINDS)
@pytest.mark.parametrize("by", ["log-likelihood", "tf-idf", "frequency", "central"])
def test_every_kind_has_labels(corpus: Any, kind: str, of: str, by: str) -> None:
    """Clusters of every kind of network can be named in every way; each has a name."""
    net = label_clusters(_clustered(corpus, kind, of), by=by)
    told = net.manifest["clustering"]
    assert set(told["labels"]) == {str(i + 1) for i in range(told["clusters"])}
    assert all(told["labels"].values())
    assert net.manifest["labelling"]["by"] == by


@pytest.mark.parametrize(
    ("kind", "of"), [("cocitation", "references"), ("coupling", "works"), ("coupling", "authors")]
)
def test_what_sets_clusters_apart(corpus: Any, kind: str, of: str) -> None:
    """The word of all works of a cluster and no other comes first; one of both does not."""
    net = _clustered(corpus, kind, of)
    assert net.manifest["clustering"]["clusters"] == 2
    rows = cluster_terms(net, by="log-likelihood").rows
    first = {row[0]: row[2] for row in rows if row[1] == 1}
    assert first == {1: "heat", 2: "cold"}
    heat = next(row for row in rows if row[2] == "heat")
    expected = stats.chi2_contingency([[3, 0], [0, 2]], correction=False, lambda_="log-likelihood")
    assert heat[3:] == (pytest.approx(expected.statistic), pytest.approx(expected.pvalue), 3, 3)


def test_log_likelihood_as_scipy(corpus: Any) -> None:
    """Every score and p value is that of the G test of scipy; rarer terms are left out."""
    net = _clustered(corpus, "coupling", "works")
    numbers = net.node_columns["cluster"]
    counts = term_counts(net, numbers, "author_keywords")
    rows = {(row[0], row[2]): row for row in cluster_terms(net, n=99).rows}
    total = counts.n_of_cluster.sum()
    for number, term, n in zip(counts.cluster, counts.term, counts.n, strict=True):
        size, of_term = counts.n_of_cluster[number], counts.n_of_term[term]
        key = int(number), counts.labels[term]
        if n * total <= size * of_term:
            assert key not in rows
            continue
        table = [[n, size - n], [of_term - n, total - size - of_term + n]]
        found = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
        assert rows[key][3] == pytest.approx(found.statistic)
        assert rows[key][4] == pytest.approx(found.pvalue)


def test_tf_idf_as_scikit_learn(corpus: Any) -> None:
    """With clusters as documents the scores are those of scikit-learn."""
    text = pytest.importorskip("sklearn.feature_extraction.text")
    net = _clustered(corpus, "coupling", "works")
    counts = term_counts(net, net.node_columns["cluster"], "author_keywords")
    matrix = np.zeros((2, len(counts.labels)))
    matrix[counts.cluster - 1, counts.term] = counts.n
    expected = text.TfidfTransformer(norm=None).fit_transform(matrix).toarray()
    for row in cluster_terms(net, by="tf-idf", n=99).rows:
        assert row[3] == pytest.approx(expected[row[0] - 1, counts.labels.index(row[2])])
        assert row[4] is None


def test_frequency_counts_works(corpus: Any) -> None:
    """By frequency a term has the number of works of the cluster that have it."""
    rows = cluster_terms(_clustered(corpus, "coupling", "works"), by="frequency").rows
    assert [row[2:4] for row in rows if row[0] == 1] == [("heat", 3), ("flow", 2), ("steam", 1)]


def test_titles_can_give_terms(corpus: Any) -> None:
    """Terms of titles are found where they are asked for."""
    net = _clustered(corpus, "cocitation", "references")
    labels = label_clusters(net, terms="title_terms", n=1).manifest["clustering"]["labels"]
    assert "heat" in labels["1"]
    assert "cold" in labels["2"]


def test_works_of_a_part(corpus: Any) -> None:
    """A part of a network has the works of its nodes, of a part of a part too."""
    net = _clustered(corpus, "cocitation", "references")
    numbers = net.node_columns["cluster"]
    part = net.subnetwork(numbers == 2)
    works, clusters = cluster_of_works(part, part.node_columns["cluster"])
    whole = dict(zip(*(a.tolist() for a in cluster_of_works(net, numbers)), strict=True))
    assert works.tolist() == [4, 5]
    assert clusters.tolist() == [whole[work] for work in works.tolist()] == [2, 2]
    one = part.subnetwork([True, False])
    assert cluster_of_works(one, one.node_columns["cluster"])[0].tolist() == [4, 5]


def test_each_work_counts_once() -> None:
    """A work between two clusters belongs to the one with most of its nodes."""
    cited = ["Fourier J, 1822, A", "Carnot S, 1824, B", "Dewar J, 1898, C", "Onnes HK, 1911, D"]
    corpus = corpus_of([_record(1, ["heat"], cited, ["Ada"])])
    net = network_of(corpus, "cocitation", of="references")
    for clusters, expected in (([1, 1, 2, 2], 1), ([1, 2, 2, 2], 2), ([0, 0, 0, 2], 2)):
        found = cluster_of_works(net, np.array(clusters))
        assert [a.tolist() for a in found] == [[1], [expected]]


def test_central_needs_no_corpus(network_of_edges: Any) -> None:
    """A network from a file is named by its nodes; anything else needs works."""
    net = cluster(network_of_edges(3, [(0, 1, 2), (1, 2, 1)]), weights="weight", resolution=0.2)
    rows = cluster_terms(net, by="central").rows
    assert [row[2:4] for row in rows] == [("n0001", 3.0), ("n0000", 2.0), ("n0002", 1.0)]
    with pytest.raises(OptionError, match="no works are known"):
        label_clusters(net)


def test_a_cluster_without_terms(corpus: Any) -> None:
    """A cluster whose works have no such term is named by its central nodes."""
    net = label_clusters(_clustered(corpus, "coupling", "works"), terms="index_keywords")
    assert net.manifest["clustering"]["labels"]["2"] == "Dora (2004), Dora (2005)"


def test_levels_are_named_too(corpus: Any) -> None:
    """The clusters of every level are named in the same way, and the tree has the names."""
    net = network_of(corpus, "cocitation", of="references")
    named = label_clusters(cluster_levels(net, [0.5, 9], weights="weight"), by="frequency", n=1)
    assert [row[0:4] for row in cluster_tree(named).rows if row[0] == 1] == [
        (1, 1, None, "heat"),
        (1, 2, None, "cold"),
    ]
    assert set(cluster_tree(named).column("label")) <= {"cold", "heat", *net.labels}


def test_one_cluster_has_no_surprise(corpus: Any) -> None:
    """With one cluster no term is more frequent in it than elsewhere."""
    net = cluster(network_of(corpus, "coupling"), weights="weight", resolution=1e-9)
    one = net.with_nodes(cluster=np.ones(net.n_nodes, dtype=np.int64))
    assert cluster_terms(one, by="log-likelihood").rows == []
    scores = cluster_terms(one, by="tf-idf").column("score")
    assert math.isclose(scores[0], 3.0)


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"by": "mean"}, UnknownNameError, "way to label 'mean'"),
        ({"terms": "verbs"}, UnknownNameError, "kind of term 'verbs'"),
        ({"n": 0}, OptionError, "n is 0"),
    ],
)
def test_bad_options(corpus: Any, options: Any, error: Any, match: str) -> None:
    """An option that means nothing is refused by name."""
    with pytest.raises(error, match=match):
        label_clusters(_clustered(corpus, "coupling", "works"), **options)
