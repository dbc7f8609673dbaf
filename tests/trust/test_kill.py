"""What a run that is killed leaves behind, and what the next one makes of it."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import nqp_biblio as nb
from nqp_biblio.corpus import folders
from nqp_biblio.corpus.leftovers import writer_mark

SEED = Path(__file__).parents[2] / "examples" / "data" / "new_quality_productivity_references.txt"
COMMANDS = {
    "report": ["report", str(SEED), "-o", "out/report.html"],
    "convert": ["convert", str(SEED), "out/out.bib"],
    "dedupe": ["dedupe", str(SEED), "-o", "out/out.jsonl"],
}
INSTANTS = int(os.environ.get("NQP_BIBLIO_KILLS", "6"))


def _files(folder: Path, *, hidden: bool = False) -> dict[str, bytes]:
    """Read all files of a folder; hidden ones too where asked for."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (hidden or not path.relative_to(folder).parts[0].startswith("."))
    }


def _start(arguments: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """Start a command in a folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "nqp_biblio", *arguments],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _gone() -> int:
    """Return the number of a process that lives no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.mark.parametrize("name", COMMANDS)
def test_killed_at_any_instant(name: str, tmp_path: Path) -> None:
    """Files are old or new and whole wherever a run was killed; the next clears up."""
    (tmp_path / "out").mkdir()
    began = time.monotonic()
    assert _start(COMMANDS[name], tmp_path).wait() in (0, 3)
    length = time.monotonic() - began
    whole = _files(tmp_path / "out", hidden=True)
    chance = random.Random(name)  # noqa: S311  instants, not secrets
    for _ in range(INSTANTS):
        if chance.random() < 0.5:
            shutil.rmtree(tmp_path / "out")
            (tmp_path / "out").mkdir()
        process = _start(COMMANDS[name], tmp_path)
        try:
            process.wait(length * (0.2 + 0.9 * chance.random()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        left = _files(tmp_path / "out")
        assert left.items() <= whole.items()
    assert _start(COMMANDS[name], tmp_path).wait() in (0, 3)
    assert _files(tmp_path / "out", hidden=True) == whole


def test_killed_between_two_renames(tmp_path: Path) -> None:
    """A folder that lies aside after a kill is opened as if nothing had been."""
    folder = tmp_path / "corpus"
    nb.read(SEED).save(folder)
    before = nb.open(folder).n_rows("works")
    mark = writer_mark().replace(str(os.getpid()), str(_gone()))
    aside = tmp_path / f".corpus-old-{mark}-abc"
    aside.mkdir()
    folder.rename(aside / "old")
    assert nb.open(folder).n_rows("works") == before
    nb.open(folder).save(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


def test_leftovers_of_the_living_stay(tmp_path: Path) -> None:
    """Only what dead processes of this machine left is cleared."""
    dead = writer_mark().replace(str(os.getpid()), str(_gone()))
    other = f"00000000-{_gone()}"
    for mark in (dead, other, writer_mark()):
        (tmp_path / f".a.{mark}.part.bib").write_text("half")
    (tmp_path / ".a.mine.part.bib").write_text("not ours")
    nb.write(nb.read(SEED), tmp_path / "a.bib")
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == sorted(["a.bib", f".a.{other}.part.bib", ".a.mine.part.bib"])


@pytest.mark.parametrize("can_exchange", [True, False])
def test_replaced_with_and_without_exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, can_exchange: bool
) -> None:
    """A saved folder is replaced, and nothing left beside, on any system."""
    if not can_exchange:
        monkeypatch.setattr(folders, "_exchange", lambda *_: False)
    corpus = nb.read(SEED)
    for _ in range(2):
        corpus.save(tmp_path / "corpus")
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]
    assert nb.open(tmp_path / "corpus").n_rows("works") == corpus.n_rows("works")
