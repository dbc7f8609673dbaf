"""Check a bibliography: what is missing, malformed, inconsistent or doubled in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.cleaning.lint.corpus import RULES as CORPUS_RULES
from nqp_biblio.cleaning.lint.identifiers import RULES as IDENTIFIER_RULES
from nqp_biblio.cleaning.lint.numbers import RULES as NUMBER_RULES
from nqp_biblio.cleaning.lint.numbers import future_rule
from nqp_biblio.cleaning.lint.people import RULES as PEOPLE_RULES
from nqp_biblio.cleaning.lint.records import RULES as RECORD_RULES
from nqp_biblio.cleaning.lint.texts import RULES as TEXT_RULES
from nqp_biblio.cleaning.lint.work import Finding, Found, works_of
from nqp_biblio.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    import pandas as pd

    from nqp_biblio.cleaning.lint.work import CorpusRule, Rule
    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["RULES", "check", "choose_codes", "find_all"]

_WORK_RULES: tuple[Rule, ...] = (
    *IDENTIFIER_RULES,
    *NUMBER_RULES,
    *TEXT_RULES,
    *PEOPLE_RULES,
    *RECORD_RULES,
)
_FUTURE = future_rule(0)
_READING = {
    "E001": ("error", "entry that could not be read"),
    "E002": ("warning", "entry that was read in part, or in spite of a fault"),
    "E003": ("info", "file whose encoding was guessed"),
}
_TOLD_ELSEWHERE = (
    ("no UTF-8: ", "E003"),
    ("no year in ", "Y001"),
    ("repeated key ", "K001"),
    ("NR counts ", "C002"),
)
_ENOUGH = 2
_ALL = "ALL"
_CHECKED = "check:"

_ALL_RULES: tuple[Rule | CorpusRule, ...] = (*_WORK_RULES, _FUTURE, *CORPUS_RULES)

RULES: dict[str, tuple[str, str]] = dict(
    sorted([*_READING.items(), *((r.code, (r.severity, r.says)) for r in _ALL_RULES)])
)
"""Severity and meaning of each code."""


class _Place(NamedTuple):
    """Where a work was read."""

    key: str | None = None
    file: str | None = None
    line: int | None = None


_NOWHERE = _Place()


def check(
    corpus: Corpus,
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] = (),
    as_of: int | None = None,
) -> pd.DataFrame:
    """List what is missing, malformed, inconsistent or doubled in a bibliography.

    Nothing is changed; ``fix`` changes what is safe to change. What was fixed is not listed
    again.

    Parameters
    ----------
    corpus : Corpus
        Best as it was read.
    select : sequence of str, optional
        Codes of rules, or the letters that they begin with: ``["D", "Y002"]``; all by
        default.
    ignore : sequence of str
        The same, for rules to leave out.
    as_of : int, optional
        The newest year that a work may have. By default one more than the newest year that
        two works have, so that one wrong year does not hide itself.

    Returns
    -------
    DataFrame
        One row per finding: ``code``, ``severity`` (error, warning, info), ``work_id``
        (missing where no work could be read), ``key``, ``file``, ``line``, ``field``,
        ``value``, ``message`` and ``suggestion`` (missing where none is known); in the order
        of the works, then by code.

    Raises
    ------
    UnknownNameError
        If no rule has such a code.

    Examples
    --------
    >>> check(corpus, select=["D"])  # doctest: +SKIP
    """
    import pandas as pd

    found = find_all(corpus, codes=choose_codes(select, ignore), as_of=as_of)
    frame = pd.DataFrame(found, columns=list(Finding._fields))
    for name in ("work_id", "line"):
        frame[name] = pd.array(frame[name].tolist(), dtype="Int64")
    return frame


def choose_codes(select: Sequence[str] | None, ignore: Sequence[str] = ()) -> frozenset[str]:
    """Return the codes of the rules that are named by code or beginning.

    Raises
    ------
    UnknownNameError
        If no rule has such a code.
    """
    chosen = set(RULES) if select is None else {c for name in select for c in _codes(name)}
    return frozenset(chosen - {code for name in ignore for code in _codes(name)})


def find_all(
    corpus: Corpus, *, codes: Container[str] = tuple(RULES), as_of: int | None = None
) -> list[Finding]:
    """Return what rules find, in the order of the works.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    codes : container of str
        Codes of rules.
    as_of : int, optional
        The newest year that may be.

    Returns
    -------
    list of Finding
        Without what ``fix`` has done already.
    """
    newest = _newest(corpus) if as_of is None else as_of
    rules = [r for r in (*_WORK_RULES, future_rule(newest)) if r.code in codes]
    found: list[tuple[Rule | CorpusRule, Found]] = []
    places: dict[int | None, _Place] = {}
    for work in works_of(corpus):
        work_id = work["work_id"]
        places[work_id] = _Place(work["key"], work["file"], work["line"])
        for rule in rules:
            found.extend((rule, item._replace(work_id=work_id)) for item in rule.find(work))
    for corpus_rule in CORPUS_RULES:
        if corpus_rule.code in codes:
            found.extend((corpus_rule, item) for item in corpus_rule.find(corpus))
    done = _done(corpus)
    listed = [
        _finding(rule, item, places.get(item.work_id, _NOWHERE))
        for rule, item in found
        if (rule.code, item.work_id, item.field) not in done
    ]
    listed.extend(_unread(corpus, codes, places))
    files = _files(corpus)
    return sorted(listed, key=lambda item: (*_place_in(item, files), item.code, item.work_id or 0))


def _finding(rule: Rule | CorpusRule, item: Found, place: _Place) -> Finding:
    """Put together what was found, by which rule and where."""
    said = item.field, item.value, item.message, item.suggestion
    key, file, line = place
    return Finding(rule.code, rule.severity, item.work_id, key, file, line, *said)


def _codes(name: str) -> list[str]:
    """Return the codes that begin so."""
    named = [code for code in RULES if name == _ALL or (name and code.startswith(name))]
    if not named:
        raise UnknownNameError("code", name, RULES)
    return named


def _newest(corpus: Corpus) -> int:
    """Return the year after the newest one that two works have, or the only one."""
    counts: dict[int, int] = dict(
        corpus.sql(
            "SELECT publication_year, COUNT(*) FROM works"
            " WHERE publication_year IS NOT NULL GROUP BY 1"
        )
    )
    shared = [year for year, n in counts.items() if n >= _ENOUGH]
    return max(shared or counts or [0]) + 1


def _done(corpus: Corpus) -> set[tuple[str, int | None, str]]:
    """Return code, work and column of what was fixed, though it still is printed wrong."""
    rows = corpus.sql(
        "SELECT rule, row_id, column_name FROM changes"
        " WHERE table_name = 'works' AND rule LIKE 'check:%'"
    )
    return {(rule.removeprefix(_CHECKED), work_id, name) for rule, work_id, name in rows}


def _unread(
    corpus: Corpus, codes: Container[str], places: dict[int | None, _Place]
) -> Iterator[Finding]:
    """Yield the problems of reading that no other rule tells."""
    rows = corpus.sql("SELECT file, line, raw, reason, work_id FROM problems ORDER BY problem_id")
    for file, line, raw, reason, work_id in rows:
        told = (code for start, code in _TOLD_ELSEWHERE if reason.startswith(start))
        code = next(told, "E001" if work_id is None else "E002")
        if code in codes and code in _READING:
            key = places[work_id].key if work_id in places else None
            severity = _READING[code][0]
            yield Finding(code, severity, work_id, key, file, line, None, raw or None, reason, None)


def _files(corpus: Corpus) -> dict[str | None, int]:
    """Return the place of each file in the order read."""
    rows = corpus.sql(
        "SELECT file FROM (SELECT file, MIN(work_id) AS place, 1 AS kind FROM works GROUP BY 1"
        " UNION ALL SELECT file, MIN(problem_id), 2 FROM problems GROUP BY 1) AS f"
        " WHERE file IS NOT NULL ORDER BY kind, place"
    )
    return {file: place for place, (file,) in reversed(list(enumerate(rows)))}


def _place_in(finding: Finding, files: dict[str | None, int]) -> tuple[int, int]:
    """Return the place of a finding: its file and line."""
    return files.get(finding.file, -1), finding.line or 0
