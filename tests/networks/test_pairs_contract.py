"""Every kind of network is the same by every road that counts pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import nqp_biblio as nb

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.network import Network

CASES: list[tuple[str, str, dict[str, Any]]] = [
    ("three_papers", "coauthorship", {"of": "authors"}),
    ("three_papers", "cooccurrence", {"of": "author_keywords"}),
    ("three_papers", "cotopic", {"of": "topics"}),
    ("three_papers", "cotopic", {"of": "works"}),
    ("three_papers", "coupling", {"of": "works"}),
    ("three_papers", "coupling", {"of": "authors"}),
    ("three_papers", "coupling", {"of": "sources"}),
    ("three_papers", "cocitation", {"of": "references"}),
    ("three_papers", "cocitation", {"of": "authors", "cited_authors": "all"}),
    ("three_papers", "cocitation", {"of": "sources"}),
    ("variants", "cocitation", {"of": "references", "identity": "printed"}),
    ("read_whole", "cocitation", {"level": "section"}),
    ("read_whole", "cocitation", {"level": "sentence"}),
    ("read_whole", "cocitation", {"level": "proximity"}),
    ("three_papers", "multimode", {"of": "authors+author_keywords"}),
    ("three_papers", "multimode", {"of": "authors+sources+references"}),
]
LARGE: list[tuple[str, dict[str, Any]]] = [
    ("coauthorship", {"of": "countries", "self_loops": True}),
    ("coauthorship", {"of": "authors", "like": "vosviewer"}),
    ("cooccurrence", {"of": "keywords", "top_links": 3}),
    ("coupling", {"of": "works", "min_weight": 1.5, "hub_cap": 40}),
    ("cocitation", {"of": "references", "min_occurrences": 3}),
    ("cocitation", {"of": "sources", "min_occurrences": 4, "top_links": 2}),
    ("multimode", {"of": "countries+keywords+sources", "min_occurrences": 4}),
]


def _is_same(one: Network, other: Network) -> bool:
    """Whether all but the road is equal, weights to the last bit."""
    manifests = [{k: v for k, v in net.manifest.items() if k != "engine"} for net in (one, other)]
    arrays = [
        [values.tobytes() for values in (net.ids, net.source, net.target, net.weight)]
        for net in (one, other)
    ]
    return (manifests[0], arrays[0], one.labels) == (manifests[1], arrays[1], other.labels)


def _by_all_roads(corpus: Corpus, kind: str, options: dict[str, Any]) -> list[Network]:
    roads = ["numpy", "kernel", "sql"]
    nets = [nb.network_of(corpus, kind, engine=road, **options) for road in roads]
    assert [net.manifest["engine"]["road"] for net in nets] == roads
    return nets


@pytest.mark.parametrize("counting", ["full", "fractional"])
@pytest.mark.parametrize(("name", "kind", "options"), CASES)
def test_all_roads_give_the_same_network(
    request: pytest.FixtureRequest, name: str, kind: str, options: dict[str, Any], counting: str
) -> None:
    """Nodes, edges, weights and manifest do not depend on the road."""
    corpus = request.getfixturevalue(name)
    first, *others = _by_all_roads(corpus, kind, options | {"counting": counting})
    assert first.n_edges > 0
    assert all(_is_same(first, other) for other in others)


@pytest.mark.parametrize("counting", ["full", "fractional"])
@pytest.mark.parametrize(("kind", "options"), LARGE)
def test_all_roads_give_the_same_network_of_898_works(
    management_clean: Corpus, kind: str, options: dict[str, Any], counting: str
) -> None:
    """On real data too, with thresholds, hubs and links of each node."""
    first, *others = _by_all_roads(management_clean, kind, options | {"counting": counting})
    assert first.n_edges > 0
    assert all(_is_same(first, other) for other in others)
