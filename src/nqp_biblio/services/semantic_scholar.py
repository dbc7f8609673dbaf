"""Semantic Scholar: papers by DOI, one or many, by words, and what cites or is cited."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.semantic_scholar import semantic_scholar_paper
from nqp_biblio.services.records import as_list, as_work, at, batches, doi_in_path, gather, text_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nqp_biblio.services.answers import Answer
    from nqp_biblio.services.client import Client

__all__ = ["citing", "find", "references", "work", "works"]

_SERVICE = "semantic_scholar"
_FIELDS = (
    "paperId,corpusId,externalIds,title,abstract,venue,publicationVenue,year,publicationDate,"
    "publicationTypes,journal,authors,citationCount,referenceCount,isOpenAccess,openAccessPdf,"
    "fieldsOfStudy"
)
_OF_LINKS = "paperId,externalIds,title,venue,year,journal,authors"
_BATCH, _PAGE, _MOST_ROWS = 500, 1_000, 100
_LONGEST = 300


def work(client: Client, doi: str) -> Answer:
    """Ask for one paper.

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
    answer = client.get(_SERVICE, f"/paper/DOI:{doi_in_path(doi)}", {"fields": _FIELDS})
    return as_work(answer, semantic_scholar_paper)


def works(client: Client, dois: Iterable[str]) -> dict[str, Answer]:
    """Ask for papers by their DOIs, five hundred at a time.

    Parameters
    ----------
    client : Client
        The door to the web.
    dois : iterable of str
        The DOIs.

    Returns
    -------
    dict of str to Answer
        As of `work`, by DOI as given, in the order given; the service answers in that order
        too, with null for what it does not know.
    """
    answers: dict[str, Answer] = {}
    for batch in batches(dois, _BATCH):
        ids = [f"DOI:{doi}" for doi in batch]
        answer = client.post(_SERVICE, "/paper/batch", {"ids": ids}, params={"fields": _FIELDS})
        answers |= {doi: _nth(answer, n, len(batch)) for n, doi in enumerate(batch)}
    return answers


def _nth(answer: Answer, n: int, n_asked: int) -> Answer:
    """Find one paper in the answer of a batch."""
    if answer.state != "found":
        return answer
    if not isinstance(answer.data, list) or len(answer.data) != n_asked:
        reason = "the answer has not one item for each paper"
        return replace(answer, state="failed", data=None, reason=reason)
    if answer.data[n] is None:
        return replace(answer, state="not-found", data=None, reason="not in the answer")
    return as_work(replace(answer, data=answer.data[n]), semantic_scholar_paper)


def references(client: Client, doi: str, limit: int = 1_000) -> Answer:
    """Ask for the papers that a paper cites.

    Parameters
    ----------
    client : Client
        The door to the web.
    doi : str
        The DOI of the citing paper.
    limit : int
        Papers after which to stop.

    Returns
    -------
    Answer
        With a list of Record as data; those without a number of their own have what is known.
    """
    return _links(client, doi, "references", "citedPaper", limit=limit)


def citing(client: Client, doi: str, limit: int = 1_000) -> Answer:
    """Ask for the papers that cite a paper; as `references`, the other way round."""
    return _links(client, doi, "citations", "citingPaper", limit=limit)


def _links(client: Client, doi: str, operation: str, name: str, *, limit: int) -> Answer:
    """Ask for papers that cite or are cited, page by page."""
    path = f"/paper/DOI:{doi_in_path(doi)}/{operation}"
    params = {"fields": _OF_LINKS, "limit": str(min(limit, _PAGE))}
    answer = gather(
        lambda offset: client.get(_SERVICE, path, {**params, "offset": offset}),
        _page,
        first="0",
        limit=limit,
    )
    if answer.state == "found":
        papers = [paper for row in answer.data if (paper := at(row, name))]
        answer = replace(answer, data=papers)
    return as_list(answer, semantic_scholar_paper)


def _page(data: Any) -> tuple[list[Any] | None, str | None]:  # noqa: ANN401  any JSON
    """Return the links of a page and the next offset."""
    items = at(data, "data")
    return (items if isinstance(items, list) else None), text_at(data, "next")


def find(client: Client, text: str, rows: int = 20) -> Answer:
    """Search for words, and say what came of it.

    Parameters
    ----------
    client : Client
        The door to the web.
    text : str
        Words of the title; hyphens become blanks, as the service asks.
    rows : int
        Most candidates, up to 100.

    Returns
    -------
    Answer
        With a list of Record as data.
    """
    params = {
        "query": " ".join(text.replace("-", " ").split())[:_LONGEST],
        "limit": str(min(max(rows, 1), _MOST_ROWS)),
        "fields": _FIELDS,
    }
    answer = client.get(_SERVICE, "/paper/search", params)
    if answer.state == "found" and at(answer.data, "total") == 0:
        return replace(answer, data=[])
    return as_list(answer, semantic_scholar_paper, ["data"])
