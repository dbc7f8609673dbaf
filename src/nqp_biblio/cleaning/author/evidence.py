"""What speaks for two mentions of a name being one person, as sparse tables over the corpus."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from numpy.typing import NDArray
    from scipy import sparse

    from nqp_biblio.cleaning.author.mentions import Mentions
    from nqp_biblio.corpus.corpus import Corpus

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["EVIDENCE", "Evidence", "gather_evidence"]

EVIDENCE: dict[str, str] = {
    "ids": "the same ORCID or identifier of one database; different ones keep people apart",
    "names": "how rare the name is, and how far it is written out",
    "coauthors": "people on both works, rare names more",
    "emails": "the same e-mail address",
    "addresses": "parts of the author's addresses on both works, rare ones more",
    "places": "parts of addresses of both works, where a work does not say whose they are",
    "references": "references that both works cite, rare ones more",
    "self-citations": "one work cites the other",
    "venues": "the same journal or book",
    "terms": "keywords and words of titles on both works, rare ones more",
    "years": "years between both works",
}
"""Kinds of evidence, with what each one is."""

_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,100}\.[A-Za-z]{2,24}")
_EMAIL_FIELDS = (
    *("em", "author-email", "correspondence address", "correspondence_address1", "correspondence"),
    *("corresponding-address", "rp", "author_email", "email"),
)
_SEGMENT = re.compile(r"[,;，；|]")
_HAS_DIGIT = re.compile(r"(?<!\w)\w*\d\w*")
_BEYOND = 300
"""Works by which a corpus is taken to be larger, so that in a few works a name is not frequent."""

_MOST_PER_WORK = 30
_MOST_SEGMENTS = 30
_TOO_COMMON = 0.2
_SHORTEST_WORD = 4


@dataclass(frozen=True)
class Evidence:
    """Evidence by mention and by work; squares of weights are log(works / works that have it).

    Attributes
    ----------
    of_mentions : dict of csr_array of shape (n_mentions, n_features)
        coauthors, emails and addresses.
    of_works : dict of csr_array of shape (n_works, n_features)
        places, references, venues and terms.
    cites : csr_array of shape (n_works, n_works)
        One where a work and another one cite each other.
    """

    of_mentions: dict[str, sparse.csr_array]
    of_works: dict[str, sparse.csr_array]
    cites: sparse.csr_array


def gather_evidence(corpus: Corpus, mentions: Mentions) -> Evidence:
    """Gather what mentions of names have around them.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    mentions : Mentions
        Its mentions.

    Returns
    -------
    Evidence
        Sparse tables in the order of `mentions`; what one work alone has is left out.
    """
    work_at = {work_id: at for at, work_id in enumerate(mentions.work_ids)}
    n_works = len(work_at)
    own, unplaced, emails = _addresses(corpus, mentions, work_at)
    of_mentions = {
        "coauthors": _coauthors(mentions),
        "emails": _table(emails, len(mentions.place), n_works),
        "addresses": _table(own, len(mentions.place), n_works, mentions.work),
    }
    of_works = {
        "places": _table(unplaced, n_works, n_works),
        "references": _table(_references(corpus, work_at), n_works, n_works),
        "venues": _table(_venues(corpus, work_at), n_works, n_works),
        "terms": _table(_terms(corpus, work_at), n_works, n_works),
    }
    return Evidence(of_mentions, of_works, _citations(corpus, work_at))


def _table(
    rows: Iterable[tuple[int, Hashable]], n_rows: int, n_works: int, work: IntArray | None = None
) -> sparse.csr_array:
    """Make a weighted table of rows and features that at least two works have."""
    from scipy import sparse

    columns: dict[Hashable, int] = {}
    pairs = [(row, columns.setdefault(feature, len(columns))) for row, feature in rows]
    if not pairs:
        return sparse.csr_array((n_rows, 1), dtype=np.float64)
    row, column = _distinct(*np.array(pairs, dtype=np.int64).T)
    owned = column if work is None else _distinct(work[row], column)[1]
    df = np.bincount(owned, minlength=len(columns))
    limit = max(_TOO_COMMON * n_works, 2.0) if work is None else float(n_works)
    kept = (df[column] > 1) & (df[column] <= limit)
    row, column = row[kept], column[kept]
    weight = np.sqrt(np.log(max(n_works, 3) / df[column]).clip(min=0.05))
    made = sparse.csr_array((weight, (row, column)), shape=(n_rows, len(columns)))
    made.sort_indices()
    return made


def _distinct(first: IntArray, second: IntArray) -> tuple[IntArray, IntArray]:
    """Return distinct pairs of numbers, sorted."""
    width = int(second.max(initial=0)) + 1
    found = np.unique(first * width + second)
    return found // width, found % width


def _coauthors(mentions: Mentions) -> sparse.csr_array:
    """Return the other people on the work of each mention; of long lists the rarest names."""
    from scipy import sparse

    labels = sorted({keys[0] for keys in mentions.keys()})  # noqa: SIM118  a method
    at = {label: index for index, label in enumerate(labels)}
    key_of_name = np.array([at[keys[0]] for keys in mentions.keys()], dtype=np.int64)  # noqa: SIM118
    key = key_of_name[mentions.name] if len(mentions.name) else mentions.name
    n_works, n_keys = len(mentions.work_ids), max(len(labels), 1)
    work, person = _distinct(mentions.work, key)
    df = np.bincount(person, minlength=n_keys)
    work, person = work[df[person] > 1], person[df[person] > 1]
    order = np.lexsort((person, df[person], work))
    work, person = work[order], person[order]
    starts = np.searchsorted(work, np.arange(n_works))
    kept = np.arange(len(work)) - starts[work] < _MOST_PER_WORK if len(work) else slice(0)
    work, person = work[kept], person[kept]
    weight = np.sqrt(np.log((n_works + _BEYOND) / df[person]).clip(min=0.05))
    team = sparse.csr_array((weight, (work, person)), shape=(n_works, n_keys))
    mine = sparse.csr_array(
        (np.ones(len(key)), (np.arange(len(key)), key)), shape=(len(key), n_keys)
    )
    others = team[mentions.work]
    others = sparse.csr_array(others - others.multiply(mine))
    others.eliminate_zeros()
    others.sort_indices()
    return others


def _addresses(
    corpus: Corpus, mentions: Mentions, work_at: dict[int, int]
) -> tuple[list[tuple[int, str]], list[tuple[int, str]], list[tuple[int, str]]]:
    """Return parts of addresses by mention and by work, and e-mail addresses by mention."""
    at = {(p[0], p[2]): i for i, p in enumerate(mentions.place) if p[1] == "author"}
    alone = Counter(p[0] for p in mentions.place if p[1] == "author")
    rows = corpus.sql(
        "SELECT work_id, author_position, affiliation_raw, institution_id FROM affiliations"
        " WHERE affiliation_raw IS NOT NULL"
    )
    known: dict[str, list[str]] = {}
    own: list[tuple[int, str]] = []
    unplaced: list[tuple[int, str]] = []
    emails: dict[int, set[str]] = defaultdict(set)
    for work_id, position, raw, institution_id in rows:
        if raw not in known:
            known[raw] = _segments(raw)
        parts = known[raw] + ([] if institution_id is None else [f"#{institution_id}"])
        if position is None and alone[work_id] == 1:
            position = 1  # noqa: PLW2901  the only one
        mention = at.get((work_id, position))
        if mention is None:
            unplaced += [(work_at[work_id], part) for part in parts]
        else:
            own += [(mention, part) for part in parts]
        if "@" in raw:
            emails[work_id].update(_EMAIL.findall(raw))
    for work_id, value in _email_fields(corpus):
        emails[work_id].update(_EMAIL.findall(value))
    return own, unplaced, _owned_emails(mentions, emails)


def _segments(address: str) -> list[str]:
    """Cut an address into its parts, without numbers and e-mail addresses."""
    text = _HAS_DIGIT.sub(" ", _EMAIL.sub(" ", address))
    parts = (fold(part) for part in _SEGMENT.split(text)[:_MOST_SEGMENTS])
    return list(dict.fromkeys(part for part in parts if len(part) > 1))


def _email_fields(corpus: Corpus) -> list[tuple[Any, ...]]:
    """Return the fields of works in which e-mail addresses stand."""
    marks = ", ".join("?" * len(_EMAIL_FIELDS))
    return corpus.sql(
        f"SELECT work_id, value FROM fields WHERE LOWER(name) IN ({marks})"
        " AND POSITION('@' IN value) > 0",
        _EMAIL_FIELDS,
    )


def _owned_emails(mentions: Mentions, emails: dict[int, set[str]]) -> list[tuple[int, str]]:
    """Give each e-mail address to the authors whose family name is in it."""
    found = []
    for index, (work_id, _, _) in enumerate(mentions.place):
        family = mentions.names[mentions.name[index]].family
        if work_id not in emails or len(family) < 3:  # noqa: PLR2004  too short to be found
            continue
        for email in sorted(emails[work_id]):
            local = fold(email.partition("@")[0]).replace(" ", "")
            if family in local or (len(local) > _SHORTEST_WORD and local in family):
                found.append((index, email.casefold()))
    return found


def _references(corpus: Corpus, work_at: dict[int, int]) -> list[tuple[int, str]]:
    """Return what each work cites."""
    rows = corpus.sql(
        "SELECT DISTINCT citing_work_id, COALESCE('c' || CAST(cited_work_id AS VARCHAR),"
        " 'w' || CAST(work_id AS VARCHAR), doi, LOWER(SUBSTR(raw, 1, 60)))"
        " FROM cited_references WHERE citing_work_id IS NOT NULL"
    )
    return [(work_at[row[0]], row[1]) for row in rows if row[0] in work_at and row[1]]


def _venues(corpus: Corpus, work_at: dict[int, int]) -> list[tuple[int, int]]:
    """Return the source of each work."""
    rows = corpus.sql("SELECT work_id, source_id FROM works WHERE source_id IS NOT NULL")
    return [(work_at[row[0]], row[1]) for row in rows]


def _terms(corpus: Corpus, work_at: dict[int, int]) -> list[tuple[int, str]]:
    """Return keywords and words of the title of each work."""
    rows = corpus.sql("SELECT DISTINCT work_id, COALESCE(term, term_raw) FROM terms")
    known: dict[str, str] = {}
    found = []
    for work_id, term in rows:
        if term not in known:
            known[term] = fold(term or "")
        found.append((work_at[work_id], known[term]))
    for work_id, title in corpus.sql("SELECT work_id, title FROM works WHERE title IS NOT NULL"):
        words = set(fold(title).split())
        found += [(work_at[work_id], word) for word in words if len(word) >= _SHORTEST_WORD]
    return found


def _citations(corpus: Corpus, work_at: dict[int, int]) -> sparse.csr_array:
    """Return which works cite each other, in either direction."""
    from scipy import sparse

    rows = corpus.sql(
        "SELECT citing_work_id, work_id FROM cited_references"
        " WHERE citing_work_id IS NOT NULL AND work_id IS NOT NULL"
        " UNION SELECT c.citing_work_id, w.work_id FROM cited_references c"
        " JOIN works w ON w.doi = c.doi WHERE c.citing_work_id IS NOT NULL"
    )
    known = [(work_at[a], work_at[b]) for a, b in rows if a in work_at and b in work_at and a != b]
    pairs = np.array(known, dtype=np.int64).reshape(-1, 2)
    shape = (len(work_at), len(work_at))
    made = sparse.csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=shape)
    made = sparse.csr_array(made + made.T)
    made.data[:] = 1.0
    return made
