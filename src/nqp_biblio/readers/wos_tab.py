"""Web of Science tab-delimited: a line of tags, then a line a record, without quoting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.wos_fields import ReferenceCount, Values, record_of
from nqp_biblio.readers.wos_tags import LINE_TAGS, TAGS
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_TAG = re.compile(r"[A-Z][A-Z0-9]")
_MIN_TAGS = 5
_PUBLICATION = re.compile(r"[A-Z]?")


def _matches(source: Source) -> float:
    """Score a source: a first line of tags."""
    tags = _tags(source.head.lstrip().split("\n", 1)[0])
    return 0.97 if tags else 0.0


def _tags(line: str) -> list[str]:
    """Return the tags of a header; none where the line is no header."""
    cells = [cell.strip(' "\ufeff') for cell in line.split("\t")]
    known = sum(cell in TAGS for cell in cells)
    is_header = known >= _MIN_TAGS and all(_TAG.fullmatch(cell) for cell in cells if cell)
    return cells if is_header else []


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each line, in the order of the file."""
    tags: list[str] = []
    n_rows, references = 0, ReferenceCount()
    for number, cells in _rows(source.lines()):
        header = _tags("\t".join(cells)) if cells[0].strip(' "\ufeff') in TAGS else []
        if header:
            tags = header
        elif not tags:
            yield Problem(source.name, number, "\t".join(cells), "no line of tags before it")
            n_rows += 1
        else:
            record = _record(source.name, number, tags, cells)
            references.add(record)
            yield record
            n_rows += 1
    yield from references.problems(source.name)
    if not n_rows:
        yield Problem(source.name, 1, source.head[:200], "no record below the tags")


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Put lines together to rows; a line break in a cell is undone."""
    row: list[str] = []
    start = width = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        cells = line.split("\t")
        width = width or len(cells)
        is_rest = len(row) + len(cells) - 1 <= width and not _PUBLICATION.fullmatch(cells[0])
        if row and len(row) < width and is_rest:
            row = [*row[:-1], f"{row[-1]} {cells[0]}", *cells[1:]]
            continue
        if row:
            yield start, row
        row, start = cells, number
    if row:
        yield start, row


def _record(file: str, line: int, tags: list[str], cells: list[str]) -> Record:
    """Make a record of a row."""
    values: Values = {}
    for tag, cell in zip(tags, cells, strict=False):
        if cell.strip():
            values.setdefault(tag, []).extend(_items(tag, cell))
    record, reasons = record_of(values)
    record.file, record.line, record.format = file, line, "wos-tab"
    surplus = [cell for cell in cells[len(tags) :] if cell.strip()]
    missing = any(tags[len(cells) + 1 :])
    if surplus or missing:
        reasons.append(f"{len(cells)} fields where the header names {len(tags)} columns")
        record.fields.extend(("surplus", cell.strip()) for cell in surplus)
    raw = "\t".join(cells)
    record.problems = [Problem(file, line, raw, reason) for reason in reasons]
    return record


def _items(tag: str, cell: str) -> list[str]:
    """Split a list, whose items semicolons part; those between the authors of an address do not."""
    if tag == "C1":
        return _addresses(cell)
    if tag == "CR":
        return cell.split("; ")
    return cell.split(";") if tag in LINE_TAGS else [cell]


def _addresses(cell: str) -> list[str]:
    """Split addresses; a bracket that is never closed holds no more than its piece."""
    pieces: list[list[str]] = []
    is_open = False
    for piece in cell.split("; "):
        if is_open and not piece.startswith("["):
            pieces[-1].append(piece)
        else:
            pieces.append([piece])
        is_open = piece.rfind("[") > piece.rfind("]") or (is_open and "]" not in piece)
    return ["; ".join(parts) for parts in pieces]


FORMAT = Format(
    name="wos-tab",
    title="Web of Science tab-delimited",
    suffixes=(".tsv", ".tab"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
