"""Pairs of items weighed by how near to each other a work has them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.networks.pairs_task import PairTask

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.networks.incidence import Incidence

__all__ = ["PROXIMITY", "PROXIMITY_REFERENCE", "with_nearness"]

PROXIMITY = {"work": 1 / 8, "section": 1 / 4, "paragraph": 1 / 2, "sentence": 1.0}
"""What a pair counts by the smallest passage that has both, the widest first."""

PROXIMITY_REFERENCE = (
    "Gipp, B. & Beel, J. (2009). Citation proximity analysis (CPA): A new approach for"
    " identifying related work based on co-citation analysis. Proceedings of the 12th"
    " International Conference on Scientometrics and Informetrics, vol. 2, 571-575."
)


def with_nearness(task: PairTask, works: Incidence, passages: dict[str, Incidence]) -> PairTask:
    """Weigh each pair once a work, by the nearest place where the work has both.

    Parameters
    ----------
    task : PairTask
        The pairs of whole works.
    works : Incidence
        The works by items.
    passages : dict of str to Incidence
        Sections, paragraphs and sentences by items, by the names in `PROXIMITY`.

    Returns
    -------
    PairTask
        A pair that a narrower passage has too is a further set of two items, which adds what
        the work is short of.
    """
    shares = [task.share * PROXIMITY["work"]]
    items = [task.indices.astype(np.int64)]
    sizes = [np.diff(task.indptr)]
    wider = PROXIMITY["work"]
    for level, counts in list(PROXIMITY.items())[1:]:
        work, first, second = _pairs_of_works(works, passages[level])
        shares.append(task.share[work] * (counts - wider))
        items.append(np.stack([first, second], axis=1).ravel())
        sizes.append(np.full(len(work), 2))
        wider = counts
    return replace(
        task,
        indptr=np.concatenate([[0], np.cumsum(np.concatenate(sizes))]),
        indices=np.concatenate(items).astype(np.int32),
        share=np.concatenate(shares),
    )


def _pairs_of_works(
    works: Incidence, passages: Incidence
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return each pair that stands in some passage of a work: row of the work, both items."""
    from scipy import sparse

    item_of = {key: item for item, key in enumerate(works.keys)}
    items = np.array([item_of.get(key, -1) for key in passages.keys], dtype=np.int64)
    cells = passages.matrix.tocoo()
    is_kept = items[cells.col] >= 0
    rows, columns = cells.row[is_kept], items[cells.col[is_kept]]
    shape = (len(passages.work_id), len(works.keys))
    own = PairTask.of(
        sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape), np.ones(shape[0])
    )
    begin, n_met = own.met_by_entries()
    first = np.repeat(np.arange(len(own.indices)), n_met)
    begins = np.repeat(np.cumsum(n_met) - n_met, n_met)
    second = np.repeat(begin, n_met) + np.arange(len(first)) - begins
    place = np.repeat(np.arange(shape[0]), np.diff(own.indptr))[first]
    row = np.searchsorted(works.work_id, passages.work_id[place])
    found = np.stack([row, own.indices[first], own.indices[second]], axis=1)
    unique = np.unique(found.astype(np.int64), axis=0).reshape(-1, 3)
    return unique[:, 0], unique[:, 1], unique[:, 2]
