"""Fields of a MARC record, and their texts without the punctuation of cataloguing rules."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nqp_biblio.readers.xml_door import local_name, raw_text, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

__all__ = ["MarcField", "MarcRecord", "marc_record", "unpunctuated"]

_ENDS = " /:;=,"
_ABBREVIATION = re.compile(
    r"(?:^|[\s.(-])(?:[^\W\d_]|[^\W\d_aeiouy]{2,5}|eds?|co|inc|corp|univ|dept|aufl|ausg|etc|no|vol"
    r"|rev|ill|enl|bros|mass|calif|conn|ont|hon)\.$|\.\.\.$|\)\.$",
    re.IGNORECASE,
)
"""A full stop that belongs to an initial, to a word without vowels or to a usual abbreviation."""

_BRACKETS = re.compile(r"^\[([^\[\]]{1,300})\]$")


@dataclass(slots=True)
class MarcField:
    """One field with its indicators and subfields in order."""

    tag: str
    indicators: str
    subfields: list[tuple[str, str]] = field(default_factory=list)

    def first(self, code: str) -> str:
        """Return the first subfield of a code; empty where there is none."""
        return next((text for found, text in self.subfields if found == code), "")

    def every(self, codes: str) -> list[str]:
        """Return the subfields of some codes, in order."""
        return [text for found, text in self.subfields if found in codes]

    @property
    def whole(self) -> str:
        """The subfields as one text, with their codes."""
        return " ".join(f"${code} {text}" for code, text in self.subfields)


@dataclass(slots=True)
class MarcRecord:
    """One record: its leader, control fields by tag, and fields in order."""

    leader: str = ""
    control: dict[str, str] = field(default_factory=dict)
    fields: list[MarcField] = field(default_factory=list)

    def tagged(self, *tags: str) -> Iterator[MarcField]:
        """Yield the fields of some tags, in order."""
        return (one for one in self.fields if one.tag in tags)

    def first(self, tag: str, code: str) -> str:
        """Return the first subfield of a tag and code; empty where there is none."""
        return next((text for one in self.tagged(tag) if (text := one.first(code))), "")


def marc_record(element: _Element) -> MarcRecord:
    """Read the fields of an element record; subfields without text are left out."""
    found = MarcRecord()
    for child in element:
        name, tag = local_name(child), child.get("tag", "")
        if name == "leader":
            found.leader = raw_text(child)
        elif name == "controlfield":
            found.control.setdefault(tag, raw_text(child))
        elif name == "datafield":
            marks = f"{child.get('ind1', ' ')[:1]}{child.get('ind2', ' ')[:1]}"
            parts = [(part.get("code", ""), text_of(part)) for part in child]
            found.fields.append(MarcField(tag, marks, [part for part in parts if part[1]]))
    return found


def unpunctuated(text: str) -> str:
    """Take the punctuation off that catalogues put between parts.

    Parameters
    ----------
    text : str
        A subfield. The full stop of an abbreviation or initial stays, and so do brackets within.

    Examples
    --------
    >>> unpunctuated("Active ageing :"), unpunctuated("[2023]"), unpunctuated("2nd ed.")
    ('Active ageing', '2023', '2nd ed.')
    """
    text = text.rstrip(_ENDS).strip()
    if text.endswith(".") and not _ABBREVIATION.search(text):
        text = text[:-1].rstrip(_ENDS)
    found = _BRACKETS.match(text)
    return found[1].strip() if found else text
