"""The parts of a cited reference in the form in which two of them are compared."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from nqp_biblio.text.identifiers import clean_arxiv_id
from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = [
    "cut_dois",
    "doi_key",
    "find_known_id",
    "is_doi_slip",
    "is_report",
    "numerals_of",
    "page_key",
    "read_author",
    "source_name",
    "squash",
    "title_key",
    "volume_key",
]

_DASHES = str.maketrans("‐‑‒–—−", "------")
_SIGNS = re.compile(r"[^a-z0-9]+")
_DIGIT = re.compile(r"\d")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?-?){1,4}|0\.")
_SMALL = frozenset(
    "abu al ben bin da das de del della den der di do dos du el la le mac mc san st ten ter van"  # noqa: SIM905
    " von zu".split()
)
_LEADING_DIGITS = re.compile(r"\D{0,8}(\d{1,9})")
_ELECTRONIC = re.compile(r"(?:e|art|article|no)(?=\d{3})")
_LONGEST = 400
_REPORT = re.compile(
    r"\b(?:cahiers?|tech(?:nical)? rep(?:ort)?|research rep(?:ort)?|working papers?|thesis|theses|"
    r"dissertation|discussion papers?|documents? (?:du|of|interno)|preprint|arxiv|ssrn|"
    r"unpublished|unpub|user s? ?manual|communication to)\b"
)
_NUMERAL = re.compile(r"\b(?:\d{1,4}|i{1,3}|iv|vi{0,3}|ix|x)\b")
_IDS = re.compile(
    r"(?<![\w/.-])(?:(?P<openalex>W\d{5,12})|(?P<lens>\d{3}-\d{3}-\d{3}-\d{3}-\d{2}[\dX])"
    r"|(?P<dimensions>pub\.\d{6,12})|(?P<bibcode>[12]\d{3}[A-Za-z&.]{5}[\w.&]{9}[A-Z.])"
    r"|(?:PMID|pmid)[:\s]{0,3}(?P<pmid>\d{4,8}))(?![\w-])"
)
_PATENT = re.compile(r"\bpatent,? (?:no|number)\.? \[?([\d,/ ]{5,14}\d)", re.IGNORECASE)
_STATE = re.compile(
    r"\b(?:in press|to appear|forthcoming|accepted|submitted(?: to| for)?|under review)\b[\s,.]*",
    re.IGNORECASE,
)
_ARXIV_DOI = "10.48550/arxiv."


def squash(text: str | None) -> str:
    """Fold a text and take its blanks away.

    Examples
    --------
    >>> squash("Sánchez-Lozano")
    'sanchezlozano'
    """
    return fold(text[:_LONGEST]).replace(" ", "") if text else ""


def read_author(name: str) -> tuple[str, str]:
    """Read the family name and the initials of a printed first author.

    Parameters
    ----------
    name : str
        "SMALL H", "Small, H.", "Small H.G.", "H Small", "Small Henry" or a group.

    Returns
    -------
    family : str
        Folded, without blanks; empty where there is none.
    initials : str
        Small letters; one of a name in full, empty where unknown.

    Examples
    --------
    >>> [read_author(name) for name in ("SMALL H", "Small, Henry", "H Small", "van Raan AFJ")]
    [('small', 'h'), ('small', 'h'), ('small', 'h'), ('vanraan', 'afj')]
    """
    family, comma, given = name.partition(",")
    if comma:
        return squash(family), _initials_of(given.split())
    words = name.split()
    cut = len(words)
    while cut > 1 and _is_initials(words[cut - 1]):
        cut -= 1
    if cut < len(words):
        return squash(" ".join(words[:cut])), _initials_of(words[cut:])
    start = 0
    while start < len(words) - 1 and _is_initials(words[start]):
        start += 1
    if start:
        return squash(" ".join(words[start:])), _initials_of(words[:start])
    end = 1
    while end < len(words) and words[end - 1].lower() in _SMALL:
        end += 1
    rest = words[end:]
    return squash(" ".join(words[:end])), _initials_of(rest)


def _initials_of(words: list[str]) -> str:
    """Return the initials of given names; a word in capitals is initials itself."""
    found = ""
    for word in words:
        if not _is_initials(word):
            return found or squash(word)[:1]
        found += squash(word)
    return found


def _is_initials(word: str) -> bool:
    """Tell a word that is initials: in capitals or with full stops, four letters at most."""
    if not _INITIALS.fullmatch(word):
        return False
    return word.replace(".", "").replace("-", "").isupper() or "." in word


def doi_key(doi: str) -> str:
    """Return a DOI with hyphens for the dashes that typesetting makes of them.

    Examples
    --------
    >>> doi_key("10.1016/0377–2217(94)00315–4")
    '10.1016/0377-2217(94)00315-4'
    """
    return doi if doi.isascii() else doi.translate(_DASHES)


def cut_dois(dois: Collection[str]) -> set[str]:
    """Return the DOIs that are only the beginning of one, and so name no work.

    Parameters
    ----------
    dois : collection of str
        All distinct DOIs of a corpus.

    Returns
    -------
    set of str
        Those without a digit behind the slash, and those that another one goes on with a
        full stop, colon or slash.

    Examples
    --------
    >>> cut = cut_dois({"10.1016/j", "10.1016/j.joi.2011.01", "10.1016/j.joi.2011.01.006"})
    >>> sorted(cut)
    ['10.1016/j', '10.1016/j.joi.2011.01']
    """
    known = sorted(dois)
    return {
        doi for doi in known if not _DIGIT.search(doi.partition("/")[2]) or _goes_on(doi, known)
    }


def _goes_on(doi: str, known: Sequence[str]) -> bool:
    """Tell whether one of sorted DOIs goes on where a DOI ends."""
    places = ((doi + sign, bisect_left(known, doi + sign)) for sign in "./:")
    return any(at < len(known) and known[at].startswith(start) for start, at in places)


def is_doi_slip(one: str, other: str) -> bool:
    """Tell whether one of two DOIs is the other one cut, with a sign more or with other signs.

    The DOI of an issue, as some publishers have them, stands for that of an article too.

    Examples
    --------
    >>> is_doi_slip("10.1016/j.omega.2016.11", "10.1016/j.omega.2016.11.008")
    True
    >>> is_doi_slip("10.1016/j.ejor.2006.01.027", "10.1016/j.ejor.2006.01.033")
    False
    """
    from rapidfuzz.distance import Indel

    short, long = sorted((one, other), key=len)
    if long.startswith(short) or (".issue-" in one) != (".issue-" in other):
        return True
    bare_short, bare_long = (_SIGNS.sub("", doi) for doi in (short, long))
    if bare_short == bare_long:
        return True
    return len(short) + 1 == len(long) and Indel.distance(short, long) == 1


def volume_key(volume: str, year: int | None) -> str:
    """Return the number of a volume; empty where a year stands in its place.

    Examples
    --------
    >>> volume_key("6992 LNAI", 2011), volume_key("2015", 2015), volume_key("XII", None)
    ('6992', '', 'xii')
    """
    found = _LEADING_DIGITS.match(volume)
    number = found[1].lstrip("0") if found else squash(volume)
    return "" if number == str(year) else number


def page_key(page: str) -> str:
    """Return a first page or the number of an article without zeros in front.

    Examples
    --------
    >>> page_key("0012"), page_key("e229708"), page_key("S78"), page_key("217-45")
    ('12', '229708', 's78', '217')
    """
    first = re.split(r"[-‐–—]", page, maxsplit=1)[0] or page
    return _ELECTRONIC.sub("", squash(first)).lstrip("0")


def source_name(name: str) -> str:
    """Return the name of a source without what only says that it is not out yet.

    Examples
    --------
    >>> source_name("IN PRESS EUR J OPERA")
    'EUR J OPERA'
    """
    return _STATE.sub("", name).strip(" ,.;") if len(name) < _LONGEST else name


def title_key(title: str | None) -> str:
    """Return a title without case, accents, signs and blanks, 400 characters at most."""
    return squash(title)


@lru_cache(maxsize=1 << 16)
def numerals_of(title: str) -> tuple[str, ...]:
    """Return the numbers and Roman numerals in a title, which tell its parts apart.

    Examples
    --------
    >>> numerals_of("Sorting methods, II: more than 2 categories")
    ('ii', '2')
    """
    return tuple(_NUMERAL.findall(fold(title)))


def is_report(raw: str) -> bool:
    """Tell a string that names a report, thesis, preprint or working paper.

    Examples
    --------
    >>> is_report("Dias L, 2000, CAHIER DU LAMSADE"), is_report("Dias L, 2002, EUR J OPER RES")
    (True, False)
    """
    return _REPORT.search(fold(raw)) is not None


def find_known_id(raw: str, doi: str | None) -> str | None:
    """Find the key of a database in a string, or the number of a patent or preprint.

    Known are OpenAlex, Lens, Dimensions, ADS, PubMed, arXiv and patents.

    Examples
    --------
    >>> find_known_id("W2101234009", None), find_known_id("arXiv:1201.0490", None)
    ('openalex:W2101234009', 'arxiv:1201.0490')
    """
    if doi and doi.startswith(_ARXIV_DOI):
        return f"arxiv:{doi.removeprefix(_ARXIV_DOI).partition('v')[0]}"
    if found := _IDS.search(raw):
        return f"{found.lastgroup}:{found[found.lastgroup or 0]}"
    if found := _PATENT.search(raw):
        return f"patent:{re.sub('[^0-9]', '', found[1])}"
    if "arxiv" in raw.lower() and (number := clean_arxiv_id(raw[:2_000])):
        return f"arxiv:{number}"
    return None
