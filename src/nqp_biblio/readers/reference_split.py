"""Part the lines of a reference list into its references."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nqp_biblio.readers.labels import Start, find_labelled_starts, label_number
from nqp_biblio.readers.lines import join_pieces
from nqp_biblio.readers.traits import (
    count_traits,
    has_traits,
    is_complete,
    may_start,
    starts_with_name,
)
from nqp_biblio.text.unicode import clean_text, strip_markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.readers.lines import Line

__all__ = ["PrintedReference", "SplitList", "goes_on", "split_lines", "split_references"]

_BULLET = re.compile(r"\s{0,200}(?:[-*+•·▪◦‣]|\\item)\s{1,8}(?=\S)")
_STRONG, _CLEAR = 2, 3
_MAX_HEADING = 60
_MOST = 0.8
_HALF = 0.5
_FEW = 0.3
_TAB = 4
_LONG_LINE = 150
_FILLED = 0.98
_WIDE_SHARE = 0.95
_OPEN = ",-–—&(/"
_DATE = re.compile(
    r"(?<![\d–-])(?:1[5-9]|20)\d\d[a-z]?(?![\d–-])|\bn\.?\s?d\.|\bin press|forthcoming|to appear"
    r"|unpublished|submitted",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?P<names>.{3,600}?)[,.]?\s[(\[]?(?P<date>(?:1[5-9]|20)\d\d[a-z]?)[)\]]?[.,:]{0,2}"
)
_LOWER_WORD = re.compile(r"(?<![\w'’-])[a-zà-ÿ]\w{0,40}")
_SMALL = frozenset(("and", "et", "al", "van", "von", "de", "der", "den", "di", "da", "y", "und"))
_DATE_IN_BRACKETS = re.compile(
    r"[(\[](?:c\.\s?)?(?:(?:1[5-9]|20)\d\d[a-z]?|n\.?\s?d\.|in press|forthcoming|to appear)"
    r"[^()\[\]]{0,20}[)\]]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PrintedReference:
    """One reference as it stands in a list.

    Attributes
    ----------
    raw : str
        Its text on one line, without label and markup.
    label : str or None
        Number or key in the list, without brackets.
    line : int
        Line of the file where it begins, from 1.
    offset, end : int
        First character of its first line and the one after its last, label included.
    remark : str or None
        What is odd about it, for a problem.
    """

    raw: str
    label: str | None
    line: int
    offset: int
    end: int
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class SplitList:
    """The references of a list, and what in it is none.

    Attributes
    ----------
    references : tuple of PrintedReference
        In the order printed.
    strays : tuple of PrintedReference
        Passages of the list that are no references, each with a remark.
    labelled : bool
        Whether the references have labels.
    """

    references: tuple[PrintedReference, ...]
    strays: tuple[PrintedReference, ...] = ()
    labelled: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """A printed line: its place, its indent, and whether a gap stands before it."""

    place: int
    indent: int
    after_gap: bool
    text: str


def split_references(lines: Sequence[Line], compounds: frozenset[str] = frozenset()) -> SplitList:
    r"""Part the lines of a list into references.

    Parameters
    ----------
    lines : sequence of Line
        Lines of the list without its heading and without page furniture.
    compounds : frozenset of str
        Words that keep their hyphen at a line end.

    Returns
    -------
    SplitList
        Every line that is not blank is part of exactly one reference or stray.

    Examples
    --------
    >>> from nqp_biblio.readers.lines import lines_of
    >>> found = split_references(lines_of("[1] Roe R. A. J 1: 2–\n\n3.\n[2] Doe J. B. J 2: 5."))
    >>> [(one.label, one.raw) for one in found.references]
    [('1', 'Roe R. A. J 1: 2–3.'), ('2', 'Doe J. B. J 2: 5.')]
    """
    if all(line.is_blank for line in lines):
        return SplitList(())
    labelled = find_labelled_starts(lines)
    if labelled:
        return _labelled_list(lines, labelled, compounds)
    starts = _unlabelled_starts(_rows_of(lines))
    printed = [_entry(lines, pair, compounds) for pair in _spans(lines, starts)]
    alone = [_is_heading(one) for one in printed]
    if all(alone):
        alone = [False] * len(printed)
    pairs = list(zip(printed, alone, strict=True))
    return SplitList(
        tuple(one for one, is_stray in pairs if not is_stray),
        tuple(
            replace(one, remark="a heading in the list, not a reference")
            for one, is_stray in pairs
            if is_stray
        ),
    )


def split_lines(lines: Sequence[Line]) -> SplitList:
    """Take every line that is not blank for one reference.

    Parameters
    ----------
    lines : sequence of Line
        Lines of a file.

    Returns
    -------
    SplitList
        One reference a line; numbers before them become labels where all are numbered.
    """
    printed = [row for row, line in enumerate(lines) if not line.is_blank]
    labels = {start.row: start for start in find_labelled_starts(lines) if not start.column}
    starts = [labels.get(row, Start(row)) for row in printed]
    if len(labels) < len(printed):
        starts = [Start(row) for row in printed]
    spans = [(start, Start(start.row + 1)) for start in starts]
    references = tuple(_entry(lines, span, frozenset()) for span in spans)
    return SplitList(references, labelled=len(labels) == len(printed))


def _spans(lines: Sequence[Line], starts: Sequence[Start]) -> list[tuple[Start, Start]]:
    """Each start with the next one."""
    return list(itertools.pairwise([*starts, Start(len(lines))]))


def _entry(
    lines: Sequence[Line], span: tuple[Start, Start], compounds: frozenset[str]
) -> PrintedReference:
    """Join what stands between two starts."""
    start, after = span
    pieces = [lines[start.row].text[start.body :]]
    if after.row == start.row:
        pieces = [lines[start.row].text[start.body : after.column]]
    pieces += [line.text for line in lines[start.row + 1 : after.row]]
    if after.row > start.row and after.column:
        pieces.append(lines[after.row].text[: after.column])
    first = lines[start.row]
    last = max((row for row in range(start.row, after.row) if not lines[row].is_blank), default=-1)
    end = lines[last].end if last >= 0 else first.end
    if after.row < len(lines) and after.column:
        end = lines[after.row].offset + after.column
    joined = join_pieces(pieces, compounds)
    offset = first.offset + start.column
    return PrintedReference(
        clean_text(strip_markup(joined)), start.label, first.number, offset, end
    )


# -- labelled lists ------------------------------------------------------------------------


def _labelled_list(
    lines: Sequence[Line], starts: list[Start], compounds: frozenset[str]
) -> SplitList:
    """Part a list whose references have numbers or keys."""
    references: list[PrintedReference] = []
    strays: list[PrintedReference] = []
    for passage in _passages(lines, Start(0), starts[0]):
        one = _entry(lines, passage, compounds)
        if not one.raw:
            continue
        if has_traits(one.raw, _CLEAR):
            references.append(replace(one, remark="a reference without label before the others"))
        else:
            strays.append(replace(one, remark="stands before the first reference"))
    for start, after in _spans(lines, starts):
        for one in _with_continuations(lines, (start, after), compounds):
            kept = references if one.label is not None or has_traits(one.raw, _CLEAR) else strays
            kept.append(one)
    return SplitList(tuple(_with_count_checked(references)), tuple(strays), labelled=True)


def _passages(lines: Sequence[Line], start: Start, after: Start) -> list[tuple[Start, Start]]:
    """Part the lines between two starts at blank lines."""
    heads = [
        Start(row)
        for row in range(start.row + 1, after.row)
        if not lines[row].is_blank and lines[row - 1].is_blank
    ]
    return list(itertools.pairwise([start, *heads, after]))


def _with_continuations(
    lines: Sequence[Line], span: tuple[Start, Start], compounds: frozenset[str]
) -> list[PrintedReference]:
    """Tell what follows a labelled reference after a blank line: its rest, or something else."""
    start, after = span
    passages = _passages(lines, start, after)
    found = [start]
    so_far = ""
    for passage in passages:
        text = _entry(lines, passage, compounds).raw
        if so_far and not goes_on(so_far, text):
            found.append(passage[0])
            so_far = text
        else:
            so_far = f"{so_far} {text}".strip()
    entries = [_entry(lines, pair, compounds) for pair in itertools.pairwise([*found, after])]
    return [
        entries[0],
        *(
            replace(one, remark="stands between the references without a label")
            for one in entries[1:]
        ),
    ]


def goes_on(before: str, text: str) -> bool:
    """Whether a passage after a blank line belongs to the reference before it."""
    if not is_complete(before) or not may_start(text):
        return True
    return not has_traits(before, _CLEAR) and not starts_with_name(text)


def _with_count_checked(references: list[PrintedReference]) -> list[PrintedReference]:
    """Remark on numbers that are missing or stand twice."""
    checked = []
    seen: set[str] = set()
    last: int | None = None
    for one in references:
        number = label_number(one.label)
        remark = one.remark
        if one.label in seen and one.label is not None:
            remark = f"the label [{one.label}] stands twice in the list"
        elif number is not None and last is not None and number not in {last, last + 1}:
            remark = f"the numbers jump from [{last}] to [{number}]"
        checked.append(replace(one, remark=remark))
        if one.label is not None:
            seen.add(one.label)
            last = number
    return checked


# -- lists without labels ------------------------------------------------------------------


def _rows_of(lines: Sequence[Line]) -> list[_Row]:
    """Printed lines with what their layout says."""
    rows = []
    gap = True
    for place, line in enumerate(lines):
        if line.is_blank:
            gap = True
            continue
        text = line.text.expandtabs(_TAB)
        indent = len(text) - len(text.lstrip())
        rows.append(_Row(place, indent, gap or line.new_page, text.strip()))
        gap = False
    return rows


def _unlabelled_starts(rows: list[_Row]) -> list[Start]:
    """Find where references begin by bullets, indents, blank lines or how they read."""
    bulleted = [row for row in rows if _BULLET.match(row.text)]
    if bulleted and bulleted[0] is rows[0]:
        return _bulleted_starts(rows)
    rules = (_hanging, _indented, _paragraphs, _one_a_line)
    tried = (rule(rows) for rule in rules)
    places = next((found for found in tried if found is not None), None)
    places = _flush(rows) if places is None else places
    return [Start(rows[place].place) for place in sorted({0, *places})]


def _bulleted_starts(rows: list[_Row]) -> list[Start]:
    """Every bullet begins a reference."""
    base = min(row.indent for row in rows if _BULLET.match(row.text))
    starts = []
    for row in rows:
        match = _BULLET.match(row.text)
        if match and row.indent == base:
            starts.append(Start(row.place, 0, row.indent + match.end()))
        elif row.after_gap and starts_with_name(row.text) and has_traits(row.text):
            starts.append(Start(row.place))
    return starts


def _hanging(rows: list[_Row]) -> list[int] | None:
    """First lines stand out to the left of the others."""
    base = min(row.indent for row in rows)
    outer = [place for place, row in enumerate(rows) if row.indent == base]
    inner = [place for place, row in enumerate(rows) if row.indent > base]
    if not inner or rows[0].indent > base:
        return None
    reads_well = sum(may_start(rows[place].text) for place in outer) >= _MOST * len(outer)
    begin_inside = sum(_begins(rows, place, _STRONG) for place in inner)
    if not reads_well or begin_inside > _FEW * len(inner):
        return None
    gaps = sum(rows[place].after_gap for place in outer) >= _MOST * len(outer)
    return outer + [
        place
        for place in inner
        if gaps and rows[place].after_gap and is_complete(rows[place - 1].text)
    ]


def _indented(rows: list[_Row]) -> list[int] | None:
    """First lines stand to the right of the others."""
    base = min(row.indent for row in rows)
    deeper = [place for place, row in enumerate(rows) if row.indent > base]
    outer = [place for place, row in enumerate(rows) if row.indent == base]
    if rows[0].indent == base or len(deeper) < _STRONG:
        return None
    reads_well = sum(may_start(rows[place].text) for place in deeper) >= _MOST * len(deeper)
    begin_outside = sum(_begins(rows, place, _STRONG) for place in outer)
    return deeper if reads_well and begin_outside <= _FEW * len(outer) else None


def _paragraphs(rows: list[_Row]) -> list[int] | None:
    """Blank lines part the references."""
    heads = [place for place, row in enumerate(rows) if row.after_gap]
    inner = [place for place, row in enumerate(rows) if not row.after_gap]
    if len(heads) < _STRONG and len(rows) > 1:
        return None
    titles = sum(_is_title(rows, place) for place in heads)
    if sum(_begins(rows, place, _STRONG) for place in inner) > _HALF * (len(heads) - titles):
        return None
    return [
        place
        for place in heads
        if place == 0
        or (is_complete(rows[place - 1].text) and may_start(rows[place].text))
        or has_traits(rows[place].text, _CLEAR)
        or _looks_titled(rows, place)
    ]


def _is_title(rows: list[_Row], place: int) -> bool:
    """Whether a line after a gap is a heading in the list, with a reference right below."""
    text = rows[place].text
    plain = len(text) <= _MAX_HEADING and not any(sign.isdigit() or sign in ".,;" for sign in text)
    return plain and place + 1 < len(rows) and rows[place + 1].after_gap


def _looks_titled(rows: list[_Row], place: int) -> bool:
    """Whether a line after a gap begins anew though the one before does not end well."""
    return may_start(rows[place].text) and not _is_open(rows, place)


def _is_open(rows: list[_Row], place: int) -> bool:
    """Whether the line above must go on; an address may end with a slash before a name."""
    above = rows[place - 1].text
    return above[-1] in _OPEN and not (
        above[-1] == "/" and "://" in above and starts_with_name(rows[place].text)
    )


def _one_a_line(rows: list[_Row]) -> list[int] | None:
    """Every line is a reference, but for a few that go on."""
    is_open = _width(rows) > _LONG_LINE and not _is_wrapped(rows)
    whole = sum(may_start(row.text) and has_traits(row.text) for row in rows)
    named = sum(starts_with_name(row.text) for row in rows)
    wanted = _FEW if is_open else _MOST
    if whole < wanted * len(rows) or (named < _HALF * len(rows) and _is_wrapped(rows)):
        return None
    return [
        place
        for place, row in enumerate(rows)
        if place == 0 or (may_start(row.text) and not _is_open(rows, place))
    ]


def _fits_above(rows: list[_Row], place: int, width: int) -> bool:
    """Whether the first word of a line would have stood in the line above, had it gone on."""
    first = rows[place].text.split(" ", 1)[0]
    return len(rows[place - 1].text) + 1 + len(first) <= _FILLED * width


def _is_wrapped(rows: list[_Row]) -> bool:
    """Whether the lines look cut at a margin: most are nearly as long as the text is wide."""
    width = _width(rows)
    filled = sum(_MOST * width < len(row.text) <= width / _MOST for row in rows)
    return filled > _HALF * len(rows)


def _width(rows: list[_Row]) -> int:
    """Return the usual length of a full line; a long address does not widen it."""
    return sorted(len(row.text) for row in rows)[int(_WIDE_SHARE * (len(rows) - 1))]


def _flush(rows: list[_Row]) -> list[int]:
    """Nothing but the wording parts the references."""
    if not any(_begins(rows, place, 1) for place in range(1, len(rows))) and not _is_wrapped(rows):
        return list(range(len(rows)))
    width = _width(rows)
    starts = [
        place
        for place in range(len(rows))
        if place == 0 or _begins(rows, place, 1) or _begins_short(rows, place, width)
    ]
    return _with_dates(rows, _with_titles(rows, starts))


def _with_titles(rows: list[_Row], starts: list[int]) -> list[int]:
    """Join what is names and a date alone with what follows."""
    texts = _texts(rows, starts)
    kept = starts[:1]
    for (before, text), place in zip(itertools.pairwise(texts), starts[1:], strict=True):
        if not _lacks_title(before, text):
            kept.append(place)
    return kept


def _texts(rows: list[_Row], starts: list[int]) -> list[str]:
    """Return the lines from each start to the next, joined."""
    bounds = itertools.pairwise([*starts, len(rows)])
    return [" ".join(row.text for row in rows[begin:end]) for begin, end in bounds]


def _with_dates(rows: list[_Row], starts: list[int]) -> list[int]:
    """Where nearly every reference has a date, join what has none to the one before."""
    texts = _texts(rows, starts)
    titles = [_is_title(rows, place) for place in starts]
    bracketed = [_DATE_IN_BRACKETS.search(text) is not None for text in texts]
    dated = [_DATE.search(text) is not None for text in texts]
    n_entries = len(starts) - sum(titles)
    dated = bracketed if sum(bracketed) >= _MOST * n_entries else dated
    if sum(dated) < _MOST * n_entries:
        return starts
    kept = starts[:1]
    so_far = dated[0] or titles[0] if dated else False
    for place, text, has_date in zip(starts[1:], texts[1:], dated[1:], strict=True):
        if _is_title(rows, place):
            kept.append(place)
            so_far = True
            continue
        closed = is_complete(rows[place - 1].text)
        named = starts_with_name(text) and len(text) > _MAX_HEADING and closed
        if (has_date or named) if so_far else (has_date and named):
            kept.append(place)
            so_far = has_date
        else:
            so_far = so_far or has_date
    return kept


def _lacks_title(before: str, text: str) -> bool:
    """Whether a text is names and a date alone, and the one after it has no other date."""
    head = _HEAD.fullmatch(before)
    if head is None or any(word not in _SMALL for word in _LOWER_WORD.findall(head["names"])):
        return False
    dates = {date[0] for date in _DATE.finditer(text)}
    return dates <= {head["date"]} and starts_with_name(before)


def _begins_short(rows: list[_Row], place: int, width: int) -> bool:
    """Whether a line begins a reference by the gap at the end of the line above."""
    above, text = rows[place - 1].text, rows[place].text
    if not _fits_above(rows, place, width) or _is_open(rows, place):
        return False
    return starts_with_name(text) or (is_complete(above) and may_start(text))


def _begins(rows: list[_Row], place: int, least: int) -> bool:
    """Whether a line reads like the first of a reference, and the one before like a last."""
    row = rows[place]
    if not starts_with_name(row.text):
        return row.after_gap and _is_title(rows, place)
    if place == 0:
        return True
    closed = is_complete(rows[place - 1].text) or _is_title(rows, place - 1)
    return closed and count_traits(row.text) >= least


def _is_heading(one: PrintedReference) -> bool:
    """Whether an entry is a heading between references: short, no digit, no full stop."""
    text = one.raw
    plain = not any(sign.isdigit() or sign in '.,;:()[]“"。，' for sign in text)
    return plain and len(text) <= _MAX_HEADING and not has_traits(text, 1)
