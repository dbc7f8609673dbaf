"""What could not be read, and what a check found, for people and programs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from nqp_biblio.cleaning.check import RULES
from nqp_biblio.cleaning.fix import FIXED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.cleaning.lint.work import Finding
    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["check_rows", "finding_lines", "summary_lines"]


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


def finding_lines(findings: Sequence[Finding]) -> list[str]:
    """Write findings as compilers do: ``file:line: CODE message``.

    Returns
    -------
    list of str
        One line each; ``?`` stands for a line that is not known.
    """
    return [
        f"{item.file or '?'}:{item.line or '?'}: {item.code} {' '.join(item.message.split())}"
        for item in findings
    ]


def summary_lines(findings: Sequence[Finding]) -> list[str]:
    """Count findings by code: number, code, what it finds, and whether ``fix`` mends it.

    Returns
    -------
    list of str
        The most frequent first, of equals by code.
    """
    counts = Counter(item.code for item in findings)
    width = len(str(max(counts.values(), default=0)))
    return [
        f"{n:{width}}  {code}  {RULES[code][1]}{' [--fix]' if code in FIXED else ''}"
        for code, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
