"""When two keywords are variants of one: what their forms share, rule by rule."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from nqp_biblio.text.unicode import clean_text, fold, strip_markup
from nqp_biblio.text.word_forms import american, singular

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["JOINS", "TermKey", "find_acronym_words", "is_acronym", "is_marked"]

JOINS: dict[str, str] = {
    "case": "upper and lower case are the same",
    "hyphen": "hyphens, blanks, apostrophes, accents and other signs do not count, '&' is 'and';"
    " signs that mean something (C++, CD4+) do, and so does a sign between two digits",
    "plural": "a noun in the plural, and one with 's, is the noun",
    "spelling": "British spelling is American spelling",
    "acronym": "an acronym is the long form that a keyword, title or abstract of the corpus"
    " gives it, where all give it the same",
}
"""Rules that join keywords, the mildest first."""

# of PubMed's main topics, and of a list that was cut at its signs
_MARKS = re.compile(r"(?<!\w)\*\s?(?=\w)|^&\s")
_TOKEN = re.compile(r"[^\W_]+(?:['’ʼ`][^\W_]+)*|[+#*%=<>≥≤±]+")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"(?:['’ʼ]s|(?<=s)['’ʼ])$")
_PLURAL_ACRONYM = re.compile(r"[A-Z]{2,}s")
_ACRONYM = re.compile(r"(?=.{2,10}$)[A-Z0-9&/-]*[A-Z][A-Z0-9&/-]*[A-Z][A-Z0-9&/-]*s?")
_ACRONYM_WITH_S = re.compile(r"[A-Z]{2,5}S")


@dataclass(frozen=True)
class TermKey:
    """Turns a term into what its variants share.

    Attributes
    ----------
    join : frozenset of str
        Names of ``JOINS`` that count.
    acronym_words : frozenset of str
        Words that are no plurals though they end in s: gprs.
    long_forms : mapping of str to str
        For the key of an acronym the key of its long form.
    """

    join: frozenset[str]
    acronym_words: frozenset[str] = frozenset()
    long_forms: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, term: str) -> str:
        """Return the key of a term; its clean text where it has no letter or digit."""
        text = clean_text(strip_markup(term))
        key = self._joined(text) if "hyphen" in self.join else _LETTERS.sub(self._part, text)
        if "case" not in self.join:
            first = next(filter(str.isalpha, text), "")
            key = f"{key}|{text.islower():d}{text.isupper():d}{first.isupper():d}"
        key = key or text
        return self.long_forms.get(key, key)

    def _joined(self, text: str) -> str:
        """Join the words of a term; a sign between two digits stays."""
        key = ""
        for token in _TOKEN.findall(_MARKS.sub("", text).replace("&", " and ")):
            word = self._word(token, folds=True)
            between = "|" if key[-1:].isdigit() and word[:1].isdigit() else ""
            key += between + word
        return key

    def _part(self, match: re.Match[str]) -> str:
        return self._word(match.group(), folds=False)

    def _word(self, token: str, *, folds: bool) -> str:
        """Return what the forms of one word share."""
        takes_plural = "plural" in self.join
        if takes_plural and _PLURAL_ACRONYM.fullmatch(token):
            return token[:-1].casefold()
        if token.casefold() in self.acronym_words:
            takes_plural = False
        return _word_key(token, takes_plural, "spelling" in self.join, folds)


@lru_cache(maxsize=1 << 18)
def _word_key(token: str, takes_plural: bool, takes_spelling: bool, folds: bool) -> str:  # noqa: FBT001  a key of the cache
    if takes_plural:
        token = _POSSESSIVE.sub("", token)
    word = (fold(token) if folds else token.casefold()) or token
    if takes_plural:
        word = singular(word)
    return american(word) if takes_spelling else word


def is_acronym(term: str) -> bool:
    """Tell a term that is written like an acronym.

    Examples
    --------
    >>> [is_acronym(term) for term in ("DEA", "SMEs", "R&D", "Dea", "GENETIC ALGORITHM")]
    [True, True, True, False, False]
    """
    return _ACRONYM.fullmatch(term) is not None


def is_marked(term: str) -> bool:
    """Tell a term with the star of PubMed's main topics: *Humans, Malaria/*blood."""
    return _MARKS.search(term) is not None


def find_acronym_words(terms: Iterable[tuple[int, str, str]]) -> frozenset[str]:
    """Find the words that end in s as acronyms do, not as plurals: GPRS, AIDS.

    Parameters
    ----------
    terms : iterable of (work_id, kind, term)
        Terms as printed. Those of a work and kind that stand in capitals all tell nothing.

    Returns
    -------
    frozenset of str
        In lower case: words in capitals more often than not.
    """
    lists: dict[tuple[int, str], list[str]] = defaultdict(list)
    for work_id, kind, term in terms:
        lists[work_id, kind].append(term)
    upper: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for printed in lists.values():
        if 2 * sum(map(str.isupper, printed)) >= len(printed):
            continue
        for token in (token for term in printed for token in _TOKEN.findall(term)):
            if _ACRONYM_WITH_S.fullmatch(token):
                upper[token.casefold()] += 1
            elif token.endswith("s") and not _PLURAL_ACRONYM.fullmatch(token):
                lower[token.casefold()] += 1
    return frozenset(word for word, n in upper.items() if n > lower[word])
