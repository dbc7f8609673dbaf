"""Co-citation: references, authors or sources joined by the works that cite both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks.identity import describe_references
from nqp_biblio.networks.incidence import Level, cited_unit, incidence_of
from nqp_biblio.networks.joining import Method, join_by_sets
from nqp_biblio.networks.proximity import PROXIMITY, PROXIMITY_REFERENCE

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.incidence import Incidence
    from nqp_biblio.networks.network import Network
    from nqp_biblio.networks.pairs import Counting

__all__ = ["cocitation_network"]

_REFERENCES = {
    "references": (
        "Small, H. (1973). Co-citation in the scientific literature: A new measure of the"
        " relationship between two documents. JASIS 24(4), 265-269."
        " https://doi.org/10.1002/asi.4630240406"
    ),
    "authors": (
        "White, H. D. & Griffith, B. C. (1981). Author cocitation: A literature measure of"
        " intellectual structure. JASIS 32(3), 163-171. https://doi.org/10.1002/asi.4630320302"
    ),
    "sources": (
        "McCain, K. W. (1991). Mapping economics through the journal literature: An experiment"
        " in journal cocitation analysis. JASIS 42(4), 290-296."
    ),
}


def cocitation_network(
    corpus: Corpus,
    *,
    of: str = "references",
    level: Level | Literal["proximity"] = "work",
    identity: str = "resolved",
    min_occurrences: int = 1,
    counting: Counting = "full",
    min_weight: float = 0.0,
) -> Network:
    """Join what is cited by the works, or the passages of them, that cite both.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : {"references", "authors", "sources"}
        What a node is; authors are first authors of the works cited.
    level : {"work", "section", "paragraph", "sentence", "proximity"}
        Whether both must be cited in one work, or nearer to each other. All but work need
        in-text citations, which papers read from text have. Proximity: each work that cites
        both counts by the nearest place where it does so [2]_: 1 in one sentence, 1/2 in one
        paragraph, 1/4 in one section, else 1/8.
    identity : {"resolved", "printed", "doi", "author-year-source"}
        When two printed references are one; a reference that is a work of the corpus is that
        work under every rule.
    min_occurrences : int
        Works (or passages) that must cite a node, at least.
    counting : {"full", "fractional"}
        Full: each counts 1 for each pair. Fractional: one that cites n counts 1 / (n - 1).
    min_weight : float
        Lighter edges are left out.

    Returns
    -------
    Network
        With ``occurrences`` (works or passages that cite it) and ``mean_year`` (of those
        works) per node. The manifest says how many strings the rule joined, and how many
        keys joined strings with different DOIs.

    Raises
    ------
    UnknownNameError
        If an option is none of the known.

    References
    ----------
    .. [1] Small, H. (1973). Co-citation in the scientific literature. JASIS 24(4), 265-269.
       https://doi.org/10.1002/asi.4630240406
    .. [2] Gipp, B. & Beel, J. (2009). Citation proximity analysis (CPA). Proceedings of the
       12th International Conference on Scientometrics and Informetrics, vol. 2, 571-575.

    Examples
    --------
    >>> net = cocitation_network(corpus, level="sentence")  # doctest: +SKIP
    """
    known = (*get_args(Level), "proximity")
    if level not in known:
        raise UnknownNameError("level", level, known)
    is_near = level == "proximity"
    unit = cited_unit(of, identity=identity, level="work" if is_near else level)
    method = Method(
        kind="cocitation",
        of=of,
        rule=(
            f"two {of} are joined by every work that cites both, by how near to each other"
            if is_near
            else f"two {of} are joined by every {level} that cites both"
        ),
        reference=PROXIMITY_REFERENCE if is_near else _REFERENCES[of],
        parameters={
            "of": of,
            "level": level,
            "identity": identity,
            "min_occurrences": min_occurrences,
            "counting": counting,
            "min_weight": min_weight,
        },
        notes={"identity": describe_references(corpus, identity)},
        counting=counting,
        min_occurrences=min_occurrences,
        min_weight=min_weight,
        level="work" if is_near else level,
    )
    passages = _passages(corpus, of, identity) if is_near else None
    return join_by_sets(corpus, incidence_of(corpus, unit), method, passages=passages)


def _passages(corpus: Corpus, of: str, identity: str) -> dict[str, Incidence]:
    """Find what is cited in each section, paragraph and sentence."""
    return {
        level: incidence_of(corpus, cited_unit(of, identity=identity, level=level))
        for level in PROXIMITY
        if level != "work"
    }
