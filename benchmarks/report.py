"""Time the report: seconds and megabytes by corpus.

Run ``python benchmarks/report.py CORPUS_OR_FILE …``; a folder is a saved corpus.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import nqp_biblio as nb


def main(paths: list[str]) -> None:
    """Write a report of each corpus and say what it took."""
    for path in paths:
        start = time.perf_counter()
        corpus = nb.open(path) if Path(path).is_dir() else nb.read(path)
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "report.html"
            nb.write_report(corpus, page)
            size = page.stat().st_size / 1e6
        seconds = time.perf_counter() - start
        sys.stdout.write(
            f"{Path(path).name}: {len(corpus):,} works, {seconds:.1f} s, {size:.2f} MB\n"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
