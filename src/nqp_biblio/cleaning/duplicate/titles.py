"""What a title tells of a work: the title without marks, a notice about a work, a part of one."""

from __future__ import annotations

import re
from typing import NamedTuple

from nqp_biblio.text.unicode import fold, strip_markup

__all__ = ["ToldTitle", "read_title"]


class ToldTitle(NamedTuple):
    """What a title tells.

    Attributes
    ----------
    base : str
        The title folded; of a notice, the title of the work it is about.
    kind : str
        erratum, retraction or comment; empty for the work itself.
    stem : str
        What stands before the number of a part; empty where no part is named.
    part : str
        The number of the part; empty where none is named.
    numbers : str
        The digits of the title in their order; II to XX are taken for digits.
    """

    base: str
    kind: str = ""
    stem: str = ""
    part: str = ""
    numbers: str = ""


_LONGEST = 1_000
_FIRST_WORDS = frozenset(
    (
        *("erratum", "errata", "corrigendum", "corrigenda", "correction", "corrections"),
        *("addendum", "author", "authors", "publisher", "publishers", "retraction", "retracted"),
        *("withdrawal", "withdrawn", "removal", "comment", "comments", "commentary", "reply"),
        *("response", "rejoinder", "discussion", "re", "notice", "invited", "expression"),
    )
)
_NOTICES = {
    "erratum": r"(?:author(?:s|['’]s|s['’])?\s|publisher(?:s|['’]s)?\s)?"
    r"(?:erratum|errata|corrigend(?:um|a)|corrections?|addendum)(?:\snotice)?",
    "retraction": r"(?:notice\sof\s)?(?:retraction|withdrawal|removal|expression\sof\sconcern)"
    r"(?:\snotice|\snote)?",
    "comment": r"(?:invited\s)?(?:the\s)?(?:authors?['’]?s?['’]?\s)?"
    r"(?:comments?|commentary|discussion|reply|response|rejoinder|re)(?:\sto\scomments?\b)?",
}
_ABOUT = r"(?:\s?[:.—–-]\s|\s(?:to|on|of|for)\b(?:\sthe\s(?:article|paper)\b)?\s?:?|$)"
_NAMED = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _NOTICES.items())
_NOTICE = re.compile(rf"\W{{0,3}}(?:{_NAMED}){_ABOUT}")
_ITSELF = re.compile(
    r"\W{0,3}(?:RETRACTED|WITHDRAWN|TEMPORARY REMOVAL)(?:\s(?:ARTICLE|CHAPTER|PAPER))?\s?[:\]]",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?<!\s)\s*[\[(]\s*(?:(?P<itself>retracted|withdrawn)|(?P<erratum>vol\b|erratum|corrigendum|"
    r"correction|addendum)|(?P<retraction>retraction))\b[^\[\]()]{0,200}[\])]\W{0,3}$",
    re.IGNORECASE,
)
_ROMAN = {
    name: str(at)
    for at, name in enumerate(
        ("ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii"), 2
    )
}
_SPELT = {"i": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", **_ROMAN}
_PART = re.compile(
    r"(?P<stem>.*?)\b(?:part|pt|teil|partie|parte) (?P<part>\d{1,3}|[ivx]{1,5}|[a-d]|one|two|three"
    r"|four|five)(?= |$)"
)
_LAST = re.compile(r"(?P<stem>.{10,}) (?P<part>\d{1,2}|[ivx]{1,5})$")
_INNER = re.compile(r"[\s(](?P<part>[IVX]{1,5})(?:[.:)]\s|\s[-–—]\s)")
_NUMBER = re.compile(r"\d+|\b(?:ii|iii|iv|vi|vii|viii|ix|xi|xii|xiii)\b")


def read_title(title: str) -> ToldTitle:
    """Tell what a title says of its work.

    Parameters
    ----------
    title : str
        A title as printed, in any script.

    Returns
    -------
    ToldTitle
        Its parts; ``base`` is empty where there is no letter.

    Examples
    --------
    >>> read_title("Erratum to: On the Origin of Species")
    ToldTitle(base='on the origin of species', kind='erratum', stem='', part='', numbers='')
    >>> read_title("Growth. Part II: Results").part
    '2'
    """
    text = title[:_LONGEST]
    if "<" in text or "&" in text or "*" in text or "\\" in text:
        text = strip_markup(text)
    kind = ""
    if text.endswith((")", "]", ").", ") ")) and (tail := _TAIL.search(text)):
        text = text[: tail.start()]
        kind = "" if tail["itself"] else str(tail.lastgroup)
    folded = fold(text)
    first = folded.partition(" ")[0]
    if first in _FIRST_WORDS:
        if itself := _ITSELF.match(text):
            folded = fold(text[itself.end() :])
        elif notice := _NOTICE.match(text.casefold()):
            kind = kind or str(notice.lastgroup)
            folded = fold(text.casefold()[notice.end() :])
    stem, part = _part_of(text, folded)
    return ToldTitle(folded, kind, stem, part, _numbers_of(folded, part))


def _part_of(text: str, folded: str) -> tuple[str, str]:
    """Return what stands before the number of a part, and that number."""
    found = None
    if " part" in folded or " teil" in folded or " pt " in folded or folded.startswith("part"):
        found = _PART.match(folded)
    if not found:
        last = folded.rpartition(" ")[2]
        if last in _SPELT or (last.isdecimal() and len(last) < 3):  # noqa: PLR2004  no year
            found = _LAST.fullmatch(folded)
    if found:
        return found["stem"].strip(), _SPELT.get(found["part"], found["part"])
    if ("I" in text or "V" in text or "X" in text) and (inner := _INNER.search(text)):
        part = inner["part"].lower()
        if part in _SPELT:
            return fold(text[: inner.start()]), _SPELT[part]
    return "", ""


def _numbers_of(folded: str, part: str) -> str:
    """Return the digits of a title, and the part where that is no number."""
    digits = "".join(_ROMAN.get(found, found) for found in _NUMBER.findall(folded))
    return digits if part in digits else f"{digits}#{part}"
