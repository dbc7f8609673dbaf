"""Join the records of one work from several sources, and say which were joined and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from nqp_biblio.cleaning.decisions import (
    decided_pairs,
    names_of,
    pair_table,
    read_decisions,
)
from nqp_biblio.cleaning.duplicate.finding import find_duplicates
from nqp_biblio.cleaning.duplicate.works import compared_works
from nqp_biblio.cleaning.merging.merge import Join, merge_works, order_members
from nqp_biblio.corpus.changes import as_columns
from nqp_biblio.errors import OptionError
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from nqp_biblio.cleaning.duplicate.finding import Duplicates, Relation
    from nqp_biblio.cleaning.duplicate.groups import Edge
    from nqp_biblio.cleaning.duplicate.works import ComparedWorks
    from nqp_biblio.corpus.corpus import Corpus

    _Pairs = list[tuple[int, int]]
    Decisions = str | Path | pd.DataFrame | Iterable[Mapping[str, object]]

__all__ = ["dedupe"]

MERGE_FROM = 0.9
"""Score from which two records are one work, where nothing forbids it."""

_MOST_TURNS = 10
"""Turns after which no more is merged; a work that gained values may meet more records."""


@overload
def dedupe(  # noqa: D418  the house asks for one
    corpus: Corpus,
    *,
    min_score: float = ...,
    decisions: Decisions | None = ...,
    review: Literal[False] = ...,
) -> Corpus:
    """Return the corpus."""


@overload
def dedupe(  # noqa: D418  the house asks for one
    corpus: Corpus,
    *,
    min_score: float = ...,
    decisions: Decisions | None = ...,
    review: Literal[True, "all"],
) -> pd.DataFrame:
    """Return the doubtful pairs."""


def dedupe(
    corpus: Corpus,
    *,
    min_score: float = MERGE_FROM,
    decisions: Decisions | None = None,
    review: bool | Literal["all"] = False,
) -> Corpus | pd.DataFrame:
    """Make one work of the records that several sources have of it.

    Parameters
    ----------
    corpus : Corpus
        Any corpus, normalised or not, best before ``link_references``: what was linked to a
        record is then linked to its work, but ``cited_work_id`` stays as it was. A second call
        changes nothing, and the order in which files were read does not matter.
    min_score : float
        Score, 0.5 to 1, from which two records are one work.
    decisions : str, Path, DataFrame or iterable of mapping, optional
        What a person decided: the table that `review` gives, or it saved as CSV, with
        *same* or *different* in the column ``decision``. Decisions go before all rules.
    review : bool or "all"
        Return the doubtful pairs in the place of the corpus; with "all" those that would be
        merged too, behind, with the decision *same*, which a person may change.

    Returns
    -------
    Corpus or DataFrame
        The corpus, in which each record that became part of another work is a row of
        ``merges`` with the rule and score, and what the kept work gained is in ``changes``
        with the record it comes from; ``unmerge`` takes it back. Preprints, errata,
        retractions, comments and parts beside their works are rows of ``relations``. Or, with
        `review`, the pairs that are neither surely one nor surely two, the surest first.

    Raises
    ------
    OptionError
        If `min_score` is out of bounds, or a decision cannot be understood.
    MissingFileError, InputError
        If the file of decisions cannot be read.

    Notes
    -----
    Pairs come from identifiers, rare words of titles, and places; a logistic score weighs
    title, authors, year, source, volume, issue, page and identifiers. Never merged without
    a person: works with different DOIs; works of one DOI that plainly differ; a preprint and its
    article; titles that differ in a number, as parts and yearly reports do; titles that many
    works bear, unless year and place agree. Groups are joined only where all members agree.

    Examples
    --------
    >>> corpus = dedupe(read("wos.txt", "scopus.csv"))  # doctest: +SKIP
    >>> dedupe(corpus, review=True).to_csv("pairs.csv", index=False)  # doctest: +SKIP
    """
    if not 0.5 <= min_score <= 1:  # noqa: PLR2004
        raise OptionError(f"min_score {min_score!r}: it must be from 0.5 to 1")
    made = read_decisions(decisions)
    works = compared_works(corpus)
    pairs = decided_pairs(corpus, works, made)
    found = _found(works, pairs, min_score)
    if review:
        joined = _joined(works, found) if review == "all" else []
        return pair_table(corpus, works, found.doubtful, same=joined)
    merged = corpus
    for turn in range(_MOST_TURNS):
        joins = _joins(merged, works, found)
        layer = len(corpus.history) * _MOST_TURNS + turn
        names = dict(zip(works.ids.tolist(), names_of(merged, works), strict=True)) if joins else {}
        merged = merge_works(merged, joins, layer=layer, names=names)
        kept = {key: join.kept for join in joins for key in (join.kept, *join.others)}
        merged = _related(merged, works, found, kept)
        if not joins:
            break
        pairs = _moved(pairs[0], kept), _moved(pairs[1], kept)
        works = compared_works(merged)
        found = _found(works, pairs, min_score)
    step: dict[str, object] = {
        "step": "dedupe",
        "min_score": min_score,
        "decisions": str(decisions) if isinstance(decisions, str | Path) else len(made),
    }
    return merged.replace(step=step)


def _found(works: ComparedWorks, pairs: tuple[_Pairs, _Pairs], min_score: float) -> Duplicates:
    """Find what is one, given the keys of works on which a person has decided."""
    places = {key: at for at, key in enumerate(works.ids.tolist())} if any(pairs) else {}
    same, different = ([(places[a], places[b]) for a, b in listed] for listed in pairs)
    return find_duplicates(works, merge_from=min_score, same=same, different=different)


def _joined(works: ComparedWorks, found: Duplicates) -> list[Edge]:
    """Return the pairs by which works are merged, the surest first."""
    edges = {edge for edges in found.groups.edges.values() for edge in edges}
    ranks = works.ranks
    order = {edge: sorted(int(ranks[place]) for place in edge[:2]) for edge in edges}
    return sorted(edges, key=lambda edge: (-edge.score, order[edge], edge.rule))


def _moved(pairs: _Pairs, kept: Mapping[int, int]) -> _Pairs:
    """Return pairs of works that were merged as pairs of what they are part of now."""
    moved = {tuple(sorted((kept.get(a, a), kept.get(b, b)))) for a, b in pairs}
    return sorted((a, b) for a, b in moved if a != b)


def _joins(corpus: Corpus, works: ComparedWorks, found: Duplicates) -> list[Join]:
    """Say for each group what is kept, and by which rule each other is part of it."""
    groups = [[int(works.ids[at]) for at in members] for members in found.groups.members]
    if not groups:
        return []
    places = {int(key): at for at, key in enumerate(works.ids.tolist())}
    joins = []
    for kept, *others in order_members(corpus, groups):
        rules = [_rule_of(found, places[kept], places[other]) for other in others]
        joins.append(Join(kept, others, rules))
    return sorted(joins)


def _rule_of(found: Duplicates, kept: int, other: int) -> tuple[str, float]:
    """Return the rule and score of a record: with the kept one, else the surest of its edges."""
    edges = found.groups.edges[other]
    direct = [edge for edge in edges if kept in edge[:2]]
    best = min(direct or edges, key=lambda edge: (edge.rule != "decision", -edge.score, edge.rule))
    return best.rule, best.score


def _related(
    corpus: Corpus, works: ComparedWorks, found: Duplicates, kept: Mapping[int, int]
) -> Corpus:
    """Add the relations between the works that are left."""
    names = TABLES["relations"].column_names
    known = corpus.sql(f"SELECT {', '.join(names)} FROM relations")
    rows: dict[tuple[object, ...], tuple[object, ...]] = {tuple(row[:3]): row for row in known}
    for item in sorted(found.relations, key=lambda item: (-item.score, item.rule)):
        row = _relation_row(item, works, kept)
        if row[0] != row[1]:
            rows.setdefault(row[:3], row)
    if len(rows) == len(known):
        return corpus
    ordered = [rows[key] for key in sorted(rows, key=str)]
    return corpus.replace(relations=as_columns("relations", ordered))


def _relation_row(
    item: Relation, works: ComparedWorks, kept: Mapping[int, int]
) -> tuple[object, ...]:
    """Return a row of ``relations``."""
    one, other = (kept.get(key, key) for key in (int(works.ids[at]) for at in item[:2]))
    return one, other, item.relation, item.rule, item.score
