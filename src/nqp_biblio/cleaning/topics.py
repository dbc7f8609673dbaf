"""Topics: phrases of titles, abstracts and keywords that stand for what a work is about."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.corpus.changes import as_columns
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.schema import TABLES
from nqp_biblio.text.phrases import (
    CONNECTOR,
    NOUN,
    Word,
    is_coordinated,
    is_generic_word,
    is_in_collocation,
    is_specific,
    join_keys,
    phrase_key,
    split_segments,
    surface,
    trim,
)
from nqp_biblio.text.unicode import clean_text, strip_markup
from nqp_biblio.text.words import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["find_topics"]

FIELDS = ("title", "abstract", "keywords")

_ENOUGH_WORKS = 5
_RECURS = 2
_IS_USUAL = 3
_OUTWEIGHS = 3
_HOLDING_SHARE = 0.5
_SHARE_UNTRIMMED = 0.3
_HEAD_WORDS = 3
_TITLE_CASE_SHARE = 0.6
_LONGEST_ACRONYM = 5
_SHORT_WORD = 3
_RIGHTS = re.compile(r"(?:©|\([Cc]\)\s?(?:19|20)\d\d|Copyright\b|All rights reserved).{0,300}$")
_ARTICLES = frozenset(("a", "an", "the"))
_STOPS = ".!?:"
_PART = re.compile(r"[^\W_]+(?:[&'’][^\W_]+)*")
_PART_OR_STOP = re.compile(r"[^\W_]+(?:[&'’][^\W_]+)*|[.!?:]")


class _Text(NamedTuple):
    """One field of one work."""

    work_id: int
    field: str
    text: str
    language: str | None


class _Topic(NamedTuple):
    """One phrase found in one work."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class _Phrases:
    """What the corpus knows of word sequences, by key.

    Attributes
    ----------
    works : Counter
        Works that a sequence stands in.
    c_value : dict
        How much a sequence that recurs stands for itself.
    keywords : frozenset
        Sequences that are a keyword somewhere.
    """

    works: Counter[str]
    c_value: dict[str, float]
    keywords: frozenset[str]
    max_words: int


def find_topics(
    corpus: Corpus,
    *,
    fields: Sequence[str] = FIELDS,
    min_works: int = 1,
    ubiquitous_share: float = 0.8,
    max_words: int = 6,
) -> Corpus:
    """Find the topics of each work: rows of kind ``topic`` in ``terms``.

    Texts are cut at signs, function words and verbs. What is left is cut further where the
    corpus shows a phrase that recurs far more often than the whole, by its C-value [1]_;
    adjectives joined by "and" stay together where they recur. Generic words ("research",
    "path") are no topics. A phrase that stands in an abstract alone must recur. Variants
    in case, hyphens, number and spelling are one topic, shown in its most frequent form.

    Parameters
    ----------
    corpus : Corpus
        Topics found before are replaced.
    fields : sequence of str
        Any of title, abstract and keywords; keywords are taken as they are.
    min_works : int
        Works that a topic must stand in.
    ubiquitous_share : float
        Share of the works that have text, 0 to 1, from which a topic is marked ubiquitous;
        nothing is marked in fewer than five works.
    max_words : int
        Words of the longest topic.

    Returns
    -------
    Corpus
        ``term_raw`` is the phrase as it stands, ``term`` the form its variants share.

    Raises
    ------
    UnknownNameError
        If a field is none of those above.
    OptionError
        If a number is out of range.

    References
    ----------
    .. [1] Frantzi, K., Ananiadou, S. & Mima, H. (2000). Automatic recognition of multi-word
       terms: the C-value/NC-value method. International Journal on Digital Libraries 3,
       115-130. https://doi.org/10.1007/s007999900023

    Examples
    --------
    >>> corpus = find_topics(corpus, fields=("title",))  # doctest: +SKIP
    """
    _check(fields, min_works, ubiquitous_share, max_words)
    texts = list(_texts(corpus, fields))
    phrases = _count(texts, max_words)
    topics = _topics_of_works(texts, phrases)
    n_works = Counter(topic.key for found in topics.values() for topic in found)
    least = ubiquitous_share * len(topics) if len(topics) >= _ENOUGH_WORKS else math.inf
    shown = _shown_forms(topics, _Case(texts))
    rows = _kept_terms(corpus)
    for work_id in sorted(topics):
        kept = [topic for topic in topics[work_id] if n_works[topic.key] >= min_works]
        for position, topic in enumerate(kept, 1):
            is_ubiquitous = n_works[topic.key] >= least
            row = (work_id, "topic", position, topic.text, shown[topic.key], is_ubiquitous)
            rows.append(row)
    step = {
        "step": "find_topics",
        "fields": list(fields),
        "min_works": min_works,
        "ubiquitous_share": ubiquitous_share,
        "max_words": max_words,
    }
    return corpus.replace(step=step, terms=as_columns("terms", rows))


def _check(fields: Sequence[str], min_works: int, ubiquitous_share: float, max_words: int) -> None:
    """Refuse options that cannot be used."""
    for field in fields:
        if field not in FIELDS:
            raise UnknownNameError("field", field, FIELDS)
    if min_works < 1 or max_words < 1:
        raise OptionError(f"min_works {min_works} and max_words {max_words} must be 1 or more")
    if not 0 < ubiquitous_share <= 1:
        raise OptionError(f"ubiquitous_share {ubiquitous_share} must be above 0 and at most 1")


def _texts(corpus: Corpus, fields: Sequence[str]) -> Iterator[_Text]:
    """Yield the texts of the corpus, title first, then keywords, then abstract."""
    columns = [name for name in ("title", "abstract") if name in fields]
    rows = corpus.sql("SELECT work_id, language, title, abstract FROM works ORDER BY work_id")
    keywords: dict[int, list[str]] = defaultdict(list)
    if "keywords" in fields:
        for work_id, term in corpus.sql(
            "SELECT work_id, term_raw FROM terms WHERE kind <> 'topic'"
            " ORDER BY work_id, kind, position"
        ):
            keywords[work_id].append(term)
    for work_id, language, title, abstract in rows:
        if title and "title" in columns:
            yield _Text(work_id, "title", _clean(title), language)
        for keyword in keywords.get(work_id, ()):
            yield _Text(work_id, "keyword", _clean(keyword), language)
        if abstract and "abstract" in columns:
            yield _Text(work_id, "abstract", _RIGHTS.sub("", _clean(abstract)), language)


def _clean(text: str) -> str:
    return clean_text(strip_markup(text))


def _count(texts: Sequence[_Text], max_words: int) -> _Phrases:
    """Count the works that each sequence of words stands in."""
    works: Counter[str] = Counter()
    keywords: set[str] = set()
    for _, group in itertools.groupby(texts, key=lambda item: item.work_id):
        seen: set[str] = set()
        for item in group:
            segments = split_segments(item.text, language=item.language)
            if item.field == "keyword":
                whole = {phrase_key(item.text), *map(_sequence, segments[: len(segments) == 1])}
                keywords |= whole
                seen |= whole
            else:
                seen.update(key for words in segments for key in _sequences(words, max_words))
        works.update(seen)
    return _Phrases(works, _c_values(works), frozenset(keywords), max_words)


def _sequence(words: Sequence[Word]) -> str:
    """Return the key under which a sequence of words is counted."""
    return " ".join([word.key for word in words])


def _sequences(segment: Sequence[Word], max_words: int) -> Iterator[str]:
    """Yield the keys of all sequences that begin and end with a word that means something."""
    for first, word in enumerate(segment):
        if word.kind == CONNECTOR:
            continue
        for last in range(first + 1, min(len(segment), first + max_words) + 1):
            if segment[last - 1].kind != CONNECTOR:
                yield _sequence(segment[first:last])


def _c_values(works: Counter[str]) -> dict[str, float]:
    """Return the C-value of each sequence of two words or more that recurs."""
    recurring = {key: n for key, n in works.items() if n >= _RECURS and " " in key}
    inside: dict[str, tuple[int, int]] = {}
    for key, n in recurring.items():
        parts = key.split(" ")
        for size in range(2, len(parts)):
            for first in range(len(parts) - size + 1):
                nested = " ".join(parts[first : first + size])
                total, containers = inside.get(nested, (0, 0))
                inside[nested] = total + n, containers + 1
    values = {}
    for key, n in recurring.items():
        total, containers = inside.get(key, (0, 1))
        values[key] = math.log2(key.count(" ") + 1) * (n - total / containers)
    return values


def _topics_of_works(texts: Sequence[_Text], phrases: _Phrases) -> dict[int, list[_Topic]]:
    """Find the topics of each work that has text, each once."""
    found: dict[int, dict[str, _Topic]] = {item.work_id: {} for item in texts}
    for item in texts:
        if item.field != "abstract":
            for topic in _topics_of_text(item, phrases):
                found[item.work_id].setdefault(topic.key, topic)
    known = {key for topics in found.values() for key in topics}
    for item in texts:
        if item.field == "abstract":
            for topic in _topics_of_text(item, phrases):
                if _is_topic_of_abstract(topic, phrases, known):
                    found[item.work_id].setdefault(topic.key, topic)
    return {work_id: list(topics.values()) for work_id, topics in found.items()}


def _is_topic_of_abstract(topic: _Topic, phrases: _Phrases, known: set[str]) -> bool:
    """Tell whether a phrase of an abstract is a topic, though mentioned in passing maybe."""
    if " " in topic.text or len(topic.text) > _LONGEST_ACRONYM:
        return " " in topic.text and (topic.key in known or phrases.works[topic.key] >= _RECURS)
    return topic.key in known and not topic.text.islower() and topic.text.isupper()


def _topics_of_text(item: _Text, phrases: _Phrases) -> Iterator[_Topic]:
    """Yield the topics of one text in its order."""
    if item.field == "keyword":
        key = phrase_key(item.text)
        if key and not is_generic_word(key):
            yield _Topic(key, item.text)
        return
    for segment in split_segments(item.text, language=item.language):
        for piece in _cut_at_connectors(segment, phrases):
            for words in _divide(piece, phrases):
                yield _Topic(join_keys(words), surface(item.text, words))


def _cut_at_connectors(segment: Sequence[Word], phrases: _Phrases) -> Iterator[Sequence[Word]]:
    """Cut at "and" and "of", unless the corpus shows that they belong to a phrase."""
    start = 0
    for at, word in enumerate(segment):
        if word.kind == CONNECTOR and not _holds(segment, at, phrases):
            yield segment[start:at]
            start = at + 1
    yield segment[start:]


def _holds(words: Sequence[Word], at: int, phrases: _Phrases) -> bool:
    """Tell whether a connector belongs to a phrase."""
    if is_in_collocation(words, at) or _is_in_keyword(words, at, phrases):
        return True
    if is_coordinated(words, at):
        last = at + 2 if words[at + 1].kind == NOUN else at + 3
        return phrases.works[_sequence(words[at - 1 : last])] >= _RECURS
    first, last = at - 1, at + 1
    while first > 0 and words[first].kind == CONNECTOR:
        first -= 1
    while last < len(words) - 1 and words[last].kind == CONNECTOR:
        last += 1
    ends = words[first], words[last]
    if any(word.kind != NOUN or is_generic_word(word.key) for word in ends):
        return False
    n = phrases.works[_sequence(words[first : last + 1])]
    n_ends = [phrases.works[word.key] for word in ends]
    least = max(n_ends) if words[at].key == "and" else min(n_ends)
    return n >= _IS_USUAL and n >= _HOLDING_SHARE * least


def _is_in_keyword(words: Sequence[Word], at: int, phrases: _Phrases) -> bool:
    """Tell whether some keyword has the connector with its neighbours inside."""
    size = phrases.max_words
    return any(
        _sequence(words[first:last]) in phrases.keywords
        for first in range(max(0, at - size + 2), at)
        for last in range(at + 2, min(len(words), first + size) + 1)
    )


def _divide(words: Sequence[Word], phrases: _Phrases) -> Iterator[Sequence[Word]]:
    """Divide a phrase where one inside recurs far more often, and keep what is specific."""
    words = _trimmed(words, phrases)
    if not words:
        return
    nested = _outweighing(words, phrases)
    if nested is not None:
        first, last = nested
        if first > 1 or "-" not in words[0].text:
            yield from _divide(words[:first], phrases)
        yield words[first:last]
        yield from _divide(words[last:], phrases)
        return
    if len(words) > phrases.max_words:
        words = trim(words[-_HEAD_WORDS:])
    if words and is_specific(words):
        yield words


def _trimmed(words: Sequence[Word], phrases: _Phrases) -> Sequence[Word]:
    """Trim a phrase, but not one that is a keyword or usual as it stands."""
    trimmed = trim(words)
    if not trimmed:
        return trimmed
    first = next(at for at, word in enumerate(words) if word.start == trimmed[0].start)
    usual = _SHARE_UNTRIMMED * phrases.works[_sequence(trimmed)]
    for last in range(len(words), first + len(trimmed), -1):
        longer = words[first:last]
        key = _sequence(longer)
        if longer[-1].kind == NOUN and (
            key in phrases.keywords or phrases.works[key] >= max(_IS_USUAL, usual)
        ):
            return longer
    return trimmed


def _outweighing(words: Sequence[Word], phrases: _Phrases) -> tuple[int, int] | None:
    """Return where the phrase stands inside that the corpus knows far better than the whole."""
    key = _sequence(words)
    n = phrases.works[key]
    if len(words) <= phrases.max_words and (n >= _IS_USUAL or key in phrases.keywords):
        return None
    best: tuple[float, int, int, int] | None = None
    for first in range(len(words)):
        for last in range(first + 1, min(len(words), first + phrases.max_words) + 1):
            nested = words[first:last]
            value = phrases.c_value.get(_sequence(nested), 0.0)
            if value <= 0 or phrases.works[_sequence(nested)] < max(_IS_USUAL, _OUTWEIGHS * n):
                continue
            rank = (value, last - first, -first, last)
            if (best is None or rank > best) and len(nested) < len(words):
                best = (
                    rank if tuple(trim(nested)) == tuple(nested) and is_specific(nested) else best
                )
    return None if best is None else (-best[2], best[3])


def _shown_forms(topics: dict[int, list[_Topic]], case: _Case) -> dict[str, str]:
    """Return the form to show of each topic: the most frequent one, else the first by letter."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for found in topics.values():
        for topic in found:
            forms[topic.key][case.true_form(topic.text)] += 1
    return {
        key: min(counts.items(), key=lambda item: (-item[1], item[0]))[0]
        for key, counts in forms.items()
    }


class _Case:
    """Knows how words are written where a capital means something.

    Parameters
    ----------
    texts : sequence of _Text
        All texts; those in capitals, and the capitals of Titles Like This, tell nothing.
    """

    def __init__(self, texts: Sequence[_Text]) -> None:
        self._lower: Counter[str] = Counter()
        self._capital: Counter[str] = Counter()
        self._shouted: Counter[str] = Counter()
        self._shapes: dict[str, Counter[str]] = defaultdict(Counter)
        for item in texts:
            self._learn(item.text)

    def true_form(self, text: str) -> str:
        """Write a phrase as running text does."""
        return _PART.sub(lambda part: self._true_word(part.group()), text)

    def _learn(self, text: str) -> None:
        words = [word for word in text.split() if word[0].isalpha() and len(word) > _SHORT_WORD]
        if text.isupper():
            self._shouted.update([text.casefold()])
            return
        capitals = sum(word[0].isupper() for word in words)
        tells = capitals < _TITLE_CASE_SHARE * len(words)
        starts = True
        for part in _PART_OR_STOP.findall(text):
            if part in _STOPS:
                starts = True
                continue
            low = part.casefold()
            if part == low:
                self._lower[low] += 1
            elif not part[1:].islower() and part[1:] != "":
                self._shapes[low][part] += 1
            elif tells and not starts:
                self._capital[low] += 1
            starts = starts and low in _ARTICLES

    def _true_word(self, word: str) -> str:
        low = word.casefold()
        lower, shapes = self._lower[low], self._shapes.get(low)
        if shapes and shapes.total() > lower:
            return min(shapes.items(), key=lambda item: (-item[1], item[0]))[0]
        if self._capital[low] > lower or low in word_list("proper_names"):
            return low[:1].upper() + low[1:]
        is_acronym = word.isupper() and len(word) <= _LONGEST_ACRONYM
        if is_acronym and self._shouted[low] and not lower + self._capital[low]:
            return word
        return low


def _kept_terms(corpus: Corpus) -> list[tuple[object, ...]]:
    """Return the terms that are no topics."""
    names = ", ".join(TABLES["terms"].column_names)
    return list(
        corpus.sql(
            f"SELECT {names} FROM terms WHERE kind <> 'topic' ORDER BY work_id, kind, position"
        )
    )
