"""Names of what is being written, and what a killed run left under such a name."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["clear_leftovers", "dead_siblings", "writer_mark"]

_MARK = r"([0-9a-f]{8})-([0-9]{1,10})"


def writer_mark() -> str:
    """Tell by which mark the hidden names of this process are known.

    Returns
    -------
    str
        Eight hexadecimal digits for the machine, and the number of the process.
    """
    return f"{_machine()}-{os.getpid()}"


def dead_siblings(target: Path, before: str, after: str) -> Iterator[Path]:
    """Find what processes that live no more left beside a target.

    Parameters
    ----------
    target : Path
        What they were about to write.
    before : str
        What stands before the mark in the hidden name.
    after : str
        Regular expression of what stands after it.

    Yields
    ------
    Path
        One leftover, in the order of names; none of another machine, whose processes are not
        known here, and none of a process that lives.
    """
    pattern = re.compile(re.escape(before) + _MARK + after)
    try:
        names = sorted(path.name for path in target.parent.iterdir())
    except OSError:
        return
    for name in names:
        found = pattern.fullmatch(name)
        if found and found[1] == _machine() and not _lives(int(found[2])):
            yield target.parent / name


def clear_leftovers(target: Path, before: str, after: str) -> None:
    """Remove what processes that live no more left beside a target.

    Parameters
    ----------
    target, before, after
        As `dead_siblings` takes them.
    """
    for path in dead_siblings(target, before, after):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
            continue
        try:
            path.unlink(missing_ok=True)
        except OSError:
            continue


def _machine() -> str:
    """Tell this machine from others that share a disk with it."""
    return f"{zlib.crc32(platform.node().encode()):08x}"


def _lives(process: int) -> bool:
    """Whether a process of this machine lives, or might."""
    if sys.platform == "win32":
        return True  # signal 0 is Ctrl-C there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
