"""The historiograph: the works of a corpus that its own works cite most, year by year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.as_of import until
from nqp_biblio.measures.citations import citation_links, cited_works
from nqp_biblio.measures.layered import lay_out_by_year
from nqp_biblio.measures.printed_links import PRINTED_RULE, printed_links
from nqp_biblio.networks.citation import citation_network

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.measures.as_of import AsOf
    from nqp_biblio.networks.network import Network

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

__all__ = ["historiograph"]

_COUNTS = ("local", "global")
_LINKED_RULE = "a reference is a work of the corpus where link_references found it so"
_GARFIELD = (
    "Garfield, E. (2004). Historiographic mapping of knowledge domains literature. Journal of"
    " Information Science 30(2), 119-145. https://doi.org/10.1177/0165551504042802"
)
_GARFIELD_1964 = (
    "Garfield, E., Sher, I. H. & Torpie, R. J. (1964). The use of citation data in writing the"
    " history of science. Institute for Scientific Information."
)


def historiograph(
    corpus: Corpus,
    *,
    n: int = 30,
    by: Literal["local", "global"] = "local",
    axis: str = "y",
    like: Literal["bibliometrix"] | None = None,
    as_of: AsOf = None,
) -> Network:
    """Draw the most cited works of a corpus by year, and who of them cites whom.

    Parameters
    ----------
    corpus : Corpus
        A corpus after ``link_references``.
    n : int
        Number of works, 1 or more; those with as many citations as the last are shown too.
    by : {"local", "global"}
        Citations that choose them: by works of the corpus (the local citation score, LCS), or
        as the database counts them (the global one, GCS) [1]_. Works with none are never
        shown.
    axis : {"x", "y"}
        The axis of the years; see ``lay_out_by_year``.
    like : {"bibliometrix"}, optional
        Find local citations as bibliometrix does for Web of Science: by equal strings of
        author, year, abbreviated source and DOI, each as often as a list prints it. Citations
        are missed where source or DOI are printed in another way, above all where one side
        has no DOI. Edges have no evidence then.
    as_of : int, str or None
        Works published later are left out, and do not count as citing.

    Returns
    -------
    Network
        From citing to cited, with ``publication_year``, ``local_citations`` (LCS, of the
        whole corpus), ``local_references`` (works of the corpus that it cites),
        ``cited_by_count`` (GCS; nan where not known), ``x`` and ``y``. The manifest says how
        many works of the corpus are cited in it, how often, and how many works tie at the
        end.

    Raises
    ------
    UnknownNameError
        If `by`, `axis` or `like` is none of the known.
    OptionError
        If `n` is below 1, or no work has such citations.

    References
    ----------
    .. [1] Garfield, E. (2004). Historiographic mapping of knowledge domains literature.
       Journal of Information Science 30(2), 119-145.
       https://doi.org/10.1177/0165551504042802

    Examples
    --------
    >>> net = historiograph(corpus, n=20)  # doctest: +SKIP
    """
    if by not in _COUNTS:
        raise UnknownNameError("citations", by, _COUNTS)
    if like not in {None, "bibliometrix"}:
        raise UnknownNameError("like", str(like), ["bibliometrix"])
    if n < 1:
        raise OptionError(f"n is {n}; it must be 1 or more")
    corpus, year = until(corpus, as_of)
    local = _local(corpus, like)
    known = cited_works(corpus, "global").citations
    scores = local.citations if by == "local" else np.nan_to_num(known)
    chosen = _first(scores, n)
    if not chosen.any():
        raise OptionError(_nothing(by))
    net = _among(corpus, local, chosen, has_evidence=like is None)
    net = net.with_nodes(
        local_citations=local.citations[chosen],
        local_references=local.references[chosen],
        cited_by_count=known[chosen],
    )
    entry = {
        "n": n,
        "by": by,
        "like": like,
        "rule": PRINTED_RULE if like else _LINKED_RULE,
        "as_of": year,
        "shown": int(chosen.sum()),
        "works_cited_locally": int((local.citations > 0).sum()),
        "local_citations": int(local.citations.sum()),
        "references": [_GARFIELD, _GARFIELD_1964],
    }
    return lay_out_by_year(net.with_manifest(historiograph=entry), axis=axis)


@dataclass(frozen=True, slots=True)
class _Local:
    """Who cites whom, and how often each work is cited and cites."""

    work_id: IntArray
    citing: IntArray
    cited: IntArray
    citations: IntArray
    references: IntArray


def _local(corpus: Corpus, like: str | None) -> _Local:
    """Find the citations within the corpus."""
    if like is None:
        links = citation_links(corpus)
        work_id, citing, cited = links.work_id, links.citing, links.cited
    else:
        work_id, citing, cited = printed_links(corpus)
    counts = (np.bincount(ends, minlength=len(work_id)) for ends in (cited, citing))
    return _Local(work_id, citing, cited, *counts)


def _first(scores: FloatArray | IntArray, n: int) -> NDArray[np.bool_]:
    """Say which works have the n highest scores above 0; those equal to the last one too."""
    ranked = np.sort(scores)[::-1]
    least = ranked[min(n, len(ranked)) - 1] if len(ranked) else 0
    chosen: NDArray[np.bool_] = (scores >= least) & (scores > 0)
    return chosen


def _nothing(by: str) -> str:
    """Say why there is nothing to show."""
    if by == "global":
        return "no work of this corpus has citations of the database; by='local' counts its own"
    return (
        "no work of this corpus is cited by another one of it; link_references(corpus) finds"
        " such citations where references are given"
    )


def _among(
    corpus: Corpus, local: _Local, chosen: NDArray[np.bool_], *, has_evidence: bool
) -> Network:
    """Return the network of citations among some works."""
    ids = local.work_id[chosen]
    few = corpus.filter(f"work_id IN ({', '.join(map(str, ids.tolist()))})")
    net = replace(citation_network(few), corpus=corpus)
    if has_evidence:
        return net
    inside = chosen[local.citing] & chosen[local.cited] & (local.citing != local.cited)
    place = np.cumsum(chosen) - 1
    ends = np.stack([place[local.citing[inside]], place[local.cited[inside]]], axis=1)
    pairs = np.unique(ends, axis=0).reshape(-1, 2)
    counts: dict[str, Any] = net.manifest["counts"] | {"edges": len(pairs)}
    return replace(
        net,
        source=pairs[:, 0],
        target=pairs[:, 1],
        weight=np.ones(len(pairs)),
        trace=None,
    ).with_manifest(counts=counts)
