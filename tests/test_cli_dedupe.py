"""``nqp-biblio dedupe``."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import nqp_biblio as nb
from nqp_biblio.cli import cli

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

ONE = """\
@article{a, author = {Ames, Ada}, title = {Harbour Growth and Street Networks of Towns},
  journal = {Ports}, year = {2001}, volume = {5}, pages = {10--20}, doi = {10.1000/a}}
"""
TWO = ONE.replace("{a,", "{b,").replace("Ada", "A.") + ONE.replace("{a,", "{c,").replace("/a", "/c")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with two files of one work, once with another DOI."""
    (tmp_path / "one.bib").write_text(ONE)
    (tmp_path / "two.bib").write_text(TWO)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(cli, ["dedupe", *arguments])


def test_writes_and_tells(folder: Path) -> None:
    """The works are written, and their number said."""
    done = run("one.bib", "two.bib", "-o", "all.bib")
    assert (done.exit_code, done.stderr) == (0, "3 records, 1 merged, 2 works\n")
    assert len(nb.read(folder / "all.bib")) == 2


@pytest.mark.usefixtures("folder")
def test_json() -> None:
    """Flow, merges and relations are on the standard output."""
    told = json.loads(run("one.bib", "two.bib", "--json", "-q").stdout)
    assert told["flow"][0] == {"stage": "read", "item": "all", "n_records": 3}
    assert [merge["rule"] for merge in told["merges"]] == ["same-doi"]
    assert told["relations"] == []


def test_review_and_decide(folder: Path) -> None:
    """Doubtful pairs are written, decided there, and replayed."""
    done = run("one.bib", "two.bib", "-o", "all.bib", "--review", "pairs.csv")
    assert done.stderr.endswith("; 1 pairs to decide in pairs.csv\n")
    with (folder / "pairs.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {rows[0]["doi_left"], rows[0]["doi_right"]} == {"10.1000/a", "10.1000/c"}
    decided = (folder / "pairs.csv").read_text(encoding="utf-8").replace("\n,", "\nsame,")
    (folder / "pairs.csv").write_text(decided, encoding="utf-8")
    done = run("one.bib", "two.bib", "-o", "all.bib", "--decisions", "pairs.csv")
    assert done.stderr == "3 records, 2 merged, 1 works\n"


@pytest.mark.usefixtures("folder")
def test_needs_an_output() -> None:
    """Without anything to write, the use is wrong; so is a score out of bounds."""
    assert run("one.bib").exit_code == 2
    assert run("one.bib", "--json", "--min-score", "0.1").exit_code == 2


def test_unreadable_entries(folder: Path) -> None:
    """Entries that cannot be read end it with 3, and are listed; the rest is written."""
    (folder / "cut.bib").write_text(ONE + "@article{cut2020, title = {Cut off")
    done = run("cut.bib", "-o", "-", "-q")
    assert done.exit_code == 3
    assert len(json.loads(done.stdout)) >= 1
