"""Ask a service for the works of a corpus, and judge whether an answer is about that work."""

from __future__ import annotations

import importlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.services.agencies import explain_each, told_by_form
from nqp_biblio.services.matching import best_match, check_doi
from nqp_biblio.text.identifiers import clean_doi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from nqp_biblio.record import Record
    from nqp_biblio.services.client import Answer, Client
    from nqp_biblio.services.matching import Match

__all__ = ["ASKABLE", "STATES", "Asker", "Outcome", "module_of"]

ASKABLE = {
    "crossref": "crossref",
    "datacite": "datacite",
    "doi": "agencies",
    "europe_pmc": "europe_pmc",
    "openalex": "openalex",
    "opencitations": "opencitations",
    "semantic_scholar": "semantic_scholar",
    "unpaywall": "unpaywall",
}
"""Services that know works by DOI, and the modules that ask them."""

STATES = (
    *("found", "not-found", "no-metadata", "failed", "refused"),
    *("other-work", "review", "not-asked"),
)
"""What can come of asking for one work."""

_WORKERS = 4
_ROWS = 20
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking for one work.

    Attributes
    ----------
    state : str
        One of `STATES`.
    identifier : str
        The DOI; empty where there is none.
    found : Record or None
        The work, where it was found and is the one asked for.
    reason : str
        Why not, in words.
    date : str or None
        Day of the answer.
    """

    state: str
    identifier: str = ""
    found: Record | None = None
    reason: str = ""
    date: str | None = None


def module_of(service: str) -> Any:  # noqa: ANN401  a module
    """Return the module that asks a service.

    Raises
    ------
    UnknownNameError
        If there is none that knows works by DOI.
    """
    if service not in ASKABLE:
        raise UnknownNameError("service", service, sorted(ASKABLE))
    return importlib.import_module(f"nqp_biblio.services.{ASKABLE[service]}")


@dataclass(slots=True)
class Asker:
    """Asks one service, each DOI once, a few at a time.

    Attributes
    ----------
    service : str
        One of `ASKABLE`.
    client : Client
        The door to the web.
    """

    service: str
    client: Client
    _unfound: dict[str, Answer] = field(default_factory=dict)

    def ask(self, records: Sequence[Record]) -> Iterator[Outcome]:
        """Yield what came of each record, in their order.

        Parameters
        ----------
        records : sequence of Record
            Works; those without a DOI are searched for where the service can search.

        Yields
        ------
        Outcome
            As soon as it is there.
        """
        module = module_of(self.service)
        pool = ThreadPoolExecutor(_WORKERS)
        try:
            dois = [clean_doi(record.doi) if record.doi else None for record in records]
            answers = self._answers(module, pool, [doi for doi in dois if doi])
            searches = [
                pool.submit(self._search, module, record) if doi is None else None
                for record, doi in zip(records, dois, strict=True)
            ]
            for record, doi, search in zip(records, dois, searches, strict=True):
                if search is not None:
                    yield search.result()
                elif doi is not None:
                    yield self._judged(record, doi, answers(doi))
        finally:
            pool.shutdown(cancel_futures=True)

    def explain(self, dois: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Say of DOIs that were not found who has registered them, where doi.org tells.

        Parameters
        ----------
        dois : sequence of str
            DOIs that were asked for and not found.

        Returns
        -------
        dict of str to tuple of str
            By DOI its state and the reason; those of which doi.org tells nothing are left out.
        """
        if self.service == "doi":
            return {}  # has looked the agency up before it asked
        unfound = {doi: self._unfound[doi] for doi in dois if doi in self._unfound}
        told = explain_each(self.client, unfound)
        return {
            doi: (answer.state, answer.reason)
            for doi, answer in told.items()
            if answer is not unfound[doi]
        }

    def _answers(
        self,
        module: Any,  # noqa: ANN401
        pool: ThreadPoolExecutor,
        dois: Sequence[str],
    ) -> Callable[[str], Answer]:
        """Ask for DOIs, all at once where the service can; the answer may be still to come."""
        unfound = self._unfound
        new = [doi for doi in dict.fromkeys(dois) if doi not in unfound]
        if hasattr(module, "works"):
            together = dict(module.works(self.client, new)) if new else {}
            return lambda doi: unfound[doi] if doi in unfound else together[doi]
        coming: dict[str, Future[Answer]] = {
            doi: pool.submit(module.work, self.client, doi) for doi in new
        }
        return lambda doi: coming[doi].result() if doi in coming else unfound[doi]

    def _judged(self, record: Record, doi: str, answer: Answer) -> Outcome:
        """Tell what an answer about a DOI means for the work that prints it."""
        if answer.state != "found":
            self._unfound[doi] = answer
            told = told_by_form(answer, doi)
            return Outcome(told.state, doi, reason=told.reason, date=told.date)
        found: Record = answer.data
        if clean_doi(found.doi or "") != doi:
            named = f"the DOI {found.doi}" if found.doi else "no DOI"
            reason = f"the answer is about another work: it names {named}"
            return Outcome("other-work", doi, reason=_titled(reason, record, found))
        verdict = check_doi(record, found)
        if verdict.state == "other":
            reason = _titled("the DOI belongs to another work", record, found)
            return Outcome("other-work", doi, reason=reason)
        if verdict.state == "doubtful" and not _has_its_title(verdict.match):
            reason = _titled("the DOI may belong to another work", record, found)
            return Outcome("review", doi, reason=f"{reason} ({verdict.match.words})")
        return Outcome("found", doi, found, date=answer.date)

    def _search(self, module: Any, record: Record) -> Outcome:  # noqa: ANN401
        """Search for a work without a DOI, and ask for it by the DOI of the sure candidate."""
        # OpenAlex takes words of the title alone
        text = record.title or "" if self.service == "openalex" else _search_text(record)
        if not text or not hasattr(module, "find"):
            return Outcome("not-asked")
        answer = module.find(self.client, text, _ROWS)
        if answer.state != "found":
            return Outcome(answer.state, reason=answer.reason, date=answer.date)
        decision = best_match(record, [one for one in answer.data if one.doi])
        found = decision.candidate
        if decision.state == "rejected" or found is None or found.doi is None:
            return Outcome("not-found", reason=decision.reason)
        if decision.state == "review":
            reason = f"perhaps {found.doi}, {found.title!r}: {decision.reason}; it is not taken"
            return Outcome("review", reason=reason)
        answer = module.work(self.client, found.doi)
        return self._judged(record, found.doi, answer)


def _has_its_title(match: Match) -> bool:
    """Whether a work that differs elsewhere, as in its volume, is still the one its DOI names."""
    is_titled = match.parts["title"] in {"same", "close"}
    return is_titled and match.parts["author"] != "other" and not match.conflicts


def _titled(reason: str, record: Record, found: Record) -> str:
    """Say what is printed and what was found."""
    printed = record.title or record.raw or "no title"
    return f"{reason}; printed: {printed[:300]!r}, found: {(found.title or 'no title')[:300]!r}"


def _search_text(record: Record) -> str:
    """Return what to search for: the reference as printed, or else author, title, source, year."""
    if record.raw:
        return record.raw[:_LONGEST]
    if not record.title:
        return ""
    people = record.people_of("author")
    year = record.publication_year
    parts = (
        people[0].display if people else None,
        record.title,
        record.source_name,
        None if year is None else str(year),
    )
    return ", ".join(part for part in parts if part)[:_LONGEST]
