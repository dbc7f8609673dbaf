"""What could not be read, for people and programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["check_rows"]


def check_rows(corpus: Corpus) -> list[dict[str, Any]]:
    """List the problems of a corpus.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Returns
    -------
    list of dict
        With ``file``, ``line``, ``raw``, ``reason`` and ``work_id``, in the order read.
    """
    names = ("file", "line", "raw", "reason", "work_id")
    rows = corpus.sql(f"SELECT {', '.join(names)} FROM problems ORDER BY problem_id")
    return [dict(zip(names, row, strict=True)) for row in rows]
