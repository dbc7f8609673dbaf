"""What tells works with nearly one title apart: part, edition, erratum, reply, review, preprint."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nqp_biblio.services.imprint import find_editions
from nqp_biblio.text.unicode import fold, strip_markup

if TYPE_CHECKING:
    from nqp_biblio.record import Record

__all__ = ["find_conflicts"]

_KINDS = {
    "erratum": r"(?:author |publishers? )?"
    r"(?:erratum|errata|corrigend\w{1,3}|corrections?(?= to| for|$))(?: to| for)?",
    "retraction": r"retract\w{0,4}|withdrawn|withdrawal|expression of concern|removal notice",
    "addendum": r"addend\w{1,3}",
    "reply": r"(?:the )?(?:authors? )?(?:reply|response|rejoinder|re)(?: to)?",
    "comment": r"(?:invited )?(?:comments?|commentary|discussion|letter)(?: on| to| of)?",
    "review": r"(?:a |book )?reviews?(?: of)?",
    "abstract": r"abstract|poster|supplement\w{0,4}(?: to)?",
    "translation": r"translation(?: of)?",
    "editorial": r"editorial|preface|faculty opinions recommendation of|faculty of 1000",
}
"""Kinds of works about another work, and how their titles begin or end, folded."""

_FIRST = {kind: re.compile(rf"(?:{pattern})(?: |$)") for kind, pattern in _KINDS.items()}
_LAST = {
    kind: re.compile(rf"(?:^|.* )(?:{_KINDS[kind]})$")
    for kind in ("erratum", "retraction", "addendum", "reply", "comment")
}
_ROMAN = {
    name: at
    for at, name in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"), 1)
}
_NUMBER = rf"(?:{'|'.join(_ROMAN)}|\d{{1,2}}|one|two|three|four|five)"
_SPELT = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_PART = re.compile(rf"(?:^| )(?:part|pt|teil|partie|parte|chapter|volume|vol) ({_NUMBER})(?= |$)")
_LAST_NUMBER = re.compile(rf" ({_NUMBER})$")
_PREPRINT = re.compile(
    r"arxiv|biorxiv|medrxiv|chemrxiv|psyarxiv|socarxiv|preprint|ssrn|research ?square"
    r"|working paper|discussion paper|techrxiv|eartharxiv|osf"
)
_MOST = 4_000
_WORDS, _END, _MOST_PARTS = 5, 12, 20


def find_conflicts(record: Record, candidate: Record) -> tuple[str, ...]:
    """Name what speaks against two works being one, however like they are.

    Parameters
    ----------
    record : Record
        A work as printed.
    candidate : Record
        A work as a service gives it.

    Returns
    -------
    tuple of str
        Each in words, such as ``"part 2, not printed"``; empty where nothing speaks against.

    Examples
    --------
    >>> from nqp_biblio.record import Record
    >>> find_conflicts(Record(title="On X"), Record(title="Erratum: On X"))
    ('erratum: on one side only',)
    """
    printed = fold(strip_markup(record.title or ""))[:_MOST]
    found = fold(strip_markup(candidate.title or ""))[:_MOST]
    whole = _folded((record.raw or "")[:_MOST])
    conflicts = []
    if found and (printed or whole):
        conflicts += _of_kind(printed, found, whole)
        conflicts += _of_part(printed, found, whole)
    conflicts += _of_preprint(record, candidate, f"{whole} {printed}")
    if editions := find_editions(record, candidate):
        conflicts.append(f"edition {editions[1]}, not {editions[0]}")
    container = fold(strip_markup(record.source_raw or ""))
    if found and container and printed != container and _is_much_of(found, container):
        conflicts.append("the whole in which the work stands")
    whole_found = fold(strip_markup(candidate.source_raw or ""))
    if printed and found != printed and _is_much_of(printed, whole_found):
        conflicts.append("a part of what is printed")
    return tuple(conflicts)


def _is_much_of(found: str, container: str) -> bool:
    """Whether a title is that of the book or series printed, of more than a word or two."""
    return found == container or (len(found.split()) > _WORDS and container.startswith(found))


@lru_cache(maxsize=64)
def _folded(raw: str) -> str:
    """Fold a string; the same one meets many candidates in a row."""
    return fold(strip_markup(raw))


def _kinds(title: str) -> set[str]:
    """Tell what a title begins or ends as."""
    first = {kind for kind, pattern in _FIRST.items() if pattern.match(title)}
    return first | {kind for kind, pattern in _LAST.items() if pattern.fullmatch(title)}


def _added(printed: str, found: str) -> tuple[str, str]:
    """Return what one title has before, and behind, the whole of the other."""
    short, long = sorted((printed, found), key=len)
    if short and long.endswith(f" {short}"):
        return long.removesuffix(short).strip(), ""
    if short and long.startswith(f"{short} "):
        return "", long.removeprefix(short).strip()
    return "", ""


def _of_kind(printed: str, found: str, whole: str) -> list[str]:
    """Find a kind of work that only one of two titles names."""
    before, behind = _added(printed, found)
    more = {kind for kind, pattern in _FIRST.items() if before and pattern.fullmatch(before)}
    more |= {kind for kind, pattern in _LAST.items() if behind and pattern.fullmatch(behind)}
    ours, theirs = _kinds(printed), _kinds(found)
    if not more and (ours == theirs or (theirs - ours and _stands_in(found, whole))):
        return []
    return [f"{kind}: on one side only" for kind in sorted(more or ours ^ theirs)]


def _stands_in(found: str, whole: str) -> bool:
    """Whether a title stands in the string with the words at its ends."""
    words = found.split()
    start, end = " ".join(words[:_WORDS]), " ".join(words[-_WORDS:])
    return bool(whole) and start in whole and end in whole


def _part(title: str) -> int | None:
    """Return the number of the part that a title names, or ends with; the first is none."""
    found = _PART.search(title) or _LAST_NUMBER.search(title)
    if found is None:
        return None
    text = found[1]
    number = _ROMAN.get(text) or _SPELT.get(text) or int(text)
    return number if 1 < number <= _MOST_PARTS else None


def _of_part(printed: str, found: str, whole: str) -> list[str]:
    """Find a part that only one of two titles names, or another one."""
    added = _added(printed, found)[1]
    is_longer = len(found) > len(printed)
    if added and is_longer and (more := _part(f" {added}")):
        return [f"part {more}, not printed"]
    ours, theirs = _part(printed), _part(found)
    end = found.replace(" ", "")[-_END:]
    if ours == theirs or (theirs is not None and end in whole.replace(" ", "")):
        return []
    if theirs is not None:
        return [f"part {theirs}, not printed" if ours is None else f"part {theirs}, not {ours}"]
    if added and is_longer:
        return []  # the printed title was cut at a number
    return [f"part {ours}, which the candidate does not name"]


def _of_preprint(record: Record, candidate: Record, whole: str) -> list[str]:
    """Find a preprint where the reference gives a place of publication."""
    venue = fold(candidate.source_raw or candidate.publisher or "")
    kinds = {text for name, text in candidate.fields if name == "type"}
    is_preprint = bool(_PREPRINT.search(venue)) or "posted-content" in kinds or "preprint" in kinds
    if not is_preprint or _PREPRINT.search(f"{whole} {fold(record.source_raw or '')}"):
        return []
    return ["a preprint, where another place is printed"] if record.source_raw or whole else []
