"""The documentation does what it says: its code runs, its commands end as told."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nqp_biblio import cli
from nqp_biblio.outputs.formats import format_table
from nqp_biblio.readers import registry

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md")), ROOT / "examples" / "README.md"]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RUN = re.compile(r"^```python\n(.*?)^```$(?:\n+```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


def _blocks(page: Path, language: str) -> list[str]:
    text = page.read_text(encoding="utf-8")
    return [body for kind, body in FENCE.findall(text) if kind == language]


def _pages_with(language: str) -> list[Any]:
    pages = [page for page in PAGES if _blocks(page, language)]
    return [pytest.param(page, id=page.relative_to(ROOT).as_posix()) for page in pages]


def _commands(page: Path) -> Iterator[tuple[str, int]]:
    """Yield each command of the library with the exit code that the page gives."""
    for block in _blocks(page, "console"):
        lines = block.splitlines()
        for number, line in enumerate(lines):
            if not line.startswith("$ ") or line == "$ echo $?":
                continue
            asked = lines[number + 1 : number + 2] == ["$ echo $?"]
            yield line[2:], int(lines[number + 2]) if asked else 0


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with the example data where a checkout has them."""
    # a format that a page registers must be gone behind it
    monkeypatch.setattr(registry, "_formats", {form.name: form for form in registry.list_formats()})
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copy(ROOT / "refs.bib", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "agg")
    return tmp_path


@pytest.mark.usefixtures("checkout")
@pytest.mark.parametrize("page", _pages_with("python"))
def test_python_runs(page: Path) -> None:
    """The Python code of a page runs from top to bottom, and prints what the page shows."""
    names: dict[str, object] = {}
    for number, run in enumerate(RUN.finditer(page.read_text(encoding="utf-8")), 1):
        block, shown = run.groups()
        code = compile(block, f"{page.name}, block {number}", "exec")
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(code, names)  # noqa: S102
        if shown is not None:
            assert printed.getvalue() == shown


@pytest.mark.parametrize("page", _pages_with("console"))
def test_commands_end_as_told(checkout: Path, page: Path) -> None:
    """The commands of a page run one after the other, and end with the code that it gives."""
    for block in _blocks(page, "python"):  # what the commands of a page work on
        if "write_text(" in block:
            exec(block.split("paper = ")[0], {})  # noqa: S102
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command, code in _commands(page):
        if command.startswith(("pip ", "make ")):
            continue
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            cwd=checkout,
            env=os.environ | {"PATH": path},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )
        assert done.returncode == code, f"{command}\n{done.stderr}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file of the project finds it."""
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_make_targets_exist() -> None:
    """The make targets that the README names are there."""
    made = re.findall(r"make (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {"report", "test"} <= set(made)
    for target in made:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_command_is_described() -> None:
    """Each command has its part on the page of the command line, and no other has."""
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^## (\w+)$", text, re.MULTILINE)) == sorted(cli.cli.commands)


def test_every_command_has_an_example_in_its_help() -> None:
    """The help of each command ends with an example of that command."""
    for name, command in cli.cli.commands.items():
        assert f"Example: nqp-biblio {name}" in (command.help or "")


def _table_under(heading: str) -> set[str]:
    """Return the format names in the first column of the tables under a heading."""
    text = (DOCS / "formats.md").read_text(encoding="utf-8")
    part = text.split(f"## {heading}\n")[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([\w-]+)`", cell)}


def test_formats_that_are_read() -> None:
    """The page of formats lists what can be read, all of it and nothing else."""
    assert _table_under("What is read") == {row["name"] for row in format_table() if row["reads"]}


def test_formats_that_are_written() -> None:
    """The page of formats lists what can be written, all of it and nothing else."""
    written = {row["name"] for row in format_table() if row["writes"]}
    assert _table_under("What is written") == written


def test_tables_are_up_to_date() -> None:
    """The page of tables is what the schema gives: python docs/make_tables.py writes it."""
    spec = importlib.util.spec_from_file_location("make_tables", DOCS / "make_tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (DOCS / "tables.md").read_text(encoding="utf-8") == module.tables_page()


def test_every_page_is_reached() -> None:
    """Each page is in a table of contents."""
    listed = set()
    for page in DOCS.rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        for tree in re.findall(r"```\{toctree\}\n(.*?)```", text, re.DOTALL):
            names = [line for line in tree.split("\n") if line and not line.startswith(":")]
            listed |= {(page.parent / f"{name}.md").resolve() for name in names}
    assert listed == {page.resolve() for page in DOCS.rglob("*.md")} - {DOCS / "index.md"}
