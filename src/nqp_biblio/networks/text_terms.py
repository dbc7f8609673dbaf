"""Terms of titles and abstracts, as rows of the table of terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.text.phrases import find_phrases, phrase_key

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["TEXT_TERMS", "with_text_terms"]

_FIELDS = {
    "title_terms": ("title",),
    "abstract_terms": ("abstract",),
    "text_terms": ("title", "abstract"),
}
TEXT_TERMS = tuple(_FIELDS)
"""The units of terms that are found in texts."""


def with_text_terms(corpus: Corpus, of: str) -> Corpus:
    """Return the corpus with a row in ``terms`` for each phrase of each text.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : {"title_terms", "abstract_terms", "text_terms"}
        The texts; rows are of kind ``title_term`` and ``abstract_term``, with the phrase as it
        stands in ``term_raw`` and what its variants share in ``term``.

    Returns
    -------
    Corpus
        Texts whose terms are there already are not read again.
    """
    there = {row[0] for row in corpus.sql("SELECT DISTINCT kind FROM terms")}
    rows: list[tuple[int, str, int, str, str]] = []
    for field in _FIELDS[of]:
        kind = f"{field}_term"
        if kind in there:
            continue
        for work_id, text in corpus.sql(
            f"SELECT work_id, {field} FROM works WHERE {field} IS NOT NULL ORDER BY work_id"
        ):
            rows += [
                (work_id, kind, place, phrase, phrase_key(phrase))
                for place, phrase in enumerate(_named(find_phrases(text)), 1)
            ]
    if not rows:
        return corpus
    names = ("work_id", "kind", "position", "term_raw", "term")
    return corpus.extend(terms=dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))


def _named(phrases: list[str]) -> list[str]:
    """Leave out what has no letter: 0.001."""
    return [phrase for phrase in phrases if any(map(str.isalpha, phrase))]
