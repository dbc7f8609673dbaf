"""Co-occurrence: keywords or topics joined by the works that have both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks.cotopic import cotopic_network
from nqp_biblio.networks.identity import TERM_RULES
from nqp_biblio.networks.incidence import incidence_of, terms_of_works
from nqp_biblio.networks.joining import COWORD_REFERENCE, Method, join_by_sets

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.network import Network
    from nqp_biblio.networks.pairs import Counting

__all__ = ["cooccurrence_network"]

_TERMS = ("author_keywords", "index_keywords", "keywords", "topics")


def cooccurrence_network(
    corpus: Corpus,
    *,
    of: str = "author_keywords",
    min_occurrences: int = 1,
    counting: Counting = "full",
    min_weight: float = 0.0,
    identity: str = "case-folded",
) -> Network:
    """Join keywords by the works that have both.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    of : {"author_keywords", "index_keywords", "keywords", "topics"}
        What a node is; keywords are both kinds together.
    min_occurrences : int
        Works that a node must be in, at least.
    counting : {"full", "fractional"}
        Full: each work counts 1 for each pair. Fractional: a work with n keywords counts
        1 / (n - 1), so that each link of one keyword in it adds up to 1.
    min_weight : float
        Lighter edges are left out.
    identity : {"case-folded", "folded", "printed"}
        When two keywords are one: without regard to case; to case, accents and signs; or
        only where printed the same.

    Returns
    -------
    Network
        With ``occurrences`` and ``mean_year`` (of publication) per node.

    Raises
    ------
    UnknownNameError
        If `of`, `counting` or `identity` is none of the known.

    References
    ----------
    .. [1] Callon, M. et al. (1983). From translations to problematic networks. Social
       Science Information 22(2), 191-235. https://doi.org/10.1177/053901883022002003

    Examples
    --------
    >>> net = cooccurrence_network(corpus, of="author_keywords")  # doctest: +SKIP
    """
    if of == "topics":
        return cotopic_network(
            corpus, min_occurrences=min_occurrences, counting=counting, min_weight=min_weight
        )
    if of not in _TERMS:
        raise UnknownNameError("unit of co-occurrence", of, _TERMS)
    found = incidence_of(corpus, terms_of_works(of, identity=identity))
    method = Method(
        kind="cooccurrence",
        of=of,
        rule="two keywords are joined by every work that has both",
        reference=COWORD_REFERENCE,
        notes={"identity": {"rule": identity, "meaning": TERM_RULES[identity]}},
        parameters={
            "of": of,
            "min_occurrences": min_occurrences,
            "counting": counting,
            "min_weight": min_weight,
            "identity": identity,
        },
        counting=counting,
        min_occurrences=min_occurrences,
        min_weight=min_weight,
    )
    return join_by_sets(corpus, found, method)
