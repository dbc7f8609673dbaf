"""How like two works are, part by part, for many pairs at once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from nqp_biblio.cleaning.duplicate.works import ComparedWorks

__all__ = ["FEATURES", "Likeness", "compare_pairs"]

FEATURES = (
    *(
        "title_other",
        "title_far",
        "title_near",
        "title_cut",
        "no_title",
        "numbers_differ",
        "year_same",
    ),
    *("year_next", "year_far", "page_same", "page_other", "volume_same", "volume_other"),
    *("page_beside", "issue_other", "venue_same", "venue_other", "people_same", "people_other"),
    *("id_and_title", "id_alone", "id_other"),
)
"""What a pair is judged by, each 0 to 1; a part that one work lacks is 0 in all of its own."""

_LEAST_LIKE = 70.0
"""Per cent of a title below which only an identifier or a place keeps the pair."""

_SHORTEST_CUT = 20
_LONGEST_PAGE = 5
_SAME_TITLE, _CLOSE_TITLE = 0.98, 0.85
_SAME_NAME, _LISTED_NAME = 0.84, 0.95
_SAME_VENUE, _OTHER_VENUE = 0.8, 0.5
_LITTLE = frozenset(
    ("a", "and", "der", "die", "de", "et", "for", "fur", "in", "la", "of", "on", "the", "und")
)


class Likeness:
    """Pairs and how like they are.

    Attributes
    ----------
    pairs : array of shape (n_pairs, 2)
        Places of the works.
    title : array of shape (n_pairs,)
        Likeness of the folded titles, 0 to 1; 0 where one has none.
    features : array of shape (n_pairs, n_features)
        The columns of `FEATURES`.
    """

    def __init__(self, pairs: NDArray[np.int64], title: NDArray[np.float64]) -> None:
        import numpy as np

        self.pairs = pairs
        self.title = title
        self.features = np.zeros((len(pairs), len(FEATURES)))

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.pairs)

    def column(self, name: str) -> NDArray[np.float64]:
        """Return one column of the features, which may be written to."""
        return self.features[:, FEATURES.index(name)]

    def has(self, name: str) -> NDArray[np.bool_]:
        """Tell of which pairs a feature holds."""
        return self.column(name) > 0

    def take(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Likeness:
        """Return some of the pairs."""
        taken = Likeness(self.pairs[chosen], self.title[chosen])
        taken.features = self.features[chosen]
        return taken


def compare_pairs(works: ComparedWorks, pairs: NDArray[np.int64]) -> Likeness:
    """Compare the works of each pair, and drop the pairs that have nothing in common.

    Parameters
    ----------
    works : ComparedWorks
        The works.
    pairs : array of shape (n_pairs, 2)
        Places of works.

    Returns
    -------
    Likeness
        Of the pairs whose titles are 70 % alike, of which one begins with the other, or that
        share an identifier, a place (volume and page) or the title before the number of a part.
    """
    title = _title_likeness(works, pairs)
    keep = title >= _LEAST_LIKE / 100
    ids_same, ids_other = _identifiers(works, pairs)
    same_place = _same(works, "pages", pairs) & _same(works, "volumes", pairs)
    is_cut = title < _SAME_TITLE
    is_cut[is_cut] = _are_cut(works.bases, pairs[is_cut])
    has_stem = _same(works, "stems", pairs)
    keep |= ids_same | is_cut | same_place | has_stem
    found = Likeness(pairs[keep], title[keep])
    _set_title(found, works, is_cut[keep])
    _set_numbers(found, works)
    is_told = (found.title >= _CLOSE_TITLE) | is_cut[keep] | found.has("no_title")
    found.column("id_and_title")[:] = ids_same[keep] & is_told
    found.column("id_alone")[:] = ids_same[keep] & ~is_told
    found.column("id_other")[:] = ids_other[keep]
    _set_people(found, works)
    _set_venue(found, works)
    return found


def _at(values: Sequence[str], places: NDArray[np.int64]) -> list[str]:
    """Return the values at places."""
    return [values[place] for place in places.tolist()]


def _same(works: ComparedWorks, name: str, pairs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell of which pairs both have the same value."""
    codes = works.codes(name)[pairs]
    found: NDArray[np.bool_] = (codes[:, 0] == codes[:, 1]) & (codes[:, 0] >= 0)
    return found


def _other(works: ComparedWorks, name: str, pairs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell of which pairs both have a value, and not the same."""
    codes = works.codes(name)[pairs]
    found: NDArray[np.bool_] = (codes[:, 0] != codes[:, 1]) & (codes >= 0).all(axis=1)
    return found


def _title_likeness(works: ComparedWorks, pairs: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how like the titles are, 0 to 1."""
    import numpy as np
    from rapidfuzz import fuzz, process

    codes = works.codes("bases")[pairs]
    likeness = np.where((codes[:, 0] == codes[:, 1]) & (codes[:, 0] >= 0), 1.0, 0.0)
    to_do = (codes[:, 0] != codes[:, 1]) & (codes >= 0).all(axis=1)
    if to_do.any():
        one, other = _at(works.bases, pairs[to_do, 0]), _at(works.bases, pairs[to_do, 1])
        found = process.cpdist(
            one, other, scorer=fuzz.ratio, score_cutoff=_LEAST_LIKE, dtype=np.float32
        )
        likeness[to_do] = found / 100
    return likeness


def _are_cut(titles: Sequence[str], pairs: NDArray[np.int64]) -> list[bool]:
    """Tell of which pairs one title is the beginning of the other."""
    found = []
    for one, other in pairs.tolist():
        short, long = sorted((titles[one], titles[other]), key=len)
        found.append(len(short) >= _SHORTEST_CUT and long.startswith(f"{short} "))
    return found


def _identifiers(
    works: ComparedWorks, pairs: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which pairs share an identifier of a work, and which have different ones."""
    kinds = ("dois", "pmids", "arxiv_ids")
    same = [_same(works, name, pairs) for name in kinds]
    other = [_other(works, name, pairs) for name in kinds]
    any_same = same[0] | same[1] | same[2]
    return any_same, (other[0] | other[1] | other[2]) & ~any_same


def _set_title(found: Likeness, works: ComparedWorks, is_cut: NDArray[np.bool_]) -> None:
    """Set the features of titles."""
    import numpy as np

    far = np.clip((_SAME_TITLE - found.title) / (_SAME_TITLE - _LEAST_LIKE / 100), 0.0, 1.0)
    codes = works.codes("bases")[found.pairs]
    has_both = (codes >= 0).all(axis=1)
    found.column("title_far")[:] = np.where(is_cut | ~has_both, 0.0, far)
    found.column("title_other")[:] = has_both & ~is_cut & (found.title == 0)
    found.column("title_near")[:] = has_both & ~is_cut & (found.title < _SAME_TITLE)
    found.column("title_cut")[:] = is_cut
    found.column("no_title")[:] = ~has_both
    numbers = works.codes("numbers")[found.pairs]
    found.column("numbers_differ")[:] = has_both & (numbers[:, 0] != numbers[:, 1])


def _set_numbers(found: Likeness, works: ComparedWorks) -> None:
    """Set the features of year, page, volume and issue."""
    import numpy as np

    years = works.years[found.pairs]
    has_years = (years > 0).all(axis=1)
    apart = np.abs(years[:, 0] - years[:, 1])
    found.column("year_same")[:] = has_years & (apart == 0)
    found.column("year_next")[:] = has_years & (apart == 1)
    found.column("year_far")[:] = has_years & (apart > 1)
    found.column("page_same")[:] = _same(works, "pages", found.pairs)
    pages = np.array([0 < len(page) < _LONGEST_PAGE for page in works.pages])[found.pairs]
    is_one_sort = pages[:, 0] == pages[:, 1]  # a page says nothing of the number of an article
    found.column("page_other")[:] = _other(works, "pages", found.pairs) & is_one_sort
    found.column("volume_same")[:] = _same(works, "volumes", found.pairs)
    found.column("volume_other")[:] = _other(works, "volumes", found.pairs)
    is_one_volume = found.has("page_other") & found.has("volume_same") & found.has("year_same")
    found.column("page_beside")[:] = is_one_volume & pages.all(axis=1)
    found.column("issue_other")[:] = _other(works, "issues", found.pairs)


def _set_people(found: Likeness, works: ComparedWorks) -> None:
    """Set the features of the authors: the first one the same, or in no list."""
    import numpy as np

    codes = works.codes("first")[found.pairs]
    has_both = (codes >= 0).all(axis=1)
    is_same = has_both & (codes[:, 0] == codes[:, 1])
    to_do = has_both & ~is_same
    one, other = found.pairs[to_do].T
    is_same[to_do] = _are_alike(_at(works.first, one), _at(works.first, other), _SAME_NAME)
    to_do = has_both & ~is_same
    one, other = found.pairs[to_do].T
    is_listed = np.zeros(len(found), dtype=bool)
    is_listed[to_do] = _are_alike(
        _at(works.first, one), _at(works.people, other), _LISTED_NAME
    ) | _are_alike(_at(works.first, other), _at(works.people, one), _LISTED_NAME)
    found.column("people_same")[:] = is_same
    found.column("people_other")[:] = has_both & ~is_same & ~is_listed


def _are_alike(names: list[str], others: list[str], least: float) -> NDArray[np.bool_]:
    """Tell of which pairs of names the words of one are, nearly, among those of the other."""
    import numpy as np
    from rapidfuzz import fuzz, process

    if not names:
        return np.zeros(0, dtype=bool)
    ratios = process.cpdist(names, others, scorer=fuzz.token_set_ratio, dtype=np.float32)
    return ratios >= least * 100


def _set_venue(found: Likeness, works: ComparedWorks) -> None:
    """Set the features of the source."""
    import numpy as np

    codes = works.codes("venues")[found.pairs]
    has_both = (codes >= 0).all(axis=1)
    low, high = codes.min(axis=1), codes.max(axis=1)
    n_names = int(codes.max(initial=0)) + 1
    keys, first, inverse = np.unique(low * n_names + high, return_index=True, return_inverse=True)
    del keys
    one, other = (_at(works.venues, found.pairs[first, side]) for side in (0, 1))
    shares = np.array([_venue_likeness(*sorted(names)) for names in zip(one, other, strict=True)])
    likeness = shares[inverse] if len(shares) else np.zeros(len(found))
    found.column("venue_same")[:] = has_both & (likeness >= _SAME_VENUE)
    found.column("venue_other")[:] = has_both & (likeness < _OTHER_VENUE)


@lru_cache(maxsize=100_000)
def _venue_likeness(one: str, other: str) -> float:
    """Return how like two folded names are, 0 to 1; J Nutr Biochem is one with its full name."""
    from rapidfuzz import fuzz

    if one == other:
        return 1.0
    words, others = (
        [word for word in name.split() if word not in _LITTLE] for name in (one, other)
    )
    short, long = sorted((words, others), key=len)
    if not short:
        return 0.0
    if len(short) == 1 and len(long) > 2 and short[0] == "".join(word[0] for word in long):  # noqa: PLR2004
        return 1.0
    at = n_found = 0
    for word in short:
        while at < len(long) and not (long[at].startswith(word) or word.startswith(long[at])):
            at += 1
        if at == len(long):
            break
        n_found += 1
        at += 1
    if n_found == len(short):
        return 1.0
    return fuzz.token_sort_ratio(one, other) / 100 if n_found else fuzz.ratio(one, other) / 100
