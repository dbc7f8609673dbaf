"""A printed address in its parts: what stands between its commas, its country and its city."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nqp_biblio.cleaning.place.country_names import folded, places_by_name, state_codes
from nqp_biblio.cleaning.place.country_search import ends_in_country, find_country
from nqp_biblio.cleaning.place.institution_words import names_an_institution
from nqp_biblio.text.unicode import clean_text

__all__ = ["Address", "is_street", "split_address"]

_LONGEST = 1_000
_REFERENCE = re.compile(
    r"\bDOI\s10\.|\b10\.\d{4,5}/|, V\d{1,4}, P\w?\d|, (?:1[89]|20)\d\d, [A-Z .&]{3,40}, V\d"
)
_MAIL = re.compile(
    r"[\s;,.(]{0,3}(?:\b(?:electronic address|e-?mails?(?: address)?|email id|correspondence)\b"
    r"\s?[:.]?\s?)?[\w.+%'-]{1,80}@[\w-]{1,80}(?:\.[\w-]{1,40}){1,5}\)?|"
    r"\b(?:electronic address|e-?mail)\s?[:.]?\s?$",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"^\s?(?:\(?(?:\d{1,2}|[a-z])\)\s?|\[\d{1,2}\]\s?|[*†‡§¶#]+\s?|\d{1,2}(?=[A-Z][a-z]))"
)
_CUT = re.compile(r";\s?|\.\s+(?=(?:and\s)?[A-Z\d\[])")
_NAMES_BEFORE = re.compile(r"^[^\[\]]{0,300}\]\s|^\[[^\[\]]{0,2000}\]\s")
_BEHIND = re.compile(r"\s\([^()]{1,60}\)$|\s+and$")
_COMMA = re.compile(r"[,，、]\s*(?![^()]{0,200}\))")
_ITEMS = re.compile(r"\b(?:of|for|in|de)(?: [\w&'’-]+){1,3}$")
_LAST_ITEM = re.compile(r"^(?:[\w'’-]+ ){0,3}(?:and|&|y|e|et|und) (?:[\w'’-]+ ?){1,3}$")
_LEADING_AND = re.compile(r"^(?:and|y|und|et) ", re.IGNORECASE)
_AND_BEGINS = frozenset("aAyYuUeE")
_STREET = re.compile(
    r"(?:(?<=\s)st(?:reet)?\.?|\b(?:str(?:\.|asse|aße)?|rd|road|ave(?:nue)?|av\.?|avda|blvd|boulevard|rue|"
    r"via|viale|rua|calle|c/|drive|dr|lane|ln|highway|hwy|platz|plaza|place|square|sq|box|pob|"
    r"p\.?\s?o\.?|apartado|ap\.|c\.p\.|cp|bp|postfach|room|suite|floor|bldg\.?|bld\.?|building|"
    r"km|pavillon|campus|piazza|largo|paseo|carrera|cad\.?|nam\.|dong|gu|weg|ul\.?|damm|chaussée|"
    r"cedex|bag|heroon|ku|shi|cho|pavilion|local|polo|level|unit \d+))\b\.?",
    re.IGNORECASE,
)
_STREET_FIRST = re.compile(
    r"(?:(?:cidade|ciudad|cité) universit\w+|(?:ave?|rua|rue|via|calle|blvd|avda|ul|c/)\.? )",
    re.IGNORECASE,
)
_ENDS_IN_NUMBER = re.compile(
    r"(?:strasse|straße|str\.?|gasse|weg|damm|allee|ring)\s?\d+[a-z]?$|\D\s\d{1,5}[a-z]?(?:[-/]\d{1,5})?$",
    re.IGNORECASE,
)
_STARTS_WITH_NUMBER = re.compile(r"^(?:no\.?\s?)?\d{1,6}[a-z]?(?:[-/]\d{1,6})?\s+\D", re.IGNORECASE)
_SHORTEST_STUCK = 5
_CITY = re.compile(r"^[^\W\d_][^\d@:;]{1,40}$")
_POST = re.compile(r"\b(?:cedex|cdx)\b.*$", re.IGNORECASE)
_CONJUNCTION = re.compile(r"\b(?:and|und|et)\b|&", re.IGNORECASE)
_MOST_CITY_WORDS = 5
_DUTCH_POST_CODE = 2
_FEWEST_DIGITS = 4
_BRITISH_INWARD = 3
_MISREAD = re.compile(r"[ÂÃÄÅ][\u0080-\u00bf\u0152-\u0178\u2013-\u2122\u0192\u02c6\u02dc\u20ac]")
_EQUAL_NAMES = {"hong kong", "singapore", "luxembourg", "macau", "monaco", "taiwan"}


class Address(NamedTuple):
    """The parts of an address.

    Attributes
    ----------
    parts : tuple of str
        What stands between the commas before the country; parts of one list are joined.
    country_code : str or None
        ISO 3166-1.
    country_rule : str or None
        What told the country.
    city : str or None
        City or town, without post code.
    city_at : int
        Number of the part that is the city; the number of parts where there is none.
    """

    parts: tuple[str, ...]
    country_code: str | None
    country_rule: str | None
    city: str | None
    city_at: int


def split_address(text: str) -> Address:
    """Part an address and find its country and city.

    Parameters
    ----------
    text : str
        As printed. Where it holds several addresses, the first with a country counts. A
        reference that stands in the place of an address has no parts.

    Examples
    --------
    >>> split_address("Univ Ghent, Lab Soete, B-9000 Ghent, Belgium")[1:4]
    ('BE', 'country', 'Ghent')
    """
    printed = _repaired(clean_text(text[:_LONGEST]))
    if (", V" in printed or "10." in printed) and _REFERENCE.search(printed):
        return Address((), None, None, None, 0)
    plain = _NAMES_BEFORE.sub("", _MARK.sub("", _without_mail(printed)).strip(" .,;"))
    plain = _BEHIND.sub("", _first_address(plain))
    parts = [part.strip(" .;") for part in _COMMA.split(plain)]
    parts = [
        _LEADING_AND.sub("", part) if part[0] in _AND_BEGINS else part for part in parts if part
    ]
    found = find_country(parts, printed)
    left = parts[: found.n_left] + ([found.rest] if found.rest else [])
    city, at = _find_city(left, found.code)
    joined = _join_lists([_unstuck(part) for part in left[:at]])
    return Address((*joined, *left[at:]), found.code, found.rule, city, len(joined))


@lru_cache(maxsize=200_000)
def is_street(part: str) -> bool:
    """Tell a part that is a street, a building, a box or a number."""
    if not any(sign.isalpha() for sign in part):
        return True
    if _STREET_FIRST.match(part):
        return True
    if names_an_institution(part) and not _STARTS_WITH_NUMBER.match(part):
        return False
    return bool(
        _STREET.search(part) or _STARTS_WITH_NUMBER.match(part) or _ENDS_IN_NUMBER.search(part)
    )


def _without_mail(text: str) -> str:
    """Take mail addresses out; most addresses have none."""
    if "@" in text or "mail" in text or "lectronic" in text:
        return _MAIL.sub("", text)
    return text


def _repaired(text: str) -> str:
    """Mend letters that were read in the wrong encoding: 'ZÃ¼rich'."""
    if "Ã" not in text and "Å" not in text:
        return text
    return _MISREAD.sub(_right_letter, text).replace("Ã", "í") if "Ã" in text else text


def _right_letter(match: re.Match[str]) -> str:
    try:
        return match[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return match[0]


def _first_address(text: str) -> str:
    """Take the first address of several, the first that has a country."""
    start = 0
    for match in _CUT.finditer(text):
        piece = text[start : match.start()]
        if "," in piece and ends_in_country(piece):
            return text[start : match.start()]
        if match[0][0] == ";":
            start = match.end() if ends_in_country(text[match.end() :]) else start
    return text[start:]


def _unstuck(part: str) -> str:
    """Take off a last word that is stuck to itself: "SinaloaSinaloa"."""
    last = part.rpartition(" ")[2]
    half, odd = divmod(len(last), 2)
    is_twice = not odd and half >= _SHORTEST_STUCK and last[:half] == last[half:]
    return part[:-half] if is_twice else part


def _join_lists(parts: list[str]) -> list[str]:
    """Join what belongs to one list: Faculty of Physics | Astronomy and Informatics."""
    joined: list[str] = []
    for part in parts:
        is_item = _LAST_ITEM.match(part) and not names_an_institution(part)
        if joined and is_item and _ITEMS.search(joined[-1]):
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    return joined


def _find_city(parts: list[str], code: str | None) -> tuple[str | None, int]:
    """Find the city in what stands before the country, and the number of its part."""
    region: tuple[str, int] | None = None
    for at in range(len(parts) - 1, max(-1, len(parts) - 5), -1):
        name = _place_name(parts[at], code)
        if not name:
            continue
        plain = folded(name)
        kinds = {kind for land, kind in places_by_name().get(plain, ()) if land == code}
        if at == 0 and (not kinds or names_an_institution(parts[0])):
            break
        if "state" in kinds or plain in _EQUAL_NAMES:
            region = region or (name, at)
        elif "city" in kinds or _may_be_city(name, parts[at]):
            return name, at
        elif names_an_institution(parts[at]):
            break
    if region is not None and "city" in {
        kind for land, kind in places_by_name().get(folded(region[0]), ()) if land == code
    } | ({"city"} if folded(region[0]) in _EQUAL_NAMES else set()):
        return region
    if code in {"SG", "HK", "MO", "LU", "MC"} and region is None:
        return None, len(parts)
    return None, region[1] if region else len(parts)


def _may_be_city(name: str, part: str) -> bool:
    """Tell whether a part without numbers can be a city."""
    return (
        bool(_CITY.match(name))
        and len(name.split()) <= _MOST_CITY_WORDS
        and not name.isupper()
        and not _CONJUNCTION.search(name)
        and not names_an_institution(part)
        and not is_street(name)
    )


@lru_cache(maxsize=100_000)
def _place_name(part: str, code: str | None) -> str:
    """Take post codes and letters of states off a part."""
    words = _POST.sub("", part).split()
    letters = state_codes().get(code or "", frozenset())
    if code == "NL" and len(words) > _DUTCH_POST_CODE and words[1].isupper():
        words = [words[0], *words[_DUTCH_POST_CODE:]]
    kept = [word for word in words if not any(sign.isdigit() for sign in word)]
    if len(words) - len(kept) and is_street(part) and not _is_post_code(words):
        return ""
    while kept and kept[-1] in letters:
        kept.pop()
    return " ".join(kept).strip(" -–()")


def _is_post_code(words: list[str]) -> bool:
    """Tell words of which the first, or the last one or two, are a post code."""
    numbered = [n for n, word in enumerate(words) if any(map(str.isdigit, word))]
    if numbered[0] == 0:
        return _n_digits(words[0]) >= _FEWEST_DIGITS
    is_last = numbered[-1] == len(words) - 1
    n_digits = sum(_n_digits(words[n]) for n in numbered)
    return (is_last and n_digits >= _FEWEST_DIGITS) or len(words[-1]) == _BRITISH_INWARD


def _n_digits(word: str) -> int:
    return sum(map(str.isdigit, word))
