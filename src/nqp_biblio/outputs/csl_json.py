"""Works as CSL-JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nqp_biblio.outputs.keys import citation_keys
from nqp_biblio.outputs.printed_numbers import printed_doi

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nqp_biblio.record import Person, Record

__all__ = ["format_csl_json"]

_VARIABLES = {
    "ISBN": "isbn",
    "ISSN": "issn",
    "PMID": "pmid",
    "URL": "url",
    "abstract": "abstract",
    "collection-title": "series",
    "container-title": "source_name",
    "edition": "edition",
    "event-title": "event",
    "genre": "genre",
    "issue": "issue",
    "language": "language",
    "publisher": "publisher",
    "publisher-place": "publisher_place",
    "title": "title",
    "volume": "volume",
}
_OWN = ("raw", "volume_raw", "confidence", "arxiv_id", "cited_by_count")
_JOURNALS = frozenset({"article-journal", "article-magazine", "article-newspaper"})
_PARTICLES = "non-dropping-particle"


def format_csl_json(records: Iterable[Record]) -> str:
    """Write works as CSL-JSON 1.0.2.

    Parameters
    ----------
    records : iterable of Record
        The works, in order.

    Returns
    -------
    str
        An array of items with sorted names. What CSL has no variable for stands under
        ``custom``: the reference as printed, its ranges of pages, whether the list of
        authors is cut, and so on.

    Examples
    --------
    >>> from nqp_biblio.record import Record
    >>> print(format_csl_json([Record(key="a", type="book", title="T")]), end="")
    [
      {
        "id": "a",
        "title": "T",
        "type": "book"
      }
    ]
    """
    items = [_item(key, record) for key, record in citation_keys(records)]
    text = json.dumps(items, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return text + "\n"


def _item(key: str, record: Record) -> dict[str, Any]:
    """Return one item."""
    item: dict[str, Any] = {"id": key, "type": record.type or "document"}
    for variable, attribute in _VARIABLES.items():
        if (value := getattr(record, attribute)) is not None:
            item[variable] = value
    item |= _numbers(record)
    for role in ("author", "editor", "translator"):
        if people := record.people_of(role):
            item[role] = [_name(person) for person in people]
    if (parts := _date_parts(record)) is not None:
        item["issued"] = {"date-parts": [parts]}
    if pages := ", ".join(a if a == b else f"{a}-{b}" for a, b in record.pages) or record.pages_raw:
        item["page"] = pages
    words = [word for kind, word in record.keywords if kind == "author_keyword"]
    if words:
        item["keyword"] = "; ".join(words) + (";" if len(words) == 1 and "," in words[0] else "")
    if custom := _custom(key, record):
        item["custom"] = custom
    return item


def _numbers(record: Record) -> dict[str, str]:
    """Return the DOI, and the number of an article."""
    found = {}
    if record.article_number and record.type in _JOURNALS:
        found["number"] = record.article_number
    if doi := printed_doi(record):
        found["DOI"] = doi
    return found


def _name(person: Person) -> dict[str, str]:
    """Return one name in its parts."""
    parts = {
        "family": person.family,
        "given": person.given,
        _PARTICLES: person.particle,
        "suffix": person.suffix,
        "literal": person.literal,
    }
    return {name: value for name, value in parts.items() if value is not None}


def _date_parts(record: Record) -> list[int] | None:
    """Return year, month and day as far as known."""
    if record.publication_year is None:
        return None
    date = (record.publication_date or "").split("-")
    if date[0] != f"{record.publication_year:04d}":
        return [record.publication_year]
    return [int(part) for part in date]


def _custom(key: str, record: Record) -> dict[str, Any]:
    """Return what CSL has no variable for."""
    found: dict[str, Any] = {name: getattr(record, name) for name in _OWN}
    found["key"] = record.key if record.key != key else None
    found["article_number"] = record.article_number if record.type not in _JOURNALS else None
    found["role"] = record.role if record.role != "record" else None
    is_plain = record.year_raw == str(record.publication_year)
    found["year_raw"] = None if is_plain else record.year_raw
    found["et_al"] = record.et_al or None
    found["pages"] = [list(pair) for pair in record.pages]
    found["affiliations"] = [list(pair) for pair in record.affiliations]
    found["index_keywords"] = [word for kind, word in record.keywords if kind == "index_keyword"]
    found["references"] = [cited.raw for cited in record.cited_references]
    found["orcids"] = [
        [at, person.orcid]
        for at, person in enumerate(record.people_of("author"), 1)
        if person.orcid
    ]
    found["fields"] = [list(pair) for pair in record.fields]
    return {name: value for name, value in found.items() if value is not None and value != []}
