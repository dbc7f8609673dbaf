"""The road of counting pairs past memory: DuckDB, a block of items at a time, onto disk."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.networks.pairs_numpy import blocks_of_items
from nqp_biblio.networks.pairs_task import exact_parts, union_of_picks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nqp_biblio.corpus.engine import Columns
    from nqp_biblio.networks.pairs_task import Edges, PairTask

__all__ = ["count_by_sql", "pairs_query"]

_BYTES_OF_PAIR = 200
_FEWEST_AT_ONCE = 100_000
_COLUMNS = (("source", np.int64), ("target", np.int64), ("weight", np.float64))


def count_by_sql(task: PairTask, *, memory: int, is_mapped: bool = False) -> Edges:
    """Count pairs in SQL.

    Parameters
    ----------
    task : PairTask
        What is counted.
    memory : int
        Bytes that DuckDB may take; what is more goes to the folder of temporary files.
    is_mapped : bool
        Whether the edges stay in files, mapped into memory as they are read; the files go
        with the arrays.

    Returns
    -------
    source, target, weight : arrays
        The edges with source < target, sorted by both.

    Raises
    ------
    OutputError
        If the disk is full.
    """
    from nqp_biblio.corpus.engine import ask_past_memory

    sizes = np.diff(task.indptr)
    high, low = (np.repeat(part, sizes) for part in exact_parts(task.share))
    counted = np.repeat(task.is_counted, sizes)
    set_of = np.repeat(np.arange(len(sizes)), sizes)
    columns: dict[str, NDArray[Any]] = {
        "set_id": set_of,
        "item": task.indices,
        "high": high,
        "low": low,
    }
    entries = {name: values[counted] for name, values in columns.items()}
    is_picking = task.top_links is not None
    met = np.repeat(sizes, sizes) if is_picking else task.met_by_entries()[1]
    pairs_of_item = np.bincount(task.indices, weights=met, minlength=task.n_items)
    at_once = max(memory // _BYTES_OF_PAIR, _FEWEST_AT_ONCE)
    blocks = [(int(a), int(b)) for a, b in blocks_of_items(pairs_of_item, at_once)]
    found = ask_past_memory({"entries": entries}, pairs_query(task), blocks, memory=memory)
    edges = _written(found, is_mapped=is_mapped)
    return union_of_picks(edges, task.n_items) if is_picking else edges


def pairs_query(task: PairTask) -> str:
    """Return the query that counts the pairs of a run of items: its first, and the next run's.

    It asks a table ``entries`` of ``set_id``, ``item``, ``high`` and ``low``, the share of the
    set in the parts of ``exact_parts``, whose sums are whole numbers in any order.
    """
    meets = "a.item < b.item" if task.top_links is None else "a.item <> b.item"
    if task.boundary:
        crosses = f"(a.item < {task.boundary}) <> (b.item < {task.boundary})"
        meets = f"{meets} AND {crosses}"
    weight = "CAST(COUNT(*) AS DOUBLE)"
    if not task.is_whole:
        high, low = "CAST(SUM(a.high) AS BIGINT)", "CAST(SUM(a.low) AS BIGINT)"
        weight = (
            f"CAST({high} + ({low} >> 31) AS DOUBLE) * {2.0**-31!r}"
            f" + CAST({low} & {(1 << 31) - 1} AS DOUBLE) * {2.0**-62!r}"
        )
    counted = (
        f"SELECT CAST(a.item AS BIGINT) AS source, CAST(b.item AS BIGINT) AS target,"
        f" {weight} AS weight FROM entries a JOIN entries b"
        f" ON a.set_id = b.set_id AND {meets} WHERE a.item >= ? AND a.item < ? GROUP BY 1, 2"
    )
    kept = f"SELECT source, target, weight FROM ({counted}) c WHERE weight >= {task.min_weight!r}"
    if task.top_links is not None:
        ranked = "ROW_NUMBER() OVER (PARTITION BY source ORDER BY weight DESC, target) AS place"
        kept = (
            f"SELECT source, target, weight FROM (SELECT *, {ranked} FROM ({kept}) k) r"
            f" WHERE place <= {task.top_links}"
        )
    return f"{kept} ORDER BY source, target"


class _Folder:
    """A folder for edges, gone with the last array that is mapped from it."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="nqp_biblio-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


class _Mapped(np.memmap):
    """Numbers of a file, which stays as long as they do."""

    folder: _Folder | None = None


def _written(found: Iterator[Columns], *, is_mapped: bool) -> Edges:
    """Write edges to files as they come, and read or map them."""
    folder = _Folder()
    with ExitStack() as stack:
        files = [stack.enter_context((folder.path / name).open("wb")) for name, _ in _COLUMNS]
        for columns in found:
            for (name, kind), file in zip(_COLUMNS, files, strict=True):
                np.asarray(columns[name], dtype=kind).tofile(file)
    source, target, weight = (
        _column(folder, name, kind, is_mapped=is_mapped) for name, kind in _COLUMNS
    )
    return source, target, weight


def _column(folder: _Folder, name: str, kind: Any, *, is_mapped: bool) -> NDArray[Any]:  # noqa: ANN401  a NumPy type
    """Read the numbers of a file, or map them."""
    path = folder.path / name
    if not is_mapped or not path.stat().st_size:
        return np.fromfile(path, dtype=kind)
    mapped = _Mapped(path, dtype=kind, mode="r")
    mapped.folder = folder
    return mapped
