"""Time the layouts on made networks, and set the energies of both ways beside each other.

Run ``python benchmarks/layout.py [n_nodes n_edges]``; without numbers 10,000 and 50,000. Times
are those of the processor. The first part compares the energy found by levels with that found
by taking each pair into account, the least of three starts each; lower is better.
"""

from __future__ import annotations

import resource
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.measures import layout
from nqp_biblio.measures.force_atlas import lay_out_by_forces
from nqp_biblio.measures.layered import lay_out_by_year
from nqp_biblio.measures.layout import lay_out, layout_energy
from nqp_biblio.networks.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable

COMPARED = ((500, 2_500, 10), (1_000, 20_000, 10), (2_000, 10_000, 40), (2_000, 60_000, 40))
REPULSIONS = (1, 0, -1)
LARGE = (10_000, 50_000)
N_GROUPS = 40
WITHIN = 0.8
N_YEARS = 30
N_STARTS = 3


def made_network(n_nodes: int, n_edges: int, n_groups: int = N_GROUPS) -> Network:
    """Draw a connected network of groups with hubs, four of five edges within groups."""
    random = np.random.default_rng(1)
    tree = np.arange(n_groups, n_nodes)
    pairs = [np.stack([tree - n_groups, tree], axis=1)]
    pairs.append(np.stack([np.arange(n_groups - 1), np.arange(1, n_groups)], axis=1))
    size, drawn = n_nodes // n_groups, 0
    while drawn < n_edges:
        group = random.integers(0, n_groups, n_edges)
        other = np.where(
            random.random(n_edges) < WITHIN, group, random.integers(0, n_groups, n_edges)
        )
        ends = (random.random((n_edges, 2)) ** 2 * size).astype(np.int64) * n_groups
        pairs.append(np.sort(ends + np.stack([group, other], axis=1), axis=1))
        found = np.unique(np.concatenate(pairs), axis=0)
        found = found[found[:, 0] != found[:, 1]]
        drawn = len(found)
    keep = np.sort(np.r_[0 : len(found)][random.permutation(len(found))][:n_edges])
    source, target = found[keep].T
    return Network(
        kind="cocitation",
        of="references",
        directed=False,
        ids=np.arange(1, n_nodes + 1),
        labels=tuple(f"n{number:06}" for number in range(n_nodes)),
        source=source,
        target=target,
        weight=random.geometric(0.5, n_edges).astype(np.float64),
        node_columns={"publication_year": 1990.0 + random.integers(0, N_YEARS, n_nodes)},
    ).largest_component()


def timed(make: Callable[[], Any]) -> tuple[float, Any]:
    """Run once; return the seconds of the processor and the result."""
    start = time.process_time()
    made = make()
    return time.process_time() - start, made


def compare_energies() -> None:
    """Print the energies of both ways."""
    limit = layout._EXACT_NODES  # noqa: SLF001
    head = f"{'nodes':>6} {'edges':>7} {'r':>3} {'all pairs':>13} {'by levels':>13}"
    print(f"{head} {'difference':>11} {'times faster':>13}")
    for size in COMPARED:
        net = made_network(*size)
        for power in REPULSIONS:
            seconds, energies = [], []
            for nodes in (max(size), 0):
                layout._EXACT_NODES = nodes  # noqa: SLF001
                took, laid = timed(lambda: lay_out(net, repulsion=power, n_starts=N_STARTS))  # noqa: B023
                seconds.append(took)
                energies.append(layout_energy(laid, repulsion=power))
            exact, found = energies
            print(
                f"{net.n_nodes:>6} {net.n_edges:>7} {power:>3} {exact:>13.5g} {found:>13.5g}"
                f" {(found - exact) / abs(exact):>+11.2%} {seconds[0] / seconds[1]:>13.1f}"
            )
    layout._EXACT_NODES = limit  # noqa: SLF001


def time_large(n_nodes: int, n_edges: int) -> None:
    """Time each layout of a large network."""
    net = made_network(n_nodes, n_edges)
    print(repr(net))
    ways: dict[str, Callable[[], Network]] = {
        "vos, repulsion 1": lambda: lay_out(net, repulsion=1),
        "vos, repulsion 0": lambda: lay_out(net, repulsion=0),
        "vos, repulsion -1": lambda: lay_out(net, repulsion=-1),
        "force-atlas": lambda: lay_out_by_forces(net),
        "force-atlas, linlog": lambda: lay_out_by_forces(net, linlog=True),
        "layered": lambda: lay_out_by_year(net),
    }
    for name, way in ways.items():
        print(f"{name:<24}{timed(way)[0]:8.2f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak memory':<24}{peak:8.0f} MB")


def main() -> None:
    """Compare, then time."""
    lay_out(made_network(1_200, 4_000))  # compiles
    if len(sys.argv) > len(LARGE):
        time_large(int(sys.argv[1]), int(sys.argv[2]))
        return
    compare_energies()
    time_large(*LARGE)


if __name__ == "__main__":
    main()
