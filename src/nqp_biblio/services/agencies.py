"""Registration agencies of DOIs: which one has a DOI, and metadata through doi.org.

A DOI of CNKI is registered, and yet no machine can read what it stands for: that is
``no-metadata``, and no error. The same holds where an agency sends on to an address without
encryption, as ISTIC was seen to do.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nqp_biblio.readers.csl_json import csl_item
from nqp_biblio.services.records import as_work, batches, doi_in_path, text_at
from nqp_biblio.text.identifiers import clean_doi

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from nqp_biblio.services.answers import Answer
    from nqp_biblio.services.client import Client

__all__ = [
    "WITHOUT_METADATA",
    "agency",
    "agency_of_each",
    "explain_each",
    "known_without_asking",
    "told_by_form",
    "work",
]

_SERVICE = "doi"
_CSL = "application/vnd.citationstyles.csl+json"
_BATCH = 20
WITHOUT_METADATA = {
    "CNKI": "doi.org answers with a web page whatever is asked for",
    "Airiti": "no content negotiation is documented",
}
"""Agencies whose DOIs are registered, and have no metadata that can be had safely."""

_REDIRECTS = (301, 302, 303, 307, 308)
_SENDING_ELSEWHERE = frozenset(("ISTIC", "KISTI"))
"""Agencies that may send on to an address which is not followed, though they have metadata."""

_CNKI = re.compile(r"10\.\d{4,9}/(?:[a-z]\.)?cnki\.", re.IGNORECASE)
_LISTED = ("title", "container-title", "ISSN", "ISBN", "subtitle", "short-title")
_BY_FORM = "CNKI by its form, where no metadata can be read; whether it is registered was not asked"
_UNREGISTERED = ("DOI does not exist", "Invalid DOI")


def known_without_asking(doi: str) -> str | None:
    """Say why a DOI can have no metadata, where its form tells; else None.

    Examples
    --------
    >>> known_without_asking("10.28427/n.cnki.njjsb.2025.000001")
    'CNKI by its form, where no metadata can be read; whether it is registered was not asked'
    >>> known_without_asking("10.1000/182")
    """
    if _CNKI.match(doi):
        return _BY_FORM
    return None


def told_by_form(answer: Answer, doi: str) -> Answer:
    """Call an unknown DOI one without metadata, where its form tells; others stay as they are."""
    reason = known_without_asking(doi) if answer.state == "not-found" else None
    return replace(answer, state="no-metadata", reason=reason) if reason else answer


def agency(client: Client, doi: str) -> Answer:
    """Ask which agency has registered a DOI.

    Parameters
    ----------
    client : Client
        The door to the web.
    doi : str
        The DOI.

    Returns
    -------
    Answer
        With the name as data, such as ``"Crossref"``, ``"DataCite"``, ``"mEDRA"``, ``"JaLC"``,
        ``"KISTI"``, ``"CNKI"``, ``"ISTIC"``, ``"OP"`` or ``"Airiti"``; not-found where doi.org
        knows no such DOI.
    """
    return agency_of_each(client, [doi])[doi]


def agency_of_each(client: Client, dois: Iterable[str]) -> dict[str, Answer]:
    """Ask which agencies have registered DOIs, twenty at a time.

    Parameters
    ----------
    client : Client
        The door to the web.
    dois : iterable of str
        The DOIs; one with a comma is asked for alone.

    Returns
    -------
    dict of str to Answer
        As of `agency`, by DOI as given.
    """
    given = list(dict.fromkeys(dois))
    alone = [[doi] for doi in given if "," in doi]
    found: dict[str, Answer] = {}
    for batch in [*batches((doi for doi in given if "," not in doi), _BATCH), *alone]:
        path = ",".join(map(doi_in_path, batch))
        answer = client.get(_SERVICE, f"/doiRA/{path}")
        found |= {doi: _named(answer, doi) for doi in batch}
    return {doi: found[doi] for doi in given}


def _named(answer: Answer, doi: str) -> Answer:
    """Find one DOI in an answer of agencies."""
    if answer.state != "found":
        return answer
    rows = answer.data if isinstance(answer.data, list) else [answer.data]
    for row in rows:
        if (text_at(row, "DOI") or "").lower() != doi.lower():
            continue
        if name := text_at(row, "RA"):
            return replace(answer, data=name)
        said = text_at(row, "status") or "no agency named"
        state = "not-found" if said in _UNREGISTERED else "failed"
        return replace(answer, state=state, data=None, reason=said)
    return replace(answer, state="failed", data=None, reason="the answer names another DOI")


def work(client: Client, doi: str) -> Answer:
    """Ask for one work through doi.org, whichever agency has it.

    Parameters
    ----------
    client : Client
        The door to the web.
    doi : str
        Its DOI.

    Returns
    -------
    Answer
        With a Record as data where found; ``no-metadata`` for agencies that have none, whose
        name is in the reason.
    """
    named = agency(client, doi)
    if named.state != "found":
        return named
    if why := _without_metadata(named):
        return why
    answer = client.get(_SERVICE, f"/{doi_in_path(doi)}", accept=_CSL)
    if answer.state == "no-metadata":
        reason = f"{named.data}: registered, no metadata in this form"
        return replace(answer, reason=reason)
    if named.data in _SENDING_ELSEWHERE and answer.status in _REDIRECTS:
        reason = f"{named.data}: registered, no metadata that can be had safely ({answer.reason})"
        return replace(answer, state="no-metadata", reason=reason)
    return as_work(answer, _csl_record)


def explain_each(client: Client, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Say why a service does not know DOIs: another agency has them, or none.

    Parameters
    ----------
    client : Client
        The door to the web.
    answers : mapping of str to Answer
        What the service said, by DOI; doi.org is asked only for those ``not-found``, twenty
        at a time.

    Returns
    -------
    dict of str to Answer
        ``no-metadata`` where the agency has none, else the same answer with the agency in its
        reason; as it was where doi.org does not answer.
    """
    unknown = [doi for doi, answer in answers.items() if answer.state == "not-found"]
    named = agency_of_each(client, unknown)
    return {
        doi: _explained(answer, named[doi]) if doi in named else answer
        for doi, answer in answers.items()
    }


def _explained(answer: Answer, named: Answer) -> Answer:
    """Say of a DOI that is not known whose it is."""
    if named.state == "not-found":
        return replace(answer, reason="no agency has registered it")
    if named.state != "found":
        return answer
    why = _without_metadata(named)
    if why is not None:
        return replace(why, service=answer.service)
    return replace(answer, reason=f"registered with {named.data}; not known to {answer.service}")


def _without_metadata(named: Answer) -> Answer | None:
    """Make the answer for an agency that has no metadata; None for the others."""
    if named.data not in WITHOUT_METADATA:
        return None
    why = WITHOUT_METADATA[named.data]
    reason = f"{named.data}: registered, no machine-readable metadata ({why})"
    return replace(named, state="no-metadata", data=None, reason=reason)


def _csl_record(item: dict[str, Any], file: str) -> Any:  # noqa: ANN401
    """Make a record of CSL-JSON as Crossref writes it, with texts in lists here and there."""
    plain = {
        name: value[0] if name in _LISTED and isinstance(value, list) and value else value
        for name, value in item.items()
    }
    record = csl_item(plain, file)
    record.doi = record.doi or clean_doi(text_at(plain, "DOI") or "")
    return record
