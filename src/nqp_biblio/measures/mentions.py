"""Where in a paper its references are cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["citation_profile"]


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
