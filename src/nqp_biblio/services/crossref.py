"""Crossref: works by DOI or by bibliographic string, and their references."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nqp_biblio.readers.crossref_json import crossref_work
from nqp_biblio.services.agencies import told_by_form
from nqp_biblio.services.records import as_list, as_work, doi_in_path

if TYPE_CHECKING:
    from nqp_biblio.services.answers import Answer
    from nqp_biblio.services.client import Client

__all__ = ["find", "references", "work"]

_SERVICE = "crossref"
_MOST_ROWS = 1_000
_LONGEST = 1_000
_SELECTED = (
    "DOI,title,subtitle,author,editor,issued,published,published-print,published-online,"
    "container-title,short-container-title,volume,issue,page,article-number,type,publisher,"
    "publisher-location,ISBN"
)


def work(client: Client, doi: str) -> Answer:
    """Ask for one work.

    Parameters
    ----------
    client : Client
        The door to the web.
    doi : str
        Its DOI.

    Returns
    -------
    Answer
        With a Record as data where found. A DOI that is unknown here and plainly of an agency
        without metadata is ``no-metadata``.
    """
    answer = client.get(_SERVICE, f"/works/{doi_in_path(doi)}")
    return as_work(told_by_form(answer, doi), crossref_work, ["message"])


def find(client: Client, text: str, rows: int = 20) -> Answer:
    """Search for a printed reference, and say what came of it.

    Parameters
    ----------
    client : Client
        The door to the web.
    text : str
        The reference as printed, or its author, title, source and year.
    rows : int
        Most candidates, up to 1,000.

    Returns
    -------
    Answer
        With a list of Record as data, in Crossref's order; that order is no proof.
    """
    params = {
        "query.bibliographic": " ".join(text.split())[:_LONGEST],
        "rows": str(min(max(rows, 1), _MOST_ROWS)),
        "select": _SELECTED,
    }
    answer = client.get(_SERVICE, "/works", params)
    return as_list(answer, crossref_work, ["message", "items"])


def references(client: Client, doi: str) -> Answer:
    """Ask for the references of a work; an empty list where its publisher deposits none."""
    answer = work(client, doi)
    if answer.state != "found":
        return answer
    return replace(answer, data=answer.data.cited_references)
