"""Copac, the British union catalogue: two letters, a hyphen, a blank."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.tagged_works import (
    add_people,
    pop_all,
    pop_first,
    take_date,
    take_language,
)
from nqp_biblio.record import Problem, Record
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_TAGGED = re.compile(r"([A-Z][A-Z0-9])- ?(.*)")
_PUBLISHED = re.compile(r"(?P<place>[^:]{2,200}?) : (?P<publisher>.{2,300})")
_SINGLE = {"SE": "series", "ED": "edition", "AB": "abstract", "UR": "url"}


def _matches(source: Source) -> float:
    """Score a source: a title, and a place of publication or the libraries that hold it."""
    head = source.head
    signs = sum(re.search(rf"(?m)^{tag}- \S", head) is not None for tag in ("TI", "PU", "HL", "PD"))
    return (0.0, 0.2, 0.8, 0.92, 0.95)[signs] if re.search(r"(?m)^TI- \S", head) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each block of tags, in the order of the file."""
    values: dict[str, list[str]] = defaultdict(list)
    n_items, start, tag = 0, 1, ""
    for number, line in enumerate(source.lines(), 1):
        found = _TAGGED.match(line)
        is_next = found is not None and found[1] == "TI" and "TI" in values
        if values and (is_next or not line.strip()):
            yield _record(source.name, start, values)
            values, tag = defaultdict(list), ""
        if found is not None:
            if not values:
                n_items, start = n_items + 1, number
            tag = found[1]
            values[tag].append(found[2])
        elif tag and line.startswith(" "):
            values[tag][-1] += f" {line}"
        elif line.strip():
            n_items += 1
            yield Problem(source.name, number, line, "no tag such as 'TI- ' begins the line")
    if values:
        yield _record(source.name, start, values)
    if not n_items:
        yield Problem(source.name, 1, source.head[:200], "no tag in the file; nothing is read")


def _record(file: str, line: int, lines: dict[str, list[str]]) -> Record:
    """Make a record of the values of its tags."""
    record = Record(file=file, line=line, type="book", format="copac")
    values: dict[str, list[str]] = defaultdict(list)
    for tag, texts in lines.items():
        values[tag] = [text for one in texts if (text := clean_text(one))]
    record.title = pop_first(values, "TI")
    add_people(record, pop_all(values, "AU"), "author")
    published = pop_first(values, "PU")
    if published:
        found = _PUBLISHED.fullmatch(published)
        record.publisher_place = found["place"] if found else None
        record.publisher = found["publisher"] if found else published
    for tag, attribute in _SINGLE.items():
        setattr(record, attribute, pop_first(values, tag))
    reason, left = take_date(record, pop_all(values, "PY"), [])
    values["PY"] = left
    numbers = pop_all(values, "IS")
    for text in numbers:
        attribute = "issn" if re.fullmatch(r"\d{4}-\d{3}[\dXx]", text) else "isbn"
        if getattr(record, attribute) is None:
            setattr(record, attribute, text)
        else:
            values["IS"].append(text)
    words = dict.fromkeys(pop_all(values, "KW"))
    record.keywords = [("index_keyword", word) for word in words]
    values["LA"] = take_language(record, pop_all(values, "LA"))
    record.fields = [(tag, text) for tag, texts in values.items() for text in texts]
    if reason:
        record.problems.append(Problem(file, line, record.year_raw or "", reason))
    return record


FORMAT = Format(
    name="copac",
    title="Copac",
    suffixes=(".txt", ".cpc"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
