"""Plain text: papers and reference lists, and lists with one reference a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.cited_lists import read_printed
from nqp_biblio.readers.foreign import foreign_kind
from nqp_biblio.readers.headings import is_list_heading, list_heading_end
from nqp_biblio.readers.lines import lines_of
from nqp_biblio.readers.paper import read_text
from nqp_biblio.readers.reference_split import split_lines
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.traits import has_traits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source
    from nqp_biblio.record import Problem, Record

__all__ = ["TEXT", "read_lines"]

_MARKED_UP = re.compile(r"\s*(?:<[?!a-zA-Z]|\{|\[\s*[{\"\]]|@\w{3,20}\s*[{(]|%PDF|%[0AT]\s)")
_LIKELY, _POSSIBLE, _HARDLY = 0.5, 0.3, 0.1
_LINES = 40


def _matches(source: Source) -> float:
    """Score any text that no other format would claim; more with a list in it."""
    head = source.head
    if not head or _MARKED_UP.match(head) or foreign_kind(head):
        return 0.0
    lines = [*head.split("\n"), *source.tail.split("\n")]
    if any(is_list_heading(line) or list_heading_end(line) for line in lines):
        return _LIKELY
    printed = [line for line in lines[: 4 * _LINES] if line.strip()][:_LINES]
    listed = sum(has_traits(line) for line in printed)
    return _POSSIBLE if listed * 3 >= len(printed) else _HARDLY


def _records(source: Source) -> Iterator[Record | Problem]:
    """Read a paper or a list."""
    return read_text(source.text, file=source.name)


def read_lines(source: Source) -> Iterator[Record | Problem]:
    """Read every line that is not blank as one reference."""
    split = split_lines(lines_of(source.text))
    yield from read_printed(split.references, file=source.name, format_name="reference-lines")


TEXT = Format(
    name="text",
    title="plain text: a paper, or its reference list",
    suffixes=(".txt", ".md", ".text"),
    matches=_matches,
    records=_records,
    is_last_resort=True,
)
"""Plain text."""

register_format(TEXT)
register_format(
    Format(
        name="reference-lines",
        title="plain text with one reference a line",
        suffixes=(),
        matches=lambda _: 0.0,
        records=read_lines,
    )
)
