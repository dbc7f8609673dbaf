"""Kinds of resources as DataCite names them, in CSL's words."""

from __future__ import annotations

import re

from nqp_biblio.readers.bibtex_kinds import CSL_TYPES

__all__ = ["is_plain_kind", "type_of_kind"]

_GENERAL = {
    "audiovisual": "motion_picture",
    "book": "book",
    "bookchapter": "chapter",
    "collection": "collection",
    "computationalnotebook": "software",
    "conferencepaper": "paper-conference",
    "conferenceproceeding": "book",
    "datapaper": "article-journal",
    "dataset": "dataset",
    "dissertation": "thesis",
    "event": "event",
    "film": "motion_picture",
    "image": "graphic",
    "journal": "periodical",
    "journalarticle": "article-journal",
    "peerreview": "review",
    "poster": "speech",
    "presentation": "speech",
    "preprint": "article",
    "report": "report",
    "software": "software",
    "sound": "song",
    "standard": "standard",
}
"""The general types of the schema that CSL has a word for."""

_FREE = {
    "article": "article-journal",
    "bachelorthesis": "thesis",
    "blogpost": "post-weblog",
    "blogposting": "post-weblog",
    "bookpart": "chapter",
    "booksection": "chapter",
    "chapter": "chapter",
    "conferencecontribution": "paper-conference",
    "conferenceobject": "paper-conference",
    "conferenceproceedings": "book",
    "doctoralthesis": "thesis",
    "ebook": "book",
    "journalcontribution": "article-journal",
    "lecture": "speech",
    "manuscript": "manuscript",
    "map": "map",
    "masterthesis": "thesis",
    "mastersthesis": "thesis",
    "monograph": "book",
    "newspaperarticle": "article-newspaper",
    "patent": "patent",
    "phdthesis": "thesis",
    "researchpaper": "article-journal",
    "scholarlyarticle": "article-journal",
    "technicalreport": "report",
    "thesis": "thesis",
    "webpage": "webpage",
    "workingpaper": "report",
}
"""Kinds in free words that go with the general type Text."""

_RIS = {
    "BLOG": "post-weblog",
    "BOOK": "book",
    "CHAP": "chapter",
    "COMP": "software",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "DATA": "dataset",
    "JOUR": "article-journal",
    "THES": "thesis",
}
_PLAIN = frozenset(("dataset", "software", "journalarticle", "book", "bookchapter", "dissertation"))


def type_of_kind(general: str, free: str, mapped: tuple[str, str] = ("", "")) -> str:
    """Return the CSL type of a resource.

    Parameters
    ----------
    general : str
        Its general type, of the schema's list.
    free : str
        Its type in words of the depositor.
    mapped : (str, str)
        What the agency maps the two to: a type of CSL and one of RIS, or empty.

    Examples
    --------
    >>> type_of_kind("Text", "Doctoral Thesis"), type_of_kind("BookChapter", "")
    ('thesis', 'chapter')
    """
    known = _GENERAL.get(_bare(general))
    if known is not None:
        return known
    said = _FREE.get(_bare(free)) or _GENERAL.get(_bare(free))
    if said is not None and _bare(general) in ("text", "other", ""):
        return said
    csl, ris = mapped
    if csl in CSL_TYPES and csl != "article":
        return csl
    return _RIS.get(ris, "document")


def is_plain_kind(general: str, free: str) -> bool:
    """Whether the CSL type says all that the two types say."""
    return _bare(general) in _PLAIN and _bare(free) in ("", _bare(general))


def _bare(kind: str) -> str:
    """Return a kind as letters alone, so that Journal Article and JournalArticle are one."""
    return re.sub(r"[^a-z]+", "", kind.casefold())
