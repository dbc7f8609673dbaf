"""The works that a work cites, and those that cite it, as records, from several services."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nqp_biblio.record import Person, Record
from nqp_biblio.services import crossref, openalex, opencitations

if TYPE_CHECKING:
    from collections.abc import Callable

    from nqp_biblio.record import CitedReference
    from nqp_biblio.services.client import Answer, Client

__all__ = ["LINKING", "Linked", "ask_linked"]

LINKING = {
    "crossref": ("references",),
    "openalex": ("references", "citing"),
    "opencitations": ("references", "citing"),
}
"""Services that know who cites whom, and which ways they can be asked."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Works on the other end of citations.

    Attributes
    ----------
    key : str or None
        What the service calls the work that was asked for.
    works : list of Record
        In an order of their own: by DOI or key.
    """

    key: str | None
    works: list[Record]


def ask_linked(client: Client, service: str, doi: str, *, way: str, limit: int) -> Answer:
    """Ask for the works that a work cites (``references``) or is cited by (``citing``).

    Parameters
    ----------
    client : Client
        The door to the web.
    service : str
        One of `LINKING`.
    doi : str
        DOI of the work.
    way : {"references", "citing"}
        Which end of the citations.
    limit : int
        Most citing works to ask for.

    Returns
    -------
    Answer
        With a Linked as data where found.
    """
    answer = _ASKERS[service](client, doi, way, limit)
    if answer.state != "found":
        return answer
    return replace(answer, data=Linked(answer.data.key, sorted(answer.data.works, key=_order)))


def _order(record: Record) -> tuple[str, str, str]:
    """Order works by what names them."""
    return record.doi or "", record.key or "", record.title or ""


def _of_openalex(client: Client, doi: str, way: str, limit: int) -> Answer:
    """Ask OpenAlex, which gives whole works."""
    asked = openalex.work(client, doi)
    if asked.state != "found":
        return asked
    if way == "references":
        answer = openalex.references(client, doi)
    else:
        answer = openalex.citing(client, doi, limit)
    if answer.state != "found":
        return answer
    return replace(answer, data=Linked(asked.data.key, answer.data), date=answer.date or asked.date)


def _of_opencitations(client: Client, doi: str, way: str, _: int) -> Answer:
    """Ask OpenCitations who cites whom, then for the works; one it cannot tell has its DOI."""
    if way == "references":
        answer = opencitations.references(client, doi)
    else:
        answer = opencitations.citing(client, doi)
    if answer.state != "found":
        return answer
    ends = [one.cited if way == "references" else one.citing for one in answer.data]
    dois = list(dict.fromkeys(end["doi"] for end in ends if "doi" in end))
    told = opencitations.works(client, dois)
    works = [
        told[one].data if told[one].state == "found" else _bare(one, "opencitations")
        for one in dois
    ]
    return replace(answer, data=Linked(None, works))


def _of_crossref(client: Client, doi: str, _: str, __: int) -> Answer:
    """Ask Crossref for the references of a work, then for each that has a DOI."""
    answer = crossref.references(client, doi)
    if answer.state != "found":
        return answer
    cited = {one.doi: one for one in answer.data if one.doi}
    told = {one: crossref.work(client, one) for one in cited}
    works = [
        told[one].data if told[one].state == "found" else _of_reference(cited[one]) for one in cited
    ]
    return replace(answer, data=Linked(None, works))


def _bare(doi: str, service: str) -> Record:
    """Make a record of nothing but a DOI."""
    return Record(type="document", doi=doi, file=service, format=service)


def _of_reference(cited: CitedReference) -> Record:
    """Make a record of what a reference says of its work."""
    record = _bare(cited.doi or "", "crossref")
    record.title, record.source_raw, record.volume = cited.title, cited.source_raw, cited.volume
    record.publication_year, record.raw = cited.publication_year, cited.raw
    if cited.first_author:
        record.people = [Person(literal=cited.first_author, raw=cited.first_author)]
        record.et_al = True
    return record


_ASKERS: dict[str, Callable[[Client, str, str, int], Answer]] = {
    "crossref": _of_crossref,
    "openalex": _of_openalex,
    "opencitations": _of_opencitations,
}
