"""Which cited references are one work, and which work of the corpus that is."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from nqp_biblio.cleaning.cited.ladder import group_by_ladder
from nqp_biblio.cleaning.cited.outcome import doubled_dois, outcome_of
from nqp_biblio.cleaning.cited.parts import read_parts
from nqp_biblio.cleaning.cited.peers import group_like_crexplorer, group_like_vosviewer
from nqp_biblio.cleaning.decisions import read_decisions
from nqp_biblio.corpus.changes import as_columns
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.schema import TABLES, Column, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import pandas as pd

    from nqp_biblio.cleaning.cited.groups import Groups
    from nqp_biblio.cleaning.cited.outcome import Outcome
    from nqp_biblio.cleaning.cited.parts import Parts
    from nqp_biblio.corpus.corpus import Corpus

    Decisions = str | Path | pd.DataFrame | Iterable[Mapping[str, object]]
    Pairs = list[tuple[int, int]]

__all__ = ["link_references"]

_PEERS = ("vosviewer", "crexplorer")
_EQUAL = ("volume", "page", "doi")
_LEAST, _USUAL = 0.5, 0.75
_FOUND = Table(
    "found",
    "what was found for one reference",
    (
        Column("reference_id", "BIGINT", "the reference"),
        *(
            column
            for column in TABLES["cited_references"].columns
            if column.name in {"work_id", "cited_work_id", "link_rule", "link_score"}
        ),
    ),
    ("reference_id",),
)


def link_references(
    corpus: Corpus,
    *,
    like: Literal["vosviewer", "crexplorer"] | None = None,
    threshold: float | None = None,
    equal: Collection[str] = (),
    decisions: Decisions | None = None,
) -> Corpus:
    """Give each cited reference an identity, and the work of the corpus that it is.

    References of all sources are compared, in whatever form they are printed, with each other
    and with the works. Variants become one cited work: a misspelt author, a volume or page
    left out, a journal abbreviated, cut or in full, the year beside the right one, the number
    of an article for its page. Two DOIs are never one work, but where one is plainly misprinted;
    then it stands in ``problems``.

    Parameters
    ----------
    corpus : Corpus
        Any corpus; best after ``normalise`` and ``dedupe``. A second call changes nothing.
    like : {"vosviewer", "crexplorer"}, optional
        Link by the rules of that program instead. VOSviewer's find the works of the corpus
        and leave all other strings as printed; CRExplorer's cluster the strings of a year.
    threshold : float, optional
        For CRExplorer: least likeness, 0.5 to 1; 0.75 unless given.
    equal : collection of {"volume", "page", "doi"}, optional
        For CRExplorer: parts that must be the same.
    decisions : str, Path, DataFrame or iterable of mapping, optional
        What you decided: a CSV file or rows with ``left`` and ``right`` (the strings as printed,
        or DOIs) and ``decision`` (same or different). It overrules all rules.

    Returns
    -------
    Corpus
        ``cited_references`` has ``cited_work_id`` in every row: rows that share it are one
        work. ``work_id`` is the work of the corpus, ``link_rule`` the weakest rule on the way to
        it or to the fullest string of the cited work (null where the reference stands alone),
        ``link_score`` how sure that rule is, 0 to 1. A ``work_id`` from reading stays.

    Raises
    ------
    UnknownNameError
        If `like` or a part in `equal` is not known.
    OptionError
        If `threshold` or `equal` is given without CRExplorer, or out of its range.

    Notes
    -----
    The rules, with their scores, are in ``cited_rules.RULES``; the surest are used first.
    Their scores are set by hand, in the order in which judged pairs bear them out; those of
    CRExplorer are its likeness, and VOSviewer's rules have the score 1.

    Examples
    --------
    >>> corpus = link_references(corpus)  # doctest: +SKIP
    >>> corpus.cited_references[["raw", "cited_work_id", "link_rule"]]  # doctest: +SKIP
    """
    _check(like, threshold, equal)
    decided = read_decisions(decisions)
    parts = read_parts(corpus)
    same, apart = _decided_nodes(parts, decided)
    if like == "vosviewer":
        groups = group_like_vosviewer(parts, same=same, apart=apart)
    elif like == "crexplorer":
        least = _USUAL if threshold is None else threshold
        groups = group_like_crexplorer(parts, threshold=least, equal=equal, same=same, apart=apart)
    else:
        groups = group_by_ladder(parts, same=same, apart=apart)
    step: dict[str, object] = {"step": "link_references", "like": like}
    if like == "crexplorer":
        step |= {"threshold": least, "equal": sorted(equal)}
    step["decisions"] = str(decisions) if isinstance(decisions, str | Path) else len(decided)
    linked = _with_links(corpus, parts, outcome_of(parts, groups))
    return _with_problems(linked, parts, groups, step=step)


def _check(like: str | None, threshold: float | None, equal: Collection[str]) -> None:
    """Refuse options that are not known or mean nothing."""
    if like is not None and like not in _PEERS:
        raise UnknownNameError("program", like, _PEERS)
    for part in equal:
        if part not in _EQUAL:
            raise UnknownNameError("part", part, _EQUAL)
    if like != "crexplorer" and (threshold is not None or equal):
        raise OptionError("threshold and equal are for like='crexplorer' alone")
    if threshold is not None and not _LEAST <= threshold <= 1:
        raise OptionError(f"threshold is {threshold}; it must be from {_LEAST} to 1")


def _decided_nodes(parts: Parts, decided: Sequence[tuple[str, str, bool]]) -> tuple[Pairs, Pairs]:
    """Return the nodes that decisions are about: the same ones, the different ones."""
    if not decided:
        return [], []
    nodes: dict[str, list[int]] = defaultdict(list)
    codes, dois = parts.doi
    for node, doi in enumerate(codes.tolist()):
        if node < parts.n_strings:
            nodes[parts.raw[node]].append(node)
        if doi >= 0:
            nodes[dois[doi]].append(node)
    pairs: tuple[Pairs, Pairs] = [], []
    for left, right, is_same in decided:
        found = [
            (one, other)
            for one in nodes.get(left, ()) or nodes.get(left.lower(), ())
            for other in nodes.get(right, ()) or nodes.get(right.lower(), ())
        ]
        pairs[0 if is_same else 1].extend(found[:1] if is_same else found)
    return pairs


def _with_links(corpus: Corpus, parts: Parts, found: Outcome) -> Corpus:
    """Write what was found into the cited references."""
    columns = {
        "reference_id": parts.reference_id.tolist(),
        "cited_work_id": found.cited_work_id,
        "work_id": found.work_id,
        "link_rule": found.rule,
        "link_score": found.score,
    }
    names = TABLES["cited_references"].column_names
    chosen = ", ".join(
        f"{'f' if name in columns and name != 'reference_id' else 'c'}.{name} AS {name}"
        for name in names
    )
    return corpus.derive(
        {_FOUND: columns},
        cited_references=f"SELECT {chosen} FROM cited_references c"
        " JOIN found f ON f.reference_id = c.reference_id ORDER BY c.reference_id",
    )


def _with_problems(
    corpus: Corpus, parts: Parts, groups: Groups, *, step: dict[str, object]
) -> Corpus:
    """Note the DOIs that are misprinted, each once."""
    doubled = {key: rest for key, *rest in doubled_dois(parts, groups)}
    if not doubled:
        return corpus.replace(step=step)
    names = TABLES["problems"].column_names
    rows = corpus.sql(f"SELECT {', '.join(names)} FROM problems ORDER BY problem_id")
    known = {row[1:] for row in rows}
    last = max((row[0] for row in rows), default=0)
    cited = corpus.sql(
        "SELECT r.reference_id, w.file, w.line, r.raw, r.citing_work_id FROM cited_references r"
        " LEFT JOIN works w ON w.work_id = r.citing_work_id ORDER BY r.reference_id"
    )
    for key, file, line, raw, citing in cited:
        if key in doubled:
            doi, other = doubled[key]
            reason = f"DOI {doi} is misprinted: all else says that it is the work with {other}"
            row = (file or "", line, raw, reason, citing)
            if row not in known:
                known.add(row)
                last += 1
                rows.append((last, *row))
    return corpus.replace(step=step, problems=as_columns("problems", rows))
