"""OpenAlex: one work, batches, searches, and the works that cite one."""

from __future__ import annotations

from typing import Any

from nqp_biblio.services import openalex
from served import BUSY, TURNED_AWAY, Pages, ServedClient


def item(number: int, doi: str | None, cites: tuple[int, ...] = ()) -> dict[str, Any]:
    """Make a work in the shape of OpenAlex."""
    return {
        "id": f"https://openalex.org/W{number}",
        "doi": f"https://doi.org/{doi}" if doi else None,
        "title": f"Work {number}",
        "publication_year": 2001,
        "referenced_works": [f"https://openalex.org/W{cited}" for cited in cites],
        "authorships": [],
    }


def test_a_work_is_read() -> None:
    """A work is asked for by its DOI, and comes as a record."""
    client = ServedClient({"/works/doi:10.1000/x": item(1, "10.1000/X", (2, 3))})
    record = openalex.work(client, "10.1000/x").data
    assert (record.key, record.doi) == ("W1", "10.1000/x")
    assert [cited.raw for cited in record.cited_references] == ["W2", "W3"]


def test_a_hundred_are_asked_at_a_time() -> None:
    """Answers come by DOI as given; an unasked work in the answer is left out."""
    dois = [f"10.1000/A{n}" for n in range(150)]
    pages = Pages(
        [
            {"results": [item(1, "10.1000/a1"), item(9, "10.9999/other"), item(5, None)]},
            {"results": [item(2, "10.1000/a149")]},
        ]
    )
    client = ServedClient({"/works": pages})
    answers = openalex.works(client, dois)
    assert list(answers) == dois
    assert [doi for doi, answer in answers.items() if answer.state == "found"] == [
        "10.1000/A1",
        "10.1000/A149",
    ]
    assert answers["10.1000/A0"].state == "not-found"
    assert client.asked[0][2]["filter"].count("|") == 99
    assert client.asked[0][2]["per_page"] == "100"


def test_a_doi_with_a_bar_or_comma_is_asked_alone() -> None:
    """A sign that parts values in a filter splits no DOI."""
    client = ServedClient(
        {"/works": {"results": []}, "/works/doi:10.1000/a%2Cb": item(1, "10.1000/a,b")}
    )
    answers = openalex.works(client, ["10.1000/a,b", "10.1000/c"])
    assert [answer.state for answer in answers.values()] == ["found", "not-found"]
    assert client.asked[1][2]["filter"] == "doi:10.1000/c"


def test_a_batch_that_fails_fails_for_all_of_it() -> None:
    """A spent budget is no "not found"."""
    answers = openalex.works(ServedClient({"/works": TURNED_AWAY}), ["10.1000/1", "10.1000/2"])
    assert {answer.state for answer in answers.values()} == {"refused"}
    assert openalex.works(ServedClient({}), []) == {}


def test_references_come_as_works() -> None:
    """The numbers of references are resolved."""
    table = {
        "/works/doi:10.1000/x": item(1, "10.1000/x", (2, 3)),
        "/works": {"results": [item(2, "10.1000/2"), item(3, None)]},
    }
    client = ServedClient(table)
    assert [record.key for record in openalex.references(client, "10.1000/x").data] == ["W2", "W3"]
    assert client.asked[1][2]["filter"] == "openalex:W2|W3"
    alone = ServedClient({"/works/doi:10.1000/y": item(1, "10.1000/y")})
    assert openalex.references(alone, "10.1000/y").data == []


def test_citing_works_come_page_by_page() -> None:
    """Cursors are followed to the end, and no further than the limit."""
    pages = Pages(
        [
            {"meta": {"next_cursor": "b"}, "results": [item(2, None), item(3, None)]},
            {"meta": {"next_cursor": None}, "results": [item(4, None)]},
        ]
    )
    client = ServedClient({"/works/doi:10.1000/x": item(1, "10.1000/x"), "/works": pages})
    answer = openalex.citing(client, "10.1000/x")
    assert [record.key for record in answer.data] == ["W2", "W3", "W4"]
    assert [params.get("cursor") for _, _, params in client.asked] == [None, "*", "b"]


def test_a_cursor_that_comes_again_ends_the_asking() -> None:
    """A service that goes round in a circle is not followed for ever."""
    page = {"meta": {"next_cursor": "*"}, "results": [item(2, None)]}
    client = ServedClient({"/works/doi:10.1000/x": item(1, "10.1000/x"), "/works": page})
    assert len(openalex.citing(client, "10.1000/x").data) == 1


def test_half_a_list_is_a_failure() -> None:
    """A page that fails makes the whole fail."""
    pages = Pages([{"meta": {"next_cursor": "b"}, "results": [item(2, None)]}, BUSY])
    client = ServedClient({"/works/doi:10.1000/x": item(1, "10.1000/x"), "/works": pages})
    assert openalex.citing(client, "10.1000/x").state == "failed"


def test_a_search_gives_candidates() -> None:
    """Signs that operate the search are taken from the words."""
    client = ServedClient({"/works": {"results": [item(2, "10.1000/2")]}})
    found = openalex.find(client, 'A "b" | c?', 500).data
    assert [record.doi for record in found] == ["10.1000/2"]
    assert client.asked[0][2] == {"search": "A b c", "per_page": "100"}
