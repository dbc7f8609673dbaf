"""From answers to records."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nqp_biblio.errors import InputError
from nqp_biblio.record import Record
from nqp_biblio.services.answers import Answer
from nqp_biblio.services.records import (
    as_list,
    as_work,
    at,
    batches,
    by_doi,
    doi_in_path,
    gather,
    text_at,
)

FOUND = Answer("crossref", "found", data={"a": {"b": {"t": "x"}}}, date="2026-11-24")


def record_of(item: dict[str, Any], file: str) -> Record:
    """Make a record of an item; one that is broken or too deep cannot be read."""
    if item.get("t") == "broken":
        raise InputError("broken")
    if item.get("t") == "deep":
        raise RecursionError
    return Record(title=item.get("t"), file=file)


@pytest.mark.parametrize(
    ("doi", "path"),
    [
        ("10.1000/a", "10.1000/a"),
        ("10.1000/a b?c#d", "10.1000/a%20b%3Fc%23d"),
        ("10.1000/../x", "10.1000%2F..%2Fx"),
        ("10.1000//x", "10.1000%2F%2Fx"),
        ("10.1000/%41", "10.1000/%2541"),
        ("10.1000/\ud800", "10.1000/%3F"),
    ],
)
def test_a_doi_never_leaves_its_place(doi: str, path: str) -> None:
    """No sign in a DOI ends the path or climbs out of it."""
    assert doi_in_path(doi) == path


def test_walking_into_objects() -> None:
    """A way that ends gives None, and only texts and whole numbers are texts."""
    data = {"a": {"b": " x  y ", "n": 7, "t": True, "e": ""}}
    assert at(data, "a", "b") == " x  y "
    assert at(data, "a", "c", "d") is None
    assert at(None, "a") is None
    assert [text_at(data, "a", name) for name in "bnte"] == ["x y", "7", None, None]


def test_batches_hold_each_once() -> None:
    """What is asked twice is asked once."""
    assert list(batches("abacd", 2)) == [["a", "b"], ["c", "d"]]
    assert list(batches([], 2)) == []


@pytest.mark.parametrize("title", ["broken", "deep"])
def test_what_cannot_be_read_is_a_failure(title: str) -> None:
    """A work that no reader takes is reported, and raises nothing."""
    answer = as_work(replace(FOUND, data={"t": title}), record_of)
    assert (answer.state, answer.data) == ("failed", None)


def test_a_work_and_a_list() -> None:
    """Records stand in the place of the data; what was not found stays as it is."""
    assert as_work(FOUND, record_of, ["a", "b"]).data.title == "x"
    many = replace(FOUND, data=[{"t": "x"}, 7, {"t": "broken"}, {"t": "y"}])
    assert [record.title for record in as_list(many, record_of).data] == ["x", "y"]
    assert as_list(FOUND, record_of).state == "failed"
    unknown = Answer("crossref", "not-found")
    assert as_work(unknown, record_of) is unknown
    assert as_list(unknown, record_of) is unknown


def test_pages_stop_where_the_service_goes_on_for_ever() -> None:
    """An empty page, the limit, and a cursor that was seen all end the asking."""
    asked: list[str] = []

    def ask(cursor: str) -> Answer:
        """Answer with a page of one that names the next."""
        asked.append(cursor)
        return replace(FOUND, data=int(cursor))

    answer = gather(ask, lambda data: ([data], str(data + 1)), first="0", limit=3)
    assert (answer.data, asked) == ([0, 1, 2], ["0", "1", "2"])
    assert gather(ask, lambda data: ([data], "0"), first="0", limit=9).data == [0]
    assert gather(ask, lambda data: ([], str(data + 1)), first="0", limit=9).data == []
    assert gather(ask, lambda _: (None, None), first="0", limit=9).state == "failed"


def test_a_batch_is_shared_out() -> None:
    """Each DOI has its answer, and a failure is one for all."""
    record = Record(title="x")
    answers = by_doi(["a", "b"], FOUND, {"a": record})
    assert answers["a"].data is record
    assert (answers["b"].state, answers["b"].date) == ("not-found", "2026-11-24")
    failed = Answer("crossref", "failed", reason="503")
    assert set(by_doi(["a", "b"], failed, {}).values()) == {failed}
