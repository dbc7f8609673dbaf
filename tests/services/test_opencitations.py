"""OpenCitations: citations of the Index, works of Meta."""

from __future__ import annotations

import pytest

from nqp_biblio.services import opencitations
from served import BUSY, ServedClient

ROW = {
    "oci": "06101801781-06180334099",
    "citing": "omid:br/06101801781 doi:10.7717/PEERJ-CS.421 pmid:33817056",
    "cited": "omid:br/06180334099 doi:10.1038/sdata.2016.18",
    "creation": "2021-03-10",
    "timespan": "P4Y11M",
    "journal_sc": "no",
    "author_sc": "yes",
}


@pytest.mark.parametrize(
    ("ask", "operation"),
    [(opencitations.citing, "citations"), (opencitations.references, "references")],
)
def test_citations_are_read(ask: object, operation: str) -> None:
    """Each row gives the ids of both works by scheme; rows without works are left out."""
    path = f"/{operation}/doi:10.1038/sdata.2016.18"
    client = ServedClient({path: [ROW, {}, None, {"citing": "omid:br/1", "cited": None}]})
    (citation,) = ask(client, "10.1038/sdata.2016.18").data  # type: ignore[operator]
    assert citation.citing["doi"] == "10.7717/peerj-cs.421"
    assert citation.citing["omid"] == "br/06101801781"
    assert (citation.creation, citation.is_self) == ("2021-03-10", True)


def test_nothing_known_is_an_empty_list() -> None:
    """The Index does not tell the uncited from the unknown, and neither do we."""
    answer = opencitations.citing(ServedClient({"/citations/doi:10.1000/x": []}), "10.1000/x")
    assert (answer.state, answer.data) == ("found", [])


def test_another_shape_is_a_failure() -> None:
    """An object where a list should be is reported."""
    client = ServedClient({"/citations/doi:10.1000/x": {"error": "x"}})
    assert opencitations.citing(client, "10.1000/x").state == "failed"


def test_works_are_asked_ten_at_a_time() -> None:
    """Meta breaks at fifteen ids, so that ten go into one request."""
    work = {
        "id": "doi:10.1000/3 omid:br/1",
        "title": "On Things",
        "author": "Roe, Ann [omid:ra/1]",
        "pub_date": "2001-05",
        "venue": "Journal of Things [issn:1234-5678]",
        "volume": "3",
        "issue": "",
        "page": "5-9",
        "type": "journal article",
        "publisher": "",
        "editor": "",
    }
    dois = [f"10.1000/{n}" for n in range(12)]
    first = "__".join(f"doi:{doi}" for doi in dois[:10])
    client = ServedClient({f"/metadata/{first}": [work]})
    answers = opencitations.works(client, dois)
    assert list(answers) == dois
    assert answers["10.1000/3"].data.title == "On Things"
    assert {answer.state for doi, answer in answers.items() if doi != "10.1000/3"} == {"not-found"}
    assert opencitations.work(client, "10.1000/99").state == "not-found"


def test_faults_pass_through() -> None:
    """A fault is no empty list."""
    client = ServedClient({"/references/doi:10.1/x": BUSY})
    assert opencitations.references(client, "10.1/x").state == "failed"
