"""One door each for what a hostile file can do harm by."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import nqp_biblio as nb

SRC = Path(nb.__file__).parent
DOORS = {
    "lxml": {"readers/xml_door.py", "outputs/network_files/xml_files.py"},
    "xml": {"outputs/network_files/values.py"},  # escapes alone
    "yaml": {"readers/yaml_door.py"},
    "gzip": {"readers/archives.py"},
    "zipfile": {
        "readers/archives.py",
        "readers/spreadsheet.py",  # checked before openpyxl opens it
        "outputs/xlsx.py",  # writes
        "cleaning/place/ror_file.py",  # the user's own dump of ROR
    },
    "openpyxl": {"readers/spreadsheet.py", "outputs/xlsx.py"},
    "tarfile": set(),
    "bz2": set(),
    "lzma": set(),
    "shelve": set(),
    "marshal": set(),
    "html.parser": {"readers/html_text.py"},
}
"""Modules that open what can do harm, and the files that may import them."""
DANGEROUS = {"eval", "exec", "compile", "__import__"}


def _imports(tree: ast.AST) -> set[str]:
    """Modules that a file imports where it runs, not for types alone."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


FILES = {
    path.relative_to(SRC).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(SRC.rglob("*.py"))
}


@pytest.mark.parametrize("module", DOORS)
def test_one_door(module: str) -> None:
    """A module that opens what can do harm is used in its door alone."""
    users = {
        file
        for file, tree in FILES.items()
        if any(name == module or name.startswith(f"{module}.") for name in _imports(tree))
    }
    assert users <= DOORS[module]


def test_nothing_is_run() -> None:
    """No file of the package evaluates text as a program."""
    for file, tree in FILES.items():
        called = {
            node.func.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not called & DANGEROUS, file
