"""Authors as entities: tell homonyms apart, and bring the names of one person together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nqp_biblio.cleaning.author.decisions import decided_mentions, doubt_table
from nqp_biblio.cleaning.author.evidence import EVIDENCE, gather_evidence
from nqp_biblio.cleaning.author.joins import Link, join_mentions, links_of_ids, score_links
from nqp_biblio.cleaning.author.labels import show_authors
from nqp_biblio.cleaning.author.mentions import read_mentions
from nqp_biblio.cleaning.author.rarity import pair_names
from nqp_biblio.cleaning.decisions import read_decisions
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import pandas as pd

    from nqp_biblio.cleaning.author.joins import Joined
    from nqp_biblio.cleaning.author.mentions import Mentions
    from nqp_biblio.cleaning.decisions import Decision
    from nqp_biblio.corpus.corpus import Corpus

    Decisions = str | Path | pd.DataFrame | Iterable[Mapping[str, object]]

_PLACE = ("work_id", "role", "position")

__all__ = ["disambiguate_authors", "doubtful_authors"]


def disambiguate_authors(
    corpus: Corpus,
    *,
    threshold: float = 0.5,
    evidence: Collection[str] | None = None,
    decisions: Decisions | None = None,
) -> Corpus:
    """Find out which names on works are one person.

    Names that contradict each other are never one person: another family name, other
    initials, another given name written out. Names that agree are one person where an
    ORCID or an identifier of one database says so, or where a score says so: the log-odds
    that two mentions of the names are one person, from how rare the name is among the
    authors of the corpus and from what both works share (`evidence`). Two people of one
    list of authors, and two different identifiers of one kind, are never joined.

    Parameters
    ----------
    corpus : Corpus
        Any corpus, normalised or not. A second call changes nothing, and the order in which
        files were read does not matter. After ``dedupe`` and ``link_references`` there is
        more evidence.
    threshold : float, default 0.5
        Probability, 0 to 1, from which two mentions are one person: higher for fewer
        homonyms in one, lower for fewer people in two.
    evidence : collection of str, optional
        Kinds of evidence that count, of ``author_evidence.EVIDENCE``: ids, names,
        coauthors, emails, addresses, places, references, self-citations, venues, terms and
        years. All unless said otherwise.
    decisions : str, Path, DataFrame or iterable of mapping, optional
        What a person decided: the table of ``doubtful_authors``, or it saved as CSV, with
        *same* or *different* in the column ``decision``. Decisions go before all rules.

    Returns
    -------
    Corpus
        The corpus with ``author_id``, ``author`` (the fullest form of the name; homonyms
        get a number, "Wang, Z. (2)"), ``author_rule`` (orcid, scopus, …; the strongest
        evidence of the surest link; *name* where the name was enough; *alone* where the
        author has but this mention) and ``author_score`` (the probability of that link; of
        one alone, that there is none).

    Raises
    ------
    OptionError
        If `threshold` is out of bounds, or a decision cannot be understood.
    UnknownNameError
        If there is no such evidence.
    MissingFileError, InputError
        If the file of decisions cannot be read.

    Notes
    -----
    The prior of a name and the sum of log-likelihoods follow Torvik and Smalheiser [1]_;
    the kinds of evidence are those of Caron and van Eck [2]_, which did best in the
    comparison of Tekles and Bornmann [3]_; that groups grow from the surest link and names
    that contradict bar a link is from Cota et al. [4]_. Weights are fitted to authors whose
    ORCID or source identifier is known; see docs/accuracy.md.

    References
    ----------
    .. [1] Torvik, V. I. & Smalheiser, N. R. (2009). Author name disambiguation in MEDLINE.
       ACM TKDD 3(3), 11. https://doi.org/10.1145/1552303.1552304
    .. [2] Caron, E. & van Eck, N. J. (2014). Large scale author name disambiguation using
       rule-based scoring and clustering. Proceedings of STI 2014, 79-86.
    .. [3] Tekles, A. & Bornmann, L. (2020). Author name disambiguation of bibliometric
       data: a comparison of several unsupervised approaches. QSS 1(4), 1510-1528.
       https://doi.org/10.1162/qss_a_00081
    .. [4] Cota, R. G., Ferreira, A. A., Nascimento, C., Gonçalves, M. A. & Laender,
       A. H. F. (2010). An unsupervised heuristic-based hierarchical method for name
       disambiguation in bibliographic citations. JASIST 61(9), 1853-1870.
       https://doi.org/10.1002/asi.21363

    Examples
    --------
    >>> corpus = disambiguate_authors(dedupe(corpus))  # doctest: +SKIP
    >>> corpus.authorships[["author", "author_rule", "author_score"]]  # doctest: +SKIP
    """
    decided = read_decisions(decisions)
    found = _find(corpus, threshold=threshold, evidence=evidence, decided=decided)
    step: dict[str, object] = {
        "step": "disambiguate_authors",
        "threshold": threshold,
        "evidence": found.kinds,
        "decisions": str(decisions) if isinstance(decisions, str | Path) else len(decided),
    }
    return _written(corpus, found, step)


def doubtful_authors(
    corpus: Corpus,
    *,
    threshold: float = 0.5,
    evidence: Collection[str] | None = None,
    decisions: Decisions | None = None,
) -> pd.DataFrame:
    """Show the pairs of authors that are neither surely one nor surely two.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    threshold : float, default 0.5
        As in ``disambiguate_authors``.
    evidence : collection of str, optional
        As in ``disambiguate_authors``.
    decisions : str, Path, DataFrame or iterable of mapping, optional
        What a person decided already.

    Returns
    -------
    DataFrame
        One row a pair of authors that stay two and may be one, of their works the two that
        are most alike, the surest first: ``decision`` (empty, to be filled with same or
        different), ``score`` (probability that they are one, from 0.05), ``rule``, ``left``
        and ``right`` (what the two mentions are known by), then for both, in columns that end
        in ``_left`` and ``_right``, author, title, year, source and DOI of the work.

    Raises
    ------
    OptionError, UnknownNameError, MissingFileError, InputError
        As in ``disambiguate_authors``.

    Examples
    --------
    >>> doubtful_authors(corpus).to_csv("authors.csv", index=False)  # doctest: +SKIP
    >>> corpus = disambiguate_authors(corpus, decisions="authors.csv")  # doctest: +SKIP
    """
    found = _find(corpus, threshold=threshold, evidence=evidence, decided=read_decisions(decisions))
    return doubt_table(
        corpus, found.mentions, found.doubts, person=found.joined.person, shown=found.shown
    )


class _Found(NamedTuple):
    """The authors of a corpus, and what was left open."""

    mentions: Mentions
    kinds: list[str]
    joined: Joined
    shown: dict[int, str]
    doubts: list[Link]


def _find(
    corpus: Corpus,
    *,
    threshold: float,
    evidence: Collection[str] | None,
    decided: Sequence[Decision],
) -> _Found:
    """Find the authors of a corpus."""
    if not 0 < threshold <= 1:
        raise OptionError(f"threshold {threshold!r}: it must be above 0 and at most 1")
    kinds = sorted(EVIDENCE if evidence is None else set(evidence))
    for kind in kinds:
        if kind not in EVIDENCE:
            raise UnknownNameError("evidence", kind, EVIDENCE)
    mentions = read_mentions(corpus, with_ids="ids" in kinds)
    names = pair_names(mentions.names)
    around = gather_evidence(corpus, mentions)
    links, doubts = score_links(mentions, around, names, threshold=threshold, kinds=kinds)
    same, different = decided_mentions(mentions, decided)
    links += links_of_ids(mentions)
    links += [Link(one, other, "decision", 2.0) for one, other in same]
    joined = join_mentions(mentions, names, links, doubts=doubts, apart=different)
    return _Found(mentions, kinds, joined, show_authors(mentions, joined.person), doubts)


def _written(corpus: Corpus, found: _Found, step: dict[str, object]) -> Corpus:
    """Return the corpus with the authors in ``authorships``."""
    joined = found.joined
    places = {place: at for at, place in enumerate(found.mentions.place)}
    columns = TABLES["authorships"].column_names
    rows = corpus.sql(
        f"SELECT {', '.join(columns)} FROM authorships ORDER BY work_id, role, position"
    )
    table: dict[str, Sequence[object]] = dict.fromkeys(columns, ())
    if rows:
        table |= zip(columns, zip(*rows, strict=True), strict=True)
    at = [places[place] for place in zip(*(table[name] for name in _PLACE), strict=True)]
    person = [joined.person[one] for one in at]
    ids = {one: number for number, one in enumerate(dict.fromkeys(person), 1)}
    table["author_id"] = [ids[one] for one in person]
    table["author"] = [found.shown[one] or None for one in person]
    table["author_rule"] = [joined.rule[one] or "alone" for one in at]
    table["author_score"] = [round(min(joined.score[one], 1.0), 4) for one in at]
    return corpus.replace(step=step, authorships=table)
