"""Unpaywall: where a text is open."""

from __future__ import annotations

from typing import Any

import pytest

from nqp_biblio.services import unpaywall
from served import TURNED_AWAY, ServedClient

ITEM: dict[str, Any] = {
    "doi": "10.1000/X",
    "title": "On <i>Things</i>",
    "genre": "journal-article",
    "is_oa": True,
    "oa_status": "green",
    "journal_name": "Journal of Things",
    "publisher": "Things Press",
    "year": 2001,
    "published_date": "2001-05-06",
    "best_oa_location": {
        "url": "https://example.org/x",
        "license": None,
        "version": "acceptedVersion",
    },
    "z_authors": [{"given": "Ann", "family": "Roe"}, {"raw_author_name": "Bo Poe"}, None],
}


def test_a_work_is_read() -> None:
    """The few parts of a work, and the best open place."""
    record = unpaywall.work(ServedClient({"/10.1000/x": ITEM}), "10.1000/x").data
    assert (record.doi, record.title, record.type) == ("10.1000/x", "On Things", "article-journal")
    assert [person.family for person in record.people] == ["Roe", "Poe"]
    assert record.publication_date == "2001-05-06"
    assert dict(record.fields) == {
        "is_oa": "true",
        "oa_status": "green",
        "best_oa.url": "https://example.org/x",
        "best_oa.version": "acceptedVersion",
    }


@pytest.mark.parametrize("field", sorted(ITEM))
@pytest.mark.parametrize("value", [None, [], {}, 7, "x", [None]])
def test_nulls_and_other_shapes_are_borne(field: str, value: object) -> None:
    """One bad field costs that field alone."""
    client = ServedClient({"/10.1000/x": ITEM | {field: value}})
    assert unpaywall.work(client, "10.1000/x").state == "found"


def test_not_said_is_not_closed() -> None:
    """Where nothing is said of access, nothing is filled."""
    record = unpaywall.work(ServedClient({"/10.1000/x": {"doi": "10.1000/x"}}), "10.1000/x").data
    assert record.fields == []


def test_faults_pass_through() -> None:
    """A service that is busy, or wants an address of e-mail, is no unknown work."""
    client = ServedClient({"/10.1000/x": TURNED_AWAY})
    assert unpaywall.work(client, "10.1000/x").state == "refused"
    assert client.asked[0][2] == {"email": "me@example.org"}
    nobody = ServedClient({"/10.1000/x": ITEM}, mailto=None)
    assert unpaywall.work(nobody, "10.1000/x").state == "refused"
    assert nobody.asked == []
