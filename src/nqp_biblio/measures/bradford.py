"""Bradford's law: how the works of a field are scattered over sources."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]
    Like = Literal["bibliometrix"]

__all__ = ["bradford_law", "bradford_zones"]

_RULES = {
    None: "sources by works, then by name; a zone ends with the source that brings the works"
    " together to its share of them",
    "bibliometrix": "names as printed, by works, then by name; a zone ends with the first source"
    " after those that together have no more than its share",
}
_BRADFORD = (
    "Bradford, S. C. (1934). Sources of information on specific subjects. Engineering 137, 85-86."
)
_EGGHE = (
    "Egghe, L. (1990). Applications of the theory of Bradford's law to the calculation of"
    " Leimkuhler's law and to the completion of bibliographies. JASIS 41(7), 469-492."
)
_LEIMKUHLER = (
    "Leimkuhler, F. F. (1967). The Bradford distribution. Journal of Documentation 23(3),"
    " 197-207. https://doi.org/10.1108/eb026430"
)
_EULER = 0.5772156649015329
_MIN_SOURCES = 3


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Sources by works, then by name."""

    keys: list[Any]
    names: list[str]
    works: IntArray
    n_without: int


def bradford_zones(
    corpus: Corpus, *, n_zones: int = 3, like: Like | None = None, as_of: AsOf = None
) -> Result:
    """Part the sources into zones of about as many works each, the core first.

    Parameters
    ----------
    corpus : Corpus
        The corpus; variants of a name are one source after ``normalise``.
    n_zones : int
        Number of zones, 2 or more.
    like : {"bibliometrix"}, optional
        Take sources by their names as printed, and where the works of the first sources are
        exactly a zone's share, take one source more into it, as bibliometrix does.
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        Columns ``rank``, ``source_id`` (None with `like`), ``source``, ``n_works``,
        ``cumulative`` and ``zone`` (from 1), by rank. A zone may be empty where one source has
        more than the share of a zone. Sources with as many works as the last of a zone may
        stand on either side of its end; the manifest counts them by zone as ``n_tied``, 0
        where no tie is parted. Works without a source are counted as ``n_without``.

    Raises
    ------
    UnknownNameError
        If there is no such convention.
    OptionError
        If `n_zones` is below 2.

    References
    ----------
    .. [1] Bradford, S. C. (1934). Sources of information on specific subjects. Engineering
       137, 85-86.

    Examples
    --------
    >>> nb.bradford_zones(corpus).frame  # doctest: +SKIP
    """
    _check(n_zones, like)
    corpus, year = until(corpus, as_of)
    ranked = _ranked(corpus, like)
    ends = _ends(ranked.works, n_zones, like)
    rank = np.arange(1, len(ranked.works) + 1)
    columns: dict[str, Any] = {
        "rank": rank,
        "source_id": ranked.keys,
        "source": ranked.names,
        "n_works": ranked.works,
        "cumulative": np.cumsum(ranked.works),
        "zone": np.searchsorted(ends, rank, side="left") + 1,
    }
    manifest: dict[str, object] = {
        "measure": "Bradford's zones",
        "n_zones": n_zones,
        "like": like,
        "rule": _RULES[like],
        "as_of": year,
        "n_tied": _n_tied(ranked.works, ends),
        "n_without": ranked.n_without,
        "reason": "works without a source",
        "reference": _BRADFORD,
    }
    return Result.of_columns(columns, manifest)


def bradford_law(
    corpus: Corpus, *, n_zones: int = 3, like: Like | None = None, as_of: AsOf = None
) -> Result:
    """Compare Bradford's zones with Egghe's and Leimkuhler's forms of the law.

    By the law the numbers of sources in zones of equal works are r0, r0 k, r0 k^2, ... Egghe's
    multiplier follows from the most productive source alone: k = (e^g Ym)^(1/p), with g Euler's
    constant (e^g = 1.781), Ym its works and p zones; r0 = T (k - 1)/(k^p - 1) of T sources.
    Leimkuhler's R(r) = a ln(1 + b r), the works of the first r sources, is fitted by least
    squares.

    Parameters
    ----------
    corpus : Corpus
        The corpus; variants of a name are one source after ``normalise``.
    n_zones : int
        Number of zones, 2 or more.
    like : {"bibliometrix"}, optional
        The zones of ``bradford_zones(like="bibliometrix")``; the manifest has its ``k`` too,
        the mean of the ratios of one zone to that before.
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        Columns ``zone``, ``n_sources``, ``n_works``, ``share`` (of the works, 0 to 1),
        ``multiplier`` (sources by those of the zone before; None in the first and after an
        empty one) and ``expected_sources`` (by Egghe). The manifest has ``k_egghe``,
        ``r0_egghe``, ``a_egghe``, ``b_egghe``, ``a_leimkuhler``, ``b_leimkuhler`` and
        ``r_squared`` of that fit; None where there are fewer than three sources, where all
        have one work (k is then no multiplier), or where no curve fits.

    Raises
    ------
    UnknownNameError
        If there is no such convention.
    OptionError
        If `n_zones` is below 2.

    References
    ----------
    .. [1] Leimkuhler, F. F. (1967). The Bradford distribution. Journal of Documentation 23(3),
       197-207. https://doi.org/10.1108/eb026430
    .. [2] Egghe, L. (1990). Applications of the theory of Bradford's law to the calculation of
       Leimkuhler's law and to the completion of bibliographies. JASIS 41(7), 469-492.

    Examples
    --------
    >>> nb.bradford_law(corpus).frame  # doctest: +SKIP
    """
    _check(n_zones, like)
    corpus, year = until(corpus, as_of)
    ranked = _ranked(corpus, like)
    ends = np.append(_ends(ranked.works, n_zones, like), len(ranked.works))
    sources = np.diff(ends, prepend=0)
    cumulative = np.append(0, np.cumsum(ranked.works))[ends]
    works = np.diff(cumulative, prepend=0)
    ratios = [None, *map(_ratio, sources[1:].tolist(), sources[:-1].tolist())]
    egghe = _egghe(ranked.works, n_zones)
    expected: list[float | None] = [None] * n_zones
    if egghe["r0_egghe"] is not None and egghe["k_egghe"] is not None:
        expected = [egghe["r0_egghe"] * egghe["k_egghe"] ** zone for zone in range(n_zones)]
    total = max(int(works.sum()), 1)
    rows = list(
        zip(
            range(1, n_zones + 1),
            sources.tolist(),
            works.tolist(),
            (works / total).tolist(),
            ratios,
            expected,
            strict=True,
        )
    )
    manifest: dict[str, object] = {
        "measure": "Bradford's law",
        "n_zones": n_zones,
        "like": like,
        "rule": _RULES[like],
        "as_of": year,
        **egghe,
        **_leimkuhler(ranked.works),
        "n_without": ranked.n_without,
        "reference": f"{_BRADFORD} {_LEIMKUHLER} {_EGGHE}",
    }
    if like is not None:
        known = [ratio for ratio in ratios if ratio is not None]
        manifest["k"] = sum(known) / len(known) if known else None
    columns = ("zone", "n_sources", "n_works", "share", "multiplier", "expected_sources")
    return Result(columns, rows, manifest)


def _check(n_zones: int, like: str | None) -> None:
    if like not in _RULES:
        raise UnknownNameError("like", str(like), ["bibliometrix"])
    if n_zones < 2:  # noqa: PLR2004
        raise OptionError(f"n_zones is {n_zones}; it must be 2 or more")


def _ranked(corpus: Corpus, like: str | None) -> _Ranked:
    """Count the works of each source."""
    if like is None:
        found = corpus.columns(
            "SELECT s.source_id AS key, s.display_name AS name, own.n AS n FROM sources s"
            " JOIN (SELECT source_id, COUNT(*) AS n FROM works WHERE source_id IS NOT NULL"
            " GROUP BY source_id) own ON own.source_id = s.source_id"
            " ORDER BY n DESC, name, key"
        )
    else:
        found = corpus.columns(
            "SELECT source_raw AS name, COUNT(*) AS n FROM works WHERE source_raw IS NOT NULL"
            " GROUP BY source_raw ORDER BY n DESC, name"
        )
    works = np.asarray(found["n"], dtype=np.int64)
    names = [str(name) for name in found["name"]]
    keys = np.asarray(found["key"]).tolist() if like is None else [None] * len(names)
    return _Ranked(keys, names, works, len(corpus) - int(works.sum()))


def _ends(works: IntArray, n_zones: int, like: str | None) -> IntArray:
    """Return the rank of the last source of each zone but the last."""
    cumulative = np.cumsum(works)
    total = int(works.sum())
    # whole numbers: thirds of works have no exact floats
    wanted = np.arange(1, n_zones) * total
    side: Literal["left", "right"] = "left" if like is None else "right"
    ends = np.searchsorted(cumulative * n_zones, wanted, side=side) + 1
    return np.minimum(ends, len(works)).astype(np.int64)


def _n_tied(works: IntArray, ends: IntArray) -> list[int]:
    """Count the sources whose zone is decided by their names, at the end of each zone."""
    tied = []
    for end in ends.tolist():
        is_parted = 0 < end < len(works) and works[end - 1] == works[end]
        tied.append(int((works == works[end]).sum()) if is_parted else 0)
    return tied


def _ratio(n: int, before: int) -> float | None:
    return n / before if before else None


def _egghe(works: IntArray, n_zones: int) -> dict[str, float | None]:
    """Derive the zones from the most productive source."""
    names = ("k_egghe", "r0_egghe", "a_egghe", "b_egghe")
    if len(works) < _MIN_SOURCES or works[0] < 2:  # noqa: PLR2004
        return dict.fromkeys(names)
    k = float(math.exp(_EULER) * works[0]) ** (1 / n_zones)
    r0 = len(works) * (k - 1) / (k**n_zones - 1)
    a = float(works.sum()) / n_zones / math.log(k)
    return dict(zip(names, (k, r0, a, (k - 1) / r0), strict=True))


def _leimkuhler(works: IntArray) -> dict[str, float | None]:
    """Fit R(r) = a ln(1 + b r) by least squares."""
    from scipy.optimize import minimize_scalar

    names = ("a_leimkuhler", "b_leimkuhler", "r_squared")
    if len(works) < _MIN_SOURCES or works[0] < 2:  # noqa: PLR2004
        return dict.fromkeys(names)
    rank = np.arange(1, len(works) + 1, dtype=np.float64)
    cumulative = np.cumsum(works).astype(np.float64)

    def best(log_b: float) -> tuple[float, float]:
        """Return the best a for a b, that of a line through 0, and what it leaves."""
        curve = np.log1p(math.exp(log_b) * rank)
        a = float(curve @ cumulative) / float(curve @ curve)
        return a, float(((cumulative - a * curve) ** 2).sum())

    found = minimize_scalar(lambda log_b: best(log_b)[1], bounds=(-20, 20), method="bounded")
    a, left = best(float(found.x))
    total = float(((cumulative - cumulative.mean()) ** 2).sum())
    return dict(zip(names, (a, math.exp(float(found.x)), 1 - left / total), strict=True))
