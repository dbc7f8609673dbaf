"""Time the search for clusters: own Leiden and Louvain, beside networkx and graspologic.

Run ``python benchmarks/clusters.py [n_nodes n_edges]``. Seconds are those of the processor; what
is compared is measured in one run. Quality is over that of Leiden. graspologic-native is left out
where it is not installed.
"""

from __future__ import annotations

import importlib.util
import resource
import sys
import time
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
from scipy import sparse

from nqp_biblio.measures.cluster_recipe import problem_of
from nqp_biblio.measures.clusters import cluster, cluster_quality
from nqp_biblio.measures.silhouette import silhouette
from nqp_biblio.networks.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL = (5_000, 50_000)
LARGE = (100_000, 1_000_000)
NODES_OF_A_GROUP = 250
WITHIN = 0.8
QUALITIES: tuple[Any, ...] = ("cpm", "modularity")


def made_network(n_nodes: int, n_edges: int) -> Network:
    """Draw a network of groups with hubs, four of five edges within groups."""
    random = np.random.default_rng(1)
    n_groups = n_nodes // NODES_OF_A_GROUP
    n_drawn = 2 * n_edges
    group = random.integers(0, n_groups, n_drawn)
    is_within = random.random(n_drawn) < WITHIN
    other = np.where(is_within, group, random.integers(0, n_groups, n_drawn))
    place = (random.random((n_drawn, 2)) ** 2 * NODES_OF_A_GROUP).astype(np.int64)
    ends = np.sort(place * n_groups + np.stack([group, other], axis=1), axis=1)
    found = np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0)
    keep = np.sort(random.permutation(len(found))[:n_edges])
    source, target = found[keep].T
    return Network(
        kind="cocitation",
        of="references",
        directed=False,
        ids=np.arange(1, n_nodes + 1),
        labels=tuple(f"n{number:06}" for number in range(n_nodes)),
        source=source,
        target=target,
        weight=random.geometric(0.5, len(source)).astype(np.float64),
    )


def timed(make: Callable[[], Any]) -> tuple[float, Any]:
    """Run once; return the seconds of the processor and the result."""
    start = time.process_time()
    made = make()
    return time.process_time() - start, made


def by_networkx(net: Network) -> Network:
    """Find clusters by Louvain of networkx."""
    graph = net.to_networkx()
    numbers: dict[str, int] = {}
    for number, labels in enumerate(nx.community.louvain_communities(graph, seed=0), 1):
        numbers |= dict.fromkeys(labels, number)
    return net.with_nodes(cluster=[numbers[label] for label in net.labels])


def by_graspologic(net: Network, quality: str) -> Network:
    """Find clusters by the Leiden of graspologic, one start of ten cycles."""
    import graspologic_native

    values = problem_of(net, quality, 1.0).weight
    scale = 1.0 if quality == "modularity" else 0.5 / float(values.max())
    cells = (np.r_[net.source, net.target], np.r_[net.target, net.source])
    matrix = sparse.csr_array((np.tile(values * scale, 2), cells), shape=(net.n_nodes,) * 2)
    _, found = graspologic_native.leiden_csr(  # type: ignore[attr-defined]  # compiled
        matrix.indptr.astype(np.int64),
        matrix.indices.astype(np.int32),
        matrix.data,
        net.n_nodes,
        resolution=scale,
        use_modularity=quality == "modularity",
        iterations=10,
        seed=0,
    )
    return net.with_nodes(cluster=[found.get(i, net.n_nodes + i) + 1 for i in range(net.n_nodes)])


def compare(net: Network, quality: Any, *, with_networkx: bool) -> None:  # noqa: ANN401
    """Print seconds, ratio and quality of each way."""
    ways: dict[str, Callable[[], Network]] = {
        "leiden": lambda: cluster(net, quality=quality, n_starts=1),
        "louvain": lambda: cluster(net, method="louvain", quality=quality, n_starts=1),
        "leiden, 10 starts": lambda: cluster(net, quality=quality, n_starts=10),
    }
    if quality == "modularity" and with_networkx:
        ways["networkx louvain"] = lambda: by_networkx(net)
    if importlib.util.find_spec("graspologic_native"):
        ways["graspologic leiden"] = lambda: by_graspologic(net, quality)
    seconds, reached = {}, {}
    for name, way in ways.items():
        seconds[name], found = timed(way)
        reached[name] = cluster_quality(found, quality=quality)
    for name, took in seconds.items():
        ratio, share = took / seconds["leiden"], reached[name] / reached["leiden"]
        print(f"  {quality:<11}{name:<20}{took:8.2f} s {ratio:8.1f} {share:10.5f}")


def main() -> None:
    """Compare on a small network, then time a large one."""
    warm = made_network(500, 2_000)
    for method in ("leiden", "louvain"):
        cluster(warm, method=method)  # compiles
    sizes = [SMALL, LARGE]
    if len(sys.argv) > len(LARGE):
        sizes = [(int(sys.argv[1]), int(sys.argv[2]))]
    for size in sizes:
        net = made_network(*size)
        print(f"{net!r}: seconds, times those of leiden, quality over that of leiden")
        for quality in QUALITIES:
            compare(net, quality, with_networkx=size == SMALL)
    clustered = cluster(net, n_starts=1)
    print(f"  silhouette {timed(lambda: silhouette(clustered))[0]:25.2f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  peak memory {peak:24.0f} MB")


if __name__ == "__main__":
    main()
