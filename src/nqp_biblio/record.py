"""One work as read and as written: records, and problems where something could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CitedReference", "Mention", "Person", "Problem", "Record"]

RAW_LIMIT = 2_000
"""Characters of raw text kept with a problem."""


@dataclass(slots=True)
class Person:
    """A person or group on a work; the meanings are in ``schema.TABLES["authorships"]``."""

    family: str | None = None
    given: str | None = None
    particle: str | None = None
    suffix: str | None = None
    literal: str | None = None
    raw: str | None = None
    role: str = "author"
    orcid: str | None = None

    @classmethod
    def of_parts(cls, parts: Sequence[str | None], role: str) -> Person:
        """Make a person of family, given, particle, suffix, literal and raw name."""
        family, given, particle, suffix, literal, raw = parts
        return cls(family, given, particle, suffix, literal, raw, role)

    @property
    def display(self) -> str:
        """The name on one line, family name first."""
        if self.literal is not None:
            return self.literal
        family = " ".join(part for part in (self.particle, self.family) if part)
        return ", ".join(part for part in (family, self.given, self.suffix) if part)


@dataclass(slots=True)
class Problem:
    """Something that could not be read.

    Attributes
    ----------
    file : str
        The file as the user named it.
    line : int or None
        Line where it begins, from 1.
    raw : str
        What stands there.
    reason : str
        What is wrong, and what would do.
    """

    file: str
    line: int | None
    raw: str
    reason: str

    def __post_init__(self) -> None:
        """Bound the raw text."""
        if len(self.raw) > RAW_LIMIT:
            self.raw = self.raw[: RAW_LIMIT - 1] + "…"


@dataclass(slots=True)
class CitedReference:
    """One printed reference in the list of a work.

    ``work`` holds the reference as a work of its own, where it was read from text; the
    other fields serve references of databases, which stay outside the works.
    """

    raw: str
    label: str | None = None
    first_author: str | None = None
    publication_year: int | None = None
    title: str | None = None
    source_raw: str | None = None
    volume: str | None = None
    first_page: str | None = None
    doi: str | None = None
    work: Record | None = None


@dataclass(slots=True)
class Mention:
    """One in-text citation of one reference, which it names by its label."""

    marker: str
    label: str
    section: str | None
    paragraph: int
    sentence_number: int
    sentence: str
    offset: int
    context: str | None = None
    context_offset: int | None = None


@dataclass(slots=True)
class Record:
    """One work as read; the meanings are in ``schema.TABLES["works"]``.

    Attributes
    ----------
    source : str or None
        The name of the source to show, where cleaning made it another than ``source_raw``.
    pages : list of (first, last)
        The ranges of pages; one page is its own last.
    people : list of Person
        Authors, then editors and translators, each in the order printed.
    affiliations : list of (address, author position or None)
        Addresses as printed; positions count from 1.
    keywords : list of (kind, keyword)
        Kind is ``author_keyword`` or ``index_keyword``.
    fields : list of (name, value)
        What no attribute holds, so that nothing is lost.
    problems : list of Problem
        What could not be read of this record, which is kept all the same.
    """

    role: str = "record"
    key: str | None = None
    type: str | None = None
    title: str | None = None
    publication_year: int | None = None
    year_raw: str | None = None
    publication_date: str | None = None
    source_raw: str | None = None
    source: str | None = None
    volume: str | None = None
    volume_raw: str | None = None
    issue: str | None = None
    pages_raw: str | None = None
    pages: list[tuple[str, str]] = field(default_factory=list)
    article_number: str | None = None
    doi: str | None = None
    doi_raw: str | None = None
    url: str | None = None
    pmid: str | None = None
    arxiv_id: str | None = None
    isbn: str | None = None
    issn: str | None = None
    publisher: str | None = None
    publisher_place: str | None = None
    edition: str | None = None
    series: str | None = None
    event: str | None = None
    genre: str | None = None
    language: str | None = None
    abstract: str | None = None
    cited_by_count: int | None = None
    et_al: bool = False
    confidence: float | None = None
    raw: str | None = None
    file: str | None = None
    line: int | None = None
    format: str | None = None
    people: list[Person] = field(default_factory=list)
    affiliations: list[tuple[str, int | None]] = field(default_factory=list)
    keywords: list[tuple[str, str]] = field(default_factory=list)
    cited_references: list[CitedReference] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def source_name(self) -> str | None:
        """The name of the source to show, else as printed."""
        return self.source or self.source_raw

    def people_of(self, role: str) -> list[Person]:
        """Return the people with one role, in the order printed."""
        return [person for person in self.people if person.role == role]
