"""DataCite: works by DOI, one or many, and by words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nqp_biblio.readers.datacite_json import datacite_work
from nqp_biblio.services.agencies import told_by_form
from nqp_biblio.services.records import as_list, as_work, doi_in_path

if TYPE_CHECKING:
    from nqp_biblio.services.answers import Answer
    from nqp_biblio.services.client import Client

__all__ = ["find", "references", "work"]

_SERVICE = "datacite"
_MOST_ROWS = 1_000
_LONGEST = 1_000
_OPERATORS = str.maketrans(dict.fromkeys('+-=&|><!(){}[]^"~*?:\\/', " "))
"""Signs that its language of queries gives a meaning."""


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
        With a Record as data where found.
    """
    answer = client.get(_SERVICE, f"/dois/{doi_in_path(doi)}")
    return as_work(told_by_form(answer, doi), datacite_work, ["data"])


def find(client: Client, text: str, rows: int = 20) -> Answer:
    """Search for words, and say what came of it.

    Parameters
    ----------
    client : Client
        The door to the web.
    text : str
        Words of the title and names; signs that operate the search are taken away.
    rows : int
        Most candidates, up to 1,000.

    Returns
    -------
    Answer
        With a list of Record as data.
    """
    words = " ".join(text.translate(_OPERATORS).split())[:_LONGEST]
    params = {"query": words, "page[size]": str(min(max(rows, 1), _MOST_ROWS))}
    return as_list(client.get(_SERVICE, "/dois", params), datacite_work, ["data"])


def references(client: Client, doi: str) -> Answer:
    """Ask for the works that a work names as its references."""
    answer = work(client, doi)
    if answer.state != "found":
        return answer
    return replace(answer, data=answer.data.cited_references)
