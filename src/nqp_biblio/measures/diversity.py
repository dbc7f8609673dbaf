"""Diversity of what is cited: variety, balance and disparity, apart and in one figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import AsOf, until
from nqp_biblio.measures.citations import places_of
from nqp_biblio.measures.cited_categories import cited_categories
from nqp_biblio.measures.owned import OWNERS, owned_works
from nqp_biblio.measures.result import Result
from nqp_biblio.networks.compiling import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.cited_categories import CitedCategories

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = ["citation_diversity"]

Similarity = Literal["cocitation", "cross-citation", "none"]

_RULES = {
    "cocitation": "1 - cosine of the works that cite both (works that cite both / root of the"
    " product of those that cite each)",
    "cross-citation": "1 - cosine of the columns of citations from category to category (by which"
    " categories each is cited)",
    "none": "1 for all that differ",
}
_REFERENCE = (
    "Stirling, A. (2007). A general framework for analysing diversity in science, technology and"
    " society. Journal of the Royal Society Interface 4(15), 707-719."
    " https://doi.org/10.1098/rsif.2007.0213; Zhang, L., Rousseau, R. & Glänzel, W. (2016)."
    " Diversity of references as an indicator of the interdisciplinarity of journals: Taking"
    " similarity between subject fields into account. JASIST 67(5), 1257-1265."
    " https://doi.org/10.1002/asi.23487"
)


def citation_diversity(
    corpus: Corpus,
    of: str = "sources",
    *,
    by: str = "works",
    similarity: Similarity = "cocitation",
    min_references: int = 1,
    as_of: AsOf = None,
) -> Result:
    """Tell how diverse the sources, topics or countries are that each work or owner cites.

    Parameters
    ----------
    corpus : Corpus
        A corpus, best after ``link_references``.
    of : str
        Categories of the cited works. ``sources``: those of all cited works, in the corpus or
        as printed. Another one of ``owned.OWNERS``, as topics, author_keywords or countries:
        of the cited works that are works of the corpus; one of n categories counts 1/n each.
    by : str
        Whose diversity: ``works``, or one of ``owned.OWNERS``, which has the references of all
        its works together.
    similarity : {"cocitation", "cross-citation", "none"}
        What makes two categories alike, measured in this corpus. ``cocitation``: cosine of the
        sets of works that cite them. ``cross-citation``: cosine of the numbers of citations
        that they have from each category. ``none``: nothing.
    min_references : int
        With fewer cited works of a known category there are no figures.
    as_of : int, str or None
        Works published later are left out; None is the last year of the corpus.

    Returns
    -------
    Result
        All works by ``work_id``, with ``title`` and ``publication_year``, or all owners by
        ``key``, with ``name``. Then ``n_references`` (cited works), ``n_without`` (of no known
        category), ``variety`` (categories cited); with p the shares of the categories
        ``shannon`` (-sum p ln p, nats), ``evenness`` (shannon / ln variety, Pielou's balance;
        None of one category), ``simpson`` (1 - sum p^2), ``hill_1`` (exp of shannon),
        ``hill_2`` (1 / sum p^2); ``disparity`` (mean distance of the pairs of categories cited;
        None of one), ``rao_stirling`` (sum of d_ij p_i p_j over all i and j, each pair in both
        orders, 0 to 1) and ``true_diversity`` (1 / (1 - rao_stirling), the number of equal and
        wholly different categories that is as diverse). None where too little is cited.

    Raises
    ------
    UnknownNameError
        If there is no such category, owner or similarity.
    OptionError
        If the step that finds the categories was not done, or `min_references` is below 1.

    References
    ----------
    .. [1] Stirling, A. (2007). A general framework for analysing diversity in science,
       technology and society. Journal of the Royal Society Interface 4(15), 707-719.
       https://doi.org/10.1098/rsif.2007.0213
    .. [2] Zhang, L., Rousseau, R. & Glänzel, W. (2016). Diversity of references as an indicator
       of the interdisciplinarity of journals: Taking similarity between subject fields into
       account. JASIST 67(5), 1257-1265. https://doi.org/10.1002/asi.23487

    Examples
    --------
    >>> citation_diversity(corpus, by="sources").frame  # doctest: +SKIP
    """
    _check(of, by, similarity, min_references)
    corpus, year = until(corpus, as_of)
    found = cited_categories(corpus, of)
    head, counts, sizes = _of_owners(corpus, found, by)
    has_enough = sizes[0] - sizes[1] >= min_references
    figures = _figures(counts, _likeness(found, similarity))
    shown: dict[str, Any] = {"n_references": sizes[0], "n_without": sizes[1]}
    shown["variety"] = np.diff(counts.indptr).astype(np.int64)
    columns = head | shown | {n: np.where(has_enough, v, np.nan) for n, v in figures.items()}
    n_references, n_without = int(found.n_references.sum()), int(found.n_without.sum())
    manifest: dict[str, object] = {
        "measure": "diversity of what is cited",
        "of": of,
        "by": by,
        "similarity": similarity,
        "min_references": min_references,
        "as_of": year,
        "rule": "Rao-Stirling: sum of d_ij p_i p_j over all i and j; distance:"
        f" {_RULES[similarity]}",
        "reference": _REFERENCE,
        "n_categories": int(np.count_nonzero(found.cited.sum(axis=0))),
        "n_references": n_references,
        "n_without": n_without,
        "reason": f"cited works of which no {of} are known",
        "n_without_figures": int((~has_enough).sum()),
    }
    if not n_references:
        manifest["warning"] = "no work has a list of references, so that nothing is cited"
    elif n_without > n_references / 2:
        share = n_without / n_references
        manifest["warning"] = f"of {share:.0%} of the cited works no {of} are known"
    return Result.of_columns(columns, manifest)


def _check(of: str, by: str, similarity: str, min_references: int) -> None:
    """Refuse options that cannot be."""
    if of not in OWNERS:
        raise UnknownNameError("kind of cited category", of, OWNERS)
    if by != "works" and by not in OWNERS:
        raise UnknownNameError("owner of works", by, ("works", *OWNERS))
    if similarity not in get_args(Similarity):
        raise UnknownNameError("similarity", similarity, get_args(Similarity))
    if min_references < 1:
        raise OptionError(f"min_references is {min_references}; it must be at least 1")


def _of_owners(
    corpus: Corpus, found: CitedCategories, by: str
) -> tuple[dict[str, Any], sparse.csr_array, tuple[IntArray, IntArray]]:
    """Return who they are, what each cites, and the numbers of cited works."""
    from scipy import sparse

    if by == "works":
        titles = corpus.columns("SELECT work_id, title FROM works ORDER BY work_id")["title"]
        years = [None if year != year else int(year) for year in found.year.tolist()]  # noqa: PLR0124
        head = {"work_id": found.work_id, "title": list(titles), "publication_year": years}
        return head, found.cited, (found.n_references, found.n_without)
    owned = owned_works(corpus, by)
    place = places_of(found.work_id, owned.work_id)
    shape = (len(owned.keys), len(found.work_id))
    owns = sparse.csr_array((np.ones(len(place)), (owned.owner, place)), shape=shape)
    counts = (owns @ found.cited).tocsr()
    counts.sort_indices()
    sizes = tuple(
        np.rint(owns @ n.astype(np.float64)).astype(np.int64)
        for n in (found.n_references, found.n_without)
    )
    head = {"key": list(owned.keys), "name": list(owned.names)}
    return head, counts, (sizes[0], sizes[1])


def _likeness(found: CitedCategories, similarity: str) -> sparse.csr_array:
    """Return the cosine of each two categories that are alike at all."""
    from scipy import sparse

    n_categories = len(found.names)
    if similarity == "none":
        return sparse.csr_array((n_categories, n_categories), dtype=np.float64)
    if similarity == "cocitation":
        profiles = found.cited.copy()
        profiles.data = np.ones_like(profiles.data)
    else:
        profiles = (found.own.T @ found.cited).tocsr()
    norms = np.sqrt(np.asarray(profiles.power(2).sum(axis=0)).ravel())
    scale = np.divide(1.0, norms, out=np.zeros_like(norms), where=norms > 0)
    alike: sparse.csr_array = (profiles.T @ profiles).tocsr()
    alike.sort_indices()
    alike.data *= np.repeat(scale, np.diff(alike.indptr)) * scale[alike.indices]
    alike.data = np.minimum(alike.data, 1.0)
    return alike


def _figures(counts: sparse.csr_array, alike: sparse.csr_array) -> dict[str, FloatArray]:
    """Compute the figures of each row of counts."""
    n_rows = counts.shape[0]
    variety = np.diff(counts.indptr)
    row = np.repeat(np.arange(n_rows), variety)
    totals = np.bincount(row, weights=counts.data, minlength=n_rows)
    p = counts.data / totals[row]
    shannon = -np.bincount(row, weights=p * np.log(p), minlength=n_rows) + 0.0
    concentration = np.bincount(row, weights=p * p, minlength=n_rows)
    near, near_weighed = compiled(_nearness)(
        *(counts.indptr.astype(np.int64), counts.indices.astype(np.int64), p),
        *(alike.indptr.astype(np.int64), alike.indices.astype(np.int64), alike.data),
    )
    n_pairs = variety * (variety - 1) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        # rounding may leave less than nothing where all are alike
        rao_stirling = np.maximum(1 - concentration - 2 * near_weighed, 0.0)
        figures = {
            "shannon": shannon,
            "evenness": shannon / np.where(variety > 1, np.log(variety), np.nan),
            "simpson": np.maximum(1 - concentration, 0.0),
            "hill_1": np.exp(shannon),
            "hill_2": 1 / concentration,
            "disparity": np.maximum(1 - near / n_pairs, 0.0),
            "rao_stirling": rao_stirling,
            "true_diversity": 1 / (1 - rao_stirling),
        }
    return {name: np.where(variety > 0, values, np.nan) for name, values in figures.items()}


def _nearness(
    starts: IntArray,
    category: IntArray,
    p: FloatArray,
    alike_starts: IntArray,
    alike_with: IntArray,
    alike: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """Sum the likeness of the pairs of each row, plain and times both shares."""
    n_rows = len(starts) - 1
    near, near_weighed = np.zeros(n_rows), np.zeros(n_rows)
    for row in range(n_rows):
        for a in range(starts[row], starts[row + 1]):
            place, stop = alike_starts[category[a]], alike_starts[category[a] + 1]
            for b in range(a + 1, starts[row + 1]):
                place += np.searchsorted(alike_with[place:stop], category[b])
                if place < stop and alike_with[place] == category[b]:
                    near[row] += alike[place]
                    near_weighed[row] += alike[place] * p[a] * p[b]
    return near, near_weighed
