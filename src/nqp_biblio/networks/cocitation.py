"""Co-citation: references, authors or sources joined by the works that cite both."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal, get_args

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.networks.identity import describe_references
from nqp_biblio.networks.incidence import incidence_of
from nqp_biblio.networks.joining import Limits, Method, join_by_sets
from nqp_biblio.networks.pairs_plan import DEFAULT_BUDGET
from nqp_biblio.networks.printed_units import cited_as_printed
from nqp_biblio.networks.proximity import PROXIMITY, PROXIMITY_REFERENCE
from nqp_biblio.networks.units import Level, cited_unit, resolved_authors

if TYPE_CHECKING:
    from collections.abc import Callable

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.incidence import Incidence, Years
    from nqp_biblio.networks.network import Network
    from nqp_biblio.networks.pairs import Counting
    from nqp_biblio.networks.pairs_plan import Engine
    from nqp_biblio.networks.units import Unit

__all__ = ["cocitation_network"]

_RESOLVED = ("authors", "resolved")
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


def cocitation_network(  # noqa: PLR0913  options of the method, all by keyword
    corpus: Corpus,
    *,
    of: str = "references",
    level: Level | Literal["proximity"] = "work",
    identity: str = "resolved",
    min_occurrences: int = 1,
    counting: Counting = "full",
    min_weight: float = 0.0,
    author_identity: str = "resolved",
    cited_authors: Literal["first", "all"] = "first",
    years: Years | None = None,
    max_items_per_work: int | None = None,
    hub_cap: int | None = None,
    self_loops: bool = False,
    top_links: int | None = None,
    engine: Engine = "auto",
    memory_budget: int | str = DEFAULT_BUDGET,
    like: Literal["bibliometrix"] | None = None,
) -> Network:
    """Join what is cited by the works, or the passages of them, that cite both.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : {"references", "authors", "sources"}
        What a node is; authors are those of the works cited.
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
    author_identity : str
        When two names are one author, as in ``coauthorship_network``. Under resolved a name
        cited that exactly one resolved author of the corpus fits is that author.
    cited_authors : {"first", "all"}
        The first author of each cited work; or all authors where it is a work of the corpus,
        of whom two are joined also when one cited work has both.
    years : pair of int, optional
        First and last year of publication of the works that count.
    max_items_per_work : int, optional
        Works (passages) that cite more nodes are left out, as if they were not there.
    hub_cap : int, optional
        Works that cite more nodes than this join none of them; they still count as
        occurrences. The manifest says how many works and pairs that drops.
    self_loops : bool
        Whether each node has an edge to itself: the works that cite it.
    top_links : int, optional
        Edges that are kept of each node, the heaviest, of equal ones those to the first
        nodes; an edge stays if one of its ends keeps it.
    engine : {"auto", "numpy", "kernel", "sql"}
        How pairs are counted: chosen by their number, or forced. The network is the same;
        the manifest says which, and why.
    memory_budget : int or str
        Bytes, or a size such as ``"2 GB"``, that counting and its result may take.
    like : {"bibliometrix"}, optional
        Read authors and sources off the printed strings as bibliometrix does: the author is
        what stands before the first comma, without punctuation, the source the third part;
        references are one when printed the same up to the volume. What is known of the cited
        works is not used. For whole works, and first authors, only.

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
    _check(level, cited_authors, like)
    is_near = level == "proximity"
    if like == "bibliometrix":
        identity = author_identity = "printed"
    unit_at = partial(
        cited_unit,
        of,
        identity=identity,
        author_identity=author_identity,
        all_authors=cited_authors == "all",
        known=resolved_authors(corpus) if (of, author_identity) == _RESOLVED else None,
    )
    unit = cited_as_printed(of) if like else unit_at(level="work" if is_near else level)
    found = incidence_of(corpus, unit, years=years)
    limits = Limits(
        min_occurrences=min_occurrences,
        counting=counting,
        min_weight=min_weight,
        years=years,
        max_items_per_work=max_items_per_work,
        hub_cap=hub_cap,
        self_loops=self_loops,
        top_links=top_links,
        engine=engine,
        memory_budget=memory_budget,
    )
    rules = {"of": of, "level": level, "identity": identity, "author_identity": author_identity}
    method = Method(
        kind="cocitation",
        of=of,
        rule=_rule(of, level),
        reference=PROXIMITY_REFERENCE if is_near else _REFERENCES[of],
        parameters=rules | {"cited_authors": cited_authors, "like": like, **limits},
        notes={"identity": describe_references(corpus, identity)},
        **limits,
        level="work" if is_near else level,
    )
    passages = _passages(corpus, unit_at, years) if is_near else None
    return join_by_sets(corpus, found, method, passages=passages)


def _rule(of: str, level: str) -> str:
    """Say what joins two nodes."""
    if level == "proximity":
        return f"two {of} are joined by every work that cites both, by how near to each other"
    return f"two {of} are joined by every {level} that cites both"


def _check(level: str, cited_authors: str, like: str | None) -> None:
    """Refuse a level, a choice of authors or a convention that there is not."""
    known = (*get_args(Level), "proximity")
    if level not in known:
        raise UnknownNameError("level", level, known)
    if cited_authors not in {"first", "all"}:
        raise UnknownNameError("cited authors", cited_authors, ("first", "all"))
    if like not in {None, "bibliometrix"}:
        raise UnknownNameError("like", str(like), ["bibliometrix"])
    if like and (level, cited_authors) != ("work", "first"):
        raise OptionError("like='bibliometrix' knows whole works and first authors only")


def _passages(
    corpus: Corpus, unit_at: Callable[..., Unit], years: Years | None
) -> dict[str, Incidence]:
    """Find what is cited in each section, paragraph and sentence."""
    return {
        level: incidence_of(corpus, unit_at(level=level), years=years)
        for level in PROXIMITY
        if level != "work"
    }
