"""What a printed reference looks like: how it begins, what it holds, how it ends."""

from __future__ import annotations

import re

__all__ = ["count_traits", "has_traits", "is_complete", "may_start", "starts_with_name"]

_LOOK = 1_500
_INITIALS = r"(?:[^\W\d_a-z]\.?[\s-]?){1,4}"
_SURNAME = (
    r"(?:(?:van|von|de|del|della|den|der|di|da|dos|du|la|le|el|al|ter|ten|af|bin|ibn)\s){0,3}"
    r"(?:[dDlO]['’])?[^\W\d_a-z][\w'’.-]{0,30}(?:[\s-][^\W\d_a-z][\w'’.-]{1,30}){0,3}"
)
_NAME_START = re.compile(
    rf"[\"“]?(?:{_SURNAME},\s?(?:{_INITIALS}(?:[,.;:&(/]|\s|$)"
    r"|[^\W\d_a-z][\w'’.-]{1,30}(?:[\s,.;:&(/]|$))"
    rf"|{_SURNAME}\s(?:[^\W\d_a-z]\.?-?){{1,4}}(?:[,.;:(]|\s(?:et|and|&|\())"
    rf"|(?:[^\W\d_a-z]\.[\s-]?){{1,4}}{_SURNAME}(?:[,.;:(]|\s(?:et|and|&))"
    r"|[\u3400-\u9fff\uac00-\ud7af]{2,6}[,，.．、。;；\s]"
    r"|[-–—_―]{2,10}[.,]?\s"
    r"|[^\W\d_a-z][^()\[\]\d]{2,120}?(?:[,.:;]\s|\s?[(\[])(?:1[5-9]|20)\d\d[a-z]?[)\]]?\s?[.:,;])"
)
_NAMED_NUMBER = re.compile(r"\d{1,5}[^\W\d_a-z]{1,8}\s|\d{1,4}\s[^\W\d_a-z][\w-]{3,40}\s[^\W\d_]")
_TRAITS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?:1[5-9]\d\d|20\d\d)[a-z]?(?!\d)|\bn\.\s?d\.|in press|forthcoming|to appear",
        r"\d\s?[-–—‐−~～]\s?\d",
        r"\d\s?[(（]\s?\d[^()]{0,15}[)）]|\b\d{1,4}\s?[:;]\s?[a-z]?\d",
        r"\b10\.\d{4,9}/\S|https?://|\bwww\.|arxiv|\bdoi\b|\bisbn\b",
        r"[\[［][A-Z]{1,3}(?:/[A-Z]{1,3})?[\]］]",
        r"\b(?:vol|no|pp|eds?|hrsg|bd|jg|nr|núm|pág)s?\.",
        (
            r"\b(?:press|university|publish\w{0,5}|verlag|editions?|éditions|editorial|springer|elsevier"
            r"|wiley|routledge|sage|proceedings|proc|conference|journal|transactions|review|thesis"
            r"|dissertation|report|j|rev|ann|int|discussion paper|working paper)\b"
            r"|出版社|学报|大学|杂志|期刊|研究"
        ),
        r"\bet\s+al\b|等[,，.．]",
        r"[“\"«„][^”\"»]{8,300}[”\"»]|\*[^*]{5,200}\*",
    )
)
_END = re.compile(
    r"(?:[.。．!?！？)\]）］”\"»>/]|\d|\b10\.\d{4,9}/\S{1,200}|https?://\S{1,300})[*_\s]{0,5}$"
)
_OPEN_END = re.compile(
    r"(?:\b(?:vol|no|in|and|et|nr|bd|jg|of|the|(?<!\d\s)(?<!\d)pp?|[A-Z])\.?|[,;:&–—(-])\s{0,9}$"
)
_TAIL = 320


def starts_with_name(text: str) -> bool:
    """Whether a text begins with the name of an author.

    Parameters
    ----------
    text : str
        A line or a reference.

    Returns
    -------
    bool
        True for a family name with initials or a given name, initials with a family name,
        a Chinese or Korean name, or the dashes that stand for the author before.
    """
    return _NAME_START.match(text[:_LOOK].lstrip(" \t*_")) is not None


def may_start(text: str) -> bool:
    """Whether a reference may begin like this: a capital, a Chinese sign, a quotation mark."""
    text = text[:_LOOK].lstrip(" \t*_")
    if not text:
        return False
    if starts_with_name(text) or _NAMED_NUMBER.match(text):
        return True
    return not (text[0].islower() or text[0] in ",.;:)]–-+&/%0123456789")


def count_traits(text: str) -> int:
    """Count the traits of a reference in a text.

    Parameters
    ----------
    text : str
        Any text; its first 1,500 characters are read.

    Returns
    -------
    int
        How many of these it has: a name at its beginning, year, range, volume with issue
        or page, address or DOI, type mark, words of volumes and publishers, et al.,
        a title in quotation marks or italics.
    """
    head = text[:_LOOK]
    return starts_with_name(head) + sum(trait.search(head) is not None for trait in _TRAITS)


def has_traits(text: str, least: int = 2) -> bool:
    """Whether a text has at least so many traits of a reference."""
    return count_traits(text) >= least


def is_complete(text: str) -> bool:
    """Whether a reference may end like this: full stop, number or address."""
    tail = text[-_TAIL:].rstrip()
    return _END.search(tail) is not None and _OPEN_END.search(tail) is None
