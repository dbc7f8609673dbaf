"""Names of journals and other sources: cleaning one, and telling which are the same."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from nqp_biblio.errors import MissingFileError, OptionError
from nqp_biblio.text.unicode import clean_text, fold, strip_markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = [
    "clean_venue",
    "find_issns",
    "may_share_issn",
    "part_of",
    "read_aliases",
    "venue_key",
    "without_description",
    "without_part_title",
]

_MEDIUM = re.compile(
    r"\s?[(\[（](?:print|online|electronic|internet|cd-rom|on-?line|print ed\.?|online ed\.?|"
    r"online resource|電子版|网络版|印刷版)[)\]）]\s*$",
    re.IGNORECASE,
)
_PLACES = (
    "amsterdam|barcelona|basel|beijing|berlin|bethesda|boston|bristol|brussels|calif|california|"
    "cambridge|chicago|china|copenhagen|england|france|germany|great britain|heidelberg|hoboken|"
    "italy|japan|lausanne|london|madrid|mass|md|milano|n y|netherlands|new york|oxford|paris|"
    "philadelphia|rome|roma|seoul|shanghai|singapore|spain|stuttgart|switzerland|sydney|"
    "tokyo|uk|united kingdom|united states|usa|warsaw|warszawa|washington|weinheim|wien|vienna"
)
_PLACE = re.compile(rf"\s?\((?:(?:{_PLACES}|\d{{4}})[\s,.:;]{{0,3}}){{1,4}}\)\s*$", re.IGNORECASE)
_PLACE_CODE = re.compile(rf"-(?:{_PLACES})$", re.IGNORECASE)
_DESCRIPTION = re.compile(
    r"\s?(?:[:=]|\s[-–—]|[-–—](?=(?:an? |the )?(?:int|international|j|journal)\b))\s?"
    r"(?=(?:an? |the |official |monthly |quarterly )*(?:int\.?|international|interdisciplinary|"
    r"multidisciplinary|j\.|journal|j|magazine|review of|a review|revista|zeitschrift|"
    r"publication|organ of|official|bulletin of|forum for|archives of)\b).+$",
    re.IGNORECASE,
)
_PART_TITLE = re.compile(r"^(.*\b(?:[A-H]|I{1,3}|IV|V|VI{1,3}|\d{1,2}))(?::|\s?[-–—]\s?|\.\s).+$")
_LEADING = re.compile(r"^the\s(?=.)")
_AND = re.compile(r"\s(?:and|und|et|y|the)(?=\s)")
_ENDS = ' \t,;:/*_"“”«»'
_MINOR = frozenset(
    "a an and as at by de del der des di du e el et for from für i in into la le of on or "  # noqa: SIM905
    "over the to und van von with y zu zur".split()
)
_ACRONYMS = frozenset(
    "ACM ACS AEU AIDS AIMS AIP APL ASCE ASME BMC BMJ BT CAAI CIRP DNA EPL ESAIM GPS IBM ICES IEEE "  # noqa: SIM905
    "IEICE IET IIE IISE IMA INFORMS IRBM ISA ISME ISPRS JAMA JBIC JCMS JMIR JOM JSAI MDM MIS MIT "
    "MRS NDT NMR NTM OR ORL PLA PLOS PNAS QSAR RAIRO RNA RSC SAE SAR SIAM SIGMOD SPE SPIE TAPPI "
    "UK US USA VLDB XML II III IV VI VII".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ISSN = re.compile(r"(?<![\dXx])(\d{4})[-‐–]?(\d{3}[\dXx])(?!\d)")
_NO_JOURNAL = re.compile(
    r"\b(?:proceedings|proc|conference|conf|symposium|workshop|lecture notes|congress|meeting|"
    r"studies in|advances in|communications in computer)\b|\d",
    re.IGNORECASE,
)
_NUMERALS = frozenset(("ii", "iii", "iv", "vi", "vii", "viii"))
_SHORT_NAMES = frozenset(
    [
        "blood",
        "brain",
        "cell",
        "chaos",
        "gut",
        "heart",
        "isis",
        "mind",
        "omega",
        "pain",
        "spine",
        "synth",
    ]
)
_SHORTEST_SHOUTED = 6
_LONGEST_NAME = 500


def clean_venue(name: str) -> str:
    """Clean the name of one source: markup, odd characters, capitals, medium.

    Examples
    --------
    >>> clean_venue("<i>JOURNAL OF CHEMISTRY &amp; PHYSICS</i> (Print)")
    'Journal of Chemistry & Physics'
    """
    text = clean_text(strip_markup(strip_markup(name))).strip(_ENDS)
    text = _MEDIUM.sub("", text)
    is_acronym = len(text) < _SHORTEST_SHOUTED and text.casefold() not in _SHORT_NAMES
    if text.isupper() and (" " in text or not is_acronym):
        text = _in_title_case(text)
    return text or clean_text(name)


def venue_key(name: str) -> str:
    """Return what the spellings of one name share.

    Case, accents, signs, a leading "The", "&", a medium, a place in brackets and a subtitle
    that only describes ("an international journal") do not count. Parts do: Journal of
    Physics A is not Journal of Physics B.

    Examples
    --------
    >>> venue_key("The Lancet (London, England)") == venue_key("LANCET")
    True
    >>> venue_key("Nature") == venue_key("Nature Materials")
    False
    """
    text = _PLACE.sub("", _MEDIUM.sub("", name))
    if text.isupper():
        text = _PLACE_CODE.sub("", text)
    text = without_description(text)
    folded = fold(text.replace("&", " and ").replace("+", " and "))
    return _AND.sub("", _LEADING.sub("", folded)) or fold(name) or name


def find_issns(text: str) -> list[str]:
    """Find the ISSNs in a text whose check digit is right, in the order printed.

    Examples
    --------
    >>> find_issns("1055-3290, 15526917; 1234-5678")
    ['1055-3290', '1552-6917']
    """
    found = ("-".join(match.groups()).upper() for match in _ISSN.finditer(text[:500]))
    return list(dict.fromkeys(issn for issn in found if _is_issn(issn)))


def may_share_issn(name: str) -> bool:
    """Tell a name that an ISSN identifies; proceedings of many years share that of a series.

    Examples
    --------
    >>> may_share_issn("Nature"), may_share_issn("Proceedings of the 2014 ACM Symposium")
    (True, False)
    """
    return _NO_JOURNAL.search(name) is None


def read_aliases(aliases: Mapping[str, str] | str | Path | None) -> dict[str, str]:
    """Return the key of each alias with the name in full; the user's win over the built-in.

    Parameters
    ----------
    aliases : mapping, str, Path or None
        Alias to name in full, or a list of journals in JabRef's CSV form, one a line:
        full;abbreviation[;shortest]. Commas do as well.

    Raises
    ------
    MissingFileError
        If there is no such file.
    OptionError
        If a line of it has one column only.
    """
    if aliases is None:
        return dict(_built_in_aliases())
    if isinstance(aliases, str | Path):
        return _built_in_aliases() | _keyed(_read_journal_list(Path(aliases)))
    return _built_in_aliases() | _keyed(aliases.items())


def part_of(name: str) -> str | None:
    """Return the letter or number of the part that ends a name, None where there is none.

    Examples
    --------
    >>> part_of("Journal of Physics A: Mathematical and Theoretical"), part_of("Nature")
    ('a', None)
    """
    last = fold(without_part_title(name)).rpartition(" ")[2]
    return last if len(last) == 1 or last.isdigit() or last in _NUMERALS else None


def without_part_title(name: str) -> str:
    """Return a name up to the letter of its part: Journal of Physics A."""
    match = _PART_TITLE.match(name[:_LONGEST_NAME])
    return match.group(1) if match else name


def without_description(name: str) -> str:
    """Return a name without a subtitle that only describes it.

    Examples
    --------
    >>> without_description("Omega-International Journal of Management Science")
    'Omega'
    """
    return _DESCRIPTION.sub("", name[:_LONGEST_NAME]) or name


def _in_title_case(name: str) -> str:
    """Write a name in capitals as a title is written."""
    words = name.split(" ")
    return " ".join(
        word.lower() if at and word.casefold() in _MINOR else _WORD.sub(_titled, word)
        for at, word in enumerate(words)
    )


def _titled(match: re.Match[str]) -> str:
    """Capitalise one word, less acronyms."""
    word = match.group()
    return word if word in _ACRONYMS else word.capitalize()


def _is_issn(issn: str) -> bool:
    """Tell whether the check digit is right."""
    digits = [10 if sign == "X" else int(sign) for sign in issn.replace("-", "")]
    return (
        sum(digit * weight for digit, weight in zip(digits, range(8, 0, -1), strict=True)) % 11 == 0
    )


@lru_cache(maxsize=1)
def _built_in_aliases() -> dict[str, str]:
    """Read the aliases that come with the library."""
    file = resources.files("nqp_biblio.cleaning") / "venue_aliases.csv"
    return _keyed(_pairs(file.read_text(encoding="utf-8")))


def _keyed(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Key aliases and the names in full themselves."""
    found = {}
    for alias, full in pairs:
        found[venue_key(clean_venue(alias))] = full
        found[venue_key(full)] = full
    return found


def _read_journal_list(path: Path) -> list[tuple[str, str]]:
    """Read a user's list of journals."""
    if not path.is_file():
        raise MissingFileError(f"{path}: no such file; aliases are a CSV file or a mapping")
    return list(_pairs(path.read_text(encoding="utf-8-sig"), name=str(path)))


def _pairs(text: str, *, name: str = "aliases") -> Iterator[tuple[str, str]]:
    """Yield alias and full name from lines full;abbreviation[;shortest]."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    for number, line in enumerate(lines, 1):
        delimiter = ";" if ";" in line else ","
        columns = [column.strip() for column in next(csv.reader([line], delimiter=delimiter))]
        full, *shorter = columns
        if not full or not any(shorter):
            raise OptionError(f"{name}:{number}: {line!r} is not full;abbreviation[;shortest]")
        yield from ((short, full) for short in shorter if short)
