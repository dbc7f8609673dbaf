"""Rules of the lint on whole records: fields that must be there, and retractions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.cleaning.lint.work import Found, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nqp_biblio.cleaning.lint.work import Work

__all__ = ["RULES", "is_retracted", "is_retraction"]

_NEEDS_SOURCE = {
    "article-journal": "journal",
    "chapter": "book",
    "paper-conference": "proceedings",
}
_NEEDS_PUBLISHER = {"book": "publisher", "thesis": "school", "report": "institution"}
_BIBTEX = "bibtex"

_RETRACTED_TITLE = re.compile(
    r"^\W*(?:(?:this\s)?(?:article\s)?(?:retracted|withdrawn|removed)(?:\s(?:article|paper|chapter))?"
    r"\s?[:\])—–]|(?:retracted|withdrawn)\s(?:article|paper)\b)"
    r"|[(\[]\s?(?:retracted|withdrawn)(?:\s(?:article|paper|by|in|on|see)|\W)[^()\[\]]{0,200}[)\]]?\W*$",
    re.IGNORECASE,
)
_NOTICE_TITLE = re.compile(
    r"^\W*(?:(?:partial\s)?retraction(?:\s?(?:notice|note|statement))?(?:\s(?:of|to|for)\b|\s?[:\]—–])"
    r"|(?:partial\s)?retraction\W*$|retraction\s(?:notice|note|statement)\b"
    r"|notice\sof\s(?:retraction|withdrawal)\b|withdrawal(?:\s?(?:notice|statement)|:|\sof\s?:))",
    re.IGNORECASE,
)
_RETRACTED_KIND = re.compile(r"\bretracted\b|\bwithdrawn publication\b", re.IGNORECASE)
_NOTICE_KIND = re.compile(
    r"\bretraction of publication\b|\bretraction notice\b|^retraction$|;\s?retraction\b",
    re.IGNORECASE,
)
_RETRACTED_FIELDS = frozenset(
    ("RIN", "RetractionIn", "retracted_by", "RetractionDOI", "RetractionNature")
)
_FLAGS = frozenset(("is_retracted", "hasRetraction"))
_TRUE = frozenset(("true", "yes", "y", "1"))
_NOTICE_FIELDS = frozenset(("ROF", "RetractionOf"))
_UPDATE = re.compile(
    r'"type"\s?:\s?"(?:partial_)?(?:retraction|withdrawal|removal)"', re.IGNORECASE
)
_KINDS = ("PT", "PublicationType", "DT", "document_type", "document type")


def is_retracted(work: Work) -> str | None:
    """Say by what a work is told to be retracted; None where nothing says so."""
    return _told(work, _RETRACTED_TITLE, _RETRACTED_KIND, _says_retracted)


def is_retraction(work: Work) -> str | None:
    """Say by what a work is told to be a notice of retraction; None where nothing says so."""
    return _told(work, _NOTICE_TITLE, _NOTICE_KIND, _says_notice)


def _told(
    work: Work,
    title: re.Pattern[str],
    kind: re.Pattern[str],
    is_told: Callable[[str, str], bool],
) -> str | None:
    """Look at the title, the kind of work and the fields, in this order."""
    if work["title"] and title.search(work["title"]):
        return "title"
    if work["genre"] and kind.search(work["genre"]):
        return "genre"
    for name, value in work.fields:
        if (name in _KINDS and kind.search(value)) or is_told(name, value):
            return name
    return None


def _says_retracted(name: str, value: str) -> bool:
    flagged = name in _FLAGS and value.casefold() in _TRUE
    return (
        flagged or name in _RETRACTED_FIELDS or bool(name == "updated-by" and _UPDATE.search(value))
    )


def _says_notice(name: str, value: str) -> bool:
    return name in _NOTICE_FIELDS or bool(name == "update-to" and _UPDATE.search(value))


def _retracted(work: Work) -> Iterator[Found]:
    name = is_retracted(work)
    if name is not None:
        yield Found(name, _value(work, name), "the work is retracted")


def _notice(work: Work) -> Iterator[Found]:
    name = is_retraction(work)
    if name is not None:
        yield Found(name, _value(work, name), "the work is the notice of a retraction")


def _value(work: Work, name: str) -> str | None:
    return next((value for n, value in work.fields if n == name), work.values.get(name))


def _no_source(work: Work) -> Iterator[Found]:
    what = _NEEDS_SOURCE.get(work["type"])
    if what and not work["source_raw"] and not work["series"] and not work["event"]:
        yield Found("source_raw", None, f"no {what}")


def _no_publisher(work: Work) -> Iterator[Found]:
    what = _NEEDS_PUBLISHER.get(work["type"])
    if what and not work["publisher"] and (work["format"] or "") == _BIBTEX:
        yield Found("publisher", None, f"no {what}, which BibTeX asks for")


RULES = (
    Rule("F001", "warning", "no journal, book or proceedings that it stands in", _no_source),
    Rule("F002", "info", "no publisher, school or institution in BibTeX", _no_publisher),
    Rule("R001", "error", "retracted work", _retracted),
    Rule("R002", "warning", "notice of a retraction", _notice),
)
"""Rules on whole records."""
