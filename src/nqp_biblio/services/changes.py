"""Changes that a service makes to the tables of a corpus: made, listed in `changes`, taken back.

A value of a work is one row in ``changes`` with its value before and after. A row added to
another table is one row too, under the column that shows it: the name of a person, the text
of a reference. A row taken out of a table is one row for each of its values.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

from nqp_biblio.corpus.changes import Change, RowKey
from nqp_biblio.schema import TABLES
from nqp_biblio.services.spooled import columns_of, row_of, rows_of

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Collection,
        Container,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.services.spooled import RowSpool

__all__ = ["Amendment", "Change", "amend", "is_of", "rule_of", "shown_of", "take_back"]

_START = "enrich:"
_TYPES = {column.name: column.type for column in TABLES["works"].columns}
_KEYS: dict[str, tuple[str, str | None, str | None]] = {
    "authorships": ("work_id", "role", "position"),
    "terms": ("work_id", "kind", "position"),
    "affiliations": ("work_id", None, "position"),
    "page_ranges": ("work_id", None, "position"),
    "fields": ("work_id", None, "position"),
    "cited_references": ("reference_id", None, None),
    "sources": ("source_id", None, None),
    "problems": ("problem_id", None, None),
}
"""By table the columns that ``row_id``, ``role`` and ``position`` of a change name."""

_READ: dict[str, Callable[[str], object]] = {
    "BIGINT": int,
    "DOUBLE": float,
    "BOOLEAN": lambda text: text == "True",
    "VARCHAR": str,
}
_Row = tuple[Any, ...]


_SHOWN = {
    "authorships": "name_raw",
    "affiliations": "affiliation_raw",
    "terms": "term_raw",
    "page_ranges": "first_page",
    "fields": "value",
    "cited_references": "raw",
    "sources": "display_name",
    "problems": "reason",
}
"""By table the column that shows a row in ``changes``."""


@dataclass(slots=True)
class Amendment:
    """What is to be changed: values of works, and rows that other tables gain or lose.

    Attributes
    ----------
    spool : RowSpool
        Holds the changes, and the rows that tables gain.
    columns : set of str
        Columns of works in which a value changes.
    moved : Counter of int
        By how many works each source grows or shrinks.
    removed : set of tuple
        What names the rows that tables lose.
    """

    spool: RowSpool
    columns: set[str] = field(default_factory=set)
    moved: Counter[int] = field(default_factory=Counter)
    removed: set[RowKey] = field(default_factory=set)

    def set_value(
        self, work_id: int, name: str, values: tuple[object, object], *, rule: str
    ) -> None:
        """Note the value of a work before and after."""
        before, after = (None if value is None else str(value) for value in values)
        change = Change("works", work_id, None, name, before, after, rule)
        self.columns.add(name)
        self.moved.update(_moved([change]))
        self.spool.add("changes", change)

    def add(self, table: str, row: Mapping[str, object], rule: str) -> None:
        """Note a new row; columns that are not named are missing."""
        shown = _SHOWN[table]
        value = None if row[shown] is None else str(row[shown])
        _, row_id, role, position = _key_of(table, row_of(table, row))
        self.spool.add(table, row_of(table, row))
        self.spool.add("changes", Change(table, row_id, position, shown, None, value, rule, role))

    def remove(self, table: str, row: _Row, rule: str) -> None:
        """Note that a row is taken out, with all that stands in it."""
        key = _key_of(table, row)
        self.removed.add(key)
        named = set(_KEYS[table])
        for name, value in zip(TABLES[table].column_names, row, strict=True):
            if value is not None and name not in named:
                _, row_id, role, position = key
                change = Change(table, row_id, position, name, str(value), None, rule, role)
                self.spool.add("changes", change)


def shown_of(table: str, row: _Row) -> tuple[object, ...]:
    """Return what a row shows, and where it stands."""
    return (row[TABLES[table].column_names.index(_SHOWN[table])], *_key_of(table, row))


def rule_of(service: str, identifier: str, date: str | None) -> str:
    """Name the rule of a change: the service, what was asked, and the day of the answer.

    Examples
    --------
    >>> rule_of("crossref", "10.1000/182", "2026-11-24")
    'enrich:crossref:10.1000/182@2026-11-24'
    """
    return f"{_START}{service}:{identifier}" + (f"@{date}" if date else "")


def is_of(rule: str, service: str | None) -> bool:
    """Whether a rule is one of enrichment, from this service where one is named."""
    return rule.startswith(_START if service is None else f"{_START}{service}:")


def amend(corpus: Corpus, amendment: Amendment) -> Corpus:
    """Return a corpus with changes made and listed.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    amendment : Amendment
        What is to be changed.

    Returns
    -------
    Corpus
        Its history is as before; the step is for the caller to add.
    """
    spool = amendment.spool
    if not spool.count("changes"):
        return corpus
    cells = (Change(*row) for row in spool.rows("changes") if row[0] == "works")
    last = _largest(corpus, "changes")
    new = ((key, *change) for key, change in enumerate(spool.rows("changes"), last + 1))
    tables: dict[str, Iterable[_Row]] = {"changes": chain(rows_of(corpus, "changes"), new)}
    for name in sorted({key[0] for key in amendment.removed} | set(spool.names) - {"changes"}):
        left = _others(name, rows_of(corpus, name), amendment.removed)
        tables[name] = chain(left, spool.rows(name))
    if +amendment.moved or -amendment.moved:
        sources = tables.get("sources", rows_of(corpus, "sources"))
        tables["sources"] = _recounted(sources, amendment.moved)
    return _replaced(_with_cells(corpus, cells, amendment.columns), tables)


def take_back(corpus: Corpus, service: str | None, *, only: str | None = None) -> Corpus:
    """Return a corpus without what a service changed.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    service : str or None
        The service; all where None.
    only : str, optional
        The one table to do so in.

    Returns
    -------
    Corpus
        Its history is as before. What a cleaning step made of a value that is taken back
        goes with it; what another service put over it stays.
    """
    where = "1 = 1" if only is None else f"table_name = '{only}'"
    if not _has_any(corpus, service, where):
        return corpus
    listed = sorted((row[0], Change(*row[1:])) for row in rows_of(corpus, "changes", where))
    taken = {key for key, change in listed if is_of(change.rule, service)}
    touched = {change.row_key for key, change in listed if key in taken}
    rows_touched = {key for key in touched if key[0] in _KEYS}
    kept, cells = _spliced([item for item in listed if item[1].row_key not in rows_touched], taken)
    by_row: dict[RowKey, list[tuple[int, Change]]] = defaultdict(list)
    for key, change in listed:
        if change.row_key in rows_touched:
            by_row[change.row_key].append((key, change))
    gone: dict[RowKey, dict[str, str]] = {}
    for row_key, steps in by_row.items():
        left, values = _unwound(steps, taken)
        kept += left
        if values is not None:
            gone[row_key] = values
    names = {change.column_name for change in cells}
    rest = rows_of(corpus, "changes", f"NOT ({where})")
    rows = chain(rest, ((key, *change) for key, change in kept))
    before = _without_rows(_with_cells(corpus, cells, names), gone, cells)
    return _replaced(before, {"changes": rows})


def _has_any(corpus: Corpus, service: str | None, where: str) -> bool:
    """Whether any change is one of enrichment, from this service where one is named."""
    start = _START if service is None else f"{_START}{service}:"
    query = f"SELECT COUNT(*) FROM changes WHERE substr(rule, 1, {len(start)}) = ? AND {where}"
    return bool(corpus.sql(query, (start,))[0][0])


def _largest(corpus: Corpus, table: str) -> int:
    """Return the largest key of a table, 0 where it is empty."""
    key = TABLES[table].order[0]
    return int(corpus.sql(f"SELECT COALESCE(MAX({key}), 0) FROM {table}")[0][0])


def _spliced(
    listed: list[tuple[int, Change]], taken: set[int]
) -> tuple[list[tuple[int, Change]], list[Change]]:
    """Take changes out of their chains.

    Returns the changes that stay, and for each value that ends otherwise a change to it.
    """
    touched = {change[:4] for key, change in listed if key in taken}
    chains: dict[tuple[object, ...], list[tuple[int, Change]]] = defaultdict(list)
    kept = []
    for key, change in listed:
        if change[:4] in touched:
            chains[change[:4]].append((key, change))
        else:
            kept.append((key, change))
    cells = []
    for steps in chains.values():
        value, is_derived = steps[0][1].before, False
        for key, change in steps:
            if key in taken:
                is_derived = True
            elif not is_derived or is_of(change.rule, None):
                kept.append((key, change._replace(before=value)))
                value, is_derived = change.after, False
        last = steps[-1][1]
        if value != last.after:
            cells.append(last._replace(before=last.after, after=value))
    return sorted(kept), cells


def _unwound(
    steps: list[tuple[int, Change]], taken: set[int]
) -> tuple[list[tuple[int, Change]], dict[str, str] | None]:
    """Take changes out of the chain of one row.

    Returns the changes that stay; and where the row ends otherwise the values that it had
    before, none where it was not there.
    """
    kept: list[tuple[int, Change]] = []
    before: list[tuple[int, Change]] | None = None  # what stood before those taken back
    for rule, items in groupby(steps, key=lambda item: item[1].rule):
        group = list(items)
        removed = [item for item in group if item[1].before is not None]
        if group[0][0] in taken:
            before = removed if before is None else before
        elif before is None:
            kept += group
        elif is_of(rule, None):
            kept += [(key, change._replace(rule=rule)) for key, change in before]
            kept += [item for item in group if item not in removed]
            before = None
    if before is None:
        return kept, None
    return kept, {change.column_name: change.before or "" for _, change in before}


@lru_cache(maxsize=32)
def _places(table: str, names: tuple[str, ...]) -> tuple[int | None, ...]:
    """Return the places of the columns that name a row."""
    return tuple(None if name is None else names.index(name) for name in _KEYS[table])


def _key_of(table: str, row: _Row) -> RowKey:
    """Return what names a row."""
    places = _places(table, TABLES[table].column_names)
    row_id, role, position = (None if place is None else row[place] for place in places)
    return table, row_id, role, position  # type: ignore[return-value]


def _others(table: str, rows: Iterable[_Row], gone: Container[RowKey]) -> Iterator[_Row]:
    """Yield the rows that are not gone."""
    return (row for row in rows if _key_of(table, row) not in gone)


def _restored(key: RowKey, values: Mapping[str, str]) -> _Row:
    """Make a row of what ``changes`` holds of it."""
    table, *named = key
    row: dict[str, object] = dict.fromkeys(TABLES[table].column_names)
    for column in TABLES[table].columns:
        if column.name in values:
            row[column.name] = _READ[column.type](values[column.name])
    row |= {name: part for name, part in zip(_KEYS[table], named, strict=True) if name}
    return tuple(row.values())


def _with_cells(corpus: Corpus, cells: Iterable[Change], names: Collection[str]) -> Corpus:
    """Set values of works in the columns named."""
    if not names:
        return corpus
    values = {name: f"w.{name}" for name in TABLES["works"].column_names}
    joins = []
    for name in sorted(names):
        joins.append(
            " LEFT JOIN (SELECT row_id, after FROM changes"
            f" WHERE column_name = '{name}') AS new_{name} ON new_{name}.row_id = w.work_id"
        )
        values[name] = (
            f"CASE WHEN new_{name}.row_id IS NULL THEN w.{name}"
            f" ELSE CAST(new_{name}.after AS {_TYPES[name]}) END"
        )
    columns = ", ".join(f"{value} AS {name}" for name, value in values.items())
    rows = ((key, *change) for key, change in enumerate(cells, 1))
    staged = corpus.replace(changes=columns_of("changes", rows))
    return staged.derive(works=f"SELECT {columns} FROM works AS w{''.join(joins)}")


def _moved(cells: Iterable[Change]) -> Counter[int]:
    """Count by how many works each source grows or shrinks."""
    moved: Counter[int] = Counter()
    for change in cells:
        if change.column_name == "source_id":
            if change.before is not None:
                moved[int(change.before)] -= 1
            if change.after is not None:
                moved[int(change.after)] += 1
    return moved


def _recounted(sources: Iterable[_Row], moved: Counter[int]) -> Iterator[_Row]:
    """Yield the sources with the number of works that they have now."""
    place = TABLES["sources"].column_names.index("n_works")
    return ((*row[:place], (row[place] or 0) + moved[row[0]], *row[place + 1 :]) for row in sources)


def _without_rows(
    corpus: Corpus, gone: Mapping[RowKey, Mapping[str, str]], cells: Sequence[Change]
) -> Corpus:
    """Give rows back what they were; a source goes only where no work stands in it any more."""
    tables: dict[str, Iterable[_Row]] = {}
    for table in sorted({key[0] for key in gone} - {"sources"}):
        others = _others(table, rows_of(corpus, table), gone)
        back = [
            _restored(key, values) for key, values in gone.items() if key[0] == table and values
        ]
        tables[table] = chain(others, back)
    if moved := _moved(cells):
        place = TABLES["sources"].column_names.index("n_works")
        rows = _recounted(rows_of(corpus, "sources"), moved)
        tables["sources"] = [
            row for row in rows if row[place] or _key_of("sources", row) not in gone
        ]
    return _replaced(corpus, tables)


def _replaced(corpus: Corpus, tables: Mapping[str, Iterable[_Row]]) -> Corpus:
    """Return a corpus with some tables made anew from rows."""
    columns: dict[str, Mapping[str, Sequence[object]]] = {
        name: columns_of(name, rows) for name, rows in tables.items()
    }
    return corpus.replace(step=None, **columns)
