"""Reference publication year spectroscopy: which years a corpus cites more than those around."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import AsOf, until
from nqp_biblio.measures.cited_items import CitedItems, cited_items, item_labels
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

__all__ = ["multi_rpys", "rpys", "rpys_peaks", "running_medians"]

_SPAN = 5
_REFERENCE = (
    "Marx, W., Bornmann, L., Barth, A. & Leydesdorff, L. (2014). Detecting the historical roots"
    " of research fields by reference publication year spectroscopy (RPYS). JASIST 65(4),"
    " 751-764. https://doi.org/10.1002/asi.23089"
)
_MULTI = (
    "Comins, J. A. & Leydesdorff, L. (2016). RPYS i/o: software demonstration of a web-based"
    " tool for the historiography and visualization of citation classics, sleeping beauties and"
    " research fronts. Scientometrics 107, 1509-1517. https://doi.org/10.1007/s11192-016-1928-z"
)
_EDGES = {
    "zero": "years outside the spectrum count as 0",
    "median": "at the ends smaller windows and Tukey's end-point rule",
}
_WINDOWS = {"centred": "two years before and two behind", "backward": "the four years before"}
_EARLIEST = 1700
_BRACKET = re.compile(r"\).*", re.DOTALL)
_FOUR_DIGITS = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class _Counts:
    """References by their year, how many distinct ones, and what was left out."""

    ncr: dict[int, int]
    distinct: dict[int, int]
    left_out: dict[str, object]


def rpys(
    corpus: Corpus,
    *,
    identity: str = "resolved",
    edges: Literal["zero", "median"] | None = None,
    window: Literal["centred", "backward"] = "centred",
    years: tuple[int, int] | None = None,
    like: Literal["crexplorer", "bibliometrix", "metaknowledge"] | None = None,
    as_of: AsOf = None,
) -> Result:
    """Count cited references by their year of publication, beside the median of five years.

    Parameters
    ----------
    corpus : Corpus
        The corpus, best after ``link_references``.
    identity : {"resolved", "printed", "doi", "author-year-source"}
        When two printed references are one cited work. A list counts each cited work once, in
        the year that is printed of it most often.
    edges : {"zero", "median"}, optional
        What the medians at both ends are of. ``zero``: years outside the spectrum count as 0,
        as in CRExplorer and metaknowledge. ``median``: smaller windows and Tukey's end-point
        rule, as R's ``runmed``; with a backward window the first value goes before the first
        year. The first unless `like` says otherwise.
    window : {"centred", "backward"}
        The five years of a median: t-2 to t+2, or t-4 to t.
    years : pair of int, optional
        First and last year to show; the medians are of all years.
    like : {"crexplorer", "bibliometrix", "metaknowledge"}, optional
        Count as that program: each printed reference, also when a list has it twice.
        ``crexplorer``: the printed year. ``metaknowledge``: the same without references less
        than two years older than the work that cites them. ``bibliometrix``: the first four
        digits of the printed string up to its first closing bracket, 1700 to `as_of`, and
        edges ``median``; page numbers count as years where they stand first.
    as_of : int, str or None
        Works published later do not cite, and references of later years are left out (not
        with `like`).

    Returns
    -------
    Result
        By year, years without references included: ``publication_year``, ``n_citations``
        (citing works times cited works), ``n_references`` (distinct cited works), ``median``,
        ``deviation`` (with its sign), ``is_peak`` (above 0 and above both years beside it) and
        ``is_outlier`` (above Q3 + 1.5 IQR of the deviations, Tukey's fence).

    Raises
    ------
    UnknownNameError
        If an option is none of the known.
    OptionError
        If `identity` is given with `like`, or `years` are not in order.

    References
    ----------
    .. [1] Marx, W., Bornmann, L., Barth, A. & Leydesdorff, L. (2014). Detecting the historical
       roots of research fields by reference publication year spectroscopy (RPYS). JASIST
       65(4), 751-764. https://doi.org/10.1002/asi.23089
    .. [2] Tukey, J. W. (1977). Exploratory data analysis. Addison-Wesley.

    Examples
    --------
    >>> spectrum = rpys(corpus, years=(1950, 2000))  # doctest: +SKIP
    """
    _check(edges, window, years, like)
    if like and identity != "resolved":
        raise OptionError(f"identity={identity!r} cannot be had with like={like!r}")
    part, last = until(corpus, as_of)
    counted = _PEERS[like](part, last) if like else _count(cited_items(part, identity), last)
    edges = edges or ("median" if like == "bibliometrix" else "zero")
    year, ncr = _filled(counted.ncr)
    median = running_medians(ncr, edges=edges, window=window)
    deviation = ncr - median
    low, high = np.quantile(deviation, [0.25, 0.75]) if len(year) else (0.0, 0.0)
    columns = {
        "publication_year": year,
        "n_citations": ncr,
        "n_references": np.array([counted.distinct.get(y, 0) for y in year.tolist()], dtype=int),
        "median": median,
        "deviation": deviation,
        "is_peak": _peaks(deviation),
        "is_outlier": deviation > high + 1.5 * (high - low),
    }
    manifest: dict[str, object] = {
        "measure": "reference publication year spectroscopy",
        "rule": f"cited references by year less their median of five years: {_WINDOWS[window]};"
        f" {_EDGES[edges]}",
        "identity": like or identity,
        "edges": edges,
        "window": window,
        "years": years,
        "like": like,
        "as_of": last,
        "reference": _REFERENCE,
        **counted.left_out,
    }
    return Result.of_columns(
        {name: c[_shown(year, years)] for name, c in columns.items()}, manifest
    )


def rpys_peaks(
    corpus: Corpus,
    *,
    identity: str = "resolved",
    n_peaks: int = 10,
    n_references: int = 5,
    years: tuple[int, int] | None = None,
    as_of: AsOf = None,
) -> Result:
    """List the most cited references of the years that stand out most.

    Parameters
    ----------
    corpus : Corpus
        The corpus, best after ``link_references``.
    identity : {"resolved", "printed", "doi", "author-year-source"}
        When two printed references are one cited work.
    n_peaks : int
        How many peaks, those of the largest deviation first.
    n_references : int
        How many references of each year; those that tie with the last are listed too.
    years : pair of int, optional
        Only peaks of these years.
    as_of : int, str or None
        As in ``rpys``.

    Returns
    -------
    Result
        ``rank`` of the peak, ``publication_year``, ``deviation``, ``reference`` (as first
        printed), ``work_id`` (None outside the corpus), ``n_citations`` and ``share`` of the
        citations of that year, 0 to 1. A peak whose references are cited about equally often
        has no root behind it.

    Raises
    ------
    UnknownNameError
        If there is no such identity.
    OptionError
        If `n_peaks` or `n_references` is below 1, or `years` are not in order.

    References
    ----------
    .. [1] Marx, W., Bornmann, L., Barth, A. & Leydesdorff, L. (2014). JASIST 65(4), 751-764.
       https://doi.org/10.1002/asi.23089

    Examples
    --------
    >>> roots = rpys_peaks(corpus, n_peaks=3)  # doctest: +SKIP
    """
    _check("zero", "centred", years, None)
    if min(n_peaks, n_references) < 1:
        raise OptionError("n_peaks and n_references must be at least 1")
    part, last = until(corpus, as_of)
    items = cited_items(part, identity)
    year, ncr = _filled(_count(items, last).ncr)
    deviation = ncr - running_medians(ncr)
    found = np.flatnonzero(_peaks(deviation) & _shown(year, years))
    found = found[np.argsort(-deviation[found], kind="stable")][:n_peaks]
    citations = items.citations
    groups = [_most_cited(citations, items.item_year == y, n_references) for y in year[found]]
    asked = np.concatenate(groups) if groups else found
    labels = dict(zip(asked.tolist(), item_labels(part, items, asked), strict=True))
    rows: list[tuple[object, ...]] = []
    for rank, (place, group) in enumerate(zip(found.tolist(), groups, strict=True), 1):
        for item in sorted(group.tolist(), key=lambda n: (-citations[n], labels[n], n)):
            n = int(citations[item])
            owner = items.item_work[item]
            work = int(items.work_id[owner]) if owner >= 0 else None
            head = (rank, int(year[place]), float(deviation[place]))
            rows.append((*head, labels[item], work, n, n / int(ncr[place])))
    names = "rank publication_year deviation reference work_id n_citations share"
    manifest: dict[str, object] = {
        "measure": "references behind the peaks of the spectrum",
        "rule": "years whose deviation from the median of five years is above 0 and above that"
        " of both years beside it",
        "identity": identity,
        "n_peaks": n_peaks,
        "n_references": n_references,
        "years": years,
        "as_of": last,
        "reference": _REFERENCE,
    }
    return Result(tuple(names.split()), rows, manifest)


def multi_rpys(
    corpus: Corpus,
    *,
    identity: str = "resolved",
    edges: Literal["zero", "median"] = "zero",
    years: tuple[int, int] | None = None,
    as_of: AsOf = None,
) -> Result:
    """Give a spectrum for each citing year, its deviations put into ranks.

    Parameters
    ----------
    corpus : Corpus
        The corpus, best after ``link_references``.
    identity : {"resolved", "printed", "doi", "author-year-source"}
        When two printed references are one cited work.
    edges : {"zero", "median"}
        As in ``rpys``.
    years : pair of int, optional
        First and last year of the references to show; medians and ranks are of all years.
    as_of : int, str or None
        As in ``rpys``.

    Returns
    -------
    Result
        ``citing_year``, ``publication_year``, ``n_citations``, ``deviation`` and ``rank`` of
        the deviation within its citing year (1 is the lowest, equal ones share their mean
        rank), by both years. A year that stands out in many citing years is a root; one that
        does in a few is of a front.

    Raises
    ------
    UnknownNameError
        If an option is none of the known.
    OptionError
        If `years` are not in order.

    References
    ----------
    .. [1] Comins, J. A. & Leydesdorff, L. (2016). RPYS i/o: software demonstration of a
       web-based tool for the historiography and visualization of citation classics, sleeping
       beauties and research fronts. Scientometrics 107, 1509-1517.
       https://doi.org/10.1007/s11192-016-1928-z

    Examples
    --------
    >>> bands = multi_rpys(corpus, years=(1950, 2000))  # doctest: +SKIP
    """
    from scipy.stats import rankdata

    _check(edges, "centred", years, None)
    part, last = until(corpus, as_of)
    items = cited_items(part, identity)
    citing, cited, table = _by_both_years(items, last)
    deviations = [row - running_medians(row, edges=edges) for row in table]
    ranks = [rankdata(row) for row in deviations]
    shown = np.flatnonzero(_shown(cited, years))
    columns = {
        "citing_year": np.repeat(citing, len(shown)),
        "publication_year": np.tile(cited[shown], len(citing)),
        "n_citations": table[:, shown].ravel(),
        "deviation": np.array(deviations).reshape(table.shape)[:, shown].ravel(),
        "rank": np.array(ranks).reshape(table.shape)[:, shown].ravel(),
    }
    manifest: dict[str, object] = {
        "measure": "multi-RPYS",
        "rule": "for each citing year, cited references by year less their centred median of"
        f" five years, ranked; {_EDGES[edges]}",
        "identity": identity,
        "edges": edges,
        "years": years,
        "as_of": last,
        "reference": _MULTI,
        "n_without": int(len(items.item) - table.sum()),
        "reason": "no year of the citing work or of the reference, or a later one than as_of",
    }
    return Result.of_columns(columns, manifest)


def running_medians(
    counts: IntArray,
    *,
    edges: Literal["zero", "median"] = "zero",
    window: Literal["centred", "backward"] = "centred",
) -> FloatArray:
    """Return the median of five values around each, or up to each.

    Parameters
    ----------
    counts : array of shape (n_years,)
        Values of consecutive years.
    edges : {"zero", "median"}
        What stands in for years outside, as in ``rpys``.
    window : {"centred", "backward"}
        Where the five stand.

    Returns
    -------
    array of shape (n_years,)

    Examples
    --------
    >>> running_medians(np.array([1, 5, 3, 9, 2])).tolist()
    [1.0, 3.0, 3.0, 3.0, 2.0]
    """
    if not len(counts):
        return np.zeros(0)
    values = np.asarray(counts, dtype=np.float64)
    if edges == "median" and window == "centred":
        return _smooth_ends(values)
    before, behind = (2, 2) if window == "centred" else (_SPAN - 1, 0)
    fill = values[0] if edges == "median" else 0.0
    padded = np.concatenate([np.full(before, fill), values, np.full(behind, fill)])
    medians: FloatArray = np.median(np.lib.stride_tricks.sliding_window_view(padded, _SPAN), axis=1)
    return medians


def _smooth_ends(values: FloatArray) -> FloatArray:
    """Return running medians of five; at the ends of three, then Tukey's end-point rule."""
    n = len(values)
    span = min(_SPAN, n - 1 + n % 2)
    if span < 3:  # noqa: PLR2004  nothing stands between two ends
        return values.copy()
    half = span // 2
    inner = values.copy()
    windows = np.lib.stride_tricks.sliding_window_view(values, span)
    inner[half : n - half] = np.median(windows, axis=1)
    smooth = inner.copy()
    if half == 2:  # noqa: PLR2004  the second year from each end
        smooth[1], smooth[-2] = np.median(inner[:3]), np.median(inner[-3:])
    smooth[0] = np.median([inner[0], smooth[1], 3 * smooth[1] - 2 * smooth[2]])
    smooth[-1] = np.median([inner[-1], smooth[-2], 3 * smooth[-2] - 2 * smooth[-3]])
    return smooth


def _check(edges: str | None, window: str, years: tuple[int, int] | None, like: str | None) -> None:
    """Refuse options that are not known."""
    for what, given, known in (
        ("rule for the edges", edges, _EDGES),
        ("window", window, _WINDOWS),
        ("program", like, _PEERS),
    ):
        if given is not None and given not in known:
            raise UnknownNameError(what, given, known)
    if years is not None and (len(years) != len(("first", "last")) or years[0] > years[1]):
        raise OptionError(f"years is {years!r}; it must be the first and the last year")


def _count(items: CitedItems, last: int | None) -> _Counts:
    """Count pairs of citing and cited works by the year of the cited."""
    latest = np.iinfo(np.int32).max if last is None else last
    year, citations = items.item_year, items.citations
    undated = int(citations[year == 0].sum())
    year = np.where(year <= latest, year, 0)
    ncr = np.bincount(year, citations, minlength=1).astype(np.int64)
    distinct = np.bincount(year, minlength=1)
    left_out: dict[str, object] = {
        "n_without": undated,
        "reason": "no year is printed in any reference to the work",
        "n_after": int(ncr[0]) - undated,
        "n_repeated_in_a_list": items.n_repeated,
        "n_printed_with_several_years": items.n_years_differ,
    }
    found = np.flatnonzero(ncr[1:]) + 1
    return _Counts(
        {y: int(ncr[y]) for y in found.tolist()},
        {y: int(distinct[y]) for y in found.tolist()},
        left_out,
    )


def _count_printed(corpus: Corpus, _: int | None, where: str = "") -> _Counts:
    """Count printed references by their year, strings by their spelling."""
    rows = corpus.sql(
        "SELECT c.publication_year, COUNT(*), COUNT(DISTINCT c.raw) FROM cited_references c"
        f"{where} GROUP BY c.publication_year ORDER BY c.publication_year"
    )
    undated = sum(n for year, n, _ in rows if year is None)
    return _Counts(
        {year: n for year, n, _ in rows if year is not None},
        {year: n for year, _, n in rows if year is not None},
        {"n_without": undated, "reason": "no year is printed"},
    )


def _count_older(corpus: Corpus, last: int | None) -> _Counts:
    """Count printed references that are at least two years older than what cites them."""
    counted = _count_printed(
        corpus,
        last,
        " JOIN works w ON c.citing_work_id = w.work_id"
        " WHERE c.publication_year <= w.publication_year - 2",
    )
    n_without = corpus.n_rows("cited_references") - sum(counted.ncr.values())
    reason = "no year is printed, or it is less than two before that of the citing work"
    return _Counts(counted.ncr, counted.distinct, {"n_without": n_without, "reason": reason})


def _count_digits(corpus: Corpus, last: int | None) -> _Counts:
    """Count printed strings by the first four digits before a closing bracket."""
    rows = corpus.sql("SELECT raw, COUNT(*) FROM cited_references GROUP BY raw ORDER BY raw")
    ncr: dict[int, int] = {}
    distinct: dict[int, int] = {}
    undated = 0
    for raw, n in rows:
        found = _FOUR_DIGITS.search(_BRACKET.sub(")", raw or ""))
        year = int(found[0]) if found else 0
        if _EARLIEST <= year <= (last or year):
            ncr[year] = ncr.get(year, 0) + n
            distinct[year] = distinct.get(year, 0) + 1
        else:
            undated += n
    reason = f"no four digits from {_EARLIEST} to as_of in the printed string"
    return _Counts(ncr, distinct, {"n_without": undated, "reason": reason})


_PEERS: dict[str, Callable[[Corpus, int | None], _Counts]] = {
    "crexplorer": _count_printed,
    "bibliometrix": _count_digits,
    "metaknowledge": _count_older,
}


def _filled(ncr: dict[int, int]) -> tuple[IntArray, IntArray]:
    """Return years without gaps and their counts."""
    years = range(min(ncr), max(ncr) + 1) if ncr else range(0)
    return np.array(years, dtype=np.int64), np.array([ncr.get(y, 0) for y in years], dtype=np.int64)


def _peaks(deviation: FloatArray) -> NDArray[np.bool_]:
    """Mark values above 0 and above both beside them; outside is lower than all."""
    padded = np.concatenate([[-np.inf], deviation, [-np.inf]])
    is_peak: NDArray[np.bool_] = (
        (deviation > 0) & (deviation > padded[:-2]) & (deviation > padded[2:])
    )
    return is_peak


def _shown(year: IntArray, years: tuple[int, int] | None) -> NDArray[np.bool_]:
    """Mark the years to show."""
    if years is None:
        return np.ones(len(year), dtype=bool)
    is_shown: NDArray[np.bool_] = (year >= years[0]) & (year <= years[1])
    return is_shown


def _most_cited(citations: IntArray, is_in: NDArray[np.bool_], n: int) -> IntArray:
    """Return the most cited items, with those that tie with the last."""
    found = np.flatnonzero(is_in)
    least = np.sort(citations[found])[::-1][:n][-1]
    chosen: IntArray = found[citations[found] >= least]
    return chosen


def _by_both_years(items: CitedItems, last: int | None) -> tuple[IntArray, IntArray, IntArray]:
    """Return citing years that cite, cited years without gaps, and the counts of their pairs."""
    cited, citing = items.item_year[items.item], items.citing_year
    known = (cited > 0) & (citing > 0) & (cited <= (last or 0))
    if not known.all():
        cited, citing = cited[known], citing[known]
    if not len(cited):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros((0, 0), dtype=int)
    first, n_cited = int(cited.min()), int(cited.max() - cited.min()) + 1
    start, n_citing = int(citing.min()), int(citing.max() - citing.min()) + 1
    code = (citing - start) * n_cited + (cited - first)
    table = np.bincount(code, minlength=n_citing * n_cited).reshape(n_citing, n_cited)
    has_any = table.sum(axis=1) > 0
    return np.flatnonzero(has_any) + start, np.arange(n_cited) + first, table[has_any]
