"""Citations by key in Markdown, as Pandoc and Quarto read them: [@roe2019, p. 3], @roe2019."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nqp_biblio.readers.marker import Marker

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["cited_keys", "find_pandoc", "without_code"]

_KEY = (
    r"@(?:\{(?P<braced>[^{}\s]{1,200})\}"
    r"|(?P<key>[^\W_](?:[\w:.#$%&+?<>~/-]{0,200}[\w/])?|_\w{1,80}))"
)
_ONE = re.compile(rf"(?<![\w@./+-]){_KEY}")
_GROUP = re.compile(r"\[(?=[^\[\]]{0,2000}?@)[^\[\]]{1,2000}\](?!\()")
_LOCATOR = re.compile(r"\s?\[[^\[\]@]{1,200}\](?!\()")
_CODE = re.compile(
    r"^(?P<fence>`{3,20}|~{3,20})[^\n`~]{0,500}\n.*?(?:^(?P=fence)[`~]{0,20}[ \t]{0,20}$|\Z)"
    r"|(?P<tick>`{1,3})[^`]{1,500}(?P=tick)|<!--.*?(?:-->|\Z)",
    re.DOTALL | re.MULTILINE,
)
_NOT_CITING = re.compile(
    r"(?:fig|tbl|eq|sec|lst|thm|lem|cor|prp|cnj|def|exm|exr|algo|tab):|(?:fig|tbl|eq|sec|lst)-"
)


def without_code(text: str) -> str:
    """Write blanks over code and comments, so that the rest keeps its place.

    Parameters
    ----------
    text : str
        Markdown.

    Returns
    -------
    str
        A text of the same length with the same line ends.

    Examples
    --------
    >>> without_code("Use `@roe` now.")
    'Use        now.'
    """
    return _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def cited_keys(text: str) -> list[str]:
    """Return the keys that a text cites, each once, in its order.

    Parameters
    ----------
    text : str
        Markdown without code.

    Returns
    -------
    list of str
        Keys in square brackets, and those in the text that have a digit, as no handle of a
        person usually has.

    Examples
    --------
    >>> cited_keys("As @roe2019 says [see @doe, p. 3; @{x/y}], ask @admin or me@x2.org.")
    ['roe2019', 'doe', 'x/y']
    """
    keys: list[str] = []
    for marker in find_pandoc(text):
        inside = text[marker.start : marker.start + 1] == "["
        keys += [key for key in marker.labels if inside or any(map(str.isdigit, key))]
    return list(dict.fromkeys(keys))


def find_pandoc(text: str, known: Collection[str] | None = None) -> Iterator[Marker]:
    """Find the citations of a paragraph.

    Parameters
    ----------
    text : str
        The paragraph.
    known : collection of str, optional
        Keys that are cited; others are none, such as handles of persons.

    Yields
    ------
    Marker
        For each group in brackets, or key in the text with its page, with the keys as labels.

    Examples
    --------
    >>> text = "As @roe2019 [p. 3] says, and others [-@doe; @x, ch. 2]; see @fig:one."
    >>> [(text[one.start : one.end], one.labels) for one in find_pandoc(text)]
    [('@roe2019 [p. 3]', ('roe2019',)), ('[-@doe; @x, ch. 2]', ('doe', 'x'))]
    """
    groups = [(found.start(), found.end()) for found in _GROUP.finditer(text)]
    inside: dict[tuple[int, int], list[str]] = {}
    for found in _ONE.finditer(text.replace("-@", " @")):
        key = found["braced"] or found["key"]
        if _NOT_CITING.match(key) or (known is not None and key not in known):
            continue
        while groups and groups[0][1] <= found.start():
            groups.pop(0)
        span = found.span()
        if groups and groups[0][0] < found.start():
            span = groups[0]
        elif locator := _LOCATOR.match(text, found.end()):
            span = (found.start(), locator.end())
        inside.setdefault(span, []).append(key)
    for (start, end), keys in inside.items():
        yield Marker(start, end, tuple(dict.fromkeys(keys)))
