"""Reference types of EndNote, by name and by number, to the types of CSL."""

from __future__ import annotations

__all__ = ["type_of"]

_TYPE_OF_NAME: dict[str, str] = {
    "aggregated database": "dataset",
    "ancient text": "classic",
    "artwork": "graphic",
    "audiovisual material": "motion_picture",
    "bill": "bill",
    "blog": "post-weblog",
    "book": "book",
    "book section": "chapter",
    "case": "legal_case",
    "catalog": "book",
    "chart or table": "figure",
    "classical work": "classic",
    "computer program": "software",
    "conference paper": "paper-conference",
    "conference proceedings": "paper-conference",
    "dataset": "dataset",
    "dictionary": "entry-dictionary",
    "discussion forum": "post",
    "dissertation": "thesis",
    "edited book": "book",
    "electronic article": "article-journal",
    "electronic book": "book",
    "electronic book section": "chapter",
    "electronic source": "webpage",
    "encyclopedia": "entry-encyclopedia",
    "equation": "figure",
    "figure": "figure",
    "film or broadcast": "motion_picture",
    "government document": "report",
    "hearing": "hearing",
    "interview": "interview",
    "journal": "article-journal",
    "journal article": "article-journal",
    "legal rule or regulation": "regulation",
    "magazine article": "article-magazine",
    "manuscript": "manuscript",
    "map": "map",
    "multimedia application": "software",
    "music": "musical_score",
    "newspaper article": "article-newspaper",
    "online database": "dataset",
    "online multimedia": "webpage",
    "pamphlet": "pamphlet",
    "patent": "patent",
    "personal communication": "personal_communication",
    "podcast": "song",
    "preprint": "article",
    "press release": "document",
    "report": "report",
    "serial": "periodical",
    "social media": "post",
    "standard": "standard",
    "statute": "legislation",
    "television episode": "motion_picture",
    "thesis": "thesis",
    "unpublished work": "manuscript",
    "web page": "webpage",
}
_NAME_OF_NUMBER: dict[str, str] = {
    "0": "journal article",
    "1": "book",
    "2": "thesis",
    "3": "conference proceedings",
    "5": "book section",
    "6": "book",
    "10": "conference proceedings",
    "17": "journal article",
    "19": "magazine article",
    "23": "newspaper article",
    "25": "patent",
    "27": "report",
    "28": "edited book",
    "32": "thesis",
    "34": "unpublished work",
    "46": "government document",
    "47": "conference paper",
    "59": "dataset",
}


def type_of(name: str, number: str = "") -> str | None:
    """Return the CSL type of a reference type, None where there is none for it.

    Examples
    --------
    >>> type_of("Book Section"), type_of("", "17"), type_of("Generic", "13")
    ('chapter', 'article-journal', None)
    """
    known = name.casefold() or _NAME_OF_NUMBER.get(number, "")
    return _TYPE_OF_NAME.get(known)
