"""Which pairs are one work, which a person should look at: a calibrated score, and what forbids."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nqp_biblio.cleaning.duplicate.features import FEATURES, Likeness

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nqp_biblio.cleaning.duplicate.works import ComparedWorks

__all__ = ["WEIGHTS", "Verdicts", "judge", "score_pairs"]

BIAS = 1.7
WEIGHTS = {
    "title_other": -1.4,
    "title_far": -2.1,
    "title_near": -0.8,
    "title_cut": 0.7,
    "no_title": 0.0,
    "numbers_differ": -3.4,
    "year_same": 0.7,
    "year_next": -1.3,
    "year_far": -3.1,
    "page_same": 2.6,
    "page_other": -3.4,
    "volume_same": 1.3,
    "volume_other": -2.0,
    "page_beside": -2.6,
    "issue_other": -1.3,
    "venue_same": 1.4,
    "venue_other": -1.4,
    "people_same": 1.5,
    "people_other": -2.1,
    "id_and_title": 1.6,
    "id_alone": 0.9,
    "id_other": -1.6,
}
"""Log odds, fitted by ``benchmarks/dedupe_accuracy.py --fit``."""

REVIEW_FROM = 0.5
"""Score from which a pair that is not merged is offered for review."""

_HARD_KINDS = frozenset(("preprint", "erratum", "retraction", "comment"))
_SHORT_TITLE, _FEW_WORDS = 25, 4
_MANY_YEARS = 3
_STANDS_ALONE = frozenset(("book", "thesis", "dataset", "software", "patent"))
_NEEDED = ("bases", "people")
_COMPARED = (
    *_NEEDED,
    *("kinds", "numbers", "venues", "volumes", "issues", "pages", "dois", "pmids", "arxiv_ids"),
    "isbns",
)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What becomes of pairs.

    Attributes
    ----------
    score : array of shape (n_pairs,)
        How sure it is that both are one work, 0 to 1.
    is_one : array of shape (n_pairs,)
        Whether they are merged, unless their groups disagree.
    is_doubtful : array of shape (n_pairs,)
        Whether a person should look at them.
    rules : list of str
        The rule by which each is judged.
    """

    score: NDArray[np.float64]
    is_one: NDArray[np.bool_]
    is_doubtful: NDArray[np.bool_]
    rules: list[str]


def score_pairs(found: Likeness) -> NDArray[np.float64]:
    """Return how sure it is that the works of each pair are one, 0 to 1.

    Parameters
    ----------
    found : Likeness
        The pairs.

    Returns
    -------
    array of shape (n_pairs,)
        Logistic in the features, as in the model of record linkage of Fellegi and Sunter [1]_,
        with weights fitted to labelled pairs.

    References
    ----------
    .. [1] Fellegi, I. P. & Sunter, A. B. (1969). A theory for record linkage. JASA 64(328),
       1183-1210. https://doi.org/10.1080/01621459.1969.10501049
    """
    import numpy as np

    weights = np.array([WEIGHTS[name] for name in FEATURES])
    odds = BIAS + (found.features * weights).sum(axis=1)
    score: NDArray[np.float64] = np.round(1 / (1 + np.exp(-odds)), 4)
    return score


def judge(works: ComparedWorks, found: Likeness, *, merge_from: float) -> Verdicts:
    """Say of each pair whether it is one work, two, or to be looked at.

    Parameters
    ----------
    works : ComparedWorks
        The works.
    found : Likeness
        The pairs.
    merge_from : float
        Score from which a pair is one work, if nothing forbids it.

    Returns
    -------
    Verdicts
        Never one: works of different kinds, such as a preprint and its article; of different
        DOIs; with other titles and no identifier in common; on different pages of one volume;
        whose titles differ in a number; with a title that many works bear, unless year and
        place agree; with one DOI and plainly different in title, and page or author. Always
        one: works that do not differ in anything, with title, year, author and journal, or
        books and the like without one.
    """
    import numpy as np

    score = score_pairs(found)
    has = found.has
    is_hard, is_soft = _kinds_differ(works, found)
    has_id = has("id_and_title")
    same_place = has("page_same") & has("volume_same")
    is_common = _has_common_title(works, found) & ~has_id
    forbids = (
        is_soft & ~has_id
        | has("id_other")
        | has("page_beside")
        | has("title_other") & ~has("id_alone")
        | has("numbers_differ") & ~(has_id & ~has("page_other"))
        | ~has_id & ~_has_support(found)
        | is_common & ~_is_settled(found)
        | has("id_alone") & ~(has("people_same") & has("page_same"))
        | has("no_title") & ~(has_id | (same_place & has("people_same") & has("year_same")))
        | has("no_title") & (has("venue_other") | has("year_far"))
    )
    is_copy = _is_copy(works, found)
    is_one = ((score >= merge_from) & ~is_hard & ~forbids) | is_copy
    is_told = ~is_common | ~_differ_in_place(found)
    is_doubtful = ~is_one & ~is_hard & ((score >= REVIEW_FROM) & is_told | has("id_alone"))
    rules = _rules(works, found, np.flatnonzero(has_id))
    for at in np.flatnonzero(is_copy & ~has_id).tolist():
        rules[at] = "same-record"
    return Verdicts(score, is_one, is_doubtful, rules)


def _kinds_differ(
    works: ComparedWorks, found: Likeness
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which pairs are of kinds never merged, and which only where an identifier agrees."""
    import numpy as np

    names = sorted(set(works.kinds) | _HARD_KINDS | {""})
    codes = np.array([names.index(kind) for kind in works.kinds], dtype=np.int64)[found.pairs]
    hard = np.array([name in _HARD_KINDS for name in names])
    differ = codes[:, 0] != codes[:, 1]
    known = (codes != names.index("")).all(axis=1)
    is_hard = differ & hard[codes].any(axis=1)
    return is_hard, differ & known & ~is_hard


def _has_support(found: Likeness) -> NDArray[np.bool_]:
    """Tell for which pairs something besides the title agrees."""
    names = ("year_same", "page_same", "people_same", "venue_same", "id_alone")
    support = found.has(names[0])
    for name in names[1:]:
        support = support | found.has(name)
    return support


def _has_common_title(works: ComparedWorks, found: Likeness) -> NDArray[np.bool_]:
    """Tell which pairs have a title that says little: short, or borne in several years."""
    import numpy as np

    years: dict[str, set[int]] = defaultdict(set)
    for title, year in zip(works.bases, works.years.tolist(), strict=True):
        years[title].add(year)
    places = np.unique(found.pairs)
    common = np.zeros(len(works), dtype=bool)
    common[places] = [
        len(title) < _SHORT_TITLE
        or (title.isascii() and title.count(" ") < _FEW_WORDS - 1)
        or len(years[title] - {0}) >= _MANY_YEARS
        for title in (works.bases[place] for place in places.tolist())
    ]
    return np.asarray(common[found.pairs].any(axis=1), dtype=bool)


def _is_copy(works: ComparedWorks, found: Likeness) -> NDArray[np.bool_]:
    """Tell which pairs do not differ in anything that is compared, as a record read twice.

    An article whose journal is not known has too little for that.
    """
    import numpy as np

    one, other = found.pairs[:, 0], found.pairs[:, 1]
    same = np.asarray((works.years[one] == works.years[other]) & (works.years[one] > 0))
    for name in _COMPARED:
        codes = works.codes(name)
        same &= codes[one] == codes[other]
        if name in _NEEDED:
            same &= codes[one] >= 0
    own = np.array([kind in _STANDS_ALONE for kind in works.kinds], dtype=bool)
    return np.asarray(same & (own[one] | (works.codes("venues")[one] >= 0)))


def _is_settled(found: Likeness) -> NDArray[np.bool_]:
    """Tell of which pairs year and place agree, and nothing differs."""
    has = found.has
    agrees = has("year_same") & has("people_same") & (has("page_same") | has("venue_same"))
    return agrees & ~_differ_in_place(found)


def _differ_in_place(found: Likeness) -> NDArray[np.bool_]:
    """Tell of which pairs page, volume, issue or source differ."""
    has = found.has
    return has("page_other") | has("volume_other") | has("issue_other") | has("venue_other")


def _rules(works: ComparedWorks, found: Likeness, with_id: NDArray[np.int64]) -> list[str]:
    """Name the rule of each pair."""
    rules = ["alike"] * len(found)
    for at in with_id.tolist() + [int(place) for place in found.has("id_alone").nonzero()[0]]:
        one, other = found.pairs[at]
        named = (("doi", works.dois), ("pmid", works.pmids), ("arxiv-id", works.arxiv_ids))
        rules[at] = next(
            f"same-{name}" for name, values in named if values[one] and values[one] == values[other]
        )
    return rules
