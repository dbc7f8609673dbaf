"""OpenAlex: works by DOI, one or a hundred at a time, by words, and the works that cite one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.openalex_json import openalex_work
from nqp_biblio.services.records import (
    as_list,
    as_work,
    at,
    batches,
    by_doi,
    doi_in_path,
    gather,
    text_at,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nqp_biblio.record import Record
    from nqp_biblio.services.answers import Answer
    from nqp_biblio.services.client import Client

__all__ = ["citing", "find", "references", "work", "works", "works_by_id"]

_SERVICE = "openalex"
_BATCH = 100
_LONGEST = 1_000
_OPERATORS = str.maketrans(dict.fromkeys('|,!"()*?~:', " "))


def work(client: Client, doi: str) -> Answer:
    """Ask for one work by its DOI, which costs nothing.

    Parameters
    ----------
    client : Client
        The door to the web.
    doi : str
        Its DOI.

    Returns
    -------
    Answer
        With a Record as data where found; its key is the number that OpenAlex gives it.
    """
    answer = client.get(_SERVICE, f"/works/doi:{doi_in_path(doi)}")
    return as_work(answer, _record)


def works(client: Client, dois: Iterable[str]) -> dict[str, Answer]:
    """Ask for works by their DOIs, a hundred at a time.

    Parameters
    ----------
    client : Client
        The door to the web.
    dois : iterable of str
        The DOIs; one with a sign that parts values in a filter is asked for alone.

    Returns
    -------
    dict of str to Answer
        As of `work`, by DOI as given, in the order given. Where OpenAlex has one DOI twice,
        the first is taken.
    """
    given = list(dict.fromkeys(dois))
    alone = [doi for doi in given if "|" in doi or "," in doi]
    answers = {doi: work(client, doi) for doi in alone}
    for batch in batches((doi for doi in given if doi not in answers), _BATCH):
        params = {"filter": "doi:" + "|".join(batch), "per_page": str(_BATCH)}
        answer = as_list(client.get(_SERVICE, "/works", params), _record, ["results"])
        answers |= by_doi(batch, answer, _asked(answer, batch))
    return {doi: answers[doi] for doi in given}


def _asked(answer: Answer, dois: Iterable[str]) -> dict[str, Record]:
    """Find the works that were asked for in a list; others that stand in it are left out."""
    found: dict[str, Record] = {}
    for record in answer.data or [] if answer.state == "found" else []:
        found.setdefault((record.doi or "").lower(), record)
    return {doi: found[doi.lower()] for doi in dois if doi.lower() in found}


def works_by_id(client: Client, ids: Iterable[str]) -> Answer:
    """Ask for works by the numbers that OpenAlex gives them, a hundred at a time.

    Parameters
    ----------
    client : Client
        The door to the web.
    ids : iterable of str
        Such as ``"W2741809807"``, as in the references of a record.

    Returns
    -------
    Answer
        With a list of Record as data, in no order that means anything; the first failure
        where there is one.
    """
    found: list[Record] = []
    answer: Answer | None = None
    for batch in batches(ids, _BATCH):
        params = {"filter": "openalex:" + "|".join(batch), "per_page": str(_BATCH)}
        answer = as_list(client.get(_SERVICE, "/works", params), _record, ["results"])
        if answer.state != "found":
            return answer
        found += answer.data
    if answer is None:
        from nqp_biblio.services.answers import Answer as Made

        return Made(_SERVICE, "found", data=[])
    return replace(answer, data=found)


def references(client: Client, doi: str) -> Answer:
    """Ask for the works that a work cites, as records."""
    answer = work(client, doi)
    if answer.state != "found":
        return answer
    return works_by_id(client, [cited.raw for cited in answer.data.cited_references])


def citing(client: Client, doi: str, limit: int = 1_000) -> Answer:
    """Ask for the works that cite a work.

    Parameters
    ----------
    client : Client
        The door to the web.
    doi : str
        The DOI of the cited work.
    limit : int
        Works after which to stop; a hundred come with one request.

    Returns
    -------
    Answer
        With a list of Record as data.
    """
    cited = work(client, doi)
    if cited.state != "found":
        return cited
    if not cited.data.key:
        return replace(cited, state="failed", data=None, reason="the work has no number")
    params = {"filter": f"cites:{cited.data.key}", "per_page": str(_BATCH)}
    answer = gather(
        lambda cursor: client.get(_SERVICE, "/works", {**params, "cursor": cursor}),
        _page,
        first="*",
        limit=limit,
    )
    return as_list(answer, _record)


def _record(item: dict[str, Any], file: str) -> Record:
    """Make a record of a work, which also names the institutions of its authors by their ROR."""
    record = openalex_work(item, file)
    people = item.get("authorships")
    for one in people if isinstance(people, list) else []:
        found = at(one, "institutions")
        for institution in found if isinstance(found, list) else []:
            parts = (text_at(institution, "ror"), text_at(institution, "display_name"))
            if all(parts):
                record.fields.append(("institution", " ".join(part for part in parts if part)))
    record.fields = list(dict.fromkeys(record.fields))
    return record


def _page(data: Any) -> tuple[list[Any] | None, str | None]:  # noqa: ANN401  any JSON
    """Return the works of a page and the next cursor."""
    items = at(data, "results")
    return (items if isinstance(items, list) else None), text_at(data, "meta", "next_cursor")


def find(client: Client, text: str, rows: int = 20) -> Answer:
    """Search for words, which costs more than anything else here; say what came of it.

    Parameters
    ----------
    client : Client
        The door to the web.
    text : str
        Words of the title, best of all the title alone.
    rows : int
        Most candidates, up to 100.

    Returns
    -------
    Answer
        With a list of Record as data.
    """
    words = " ".join(text.translate(_OPERATORS).split())[:_LONGEST]
    params = {"search": words, "per_page": str(min(max(rows, 1), _BATCH))}
    return as_list(client.get(_SERVICE, "/works", params), _record, ["results"])
