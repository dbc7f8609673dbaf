"""Reflib JSON, the neutral form of the Reflib tools."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.readers import endnote_types, zotero_types
from nqp_biblio.readers.html_tags import without_tags
from nqp_biblio.readers.json_works import read_works
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.tagged_works import (
    add_people,
    clean_abstract,
    take_date,
    take_numbers,
    take_serial_numbers,
)
from nqp_biblio.record import Problem, Record
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.numbers import parse_pages
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_NUMBER = re.compile(r"\"recNumber\"\s*:")
_SIGNS = re.compile(r"\"(?:titleSecondary|researchNotes|databaseProvider|custom[1-7])\"\s*:")
_AUTHORS = re.compile(r"\"authors\"\s*:\s*\[\s*\"")
_LIST_START = re.compile(r"\A\s*\[")
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LINE = re.compile(r"[\r\n]+")
_PLAIN = {
    "recNumber": "key",
    "title": "title",
    "journal": "source_raw",
    "titleSecondary": "source_raw",
    "volume": "volume",
    "number": "issue",
    "edition": "edition",
    "section": "article_number",
    "publisher": "publisher",
    "city": "publisher_place",
}
_JOURNALS = frozenset(("article-journal", "article-magazine", "article-newspaper"))


def _matches(source: Source) -> float:
    """Score a source: JSON with Reflib's names."""
    head = source.head.lstrip()
    if not head.startswith(("[", "{")) or '"itemType"' in head:
        return 0.0
    if _NUMBER.search(head) and _AUTHORS.search(head):
        return 0.95
    return 0.85 if _AUTHORS.search(head) and _SIGNS.search(head) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each reference, in the order of the file."""
    return read_works(source, _record, unwrap=_unwrap, list_start=_LIST_START)


def _unwrap(_file: str, line: int, value: object) -> Iterator[tuple[int | None, Any]]:
    """Yield a reference."""
    yield line, value


def _record(file: str, line: int | None, item: dict[str, Any]) -> Record:
    """Make a record of a reference."""
    record = Record(file=file, line=line, format="reflib-json")
    left = dict(item)
    _take_type(record, left)
    for name, attribute in _PLAIN.items():
        is_free = getattr(record, attribute) is None
        if (
            is_free
            and (name != "section" or record.type in _JOURNALS)
            and (text := _pop(left, name))
        ):
            setattr(record, attribute, without_tags(text))
    add_people(record, _lines(left.pop("authors", None)), "author")
    add_people(record, _lines(left.pop("editors", None)), "editor")
    pages = _pop(left, "pages")
    record.pages_raw, record.pages = pages or None, parse_pages(pages)
    reason, dates = take_date(
        record, _lines(left.pop("year", None)), _lines(left.pop("date", None))
    )
    left["date"] = dates
    left["doi"] = take_numbers(record, _lines(left.pop("doi", None)))
    left["isbn"] = take_serial_numbers(record, _numbers(left.pop("isbn", None)))
    _take_lists(record, left)
    record.fields += [(name, text) for name, value in left.items() for text in _kept(value)]
    if reason:
        raw = json.dumps(item, ensure_ascii=False)
        record.problems.append(Problem(file, line, raw, reason))
    return record


def _take_type(record: Record, left: dict[str, Any]) -> None:
    """Read the kind of work, in the words of EndNote without blanks."""
    kind = _pop(left, "type")
    words = _WORD.sub(" ", kind).casefold()
    record.type = endnote_types.type_of(words) if kind else None
    record.type = record.type or zotero_types.type_of(kind)
    if record.type is None:
        record.type = "document"
        left["type"] = kind


def _pop(left: dict[str, Any], name: str) -> str:
    """Take a text or a number; anything else stays."""
    value = left.get(name)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    left.pop(name)
    return clean_text(str(value))


def _lines(value: object) -> list[str]:
    """Return the texts of a list, or the lines of a text."""
    values = value if isinstance(value, list) else [value]
    texts = [str(one) for one in values if isinstance(one, (str, int, float))]
    return [text for one in texts for piece in _LINE.split(one) if (text := clean_text(piece))]


def _numbers(value: object) -> list[str]:
    """Return ISSN or ISBN, each once, without the word behind it."""
    texts = [text.partition(" (")[0] for text in _lines(value)]
    return list({text.upper(): text for text in texts}.values())


def _kept(value: object) -> list[str]:
    """Turn what no attribute takes into texts."""
    if isinstance(value, (str, list)) and (texts := _lines(value)):
        return [" | ".join(texts)] if isinstance(value, str) else texts
    if value in (None, "", [], {}):
        return []
    return [json.dumps(value, ensure_ascii=False, sort_keys=True)]


def _take_lists(record: Record, left: dict[str, Any]) -> None:
    """Read keywords, addresses, abstract, language and addresses of the web."""
    words = _lines(left.pop("keywords", None)) + _lines(left.pop("tags", None))
    record.keywords = [("author_keyword", word) for word in dict.fromkeys(words)]
    record.affiliations = [
        (text, None) for text in dict.fromkeys(_lines(left.pop("address", None)))
    ]
    record.abstract = clean_abstract(
        [without_tags(text) for text in _lines(left.pop("abstract", None))]
    )
    record.language = language_code(_pop(dict(left), "language"))
    if record.language is not None:
        left.pop("language")
    urls = _lines(left.pop("urls", None)) + _lines(left.pop("url", None))
    record.url = urls[0] if urls else None
    left["urls"] = urls[1:]


FORMAT = Format(
    name="reflib-json",
    title="Reflib JSON",
    suffixes=(".json",),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
