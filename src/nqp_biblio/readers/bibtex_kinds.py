"""Kinds of BibTeX and biblatex entries and the types of CSL that they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

__all__ = ["CONTAINERS", "CSL_TYPES", "TYPE_OF_KIND", "is_verbatim", "kind_of", "type_of"]

TYPE_OF_KIND: dict[str, str] = {
    "article": "article-journal",
    "artwork": "graphic",
    "audio": "song",
    "book": "book",
    "bookinbook": "chapter",
    "booksection": "chapter",
    "booklet": "pamphlet",
    "codefragment": "software",
    "collection": "book",
    "computerprogram": "software",
    "conference": "paper-conference",
    "conferencepaper": "paper-conference",
    "conferenceproceedings": "paper-conference",
    "constitution": "legislation",
    "data": "dataset",
    "dataset": "dataset",
    "electronic": "webpage",
    "encyclopediaarticle": "entry-encyclopedia",
    "film": "motion_picture",
    "image": "graphic",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia",
    "interview": "interview",
    "journalarticle": "article-journal",
    "jurisdiction": "legal_case",
    "legadminmaterial": "regulation",
    "legal": "legislation",
    "legislation": "legislation",
    "legmaterial": "legislation",
    "letter": "personal_communication",
    "magazine": "article-magazine",
    "magazinearticle": "article-magazine",
    "manual": "book",
    "map": "map",
    "mastersthesis": "thesis",
    "misc": "document",
    "movie": "motion_picture",
    "music": "song",
    "mvbook": "book",
    "mvcollection": "book",
    "mvproceedings": "book",
    "mvreference": "book",
    "newspaper": "article-newspaper",
    "newspaperarticle": "article-newspaper",
    "online": "webpage",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "phdthesis": "thesis",
    "preprint": "article",
    "presentation": "speech",
    "proceedings": "book",
    "reference": "book",
    "report": "report",
    "review": "review",
    "software": "software",
    "softwaremodule": "software",
    "softwareversion": "software",
    "standard": "standard",
    "suppbook": "chapter",
    "suppcollection": "chapter",
    "suppperiodical": "article-journal",
    "talk": "speech",
    "techreport": "report",
    "televisionbroadcast": "broadcast",
    "thesis": "thesis",
    "unpublished": "manuscript",
    "video": "motion_picture",
    "webpage": "webpage",
    "www": "webpage",
}
"""CSL type of a kind of entry, its underscores left out; one that is not here is a document."""

_KIND_OF_TYPE: dict[str, str] = {
    "article": "preprint",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "dataset": "dataset",
    "document": "misc",
    "entry": "inreference",
    "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference",
    "graphic": "image",
    "interview": "interview",
    "legal_case": "jurisdiction",
    "legislation": "legislation",
    "manuscript": "unpublished",
    "map": "map",
    "motion_picture": "video",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "personal_communication": "letter",
    "post": "online",
    "post-weblog": "online",
    "report": "techreport",
    "review": "review",
    "software": "software",
    "song": "audio",
    "speech": "presentation",
    "standard": "standard",
    "thesis": "thesis",
    "webpage": "online",
}
"""Kind of entry that a CSL type is written as; a type that is not here is misc."""

_DOCTORAL = re.compile(r"\b(?:ph\.? ?d|doctoral|doctor|dissertation)\b", re.IGNORECASE)
_MASTERS = re.compile(r"\bmaster", re.IGNORECASE)

_CSL_TYPES_TEXT = """
    article article-journal article-magazine article-newspaper bill book broadcast chapter
    classic collection dataset document entry entry-dictionary entry-encyclopedia event figure
    graphic hearing interview legal_case legislation manuscript map motion_picture
    musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software
    song speech standard thesis treaty webpage
    """
CSL_TYPES = frozenset(_CSL_TYPES_TEXT.split())
"""The types of CSL 1.0.2."""

CONTAINERS = frozenset({"set", "xdata"})
"""Kinds that hold fields or keys for other entries and are no works themselves."""

_VERBATIM_TEXT = """
    acmid ads_url adsurl bdsk-url biburl doi ee eprint file ids local-url opturl pdf
    swhid uri url urlraw verba verbb verbc
    """
_VERBATIM = frozenset(_VERBATIM_TEXT.split())
_VERBATIM_STARTS = ("bdsk-", "local-zo-url", "url_", "file-")


def type_of(kind: str, names: Container[str] = ()) -> str:
    """Return the CSL type of a kind of entry.

    Parameters
    ----------
    kind : str
        The kind in lower case; reference managers write web_page and book_section too.
    names : container of str
        Names of the fields of the entry; Mendeley's "generic" is an article in a journal.

    Examples
    --------
    >>> type_of("book_section"), type_of("generic", {"journal"}), type_of("generic")
    ('chapter', 'article-journal', 'document')
    """
    bare = kind.replace("_", "")
    if bare == "generic" and any(name in names for name in ("journal", "issue", "volume")):
        return "article-journal"
    return TYPE_OF_KIND.get(bare, "document")


def kind_of(csl_type: str | None, genre: str | None) -> str:
    """Return the kind of entry that a work is written as.

    Examples
    --------
    >>> kind_of("thesis", "PhD thesis"), kind_of("report", None), kind_of("classic", None)
    ('phdthesis', 'techreport', 'misc')
    """
    kind = _KIND_OF_TYPE.get(csl_type or "", "misc")
    if kind == "thesis" and genre:
        if _DOCTORAL.search(genre):
            return "phdthesis"
        return "mastersthesis" if _MASTERS.search(genre) else kind
    return kind


def is_verbatim(name: str) -> bool:
    """Tell whether a field holds an address or code, in which LaTeX is not decoded."""
    return name in _VERBATIM or name.startswith(_VERBATIM_STARTS)
