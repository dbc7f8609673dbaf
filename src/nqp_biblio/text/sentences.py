"""Sentences of printed prose, with their citation markers."""

from __future__ import annotations

import re

__all__ = ["split_sentences"]

_ABBREVIATIONS_TEXT = (
    "al e.g i.e cf vs viz resp ca approx c dr prof mr mrs ms st sr jr fig figs eq eqs eqn ref"
    " refs sec sect sects ch chap chaps tab no nos nr vol vols pp p para art app ed eds trans"
    " ser suppl dept univ inst assoc bd hrsg hg bzw z.b d.h u.a vgl s.o u.s u.k e.u ph.d m.sc"
    " b.sc op cit loc ibid et seq sp spp var subsp incl est min max avg std dev núm pág págs"
    " réf éd обр рис табл см др ср т.е т.д"
)
_ABBREVIATIONS = frozenset(_ABBREVIATIONS_TEXT.split())
_CLOSERS = r"[\"'”’»)\]）】』」*_]{0,4}"
_SUPERSCRIPT = r"[⁰¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹,，⁻–-]{0,40}"
_NUMBERS = r"\d[\d\s,;，、–—-]{0,60}"
_MARKER = (
    rf"(?:\s?\^?[\[［]{_NUMBERS}[\]］]|\s?\^\{{?{_NUMBERS}\}}?\^?|{_SUPERSCRIPT}"
    rf"|<sup>[^<>]{{1,80}}</sup>"
    r"|(?:(?<=[^\W\d_]{2}[.!?])|(?<=[.!?][”\"’]))\d{1,3}(?:[,–-]\d{1,3}){0,20}(?=\s))"
)
_END = re.compile(
    rf"(?P<latin>(?:\.{{1,4}}|[!?…]{{1,4}}){_CLOSERS}(?P<marker>{_MARKER}{{0,6}}))"
    r"(?P<gap>\s+|$|(?<=[\]］>⁰¹²³⁴⁵⁶⁷⁸⁹])(?=[^\W\d_]))"
    rf"|(?P<wide>[。！？]{{1,3}}[\"'”’»)）】』」]{{0,4}}{_MARKER}{{0,6}}\s*)"
)
_OPENERS = "\"'“‘«„([（【『「¿¡*_"
_WORD_BEFORE = re.compile(r"[^\s()\[\]（）“\"'‘]{1,20}$")
_LOOK_BACK = 24


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Part prose into sentences.

    Parameters
    ----------
    text : str
        One paragraph, line ends and all.

    Returns
    -------
    list of (start, end)
        Where each sentence begins and ends in `text`, blanks around it left out. What can
        be seen in the text lies in exactly one of them. A citation marker after the full
        stop belongs to the sentence before it.

    Examples
    --------
    >>> text = "It grew (Fig. 2).[3] Smith et al. saw 1.5 m. So did we ^[4]."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['It grew (Fig. 2).[3]', 'Smith et al. saw 1.5 m.', 'So did we ^[4].']
    """
    spans = []
    start = 0
    for match in _END.finditer(text):
        end = match.end() if match["latin"] is None else _end_of_sentence(text, match)
        if end is not None:
            spans.append(_trimmed(text, start, end))
            start = end
    spans.append(_trimmed(text, start, len(text)))
    return [(begin, end) for begin, end in spans if begin < end]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave the blanks around a span out."""
    piece = text[start:end]
    begin = start + len(piece) - len(piece.lstrip())
    return begin, max(begin, start + len(piece.rstrip()))


def _end_of_sentence(text: str, match: re.Match[str]) -> int | None:
    """Where a sentence ends at a full stop, question or exclamation mark; None if it goes on."""
    following = text[match.end() : match.end() + 2]
    if following and not _may_begin(following):
        return match.start("marker") if match["marker"][:1].isspace() else None
    if not following or match["marker"] or match["latin"][:2] in {"..", ".…"}:
        return match.end()
    word = _WORD_BEFORE.search(text[max(0, match.start() - _LOOK_BACK) : match.start()])
    is_full_stop = match["latin"].startswith(".")
    return None if is_full_stop and word and _is_abbreviation(word[0]) else match.end()


def _may_begin(following: str) -> bool:
    """Whether a sentence may begin with these characters."""
    first = following[0]
    if first in _OPENERS:
        return len(following) == 1 or not following[1].islower()
    return not first.islower() and first not in ",;:.–—-"


def _is_abbreviation(word: str) -> bool:
    """Whether a word before a full stop is cut short: et al, Fig, an initial."""
    folded = word.casefold()
    if folded in _ABBREVIATIONS:
        return True
    last = folded.rsplit(".", 1)[-1]
    is_initial = len(last) == 1 and last.isalpha() and word[-1].isupper()
    return is_initial or ("." in folded and last in _ABBREVIATIONS)
