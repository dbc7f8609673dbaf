"""CiteSpace's set."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest

import nqp_biblio as nb
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.bursts import bursts
from nqp_biblio.measures.citespace import citespace_network, sigma
from nqp_biblio.measures.clusters import cluster_quality
from nqp_biblio.measures.sliced import sliced_network

Work = tuple[int | None, str]


def corpus_of_words(works: list[Work]) -> nb.Corpus:
    """Make works with a year and author keywords of one letter."""
    return nb.corpus_of(
        nb.Record(
            title=f"Work {number} on {' '.join(words)}",
            publication_year=year,
            keywords=[("author_keyword", word) for word in words],
        )
        for number, (year, words) in enumerate(works)
    )


@pytest.fixture(scope="module")
def corpus() -> nb.Corpus:
    """Make works of twelve years in which one word after the other comes up."""
    random = np.random.default_rng(3)
    works: list[Work] = []
    for year in range(2000, 2012):
        for _ in range(12):
            usual = random.choice(list("abcdefg"), size=2, replace=False).tolist()
            new = ["x"] if random.random() < {2004: 0.9, 2005: 0.9, 2009: 0.6}.get(year, 0) else []
            works.append((year, "".join(usual + new)))
    return corpus_of_words(works)


def test_sigma(corpus: nb.Corpus) -> None:
    """Sigma is (betweenness + 1)^burst, of networkx's betweenness and the heaviest burst."""
    net = sigma(sliced_network(corpus, of="author_keywords", k=2))
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(net.n_nodes))
    graph.add_edges_from(zip(net.source.tolist(), net.target.tolist(), strict=True))
    between = nx.betweenness_centrality(graph)
    found = bursts(corpus, of="author_keywords", min_works=1)
    heaviest: dict[str, float] = {}
    for row in found.rows:
        named = dict(zip(found.columns, row, strict=True))
        heaviest[named["item"]] = max(heaviest.get(named["item"], 0.0), named["weight"])
    nodes = net.nodes.set_index("label")
    assert nodes["burst"].to_dict() == pytest.approx(
        {name: heaviest.get(name, 0.0) for name in net.labels}
    )
    for i, name in enumerate(net.labels):
        expected = (between[i] + 1) ** heaviest.get(name, 0.0)
        assert nodes["sigma"][name] == pytest.approx(expected)
    assert sum(name == "x" for name in found.column("item")) == 2
    assert (nodes["burst_start"]["x"], nodes["burst_end"]["x"]) == (2004, 2005)
    assert np.isnan(nodes["burst_start"][nodes["burst"] == 0]).all()


def test_the_whole_set(corpus: nb.Corpus) -> None:
    """Nodes have all of CiteSpace's columns, and the manifest Q and S."""
    net = citespace_network(corpus, of="author_keywords")
    expected = {"works", "slices", "first_year", "betweenness", "burst", "sigma", "cluster"}
    assert expected | {"silhouette"} <= set(net.node_columns)
    told = net.manifest["citespace"]
    assert told["modularity"] == pytest.approx(cluster_quality(net))
    assert told["mean_silhouette"] == pytest.approx(net.node_columns["silhouette"].mean())
    assert net.manifest["labelling"]["by"] == "log-likelihood"
    again = citespace_network(corpus, of="author_keywords")
    assert again.nodes.equals(net.nodes)


@pytest.mark.parametrize("works", [[], [(2000, "a")], [(None, "ab")], [(2000, "ab"), (2000, "ab")]])
def test_hardly_any_works(works: list[Work]) -> None:
    """No work, one work, one year, no year: a network, however small."""
    net = citespace_network(corpus_of_words(works), of="author_keywords")
    assert net.node_columns["sigma"].tolist() == [1.0] * net.n_nodes


def test_until_a_year(corpus: nb.Corpus) -> None:
    """Later works do not count, in bursts neither."""
    net = citespace_network(corpus, of="author_keywords", as_of=2003)
    assert "x" not in net.labels
    assert net.manifest["sigma"]["years"] == 4


@pytest.mark.parametrize(
    ("options", "match"),
    [({"s": 1}, "s is 1"), ({"gamma": -1}, "gamma -1"), ({"n_pivots": 0}, "0")],
)
def test_bad_options(corpus: nb.Corpus, options: dict[str, Any], match: str) -> None:
    """A number out of range is refused."""
    with pytest.raises(OptionError, match=match):
        sigma(sliced_network(corpus, of="author_keywords"), **options)


def test_another_network(corpus: nb.Corpus) -> None:
    """Only a sliced network can have sigma, and labels are made in known ways."""
    with pytest.raises(OptionError, match="network of sliced_network"):
        sigma(nb.cooccurrence_network(corpus, of="author_keywords"))
    with pytest.raises(UnknownNameError, match="way to label 'luck'"):
        citespace_network(corpus, of="author_keywords", label_by="luck")
