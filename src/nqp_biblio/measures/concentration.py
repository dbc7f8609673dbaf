"""How unevenly works or citations are spread: Gini, Lorenz, Pareto's 80/20, Price's root."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.citations import cited_works
from nqp_biblio.measures.owned import OWNERS, Counting, owned_totals
from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf

    FloatArray = NDArray[np.float64]

__all__ = ["Spread", "concentration", "lorenz_curve"]

Spread = Literal["works", "citations"]
"""What is spread over the owners."""

_REFERENCES = (
    "Price, D. J. de Solla (1963). Little Science, Big Science. Columbia University Press;"
    " Gini, C. (1912). Variabilità e mutabilità. Cuppini; Lorenz, M. O. (1905). Methods of"
    " measuring the concentration of wealth. Publications of the American Statistical"
    " Association 9(70), 209-219. https://doi.org/10.2307/2276207"
)
_NAMES = (
    *("gini", "gini_corrected", "top_20_percent_share", "owners_of_80_percent_share"),
    *("price_root", "price_share", "owners_of_half"),
)
_TOP = 0.2
_MOST = 0.8


def concentration(
    corpus: Corpus,
    *,
    of: str = "authors",
    what: Spread = "works",
    counting: Counting = "fractional",
    as_of: AsOf = None,
) -> Result:
    """Tell how unevenly works or citations are spread over authors, sources, terms or works.

    Parameters
    ----------
    corpus : Corpus
        A corpus after the step that finds the owners: ``normalise`` for authors,
        ``find_places`` for institutions and countries.
    of : str
        Owners: authors, sources, institutions, countries, author_keywords, index_keywords or
        topics; or ``works``, for the citations of each.
    what : {"works", "citations"}
        What they own; citations are those that the database counts, and works without count
        are left out.
    counting : {"full", "fractional"}
        A work of n owners counts 1 for each, or 1/n. Only fractions add up to the works, so
        that half of them means half of the works.
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        Columns ``item`` and ``value``. Rows: ``n_owners``; ``total``; ``gini`` (0 where all
        have as much, (n-1)/n where one has all); ``gini_corrected`` (times n/(n-1), 1 where
        one has all); ``top_20_percent_share`` (what the first fifth has, by the Lorenz
        curve); ``owners_of_80_percent_share`` (the share of owners that have four fifths);
        ``price_root`` (root of n, rounded up); ``price_share`` (what so many of the first
        have: by Price's law half); ``owners_of_half`` (how many of the first have half). With
        no owner or nothing owned they are None. Owners with nothing are there for citations,
        not for works.

    Raises
    ------
    UnknownNameError
        If there is no such owner, counting or thing owned.
    OptionError
        If the owners are not known, or the works of works are asked.

    References
    ----------
    .. [1] Price, D. J. de Solla (1963). Little Science, Big Science. Columbia University Press.
    .. [2] Gini, C. (1912). Variabilità e mutabilità. Cuppini.
    .. [3] Lorenz, M. O. (1905). Methods of measuring the concentration of wealth. Publications
       of the American Statistical Association 9(70), 209-219. https://doi.org/10.2307/2276207

    Examples
    --------
    >>> nb.concentration(corpus, of="sources").frame  # doctest: +SKIP
    """
    amounts, manifest = _amounts(corpus, as_of, of=of, what=what, counting=counting)
    manifest["measure"] = "concentration"
    return Result(("item", "value"), list(_figures(amounts).items()), manifest)


def lorenz_curve(
    corpus: Corpus,
    *,
    of: str = "authors",
    what: Spread = "works",
    counting: Counting = "fractional",
    as_of: AsOf = None,
) -> Result:
    """Give the Lorenz curve: the share that the owners of least have, the least first.

    Parameters
    ----------
    corpus : Corpus
        As for ``concentration``.
    of : str
        Owners, as for ``concentration``.
    what : {"works", "citations"}
        What they own.
    counting : {"full", "fractional"}
        A work of n owners counts 1 for each, or 1/n.
    as_of : int, str or None
        A year or a date; works published later are left out. None is the last year of the corpus.

    Returns
    -------
    Result
        Columns ``owners_share`` and ``amount_share``, 0 to 1, from (0, 0) to (1, 1); one
        row for each different amount. Only (0, 0) where nothing is owned.

    Raises
    ------
    UnknownNameError
        If there is no such owner, counting or thing owned.
    OptionError
        If the owners are not known, or the works of works are asked.

    Examples
    --------
    >>> nb.lorenz_curve(corpus, of="sources").frame  # doctest: +SKIP
    """
    amounts, manifest = _amounts(corpus, as_of, of=of, what=what, counting=counting)
    manifest["measure"] = "Lorenz curve"
    ascending = np.sort(amounts)
    owners, shares = np.zeros(1), np.zeros(1)
    if ascending.sum() > 0:
        is_last = np.append(ascending[1:] != ascending[:-1], True)
        cumulative = np.cumsum(ascending)
        owners = np.append(0, (np.flatnonzero(is_last) + 1) / len(ascending))
        shares = np.append(0, cumulative[is_last] / cumulative[-1])
    return Result.of_columns({"owners_share": owners, "amount_share": shares}, manifest)


def _amounts(
    corpus: Corpus, as_of: AsOf, *, of: str, what: str, counting: Counting
) -> tuple[FloatArray, dict[str, object]]:
    """Return what each owner has, and the manifest."""
    if what not in get_args(Spread):
        raise UnknownNameError("what", what, get_args(Spread))
    if of not in {*OWNERS, "works"}:
        raise UnknownNameError("owner", of, [*OWNERS, "works"])
    corpus, year = until(corpus, as_of)
    manifest: dict[str, object] = {
        "of": of,
        "what": what,
        "counting": counting,
        "as_of": year,
        "reference": _REFERENCES,
    }
    if of != "works":
        amounts = owned_totals(corpus, of, counting=counting, citations=what == "citations")
    elif what == "works":
        raise OptionError("works own themselves alone; ask for what='citations'")
    else:
        citations = cited_works(corpus).citations
        amounts = citations[~np.isnan(citations)]
    if what == "citations":
        n_known = corpus.sql("SELECT COUNT(cited_by_count) FROM works")[0][0]
        manifest |= {"n_without": len(corpus) - n_known, "reason": "works without citation count"}
    return amounts, manifest


def _figures(amounts: FloatArray) -> dict[str, float | int | None]:
    """Compute the figures of amounts."""
    n, descending = len(amounts), np.sort(amounts)[::-1]
    # a running sum of fractions ends a hair beside the total of a plain one
    reached = np.append(0.0, np.cumsum(descending))
    total = float(reached[-1])
    figures: dict[str, float | int | None] = {"n_owners": n, "total": round(total, 6)}
    if total <= 0:
        return {**figures, **dict.fromkeys(_NAMES)}
    shares = reached / total
    gini = 2 * float(shares[:-1].sum() + shares[1:].sum()) / (2 * n) - 1
    root = math.isqrt(n - 1) + 1
    found = (
        max(gini, 0.0),
        max(gini, 0.0) * n / (n - 1) if n > 1 else None,
        float(np.interp(_TOP * n, np.arange(n + 1), shares)),
        float(np.interp(_MOST, shares, np.arange(n + 1))) / n,
        root,
        float(shares[root]),
        int(np.argmax(shares >= 0.5 - 1e-12)),
    )
    return {**figures, **dict(zip(_NAMES, found, strict=True))}
