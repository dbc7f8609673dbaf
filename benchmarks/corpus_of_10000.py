"""Map one corpus of 10,000 works five times over: seconds of each step, and peak memory.

Run ``python benchmarks/corpus_of_10000.py FOLDER [all]``, a folder that ``synthetic.py`` made;
the goal is 20 seconds and 1.5 GB for all five. Seconds are those of the processor, which others
on the machine do not lengthen; with ``all`` the networks are denser, of nearly all edges.
"""

from __future__ import annotations

import itertools
import resource
import sys
import time
from pathlib import Path
from typing import Any

import nqp_biblio as nb

NETWORKS: list[tuple[str, dict[str, Any]]] = [
    ("cocitation", {"of": "references", "min_occurrences": 20, "top_links": 20}),
    ("coupling", {"of": "works", "min_weight": 2, "top_links": 10}),
    ("coauthorship", {"of": "authors", "min_occurrences": 2}),
    ("cooccurrence", {"of": "author_keywords", "min_occurrences": 5}),
    ("citation", {"of": "works"}),
]
DENSE: list[tuple[str, dict[str, Any]]] = [
    ("cocitation", {"of": "references", "min_occurrences": 10}),
    ("coupling", {"of": "works", "min_weight": 2}),
    *NETWORKS[2:],
]
STEPS = ("count", "weigh", "cluster", "lay out")
KIB = 1024
GOAL_S = 20
GOAL_GB = 1.5


def timed_map(corpus: nb.Corpus, kind: str, options: dict[str, Any]) -> tuple[str, list[float]]:
    """Make one map; return what it is and the seconds of each step."""
    marks = [time.process_time()]
    net = nb.network_of(corpus, kind, **options)
    marks.append(time.process_time())
    weighed = net if net.directed else nb.weigh(net)
    marks.append(time.process_time())
    parted = nb.cluster(weighed, seed=0)
    marks.append(time.process_time())
    drawn = nb.lay_out(parted, seed=0)
    marks.append(time.process_time())
    n_clusters = int(drawn.node_columns["cluster"].max(initial=0))
    told = f"{net.n_nodes:>7,} {net.n_edges:>9,} {n_clusters:>8,}"
    return told, [end - start for start, end in itertools.pairwise(marks)]


def peak_gb() -> float:
    """Return the most memory that this process has had, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB / 1e9


def main(folder: Path, networks: list[tuple[str, dict[str, Any]]]) -> None:
    """Print a line for each network, and the sums."""
    clock = time.perf_counter()
    corpus = nb.open(folder)
    print(f"{len(corpus):,} works opened, {time.process_time():.2f} s, {peak_gb():.2f} GB")
    heads = "".join(f"{step:>9}" for step in STEPS)
    print(f"{'network':<13}{'nodes':>7} {'edges':>9} {'clusters':>8}{heads}     all  peak GB")
    total = 0.0
    for kind, options in networks:
        told, seconds = timed_map(corpus, kind, options)
        total += sum(seconds)
        each = "".join(f"{value:>9.2f}" for value in seconds)
        print(f"{kind:<13}{told}{each}{sum(seconds):>8.2f}{peak_gb():>9.2f}", flush=True)
    print(
        f"all five: {total:.1f} s of processors (goal {GOAL_S}), {peak_gb():.2f} GB"
        f" (goal {GOAL_GB}); {time.perf_counter() - clock:.1f} s on the clock"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), DENSE if sys.argv[2:] == ["all"] else NETWORKS)
