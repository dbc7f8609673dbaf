"""The numbers and keys that stand before the references of a list."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nqp_biblio.readers.traits import has_traits, is_complete, may_start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.readers.lines import Line

__all__ = ["Start", "find_labelled_starts", "label_number"]

_LEAD = r"[\s>]{0,200}(?:[-*+•·▪–]\s{1,8})?(?:\*\*|__|\^)?\s?\\?"
_PARTICLE = r"(?:van|von|de|del|den|der|di|da|dos|la|le|el|al|ter|ten|d['’])[\s\w]"
_AFTER = r"(?:\*\*|__)?"
_STYLES: dict[str, re.Pattern[str]] = {
    "bracket": re.compile(
        rf"{_LEAD}\\?[\[［【〔]\^?\s?(?P<label>\d{{1,5}}[a-z]?)\s?\\?[\]］】〕]{_AFTER}[.:]?\s*"
    ),
    "dot": re.compile(rf"{_LEAD}(?P<label>\d{{1,5}}[a-z]?){_AFTER}\\?[.．、]{_AFTER}(?!\d)\s*"),
    "parenthesis": re.compile(rf"{_LEAD}[(（]\s?(?P<label>\d{{1,4}}[a-z]?)\s?[)）]{_AFTER}\.?\s*"),
    "half parenthesis": re.compile(rf"{_LEAD}(?P<label>\d{{1,4}}[a-z]?)[)）]{_AFTER}\s*"),
    "superscript": re.compile(
        rf"{_LEAD}(?:<sup>\s?(?P<tag>\d{{1,4}})\s?</sup>|(?P<caret>\d{{1,4}})\^"
        r"|(?P<label>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}|[①-⑳]))\s*"
    ),
    "bare": re.compile(rf"{_LEAD}(?P<label>\d{{1,4}})\s+(?=[^\W\d_a-z]|[\"“]|{_PARTICLE})"),
    "key": re.compile(rf"{_LEAD}\\?\[(?P<label>[^\W\d_][^\[\]]{{1,60}}?)\\?\]\s+(?=\S)"),
}
_INLINE = re.compile(r"(?<![^\s.,;。．，；])[\[［【](\d{1,5})[\]］】]\s?(?=[^\s.,;\])])")
_INLINE_DOT = re.compile(r"(?<=[\s.])(\d{1,3})\.\s(?=[^\W\d_a-z])")
_YEARS = (1400, 2100)
_MAX_JUMP = 30
_MIN_BARE = 3


@dataclass(frozen=True, slots=True)
class Start:
    """Where one reference begins.

    Attributes
    ----------
    row : int
        Its line, as a place in the lines of the list.
    column : int
        Where it begins in that line.
    body : int
        Where its text begins, after the label.
    label : str or None
        Number or key as printed, without brackets.
    """

    row: int
    column: int = 0
    body: int = 0
    label: str | None = None


def label_number(label: str | None) -> int | None:
    """Return the number in a label, None for a key."""
    digits = re.match(r"\d{1,9}", label or "")
    return int(digits[0]) if digits else None


def find_labelled_starts(lines: Sequence[Line]) -> list[Start]:
    """Find the labels of a list and, by them, where its references begin.

    Parameters
    ----------
    lines : sequence of Line
        Lines of the list, page furniture taken out.

    Returns
    -------
    list of Start
        In order; empty where the references have no labels.
    """
    best: list[Start] = []
    best_style = ""
    for style, pattern in _STYLES.items():
        starts = _accepted(lines, _matches(lines, style, pattern), style)
        if len(starts) > len(best):
            best, best_style = starts, style
    inline = _inline_starts(lines, _INLINE, 2) or _inline_starts(lines, _INLINE_DOT, 3)
    if len(inline) > 2 * len(best):
        return inline
    if not _is_enough(lines, best, best_style):
        return []
    return _with_gaps_filled(lines, best) if best_style == "bracket" else best


def _matches(lines: Sequence[Line], style: str, pattern: re.Pattern[str]) -> list[Start]:
    """Every line that begins with a label of one style."""
    starts = []
    for row, line in enumerate(lines):
        match = pattern.match(line.text)
        if match is None:
            continue
        label = match["label"]
        if style == "superscript":
            label = unicodedata.normalize("NFKC", label or match["tag"] or match["caret"])
        column = len(line.text) - len(line.text.lstrip())
        starts.append(Start(row, column, match.end(), label))
    return starts


def _accepted(lines: Sequence[Line], found: list[Start], style: str) -> list[Start]:
    """Take of lines that begin with a number those which count on."""
    if style == "key":
        return found if found and found[0].row == _first_row(lines) else []
    later = _numbers_ahead(found)
    starts: list[Start] = []
    for place, start in enumerate(found):
        number = label_number(start.label) or 0
        if not starts:
            fits = number <= 1 or start.row == _first_row(lines) or style == "bracket"
            fits = fits and not _YEARS[0] <= number <= _YEARS[1]
        else:
            last = label_number(starts[-1].label) or 0
            fits = number == last + 1 or (
                _is_plausible(lines, start, style, repeats=number <= last)
                and _may_jump((last, number), later[place], style)
            )
        if fits:
            starts.append(start)
    return starts


def _numbers_ahead(found: list[Start]) -> list[frozenset[int]]:
    """For each label, the numbers of the few that follow it."""
    numbers = [label_number(start.label) or 0 for start in found]
    return [frozenset(numbers[place + 1 : place + 13]) for place in range(len(numbers))]


def _is_plausible(lines: Sequence[Line], start: Start, style: str, *, repeats: bool) -> bool:
    """Whether a line with an unexpected number looks like the start of a reference."""
    if style == "superscript" or (style == "bracket" and not repeats):
        return True
    above = (lines[row] for row in range(start.row - 1, -1, -1))
    before = next((line for line in above if not line.is_blank), None)
    starts = may_start(lines[start.row].text[start.body :])
    return starts and (before is None or is_complete(before.text))


def _may_jump(numbers: tuple[int, int], ahead: frozenset[int], style: str) -> bool:
    """Whether a list may go on with this number instead of the next one."""
    last, number = numbers
    if _YEARS[0] <= number <= _YEARS[1] and abs(number - last) > _MAX_JUMP:
        return False
    if style == "bracket":
        return True
    if last + 1 in ahead and number > last + 1:
        return False
    return number <= last or number - last <= _MAX_JUMP


def _first_row(lines: Sequence[Line]) -> int:
    """Return the first line that is not blank."""
    return next((row for row, line in enumerate(lines) if not line.is_blank), -1)


def _is_enough(lines: Sequence[Line], starts: list[Start], style: str) -> bool:
    """Whether the labels found make it a labelled list."""
    if not starts:
        return False
    printed = [row for row, line in enumerate(lines) if not line.is_blank]
    at_top = starts[0].row == printed[0]
    if style == "bare":
        return len(starts) >= _MIN_BARE and at_top
    if len(starts) == 1:
        return at_top and (style == "bracket" or label_number(starts[0].label) == 1)
    above = sum(row < starts[0].row for row in printed)
    return above <= max(3, len(printed) // 3)


def _inline_starts(lines: Sequence[Line], pattern: re.Pattern[str], least: int) -> list[Start]:
    """Labels in running text: 1, 2, 3, … wherever they stand."""
    starts: list[Start] = []
    for row, line in enumerate(lines):
        for match in pattern.finditer(f" {line.text}"):
            if int(match[1]) == len(starts) + 1:
                starts.append(Start(row, match.start() - 1, match.end() - 1, match[1]))
    if len(starts) < least or starts[0].row != _first_row(lines):
        return []
    return starts if not lines[starts[0].row].text[: starts[0].column].strip() else []


def _with_gaps_filled(lines: Sequence[Line], starts: list[Start]) -> list[Start]:
    """Find labels that the count misses inside of the lines between."""
    filled = [starts[0]]
    for start in starts[1:]:
        before = filled[-1]
        last, number = label_number(before.label) or 0, label_number(start.label) or 0
        if 1 < number - last <= _MAX_JUMP:
            filled.extend(_missing_between(lines, before, start))
        filled.append(start)
    filled.extend(_missing_between(lines, filled[-1], Start(len(lines))))
    return filled


def _missing_between(lines: Sequence[Line], before: Start, after: Start) -> list[Start]:
    """Find the next labels between two starts, in running text."""
    found: list[Start] = []
    number = (label_number(before.label) or 0) + 1
    for row in range(before.row, min(after.row, len(lines))):
        begin = before.body if row == before.row else 0
        for match in _INLINE.finditer(lines[row].text, begin):
            if int(match[1]) != number:
                continue
            if has_traits(lines[row].text[begin : match.start()], 1):
                found.append(Start(row, match.start(), match.end(), match[1]))
                number += 1
    return found
