"""Co-authorship: authors, institutions or countries joined by the works of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks.identity import AUTHOR_RULES
from nqp_biblio.networks.incidence import incidence_of
from nqp_biblio.networks.joining import Limits, Method, join_by_sets
from nqp_biblio.networks.units import owners_of_works

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.incidence import Years
    from nqp_biblio.networks.network import Network
    from nqp_biblio.networks.pairs import Counting

__all__ = ["coauthorship_network"]

_UNITS = ("authors", "institutions", "countries")
_VOSVIEWER_AUTHORS = 25
_REFERENCE = (
    "Newman, M. E. J. (2001). The structure of scientific collaboration networks. PNAS 98(2),"
    " 404-409. https://doi.org/10.1073/pnas.98.2.404"
)


def coauthorship_network(  # noqa: PLR0913  options of the method, all by keyword
    corpus: Corpus,
    *,
    of: str = "authors",
    min_occurrences: int = 1,
    counting: Counting = "full",
    min_weight: float = 0.0,
    identity: str = "resolved",
    years: Years | None = None,
    max_items_per_work: int | None = None,
    hub_cap: int | None = None,
    self_loops: bool = False,
    like: Literal["vosviewer"] | None = None,
) -> Network:
    """Join authors, institutions or countries by the works of both.

    Parameters
    ----------
    corpus : Corpus
        The corpus; institutions and countries need ``find_places``.
    of : {"authors", "institutions", "countries"}
        What a node is.
    min_occurrences : int
        Works that a node must have, at least.
    counting : {"full", "fractional"}
        Full: each work counts 1 for each pair. Fractional: a work of n authors counts
        1 / (n - 1), so that the links of one author in it add up to 1.
    min_weight : float
        Lighter edges are left out.
    identity : {"resolved", "surname-initials", "surname-initial", "printed", "lower-cased"}
        When two names are one author; resolved takes the author that ``normalise`` or
        ``disambiguate_authors`` found, where it did, else family name and initials.
    years : pair of int, optional
        First and last year of publication of the works that count.
    max_items_per_work : int, optional
        Works of more authors (institutions, countries) are left out, as if they were not
        there.
    hub_cap : int, optional
        Works with more nodes than this join none of them; they still count as occurrences.
        The manifest says how many works and pairs that drops.
    self_loops : bool
        Whether each node has an edge to itself: the works that have it.
    like : {"vosviewer"}, optional
        Set identity to lower-cased and max_items_per_work, where not given, to 25, as
        VOSviewer does with files of Web of Science.

    Returns
    -------
    Network
        With ``occurrences`` (works) and ``mean_year`` (of publication) per node.

    Raises
    ------
    UnknownNameError
        If an option is none of the known.
    OptionError
        If a threshold is too small to mean anything, or places are not known.

    References
    ----------
    .. [1] Perianes-Rodriguez, A., Waltman, L. & van Eck, N. J. (2016). Constructing
       bibliometric networks: A comparison between full and fractional counting. Journal of
       Informetrics 10(4), 1178-1195. https://doi.org/10.1016/j.joi.2016.10.006

    Examples
    --------
    >>> net = coauthorship_network(corpus, counting="fractional")  # doctest: +SKIP
    """
    if of not in _UNITS:
        raise UnknownNameError("unit of co-authorship", of, _UNITS)
    if like not in {None, "vosviewer"}:
        raise UnknownNameError("like", str(like), ["vosviewer"])
    if like == "vosviewer":
        identity = "lower-cased"
        if max_items_per_work is None:
            max_items_per_work = _VOSVIEWER_AUTHORS
    unit = owners_of_works(corpus, of, author_identity=identity)
    limits = Limits(
        min_occurrences=min_occurrences,
        counting=counting,
        min_weight=min_weight,
        years=years,
        max_items_per_work=max_items_per_work,
        hub_cap=hub_cap,
        self_loops=self_loops,
    )
    method = Method(
        kind="coauthorship",
        of=of,
        rule=f"two {of} are joined by every work that both "
        + ("wrote" if of == "authors" else "have a part in"),
        reference=_REFERENCE,
        parameters={
            "of": of,
            "identity": identity,
            "like": like,
        }
        | {**limits},
        notes={"identity": {"rule": identity, "meaning": AUTHOR_RULES[identity]}},
        **limits,
    )
    return join_by_sets(corpus, incidence_of(corpus, unit, years=years), method)
