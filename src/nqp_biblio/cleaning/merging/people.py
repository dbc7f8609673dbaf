"""The authors of one work from two sources: the fuller list, full names, ORCIDs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["align_people", "is_fuller", "person_gains"]

_Row = dict[str, Any]
_LEAST_SHARED = 0.8


def align_people(ones: Sequence[_Row], others: Sequence[_Row]) -> list[int | None]:
    """Find for each person of one list the same person in another list of the same work.

    Parameters
    ----------
    ones : sequence of dict
        Rows of ``authorships`` of one role, in order.
    others : sequence of dict
        Rows of the same role of the other record.

    Returns
    -------
    list of int or None
        For each of `others` the place in `ones`; None where it is not found, or not alone
        of its name.
    """
    mine, theirs = [_name(row) for row in ones], [_name(row) for row in others]
    if len(mine) == len(theirs):
        n_same = sum(a == b or a in b or b in a for a, b in zip(mine, theirs, strict=True))
        if n_same >= _LEAST_SHARED * len(mine):
            return list(range(len(mine)))
    return [
        mine.index(name) if mine.count(name) == 1 and theirs.count(name) == 1 else None
        for name in theirs
    ]


def is_fuller(others: Sequence[_Row], ones: Sequence[_Row], *, is_cut: bool) -> bool:
    """Tell whether a list is to be taken whole in the place of another.

    Parameters
    ----------
    others, ones : sequence of dict
        Rows of ``authorships`` of one role: the list offered, and the one there.
    is_cut : bool
        Whether the list there is cut by et al.
    """
    if not ones:
        return bool(others)
    names = {_name(row) for row in ones}
    n_shared = len(names & {_name(row) for row in others})
    holds_all = n_shared >= _LEAST_SHARED * len(names)
    is_longer = len(others) > len(ones)
    return is_longer and holds_all and (is_cut or len(ones) == 1 or len(others) >= 2 * len(ones))


def person_gains(one: _Row, other: _Row) -> dict[str, str]:
    """Return what a person gains from the same person of another record.

    Parameters
    ----------
    one, other : dict
        Rows of ``authorships``.

    Returns
    -------
    dict of str to str
        Full given names in the place of initials, an ORCID, particle or suffix it lacks.

    Examples
    --------
    >>> blank = dict.fromkeys(("family", "particle", "suffix", "orcid", "literal"))
    >>> person_gains(blank | {"given": "A. B."}, blank | {"given": "Ann Beth"})
    {'given': 'Ann Beth'}
    """
    gains = {}
    if one["literal"] is None and other["literal"] is None:
        if _is_fuller_name(one["given"], other["given"]):
            gains["given"] = other["given"]
        for name in ("particle", "suffix"):
            if one[name] is None and other[name] is not None and one["family"] == other["family"]:
                gains[name] = other[name]
    if one["orcid"] is None and other["orcid"] is not None:
        gains["orcid"] = other["orcid"]
    return gains


def _name(row: _Row) -> str:
    """Return a name for comparing."""
    return fold(row["family"] or row["literal"] or row["name_raw"] or "")


def _is_fuller_name(given: str | None, other: str | None) -> bool:
    """Tell whether given names say more than those there, and agree with them."""
    if not other:
        return False
    if not given:
        return True
    words, others = _initials_or_words(given), fold(other).split()
    has_word = any(len(word) > 1 for word in others)
    if not has_word or len(others) < len(words) or len("".join(others)) <= len("".join(words)):
        return False
    return all(b.startswith(a) for a, b in zip(words, others, strict=False))


def _initials_or_words(given: str) -> list[str]:
    """Return the words of given names, of initials written together each one."""
    words = []
    for word in given.replace(".", " ").split():
        is_initials = word.isupper() and len(word) < 4  # noqa: PLR2004  AB, not ANN MARIE
        words += [fold(sign) for sign in word] if is_initials else fold(word).split()
    return [word for word in words if word]
