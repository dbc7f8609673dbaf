"""Crossref: what is asked, and how its answers are read."""

from __future__ import annotations

import pytest

from nqp_biblio.services import crossref
from served import BUSY, TURNED_AWAY, ServedClient

WORK = {
    "DOI": "10.1126/science.169.3946.635",
    "type": "journal-article",
    "title": ["The Structure of Ordinary Water"],
    "container-title": ["Science"],
    "short-container-title": ["Science"],
    "volume": "169",
    "issue": "3946",
    "page": "635-641",
    "author": [{"given": "Henry S.", "family": "Frank", "sequence": "first", "affiliation": []}],
    "issued": {"date-parts": [[1970, 8, 14]]},
    "is-referenced-by-count": 90,
    "reference": [{"key": "1", "author": "Bernal", "year": "1933", "DOI": "10.1063/1.1749327"}],
    "updated-by": [{"DOI": "10.1126/science.000", "type": "correction", "source": "publisher"}],
}
PATH = "/works/10.1126/science.169.3946.635"


def test_a_work_is_read() -> None:
    """A work comes as a record, with the day of the answer."""
    client = ServedClient({PATH: {"status": "ok", "message-type": "work", "message": WORK}})
    answer = crossref.work(client, "10.1126/science.169.3946.635")
    assert (answer.state, answer.date) == ("found", "2026-11-24")
    assert answer.data.title == "The Structure of Ordinary Water"
    assert answer.data.people[0].family == "Frank"
    assert answer.data.pages == [("635", "641")]
    assert client.asked == [("crossref", PATH, {})]


def test_a_doi_is_quoted() -> None:
    """Signs of addresses in a DOI do not change what is asked."""
    client = ServedClient({})
    crossref.work(client, "10.1002/(sici)1097<25::aid-jemt4>3.0.co;2-f#x?y")
    assert (
        client.asked[0][1]
        == "/works/10.1002/%28sici%291097%3C25%3A%3Aaid-jemt4%3E3.0.co%3B2-f%23x%3Fy"
    )


def test_an_unknown_work_is_not_found() -> None:
    """What Crossref does not know is no error."""
    assert crossref.work(ServedClient({}), "10.1000/x").state == "not-found"


def test_a_doi_of_cnki_has_no_metadata() -> None:
    """A DOI that is CNKI's by its form is registered without metadata, and no error."""
    answer = crossref.work(ServedClient({}), "10.28427/n.cnki.njjsb.2025.000001")
    assert answer.state == "no-metadata"
    assert "CNKI" in answer.reason


@pytest.mark.parametrize("message", [[], "text", 7, None, {}])
def test_a_message_of_another_shape_is_a_failure(message: object) -> None:
    """What holds no work is reported, and gives no empty record."""
    answer = crossref.work(ServedClient({"/works/10.1000/x": {"message": message}}), "10.1000/x")
    assert (answer.state, answer.data) == ("failed", None)
    assert answer.reason


@pytest.mark.parametrize("field", ["title", "author", "issued", "reference", "container-title"])
@pytest.mark.parametrize("value", [None, 7, [None], {"x": None}, [[[]]], ""])
def test_nulls_and_other_shapes_inside_are_borne(field: str, value: object) -> None:
    """One bad field costs that field alone."""
    client = ServedClient({PATH: {"message": WORK | {field: value}}})
    answer = crossref.work(client, "10.1126/science.169.3946.635")
    assert answer.state == "found"
    assert answer.data.doi == "10.1126/science.169.3946.635"


def test_a_failure_stays_one() -> None:
    """What the client reports passes through."""
    answer = crossref.work(ServedClient({"/works/10.1000/x": BUSY}), "10.1000/x")
    assert (answer.state, answer.status, answer.reason) == ("failed", 503, "HTTP 503 (4 tries)")


def test_a_search_gives_candidates() -> None:
    """A string is searched with its blanks joined, and candidates come in Crossref's order."""
    items = [WORK, None, WORK | {"DOI": "10.1000/2", "title": ["Another"]}]
    client = ServedClient({"/works": {"message-type": "work-list", "message": {"items": items}}})
    found = crossref.find(client, "Frank HS.\n The Structure  of water", 5).data
    assert [record.doi for record in found] == ["10.1126/science.169.3946.635", "10.1000/2"]
    params = client.asked[0][2]
    assert params["query.bibliographic"] == "Frank HS. The Structure of water"
    assert params["rows"] == "5"
    assert params["select"].startswith("DOI,title")


def test_a_search_that_fails_says_so() -> None:
    """A search that failed is told from one that found nothing."""
    client = ServedClient({"/works": TURNED_AWAY})
    assert crossref.find(client, "x").state == "refused"
    assert (
        crossref.find(ServedClient({"/works": {"message": {"items": None}}}), "x").state == "failed"
    )


def test_references_are_listed() -> None:
    """The references that the publisher deposits come as cited references."""
    client = ServedClient({PATH: {"message": WORK}})
    answer = crossref.references(client, "10.1126/science.169.3946.635")
    assert [cited.doi for cited in answer.data] == ["10.1063/1.1749327"]
    assert crossref.references(ServedClient({}), "10.1000/x").state == "not-found"
