"""Lists of references in Crossref's XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.readers.xml_door import flat_text, text_at, text_of
from nqp_biblio.record import CitedReference
from nqp_biblio.text.identifiers import clean_doi
from nqp_biblio.text.numbers import parse_year

if TYPE_CHECKING:
    from lxml.etree import _Element

    from nqp_biblio.record import Record

__all__ = ["take_citations"]

_ORDER = (
    "author",
    "cYear",
    "article_title",
    "volume_title",
    "series_title",
    "journal_title",
    "edition_number",
    "volume",
    "issue",
    "first_page",
    "elocation_id",
    "isbn",
    "doi",
)


def take_citations(record: Record, item: _Element) -> None:
    """Read the list of references of a work.

    Parameters
    ----------
    record : Record
        The record that takes the references, each as printed or put together of its parts.
    item : element
        The element of the work.
    """
    for citation in item.iterfind("{*}citation_list/{*}citation"):
        reference = _reference(citation)
        if reference is not None:
            record.cited_references.append(reference)


def _reference(citation: _Element) -> CitedReference | None:
    """Read one reference."""
    parts = {name: text_at(citation, f"{{*}}{name}") for name in _ORDER}
    printed = citation.find("{*}unstructured_citation")
    whole = text_of(printed)
    together = ", ".join(text for text in parts.values() if text)
    raw = whole or together or flat_text(citation) or citation.get("key", "")
    if not raw:
        return None
    return CitedReference(
        raw=raw,
        label=citation.get("key") or None,
        first_author=parts["author"] or None,
        publication_year=parse_year(parts["cYear"]),
        title=parts["article_title"] or parts["volume_title"] or None,
        source_raw=parts["journal_title"] or parts["series_title"] or None,
        volume=parts["volume"] or None,
        first_page=parts["first_page"] or None,
        doi=clean_doi(parts["doi"]) if parts["doi"] else None,
    )
