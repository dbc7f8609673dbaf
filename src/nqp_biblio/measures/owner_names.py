"""Names of owners of works, fetched when they are first looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, overload

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray

    from nqp_biblio.corpus.corpus import Corpus

    IntArray = NDArray[np.int64]

__all__ = ["OwnerNames", "names_at"]


class OwnerNames(Sequence[str]):
    """Names by key, as a list has them; a corpus never changes, so that later is as good.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    query : str
        Asks it for ``owner``, a whole number, and ``name``; each owner once.
    ids : array of int, shape (n,)
        The owners, in the order of the names. An owner without a name has "".
    """

    __slots__ = ("_corpus", "_ids", "_names", "_query")

    def __init__(self, corpus: Corpus, query: str, ids: IntArray) -> None:
        self._corpus: Corpus | None = corpus
        self._query = query
        self._ids = ids
        self._names: list[str] | None = None

    def at(self, places: IntArray) -> OwnerNames | list[str]:
        """Return the names at some places, in that order."""
        if self._corpus is None:
            names = self._fetched()
            return [names[place] for place in places.tolist()]
        return OwnerNames(self._corpus, self._query, self._ids[places])

    def __len__(self) -> int:
        """Return the number of names."""
        return len(self._ids)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        """Return a name, or a list of some."""
        return self._fetched()[place]

    def __array__(
        self, dtype: DTypeLike | None = None, *, copy: bool | None = None
    ) -> NDArray[Any]:
        """Return the names as an array."""
        del copy
        return np.array(self._fetched(), dtype=dtype or object)

    def __eq__(self, other: object) -> bool:
        """Tell whether the names are those of another list."""
        if isinstance(other, list | OwnerNames):
            return self._fetched() == list(other)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[type[list[str]], tuple[list[str]]]:
        """Copy and store the names alone."""
        return list, (self._fetched(),)

    def _fetched(self) -> list[str]:
        """Return the names, asking for them the first time."""
        if self._names is None and self._corpus is not None:
            found = self._corpus.columns(self._query)
            owner = np.asarray(found["owner"], dtype=np.int64)
            order = np.argsort(owner)
            place = order[np.searchsorted(owner[order], self._ids)]
            names = np.asarray(found["name"], dtype=object)[place].tolist()
            self._names, self._corpus = ["" if name is None else name for name in names], None
        return self._names or []


def names_at(names: Sequence[str], places: IntArray) -> Sequence[str]:
    """Return the names at some places, fetched no sooner than they are looked at.

    Parameters
    ----------
    names : sequence of str
        Names of owners.
    places : array of int, shape (n,)
        Where the wanted ones stand.

    Returns
    -------
    sequence of str
    """
    if isinstance(names, OwnerNames):
        return names.at(places)
    return [names[place] for place in places.tolist()]
