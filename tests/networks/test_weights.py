"""Similarities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.networks.citation import citation_network
from nqp_biblio.networks.network import Network
from nqp_biblio.networks.weights import SIMILARITIES, weigh

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus


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
    ],
)
def test_a_published_pair(similarity: str, expected: float) -> None:
    """SCIENCE and INDICATORS, together 6 times of 50 and 16, give the known values."""
    net = weigh(_pair(6, [50, 16]), similarity=similarity)
    assert net.edge_columns["similarity"] == pytest.approx([expected], abs=1e-8)
    assert net.weight.tolist() == [6.0]
    assert net.manifest["similarity"]["name"] == similarity


def test_strength_as_marginal() -> None:
    """With total link strengths the association strength is 2 m a / (k_i k_j)."""
    triangle = Network(
        kind="x",
        of="y",
        directed=False,
        ids=np.arange(3),
        labels=("a", "b", "c"),
        source=np.array([0, 0, 1]),
        target=np.array([1, 2, 2]),
        weight=np.array([2.0, 1.0, 1.0]),
    )
    net = weigh(triangle, marginal="strength")
    assert net.edge_columns["similarity"] == pytest.approx([8 * 2 / 9, 8 / 6, 8 / 6])
    assert net.manifest["similarity"]["formula"] == "2 m c / (k_i k_j)"


@pytest.mark.parametrize("similarity", [s for s in SIMILARITIES if s != "association-strength"])
def test_the_rest_lie_between_0_and_1(similarity: str) -> None:
    """Two that always stand together have similarity 1, whatever the measure."""
    assert weigh(_pair(5, [5, 5]), similarity=similarity).edge_columns["similarity"] == [1.0]


def test_what_cannot_be_weighed(three_papers: Corpus) -> None:
    """A directed network, an unknown measure and missing occurrences are refused."""
    with pytest.raises(OptionError, match="undirected"):
        weigh(citation_network(three_papers))
    with pytest.raises(UnknownNameError, match="unknown similarity 'cosin'"):
        weigh(_pair(1, [1, 1]), similarity="cosin")
    with pytest.raises(UnknownNameError, match="unknown marginal 'degree'"):
        weigh(_pair(1, [1, 1]), marginal="degree")  # type: ignore[arg-type]
