"""Give merged records back as works of their own."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from nqp_biblio.cleaning.merging.kept_records import read_records, trace_of
from nqp_biblio.cleaning.merging.merge import Join, columns_of, merge_works, recounted
from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.errors import UnknownNameError
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["unmerge"]

_Row = dict[str, Any]
_BATCH = 500
_OWNED = ("works", "authorships", "affiliations", "terms", "page_ranges", "fields")


class _Kept(NamedTuple):
    """A row of ``merges``, with its trace."""

    merge_id: int
    work_id: int
    rule: str
    score: float
    record: str
    trace: dict[str, Any]


def unmerge(corpus: Corpus, merge_id: int | Iterable[int] | None = None) -> Corpus:
    """Give records that became part of other works back as works of their own.

    Parameters
    ----------
    corpus : Corpus
        A corpus with ``merges``.
    merge_id : int or iterable of int, optional
        Keys of ``merges``; all where left out.

    Returns
    -------
    Corpus
        The works have the keys that they had, the kept works are as before, and what pointed
        to either points there again. Other records of the same work stay merged. Values of
        a kept work that a later step changed stay; lists of it that the merge had changed
        (authors, addresses, …) are as before the merge. ``dedupe`` would merge the same
        records again: give it a decision.

    Raises
    ------
    UnknownNameError
        If there is no such merge.

    Examples
    --------
    >>> corpus = unmerge(corpus, 3)  # doctest: +SKIP
    """
    left = wanted = _wanted(corpus, merge_id)
    made, undone = corpus, []
    while left:
        listed = _listed(made)
        targets = {item.work_id for item in listed if item.merge_id in left}
        touched = [item for item in listed if item.work_id in targets]
        layer = max(item.trace["layer"] for item in touched)
        items = [item for item in touched if item.trace["layer"] == layer]
        made = _without(made, items, [item for item in listed if item not in items])
        undone.append(items)
        left = left - {item.merge_id for item in items}
    for items in reversed(undone):
        again = [item for item in items if item.merge_id not in wanted]
        names = {item.trace["work_id"]: item.trace["fingerprint"] for item in items}
        names |= {i.work_id: i.trace["kept"]["fingerprint"] for i in items if "kept" in i.trace}
        made = merge_works(made, _joins(again), layer=items[0].trace["layer"], names=names)
    step: dict[str, object] = {"step": "unmerge", "merge_ids": sorted(wanted)}
    return made.replace(step=step) if wanted else corpus


def _listed(corpus: Corpus) -> list[_Kept]:
    """Return the rows of ``merges``."""
    rows = corpus.sql("SELECT merge_id, work_id, rule, score, record FROM merges ORDER BY merge_id")
    return [
        _Kept(key, work_id, rule, score, record, trace_of(record))
        for key, work_id, rule, score, record in rows
    ]


def _wanted(corpus: Corpus, merge_id: int | Iterable[int] | None) -> set[int]:
    """Return the keys of the merges that are to be undone."""
    known = {row[0] for row in corpus.sql("SELECT merge_id FROM merges")}
    if merge_id is None:
        return known
    wanted = {int(merge_id)} if isinstance(merge_id, int) else {int(key) for key in merge_id}
    for key in sorted(wanted - known):
        raise UnknownNameError("merge", str(key), [str(item) for item in sorted(known)])
    return wanted


def _joins(items: Sequence[_Kept]) -> list[Join]:
    """Return the merges that are made again."""
    groups: dict[int, list[_Kept]] = defaultdict(list)
    for item in items:
        groups[item.work_id].append(item)
    return [
        Join(
            kept,
            [item.trace["work_id"] for item in group],
            [(item.rule, item.score) for item in group],
            [item.merge_id for item in group],
        )
        for kept, group in sorted(groups.items())
    ]


def _without(corpus: Corpus, items: Sequence[_Kept], others: Sequence[_Kept]) -> Corpus:
    """Undo the merges of one layer, whole groups of it."""
    rows = _restored(items)
    relations = _relations_before(corpus, items, others)
    made = _without_gains(corpus, items)
    made = made.extend(**{name: columns_of(name, found) for name, found in rows.items() if found})
    made = _pointed_back(made, _pointers(items), {o.trace["work_id"]: o.work_id for o in others})
    made = made.extend(**_lost_places(made, items))
    return recounted(made.replace(relations=columns_of("relations", relations)))


def _lost_places(corpus: Corpus, items: Sequence[_Kept]) -> dict[str, dict[str, list[object]]]:
    """Return the sources and institutions that were gone with the records."""
    found: dict[str, dict[str, list[object]]] = {}
    for table in ("sources", "institutions"):
        known = {row[0] for row in corpus.sql(f"SELECT {TABLES[table].order[0]} FROM {table}")}
        lost = {
            row[0]: _row_of(table, row)
            for item in items
            for row in item.trace["places"].get(table, [])
            if row[0] not in known
        }
        if lost:
            found[table] = columns_of(table, [lost[key] for key in sorted(lost)])
    return found


def _restored(items: Sequence[_Kept]) -> dict[str, list[_Row]]:
    """Return the rows of the merged records."""
    alone = corpus_of(read_records([item.record for item in items]))
    keys = [row[0] for row in alone.sql("SELECT work_id FROM works ORDER BY work_id")]
    by_key = dict(zip(keys, items, strict=True))
    found: dict[str, list[_Row]] = {}
    for table in (*_OWNED, "cited_references", "mentions"):
        owner = "citing_work_id" if table in {"cited_references", "mentions"} else "work_id"
        names = TABLES[table].column_names
        own: dict[int, list[_Row]] = defaultdict(list)
        order = ", ".join(TABLES[table].order)
        for values in alone.sql(
            f"SELECT * FROM {table} WHERE {owner} IS NOT NULL ORDER BY {order}"
        ):
            row = dict(zip(names, values, strict=True))
            own[row[owner]].append(row)
        found[table] = [
            row for key, item in by_key.items() for row in _beyond(table, own[key], item)
        ]
    return found


def _beyond(table: str, rows: list[_Row], item: _Kept) -> list[_Row]:
    """Give rows what their record does not hold."""
    trace = item.trace
    owner = "citing_work_id" if table in {"cited_references", "mentions"} else "work_id"
    if table == "terms" and "terms" in trace:
        names = TABLES["terms"].column_names
        rows = [dict(zip(names, values, strict=True)) for values in trace["terms"]]
    columns = trace["columns"].get(table, {})
    for at, row in enumerate(rows):
        if table == "works":
            row |= {"source_id": None, "et_al": None}
        row |= {name: values[at] for name, values in columns.items()}
        row[owner] = trace["work_id"]
    return rows


def _pointers(items: Sequence[_Kept]) -> dict[str, dict[int, int]]:
    """Return by table which rows point to which work again."""
    found: dict[str, dict[int, int]] = {}
    for item in items:
        for table, keys in item.trace["pointers"].items():
            if table != "relations":
                found.setdefault(table, {}).update(dict.fromkeys(keys, item.trace["work_id"]))
    return found


def _pointed_back(
    corpus: Corpus, pointers: Mapping[str, Mapping[int, int]], still: Mapping[int, int]
) -> Corpus:
    """Point rows to the works that they pointed to, or of which those are still part."""
    made = corpus
    for table, keys in pointers.items():
        made = _pointed(made, table, TABLES[table].order[0], keys)
    return _pointed(made, "cited_references", "work_id", still)


def _pointed(corpus: Corpus, table: str, key: str, works: Mapping[int, int]) -> Corpus:
    """Set the work of rows by one of their columns; the relations are lost on the way."""
    if not works:
        return corpus
    staged = corpus.replace(
        relations={"work_id": list(works), "other_work_id": list(works.values())}
    )
    columns = ", ".join(
        "COALESCE(r.other_work_id, t.work_id) AS work_id" if name == "work_id" else f"t.{name}"
        for name in TABLES[table].column_names
    )
    query = f"SELECT {columns} FROM {table} t LEFT JOIN relations r ON r.work_id = t.{key}"
    return staged.derive(step=None, **{table: query})


def _without_gains(corpus: Corpus, items: Sequence[_Kept]) -> Corpus:
    """Take from the kept works what they gained, and from ``merges`` the rows undone."""
    kept = {item.work_id: item.trace["kept"] for item in items if "kept" in item.trace}
    lists: dict[str, list[_Row]] = defaultdict(list)
    touched: dict[str, set[int]] = defaultdict(set)
    for row in _works(corpus, sorted(kept)):
        before = kept[row["work_id"]]["works"]
        same = {name: old for name, (old, new) in before.items() if row[name] == new}
        lists["works"].append(row | same)
    touched["works"] = set(kept)
    for work_id, before in kept.items():
        for table, rows in before["tables"].items():
            touched[table].add(work_id)
            lists[table] += [_row_of(table, row) for row in rows]
        lists["cited_references"] += [
            _row_of("cited_references", row) for row in before.get("references", [])
        ]
    queries = {table: _not_in(table, "work_id", touched[table]) for table in _OWNED}
    gone = {row["reference_id"] for row in lists["cited_references"]}
    gone |= {key for item in items for key in item.trace["moved"]}
    queries["cited_references"] = _not_in("cited_references", "reference_id", gone)
    queries["mentions"] = _not_in("mentions", "mention_id", set(_mention_ids(items)))
    queries["merges"] = _not_in("merges", "merge_id", {item.merge_id for item in items})
    changed = {
        key
        for before in kept.values()
        for key in range(before["changes"][0], before["changes"][1] + 1)
    }
    queries["changes"] = _not_in("changes", "change_id", changed)
    added = {name: columns_of(name, rows) for name, rows in lists.items() if rows}
    return corpus.derive(step=None, **queries).extend(**added)


def _mention_ids(items: Sequence[_Kept]) -> Iterable[int]:
    """Return the in-text citations of records."""
    for item in items:
        yield from item.trace["columns"].get("mentions", {}).get("mention_id", [])


def _works(corpus: Corpus, ids: Sequence[int]) -> Iterable[_Row]:
    """Yield the rows of works."""
    names = TABLES["works"].column_names
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        marks = ", ".join("?" * len(batch))
        query = f"SELECT {', '.join(names)} FROM works WHERE work_id IN ({marks}) ORDER BY work_id"
        for values in corpus.sql(query, batch):
            yield dict(zip(names, values, strict=True))


def _row_of(table: str, values: Sequence[Any]) -> _Row:
    """Return a row by its columns."""
    return dict(zip(TABLES[table].column_names, values, strict=True))


def _not_in(table: str, key: str, gone: set[int]) -> str:
    """Return the query for the rows that are left."""
    if not gone:
        return f"SELECT * FROM {table}"
    listed = ", ".join(map(str, sorted(gone)))
    return f"SELECT * FROM {table} WHERE {key} NOT IN ({listed})"


def _relations_before(
    corpus: Corpus, items: Sequence[_Kept], others: Sequence[_Kept]
) -> list[_Row]:
    """Return the relations without those that came from merged records, and with theirs."""
    names = TABLES["relations"].column_names
    part_of = {item.trace["work_id"]: item.work_id for item in (*items, *others)}
    still = {item.trace["work_id"]: item.work_id for item in others}
    own = {tuple(row) for item in items for row in item.trace.get("kept", {}).get("relations", [])}
    theirs = [tuple(row) for item in items for row in item.trace["pointers"].get("relations", [])]
    moved = {(part_of.get(a, a), part_of.get(b, b), *rest) for a, b, *rest in theirs} - own
    rows = set(corpus.sql(f"SELECT {', '.join(names)} FROM relations")) - moved
    rows |= {(still.get(a, a), still.get(b, b), *rest) for a, b, *rest in theirs}
    return [_row_of("relations", row) for row in sorted(rows, key=str) if row[0] != row[1]]
