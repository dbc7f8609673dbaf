"""OpenCitations: who cites a DOI and what it cites (Index), and works by DOI (Meta)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nqp_biblio.readers.opencitations import meta_work
from nqp_biblio.services.records import as_list, batches, by_doi, doi_in_path, text_at
from nqp_biblio.text.identifiers import clean_doi

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nqp_biblio.services.answers import Answer
    from nqp_biblio.services.client import Client

__all__ = ["Citation", "citing", "references", "work", "works"]

_INDEX, _META = "opencitations", "opencitations_meta"
_BATCH = 10
"""Meta breaks at fifteen."""

_ID = re.compile(r"([a-z]{2,12}):(\S{1,400})")


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation of the Index.

    Attributes
    ----------
    citing, cited : dict of str to str
        The ids of the two works by scheme: ``omid``, ``doi``, ``pmid``, …
    creation : str or None
        When the citing work came out, as precise as known.
    is_self : bool
        Whether the two share an author.
    """

    citing: Mapping[str, str]
    cited: Mapping[str, str]
    creation: str | None
    is_self: bool


def citing(client: Client, doi: str) -> Answer:
    """Ask for the citations of a work.

    Parameters
    ----------
    client : Client
        The door to the web.
    doi : str
        The DOI of the cited work.

    Returns
    -------
    Answer
        With a list of Citation as data. An empty list means that no citation is known, be it
        that there is none or that the DOI is unknown: the Index does not say which.
    """
    return _citations(client, doi, "citations")


def references(client: Client, doi: str) -> Answer:
    """Ask for what a work cites; as `citing`, the other way round."""
    return _citations(client, doi, "references")


def _citations(client: Client, doi: str, operation: str) -> Answer:
    """Ask for citations one way or the other."""
    answer = client.get(_INDEX, f"/{operation}/doi:{doi_in_path(doi)}")
    if answer.state != "found":
        return answer
    if not isinstance(answer.data, list):
        reason = "the answer has no list where one should be"
        return replace(answer, state="failed", data=None, reason=reason)
    read = [_citation(row) for row in answer.data]
    return replace(answer, data=[one for one in read if one.citing and one.cited])


def _citation(row: object) -> Citation:
    """Read one row."""
    return Citation(
        citing=_ids(text_at(row, "citing")),
        cited=_ids(text_at(row, "cited")),
        creation=text_at(row, "creation"),
        is_self=text_at(row, "author_sc") == "yes",
    )


def _ids(printed: str | None) -> dict[str, str]:
    """Read ids with their schemes, the first of each."""
    ids: dict[str, str] = {}
    for scheme, value in _ID.findall(printed or ""):
        ids.setdefault(scheme, (clean_doi(value) or value) if scheme == "doi" else value)
    return ids


def work(client: Client, doi: str) -> Answer:
    """Ask for one work; with a Record as data where found."""
    return works(client, [doi])[doi]


def works(client: Client, dois: Iterable[str]) -> dict[str, Answer]:
    """Ask for works by their DOIs, ten at a time.

    Parameters
    ----------
    client : Client
        The door to the web.
    dois : iterable of str
        The DOIs.

    Returns
    -------
    dict of str to Answer
        With a Record as data where found, by DOI as given, in the order given.
    """
    answers: dict[str, Answer] = {}
    for batch in batches(dois, _BATCH):
        path = "__".join(f"doi:{doi_in_path(doi)}" for doi in batch)
        answer = as_list(client.get(_META, f"/metadata/{path}"), meta_work)
        records = answer.data if answer.state == "found" else []
        found = {record.doi.lower(): record for record in records if record.doi}
        asked = {doi: found[doi.lower()] for doi in batch if doi.lower() in found}
        answers |= by_doi(batch, answer, asked)
    return answers
