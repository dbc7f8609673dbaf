"""Folders that are written whole or not at all."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from nqp_biblio.corpus.leftovers import clear_leftovers, dead_siblings, writer_mark
from nqp_biblio.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MANIFEST", "fresh_folder", "recover"]

MANIFEST = "manifest.json"
"""The file by which a folder is known as one of ours."""

MAKER = "nqp_biblio"
"""What ``made_by`` of a manifest says."""

_RANDOM = "-[a-z0-9_]+"
_HERE = -100  # AT_FDCWD of Linux
_RENAME_EXCHANGE = 2


@contextmanager
def fresh_folder(target: Path) -> Iterator[Path]:
    """Give a new folder that takes the place of ``target`` when all is written.

    Parameters
    ----------
    target : Path
        The folder to be. One with a manifest of ours, or an empty one, is replaced; any
        other that has content is left alone.

    Yields
    ------
    Path
        The folder to write to; write its manifest last.

    Raises
    ------
    OutputError
        If the target holds something else, or cannot be written.
    """
    recover(target)
    if target.exists() and not _is_replaceable(target):
        raise OutputError(f"{target}: holds other files; name another place")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        clear_leftovers(target, f".{target.name}-", _RANDOM)
        if target.exists():  # or what was left aside is all there is
            clear_leftovers(target, f".{target.name}-old-", _RANDOM)
        start = f".{target.name}-{writer_mark()}-"
        fresh = Path(tempfile.mkdtemp(prefix=start, dir=target.parent))
    except OSError as error:
        raise OutputError(f"{target}: cannot be written ({error.strerror})") from error
    try:
        yield fresh
        _swap(fresh, target)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(f"{target}: cannot be written ({error.strerror})") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _is_replaceable(folder: Path) -> bool:
    """Whether a folder is empty or one of ours."""
    return folder.is_dir() and (not any(folder.iterdir()) or _is_ours(folder / MANIFEST))


def _is_ours(manifest: Path) -> bool:
    """Whether a manifest says that this library made the folder."""
    try:
        content = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and content.get("made_by") == MAKER


def recover(target: Path) -> None:
    """Bring back a folder that a run killed between two renames left aside.

    Parameters
    ----------
    target : Path
        The folder; nothing is done where it is there.
    """
    if target.exists():
        return
    for aside in dead_siblings(target, f".{target.name}-old-", _RANDOM):
        if _is_ours(aside / "old" / MANIFEST):
            with suppress(OSError):
                (aside / "old").rename(target)
            return


def _swap(fresh: Path, target: Path) -> None:
    """Put the new folder in the place of the old one."""
    fresh.chmod(0o755)
    if not target.exists():
        try:
            fresh.rename(target)
        except OSError:
            if not target.exists():  # or another process was first: take its place
                raise
        else:
            return
    if _exchange(fresh, target):
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-{writer_mark()}-", dir=target.parent))
    try:
        target.rename(aside / "old")
        fresh.rename(target)
    except OSError:
        if not target.exists() and (aside / "old").exists():
            (aside / "old").rename(target)
        raise
    finally:
        if target.exists():
            shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Give two folders each other's name in one step; False where the system cannot."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    paths = (os.fsencode(one), os.fsencode(other))
    return bool(rename(_HERE, paths[0], _HERE, paths[1], _RENAME_EXCHANGE) == 0)
