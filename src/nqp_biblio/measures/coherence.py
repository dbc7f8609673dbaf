"""How well the terms of a theme go together, by the works that have both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    FloatArray = NDArray[np.float64]

__all__ = ["COHERENCES", "COHERENCE_REFERENCES", "theme_coherence"]

COHERENCES = {
    "npmi": "mean of ln(p_ij / (p_i p_j)) / -ln p_ij over the pairs of terms; -1 where no work has"
    " both, 1 where all have",
    "umass": "mean of ln((n_ij + 1) / n_j) over the pairs of terms, j being the one of higher"
    " weight",
}
"""Rule of each measure of coherence."""

COHERENCE_REFERENCES = {
    "npmi": "Lau, J. H., Newman, D. & Baldwin, T. (2014). Machine reading tea leaves: Automatically"
    " evaluating topic coherence and topic model quality. EACL 2014, 530-539."
    " https://doi.org/10.3115/v1/E14-1056",
    "umass": "Mimno, D., Wallach, H. M., Talley, E., Leenders, M. & McCallum, A. (2011). Optimizing"
    " semantic coherence in topic models. EMNLP 2011, 262-272."
    " https://aclanthology.org/D11-1024/",
}
"""Paper of each measure of coherence."""


def theme_coherence(counts: sparse.csr_array, terms: Sequence[int], coherence: str) -> float | None:
    """Return how well the terms of a theme go together.

    Parameters
    ----------
    counts : csr_array of shape (n_works, n_terms)
        One where the work has the term.
    terms : sequence of int
        Index of the terms of the theme, the heaviest first.
    coherence : {"npmi", "umass"}
        How; see ``topic_coherence``.

    Returns
    -------
    float or None
        Mean over the pairs; None for fewer than two terms.

    Raises
    ------
    UnknownNameError
        If there is no such coherence.

    Examples
    --------
    >>> from scipy import sparse
    >>> counts = sparse.csr_array([[1, 1, 0], [1, 1, 0], [0, 0, 1], [1, 0, 1]])
    >>> round(theme_coherence(counts, [0, 1], "npmi"), 4)
    0.415
    >>> round(theme_coherence(counts, [0, 1], "umass"), 4)
    0.0
    """
    if coherence not in COHERENCES:
        raise UnknownNameError("coherence", coherence, COHERENCES)
    chosen = list(terms)
    if len(chosen) < 2:  # noqa: PLR2004  a pair
        return None
    some = counts[:, chosen]
    together: FloatArray = (some.T @ some).toarray().astype(np.float64)
    higher, lower = np.triu_indices(len(chosen), 1)
    both, sizes = together[higher, lower], np.diag(together)
    ways: dict[str, Callable[[], Any]] = {
        "npmi": lambda: _npmi(both, sizes[higher], sizes[lower], counts.shape[0]),
        "umass": lambda: np.log((both + 1) / sizes[higher]),
    }
    return float(ways[coherence]().mean())


def _npmi(both: FloatArray, first: FloatArray, second: FloatArray, n: int) -> FloatArray:
    """Return the normalised pointwise mutual information of pairs."""
    known = np.where((both > 0) & (both < n), both, 1.0)
    told = np.log(known * n / (first * second)) / -np.log(known / max(n, 2))
    return np.select([both == 0, both == n], [-1.0, 1.0], told)
