"""Answers remembered on disk, shared by all processes that name the same folder."""

from __future__ import annotations

import contextlib
import math
import os
import sqlite3
import sys
import threading
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["AnswerCache", "Kept", "default_folder"]

_T = TypeVar("_T")
_FILE = "answers.sqlite"
_FOR_S = {
    "not-found": 30 * 86_400.0,  # a DOI that is not known today may be registered tomorrow
    "failed": 3_600.0,
}
"""How long answers are remembered, by state; others for good."""

_JUMP_S = 2.0
_IMPATIENT_MS = 50
_NAP_S = 0.02
_TABLES = """
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, service TEXT NOT NULL, state TEXT NOT NULL, status INTEGER,
    day TEXT, stored_at REAL NOT NULL, body BLOB NOT NULL, reason TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS paces (
    service TEXT PRIMARY KEY, set_at REAL NOT NULL, last_at REAL NOT NULL,
    paused_until REAL NOT NULL, stopped_until REAL NOT NULL, reason TEXT NOT NULL
);
"""
_GET = "SELECT state, status, day, stored_at, body, reason FROM answers WHERE key = ?"
_PUT = "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_GET_PACE = """SELECT set_at, last_at, paused_until, stopped_until, reason
FROM paces WHERE service = ?"""
_PUT_PACE = "INSERT OR REPLACE INTO paces VALUES (?, ?, ?, ?, ?, ?)"


class Kept(NamedTuple):
    """An answer as it is remembered: never with a key or an address of e-mail."""

    state: str
    status: int | None
    day: str | None
    body: bytes
    reason: str = ""


def default_folder() -> Path:
    """Tell where answers are remembered unless a folder is named.

    Returns
    -------
    Path
        What NQP_BIBLIO_CACHE names, else a folder in the system's place for caches.
    """
    given = os.environ.get("NQP_BIBLIO_CACHE")
    if given:
        return Path(given)
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        home = str(Path.home() / "Library" / "Caches")
    else:
        home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home) / "nqp-biblio"


class AnswerCache:
    """Remembers answers, and when a service may be asked next.

    A cache that is broken, full or locked never stops a run: it is said in `notes`, and the
    run goes on without it.

    Parameters
    ----------
    folder : Path or None
        Where the file is; None keeps all in memory.
    lock_s : float
        Longest wait for another process to release the file.
    note : callable
        Is told, once for each kind, what went wrong.
    """

    def __init__(
        self, folder: Path | None, *, lock_s: float = 5.0, note: Callable[[str], None]
    ) -> None:
        self._file = folder / _FILE if folder else None
        self._patience_ms = int(lock_s * 1000)
        self._note = note
        self._lock = threading.RLock()
        self._db: sqlite3.Connection | None = None
        self._is_broken = False
        self._open()

    def get(self, key: str, *, any_age: bool = False) -> Kept | None:
        """Look an answer up.

        Parameters
        ----------
        key : str
            The question's key.
        any_age : bool
            Whether to take what was not found, or failed, long ago, too.

        Returns
        -------
        Kept or None
            The answer, if there is one that is whole.
        """
        row = self._run(lambda db: db.execute(_GET, (key,)).fetchone())
        if row is None:
            return None
        state, status, day, stored_at, packed, reason = row
        age = abs(time.time() - stored_at)  # or a clock that jumped keeps it for ever
        if age > _FOR_S.get(state, math.inf) and not any_age:
            return None
        try:
            return Kept(state, status, day, zlib.decompress(packed), reason)
        except (zlib.error, TypeError):
            return None

    def put(self, key: str, service: str, kept: Kept) -> None:
        """Remember an answer, at once and for good.

        Parameters
        ----------
        key, service : str
            The question's key, and who was asked.
        kept : Kept
            The answer.
        """
        state, status, day, body, reason = kept
        row = (key, service, state, status, day, time.time(), zlib.compress(body), reason)
        self._write(lambda db: db.execute(_PUT, row))

    def reserve(self, service: str, gap: float, longest: float) -> float:
        """Take the next place in the row of all processes.

        Parameters
        ----------
        service : str
            Who is to be asked.
        gap : float
            Seconds between two requests.
        longest : float
            More seconds than this are a clock that jumped, and not heeded.

        Returns
        -------
        float
            Seconds to wait.
        """
        return self._write(lambda db: _reserve(db, service, gap, longest)) or 0.0

    def pause(self, service: str, seconds: float) -> None:
        """Let no process ask a service for some seconds."""
        self._write(lambda db: _pause(db, service, seconds))

    def stop(self, service: str, seconds: float, reason: str) -> None:
        """Let all processes leave a service alone for some seconds."""
        now = time.time()
        row = (service, now, now, 0.0, now + seconds, reason)
        self._write(lambda db: db.execute(_PUT_PACE, row))

    def stopped(self, service: str) -> tuple[float, str] | None:
        """Tell for how many seconds a service is to be left alone, and why."""
        row = self._run(lambda db: db.execute(_GET_PACE, (service,)).fetchone())
        if row is None:
            return None
        set_at, _, _, until, reason = row
        now = time.time()
        if now < set_at - _JUMP_S or now >= until:
            return None
        return until - now, reason

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._db is not None:
                with contextlib.suppress(sqlite3.Error):
                    self._db.close()
            self._db = None

    def _open(self) -> None:
        end = time.monotonic() + self._patience_ms / 1000
        try:
            self._db = self._connect()
            while self._db is None and time.monotonic() < end:
                time.sleep(_NAP_S)  # two that begin a file at once: SQLite itself does not wait
                self._db = self._connect()
            if self._db is None:
                self._note(f"{self._file}: answers are not remembered: the file is locked")
        except sqlite3.OperationalError as error:
            self._note(f"{self._file}: answers are not remembered: {error}")
        except sqlite3.DatabaseError:
            self._begin_anew()
        except OSError as error:
            self._db = None
            self._note(f"{self._file}: answers are not remembered: {error.strerror}")

    def _connect(self) -> sqlite3.Connection | None:
        """Open the file; None if it is locked."""
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        db = sqlite3.connect(
            self._file or ":memory:",
            timeout=self._patience_ms / 1000,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            db.execute("PRAGMA journal_mode = WAL").fetchone()
            db.execute("PRAGMA synchronous = NORMAL")
            db.executescript(_TABLES)
            db.execute(_GET, ("",)).fetchone()  # a table of another make is found out now
        except sqlite3.Error as error:
            db.close()
            if "locked" in str(error):
                return None
            raise
        return db

    def _write(self, step: Callable[[sqlite3.Connection], _T]) -> _T | None:
        def in_one_transaction(db: sqlite3.Connection) -> _T:
            """Do the step and keep what it did, or nothing of it."""
            with db:
                db.execute("BEGIN IMMEDIATE")
                return step(db)

        return self._run(in_one_transaction)

    def _run(self, step: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """Do a step; None if the file does not let it."""
        with self._lock:
            for _ in range(2):
                if self._db is None:
                    return None
                try:
                    return step(self._db)
                except sqlite3.OperationalError as error:
                    self._grow_impatient(error)
                    return None
                except sqlite3.DatabaseError:
                    self._begin_anew()
            return None

    def _grow_impatient(self, error: sqlite3.OperationalError) -> None:
        """Say that the file is locked, full or not writable, and wait less for it from now on."""
        self._note(f"{self._file}: an answer could not be looked up or remembered: {error}")
        if self._db is not None:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute(f"PRAGMA busy_timeout = {_IMPATIENT_MS}")

    def _begin_anew(self) -> None:
        """Set a broken file aside, and begin a new one; the second time do without."""
        self.close()
        if self._file is None or self._is_broken:
            self._note("answers are not remembered any more")
            return
        self._is_broken = True
        aside = self._file.with_suffix(f".broken-{os.getpid()}")
        try:
            self._file.replace(aside)
            for end in ("-wal", "-shm"):
                self._file.with_name(_FILE + end).unlink(missing_ok=True)
            self._db = self._connect()
        except (OSError, sqlite3.Error) as error:
            self._db = None
            self._note(f"{self._file}: broken, and answers are not remembered: {error}")
            return
        self._note(
            f"{self._file}: the file was broken; it is now {aside.name}, and a new one begun"
        )


def _reserve(db: sqlite3.Connection, service: str, gap: float, longest: float) -> float:
    now = time.time()
    _, last_at, paused, until, reason = _pace(db, service, now)
    start = max(now, last_at + gap, paused)
    if start - now > longest:
        start = now
    db.execute(_PUT_PACE, (service, now, start, paused, until, reason))
    return float(start - now)


def _pause(db: sqlite3.Connection, service: str, seconds: float) -> None:
    now = time.time()
    _, last_at, paused, until, reason = _pace(db, service, now)
    row = (service, now, last_at, max(paused, now + seconds), until, reason)
    db.execute(_PUT_PACE, row)


def _pace(db: sqlite3.Connection, service: str, now: float) -> tuple[Any, ...]:
    """Look up when a service was asked; times of a clock that went back since are not heeded."""
    row = db.execute(_GET_PACE, (service,)).fetchone()
    return row if row and now >= row[0] - _JUMP_S else (now, 0.0, 0.0, 0.0, "")
