"""What the record of a service adds to a work: values for its gaps, rows that it has none of."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.schema import TABLES
from nqp_biblio.services.changes import Amendment, Change

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sized

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.record import CitedReference, Record

__all__ = ["FIELDS", "Filler", "Work", "field_names", "retractions"]

_COLUMNS = (
    *("type", "title", "publication_year", "publication_date", "source_raw", "volume", "issue"),
    *("pages_raw", "article_number", "doi", "url", "pmid", "arxiv_id", "isbn", "issn"),
    *("publisher", "publisher_place", "edition", "series", "event", "genre", "language"),
    *("abstract", "cited_by_count"),
)
_LISTS = ("authorships", "affiliations", "terms", "cited_references", "retractions")
FIELDS = (*_COLUMNS, *_LISTS)
"""What can be filled: columns of ``works``, then tables of which a work has no row."""

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
_RETRACTING = frozenset(("retraction", "withdrawal", "removal", "partial_retraction"))


def field_names(given: Iterable[str], what: str) -> frozenset[str]:
    """Return fields by their names in the tables.

    Parameters
    ----------
    given : iterable of str
        Names of `FIELDS`, or everyday ones: authors, keywords, references, year, journal, pages.
    what : str
        ``"field"``, or ``"field to overwrite"``, of which cited references are none.

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
        if what != "field" and name in _LISTS and name not in _REPLACEABLE:
            raise OptionError(f"{word} cannot be overwritten, only filled where a work has none")
        names.add(name)
    return frozenset(names)


def retractions(found: Record, service: str) -> list[tuple[str, str]]:
    """Return what a service says of later notices about a work, as rows of ``fields``.

    Parameters
    ----------
    found : Record
        The record of the service.
    service : str
        Its name, told where it does not name the notice.

    Returns
    -------
    list of (name, value)
        ``retracted_by`` with the DOI of the notice; ``updated_by`` with DOI and kind.

    Examples
    --------
    >>> from nqp_biblio.record import Record
    >>> notice = '[{"DOI": "10.1000/r", "type": "retraction"}]'
    >>> retractions(Record(fields=[("updated-by", notice)]), "crossref")
    [('retracted_by', '10.1000/r')]
    """
    told: dict[tuple[str, str], None] = {}
    for name, value in found.fields:
        if name == "updated-by":
            told.update(dict.fromkeys(_notices(value)))
        elif name == "is_retracted" and value.casefold() == "true":
            told["retracted_by", f"a notice that {service} does not name"] = None
    return list(told)


def _notices(value: str) -> Iterator[tuple[str, str]]:
    """Yield the notices in Crossref's list of updates."""
    try:
        updates = json.loads(value)
    except ValueError:
        return
    for update in updates if isinstance(updates, list) else [updates]:
        if isinstance(update, dict) and isinstance(update.get("DOI"), str):
            doi, kind = update["DOI"].casefold(), str(update.get("type") or "update")
            if kind.casefold() in _RETRACTING:
                yield "retracted_by", doi
            else:
                yield "updated_by", f"{doi} ({kind})"


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
    """

    wanted: Collection[str]
    overwrite: Collection[str]
    service: str
    amendment: Amendment = field(default_factory=Amendment)
    counts: dict[str, int] = field(default_factory=dict)
    _sources: dict[str, int] = field(default_factory=dict)
    _by_doi: dict[str, int] = field(default_factory=dict)
    _last_fields: dict[int, int] = field(default_factory=dict)
    _last_source: int = 0
    _last_reference: int = 0

    _corpus: Corpus | None = None

    @classmethod
    def of(
        cls, corpus: Corpus, service: str, *, wanted: Collection[str], overwrite: Collection[str]
    ) -> Filler:
        """Make one that knows the keys of a corpus."""
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
            "retractions": self._add_retractions,
        }
        for table, add in adders.items():
            if table in self.wanted or table in self.overwrite:
                self._count(table, add(work, found, rule))

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
                self.add_row("page_ranges", (work.work_id, position, *pages), rule)

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
        before, after = (None if value is None else str(value) for value in values)
        self.amendment.changes.append(
            Change("works", work.work_id, None, name, before, after, rule)
        )

    def _set_source(self, work: Work, found: Record, rule: str) -> None:
        """Let a work stand in its source, which may be a new one."""
        name = str(found.source_raw)
        before = self._sources.get(work.record.source_raw or "")
        after = self._sources.get(name)
        if after is None:
            self._last_source += 1
            after = self._sources[name] = self._last_source
            self.add_row("sources", (after, name, None, found.issn, 0, 1), rule)
        if before != after:
            self._set(work, "source_id", (before, after), rule)

    def add_row(self, table: str, row: tuple[Any, ...], rule: str) -> None:
        """Note a new row."""
        shown, key, role, position = _SHOWN[table]
        self.amendment.rows[table].append(row)
        self.amendment.changes.append(
            Change(
                table,
                row[key],
                None if position is None else row[position],
                shown[0],
                None,
                next((str(row[place]) for place in shown[1:] if row[place] is not None), None),
                rule,
                None if role is None else row[role],
            )
        )

    def _count(self, name: str, n_values: int) -> None:
        if n_values:
            self.counts[name] = self.counts.get(name, 0) + n_values

    def _add_people(self, work: Work, found: Record, rule: str) -> int:
        """Add people where a work has none."""
        positions: dict[str, int] = {}
        rows: list[tuple[Any, ...]] = []
        for one in found.people:
            positions[one.role] = positions.get(one.role, 0) + 1
            parts = (one.family, one.given, one.particle, one.suffix, one.literal)
            keys = (work.work_id, one.role, positions[one.role], None, None)
            rows.append((*keys, *parts, one.raw or one.display, one.orcid))
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
        rows = [
            (work.work_id, position, author if taken or n_here == n_there else None, address)
            for position, (address, author) in enumerate(found.affiliations, 1)
        ]
        return self._put("affiliations", work, rows, rule)

    def _add_keywords(self, work: Work, found: Record, rule: str) -> int:
        """Add keywords where a work has none."""
        positions: dict[str, int] = {}
        rows: list[tuple[Any, ...]] = []
        for kind, word in found.keywords:
            positions[kind] = positions.get(kind, 0) + 1
            rows.append((work.work_id, kind, positions[kind], word, word, None))
        return self._put("terms", work, rows, rule)

    def _put(self, table: str, work: Work, rows: list[tuple[Any, ...]], rule: str) -> int:
        """Add rows where a work has none, or in the place of those it has."""
        if not rows:
            return 0
        if _has_rows(table, work.record):
            if table not in self.overwrite or self._corpus is None:
                return 0
            names = ", ".join(TABLES[table].column_names)
            where = "work_id = ?" + (" AND kind <> 'topic'" if table == "terms" else "")
            old = self._corpus.sql(f"SELECT {names} FROM {table} WHERE {where}", (work.work_id,))
            if {_printed(table, row) for row in old} == {_printed(table, row) for row in rows}:
                return 0
            for row in sorted(old, key=lambda row: (str(row[1]), row[2] or 0)):
                self.amendment.remove(table, row, rule)
        for row in rows:
            self.add_row(table, row, rule)
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

    def _add_retractions(self, work: Work, found: Record, rule: str) -> int:
        """Flag what is retracted or updated by a later notice."""
        new = [row for row in retractions(found, self.service) if row not in work.record.fields]
        start = self._last_fields.get(work.work_id, 0) + 1
        for position, row in enumerate(new, start):
            self.add_row("fields", (work.work_id, position, *row), rule)
        return len(new)


def _has_rows(table: str, record: Record) -> bool:
    """Whether a work has rows of a table."""
    lists: dict[str, Sized] = {
        "authorships": record.people,
        "affiliations": record.affiliations,
        "terms": record.keywords,
    }
    return len(lists[table]) > 0


def _printed(table: str, row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return what a row shows and where it stands."""
    shown, *places = _SHOWN[table]
    return (row[shown[1]], *(row[place] for place in places if place is not None))


def reference_row(
    cited: CitedReference, keys: tuple[int, int, int], work_id: int | None
) -> tuple[Any, ...]:
    """Return the row of ``cited_references`` with its key, the citing work and the position."""
    return (
        *keys,
        *(cited.label, cited.raw, cited.first_author, cited.publication_year, cited.title),
        *(cited.source_raw, cited.volume, cited.first_page, cited.doi, work_id),
    )


def _largest(corpus: Corpus, column: str, table: str) -> int:
    """Return the largest key of a table, 0 where it is empty."""
    return int(corpus.sql(f"SELECT COALESCE(MAX({column}), 0) FROM {table}")[0][0])


_SHOWN: dict[str, tuple[tuple[Any, ...], int, int | None, int | None]] = {
    "authorships": (("name_raw", 10), 0, 1, 2),
    "affiliations": (("affiliation_raw", 3), 0, None, 1),
    "terms": (("term_raw", 3), 0, 1, 2),
    "page_ranges": (("first_page", 2), 0, None, 1),
    "fields": (("value", 3), 0, None, 1),
    "cited_references": (("raw", 4), 0, None, None),
    "sources": (("display_name", 1), 0, None, None),
    "problems": (("reason", 4), 0, None, None),
}
"""By table the column that shows a row with its place, and the places of key, role, position."""
