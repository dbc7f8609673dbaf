"""The layout ForceAtlas2: forces on the nodes, and a speed that each finds for itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.errors import OptionError
from nqp_biblio.measures.layout_frame import mean_distance, normalised, upright
from nqp_biblio.measures.repulsion import repulsion

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.networks.network import Network

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["lay_out_by_forces"]

_SOURCE = (
    "Jacomy, M., Venturini, T., Heymann, S. & Bastian, M. (2014). ForceAtlas2, a continuous"
    " graph layout algorithm for handy network visualization designed for the Gephi software."
    " PLoS ONE 9(6), e98679. https://doi.org/10.1371/journal.pone.0098679"
)
_FAR = 0.6
_SPEED, _MOST_SPEED, _TOLERANCE, _RISE = 0.1, 10.0, 1.0, 1.5
_OVERLAP = 100.0
_LARGEST = 4.0
_SCALES = (1e-9, 1e12)
_HALVINGS = 60
_SHORTEST = 1e-9
_LAST_PART = 4


@dataclass(frozen=True)
class _Forces:
    """A network under forces."""

    source: IntArray
    target: IntArray
    weight: FloatArray
    mass: FloatArray
    radius: FloatArray
    linlog: bool
    gravity: float
    scaling: float


def lay_out_by_forces(
    net: Network,
    *,
    linlog: bool = False,
    gravity: float = 1.0,
    scaling: float = 2.0,
    prevent_overlap: bool = False,
    n_iterations: int = 400,
    seed: int = 0,
) -> Network:
    """Give each node a place by ForceAtlas2, which shows hubs at the edge of their groups.

    Parameters
    ----------
    net : Network
        Any network; the direction of edges does not matter.
    linlog : bool
        Pull by ln(1 + d) in place of the distance d: groups become tighter. The first half of
        the steps pulls by d.
    gravity : float
        Pull of each node towards the centre, 0 or more; it keeps unconnected sets together.
    scaling : float
        Strength of the repulsion (degree_i + 1) (degree_j + 1) / d, above 0.
    prevent_overlap : bool
        In the last quarter of the steps measure distances from rim to rim, so that nodes drawn
        as circles do not cover each other.
    n_iterations : int
        Steps, 1 or more. The cost of a step is n log n in the nodes, and linear in the edges.
    seed : int
        Seed of the random start.

    Returns
    -------
    Network
        With ``x`` and ``y`` per node, to 6 decimals: the mean is 0, the mean distance 1, the
        direction of largest spread horizontal. With `prevent_overlap` also ``radius``, in the
        same unit; areas are as the occurrences, or where there are none as the degree + 1.

    Raises
    ------
    OptionError
        If `gravity`, `scaling` or `n_iterations` is out of range.

    References
    ----------
    .. [1] Jacomy, M. et al. (2014). ForceAtlas2, a continuous graph layout algorithm for
       handy network visualization designed for the Gephi software. PLoS ONE 9(6), e98679.
       https://doi.org/10.1371/journal.pone.0098679

    Examples
    --------
    >>> net = lay_out_by_forces(net, linlog=True)  # doctest: +SKIP
    """
    if gravity < 0 or scaling <= 0 or n_iterations < 1:
        raise OptionError(
            f"gravity is {gravity}, scaling {scaling}, n_iterations {n_iterations};"
            " they must be at least 0, above 0 and at least 1"
        )
    field = _forces(net, linlog=linlog, gravity=gravity, scaling=scaling)
    random = np.random.default_rng(seed)
    n_last = n_iterations // _LAST_PART if prevent_overlap else 0
    n_free = n_iterations - n_last
    n_first = n_free // 2 if linlog else 0
    # from a random start the linear pull finds the groups in far fewer steps
    xy = random.random((net.n_nodes, 2)) - 0.5
    linear = replace(field, linlog=False)
    xy = _moved(linear, _sized(linear, xy), n_first, rims=False)
    xy = _moved(field, _sized(field, xy), n_free - n_first, rims=False)
    xy = _moved(field, xy, n_last, rims=True)
    x, y = normalised(upright(xy, net.strength)).T
    entry = {
        "method": "force-atlas",
        "linlog": linlog,
        "gravity": gravity,
        "scaling": scaling,
        "prevent_overlap": prevent_overlap,
        "n_iterations": n_iterations,
        "seed": seed,
        "references": [_SOURCE],
    }
    laid = net.with_nodes(x=x, y=y).with_manifest(layout=entry)
    if prevent_overlap:
        laid = laid.with_nodes(radius=field.radius / (mean_distance(xy) or 1.0))
    return laid


def _forces(net: Network, *, linlog: bool, gravity: float, scaling: float) -> _Forces:
    """Take from a network what the forces depend on; an edge to itself pulls nothing."""
    edge = net.source != net.target
    mass = net.degree.astype(np.float64) + 1.0
    area = np.asarray(net.node_columns.get("occurrences", mass), dtype=np.float64)
    radius = np.sqrt(np.maximum(area, 0.0))
    return _Forces(
        source=net.source[edge],
        target=net.target[edge],
        weight=net.weight[edge] / (net.weight.mean() if net.n_edges else 1.0),
        mass=mass,
        radius=_LARGEST * radius / (radius.max(initial=0.0) or 1.0),
        linlog=linlog,
        gravity=gravity,
        scaling=scaling,
    )


def _sized(field: _Forces, xy: FloatArray) -> FloatArray:
    """Scale places so that all forces together neither widen nor narrow them."""
    far = _apart(xy, field.source, field.target)[1]
    inwards = field.gravity * (field.mass * np.hypot(*xy.T)).sum()
    outwards = field.scaling * (field.mass.sum() ** 2 - (field.mass**2).sum()) / 2
    if not inwards and not len(far):
        return xy
    low, high = _SCALES
    for _ in range(_HALVINGS):
        scale = np.sqrt(low * high)
        apart = scale * far
        pull = np.log1p(apart) if field.linlog else apart
        inner = (field.weight * pull * apart).sum() + scale * inwards
        low, high = (low, scale) if inner > outwards else (scale, high)
    return xy * high


def _moved(field: _Forces, xy: FloatArray, steps: int, *, rims: bool) -> FloatArray:
    """Move the nodes for some steps: those that swing slowly, those that travel fast."""
    last = np.zeros_like(xy)
    speed = 1.0
    if len(xy) < len(("one", "other")):
        return xy
    for _ in range(steps):
        force = _pushed(field, xy, rims=rims) + _pulled(field, xy, rims=rims)
        swing = np.hypot(*(force - last).T)
        travel = np.hypot(*(force + last).T) / 2
        whole = (field.mass * swing).sum()
        aim = _TOLERANCE * (field.mass * travel).sum() / max(whole, _SHORTEST)
        speed = min(aim, _RISE * speed)
        pace = _SPEED * speed / (1.0 + speed * np.sqrt(swing))
        size = np.maximum(np.hypot(*force.T), _SHORTEST)
        xy = xy + force * np.minimum(pace, _MOST_SPEED / size)[:, None]
        last = force
    return xy


def _pushed(field: _Forces, xy: FloatArray, *, rims: bool) -> FloatArray:
    """Return the repulsion of all pairs; with rims, near pairs by the gap between them."""
    _, push = repulsion(xy, field.mass, 0, far=_FAR)
    if rims:
        first, second = _near(xy, 2 * _LARGEST)
        way, far = _apart(xy, first, second)
        gap = far - field.radius[first] - field.radius[second]
        force = np.where(gap > 0, np.minimum(1.0 / np.maximum(gap, _SHORTEST), _OVERLAP), _OVERLAP)
        size = field.mass[first] * field.mass[second] * (force - 1.0 / far)
        _add(push, (first, second), way * (size / far)[:, None])
    return field.scaling * push


def _pulled(field: _Forces, xy: FloatArray, *, rims: bool) -> FloatArray:
    """Return the attraction of the edges, and gravity."""
    way, far = _apart(xy, field.source, field.target)
    gap = far
    if rims:
        gap = np.maximum(far - field.radius[field.source] - field.radius[field.target], 0.0)
    size = field.weight * (np.log1p(gap) if field.linlog else gap)
    reach = np.maximum(np.hypot(*xy.T), _SHORTEST)
    pull: FloatArray = -xy * (field.gravity * field.mass / reach)[:, None]
    _add(pull, (field.target, field.source), way * (size / far)[:, None])
    return pull


def _apart(xy: FloatArray, first: IntArray, second: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return the way from the second to the first of pairs, and its length."""
    way = xy[first] - xy[second]
    return way, np.maximum(np.hypot(*way.T), _SHORTEST)


def _add(forces: FloatArray, ends: tuple[IntArray, IntArray], vectors: FloatArray) -> None:
    """Add a vector per pair to its one end, and take it from the other."""
    for axis in range(2):
        for end, sign in zip(ends, (1.0, -1.0), strict=True):
            forces[:, axis] += np.bincount(end, sign * vectors[:, axis], minlength=len(forces))


def _near(xy: FloatArray, reach: float) -> tuple[IntArray, IntArray]:
    """Return the pairs that are nearer than a distance, sorted."""
    from scipy.spatial import cKDTree

    pairs = np.asarray(cKDTree(xy).query_pairs(reach, output_type="ndarray"), dtype=np.int64)
    first, second = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))].T
    return first, second
