"""Themes that lie behind the terms: topic models, and how well their terms go together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import MissingExtraError, OptionError, UnknownNameError
from nqp_biblio.measures.as_of import AsOf, until
from nqp_biblio.measures.coherence import COHERENCE_REFERENCES, COHERENCES, theme_coherence
from nqp_biblio.measures.periods import terms_of, with_terms
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["topic_coherence", "topic_model"]

_METHODS = {
    "nmf": "non-negative matrix factorisation of TF-IDF",
    "lda": "latent Dirichlet allocation of counts, by variational Bayes",
}
_REFERENCES = {
    "nmf": "Lee, D. D. & Seung, H. S. (1999). Learning the parts of objects by non-negative matrix"
    " factorization. Nature 401, 788-791. https://doi.org/10.1038/44565",
    "lda": "Blei, D. M., Ng, A. Y. & Jordan, M. I. (2003). Latent Dirichlet allocation. Journal of"
    " Machine Learning Research 3, 993-1022. https://www.jmlr.org/papers/v3/blei03a.html",
}
_OPTIONS: dict[str, dict[str, Any]] = {
    "nmf": {"init": "nndsvda", "max_iter": 1_000, "tol": 1e-4},
    "lda": {"max_iter": 20, "learning_method": "batch"},
}
_DECIMALS = 6
_LAST_NUMBER = 10


def topic_model(
    corpus: Corpus,
    *,
    n_themes: int = 10,
    n_terms: int = 10,
    of: str = "topics",
    method: str = "nmf",
    coherence: str = "npmi",
    seed: int = 0,
    as_of: AsOf = None,
) -> Result:
    """Find themes: groups of terms that stand together in works.

    Parameters
    ----------
    corpus : Corpus
        With topics, as ``find_topics`` gives them, or other terms.
    n_themes : int
        Themes to find; fewer where there are fewer works or terms. ``topic_coherence`` helps
        to choose.
    n_terms : int
        Terms to tell of each theme.
    of : {"topics", "author_keywords", "index_keywords", "keywords", "title_terms", \
"abstract_terms", "text_terms"}
        What a term is; one counts once a work.
    method : {"nmf", "lda"}
        Factorisation of TF-IDF without negative values [1]_, or latent Dirichlet allocation
        [2]_.
    coherence : {"npmi", "umass"}
        How well the terms told of a theme go together; see ``topic_coherence``.
    seed : int
        Seed of the search.
    as_of : int, str or None
        Works published later do not count; None is the last year of the corpus.

    Returns
    -------
    Result
        Columns ``theme`` (from 1, that of the most works first), ``n_works`` (works in which
        it is the strongest), ``rank``, ``term`` and ``weight`` (loading of the term, no unit;
        of ``lda`` its share of the theme). The coherence of each theme and their mean are in
        the manifest. Terms of nearly every work are left out.

    Raises
    ------
    UnknownNameError
        If a name is none of the known.
    OptionError
        If there are no terms, or a number is below 1.
    MissingExtraError
        If scikit-learn, of the extra ``text``, is not installed.

    References
    ----------
    .. [1] Lee, D. D. & Seung, H. S. (1999). Learning the parts of objects by non-negative
       matrix factorization. Nature 401, 788-791. https://doi.org/10.1038/44565
    .. [2] Blei, D. M., Ng, A. Y. & Jordan, M. I. (2003). Latent Dirichlet allocation. Journal
       of Machine Learning Research 3, 993-1022. https://www.jmlr.org/papers/v3/blei03a.html

    Examples
    --------
    >>> nb.topic_model(nb.find_topics(corpus), n_themes=5).frame  # doctest: +SKIP
    """
    if n_themes < 1 or n_terms < 1:
        raise OptionError(f"n_themes is {n_themes} and n_terms {n_terms}; both must be above 0")
    _check(method, coherence)
    part, last = until(corpus, as_of)
    counts, terms = _counts(part, of)
    n_found = min(n_themes, *counts.shape)
    shares, loadings = _factorised(counts, n_found, method, seed)
    strongest = shares.argmax(axis=1)
    n_works = [int((strongest == theme).sum()) for theme in range(n_found)]
    order = sorted(range(n_found), key=lambda theme: (-n_works[theme], theme))
    told = [_told(loadings[theme], terms, n_terms) for theme in order]
    scores = [theme_coherence(counts, one, coherence) for one in told]
    rows: list[tuple[Any, ...]] = [
        (number, n_works[theme], rank, terms[i], round(float(loadings[theme][i]), _DECIMALS))
        for number, (theme, indices) in enumerate(zip(order, told, strict=True), 1)
        for rank, i in enumerate(indices, 1)
    ]
    manifest: dict[str, object] = {
        "measure": "topic model",
        "method": _METHODS[method],
        "parameters": {"n_themes": n_themes, "n_terms": n_terms, "of": of, "seed": seed},
        "as_of": last,
        "coherence": {
            "name": coherence,
            "rule": COHERENCES[coherence],
            "mean": _mean(scores),
            "by_theme": scores,
        },
        "references": [_REFERENCES[method], COHERENCE_REFERENCES[coherence]],
    }
    return Result(("theme", "n_works", "rank", "term", "weight"), rows, manifest)


def topic_coherence(  # noqa: PLR0913  options of the method, all by keyword
    corpus: Corpus,
    *,
    first: int = 2,
    last: int = _LAST_NUMBER,
    n_terms: int = 10,
    of: str = "topics",
    method: str = "nmf",
    coherence: str = "npmi",
    seed: int = 0,
    as_of: AsOf = None,
) -> Result:
    """Say how well the terms of themes go together for each number of themes.

    Parameters
    ----------
    corpus : Corpus
        With topics, as ``find_topics`` gives them, or other terms.
    first : int
        The least number of themes.
    last : int
        The largest number; less where there are fewer works or terms.
    n_terms : int
        Terms of each theme that are looked at.
    of : {"topics", "author_keywords", "index_keywords", "keywords", "title_terms", \
"abstract_terms", "text_terms"}
        What a term is.
    method : {"nmf", "lda"}
        How themes are found; see ``topic_model``.
    coherence : {"npmi", "umass"}
        Mean over the pairs of terms of a theme of the normalised pointwise mutual information
        [1]_ [2]_ (-1 never together, 0 by chance, 1 always), or of ln((both + 1) / works of
        the term of higher weight) [3]_, both by the works of the corpus.
    seed : int
        Seed of the search.
    as_of : int, str or None
        Works published later do not count; None is the last year of the corpus.

    Returns
    -------
    Result
        ``n_themes``, ``coherence`` (mean of the themes; missing where each has one term),
        ``lowest`` and ``highest`` of a theme, and ``is_best`` for the largest mean, of equal
        ones the fewest themes; ``best`` in the manifest is that number.

    Raises
    ------
    UnknownNameError
        If a name is none of the known.
    OptionError
        If there are no terms, a number is below 1, or `last` is before `first`.
    MissingExtraError
        If scikit-learn, of the extra ``text``, is not installed.

    References
    ----------
    .. [1] Bouma, G. (2009). Normalized (pointwise) mutual information in collocation
       extraction. Proceedings of GSCL, 31-40.
    .. [2] Lau, J. H., Newman, D. & Baldwin, T. (2014). Machine reading tea leaves. EACL 2014,
       530-539. https://doi.org/10.3115/v1/E14-1056
    .. [3] Mimno, D. et al. (2011). Optimizing semantic coherence in topic models. EMNLP 2011,
       262-272. https://aclanthology.org/D11-1024/

    Examples
    --------
    >>> best = topic_coherence(corpus).manifest["best"]  # doctest: +SKIP
    """
    if not 1 <= first <= last or n_terms < 1:
        raise OptionError(
            f"first is {first}, last {last} and n_terms {n_terms}; they must be above 0, and last"
            " not below first"
        )
    _check(method, coherence)
    part, year = until(corpus, as_of)
    counts, terms = _counts(part, of)
    most = max(min(last, *counts.shape), 1)
    found: list[tuple[int, list[float]]] = []
    for n_themes in range(min(first, most), most + 1):
        _, loadings = _factorised(counts, n_themes, method, seed)
        told = [_told(row, terms, n_terms) for row in loadings]
        scores = [theme_coherence(counts, one, coherence) for one in told]
        found.append((n_themes, [score for score in scores if score is not None]))
    means = [_mean(scores) for _, scores in found]
    known = [mean for mean in means if mean is not None]
    best = found[means.index(max(known))][0] if known else None
    rows: list[tuple[Any, ...]] = [
        (n, mean, min(scores, default=None), max(scores, default=None), n == best)
        for (n, scores), mean in zip(found, means, strict=True)
    ]
    manifest: dict[str, object] = {
        "measure": "coherence of topic models",
        "method": _METHODS[method],
        "rule": COHERENCES[coherence],
        "best": best,
        "parameters": {"first": first, "last": last, "n_terms": n_terms, "of": of, "seed": seed},
        "as_of": year,
        "references": [_REFERENCES[method], COHERENCE_REFERENCES[coherence]],
    }
    return Result(("n_themes", "coherence", "lowest", "highest", "is_best"), rows, manifest)


def _check(method: str, coherence: str) -> None:
    """Refuse names that there are not."""
    if method not in _METHODS:
        raise UnknownNameError("method", method, _METHODS)
    if coherence not in COHERENCES:
        raise UnknownNameError("coherence", coherence, COHERENCES)


def _counts(corpus: Corpus, of: str) -> tuple[sparse.csr_array, list[str]]:
    """Works by terms, one where a work has a term."""
    if of == "topics":
        sql = "SELECT COUNT(*) FROM terms WHERE kind = 'topic' AND term IS NOT NULL"
        if not corpus.sql(sql)[0][0]:
            raise OptionError("the corpus has no topics; find_topics gives it some")
    found = terms_of(with_terms(corpus, of), of)
    if not found.labels:
        raise OptionError(f"the corpus has no {of.replace('_', ' ')}")
    return found.matrix, list(found.labels)


def _told(loading: NDArray[Any], terms: list[str], n_terms: int) -> list[int]:
    """Return the terms of a theme with a weight, the heaviest first, of equals by name."""
    weights = loading.round(_DECIMALS)
    ranked = sorted(range(len(terms)), key=lambda i: (-weights[i], terms[i]))[:n_terms]
    return [index for index in ranked if weights[index] > 0]


def _mean(scores: list[float] | list[float | None]) -> float | None:
    """Return the mean of what is known, rounded to what seeds can repeat."""
    known = [score for score in scores if score is not None]
    return round(sum(known) / len(known), _DECIMALS) if known else None


def _factorised(counts: sparse.csr_array, n_themes: int, method: str, seed: int) -> tuple[Any, Any]:
    """Factorise works by terms into works by themes and themes by terms."""
    try:
        from sklearn.decomposition import NMF, LatentDirichletAllocation
        from sklearn.feature_extraction.text import TfidfTransformer
    except ImportError:
        raise MissingExtraError("scikit-learn", "text") from None
    import numpy as np

    # scikit-learn has no types
    maker: Any = {"nmf": NMF, "lda": LatentDirichletAllocation}[method]
    transformer: Any = TfidfTransformer
    model = maker(n_components=n_themes, random_state=seed, **_OPTIONS[method])
    table = transformer().fit_transform(counts) if method == "nmf" else counts
    # an exact factorisation leaves a squared error that rounding makes less than 0
    with np.errstate(invalid="ignore"):
        shares, loadings = model.fit_transform(table), model.components_
    if method == "lda":
        loadings = loadings / loadings.sum(axis=1, keepdims=True)
    return shares, loadings
