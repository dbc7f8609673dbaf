"""Unpaywall: where the text of a DOI is open, and under which licence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.record import Person, Record
from nqp_biblio.services.records import as_work, at, doi_in_path, text_at
from nqp_biblio.text.identifiers import clean_doi, clean_orcid
from nqp_biblio.text.numbers import parse_date, parse_year
from nqp_biblio.text.unicode import clean_text, strip_markup

if TYPE_CHECKING:
    from nqp_biblio.services.answers import Answer
    from nqp_biblio.services.client import Client

__all__ = ["work"]

_SERVICE = "unpaywall"
_TYPES = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "book-chapter": "chapter",
    "book": "book",
    "monograph": "book",
    "dissertation": "thesis",
    "report": "report",
    "dataset": "dataset",
    "posted-content": "article",
}
_OF_BEST = ("url", "url_for_pdf", "license", "version", "host_type")
_DAY = len("2001-01-01")


def work(client: Client, doi: str) -> Answer:
    """Ask for one work; the client must have an address of e-mail.

    Parameters
    ----------
    client : Client
        The door to the web.
    doi : str
        Its DOI.

    Returns
    -------
    Answer
        With a Record as data where found: the few parts that Unpaywall has, and ``is_oa``,
        ``oa_status`` and the best place (``best_oa.url``, ``best_oa.license``, …) in its fields.
    """
    return as_work(client.get(_SERVICE, f"/{doi_in_path(doi)}"), _record)


def _record(item: dict[str, Any], file: str) -> Record:
    """Make a record of one answer."""
    record = Record(file=file, format="unpaywall")
    title = text_at(item, "title")
    record.title = clean_text(strip_markup(title)) if title else None
    record.doi_raw = text_at(item, "doi")
    record.doi = clean_doi(record.doi_raw or "")
    record.type = _TYPES.get(text_at(item, "genre") or "", "document")
    record.source_raw = text_at(item, "journal_name")
    record.issn = text_at(item, "journal_issn_l")
    record.publisher = text_at(item, "publisher")
    record.year_raw = text_at(item, "year")
    record.publication_year = parse_year(record.year_raw or "")
    date = parse_date(text_at(item, "published_date") or "")
    record.publication_date = date if date and len(date) == _DAY else None
    people = item.get("z_authors")
    found = map(_person, people if isinstance(people, list) else [])
    record.people = [person for person in found if person]
    record.fields = _open_fields(item)
    return record


def _person(author: object) -> Person | None:
    """Read one author, whose name newer answers give whole."""
    family, given = text_at(author, "family"), text_at(author, "given")
    raw = text_at(author, "raw_author_name") or text_at(author, "name")
    orcid = clean_orcid(text_at(author, "ORCID") or "")
    if family:
        return Person(
            family, given, raw=raw or ", ".join(filter(None, (family, given))), orcid=orcid
        )
    if not raw:
        return None
    from nqp_biblio.text.names import parse_person

    person = parse_person(raw)
    person.orcid = orcid
    return person


def _open_fields(item: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what is said of open access; a missing answer is none, and not "closed"."""
    is_open = item.get("is_oa")
    fields = [("is_oa", str(is_open).lower())] if isinstance(is_open, bool) else []
    if status := text_at(item, "oa_status"):
        fields.append(("oa_status", status))
    best = at(item, "best_oa_location")
    fields += [(f"best_oa.{name}", text) for name in _OF_BEST if (text := text_at(best, name))]
    return fields
