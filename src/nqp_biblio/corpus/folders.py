"""Folders that are written whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from nqp_biblio.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MANIFEST", "fresh_folder"]

MANIFEST = "manifest.json"
"""The file by which a folder is known as one of ours."""

MAKER = "nqp_biblio"
"""What ``made_by`` of a manifest says."""


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
    if target.exists() and not _is_replaceable(target):
        raise OutputError(f"{target}: holds other files; name another place")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
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


def _swap(fresh: Path, target: Path) -> None:
    """Put the new folder in the place of the old one."""
    fresh.chmod(0o755)
    if not target.exists():
        fresh.rename(target)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
    target.rename(aside / "old")
    fresh.rename(target)
    shutil.rmtree(aside, ignore_errors=True)
