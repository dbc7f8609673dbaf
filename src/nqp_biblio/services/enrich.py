"""Fill the gaps of a corpus from a web service, with every value traced; and take it back."""

from __future__ import annotations

import copy
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from nqp_biblio.services.asking import STATES, Asker, module_of
from nqp_biblio.services.changes import Amendment, amend, rule_of, take_back
from nqp_biblio.services.filling import FIELDS, Filler, Work, field_names
from nqp_biblio.services.spooled import RowSpool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import TypeAlias

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.services.asking import Outcome
    from nqp_biblio.services.client import Client

    OnProgress: TypeAlias = Callable[[int, int, Mapping[str, int]], None]

__all__ = ["enrich", "open_client", "summary_lines", "unenrich"]

_BATCH = 100
_LONGEST = 2_000
_ALWAYS_SAID = 5
"""States that are told even where no work is in them."""

_REPORTED = frozenset(("not-found", "failed", "refused", "other-work", "review"))


def enrich(
    corpus: Corpus,
    *,
    service: str = "crossref",
    fields: Iterable[str] | None = None,
    overwrite: Iterable[str] = (),
    mailto: str | None = None,
    client: Client | None = None,
    on_progress: OnProgress | None = None,
) -> Corpus:
    """Fill the gaps of a corpus from a web service.

    Each work with a DOI is asked for by it; one without is searched for, and taken only where
    a candidate surely is it. Besides `snowball` this is the only call that uses the network.
    Good answers are kept on disk, so a run that was stopped goes on where it stopped.

    Parameters
    ----------
    corpus : Corpus
        Any corpus. A second call changes nothing.
    service : str, default "crossref"
        crossref, datacite, doi (doi.org), europe_pmc, openalex, opencitations,
        semantic_scholar or unpaywall.
    fields : iterable of str, optional
        What to fill: columns of ``works``, and ``authors``, ``affiliations``, ``keywords``,
        ``cited_references``, ``retractions``, ``licences``, ``topics``, ``institutions``,
        ``open_access``; all if left out.
    overwrite : iterable of str, optional
        What to fill even where a value stands: columns of ``works``, ``authors``,
        ``affiliations``, ``keywords``.
    mailto : str, optional
        Your address; services answer faster to those who can be reached.
    client : Client, optional
        A door to the web of your own, with its cache and addresses.
    on_progress : callable, optional
        Told the number of works done, of all works, and the works by state so far.

    Returns
    -------
    Corpus
        As many works as before. Each value filled is a row in ``changes``, its rule such as
        ``enrich:crossref:10.1000/182@2026-11-24``. A DOI that is unknown, could not be asked
        or belongs to another work is one row in ``problems``, and fills nothing. The last
        step of the history has the counts.

    Raises
    ------
    UnknownNameError
        If there is no such service or field.
    OptionError
        If cited references are to be overwritten, which in-text citations point to.

    Examples
    --------
    >>> richer = enrich(corpus, mailto="me@example.org")  # doctest: +SKIP
    >>> richer.history[-1]["counts"]  # doctest: +SKIP
    {'works': 15, 'found': 9, 'not-found': 5, 'no-metadata': 1}
    """
    module_of(service)
    wanted = frozenset(FIELDS) if fields is None else field_names(fields, "field")
    replaced = field_names(overwrite, "field to overwrite")
    base = take_back(corpus, service, only="problems")
    with RowSpool() as spool:
        amendment = Amendment(spool)
        filler = Filler.of(base, amendment, service=service, wanted=wanted, overwrite=replaced)
        run = _Run(filler, len(base), on_progress)
        with open_client(client, mailto) as door:
            run.ask_all(Asker(service, door), base)
        run.add_problems(base)
        step: dict[str, object] = {
            "step": "enrich",
            "service": service,
            "fields": None if fields is None else sorted(wanted),
            "overwrite": sorted(replaced),
            "counts": run.counts,
            "filled": dict(sorted(filler.counts.items())),
        }
        return amend(base, amendment).replace(step=step)


def unenrich(corpus: Corpus, service: str | None = None) -> Corpus:
    """Take back what `enrich` filled, value by value and row by row.

    Parameters
    ----------
    corpus : Corpus
        A corpus that was enriched.
    service : str, optional
        The service whose values to take back; those of all if left out.

    Returns
    -------
    Corpus
        As it was before, its history too; where other steps followed, the history gains one.
        What a cleaning step made of a value that was filled goes with it.

    Examples
    --------
    >>> plain = unenrich(enriched, "crossref")  # doctest: +SKIP
    """
    history = tuple(step for step in corpus.history if not _is_of(step, service))
    before = take_back(corpus, service)
    n_last = len(corpus.history) - len(history)
    if n_last and not all(_is_of(step, service) for step in corpus.history[-n_last:]):
        history = (*history, {"step": "unenrich", "service": service})
    taken = copy.copy(before)
    taken.history = history
    return taken


def summary_lines(step: Mapping[str, Any]) -> list[str]:
    """Say in words what came of an enrichment.

    Parameters
    ----------
    step : mapping
        Its step in the history of the corpus.

    Returns
    -------
    list of str
        The works by what came of them, and the values filled by field.

    Examples
    --------
    >>> counts, filled = {"works": 3, "found": 2, "failed": 1}, {"title": 2}
    >>> summary_lines({"service": "crossref", "counts": counts, "filled": filled})
    ['crossref: 3 works: 2 found, 0 not found, 0 no metadata, 1 failed, 0 refused', \
'filled: 2 title']
    """
    counts, filled = step["counts"], step["filled"]
    said = [
        f"{counts.get(state, 0):,} {state.replace('-', ' ')}"
        for place, state in enumerate(STATES)
        if place < _ALWAYS_SAID or counts.get(state)
    ]
    values = ", ".join(f"{n:,} {name}" for name, n in filled.items()) or "nothing"
    return [f"{step['service']}: {counts['works']:,} works: {', '.join(said)}", f"filled: {values}"]


@contextmanager
def open_client(client: Client | None, mailto: str | None) -> Iterator[Client]:
    """Give the client of the user, or one that is closed at the end."""
    if client is not None:
        yield client
        return
    from nqp_biblio.services.client import Client as NewClient

    with NewClient(mailto=mailto) as made:
        yield made


def _is_of(step: Mapping[str, object], service: str | None) -> bool:
    """Whether a step of a history is an enrichment by this service, or by any."""
    return step.get("step") == "enrich" and service in {None, step.get("service")}


def _batches(corpus: Corpus) -> Iterator[list[Work]]:
    """Yield the works of a corpus, some at a time."""
    ids = (row[0] for row in corpus.sql("SELECT work_id FROM works ORDER BY work_id"))
    works = (Work(*pair) for pair in zip(ids, corpus.records(), strict=True))
    while batch := list(islice(works, _BATCH)):
        yield batch


class _Report(NamedTuple):
    """What a row of problems says of one outcome."""

    work_id: int
    file: str
    line: int | None
    raw: str
    reason: str
    date: str | None


@dataclass(slots=True)
class _Run:
    """Counts what comes of the works, fills them, and gathers what to report."""

    filler: Filler
    n_works: int
    told: OnProgress | None
    states: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    reported: dict[tuple[str, str, int], _Report] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """Works by what came of them; what never came is left out."""
        by_state = {state: self.states[state] for state in STATES if self.states[state]}
        return {"works": self.n_works} | by_state

    def ask_all(self, asker: Asker, corpus: Corpus) -> None:
        """Ask for all works, some at a time."""
        for batch in _batches(corpus):
            for work, outcome in zip(batch, asker.ask([one.record for one in batch]), strict=True):
                self._take(work, outcome)
        self._explain(asker)

    def _take(self, work: Work, outcome: Outcome) -> None:
        """Count one outcome and fill the work from it."""
        self.states[outcome.state] += 1
        if outcome.found is not None:
            rule = rule_of(self.filler.service, outcome.identifier, outcome.date)
            self.filler.fill(work, outcome.found, rule)
        elif outcome.state in _REPORTED and (outcome.identifier or outcome.state != "not-found"):
            if outcome.state == "not-found":
                self.unknown[outcome.identifier] += 1
            # a DOI fails once for all its works; each may be wrong about it in its own way
            is_own = not outcome.identifier or outcome.state in {"other-work", "review"}
            key = outcome.identifier, outcome.state, work.work_id if is_own else 0
            if key not in self.reported:
                self.reported[key] = self._report(work, outcome)
        if self.told is not None:
            self.told(self.states.total(), self.n_works, self.counts)

    def _report(self, work: Work, outcome: Outcome) -> _Report:
        """Say where a work stands and what came of it; the record itself is not kept."""
        record, service = work.record, self.filler.service
        raw = outcome.identifier or record.raw or record.title or ""
        place = work.work_id, record.file or service, record.line, raw[:_LONGEST]
        return _Report(*place, outcome.reason, outcome.date)

    def _explain(self, asker: Asker) -> None:
        """Ask who has registered what was not found; what has no metadata is no problem."""
        unknown = [key for key in self.reported if key[1] == "not-found"]
        told = asker.explain([key[0] for key in unknown])
        for key in unknown:
            if key[0] not in told:
                continue
            state, reason = told[key[0]]
            report = self.reported.pop(key)
            self.states["not-found"] -= self.unknown[key[0]]
            self.states[state] += self.unknown[key[0]]
            if state in _REPORTED:
                self.reported[key] = report._replace(reason=reason)

    def add_problems(self, corpus: Corpus) -> None:
        """List what could not be asked or used, behind all that was filled."""
        last = corpus.sql("SELECT COALESCE(MAX(problem_id), 0) FROM problems")[0][0]
        for n, ((identifier, *_), report) in enumerate(self.reported.items(), last + 1):
            service = self.filler.service
            said = ": ".join(part for part in (service, identifier, report.reason) if part)
            row = {"problem_id": n, "file": report.file, "line": report.line, "raw": report.raw}
            row |= {"reason": said[:_LONGEST], "work_id": report.work_id}
            self.filler.add_row("problems", row, rule_of(service, identifier, report.date))
