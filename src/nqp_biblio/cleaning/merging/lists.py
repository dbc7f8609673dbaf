"""One work of several records, in memory: its new rows, and what they were before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nqp_biblio.cleaning.merging.people import align_people, is_fuller, person_gains
from nqp_biblio.cleaning.merging.references import match_references
from nqp_biblio.cleaning.merging.values import value_gains

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Merged", "merge_lists"]

_Row = dict[str, Any]

_LISTS = ("authorships", "affiliations", "terms", "page_ranges", "fields")
_OF_REFERENCE = (
    *("first_author", "publication_year", "title", "source_raw", "volume", "first_page", "doi"),
)
_LINK = ("work_id", "cited_work_id", "link_rule", "link_score")


@dataclass(slots=True)
class Merged:
    """What becomes of a group.

    Attributes
    ----------
    rows : dict of str to list of dict
        All rows of the kept work by table.
    changes : list of tuple
        What it gained, as rows of ``changes`` without their key.
    before : dict
        Rows of the kept work that changed, as they were.
    moved : dict of int to list of int
        By other work the references of its list that are now in the kept one.
    dropped : dict of int to int
        References that have a counterpart, and which.
    """

    rows: dict[str, list[_Row]] = field(default_factory=dict)
    changes: list[tuple[object, ...]] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)
    moved: dict[int, list[int]] = field(default_factory=dict)
    dropped: dict[int, int] = field(default_factory=dict)


class _Merger:
    """Merges the records of one group into the kept one."""

    def __init__(
        self, rows: Mapping[str, Mapping[int, list[_Row]]], kept: int, others: Sequence[int]
    ) -> None:
        self.kept = kept
        self.others = others
        self.found = rows
        self.work = dict(rows["works"][kept][0])
        self.other_works = [rows["works"][other][0] for other in others]
        self.made = Merged()

    def own(self, table: str) -> list[_Row]:
        """Return copies of the rows of the kept work."""
        return [dict(row) for row in self.found[table].get(self.kept, [])]

    def of(self, table: str, other: int) -> list[_Row]:
        """Return copies of the rows of another record, as if they were the kept work's."""
        rows = self.found[table].get(other, [])
        return [row | {"work_id": self.kept} for row in rows]

    def rule(self, at: int) -> str:
        """Name the record that a value comes from."""
        work = self.other_works[at]
        return f"merge:{work['file'] or ''}:{work['line'] or ''}"

    def note(self, table: str, row: _Row, column: str, values: tuple[Any, Any], at: int) -> None:
        """Note a value before and after."""
        before, after = (None if value is None else str(value) for value in values)
        key = row["reference_id"] if table == "cited_references" else self.kept
        role = row.get("role") if table == "authorships" else row.get("kind")
        position = None if table in {"works", "cited_references"} else row["position"]
        self.made.changes.append((table, key, position, column, before, after, self.rule(at), role))

    def add(self, table: str, rows: list[_Row], new: _Row, at: int) -> None:
        """Add a row to a list."""
        rows.append(new)
        self.note(table, new, _SHOWN[table], (None, new[_SHOWN[table]]), at)

    def take_out(self, table: str, rows: list[_Row], at: int) -> None:
        """Take all rows out of a list."""
        for row in rows:
            self.note(table, row, _SHOWN[table], (row[_SHOWN[table]], None), at)
        rows.clear()


_SHOWN = {
    "authorships": "name_raw",
    "affiliations": "affiliation_raw",
    "terms": "term_raw",
    "page_ranges": "first_page",
    "fields": "value",
}
"""By table the column that shows a row in ``changes``."""


def merge_lists(
    rows: Mapping[str, Mapping[int, list[_Row]]], kept: int, others: Sequence[int]
) -> Merged:
    """Make one work of the rows of several.

    Parameters
    ----------
    rows : mapping of str to mapping of int to list of dict
        Rows by table and work.
    kept : int
        The work that is kept.
    others : sequence of int
        The others, the best first.

    Returns
    -------
    Merged
        Its rows. Lists are taken whole or left: authors from the fuller list, addresses,
        pages and kinds of keywords where it has none; fields by names it lacks. References
        of the others stand behind its own unless they have a counterpart there.
    """
    merger = _Merger(rows, kept, others)
    _merge_values(merger)
    lists = {table: merger.own(table) for table in _LISTS}
    is_cut = bool(merger.work["et_al"])
    for at, other in enumerate(others):
        taken = _merge_people(merger, lists, at, is_cut=is_cut)
        _merge_addresses(merger, lists, at, has_people=taken)
        _merge_terms(merger, lists["terms"], at)
        _merge_fields(merger, lists["fields"], at)
        if not lists["page_ranges"] and not rows["works"][kept][0]["pages_raw"]:
            for new in merger.of("page_ranges", other):
                merger.add("page_ranges", lists["page_ranges"], new, at)
    merger.made.rows |= lists | {"works": [merger.work]}
    _merge_references(merger)
    _merge_mentions(merger)
    _keep_before(merger, lists)
    return merger.made


def _merge_values(merger: _Merger) -> None:
    """Give the work the best values."""
    for gain in value_gains(merger.work, merger.other_works):
        merger.note("works", {}, gain.column, (gain.before, gain.after), gain.origin)
        merger.work[gain.column] = gain.after


def _merge_people(merger: _Merger, lists: dict[str, list[_Row]], at: int, *, is_cut: bool) -> bool:
    """Take a fuller list of people, or what it says more; tell whether it was taken whole."""
    rows = lists["authorships"]
    taken = False
    offered: dict[str, list[_Row]] = defaultdict(list)
    for row in merger.of("authorships", merger.others[at]):
        offered[row["role"]].append(row)
    for role, theirs in offered.items():
        mine = [row for row in rows if row["role"] == role]
        if is_fuller(theirs, mine, is_cut=is_cut and role == "author"):
            rows[:] = [row for row in rows if row["role"] != role]
            merger.take_out("authorships", mine, at)
            for new in theirs:
                merger.add("authorships", rows, new, at)
            taken |= role == "author"
            if role == "author" and merger.work["et_al"] != merger.other_works[at]["et_al"]:
                values = merger.work["et_al"], merger.other_works[at]["et_al"]
                merger.note("works", {}, "et_al", values, at)
                merger.work["et_al"] = values[1]
            continue
        for place, other in zip(align_people(mine, theirs), theirs, strict=True):
            if place is None:
                continue
            for column, value in person_gains(mine[place], other).items():
                merger.note("authorships", mine[place], column, (mine[place][column], value), at)
                mine[place][column] = value
    return taken


def _merge_addresses(
    merger: _Merger, lists: dict[str, list[_Row]], at: int, *, has_people: bool
) -> None:
    """Take the addresses of another record where there are none, or none of an author."""
    rows, theirs = lists["affiliations"], merger.of("affiliations", merger.others[at])
    mine_tied = any(row["author_position"] is not None for row in rows)
    tied = any(row["author_position"] is not None for row in theirs)
    if theirs and (not rows or (tied and not mine_tied)):
        merger.take_out("affiliations", rows, at)
        places = _places_of_authors(merger, lists, at)
        for new in theirs:
            if new["author_position"] is not None:
                new["author_position"] = places.get(new["author_position"])
            merger.add("affiliations", rows, new, at)
    elif has_people:
        authors = [row for row in merger.own("authorships") if row["role"] == "author"]
        now = [row for row in lists["authorships"] if row["role"] == "author"]
        places = {
            row["position"]: None if place is None else now[place]["position"]
            for row, place in zip(authors, align_people(now, authors), strict=True)
        }
        for row in rows:
            before = row["author_position"]
            after = places.get(before)
            if before != after:
                merger.note("affiliations", row, "author_position", (before, after), at)
                row["author_position"] = after


def _places_of_authors(
    merger: _Merger, lists: dict[str, list[_Row]], at: int
) -> dict[int, int | None]:
    """Return where the authors of another record stand in the list of the work."""
    now = [row for row in lists["authorships"] if row["role"] == "author"]
    theirs = merger.of("authorships", merger.others[at])
    authors = [row for row in theirs if row["role"] == "author"]
    return {
        row["position"]: None if place is None else now[place]["position"]
        for row, place in zip(authors, align_people(now, authors), strict=True)
    }


def _merge_terms(merger: _Merger, rows: list[_Row], at: int) -> None:
    """Take the terms of kinds that the work has none of."""
    kinds = {row["kind"] for row in rows}
    for new in merger.of("terms", merger.others[at]):
        if new["kind"] not in kinds:
            merger.add("terms", rows, new, at)


def _merge_fields(merger: _Merger, rows: list[_Row], at: int) -> None:
    """Take the fields whose names the work lacks."""
    names = {row["name"] for row in rows}
    for new in merger.of("fields", merger.others[at]):
        if new["name"] not in names:
            last = max((row["position"] for row in rows), default=0)
            merger.add("fields", rows, new | {"position": last + 1}, at)


def _merge_references(merger: _Merger) -> None:
    """Join the lists of references: none is lost, and none stands there twice."""
    rows = merger.own("cited_references")
    before: dict[int, _Row] = {}
    own = {row["reference_id"] for row in rows}
    for at, other in enumerate(merger.others):
        theirs = merger.found["cited_references"].get(other, [])
        if not theirs:
            continue
        last = max((row["position"] or 0 for row in rows), default=0)
        for place, cited in zip(match_references(rows, theirs), theirs, strict=True):
            if place is None:
                last += 1
                new = cited | {"citing_work_id": merger.kept, "position": last}
                merger.note("cited_references", cited, "citing_work_id", (other, merger.kept), at)
                rows.append(new)
                merger.made.moved.setdefault(other, []).append(cited["reference_id"])
                continue
            counterpart = rows[place]
            merger.made.dropped[cited["reference_id"]] = counterpart["reference_id"]
            names = [name for name in _OF_REFERENCE if counterpart[name] is None]
            names += _LINK if counterpart["work_id"] is None else ()
            for name in names:
                if cited[name] is None:
                    continue
                if counterpart["reference_id"] in own:
                    before.setdefault(counterpart["reference_id"], dict(counterpart))
                merger.note("cited_references", counterpart, name, (None, cited[name]), at)
                counterpart[name] = cited[name]
    merger.made.rows["cited_references"] = rows
    if before:
        merger.made.before["references"] = [list(row.values()) for row in before.values()]


def _merge_mentions(merger: _Merger) -> None:
    """Move the in-text citations of the others to the work."""
    rows = merger.own("mentions")
    for other in merger.others:
        for row in merger.found["mentions"].get(other, []):
            cited = merger.made.dropped.get(row["reference_id"], row["reference_id"])
            rows.append(row | {"citing_work_id": merger.kept, "reference_id": cited})
    merger.made.rows["mentions"] = rows


def _keep_before(merger: _Merger, lists: Mapping[str, list[_Row]]) -> None:
    """Keep what changed as it was."""
    work = merger.found["works"][merger.kept][0]
    merger.made.before["works"] = {
        name: [value, merger.work[name]]
        for name, value in work.items()
        if value != merger.work[name]
    }
    tables = {}
    for table, rows in lists.items():
        own = merger.found[table].get(merger.kept, [])
        if own != rows:
            tables[table] = [list(row.values()) for row in own]
    merger.made.before["tables"] = tables
