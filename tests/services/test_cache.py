"""The cache: what is remembered, and paces shared by all who use it."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING

import pytest

from nqp_biblio.services.cache import AnswerCache, Kept, default_folder
from nqp_biblio.services.slots import Slots

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEPT = Kept("found", 200, "2026-11-24", b'{"message": {}}')


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[AnswerCache, AnswerCache]]:
    """Two caches of one folder, as two processes have them."""
    caches = tuple(AnswerCache(tmp_path / "deep" / "cache", note=pytest.fail) for _ in range(2))
    yield caches[0], caches[1]
    for cache in caches:
        cache.close()


def test_shared(two: tuple[AnswerCache, AnswerCache]) -> None:
    """What one remembers the other knows."""
    one, other = two
    assert other.get("k") is None
    one.put("k", "crossref", KEPT)
    assert other.get("k") == KEPT


def test_broken_row(two: tuple[AnswerCache, AnswerCache]) -> None:
    """An answer whose bytes are not whole is not known."""
    one, other = two
    one.put("k", "crossref", KEPT)
    assert one._db is not None
    one._db.execute("UPDATE answers SET body = substr(body, 1, 9)")
    assert other.get("k") is None


def test_pace_is_shared(two: tuple[AnswerCache, AnswerCache]) -> None:
    """Two processes take their places in one row, and both heed a pause and a stop."""
    one, other = two
    waits = [cache.reserve("crossref", 0.5, 60) for cache in (one, other, one)]
    assert waits == pytest.approx([0, 0.5, 1.0], abs=0.3)
    assert other.reserve("openalex", 0.5, 60) == 0
    one.pause("crossref", 30)
    assert other.reserve("crossref", 0.5, 60) == pytest.approx(30, abs=1)
    one.stop("crossref", 100, "asks to wait")
    left = other.stopped("crossref")
    assert left is not None
    assert left[0] == pytest.approx(100, abs=5)
    assert left[1] == "asks to wait"
    assert other.stopped("openalex") is None


def test_clock_that_goes_back(
    two: tuple[AnswerCache, AnswerCache], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Times of a clock that was ahead are not waited for."""
    one, _ = two
    one.pause("crossref", 30)
    one.stop("crossref", 100, "asks to wait")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 5000)
    assert one.stopped("crossref") is None
    assert one.reserve("crossref", 0.5, 60) == 0


def test_other_table_of_that_name(tmp_path: Path) -> None:
    """A file of another make is done without, or set aside, and that is said."""
    file = tmp_path / "answers.sqlite"
    db = sqlite3.connect(file)
    db.execute("CREATE TABLE answers (x)")
    db.commit()
    db.close()
    notes: list[str] = []
    cache = AnswerCache(tmp_path, note=notes.append)
    cache.put("k", "crossref", KEPT)
    assert cache.get("k") is None
    cache.close()
    assert notes


def test_default_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The folder is the one that is named, else the system's for caches."""
    assert default_folder() == tmp_path / "user-cache"
    monkeypatch.delenv("NQP_BIBLIO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert default_folder().name == "nqp-biblio"


def test_place_is_held_by_one(tmp_path: Path) -> None:
    """A place that another holds is waited for, and not for ever."""
    one, other = Slots(tmp_path), Slots(tmp_path)
    with one.hold("crossref-0", 1) as is_held:
        assert is_held
        with other.hold("crossref-0", 0.02) as is_held_too:
            assert not is_held_too
        with other.hold("crossref-1", 0.02) as is_held_too:
            assert is_held_too
    with other.hold("crossref-0", 0.02) as is_held_too:
        assert is_held_too
    one.close()
    other.close()


def test_place_without_a_folder(tmp_path: Path) -> None:
    """Where no file can be made, a place holds in this process alone."""
    (tmp_path / "file").write_text("")
    for folder in (None, tmp_path / "file"):
        slots = Slots(folder)
        with slots.hold("crossref-0", 0.02) as is_held:
            assert is_held
        slots.close()
