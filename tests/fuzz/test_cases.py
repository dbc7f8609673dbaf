"""Inputs that once broke a reader: each is a file, and is read or refused in good order."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness import entries_of

import nqp_biblio as nb
from nqp_biblio.errors import InputError
from nqp_biblio.readers.registry import list_formats

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_file())
NAMES = {form.name for form in list_formats()}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_found_case(case: Path) -> None:
    """A file that once broke a reader breaks none now, told its format or not."""
    data = case.read_bytes()
    named = {part for part in case.name.split(".")[1:] if part in NAMES}
    entries_of(data, case.name, None)
    for form in named:
        entries_of(data, case.name, form)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_found_case_from_the_door(case: Path) -> None:
    """The same through the public reader: a corpus, or one of our own exceptions."""
    try:
        corpus = nb.read(case)
    except InputError:
        return
    assert corpus.sql("SELECT count(*) FROM works")[0][0] >= 0


@pytest.mark.parametrize(
    "name", ["a\0b", "x" * 5_000, "../../../etc/passwd", "/etc/passwd", "a/../../b", "~/x"]
)
@pytest.mark.parametrize("suffix", [".tex", ".md"])
def test_a_name_of_a_file_that_cannot_be(tmp_path: Path, name: str, suffix: str) -> None:
    """A paper that names a list outside of its folder, or an impossible one, gets a problem."""
    paper = (
        f"\\documentclass{{article}}\\begin{{document}}A \\cite{{k}}.\\bibliography{{{name}}}"
        "\\end{document}"
        if suffix == ".tex"
        else f"---\ntitle: T\nbibliography: {name}\n---\n\nAs said [@k].\n"
    )
    entries = entries_of(paper.encode(), str(tmp_path / f"p{suffix}"), None)
    assert entries is None or all("root:" not in str(entry) for entry in entries)
