"""Which candidate of a service a reference is: a calibrated score, and a decision."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nqp_biblio.services.conflicts import find_conflicts
from nqp_biblio.services.likeness import PARTS, compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nqp_biblio.record import Record

__all__ = [
    "ACCEPT",
    "BIAS",
    "REVIEW",
    "WEIGHTS",
    "Decision",
    "Match",
    "Verdict",
    "best_match",
    "check_doi",
    "score",
]

BIAS = -0.3
WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "title": {"same": 2.6, "short": 2.6, "close": 2.6, "cut": 2.6, "near": -1.4, "other": -3.9},
    "author": {"same": 0.2, "listed": -0.6, "other": -4.7},
    "year": {"same": 0.4, "next": -0.9, "other": -7.3},
    "venue": {"same": 0.1, "near": -0.8, "other": -4.0},
    "volume": {"same": 0.4, "other": -3.4},
    "page": {"same": 5.6, "near": -6.0, "other": -6.7},
    "publisher": {"same": 1.1, "near": -3.0, "other": -2.4},
    "place": {"same": 0.2, "other": -2.0},
    "kind": {"same": 0.7, "near": -0.8, "other": -4.8},
}
"""What each level of likeness adds to the logarithm of the odds; what is missing adds nothing."""

ACCEPT = 0.9
"""Score from which a candidate may be taken."""

REVIEW = 0.2
"""Score from which a candidate is worth a look."""

CLEAR = 1.5
"""Logarithm of odds by which the best candidate must lead the next one."""

_TITLES = frozenset(("same", "short", "close", "cut", "near"))
_PLACES = ("venue", "volume", "page")
_MIN_PLACES = 2
_MOST_OTHERS = 5
_SURE_OTHER, _MOST_ODDS = 0.02, 50.0


@dataclass(frozen=True, slots=True)
class Match:
    """How like a reference and a candidate are.

    Attributes
    ----------
    score : float
        The probability that both are one work, 0 to 1.
    parts : dict of str to str
        The level of likeness of each part.
    conflicts : tuple of str
        What speaks against it whatever the score, in words.
    log_odds : float
        The score as logarithm of odds, which adds up part by part.
    """

    score: float
    parts: Mapping[str, str]
    conflicts: tuple[str, ...] = ()
    log_odds: float = 0.0

    @property
    def words(self) -> str:
        """The parts on one line, such as ``title same, year next``, and the conflicts."""
        said = [f"{part} {level}" for part, level in self.parts.items() if level != "none"]
        return "; ".join((", ".join(said) or "nothing to compare", *self.conflicts))


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with the candidates of one reference.

    Attributes
    ----------
    state : str
        ``"accepted"``, ``"review"`` or ``"rejected"``; only the first may be used unasked.
    candidate : Record or None
        The best candidate; None where there is none worth a look.
    match : Match or None
        How like it is.
    reason : str
        Why, in words.
    others : list of (Record, Match)
        The next best ones worth a look, best first.
    """

    state: str
    candidate: Record | None = None
    match: Match | None = None
    reason: str = ""
    others: list[tuple[Record, Match]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the metadata of a DOI are those of the work that prints it.

    Attributes
    ----------
    state : str
        ``"same"``, ``"doubtful"``, ``"other"`` (the DOI is wrong), or ``"unchecked"`` where
        too little is there to compare, and nothing differs.
    match : Match
        How like the two are.
    reason : str
        Both works in words, as printed and as found.
    """

    state: str
    match: Match
    reason: str


def score(record: Record, candidate: Record) -> Match:
    """Score how like a reference and a candidate are.

    Parameters
    ----------
    record : Record
        A reference or work; its `raw`, where it has one, is searched too.
    candidate : Record
        A work as a service gives it.

    Returns
    -------
    Match
        The weights are those of a logistic regression on labelled references
        (``benchmarks/matching.py``); a part that either side lacks adds nothing.

    Examples
    --------
    >>> from nqp_biblio.readers.reference_string import parse_reference
    >>> record = parse_reference("Roe A (2001) On the nature of things. J Things 12:34-56")
    >>> match = score(record, parse_reference("Roe, A. (2001). Of other things. J Ideas, 3, 7."))
    >>> match.score < 0.01, match.parts["author"]
    (True, 'same')
    """
    parts = compare(record, candidate)
    log_odds = BIAS + sum(WEIGHTS[part].get(parts[part], 0.0) for part in PARTS)
    log_odds = min(max(log_odds, -_MOST_ODDS), _MOST_ODDS)
    conflicts = find_conflicts(record, candidate)
    return Match(1 / (1 + math.exp(-log_odds)), parts, conflicts, log_odds)


def best_match(record: Record, candidates: Iterable[Record]) -> Decision:
    """Choose the candidate that a reference is, if one surely is.

    Parameters
    ----------
    record : Record
        A reference or work without a DOI.
    candidates : iterable of Record
        What a service found for it.

    Returns
    -------
    Decision
        A candidate is accepted where its score reaches `ACCEPT`, nothing speaks against it,
        enough of its place agrees, and no other work comes near; it is offered for review
        where some of that fails. The order of the candidates does not matter, but between
        equals the first leads.
    """
    scored = [(candidate, score(record, candidate)) for candidate in candidates]
    scored.sort(key=lambda pair: (bool(pair[1].conflicts), -pair[1].log_odds))
    worth = [pair for pair in scored if pair[1].score >= REVIEW or _is_near_miss(pair[1])]
    if not worth:
        n_scored = len(scored)
        return Decision("rejected", reason=f"none of {n_scored} candidates is like it")
    candidate, match = worth[0]
    others = [pair for pair in worth[1:] if not _is_one_work(candidate, pair[0])]
    reason = _doubt(match) or _elsewhere(candidate, match) or _rival(match, others)
    state = "review" if reason else "accepted"
    return Decision(state, candidate, match, reason or match.words, others[:_MOST_OTHERS])


def check_doi(record: Record, found: Record) -> Verdict:
    """Tell whether the metadata of a DOI are those of the work that prints it.

    Parameters
    ----------
    record : Record
        The work as printed, with its DOI.
    found : Record
        The work that the DOI's agency has under it.

    Returns
    -------
    Verdict
        A title in another language or a slip in the year is at most doubtful; "other" needs
        another title and another author, or a place that is wholly another.
    """
    match = score(record, found)
    levels = match.parts
    reason = f"printed: {_in_words(record)}; found under {found.doi}: {_in_words(found)}"
    if match.conflicts:
        return Verdict("doubtful", match, f"{match.conflicts[0]}; {reason}")
    is_like = match.score >= ACCEPT and levels["title"] != "other"
    if is_like or (_agrees(levels) and levels["title"] in _TITLES):
        return Verdict("same", match, reason)
    if _agrees(levels):
        return Verdict("unchecked", match, f"too little to compare: {match.words}; {reason}")
    n_other = sum(levels[part] == "other" for part in ("author", "year", *_PLACES))
    n_same = sum(levels[part] == "same" for part in ("author", *_PLACES))
    is_other_title = levels["title"] == "other"
    is_other = (is_other_title and n_other > n_same) or (n_same == 0 and n_other > _MIN_PLACES)
    state = "other" if is_other and match.score <= _SURE_OTHER else "doubtful"
    return Verdict(state, match, f"{match.words}; {reason}")


def _agrees(levels: Mapping[str, str]) -> bool:
    """Whether nothing that both sides have differs; a publisher may be known by another name."""
    parts = levels.keys() - {"publisher", "place"}
    return "other" not in {levels[part] for part in parts}


def _is_near_miss(match: Match) -> bool:
    """Whether a candidate is worth a look in spite of its score: the title, or all else, is it."""
    if match.parts["title"] in {"same", "close"}:
        return True
    return all(match.parts[part] == "same" for part in ("author", *_PLACES))


def _doubt(match: Match) -> str:
    """Say why a candidate may not be taken unasked; empty where it may."""
    levels = match.parts
    if match.conflicts:
        return "; ".join(match.conflicts)
    if match.score < ACCEPT:
        return f"score {match.score:.2f} is below {ACCEPT}: {match.words}"
    if levels["title"] not in _TITLES and not _is_near_miss(match):
        return f"the title is not it: {match.words}"
    return _doubt_of_place(match)


def _doubt_of_place(match: Match) -> str:
    """Say why the places of two works are too unlike; empty where they are not."""
    levels = match.parts
    places = [levels[part] for part in _PLACES]
    is_placed = places[1:].count("same") == _MIN_PLACES
    if levels["kind"] == "other" and not is_placed:
        return f"another kind of work: {match.words}"
    if levels["year"] == "next" and not {*places[1:], levels["publisher"]} & {"same"}:
        return f"another year, and little else of the place: {match.words}"
    n_same = places.count("same")
    if "other" not in places:
        n_same += _imprint(levels).count("same")
    if n_same < min(_MIN_PLACES, sum(level != "none" for level in places)):
        return f"too little of the place agrees: {match.words}"
    return ""


def _imprint(levels: Mapping[str, str]) -> list[str]:
    """Return the levels of publisher and its place."""
    return [levels["publisher"], levels["place"]]


def _elsewhere(candidate: Record, match: Match) -> str:
    """Say why a candidate may not be taken that stands elsewhere, or nowhere that is printed."""
    levels = match.parts
    is_sure = levels["page"] == "same" or levels["volume"] == levels["kind"] == "same"
    if candidate.source_raw and levels["venue"] == "none" and not is_sure:
        return f"its place is not printed: {candidate.source_raw}"
    if any(levels[part] != "none" for part in _PLACES):
        return ""
    if place := candidate.volume or _first_page(candidate):
        return f"its place is not printed: {place}"
    return _doubt_of_imprint(match)


def _doubt_of_imprint(match: Match) -> str:
    """Say why a work that stands by itself, as a book or report, may not be taken.

    It must have the publisher or its place, or else title, author and year must be the same.
    """
    levels = match.parts
    publisher, place = _imprint(levels)
    is_known = all(levels[part] == "same" for part in ("title", "author", "year"))
    if publisher == "same" and (levels["author"] == "same" or _is_anonymous(levels)):
        return ""
    if publisher == place == "none":
        return "" if is_known else f"no place to compare: {match.words}"
    if is_known and place == "same":
        return ""
    return f"another publisher: {match.words}"


def _is_anonymous(levels: Mapping[str, str]) -> bool:
    """Whether no author can be compared, and title and year are the same."""
    return levels["author"] == "none" and levels["title"] == levels["year"] == "same"


def _first_page(record: Record) -> str | None:
    """Return the first page, else the number of the article."""
    return record.pages[0][0] if record.pages else record.article_number


def _rival(match: Match, others: list[tuple[Record, Match]]) -> str:
    """Say which other candidate comes too near; empty where none does."""
    near = [
        (other, theirs)
        for other, theirs in others
        if not theirs.conflicts and match.log_odds - theirs.log_odds < CLEAR
    ]
    if not near:
        return ""
    other, theirs = near[0]
    return f"another candidate is as like: {_in_words(other)} (score {theirs.score:.2f})"


def _is_one_work(one: Record, other: Record) -> bool:
    """Whether two candidates are the same work, found twice."""
    return one.doi is not None and one.doi == other.doi


def _in_words(record: Record) -> str:
    """A work on one line: author, year, title, place."""
    people = record.people_of("author") or record.people
    place = " ".join(part for part in (record.source_raw, record.volume) if part)
    pages = record.pages_raw or _first_page(record)
    parts = (
        people[0].display if people else None,
        str(record.publication_year) if record.publication_year else None,
        record.title,
        place or None,
        pages,
    )
    said = ", ".join(part for part in parts if part)
    return (said or record.raw or "no metadata")[:300]
