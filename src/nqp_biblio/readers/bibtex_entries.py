"""Split a .bib file into its entries, whatever state it is in.

One pass from left to right. What is damaged is repaired where one reading is plain, and
said: a missing comma, a brace that never closes, an entry without key, a file cut short.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Entry", "Flaw", "Part", "Value", "segments", "split_entries"]


@dataclass(slots=True)
class Part:
    """One part of a value: text that stood in braces or quotes, or the name of a macro."""

    text: str
    is_macro: bool = False


@dataclass(slots=True)
class Value:
    """One field as it stands: its name in lower case, and its parts that ``#`` joins."""

    name: str
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong in an entry: the offset where it is, and the reason."""

    offset: int
    reason: str


@dataclass(slots=True)
class Entry:
    """One entry as it stands; ``kind`` is in lower case.

    ``@comment``, ``@preamble`` and what stands between entries is left out; ``@string``
    comes as an entry of that kind.
    """

    kind: str
    key: str | None
    start: int
    end: int = 0
    values: list[Value] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)


_START = re.compile(r"@[ \t\n]{0,200}([A-Za-z][\w:+-]{0,60})[ \t\n]{0,200}([{(])")
_HARD_START = re.compile(
    r"\n@[A-Za-z][\w:+-]{0,60}[ \t]{0,20}(?:\{|\([ \t]{0,20}[^\s,()]{1,200}[ \t]{0,20},)"
)
_SOFT_START = re.compile(
    r"\n[ \t]{0,60}@[A-Za-z]{2,30}[ \t]{0,20}[{(][ \t]{0,20}[^\s,(){}=\"]{1,200}[ \t]{0,20},"
)
_USUAL = re.compile(
    r"[\s,]{0,99}([A-Za-z][\w-]{0,40})\s{0,40}=\s{0,40}"
    r"(?:\{((?:[^{}\\]++|\\[^{}]|\{(?:[^{}\\]++|\\[^{}])*+\})*+)\}"
    r"|\"((?:[^\"{}\\]++|\\[^{}\"]|\{[^{}\"\\]*+\})*+)\"|(\d{1,9}))"
    r"\s{0,99}(?=[})]|,\s{0,99}(?:[})]|[A-Za-z][\w -]{0,40}=))"
)
"""A field that is whole and plain, and the sign behind it that shows it: nearly all are so."""

_BLANK = re.compile(r"\s*")
_BETWEEN = re.compile(r"(?:[\s,]|%[^\n]*)*")
_NAME = re.compile(r"[^={}\"#,\n]{1,200}?(?=\s*=)")
_FIELD_LINE = re.compile(
    r"\n[ \t]{0,60},?[ \t]{0,60}[A-Za-z][\w+:. -]{0,60}?[ \t]{0,60}=[ \t]{0,60}[{\"\w]"
)
_KEY = re.compile(r"[^,={}\n]*")
_BARE = re.compile(r"[^\s,#{}()\"]+")
_BRACE = re.compile(r"[{}]")
_ESCAPED_BRACE = re.compile(r"\\[\\{}]|[{}]")
_QUOTE = re.compile(r"[{}\"]")
_QUOTE_ENDS = re.compile(
    r"\s*(?:[#})]|\Z|,\s*(?:[})@%,]|\Z|\w[^={}\",\n]{0,60}=)|(?<=\n)[ \t]*\w[^={}\",\n]{0,60}=)"
)
_VALUE_ENDS = re.compile(r"\s*[,#})]")
_COMMENT = re.compile(r"@comment[ \t\n]{0,200}\{", re.IGNORECASE)
_NO_ENTRIES = frozenset({"preamble", "comment"})
_MAX_FLAWS = 20
_CLOSING = {"{": "}", "(": ")"}


def segments(blocks: Iterable[str], size: int) -> Iterator[tuple[str, bool]]:
    """Cut a long .bib file at entries, so that one piece at a time need be in memory.

    Parameters
    ----------
    blocks : iterable of str
        The file in pieces cut anywhere.
    size : int
        Characters that a segment has at least, but for the last one.

    Yields
    ------
    text : str
        Whole entries; joined, the segments are the file.
    is_last : bool
        Whether the file ends here.
    """
    waiting: list[str] = []
    wanted = size
    for block in blocks:
        waiting.append(block)
        if sum(map(len, waiting)) < wanted:
            continue
        text = "".join(waiting)
        if cut := _cut(text):
            yield text[:cut], False
        waiting, wanted = [text[cut:]], size if cut else 2 * len(text)
    yield "".join(waiting), True


def _cut(text: str) -> int:
    """Return where the last entry of a text begins, 0 where a comment may reach over it."""
    cut = text.rfind("\n@") + 1
    while cut and not _HARD_START.match(text, cut - 1):
        cut = text.rfind("\n@", 0, cut - 1) + 1
    comments = [found.start() for found in _COMMENT.finditer(text, 0, cut)]
    if comments and _Splitter(text[:cut]).closes(text.index("{", comments[-1])):
        return cut
    return 0 if comments else cut


def split_entries(text: str, *, is_last: bool = True) -> Iterator[Entry]:
    r"""Split a .bib file into its entries.

    Parameters
    ----------
    text : str
        The file, or a segment of it, with ``\n`` at line ends.
    is_last : bool
        Whether the file ends with the text.

    Yields
    ------
    Entry
        Each entry that is no comment, in the order of the file. The cost is linear.

    Examples
    --------
    >>> entry, = split_entries('@article(x, title = "A {B}" # c, year = 1999)')
    >>> entry.kind, entry.key, [value.name for value in entry.values]
    ('article', 'x', ['title', 'year'])
    """
    return _Splitter(text, is_last=is_last).entries()


class _Splitter:
    """The text, and where in it an entry must end at the latest."""

    def __init__(self, text: str, *, is_last: bool = True) -> None:
        self.text = text
        self.is_last = is_last
        self.hard = _Offsets(_HARD_START, text)
        self.soft = _Offsets(_SOFT_START, text)
        self.trusts_braces = True
        self.patience = 10 * len(text)

    def entries(self) -> Iterator[Entry]:
        """Yield the entries, skipping comments and what stands between."""
        at = 0
        while found := _START.search(self.text, at):
            if self._is_comment(found):
                at = found.start() + 1
                continue
            kind = found[1].lower()
            if kind in _NO_ENTRIES:
                at = self._after_comment(found)
                continue
            entry = self._entry(found, kind)
            yield entry
            at = max(entry.end, found.end())

    def _is_comment(self, found: re.Match[str]) -> bool:
        """Tell an e-mail address and a line behind % from an entry."""
        start = found.start()
        line = self.text[self.text.rfind("\n", max(start - 2_000, 0), start) + 1 : start]
        return line.lstrip().startswith("%") or line[-1:].isalnum()

    def _after_comment(self, found: re.Match[str]) -> int:
        """Return where a comment ends: at its closing brace, else at the next entry."""
        opening = found.end() - 1
        if self.text[opening] == "(":
            return found.end()
        if self.patience <= 0:
            return found.end()
        limit = len(self.text) if self.trusts_braces else self.hard.after(opening)
        end = self._closing_brace(opening, limit, _BRACE)
        if end is None:
            self.trusts_braces = False
            self.patience -= limit - opening
            return found.end()
        return end + 1

    def _entry(self, found: re.Match[str], kind: str) -> Entry:
        """Read one entry; where it does not close, the next one ends it."""
        limit = self.hard.after(found.end())
        if not self.trusts_braces:
            limit = min(limit, self.soft.after(found.end()))
        entry = _EntryReader(self, found, limit).read(kind)
        if entry.end >= limit and (near := self.soft.after(found.end())) < limit:
            self.trusts_braces = False
            entry = _EntryReader(self, found, near).read(kind)
        return entry

    def _closing_brace(self, opening: int, limit: int, pattern: re.Pattern[str]) -> int | None:
        """Return the offset of the brace that closes the one at `opening`."""
        depth = 0
        for found in pattern.finditer(self.text, opening, limit):
            sign = found[0]
            if sign == "{":
                depth += 1
            elif sign == "}":
                depth -= 1
                if depth == 0:
                    return found.start()
        return None

    def closes(self, opening: int) -> bool:
        """Whether the brace at `opening` is closed."""
        return self._closing_brace(opening, len(self.text), _BRACE) is not None

    def closing_brace(self, opening: int, limit: int) -> int | None:
        r"""Return the closing brace as BibTeX counts them, or counting \{ as a letter."""
        end = self._closing_brace(opening, limit, _BRACE)
        if self.text.find("\\{", opening, limit if end is None else end) == -1:
            return end
        other = self._closing_brace(opening, limit, _ESCAPED_BRACE)
        if other is not None and _VALUE_ENDS.match(self.text, other + 1, limit):
            return other
        return end


class _Offsets:
    """Lines that begin with a pattern, asked for by rising offsets from 1."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self._pattern, self._text = pattern, text
        self._next = -1

    def after(self, offset: int) -> int:
        """Return where the first such line at or behind `offset` begins, or the text ends."""
        if self._next < offset:
            found = self._pattern.search(self._text, offset - 1)
            self._next = found.start() + 1 if found else len(self._text)
        return self._next


class _EntryReader:
    """Reads one entry, from its opening brace to its end or to `limit`."""

    def __init__(self, splitter: _Splitter, found: re.Match[str], limit: int) -> None:
        self.splitter = splitter
        self.text = splitter.text
        self.limit = limit
        self.start = found.start()
        self.at = found.end()
        self.closing = _CLOSING[found[2]]
        self.newline = -1
        self.is_cut = False  # a value was cut already, which explains what follows
        self.flaws: list[Flaw] = []

    def read(self, kind: str) -> Entry:
        """Read key and fields."""
        entry = Entry(kind, None, self.start, flaws=self.flaws)
        if kind != "string":
            entry.key = self._key()
        while True:
            self._usual(entry.values)
            if self._skip(_BETWEEN) >= self.limit:
                self._never_closed("the entry is never closed")
                break
            if self.text[self.at] in "})":
                self._close()
                break
            if not self._field(entry.values):
                break
        entry.end = self.at
        return entry

    def _usual(self, values: list[Value]) -> None:
        """Read fields as long as they are of the usual form."""
        while found := _USUAL.match(self.text, self.at, self.limit):
            name, braced, quoted, number = found.groups()
            text = braced if braced is not None else quoted if quoted is not None else number
            values.append(Value(name.lower(), [Part(text)]))
            self.at = found.end()

    def _close(self) -> None:
        """Step over the end of the entry."""
        if self.text[self.at] != self.closing:
            self._flaw(
                f"the entry opens with {'{' if self.closing == '}' else '('} and closes with"
                f" {self.text[self.at]}"
            )
        self.at += 1

    def _key(self) -> str | None:
        """Read the key; None where the entry begins with a field."""
        self._skip(_BLANK)
        found = _KEY.match(self.text, self.at, self.limit)
        key = found[0].strip() if found else ""
        end = found.end() if found else self.at
        sign = self.text[end : end + 1] if end < self.limit else ""
        if sign == "=":
            self._flaw("the entry has no key")
            return None
        if self.closing == ")" and ")" in key and sign != ",":
            key = key[: key.index(")")]
            end = self.text.index(")", self.at)
        elif sign in "{\n" and sign:
            self._flaw("a comma is missing after the key")
        self.at = end
        if not key:
            self._flaw("the entry has no key")
        return key or None

    def _field(self, values: list[Value]) -> bool:
        """Read one field; False where the entry can be read no further."""
        start = self.at
        found = _NAME.match(self.text, self.at, self.limit)
        if found is None:
            return self._stray()
        self.at = found.end()
        self._skip(_BLANK)
        self.at += 1
        name = " ".join(found[0].split()).lower()
        if not self._value(values, name):
            return False
        self._skip(_BLANK)
        if self.at < self.limit and self.text[self.at] not in ",})":
            self._unexpected(values[-1])
        return self.at > start

    def _value(self, values: list[Value], name: str) -> bool:
        """Read a value; False where it is never closed and ends the entry."""
        value = Value(name, [])
        values.append(value)
        while True:
            self._skip(_BLANK)
            sign = self.text[self.at : self.at + 1] if self.at < self.limit else ""
            if sign == "{":
                if not self._braced(value):
                    return self._recover(value)
            elif sign == '"':
                if not self._quoted(value):
                    return self._recover(value)
            elif sign and sign not in ",})":
                self._bare(value)
            self._skip(_BLANK)
            if self.at >= self.limit or self.text[self.at] != "#":
                return True
            self.at += 1

    def _braced(self, value: Value) -> bool:
        """Read text in braces."""
        end = self.splitter.closing_brace(self.at, self.limit)
        if end is None:
            return False
        value.parts.append(Part(self.text[self.at + 1 : end]))
        self.at = end + 1
        return True

    def _quoted(self, value: Value) -> bool:
        """Read text in quotes; a quote ends it where a comma, # or the end follows."""
        depth, inner = 0, 0
        for found in _QUOTE.finditer(self.text, self.at + 1, self.limit):
            sign = found[0]
            if sign != '"':
                depth = max(depth + (1 if sign == "{" else -1), 0)
                continue
            if depth or self.text[found.start() - 1] == "\\":
                continue
            if _QUOTE_ENDS.match(self.text, found.end(), self.limit):
                value.parts.append(Part(self.text[self.at + 1 : found.start()]))
                self.at = found.end()
                if inner:
                    self._flaw(f"a quotation mark inside the quotes of {value.name!r}")
                return True
            inner += 1
        return False

    def _bare(self, value: Value) -> None:
        """Read a number or the name of a macro."""
        found = _BARE.match(self.text, self.at, self.limit)
        if found is None:
            self.at += 1
            return
        value.parts.append(Part(found[0], is_macro=not found[0].isdigit()))
        self.at = found.end()

    def _unexpected(self, value: Value) -> None:
        """Go on behind a value that no comma follows."""
        if self.text[self.at] == "%" or self.is_cut:
            return
        if _NAME.match(self.text, self.at, self.limit):
            self._flaw(f"a comma is missing after {value.name!r}")
            return
        end = self._line_end()
        rest = self.text[self.at : end].rstrip(", \t")
        self._flaw(f"text after the value of {value.name!r}, a comma was expected: {rest[:80]!r}")
        if value.parts and rest.strip("{}"):
            value.parts.append(Part(" " + rest))
        self.at = end

    def _stray(self) -> bool:
        """Step over text that is no field."""
        end = self._line_end()
        stray = self.text[self.at : end].strip()
        if end <= self.at:
            self.at += 1
            return True
        self._flaw(f"no field, 'name = value' was expected: {stray[:80]!r}")
        self.at = end
        return True

    def _line_end(self) -> int:
        """Return where the line ends, or the entry on this line."""
        if self.newline < self.at:
            end = self.text.find("\n", self.at, self.limit)
            self.newline = self.limit if end == -1 else end
        comma = self.text.find(",", self.at, self.newline)
        stop = self.newline if comma == -1 else comma
        close = self.text.find(self.closing, self.at, stop)
        return stop if close == -1 else close

    def _recover(self, value: Value) -> bool:
        """Close a value that never closes at the next line that begins a field."""
        found = _FIELD_LINE.search(self.text, self.at, self.limit)
        end = found.start() if found else self.limit
        value.parts.append(Part(self.text[self.at + 1 : end].rstrip(' \t\n,}"')))
        self._never_closed(f"an unclosed brace or quote in {value.name!r}")
        self.is_cut = True
        self.at = end
        return found is not None

    def _never_closed(self, reason: str) -> None:
        """Say why the entry ends before it closes."""
        if self.is_cut:
            return
        is_end = self.splitter.is_last and self.limit >= len(self.text)
        where = "the end of file" if is_end else "the next entry"
        self._flaw(f"{reason}; read up to {where}")

    def _flaw(self, reason: str) -> None:
        if len(self.flaws) == _MAX_FLAWS:
            return
        self.flaws.append(Flaw(min(self.at, max(self.limit - 1, self.start)), reason))

    def _skip(self, pattern: re.Pattern[str]) -> int:
        """Step over blanks."""
        found = pattern.match(self.text, self.at, self.limit)
        if found:
            self.at = found.end()
        return self.at
