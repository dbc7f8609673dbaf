"""Folders that are written whole or not at all."""

from __future__ import annotations

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


@contextmanager
def fresh_folder(target: Path) -> Iterator[Path]:
    """Give a new folder that takes the place of ``target`` when all is written.

    Parameters
    ----------
    target : Path
        The folder to be. One with a manifest, or an empty one, is replaced; any other that
        has content is left alone.

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
    """Whether a folder is empty or has a manifest."""
    return folder.is_dir() and (not any(folder.iterdir()) or (folder / MANIFEST).is_file())


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
