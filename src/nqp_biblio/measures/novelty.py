"""Novelty: whether a work cites sources together that are seldom cited together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError
from nqp_biblio.measures.as_of import AsOf, until
from nqp_biblio.measures.cited_categories import sources_of_items
from nqp_biblio.measures.cited_items import cited_items
from nqp_biblio.measures.novelty_kernel import pair_scores
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.cited_items import CitedItems
    from nqp_biblio.measures.novelty_kernel import CitationsOfYear

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

__all__ = ["atypical_combinations"]

_LOW = 10.0
_FEWEST_SAMPLES = 2
_CLASSES = {
    (False, False): "low novelty, low conventionality",
    (False, True): "low novelty, high conventionality",
    (True, False): "high novelty, low conventionality",
    (True, True): "high novelty, high conventionality",
}
_RULE = (
    "z = (observed - mean) / standard deviation (n - 1) of how often two sources are cited by one"
    " work of the year, over networks in which cited works were switched between works of one"
    " year that cite works of one year; each pair of references counts; percentiles between two"
    " values are interpolated"
)
_REFERENCE = (
    "Uzzi, B., Mukherjee, S., Stringer, M. & Jones, B. (2013). Atypical combinations and"
    " scientific impact. Science 342(6157), 468-472. https://doi.org/10.1126/science.1240474"
)


def atypical_combinations(
    corpus: Corpus,
    *,
    n_samples: int = 10,
    n_switches: int = 5,
    seed: int = 0,
    as_of: AsOf = None,
) -> Result:
    """Tell of each work how usual the pairs of sources are that it cites together.

    Parameters
    ----------
    corpus : Corpus
        A corpus, best after ``link_references``. What is usual is measured in it: it should
        hold the works of a field or more, for each year.
    n_samples : int
        Citation networks with switched references that each year is compared with.
    n_switches : int
        Tries to switch each citation in each of them.
    seed : int
        Where chance begins.
    as_of : int, str or None
        Works published later are left out; None is the last year of the corpus.

    Returns
    -------
    Result
        All works, by ``work_id``: ``title``, ``publication_year``, ``n_references`` (cited
        works), ``n_sourced`` (whose source is known), ``n_pairs`` (pairs of these, also of
        one source), ``n_scored`` (pairs with a z score: the others occur equally often in all
        samples), ``z_median`` (conventionality), ``z_10`` (10th percentile: novelty, where
        below 0), ``high_novelty`` (z_10 < 0), ``high_conventionality`` (z_median above the
        median of all works) and ``class``. None where no pair has a score, and for works
        without a year.

    Raises
    ------
    OptionError
        If `n_samples` is below 2 or `n_switches` below 1.

    Notes
    -----
    Each switch leaves to each work its number of references and their years, and to each
    cited work its citations by year of the citing works. So the counts of each source stay
    too. Cost: samples times the pairs of references of all works.

    References
    ----------
    .. [1] Uzzi, B., Mukherjee, S., Stringer, M. & Jones, B. (2013). Atypical combinations and
       scientific impact. Science 342(6157), 468-472. https://doi.org/10.1126/science.1240474

    Examples
    --------
    >>> found = atypical_combinations(corpus, n_samples=20)  # doctest: +SKIP
    """
    if n_samples < _FEWEST_SAMPLES or n_switches < 1:
        raise OptionError("n_samples must be at least 2 and n_switches at least 1")
    corpus, last = until(corpus, as_of)
    items = cited_items(corpus)
    source = sources_of_items(corpus, items).source
    n_works = len(items.work_id)
    scores = np.full((2, n_works), np.nan)
    n_scored = np.zeros(n_works, dtype=np.int64)
    for number, (works, citations) in enumerate(_years(items, source)):
        rng = np.random.default_rng([seed, number])
        z, starts = pair_scores(citations, n_samples=n_samples, n_switches=n_switches, rng=rng)
        n_scored[works], scores[:, works] = _percentiles(z, starts)
    titles = corpus.columns("SELECT work_id, title FROM works ORDER BY work_id")["title"]
    years = [None if year != year else int(year) for year in items.year.tolist()]  # noqa: PLR0124
    head: dict[str, Any] = {"work_id": items.work_id, "title": list(titles)}
    head["publication_year"] = years
    sizes = _sizes(items, source)
    manifest: dict[str, object] = {
        "measure": "atypical combinations of cited sources",
        "n_samples": n_samples,
        "n_switches": n_switches,
        "seed": seed,
        "as_of": last,
        "rule": _RULE,
        "reference": _REFERENCE,
        "n_without": int(np.isnan(scores[0]).sum()),
        "reason": "works without a year, with fewer than two references of known sources, or"
        " whose pairs of sources are equally frequent in all samples",
        "n_pairs": int(sizes["n_pairs"].sum()),
        "n_pairs_without_score": int(sizes["n_pairs"].sum() - n_scored.sum()),
    }
    told = {"n_scored": n_scored, "z_median": scores[0], "z_10": scores[1]}
    classes, border = _classes(scores)
    manifest["median_of_medians"] = border
    if border is None:
        manifest["warning"] = "no pair of cited sources has a score, so that nothing can be said"
    return Result.of_columns(head | sizes | told | classes, manifest)


def _sizes(items: CitedItems, source: IntArray) -> dict[str, IntArray]:
    """Count references and pairs of each work."""
    listed = items.citing >= 0
    citing, item = items.citing[listed], items.item[listed]
    n_works = len(items.work_id)
    sourced = np.bincount(citing[source[item] >= 0], minlength=n_works).astype(np.int64)
    pairs = np.where(np.isnan(items.year), 0, sourced * (sourced - 1) // 2)
    n_references = np.bincount(citing, minlength=n_works).astype(np.int64)
    return {"n_references": n_references, "n_sourced": sourced, "n_pairs": pairs}


def _years(items: CitedItems, source: IntArray) -> Iterator[tuple[IntArray, CitationsOfYear]]:
    """Yield the citing works of each year with their citations."""
    kept = (items.citing >= 0) & (source[items.item] >= 0)
    citing, item = items.citing[kept].astype(np.int64), items.item[kept].astype(np.int64)
    year = items.year[citing]
    for this in np.unique(year[~np.isnan(year)]).tolist():
        of_year = year == this
        works, sizes = np.unique(citing[of_year], return_counts=True)
        cited, local = np.unique(item[of_year], return_inverse=True)
        _, group = np.unique(items.item_year[cited][local], return_inverse=True)
        _, own_source = np.unique(source[cited], return_inverse=True)
        starts = np.concatenate([[0], np.cumsum(sizes)])
        yield works, (starts, local.astype(np.int64), group.astype(np.int64), own_source)


def _percentiles(z: FloatArray, starts: IntArray) -> tuple[IntArray, FloatArray]:
    """Return the number of scores of each work, and their median and 10th percentile."""
    n_works = len(starts) - 1
    row = np.repeat(np.arange(n_works), np.diff(starts))
    scored = ~np.isnan(z)
    row, z = row[scored], z[scored]
    z = z[np.lexsort((z, row))]
    sizes = np.bincount(row, minlength=n_works)
    begins = np.cumsum(sizes) - sizes
    found = np.full((2, n_works), np.nan)
    some = np.flatnonzero(sizes)
    for name, percent in enumerate((50.0, _LOW)):
        at = (sizes[some] - 1) * percent / 100
        low = np.floor(at).astype(np.int64)
        high = np.minimum(low + 1, sizes[some] - 1)
        below, above = z[begins[some] + low], z[begins[some] + high]
        found[name, some] = below + (above - below) * (at - low)
    return sizes.astype(np.int64), found


def _classes(scores: FloatArray) -> tuple[dict[str, list[Any]], float | None]:
    """Sort works into the four classes, and return the border of conventionality."""
    known = ~np.isnan(scores[0])
    border = float(np.median(scores[0][known])) if known.any() else None
    novel = [
        bool(low < 0) if is_known else None
        for low, is_known in zip(scores[1].tolist(), known.tolist(), strict=True)
    ]
    usual = [
        None if border is None or not is_known else bool(median > border)
        for median, is_known in zip(scores[0].tolist(), known.tolist(), strict=True)
    ]
    both = zip(novel, usual, strict=True)
    named = [None if a is None or b is None else _CLASSES[a, b] for a, b in both]
    return {"high_novelty": novel, "high_conventionality": usual, "class": named}, border
