"""Similarities."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.networks.network import Network
from nqp_biblio.networks.weights import SIMILARITIES, weigh

UNBOUNDED = ("association-strength", "linlog-modularity")


def _pair(weight: float, occurrences: list[int]) -> Network:
    return Network(
        kind="cooccurrence",
        of="keywords",
        directed=False,
        ids=np.array([1, 2]),
        labels=("SCIENCE", "INDICATORS"),
        source=np.array([0]),
        target=np.array([1]),
        weight=np.array([weight]),
        node_columns={"occurrences": np.array(occurrences)},
    )


@pytest.mark.parametrize(
    ("similarity", "expected"),
    [
        ("association-strength", 0.0075),
        ("inclusion", 0.375),
        ("jaccard", 0.1),
        ("cosine", 0.21213203),
        ("equivalence", 0.045),
        ("fractionalisation", (6 / 50 + 6 / 16) / 2),
    ],
)
def test_a_published_pair(similarity: str, expected: float) -> None:
    """SCIENCE and INDICATORS, together 6 times of 50 and 16, give the known values."""
    net = weigh(_pair(6, [50, 16]), similarity=similarity)
    assert net.edge_columns["similarity"] == pytest.approx([expected], abs=1e-8)
    assert net.weight.tolist() == [6.0]
    assert net.manifest["similarity"]["name"] == similarity


def _triangle(weight: tuple[float, float, float] = (2.0, 1.0, 1.0)) -> Network:
    return Network(
        kind="x",
        of="y",
        directed=False,
        ids=np.arange(3),
        labels=("a", "b", "c"),
        source=np.array([0, 0, 1]),
        target=np.array([1, 2, 2]),
        weight=np.array(weight),
    )


@pytest.mark.parametrize(
    ("similarity", "formula", "expected"),
    [
        ("association-strength", "2 m c / (k_i k_j)", [8 * 2 / 9, 8 / 6, 8 / 6]),
        ("fractionalisation", "n (c / k_i + c / k_j) / 2", [2, 3 * (1 / 3 + 1 / 2) / 2, 1.25]),
        ("cosine", "c / sqrt(s_i s_j)", [2 / 3, 1 / 6**0.5, 1 / 6**0.5]),
        ("jaccard", "c / (s_i + s_j - c)", [2 / 4, 1 / 4, 1 / 4]),
        ("inclusion", "c / min(s_i, s_j)", [2 / 3, 1 / 2, 1 / 2]),
        ("equivalence", "c^2 / (s_i s_j)", [4 / 9, 1 / 6, 1 / 6]),
    ],
)
def test_strength_as_marginal(similarity: str, formula: str, expected: list[float]) -> None:
    """With total link strengths two similarities are on VOSviewer's scale, as the manifest says."""
    net = weigh(_triangle(), similarity=similarity, marginal="strength")
    assert net.edge_columns["similarity"] == pytest.approx(expected)
    assert net.manifest["similarity"]["formula"] == formula


def test_linlog_modularity() -> None:
    """Weights stay, and the masses of two nodes multiply to what chance would bring."""
    net = weigh(_triangle(), similarity="linlog-modularity")
    mass = net.node_columns["mass"]
    assert net.edge_columns["similarity"].tolist() == net.weight.tolist()
    assert mass[0] * mass[1] == pytest.approx(3 * 3 / 8)
    assert net.manifest["similarity"]["marginal"] == "strength"


def test_masses_give_modularity() -> None:
    """Similarity less the product of masses, inside clusters, is modularity times 2 m."""
    edges = [(0, 1, 3.0), (0, 2, 1.0), (1, 2, 2.0), (2, 3, 1.0), (3, 4, 4.0)]
    source, target, weight = zip(*edges, strict=True)
    net = replace(
        _triangle(),
        ids=np.arange(5),
        labels=tuple("abcde"),
        source=np.array(source),
        target=np.array(target),
        weight=np.array(weight),
    )
    mass = weigh(net, similarity="linlog-modularity").node_columns["mass"]
    groups = [{"a", "b", "c"}, {"d", "e"}]
    inside = 2 * (3 + 1 + 2 + 4) - mass[:3].sum() ** 2 - mass[3:].sum() ** 2
    expected = nx.community.modularity(net.to_networkx(), groups, weight="weight")
    assert inside / net.strength.sum() == pytest.approx(expected)


@pytest.mark.parametrize("similarity", SIMILARITIES)
def test_an_edge_of_no_weight(similarity: str) -> None:
    """An edge whose weight is 0 has similarity 0, even at nodes without any strength."""
    net = weigh(_triangle((0.0, 0.0, 0.0)), similarity=similarity, marginal="strength")
    assert net.edge_columns["similarity"].tolist() == [0, 0, 0]


@pytest.mark.parametrize("similarity", SIMILARITIES)
@given(data=st.data())
def test_symmetric_and_for_every_order(similarity: str, data: st.DataObject) -> None:
    """Which end of an edge comes first makes no difference."""
    c = data.draw(st.integers(1, 50))
    a, b = (data.draw(st.integers(c, 1000)) for _ in range(2))
    one = weigh(_pair(c, [a, b]), similarity=similarity).edge_columns["similarity"]
    two = weigh(_pair(c, [b, a]), similarity=similarity).edge_columns["similarity"]
    assert one == two


@pytest.mark.parametrize("similarity", [s for s in SIMILARITIES if s not in UNBOUNDED])
def test_the_rest_lie_between_0_and_1(similarity: str) -> None:
    """Two that always stand together have similarity 1, whatever the measure."""
    assert weigh(_pair(5, [5, 5]), similarity=similarity).edge_columns["similarity"] == [1.0]


def test_what_cannot_be_weighed() -> None:
    """A directed network, an unknown measure and missing occurrences are refused."""
    with pytest.raises(OptionError, match="undirected"):
        weigh(replace(_triangle(), directed=True))
    with pytest.raises(UnknownNameError, match="unknown similarity 'cosin'"):
        weigh(_pair(1, [1, 1]), similarity="cosin")
    with pytest.raises(OptionError, match="'SCIENCE' to 'INDICATORS' has an end whose occ"):
        weigh(_pair(1, [1, 0]))
    with pytest.raises(UnknownNameError, match="unknown marginal 'degree'"):
        weigh(_pair(1, [1, 1]), marginal="degree")  # type: ignore[arg-type]
