"""Mend what the lint finds, where that is safe."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.cleaning.check import choose_codes, find_all
from nqp_biblio.corpus.changes import Change, with_changes
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nqp_biblio.cleaning.lint.work import Finding
    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["FIXED", "fix"]


class _Mend(NamedTuple):
    """The column that is changed, and whether a suggestion takes its place (else nothing)."""

    column: str
    takes_suggestion: bool = True


FIXED: dict[str, _Mend] = {
    "D003": _Mend("doi"),
    "D004": _Mend("doi"),
    "D005": _Mend("doi"),
    "D006": _Mend("doi"),
    "T003": _Mend("title"),
    "T004": _Mend("title"),
    "T005": _Mend("title"),
    "T006": _Mend("title"),
    "Y005": _Mend("volume", takes_suggestion=False),
}
"""Codes that are mended."""

_ROUNDS = 4


def fix(
    corpus: Corpus, *, select: Sequence[str] | None = None, ignore: Sequence[str] = ()
) -> Corpus:
    """Mend what ``check`` finds, where it is sure what must stand there.

    That are bare DOIs (also taken from the address), markup, LaTeX, letters of a wrong
    encoding and a full stop in titles, and a year taken out of the place of the volume. The
    rest is left to you.

    Parameters
    ----------
    corpus : Corpus
        Any corpus. A second call changes nothing.
    select, ignore : sequence of str
        Codes as in ``check``.

    Returns
    -------
    Corpus
        Each value that changed is a row in ``changes`` with the rule ``check:`` and the
        code. What was printed stays in the columns that end in ``_raw``.

    Raises
    ------
    UnknownNameError
        If no rule has such a code.

    Examples
    --------
    >>> corpus = fix(corpus, ignore=["T006"])  # doctest: +SKIP
    """
    codes = choose_codes(select, ignore) & FIXED.keys()
    step: dict[str, object] = {"step": "fix", "codes": sorted(codes)}
    mended = corpus
    for _ in range(_ROUNDS):  # a title may have markup and a full stop behind it
        changes = _changes(mended, find_all(mended, codes=codes))
        if not changes:
            break
        mended = _applied(mended, changes)
    return mended.replace(step=step)


def _changes(corpus: Corpus, findings: Iterable[Finding]) -> list[Change]:
    """Make the changes of one round: of each value one."""
    now = _values(corpus)
    found: dict[tuple[int, str], Change] = {}
    for finding in findings:
        mend = FIXED[finding.code]
        work_id = finding.work_id
        misses = mend.takes_suggestion and finding.suggestion is None
        # broken letters are found in other texts too
        elsewhere = finding.code == "T005" and finding.field != mend.column
        if work_id is None or misses or elsewhere or (work_id, mend.column) in found:
            continue
        after = finding.suggestion if mend.takes_suggestion else None
        # what is wrong in a DOI is how it is printed
        before = finding.value if finding.field == "doi" else now[mend.column].get(work_id)
        rule = f"check:{finding.code}"
        found[work_id, mend.column] = Change(
            "works", work_id, None, mend.column, before, after, rule
        )
    return [found[key] for key in sorted(found)]


def _values(corpus: Corpus) -> dict[str, dict[int, str]]:
    """Return the values that may change, by column and work."""
    columns = sorted({mend.column for mend in FIXED.values()})
    return {
        name: dict(
            corpus.sql(f"SELECT work_id, CAST({name} AS VARCHAR) FROM works WHERE {name} <> ''")
        )
        for name in columns
    }


def _applied(corpus: Corpus, changes: Sequence[Change]) -> Corpus:
    """Note changes, and apply them to the works."""
    last = corpus.sql("SELECT COALESCE(MAX(change_id), 0) FROM changes")[0][0]
    noted = corpus.replace(changes=with_changes(corpus, changes))
    changed = {change.column_name for change in changes}
    new = ", ".join(_picked(sorted(changed)))
    values = ", ".join(
        f"CASE WHEN n.has_{name} = 1 THEN n.{name} ELSE w.{name} END AS {name}"
        if name in changed
        else f"w.{name}"
        for name in TABLES["works"].column_names
    )
    query = (
        f"SELECT {values} FROM works w LEFT JOIN (SELECT row_id, {new} FROM changes"
        f" WHERE table_name = 'works' AND change_id > {int(last)} GROUP BY row_id) AS n"
        " ON n.row_id = w.work_id"
    )
    return noted.derive(works=query)


def _picked(columns: Iterable[str]) -> Iterator[str]:
    """Yield what picks the new value of each column out of the changes of a work."""
    for name in columns:
        is_of = f"CASE WHEN column_name = '{name}' THEN"
        yield f"MAX({is_of} after END) AS {name}, MAX({is_of} 1 END) AS has_{name}"
