"""Files are written whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nqp_biblio.errors import OutputError
from nqp_biblio.outputs.files import write_text, write_with

if TYPE_CHECKING:
    from pathlib import Path


def test_text_is_utf8_with_plain_line_ends(tmp_path: Path) -> None:
    """The bytes are the same on every system."""
    write_text(tmp_path / "a.txt", "Müller\n李\n")
    assert (tmp_path / "a.txt").read_bytes() == "Müller\n李\n".encode()


def test_a_lone_surrogate_does_not_stop_it(tmp_path: Path) -> None:
    """What UTF-8 cannot hold becomes a question mark."""
    write_text(tmp_path / "a.txt", "a\ud800b")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "a?b"


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    """Writing again replaces the file, and nothing else is left in the folder."""
    for text in ("old", "new"):
        write_text(tmp_path / "a.txt", text)
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "new"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_a_failure_leaves_the_older_file(tmp_path: Path) -> None:
    """Where writing fails half-way, the older file is there, and no other."""
    write_text(tmp_path / "a.txt", "old")

    def fail(file: Path) -> None:
        file.write_text("half", encoding="utf-8")
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        write_with(tmp_path / "a.txt", fail)
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_the_ending_is_kept(tmp_path: Path) -> None:
    """A function that goes by the ending of its file finds the right one."""
    seen = []

    def write(file: Path) -> None:
        seen.append(file.suffix)
        file.touch()

    write_with(tmp_path / "a.svg", write)
    assert seen == [".svg"]


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    """A folder in the way, or one that is missing, is an error of output."""
    with pytest.raises(OutputError, match="a folder, not a file"):
        write_text(tmp_path, "x")
    with pytest.raises(OutputError, match="cannot be written"):
        write_text(tmp_path / "none" / "a.txt", "x")
