"""Title and container within a printed reference."""

from __future__ import annotations

import re
from typing import NamedTuple

from nqp_biblio.readers.reference_words import ABBREVIATIONS, HOST_WORDS, JOURNAL_WORDS, SMALL_WORDS

__all__ = ["Host", "find_host", "find_quoted", "is_host_name", "split_title"]

_QUOTES = {
    "“": "”",
    '"': '"',
    "«": "»",
    "‘": "’",
    "„": "“",
    "'": "'",
    "`": "'",
    "”": "”",
    "『": "』",
    "「": "」",
}
_OPENING = re.compile(r"[\s,.:;(–-]{0,4}(``|''|[“\"«‘„'`”「『])")
_HOST = re.compile(
    r"(?:(?<=[.,;:?!”\"’»)\]'])\s?|(?<=\s[–-]\s)|(?<=[a-z]{4})\s(?=In:|In\s[A-Z]))\(?(?P<word>"
    r"[Ii]n\s?:|IN\s?:|[Dd]ans\s?:?|[Ee]n\s?:|[Ee]m\s?:"
    r"|In\b(?!\s(?:the|a|this|vitro|vivo|situ|silico|search|press|defense|defence|pursuit|print|which|what)\b(?![^.]{0,60}[Pp]roc))"
    r"|IN\b(?=\s[A-Z][a-z])"
    r"|in\b(?=\s(?:the\s)?(?:Proc|[A-Z][^()]{0,120}\(?(?:\b[Ee]ds?\b\.?|[Hh]rsg|a\scura\sdi|[Pp]roceedings|[Cc]onference|[Hh]andbook)|[“\"‘«])))"
    r"\s*(?=[^\s\d,.;a-z]|d['’]|the\s|\d{4}\s[A-Z]|[a-z]{1,3}\s[A-Z])(?![A-Z][a-z]+\))"
)
_DELIMITER = re.compile(
    r"(?P<stop>[.?!…][\"”’)\]]{0,2}|[\"”’])\s+|\s?(?P<weak>[,;:])\s?(?=[^\s\d])|\s(?P<dash>[–—-])\s|(?<=[a-z])\s?(?P<tight>[.?!])(?=[A-Z])"
)
_ABBREVIATION_MAX = 5
_EMPTY = " .,;:–-"
_MAX_NAME = 400


class Host(NamedTuple):
    """The word "In" and where it stands."""

    start: int
    end: int


def find_quoted(masked: str, start: int) -> tuple[int, int, int] | None:
    """Find a title in quotation marks where the title has to begin.

    Returns
    -------
    begin, end, after : int
        The quoted text, and where the rest begins; None where no quote opens there.
    """
    opening = _OPENING.match(masked, start)
    if opening is None:
        return None
    sign = opening.group(1)
    closing = {"``": "''", "''": "''"}.get(sign) or _QUOTES[sign]
    begin = opening.end()
    at = begin
    while (at := masked.find(closing, at)) >= 0:
        following = masked[at + len(closing) : at + len(closing) + 1]
        ended = masked[begin:at].rstrip()[-1:] in tuple(",.?!")
        if (ended or not following.isalnum()) and (at - begin) > 3:  # noqa: PLR2004
            break
        at += 1
    if at < 0:
        if sign == "“" and (at := masked.find('"', begin)) > 0:
            return begin, at, at + 1
        return None
    return begin, at, at + len(closing)


def find_host(masked: str, start: int, end: int) -> Host | None:
    """Find the word that leads to the book or proceedings a chapter stands in."""
    for match in _HOST.finditer(masked, start, end):
        if match.start("word") - start > 3:  # noqa: PLR2004
            return Host(match.start("word"), match.end())
    return None


def split_title(body: str, *, container: bool) -> tuple[int, int]:
    """Split "Title. Journal" between the title and the container.

    Parameters
    ----------
    body : str
        What stands between the people or date and the volume.
    container : bool
        Whether a volume shows that there must be a container.

    Returns
    -------
    title_end, container_start : int
        Offsets into the body; 0, 0 where all is container, twice its length where all is
        title.
    """
    length = len(body.rstrip(_EMPTY))
    best = (length, len(body))
    best_score = -99.0 if container else 1.5
    if container:
        best, best_score = (0, 0), _container_score(body) - 2.5 - 0.25 * len(body.split())
    for match in _DELIMITER.finditer(body, max(1, length - _MAX_NAME), length):
        right = body[match.end() :]
        score = _container_score(right) + _break_score(body, match)
        if score >= best_score:
            best, best_score = (match.start(), match.end()), score
    return best


def is_host_name(text: str) -> bool:
    """Tell whether a name has a word usual in journals or proceedings."""
    known = JOURNAL_WORDS | HOST_WORDS
    return any(word.strip(".,:;()&'’\"").lower() in known for word in text.split())


def _container_score(text: str) -> float:
    """Weigh how much a text reads like the name of a journal or newspaper."""
    text = text.strip(_EMPTY)
    words = text[: _MAX_NAME + 1].split()
    if not words or len(text) > _MAX_NAME:
        return -9
    score = 0.0
    known = 0
    for i, word in enumerate(words):
        bare = word.strip(".,:;()&'’\"").lower()
        if bare in JOURNAL_WORDS:
            known += 1
        elif word[:1].islower() and bare not in SMALL_WORDS:
            score -= 1.6
        elif i and word[:1].isdigit():
            score -= 0.7
    score += min(known, 3) * 0.9 + (
        0.6 if words[0].strip(".,").lower() in JOURNAL_WORDS | HOST_WORDS else 0
    )
    if not words[0][:1].isupper():
        score -= 1.5
    if len(words) > 9:  # noqa: PLR2004
        score -= 0.5 * (len(words) - 9)
    score -= 2.2 * sum(_is_sentence_end(text, match) for match in re.finditer(r"[.?!]\s", text))
    return score - 0.6 * text.count(", ")


def _break_score(body: str, match: re.Match[str]) -> float:
    """Weigh how likely a title ends at a sign."""
    left = body[max(0, match.start() - _MAX_NAME) : match.start()]
    words = left.split()
    if not words:
        return -6
    last = words[-1].strip('()[]"”’')
    if last.lower() in SMALL_WORDS and last.islower():
        return -5
    score = -1.0 if len(words) == 1 else 0.0
    if len(words) <= 4 and all(_is_short(word) for word in words):  # noqa: PLR2004
        score -= 4
    if match["stop"] or match["tight"]:
        strong = "?" in match.group() or "!" in match.group() or _is_sentence_end(body, match)
        score += 2.5 if strong else -1.2
    elif match["weak"] == ",":
        score += 0.8
    else:
        score -= 0.7
    lower = sum(word[:1].islower() for word in words)
    return score + (0.5 if lower else 0)


def _is_short(word: str) -> bool:
    """Tell a word that abbreviates part of a journal's name."""
    parts = [part for part in re.split(r"[.,:;()]", word) if part]
    return all(
        part.isupper()
        or part.lower() in ABBREVIATIONS
        or (len(part) <= _ABBREVIATION_MAX + 1 and part.lower() in JOURNAL_WORDS)
        for part in parts
    )


def _is_sentence_end(text: str, match: re.Match[str]) -> bool:
    """Tell the stop that ends a sentence from that of an abbreviation."""
    before = text[max(0, match.start() - 40) : match.start()].rsplit(None, 1)
    last = before[-1].lstrip("(").split("-")[-1] if before else ""
    if "." in last:
        return False
    if len(last) <= 1:
        return last.islower() or last.isdigit()
    if not last[:1].isupper():
        return True
    folded = last.lower()
    return folded not in ABBREVIATIONS and not (
        len(last) <= _ABBREVIATION_MAX and folded in JOURNAL_WORDS
    )
