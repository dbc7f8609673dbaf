"""A disk that is full, or breaks, at any moment of writing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SEED = Path(__file__).parents[2] / "examples" / "data" / "new_quality_productivity_references.txt"
# counts what opens a file to write, makes a folder or renames; the n-th fails
_FAILING = """
import errno, os, sys
left, code = int(sys.argv.pop(1)), int(sys.argv.pop(1))
here = os.path.realpath(os.getcwd())
failed = False
def watch(event, arguments):
    global left, failed
    if event == "open":
        path, mode, flags = arguments
        counts = flags & (os.O_WRONLY | os.O_RDWR) if isinstance(flags, int) else False
    else:
        path, counts = arguments[0] if arguments else "", event in ("os.rename", "os.mkdir")
    if not counts or not isinstance(path, (str, bytes)):
        return
    if event == "os.mkdir" and os.path.isdir(path):
        return  # nothing is made
    if not os.path.realpath(os.fsdecode(path)).startswith(here):
        return
    left -= 1
    if left == 0:
        failed = True
        raise OSError(code, os.strerror(code))
sys.addaudithook(watch)
from nqp_biblio.cli import main
try:
    main()
except SystemExit as end:
    sys.exit(99 if not failed else end.code)
"""
_COMMANDS = {
    "convert": ["convert", str(SEED), "out.bib"],
    "report": ["report", str(SEED), "-o", "report.html"],
}


def _files(folder: Path) -> dict[str, bytes]:
    """Read all files of a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("code", [28, 5], ids=["full", "broken"])
@pytest.mark.parametrize(("name", "numbers"), [("convert", (1, 2, 3)), ("report", (1, 2, 9, 30))])
def test_the_nth_write_fails(
    name: str, numbers: tuple[int, ...], code: int, tmp_path: Path
) -> None:
    """Where any write fails the run ends with code 1, one line, and the old files as they were."""
    command = [sys.executable, "-m", "nqp_biblio", *_COMMANDS[name]]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    before = _files(tmp_path)
    assert before
    for number in numbers:
        done = subprocess.run(
            [sys.executable, "-c", _FAILING, str(number), str(code), *_COMMANDS[name]],
            cwd=tmp_path,
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        assert _files(tmp_path) == before, number
        if done.returncode == 99:
            break  # all that is written was written
        assert done.returncode == 1, (number, done.stderr)
        assert "Traceback" not in done.stderr
        assert "cannot be written" in done.stderr
