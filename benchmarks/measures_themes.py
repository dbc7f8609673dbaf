"""Time themes, their evolution, factorial maps and topic models on a corpus folder.

Run ``python benchmarks/measures_themes.py FOLDER [NAME]``; without a name all are run, each in a
process of its own. Seconds are those of the process on all cores, and of the clock; memory is the
peak of the process, the open corpus with it.
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
    "thematic_map": nb.thematic_map,
    "thematic_evolution": nb.thematic_evolution,
    "period_themes": nb.period_themes,
    "term_overlap": nb.term_overlap,
    "find_periods, change points": lambda corpus: nb.find_periods(corpus, rule="change-points"),
    "coword_factors, mca": nb.coword_factors,
    "coword_factors, ca": lambda corpus: nb.coword_factors(corpus, method="ca"),
    "coword_factors, mds": lambda corpus: nb.coword_factors(corpus, method="mds"),
    "coword_works": nb.coword_works,
    "coword_axes": nb.coword_axes,
    "topic_model, nmf": lambda corpus: nb.topic_model(corpus, of="author_keywords"),
    "topic_model, lda": lambda corpus: nb.topic_model(corpus, of="author_keywords", method="lda"),
    "topic_coherence, 2 to 8": lambda corpus: nb.topic_coherence(
        corpus, of="author_keywords", last=8
    ),
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
    print(f"{name:28} {cpu:7.2f} s CPU {clock:7.2f} s clock {peak:7.0f} MB {n_rows:7,} rows")


if __name__ == "__main__":
    folder, *names = sys.argv[1:]
    if names:
        run(folder, names[0])
    else:
        for case in CASES:
            subprocess.run([sys.executable, __file__, folder, case], check=False)
