"""Measure how long it takes to start: the help, the import, and the seed report."""

from __future__ import annotations

import argparse
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT / "examples" / "data" / "new_quality_productivity_references.txt"
COUNT = (
    "import sys; before = set(sys.modules); import nqp_biblio;"
    " print(len(set(sys.modules) - before))"
)


def _seconds(command: list[str], n_runs: int) -> list[float]:
    """Run a command some times and take the wall time of each run."""
    times = []
    for _ in range(n_runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return times


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=5, help="runs of each command")
    n_runs = parser.parse_args().n
    python = [sys.executable]
    with tempfile.TemporaryDirectory() as folder:
        report = ["report", str(SEED), "-q", "-o", str(Path(folder) / "report.html")]
        commands = {
            "python -c pass": [*python, "-c", "pass"],
            "import nqp_biblio": [*python, "-c", "import nqp_biblio"],
            "nqp-biblio --help": [*python, "-m", "nqp_biblio", "--help"],
            "seed report": [*python, "-m", "nqp_biblio", *report],
        }
        print(f"Python {platform.python_version()}, {platform.machine()}, {n_runs} runs")
        print("| command | median, s | fastest, s |\n|---|---|---|")
        for name, command in commands.items():
            times = _seconds(command, n_runs)
            print(f"| {name} | {statistics.median(times):.2f} | {min(times):.2f} |")
    done = subprocess.run([*python, "-c", COUNT], check=True, capture_output=True, text=True)
    print(f"\nmodules loaded by import nqp_biblio: {done.stdout.strip()}")


if __name__ == "__main__":
    main()
