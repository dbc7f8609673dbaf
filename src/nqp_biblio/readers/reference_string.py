"""Printed references: from one string, in any usual style, to a record.

The steps are `prepare` (label, markup), `tag` (which part is which field) and `record_of`
(the fields as values); another tagger can take the place of the second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.readers.reference_fields import record_of
from nqp_biblio.readers.reference_marks import prepare
from nqp_biblio.readers.reference_tags import tag
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["parse_reference", "parse_references"]

_MAX_LENGTH = 20_000


def parse_reference(raw: str) -> Record:
    """Read one printed reference.

    Parameters
    ----------
    raw : str
        The reference as it stands in a list, with or without its number, its Markdown and
        its line breaks.

    Returns
    -------
    Record
        With role "reference"; `raw` is the text without label and markup, `key` the label,
        `confidence` a share from 0 to 1. What cannot be read is kept all the same: as a
        record with its `raw`, low confidence and an entry in `problems`.

    Examples
    --------
    >>> record = parse_reference("[1] Roe A, Poe BC, 2020, On X. *Journal of Y*, 3(2): 7–9.")
    >>> record.title, record.source_raw, record.volume, record.issue, record.pages
    ('On X', 'Journal of Y', '3', '2', [('7', '9')])
    """
    printed = prepare(raw)
    if len(printed.text) > _MAX_LENGTH:
        reason = f"too long for one reference: {len(printed.text)} characters"
        record = Record(role="reference", raw=printed.text, confidence=0.0)
        record.problems.append(Problem("", None, printed.text, reason))
    else:
        record = record_of(printed.text, tag(printed))
    record.key = printed.label
    return record


def parse_references(raws: Sequence[str]) -> list[Record]:
    """Read the references of one list, in their order.

    Parameters
    ----------
    raws : sequence of str
        One string per reference.

    Returns
    -------
    list of Record
        One per string, also for those that cannot be read.
    """
    return [parse_reference(raw) for raw in raws]
