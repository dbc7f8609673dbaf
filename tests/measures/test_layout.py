"""Layout."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures import layout_frame
from nqp_biblio.measures.layout import lay_out, layout_energy, mean_distance

if TYPE_CHECKING:
    from nqp_biblio.networks.network import Network

EDGES = st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda e: e[0] < e[1]))


def _places(net: Network) -> np.ndarray[Any, Any]:
    return np.stack([net.node_columns["x"], net.node_columns["y"]], axis=1)


@pytest.mark.parametrize("repulsion", [1, 0, -1])
@pytest.mark.parametrize(
    "name",
    [
        "vosviewer/JOI_2007-2016_co-authorship",
        "vosviewer/QSS_publication_bibliographic_coupling",
        "csss/vosviewer",
    ],
)
def test_energy_is_below_published_maps(published_map: Any, name: str, repulsion: int) -> None:
    """On published maps the energy is at most that of the published places."""
    net, _ = published_map(name)
    published = layout_energy(net, repulsion=repulsion)
    found = layout_energy(lay_out(net, repulsion=repulsion), repulsion=repulsion)
    assert found <= published


@pytest.mark.parametrize("repulsion", [1, 0, -1])
def test_a_triangle_is_equilateral(network_of_edges: Any, repulsion: int) -> None:
    """Three nodes equally joined are equally far from each other."""
    net = lay_out(network_of_edges(3, [(0, 1, 1), (0, 2, 1), (1, 2, 1)]), repulsion=repulsion)
    xy = _places(net)
    sides = [np.hypot(*(xy[i] - xy[j])) for i, j in ((0, 1), (0, 2), (1, 2))]
    assert sides == pytest.approx([1, 1, 1], abs=0.01)


def test_distances_of_a_path(network_of_edges: Any) -> None:
    """With repulsion 1 a path of three lies on a line with both steps equal."""
    xy = _places(lay_out(network_of_edges(3, [(0, 1, 1), (1, 2, 1)]), repulsion=1))
    assert xy == pytest.approx(np.array([[0.75, 0], [0, 0], [-0.75, 0]]), abs=0.01)


@pytest.mark.parametrize(
    ("n_nodes", "edges", "expected"),
    [
        (0, [], []),
        (1, [], [[0.0, 0.0]]),
        (2, [], [[-0.5, 0.0], [0.5, 0.0]]),
        (2, [(0, 1, 3)], [[-0.5, 0.0], [0.5, 0.0]]),
    ],
)
def test_hardly_any_nodes(
    network_of_edges: Any, n_nodes: int, edges: list[Any], expected: list[list[float]]
) -> None:
    """No, one and two nodes have their places too."""
    assert _places(lay_out(network_of_edges(n_nodes, edges))).tolist() == expected


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edges=EDGES, repulsion=st.sampled_from([1, 0, -1]))
def test_any_network_has_a_tidy_map(
    network_of_edges: Any, edges: set[tuple[int, int]], repulsion: int
) -> None:
    """Places are finite and rounded, the mean is 0, the mean distance 1, sets stay apart."""
    net = lay_out(
        network_of_edges(12, [(a, b, 1.0) for a, b in sorted(edges)]), repulsion=repulsion
    )
    xy = _places(net)
    assert np.isfinite(xy).all()
    assert np.array_equal(xy, np.round(xy, 6))
    assert xy.mean(axis=0) == pytest.approx([0, 0], abs=1e-6)
    assert mean_distance(xy) == pytest.approx(1, abs=1e-5)
    component = net.components()
    boxes = [
        (xy[component == c].min(axis=0), xy[component == c].max(axis=0))
        for c in range(component.max() + 1)
    ]
    for i, (low, high) in enumerate(boxes):
        for other_low, other_high in boxes[:i]:
            assert (low > other_high).any() or (high < other_low).any()


def test_same_seed_same_places(published_map: Any) -> None:
    """A map can be made again to the byte; another seed may give another."""
    net, _ = published_map("vosviewer/JOI_2007-2016_co-authorship")
    one, other = (_places(lay_out(net, seed=7)).tobytes() for _ in range(2))
    assert one == other


def test_it_spreads_sideways(published_map: Any) -> None:
    """The direction of largest spread is horizontal."""
    net, _ = published_map("vosviewer/QSS_publication_bibliographic_coupling")
    x, y = _places(lay_out(net)).T
    assert x.var() > y.var()
    assert abs(np.corrcoef(x, y)[0, 1]) < 1e-4


def test_repulsion_follows_the_kind(network_of_edges: Any) -> None:
    """Co-authorship is laid out with repulsion -1, the rest with 0; the manifest says so."""
    edges = [(0, 1, 1.0)]
    for kind, expected in (("coauthorship", -1), ("cotopic", 0), ("coupling", 0)):
        told = lay_out(network_of_edges(2, edges, kind)).manifest["layout"]
        assert told["repulsion"] == expected


@pytest.mark.parametrize("limit", ["_FEW", "_MANY"])
def test_mean_distance_of_many(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """However many points there are, the mean distance is that of all pairs."""
    xy = np.random.default_rng(0).normal(size=(900, 2))
    expected = mean_distance(xy)
    monkeypatch.setattr(layout_frame, limit, 10)
    assert mean_distance(xy) == pytest.approx(expected, rel=1e-4)


def test_repulsion_of_vosviewer(network_of_edges: Any) -> None:
    """With like="vosviewer" its defaults by kind are taken; what is given goes before them."""
    for kind, expected in (("cotopic", 0), ("coupling", 1), ("coauthorship", 1), ("citation", 1)):
        net = network_of_edges(2, [(0, 1, 1.0)], kind)
        assert lay_out(net, like="vosviewer").manifest["layout"]["repulsion"] == expected
    told = lay_out(net, like="vosviewer", repulsion=0).manifest["layout"]
    assert told["repulsion"] == 0
    authors = replace(network_of_edges(2, [(0, 1, 1.0)], "coauthorship"), of="authors")
    assert lay_out(authors, like="vosviewer").manifest["layout"]["repulsion"] == -1


def test_more_starts_are_not_worse(published_map: Any) -> None:
    """The best of several starts is kept."""
    net, _ = published_map("vosviewer/QSS_publication_bibliographic_coupling")
    one, many = (layout_energy(lay_out(net, n_starts=n)) for n in (1, 4))
    assert many <= one + 1e-3


def test_a_large_tree(network_of_edges: Any) -> None:
    """Past some thousand nodes the map is still made in bounded memory."""
    edges = [((child - 1) // 3, child, 1.0) for child in range(1, 3_200)]
    xy = _places(lay_out(network_of_edges(3_200, edges)))
    assert np.isfinite(xy).all()


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"method": "circle"}, UnknownNameError, "layout 'circle'"),
        ({"repulsion": 2}, OptionError, "repulsion is 2"),
        ({"n_starts": 0}, OptionError, "n_starts is 0"),
        ({"like": "pajek"}, UnknownNameError, "program to be like 'pajek'"),
    ],
)
def test_bad_options(
    network_of_edges: Any, options: dict[str, Any], error: type[Exception], match: str
) -> None:
    """An option that means nothing is refused by name."""
    with pytest.raises(error, match=match):
        lay_out(network_of_edges(2, [(0, 1, 1)]), **options)


def test_energy_needs_places(network_of_edges: Any) -> None:
    """Energy is that of places, in one connected network."""
    with pytest.raises(OptionError, match="no places yet"):
        layout_energy(network_of_edges(2, [(0, 1, 1)]))
    with pytest.raises(OptionError, match="connected"):
        layout_energy(lay_out(network_of_edges(2, [])))
