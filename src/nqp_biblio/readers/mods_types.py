"""Kinds of works in MODS, in CSL's words."""

from __future__ import annotations

__all__ = ["type_of_genres"]

_GENRES = {
    "academic journal": "article-journal",
    "article": "article-journal",
    "artikel": "article-journal",
    "blog": "post-weblog",
    "blog post": "post-weblog",
    "book": "book",
    "book chapter": "chapter",
    "book review": "review-book",
    "book section": "chapter",
    "brief": "personal_communication",
    "chapter": "chapter",
    "computer program": "software",
    "conference paper": "paper-conference",
    "conference proceeding": "book",
    "conference proceedings": "book",
    "conference publication": "book",
    "data set": "dataset",
    "dataset": "dataset",
    "doctoral thesis": "thesis",
    "dissertation": "thesis",
    "electronic book": "book",
    "encyclopedia article": "entry-encyclopedia",
    "hearing": "hearing",
    "in proceedings": "paper-conference",
    "inproceedings": "paper-conference",
    "interview": "interview",
    "journal": "periodical",
    "journal article": "article-journal",
    "lecture": "speech",
    "legal case": "legal_case",
    "legislation": "legislation",
    "letter": "personal_communication",
    "magazine article": "article-magazine",
    "manuscript": "manuscript",
    "map": "map",
    "master thesis": "thesis",
    "masters thesis": "thesis",
    "monograph": "book",
    "motion picture": "motion_picture",
    "magazine": "article-magazine",
    "newspaper": "article-newspaper",
    "newspaper article": "article-newspaper",
    "patent": "patent",
    "periodical": "periodical",
    "preprint": "article",
    "report": "report",
    "review": "review",
    "review article": "article-journal",
    "series": "periodical",
    "software": "software",
    "speech": "speech",
    "standard or specification": "standard",
    "technical report": "report",
    "theses": "thesis",
    "thesis": "thesis",
    "web page": "webpage",
    "web site": "webpage",
    "working paper": "report",
}
_RESOURCES = {
    "cartographic": "map",
    "moving image": "motion_picture",
    "notated music": "musical_score",
    "software, multimedia": "software",
    "sound recording": "song",
    "sound recording-musical": "song",
    "sound recording-nonmusical": "song",
    "still image": "graphic",
}
_PART_OF = {"periodical": "article-journal"}
"""What a work in a host of this kind is."""

_ONGOING = ("continuing", "serial", "integrating resource")


def type_of_genres(genres: list[str], resource: str, issuance: tuple[str, str, bool]) -> str:
    """Return the CSL type of a work.

    Parameters
    ----------
    genres : list of str
        Its genres; the first one that names a kind of publication decides.
    resource : str
        Its type of resource.
    issuance : (str, str, bool)
        How it and its host are issued, empty where not said, and whether it has a host that
        has volumes or an ISSN; for the host "" means one and "-" none.

    Examples
    --------
    >>> type_of_genres(["bibliography"], "text", ("monographic", "-", False))
    'book'
    """
    own, host, is_in_journal = issuance
    known = (_GENRES.get(genre.strip(" .").casefold()) for genre in genres)
    genre = next(filter(None, known), None)
    if genre == "book" and host != "-":
        is_part = own != "monographic"
        return "paper-conference" if _is_conference(genres) else "chapter" if is_part else genre
    if genre is not None:
        return _PART_OF.get(genre, genre) if host != "-" else genre
    if resource.casefold() in _RESOURCES:
        return _RESOURCES[resource.casefold()]
    if own == "monographic":
        return "book"
    if host != "-":
        return "article-journal" if is_in_journal or host in _ONGOING else "chapter"
    return "periodical" if own in _ONGOING else "document"


def _is_conference(genres: list[str]) -> bool:
    """Whether one of the genres is a conference."""
    return any("conference" in genre.casefold() for genre in genres)
