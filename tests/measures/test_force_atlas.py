"""ForceAtlas2."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nqp_biblio.errors import OptionError
from nqp_biblio.measures.force_atlas import _forces, _pulled, _pushed, lay_out_by_forces
from nqp_biblio.measures.layout import lay_out, mean_distance

TWO_GROUPS = [
    (a + shift, b + shift, 1.0) for shift in (0, 6) for a in range(6) for b in range(a + 1, 6)
] + [(0, 6, 1.0)]


def _places(net: Any) -> Any:
    return np.stack([net.node_columns["x"], net.node_columns["y"]], axis=1)


def _between_to_within(net: Any) -> float:
    xy = _places(net)
    centres = np.hypot(*(xy[:6].mean(axis=0) - xy[6:].mean(axis=0)))
    return float(centres / (mean_distance(xy[:6]) + mean_distance(xy[6:])))


@pytest.mark.parametrize("options", [{}, {"linlog": True}, {"prevent_overlap": True}])
def test_groups_stand_apart(network_of_edges: Any, options: dict[str, Any]) -> None:
    """Two groups joined by one edge are two heaps; the map is centred and of mean distance 1."""
    net = lay_out_by_forces(network_of_edges(12, TWO_GROUPS), **options)
    assert _between_to_within(net) > 1
    assert _places(net).mean(axis=0) == pytest.approx([0, 0], abs=1e-6)
    assert mean_distance(_places(net)) == pytest.approx(1, abs=1e-5)


def test_linlog_is_tighter(network_of_edges: Any) -> None:
    """With the logarithm groups are tighter beside the way between them."""
    net = network_of_edges(12, TWO_GROUPS)
    linear, logarithm = (lay_out_by_forces(net, linlog=flag, gravity=0.0) for flag in (False, True))
    assert _between_to_within(logarithm) > _between_to_within(linear)


def test_forces_of_two_nodes(network_of_edges: Any) -> None:
    """Pull is the distance, push is 2 * 2 * scaling / distance, gravity is the degree + 1."""
    field = _forces(network_of_edges(2, [(0, 1, 5.0)]), linlog=False, gravity=0.5, scaling=3.0)
    xy = np.array([[-1.0, 0.0], [3.0, 0.0]])
    assert _pushed(field, xy, rims=False) == pytest.approx(np.array([[-3.0, 0], [3.0, 0]]))
    assert _pulled(field, xy, rims=False) == pytest.approx(np.array([[4.0 + 1.0, 0], [-5.0, 0]]))


def test_no_overlap(network_of_edges: Any) -> None:
    """Circles of the radius that is told do not cover each other, all but a hair."""
    star = [(0, leaf, 1.0) for leaf in range(1, 40)]
    net = lay_out_by_forces(network_of_edges(40, star), prevent_overlap=True)
    xy, radius = _places(net), net.node_columns["radius"]
    gap = np.hypot(*(xy[:, None] - xy).T) - radius - radius[:, None]
    assert gap[np.triu_indices(40, 1)].min() > -0.05 * radius.min()
    assert radius[0] == radius.max()


def test_same_seed_same_places(network_of_edges: Any) -> None:
    """A map can be made again to the byte; the method can be named to lay_out too."""
    net = network_of_edges(12, TWO_GROUPS)
    one, other = lay_out_by_forces(net, seed=3), lay_out(net, method="force-atlas", seed=3)
    assert _places(one).tobytes() == _places(other).tobytes()
    assert one.manifest["layout"] == other.manifest["layout"]
    assert one.manifest["layout"]["method"] == "force-atlas"


@pytest.mark.parametrize("gravity", [0.0, 1.0])
@pytest.mark.parametrize(
    ("n_nodes", "edges"), [(0, []), (1, []), (2, []), (3, [(0, 0, 2.0), (0, 1, 1.0)])]
)
def test_hardly_any_nodes(network_of_edges: Any, n_nodes: int, edges: Any, gravity: float) -> None:
    """Few nodes, nodes without edges and edges to oneself have finite places."""
    net = network_of_edges(n_nodes, edges)
    for flag in (False, True):
        laid = lay_out_by_forces(net, gravity=gravity, prevent_overlap=flag)
        assert np.isfinite(_places(laid)).all()


@pytest.mark.parametrize("options", [{"gravity": -1.0}, {"scaling": 0.0}, {"n_iterations": 0}])
def test_bad_options(network_of_edges: Any, options: dict[str, Any]) -> None:
    """An option out of range is refused with its value."""
    with pytest.raises(OptionError, match="must be at least 0, above 0 and at least 1"):
        lay_out_by_forces(network_of_edges(2, [(0, 1, 1)]), **options)
