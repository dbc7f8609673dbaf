"""The options of ``nqp-biblio network`` that say how a network becomes a map."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from nqp_biblio.networks.network import Network

__all__ = ["Mapping", "map_options"]

_BACKBONE = {
    "backbone": "method",
    "backbone_on": "on",
    "backbone_min": "min_weight",
    "alpha": "alpha",
    "one_edge": "one_edge",
    "pathfinder_r": "r",
    "pathfinder_q": "q",
}
_MAP = {
    "similarity": "similarity",
    "marginal": "marginal",
    "method": "method",
    "quality": "quality",
    "cluster_on": "weights",
    "resolution": "resolution",
    "min_size": "min_size",
    "layout": "layout",
    "seed": "seed",
    "map_like": "like",
}
_OPTIONS = (
    click.option(
        "--similarity",
        default="association-strength",
        show_default=True,
        metavar="NAME",
        help="Similarity of nodes.",
    ),
    click.option(
        "--marginal",
        type=click.Choice(["occurrences", "strength"]),
        help="What a similarity is set against: works of a node, or its total link strength.",
    ),
    click.option(
        "--backbone",
        type=click.Choice(["disparity", "min-weight", "pathfinder", "spanning-tree"]),
        help="Keep the edges that carry the structure, before clusters are sought.",
    ),
    click.option(
        "--backbone-on",
        default="weight",
        metavar="NAME",
        help="With --backbone: what an edge is judged by, weight or similarity.",
    ),
    click.option("--backbone-min", type=float, help="With --backbone min-weight: what is kept."),
    click.option(
        "--alpha", type=float, default=0.05, help="With --backbone disparity: significance."
    ),
    click.option(
        "--one-edge",
        type=click.Choice(["other-end", "keep"]),
        default="other-end",
        help="With --backbone disparity: what becomes of the only edge of a node.",
    ),
    click.option(
        "--pathfinder-r",
        type=float,
        default=math.inf,
        help="With --backbone pathfinder: power of the steps of a path.",
    ),
    click.option(
        "--pathfinder-q",
        type=click.IntRange(min=1),
        help="With --backbone pathfinder: the most steps of a path.",
    ),
    click.option(
        "--method",
        type=click.Choice(["leiden", "louvain"]),
        default="leiden",
        show_default=True,
        help="How clusters are sought.",
    ),
    click.option(
        "--quality",
        type=click.Choice(["cpm", "modularity"]),
        default="cpm",
        show_default=True,
        help="What clusters make largest.",
    ),
    click.option(
        "--cluster-on",
        type=click.Choice(["association-strength", "similarity", "weight"]),
        help="What clusters go by.",
    ),
    click.option(
        "--resolution",
        type=float,
        default=1.0,
        show_default=True,
        help="Higher makes more and smaller clusters.",
    ),
    click.option(
        "--min-size",
        type=click.IntRange(min=1),
        default=1,
        show_default=True,
        help="Nodes of a cluster, at least; smaller ones join others.",
    ),
    click.option(
        "--layout",
        type=click.Choice(["vos", "force-atlas", "layered"]),
        default="vos",
        show_default=True,
        help="Where nodes stand: layered is by year.",
    ),
    click.option("--map-like", type=click.Choice(["vosviewer"]), help="Map as a program does."),
    click.option(
        "--centrality",
        metavar="NAMES",
        help="Columns of the nodes, with commas: degree, strength, betweenness, closeness, …",
    ),
    click.option(
        "--seed",
        type=click.IntRange(min=0),
        default=0,
        show_default=True,
        help="Seed of clusters, layout and centrality.",
    ),
)


@dataclass(frozen=True, slots=True)
class Mapping:
    """What becomes of a network, by the options of the command line.

    Attributes
    ----------
    backbone, settings : dict
        Options of ``nqp_biblio.backbone`` (empty for none) and of ``map_network``.
    measures : tuple of str
        Measures of ``centrality``.
    """

    backbone: dict[str, Any]
    settings: dict[str, Any]
    measures: tuple[str, ...]

    def of(self, net: Network) -> Network:
        """Return the map of a network."""
        import nqp_biblio as nb

        if self.backbone.get("on") == "similarity":
            names = {"similarity", "marginal"}
            given = {k: v for k, v in self.settings.items() if k in names and v is not None}
            net = nb.weigh(net, **given)
        if self.backbone:
            net = nb.backbone(net, **self.backbone)
        net = nb.map_network(net, **self.settings)
        if self.measures:
            net = nb.centrality(net, self.measures, seed=self.settings["seed"])
        return net


def map_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a map, as one `mapping`."""

    @wraps(command)
    def call(**given: Any) -> None:  # noqa: ANN401  options of click
        """Run the command."""
        backbone = {name: given.pop(option) for option, name in _BACKBONE.items()}
        settings = {name: given.pop(option) for option, name in _MAP.items()}
        names = (given.pop("centrality") or "").split(",")
        mapping = Mapping(
            backbone if backbone["method"] else {},
            settings,
            tuple(name.strip() for name in names if name.strip()),
        )
        command(mapping=mapping, **given)

    for option in reversed(_OPTIONS):
        call = option(call)
    return call
