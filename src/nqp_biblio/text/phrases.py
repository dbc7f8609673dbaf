"""Topic phrases of a text: nouns with what stands before them, found by word lists alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.text.unicode import clean_text, fold, strip_markup
from nqp_biblio.text.word_forms import american, singular
from nqp_biblio.text.words import (
    CONNECTORS,
    LANGUAGES,
    adjectives,
    stop_words,
    verbs,
    word_list,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "ADJECTIVE",
    "CONNECTOR",
    "NOUN",
    "Word",
    "collocations",
    "find_phrases",
    "guess_language",
    "is_coordinated",
    "is_generic_word",
    "is_in_collocation",
    "is_specific",
    "join_keys",
    "phrase_key",
    "split_segments",
    "surface",
    "trim",
]

ADJECTIVE, CONNECTOR, NOUN = "adjective", "connector", "noun"

_TOKEN = re.compile(r"\d+(?:\.\d+)+|[^\W_]+(?:[-‐‑'’&][^\W_]+)*|\S")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN_RUN = re.compile(r"[^\W\d_\u3000-\u9fff]+(?:[ ,'’:()-]{1,3}[^\W_\u3000-\u9fff]+){2,}")
_NUMBER = re.compile(r"\d[\d.‐‑-]*(?:s|st|nd|rd|th)?")
_COMPOUND = re.compile(
    r"(.+)-(?:driven|based|oriented|led|related|induced|mediated|enabled|assisted|aided|supported|"
    r"centred|centered|focused|wide|empowered|guided|powered|dependent|specific)"
)
_ADJECTIVE_ENDING = re.compile(r".{2,}(?:al|ic|ive|ous|ful|less|able|ible|ary|ory)")
_PARTICIPLE = re.compile(r".*[^e]ed")
_POSSESSIVE = re.compile(r"['’]s$")
_ELISION = re.compile(r"([a-z]{1,5})['’](.+)", re.IGNORECASE)
_NOUNS_IN_LY = word_list("nouns_in_ly")
_ARTICLES = {"es": {"la", "las", "los", "el"}, "fr": {"la", "le", "les", "l"}}
_PREFIXES = word_list("prefixes")
_EPONYMS = word_list("eponyms")
_MIN_LETTERS = 3
_ERRORS_ONLY = 40
_LONGEST_WORD = 100


class Word(NamedTuple):
    """One word of a segment.

    Attributes
    ----------
    text : str
        As it stands.
    start, end : int
        Where it stands in the text.
    key : str
        What its variants share.
    kind : str
        noun, adjective or connector ("and", "of").
    """

    text: str
    start: int
    end: int
    key: str
    kind: str


def find_phrases(text: str, *, language: str | None = None) -> list[str]:
    """Find the topic phrases of one text, each once, in the order of the text.

    Parameters
    ----------
    text : str
        A title or an abstract.
    language : str, optional
        ISO 639-1; guessed from function words where not given.

    Returns
    -------
    list of str
        As they stand in the text. `find_topics` does better on many texts, since it sees
        which words recur together.

    References
    ----------
    .. [1] Rose, S. et al. (2010). Automatic keyword extraction from individual documents.
       In Text Mining: Applications and Theory, 1-20. https://doi.org/10.1002/9780470689646.ch1

    Examples
    --------
    >>> find_phrases("Research on the social and economic policy of citation indexes")
    ['social and economic policy', 'citation indexes']
    """
    text = clean_text(strip_markup(text))
    found: dict[str, str] = {}
    for segment in split_segments(text, language=language):
        for piece in _pieces(segment):
            words = trim(piece)
            if words and is_specific(words):
                found.setdefault(join_keys(words), surface(text, words))
    return list(found.values())


def split_segments(text: str, *, language: str | None = None) -> list[tuple[Word, ...]]:
    """Split a text into runs of words between signs, function words, verbs and adverbs.

    Parameters
    ----------
    text : str
        Clean text.
    language : str, optional
        ISO 639-1; guessed where not given.

    Returns
    -------
    list of tuple of Word
        No run begins or ends with a connector.
    """
    segments: list[tuple[Word, ...]] = []
    if _HAN.search(text):
        segments += _chinese_segments(_LATIN_RUN.sub(_blanked, text))
        text = _only_latin_runs(text)
    if language not in LANGUAGES:
        language = guess_language(text)
    open_words: list[Word] = []
    read = _read_english(text) if language == "en" else _read_foreign(text, language, open_words)
    for word in read:
        if word is not None:
            open_words.append(word)
        elif open_words:
            segments.append(_without_connectors(open_words))
            open_words.clear()
    segments.append(_without_connectors(open_words))
    return [segment for segment in segments if segment]


def trim(words: Sequence[Word]) -> tuple[Word, ...]:
    """Take generic words off the ends of a phrase, unless it is a known collocation.

    Examples
    --------
    >>> [word.text for word in trim(split_segments("important digital economy issues")[0])]
    ['digital', 'economy']
    """
    first, last = 0, len(words)
    while first < last and join_keys(words[first:last]) not in collocations():
        head = words[last - 1]
        repeats = last - first > 1 and _repeats(words[last - 2], head)
        if words[first].kind == CONNECTOR or words[first].key in _glue_adjectives():
            first += 1
        elif head.kind != NOUN or head.key in _glue_nouns() or repeats:
            last -= 1
        else:
            break
    return tuple(words[first:last])


def is_specific(words: Sequence[Word]) -> bool:
    """Tell whether a trimmed phrase says more than what any paper could say."""
    if join_keys(words) in collocations():
        return True
    telling = [word for word in words if word.kind != CONNECTOR and word.key not in _generic()]
    if len(words) > 1:
        return any(len(word.key) > 1 for word in telling)
    if not telling or telling[0].kind != NOUN or _NUMBER.fullmatch(telling[0].key):
        return False
    text = telling[0].text
    return len(text) >= _MIN_LETTERS or bool(_HAN.match(text) and len(text) > 1)


def is_generic_word(key: str) -> bool:
    """Tell the key of a word that is no topic by itself."""
    return key in _generic()


def is_coordinated(words: Sequence[Word], at: int) -> bool:
    """Tell whether a connector joins two adjectives of one noun.

    In "scientific and technological innovation" no noun stands before "and", so that the
    phrase cannot be two.
    """
    return (
        words[at].key in {"and", "und", "y", "e", "et", "en"}
        and 0 < at < len(words) - 1
        and words[at - 1].kind == ADJECTIVE
        and words[at + 1].kind != CONNECTOR
    )


def is_in_collocation(words: Sequence[Word], at: int) -> bool:
    """Tell whether a connector stands inside a known collocation: web of science."""
    windows = (words[first:last] for first in (at - 1, at - 2) for last in (at + 2, at + 3))
    return at > 0 and any(join_keys(window) in collocations() for window in windows if window)


def phrase_key(text: str) -> str:
    """Return what the variants of a phrase share.

    Case, accents, hyphens, plural and singular, British and American spelling do not
    count. Words are not stemmed further: a stemmer joins productivity with product.

    Examples
    --------
    >>> phrase_key("New-Quality Productivities") == phrase_key("new quality productivity")
    True
    >>> phrase_key("organisations") == phrase_key("organization")
    True
    """
    if _HAN.search(text):
        return fold(text).replace(" ", "")
    return " ".join(_word_key(token) for token in _TOKEN.findall(text) if token[0].isalnum())


def join_keys(words: Sequence[Word]) -> str:
    """Return the key of a phrase from its words; equal to that of its text."""
    keys = [word.key for word in words]
    return "".join(keys) if keys and _HAN.match(keys[0]) else " ".join(keys)


def surface(text: str, words: Sequence[Word]) -> str:
    """Return a phrase as it stands in its text."""
    return text[words[0].start : words[-1].end]


def guess_language(text: str) -> str:
    """Guess a language from its function words; English where nothing tells.

    Examples
    --------
    >>> guess_language("La producción científica de los países")
    'es'
    """
    tokens = set(text[:1_000].casefold().split())
    hits = {language: len(tokens & stop_words(language)) for language in LANGUAGES}
    return max(LANGUAGES, key=lambda language: hits[language])


@lru_cache(maxsize=1)
def collocations() -> frozenset[str]:
    """Return the keys of phrases that stay whole whatever their words are."""
    return frozenset(phrase_key(item.replace("_", " ")) for item in word_list("collocations"))


def _pieces(segment: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    """Cut one text's segment at connectors, except between adjectives and in collocations."""
    start = 0
    for at, word in enumerate(segment):
        if word.kind == CONNECTOR and not (
            is_coordinated(segment, at) or is_in_collocation(segment, at)
        ):
            yield segment[start:at]
            start = at + 1
    yield segment[start:]


class _Reading(NamedTuple):
    """What an English token is, wherever it stands.

    Attributes
    ----------
    kind : str or None
        Kind of word; None for one that ends a phrase.
    key : str
        What its variants share.
    size : int
        Characters that belong to the phrase.
    ends : bool
        Whether the phrase ends behind it.
    stem : int
        Characters of "innovation" in "innovation-driven", 0 for other words.
    """

    kind: str | None
    key: str = ""
    size: int = 0
    ends: bool = False
    stem: int = 0


_END = _Reading(None)


def _read_english(text: str) -> Iterator[Word | None]:
    """Yield the words of an English text, and None where a phrase must end."""
    is_inside = False
    for match in _TOKEN.finditer(text):
        token, start = match.group(), match.start()
        reading = _english(token)
        if reading.kind is None:
            is_inside = False
            yield None
        elif reading.stem and is_inside:
            stem = token[: reading.stem]
            yield Word(stem, start, start + reading.stem, _word_key(stem), NOUN)
            is_inside = False
            yield None
        else:
            size = reading.size
            yield Word(token[:size], start, start + size, reading.key, reading.kind)
            is_inside = reading.kind != CONNECTOR and not reading.ends
            if reading.ends:
                yield None


@lru_cache(maxsize=1 << 18)
def _english(token: str) -> _Reading:
    """Say what an English token is."""
    low, size = token.casefold(), len(token)
    if low == "&" or low in CONNECTORS["en"]:
        return _Reading(CONNECTOR, "and" if low == "&" else low, size)
    if not token[0].isalnum() or size > _LONGEST_WORD or _ends_phrase(low):
        return _END
    base = _POSSESSIVE.sub("", low)
    if base != low and base in word_list("proper_names") and base not in _EPONYMS:
        return _Reading(NOUN, _word_key(base), len(base), ends=True)
    compound = _COMPOUND.fullmatch(low)
    kind = ADJECTIVE if compound or _is_adjective(low) else NOUN
    return _Reading(kind, _word_key(token), size, stem=len(compound.group(1)) if compound else 0)


def _read_foreign(text: str, language: str, before: Sequence[Word]) -> Iterator[Word | None]:
    """Yield the words of a text in another language, and None where a phrase must end."""
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token[0].isalnum() and len(token) <= _LONGEST_WORD:
            yield from _foreign(token, token.casefold(), match.start(), language, before)
        else:
            yield None


def _foreign(
    token: str, low: str, start: int, language: str, before: Sequence[Word]
) -> Iterator[Word | None]:
    """Read one token of another language, whose adjectives may stand behind."""
    elision = _ELISION.fullmatch(token) if language in {"fr", "it"} else None
    if elision:
        size = len(elision.group(1))
        if elision.group(1).casefold() in {"d", "dell"} and before:
            yield Word(token[:size], start, start + size, "de", CONNECTOR)
        else:
            yield None
        token, low, start = token[size + 1 :], low[size + 1 :], start + size + 1
    end = start + len(token)
    after_connector = bool(before) and before[-1].kind == CONNECTOR
    if low in CONNECTORS[language] or (after_connector and low in _ARTICLES.get(language, ())):
        yield Word(token, start, end, low, CONNECTOR)
    elif low in stop_words(language) or _NUMBER.fullmatch(low):
        yield None
    else:
        yield Word(token, start, end, _word_key(token), NOUN)


def _chinese_segments(text: str) -> list[tuple[Word, ...]]:
    """Split a text with Chinese characters, by jieba's words where it is installed."""
    breaks = word_list("chinese_breaks")
    segments: list[tuple[Word, ...]] = []
    open_words: list[Word] = []
    for token, start in _chinese_tokens(text):
        low = token.casefold()
        if low in breaks or low in stop_words("en") or not token[0].isalnum():
            segments.append(tuple(open_words))
            open_words = []
        elif not _NUMBER.fullmatch(token):
            end = start + len(token)
            open_words.append(Word(token, start, end, fold(token).replace(" ", ""), NOUN))
    return [*segments, tuple(open_words)]


def _chinese_tokens(text: str) -> Iterator[tuple[str, int]]:
    """Yield the words of a Chinese text and where they begin."""
    try:
        import jieba
    except ImportError:
        for match in _chinese_cut().finditer(text):
            yield match.group(), match.start()
        return
    jieba.setLogLevel(_ERRORS_ONLY)  # type: ignore[no-untyped-call]
    for token, start, _ in jieba.tokenize(text):  # type: ignore[no-untyped-call]
        if not token.isspace():
            yield token, start


@lru_cache(maxsize=1)
def _chinese_cut() -> re.Pattern[str]:
    """Return a pattern that cuts at function words, for where no dictionary is at hand."""
    safe = [word for word in word_list("chinese_breaks") if len(word) > 1 or word in "的与和及之"]
    breaks = "|".join(sorted(safe, key=lambda word: (-len(word), word)))
    return re.compile(rf"{breaks}|(?:(?!{breaks})[^\W_])+|[^\s]")


def _blanked(match: re.Match[str]) -> str:
    """Put signs that end a phrase in the place of a match, one for one."""
    return "|" * len(match.group())


def _only_latin_runs(text: str) -> str:
    """Blank all but runs of three Latin words or more, which are no part of Chinese phrases."""
    parts = ["|"] * len(text)
    for match in _LATIN_RUN.finditer(text):
        parts[match.start() : match.end()] = match.group()
    return "".join(parts)


def _ends_phrase(low: str) -> bool:
    """Tell an English function word, verb, adverb or plain number."""
    if low in stop_words("en") or low in verbs():
        return True
    if low.endswith("ly") and low not in _NOUNS_IN_LY:
        return True
    return _NUMBER.fullmatch(low) is not None and low.count(".") != 1


def _is_adjective(low: str) -> bool:
    """Tell an English adjective or participle by its ending or from a list."""
    last = low.rpartition("-")[2]
    if low in adjectives() or last in adjectives():
        return True
    if last in word_list("nouns_like_adjectives"):
        return False
    if _PARTICIPLE.fullmatch(last) and len(last) > _MIN_LETTERS + 1:
        return True
    return _ADJECTIVE_ENDING.fullmatch(last) is not None


@lru_cache(maxsize=1 << 18)
def _word_key(token: str) -> str:
    """Return what the variants of one word share; a hyphen becomes a blank."""
    parts = fold(_POSSESSIVE.sub("", token)).split()
    while len(parts) > 1 and parts[0] in _PREFIXES and "&" not in token:
        parts[:2] = ["".join(parts[:2])]
    return " ".join(american(singular(part)) for part in parts)


def _without_connectors(words: Sequence[Word]) -> tuple[Word, ...]:
    """Take connectors off the ends."""
    first, last = 0, len(words)
    while first < last and words[first].kind == CONNECTOR:
        first += 1
    while last > first and words[last - 1].kind == CONNECTOR:
        last -= 1
    return tuple(words[first:last])


def _repeats(word: Word, head: Word) -> bool:
    """Tell a head that its modifier ends with already: ecosystem system."""
    return word.key != head.key and len(head.key) > _MIN_LETTERS and word.key.endswith(head.key)


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    """Return the keys of words that are no topic by themselves."""
    lists = ("generic", "generic_other", "glue_nouns", "glue_adjectives")
    return frozenset(_word_key(word) for name in lists for word in word_list(name))


@lru_cache(maxsize=1)
def _glue_nouns() -> frozenset[str]:
    """Return the keys of nouns taken off the end of a phrase."""
    return frozenset(map(_word_key, word_list("glue_nouns")))


@lru_cache(maxsize=1)
def _glue_adjectives() -> frozenset[str]:
    """Return the keys of adjectives taken off the front of a phrase."""
    return frozenset(map(_word_key, word_list("glue_adjectives")))
