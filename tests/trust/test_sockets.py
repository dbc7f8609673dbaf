"""Nothing but enrich opens a connection."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SEED = Path(__file__).parents[2] / "examples" / "data" / "new_quality_productivity_references.txt"
_COUNTING = """
import sys
seen = []
def watch(event, arguments):
    if event.startswith("socket."):
        seen.append(event)
sys.addaudithook(watch)
from nqp_biblio.cli import main
code = 0
try:
    main()
except SystemExit as end:
    code = end.code
print("sockets", len(seen), *sorted(set(seen)), "code", code, file=sys.stderr)
"""
_COMMANDS = {
    "parse": ["parse", str(SEED)],
    "report": ["report", str(SEED), "-o", "report.html"],
    "measure": ["measure", "annual-production", str(SEED)],
    "convert": ["convert", str(SEED), "out.bib"],
    "network": ["network", str(SEED), "--kind", "coauthorship", "-o", "net.graphml"],
    "check": ["check", str(SEED)],
    "dedupe": ["dedupe", str(SEED), "-o", "out.jsonl"],
}


@pytest.mark.parametrize("name", _COMMANDS)
def test_no_sockets(name: str, tmp_path: Path) -> None:
    """A command opens no socket of any kind, looks no name up, and connects to nothing."""
    done = subprocess.run(
        [sys.executable, "-c", _COUNTING, *_COMMANDS[name]],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    last = done.stderr.strip().splitlines()[-1]
    assert last in ("sockets 0 code 0", "sockets 0 code 3"), done.stderr
