"""HTML: the text that a page shows, read like plain text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from nqp_biblio.readers.paper import read_text
from nqp_biblio.readers.registry import Format, register_format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source
    from nqp_biblio.record import Problem, Record

__all__ = ["FORMAT", "shown_text"]

_PAGE = re.compile(
    r"\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,20})?<(?:!doctype html|html)[\s>]", re.IGNORECASE
)
_HIDDEN = frozenset({"script", "style", "template", "noscript", "nav", "svg", "math", "head"})
_BLOCKS_TEXT = (
    "address article aside blockquote dd div dl dt figcaption figure footer header hr main ol p pre"
    " section table tr ul"
)
_BLOCKS = frozenset(_BLOCKS_TEXT.split())
_HEADING = re.compile(r"h[1-6]")
_RAISED = re.compile(r"\[?\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,20}\]?")
_BACK = re.compile(r"\s{0,4}[↩↵⤴]\ufe0e?\s*$")
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")


def _matches(source: Source) -> float:
    """Score a source: the first element is html."""
    return 0.9 if _PAGE.match(source.head) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Read the text of a page as a paper or a list."""
    return read_text(shown_text(source.text), file=source.name, format_name="html")


def shown_text(page: str) -> str:
    r"""Take the text out of a page.

    Parameters
    ----------
    page : str
        HTML, in whatever state it is.

    Returns
    -------
    str
        A paragraph a block; headings are marked as in Markdown, the items of numbered lists have
        their number, and raised numbers, as of citations, are printed ``^[1]``.

    Examples
    --------
    >>> shown_text("<h2>References</h2><ol><li>Roe A. <i>On X</i>.</li></ol>")
    '## References\n\n1. Roe A. On X.'
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Collects the paragraphs of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[list[str]] = [[]]
        self._n_hidden = 0
        self._lists: list[int | None] = []
        self._raised: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a list or something raised."""
        if tag in _HIDDEN:
            self._n_hidden += 1
        elif tag == "body":
            self._n_hidden = 0  # the end of the head may be left out
        elif tag == "ol":
            start = dict(attrs).get("start") or "1"
            self._lists.append(int(start) if start.isdecimal() and len(start) < 6 else 1)  # noqa: PLR2004
        elif tag == "ul":
            self._lists.append(None)
        elif tag == "sup":
            self._raised = []
        if tag == "br":
            self._blocks[-1].append("\n")
        elif tag == "li":
            self._begin_item()
        elif _HEADING.fullmatch(tag):
            self._blocks.append([f"{'#' * int(tag[1])} "])
        elif tag in _BLOCKS and (tag != "p" or not self._is_item_begun()):
            self._blocks.append([])

    def handle_endtag(self, tag: str) -> None:
        """End a block, a list or something raised."""
        if tag in _HIDDEN:
            self._n_hidden = max(0, self._n_hidden - 1)
        elif tag in {"ol", "ul"} and self._lists:
            self._lists.pop()
        elif tag == "sup" and self._raised is not None:
            printed, self._raised = "".join(self._raised).strip(), None
            is_number = _RAISED.fullmatch(printed)
            self._blocks[-1].append(f"^[{printed.strip('[]')}]" if is_number else printed)
        if tag in _BLOCKS or _HEADING.fullmatch(tag) or tag == "li":
            self._blocks.append([])

    def handle_data(self, data: str) -> None:
        """Take text that is shown."""
        if self._n_hidden:
            return
        into = self._blocks[-1] if self._raised is None else self._raised
        into.append(_BLANKS.sub(" ", data))

    def _begin_item(self) -> None:
        """Begin an item of a list, with its number where the list is numbered."""
        number = self._lists[-1] if self._lists else None
        self._blocks.append([f"{number}. "] if number is not None else [])
        if number is not None:
            self._lists[-1] = number + 1

    def _is_item_begun(self) -> bool:
        """Whether nothing but a number stands in the block yet."""
        return len(self._blocks[-1]) == 1 and self._blocks[-1][0][:1].isdigit()

    def text(self) -> str:
        """Return the blocks that hold something, parted by empty lines."""
        shown = (_BACK.sub("", "".join(block)) for block in self._blocks)
        lines = ("\n".join(" ".join(line.split()) for line in block.split("\n")) for block in shown)
        return "\n\n".join(block for block in map(str.strip, lines) if block.strip("#. 0123456789"))


FORMAT = Format(
    name="html",
    title="HTML page: a paper, or its reference list",
    suffixes=(".html", ".htm", ".xhtml"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
