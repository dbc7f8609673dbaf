"""Make one work of several: the best of each value, whole lists, and a trace of it all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from nqp_biblio.cleaning.merging.kept_records import encode_record
from nqp_biblio.cleaning.merging.lists import merge_lists
from nqp_biblio.corpus.changes import as_columns
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.record import Record

__all__ = ["Join", "columns_of", "merge_works", "order_members"]

_Row = dict[str, Any]
_BATCH = 2_000
_OWNED = ("works", "authorships", "affiliations", "terms", "page_ranges", "fields")
_CITING = ("cited_references", "mentions")
_BEYOND = {
    "works": ("source_id", "et_al"),
    "authorships": ("author_id", "author", "author_rule", "author_score"),
    "affiliations": (
        *("institution_id", "institution", "city", "country_code", "is_corresponding"),
        "place_rule",
    ),
    "cited_references": (
        *("reference_id", "position", "work_id", "cited_work_id", "link_rule", "link_score"),
    ),
    "mentions": ("mention_id", "reference_id"),
}
"""By table the columns that a record does not hold."""


class Join(NamedTuple):
    """Works that become one.

    Attributes
    ----------
    kept : int
        The ``work_id`` that stays.
    others : list of int
        Those that become part of it, the best first.
    rules : list of (str, float)
        For each of the others the rule and score by which it is.
    merge_ids : list of int
        Keys of the rows of ``merges``; new ones where empty.
    """

    kept: int
    others: list[int]
    rules: list[tuple[str, float]]
    merge_ids: list[int] = []  # noqa: RUF012  never changed


@dataclass(slots=True)
class _Made:
    """Rows that the tables gain."""

    rows: dict[str, list[_Row]] = field(default_factory=lambda: defaultdict(list))
    changes: list[tuple[object, ...]] = field(default_factory=list)
    merges: list[tuple[object, ...]] = field(default_factory=list)
    dropped: dict[int, int] = field(default_factory=dict)


def order_members(corpus: Corpus, groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """Put the work that is to be kept first, and the others by how much they hold.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    groups : sequence of sequence of int
        Keys of works that are one.

    Returns
    -------
    list of list of int
        The same groups. First comes what is no printed reference, then what has most
        references, then most values; file and line decide where all are even, so that the
        order read does not.
    """
    counted = [
        name for name in TABLES["works"].column_names if name not in {"work_id", "source_id"}
    ]
    filled = " + ".join(f"CASE WHEN w.{name} IS NULL THEN 0 ELSE 1 END" for name in counted)
    staged = _staged(corpus, [Join(group[0], list(group[1:]), []) for group in groups])
    rows = staged.sql(
        f"SELECT w.work_id, w.role, COALESCE(c.n, 0), COALESCE(a.n, 0), {filled}, w.file, w.line"
        " FROM works w JOIN relations r ON r.work_id = w.work_id"
        " LEFT JOIN (SELECT citing_work_id, COUNT(*) AS n FROM cited_references"
        " GROUP BY citing_work_id) c ON c.citing_work_id = w.work_id"
        " LEFT JOIN (SELECT work_id, COUNT(*) AS n FROM authorships GROUP BY work_id) a"
        " ON a.work_id = w.work_id"
    )
    keys = {
        key: (role == "reference", -n_cited, -n_filled, -n_people, file or "", line or 0, key)
        for key, role, n_cited, n_people, n_filled, file, line in rows
    }
    return [sorted(group, key=keys.__getitem__) for group in groups]


def merge_works(
    corpus: Corpus,
    joins: Sequence[Join],
    *,
    layer: int,
    names: Mapping[int, str] | None = None,
) -> Corpus:
    """Make one work of each group.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    joins : sequence of Join
        Groups that have no work in common.
    layer : int
        Which time this is that works were merged.
    names : mapping of int to str, optional
        Fingerprints of the works, kept so that decisions can be replayed.

    Returns
    -------
    Corpus
        Its history is as before. The others are rows of ``merges``, what the kept work gained
        rows of ``changes``; whatever pointed to another points to the kept one.
    """
    if not joins:
        return corpus
    staged = _staged(corpus, joins)
    made = _Made()
    keys = {name: _last_key(corpus, name) for name in ("merges", "changes")}
    pointers = _pointers(staged, corpus)
    for start in range(0, len(joins), _BATCH):
        batch = joins[start : start + _BATCH]
        _merge_batch(staged, batch, start, made, keys, pointers, layer=layer, names=names or {})
    return _assembled(corpus, staged, made)


def columns_of(table: str, rows: Iterable[Mapping[str, object]]) -> dict[str, list[object]]:
    """Turn rows into columns; columns that a row does not name are missing."""
    listed = list(rows)
    return {name: [row.get(name) for row in listed] for name in TABLES[table].column_names}


def _staged(corpus: Corpus, joins: Sequence[Join]) -> Corpus:
    """Return the corpus with the groups in the place of its relations, to be joined with."""
    rows = [
        (key, join.kept, "kept" if key == join.kept else "merged", "", at)
        for at, join in enumerate(joins)
        for key in (join.kept, *join.others)
    ]
    return corpus.replace(relations=as_columns("relations", rows))


def _last_key(corpus: Corpus, table: str) -> int:
    """Return the largest key of a table, 0 where it is empty."""
    key = TABLES[table].order[0]
    return int(corpus.sql(f"SELECT COALESCE(MAX({key}), 0) FROM {table}")[0][0])


def _pointers(staged: Corpus, corpus: Corpus) -> dict[int, dict[str, list[Any]]]:
    """Return by work that is merged what points to it, so that it can be pointed back."""
    found: dict[int, dict[str, list[Any]]] = defaultdict(dict)
    for table, key in (
        ("cited_references", "reference_id"),
        ("problems", "problem_id"),
        ("merges", "merge_id"),
    ):
        rows = staged.sql(
            f"SELECT t.work_id, t.{key} FROM {table} t JOIN relations r"
            f" ON r.work_id = t.work_id WHERE r.relation = 'merged' ORDER BY t.{key}"
        )
        for work_id, row_id in rows:
            found[work_id].setdefault(table, []).append(row_id)
    staged_works = {row[0] for row in staged.sql("SELECT work_id FROM relations")}
    names = ", ".join(TABLES["relations"].column_names)
    for row in corpus.sql(f"SELECT {names} FROM relations ORDER BY {names}"):
        for work_id in sorted({row[0], row[1]} & staged_works):
            found[work_id].setdefault("relations", []).append(list(row))
    return found


def _rows_of_batch(staged: Corpus, start: int, end: int) -> dict[str, dict[int, list[_Row]]]:
    """Return the rows of a batch of groups by table and work."""
    found: dict[str, dict[int, list[_Row]]] = {}
    for table in (*_OWNED, *_CITING):
        owner = "citing_work_id" if table in _CITING else "work_id"
        names = TABLES[table].column_names
        order = ", ".join(f"t.{name}" for name in TABLES[table].order)
        if table == "cited_references":
            order = "t.position, t.reference_id"
        rows = staged.sql(
            f"SELECT {', '.join(f't.{name}' for name in names)} FROM {table} t JOIN relations r"
            f" ON r.work_id = t.{owner} WHERE r.score BETWEEN ? AND ? ORDER BY {order}",
            (start, end),
        )
        by_work = found[table] = defaultdict(list)
        for values in rows:
            row = dict(zip(names, values, strict=True))
            by_work[row[owner]].append(row)
    return found


def _places_of_batch(staged: Corpus, start: int, end: int) -> dict[int, dict[str, list[Any]]]:
    """Return by merged work its source and institutions, which may be gone without it."""
    found: dict[int, dict[str, list[Any]]] = defaultdict(dict)
    for table, key, of in (
        ("sources", "source_id", "works"),
        ("institutions", "institution_id", "affiliations"),
    ):
        names = ", ".join(f"s.{name}" for name in TABLES[table].column_names)
        rows = staged.sql(
            f"SELECT DISTINCT t.work_id, {names} FROM {table} s JOIN {of} t ON t.{key} = s.{key}"
            " JOIN relations r ON r.work_id = t.work_id"
            " WHERE r.score BETWEEN ? AND ? ORDER BY 1, 2",
            (start, end),
        )
        for work_id, *values in rows:
            found[work_id].setdefault(table, []).append(values)
    return found


def _records_of_batch(staged: Corpus, start: int, end: int) -> dict[int, Record]:
    """Return the records of a batch that are merged, by key."""
    tables = (*_OWNED, *_CITING, "problems")
    part = staged.derive(
        step=None,
        **{
            table: f"SELECT t.* FROM {table} t JOIN relations r ON r.work_id ="
            f" t.{'citing_work_id' if table in _CITING else 'work_id'}"
            f" WHERE r.relation = 'merged' AND r.score BETWEEN {start} AND {end}"
            for table in tables
        },
    )
    ids = [row[0] for row in part.sql("SELECT work_id FROM works ORDER BY work_id")]
    return dict(zip(ids, part.records(), strict=True))


def _merge_batch(
    staged: Corpus,
    joins: Sequence[Join],
    start: int,
    made: _Made,
    keys: dict[str, int],
    pointers: Mapping[int, Mapping[str, list[Any]]],
    *,
    layer: int,
    names: Mapping[int, str],
) -> None:
    """Merge the groups of a batch."""
    places = _places_of_batch(staged, start, start + len(joins) - 1)
    end = start + len(joins) - 1
    rows = _rows_of_batch(staged, start, end)
    records = _records_of_batch(staged, start, end)
    for join in joins:
        merged = merge_lists(rows, join.kept, join.others)
        first_change = keys["changes"] + 1
        for change in merged.changes:
            keys["changes"] += 1
            made.changes.append((keys["changes"], *change))
        kept = merged.before | {"changes": [first_change, keys["changes"]]}
        kept["fingerprint"] = names.get(join.kept)
        kept["relations"] = pointers.get(join.kept, {}).get("relations", [])
        made.dropped.update(merged.dropped)
        for table, items in merged.rows.items():
            made.rows[table] += items
        for at, other in enumerate(join.others):
            trace: dict[str, Any] = {"work_id": other, "layer": layer, **_trace(rows, other)}
            trace |= {"moved": merged.moved.get(other, []), "pointers": pointers.get(other, {})}
            trace |= {"places": places.get(other, {}), "fingerprint": names.get(other)}
            if at == 0:
                trace["kept"] = kept
            keys["merges"] += not join.merge_ids
            merge_id = join.merge_ids[at] if join.merge_ids else keys["merges"]
            record = records[other]
            where = record.file, record.line, record.format, record.key, record.doi, record.title
            line = encode_record(record, trace)
            made.merges.append((merge_id, join.kept, *where, *join.rules[at], line))


def _trace(rows: Mapping[str, Mapping[int, list[_Row]]], work_id: int) -> dict[str, Any]:
    """Return what the tables hold of a work beyond its record."""
    columns: dict[str, dict[str, list[Any]]] = {}
    for table, names in _BEYOND.items():
        own = rows[table].get(work_id, [])
        values = {name: [row[name] for row in own] for name in names}
        some = {name: found for name, found in values.items() if any(v is not None for v in found)}
        if some:
            columns[table] = some
    terms = rows["terms"].get(work_id, [])
    trace: dict[str, Any] = {"columns": columns}
    if any(row["term"] != row["term_raw"] or row["kind"] == "topic" for row in terms):
        trace["terms"] = [list(row.values()) for row in terms]
    return trace


def _assembled(corpus: Corpus, staged: Corpus, made: _Made) -> Corpus:
    """Put the tables together."""
    gone = "(SELECT work_id FROM relations)"
    listed = {name: f"SELECT * FROM {name} WHERE work_id NOT IN {gone}" for name in _OWNED}
    for name in _CITING:
        listed[name] = (
            f"SELECT * FROM {name} WHERE citing_work_id IS NULL OR citing_work_id NOT IN {gone}"
        )
    without = staged.derive(step=None, **listed)
    added = {name: columns_of(name, made.rows[name]) for name in (*_OWNED, *_CITING)}
    whole = without.extend(**{name: rows for name, rows in added.items() if made.rows[name]})
    queries = {
        name: f"SELECT {_pointed(name)} FROM {name} t LEFT JOIN"
        " (SELECT work_id, other_work_id FROM relations WHERE relation = 'merged') r"
        " ON r.work_id = t.work_id"
        for name in ("cited_references", "problems", "merges")
    }
    pointed = whole.derive(step=None, **queries)
    noted = pointed.replace(relations=_relations(corpus, staged)).extend(
        merges=as_columns("merges", made.merges), changes=as_columns("changes", made.changes)
    )
    return recounted(noted)


def recounted(corpus: Corpus) -> Corpus:
    """Count the works of sources and institutions again; those without any are gone."""
    return corpus.derive(
        sources="SELECT s.source_id, s.display_name, s.abbreviated_title, s.issn, w.n AS n_works,"
        " s.n_variants, s.eissn FROM sources s JOIN (SELECT source_id, COUNT(*) AS n FROM works"
        " GROUP BY source_id) w ON w.source_id = s.source_id",
        institutions="SELECT i.institution_id, i.display_name, i.ror, i.city, i.country_code,"
        " a.n AS n_works, i.n_variants FROM institutions i JOIN (SELECT institution_id,"
        " COUNT(DISTINCT work_id) AS n FROM affiliations GROUP BY institution_id) a"
        " ON a.institution_id = i.institution_id",
    )


def _pointed(table: str) -> str:
    """Return the columns of a table, in which a work that is merged is the kept one."""
    return ", ".join(
        "COALESCE(r.other_work_id, t.work_id) AS work_id" if name == "work_id" else f"t.{name}"
        for name in TABLES[table].column_names
    )


def _relations(corpus: Corpus, staged: Corpus) -> dict[str, Sequence[object]]:
    """Return the relations between works that are left, each once."""
    kept = dict(staged.sql("SELECT work_id, other_work_id FROM relations"))
    rows: dict[tuple[object, ...], tuple[object, ...]] = {}
    names = ", ".join(TABLES["relations"].column_names)
    for one, other, *rest in corpus.sql(f"SELECT {names} FROM relations ORDER BY {names}"):
        pair = kept.get(one, one), kept.get(other, other)
        if pair[0] != pair[1]:
            rows.setdefault((*pair, rest[0]), (*pair, *rest))
    return as_columns("relations", sorted(rows.values(), key=str))
