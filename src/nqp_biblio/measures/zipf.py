"""Zipf's law: how often terms occur, by their rank."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf

    FloatArray = NDArray[np.float64]

__all__ = ["RankLaw", "zipf"]

RankLaw = Literal["zipf", "mandelbrot"]
"""p(r) falls as r^-s, or as (r + q)^-s."""

_KINDS = {
    "author_keywords": "author_keyword",
    "index_keywords": "index_keyword",
    "topics": "topic",
}
_MIN_TERMS = 3
_MAX_EXPONENT, _MAX_SHIFT = 20.0, 1e6
_SINGULAR = 1e12
_REFERENCES = {
    "zipf": "Zipf, G. K. (1949). Human Behavior and the Principle of Least Effort. Addison-Wesley.",
    "mandelbrot": "Mandelbrot, B. (1953). An informational theory of the statistical structure of"
    " language. In W. Jackson (ed.), Communication Theory. Butterworth, 486-502.",
}
_PIANTADOSI = (
    "Piantadosi, S. T. (2014). Zipf's word frequency law in natural language: A critical review"
    " and future directions. Psychonomic Bulletin & Review 21, 1112-1130."
    " https://doi.org/10.3758/s13423-014-0585-6"
)


def zipf(
    corpus: Corpus,
    *,
    of: str = "author_keywords",
    model: RankLaw = "zipf",
    as_of: AsOf = None,
) -> Result:
    """Fit Zipf's law to terms: the works of the r-th most frequent term fall as r^-s.

    A term counts once a work. The occurrences are taken for draws from p(r) = c (r + q)^-s
    over the ranks 1 to the number of terms, with q = 0 for ``zipf``; s, and q for
    ``mandelbrot``, are those of maximum likelihood. A line through the logarithms would give
    the many rare terms nearly all the weight.

    Parameters
    ----------
    corpus : Corpus
        The corpus; after ``clean_terms`` variants are one term, topics are there after
        ``find_topics``.
    of : {"author_keywords", "index_keywords", "topics"}
        Which terms.
    model : {"zipf", "mandelbrot"}
        The law; Mandelbrot's q lowers the first ranks.
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        Columns ``rank``, ``term``, ``n_works`` and ``expected``, by rank; terms with as many
        works stand by name. The manifest has ``exponent`` s and ``shift`` q with their
        ``standard_errors``, ``log_likelihood``, ``aic`` (to compare both models), ``ks``
        (largest distance of the distribution functions) and ``n_occurrences``. The errors
        hold if the order of ranks were known beforehand; since the same counts give ranks and
        frequencies, the fit looks better than it is [2]_, and no p is given. For fewer than
        three terms, and where all have the same number of works, they are None with a
        ``reason``.

    Raises
    ------
    UnknownNameError
        If there are no such terms or no such model.

    References
    ----------
    .. [1] Zipf, G. K. (1949). Human Behavior and the Principle of Least Effort.
       Addison-Wesley; Mandelbrot, B. (1953). An informational theory of the statistical
       structure of language. In Communication Theory. Butterworth, 486-502.
    .. [2] Piantadosi, S. T. (2014). Zipf's word frequency law in natural language: A critical
       review and future directions. Psychonomic Bulletin & Review 21, 1112-1130.
       https://doi.org/10.3758/s13423-014-0585-6

    Examples
    --------
    >>> nb.zipf(corpus, of="topics").manifest["exponent"]  # doctest: +SKIP
    """
    if of not in _KINDS:
        raise UnknownNameError("terms", of, _KINDS)
    if model not in _REFERENCES:
        raise UnknownNameError("model", model, get_args(RankLaw))
    corpus, year = until(corpus, as_of)
    found = corpus.columns(
        "SELECT term, COUNT(DISTINCT work_id) AS n FROM terms WHERE kind = ?"
        " AND term IS NOT NULL GROUP BY term ORDER BY n DESC, term",
        (_KINDS[of],),
    )
    works = np.asarray(found["n"], dtype=np.float64)
    expected, figures = _fit(works, model)
    columns: dict[str, Any] = {
        "rank": np.arange(1, len(works) + 1),
        "term": list(found["term"]),
        "n_works": works.astype(np.int64),
        "expected": expected,
    }
    manifest: dict[str, object] = {
        "measure": "Zipf's law",
        "of": of,
        "model": model,
        "rule": "a term counts once a work; maximum likelihood over ranks",
        "as_of": year,
        "n_occurrences": int(works.sum()),
        **figures,
        "reference": f"{_REFERENCES[model]} {_PIANTADOSI}",
    }
    return Result.of_columns(columns, manifest)


def _fit(works: FloatArray, model: str) -> tuple[FloatArray, dict[str, object]]:
    """Fit a law: the works expected by rank, and the figures for the manifest."""
    names = ("exponent", "shift", "standard_errors", "log_likelihood", "aic", "ks")
    if len(works) < _MIN_TERMS or works[0] == works[-1]:
        figures: dict[str, object] = dict.fromkeys(names)
        figures["reason"] = "a law of ranks needs three terms that are not all in as many works"
        return np.full(len(works), np.nan), figures
    n = float(works.sum())
    s, q = _likeliest(works, model)
    rank = np.arange(1, len(works) + 1, dtype=np.float64)
    logs = np.log(rank + q)
    shares = np.exp(-s * logs)
    shares /= shares.sum()
    n_parameters = 1 if model == "zipf" else 2
    scores = np.column_stack([logs, s / (rank + q)])[:, :n_parameters]
    likelihood = -n * _loss(works, s, q)
    figures = {
        "exponent": s,
        "shift": q,
        "standard_errors": _errors(shares, scores, n),
        "log_likelihood": likelihood,
        "aic": 2 * n_parameters - 2 * likelihood,
        "ks": float(np.abs(np.cumsum(works) / n - np.cumsum(shares)).max()),
    }
    return shares * n, figures


def _loss(works: FloatArray, s: float, q: float) -> float:
    """Return the negative log-likelihood of an occurrence."""
    n = float(works.sum())
    logs = np.log(np.arange(1, len(works) + 1) + q)
    return float(s * (works @ logs) / n + math.log(np.exp(-s * logs).sum()))


def _likeliest(works: FloatArray, model: str) -> tuple[float, float]:
    """Return the exponent and the shift of maximum likelihood."""
    from scipy.optimize import minimize, minimize_scalar

    found = minimize_scalar(
        lambda s: _loss(works, s, 0.0), bounds=(0, _MAX_EXPONENT), method="bounded"
    )
    if model == "zipf":
        return float(found.x), 0.0

    def shifted_loss(p: FloatArray) -> float:
        """Return the loss, the shift on a logarithmic scale."""
        return _loss(works, float(p[0]), math.expm1(p[1]))

    both = minimize(
        shifted_loss,
        np.array([float(found.x), math.log(2)]),
        method="L-BFGS-B",
        bounds=[(0.0, _MAX_EXPONENT), (0.0, math.log1p(_MAX_SHIFT))],
        options={"ftol": 1e-14, "gtol": 1e-9, "maxiter": 1000},
    )
    return float(both.x[0]), math.expm1(both.x[1])


def _errors(shares: FloatArray, scores: FloatArray, n: float) -> list[float] | None:
    """Give the standard errors by Fisher's information: n times the covariance of the scores."""
    from_mean = scores - shares @ scores
    information = n * (from_mean.T @ (from_mean * shares[:, None]))
    if np.linalg.cond(information) > _SINGULAR:
        return None  # the parameters cannot be told apart
    return [float(error) for error in np.sqrt(np.diag(np.linalg.inv(information)))]
