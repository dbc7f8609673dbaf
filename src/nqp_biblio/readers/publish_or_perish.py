"""JSON of Publish or Perish: what it found in Google Scholar and other sources."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers.html_tags import without_tags
from nqp_biblio.readers.json_works import read_works
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.record import Problem, Record
from nqp_biblio.text.identifiers import clean_doi
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.numbers import parse_pages, parse_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_OWN_NAMES = ('"ecc"', '"rank"', '"cites"', '"article_url"', '"cites_url"', '"startpage"', '"use"')
_LEAST, _SURE = 4, 0.95
_NO_LIST = re.compile(r"(?!)")
_TEXT = {
    "uid": "key",
    "title": "title",
    "source": "source_raw",
    "publisher": "publisher",
    "volume": "volume",
    "issue": "issue",
    "issn": "issn",
    "article_url": "url",
    "abstract": "abstract",
}
_TYPES = {"book": "book", "patent": "patent", "thesis": "thesis", "citation": "document"}
_CUT = frozenset(("...", "…"))


def _matches(source: Source) -> float:
    """Score a source: JSON with the names of the program."""
    head = source.head[:20_000].lstrip()
    if not head.startswith(("[", "{")):
        return 0.0
    return _SURE if sum(name in head for name in _OWN_NAMES) >= _LEAST else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each object, in the order of the file."""
    return read_works(source, _record, unwrap=_works, list_start=_NO_LIST)


def _works(_: str, line: int, value: object) -> Iterator[tuple[int | None, Any]]:
    """Yield the value, which is one work."""
    yield line, value


def _record(file: str, line: int | None, item: dict[str, Any]) -> Record:
    """Make a record of an object; a number 0 says nothing there."""
    record = Record(file=file, line=line, format="publish-or-perish")
    left = {name: value for name, value in item.items() if value not in (None, "", 0, [], {})}
    for name, attribute in _TEXT.items():
        if text := _plain(left.get(name)):
            setattr(record, attribute, text)
            left.pop(name)
    kind = _plain(left.get("type")).casefold()
    record.type = _TYPES.get(kind, "document")
    _take_people(record, left.pop("authors", None))
    first, last = _plain(left.pop("startpage", None)), _plain(left.pop("endpage", None))
    record.pages_raw = (f"{first}-{last}" if last and last != first else first) or None
    record.pages = parse_pages(record.pages_raw) if record.pages_raw else []
    record.doi_raw = _plain(left.pop("doi", None)) or None
    record.doi = clean_doi(record.doi_raw) if record.doi_raw else None
    record.year_raw = _plain(left.pop("year", None)) or None
    record.publication_year = parse_year(record.year_raw or "")
    count = item.get("cites")
    if isinstance(count, int) and not isinstance(count, bool) and count >= 0:
        record.cited_by_count = count
        left.pop("cites", None)
    record.fields = [(name, _kept(value)) for name, value in left.items()]
    if record.year_raw and record.publication_year is None:
        raw = json.dumps(item, ensure_ascii=False)[:2_000]
        reason = f"no year in {record.year_raw[:80]!r}; the year is left empty"
        record.problems.append(Problem(file, line, raw, reason))
    return record


def _plain(value: object) -> str:
    """Turn a text or number into text."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return without_tags(str(value))


def _kept(value: object) -> str:
    """Turn what no attribute takes into text."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _take_people(record: Record, names: object) -> None:
    """Read the authors; dots at the end stand for more of them."""
    listed = names if isinstance(names, list) else [names] if names else []
    for name in map(_plain, listed):
        if name in _CUT:
            record.et_al = True
        elif name:
            record.people.append(parse_person(name.rstrip("…. ") if name.endswith("…") else name))


FORMAT = Format(
    name="publish-or-perish",
    title="Publish or Perish JSON",
    suffixes=(".json",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
