"""Places at a service: as many questions at once as it allows, in all threads and processes."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Slots"]

_FIRST_NAP_S, _LONGEST_NAP_S = 0.002, 0.05


class Slots:
    """Holds places, each by one thread of one process at a time.

    A place in a folder is the lock of an empty SQLite file: it works on every system, and is
    free again the moment its process ends, however it ends. A question always takes the same
    place, so two processes that have the same question wait for one another.

    Parameters
    ----------
    folder : Path or None
        Where the files are; None for this process alone.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._files: dict[str, sqlite3.Connection | None] = {}

    @contextlib.contextmanager
    def hold(self, name: str, longest_s: float) -> Iterator[bool]:
        """Hold a place.

        Parameters
        ----------
        name : str
            Its name.
        longest_s : float
            Longest wait for another process.

        Yields
        ------
        bool
            Whether it is held; without a file it is held in this process only.
        """
        with self._guard:
            lock = self._locks.setdefault(name, threading.Lock())
        with lock:
            file = self._file(name)
            is_held = _take(file, longest_s) if file else True
            try:
                yield is_held
            finally:
                if file is not None and file.in_transaction:
                    file.execute("ROLLBACK")

    def close(self) -> None:
        """Close all files."""
        with self._guard:
            for file in self._files.values():
                if file is not None:
                    file.close()
            self._files.clear()

    def _file(self, name: str) -> sqlite3.Connection | None:
        if name not in self._files:
            self._files[name] = self._open(name)
        return self._files[name]

    def _open(self, name: str) -> sqlite3.Connection | None:
        if self._folder is None:
            return None
        try:
            folder = self._folder / "slots"
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            return sqlite3.connect(
                folder / f"{name}.lock", timeout=0, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.Error):
            return None


def _take(file: sqlite3.Connection, longest_s: float) -> bool:
    """Wait for the lock of a file in naps, so that Ctrl-C is heard."""
    end = time.monotonic() + longest_s
    nap = _FIRST_NAP_S
    while True:
        try:
            file.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                return True  # no file can be made here: the place holds in this process alone
        except sqlite3.DatabaseError:
            return True
        else:
            return True
        if time.monotonic() >= end:
            return False
        time.sleep(nap)
        nap = min(nap * 1.5, _LONGEST_NAP_S)
