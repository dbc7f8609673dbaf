"""The cited references of one work from two sources: which are the same, which one lacks."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

__all__ = ["match_references"]

_Row = dict[str, Any]
_LEAST_LIKE = 85.0
_LONGEST = 500
_FEWEST_WORDS, _LEAST_WORDS = 2, 0.5
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")


class _Printed:
    """One reference in the form in which it is compared."""

    def __init__(self, row: _Row) -> None:
        self.raw = fold((row["raw"] or "")[:_LONGEST])
        self.doi = row["doi"]
        self.year = row["publication_year"] or _year_in(self.raw)
        author = fold(row["first_author"] or "") or self.raw
        self.family = author.partition(" ")[0]
        self.volume = _number(row["volume"])
        self.page = _number(row["first_page"])
        self.title = fold(row["title"] or "").replace(" ", "")
        self.words = {word for word in self.raw.split() if len(word) > 2 and word.isalpha()}  # noqa: PLR2004


def match_references(ones: Sequence[_Row], others: Sequence[_Row]) -> list[int | None]:
    """Find for each reference of one list its counterpart in another list of the same work.

    Parameters
    ----------
    ones : sequence of dict
        Rows of ``cited_references`` of the list that is kept.
    others : sequence of dict
        Rows of the list that is joined to it.

    Returns
    -------
    list of int or None
        For each of `others` the place in `ones`; None where it has no counterpart. No place
        is given twice.

    Notes
    -----
    Both lists are of one work, so that little is needed to tell a reference. Rules go from
    the surest to the weakest, each for what those before have left, and only where it names
    one reference of either list: text; DOI; author, year, and page or volume; title; page,
    volume and year; author and year; most of the text; year and half of the words. Different
    DOIs are never matched.

    Examples
    --------
    >>> row = dict.fromkeys(("first_author", "title", "volume", "first_page", "doi"))
    >>> one = row | {"raw": "Price D, 1965, SCIENCE, V149", "publication_year": 1965}
    >>> other = row | {"raw": "Price, D. (1965) Networks of papers", "publication_year": 1965}
    >>> match_references([one], [other])
    [0]
    """
    mine, theirs = [_Printed(row) for row in ones], [_Printed(row) for row in others]
    matched: list[int | None] = [None] * len(theirs)
    taken: set[int] = set()
    for rule, is_sure in _RULES:
        _apply(rule, (mine, theirs), matched, taken, is_sure=is_sure)
    _apply_likeness((mine, theirs), matched, taken)
    _apply_words((mine, theirs), matched, taken)
    return matched


def _apply(
    rule: Callable[[_Printed], Hashable],
    lists: tuple[list[_Printed], list[_Printed]],
    matched: list[int | None],
    taken: set[int],
    *,
    is_sure: bool,
) -> None:
    """Match what a rule names; where it names several in order, or only where it names one."""
    mine, theirs = lists
    places: dict[Hashable, list[int]] = defaultdict(list)
    for at, printed in enumerate(mine):
        if at not in taken and (key := rule(printed)):
            places[key].append(at)
    found: dict[Hashable, list[int]] = defaultdict(list)
    for at, printed in enumerate(theirs):
        if matched[at] is None and (key := rule(printed)):
            found[key].append(at)
    for key, waiting in found.items():
        free = places.get(key, [])
        if not is_sure and (len(free) != 1 or len(waiting) != 1):
            continue
        for at, place in zip(waiting, free, strict=False):
            if _may_be_one(mine[place], theirs[at]):
                matched[at] = place
                taken.add(place)


def _apply_likeness(
    lists: tuple[list[_Printed], list[_Printed]], matched: list[int | None], taken: set[int]
) -> None:
    """Match what is printed nearly alike."""
    import numpy as np
    from rapidfuzz import fuzz, process

    mine, theirs = lists
    left = [at for at, place in enumerate(matched) if place is None and theirs[at].raw]
    free = [at for at in range(len(mine)) if at not in taken and mine[at].raw]
    if not left or not free:
        return
    likeness = process.cdist(
        [theirs[at].raw for at in left],
        [mine[at].raw for at in free],
        scorer=fuzz.token_sort_ratio,
        score_cutoff=_LEAST_LIKE,
        dtype=np.float32,
    )
    rows, columns = np.nonzero(likeness)
    order = sorted(
        zip((-likeness[rows, columns]).tolist(), rows.tolist(), columns.tolist(), strict=True)
    )
    for _, row, column in order:
        at, place = left[row], free[column]
        is_free = matched[at] is None and place not in taken
        same_numbers = _DIGITS.findall(theirs[at].raw) == _DIGITS.findall(mine[place].raw)
        if is_free and same_numbers and _may_be_one(mine[place], theirs[at]):
            matched[at] = place
            taken.add(place)


def _apply_words(
    lists: tuple[list[_Printed], list[_Printed]], matched: list[int | None], taken: set[int]
) -> None:
    """Match references of one year that share most words, which one of them may abbreviate."""
    mine, theirs = lists
    found = []
    for at, item in enumerate(theirs):
        if matched[at] is not None or not item.year:
            continue
        for place, other in enumerate(mine):
            if place not in taken and other.year == item.year and _may_be_one(item, other):
                short, long = sorted((item.words, other.words), key=len)
                n_shared = sum(any(_abbreviate(a, b) for b in long) for a in short)
                share = n_shared / max(len(short), 1)
                if n_shared >= _FEWEST_WORDS and share >= _LEAST_WORDS:
                    found.append((-share, -n_shared, at, place))
    for _, _, at, place in sorted(found):
        if matched[at] is None and place not in taken:
            matched[at] = place
            taken.add(place)


def _abbreviate(one: str, other: str) -> bool:
    """Tell whether a word is another one, or begins it."""
    return one.startswith(other) or other.startswith(one)


def _may_be_one(one: _Printed, other: _Printed) -> bool:
    """Tell whether nothing speaks against two references being one."""
    return not (one.doi and other.doi and one.doi != other.doi)


def _number(text: str | None) -> str:
    """Return the first number of a volume or page."""
    found = _DIGITS.search(text or "")
    return found[0].lstrip("0") if found else ""


def _year_in(text: str) -> int | None:
    """Return the first year in a text."""
    found = _YEAR.search(text)
    return int(found[0]) if found else None


_RULES: tuple[tuple[Callable[[_Printed], Hashable], bool], ...] = (
    (lambda item: item.raw, True),
    (lambda item: item.doi, True),
    (
        lambda item: (
            item.family
            and item.year
            and item.page
            and item.volume
            and (item.family, item.year, item.page, item.volume)
        ),
        True,
    ),
    (lambda item: item.page and item.year and (item.family, item.year, item.page), False),
    (lambda item: item.volume and item.year and (item.family, item.year, item.volume), False),
    (lambda item: item.title and item.year and (item.title, item.year), False),
    (
        lambda item: (
            item.page and item.volume and item.year and (item.year, item.volume, item.page)
        ),
        False,
    ),
    (lambda item: item.family and item.year and (item.family, item.year), False),
)
"""Keys that tell a reference, the surest first; and whether one list may hold it twice."""
