"""What stands around each word of printed references, as numbers that a tagger looks up.

Every question has one number per place of a batch; the same surroundings give the same number
on every machine. Training and reading share this file.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from nqp_biblio.readers.reference_features import (
    CLOSE,
    COMMA,
    COUNTED_LISTS,
    DOT,
    ENDS_BIT,
    GAP_BITS,
    OPEN,
    PAD,
    QUOTE,
    SHAPE_BITS,
    SHAPES,
    STRONG,
    bare_code,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from nqp_biblio.readers.reference_features import Batch
    from nqp_biblio.readers.reference_habits import Habits

    Codes = NDArray[np.int64]

__all__ = [
    "COARSE_BITS",
    "SORT_BITS",
    "Row",
    "Style",
    "coarse_of",
    "contexts_of",
    "habit_answers",
    "marks_of",
    "packed",
    "row_of",
    "shifted",
    "since_head",
    "style_of",
]

_FIRST_DIGITS, _LAST_DIGITS = SHAPES["YEAR"], SHAPES["d6"]
_NAME_BITS = 2 * SHAPE_BITS + GAP_BITS
_MARK_BITS = 20
COARSE_BITS = 9
SORT_BITS = 6


class Row(NamedTuple):
    """A batch seen as numbers: words, and the signs before each in full and without blanks."""

    batch: Batch
    words: Codes
    gaps: Codes
    bare: Codes
    shapes: Codes
    owner: Codes
    heads: Codes
    sizes: Codes


class Style(NamedTuple):
    """How the reference of each place is printed, and what of it stands before the place."""

    style: Codes
    names: Codes
    passed: Codes
    quotes: Codes
    depth: Codes
    quoted: Codes
    opened: Codes
    sort: Codes


def contexts_of(batch: Batch) -> list[dict[str, Codes]]:
    """Say of each place what stands around it, as one number per question asked.

    Parameters
    ----------
    batch : Batch
        References as one row of words.

    Returns
    -------
    list of dict of str to array
        In groups of like questions: for each a number per place.
    """
    row = row_of(batch)
    style = style_of(row)
    return [
        _neighbours_of(row),
        _words_of(row),
        _places_of(row, style),
        _sorts_of(row, style),
        *_pieces_of(row, style, _ends_of_sentence(batch), "1"),
        *_pieces_of(row, style, _ends_of_piece(batch), "2"),
    ]


def row_of(batch: Batch) -> Row:
    """See a batch as numbers."""
    import numpy as np

    sizes = batch.lengths + 2 * PAD
    return Row(
        batch,
        words=_hashes_of(batch),
        gaps=batch.gaps & ((1 << GAP_BITS) - 1),
        bare=batch.gaps >> GAP_BITS & ((1 << GAP_BITS) - 1),
        shapes=batch.flags & ((1 << SHAPE_BITS) - 1),
        owner=np.repeat(np.arange(len(sizes)), sizes),
        heads=batch.firsts - PAD,
        sizes=sizes,
    )


def shifted(codes: Codes, places: int) -> Codes:
    """Give to each place what stands so many places before it; at the ends, anything."""
    import numpy as np

    return codes[np.arange(-places, len(codes) - places) % len(codes)]


def packed(*parts: tuple[Codes, int]) -> Codes:
    """Put numbers of so many bits into one."""
    packed = parts[0][0]
    for part, bits in parts[1:]:
        packed = packed << bits | part
    return packed


def _neighbours_of(row: Row) -> dict[str, Codes]:
    """Say which signs and which shapes of words stand around a place."""
    shape, before, bare = row.shapes, row.gaps, row.bare
    after, bare_after = shifted(before, -1), shifted(bare, -1)
    shape_l, shape_r = shifted(shape, 1), shifted(shape, -1)
    gap_l, gap_r = shifted(bare, 1), shifted(bare_after, -1)
    bare_left = packed((shape_l, 5), (bare, 20), (shape, 5))
    bare_right = packed((shape, 5), (bare_after, 20), (shape_r, 5))
    return {
        "b": before,
        "a": after,
        "bl": gap_l,
        "ar": gap_r,
        "ba": packed((before, 20), (after, 20)),
        "bsa": packed((before, 20), (shape, 5), (after, 20)),
        "sbs": packed((shape_l, 5), (before, 20), (shape, 5)),
        "sas": packed((shape, 5), (after, 20), (shape_r, 5)),
        "sss": packed((shape_l, 5), (shape, 5), (shape_r, 5)),
        "ssl": packed((shifted(shape, 2), 5), (gap_l, 20), (bare_left, 30)),
        "ssr": packed((bare_right, 30), (gap_r, 20), (shifted(shape, -2), 5)),
        "cb": bare,
        "ca": bare_after,
        "cba": packed((bare, 20), (shape, 5), (bare_after, 20)),
        "scs": bare_left,
        "scr": bare_right,
    }


def _words_of(row: Row) -> dict[str, Codes]:
    """Say which word stands at a place, together with its neighbour or the signs beside it."""
    word = row.words
    word_l = shifted(word, 1)
    return {
        "ww": packed((word_l, 31), (word, 31)),
        "wb": packed((word, 31), (row.bare, 20)),
        "wa": packed((word, 31), (shifted(row.bare, -1), 20)),
        "nb": packed((word_l, 31), (row.bare, 20), (row.shapes, 5)),
    }


def _hashes_of(batch: Batch) -> Codes:
    """Name the word at each place by a number."""
    import numpy as np

    words = batch.vocabulary
    return np.asarray(np.fromiter(map(_hash_of, words), np.int64, len(words))[batch.ids])


@lru_cache(maxsize=30_000)
def _hash_of(word: str) -> int:
    """Name a word by a number, without regard to case."""
    return crc32(word.lower().encode("utf-8", "replace")) >> 1


def style_of(row: Row) -> Style:
    """Tell where the year stands, whether titles are quoted, how the first name is printed."""
    import numpy as np

    batch, heads, first = row.batch, row.heads, row.batch.firsts
    at = np.arange(len(row.shapes)) - first[row.owner]
    never = np.int64(1 << 20)
    year = np.minimum.reduceat(np.where(row.shapes == SHAPES["YEAR"], at, never), heads)
    early = np.digitize(year / batch.lengths, (0.4, 0.8, 1.0)).astype(np.int64)
    quotes = since_head(row, batch.gaps >> QUOTE & 1)
    quoted = (np.maximum.reduceat(quotes, heads) > 1).astype(np.int64)
    opening = batch.gaps[np.where(year < never, first + year, 0)] >> OPEN & 1
    bracketed = np.where(year < never, opening, 0)
    style = packed((early, 2), (quoted, 1), (bracketed, 1))
    shapes = row.shapes
    names = packed((shapes[first], 5), (row.bare[first + 1], 20), (shapes[first + 1], 5))
    open_brackets = since_head(row, (batch.gaps >> OPEN & 1) - (batch.gaps >> CLOSE & 1))
    return Style(
        style[row.owner],
        names[row.owner],
        passed=(at > year[row.owner]).astype(np.int64),
        quotes=np.minimum(quotes, 3),
        depth=np.clip(open_brackets, 0, 1),
        quoted=quoted[row.owner],
        opened=(quotes[first] > 0).astype(np.int64)[row.owner],
        sort=_sort_of(row)[row.owner],
    )


def _sort_of(row: Row) -> Codes:
    """Tell by what a reference has what sort of work it is of: article, chapter, book, thesis."""
    import numpy as np

    batch, bare = row.batch, row.bare
    digits = (row.shapes >= _FIRST_DIGITS) & (row.shapes <= _LAST_DIGITS)
    both = digits & (shifted(row.shapes, 1) >= _FIRST_DIGITS)
    both &= shifted(row.shapes, 1) <= _LAST_DIGITS
    listed = {
        name: batch.flags >> SHAPE_BITS + COUNTED_LISTS.index(name) & 1
        for name in ("in", "publisher", "place", "editor", "thesis")
    }
    signs = (
        (both & (bare == bare_code("-"))).astype(np.int64),
        (both & (bare == bare_code("("))).astype(np.int64),
        listed["in"] & _ends_of_sentence(batch),
        listed["publisher"] | listed["place"],
        listed["editor"],
        listed["thesis"],
    )
    return packed(*((np.maximum.reduceat(sign, row.heads), 1) for sign in signs))


def _sorts_of(row: Row, style: Style) -> dict[str, Codes]:
    """Say what a place looks like in a reference of such a sort."""
    import numpy as np

    at = np.arange(len(row.shapes)) - row.batch.firsts[row.owner]
    fifth = np.clip(5 * at // row.batch.lengths[row.owner], 0, 4)
    sort = packed((style.sort, SORT_BITS), (style.passed, 1))
    return {
        "gk": packed((sort, 7), (row.shapes, 5)),
        "gb": packed((sort, 7), (row.bare, 20)),
        "gs": packed((style.sort, SORT_BITS), (style.style, 4), (fifth, 3)),
    }


def _places_of(row: Row, style: Style) -> dict[str, Codes]:
    """Say where in its reference a place is, and in what style that is printed."""
    import numpy as np

    shape, bare = row.shapes, row.bare
    at = np.arange(len(shape)) - row.batch.firsts[row.owner]
    length = row.batch.lengths[row.owner]
    tenth = np.clip(10 * at // length, 0, 9)
    at_quote = row.batch.gaps >> QUOTE & 1
    numbers = (shape >= _FIRST_DIGITS) & (shape <= _LAST_DIGITS)
    n_numbers = np.minimum(since_head(row, numbers.astype(np.int64)), 6)
    left = packed((shifted(shape, 1), 5), (bare, 20), (shape, 5))
    return {
        "t": tenth,
        "st": packed((style.style, 4), (tenth >> 1, 3)),
        "i": np.clip(at, 0, 7),
        "e": np.clip(length - 1 - at, 0, 7),
        "ys": packed((style.style, 4), (style.passed, 1), (shape, 5)),
        "q": packed((style.quotes, 2), (style.quoted, 1), (style.depth, 1)),
        "qb": packed((style.quotes, 2), (at_quote, 1), (bare, 20), (shape, 5)),
        "qs": packed((style.quotes, 2), (style.depth, 1), (shape, 5), (bare, 20)),
        "sb": packed((style.style, 4), (style.passed, 1), (bare, 20)),
        "op": packed((style.quotes, 2), (style.opened, 1), (style.passed, 1)),
        "nl": packed((style.names, _NAME_BITS), (left, 30)),
        "ns": packed((n_numbers, 3), (style.passed, 1), (style.style, 4), (shape, 5)),
    }


def habit_answers(row: Row, style: Style, habits: Sequence[Habits]) -> dict[str, Codes]:
    """Say whether the signs before a place are those that usually end a field in its list."""
    import numpy as np

    ends = np.array([one.ends for one in habits], np.int64)[row.owner]
    order = np.array([one.order for one in habits], np.int64)[row.owner]
    n_ends = ends.shape[1]
    same = packed(*((np.where(row.bare == ends[:, at], 1, 0), 1) for at in range(n_ends)))
    at = np.clip(np.arange(len(row.bare)) - row.batch.firsts[row.owner], 0, 3)
    kinds = packed((order, 12), (style.passed, 1))
    return {
        "hs": packed((np.minimum(order, 1), 1), (same, n_ends)),
        "ho": packed((kinds, 13), (same, n_ends)),
        "hx": packed((kinds, 13), (row.shapes, 5)),
        "hb": packed((kinds, 13), (row.bare, 20)),
        "hi": packed((kinds, 13), (at, 2)),
        "hl": packed((same, n_ends), (shifted(row.shapes, 1), 5), (row.shapes, 5)),
    }


def since_head(row: Row, counts: Codes) -> Codes:
    """Add up from the beginning of each reference."""
    import numpy as np

    total = np.cumsum(counts)
    return total - np.repeat(total[row.heads] - counts[row.heads], row.sizes)


def _ends_of_sentence(batch: Batch) -> Codes:
    """Tell the places before which a sentence, bracket or quotation begins or ends."""
    stops = (batch.gaps >> DOT & 1) & (shifted(batch.flags, 1) >> ENDS_BIT & 1)
    return batch.gaps >> STRONG & 1 | stops


def _ends_of_piece(batch: Batch) -> Codes:
    """Tell the places before which anything ends, be it by a comma."""
    return _ends_of_sentence(batch) | batch.gaps >> COMMA & 1


def _pieces_of(row: Row, style: Style, ends: Codes, level: str) -> list[dict[str, Codes]]:
    """Say in what piece of the reference a place is: its marks, those beside it, which it is."""
    import numpy as np

    heads, first = row.heads, row.batch.firsts
    ends[heads] = ends[heads + 1] = ends[first] = ends[first + row.batch.lengths] = 1
    starts = np.flatnonzero(ends)
    piece = np.cumsum(ends) - 1
    marks = marks_of(row, starts)
    mark, mark_next, mark_last = (
        codes[piece] for codes in (marks, shifted(marks, -1), shifted(marks, 1))
    )
    number = piece - piece[heads][row.owner]
    left = np.maximum.reduceat(number, heads)[row.owner] - number - 1
    inside = np.minimum(np.arange(len(ends)) - starts[piece], 2)
    order = np.clip(number - 1, 0, 7)
    first_word, coarse = row.words[starts][piece], coarse_of(marks)[piece]
    wholes = {
        "k": mark,
        "kn": mark_next,
        "kl": mark_last,
        "o": order,
        "p": np.clip(left, 0, 7),
        "os": packed((order, 3), (style.style, 4), (style.depth, 1)),
        "gm": packed((coarse, COARSE_BITS), (style.sort, SORT_BITS)),
        "om": packed((coarse, COARSE_BITS), (order, 3)),
        **{name: codes[piece] for name, codes in _sides_of(row.words, starts, marks).items()},
    }
    places = {
        "in": packed((inside, 2), (mark, _MARK_BITS)),
        "ls": packed((mark_last, _MARK_BITS), (row.shapes, 5)),
        "xs": packed((mark_next, _MARK_BITS), (row.shapes, 5)),
        "ks": packed((mark, _MARK_BITS), (style.style, 4), (style.passed, 1)),
        "kb": packed((mark, _MARK_BITS), (row.bare, 20)),
        "fs": packed((first_word, 31), (row.shapes, 5)),
    }
    return [
        {f"{name}{level}": numbers for name, numbers in codes.items()} for codes in (wholes, places)
    ]


def _sides_of(words: Codes, starts: Codes, marks: Codes) -> dict[str, Codes]:
    """Say of each piece with which words it and those beside it begin and end."""
    first, last = words[starts], shifted(shifted(words, 1)[starts], -1)
    coarse = coarse_of(marks)
    before, behind = shifted(coarse, 1), shifted(coarse, -1)
    return {
        "fw": first,
        "lw": last,
        "fn": shifted(first, -1),
        "ln": shifted(last, 1),
        "tr": packed((before, COARSE_BITS), (coarse, COARSE_BITS), (behind, COARSE_BITS)),
        "tl": packed(
            (shifted(coarse, 2), COARSE_BITS), (before, COARSE_BITS), (coarse, COARSE_BITS)
        ),
        "tn": packed(
            (coarse, COARSE_BITS), (behind, COARSE_BITS), (shifted(coarse, -2), COARSE_BITS)
        ),
    }


def coarse_of(marks: Codes) -> Codes:
    """Leave of the marks of pieces what tells most: length, names, numbers, lists."""
    listed = marks & 0xFF
    return packed(
        (marks >> 14 & 3, 2),
        (marks >> 10 & 3, 2),
        ((marks >> 12 & 3 != 0).astype(marks.dtype), 1),
        ((marks >> 8 & 3 != 0).astype(marks.dtype), 1),
        ((listed & 0b11000000 != 0).astype(marks.dtype), 1),
        (listed >> 5 & 1, 1),
        ((listed & 0b1100 != 0).astype(marks.dtype), 1),
    )


def marks_of(row: Row, starts: Codes) -> Codes:
    """Describe each piece: how long, how much in lower case, which lists its words are on."""
    import numpy as np

    sizes = np.diff(np.append(starts, len(row.shapes)))

    def count(holds: NDArray[np.bool_]) -> Codes:
        """Count within each piece."""
        return np.asarray(np.add.reduceat(holds.astype(np.int64), starts))

    flags, shapes = row.batch.flags, row.shapes
    lists = [count(flags >> bit & 1 == 1) for bit in range(SHAPE_BITS, ENDS_BIT)]
    digits = count((shapes >= _FIRST_DIGITS) & (shapes <= _LAST_DIGITS))
    lower = count(shapes == SHAPES["xx"])
    initials = count((shapes == SHAPES["X"]) | (shapes == SHAPES["XX"]))
    journal = COUNTED_LISTS.index("journal")
    return packed(
        (np.digitize(sizes, (2, 3, 5, 8, 13)).astype(np.int64), 3),
        (np.digitize(lower / sizes, (0.01, 0.4)).astype(np.int64), 2),
        (np.minimum(initials, 2), 2),
        (np.where(digits == sizes, 2, np.minimum(digits, 1)), 2),
        (np.minimum(lists[journal], 2), 2),
        *((np.minimum(one, 1), 1) for at, one in enumerate(lists) if at != journal),
    )
