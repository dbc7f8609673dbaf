"""How far a result rests on links of which the linking is not sure."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.catalogue import MEASURES
from nqp_biblio.measures.result import Result
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nqp_biblio.corpus.corpus import Corpus

    Measure = Callable[[Corpus], Result]
    Cells = dict[tuple[tuple[Any, ...], str], float | None]

__all__ = ["cut_links", "sensitivity"]


def sensitivity(
    corpus: Corpus,
    measure: Measure | str,
    *,
    thresholds: Sequence[float] = (0.8, 0.9, 0.95, 1.0),
    key: Sequence[str] | None = None,
) -> Result:
    """Compute a measure again without the links whose score is below a threshold.

    Parameters
    ----------
    corpus : Corpus
        A corpus after ``link_references``.
    measure : callable or str
        A function of a corpus that gives a Result, or the name of one in
        ``catalogue.MEASURES``.
    thresholds : sequence of float
        Scores, 0 to 1. References below one lose their link, see ``cut_links``.
    key : sequence of str, optional
        Columns of the result that name a row; where not given, as many of its first columns as
        tell all rows apart.

    Returns
    -------
    Result
        A row for each row of the measure and each of its columns of numbers, in order: the
        key, ``column``, ``all`` (with all links), a column per threshold as ``at_0.8`` (None
        where the row is not there, or has no value), ``largest_change`` (of any threshold
        from all links, with its sign) and ``relative_change`` (that through the value with all
        links; None where this is 0). Rows that only a threshold brings come last. The manifest
        has the links left at each threshold and the largest changes of each column.

    Raises
    ------
    OptionError
        If a threshold is not from 0 to 1, or nothing tells the rows apart.
    UnknownNameError
        If there is no such measure, or no such column for the key.

    Notes
    -----
    It tells how a result moves with links that are doubtful. What wrong links of a high score
    do, and links that were never found, it cannot tell.

    Examples
    --------
    >>> sensitivity(corpus, lambda c: h_index(c, scope="local"))  # doctest: +SKIP
    """
    asked = sorted({float(threshold) for threshold in thresholds})
    for threshold in asked:
        _check(threshold)
    compute = _of_name(measure) if isinstance(measure, str) else measure
    whole = compute(corpus)
    cut = {threshold: cut_links(corpus, threshold) for threshold in asked}
    results = [whole, *(compute(corpus) for corpus in cut.values())]
    names = _key(results, key)
    tables = [_cells(result, names) for result in results]
    rows = [_row(cell, tables) for cell in dict.fromkeys(cell for t in tables for cell in t)]
    shown = (*names, "column", "all", *(f"at_{threshold:g}" for threshold in asked))
    manifest = {
        "measure": "sensitivity to the score of links",
        "of": whole.manifest.get("measure"),
        "parameters": whole.manifest,
        "thresholds": asked,
        "n_links": {"all": _n_links(corpus)} | {f"{t:g}": _n_links(c) for t, c in cut.items()},
        "largest_changes": _largest(rows, len(names)),
        "rule": "a reference whose link_score is below the threshold is a work of its own",
    }
    return Result((*shown, "largest_change", "relative_change"), rows, manifest)


def cut_links(corpus: Corpus, threshold: float) -> Corpus:
    """Take the link away from references of which the linking is not sure enough.

    Parameters
    ----------
    corpus : Corpus
        A corpus after ``link_references``.
    threshold : float
        Score, 0 to 1; references below it are each a cited work of its own, outside the corpus.

    Returns
    -------
    Corpus
        References without a score, which stand alone or were linked by hand or in the source,
        stay as they are.

    Raises
    ------
    OptionError
        If the threshold is not from 0 to 1.

    Examples
    --------
    >>> sure = cut_links(corpus, 0.9)  # doctest: +SKIP
    """
    _check(threshold)
    score = repr(float(threshold))
    weak = f"link_score IS NOT NULL AND link_score < {score}"
    last = corpus.sql("SELECT COALESCE(MAX(cited_work_id), 0) FROM cited_references")[0][0]
    n_cut = corpus.sql(f"SELECT COUNT(*) FROM cited_references WHERE {weak}")[0][0]
    made = {
        "work_id": "CAST(NULL AS BIGINT)",
        "cited_work_id": f"{last} + reference_id",
        "link_rule": "CAST(NULL AS VARCHAR)",
        "link_score": "CAST(NULL AS DOUBLE)",
    }
    columns = ", ".join(
        f"CASE WHEN {weak} THEN {made[name]} ELSE {name} END AS {name}" if name in made else name
        for name in TABLES["cited_references"].column_names
    )
    return corpus.derive(
        step={"step": "cut_links", "threshold": float(threshold), "n_cut": n_cut},
        cited_references=f"SELECT {columns} FROM cited_references",
    )


def _check(threshold: float) -> None:
    """Refuse what is no score."""
    if not 0 <= threshold <= 1:
        raise OptionError(f"a threshold is {threshold}; it must be from 0 to 1")


def _of_name(name: str) -> Measure:
    """Return the measure of a name."""
    if name not in MEASURES:
        raise UnknownNameError("measure", name, MEASURES)
    module, function = MEASURES[name].split(":")
    found: Measure = getattr(importlib.import_module(f"nqp_biblio.measures.{module}"), function)
    return found


def _n_links(corpus: Corpus) -> int:
    """Count the references that are works of the corpus."""
    return int(corpus.sql("SELECT COUNT(work_id) FROM cited_references")[0][0])


def _key(results: list[Result], key: Sequence[str] | None) -> tuple[str, ...]:
    """Return the columns that name a row in each of the results."""
    columns = results[0].columns
    if key is not None:
        unknown = [name for name in key if name not in columns]
        if unknown:
            raise UnknownNameError("column of the result", unknown[0], columns)
    choices = [tuple(key)] if key is not None else [columns[:n] for n in range(1, len(columns))]
    for names in choices:
        places = [columns.index(name) for name in names]
        if all(
            len({tuple(row[place] for place in places) for row in result.rows}) == len(result)
            for result in results
        ):
            return names
    raise OptionError(f"the columns {', '.join(columns)} do not tell rows apart; give key=")


def _cells(result: Result, names: tuple[str, ...]) -> Cells:
    """Return the numbers of a result by row and column."""
    keys = list(zip(*(result.column(name) for name in names), strict=True))
    cells: Cells = {}
    numbers = [name for name in result.columns if name not in names and _is_number(result, name)]
    columns = [result.column(name) for name in numbers]
    for place, row in enumerate(keys):
        for name, values in zip(numbers, columns, strict=True):
            cells[row, name] = values[place]
    return cells


def _is_number(result: Result, name: str) -> bool:
    """Tell whether a column holds numbers, and one at least."""
    known = [value for value in result.column(name) if value is not None]
    return bool(known) and all(
        isinstance(v, int | float) and not isinstance(v, bool) for v in known
    )


def _row(cell: tuple[tuple[Any, ...], str], tables: list[Cells]) -> tuple[Any, ...]:
    """Make a row: the key, the column, its values and the largest change."""
    whole, *cut = [table.get(cell) for table in tables]
    change = relative = None
    if whole is not None:
        changes = [value - whole for value in cut if value is not None]
        change = max(changes, key=abs, default=None)
        relative = change / abs(whole) if change is not None and whole else None
    return (*cell[0], cell[1], whole, *cut, change, relative)


def _largest(rows: list[tuple[Any, ...]], n_key: int) -> dict[str, float]:
    """Return the largest change of each column, with its sign."""
    largest: dict[str, float] = {}
    for row in rows:
        column, change = row[n_key], row[-2]
        if change is not None and abs(change) >= abs(largest.get(column, 0)):
            largest[column] = change
    return largest
