"""From the answer of a service to the records in it; what has another shape is a failure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nqp_biblio.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from nqp_biblio.record import Record
    from nqp_biblio.services.answers import Answer

    RecordOf = Callable[[dict[str, Any], str], Record]
    Page = tuple[list[Any] | None, str | None]

__all__ = ["as_list", "as_work", "at", "batches", "by_doi", "doi_in_path", "gather", "text_at"]


def doi_in_path(doi: str) -> str:
    """Quote a DOI for the path of an address; its slash stays where no server can mistake it.

    Examples
    --------
    >>> doi_in_path("10.1000/a#b"), doi_in_path("10.1000/../b")
    ('10.1000/a%23b', '10.1000%2F..%2Fb')
    """
    is_plain = "//" not in doi and "/." not in doi
    return quote(doi, safe="/" if is_plain else "", errors="replace")


def at(data: object, *names: str) -> Any:  # noqa: ANN401  any JSON
    """Walk into objects by name; None where the way ends."""
    for name in names:
        data = data.get(name) if isinstance(data, dict) else None
    return data


def text_at(data: object, *names: str) -> str | None:
    """Walk into objects to a text or whole number; None where there is none."""
    value = at(data, *names)
    if isinstance(value, str):
        return " ".join(value.split()) or None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def batches(items: Iterable[str], size: int) -> Iterator[list[str]]:
    """Yield the items, each once, in lists of at most a size."""
    unique = list(dict.fromkeys(items))
    for start in range(0, len(unique), size):
        yield unique[start : start + size]


def as_work(answer: Answer, record_of: RecordOf, names: Sequence[str] = ()) -> Answer:
    """Make the one work in an answer a record.

    Parameters
    ----------
    answer : Answer
        What the service said.
    record_of : callable
        From a decoded work and the name of the service to a record.
    names : sequence of str
        The way from the whole answer to the work.

    Returns
    -------
    Answer
        With a Record as data; failed where no work is there; as it is where not found.
    """
    if answer.state != "found":
        return answer
    item = at(answer.data, *names) if names else answer.data
    return _with_record(answer, item, record_of)


def _with_record(answer: Answer, item: object, record_of: RecordOf) -> Answer:
    """Put the record of an item in the place of the data."""
    if not isinstance(item, dict) or not item:
        return _failed(answer, "the answer has no work where one should be")
    try:
        return replace(answer, data=record_of(item, answer.service))
    except (InputError, RecursionError):
        return _failed(answer, "the work in the answer cannot be read")


def as_list(answer: Answer, record_of: RecordOf, names: Sequence[str] = ()) -> Answer:
    """Make the works in an answer records, in their order.

    Parameters
    ----------
    answer : Answer
        What the service said.
    record_of : callable
        From a decoded work and the name of the service to a record.
    names : sequence of str
        The way from the whole answer to the list.

    Returns
    -------
    Answer
        With a list of Record as data; items that are no objects are left out; failed where
        no list is there.
    """
    if answer.state != "found":
        return answer
    items = at(answer.data, *names) if names else answer.data
    if not isinstance(items, list):
        return _failed(answer, "the answer has no list where one should be")
    read = [_with_record(answer, item, record_of) for item in items]
    return replace(answer, data=[one.data for one in read if one.state == "found"])


def gather(
    ask: Callable[[str], Answer],
    page_of: Callable[[Any], Page],
    *,
    first: str,
    limit: int,
) -> Answer:
    """Ask for one page after another.

    Parameters
    ----------
    ask : callable
        From a cursor to the answer with that page.
    page_of : callable
        From the data of an answer to the items, None where they are missing, and the next
        cursor, None at the end.
    first : str
        The cursor of the first page.
    limit : int
        Items after which to stop.

    Returns
    -------
    Answer
        With the list of items as data. Where a page after the first fails, the whole is
        failed: half a list is never taken for the whole.
    """
    items: list[Any] = []
    seen: set[str] = set()
    cursor = first
    while True:
        seen.add(cursor)
        answer = ask(cursor)
        if answer.state != "found":
            return answer
        page, after = page_of(answer.data)
        if page is None:
            return _failed(answer, "the answer has no list where one should be")
        items += page
        if not page or after is None or after in seen or len(items) >= limit:
            return replace(answer, data=items[:limit])
        cursor = after


def by_doi(dois: Iterable[str], answer: Answer, found: Mapping[str, Record]) -> dict[str, Answer]:
    """Share the answer of a batch out to the DOIs that were asked for."""
    if answer.state != "found":
        return dict.fromkeys(dois, answer)
    unknown = replace(answer, state="not-found", data=None, reason="not in the answer")
    return {doi: replace(answer, data=found[doi]) if doi in found else unknown for doi in dois}


def _failed(answer: Answer, reason: str) -> Answer:
    """Turn an answer that cannot be used into a failure."""
    return replace(answer, state="failed", data=None, reason=reason)
