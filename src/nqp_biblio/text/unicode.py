"""Characters: cleaning printed text, folding it to a key, taking markup away."""

from __future__ import annotations

import re
import unicodedata

from nqp_biblio.text.entities import decode_entities

__all__ = ["clean_text", "fold", "strip_markup"]

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_INVISIBLE = (
    "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_CLEANING = str.maketrans(
    {
        **_LIGATURES,
        **dict.fromkeys(_INVISIBLE),
        **{chr(code): None for code in range(32) if chr(code) not in "\t\n\v\f\r"},
        "\x7f": None,
    }
)
_TO_CLEAN = re.compile(f"[{re.escape(''.join(map(chr, _CLEANING)))}]")
_PLAIN_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "'": None,
        "’": None,
        "ʼ": None,
        "‘": None,
        "`": None,
    }
)
_NOT_ALNUM = re.compile(r"[\W_]+")

_AUTOLINK = re.compile(r"<((?:https?|ftp)://[^\s<>]{1,2000}|mailto:[^\s<>]{1,300})>", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]{1,500})\]\(<?((?:https?|ftp)://[^\s<>]{1,800})>?\)")
_TAG = re.compile(
    r"</?(?:i|b|u|s|em|strong|sub|sup|span|small|font|p|br|div|a|cite|q|sc|scp|italic|bold|tt|"
    r"jats:[a-z]{1,20}|mml:[a-z]{1,20})(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_STARS = re.compile(r"(?<![\w*\\])(\*{1,3})(?![\s*])([^*]{1,1000})(?<![\s\\])\1(?![\w*])")
_SCORES = re.compile(r"(?<![\w_\\])(_{1,3})(?![\s_])([^_]{1,1000})(?<![\s\\])\1(?![\w_])")
_ESCAPE = re.compile(r"\\([*_`<>\[\]#&])")


def clean_text(text: str) -> str:
    """Bring printed text into one form, in which it still reads the same.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        NFC; soft hyphens, zero-width, bidirectional and control characters are gone,
        ligatures are letters, every run of white space is one blank, none at the ends.

    Examples
    --------
    >>> clean_text("e\u0301cono\u00admie \ufb01n")
    'économie fin'
    """
    if text.isascii():
        if text.isprintable():
            return " ".join(text.split()) if "  " in text else text.strip()
    else:
        text = unicodedata.normalize("NFC", text)
    if _TO_CLEAN.search(text):
        text = text.translate(_CLEANING)
    return " ".join(text.split())


def fold(text: str) -> str:
    """Fold text to a key for comparing.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Lower-case letters and digits of every script without accents, words parted by
        one blank. Apostrophes vanish, other signs part words.

    Examples
    --------
    >>> fold("Müller–Łukasiewicz: O’Brien’s  Théorie")
    'muller lukasiewicz obriens theorie'
    """
    text = text.casefold()
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
        text = unicodedata.normalize("NFC", text).casefold()
    return _NOT_ALNUM.sub(" ", text.translate(_PLAIN_LETTERS)).strip()


def strip_markup(text: str) -> str:
    """Take Markdown emphasis, links, HTML tags and entities away.

    Parameters
    ----------
    text : str
        Text with markup.

    Returns
    -------
    str
        The text as it shows; the address of a link stays.

    Examples
    --------
    >>> strip_markup("*Journal of <i>X</i>*, **3**: 1&ndash;9. <https://example.org/a_b>")
    'Journal of X, 3: 1–9. https://example.org/a_b'
    """
    if "<" in text:
        text = _TAG.sub("", _AUTOLINK.sub(r"\1", text))
    if "](" in text:
        text = _MARKDOWN_LINK.sub(_shown_link, text)
    if "*" in text:
        text = _STARS.sub(r"\2", _STARS.sub(r"\2", text))
    if "_" in text:
        text = _SCORES.sub(r"\2", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    return decode_entities(text)


def _shown_link(match: re.Match[str]) -> str:
    """Show a Markdown link as its text and its address, once where they are the same."""
    shown, address = match.groups()
    return address if shown in address else f"{shown} {address}"
