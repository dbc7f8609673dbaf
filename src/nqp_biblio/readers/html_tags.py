"""Tags and entities of HTML, JATS and MathML in the values of databases."""

from __future__ import annotations

import re

from nqp_biblio.text.entities import decode_entities
from nqp_biblio.text.unicode import clean_text

__all__ = ["without_tags"]

_BLOCK = re.compile(
    r"</?(?:p|br|div|li|ul|ol|hr|h\d|title|sec|jats:(?:p|sec|title))(?:\s[^<>]{0,200})?\s?/?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z][\w:.-]{0,40}(?:\s[^<>]{0,300})?/?>")


def without_tags(text: str) -> str:
    """Take tags and entities away, and clean what is left.

    Parameters
    ----------
    text : str
        A value of a database. Markdown is left alone: a title may hold stars and addresses
        hold underscores.

    Returns
    -------
    str
        The text as it shows; a tag that begins a paragraph is a blank.

    Examples
    --------
    >>> without_tags("H<sub>2</sub>O &amp; <mml:mn>36</mml:mn>Cl<br/>if a < b")
    'H2O & 36Cl if a < b'
    """
    if "<" in text:
        text = _TAG.sub("", _BLOCK.sub(" ", text))
    return clean_text(decode_entities(text) if "&" in text else text)
