"""Diversity, novelty and knowledge flow on a corpus folder.

Run ``python benchmarks/measures_diversity.py FOLDER [NAME]``; without a name all are run, each in
a process of its own, twice: what is compiled in the first run is kept for the second. Seconds are
those of the process on all cores, and of the clock; memory is the peak of the process, the open
corpus with it.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import nqp_biblio as nb

if TYPE_CHECKING:
    from collections.abc import Callable

CASES: dict[str, Callable[[nb.Corpus], nb.Result]] = {
    "diversity of works": nb.citation_diversity,
    "diversity of sources": lambda corpus: nb.citation_diversity(
        corpus, by="sources", similarity="cross-citation"
    ),
    "atypical combinations": nb.atypical_combinations,
    "flow between sources": nb.knowledge_flow,
    "flow between countries": lambda corpus: nb.knowledge_flow(corpus, "countries"),
}


def run(folder: str, name: str) -> None:
    """Time one measure."""
    corpus = nb.open(folder)
    len(corpus)
    clock, cpu = time.perf_counter(), time.process_time()
    n_rows = len(CASES[name](corpus))
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:22} {cpu:7.2f} s CPU {clock:7.2f} s clock {peak:7.0f} MB {n_rows:9,} rows")


if __name__ == "__main__":
    folder, *names = sys.argv[1:]
    if names:
        run(folder, names[0])
    else:
        for case in CASES:
            for _ in ("compiled", "timed"):
                subprocess.run([sys.executable, __file__, folder, case], check=True)
