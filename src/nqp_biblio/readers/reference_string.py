"""Printed references: from one string, in any usual style, to a record.

The steps are `prepare` (label, markup), tagging (which part is which field) and `record_of`
(the fields as values). References that are in all as GB/T 7714 has it are tagged by the rules
of that standard, all others by a trained model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.readers.reference_features import tokens_of
from nqp_biblio.readers.reference_fields import record_of
from nqp_biblio.readers.reference_gbt import find_marker, is_told, lift_marker, tag_gbt
from nqp_biblio.readers.reference_marks import Printed, Span, lift_identifiers, prepare
from nqp_biblio.readers.reference_spans import spans_of
from nqp_biblio.readers.reference_tagger import certainty_of, label_words
from nqp_biblio.record import Problem, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.readers.reference_features import Tokens

__all__ = ["TaggedReference", "parse_reference", "parse_references", "tag_references"]

_MAX_LENGTH = 20_000


@dataclass(frozen=True, slots=True)
class TaggedReference:
    """A printed reference with the field that each part of it was taken for.

    Attributes
    ----------
    text : str
        The reference, without label, lead-in ("Vgl.") and markup.
    label : str or None
        Its number or key in the list.
    spans : tuple of (start, end, field)
        Parts of `text` in their order, none over another; `end` is behind the last character.
        Fields are named author, editor, date, title, container, volume, issue, pages and so on.
    confidence : float
        How sure the reading is, 0 to 1.
    """

    text: str
    label: str | None
    spans: tuple[tuple[int, int, str], ...]
    confidence: float


def tag_references(raws: Sequence[str]) -> list[TaggedReference]:
    """Show what each part of the references of one list was taken for.

    Parameters
    ----------
    raws : sequence of str
        One string per reference.

    Returns
    -------
    list of TaggedReference
        One per string, from which `parse_references` makes its records.

    Examples
    --------
    >>> tagged = tag_references(["Roe A, Poe BC, 2020, On X. Journal of Y, 3(2): 7–9."])[0]
    >>> [(tagged.text[start:end], field) for start, end, field in tagged.spans][:3]
    [('Roe A, Poe BC', 'author'), ('2020', 'date'), ('On X', 'title')]
    """
    printed = [prepare(raw) for raw in raws]
    return [
        TaggedReference(one.text, one.label, (), 0.0)
        if tagged is None
        else TaggedReference(
            one.text,
            one.label,
            tuple((start, end, field) for start, end, field in tagged.spans),
            tagged.certainty,
        )
        for one, tagged in zip(printed, _tag(printed), strict=True)
    ]


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
        With role "reference"; `raw` is the text without label, lead-in and markup, `key` the label,
        `confidence` a share from 0 to 1. What cannot be read is kept all the same: as a
        record with its `raw`, low confidence and an entry in `problems`.

    See Also
    --------
    parse_references : Reads many at once, faster.

    Examples
    --------
    >>> record = parse_reference("[1] Roe A, Poe BC, 2020, On X. *Journal of Y*, 3(2): 7–9.")
    >>> record.title, record.source_raw, record.volume, record.issue, record.pages
    ('On X', 'Journal of Y', '3', '2', [('7', '9')])
    """
    return parse_references([raw])[0]


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
    printed = [prepare(raw) for raw in raws]
    return [
        _too_long(one) if tagged is None else _read(one, tagged)
        for one, tagged in zip(printed, _tag(printed), strict=True)
    ]


class _Tagged(NamedTuple):
    """The parts of a reference, and how likely it is that they are right."""

    spans: list[Span]
    certainty: float


def _tag(printed: Sequence[Printed]) -> list[_Tagged | None]:
    """Tag references: by rule where all is as GB/T 7714 has it, else by the model."""
    tagged: list[_Tagged | None] = [None] * len(printed)
    waiting: list[tuple[int, str, list[Span], Tokens]] = []
    for at, one in enumerate(printed):
        if len(one.text) > _MAX_LENGTH:
            continue
        masked, lifted = lift_identifiers(one.text)
        marker = find_marker(masked)
        by_standard = tag_gbt(masked, marker) if marker else None
        if by_standard is not None and is_told(masked, by_standard):
            tagged[at] = _Tagged(sorted([*lifted, *by_standard]), 1.0)
            continue
        text, seen = lift_marker(masked, lifted)
        if marker is not None:
            lifted = [*lifted, Span(*marker.span("kind"), "marker")]
        waiting.append((at, text, lifted, tokens_of(text, seen)))
    labelled = label_words([tokens for *_, tokens in waiting])
    for (at, text, lifted, tokens), labels in zip(waiting, labelled, strict=True):
        spans = sorted([*lifted, *spans_of(text, tokens, labels)])
        tagged[at] = _Tagged(spans, certainty_of(labels.margin))
    return tagged


def _read(printed: Printed, tagged: _Tagged) -> Record:
    """Make a record of tagged text."""
    record = record_of(printed.text, tagged.spans, tagged.certainty)
    record.key = printed.label
    return record


def _too_long(printed: Printed) -> Record:
    """Keep what is no single reference."""
    reason = f"too long for one reference: {len(printed.text)} characters"
    record = Record(role="reference", raw=printed.text, confidence=0.0, key=printed.label)
    record.problems.append(Problem("", None, printed.text, reason))
    return record
