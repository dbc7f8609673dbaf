"""The example scripts run as they are, and as their help says."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
SEED = EXAMPLES / "data" / "new_quality_productivity_references.txt"
MAX_LINES = 40

RUNS = [
    ("seed_report.py", [], ["report.html", "report_data"]),
    ("seed_report.py", [str(SEED), "-o", "mine.html"], ["mine.html"]),
    ("topics_over_time.py", [], ["topics_over_time.svg"]),
    ("topics_over_time.py", [str(SEED), "-o", "years.png"], ["years.png"]),
    ("network_to_graphml.py", [], ["network.graphml"]),
    ("enrich_references.py", ["--offline", "--cache-dir", "kept"], ["enriched.bib"]),
    ("network_to_graphml.py", [str(SEED), "-o", "x.graphml"], ["x.graphml"]),
]


def _run(name: str, arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", EXAMPLES / name, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
        env=os.environ | {"MPLBACKEND": "agg", "COLUMNS": "200"},
    )


@pytest.mark.parametrize(("name", "arguments", "files"), RUNS)
def test_runs(tmp_path: Path, name: str, arguments: list[str], files: list[str]) -> None:
    """An example runs from anywhere and writes its files where it was started."""
    done = _run(name, arguments, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    for file in files:
        assert (tmp_path / file).exists()


def test_all_are_tested() -> None:
    """No example is left out here."""
    assert {file.name for file in EXAMPLES.glob("*.py")} == {name for name, *_ in RUNS}


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.py")), ids=lambda file: file.name)
def test_is_short_and_explained(tmp_path: Path, file: Path) -> None:
    """An example fits on a page, says first what it does, and has help."""
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_LINES
    docstring = ast.get_docstring(ast.parse(text)) or ""
    done = _run(file.name, ["--help"], tmp_path)
    assert docstring.splitlines()[0] in done.stdout
    assert list(tmp_path.iterdir()) == []
