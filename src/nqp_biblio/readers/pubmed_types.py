"""Publication types of PubMed, to the types of CSL."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["type_of"]

_ALWAYS = {
    "preprint": "article",
    "book": "book",
    "books": "book",
    "book chapter": "chapter",
    "book section": "chapter",
    "dataset": "dataset",
    "newspaper article": "article-newspaper",
    "patent": "patent",
}
_WITHOUT_JOURNAL = {
    "academic dissertation": "thesis",
    "clinical conference": "paper-conference",
    "congress": "paper-conference",
    "consensus development conference": "paper-conference",
    "consensus development conference, nih": "paper-conference",
    "government publication": "report",
    "legislation": "legislation",
    "technical report": "report",
    "video-audio media": "motion_picture",
}
_PREFIXES = {"dissertations/theses": "thesis", "reports - ": "report"}
_JOURNALS = frozenset({"journal article", "journal articles"})


def type_of(printed: Iterable[str], usual: str = "article-journal") -> str:
    """Return the CSL type of a work with some publication types.

    Examples
    --------
    >>> type_of(["Journal Article", "Review"]), type_of(["Preprint"])
    ('article-journal', 'article')
    """
    names = [name.casefold() for name in printed]
    found = [_ALWAYS[name] for name in names if name in _ALWAYS]
    if not found and not _JOURNALS & set(names):
        found = [_WITHOUT_JOURNAL[name] for name in names if name in _WITHOUT_JOURNAL]
        found += [
            kind for name in names for prefix, kind in _PREFIXES.items() if name.startswith(prefix)
        ]
    return found[0] if found else usual
