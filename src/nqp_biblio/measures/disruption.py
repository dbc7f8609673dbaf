"""Disruption: whether those who cite a work still cite what it builds on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import AsOf, until
from nqp_biblio.measures.cited_items import cited_items
from nqp_biblio.measures.disruption_kernel import CitersByKind, count_citers
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.cited_items import CitedItems

    IntArray = NDArray[np.int64]
    SmallArray = NDArray[np.int32]
    FloatArray = NDArray[np.float64]

__all__ = ["disruption"]

_KINDS = {
    "all": "all cited works, in the corpus or outside",
    "corpus": "cited works of the corpus",
}
_ENOUGH = 0.5
_REFERENCE = (
    "Funk, R. J. & Owen-Smith, J. (2017). A dynamic network measure of technological change."
    " Management Science 63(3), 791-817. https://doi.org/10.1287/mnsc.2015.2366"
)


def disruption(
    corpus: Corpus,
    *,
    window: int | None = 5,
    references: Literal["all", "corpus"] = "all",
    min_shared: int = 5,
    min_references: int = 0,
    as_of: AsOf = None,
) -> Result:
    """Tell of each work whether those who cite it leave what it cites behind.

    Parameters
    ----------
    corpus : Corpus
        A corpus after ``link_references``. It should hold the works that cite those asked
        about: the manifest warns where few references lead to works of the corpus.
    window : int or None
        Years behind its own in which a work is cited; None for all years to `as_of`. Works of
        its own year never count.
    references : {"all", "corpus"}
        What a citing work can share with it: all cited works, also those outside the corpus,
        or those of the corpus alone, as in cdindex and in programs that know no others.
    min_shared : int
        References that a citing work must share to count in the DI column.
    min_references : int
        Works with fewer references get no index. Without references the CD of a cited work is
        1 by construction.
    as_of : int, str or None
        Works published later do not cite; None is the last year of the corpus.

    Returns
    -------
    Result
        All works, by ``work_id``: ``title``, ``publication_year``, ``n_references``; ``n_i``
        (cite it and none of its references), ``n_j`` (cite both), ``n_k`` (only its
        references); ``cd`` = (n_i - n_j) / (n_i + n_j + n_k), -1 to 1; ``mcd`` = cd times i;
        ``i`` = n_i + n_j; ``di5`` (named by `min_shared`: n_j counts those that share at least
        so many); ``dep`` (references that a citing work shares with it, on average). The
        indices are None where nothing can be counted, and all counts where no year is known.

    Raises
    ------
    UnknownNameError
        If `references` is none of the known.
    OptionError
        If a number is below its least.

    References
    ----------
    .. [1] Funk, R. J. & Owen-Smith, J. (2017). A dynamic network measure of technological
       change. Management Science 63(3), 791-817. https://doi.org/10.1287/mnsc.2015.2366
    .. [2] Wu, L., Wang, D. & Evans, J. A. (2019). Large teams develop and small teams disrupt
       science and technology. Nature 566, 378-382. https://doi.org/10.1038/s41586-019-0941-9
    .. [3] Bornmann, L., Devarakonda, S., Tekles, A. & Chacko, G. (2020). Are disruption index
       indicators convergently valid? Quantitative Science Studies 1(3), 1242-1259.
       https://doi.org/10.1162/qss_a_00068
    .. [4] Bu, Y., Waltman, L. & Huang, Y. (2021). A multidimensional framework for
       characterizing the citation impact of scientific publications. Quantitative Science
       Studies 2(1), 155-183. https://doi.org/10.1162/qss_a_00109

    Examples
    --------
    >>> found = disruption(corpus, window=10)  # doctest: +SKIP
    """
    _check(window, references, min_shared, min_references)
    part, last = until(corpus, as_of)
    items = cited_items(part)
    pairs, left_out = _pairs(items, references)
    item_of_work = np.full(len(items.work_id), -1, dtype=np.int32)
    inside = np.flatnonzero(items.item_work >= 0)
    item_of_work[items.item_work[inside]] = inside
    counts = count_citers(
        pairs,
        item_of_work,
        items.year,
        n_items=len(items.key),
        window=window,
        min_shared=min_shared,
    )
    is_left_out = np.isnan(items.year) | (counts.n_references < min_references)
    columns = _columns(counts, is_left_out, items.year, min_shared)
    found = part.columns("SELECT work_id, title FROM works ORDER BY work_id")
    head: dict[str, Any] = {
        "work_id": items.work_id,
        "title": list(found["title"]),
        "publication_year": _whole(items.year, ~np.isnan(items.year)),
    }
    manifest: dict[str, object] = {
        "measure": "disruption",
        "rule": "CD = (n_i - n_j) / (n_i + n_j + n_k), of works of later years that cite the"
        f" work alone, it and its references, or these alone; references: {_KINDS[references]}",
        "window": window,
        "references": references,
        "min_shared": min_shared,
        "min_references": min_references,
        "as_of": last,
        "reference": _REFERENCE,
        "n_without": int(is_left_out.sum()),
        "reason": "works without a year, or with fewer than min_references references",
        "n_without_references": int(
            np.count_nonzero((counts.n_references == 0) & ~np.isnan(items.year))
        ),
        **left_out,
    }
    return Result.of_columns(head | columns, manifest)


def _check(window: int | None, references: str, min_shared: int, min_references: int) -> None:
    """Refuse options that cannot be."""
    if references not in _KINDS:
        raise UnknownNameError("kind of references", references, _KINDS)
    if window is not None and window < 1:
        raise OptionError(f"window is {window}; it must be at least 1, or None for all years")
    if min_shared < 1 or min_references < 0:
        raise OptionError("min_shared must be at least 1 and min_references at least 0")


def _pairs(
    items: CitedItems, references: str
) -> tuple[tuple[SmallArray, SmallArray], dict[str, object]]:
    """Return the pairs to count, and how many lead into the corpus."""
    citing, item = items.citing, items.item
    is_listed = citing >= 0
    owner = items.item_work[item]
    n_pairs, n_linked = int(is_listed.sum()), int((is_listed & (owner >= 0)).sum())
    has_year = np.append(~np.isnan(items.year), False)
    kept = has_year[citing]
    kept &= owner != citing
    if references == "corpus":
        kept &= owner >= 0
    share = n_linked / n_pairs if n_pairs else None
    told: dict[str, object] = {"n_references": n_pairs, "share_linked": share}
    if share is None or share < _ENOUGH:
        told["warning"] = _warning(share)
    if kept.all():
        return (citing, item), told
    return (citing[kept], item[kept]), told


def _warning(share: float | None) -> str:
    """Say why the corpus cannot carry the measure."""
    if share is None:
        return "no work has a list of references, so that nothing can be said of disruption"
    return (
        f"only {share:.0%} of the references lead to works of the corpus (at least {_ENOUGH:.0%}"
        " are wanted): the works before and behind those asked about are mostly missing, and the"
        " indices tell of what was collected more than of the works"
    )


def _columns(
    counts: CitersByKind, is_left_out: NDArray[np.bool_], year: FloatArray, min_shared: int
) -> dict[str, Any]:
    """Make the indices of the counts."""
    n_citing = counts.n_i + counts.n_j
    with np.errstate(divide="ignore", invalid="ignore"):
        cd = (counts.n_i - counts.n_j) / (n_citing + counts.n_k)
        weak = counts.n_i + counts.n_j_strong + counts.n_k
        strong = (counts.n_i - counts.n_j_strong) / weak
        dependency = counts.shared / n_citing
    is_known = ~np.isnan(year)
    indexed = np.where(is_left_out, np.nan, 1.0)
    return {
        "n_references": _whole(counts.n_references, is_known),
        "n_i": _whole(counts.n_i, is_known),
        "n_j": _whole(counts.n_j, is_known),
        "n_k": _whole(counts.n_k, is_known),
        "cd": cd * indexed,
        "mcd": cd * n_citing * indexed,
        "i": _whole(n_citing, is_known),
        f"di{min_shared}": strong * indexed,
        "dep": dependency * indexed,
    }


def _whole(
    values: IntArray | FloatArray, is_known: NDArray[np.bool_]
) -> IntArray | list[int | None]:
    """Return whole numbers, None where they are not known."""
    if is_known.all():
        return values.astype(np.int64)
    pairs = zip(values.tolist(), is_known.tolist(), strict=True)
    return [int(value) if known else None for value, known in pairs]
