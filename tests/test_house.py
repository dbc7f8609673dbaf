"""What holds for the whole: quick to start, layers, the same bytes each time."""

from __future__ import annotations

import doctest
import hashlib
import importlib
import json
import os
import pkgutil
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import nqp_biblio as nb

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT / "examples" / "data" / "new_quality_productivity_references.txt"
HEAVY = ("pandas", "matplotlib", "scipy", "duckdb", "networkx")
MODULES = [module.name for module in pkgutil.walk_packages(nb.__path__, "nqp_biblio.")]


def _python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python anew."""
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
        env=os.environ | environment,
    )


def _heavy_after(code: str) -> list[str]:
    """Run code and list the heavy modules that it loaded."""
    listing = f"print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    done = _python("-c", f"import json, sys\n{code}\n{listing}")
    assert done.returncode == 0, done.stderr
    names: list[str] = json.loads(done.stdout.splitlines()[-1])
    return names


def test_import_is_quick() -> None:
    """Importing the package loads none of the heavy modules."""
    assert _heavy_after("import nqp_biblio") == []


@pytest.mark.parametrize("arguments", [["--help"], ["report", "--help"], ["--version"]])
def test_help_is_quick(arguments: list[str]) -> None:
    """Asking for help loads none of the heavy modules."""
    code = (
        f"sys.argv = ['nqp-biblio', *{arguments!r}]\n"
        "from nqp_biblio.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code"
    )
    assert _heavy_after(code) == []


def test_command_is_installed() -> None:
    """The command nqp-biblio and python -m nqp_biblio are the same."""
    command = Path(sys.executable).with_name("nqp-biblio")
    done = subprocess.run([command, "--help"], capture_output=True, text=True, check=True)
    assert done.stdout == _python("-m", "nqp_biblio", "--help").stdout


def test_layers() -> None:
    """Data flow one way through the modules, and each heavy library has one door."""
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name: str) -> None:
    """The examples in the docstrings give what they say."""
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0


def _digests(folder: Path) -> dict[str, str]:
    """Digest every file of a folder."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_report_is_the_same_each_time(tmp_path: Path) -> None:
    """The same list gives the same bytes, on any hash seed, locale and time zone."""
    settings = (
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
        {"PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai", "LC_ALL": "C"},
    )
    digests = []
    for number, environment in enumerate(settings):
        folder = tmp_path / str(number)
        folder.mkdir()
        output = str(folder / "report.html")
        done = _python("-m", "nqp_biblio", "report", str(SEED), "-o", output, **environment)
        assert done.returncode == 0, done.stderr
        digests.append(_digests(folder))
    assert len(digests[0]) > 1
    assert digests[0] == digests[1]


def test_bibliography_is_up_to_date(tmp_path: Path) -> None:
    """The file refs.bib is what reading the printed list and writing it gives, byte for byte."""
    nb.write(nb.read(SEED), tmp_path / "refs.bib")
    assert (tmp_path / "refs.bib").read_bytes() == (ROOT / "refs.bib").read_bytes()


def test_wheel_holds_what_is_read_at_run_time() -> None:
    """Word lists, templates and styles lie inside the package, where an install finds them."""
    package = ROOT / "src" / "nqp_biblio"
    for folder, pattern in (("text/lists", "*.txt"), ("outputs/templates", "*.j2")):
        assert list((package / folder).glob(pattern)), folder
    assert (package / "py.typed").is_file()


def test_make_says_what_it_can_do() -> None:
    """Plain make lists the targets and starts nothing."""
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    done = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    listed = [line.split()[1] for line in done.stdout.splitlines()]
    assert listed == ["report", "test", "lint", "docs", "fuzz", "fuzz-ci", "bench"]
