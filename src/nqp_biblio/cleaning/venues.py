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
    "initials_of",
    "is_plain",
    "may_share_issn",
    "other_keys",
    "part_of",
    "read_aliases",
    "venue_key",
    "without_description",
    "without_part_title",
    "without_place",
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
_SHORT_PLACES = (
    "auckl|baltim|basel|beverly hills|berl|camb|copenh|dordr|edinb|firenze|heidelb|lausanne|lond|"
    "mars|maywood|milano|n z|oxf|phila|singap|wash dc|weinh"
)
_PLACE = re.compile(
    rf"\s?\((?:(?:{_PLACES}|{_SHORT_PLACES}|n\.? ?[jy]\.?|\d{{4}})[\s,.:;]{{0,3}}){{1,4}}\)\s*$",
    re.IGNORECASE,
)
_PLACE_CODE = re.compile(rf"(?<=\w)-(?:{_PLACES}|us)$", re.IGNORECASE)
_CONFERENCE = re.compile(r"\.\s(?:Conference|Abstract)\b.*$")
_SECOND_TITLE = re.compile(r"\s(?:[:=]|/)\s.+$")
_JOURNAL_BEHIND = re.compile(r"^((?:\S+ ){2,}\S+) journal$", re.IGNORECASE)
_DESCRIPTION = re.compile(
    r"\s?(?:[:=]|\s[-–—]|[-–—](?=(?:an? |the )?"
    r"(?:quarterly |monthly )?(?:int|international|j|journal)\b))\s?"
    r"(?=(?:an? |the |official |monthly |quarterly )*(?:int\.?|international|interdisciplinary|"
    r"multidisciplinary|j\.|journal|j|magazine|review of|a review|revista|zeitschrift|"
    r"publication|organ of|official|bulletin of|forum for|archives of)\b).+$",
    re.IGNORECASE,
)
_PART_TITLE = re.compile(r"^(.*\b(?:[A-H]|I{1,3}|IV|V|VI{1,3}|\d{1,2}))(?::|\s?[-–—]\s?|\.\s).+$")
_BRACKETED_TITLE = re.compile(
    r"^(?=[^\[\]()（）]*[\u3400-\u9fff])([^\[\]()（）]+?)\s?"
    r"[\[(（]([A-Za-z][^\[\]()（）]{5,})[\])）]$"
)
_PART_LETTER = re.compile(r"\b[A-H]$")
_PART_WORD = re.compile(
    r",? (?:section|sect\.?|part|pt\.?|series|ser\.?) (?=[A-H]$)", re.IGNORECASE
)
_ACRONYM_BEFORE = re.compile(r"^([A-Za-z]{3,7})[-:.]\s?(\w.+)$")
_SHORTEST_KEY = 8
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
    text = _CONFERENCE.sub("", _PLACE.sub("", _MEDIUM.sub("", name[:_LONGEST_NAME])))
    text = without_description(_PLACE_CODE.sub("", text).rstrip("+"))
    folded = fold(text.replace("&", " and ").replace("+", " and "))
    return _AND.sub("", _LEADING.sub("", folded)) or fold(name) or name


def other_keys(name: str) -> Iterator[tuple[str, str]]:
    """Yield further keys of one name, each with the rule that gives it.

    A parallel or second title behind "=", "/" or ":", the title without that of its part
    ("Journal of Physics D: Applied Physics"), without "Journal" at its end, and without an
    acronym before a hyphen that its own words give.

    Examples
    --------
    >>> dict(  # doctest: +NORMALIZE_WHITESPACE
    ...     other_keys("Canadian Veterinary Journal = Revue vétérinaire canadienne")
    ... )
    {'canadian veterinary journal': 'parallel-title',
     'revue veterinaire canadienne': 'parallel-title'}
    """
    own = venue_key(name)
    found: list[tuple[str, str]] = []
    if match := _SECOND_TITLE.search(name):
        found.append((name[: match.start()], "parallel-title"))
        if match[0].strip()[0] == "=":
            found.append((match[0].strip(" ="), "parallel-title"))
    if match := _BRACKETED_TITLE.match(name):
        found += [(match[1], "parallel-title"), (match[2], "parallel-title")]
    if _PART_LETTER.search(without_part_title(name)):
        found.append((_PART_WORD.sub(" ", without_part_title(name)), "part-title"))
    if match := _JOURNAL_BEHIND.match(name):
        found.append((match[1], "journal-behind"))
    match = _ACRONYM_BEFORE.match(name)
    if match and initials_of(match[2]).startswith(fold(match[1])):
        found.append((match[2], "acronym-before"))
    for text, rule in found:
        key = venue_key(text)
        if key != own and (len(key) >= _SHORTEST_KEY or not key.isascii()):
            yield key, rule


def is_plain(name: str) -> bool:
    """Tell a name without a place, a second title or a conference behind it.

    Examples
    --------
    >>> is_plain("Science"), is_plain("Science (New York, N.Y.)")
    (True, False)
    """
    is_single = not (_SECOND_TITLE.search(name) or _BRACKETED_TITLE.match(name))
    return is_single and not _CONFERENCE.search(name) and without_place(name) == name


def initials_of(name: str) -> str:
    """Return the first letters of all words but the small ones."""
    return "".join(word[0] for word in fold(name).split() if word not in _MINOR)


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


def without_place(name: str) -> str:
    """Return a name without the place behind it, in brackets or after a hyphen.

    Examples
    --------
    >>> without_place("Clin Sci (Lond)"), without_place("Applied Sciences-Basel")
    ('Clin Sci', 'Applied Sciences')
    """
    return _PLACE_CODE.sub("", _PLACE.sub("", name[:_LONGEST_NAME])) or name


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
    last = len(words) - 1
    return " ".join(
        word.lower() if 0 < at < last and word.casefold() in _MINOR else _WORD.sub(_titled, word)
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
