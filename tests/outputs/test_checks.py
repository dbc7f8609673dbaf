"""Problems and findings as lists and lines."""

from __future__ import annotations

import nqp_biblio as nb
from nqp_biblio.cleaning.lint.work import Finding
from nqp_biblio.outputs.checks import check_rows, finding_lines, summary_lines
from nqp_biblio.record import Problem


def _finding(code: str, file: str | None = "a.bib", line: int | None = 3) -> Finding:
    return Finding(code, "info", 1, "a", file, line, "doi", None, "no\n  DOI", None)


def test_problems_are_listed() -> None:
    """Problems are listed in the order read, all or the first of them."""
    corpus = nb.corpus_of([Problem("a.bib", 1, "x", "one"), Problem("a.bib", 2, "y", "two")])
    assert [row["reason"] for row in check_rows(corpus)] == ["one", "two"]
    assert [row["line"] for row in check_rows(corpus, limit=1)] == [1]


def test_a_finding_is_one_line() -> None:
    """A finding is one line with file, line and code, whatever stands in its message."""
    assert finding_lines([_finding("D001"), _finding("D001", None, None)]) == [
        "a.bib:3: D001 no DOI",
        "?:?: D001 no DOI",
    ]


def test_findings_are_counted() -> None:
    """Findings are counted by code, the most frequent first; what can be mended is marked."""
    lines = summary_lines([_finding("D001"), _finding("T006"), _finding("T006")])
    assert lines == [
        "2  T006  title that ends with a full stop [--fix]",
        "1  D001  no DOI at a journal article since 2000",
    ]
    assert summary_lines([]) == []
