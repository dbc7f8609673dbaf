"""Abbreviations of titles by ISO 4, from the word list that pyiso4 brings.

pyiso4 is of the extra ``iso4``, since it needs a package under the GPL. Without it no title is
abbreviated, and abbreviations join by the journal lists alone; the history of a corpus says so.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib import resources
from importlib.util import find_spec
from typing import TYPE_CHECKING

from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from pyiso4.ltwa import Abbreviate

__all__ = [
    "abbreviate_title",
    "fits_abbreviation",
    "has_word_list",
    "is_abbreviated",
    "is_cut",
    "is_small_word",
    "significant_initials",
]

_WORD_LIST, _STOP_WORDS = "LTWA_20210702.csv", "stopwords.txt"
_FOREIGN = re.compile(
    r"\b(?:annales|archiv|archives|boletín|bulletin|cahiers|ciência|ciencia|de|des|di|du|et|für|"
    r"giornale|la|le|nuova|och|revista|revue|rivista|und|van|voor|y|zeitschrift)\b",
    re.IGNORECASE,
)
_DASHES = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-", "’": "'", "ß": "ss", "&": " & "})
_LATIN = re.compile(r"[\x00-\u024f\u1e00-\u1eff\u2010-\u2027]*")
_SMALL = frozenset(
    "an and at by da das de del della der des di die do dos du e el et for from fur in into la le "  # noqa: SIM905
    "les los of on the to und with y part section series".split()
)
_ENGLISH = ["eng", "eng,"]  # pyiso4 leaves the comma of "eng, fre" in the name
_AMBIGUOUS = frozenset(("ann phys", "ann chem", "z phys", "j phys", "phys z"))
_LONGEST_TITLE = 300
_WORD_START = re.compile(r"(?<![^\W_])[^\W_].")
_SIMPLE_CUT = re.compile(r"[A-Za-z]+\.")
_SHORTEST_CUT = 3
_LETTERS = {"t": "trans", "b": "bul", "r": "roy", "p": "proc", "q": "quart", "tr": "trans"}
_CUT_OFF_FROM = 17
_PART_CUTS = frozenset(("pt", "ser", "sect"))
_FEWEST_WORDS = 2


def has_word_list() -> bool:
    """Tell whether pyiso4 is installed."""
    return find_spec("pyiso4") is not None


def abbreviate_title(title: str) -> str | None:
    """Abbreviate a title by ISO 4.

    Parameters
    ----------
    title : str
        A clean title, not in capitals.

    Returns
    -------
    str or None
        None for titles in other than Latin letters and for those over 300 characters, and
        for all where pyiso4 is not installed. A title of one word is not abbreviated, nor is
        one that is abbreviated already.

    Notes
    -----
    Takes about 0.2 ms a title, and up to 0.4 s in all for making the word list ready.

    Examples
    --------
    >>> abbreviate_title("Journal of the American Society for Information Science")
    'J. Am. Soc. Inf. Sci.'
    """
    if not has_word_list() or len(title) > _LONGEST_TITLE or not _LATIN.fullmatch(title):
        return None
    text = " ".join(unicodedata.normalize("NFKC", title).translate(_DASHES).split())
    is_foreign = _FOREIGN.search(text) or not text.isascii()
    if is_abbreviated(title):
        return text
    short = _abbreviated(text, langs=None if is_foreign else _ENGLISH)
    if short is None:  # pyiso4 fails on a last word as long as its pattern, such as "control"
        last = text.rpartition(" ")[2]
        short = _abbreviated(f"{text} ", langs=None if is_foreign else _ENGLISH)
        if short and short.endswith(f" {last}."):
            short = short[:-1]
    return short or None


def _abbreviated(text: str, *, langs: list[str] | None) -> str | None:
    """Abbreviate by pyiso4; None where it loses count, as on some accented letters."""
    abbreviator = _word_list().prepare(text)
    try:
        short: str = abbreviator(text) if langs is None else abbreviator(text, langs=langs)
    except IndexError:
        return None
    return short.strip()


@lru_cache(maxsize=1 << 16)
def is_abbreviated(title: str) -> bool:
    """Tell a title that is abbreviated: one with a full stop after a cut word, or known cuts.

    Examples
    --------
    >>> is_abbreviated("J. Phys. A"), is_abbreviated("EUR J OPER RES"), is_abbreviated("Nature")
    (True, True, False)
    """
    words = fold(title).split()
    if len(words) < _FEWEST_WORDS:
        return False
    known = _abbreviations()
    if re.search(r"\b(?!vs|St|Mr|Dr|No|Vol)[^\W\d_]{2,}\.(?=[\s,:)-]|$)", title):
        return any(word in known for word in words)
    if any(word in _SMALL for word in words):
        return False
    n_cuts = sum(word in known for word in words)
    return 2 * n_cuts >= len(words) if title.isupper() else 2 * n_cuts > len(words)


def is_cut(word: str) -> bool:
    """Tell a folded word that the word list has as an abbreviation."""
    return word in _abbreviations()


def is_small_word(word: str) -> bool:
    """Tell a folded word that an abbreviation leaves out, less those that are cuts too: des."""
    return word in _SMALL and not is_cut(word)


def fits_abbreviation(short: str, full: str, iso: str) -> bool:
    """Tell whether an abbreviation stands for a title, word by word.

    Parameters
    ----------
    short : str
        The abbreviation, with or without full stops.
    full : str
        The title.
    iso : str
        Its abbreviation by ISO 4.

    Returns
    -------
    bool
        True where each word is the one of ISO 4 or a longer cut of the word in full, and at
        most shorter than that of ISO 4 where this is no abbreviation of another word. Web of
        Science cuts an abbreviation in capitals off at 20 signs, so that the end may miss. A
        few that stand for several journals of old, such as "Ann. Phys.", fit none.

    Examples
    --------
    >>> fits_abbreviation("MANAGE SCI", "Management Science", "Manag. Sci.")
    True
    >>> fits_abbreviation("J PHYS", "Journal of Physiology", "J. Physiol.")
    False
    """
    cuts, expected = fold(short).split(), fold(iso).split()
    if " ".join(cuts) in _AMBIGUOUS:
        return False
    if cuts == expected:
        return True
    words = [word for word in fold(full).split() if word not in _SMALL]
    small = _SMALL.intersection(fold(full).split())
    expected = [word for word in expected if word not in small]
    cuts = [cut for cut in cuts if cut not in _PART_CUTS]
    if len(cuts) < _FEWEST_WORDS or len(words) != len(expected):
        return False
    if len(cuts) == len(words) and all(map(_fits, cuts, words, expected)):
        return True
    return _is_cut_off(short, cuts, (words, expected))


def _is_cut_off(short: str, cuts: list[str], full: tuple[list[str], list[str]]) -> bool:
    """Tell an abbreviation of Web of Science, whose end is cut off where it is too long."""
    n = len(cuts)
    if not short.isupper() or len(short) < _CUT_OFF_FROM or not _FEWEST_WORDS < n <= len(full[0]):
        return False
    words, expected = full[0][:n], full[1][:n]
    is_cut = cuts[:-1] != words[:-1] and words[-1].startswith(cuts[-1])
    return is_cut and all(map(_fits, cuts[:-1], words[:-1], expected[:-1]))


def significant_initials(title: str) -> str:
    """Return the first letters of the words that an abbreviation keeps.

    Examples
    --------
    >>> significant_initials("Journal of the Royal Society") == significant_initials("J R SOC")
    True
    """
    left_out = _SMALL | _PART_CUTS
    return "".join(word[0] for word in fold(title).split() if word not in left_out)


def _fits(cut: str, word: str, expected: str) -> bool:
    """Tell whether one cut stands for one word."""
    if cut == expected:
        return True
    if len(cut) > len(expected):
        return _same_spelling(word).startswith(_same_spelling(cut))
    if cut in _LETTERS:
        return word.startswith(_LETTERS[cut])
    if expected == word and len(cut) >= _SHORTEST_CUT:
        return _same_spelling(word).startswith(_same_spelling(cut))
    is_other = cut in _abbreviations()
    return len(cut) >= _SHORTEST_CUT and expected.startswith(cut) and not is_other


def _same_spelling(word: str) -> str:
    """Spell a word as Americans do: orthopedic for orthopaedic."""
    return word.replace("ae", "e").replace("oe", "e")


class _WordList:
    """The words of the list, made ready only as far as the titles need them.

    pyiso4 itself would make all of them ready, which takes 0.4 s, and read them in the
    encoding of the locale.
    """

    def __init__(self) -> None:
        from pyiso4.ltwa import Abbreviate, Pattern
        from pyiso4.prefix_tree import PrefixTree

        self._pattern = Pattern
        self._prefixes, self._suffixes = PrefixTree(), PrefixTree()  # type: ignore[no-untyped-call]
        self._waiting: dict[str, list[str]] = {}
        for line in _lines(_WORD_LIST)[1:]:
            start = line[:2]
            key = start.lower() if start.isascii() else Pattern.normalize(line[:4])[:2]
            self._waiting.setdefault(key, []).append(line)
        self.abbreviate = Abbreviate(self._prefixes, self._suffixes, _lines(_STOP_WORDS))
        for key in [key for key in self._waiting if key.startswith("-")]:
            self._make_ready(key)

    def prepare(self, title: str) -> Abbreviate:
        """Make the words ready that may stand in a title."""
        plain = self._pattern.normalize(title)
        for match in _WORD_START.finditer(plain):
            self._make_ready(match[0])
        return self.abbreviate

    def _make_ready(self, key: str) -> None:
        for line in self._waiting.pop(key, ()):
            pattern = self._pattern.from_line(line)
            if pattern.start_with_dash:
                self._suffixes.insert(pattern.to_key()[::-1], pattern)
            else:
                self._prefixes.insert(pattern.to_key(), pattern)


@lru_cache(maxsize=1)
def _word_list() -> _WordList:
    return _WordList()


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    """Return all cuts of the word list that are no words in full, folded."""
    if not has_word_list():
        return frozenset()
    rows = (line.split("\t") for line in _lines(_WORD_LIST)[1:])
    return frozenset(
        short[:-1].lower() if _SIMPLE_CUT.fullmatch(short) else fold(short)
        for word, short, _ in rows
        if short.endswith(".") and word
    )


def _lines(name: str) -> list[str]:
    text = (resources.files("pyiso4") / name).read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line.strip()]
