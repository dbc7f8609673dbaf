"""What could not be read, for people and programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["check_rows"]


def check_rows(corpus: Corpus, *, limit: int | None = None) -> list[dict[str, Any]]:
    """List the problems of a corpus.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    limit : int, optional
        Rows at the most; all by default.

    Returns
    -------
    list of dict
        With ``file``, ``line``, ``raw``, ``reason`` and ``work_id``, in the order read.
    """
    names = ("file", "line", "raw", "reason", "work_id")
    most = "" if limit is None else f" LIMIT {limit}"
    rows = corpus.sql(f"SELECT {', '.join(names)} FROM problems ORDER BY problem_id{most}")
    return [dict(zip(names, row, strict=True)) for row in rows]
