"""The values of one work from several records: the best of each, and where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["Gain", "value_gains"]

_Row = dict[str, Any]
_OWN = frozenset(
    (
        *("work_id", "role", "key", "confidence", "raw", "file", "line", "format", "et_al"),
        *("source_id", "year_raw", "volume_raw", "doi_raw", "cited_by_count"),
    )
)
_ALONG = {
    "source_raw": ("source_id",),
    "doi": ("doi_raw",),
    "publication_year": ("year_raw",),
    "volume": ("volume_raw",),
}
"""Columns that come along with another one."""

_LONGER = 1.5


class Gain(NamedTuple):
    """A value that a work gains.

    Attributes
    ----------
    column : str
        The column.
    before, after : object
        The value before and after.
    origin : int
        Which of the other records it comes from, from 0.
    """

    column: str
    before: object
    after: object
    origin: int


def value_gains(kept: _Row, others: Sequence[_Row]) -> list[Gain]:
    """Find the values of other records that are better than those of the kept one.

    Parameters
    ----------
    kept : dict
        Its row of ``works``.
    others : sequence of dict
        The rows of the other records, the best first.

    Returns
    -------
    list of Gain
        Missing values are filled from the first record that has one. A better title is one
        with its subtitle, or not in capitals; a better abstract is half as long again; a
        better date is more precise; a better year is that of the printed volume where the
        kept record has none. Of counts of citations the highest is taken, since databases
        count their own records only.
    """
    gains: list[Gain] = []
    for column in kept:
        if column in _OWN:
            continue
        for origin, other in enumerate(others):
            is_better = _BETTER.get(column, _fills)
            if is_better(kept, other, column):
                gains += _with_companions(kept, other, column, origin)
                break
    counts = [(row["cited_by_count"] or 0, -at) for at, row in enumerate(others)]
    most, at = max(counts, default=(0, 0))
    if most > (kept["cited_by_count"] or 0):
        gains.append(Gain("cited_by_count", kept["cited_by_count"], most, -at))
    return gains


def _with_companions(kept: _Row, other: _Row, column: str, origin: int) -> list[Gain]:
    """Return the gain of a column and of those that come along."""
    names = (column, *_ALONG.get(column, ()))
    return [
        Gain(name, kept[name], other[name], origin) for name in names if kept[name] != other[name]
    ]


def _fills(kept: _Row, other: _Row, column: str) -> bool:
    """Tell whether a value fills a gap."""
    return kept[column] is None and other[column] is not None


def _is_better_title(kept: _Row, other: _Row, column: str) -> bool:
    """Tell whether a title has its subtitle, or is not in capitals."""
    one, two = kept[column], other[column]
    if one is None or two is None:
        return one is None and two is not None
    mine, theirs = fold(one), fold(two)
    if mine == theirs:
        return bool(one.isupper() and not two.isupper())
    return theirs.startswith(f"{mine} ") and not two.isupper()


def _is_better_abstract(kept: _Row, other: _Row, column: str) -> bool:
    """Tell whether an abstract is much longer."""
    return len(other[column] or "") > _LONGER * len(kept[column] or "")


def _is_better_date(kept: _Row, other: _Row, column: str) -> bool:
    """Tell whether a date is the same, more precisely."""
    one, two = kept[column] or "", other[column] or ""
    return len(two) > len(one) and two.startswith(one)


def _is_better_year(kept: _Row, other: _Row, column: str) -> bool:
    """Tell whether a year is that of the printed volume, and the one there is not."""
    if other[column] is None:
        return False
    is_printed = other["volume"] is not None and kept["volume"] is None
    return kept[column] is None or (is_printed and kept[column] != other[column])


_BETTER: Mapping[str, Callable[[_Row, _Row, str], bool]] = {
    "title": _is_better_title,
    "abstract": _is_better_abstract,
    "publication_date": _is_better_date,
    "publication_year": _is_better_year,
}
