"""The works of a corpus with the references they carry, and the problems of no work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.record import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.record import Record

__all__ = ["whole_records"]

_CARRIED = (
    "SELECT c.work_id, c.citing_work_id, c.position FROM cited_references c"
    " JOIN works w ON w.work_id = c.work_id JOIN works p ON p.work_id = c.citing_work_id"
    " WHERE w.role = 'reference'"
    " ORDER BY c.reference_id"
)
_LOOSE = (
    "SELECT problem_id, file, line, raw, reason FROM problems"
    " WHERE work_id IS NULL ORDER BY problem_id"
)
_FIRST = "SELECT work_id, MIN(problem_id) FROM problems WHERE work_id IS NOT NULL GROUP BY work_id"


def whole_records(corpus: Corpus) -> Iterator[Record | Problem]:
    """Yield what a corpus was made of, so that making it again gives the same tables.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Yields
    ------
    Record or Problem
        Works in order; a printed reference that is a work stands in the paper that cites it,
        not beside it. Problems of no work come as early as their number says.
    """
    loose = [(key, Problem(*rest)) for key, *rest in corpus.sql(_LOOSE)]
    first_problem: dict[int, int] = {work_id: first for work_id, first in corpus.sql(_FIRST)}  # noqa: C416
    for work_id, record in _joined(corpus):
        before = first_problem.get(work_id, 0)
        while loose and loose[0][0] < before:
            yield loose.pop(0)[1]
        yield record
    yield from (problem for _, problem in loose)


def _joined(corpus: Corpus) -> Iterator[tuple[int, Record]]:
    """Yield the works with their keys, each once all that it carries is there."""
    places: dict[int, tuple[int, int]] = {}
    waits: dict[int, int] = {}
    for work_id, citing, position in corpus.sql(_CARRIED):
        if work_id not in places:
            places[work_id] = (citing, position)
            waits[citing] = waits.get(citing, 0) + 1
    queue: dict[int, Record] = {}
    early: dict[int, Record] = {}
    ids = (row[0] for row in corpus.sql("SELECT work_id FROM works ORDER BY work_id"))
    for work_id, record in zip(ids, corpus.records(), strict=True):
        if work_id in places:
            early[work_id] = record
        else:
            queue[work_id] = record
        ready = [at for at in (work_id, *early) if at in early and places[at][0] in queue]
        for at in dict.fromkeys(ready):
            citing, position = places[at]
            queue[citing].cited_references[position - 1].work = early.pop(at)
            waits[citing] -= 1
        while queue and not waits.get(next(iter(queue))):
            key = next(iter(queue))
            yield key, queue.pop(key)
    yield from queue.items()
    yield from early.items()
