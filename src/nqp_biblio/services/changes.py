"""Changes that a service makes to the tables of a corpus: made, listed in `changes`, taken back.

A value of a work is one row in ``changes`` with its value before and after. A row added to
another table is one row too, under the column that shows it: the name of a person, the text
of a reference. A row taken out of a table is one row for each of its values.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["Amendment", "Change", "amend", "as_columns", "is_of", "rule_of", "take_back"]

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
RowKey = tuple[str, int, str | None, int | None]


class Change(NamedTuple):
    """One row of ``changes`` without its key."""

    table_name: str
    row_id: int
    position: int | None
    column_name: str
    before: str | None
    after: str | None
    rule: str
    role: str | None = None

    @property
    def row_key(self) -> RowKey:
        """What names the row that is changed."""
        return self.table_name, self.row_id, self.role, self.position


@dataclass(slots=True)
class Amendment:
    """What is to be changed: values of works, and rows that other tables gain.

    Attributes
    ----------
    changes : list of Change
        One for each value and each row.
    rows : dict of str to list of tuple
        By table the rows it gains, values in the order of its columns.
    removed : set of tuple
        What names the rows that tables lose.
    """

    changes: list[Change] = field(default_factory=list)
    rows: dict[str, list[_Row]] = field(default_factory=lambda: defaultdict(list))
    removed: set[RowKey] = field(default_factory=set)

    def remove(self, table: str, row: _Row, rule: str) -> None:
        """Note that a row is taken out, with all that stands in it."""
        key = _key_of(table, row)
        self.removed.add(key)
        named = set(_KEYS[table])
        for name, value in zip(TABLES[table].column_names, row, strict=True):
            if value is not None and name not in named:
                _, row_id, role, position = key
                change = Change(table, row_id, position, name, str(value), None, rule, role)
                self.changes.append(change)


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
    if not amendment.changes:
        return corpus
    cells = [change for change in amendment.changes if change.table_name == "works"]
    listed = _rows_of(corpus, "changes")
    last = max((row[0] for row in listed), default=0)
    listed += [(key, *change) for key, change in enumerate(amendment.changes, last + 1)]
    names = {key[0] for key in amendment.removed} | set(amendment.rows)
    tables = {
        name: _others(name, _rows_of(corpus, name), amendment.removed) + amendment.rows[name]
        for name in sorted(names)
    }
    tables["changes"] = listed
    if moved := _moved(cells):
        sources = tables.get("sources") or _rows_of(corpus, "sources")
        tables["sources"] = _recounted(sources, moved)
    return _replaced(_with_cells(corpus, cells), tables)


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
    rows = _rows_of(corpus, "changes")
    listed = [(row[0], Change(*row[1:])) for row in sorted(rows)]
    taken = {
        key
        for key, change in listed
        if is_of(change.rule, service) and only in {None, change.table_name}
    }
    if not taken:
        return corpus
    touched = {change.row_key for key, change in listed if key in taken}
    rows_touched = {key for key in touched if key[0] in _KEYS}
    kept, cells = _spliced([item for item in listed if item[1].row_key not in rows_touched], taken)
    by_row: dict[RowKey, list[tuple[int, Change]]] = defaultdict(list)
    for key, change in listed:
        if change.row_key in rows_touched:
            by_row[change.row_key].append((key, change))
    gone: dict[RowKey, dict[str, str]] = {}
    for row_key, chain in by_row.items():
        left, values = _unwound(chain, taken)
        kept += left
        if values is not None:
            gone[row_key] = values
    return _without_rows(_with_cells(corpus, cells), gone, cells).replace(
        changes=as_columns("changes", [(key, *change) for key, change in sorted(kept)])
    )


def as_columns(table: str, rows: Sequence[_Row]) -> dict[str, Sequence[object]]:
    """Turn rows into columns."""
    names = TABLES[table].column_names
    columns: Iterable[Sequence[object]] = zip(*rows, strict=True) if rows else ([] for _ in names)
    return dict(zip(names, columns, strict=True))


def _rows_of(corpus: Corpus, table: str) -> list[_Row]:
    """Return the rows of a table."""
    names = ", ".join(TABLES[table].column_names)
    return corpus.sql(f"SELECT {names} FROM {table}")


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
    for chain in chains.values():
        value, is_derived = chain[0][1].before, False
        for key, change in chain:
            if key in taken:
                is_derived = True
            elif not is_derived or is_of(change.rule, None):
                kept.append((key, change._replace(before=value)))
                value, is_derived = change.after, False
        last = chain[-1][1]
        if value != last.after:
            cells.append(last._replace(before=last.after, after=value))
    return sorted(kept), cells


def _unwound(
    chain: list[tuple[int, Change]], taken: set[int]
) -> tuple[list[tuple[int, Change]], dict[str, str] | None]:
    """Take changes out of the chain of one row.

    Returns the changes that stay; and where the row ends otherwise the values that it had
    before, none where it was not there.
    """
    kept: list[tuple[int, Change]] = []
    before: list[tuple[int, Change]] | None = None  # what stood before those taken back
    for rule, items in groupby(chain, key=lambda item: item[1].rule):
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


def _key_of(table: str, row: _Row) -> RowKey:
    """Return what names a row."""
    names = TABLES[table].column_names
    row_id, role, position = _KEYS[table]
    return (
        table,
        row[names.index(row_id)],
        row[names.index(role)] if role else None,
        row[names.index(position)] if position else None,
    )


def _others(table: str, rows: Iterable[_Row], gone: Container[RowKey]) -> list[_Row]:
    """Return the rows that are not gone."""
    return [row for row in rows if _key_of(table, row) not in gone]


def _restored(key: RowKey, values: Mapping[str, str]) -> _Row:
    """Make a row of what ``changes`` holds of it."""
    table, *named = key
    row: dict[str, object] = dict.fromkeys(TABLES[table].column_names)
    for column in TABLES[table].columns:
        if column.name in values:
            row[column.name] = _READ[column.type](values[column.name])
    row |= {name: part for name, part in zip(_KEYS[table], named, strict=True) if name}
    return tuple(row.values())


def _with_cells(corpus: Corpus, cells: Sequence[Change]) -> Corpus:
    """Set values of works."""
    if not cells:
        return corpus
    values = {name: f"w.{name}" for name in TABLES["works"].column_names}
    joins = []
    for name in sorted({change.column_name for change in cells}):
        joins.append(
            " LEFT JOIN (SELECT row_id, after FROM changes"
            f" WHERE column_name = '{name}') AS new_{name} ON new_{name}.row_id = w.work_id"
        )
        values[name] = (
            f"CASE WHEN new_{name}.row_id IS NULL THEN w.{name}"
            f" ELSE CAST(new_{name}.after AS {_TYPES[name]}) END"
        )
    columns = ", ".join(f"{value} AS {name}" for name, value in values.items())
    rows = [(key, *change) for key, change in enumerate(cells, 1)]
    staged = corpus.replace(changes=as_columns("changes", rows))
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


def _recounted(sources: Sequence[_Row], moved: Counter[int]) -> list[_Row]:
    """Return the sources with the number of works that they have now."""
    place = TABLES["sources"].column_names.index("n_works")
    return [
        (*row[:place], (row[place] or 0) + moved.get(row[0], 0), *row[place + 1 :])
        for row in sources
    ]


def _without_rows(
    corpus: Corpus, gone: Mapping[RowKey, Mapping[str, str]], cells: Sequence[Change]
) -> Corpus:
    """Give rows back what they were; a source goes only where no work stands in it any more."""
    tables: dict[str, list[_Row]] = {}
    for table in sorted({key[0] for key in gone} - {"sources"}):
        tables[table] = _others(table, _rows_of(corpus, table), gone)
        tables[table] += [
            _restored(key, values) for key, values in gone.items() if key[0] == table and values
        ]
    if moved := _moved(cells):
        place = TABLES["sources"].column_names.index("n_works")
        tables["sources"] = [
            row
            for row in _recounted(_rows_of(corpus, "sources"), moved)
            if row[place] or _key_of("sources", row) not in gone
        ]
    return _replaced(corpus, tables)


def _replaced(corpus: Corpus, tables: Mapping[str, Sequence[_Row]]) -> Corpus:
    """Return a corpus with some tables made anew from rows."""
    columns: dict[str, Mapping[str, Sequence[object]]] = {
        name: as_columns(name, rows) for name, rows in tables.items()
    }
    return corpus.replace(step=None, **columns)
