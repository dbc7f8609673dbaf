"""A list of DOIs in any printed form, one or more a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.record import Problem, Record
from nqp_biblio.text.identifiers import clean_doi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

__all__ = ["FORMAT"]

_PREFIX = r"(?:https?://[^\s<>\"]{0,200}?/|(?:dx\.)?doi\.org/|(?:info:)?doi[:/])?"
_ONE = re.compile(rf"{_PREFIX}10\.\d{{4,9}}(?:\.\d{{1,6}}){{0,4}}/\S{{1,400}}", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"[\s,;|]{{1,9}}[<(\[\"']{{0,2}}(?={_PREFIX}10\.\d{{4,9}}[./])", re.IGNORECASE
)
_BULLET = re.compile(r"(?:[-*•–]|\[?\d{1,5}[\].)])\s{1,9}")
_LABEL = re.compile(r"\bdoi\s{0,3}:?\s{1,3}(?=10\.)", re.IGNORECASE)
_COMMENT = re.compile(r"(?:^|\s)#.*")
_NAMES = frozenset(("doi", "dois"))
_AROUND = " \t,;|\"'<>[]"
_LINES, _LONGEST = 200, 4_000
_SCORE, _MOSTLY = 0.85, 0.75


def _matches(source: Source) -> float:
    """Score a text: nearly every line is nothing but DOIs."""
    n_lines = n_good = 0
    for line in source.head.split("\n")[:_LINES]:
        pieces = _pieces(line[:_LONGEST])
        n_lines += bool(pieces)
        n_good += bool(pieces) and all(_ONE.fullmatch(piece) for piece in pieces)
    return _SCORE if n_good and n_good >= _MOSTLY * n_lines else 0.0


def _pieces(line: str) -> list[str]:
    """Split a line at the signs between DOIs; blank lines, comments and a header have none."""
    text = _BULLET.sub("", _COMMENT.sub("", line).strip(), count=1)
    if text.strip(_AROUND).casefold() in _NAMES:
        return []
    text = _LABEL.sub("doi:", text)
    pieces = [piece.strip(_AROUND) for piece in _BETWEEN.split(text)]
    return [piece for piece in pieces if piece]


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each DOI, and a problem for each piece of a line that is none."""
    n_pieces = 0
    for number, line in enumerate(source.lines(), 1):
        for piece in _pieces(line):
            n_pieces += 1
            doi = clean_doi(piece) if _ONE.fullmatch(piece) else None
            if doi is None:
                reason = "no DOI; write one such as 10.1000/182, or # before a remark"
                yield Problem(source.name, number, piece, reason)
            else:
                yield Record(
                    type="document",
                    doi=doi,
                    doi_raw=piece,
                    file=source.name,
                    line=number,
                    format="doi-list",
                )
    if not n_pieces:
        yield Problem(source.name, 1, source.head[:200], "no DOI in the file; nothing is read")


FORMAT = Format(
    name="doi-list",
    title="a list of DOIs",
    suffixes=(".txt", ".csv"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
