"""The same bytes on any machine: hash seed, language, time zone and number of threads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SEED = Path(__file__).parents[2] / "examples" / "data" / "new_quality_productivity_references.txt"
_COMMANDS = {
    "parse": ["parse", str(SEED), "-o", "out.json"],
    "convert": ["convert", str(SEED), "out.ris"],
    "dedupe": ["dedupe", str(SEED), "-o", "out.bib"],
    "network": ["network", str(SEED), "--kind", "coauthorship", "-o", "net.graphml"],
    "measure": ["measure", "author-production", str(SEED), "-o", "out.csv"],
}
_PLACES = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC", "OMP_NUM_THREADS": "1"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Shanghai"},
    {
        "PYTHONHASHSEED": "random",
        "LC_ALL": "de_DE.UTF-8",
        "TZ": "America/St_Johns",
        "OMP_NUM_THREADS": "2",
        "NUMBA_NUM_THREADS": "1",
    },
    {"PYTHONHASHSEED": "7", "LC_ALL": "zh_CN.UTF-8", "TZ": "UTC", "NUMBA_NUM_THREADS": "2"},
)


@pytest.mark.parametrize("name", _COMMANDS)
def test_the_same_bytes(name: str, tmp_path: Path) -> None:
    """A command writes the same bytes whatever the surroundings; the report has its own test."""
    seen = []
    for first in range(0, len(_PLACES), 2):
        running = []
        for number in (first, first + 1):
            folder = tmp_path / str(number)
            folder.mkdir()
            process = subprocess.Popen(
                [sys.executable, "-m", "nqp_biblio", *_COMMANDS[name]],
                cwd=folder,
                env=os.environ | _PLACES[number],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            running.append((folder, process))
        for folder, process in running:
            out, err = process.communicate()
            assert process.returncode in (0, 3), err
            files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
            assert files
            seen.append((out, files))
    assert all(one == seen[0] for one in seen[1:])
