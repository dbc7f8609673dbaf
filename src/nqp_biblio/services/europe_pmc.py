"""Europe PMC: works of the life sciences by DOI or words, with references and citing works."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nqp_biblio.record import Person, Record
from nqp_biblio.services.records import as_list, as_work, at, gather, text_at
from nqp_biblio.text.identifiers import clean_doi, clean_orcid
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text, strip_markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.services.answers import Answer
    from nqp_biblio.services.client import Client

__all__ = ["citing", "find", "references", "work"]

_SERVICE = "europe_pmc"
_PAGE, _MOST_ROWS = 1_000, 1_000
_LONGEST = 500
_OPERATORS = str.maketrans(dict.fromkeys('"()[]{}:\\/*?^~+&|!', " "))
_TYPES = (
    ("preprint", "article"),
    ("book chapter", "chapter"),
    ("book", "book"),
    ("journal article", "article-journal"),
    ("research-article", "article-journal"),
    ("review", "article-journal"),
    ("letter", "article-journal"),
    ("editorial", "article-journal"),
)
_KEPT = ("pmcid", "source", "id", "isOpenAccess", "inEPMC", "license", "hasRetraction")


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
        With a Record as data where found: of several with that DOI the one from MEDLINE.
    """
    answer = _ask(client, f'DOI:"{doi.translate(_QUOTES)}"', rows=25)
    if answer.state != "found":
        return answer
    items = [item for item in answer.data if (text_at(item, "doi") or "").lower() == doi.lower()]
    items.sort(key=lambda item: text_at(item, "source") != "MED")
    if not items:
        return replace(answer, state="not-found", data=None, reason="not in the answer")
    return as_work(replace(answer, data=items[0]), _record)


_QUOTES = str.maketrans({'"': " ", "\\": " "})


def _ask(client: Client, query: str, rows: int) -> Answer:
    """Search; with a list of decoded works as data."""
    params = {"query": query, "format": "json", "resultType": "core", "pageSize": str(rows)}
    answer = client.get(_SERVICE, "/search", params)
    if answer.state != "found":
        return answer
    items = at(answer.data, "resultList", "result")
    if not isinstance(items, list):
        reason = "the answer has no list where one should be"
        return replace(answer, state="failed", data=None, reason=reason)
    return replace(answer, data=items)


def find(client: Client, text: str, rows: int = 20) -> Answer:
    """Search for words, and say what came of it.

    Parameters
    ----------
    client : Client
        The door to the web.
    text : str
        Words of title and names; signs that operate the search are taken away.
    rows : int
        Most candidates, up to 1,000.

    Returns
    -------
    Answer
        With a list of Record as data.
    """
    words = " ".join(text.translate(_OPERATORS).split())[:_LONGEST]
    return as_list(_ask(client, words, min(max(rows, 1), _MOST_ROWS)), _record)


def references(client: Client, doi: str, limit: int = 1_000) -> Answer:
    """Ask for the references of a work.

    Parameters
    ----------
    client : Client
        The door to the web.
    doi : str
        The DOI of the citing work.
    limit : int
        References after which to stop.

    Returns
    -------
    Answer
        With a list of Record as data.
    """
    return _links(client, doi, ("references", "referenceList", "reference"), limit)


def citing(client: Client, doi: str, limit: int = 1_000) -> Answer:
    """Ask for the works that cite a work; as `references`, the other way round."""
    return _links(client, doi, ("citations", "citationList", "citation"), limit)


def _links(client: Client, doi: str, names: Sequence[str], limit: int) -> Answer:
    """Ask for works that cite or are cited, page by page."""
    answer = work(client, doi)
    if answer.state != "found":
        return answer
    fields = dict(answer.data.fields)
    source, number = fields.get("source"), fields.get("id")
    if not (source and number):
        return replace(answer, state="failed", data=None, reason="the work has no number")
    path = f"/{source}/{number}/{names[0]}"
    params = {"format": "json", "pageSize": str(_PAGE)}
    pages = gather(
        lambda page: client.get(_SERVICE, path, {**params, "page": page}),
        lambda data: _page(data, names[1:]),
        first="1",
        limit=limit,
    )
    return as_list(pages, _record)


def _page(data: Any, names: Sequence[str]) -> tuple[list[Any] | None, str | None]:  # noqa: ANN401
    """Return the links of a page and the number of the next one, which a full page has."""
    items = at(data, *names)
    if not isinstance(items, list):
        return None, None
    here = text_at(data, "request", "page") or text_at(data, "request", "offSet") or ""
    is_last = len(items) < _PAGE or not here.isdecimal()
    return items, None if is_last else str(int(here) + 1)


def _record(item: dict[str, Any], file: str) -> Record:
    """Make a record of one work, or of one in a list of links, which says less."""
    record = Record(file=file, format="europe-pmc")
    title = text_at(item, "title")
    record.title = clean_text(strip_markup(title)).removesuffix(".") if title else None
    record.key = text_at(item, "id")
    record.pmid = text_at(item, "pmid")
    record.doi_raw = text_at(item, "doi")
    record.doi = clean_doi(record.doi_raw or "")
    record.year_raw = text_at(item, "pubYear")
    record.publication_year = parse_year(record.year_raw or "")
    record.publication_date = parse_date(text_at(item, "firstPublicationDate") or "")
    record.abstract = text_at(item, "abstractText")
    record.language = language_code(text_at(item, "language") or "")
    count = item.get("citedByCount")
    record.cited_by_count = count if type(count) is int else None
    _take_place(record, item)
    _take_people(record, item)
    words = at(item, "keywordList", "keyword")
    listed = words if isinstance(words, list) else []
    record.keywords = [("author_keyword", word) for word in listed if isinstance(word, str)]
    record.type = _type_of(item)
    record.fields = [(name, text) for name in _KEPT if (text := text_at(item, name))]
    return record


def _take_place(record: Record, item: dict[str, Any]) -> None:
    """Read journal, volume, issue and pages, which lists of links have one level up."""
    info = at(item, "journalInfo")
    journal = at(info, "journal")
    record.source_raw = text_at(journal, "title") or text_at(item, "journalAbbreviation")
    record.source_raw = record.source_raw or text_at(item, "journalTitle")
    record.issn = text_at(journal, "issn") or text_at(journal, "essn")
    record.volume = text_at(info, "volume") or text_at(item, "volume")
    record.issue = text_at(info, "issue") or text_at(item, "issue")
    record.pages_raw = text_at(item, "pageInfo")
    record.pages = parse_pages(record.pages_raw) if record.pages_raw else []
    record.publisher = text_at(item, "bookOrReportDetails", "publisher")


def _take_people(record: Record, item: dict[str, Any]) -> None:
    """Read the authors, else their names on one line."""
    authors = at(item, "authorList", "author")
    for author in authors if isinstance(authors, list) else []:
        family = text_at(author, "lastName")
        group = text_at(author, "collectiveName") or text_at(author, "fullName")
        if family is None and group is None:
            continue
        given = text_at(author, "firstName") or text_at(author, "initials")
        orcid = clean_orcid(text_at(author, "authorId", "value") or "")
        literal = None if family else group
        raw = text_at(author, "fullName") or group
        record.people.append(Person(family, given, literal=literal, raw=raw, orcid=orcid))
    line = text_at(item, "authorString")
    if not record.people and line:
        from nqp_biblio.text.names import parse_people

        record.people, record.et_al = parse_people(line.removesuffix("."))


def _type_of(item: dict[str, Any]) -> str:
    """Return the kind of a work in CSL's words."""
    kinds = at(item, "pubTypeList", "pubType")
    said = (
        " ".join(kind.lower() for kind in kinds if isinstance(kind, str))
        if isinstance(kinds, list)
        else (text_at(item, "pubType") or "").lower()
    )
    return next((csl for word, csl in _TYPES if word in said), "document")
