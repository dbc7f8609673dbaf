"""Themes that lie behind the topics: a topic model by non-negative matrix factorisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import MissingExtraError, OptionError
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from scipy import sparse

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["topic_model"]

_REFERENCE = (
    "Lee, D. D. & Seung, H. S. (1999). Learning the parts of objects by non-negative matrix"
    " factorization. Nature 401, 788-791. https://doi.org/10.1038/44565"
)
_DECIMALS = 6


def topic_model(corpus: Corpus, *, n_themes: int = 10, n_terms: int = 10, seed: int = 0) -> Result:
    """Find themes: groups of terms that stand together in works.

    Parameters
    ----------
    corpus : Corpus
        With topics, as ``find_topics`` gives them.
    n_themes : int
        Themes to find; fewer where there are fewer works or terms.
    n_terms : int
        Terms to tell of each theme.
    seed : int
        Seed of the factorisation.

    Returns
    -------
    Result
        Columns ``theme`` (from 1, that of the most works first), ``n_works`` (works in which
        it is the strongest), ``rank``, ``term`` and ``weight`` (loading of the term, no
        unit). Terms of nearly every work are left out. Works by terms are weighed by TF-IDF.

    Raises
    ------
    OptionError
        If there are no topics, or a number is below 1.
    MissingExtraError
        If scikit-learn, of the extra ``text``, is not installed.

    References
    ----------
    .. [1] Lee, D. D. & Seung, H. S. (1999). Learning the parts of objects by non-negative
       matrix factorization. Nature 401, 788-791. https://doi.org/10.1038/44565

    Examples
    --------
    >>> nb.topic_model(nb.find_topics(corpus), n_themes=5).frame  # doctest: +SKIP
    """
    if n_themes < 1 or n_terms < 1:
        raise OptionError(f"n_themes is {n_themes} and n_terms {n_terms}; both must be above 0")
    counts, terms = _counts(corpus)
    n_found = min(n_themes, *counts.shape)
    shares, loadings = _factorised(counts, n_found, seed)
    strongest = shares.argmax(axis=1)
    n_works = [int((strongest == theme).sum()) for theme in range(n_found)]
    order = sorted(range(n_found), key=lambda theme: (-n_works[theme], theme))
    rows: list[tuple[Any, ...]] = []
    for number, theme in enumerate(order, 1):
        weights = loadings[theme].round(_DECIMALS)
        ranked = sorted(range(len(terms)), key=lambda i: (-weights[i], terms[i]))[:n_terms]
        told = [index for index in ranked if weights[index] > 0]
        rows.extend(
            (number, n_works[theme], rank, terms[index], float(weights[index]))
            for rank, index in enumerate(told, 1)
        )
    manifest: dict[str, object] = {
        "measure": "topic model",
        "method": "non-negative matrix factorisation of TF-IDF",
        "parameters": {"n_themes": n_themes, "n_terms": n_terms, "seed": seed},
        "references": [_REFERENCE],
    }
    return Result(("theme", "n_works", "rank", "term", "weight"), rows, manifest)


def _counts(corpus: Corpus) -> tuple[sparse.csr_array, list[str]]:
    """Works by terms, one where a work has a term."""
    import numpy as np
    from scipy import sparse

    rows = corpus.sql(
        "SELECT DISTINCT work_id, term FROM terms WHERE kind = 'topic'"
        " AND term IS NOT NULL AND NOT COALESCE(is_ubiquitous, FALSE) ORDER BY work_id, term"
    )
    if not rows:
        raise OptionError("the corpus has no topics; find_topics gives it some")
    works = sorted({work for work, _ in rows})
    terms = sorted({term for _, term in rows})
    at_work = {work: index for index, work in enumerate(works)}
    at_term = {term: index for index, term in enumerate(terms)}
    places = ([at_work[work] for work, _ in rows], [at_term[term] for _, term in rows])
    shape = (len(works), len(terms))
    return sparse.csr_array((np.ones(len(rows)), places), shape=shape), terms


def _factorised(counts: sparse.csr_array, n_themes: int, seed: int) -> tuple[Any, Any]:
    """Factorise works by terms into works by themes and themes by terms."""
    try:
        from sklearn.decomposition import NMF
        from sklearn.feature_extraction.text import TfidfTransformer
    except ImportError:
        raise MissingExtraError("scikit-learn", "text") from None
    import numpy as np

    transformer: Any = TfidfTransformer
    factorisation: Any = NMF
    weighed = transformer().fit_transform(counts)
    model = factorisation(
        n_components=n_themes, init="nndsvda", random_state=seed, max_iter=1_000, tol=1e-4
    )
    # an exact factorisation leaves a squared error that rounding makes less than 0
    with np.errstate(invalid="ignore"):
        return model.fit_transform(weighed), model.components_
