"""How many records were read, merged, excluded and analysed, as reviews report it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.measures.result import Result

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["record_flow"]

_FILES = (
    "SELECT file, SUM(n_works), SUM(n_merged), SUM(n_unreadable) FROM ("
    " SELECT file, COUNT(*) AS n_works, 0 AS n_merged, 0 AS n_unreadable FROM works GROUP BY file"
    " UNION ALL SELECT file, 0, COUNT(*), 0 FROM merges GROUP BY file"
    " UNION ALL SELECT file, 0, 0, COUNT(*) FROM problems WHERE work_id IS NULL GROUP BY file"
    ") counted GROUP BY file ORDER BY file"
)
_RULES = "SELECT rule, COUNT(*) FROM merges GROUP BY rule ORDER BY COUNT(*) DESC, rule"


def record_flow(corpus: Corpus) -> Result:
    """Count records from the files to the analysis.

    Parameters
    ----------
    corpus : Corpus
        The corpus as it is analysed.

    Returns
    -------
    Result
        Columns ``stage``, ``item`` and ``n_records``. Stages in order: *read* (all records,
        then those of each file that are still there or merged), *unreadable* (entries of
        which no work could be made), *merged* (all, then by rule), *excluded* (all, then by
        condition), *analysed*. Always read = merged + excluded + analysed; unreadable
        entries are none of the records read.

    Notes
    -----
    The counts that a flow diagram of PRISMA 2020 [1]_ asks for. Printed references that are
    works of the corpus count as records read. Records of a work that is excluded after
    it was merged count as merged.

    References
    ----------
    .. [1] Page, M. J. et al. (2021). The PRISMA 2020 statement. BMJ 372, n71.
       https://doi.org/10.1136/bmj.n71
    """
    files = [(name or "", int(n), int(m), int(u)) for name, n, m, u in corpus.sql(_FILES)]
    rules = [(rule, int(n)) for rule, n in corpus.sql(_RULES)]
    excluded = [
        (str(step["where"]), int(str(step["n_excluded"])))
        for step in corpus.history
        if step.get("step") == "filter" and "n_excluded" in step
    ]
    n_works = len(corpus)
    n_merged, n_excluded = sum(n for _, n in rules), sum(n for _, n in excluded)
    rows: list[tuple[Any, ...]] = [("read", "all", n_works + n_merged + n_excluded)]
    rows += [("read", name, works + merged) for name, works, merged, _ in files if works + merged]
    rows.append(("unreadable", "all", sum(unreadable for *_, unreadable in files)))
    rows += [("unreadable", name, unreadable) for name, _, _, unreadable in files if unreadable]
    rows.append(("merged", "all", n_merged))
    rows += [("merged", rule, n) for rule, n in rules]
    rows.append(("excluded", "all", n_excluded))
    rows += [("excluded", where, n) for where, n in excluded]
    rows.append(("analysed", "all", n_works))
    manifest: dict[str, object] = {
        "measure": "record_flow",
        "reference": "Page, M. J. et al. (2021). The PRISMA 2020 statement. BMJ 372, n71.",
    }
    return Result(("stage", "item", "n_records"), rows, manifest)
