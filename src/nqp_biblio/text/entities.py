"""Entities of HTML and XML in text that should have none."""

from __future__ import annotations

import html
import re

__all__ = ["decode_entities"]

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def decode_entities(text: str) -> str:
    """Turn entities into their characters.

    Parameters
    ----------
    text : str
        Any text; what is no whole entity, such as the ``&region=`` of an address, stays.

    Returns
    -------
    str
        The text; an entity that was escaped twice is decoded too.

    Examples
    --------
    >>> decode_entities("Alzheimer&#39;s &amp;amp; others, a?b&region=c")
    "Alzheimer's & others, a?b&region=c"
    """
    for _ in range(2):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return text
