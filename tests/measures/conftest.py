"""Networks for the measures, and published maps."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nqp_biblio.networks.network import Network

if TYPE_CHECKING:
    from pathlib import Path

MapOf = Callable[[str], tuple[Network, list[int]]]
NetworkOf = Callable[..., Network]


@pytest.fixture
def network_of_edges() -> NetworkOf:
    """Make a network of a number of nodes and edges (source, target, weight)."""

    def make(n_nodes: int, edges: list[tuple[int, int, float]], kind: str = "cotopic") -> Network:
        source, target, weight = np.array(edges or np.empty((0, 3))).reshape(-1, 3).T
        return Network(
            kind=kind,
            of="topics",
            directed=False,
            ids=np.arange(1, n_nodes + 1),
            labels=tuple(f"n{number:04}" for number in range(n_nodes)),
            source=source.astype(np.int64),
            target=target.astype(np.int64),
            weight=weight.astype(np.float64),
        )

    return make


@pytest.fixture
def published_map(shared_data: Path, network_of_edges: NetworkOf) -> MapOf:
    """Read a published VOSviewer map: its network with x and y, and its clusters."""

    def read(name: str) -> tuple[Network, list[int]]:
        stem = shared_data / "truths" / name
        with stem.with_name(f"{stem.name}_map.txt").open(encoding="utf-8-sig") as file:
            items = list(csv.DictReader(file, delimiter="\t"))
        place = {row["id"]: index for index, row in enumerate(items)}
        with stem.with_name(f"{stem.name}_network.txt").open(encoding="utf-8-sig") as file:
            edges = sorted(
                (*sorted((place[a], place[b])), float(w))
                for a, b, w in csv.reader(file, delimiter="\t")
            )
        net = network_of_edges(len(items), edges)
        x, y = ([float(row[axis]) for row in items] for axis in "xy")
        return net.with_nodes(x=x, y=y), [int(row["cluster"]) for row in items]

    return read
