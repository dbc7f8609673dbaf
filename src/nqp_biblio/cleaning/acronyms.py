"""Acronyms that a text defines: "data envelopment analysis (DEA)"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["choose_long_forms", "corpus_definitions", "find_definitions", "split_definition"]

_IN_BRACKETS = re.compile(r"[(\[]\s?([^\W_][\w&/.-]{1,9}?)\.?\s?[)\];,]")
_WORD = re.compile(r"\S+")
_WHOLE = re.compile(r"(.{3,200}?)\s?[(\[]\s?([^()\[\]]{2,200}?)\s?[)\]]")
_SEPARATORS = re.compile(r"[;:.!?()\[\]]\s")
_MIN_CAPITALS = 2
_MORE_WORDS = 5
_AGREE = 0.95
_REACH = 300


def find_definitions(text: str) -> list[tuple[str, str]]:
    """Find acronyms in brackets behind their long forms.

    Parameters
    ----------
    text : str
        A title, abstract or keyword.

    Returns
    -------
    list of (acronym, long form)
        In the order of the text, the long form as it stands. Each letter of the acronym is
        found in the long form from its end to its beginning, the first one at the beginning
        of a word [1]_.

    References
    ----------
    .. [1] Schwartz, A. S. & Hearst, M. A. (2003). A simple algorithm for identifying
       abbreviation definitions in biomedical text. Pacific Symposium on Biocomputing 8,
       451-462. https://doi.org/10.1142/9789812776303_0042

    Examples
    --------
    >>> find_definitions("We use data envelopment analysis (DEA) for SMEs.")
    [('DEA', 'data envelopment analysis')]
    """
    found = []
    for match in _IN_BRACKETS.finditer(text):
        acronym = match.group(1)
        if sum(map(str.isupper, acronym)) >= _MIN_CAPITALS:
            long_form = _long_form(acronym, text[max(0, match.start() - _REACH) : match.start()])
            if long_form is not None:
                found.append((acronym, long_form))
    return found


def split_definition(term: str) -> tuple[str, str] | None:
    """Split a keyword that is a definition as a whole into acronym and long form.

    Examples
    --------
    >>> split_definition("Data envelopment analysis (DEA)")
    ('DEA', 'Data envelopment analysis')
    >>> split_definition("DEA (data envelopment analysis)")
    ('DEA', 'data envelopment analysis')
    >>> split_definition("Neoplasms (benign)") is None
    True
    """
    match = _WHOLE.fullmatch(term)
    if match is None:
        return None
    for acronym, long_form in (match.groups()[::-1], match.groups()):
        is_short = " " not in acronym and sum(map(str.isupper, acronym)) >= _MIN_CAPITALS
        if is_short and _long_form(acronym, long_form) == long_form:
            return acronym, long_form
    return None


def corpus_definitions(corpus: Corpus) -> Iterable[tuple[str, str]]:
    """Yield acronym and long form of each definition in the corpus, once for each work."""
    texts = " UNION ALL ".join(
        f"SELECT work_id, {name} AS text FROM {table}"
        for table, name in (("works", "title"), ("works", "abstract"), ("terms", "term_raw"))
    )
    rows = corpus.sql(
        f"SELECT work_id, text FROM ({texts}) AS t WHERE text LIKE '%(%' OR text LIKE '%[%'"
        " ORDER BY work_id, text"
    )
    seen: set[tuple[int, str, str]] = set()
    for work_id, text in rows:
        whole = split_definition(text)
        for acronym, long_form in [whole] if whole else find_definitions(text):
            if (work_id, acronym, long_form) not in seen:
                seen.add((work_id, acronym, long_form))
                yield acronym, long_form


def choose_long_forms(
    definitions: Iterable[tuple[str, str]], key: Callable[[str], str]
) -> dict[str, str]:
    """Choose the long form of each acronym that has but one.

    Parameters
    ----------
    definitions : iterable of (acronym, long form)
        One for each work that gives it.
    key : callable
        From a term to what its variants share.

    Returns
    -------
    dict of str to str
        From the key of the acronym to that of the long form. An acronym with several is
        left out, unless 95 of 100 works give the same.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for acronym, long_form in definitions:
        counts[key(acronym)][key(long_form)] += 1
    chosen = {}
    for acronym, given in sorted(counts.items()):
        long_form, n_works = min(given.items(), key=lambda item: (-item[1], item[0]))
        if n_works >= _AGREE * given.total() and long_form != acronym:
            chosen[acronym] = long_form
    return {short: long for short, long in chosen.items() if long not in chosen}


def _long_form(acronym: str, before: str) -> str | None:
    """Return the end of a text that an acronym stands for, by Schwartz and Hearst."""
    letters = [sign for sign in acronym.removesuffix("s") if sign.isalnum()]
    n_words = min(len(letters) + _MORE_WORDS, 2 * len(letters))
    start = 0
    for match in _SEPARATORS.finditer(before):
        start = match.end()
    words = list(_WORD.finditer(before, start))[-n_words:]
    if not words:
        return None
    text = before[words[0].start() :].rstrip()
    at = len(text)
    for index in range(len(letters) - 1, -1, -1):
        at = _find_back(text, letters[index].casefold(), at, is_first=index == 0)
        if at < 0:
            return None
    long_form = text[at:].strip("'\"“”‘’ ")
    return long_form if " " in long_form or "-" in long_form else None


def _find_back(text: str, letter: str, end: int, *, is_first: bool) -> int:
    """Return the place of the last such letter before a place; the first begins a word."""
    for at in range(end - 1, -1, -1):
        begins = at == 0 or not text[at - 1].isalnum()
        if text[at].casefold() == letter and (begins or not is_first):
            return at
    return -1
