"""Groups and arguments in TeX source."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["argument_at", "arguments_at", "without_comments"]

_SIGN = re.compile(r"\\.|[{}\[\]]", re.DOTALL)
_BLANKS = re.compile(r"(?:\s|%[^\n]{0,2000}\n){0,200}")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\){0,9})%[^\n]{0,5000}")
_CLOSING = {"}": "{", "]": "["}


@lru_cache(maxsize=32)
def _closings(text: str) -> dict[int, int]:
    """Tell where each group ends that has an end; the cost is linear in the text."""
    closings: dict[int, int] = {}
    still_open: list[tuple[str, int]] = []
    for sign in _SIGN.finditer(text):
        found = sign[0]
        if found in _CLOSING.values():
            still_open.append((found, sign.start()))
        elif found == "}":
            while still_open:
                opening, at = still_open.pop()
                if opening == "{":
                    closings[at] = sign.start()
                    break
        elif found == "]" and still_open and still_open[-1][0] == "[":
            closings[still_open.pop()[1]] = sign.start()
    return closings


def argument_at(text: str, at: int, opening: str = "{") -> tuple[str, int] | None:
    """Read the argument that begins at a place, blanks before it left out.

    Parameters
    ----------
    text : str
        TeX source.
    at : int
        Where to begin.
    opening : str
        The bracket that begins it: ``{``, or ``[`` for an optional one.

    Returns
    -------
    (str, int) or None
        What is inside, and where the text goes on; None where no argument begins here or it
        has no end.
    """
    blanks = _BLANKS.match(text, at)
    at = blanks.end() if blanks else at
    if text[at : at + 1] != opening:
        return None
    end = _closings(text).get(at)
    return None if end is None else (text[at + 1 : end], end + 1)


def arguments_at(text: str, at: int, count: int) -> tuple[list[str], int]:
    """Read so many arguments in braces, or as many as there are."""
    found: list[str] = []
    while len(found) < count and (argument := argument_at(text, at)):
        found.append(argument[0])
        at = argument[1]
    return found, at


def without_comments(text: str) -> str:
    """Write blanks over comments, so that every other character keeps its place."""
    return _COMMENT.sub(lambda found: found[1] + " " * (len(found[0]) - len(found[1])), text)
