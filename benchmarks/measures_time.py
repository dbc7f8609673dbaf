"""Time spectroscopy, bursts, trends and disruption on a corpus folder.

Run ``python benchmarks/measures_time.py FOLDER [NAME]``; without a name all are run, each in a
process of its own, twice: what is compiled in the first run is kept for the second. Seconds are
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
    "rpys": nb.rpys,
    "rpys_peaks": nb.rpys_peaks,
    "multi_rpys": nb.multi_rpys,
    "reference_sequences": nb.reference_sequences,
    "bursts of keywords": nb.bursts,
    "bursts of authors": lambda corpus: nb.bursts(corpus, of="authors", min_works=10),
    "bursts of references": lambda corpus: nb.bursts(corpus, of="references", min_works=100),
    "trend_topics": nb.trend_topics,
    "emerging_terms": nb.emerging_terms,
    "sleeping_beauties": nb.sleeping_beauties,
    "disruption": nb.disruption,
    "disruption, all years": lambda corpus: nb.disruption(corpus, window=None),
}


def run(folder: str, name: str) -> None:
    """Time one measure."""
    corpus = nb.open(folder)
    len(corpus)
    clock, cpu = time.perf_counter(), time.process_time()
    result = CASES[name](corpus)
    n_rows = len(result)
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    items = result.manifest.get("n_items", "")
    print(
        f"{name:22} {cpu:7.2f} s CPU {clock:7.2f} s clock {peak:7.0f} MB {n_rows:9,} rows {items}"
    )


if __name__ == "__main__":
    folder, *names = sys.argv[1:]
    if names:
        run(folder, names[0])
    else:
        for case in CASES:
            for _ in ("compiled", "timed"):
                subprocess.run([sys.executable, __file__, folder, case], check=True)
