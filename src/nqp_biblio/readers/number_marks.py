"""In-text citations by number: [1], ^[2–5, 7], ¹, (3), and numbers stuck to words."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nqp_biblio.readers.marker import Marker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    _Style = Callable[[str, "Numbers"], Iterator[Marker]]

__all__ = ["NUMBER_STYLES", "Numbers", "bracketed", "find_numbers"]

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_SUP = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_BRACKET = re.compile(
    r"\^?\\?[\[［【〔](?P<inner>[^\[\]［］【】〔〕]{1,400})\\?[\]］】〕]\^?"
    r"(?:\s?[-–—]\s?[\[［](?P<to>\d{1,4})[\]］])?"
)
_SUPERSCRIPT = re.compile(
    rf"(?P<signs>[{_SUP}](?:[{_SUP},，⁻–\n-]{{0,160}}[{_SUP}])?)"
    r"|<sup>\s?[\[(]?(?P<tag>\d[^<>]{0,160}?)[\])]?\s?</sup>"
    r"|(?<![\d^])\^(?:\{(?P<brace>\d[\d\s,–-]{0,160})\}|(?P<caret>\d[\d,–-]{0,160})(?:\^|(?![\w^])))",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"[(（](?P<inner>\d[\d\s,;，、；–—-]{0,200})[)）]")
_GLUED = re.compile(
    r"(?:(?<=[a-z]{2})|(?<=[A-Z]{2})|(?<=[A-Z]s)|(?<=[a-z][.,;:)”’])|(?<=[^\W_][)”])"
    r"|(?<=[a-z]\.,)|(?<=[”\"’.]\)))"
    r"(?P<inner>\d{1,3}(?:[,–-]\n?\d{1,3}){0,30})(?=[\s.,;:)?!\]]|$)"
)
_SEPARATOR = re.compile(r"[,;，、；]|\s(?:and|und|et|y|&)\s")
_LEADING_WORD = re.compile(
    r"^\s*(?:\^|see(?: also)?|e\.g\.,?|cf\.|vgl\.|siehe|reviewed in|ref(?:s\.?|\.)|参见|见)\s*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*(\d{1,4}[a-z]?)\s*")
_RANGE = re.compile(r"\s*(\d{1,4})\s*[-–—‐−~～至]\s*(\d{1,4})\s*")
_LOCATOR = re.compile(r"\s*(?:[^\W\d_]|§|第)")
_UNITS_TEXT = "m cm mm km dm nm μm µm µ s h kg g ha x r n p k t v c χ σ µg ms ft mi"
_UNITS = frozenset(_UNITS_TEXT.split())
_YEAR_BEFORE = re.compile(r"(?<![^\s(])(?:1[6-9]|20)\d\ds?$")
_LAST_WORD = re.compile(r"[^\W\d_]{1,20}$")
_LAST_TOKEN = re.compile(r"[^\s(\[]{1,30}$")
_TOKEN = re.compile(r"[^\s(\[]{1,60}")
_NAMED_NUMBERS_TEXT = (
    "eq eqs eqn eqns equation equations fig figs figure figures table tables step steps case type"
    " section sections sect formula model scheme reaction condition conditions chapter part item"
    " items example theorem lemma definition proposition corollary problem appendix box phase"
    " group stage level grade n line lines inequality relation expression constraint"
)
_NAMED_NUMBERS = frozenset(_NAMED_NUMBERS_TEXT.split())
_BEFORE_ITEM_TEXT = (
    "and or nor by to of in on at for from with that is are was were be the a an either both"
    " then as into via if when how whether namely than about includes include including we i"
)
_BEFORE_ITEM = frozenset(_BEFORE_ITEM_TEXT.split())
_FORMULA = re.compile(r"[=<>≤≥≈∝∑∫±×]")
_MAX_RANGE = 400
_MIN_COUNT = 2
_FIRST_YEAR = 1400
_MIN_GLUED = 3
_HALF, _MOST, _CLEARLY, _SOME = 0.5, 0.8, 0.7, 0.3
_CLOSING = frozenset(".,;:)。，；？！?!")
_SLACK, _AHEAD, _SUPPORT = 3, 16, 3
_REPEATS = 3
_LONGEST = 30


class Numbers:
    """The numbers of a list.

    Parameters
    ----------
    labels : sequence of str
        Labels of the list, as ``7`` or ``7 (list 2)``.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        self.of: dict[str, str] = {}
        for label in labels:
            plain = label.split(" ", 1)[0]
            if plain[:1].isdigit():
                self.of.setdefault(plain, label)
        self.place = {label: place for place, label in enumerate(self.of.values())}

    def read(self, inner: str) -> tuple[list[str], list[str]] | None:
        """Read what stands in a marker.

        Parameters
        ----------
        inner : str
            What stands between the brackets.

        Returns
        -------
        tuple of two lists of str, or None
            Labels, and numbers that the list has not; None where it is no citation.
        """
        labels: list[str] = []
        unknown: list[str] = []
        for place, token in enumerate(_SEPARATOR.split(_LEADING_WORD.sub("", inner))):
            numbers = _expanded(token)
            if numbers is None:
                if place and _LOCATOR.match(token) and labels + unknown:
                    continue
                return None
            for number in numbers:
                (labels if number in self.of else unknown).append(self.of.get(number, number))
        return labels, unknown


@dataclass(frozen=True, slots=True)
class _Placed:
    """A marker and its paragraph."""

    text: str
    marker: Marker


def find_numbers(
    texts: Sequence[str], numbers: Numbers, *, labelled: bool
) -> tuple[dict[str, tuple[Marker, ...]], int]:
    """Find the citations by number in the style that this text uses.

    Parameters
    ----------
    texts : sequence of str
        All paragraphs.
    numbers : Numbers
        The numbers of the list.
    labelled : bool
        Whether they are printed in the list; where they are not, markers must count on as
        citations do, and cite much of the list.

    Returns
    -------
    tuple of dict and int
        Markers per paragraph, and how many different references they name.
    """
    best: dict[str, tuple[Marker, ...]] = {}
    most = 0
    for style in NUMBER_STYLES if labelled else NUMBER_STYLES[:2]:
        found = _found_in(style, texts, numbers)
        named = {label for one in found for label in one.marker.labels}
        if len(named) > most and _is_trusted(style, found, (numbers, labelled)):
            most = len(named)
            best = {
                text: tuple(one.marker for one in group)
                for text, group in itertools.groupby(found, key=lambda one: one.text)
            }
    return best, most


def _found_in(style: _Style, texts: Sequence[str], numbers: Numbers) -> list[_Placed]:
    """Find all markers of a style; of a weak one those that count on, where most do."""
    found = [
        _Placed(text, marker) for text in dict.fromkeys(texts) for marker in style(text, numbers)
    ]
    if style is bracketed:
        return found
    if style is _parenthesised:
        found = _without_counts(found, numbers)
    else:
        found = _without_repeated(found, texts, with_acronyms=style is _glued)
    return _counting_on(found, numbers) if _rises(found, numbers) else found


def _without_counts(found: list[_Placed], numbers: Numbers) -> list[_Placed]:
    """Leave out markers in a row that count parts, from 1 on, after those were cited before."""
    counted: set[int] = set()
    seen: set[int] = set()
    run: list[int] = []
    following = 0
    for at, one in enumerate(found):
        places = sorted(numbers.place[label] for label in one.marker.labels)
        if not (run and one.text == found[at - 1].text and places[:1] == [following]):
            run, following = [], 0
        if places and seen.issuperset(places) and places == list(range(following, places[-1] + 1)):
            run.append(at)
            following = places[-1] + 1
        else:
            run, following = [], 0
        if len(run) >= _MIN_COUNT:
            counted.update(run)
        seen.update(places)
    return [one for at, one in enumerate(found) if at not in counted]


def _without_repeated(
    found: list[_Placed], texts: Sequence[str], *, with_acronyms: bool
) -> list[_Placed]:
    """Leave out what belongs to a word that bears the same number each time: p27Kip¹."""
    words = [_word_before(one) for one in found]
    signs = [one.text[one.marker.start : one.marker.end] for one in found]
    with_sign = Counter(zip(words, signs, strict=True))
    with_any = Counter(words)
    often = {word for (word, _), count in with_sign.items() if count >= _REPEATS}
    acronyms = {
        word
        for one, word in zip(found, words, strict=True)
        if with_acronyms and _is_acronym(word) and one.text[one.marker.start - 1].isalpha()
    }
    asked = often | acronyms
    total = Counter(
        token for text in texts for one in _TOKEN.findall(text) if (token := _bare(one)) in asked
    )
    return [
        one
        for one, word, sign in zip(found, words, signs, strict=True)
        if total[word] > 2 * (with_any[word] if word in acronyms else with_sign[word, sign])
        or (with_sign[word, sign] < _REPEATS and word not in acronyms)
        or word == "al"
        or not one.text[one.marker.start - 1].isalpha()
    ]


def _is_acronym(word: str) -> bool:
    """Whether a word is one of capitals, whose number may be its own: CD4, PN20."""
    return word[-2:-1].isupper()


def _word_before(one: _Placed) -> str:
    """Return the word that a marker follows."""
    start = one.marker.start
    word = _LAST_TOKEN.search(one.text[max(0, start - _LONGEST) : start])
    return _bare(word[0]) if word else ""


def _bare(token: str) -> str:
    """Take numbers and punctuation off the end of a word."""
    return token.rstrip("0123456789⁰¹²³⁴⁵⁶⁷⁸⁹.,;:)–-^")


def _rises(found: list[_Placed], numbers: Numbers) -> bool:
    """Whether references are cited in the order of the list."""
    firsts = list(dict.fromkeys(label for one in found for label in one.marker.labels))
    places = [numbers.place[label] for label in firsts]
    rising = sum(one < two for one, two in itertools.pairwise(places))
    return rising >= _CLEARLY * (len(firsts) - 1)


def _counting_on(found: list[_Placed], numbers: Numbers) -> list[_Placed]:
    """Keep markers whose numbers were reached already, or are the next ones."""
    places = [sorted(numbers.place[label] for label in one.marker.labels) for one in found]
    kept: list[_Placed] = []
    reached = -1
    for at, one in enumerate(found):
        top = reached
        for place in places[at]:
            if place <= top + _SLACK:
                top = max(top, place)
        if places[at] and places[at][-1] > top:
            ahead = set(itertools.chain.from_iterable(places[at + 1 : at + 1 + _AHEAD]))
            begin = places[at][-1]
            support = sum(place in ahead for place in range(begin + 1, begin + 2 + _SUPPORT))
            if support < _SUPPORT:
                continue
            top = begin
        reached = top
        kept.append(one)
    return kept


def _is_trusted(style: _Style, found: list[_Placed], context: tuple[Numbers, bool]) -> bool:
    """Whether markers of a weak style count on as citations do, and end clauses."""
    numbers, labelled = context
    firsts = list(dict.fromkeys(label for one in found for label in one.marker.labels))
    if not labelled and len(firsts) < _SOME * len(numbers.of):
        return False
    if style is bracketed or (labelled and style is _superscripts):
        return True
    if len(firsts) < max(min(_MIN_GLUED, len(numbers.of)), _HALF * len(numbers.of)):
        return False
    closed = sum(one.text[one.marker.end : one.marker.end + 1] in _CLOSING for one in found)
    if not _rises(found, numbers):
        return len(firsts) >= _MOST * len(numbers.of) and closed >= _SOME * len(found)
    return style is not _parenthesised or closed >= _SOME * len(found)


# -- numbers -------------------------------------------------------------------------------


def _expanded(token: str) -> list[str] | None:
    """Read a number or a range of numbers; None for anything else."""
    if single := _NUMBER.fullmatch(token):
        return None if single[1].startswith("0") else [single[1]]
    if both := _RANGE.fullmatch(token):
        low, high = int(both[1]), int(both[2])
        if 0 < low < high <= low + _MAX_RANGE:
            return [str(number) for number in range(low, high + 1)]
    return None


def _marker(match: re.Match[str], inner: str, numbers: Numbers, *, strict: bool) -> Marker | None:
    """Make a marker of a match; a strict one must name nothing unknown."""
    read = numbers.read(inner)
    if read is None:
        return None
    labels, unknown = read
    if not labels and all(int(re.sub(r"\D", "", one)) >= _FIRST_YEAR for one in unknown):
        return None
    if unknown and strict:
        return None
    reasons = tuple(f"[{one}] names no reference of the list" for one in unknown)
    return Marker(match.start(), match.end(), tuple(dict.fromkeys(labels)), reasons)


# -- styles --------------------------------------------------------------------------------


def bracketed(text: str, numbers: Numbers) -> Iterator[Marker]:
    """Find ``[1]``, ``^[1]``, ``[2–5, 7]``, ``[1]–[4]``, ``[1, p. 23]``.

    Parameters
    ----------
    text : str
        A paragraph.
    numbers : Numbers
        The numbers of the list.

    Yields
    ------
    Marker
        In the order of the text.
    """
    for match in _BRACKET.finditer(text):
        inner = match["inner"]
        if match["to"]:
            inner = f"{inner}–{match['to']}"
        if found := _marker(match, inner, numbers, strict=False):
            yield found


def _superscripts(text: str, numbers: Numbers) -> Iterator[Marker]:
    """Find ``¹²,³``, ``<sup>1</sup>``, ``^1,2^``; powers, charges and isotopes are none."""
    for match in _SUPERSCRIPT.finditer(text):
        signs = match["signs"]
        before = text[max(0, match.start() - 20) : match.start()]
        word = _LAST_WORD.search(before)
        is_base = _ends_in_figures(before) or (word is not None and _is_symbol(word[0]))
        if (is_base and not _YEAR_BEFORE.search(before)) or before[-1:] in set("⁻⁺−-"):
            continue
        after = text[match.end() : match.end() + 1]
        if signs and (after.isalnum() or after in set("⁺⁻+")) and not _is_wide(after):
            continue
        inner = signs.translate(_SUPERSCRIPTS) if signs else None
        inner = inner or match["tag"] or match["brace"] or match["caret"]
        if found := _marker(match, inner, numbers, strict=True):
            yield found


def _ends_in_figures(before: str) -> bool:
    """Whether a figure stands before that is no part of a name: 10, but not GM1."""
    token = _LAST_TOKEN.search(before)
    return token is not None and token[0][-1].isdigit() and not token[0][0].isalpha()


def _is_symbol(word: str) -> bool:
    """Whether a word is a unit or the sign of a quantity."""
    return word.casefold() in _UNITS or (len(word) == 1 and not _is_wide(word))


def _is_wide(sign: str) -> bool:
    """Whether a sign is Chinese or of another script without blanks."""
    return "\u3040" <= sign <= "\u9fff"


def _parenthesised(text: str, numbers: Numbers) -> Iterator[Marker]:
    """Find ``(1, 3)``, but not the numbers of a list, an equation, a figure or a table."""
    for match in _PARENTHESIS.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        after = text[match.end() : match.end() + 2]
        is_item = len(match["inner"]) < len("10") and after[:1] not in _CLOSING
        if _may_follow(before, after, is_item=is_item) and not _is_equation(text, match):
            found = _marker(match, match["inner"], numbers, strict=True)
            if found:
                yield found


def _may_follow(before: str, after: str, *, is_item: bool) -> bool:
    """Whether a number in parentheses may be a citation between these words."""
    word = _LAST_TOKEN.search(before.rstrip())
    if word is None or (after[:1].isalnum() and not _is_wide(after[:1])):
        return False
    shown = word[0].rstrip(".").casefold()
    if shown in _NAMED_NUMBERS or (shown[-1:].isdigit() and len(shown) != len("2009")):
        return shown[:1].isalpha() and shown not in _NAMED_NUMBERS
    if not (word[0][-1].isalnum() or word[0][-1] in "”\"’')%.⁺" or shown in {"e.g.,", "see,"}):
        return False
    return not (is_item and shown in _BEFORE_ITEM)


def _is_equation(text: str, match: re.Match[str]) -> bool:
    """Whether a number stands at the end of a line that is a formula."""
    if text[match.end() : match.end() + 1].strip():
        return False
    begin = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    line = text[begin : end if end >= 0 else len(text)]
    return not line[match.end() - begin :].strip() and _FORMULA.search(line) is not None


def _glued(text: str, numbers: Numbers) -> Iterator[Marker]:
    """Find raised figures that lost their height: ``society1,2.``."""
    for match in _GLUED.finditer(text):
        word = _LAST_WORD.search(text[max(0, match.start() - 20) : match.start()])
        if word and word[0].casefold() in _UNITS:
            continue
        if found := _marker(match, match["inner"], numbers, strict=True):
            yield found


NUMBER_STYLES: tuple[_Style, ...] = (bracketed, _superscripts, _parenthesised, _glued)
"""Styles of citing by number, the clearest first."""
