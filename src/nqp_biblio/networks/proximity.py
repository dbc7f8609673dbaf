"""Pairs of items weighed by how near to each other a work has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.networks.pairs import count_pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.networks.incidence import Incidence
    from nqp_biblio.networks.pairs import Edges

__all__ = ["PROXIMITY", "PROXIMITY_REFERENCE", "count_near_pairs"]

PROXIMITY = {"work": 1 / 8, "section": 1 / 4, "paragraph": 1 / 2, "sentence": 1.0}
"""What a pair counts by the smallest passage that has both, the widest first."""

PROXIMITY_REFERENCE = (
    "Gipp, B. & Beel, J. (2009). Citation proximity analysis (CPA): A new approach for"
    " identifying related work based on co-citation analysis. Proceedings of the 12th"
    " International Conference on Scientometrics and Informetrics, vol. 2, 571-575."
)


def count_near_pairs(
    works: Incidence,
    share: NDArray[np.float64],
    *,
    passages: dict[str, Incidence],
    min_weight: float = 0.0,
) -> Edges:
    """Weigh each pair once a work, by the nearest place where the work has both.

    Parameters
    ----------
    works : Incidence
        Works by items.
    share : array of shape (n_works,)
        What a pair in each work counts; see ``pairs.fractions``.
    passages : dict of str to Incidence
        Sections, paragraphs and sentences by items, by the names in `PROXIMITY`.
    min_weight : float
        Lighter pairs are left out.

    Returns
    -------
    source, target, weight : arrays
        The pairs with source < target, sorted by both.
    """
    from scipy import sparse

    n_items = len(works.keys)
    source, target, weight = count_pairs(works.matrix, share * PROXIMITY["work"])
    parts = [(source, target, weight)]
    wider = PROXIMITY["work"]
    for level, counts in list(PROXIMITY.items())[1:]:
        pairs = _pairs_of_works(works, passages[level])
        work, first, second = pairs
        parts.append((first, second, share[work] * (counts - wider)))
        wider = counts
    rows, columns, weights = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    total = sparse.coo_array((weights, (rows, columns)), shape=(n_items, n_items)).tocsr()
    total.sum_duplicates()
    source = np.repeat(np.arange(n_items), np.diff(total.indptr))
    kept = (total.data >= min_weight) & (total.data > 0)
    return source[kept], total.indices[kept].astype(np.int64), total.data[kept]


def _pairs_of_works(
    works: Incidence, passages: Incidence
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return each pair that stands in some passage of a work: row of the work, both items."""
    row_of = {work: row for row, work in enumerate(works.work_id.tolist())}
    item_of = {key: item for item, key in enumerate(works.keys)}
    items = np.array([item_of.get(key, -1) for key in passages.keys], dtype=np.int64)
    matrix = passages.matrix
    found: set[tuple[int, int, int]] = set()
    for place, work in enumerate(passages.work_id.tolist()):
        own = items[matrix.indices[matrix.indptr[place] : matrix.indptr[place + 1]]]
        own = np.unique(own[own >= 0])
        first, second = np.triu_indices(len(own), 1)
        row = row_of[work]
        pairs = zip(own[first].tolist(), own[second].tolist(), strict=True)
        found.update((row, one, two) for one, two in pairs)
    ordered = np.array(sorted(found), dtype=np.int64).reshape(-1, 3)
    return ordered[:, 0], ordered[:, 1], ordered[:, 2]
