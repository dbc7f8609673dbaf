"""Where in a paper its references are cited, how often, and in which words."""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, get_args

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.result import Result
from nqp_biblio.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from nqp_biblio.corpus.corpus import Corpus

    Span = tuple[int, int]
    Splitter = Callable[[str], list[Span]]

__all__ = ["citation_contexts", "citation_profile", "mention_counts"]

ContextUnit = Literal["sentence", "word", "paragraph"]

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+")
_CONTEXT_COLUMNS = (
    *("mention_id", "citing_work_id", "reference_id", "label", "marker", "section", "paragraph"),
    "context",
)
_COUNT_COLUMNS = (
    *("citing_work_id", "reference_id", "label", "raw", "n_mentions", "n_sentences"),
    *("n_sections", "first_section"),
)


def citation_contexts(
    corpus: Corpus, *, before: int = 1, after: int = 1, unit: ContextUnit = "sentence"
) -> Result:
    """Give the words around each in-text citation.

    Parameters
    ----------
    corpus : Corpus
        A corpus with papers read whole; without, the result has no rows.
    before, after : int
        So many sentences or words on each side of the one that has the marker, or of the
        marker; 0 is the citing sentence alone, or the marker.
    unit : {"sentence", "word", "paragraph"}
        What `before` and `after` count. A word is what stands between blanks, or one Chinese
        or Japanese character. A paragraph is given as it is, whatever `before` and `after` say.

    Returns
    -------
    Result
        A row per in-text citation and reference that it names, in the order of the text, with
        ``mention_id``, ``citing_work_id``, ``reference_id`` (None where the list has none such),
        ``label``, ``marker``, ``section``, ``paragraph`` and ``context``. No context leaves
        the paragraph, nor of a very long one the 2,000 characters to each side. Where only the
        citing sentence is known, that is the context.

    Raises
    ------
    UnknownNameError
        If there is no such unit.
    OptionError
        If `before` or `after` is below 0.

    References
    ----------
    .. [1] Ritchie, A., Robertson, S. & Teufel, S. (2008). Comparing citation contexts for
       information retrieval. Proceedings of CIKM 2008, 213-222.
       https://doi.org/10.1145/1458082.1458113
    """
    if unit not in get_args(ContextUnit):
        raise UnknownNameError("unit of contexts", unit, get_args(ContextUnit))
    for name, count in (("before", before), ("after", after)):
        if count < 0:
            raise OptionError(f"{name} is {count}, but a context cannot have fewer than 0 {unit}s")
    found = corpus.sql(
        f"SELECT {', '.join(_CONTEXT_COLUMNS[:-1])}, COALESCE(context, sentence), context_offset"
        " FROM mentions ORDER BY mention_id"
    )
    rows = []
    for text, group in groupby(found, key=itemgetter(-2)):
        spans = _SPLITTERS[unit](text or "")
        for *shown, _, place in group:
            rows.append((*shown, _window(text, spans, (place, shown[4]), (before, after))))
    manifest = {"measure": "citation contexts", "before": before, "after": after, "unit": unit}
    return Result(_CONTEXT_COLUMNS, rows, manifest)


def _window(
    text: str | None, spans: list[Span], marked: tuple[int | None, str], sides: tuple[int, int]
) -> str | None:
    """Cut the spans around a marker out of a text; the whole of it where its place is unknown."""
    place, marker = marked
    if not text or place is None or not spans:
        return text or None
    first = sum(stop <= place for _, stop in spans) - sides[0]
    last = sum(start < place + len(marker) for start, _ in spans) - 1 + sides[1]
    return text[spans[max(0, first)][0] : spans[min(last, len(spans) - 1)][1]]


def _words(text: str) -> list[Span]:
    """Say where each word lies."""
    return [match.span() for match in _WORD.finditer(text)]


_SPLITTERS: dict[str, Splitter] = {
    "sentence": split_sentences,
    "word": _words,
    "paragraph": lambda text: [(0, len(text))] if text else [],
}


def citation_profile(corpus: Corpus) -> Result:
    """Count in-text citations by section, in the order of the text.

    Parameters
    ----------
    corpus : Corpus
        A corpus with papers read whole; without, the result has no rows.

    Returns
    -------
    Result
        Columns ``citing_work_id``, ``section`` (None before the first heading),
        ``n_mentions``, ``n_references`` (different references cited) and ``n_sentences``
        (sentences with a citation).

    References
    ----------
    .. [1] Bertin, M., Atanassova, I., Gingras, Y. & Larivière, V. (2016). The invariant
       distribution of references in scientific articles. JASIST 67(1), 164-177.
       https://doi.org/10.1002/asi.23367
    """
    rows = corpus.sql(
        "SELECT citing_work_id, section, COUNT(*) AS n_mentions,"
        " COUNT(DISTINCT reference_id) AS n_references,"
        " COUNT(DISTINCT sentence_number) AS n_sentences"
        " FROM mentions GROUP BY citing_work_id, section"
        " ORDER BY citing_work_id, MIN(mention_id)"
    )
    columns = ("citing_work_id", "section", "n_mentions", "n_references", "n_sentences")
    return Result(columns, rows, {"measure": "in-text citation profile"})


def mention_counts(corpus: Corpus) -> Result:
    """Count how often each reference of a paper is cited in its text.

    Parameters
    ----------
    corpus : Corpus
        A corpus with papers read whole; without, the result has no rows.

    Returns
    -------
    Result
        A row per reference, in the order of the lists, of each paper that has in-text
        citations: ``citing_work_id``, ``reference_id``, ``label``, ``raw``, ``n_mentions``
        (0 where the text never cites it), ``n_sentences``, ``n_sections`` (what stands before
        the first heading is one) and ``first_section`` (None before the first heading).

    References
    ----------
    .. [1] Ding, Y., Liu, X., Guo, C. & Cronin, B. (2013). The distribution of references
       across texts. Journal of Informetrics 7(3), 583-592.
       https://doi.org/10.1016/j.joi.2013.03.003
    """
    rows = corpus.sql(
        "SELECT r.citing_work_id, r.reference_id, r.label, r.raw, COALESCE(n_mentions, 0),"
        " COALESCE(n_sentences, 0), COALESCE(n_sections, 0), f.section"
        " FROM cited_references AS r LEFT JOIN (SELECT reference_id, COUNT(*) AS n_mentions,"
        " COUNT(DISTINCT sentence_number) AS n_sentences,"
        " COUNT(DISTINCT COALESCE(section, '')) AS n_sections, MIN(mention_id) AS first_id"
        " FROM mentions GROUP BY reference_id) AS m ON m.reference_id = r.reference_id"
        " LEFT JOIN mentions AS f ON f.mention_id = m.first_id"
        " WHERE r.citing_work_id IN (SELECT citing_work_id FROM mentions)"
        " ORDER BY r.citing_work_id, r.position, r.reference_id"
    )
    return Result(_COUNT_COLUMNS, rows, {"measure": "in-text citations by reference"})
