"""The works behind the nodes and edges of a map, in a form that a page can hold.

Every edge is a meeting of two lists: of the works that have both topics, of the references that
both authors cite, of the works of one that cite works of the other. So only lists per node are
kept, and the page finds what lies behind an edge by what the two lists share.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import numpy as np

from nqp_biblio.networks.traces import (
    CitationTrace,
    SharedItemsTrace,
    SharedSetsTrace,
    id_list,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.network import Network

    IntArray = NDArray[np.int64]

__all__ = ["MAX_WORKS", "Behind", "works_behind"]

MAX_WORKS = 20_000
"""Works of a map at the most; of more the most cited are kept."""
MAX_ENTRIES = 600_000
"""Places in all lists of works of a map at the most."""

_MAX_TITLE = 200
_MAX_NAMES = 3
_MAX_NAME = 60


@dataclass
class Behind:
    """What lies behind nodes and edges.

    Attributes
    ----------
    works : dict of str to list
        ``title``, ``by`` (first authors), ``year``, ``link`` (address, or a DOI alone) and
        ``cited`` of each work or cited reference; missing values are None.
    lists : dict of str to dict
        Per node the numbers of rows of `works`: ``of_node`` behind the node, ``first`` and
        ``second`` whose meeting lies behind an edge; those left out are as the one before.
        Each is ``n``, the length per node, and ``at``, the numbers, each less the one before
        it in the same list.
    sets : list of int or None
        Row of `works` of each number in the lists, where they number passages of works.
    kind : str
        What the lists meet in: works, items or citations.
    notes : list of str
        What was left out.
    """

    works: dict[str, list[Any]] = field(default_factory=dict)
    lists: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    sets: list[int] | None = None
    kind: str = "works"
    notes: list[str] = field(default_factory=list)


def works_behind(net: Network, *, max_works: int = MAX_WORKS) -> Behind | None:
    """Gather the works behind a network.

    Parameters
    ----------
    net : Network
        The network.
    max_works : int
        Works that are described at the most; of more the most cited.

    Returns
    -------
    Behind or None
        None where the network was not made from a corpus, or in a way that is not known.
    """
    trace: Any = net.trace
    kept = np.arange(net.n_nodes)
    while hasattr(trace, "kept"):
        trace, kept = trace.trace, trace.kept[kept]
    gather: dict[type, Any] = {
        SharedSetsTrace: _of_sets,
        SharedItemsTrace: _of_items,
        CitationTrace: _of_citations,
    }
    found = gather.get(type(trace))
    if found is None or not net.n_nodes:
        return None
    behind: Behind = found(trace, kept, max_works)
    return behind


def _of_sets(trace: SharedSetsTrace, kept: IntArray, max_works: int) -> Behind:
    """Items that stand in the same works or passages."""
    found = trace.found
    chosen, notes = _chosen(trace.corpus, found.work_id, max_works)
    matrix = found.matrix[:, kept]
    if trace.level == "work" and not found.place.any():
        rows = np.searchsorted(chosen, found.work_id)
        lists = {"of_node": _listed(matrix, _numbers(chosen, found.work_id, rows))}
        return _bounded(Behind(_described(trace.corpus, chosen), lists, notes=notes))
    sets = np.flatnonzero(np.isin(found.work_id, chosen))
    numbers = np.full(len(found.work_id), -1)
    numbers[sets] = np.arange(len(sets))
    at_work = np.searchsorted(chosen, found.work_id[sets]).tolist()
    lists = {"of_node": _listed(matrix, numbers)}
    works = _described(trace.corpus, chosen)
    return _bounded(Behind(works, lists, at_work, notes=notes))


def _of_items(trace: SharedItemsTrace, kept: IntArray, max_works: int) -> Behind:
    """Works, authors or sources that share references or topics."""
    from scipy import sparse

    found = trace.found
    owned = trace.owned[:, kept]
    chosen, notes = _chosen(trace.corpus, found.work_id, max_works)
    held = sparse.csr_array(found.matrix.T @ owned)
    shared, more = _shared(held, max_works)
    works = _described(trace.corpus, chosen)
    numbers = np.full(len(found.keys), -1)
    numbers[shared] = len(chosen) + np.arange(len(shared))
    _add_items(works, trace, shared.tolist())
    lists = {
        "of_node": _listed(owned, _numbers(chosen, found.work_id)),
        "first": _listed(held, numbers),
    }
    return _bounded(Behind(works, lists, kind="items", notes=[*notes, *more]))


def _of_citations(trace: CitationTrace, kept: IntArray, max_works: int) -> Behind:
    """Works, authors or sources that cite one another."""
    from scipy import sparse

    rows = trace.corpus.columns(
        "SELECT DISTINCT citing_work_id AS a, work_id AS b FROM cited_references"
        " WHERE citing_work_id IS NOT NULL AND work_id IS NOT NULL AND citing_work_id <> work_id"
    )
    citing, cited = (np.asarray(rows[name], dtype=np.int64) for name in ("a", "b"))
    known = np.isin(citing, trace.ids) & np.isin(cited, trace.ids)
    ends = [np.searchsorted(trace.ids, column[known]) for column in (citing, cited)]
    shape = (len(trace.ids), len(trace.ids))
    ones = np.ones(len(ends[0]))
    links = sparse.coo_array((ones, (ends[0], ends[1])), shape=shape).tocsr()
    owned = trace.owned[:, kept]
    chosen, notes = _chosen(trace.corpus, trace.ids, max_works)
    numbers = _numbers(chosen, trace.ids)
    own = _listed(owned, numbers)
    citers = _listed(sparse.csr_array(links @ owned), numbers)
    works = _described(trace.corpus, chosen)
    behind = Behind(works, {"of_node": own, "second": citers}, kind="citations", notes=notes)
    return _bounded(behind)


def _chosen(corpus: Corpus, work_ids: IntArray, max_works: int) -> tuple[IntArray, list[str]]:
    """Choose the works that are kept, in order of id; of too many the most cited."""
    found = np.unique(work_ids)
    if len(found) <= max_works:
        return found, []
    rows = corpus.sql(
        "SELECT work_id FROM works ORDER BY COALESCE(cited_by_count, -1) DESC, work_id"
    )
    ranked = np.array([row[0] for row in rows], dtype=np.int64)
    kept = ranked[np.isin(ranked, found)][:max_works]
    note = f"Of the {len(found):,} works behind the map the {max_works:,} most cited are listed."
    return np.sort(kept), [note]


def _shared(held: sparse.csr_array, limit: int) -> tuple[IntArray, list[str]]:
    """Choose the items that two nodes or more have; of too many those that most have."""
    n_nodes = np.diff(held.indptr)
    shared = np.flatnonzero(n_nodes > 1)
    if len(shared) <= limit:
        return shared, []
    order = np.lexsort((shared, -n_nodes[shared]))[:limit]
    note = f"Of the {len(shared):,} items that nodes share the {limit:,} most shared are listed."
    return np.sort(shared[order]), [note]


def _numbers(chosen: IntArray, work_ids: IntArray, rows: IntArray | None = None) -> IntArray:
    """Number works by their row among the chosen; -1 where they are not."""
    places = np.searchsorted(chosen, work_ids) if rows is None else rows
    return np.where(np.isin(work_ids, chosen), places, -1)


def _listed(matrix: sparse.csr_array, numbers: IntArray) -> dict[str, list[int]]:
    """List the numbers of the rows that each column has, each less the one before it."""
    from scipy import sparse

    columns = sparse.csc_array(matrix)
    node = np.repeat(np.arange(columns.shape[1]), np.diff(columns.indptr))
    number = numbers[columns.indices]
    is_kept = (number >= 0) & (columns.data != 0)
    pairs = np.unique(np.stack([node[is_kept], number[is_kept]], axis=1), axis=0)
    lengths = np.bincount(pairs[:, 0], minlength=columns.shape[1])
    steps = np.diff(pairs[:, 1], prepend=0)
    starts = (np.cumsum(lengths) - lengths)[lengths > 0]
    steps[starts] = pairs[starts, 1]
    return {"n": lengths.tolist(), "at": steps.tolist()}


def _bounded(behind: Behind) -> Behind:
    """Leave out the lists that a page cannot hold, and say so."""
    if sum(len(lists["at"]) for lists in behind.lists.values()) <= MAX_ENTRIES:
        return behind
    note = "The works behind nodes and links are too many for a page and are left out."
    return Behind(notes=[note])


def _described(corpus: Corpus, work_ids: IntArray) -> dict[str, list[Any]]:
    """Describe works by title, authors, year, address and citations, in order of id."""
    chosen = id_list(work_ids.tolist())
    rows = corpus.sql(
        "SELECT work_id, COALESCE(title, raw), publication_year, doi, url, cited_by_count"
        f" FROM works WHERE work_id IN {chosen} ORDER BY work_id"
    )
    names: dict[int, list[str]] = {}
    for work, name in corpus.sql(
        "SELECT work_id, COALESCE(author, literal, family || ', ' || given, family, name_raw)"
        f" FROM authorships WHERE role = 'author' AND work_id IN {chosen}"
        " ORDER BY work_id, position"
    ):
        names.setdefault(work, []).append(_cut(name or "?", _MAX_NAME))
    return {
        "title": [_cut(row[1] or "no title", _MAX_TITLE) for row in rows],
        "by": [_people(names.get(row[0], [])) for row in rows],
        "year": [row[2] for row in rows],
        "link": [_address(row[3], row[4]) for row in rows],
        "cited": [row[5] for row in rows],
    }


def _add_items(works: dict[str, list[Any]], trace: SharedItemsTrace, items: Sequence[int]) -> None:
    """Add what is shared as if they were works; a reference to a known work is described."""
    found = trace.found
    cites = found.unit.name == "references"
    known = {i: int(found.keys[i][1:]) for i in items if cites and found.keys[i].startswith("#")}
    ids = np.unique(np.array(list(known.values()), dtype=np.int64))
    described = _described(trace.corpus, ids)
    place = {int(work): row for row, work in enumerate(ids)}
    for item in items:
        row = place[known[item]] if item in known else None
        title = _cut(found.labels[item], _MAX_TITLE)
        fresh = {"title": title, "by": None, "year": None, "link": None, "cited": None}
        for name, value in fresh.items():
            works[name].append(value if row is None else described[name][row])


def _people(names: Sequence[str]) -> str | None:
    """Name the first authors."""
    if not names:
        return None
    rest = len(names) - _MAX_NAMES
    told = "; ".join(names[:_MAX_NAMES])
    return f"{told} and {rest} more" if rest > 0 else told


def _address(doi: str | None, url: str | None) -> str | None:
    """Return a DOI fit for an address, else an address of the web."""
    if doi and doi.startswith("10."):
        return quote(doi, safe="/:;()._-")
    if url and url.lower().startswith(("http://", "https://")):
        return url
    return None


def _cut(text: str, length: int) -> str:
    """Shorten a long text."""
    return text if len(text) <= length else f"{text[: length - 1]}…"
