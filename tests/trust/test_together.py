"""Several processes that save to one folder at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nqp_biblio as nb

SEED = Path(__file__).parents[2] / "examples" / "data" / "new_quality_productivity_references.txt"
_SAVING = """
import sys
import nqp_biblio as nb
corpus = nb.read(sys.argv[1])
for _ in range(5):
    corpus.save("corpus")
    assert nb.open("corpus").n_rows("works") == corpus.n_rows("works")
"""


def test_saving_together(tmp_path: Path) -> None:
    """Three processes that save to one folder all succeed, and it is whole at any time."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _SAVING, str(SEED)], cwd=tmp_path, stderr=subprocess.PIPE
        )
        for _ in range(3)
    ]
    for process in running:
        _, err = process.communicate()
        assert process.returncode == 0, err.decode()
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]
    assert nb.open(tmp_path / "corpus").n_rows("works") == nb.read(SEED).n_rows("works")
