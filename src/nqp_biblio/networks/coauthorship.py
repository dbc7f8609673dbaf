"""Co-authorship: authors joined by the works that they wrote together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nqp_biblio.errors import OptionError
from nqp_biblio.networks.identity import AUTHOR_RULES
from nqp_biblio.networks.incidence import authors_of_works, incidence_of
from nqp_biblio.networks.joining import Method, join_by_sets

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.network import Network
    from nqp_biblio.networks.pairs import Counting

__all__ = ["coauthorship_network"]

_REFERENCE = (
    "Newman, M. E. J. (2001). The structure of scientific collaboration networks. PNAS 98(2),"
    " 404-409. https://doi.org/10.1073/pnas.98.2.404"
)


def coauthorship_network(
    corpus: Corpus,
    *,
    min_occurrences: int = 1,
    counting: Counting = "full",
    max_authors: int | None = None,
    min_weight: float = 0.0,
    identity: str = "resolved",
) -> Network:
    """Join authors by the works that they wrote together.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    min_occurrences : int
        Works that an author must have, at least.
    counting : {"full", "fractional"}
        Full: each work counts 1 for each pair. Fractional: a work of n authors counts
        1 / (n - 1), so that the links of one author in it add up to 1.
    max_authors : int, optional
        Works of more authors are left out, as VOSviewer does with 25; all are taken where
        not given.
    min_weight : float
        Lighter edges are left out.
    identity : {"resolved", "surname-initials", "surname-initial", "printed"}
        When two names are one author; resolved takes the author that ``normalise`` found,
        where it did, else family name and initials.

    Returns
    -------
    Network
        With ``occurrences`` (works) and ``mean_year`` (of publication) per node.

    Raises
    ------
    UnknownNameError
        If `counting` or `identity` is none of the known.
    OptionError
        If a threshold is too small to mean anything.

    References
    ----------
    .. [1] Perianes-Rodriguez, A., Waltman, L. & van Eck, N. J. (2016). Constructing
       bibliometric networks: A comparison between full and fractional counting. Journal of
       Informetrics 10(4), 1178-1195. https://doi.org/10.1016/j.joi.2016.10.006

    Examples
    --------
    >>> net = coauthorship_network(corpus, counting="fractional")  # doctest: +SKIP
    """
    if max_authors is not None and max_authors < 1:
        raise OptionError(f"max_authors is {max_authors}; it must be 1 or more")
    found = incidence_of(corpus, authors_of_works(identity))
    limit = np.iinfo(np.int64).max if max_authors is None else max_authors
    few = found.keep_sets(found.sizes <= limit)
    few = few.keep_items(few.occurrences > 0)
    method = Method(
        kind="coauthorship",
        of="authors",
        rule="two authors are joined by every work that both wrote",
        reference=_REFERENCE,
        parameters={
            "min_occurrences": min_occurrences,
            "counting": counting,
            "max_authors": max_authors,
            "min_weight": min_weight,
            "identity": identity,
        },
        notes={
            "identity": {"rule": identity, "meaning": AUTHOR_RULES[identity]},
            "works_left_out": len(found.work_id) - len(few.work_id),
        },
        counting=counting,
        min_occurrences=min_occurrences,
        min_weight=min_weight,
    )
    return join_by_sets(corpus, few, method)
