"""What the methods paragraph tells of a map."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import nqp_biblio as nb
from nqp_biblio.outputs.report.methods import methods

if TYPE_CHECKING:
    from nqp_biblio.outputs.report.given import ReportInput


class _Given:
    """A report of one map."""

    def __init__(self, corpus: nb.Corpus, net: nb.Network) -> None:
        self.corpus, self.networks = corpus, (net,)
        self.paths, self.seed, self.lang = (), 0, "en"
        self.as_of, self.results = None, dict[str, nb.Result]()


def test_backbones_and_centrality_are_told() -> None:
    """Each backbone and the centrality have their rule, parameters and papers."""
    names = ("Ames", "Bell", "Cole")
    record = nb.Record(people=[nb.Person(name, "A.") for name in names])
    corpus = nb.corpus_of([record])
    net = nb.backbone(nb.coauthorship_network(corpus), method="min-weight", min_weight=1)
    net = nb.backbone(net, method="spanning-tree")
    drawn = nb.centrality(nb.map_network(net), ("degree",))
    told = methods(cast("ReportInput", _Given(corpus, drawn)))
    stages = told["maps"][0]["stages"]
    assert [title for title, _, _ in stages] == [
        "Similarity of nodes",
        *("Edges kept", "Edges kept"),
        "Clusters",
        "Places on the map",
        "Standing of nodes",
    ]
    assert ("method", "spanning-tree") in stages[2][2]
    assert any("Kruskal" in paper for paper in told["references"])
    assert any("Freeman" in paper for paper in told["references"])
