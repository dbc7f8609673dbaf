"""Semantic Scholar: one paper, batches, links, searches."""

from __future__ import annotations

from typing import Any

import pytest

from nqp_biblio.services import semantic_scholar
from served import TURNED_AWAY, Pages, ServedClient

PAPER: dict[str, Any] = {
    "paperId": "2d5673caa9e6af3a7b82a43f19ee920992db07ad",
    "externalIds": {"DOI": "10.1093/MIND/LIX.236.433"},
    "title": "Computing Machinery and Intelligence",
    "year": 1950,
    "authors": [{"authorId": "1", "name": "A. Turing"}],
}
DOI = "10.1093/mind/lix.236.433"


def test_a_paper_is_read() -> None:
    """A paper is asked for by its DOI, with the fields that a record takes."""
    client = ServedClient({f"/paper/DOI:{DOI}": PAPER})
    record = semantic_scholar.work(client, DOI).data
    assert (record.doi, record.publication_year) == (DOI, 1950)
    assert "externalIds" in client.asked[0][2]["fields"]


def test_a_batch_is_read_in_its_order() -> None:
    """Null means that a paper is not known; the order is that of the DOIs."""
    client = ServedClient({"/paper/batch": [None, PAPER]})
    answers = semantic_scholar.works(client, ["10.1000/x", DOI])
    assert [answer.state for answer in answers.values()] == ["not-found", "found"]
    assert client.bodies == [{"ids": ["DOI:10.1000/x", f"DOI:{DOI}"]}]


@pytest.mark.parametrize("data", [[PAPER], {}, [PAPER, PAPER, PAPER]])
def test_a_batch_of_another_length_is_a_failure(data: object) -> None:
    """Papers are never given to the wrong DOI by counting."""
    answers = semantic_scholar.works(ServedClient({"/paper/batch": data}), ["10.1000/x", DOI])
    assert {answer.state for answer in answers.values()} == {"failed"}


def test_links_come_page_by_page() -> None:
    """References follow the offsets; a link without a paper is left out."""
    pages = Pages(
        [
            {"offset": 0, "next": 1000, "data": [{"citedPaper": PAPER}, {"citedPaper": None}]},
            {"offset": 1000, "data": [{"citedPaper": {"paperId": None, "title": "Other"}}]},
        ]
    )
    client = ServedClient({f"/paper/DOI:{DOI}/references": pages})
    answer = semantic_scholar.references(client, DOI)
    assert [record.title for record in answer.data] == [PAPER["title"], "Other"]
    assert [params["offset"] for _, _, params in client.asked] == ["0", "1000"]


def test_citing_papers_stop_at_the_limit() -> None:
    """No more pages are asked for than are wanted."""
    page = {"offset": 0, "next": 1, "data": [{"citingPaper": PAPER}]}
    client = ServedClient({f"/paper/DOI:{DOI}/citations": page})
    assert len(semantic_scholar.citing(client, DOI, limit=1).data) == 1
    assert len(client.asked) == 1


def test_a_search_gives_candidates() -> None:
    """Hyphens become blanks, and no hit is an empty list."""
    client = ServedClient({"/paper/search": {"total": 1, "offset": 0, "data": [PAPER]}})
    found = semantic_scholar.find(client, "self-made man").data
    assert [record.doi for record in found] == [DOI]
    assert client.asked[0][2]["query"] == "self made man"
    assert semantic_scholar.find(ServedClient({"/paper/search": {"total": 0}}), "x").data == []


def test_faults_pass_through() -> None:
    """A busy service is no unknown paper."""
    path = f"/paper/DOI:{DOI}/references"
    client = ServedClient({"/paper/batch": TURNED_AWAY, path: TURNED_AWAY})
    assert semantic_scholar.works(client, [DOI])[DOI].state == "refused"
    assert semantic_scholar.references(client, DOI).state == "refused"
