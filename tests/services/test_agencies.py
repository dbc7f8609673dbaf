"""Registration agencies: which one has a DOI, and what that means."""

from __future__ import annotations

import pytest

from nqp_biblio.services import agencies
from nqp_biblio.services.addresses import refusal
from nqp_biblio.services.answers import Answer
from nqp_biblio.services.hosts import service_of
from served import Reply, ServedClient

DOI = "10.1000/x"
CSL = {
    "type": "article-journal",
    "title": "On Things",
    "container-title": "Journal of Things",
    "DOI": "10.1000/X",
    "author": [{"family": "Roe", "given": "Ann"}],
    "issued": {"date-parts": [[2001]]},
}


@pytest.mark.parametrize(
    "name", ["Crossref", "DataCite", "mEDRA", "JaLC", "KISTI", "CNKI", "ISTIC", "OP", "Airiti"]
)
def test_the_agency_is_named(name: str) -> None:
    """The agency of a DOI is what doi.org says, ignoring the case of the DOI."""
    client = ServedClient({f"/doiRA/{DOI}": [{"DOI": DOI.upper(), "RA": name}]})
    assert agencies.agency(client, DOI).data == name


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("DOI does not exist", "not-found"),
        ("Invalid DOI", "not-found"),
        ("Unknown", "failed"),
        (None, "failed"),
    ],
)
def test_a_doi_without_agency(said: str | None, state: str) -> None:
    """A DOI that does not exist is told from one of which doi.org cannot say."""
    client = ServedClient({f"/doiRA/{DOI}": [{"DOI": DOI, "status": said}]})
    assert agencies.agency(client, DOI).state == state


@pytest.mark.parametrize("data", [{}, [], [None], [{"DOI": "10.1000/y", "RA": "Crossref"}], [7]])
def test_an_answer_of_another_shape_is_a_failure(data: object) -> None:
    """An agency is never taken from a row about another DOI."""
    assert agencies.agency(ServedClient({f"/doiRA/{DOI}": data}), DOI).state == "failed"


def test_many_are_asked_together() -> None:
    """Twenty DOIs go into one request, one with a comma into its own, each once."""
    dois = [f"10.1000/{n}" for n in range(25)] + ["10.1000/a,b", "10.1000/0"]
    client = ServedClient({})
    answers = agencies.agency_of_each(client, dois)
    assert list(answers) == dois[:-1]
    assert [path.count(",") for _, path, _ in client.asked] == [19, 4, 0]
    assert client.asked[-1][1] == "/doiRA/10.1000/a%2Cb"


@pytest.mark.parametrize("name", sorted(agencies.WITHOUT_METADATA))
def test_agencies_without_metadata_are_no_error(name: str) -> None:
    """A DOI of CNKI is registered without metadata; doi.org is not asked for any."""
    client = ServedClient({f"/doiRA/{DOI}": [{"DOI": DOI, "RA": name}]})
    answer = agencies.work(client, DOI)
    assert answer.state == "no-metadata"
    assert answer.reason.startswith(f"{name}: registered, no machine-readable metadata")
    assert len(client.asked) == 1


@pytest.mark.parametrize(
    "item", [CSL, CSL | {"title": ["On Things"], "container-title": ["Journal of Things"]}]
)
def test_metadata_come_by_content_negotiation(item: dict[str, object]) -> None:
    """CSL-JSON is asked for, and read also where Crossref writes lists for texts."""
    client = ServedClient({f"/doiRA/{DOI}": [{"DOI": DOI, "RA": "Crossref"}], f"/{DOI}": item})
    answer = agencies.work(client, DOI)
    assert client.accepted[-1] == "application/vnd.citationstyles.csl+json"
    assert (answer.data.doi, answer.data.title) == (DOI, "On Things")
    assert answer.data.source_raw == "Journal of Things"


def test_no_content_in_this_form() -> None:
    """An agency that does not have the form asked for is named."""
    refused = Reply(406)
    client = ServedClient({f"/doiRA/{DOI}": [{"DOI": DOI, "RA": "OP"}], f"/{DOI}": refused})
    assert agencies.work(client, DOI).reason == "OP: registered, no metadata in this form"


@pytest.mark.parametrize("name", ["ISTIC", "KISTI"])
def test_an_address_without_encryption_is_not_followed(name: str) -> None:
    """Where an agency sends on to such an address, the DOI is registered all the same."""
    away = Reply(302, headers={"Location": "http://192.0.2.36:8000/x"})
    client = ServedClient({f"/doiRA/{DOI}": [{"DOI": DOI, "RA": name}], f"/{DOI}": away})
    answer = agencies.work(client, DOI)
    assert answer.state == "no-metadata"
    assert answer.reason.startswith(f"{name}: registered, no metadata that can be had safely")
    assert "http:192.0.2.36" in answer.reason


@pytest.mark.parametrize("name", ["Crossref", "DataCite", "mEDRA", "JaLC", "KISTI", "ISTIC"])
def test_the_agency_s_own_address_is_followed(name: str) -> None:
    """A redirect to an address that is known is followed, and what is there is read."""
    table = {f"/doiRA/{DOI}": [{"DOI": DOI, "RA": name}], "/csl/x": CSL}
    client = ServedClient(table)
    away = client._addresses["datacite"] + "/csl/x"
    client.table[f"/{DOI}"] = Reply(302, headers={"Location": away})
    assert agencies.work(client, DOI).data.title == "On Things"
    assert [service for service, *_ in client.asked] == ["doi", "doi", "datacite"]


@pytest.mark.parametrize(
    "host", ["data.medra.org", "www.chinadoi.cn", "www.doi.or.kr", "japanlinkcenter.org"]
)
def test_hosts_of_agencies_are_known(host: str) -> None:
    """Addresses of the agencies may be redirected to, with encryption only."""
    doi = service_of("doi")
    assert refusal(doi, f"https://{host}/x") == ""
    assert refusal(doi, f"http://{host}/x")


@pytest.mark.parametrize(
    ("row", "state", "words"),
    [
        ({"DOI": DOI, "RA": "CNKI"}, "no-metadata", "CNKI"),
        ({"DOI": DOI, "RA": "DataCite"}, "not-found", "registered with DataCite"),
        ({"DOI": DOI, "status": "DOI does not exist"}, "not-found", "no agency has"),
        ({"DOI": DOI, "status": "Unknown"}, "not-found", "no such work"),
    ],
)
def test_why_a_service_does_not_know_a_doi(row: dict[str, str], state: str, words: str) -> None:
    """A DOI that one service does not know is explained by its agency."""
    client = ServedClient({f"/doiRA/{DOI}": [row]})
    unknown = Answer("crossref", "not-found", reason="no such work")
    answer = agencies.explain_each(client, {DOI: unknown})[DOI]
    assert (answer.service, answer.state) == ("crossref", state)
    assert words in answer.reason


def test_only_the_unknown_is_explained() -> None:
    """What was found, or failed, costs no further request."""
    client = ServedClient({})
    failed = Answer("crossref", "failed", reason="503")
    assert agencies.explain_each(client, {DOI: failed}) == {DOI: failed}
    assert client.asked == []
