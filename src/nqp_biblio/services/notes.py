"""What services say of a work that no column holds: retractions, licences, topics, institutions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nqp_biblio.record import Record

__all__ = ["NOTES", "notes"]

_RETRACTING = frozenset(("retraction", "withdrawal", "removal", "partial_retraction"))
_OPEN = (
    *("is_oa", "oa_status", "open_access.is_oa", "open_access.oa_status", "open_access.oa_url"),
    *("best_oa.url", "best_oa.license", "best_oa.version", "best_oa.host_type"),
)


def notes(found: Record, what: str, service: str) -> list[tuple[str, str]]:
    """Return what a service says of a work, as rows of ``fields``.

    Parameters
    ----------
    found : Record
        The record of the service.
    what : str
        One of `NOTES`.
    service : str
        Its name, told where it does not name a notice.

    Returns
    -------
    list of (name, value)
        ``retracted_by`` with the DOI of the notice, ``updated_by`` with DOI and kind,
        ``license`` with its address, ``topics``, ``institution`` with its ROR, or what is said
        of open access under the service's own names.

    Examples
    --------
    >>> from nqp_biblio.record import Record
    >>> notice = '[{"DOI": "10.1000/r", "type": "retraction"}]'
    >>> notes(Record(fields=[("updated-by", notice)]), "retractions", "crossref")
    [('retracted_by', '10.1000/r')]
    """
    return list(dict.fromkeys(NOTES[what](found, service)))


def _retractions(found: Record, service: str) -> Iterator[tuple[str, str]]:
    """Yield later notices about a work."""
    for name, value in found.fields:
        if name == "updated-by":
            yield from _notices(value)
        elif name == "is_retracted" and value.casefold() == "true":
            yield "retracted_by", f"a notice that {service} does not name"


def _notices(value: str) -> Iterator[tuple[str, str]]:
    """Yield the notices in Crossref's list of updates."""
    for update in _objects(value):
        if isinstance(update.get("DOI"), str):
            doi, kind = update["DOI"].casefold(), str(update.get("type") or "update")
            if kind.casefold() in _RETRACTING:
                yield "retracted_by", doi
            else:
                yield "updated_by", f"{doi} ({kind})"


def _licences(found: Record, _: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses of licences, each once."""
    for name, value in found.fields:
        if name == "license":
            listed = [one["URL"] for one in _objects(value) if isinstance(one.get("URL"), str)]
            yield from (("license", address) for address in listed)


def _objects(value: str) -> list[dict[str, Any]]:
    """Read the objects of a list in JSON."""
    try:
        read = json.loads(value)
    except (ValueError, RecursionError):
        return []
    return [one for one in (read if isinstance(read, list) else [read]) if isinstance(one, dict)]


def _named(*names: str) -> Callable[[Record, str], Iterator[tuple[str, str]]]:
    """Take the fields of some names as they are."""

    def take(found: Record, _: str) -> Iterator[tuple[str, str]]:
        """Yield them."""
        return (field for field in found.fields if field[0] in names)

    return take


NOTES: dict[str, Callable[[Record, str], Iterator[tuple[str, str]]]] = {
    "retractions": _retractions,
    "licences": _licences,
    "topics": _named("topics", "primary_topic.display_name"),
    "institutions": _named("institution"),
    "open_access": _named(*_OPEN),
}
"""By name what can be noted of a work in ``fields``."""
