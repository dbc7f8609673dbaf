"""Pairs of works worth comparing: one identifier, two rare words of the title, one place."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from nqp_biblio.cleaning.duplicate.works import codes_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nqp_biblio.cleaning.duplicate.works import ComparedWorks

    _Keys = tuple[NDArray[np.int64], NDArray[np.int64]]

__all__ = ["candidate_pairs"]

_RARE_WORDS = 4
"""How many of the rarest words of a title make its keys, two at a time."""

_NEIGHBOURS = 24
"""How many works behind it in the order by content a work is compared with in one block."""

_NO_BLANKS = "\u3040"
"""From this character on scripts are written without blanks."""


def candidate_pairs(works: ComparedWorks) -> NDArray[np.int64]:
    """Find the pairs of works that are worth comparing.

    Parameters
    ----------
    works : ComparedWorks
        The works.

    Returns
    -------
    array of shape (n_pairs, 2)
        Places of works, the lower first, each pair once and in order. The pairs do not depend
        on the order of the works. Time grows with the number of works times at most
        24 neighbours in each of their blocks.

    Notes
    -----
    Works fall into one block where they share a DOI, PMID, arXiv number or ISBN; two of the
    four rarest words of their titles, words that stand in one title alone left out; the title
    before the number of a part; or first author, volume and first page. A large block is a
    sorted neighbourhood [1]_.

    References
    ----------
    .. [1] Hernández, M. A. & Stolfo, S. J. (1995). The merge/purge problem for large databases.
       SIGMOD Record 24(2), 127-138. https://doi.org/10.1145/568271.223807
    """
    import numpy as np

    places = [
        f"{first}\t{volume}\t{page}" if first and volume and page else ""
        for first, volume, page in zip(works.first, works.volumes, works.pages, strict=True)
    ]
    names = ("dois", "pmids", "arxiv_ids", "isbns", "bases", "stems")
    blocks = [_by_code(works.codes(name)) for name in names]
    blocks += [_by_code(codes_of(places)), _by_rare_words(works)]
    found = [_neighbours(keys, members, works.ranks) for keys, members in blocks]
    n_works = len(works)
    joined = np.unique(np.concatenate([low * n_works + high for low, high in found]))
    return np.stack([joined // max(n_works, 1), joined % max(n_works, 1)], axis=1)


def _by_code(codes: NDArray[np.int64]) -> _Keys:
    """Return a key for each work that has a value."""
    import numpy as np

    members = np.flatnonzero(codes >= 0)
    return codes[members], members


def _words_of(title: str) -> set[str]:
    """Return the words of a title; where it is written without blanks, its pairs of signs."""
    words = set(title.split())
    if title.isascii():
        return words
    long = [word for word in words if word[0] >= _NO_BLANKS and len(word) > 1]
    words.difference_update(long)
    for word in long:
        words.update(map("".join, pairwise(word)))
    return words


def _by_rare_words(works: ComparedWorks) -> _Keys:
    """Return for each title a key per pair of its rarest words, counted over different titles."""
    import numpy as np

    known: dict[str, int] = {}
    words: list[int] = []
    different = list(dict.fromkeys(title for title in works.bases if title))
    counts = np.zeros(len(different), dtype=np.int64)
    for at, title in enumerate(different):
        found = [known.setdefault(word, len(known)) for word in _words_of(title)]
        words += found
        counts[at] = len(found)
    order = np.empty(len(known), dtype=np.int64)
    for number, word in enumerate(sorted(known)):
        order[known[word]] = number
    numbers = order[np.array(words, dtype=np.int64)]
    owners = np.repeat(np.arange(len(different)), counts)
    keys, owned = _pairs_of_words(numbers, owners, n_words=len(known))
    return _spread(keys, owned, works.codes("bases"))


def _spread(keys: NDArray[np.int64], titles: NDArray[np.int64], codes: NDArray[np.int64]) -> _Keys:
    """Give the keys of titles to all works that bear them."""
    import numpy as np

    works = np.flatnonzero(codes >= 0)
    works = works[np.argsort(codes[works], kind="stable")]
    starts = np.searchsorted(codes[works], titles)
    sizes = np.searchsorted(codes[works], titles, side="right") - starts
    ends = np.cumsum(sizes)
    steps = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - sizes, sizes)
    return np.repeat(keys, sizes), works[np.repeat(starts, sizes) + steps]


def _pairs_of_words(codes: NDArray[np.int64], owners: NDArray[np.int64], *, n_words: int) -> _Keys:
    """Return the keys of the rarest words, given all words and the titles they stand in."""
    import numpy as np

    frequency = np.bincount(codes, minlength=n_words)
    is_shared = frequency[codes] > 1
    codes, owners = codes[is_shared], owners[is_shared]
    order = np.lexsort((codes, frequency[codes], owners))
    codes, owners = codes[order], owners[order]
    starts = (
        np.flatnonzero(np.concatenate([[True], owners[1:] != owners[:-1]]))
        if len(owners)
        else owners
    )
    sizes = np.diff(np.append(starts, len(owners)))
    place = np.arange(len(owners)) - np.repeat(starts, sizes)
    rare = np.full((len(starts), _RARE_WORDS), -1, dtype=np.int64)
    row = np.repeat(np.arange(len(starts)), sizes)
    is_rare = place < _RARE_WORDS
    rare[row[is_rare], place[is_rare]] = codes[is_rare]
    titles = owners[starts]
    rare[:, 1] = np.where(rare[:, 1] < 0, rare[:, 0], rare[:, 1])  # one word is a pair with itself
    keys, members = [], []
    for one in range(_RARE_WORDS):
        for other in range(one + 1, _RARE_WORDS):
            has_both = rare[:, other] >= 0
            low = np.minimum(rare[has_both, one], rare[has_both, other])
            high = np.maximum(rare[has_both, one], rare[has_both, other])
            keys.append(low * n_words + high)
            members.append(titles[has_both])
    return np.concatenate(keys), np.concatenate(members)


def _neighbours(
    keys: NDArray[np.int64], members: NDArray[np.int64], ranks: NDArray[np.int64]
) -> _Keys:
    """Return the pairs of works that share a key and stand near in the order by content."""
    import numpy as np

    order = np.lexsort((ranks[members], keys))
    keys, members = keys[order], members[order]
    lows, highs = [members[:0]], [members[:0]]
    at = np.arange(len(keys))
    for distance in range(1, _NEIGHBOURS + 1):
        at = at[at + distance < len(keys)]
        at = at[keys[at] == keys[at + distance]]
        if not len(at):
            break
        one, other = members[at], members[at + distance]
        lows.append(np.minimum(one, other))
        highs.append(np.maximum(one, other))
    return np.concatenate(lows), np.concatenate(highs)
