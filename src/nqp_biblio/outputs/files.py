"""Write files whole or not at all."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from nqp_biblio.corpus.leftovers import clear_leftovers, writer_mark
from nqp_biblio.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["write_text", "write_with"]


def write_text(path: str | Path, text: str) -> None:
    r"""Write text as UTF-8, with ``\n`` at line ends.

    Parameters
    ----------
    path : str or Path
        The file; an older one is replaced when the new one is whole.
    text : str
        What it will hold; a lone surrogate becomes a question mark.

    Raises
    ------
    OutputError
        If the file cannot be written; an older one is left as it was.
    """
    data = text.encode("utf-8", errors="replace")
    write_with(path, lambda file: file.write_bytes(data))


def write_with(path: str | Path, write: Callable[[Path], object]) -> None:
    """Let a function write a file beside the target, then put it in its place.

    Parameters
    ----------
    path : str or Path
        The file; an older one is replaced when the new one is whole.
    write : callable
        Writes the file whose path it is given; the ending is that of the target.

    Raises
    ------
    OutputError
        If the file cannot be written; an older one is left as it was.
    """
    target = Path(path)
    if target.is_dir():
        raise OutputError(f"{target}: a folder, not a file")
    clear_leftovers(target, f".{target.stem}.", re.escape(f".part{target.suffix}"))
    beside = target.with_name(f".{target.stem}.{writer_mark()}.part{target.suffix}")
    try:
        write(beside)
        _to_disk(beside)
        beside.replace(target)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(f"{target}: cannot be written ({error.strerror or error})") from error
    finally:
        _remove(beside)


def _to_disk(file: Path) -> None:
    """Wait until the bytes are on the disk."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def _remove(file: Path) -> None:
    """Take away what is left where writing failed."""
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return
