"""DataCite: what is asked, and how its answers are read."""

from __future__ import annotations

from nqp_biblio.services import datacite
from served import BUSY, ServedClient

ITEM = {
    "id": "10.5281/zenodo.1",
    "type": "dois",
    "attributes": {
        "doi": "10.5281/zenodo.1",
        "creators": [{"name": "Roe, Ann", "givenName": "Ann", "familyName": "Roe"}],
        "titles": [{"title": "Data on Things"}],
        "publisher": "Zenodo",
        "publicationYear": 2020,
        "types": {"resourceTypeGeneral": "Dataset"},
        "relatedIdentifiers": [
            {
                "relationType": "References",
                "relatedIdentifier": "10.1000/r",
                "relatedIdentifierType": "DOI",
            }
        ],
    },
}


def test_a_work_is_read() -> None:
    """A work comes as a record."""
    client = ServedClient({"/dois/10.5281/zenodo.1": {"data": ITEM}})
    record = datacite.work(client, "10.5281/zenodo.1").data
    assert (record.title, record.doi, record.publication_year) == (
        "Data on Things",
        "10.5281/zenodo.1",
        2020,
    )


def test_an_answer_without_work_is_a_failure() -> None:
    """A list or null where the work should be is reported."""
    wrong: tuple[object, ...] = ([ITEM], None, {})
    for data in wrong:
        client = ServedClient({"/dois/10.1000/x": {"data": data}})
        assert datacite.work(client, "10.1000/x").state == "failed"


def test_the_words_of_a_search_operate_nothing() -> None:
    """Brackets, colons and quotes of a reference are no commands."""
    client = ServedClient({"/dois": {"data": [ITEM, "x"]}})
    found = datacite.find(client, 'Roe A: "Data (on) things" [2nd ed.] a/b', 10).data
    assert [record.doi for record in found] == ["10.5281/zenodo.1"]
    assert client.asked[0][2] == {
        "query": "Roe A Data on things 2nd ed. a b",
        "page[size]": "10",
    }


def test_references_are_listed() -> None:
    """Works that are named as references come as cited references."""
    client = ServedClient({"/dois/10.5281/zenodo.1": {"data": ITEM}})
    answer = datacite.references(client, "10.5281/zenodo.1")
    assert [cited.doi for cited in answer.data] == ["10.1000/r"]


def test_faults_pass_through() -> None:
    """An unknown DOI, CNKI's, and a fault are told apart."""
    assert datacite.work(ServedClient({}), "10.1000/x").state == "not-found"
    assert datacite.work(ServedClient({}), "10.1000/x.cnkixyz").state == "not-found"
    assert datacite.work(ServedClient({}), "10.28427/n.cnki.x").state == "no-metadata"
    client = ServedClient({"/dois/10.1000/x": BUSY, "/dois": BUSY})
    assert datacite.references(client, "10.1000/x").state == "failed"
    assert datacite.find(client, "x").state == "failed"
