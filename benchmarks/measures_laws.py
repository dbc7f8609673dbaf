"""Time the measures of production and the laws on a corpus folder.

Run ``python benchmarks/measures_laws.py FOLDER [NAME]``; without a name all are run, each in a
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
    "main_information": nb.main_information,
    "completeness": nb.completeness,
    "annual_growth": nb.annual_growth,
    "life_cycle": nb.life_cycle,
    "author_production": nb.author_production,
    "source_production": nb.source_production,
    "country_production": nb.country_production,
    "most_cited_works": lambda corpus: nb.most_cited_works(corpus, scope="local"),
    "most_cited_references": nb.most_cited_references,
    "collaboration": lambda corpus: nb.collaboration(corpus, by="year"),
    "dominance": nb.dominance,
    "lotka": nb.lotka,
    "lotka, x_min found": lambda corpus: nb.lotka(corpus, x_min="best"),
    "bradford_zones": nb.bradford_zones,
    "bradford_law": nb.bradford_law,
    "zipf": nb.zipf,
    "concentration": nb.concentration,
    "lorenz_curve": nb.lorenz_curve,
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
    print(f"{name:22} {cpu:7.2f} s CPU {clock:7.2f} s clock {peak:7.0f} MB {n_rows:9,} rows")


if __name__ == "__main__":
    folder, *names = sys.argv[1:]
    if names:
        run(folder, names[0])
    else:
        for case in CASES:
            subprocess.run([sys.executable, __file__, folder, case], check=False)
