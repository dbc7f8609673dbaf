"""Europe PMC: works by DOI, searches, links."""

from __future__ import annotations

from typing import Any

import pytest

from nqp_biblio.services import europe_pmc
from served import BUSY, ServedClient

ITEM: dict[str, Any] = {
    "id": "11111",
    "source": "MED",
    "pmid": "11111",
    "doi": "10.1000/X",
    "title": "On Things.",
    "authorString": "Roe A, Poe B.",
    "authorList": {
        "author": [
            {
                "fullName": "Roe A",
                "firstName": "Ann",
                "lastName": "Roe",
                "authorId": {"type": "ORCID", "value": "0000-0002-1825-0097"},
            },
            {"collectiveName": "Things Group"},
        ]
    },
    "journalInfo": {
        "volume": "3",
        "issue": "2",
        "journal": {"title": "Journal of things", "issn": "1234-5678"},
    },
    "pubYear": "2001",
    "pageInfo": "5-9",
    "citedByCount": 4,
    "pubTypeList": {"pubType": ["research-article", "Journal Article"]},
    "keywordList": {"keyword": ["Things"]},
}
PREPRINT = {"id": "PPR1", "source": "PPR", "doi": "10.1000/X", "title": "On things (preprint)"}


def search_of(*items: object) -> dict[str, Any]:
    """Wrap works as a search does."""
    return {"hitCount": len(items), "resultList": {"result": list(items)}}


def test_a_work_is_read() -> None:
    """Of several works with the DOI the one of MEDLINE is taken, and others are left out."""
    client = ServedClient({"/search": search_of(ITEM | {"doi": "10.1000/xy"}, PREPRINT, ITEM)})
    record = europe_pmc.work(client, "10.1000/x").data
    assert (record.title, record.pmid, record.doi) == ("On Things", "11111", "10.1000/x")
    assert [person.display for person in record.people] == ["Roe, Ann", "Things Group"]
    assert record.people[0].orcid == "0000-0002-1825-0097"
    assert (record.volume, record.issue, record.pages) == ("3", "2", [("5", "9")])
    assert (record.type, record.cited_by_count) == ("article-journal", 4)
    assert client.asked[0][2]["query"] == 'DOI:"10.1000/x"'


def test_nothing_with_the_doi_is_not_found() -> None:
    """A search always answers; no work with the DOI means that it is not known."""
    for items in ([], [ITEM | {"doi": "10.1000/other"}]):
        assert (
            europe_pmc.work(ServedClient({"/search": search_of(*items)}), "10.1000/x").state
            == "not-found"
        )


@pytest.mark.parametrize("field", sorted(ITEM))
@pytest.mark.parametrize("value", [None, [], {}, 7, "x", [None], {"author": [None, 3]}])
def test_nulls_and_other_shapes_are_borne(field: str, value: object) -> None:
    """One bad field costs that field alone; without DOI or title there is less to find."""
    client = ServedClient({"/search": search_of(ITEM | {field: value})})
    answer = europe_pmc.work(client, "10.1000/x")
    assert answer.state == ("not-found" if field == "doi" else "found")


def test_names_on_one_line_are_read() -> None:
    """Where there is no list of authors, their names on one line do."""
    item = ITEM | {"authorList": None}
    client = ServedClient({"/search": search_of(item)})
    (record,) = europe_pmc.find(client, "things (x)").data
    assert [person.family for person in record.people] == ["Roe", "Poe"]


@pytest.mark.parametrize(
    ("ask", "path", "names"),
    [
        (europe_pmc.references, "/MED/11111/references", ("referenceList", "reference")),
        (europe_pmc.citing, "/MED/11111/citations", ("citationList", "citation")),
    ],
)
def test_links_are_read(ask: Any, path: str, names: tuple[str, str]) -> None:
    """References and citing works come as records."""
    link = {"id": "2", "source": "MED", "title": "Other", "authorString": "Poe B", "pubYear": 1999}
    links = {names[0]: {names[1]: [link]}}
    client = ServedClient({"/search": search_of(ITEM), path: links})
    (record,) = ask(client, "10.1000/x").data
    assert (record.title, record.publication_year) == ("Other", 1999)


def test_faults_pass_through() -> None:
    """A fault is no empty list."""
    client = ServedClient({"/search": BUSY})
    assert europe_pmc.work(client, "10.1000/x").state == "failed"
    assert europe_pmc.find(ServedClient({"/search": {"error": "x"}}), "x").state == "failed"
