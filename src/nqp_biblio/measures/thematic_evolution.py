"""Thematic evolution: themes of one period that go on in the next, and the terms that stay."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.measures.as_of import AsOf, until
from nqp_biblio.measures.cluster_labels import cluster_terms
from nqp_biblio.measures.cluster_sizes import clusters_of
from nqp_biblio.measures.periods import (
    RULES,
    chosen_periods,
    terms_of,
    with_terms,
)
from nqp_biblio.measures.result import Result
from nqp_biblio.measures.thematic_map import COLUMNS, callon_map
from nqp_biblio.measures.thematic_network import theme_network
from nqp_biblio.networks.incidence import works_of_years

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.periods import Period
    from nqp_biblio.networks.network import Network

__all__ = ["period_themes", "term_overlap", "thematic_evolution"]

_LABEL_TERMS = 3
_REFERENCE = (
    "Cobo, M. J., López-Herrera, A. G., Herrera-Viedma, E. & Herrera, F. (2011). An approach for"
    " detecting, quantifying, and visualizing the evolution of a research field: A practical"
    " application to the Fuzzy Sets Theory field. Journal of Informetrics 5(1), 146-166."
    " https://doi.org/10.1016/j.joi.2010.10.002"
)
_INDICES = {
    "inclusion": "|A and B| / min(|A|, |B|)",
    "weighted_inclusion": "sum of the lesser occurrences of the shared terms / lesser sum of the"
    " occurrences of all terms",
    "stability": "|A and B| / |A or B|",
}
_LINK_COLUMNS = (
    *("from_period", "from_theme", "from_label", "to_period", "to_theme", "to_label"),
    *("n_from", "n_to", "n_shared", *_INDICES, "shares_first_term", "shared_terms"),
)


@dataclass(frozen=True, slots=True)
class _Theme:
    """A theme of a period."""

    number: int
    label: str
    occurrences: dict[str, float]
    first_term: str

    @property
    def total(self) -> float:
        """Occurrences of all its terms."""
        return sum(self.occurrences.values())


@dataclass(frozen=True, slots=True)
class _Asked:
    """How themes are found, and in which periods."""

    of: str
    periods: Sequence[Period] | None
    n_periods: int | None
    rule: str
    n_terms: int | None
    min_occurrences: int
    similarity: str
    resolution: float
    seed: int
    as_of: AsOf


def thematic_evolution(  # noqa: PLR0913  options of the method, all by keyword
    corpus: Corpus,
    *,
    of: str = "author_keywords",
    periods: Sequence[Period] | None = None,
    n_periods: int | None = None,
    rule: str = "equal-works",
    n_terms: int | None = 250,
    min_occurrences: int = 2,
    similarity: str = "equivalence",
    resolution: float = 1.0,
    min_inclusion: float = 0.0,
    seed: int = 0,
    as_of: AsOf = None,
) -> Result:
    """List which themes of a period go on in the next, with how much they share.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : {"author_keywords", "index_keywords", "keywords", "topics", "title_terms", \
"abstract_terms", "text_terms"}
        What a term is.
    periods : sequence of (int, int), optional
        First and last year of each period. When not given they are found.
    n_periods : int, optional
        Periods to find; see ``find_periods``.
    rule : {"equal-works", "change-points"}
        How periods are found; see ``find_periods``.
    n_terms : int, optional
        The most frequent terms of each period that are kept; None is all.
    min_occurrences : int
        Works of the period that a term must be in.
    similarity : {"equivalence", "association-strength", "cosine", "jaccard", "inclusion", \
"fractionalisation"}
        How a link is set against the occurrences of its ends.
    resolution : float
        Above 0; higher makes more and smaller themes.
    min_inclusion : float
        Links of less are left out, 0 to 1; links without a shared term always.
    seed : int
        Seed of the search of clusters.
    as_of : int, str or None
        Works published later do not count; None is the last year of the corpus.

    Returns
    -------
    Result
        By period and theme: ``from_period`` (as "2001-2005"), ``from_theme`` and
        ``from_label``, ``to_period``, ``to_theme`` and ``to_label``, ``n_from``, ``n_to`` and
        ``n_shared`` terms, ``inclusion``, ``weighted_inclusion`` and ``stability`` [1]_ (0 to
        1), ``shares_first_term`` (whether the most linked term of either is in both) and
        ``shared_terms``. Numbers of themes are those of ``period_themes``.

    Raises
    ------
    UnknownNameError
        If a name is none of the known.
    OptionError
        If a number is out of range, or periods are not in order.

    References
    ----------
    .. [1] Cobo, M. J. et al. (2011). An approach for detecting, quantifying, and visualizing
       the evolution of a research field. Journal of Informetrics 5(1), 146-166.
       https://doi.org/10.1016/j.joi.2010.10.002

    Examples
    --------
    >>> thematic_evolution(corpus, periods=[(2001, 2010), (2011, 2020)])  # doctest: +SKIP
    """
    asked = _Asked(
        of=of,
        periods=periods,
        n_periods=n_periods,
        rule=rule,
        n_terms=n_terms,
        min_occurrences=min_occurrences,
        similarity=similarity,
        resolution=resolution,
        seed=seed,
        as_of=as_of,
    )
    found, manifest = _themes_by_period(corpus, asked)
    themes = [(_named(period), _themes(net)) for period, net in found]
    rows = [
        (name, one.number, one.label, later, other.number, other.label, *_shared(one, other))
        for (name, before), (later, after) in itertools.pairwise(themes)
        for one in before
        for other in after
        if one.occurrences.keys() & other.occurrences.keys()
    ]
    at = _LINK_COLUMNS.index("inclusion")
    told = {"measure": "thematic evolution", "indices": _INDICES, "min_inclusion": min_inclusion}
    return Result(_LINK_COLUMNS, [row for row in rows if row[at] >= min_inclusion], told | manifest)


def period_themes(  # noqa: PLR0913  options of the method, all by keyword
    corpus: Corpus,
    *,
    of: str = "author_keywords",
    periods: Sequence[Period] | None = None,
    n_periods: int | None = None,
    rule: str = "equal-works",
    n_terms: int | None = 250,
    min_occurrences: int = 2,
    similarity: str = "equivalence",
    resolution: float = 1.0,
    seed: int = 0,
    as_of: AsOf = None,
) -> Result:
    """Draw up the thematic map of each period.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : {"author_keywords", "index_keywords", "keywords", "topics", "title_terms", \
"abstract_terms", "text_terms"}
        What a term is.
    periods : sequence of (int, int), optional
        First and last year of each period. When not given they are found.
    n_periods : int, optional
        Periods to find; see ``find_periods``.
    rule : {"equal-works", "change-points"}
        How periods are found; see ``find_periods``.
    n_terms : int, optional
        The most frequent terms of each period that are kept; None is all.
    min_occurrences : int
        Works of the period that a term must be in.
    similarity : {"equivalence", "association-strength", "cosine", "jaccard", "inclusion", \
"fractionalisation"}
        How a link is set against the occurrences of its ends.
    resolution : float
        Above 0; higher makes more and smaller themes.
    seed : int
        Seed of the search of clusters.
    as_of : int, str or None
        Works published later do not count; None is the last year of the corpus.

    Returns
    -------
    Result
        ``period`` (as "2001-2005"), then the columns of ``thematic_map``.

    Raises
    ------
    UnknownNameError
        If a name is none of the known.
    OptionError
        If a number is out of range, or periods are not in order.

    Examples
    --------
    >>> period_themes(corpus, n_periods=3).frame  # doctest: +SKIP
    """
    asked = _Asked(
        of=of,
        periods=periods,
        n_periods=n_periods,
        rule=rule,
        n_terms=n_terms,
        min_occurrences=min_occurrences,
        similarity=similarity,
        resolution=resolution,
        seed=seed,
        as_of=as_of,
    )
    found, manifest = _themes_by_period(corpus, asked)
    maps = [(period, callon_map(net)) for period, net in found]
    columns = ("period", *COLUMNS)
    rows = [(_named(period), *row) for period, drawn in maps for row in drawn.rows]
    told = {name: maps[0][1].manifest[name] for name in ("quadrants", "rule") if maps}
    return Result(columns, rows, {"measure": "themes by period", **manifest, **told})


def term_overlap(
    corpus: Corpus,
    *,
    of: str = "author_keywords",
    periods: Sequence[Period] | None = None,
    n_periods: int | None = None,
    rule: str = "equal-works",
    min_occurrences: int = 1,
    as_of: AsOf = None,
) -> Result:
    """Count the terms that stay, come and go from a period to the next.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : {"author_keywords", "index_keywords", "keywords", "topics", "title_terms", \
"abstract_terms", "text_terms"}
        What a term is.
    periods : sequence of (int, int), optional
        First and last year of each period. When not given they are found.
    n_periods : int, optional
        Periods to find; see ``find_periods``.
    rule : {"equal-works", "change-points"}
        How periods are found; see ``find_periods``.
    min_occurrences : int
        Works of the period that a term must be in.
    as_of : int, str or None
        Works published later do not count; None is the last year of the corpus.

    Returns
    -------
    Result
        Per period: ``period``, ``n_works`` (with a term) and ``n_terms``; against the period
        before, and missing in the first: ``n_shared``, ``n_new``, ``n_dropped``,
        ``share_kept`` (of the terms of the period before) and ``stability`` (shared terms by
        those of either; missing where neither has any).

    Raises
    ------
    UnknownNameError
        If a name is none of the known.
    OptionError
        If a number is out of range, or periods are not in order.

    References
    ----------
    .. [1] Cobo, M. J. et al. (2011). An approach for detecting, quantifying, and visualizing
       the evolution of a research field. Journal of Informetrics 5(1), 146-166.
       https://doi.org/10.1016/j.joi.2010.10.002

    Examples
    --------
    >>> term_overlap(corpus, n_periods=4).frame  # doctest: +SKIP
    """
    part, last = until(corpus, as_of)
    part = with_terms(part, of)
    chosen = chosen_periods(part, of=of, periods=periods, n_periods=n_periods, rule=rule)
    found = terms_of(part, of)
    rows: list[tuple[Any, ...]] = []
    before: set[int] | None = None
    for period in chosen:
        mine = found.keep_sets(np.isin(found.work_id, works_of_years(part, period)))
        terms = set(np.flatnonzero(mine.occurrences >= min_occurrences).tolist())
        compared: tuple[Any, ...] = (None,) * 5
        if before is not None:
            n_shared, n_either = len(terms & before), len(terms | before)
            compared = (n_shared, len(terms) - n_shared, len(before) - n_shared)
            compared += (_ratio(n_shared, len(before)), _ratio(n_shared, n_either))
        rows.append((_named(period), len(mine.work_id), len(terms), *compared))
        before = terms
    manifest: dict[str, object] = {
        "measure": "overlap of terms",
        "rule": "terms of a period that are in the next, or not",
        "periods_by": "given" if periods is not None else RULES[rule],
        "of": of,
        "min_occurrences": min_occurrences,
        "as_of": last,
        "reference": _REFERENCE,
    }
    columns = ("period", "n_works", "n_terms", "n_shared", "n_new", "n_dropped")
    return Result((*columns, "share_kept", "stability"), rows, manifest)


def _themes_by_period(
    corpus: Corpus, asked: _Asked
) -> tuple[list[tuple[Period, Network]], dict[str, object]]:
    """Find the themes of each period, and say how."""
    part, last = until(corpus, asked.as_of)
    part = with_terms(part, asked.of)
    chosen = chosen_periods(
        part, of=asked.of, periods=asked.periods, n_periods=asked.n_periods, rule=asked.rule
    )
    found = [
        (
            period,
            theme_network(
                part,
                of=asked.of,
                n_terms=asked.n_terms,
                min_occurrences=asked.min_occurrences,
                similarity=asked.similarity,
                resolution=asked.resolution,
                seed=asked.seed,
                years=period,
            ),
        )
        for period in chosen
    ]
    empty = [_named(period) for period, net in found if not clusters_of(net).any()]
    manifest: dict[str, object] = {
        "periods": [_named(period) for period in chosen],
        "periods_by": "given" if asked.periods is not None else RULES[asked.rule],
        "of": asked.of,
        "n_terms": asked.n_terms,
        "min_occurrences": asked.min_occurrences,
        "similarity": asked.similarity,
        "resolution": asked.resolution,
        "seed": asked.seed,
        "as_of": last,
        "reference": _REFERENCE,
        "periods_without_themes": empty,
    }
    if len(chosen) - len(empty) < 2:  # noqa: PLR2004  what it takes to compare
        manifest["warning"] = "fewer than two periods have themes; nothing can be compared"
    return found, manifest


def _themes(net: Network) -> list[_Theme]:
    """Return the themes of a network, in order."""
    numbers = clusters_of(net)
    sizes = net.node_columns["occurrences"].tolist()
    words: dict[int, list[str]] = {}
    for row in cluster_terms(net, by="central", n=max(net.n_nodes, 1)).rows:
        words.setdefault(row[0], []).append(row[2])
    size_of = dict(zip(net.labels, sizes, strict=True))
    return [
        _Theme(
            number,
            ", ".join(words[number][:_LABEL_TERMS]),
            {word: float(size_of[word]) for word in words[number]},
            words[number][0],
        )
        for number in range(1, int(numbers.max(initial=0)) + 1)
    ]


def _shared(one: _Theme, other: _Theme) -> tuple[Any, ...]:
    """Return what two themes share, and the indices."""
    terms = sorted(one.occurrences.keys() & other.occurrences.keys())
    n_one, n_other, n_shared = len(one.occurrences), len(other.occurrences), len(terms)
    lesser = sum(min(one.occurrences[term], other.occurrences[term]) for term in terms)
    return (
        n_one,
        n_other,
        n_shared,
        n_shared / min(n_one, n_other),
        lesser / min(one.total, other.total),
        n_shared / (n_one + n_other - n_shared),
        one.first_term in terms or other.first_term in terms,
        "; ".join(terms),
    )


def _named(period: Period) -> str:
    """Write a period."""
    first, last = period
    return str(first) if first == last else f"{first}-{last}"


def _ratio(part: int, whole: int) -> float | None:
    """Return a share, missing where there is nothing to share."""
    return part / whole if whole else None
