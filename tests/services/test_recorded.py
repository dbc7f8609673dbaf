"""Answers that services gave, recorded in 2026: served again over https, and read."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from nqp_biblio.services import agencies, crossref, datacite, ror, semantic_scholar
from served import Reply, ServedClient

if TYPE_CHECKING:
    from pathlib import Path

_STATUS = re.compile(r"^STATUS \{'code': (\d+)", re.MULTILINE)
_HEADERS = re.compile(r"^HEADERS (\{.*\})$", re.MULTILINE)


@pytest.fixture
def samples(shared_data: Path) -> Path:
    """Give the folder of recorded answers; skips where it is missing."""
    folder = shared_data / "api-samples"
    if not folder.is_dir():
        pytest.skip("no recorded answers here")
    return folder


def _recorded(file: Path, **instead: str) -> Reply:
    """Read the first answer of a file, with some headers set otherwise."""
    text = file.read_text(encoding="utf-8")
    head, _, body = text.partition("\n\n")
    found = _STATUS.search(head), _HEADERS.search(head)
    assert found[0] is not None
    assert found[1] is not None
    headers = {name: values[0] for name, values in json.loads(found[1][1]).items()}
    return Reply(int(found[0][1]), body.strip().encode(), headers | instead)


def test_crossref_work(samples: Path) -> None:
    """A work with its references and its licence, at the rate of the public pool."""
    doi = "10.1371/journal.pone.0033693"
    reply = _recorded(samples / "crossref_work_one.txt")
    client = ServedClient({f"/works/{doi}": reply})
    record = crossref.work(client, doi).data
    assert record.title.startswith("Methylphenidate Exposure Induces Dopamine Neuron Loss")
    assert (record.doi, record.publication_year, record.volume) == (doi, 2012, "7")
    assert len(record.cited_references) == 70
    assert "creativecommons.org/licenses/by/4.0" in dict(record.fields)["license"]
    from nqp_biblio.services.hosts import service_of

    pace = client._pace(service_of("crossref"))
    assert (pace.rate, pace.concurrency) == (5.0, 1)


def test_crossref_polite_pool(samples: Path) -> None:
    """A list with two fields selected, at the rate of the polite pool."""
    client = ServedClient({"/works": _recorded(samples / "crossref_select.txt")})
    records = crossref.find(client, "ecology").data
    assert len(records) > 1
    assert all(record.doi for record in records)
    from nqp_biblio.services.hosts import service_of

    pace = client._pace(service_of("crossref"))
    assert (pace.rate, pace.concurrency) == (10.0, 3)


def test_crossref_unknown_work(samples: Path) -> None:
    """A 404 in plain text is an unknown work; one in JSON about a cursor is a failure."""
    table = {
        "/works/10.1371/notarealdoi": _recorded(samples / "crossref_work_404.txt"),
        "/works": _recorded(samples / "crossref_cursor_fail.txt"),
    }
    client = ServedClient(table)
    assert crossref.work(client, "10.1371/notarealdoi").state == "not-found"
    assert "cursor" in client.get("crossref", "/works", {"cursor": "thing"}).reason


def test_crossref_bad_number(samples: Path) -> None:
    """A request that Crossref does not understand is a failure, and tried once."""
    client = ServedClient({"/journals": _recorded(samples / "crossref_limit_fail.txt")})
    answer = client.get("crossref", "/journals", {"rows": "things"})
    assert (answer.state, answer.status, client.counts["requests"]) == ("failed", 400, 1)


def test_doi_org_sends_on(samples: Path) -> None:
    """doi.org sends on to Crossref with a page of HTML; a page for an unknown DOI is no work."""
    doi = "10.1126/science.169.3946.635"
    csl = {"DOI": doi, "title": "The Structure of Ordinary Water", "type": "article-journal"}
    path = "/works/10.1126%2Fscience.169.3946.635/transform"
    client = ServedClient({path: csl})
    sent = _recorded(samples / "conneg_warn.txt").headers["location"]
    assert sent == f"https://api.crossref.org/v1{path}"
    there = client._addresses["crossref"] + path
    client.table |= {
        f"/doiRA/{doi}": [{"DOI": doi, "RA": "Crossref"}],
        f"/{doi}": _recorded(samples / "conneg_warn.txt", location=there),
        "/10.1126/foo": _recorded(samples / "conneg_bad.txt"),
        "/doiRA/10.1126/foo": [{"DOI": "10.1126/foo", "RA": "Crossref"}],
    }
    assert agencies.work(client, doi).data.title == csl["title"]
    assert agencies.work(client, "10.1126/foo").state == "not-found"


def test_datacite(samples: Path) -> None:
    """A data set of DataCite."""
    item = json.loads((samples / "datacite_dois.json").read_text(encoding="utf-8"))
    doi = item["attributes"]["doi"]
    client = ServedClient({f"/dois/{doi}": {"data": item}, "/dois": {"data": [item]}})
    record = datacite.work(client, doi).data
    assert (record.doi, record.publication_year) == (doi, item["attributes"]["publicationYear"])
    assert record.title
    assert [one.doi for one in datacite.find(client, "anything").data] == [doi]


def test_ror(samples: Path) -> None:
    """An organisation of ROR's second schema, in the place where a search has it."""
    held = json.loads((samples / "ror_v2_es.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = held["hits"]["hits"][0]["_source"]
    items = [{"organization": found, "score": 1.0, "chosen": True}]
    organisation = ror.match_affiliation(ServedClient({"/organizations": {"items": items}}), "x")
    assert organisation.data.ror == found["id"]
    assert organisation.data.name
    assert organisation.data.country_code


def test_semantic_scholar(samples: Path) -> None:
    """A paper, a batch of papers in their order, and an unknown one."""
    doi = "10.1093/mind/lix.236.433"
    table = {
        f"/paper/DOI:{doi}": _recorded(samples / "s2_paper.txt"),
        "/paper/batch": _recorded(samples / "s2_batch.txt"),
        "/paper/DOI:10.1000/x": _recorded(samples / "s2_404.txt"),
    }
    client = ServedClient(table)
    assert semantic_scholar.work(client, doi).data.title == "Computing Machinery and Intelligence"
    assert semantic_scholar.work(client, "10.1000/x").state == "not-found"
    batch = json.loads(table["/paper/batch"].body)
    dois = [f"10.1000/{n}" for n in range(len(batch))]
    answers = semantic_scholar.works(client, dois)
    assert [len(answer.data.people) for answer in answers.values()] == [
        len(paper["authors"]) for paper in batch
    ]
