"""What the record of a service adds to a work: values for its gaps, rows that it has none of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.schema import TABLES
from nqp_biblio.services.changes import Amendment, shown_of
from nqp_biblio.services.notes import NOTES, notes
from nqp_biblio.services.spooled import row_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sized

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.record import CitedReference, Record

__all__ = ["FIELDS", "Filler", "Work", "field_names", "reference_row"]

_COLUMNS = (
    *("type", "title", "publication_year", "publication_date", "source_raw", "volume", "issue"),
    *("pages_raw", "article_number", "doi", "url", "pmid", "arxiv_id", "isbn", "issn"),
    *("publisher", "publisher_place", "edition", "series", "event", "genre", "language"),
    *("abstract", "cited_by_count"),
)
_LISTS = ("authorships", "affiliations", "terms", "cited_references")
FIELDS = (*_COLUMNS, *_LISTS, *NOTES)
"""What can be filled: columns of ``works``, tables of which a work has no row, and notes."""

_Values = dict[str, object]
_OF_PERSON = ("role", "family", "given", "particle", "suffix", "literal", "orcid")
_OF_REFERENCE = (
    *("label", "raw", "first_author", "publication_year", "title", "source_raw", "volume"),
    *("first_page", "doi"),
)
_REPLACEABLE = frozenset(("authorships", "affiliations", "terms"))
_OTHER_NAMES = {
    "authors": "authorships",
    "keywords": "terms",
    "references": "cited_references",
    "year": "publication_year",
    "date": "publication_date",
    "journal": "source_raw",
    "source": "source_raw",
    "pages": "pages_raw",
}
_NO_TYPE = frozenset((None, "document"))


def field_names(given: Iterable[str], what: str) -> frozenset[str]:
    """Return fields by their names in the tables.

    Parameters
    ----------
    given : iterable of str
        Names of `FIELDS`, or everyday ones: authors, keywords, references, year, journal, pages.
    what : str
        ``"field"``, or ``"field to overwrite"``, of which cited references and notes are none.

    Raises
    ------
    UnknownNameError
        If there is no such field.
    OptionError
        If cited references are to be overwritten, which in-text citations point to.
    """
    if isinstance(given, str):
        raise OptionError(f"{what}s must be a list of names; got {given!r}")
    names = set()
    for word in given:
        name = _OTHER_NAMES.get(word, word)
        if name not in FIELDS:
            raise UnknownNameError(what, word, [*FIELDS, *_OTHER_NAMES])
        if what != "field" and name not in _COLUMNS and name not in _REPLACEABLE:
            raise OptionError(f"{word} cannot be overwritten, only filled where a work has none")
        names.add(name)
    return frozenset(names)


@dataclass(frozen=True, slots=True)
class Work:
    """A work of the corpus with its key."""

    work_id: int
    record: Record


@dataclass(slots=True)
class Filler:
    """Gathers what is to be filled, and gives keys to new rows.

    Attributes
    ----------
    wanted : collection of str
        Fields to fill.
    overwrite : collection of str
        Fields to fill even where a value stands.
    service : str
        Name of the service.
    amendment : Amendment
        What is to be filled.
    """

    wanted: Collection[str]
    overwrite: Collection[str]
    service: str
    amendment: Amendment
    counts: dict[str, int] = field(default_factory=dict)
    _sources: dict[str, int] = field(default_factory=dict)
    _by_doi: dict[str, int] = field(default_factory=dict)
    _last_fields: dict[int, int] = field(default_factory=dict)
    _last_source: int = 0
    _last_reference: int = 0

    _corpus: Corpus | None = None

    @classmethod
    def of(
        cls,
        corpus: Corpus,
        amendment: Amendment,
        *,
        service: str,
        wanted: Collection[str],
        overwrite: Collection[str],
    ) -> Filler:
        """Make one that knows the keys of a corpus, and notes in an amendment what it fills."""
        names = corpus.sql(
            "SELECT display_name, source_id FROM sources UNION ALL SELECT source_raw, source_id"
            " FROM works WHERE source_raw IS NOT NULL AND source_id IS NOT NULL"
        )
        dois = corpus.sql("SELECT doi, MIN(work_id) FROM works WHERE doi IS NOT NULL GROUP BY doi")
        last = corpus.sql("SELECT work_id, MAX(position) FROM fields GROUP BY work_id")
        return cls(
            wanted,
            overwrite,
            service,
            amendment,
            _corpus=corpus,
            _sources=dict(sorted((name, key) for name, key in names if name)),
            _by_doi=dict(dois),
            _last_fields=dict(last),
            _last_source=_largest(corpus, "source_id", "sources"),
            _last_reference=_largest(corpus, "reference_id", "cited_references"),
        )

    def fill(self, work: Work, found: Record, rule: str) -> None:
        """Fill the gaps of a work from the record of a service."""
        for name in _COLUMNS:
            self._fill_column(work, found, name, rule)
        adders = {
            "authorships": self._add_people,
            "affiliations": self._add_addresses,
            "terms": self._add_keywords,
            "cited_references": self._add_references,
        }
        for table, add in adders.items():
            if table in self.wanted or table in self.overwrite:
                self._count(table, add(work, found, rule))
        for what in NOTES:
            if what in self.wanted:
                self._count(what, self._add_notes(work, found, what=what, rule=rule))

    def _fill_column(self, work: Work, found: Record, name: str, rule: str) -> None:
        """Fill one value."""
        before, after = getattr(work.record, name), getattr(found, name)
        is_gap = before is None or (name == "type" and before in _NO_TYPE)
        if after is None or after == before or not self._may_fill(name, is_gap=is_gap):
            return
        if name == "publication_date" and not self._is_of_year(work.record, found):
            return
        if name == "type" and after in _NO_TYPE:
            return
        self._set(work, name, (before, after), rule)
        self._count(name, 1)
        if name == "source_raw":
            self._set_source(work, found, rule)
        elif name == "pages_raw" and not work.record.pages:
            for position, pages in enumerate(found.pages, 1):
                names = ("work_id", "position", "first_page", "last_page")
                row = dict(zip(names, (work.work_id, position, *pages), strict=True))
                self.add_row("page_ranges", row, rule)

    def _may_fill(self, name: str, *, is_gap: bool) -> bool:
        return name in self.overwrite or (is_gap and name in self.wanted)

    def _is_of_year(self, record: Record, found: Record) -> bool:
        """Whether a date is of the year that the work has in the end."""
        year = record.publication_year
        if year is None or "publication_year" in self.overwrite:
            return True
        return (found.publication_date or "").startswith(str(year))

    def _set(self, work: Work, name: str, values: tuple[object, object], rule: str) -> None:
        """Note the change of one value of a work."""
        self.amendment.set_value(work.work_id, name, values, rule=rule)

    def _set_source(self, work: Work, found: Record, rule: str) -> None:
        """Let a work stand in its source, which may be a new one."""
        name = str(found.source_raw)
        before = self._sources.get(work.record.source_raw or "")
        after = self._sources.get(name)
        if after is None:
            self._last_source += 1
            after = self._sources[name] = self._last_source
            row = {"source_id": after, "display_name": name, "issn": found.issn}
            self.add_row("sources", row | {"n_works": 0, "n_variants": 1}, rule)
        if before != after:
            self._set(work, "source_id", (before, after), rule)

    def add_row(self, table: str, row: Mapping[str, object], rule: str) -> None:
        """Note a new row; columns that are not named are missing."""
        self.amendment.add(table, row, rule)

    def _count(self, name: str, n_values: int) -> None:
        if n_values:
            self.counts[name] = self.counts.get(name, 0) + n_values

    def _add_people(self, work: Work, found: Record, rule: str) -> int:
        """Add people where a work has none."""
        positions: dict[str, int] = {}
        rows: list[_Values] = []
        for one in found.people:
            positions[one.role] = positions.get(one.role, 0) + 1
            row: _Values = {name: getattr(one, name) for name in _OF_PERSON}
            row |= {"work_id": work.work_id, "position": positions[one.role]}
            rows.append(row | {"name_raw": one.raw or one.display})
        n_rows = self._put("authorships", work, rows, rule)
        if n_rows and work.record.et_al:
            self._set(work, "et_al", (True, False), rule)
        return n_rows

    def _add_addresses(self, work: Work, found: Record, rule: str) -> int:
        """Add addresses where a work has none; of which author only where both count alike."""
        n_here, n_there = (len(one.people_of("author")) for one in (work.record, found))
        taken = "authorships" in self.overwrite or (
            not work.record.people and "authorships" in self.wanted
        )
        rows: list[_Values] = [
            {
                "work_id": work.work_id,
                "position": position,
                "author_position": author if taken or n_here == n_there else None,
                "affiliation_raw": address,
            }
            for position, (address, author) in enumerate(found.affiliations, 1)
        ]
        return self._put("affiliations", work, rows, rule)

    def _add_keywords(self, work: Work, found: Record, rule: str) -> int:
        """Add keywords where a work has none."""
        positions: dict[str, int] = {}
        rows: list[_Values] = []
        for kind, word in found.keywords:
            positions[kind] = positions.get(kind, 0) + 1
            row = {"work_id": work.work_id, "kind": kind, "position": positions[kind]}
            rows.append(row | {"term_raw": word, "term": word})
        return self._put("terms", work, rows, rule)

    def _put(self, table: str, work: Work, rows: list[_Values], rule: str) -> int:
        """Add rows where a work has none, or in the place of those it has."""
        if not rows:
            return 0
        if _has_rows(table, work.record):
            if table not in self.overwrite or self._corpus is None:
                return 0
            names = ", ".join(TABLES[table].column_names)
            where = "work_id = ?" + (" AND kind <> 'topic'" if table == "terms" else "")
            old = self._corpus.sql(f"SELECT {names} FROM {table} WHERE {where}", (work.work_id,))
            new = {shown_of(table, row_of(table, row)) for row in rows}
            if {shown_of(table, row) for row in old} == new:
                return 0
            for row in sorted(old, key=lambda row: (str(row[1]), row[2] or 0)):
                self.amendment.remove(table, row, rule)
        for values in rows:
            self.add_row(table, values, rule)
        return len(rows)

    def _add_references(self, work: Work, found: Record, rule: str) -> int:
        """Add cited references where a work has none; a DOI says which work of the corpus it is."""
        if work.record.cited_references:
            return 0
        for position, cited in enumerate(found.cited_references, 1):
            self._last_reference += 1
            known = self._by_doi.get(cited.doi) if cited.doi else None
            row = reference_row(cited, (self._last_reference, work.work_id, position), known)
            self.add_row("cited_references", row, rule)
        return len(found.cited_references)

    def _add_notes(self, work: Work, found: Record, *, what: str, rule: str) -> int:
        """Note what no column holds, unless it is noted already."""
        has = set(work.record.fields)
        new = [row for row in notes(found, what, self.service) if row not in has]
        start = self._last_fields.get(work.work_id, 0) + 1
        for position, (name, value) in enumerate(new, start):
            row = {"work_id": work.work_id, "position": position, "name": name, "value": value}
            self.add_row("fields", row, rule)
        if new:
            self._last_fields[work.work_id] = start + len(new) - 1
        return len(new)


def _has_rows(table: str, record: Record) -> bool:
    """Whether a work has rows of a table."""
    lists: dict[str, Sized] = {
        "authorships": record.people,
        "affiliations": record.affiliations,
        "terms": record.keywords,
    }
    return len(lists[table]) > 0


def reference_row(
    cited: CitedReference, keys: tuple[int, int, int], work_id: int | None
) -> dict[str, object]:
    """Return the row of ``cited_references`` with its key, the citing work and the position."""
    row: dict[str, object] = {name: getattr(cited, name) for name in _OF_REFERENCE}
    names = ("reference_id", "citing_work_id", "position")
    return row | dict(zip(names, keys, strict=True)) | {"work_id": work_id}


def _largest(corpus: Corpus, column: str, table: str) -> int:
    """Return the largest key of a table, 0 where it is empty."""
    return int(corpus.sql(f"SELECT COALESCE(MAX({column}), 0) FROM {table}")[0][0])
