"""Hostile and broken files: what is sound survives, what is not is named, in bounds."""

from __future__ import annotations

import json
import resource
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest

from nqp_biblio.corpus.load import read
from nqp_biblio.errors import BiblioError

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "badinputs"
NAMES = sorted(path.parent.name for path in CASES.glob("*/expect.json")) or ["none"]
TEXT_TABLES = ("works", "authorships", "affiliations", "fields", "terms")


@dataclass
class Outcome:
    """What reading a case gave."""

    is_refused: bool
    titles: list[str]
    problems: list[tuple[int | None, str, str]]
    text: str


def _read(path: Path) -> Outcome:
    try:
        corpus = read(path)
    except BiblioError as error:
        return Outcome(is_refused=True, titles=[], problems=[(None, str(error), "")], text="")
    tables = [corpus.sql(f"SELECT * FROM {name}") for name in TEXT_TABLES]
    return Outcome(
        is_refused=False,
        titles=[title or "" for (title,) in corpus.sql("SELECT title FROM works")],
        problems=corpus.sql("SELECT line, reason, raw FROM problems"),
        text="\n".join(str(value) for rows in tables for row in rows for value in row),
    )


def _is_reported(wanted: dict[str, Any], outcome: Outcome) -> bool:
    """Whether a problem is in the lines and says one of the words."""
    first, last = wanted["lines"] or (0, float("inf"))
    return any(
        (wanted["lines"] is None or first <= (line or 0) <= last)
        and any(word.lower() in reason.lower() for word in wanted["any_of"])
        for line, reason, _ in outcome.problems
    )


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no socket be opened."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("name", NAMES)
def test_case(shared_data: Path, name: str) -> None:
    """Every case gives the records that are sound, and says what is wrong with the others."""
    case = shared_data / "badinputs" / name
    expect = json.loads((case / "expect.json").read_text("utf-8"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcome = _read(case / expect["file"])
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown <= expect["limit_mb"]
    assert expect["allow_refuse"] or not outcome.is_refused, outcome.problems
    missing = [want for want in expect["must_report"] if not _is_reported(want, outcome)]
    assert not missing, outcome.problems
    if outcome.is_refused:
        return
    found = {
        word: sum(word in title for title in outcome.titles) for word in expect["must_survive"]
    }
    assert set(found.values()) <= {1}, found
    told = "\n".join([*outcome.titles, *(raw for _, _, raw in outcome.problems)])
    assert [word for word in expect["may_fail"] if word not in told] == []
    if expect["exact_records"]:
        n_sound = len(expect["must_survive"]) + len(expect["may_fail"])
        assert len(outcome.titles) <= n_sound, outcome.titles
    assert [text for text in expect["must_contain"] if text not in outcome.text] == []
    assert [text for text in expect["must_not_contain"] if text in outcome.text] == []
