"""Networks of a corpus period by period, with the same nodes under the same ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError
from nqp_biblio.networks.kinds import network_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.incidence import Years
    from nqp_biblio.networks.network import Network

__all__ = ["slice_network"]


def slice_network(
    corpus: Corpus,
    kind: str,
    *,
    periods: Sequence[Years] | None = None,
    width: int | None = None,
    cumulative: bool = False,
    **options: object,
) -> dict[str, Network]:
    """Make a network of the works of each period.

    Parameters
    ----------
    corpus : Corpus
        The corpus; works without a year of publication are in no period.
    kind : str
        Kind of network; see ``network_of``.
    periods : sequence of pair of int
        First and last year of each period, both counted; they may overlap.
    width : int
        Instead of `periods`: years of each period, from the first year of the corpus on; the
        last period ends with the last year.
    cumulative : bool
        Whether each period begins with the first year of the first one.
    **options : object
        Options of the kind, as in ``network_of``; thresholds hold in each period by itself.

    Returns
    -------
    dict of str to Network
        The networks in the order of the periods, by name: ``"2001-2005"``. A node has the same
        id and label in all of them, so that networks can be compared by id. A network of
        citing works (coupling, co-citation, direct citation) is sliced by the year of the
        citing work. The manifest of each has ``slice``.

    Raises
    ------
    OptionError
        If not exactly one of `periods` and `width` is given, or one is empty or upside down;
        if `options` has ``years``, which the periods set.
    UnknownNameError
        If there is no such kind.

    References
    ----------
    .. [1] Cobo, M. J. et al. (2011). An approach for detecting, quantifying, and visualizing
       the evolution of a research field. Journal of Informetrics 5(1), 146-166.
       https://doi.org/10.1016/j.joi.2010.10.002

    Examples
    --------
    >>> nets = slice_network(corpus, "cooccurrence", width=5, min_occurrences=3)  # doctest: +SKIP
    """
    if "years" in options:
        raise OptionError("years is set by the periods; leave it out")
    n_without = corpus.sql("SELECT COUNT(*) FROM works WHERE publication_year IS NULL")[0][0]
    nets: dict[str, Network] = {}
    found = _periods(corpus, periods, width)
    for first, last in found:
        begin = found[0][0] if cumulative else first
        net = network_of(corpus, kind, years=(begin, last), **options)
        corpus = net.corpus or corpus  # topics and terms are found once
        told = {"first": begin, "last": last, "cumulative": cumulative}
        nets[f"{begin}-{last}"] = net.with_manifest(slice=told | {"works_without_year": n_without})
    return nets


def _periods(corpus: Corpus, periods: Sequence[Years] | None, width: int | None) -> list[Years]:
    """Return the periods as given, or cut by width."""
    if (periods is None) == (width is None):
        raise OptionError("give either periods or width")
    if periods is not None:
        if not periods:
            raise OptionError("periods is empty; it must have a first and last year at least")
        return [(int(first), int(last)) for first, last in periods]
    if width is None or width < 1:
        raise OptionError(f"width is {width}; it must be 1 or more")
    first, last = corpus.sql("SELECT MIN(publication_year), MAX(publication_year) FROM works")[0]
    if first is None:
        raise OptionError("no work of this corpus has a year of publication")
    return [
        (int(begin), min(int(begin) + width - 1, int(last)))
        for begin in range(int(first), int(last) + 1, width)
    ]
