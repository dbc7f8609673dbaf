"""The command ``network``: units, limits, periods, and the works behind a node or an edge."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from nqp_biblio.cli import cli
from nqp_biblio.networks.kinds import NETWORK_KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

BIB = """\
@article{a, author = {Ames, Ada and Bell, Bo}, title = {Harbour growth}, journal = {Ports},
  year = {2001}, keywords = {ports, towns}, doi = {10.1234/a},
  affiliation = {Univ Oslo, Oslo, Norway}}
@article{b, author = {Ames, Ada and Bell, Bo and Cole, Cy}, title = {Tidal trade},
  journal = {Ports}, year = {2003}, keywords = {ports, tides}}
@article{c, author = {Dahl, Di and Ek, Eva}, title = {Rivers}, journal = {Towns},
  year = {2006}, keywords = {towns}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with a bibliography."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["network", "refs.bib", *arguments])


def _rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.mark.usefixtures("folder")
def test_why_of_two() -> None:
    """With --why A B the works of the edge are written as CSV."""
    rows = _rows(_run("--kind", "coauthorship", "--why", "Ames, A.", "Bell, B."))
    assert [row["title"] for row in rows] == ["Harbour growth", "Tidal trade"]
    assert rows[0]["printed_a"] == "Ames, Ada"


@pytest.mark.usefixtures("folder")
def test_why_of_one() -> None:
    """With --why A the works of the node are written; a file after it stays a file."""
    rows = _rows(_run("--kind", "coauthorship", "--why", "Cole, C."))
    assert [(row["title"], row["printed"]) for row in rows] == [("Tidal trade", "Cole, Cy")]
    arguments = ["network", "--kind", "coauthorship", "--why", "Cole, C.", "refs.bib", "-q"]
    assert _rows(CliRunner().invoke(cli, arguments)) == rows


def test_why_to_a_file(folder: Path) -> None:
    """An id names a node too, and -o takes the rows to a file."""
    done = _run("--kind", "cooccurrence", "--why", "1", "2", "-o", "why.csv")
    assert done.exit_code == 0, done.output
    assert (folder / "why.csv").read_text(encoding="utf-8").startswith("work_id,title")


@pytest.mark.usefixtures("folder")
def test_limits() -> None:
    """Thresholds, hubs, years, the first nodes and the largest component reach the network."""
    kind = ("--kind", "coauthorship")
    assert len(_rows(_run(*kind))) == 4
    assert len(_rows(_run(*kind, "--max-items-per-work", "2"))) == 2
    assert len(_rows(_run(*kind, "--hub-cap", "2"))) == 2
    assert len(_rows(_run(*kind, "--years", "2001-2003"))) == 3
    assert len(_rows(_run(*kind, "--top", "2"))) == 1
    assert len(_rows(_run(*kind, "--largest-component"))) == 3
    assert len(_rows(_run(*kind, "--self-loops"))) == 9
    assert _rows(_run(*kind, "--like", "vosviewer"))[0]["source"] == "ames, ada"


@pytest.mark.usefixtures("folder")
def test_many_modes() -> None:
    """Several units joined by a plus make a multi-mode network."""
    rows = _rows(_run("--kind", "multimode", "--of", "authors+sources"))
    assert {row["target"] for row in rows} == {"Ports", "Towns"}


def test_one_file_for_each_period(folder: Path) -> None:
    """With --width each period has a file of its own."""
    done = _run("--kind", "coauthorship", "--width", "3", "-o", "net.csv")
    assert done.exit_code == 0, done.output
    made = sorted(path.name for path in folder.glob("net-*.csv"))
    periods = ("net-2001-2003", "net-2004-2006")
    assert made == [f"{name}{end}" for name in periods for end in (".csv", ".nodes.csv")]
    assert _run("--width", "3").exit_code == 2


@pytest.mark.usefixtures("folder")
def test_places_are_found() -> None:
    """Institutions and countries are found where a unit asks for them."""
    assert _run("--kind", "coauthorship", "--of", "countries").exit_code == 0


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("years", ["2001", "2001-", "2003-20", "x"])
def test_bad_years(years: str) -> None:
    """Years are told as a first and a last one."""
    done = _run("--years", years)
    assert done.exit_code == 2
    assert "is not a first and a last year" in done.output


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("kind", NETWORK_KINDS)
def test_every_kind_takes_self_loops_or_says_so(kind: str) -> None:
    """An option that a kind has not is named; the others are mapped with their loops."""
    done = _run("--kind", kind, "--self-loops")
    if kind == "multimode":
        assert "has no option 'self_loops'" in str(done.exception)
    else:
        assert done.exit_code == 0, done.output
