"""Time indices, normalised impact and intervals on a corpus folder.

Run ``python benchmarks/measures_indices.py FOLDER [NAME]``; without a name all are run, each in
a process of its own. Seconds are those of the process on all cores, and of the clock; memory is
the peak of the process, the open corpus with it.
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
    "h_index": nb.h_index,
    "h_index, local": lambda corpus: nb.h_index(corpus, scope="local"),
    "h_index, sources": lambda corpus: nb.h_index(corpus, "sources"),
    "h_index, keywords": lambda corpus: nb.h_index(corpus, "author_keywords"),
    "normalised_impact": nb.normalised_impact,
    "..., by keyword": lambda corpus: nb.normalised_impact(corpus, fields="author_keywords"),
    "..., authors, no intervals": lambda corpus: nb.normalised_impact(
        corpus, "authors", n_resamples=0
    ),
    "..., authors, 100 resamples": lambda corpus: nb.normalised_impact(
        corpus, "authors", n_resamples=100
    ),
    "age_normalised_citations": nb.age_normalised_citations,
    "rank_intervals, 100": lambda corpus: nb.rank_intervals(corpus, n_resamples=100),
    "cut_links": lambda corpus: nb.sensitivity(
        corpus, lambda cut: nb.h_index(cut, "sources", scope="local"), thresholds=(0.9,)
    ),
}


def run(folder: str, name: str) -> None:
    """Time one measure."""
    corpus = nb.open(folder)
    len(corpus)
    clock, cpu = time.perf_counter(), time.process_time()
    n_rows = len(CASES[name](corpus))
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:28} {cpu:7.2f} s CPU {clock:7.2f} s clock {peak:7.0f} MB {n_rows:9,} rows")


if __name__ == "__main__":
    folder, *names = sys.argv[1:]
    if names:
        run(folder, names[0])
    else:
        for case in CASES:
            subprocess.run([sys.executable, __file__, folder, case], check=False)
