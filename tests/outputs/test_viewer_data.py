"""The data of the map viewer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nqp_biblio as nb
from maps_to_view import hostile_map, map_of_topics
from nqp_biblio.outputs import viewer_data as module
from nqp_biblio.outputs.viewer_data import viewer_data

if TYPE_CHECKING:
    from collections.abc import Callable

    NetworkOf = Callable[..., nb.Network]


@pytest.fixture(scope="module")
def topics() -> nb.Network:
    """Give the map of the keywords of eight works."""
    return map_of_topics()


def test_is_plain(topics: nb.Network) -> None:
    """The data are plain values that JSON gives back as they are."""
    data = viewer_data(topics)
    assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_nodes_and_edges(topics: nb.Network) -> None:
    """Labels, edges and weights are those of the network, in its order."""
    data = viewer_data(topics)
    assert data["nodes"]["label"] == list(topics.labels)
    assert data["nodes"]["id"] == topics.ids.tolist()
    assert data["edges"]["source"] == topics.source.tolist()
    assert data["edges"]["target"] == topics.target.tolist()
    assert data["edges"]["weight"] == topics.weight.tolist()
    assert data["nodes"]["cluster"] == topics.node_columns["cluster"].tolist()
    assert np.allclose(data["nodes"]["x"], topics.node_columns["x"], atol=1e-5)


def test_weights_and_scores(topics: nb.Network) -> None:
    """Counts are weights; means over the works of a node are scores."""
    nodes = viewer_data(topics)["nodes"]
    assert list(nodes["weights"]) == ["Links", "Total link strength", "Occurrences"]
    assert list(nodes["scores"]) == ["mean_year", "mean_citations"]
    heat = topics.index("heat")
    assert nodes["scores"]["mean_year"][heat] == 2011
    assert nodes["scores"]["mean_citations"][heat] == 10


def test_works(topics: nb.Network) -> None:
    """The works behind the map come with it."""
    behind = viewer_data(topics)["behind"]
    assert behind["kind"] == "works"
    assert behind["works"]["year"] == list(range(2010, 2018))
    assert sum(behind["lists"]["of_node"]["n"]) == 19


def test_lays_out(network_of_labels: NetworkOf) -> None:
    """A network without places is laid out, and one without clusters has none."""
    data = viewer_data(network_of_labels(["a", "b", "c"], [(0, 1, 1.0), (1, 2, 2.0)]))
    assert len(set(data["nodes"]["x"])) > 1
    assert data["nodes"]["cluster"] == [0, 0, 0]
    assert data["behind"] is None


def test_no_nodes(network_of_labels: NetworkOf) -> None:
    """A network without nodes has no map."""
    with pytest.raises(nb.BiblioError, match="without nodes has no map"):
        viewer_data(network_of_labels([], []))


def test_own_links_are_not_drawn(network_of_labels: NetworkOf) -> None:
    """A link of a node with itself is left out, and a note says so."""
    data = viewer_data(network_of_labels(["a", "b"], [(0, 0, 1.0), (0, 1, 1.0)]))
    assert data["edges"]["source"] == [0]
    assert data["notes"] == ["1 links of a node with itself are not drawn."]


def test_missing_and_endless_numbers(network_of_labels: NetworkOf) -> None:
    """A score that is missing or endless is None; others have eight digits."""
    net = network_of_labels(["a", "b", "c"], [(0, 1, 1.0)], age=[np.nan, np.inf, 1 / 3])
    assert viewer_data(net)["nodes"]["scores"]["age"] == [None, None, 0.33333333]


def test_negative_weights(network_of_labels: NetworkOf) -> None:
    """What VOSviewer refuses as a weight is shown as a score, and a note says so."""
    net = network_of_labels(["a", "b"], [(0, 1, 1.0)]).with_nodes(
        **{"weight<Growth>": np.array([-1.0, 2.0])}
    )
    data = viewer_data(net)
    assert data["nodes"]["scores"]["weight<Growth>"] == [-1, 2]
    assert "is negative" in data["notes"][0]


def test_bounds(topics: nb.Network, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of too many nodes and edges the strongest are kept, and notes say so."""
    monkeypatch.setattr(module, "MAX_NODES", 4)
    monkeypatch.setattr(module, "MAX_EDGES", 2)
    data = viewer_data(topics)
    assert len(data["nodes"]["label"]) == 4
    assert len(data["edges"]["weight"]) == 2
    assert (data["n_nodes"], data["n_edges"]) == (topics.n_nodes, topics.n_edges)
    assert [note.split(" the ")[0] for note in data["notes"]] == ["Of 7 nodes", "Of 4 links"]


def test_hostile_texts() -> None:
    """Tags of descriptions go, addresses of scripts too, and endless labels end."""
    nodes = viewer_data(hostile_map())["nodes"]
    assert max(map(len, nodes["label"])) == 500
    assert nodes["description"][0] == "document.title='run'"
    assert nodes["url"] == [None] * 8


def test_nodes_without_a_place(network_of_labels: NetworkOf) -> None:
    """A node whose place is not known stands in the middle, and a note says so."""
    net = network_of_labels(["a", "b", "c"], [(0, 1, 1.0)], x=[0, 4, np.nan], y=[0, 2, np.nan])
    data = viewer_data(net)
    assert data["nodes"]["x"] == [0, 4, 2]
    assert data["nodes"]["y"] == [0, 2, 1]
    assert data["notes"] == ["1 nodes without a place stand in the middle of the map."]


@pytest.mark.parametrize(
    ("clusters", "shown"),
    [
        ([1, 2, 0], [1, 2, 0]),
        ([1.0, np.nan, 3.0], [1, 0, 3]),
        ([-1, 5, 2000], [0, 5, 2000]),
        (["a", "b", "a"], [0, 0, 0]),
    ],
)
def test_clusters(network_of_labels: NetworkOf, clusters: list[object], shown: list[int]) -> None:
    """Clusters from 1 on are shown; what is no such number is no cluster."""
    net = network_of_labels(
        ["a", "b", "c"], [(0, 1, 1.0)], cluster=clusters, x=[0, 1, 2], y=[0] * 3
    )
    assert viewer_data(net)["nodes"]["cluster"] == shown


@given(
    values=st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=3, max_size=3),
    labels=st.lists(st.text(max_size=20), min_size=3, max_size=3, unique=True),
)
def test_any_numbers_and_labels(
    network_of_labels: NetworkOf, values: list[float], labels: list[str]
) -> None:
    """Whatever the numbers and labels are, the data are JSON."""
    net = network_of_labels(labels, [(0, 1, 1.0)], x=values, y=values, score=values)
    data = viewer_data(net)
    assert json.loads(json.dumps(data, allow_nan=False)) == data
