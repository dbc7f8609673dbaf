"""Join the variants of keywords, and do with terms what the user's lists say."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nqp_biblio.cleaning.acronyms import (
    choose_long_forms,
    corpus_definitions,
    split_definition,
)
from nqp_biblio.cleaning.term_keys import JOINS, TermKey, find_acronym_words, is_acronym, is_marked
from nqp_biblio.cleaning.thesaurus import Wish, Wishes, read_stop_words, read_thesaurus
from nqp_biblio.corpus.changes import Change, as_columns, with_changes
from nqp_biblio.errors import UnknownNameError
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["clean_terms"]

KINDS = ("author_keyword", "index_keyword")

_ALL_KINDS = (*KINDS, "topic")
_LONGEST_ACRONYM = 5
_SAFE_LETTERS = 3
_Row = tuple[Any, ...]
_COLUMNS = TABLES["terms"].column_names
_KIND, _TERM = _COLUMNS.index("kind"), _COLUMNS.index("term")


def clean_terms(
    corpus: Corpus,
    *,
    kinds: Sequence[str] = KINDS,
    thesaurus: Mapping[str, str | None] | str | Path | None = None,
    stop_words: Iterable[str] | str | Path | None = None,
    synonyms: Mapping[str, str] | None = None,
    join: Sequence[str] = tuple(JOINS),
) -> Corpus:
    """Join the variants of keywords, replace synonyms, and take stop words out.

    Variants are shown in the form that most works print, one in capitals or with PubMed's star
    only where there is no other; of equals the first by letter. An acronym takes the long form
    that the corpus itself defines, where that is a keyword too and no other is defined; one of
    two letters only where a keyword defines it. What the user's lists name is replaced in all
    its variants.

    Parameters
    ----------
    corpus : Corpus
        Any corpus. A second call with the same options changes nothing; one with others goes
        on from the first.
    kinds : sequence of str
        Kinds of terms, joined across kinds: author_keyword, index_keyword, topic.
    thesaurus : mapping, str or Path, optional
        What replaces a term (None or empty: the term is taken out), or a thesaurus file of
        VOSviewer. A term may be replaced by one that is replaced itself.
    stop_words : iterable of str, str or Path, optional
        Terms to take out, or a file with one a line.
    synonyms : mapping of str to str, optional
        What replaces a term; it wins over the thesaurus.
    join : sequence of str
        Rules that join variants: case, hyphen, plural, spelling, acronym.

    Returns
    -------
    Corpus
        ``terms.term`` is the shared form; it is null where a list takes the term out, which
        is then in no network and no count. ``term_raw`` stays. Each row that changed is a
        row in ``changes``; its rule is the rules needed, joined by ``+``, or synonym,
        thesaurus or stop-word.

    Raises
    ------
    UnknownNameError
        If there is no such kind or rule.
    MissingFileError
        If a file is not there.
    OptionError
        If a line of the thesaurus cannot be used, or replacements go in a circle.

    Examples
    --------
    >>> corpus = clean_terms(corpus, synonyms={"rock music": "music"})  # doctest: +SKIP
    """
    _check(kinds, join)
    rows = corpus.sql(
        f"SELECT {', '.join(_COLUMNS)} FROM terms ORDER BY {', '.join(TABLES['terms'].order)}"
    )
    given = read_thesaurus(thesaurus) if isinstance(thesaurus, str | Path) else thesaurus
    stops = read_stop_words(stop_words)
    chosen = [row for row in rows if row[_KIND] in kinds]
    counts = _count(row for row in chosen if row[_TERM] is not None)
    key = _term_key(corpus, frozenset(join), chosen, counts)
    wishes = Wishes.of(key, synonyms=synonyms or {}, thesaurus=given or {}, stop_words=stops)
    forms = _forms(counts, key, wishes)
    step: dict[str, object] = {
        "step": "clean_terms",
        "kinds": list(kinds),
        "join": list(join),
        "thesaurus": _described(thesaurus),
        "stop_words": _described(stop_words) if isinstance(stop_words, str | Path) else stops,
        "synonyms": _described(synonyms),
    }
    changes = list(_changes(chosen, forms))
    if not changes:
        return corpus.replace(step=step)
    made = [_changed(row, forms) if row[_KIND] in kinds else row for row in rows]
    return corpus.replace(
        step=step, terms=as_columns("terms", made), changes=with_changes(corpus, changes)
    )


def _check(kinds: Sequence[str], join: Sequence[str]) -> None:
    """Refuse names that are none."""
    for kind in kinds:
        if kind not in _ALL_KINDS:
            raise UnknownNameError("kind of term", kind, _ALL_KINDS)
    for rule in join:
        if rule not in JOINS:
            raise UnknownNameError("join of terms", rule, JOINS)


def _described(given: Mapping[str, str | None] | Mapping[str, str] | str | Path | None) -> object:
    """Say what lists were given, for the history."""
    if given is None or isinstance(given, str | Path):
        return None if given is None else str(given)
    return dict(sorted(given.items()))


def _count(rows: Iterable[_Row]) -> dict[str, int]:
    """Count the works that have each form."""
    works: dict[str, set[object]] = defaultdict(set)
    for row in rows:
        works[str(row[_TERM])].add(row[0])
    return {form: len(having) for form, having in works.items()}


def _term_key(
    corpus: Corpus, join: frozenset[str], rows: Iterable[_Row], counts: Mapping[str, int]
) -> TermKey:
    """Learn from the corpus which words are acronyms, and for what they stand."""
    plain = TermKey(join, find_acronym_words((work, kind, raw) for work, kind, _, raw, *_ in rows))
    if "acronym" not in join:
        return plain
    long_forms = choose_long_forms(corpus_definitions(corpus), plain)
    parts = {form: split for form in counts if (split := split_definition(form))}
    whole = {plain(form): plain(long) for form, (_, long) in parts.items()}
    by_keyword = {plain(short) for short, _ in parts.values()}
    used = {plain(form) for form in counts} | set(whole.values())
    written_so = {plain(form) for form in counts if is_acronym(form)}
    known = {
        short: long
        for short, long in long_forms.items()
        if long in used
        and short in written_so
        # two letters stand for too much: FE is iron too
        and (len(short) >= _SAFE_LETTERS or short in by_keyword)
    }
    return TermKey(join, plain.acronym_words, known | whole)


def _forms(counts: Mapping[str, int], key: TermKey, wishes: Wishes) -> dict[str, Wish]:
    """Say of each form what becomes of it, where that is another."""
    groups: dict[str, list[str]] = defaultdict(list)
    for form in counts:
        groups[key(form)].append(form)
    found = {}
    for group in groups.values():
        shown = _shown_form(group, counts)
        for form in group:
            wish = wishes.apply(form) if wishes else None
            if wish is None:
                wish = Wish(shown, _rules(form, shown, key) if form != shown else "")
            if wish.term != form:
                found[form] = wish
    return found


def _shown_form(group: Collection[str], counts: Mapping[str, int]) -> str:
    """Choose the form to show; an acronym only where there is no long form."""
    long_forms = [f for f in group if not is_acronym(f) and not split_definition(f)]
    spelt_out = [form for form in group if not is_acronym(form)]
    return min(
        long_forms or spelt_out or group,
        # capitals of a database do not say how a term is written
        key=lambda form: (
            form.isupper() and len(form) > _LONGEST_ACRONYM,
            is_marked(form),
            -counts[form],
            form,
        ),
    )


def _rules(form: str, shown: str, key: TermKey) -> str:
    """Name the rules without which two forms would not be joined."""
    plain = TermKey(key.join, key.acronym_words)
    if plain(form) != plain(shown):
        return "acronym"
    mild = [rule for rule in JOINS if rule in key.join]
    needed = [rule for rule in mild if not _are_joined(form, shown, key, rule)]
    return "+".join(needed or mild[:1])


def _are_joined(form: str, shown: str, key: TermKey, without: str) -> bool:
    """Tell whether two forms share a key without one of the rules."""
    less = TermKey(key.join - {without}, key.acronym_words)
    return less(form) == less(shown)


def _changes(rows: Iterable[_Row], forms: Mapping[str, Wish]) -> Iterator[Change]:
    """Yield a change for each row whose term becomes another."""
    for work_id, kind, position, _, term, *_ in rows:
        if term in forms:
            wish = forms[term]
            yield Change("terms", work_id, position, "term", term, wish.term, wish.rule, kind)


def _changed(row: _Row, forms: Mapping[str, Wish]) -> _Row:
    """Return a row with what becomes of its term."""
    wish = forms.get(row[_TERM])
    return row if wish is None else (*row[:_TERM], wish.term, *row[_TERM + 1 :])
