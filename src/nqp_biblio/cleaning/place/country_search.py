"""The country that a printed address ends in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.cleaning.place.country_names import (
    cities_of,
    country_code_of,
    folded,
    is_country_code,
    places_by_name,
    state_codes,
)
from nqp_biblio.cleaning.place.institution_words import names_an_institution

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FoundCountry", "ends_in_country", "find_country"]

_MOST_WORDS = 6
_ZIP = re.compile(r"(?:^|\s)([A-Z]{2})[\s-]{1,2}\d{5}(?:-\d{4})?$")
_CANADIAN_POST_CODE = re.compile(r"\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b")
_POST_PREFIX = re.compile(r"^([A-Z]{1,3})-\s?\d{3,6}\b")
_GLUE = re.compile(r"(?<=[a-z)\].”\"])(?=[A-Z])")
_HAS_HAN = re.compile(r"[\u3400-\u9fff]")
_HAS_KANA = re.compile(r"[\u3040-\u30ff]")
_HAS_HANGUL = re.compile(r"[\uac00-\ud7af]")
_MAIL_COUNTRY = re.compile(r"@[\w.-]{1,100}\.([a-z]{2})\b")
_NO_PLACE_BEFORE = frozenset(
    "beth new mt mount west north south east port san saint st little greater of and the for in"  # noqa: SIM905
    " equatorial papua inner western eastern northern southern upper bank mar".split()
)
_DOUBTFUL = frozenset("georgia jordan israel jersey chad mali niger guinea macedonia".split())  # noqa: SIM905
_SURE_TAILS = frozenset(
    ("usa", "u s a", "united states", "peoples r china", "united kingdom", "uk")
)
_GEORGIA_CITIES = frozenset(
    "atlanta athens augusta savannah macon decatur marietta statesboro kennesaw valdosta"  # noqa: SIM905
    " carrollton milledgeville tifton griffin albany columbus dahlonega".split()
)
_CAR_CODES = {
    code[:-2].rstrip(): code[-2:]
    for code in (
        *("A  AT", "B  BE", "CH CH", "D  DE", "DK DK", "E  ES", "F  FR", "FI FI", "FINFI", "GR GR"),
        *("H  HU", "HR HR", "I  IT", "IL IL", "L  LU", "N  NO", "NL NL", "P  PT", "PL PL", "PT PT"),
        *("RO RO", "S  SE", "SE SE", "SI SI", "SK SK", "TR TR", "UA UA", "CZ CZ", "AT AT", "BE BE"),
        *("DE DE", "ES ES", "FR FR", "IT IT", "NO NO", "BR BR"),
    )
}
_FORMER = {
    **dict.fromkeys(
        ("ussr", "u s s r", "soviet union", "sssr", "union of soviet socialist republics"),
        ("UA", "BY", "GE", "AM", "AZ", "KZ", "UZ", "KG", "TJ", "TM", "MD", "EE", "LV", "LT"),
    ),
    **dict.fromkeys(
        ("yugoslavia", "fr yugoslavia", "jugoslavija"), ("HR", "SI", "BA", "MK", "ME", "XK")
    ),
    "czechoslovakia": ("SK",),
    "serbia monteneg": ("ME", "XK"),
    "serbia and montenegro": ("ME", "XK"),
    "serbia montenegro": ("ME", "XK"),
}
_APART: dict[str, dict[str, tuple[str, ...]]] = {
    "CN": {"HK": ("hong kong", "hong kong sar"), "MO": ("macau", "macao"), "TW": ("taiwan",)},
    "US": {"PR": ("pr", "puerto rico"), "GU": ("gu", "guam"), "VI": ("vi", "us virgin islands")},
}
_HAN_COUNTRIES = dict(
    pair.split(":")
    for pair in [
        *(
            "新加坡:SG",
            "美国:US",
            "英国:GB",
            "法国:FR",
            "德国:DE",
            "韩国:KR",
            "俄罗斯:RU",
            "加拿大:CA",
        ),
        *("澳大利亚:AU", "意大利:IT", "西班牙:ES", "荷兰:NL", "瑞士:CH", "瑞典:SE", "马来西亚:MY"),
        *("泰国:TH", "台湾:TW", "日本:JP"),
    ]
)
_IN_TAIWAN = re.compile(r"[臺灣]|台(?:湾|北|中|南|大)|國立|新竹|高雄")
_IN_JAPAN = re.compile(
    r"日本|東京|京都|大阪|大學院|県|府立|都立|立命館|早稲田|慶應|筑波|東北大学|広島|横浜|千葉"
)


class FoundCountry(NamedTuple):
    """A country in an address.

    Attributes
    ----------
    code : str or None
        ISO 3166-1; None where there is none.
    rule : str or None
        Where it stands: ``country``, ``end-of-part``, ``state``, ``city`` and so on.
    n_left : int
        Parts of the address before it.
    rest : str
        What stands before it in its own part.
    """

    code: str | None
    rule: str | None
    n_left: int
    rest: str = ""


def find_country(parts: Sequence[str], address: str = "") -> FoundCountry:
    """Find the country of an address.

    Parameters
    ----------
    parts : sequence of str
        The address, parted at its commas.
    address : str
        The whole of it, with its mail address, for the last resort.

    Returns
    -------
    FoundCountry
        Hong Kong, Macao, Taiwan and Puerto Rico have codes of their own in ISO 3166-1, also
        where "Peoples R China" or "USA" follows; states that are no more become the one that
        the city lies in today.

    Notes
    -----
    The last part that is a name of a country wins, then one that ends in it behind a place
    or a post code, then a state of the USA with its ZIP code. Only where none is there, other
    states, cities, letters before a post code, scripts and the end of a mail address tell.

    Examples
    --------
    >>> find_country(["Univ Oxford", "Oxford OX1 3PJ", "England"]).code
    'GB'
    >>> find_country(["Beth Israel Deaconess Med Ctr", "Boston", "MA 02215 USA"]).code
    'US'
    """
    found = _named(parts) or _by_place(parts) or _by_script(parts) or _by_mail(address)
    if found is None:
        return FoundCountry(None, None, len(parts))
    return found


def ends_in_country(text: str) -> bool:
    """Tell whether the last part of a text is the name of a country or a state with its ZIP."""
    last = text.rpartition(",")[2].strip(" .")
    return bool(country_code_of(last) or _ZIP.search(last) or _tail(last))


def _named(parts: Sequence[str]) -> FoundCountry | None:
    """Find a name of a country or a state with its ZIP code, from the end."""
    late: FoundCountry | None = None
    for at in range(len(parts) - 1, -1, -1):
        part = parts[at]
        code = country_code_of(part)
        if code is not None and (at or len(parts) == 1 or at == len(parts) - 1):
            return _checked(FoundCountry(code, "country", at), part, parts)
        if (found := _tail(part)) is not None:
            code, rest = found
            return _checked(FoundCountry(code, "end-of-part", at, rest), part, parts)
        is_last = at == len(parts) - 1
        if match := _ZIP.search(part):
            if match[1] in state_codes()["US"]:
                return FoundCountry("US", "state-and-zip", at, part[: match.start()].strip())
        elif is_last and at and part in state_codes()["US"]:
            return FoundCountry("US", "state", at)
        if (
            is_last
            and _CANADIAN_POST_CODE.search(part)
            and any(word in state_codes()["CA"] for word in part.split())
        ):
            return FoundCountry("CA", "state", at)
        late = late or _late_tail(part, at)
    return late


@lru_cache(maxsize=100_000)
def _tail(part: str) -> tuple[str, str] | None:
    """Find a country at the end of a part that begins with a place or a post code."""
    words = part.split()
    for n in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        name = " ".join(words[-n:]).strip("()[]-–")
        code = country_code_of(name)
        if code is None:
            continue
        rest = " ".join(words[:-n])
        if folded(name) in _SURE_TAILS:
            return code, rest
        before = folded(rest)
        if not before or before.rpartition(" ")[2] in _NO_PLACE_BEFORE:
            return None
        is_place = any(sign.isdigit() for sign in rest) or before in places_by_name()
        if is_place or (not names_an_institution(part) and folded(name) not in _DOUBTFUL):
            return code, rest
        return None
    return _glued(part)


def _glued(part: str) -> tuple[str, str] | None:
    """Find a country that is stuck to the word before: 'Hashemite UniversityJordan'."""
    for match in reversed(list(_GLUE.finditer(part[-60:]))):
        tail = part[-60:][match.start() :]
        code = country_code_of(tail)
        if code is not None and len(tail) > len("USA"):
            return code, part[: len(part) - len(tail)].strip()
    return None


def _late_tail(part: str, at: int) -> FoundCountry | None:
    """Find a country at the end of the name of an institution: 'Univ Nacl Colombia'."""
    last = part.rpartition(" ")[2]
    before = folded(part).split()[-2:-1]
    if folded(last) in _DOUBTFUL or not before or before[0] in {"new", "beth", "of", "the"}:
        return None
    code = country_code_of(last) if len(last) > len("USA") else None
    return FoundCountry(code, "name-of-institution", at + 1) if code else None


def _checked(found: FoundCountry, part: str, parts: Sequence[str]) -> FoundCountry:
    """Mend a country by the city: lands with a code of their own, states that are no more."""
    others = [folded(text) for text in parts[: found.n_left]]
    if found.rest:
        others.append(folded(found.rest))
    former = (
        _FORMER.get(folded(part.removeprefix(found.rest)))
        if found.code in {"RU", "RS", "CZ"}
        else None
    )
    if former:
        for code in former:
            if any(_without_numbers(text) in cities_of(code) for text in others):
                return found._replace(code=code, rule="former-state")
        return found._replace(rule="former-state")
    if found.code == "GE" and folded(part) == "georgia":
        is_state = any(_without_numbers(text) in _GEORGIA_CITIES for text in others)
        return found._replace(code="US", rule="state") if is_state else found
    for code, names in _APART.get(found.code or "", {}).items():
        if _is_apart(code, names, others):
            return found._replace(code=code)
    return found


def _is_apart(code: str, names: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether an address lies in a land that has a code of its own."""
    if len(others) > 1 and others[-2:] == ["hong", "kong"]:
        return code == "HK"
    plain = [_without_numbers(text) for text in others[-3:]]
    cities = cities_of(code) if code in {"HK", "MO", "TW"} else frozenset()
    return any(text in names or text in cities for text in plain)


def _without_numbers(text: str) -> str:
    """Take post codes off a folded name."""
    return " ".join(word for word in text.split() if not any(sign.isdigit() for sign in word))


def _by_place(parts: Sequence[str]) -> FoundCountry | None:
    """Find a state or city that lies in one country only, then the letters of a post code."""
    places = places_by_name()
    for at in range(len(parts) - 1, -1, -1):
        found = places.get(_without_numbers(folded(parts[at])), frozenset())
        countries = {code for code, _ in found}
        if len(countries) == 1:
            kind = "state" if ("state" in {kind for _, kind in found}) else "city"
            return FoundCountry(countries.pop(), kind, at + (kind == "city"))
    for at in range(len(parts) - 1, -1, -1):
        match = _POST_PREFIX.match(parts[at])
        if match and match[1] in _CAR_CODES:
            return FoundCountry(_CAR_CODES[match[1]], "post-code", at + 1)
    return None


def _by_script(parts: Sequence[str]) -> FoundCountry | None:
    """Tell by the script of an address that names no country."""
    text = " ".join(parts)
    code = next((code for name, code in _HAN_COUNTRIES.items() if text.startswith(name)), None)
    if code is not None:
        pass
    elif _HAS_HANGUL.search(text):
        code = "KR"
    elif _HAS_KANA.search(text) or (_HAS_HAN.search(text) and _IN_JAPAN.search(text)):
        code = "JP"
    elif _HAS_HAN.search(text):
        code = next(
            (
                code
                for sign, code in (("香港", "HK"), ("澳門", "MO"), ("澳门", "MO"))
                if sign in text
            ),
            "TW" if _IN_TAIWAN.search(text) else "CN",
        )
    return FoundCountry(code, "script", len(parts)) if code else None


def _by_mail(address: str) -> FoundCountry | None:
    """Tell by the end of the mail address."""
    match = _MAIL_COUNTRY.search(address)
    code = {"UK": "GB", "EU": ""}.get(match[1].upper(), match[1].upper()) if match else ""
    return FoundCountry(code, "mail", 1_000) if is_country_code(code) else None
