"""Names of languages as databases print them, to their codes."""

from __future__ import annotations

import re

__all__ = ["language_code", "language_name"]

_NAMES = {
    "af": "afr afrikaans",
    "ar": "ara arabic",
    "be": "bel belarusian",
    "bg": "bul bulgarian",
    "bs": "bos bosnian",
    "ca": "cat catalan",
    "cs": "cze ces czech",
    "cy": "wel cym welsh",
    "da": "dan danish",
    "de": "ger deu german deutsch ngerman austrian naustrian swissgerman nswissgerman",
    "el": "gre ell greek",
    "en": "eng english american british ukenglish usenglish canadian australian newzealand",
    "eo": "epo esperanto",
    "es": "spa spanish español castellano",
    "et": "est estonian",
    "eu": "baq eus basque",
    "fa": "per fas persian farsi",
    "fi": "fin finnish",
    "fr": "fre fra french français francais canadien acadian",
    "ga": "gle irish",
    "gl": "glg galician",
    "he": "heb hebrew",
    "hi": "hin hindi",
    "hr": "hrv croatian",
    "hu": "hun hungarian magyar",
    "hy": "arm hye armenian",
    "id": "ind indonesian",
    "is": "ice isl icelandic",
    "it": "ita italian italiano",
    "ja": "jpn japanese 日本語",
    "ka": "geo kat georgian",
    "kk": "kaz kazakh",
    "ko": "kor korean 한국어",
    "la": "lat latin",
    "lt": "lit lithuanian",
    "lv": "lav latvian",
    "mk": "mac mkd macedonian",
    "ms": "may msa malay",
    "nl": "dut nld dutch flemish nederlands",
    "no": "nor norwegian norsk nynorsk nob bokmål",
    "pl": "pol polish",
    "pt": "por portuguese português portugues brazilian brazil",
    "ro": "rum ron romanian",
    "ru": "rus russian русский",
    "sk": "slo slk slovak",
    "sl": "slv slovenian slovene",
    "sq": "alb sqi albanian",
    "sr": "srp serbian",
    "sv": "swe swedish svenska",
    "th": "tha thai",
    "tr": "tur turkish türkçe",
    "uk": "ukr ukrainian",
    "ur": "urd urdu",
    "uz": "uzb uzbek",
    "vi": "vie vietnamese",
    "zh": "chi zho chinese 中文 汉语",
}
_CODES = {name: code for code, names in _NAMES.items() for name in (code, *names.split())}
_ENGLISH = {
    code: next(name for name in names.split() if len(name) > 3 and name.isascii()).title()  # noqa: PLR2004
    for code, names in _NAMES.items()
}
_REGION = re.compile(r"([a-z]{2,3})[-_][a-z]{2,8}")


def language_code(text: str) -> str | None:
    """Return the code of a language.

    Parameters
    ----------
    text : str
        Its English or own name, or a code of two or three letters, with or without region.

    Returns
    -------
    str or None
        Code of ISO 639-1; None where the text names no language or more than one.

    Examples
    --------
    >>> language_code("English"), language_code("pt-BR"), language_code("ger")
    ('en', 'pt', 'de')
    """
    name = text.strip(" .").casefold()
    region = _REGION.fullmatch(name)
    return _CODES.get(region[1] if region else name)


def language_name(code: str) -> str | None:
    """Return the English name of a language by its code; None where it is not known.

    Examples
    --------
    >>> language_name("pt"), language_name("x")
    ('Portuguese', None)
    """
    return _ENGLISH.get(code)
