"""Kinds of item in Zotero, to the types of CSL."""

from __future__ import annotations

__all__ = ["type_of"]

_TYPES: dict[str, str] = {
    "annotation": "document",
    "artwork": "graphic",
    "audioRecording": "song",
    "bill": "bill",
    "blogPost": "post-weblog",
    "book": "book",
    "bookSection": "chapter",
    "case": "legal_case",
    "computerProgram": "software",
    "conferencePaper": "paper-conference",
    "dataset": "dataset",
    "dictionaryEntry": "entry-dictionary",
    "document": "document",
    "email": "personal_communication",
    "encyclopediaArticle": "entry-encyclopedia",
    "film": "motion_picture",
    "forumPost": "post",
    "hearing": "hearing",
    "instantMessage": "personal_communication",
    "interview": "interview",
    "journalArticle": "article-journal",
    "letter": "personal_communication",
    "magazineArticle": "article-magazine",
    "manuscript": "manuscript",
    "map": "map",
    "newspaperArticle": "article-newspaper",
    "patent": "patent",
    "podcast": "song",
    "preprint": "article",
    "presentation": "speech",
    "radioBroadcast": "broadcast",
    "report": "report",
    "standard": "standard",
    "statute": "legislation",
    "thesis": "thesis",
    "treaty": "treaty",
    "tvBroadcast": "broadcast",
    "videoRecording": "motion_picture",
    "webpage": "webpage",
}
_FOLDED = {name.casefold(): kind for name, kind in _TYPES.items()}


def type_of(name: str) -> str | None:
    """Return the CSL type of a kind of item, None where there is none for it.

    Examples
    --------
    >>> type_of("journalArticle"), type_of("poem")
    ('article-journal', None)
    """
    return _FOLDED.get(name.strip().casefold())
