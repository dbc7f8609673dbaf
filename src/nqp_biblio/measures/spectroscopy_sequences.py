"""How single references were cited over the years: above, at or below what their year got."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import AsOf, until
from nqp_biblio.measures.cited_items import by_item, cited_items, item_labels
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.cited_items import CitedItems

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

__all__ = ["citation_types", "reference_sequences", "z_scores"]

_REFERENCE = (
    "Thor, A., Bornmann, L., Marx, W. & Mutz, R. (2018). Identifying single influential"
    " publications in a research field: new analysis opportunities of the CRExplorer."
    " Scientometrics 116, 591-608. https://doi.org/10.1007/s11192-018-2733-7"
)
_TOPS = {"n_top50": 0.5, "n_top25": 0.75, "n_top10": 0.9, "n_top1": 0.99}
_PROGRAMS = {
    "crexplorer": "+ is z > 1, - is z < -1; two of the last three years end a life cycle",
    "bibliometrix": "+ is z >= 1, - is z <= -1; a constant performer has more than two years, a"
    " life cycle more than six, of which the last three end it",
}
_EARLY, _FIRST_FOUR, _MOST = 3, 4, 0.8


@dataclass(frozen=True, slots=True)
class _Year:
    """The references of one year: which, and how often each was cited in which year."""

    items: IntArray
    counts: IntArray


def reference_sequences(
    corpus: Corpus,
    *,
    identity: str = "resolved",
    like: Literal["crexplorer", "bibliometrix"] = "crexplorer",
    min_citations: int = 10,
    years: tuple[int, int] | None = None,
    as_of: AsOf = None,
) -> Result:
    """Tell of each cited reference when it was cited more or less than those of its year.

    Parameters
    ----------
    corpus : Corpus
        The corpus, best after ``link_references``.
    identity : {"resolved", "printed", "doi", "author-year-source"}
        When two printed references are one cited work.
    like : {"crexplorer", "bibliometrix"}
        Where the signs and types begin. ``crexplorer``: + is z > 1 and - is z < -1.
        ``bibliometrix``: both bounds included, and more years asked of two types.
    min_citations : int
        References cited less often are not listed; they count in what is expected.
    years : pair of int, optional
        References of these years only.
    as_of : int, str or None
        Works published later do not cite; None is the last year of the corpus.

    Returns
    -------
    Result
        By year, then citations: ``reference``, ``work_id`` (None outside the corpus),
        ``publication_year``, ``n_citations``, ``n_citing_years`` (N_PYEARS),
        ``share_of_citing_years`` (of the years that cite any reference of that year),
        ``share_of_year`` and ``share_of_all`` (of the citations of its year, and of all),
        ``n_top50``, ``n_top25``, ``n_top10``, ``n_top1`` (citing years in which it is above
        the median, …, of the references of its year, uncited ones included), ``sequence`` (a
        sign for each year from its own, or the first of the corpus, to the last) and ``types``
        (None where none fits).

    Raises
    ------
    UnknownNameError
        If an option is none of the known.
    OptionError
        If `min_citations` is below 1 or `years` are not in order.

    References
    ----------
    .. [1] Thor, A., Bornmann, L., Marx, W. & Mutz, R. (2018). Identifying single influential
       publications in a research field: new analysis opportunities of the CRExplorer.
       Scientometrics 116, 591-608. https://doi.org/10.1007/s11192-018-2733-7

    Examples
    --------
    >>> found = reference_sequences(corpus, min_citations=20)  # doctest: +SKIP
    """
    _check(like, min_citations, years)
    part, last = until(corpus, as_of)
    items = cited_items(part, identity)
    chosen, columns = _described(items, last, like, min_citations, years)
    labels = item_labels(part, items, chosen)
    owner = items.item_work[chosen]
    work = [int(items.work_id[place]) if place >= 0 else None for place in owner.tolist()]
    order = sorted(
        range(len(labels)),
        key=lambda n: (columns["publication_year"][n], -columns["n_citations"][n], labels[n], n),
    )
    table: dict[str, list[Any]] = {"reference": labels, "work_id": work, **columns}
    manifest: dict[str, object] = {
        "measure": "sequences of cited references",
        "rule": "expected = citations of the reference times citations of the year, by all"
        " citations of references of that year; z = (observed - expected) / sqrt(expected);"
        f" {_PROGRAMS[like]}",
        "identity": identity,
        "like": like,
        "min_citations": min_citations,
        "years": years,
        "as_of": last,
        "reference": _REFERENCE,
        "n_without": int(items.citations[items.item_year == 0].sum()),
        "reason": "no year is printed in any reference to the work",
    }
    return Result.of_columns({n: [c[i] for i in order] for n, c in table.items()}, manifest)


def z_scores(counts: IntArray) -> FloatArray:
    """Return how far counts are from what their margins let expect.

    Parameters
    ----------
    counts : array of shape (n_references, n_years)
        Citations of the references of one year, by citing year.

    Returns
    -------
    array of shape (n_references, n_years)
        (observed - expected) / sqrt(expected), expected being row times column by total; 0
        where nothing is expected.

    Examples
    --------
    >>> z_scores(np.array([[4, 0], [0, 4]])).round(3).tolist()
    [[1.414, -1.414], [-1.414, 1.414]]
    """
    total = counts.sum()
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / max(total, 1)
    root = np.sqrt(np.where(expected > 0, expected, 1.0))
    return np.where(expected > 0, (counts - expected) / root, 0.0)


def citation_types(
    counts: IntArray,
    z: FloatArray,
    like: Literal["crexplorer", "bibliometrix"] = "crexplorer",
) -> dict[str, BoolArray]:
    """Mark the references of each type.

    Parameters
    ----------
    counts : array of shape (n_references, n_years)
        Citations by citing year, from the first year in which it could be cited.
    z : array of shape (n_references, n_years)
        What ``z_scores`` gives.
    like : {"crexplorer", "bibliometrix"}
        Whose bounds.

    Returns
    -------
    dict of str to array of bool, shape (n_references,)
        Sleeping beauty: at least two - in the first three years, a + later. Constant performer:
        cited in more than 80 % of the years, and in more than 80 % not below -1. Hot paper: at
        least two + in the first three years. Life cycle: at least two of the first four years
        without +, at least two + later, and none in (most of) the last three.

    Examples
    --------
    >>> counts = np.array([[0, 0, 0, 0, 9, 9], [9, 9, 9, 9, 0, 0]])
    >>> {name: marks.tolist() for name, marks in citation_types(counts, z_scores(counts)).items()}
    ... # doctest: +NORMALIZE_WHITESPACE
    {'sleeping beauty': [True, False], 'constant performer': [False, False],
     'hot paper': [False, True], 'life cycle': [False, False]}
    """
    n_years = z.shape[1]
    plus, minus = _signs(z, like)
    is_strict = like == "crexplorer"
    share = [(part.mean(axis=1) if n_years else np.zeros(len(z))) for part in (counts > 0, z >= -1)]
    constant = [(part > _MOST if is_strict else part >= _MOST) for part in share]
    ending = (~plus[:, max(n_years - _EARLY, 0) :]).sum(axis=1)
    is_over = ending >= _EARLY - 1 if is_strict else ending == _EARLY
    return {
        "sleeping beauty": (minus[:, :_EARLY].sum(axis=1) >= _EARLY - 1)
        & plus[:, _EARLY:].any(axis=1),
        "constant performer": constant[0] & constant[1] & (is_strict or n_years > _EARLY - 1),
        "hot paper": plus[:, :_EARLY].sum(axis=1) >= _EARLY - 1,
        "life cycle": ((~plus[:, :_FIRST_FOUR]).sum(axis=1) >= _FIRST_FOUR // 2)
        & (plus[:, _FIRST_FOUR:].sum(axis=1) >= _EARLY - 1)
        & is_over
        & (is_strict or n_years > 2 * _EARLY),
    }


def _check(like: str, min_citations: int, years: tuple[int, int] | None) -> None:
    """Refuse options that cannot be."""
    if like not in _PROGRAMS:
        raise UnknownNameError("program", like, _PROGRAMS)
    if min_citations < 1:
        raise OptionError(f"min_citations is {min_citations}; it must be at least 1")
    if years is not None and years[0] > years[1]:
        raise OptionError(f"years is {years!r}; it must be the first and the last year")


def _described(
    items: CitedItems,
    last: int | None,
    like: Literal["crexplorer", "bibliometrix"],
    min_citations: int,
    years: tuple[int, int] | None,
) -> tuple[IntArray, dict[str, list[Any]]]:
    """Describe the references of each year."""
    citations = items.citations
    names = "publication_year n_citations n_citing_years share_of_citing_years share_of_year"
    columns: dict[str, list[Any]] = {name: [] for name in f"{names} share_of_all".split()}
    columns |= {name: [] for name in (*_TOPS, "sequence", "types")}
    chosen: list[IntArray] = [np.zeros(0, dtype=np.int64)]
    for year, block in _years(items, last, years):
        rows = np.flatnonzero(citations[block.items] >= min_citations)
        if not len(rows):
            continue
        here = citations[block.items]
        cited = (block.counts[rows] > 0).sum(axis=1)
        n_years = max(int(block.counts.any(axis=0).sum()), 1)
        chosen.append(block.items[rows])
        columns["publication_year"] += [year] * len(rows)
        columns["n_citations"] += here[rows].tolist()
        columns["n_citing_years"] += cited.tolist()
        columns["share_of_citing_years"] += (cited / n_years).tolist()
        columns["share_of_year"] += (here[rows] / here.sum()).tolist()
        columns["share_of_all"] += (here[rows] / citations.sum()).tolist()
        for name, border in _borders(block.counts).items():
            columns[name] += (block.counts[rows] > border).sum(axis=1).tolist()
        z = z_scores(block.counts)[rows]
        columns["sequence"] += _written(z, like)
        columns["types"] += _named(citation_types(block.counts[rows], z, like))
    return np.concatenate(chosen), columns


def _years(
    items: CitedItems, last: int | None, years: tuple[int, int] | None
) -> Iterator[tuple[int, _Year]]:
    """Tabulate the references of each year by citing year, from their own to the last."""
    citing = items.citing_year
    known = citing[citing > 0]
    if last is None or not len(known):
        return
    first = int(known.min())
    starts, grouped = by_item(items.item, citing, len(items.key))
    order = np.argsort(items.item_year, kind="stable")
    found, begins = np.unique(items.item_year[order], return_index=True)
    for year, part in zip(found.tolist(), np.split(order, begins[1:]), strict=True):
        is_asked = years is None or years[0] <= year <= years[1]
        if year and year <= last and is_asked:
            begin = max(first, year)
            yield year, _Year(part, _tabulate(part, starts, grouped, (begin, last)))


def _tabulate(
    part: IntArray, starts: IntArray, grouped: NDArray[np.int32], span: tuple[int, int]
) -> IntArray:
    """Count the citations of some items by citing year."""
    n = starts[part + 1] - starts[part]
    row = np.repeat(np.arange(len(part)), n)
    place = np.arange(len(row)) - np.repeat(np.cumsum(n) - n, n) + np.repeat(starts[part], n)
    column = grouped[place].astype(np.int64) - span[0]
    n_years = span[1] - span[0] + 1
    is_in = (column >= 0) & (column < n_years)
    code = row[is_in] * n_years + column[is_in]
    return np.bincount(code, minlength=len(part) * n_years).reshape(len(part), n_years)


def _borders(counts: IntArray) -> dict[str, IntArray]:
    """Return for each citing year the count that the top half, quarter, … is above."""
    ordered = np.sort(counts, axis=0)
    return {
        name: ordered[max(int(np.floor(share * len(counts))) - 1, 0)]
        for name, share in _TOPS.items()
    }


def _signs(z: FloatArray, like: str) -> tuple[BoolArray, BoolArray]:
    """Mark what is above and what is below average."""
    return (z > 1, z < -1) if like == "crexplorer" else (z >= 1, z <= -1)


def _written(z: FloatArray, like: str) -> list[str]:
    """Write +, 0 and - for each year."""
    plus, minus = _signs(z, like)
    signs = np.where(plus, "+", np.where(minus, "-", "0"))
    return ["".join(row) for row in signs.tolist()]


def _named(types: dict[str, BoolArray]) -> list[str | None]:
    """Write the types of each reference."""
    marks = zip(*(marked.tolist() for marked in types.values()), strict=True)
    return [" + ".join(n for n, m in zip(types, row, strict=True) if m) or None for row in marks]
