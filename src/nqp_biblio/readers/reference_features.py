"""What a tagger of printed references looks at: words, the signs between them, their places.

Training and reading share this file. A batch of references is one long row of words, with two
blank words at either end of each, so that a neighbour is a shift of the row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.readers.reference_marks import MASK, Span
from nqp_biblio.readers.reference_words import (
    ABBREVIATIONS,
    CITIES,
    GIVEN_NAMES,
    HOST_WORDS,
    JOURNAL_WORDS,
    PUBLISHER_WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.int64]

__all__ = [
    "CLOSE",
    "COMMA",
    "COUNTED_LISTS",
    "DOT",
    "ENDS_BIT",
    "GAP_BITS",
    "OFFSETS",
    "OPEN",
    "PAD",
    "QUOTE",
    "SHAPES",
    "SHAPE_BITS",
    "STRONG",
    "Batch",
    "Tokens",
    "bare_code",
    "batch_of",
    "tokens_of",
    "traits_of",
]

OFFSETS = (0, -1, 1, -2, 2, -3, 3)
"""Where the words stand, seen from the one to be tagged, whose traits count."""

PAD = 2
"""Blank words at either end of a reference."""

_EASTERN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(
    rf"({MASK}+|[{_EASTERN}]|[^\W\d_{_EASTERN}{MASK}]{{1,40}}"
    rf"(?:['’][^\W\d_{_EASTERN}{MASK}]{{1,20}})?|\d{{1,12}})"
)
_SIGNS = " .,;:()[]\"'-/&?!*+_<>=º…«»「」《》|"
_FOLDED = str.maketrans(
    "“”„«»‘’‚`–—−‐‑‒，。．；：（）［］／？！°ª《》「」『』【】\t\n\u00a0\u3000",
    '"""""\'\'\'\'------,..;:()[]/?!ºº""""""[]    ',
)
_SIGN_CODES = {sign: code for code, sign in enumerate(_SIGNS, 1)}
_OTHER_SIGN = 31
_MAX_GAP = 4
GAP_BITS = 20
_KINDS_OF_SIGN = (';:()[]"?!«»「」《》', ".", ",", '"«»「」《》', "([", ")]")
STRONG, DOT, COMMA, QUOTE, OPEN, CLOSE = range(2 * GAP_BITS, 2 * GAP_BITS + len(_KINDS_OF_SIGN))

_ROMAN = re.compile(r"M{0,3}(?:C?D|D?C{1,3}|C?M)?(?:X?L|L?X{1,3}|X?C)?(?:I?V|V?I{1,3}|I?X)?")
_SHAPES = (
    "", "^", "$", "<doi>", "<url>", "<arxiv>", "<isbn>", "<pmid>", "<pmcid>", "YEAR", "OLD",
    "d1", "d2", "d3", "d4", "d5", "d6", "han", "IV", "X", "x", "XX", "XXX", "Xx", "XxX", "xx",
    "mixed", "<marker>",
)  # fmt: skip
SHAPES = {shape: code for code, shape in enumerate(_SHAPES)}
"""Code of each shape a word may have."""

SHAPE_BITS = 5
_CENTURIES = {"18": "YEAR", "19": "YEAR", "20": "YEAR", "15": "OLD", "16": "OLD", "17": "OLD"}

_LISTS_TEXT = {
    "month": """january february march april may june july august september october november
        december jan feb mar apr jun jul aug sep sept oct nov dec januar februar märz mai juni juli
        oktober dezember janvier février mars avril juin juillet août septembre octobre novembre
        décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
        diciembre janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
        gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre spring summer autumn
        winter fall""",
    "in": "in dans en em nel nella",
    "editor": """ed eds edited editor editors hrsg hg hgg herausgegeben éd éds dir dirs coord coords
        org orgs cura comp comps red""",
    "translator": "trans transl translated translator translators übers übersetzt trad traduit",
    "edition": "edition edn ed aufl auflage éd édition edición edição edizione rev revised reprint",
    "volume": "vol vols volume volumes bd bde band jg jahrgang tome tom tomo t v vyp",
    "issue": "no nos nr num number issue iss heft h núm n fasc nº nos",
    "pages": "pp p page pages pg pgs s seite seiten pág págs с c ss",
    "others": "et al others coll",
    "and": "and und et y e og och i en & with",
    "thesis": """thesis phd dissertation dissertação diss tese tesis thèse doctoral master masters
        msc habilitation habilitationsschrift diplomarbeit""",
    "report": "report technical memo memorandum working discussion paper preprint tr rep white",
    "access": """accessed retrieved available online abgerufen zugriff consulted consulté visited
        acesso stand last viewed cited epub url""",
    "particle": """van von de der den da di del della la le du dos das des ter ten zu zur af av al
        el""",
    "small": "of the and for in on to a an with from by der die das und für de la des et les y e",
    "state": """ca ma ny nj usa uk il pa va md tx mass calif conn england germany france italy
        switzerland netherlands canada australia japan china india dc deutschland schweiz""",
    "series": "lecture notes lncs lnai series ser monographs studies proceedings schriften reihe",
}  # fmt: skip
_LISTS = {name: frozenset(words.split()) for name, words in _LISTS_TEXT.items()} | {
    "journal": JOURNAL_WORDS,
    "host": HOST_WORDS,
    "publisher": PUBLISHER_WORDS,
    "place": frozenset(word for city in CITIES for word in city.split() if len(word) > 2),  # noqa: PLR2004
    "given": GIVEN_NAMES,
    "abbreviation": ABBREVIATIONS,
}
_NAMES_OF: dict[str, tuple[str, ...]] = {}
for _name, _words in _LISTS.items():
    for _listed in _words:
        _NAMES_OF[_listed] = (*_NAMES_OF.get(_listed, ()), _name)

COUNTED_LISTS = (
    "journal", "publisher", "place", "month", "given", "editor", "in", "thesis", "host",
)  # fmt: skip
"""Lists whose words are counted in a piece of the reference: their bits follow the shape."""

ENDS_BIT = SHAPE_BITS + len(COUNTED_LISTS)
"""The bit that says that a full stop behind the word may end a sentence."""

_STOPPED = frozenset(
    {"vol", "vols", "no", "nos", "nr", "pp", "ed", "eds", "hrsg", "hg", "et", "al", "vs", "cf"}
    | {"st", "dr", "bd", "jg", "ser"}
)


class Tokens(NamedTuple):
    """The words of one reference.

    Attributes
    ----------
    words : list of str
        In their order; an identifier is one word, such as "<doi>".
    gaps : list of str
        What stands before each word, and after the last.
    starts : list of int
        Where each word begins.
    """

    words: list[str]
    gaps: list[str]
    starts: list[int]


@dataclass(slots=True, frozen=True)
class Batch:
    """References as one row of words.

    Attributes
    ----------
    vocabulary : list of str
        The distinct words.
    ids : array
        For each place, the word that stands there.
    gaps, flags : array
        For each place, what there is to know of the signs before the word, and of the word.
    firsts : array
        The place of the first word (after two blanks) of each reference.
    lengths : array
        How many words each reference has.
    """

    vocabulary: list[str]
    ids: Codes
    gaps: Codes
    flags: Codes
    firsts: Codes
    lengths: Codes


def tokens_of(masked: str, lifted: Sequence[Span]) -> Tokens:
    """Split a reference into words.

    Parameters
    ----------
    masked : str
        The reference, identifiers masked.
    lifted : sequence of Span
        The identifiers.
    """
    pieces = _WORD.split(masked)
    places = [0, *accumulate(map(len, pieces))]
    words = pieces[1::2]
    starts = places[1:-1:2]
    if lifted:
        kinds = {span.start: f"<{span.label}>" for span in lifted}
        words = [
            kinds.get(start, "<url>") if word[0] == MASK else word
            for word, start in zip(words, starts, strict=True)
        ]
    return Tokens(words, pieces[::2], starts)


@lru_cache(maxsize=20_000)
def _gap_code(gap: str) -> int:
    """Name the signs of a gap by a number: with blanks, without, and of what kinds they are."""
    if len(gap) > 12:  # noqa: PLR2004
        gap = gap[:6] + gap[-6:]
    signs = re.sub(" +", " ", gap.translate(_FOLDED))
    bare = signs.replace(" ", "") or signs
    code = _sign_codes(bare) << GAP_BITS | _sign_codes(signs)
    for bit, kind in enumerate(_KINDS_OF_SIGN, STRONG):
        code |= any(sign in kind for sign in bare) << bit
    return code


def bare_code(gap: str) -> int:
    """Name the signs of a gap by a number, its blanks left out."""
    return _gap_code(gap) >> GAP_BITS & ((1 << GAP_BITS) - 1)


def _sign_codes(signs: str) -> int:
    """Name the first two and the last two of some signs by a number."""
    if len(signs) > _MAX_GAP:
        signs = signs[:2] + signs[-2:]
    code = 0
    for sign in signs:
        code = code << 5 | _SIGN_CODES.get(sign, _OTHER_SIGN)
    return code


def _shape_of(word: str) -> str:
    """Name the shape of a word."""
    first = word[0]
    if first in "<^$":
        return word if word in SHAPES else "<marker>" if first == "<" else first
    if first.isdigit():
        century = _CENTURIES.get(word[:2]) if len(word) == 4 else None  # noqa: PLR2004
        return century or f"d{min(len(word), 6)}"
    if "\u3040" <= first <= "\ud7af":
        return "han"
    if len(word) == 1:
        return "X" if first.isupper() else "x"
    return _shape_by_case(word)


def _shape_by_case(word: str) -> str:
    """Name the shape of a word of several letters by their case."""
    if word.isupper():
        return "IV" if _ROMAN.fullmatch(word) else "XX" if len(word) < 4 else "XXX"  # noqa: PLR2004
    if word[0].isupper():
        return "Xx" if word[1:].islower() else "XxX"
    return "xx" if word.islower() else "mixed"


def traits_of(word: str) -> list[str]:
    """List what can be said of a word that stands alone."""
    if word[0] in "<^$":
        return [f"w:{word}"]
    low = word.lower().replace("’", "'")
    traits = [f"w:{low}", f"s:{_shape_of(word)}"]
    traits += [f"l:{name}" for name in _NAMES_OF.get(low, ())]
    if low[0].isdigit():
        if len(low) < 4:  # noqa: PLR2004
            traits.append(f"n:{len(low)}{low[0]}")
        return traits
    size = len(low)
    if size > 2:  # noqa: PLR2004
        traits += (f"p2:{low[:2]}", f"p3:{low[:3]}", f"x2:{low[-2:]}", f"x3:{low[-3:]}")
    if size > 4:  # noqa: PLR2004
        traits += (f"p4:{low[:4]}", f"x4:{low[-4:]}")
    if size > 1:
        traits.append(f"z:{min(size, 10)}{word[0].isupper():d}")
    return traits


@lru_cache(maxsize=30_000)
def _flags_of(word: str) -> int:
    """Say by bits which lists a word is in, for the counts over a piece."""
    names = _NAMES_OF.get(word.lower(), ())
    shape = SHAPES[_shape_of(word)]
    flags = shape
    for bit, name in enumerate(COUNTED_LISTS, SHAPE_BITS):
        flags |= (name in names) << bit
    ends = shape == SHAPES["xx"] or word[0].isdigit() or len(word) > 5  # noqa: PLR2004
    if ends and "abbreviation" not in names and word.lower() not in _STOPPED:
        flags |= 1 << ENDS_BIT
    return flags


def batch_of(references: Sequence[Tokens]) -> Batch:
    """Put references into one row.

    Parameters
    ----------
    references : sequence of Tokens
        None of them without words.
    """
    import numpy as np

    words: list[str] = []
    gaps: list[int] = []
    for reference in references:
        words += ("^", "^")
        words += reference.words
        words += ("$", "$")
        gaps += (0, 0)
        gaps += map(_gap_code, reference.gaps)
        gaps.append(0)
    vocabulary = list(dict.fromkeys(words))
    number = {word: at for at, word in enumerate(vocabulary)}
    ids = np.fromiter(map(number.__getitem__, words), np.int64, len(words))
    flags = np.fromiter(map(_flags_of, vocabulary), np.int64, len(vocabulary))[ids]
    lengths = np.array([len(reference.words) for reference in references], np.int64)
    firsts = np.cumsum(lengths + 2 * PAD) - lengths - PAD
    return Batch(vocabulary, ids, np.array(gaps, np.int64), flags, firsts, lengths)
