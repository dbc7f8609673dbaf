"""The maps of a report that names none: those that the corpus can carry."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError
from nqp_biblio.measures.topics import topic_frequencies

if TYPE_CHECKING:
    from collections.abc import Callable

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.network import Network

__all__ = ["default_maps"]

_MOST = 300  # nodes of a map
_FEWEST = 8  # nodes with links that make a map worth a look
_MOST_MAPS = 4
_WELL_JOINED = 0.5
_PRINTED = {"author_keyword": "author_keywords", "index_keyword": "index_keywords"}


def default_maps(corpus: Corpus, *, seed: int) -> list[Network]:
    """Map the topics, then what else the corpus can carry, four maps at the most.

    Parameters
    ----------
    corpus : Corpus
        With topics.
    seed : int
        Seed of clustering and layout.

    Returns
    -------
    list of Network
        Topics; keywords of authors, else of databases, that stand in one work; references
        cited by one work; authors, and countries, of one work. All but topics need two works
        a node, or as many more as leave 300 nodes or fewer; nodes without a link are left
        out, and maps of fewer than eight nodes.
    """
    maps = [topic_map(corpus, seed=seed)]
    for make in _makers(corpus):
        if len(maps) == _MOST_MAPS:
            break
        net = _bounded(make)
        if net is not None:
            maps.append(_drawn(net, seed))
    return maps


def _makers(corpus: Corpus) -> list[Callable[..., Network]]:
    """List the networks to try, each to be made with ``min_occurrences``."""
    from nqp_biblio.networks.coauthorship import coauthorship_network
    from nqp_biblio.networks.cocitation import cocitation_network
    from nqp_biblio.networks.cooccurrence import cooccurrence_network

    kinds = dict(corpus.sql("SELECT kind, COUNT(*) FROM terms GROUP BY kind"))
    terms = [name for kind, name in _PRINTED.items() if kinds.get(kind)][:1]
    return [
        *(partial(cooccurrence_network, corpus, of=name) for name in terms),
        partial(cocitation_network, corpus),
        partial(coauthorship_network, corpus),
        partial(coauthorship_network, corpus, of="countries"),
    ]


def _bounded(make: Callable[..., Network]) -> Network | None:
    """Make a network of the least threshold that leaves few enough nodes, if the corpus has it."""
    import numpy as np

    try:
        net = make(min_occurrences=2)
    except OptionError:  # such as countries where no places were looked for
        return None
    if net.n_nodes > _MOST:
        counts = np.sort(net.node_columns["occurrences"])[::-1]
        # of equals at the threshold all go, so that none is chosen by its name
        net = make(min_occurrences=int(counts[_MOST]) + 1)
    linked = net.subnetwork(net.degree > 0) if net.n_nodes else net
    return linked if linked.n_nodes >= _FEWEST else None


def _drawn(net: Network, seed: int) -> Network:
    """Weigh, cluster and lay out a network."""
    from nqp_biblio.measures.maps import map_network

    return map_network(net, seed=seed)


def topic_map(corpus: Corpus, *, seed: int) -> Network:
    """Map the topics joined by works.

    Parameters
    ----------
    corpus : Corpus
        With topics.
    seed : int
        Seed of clustering and layout.

    Returns
    -------
    Network
        Topics that stand in nearly every work are left out, unless less than half of the
        others would hang together: then they hold the map together, outside of all clusters
        (cluster 0). Where there are more than 300 others, only those of two works or more
        are kept, and so on until 300 or fewer stay.
    """
    from nqp_biblio.measures.maps import map_network
    from nqp_biblio.networks.cotopic import cotopic_network

    least = 1
    frequencies = topic_frequencies(corpus).column("n_works")
    while sum(n >= least for n in frequencies) > _MOST:
        least += 1
    net = map_network(cotopic_network(corpus, min_occurrences=least), seed=seed)
    if not net.n_nodes or _largest_share(net) >= _WELL_JOINED:
        return net
    return _with_hubs(
        net, cotopic_network(corpus, min_occurrences=least, include_ubiquitous=True), seed
    )


def _largest_share(net: Network) -> float:
    """Share of the nodes that hang together in the largest component."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    links = coo_array((net.weight, (net.source, net.target)), shape=(net.n_nodes, net.n_nodes))
    _, component = connected_components(links, directed=False)
    return float(np.bincount(component).max()) / net.n_nodes


def _with_hubs(net: Network, whole: Network, seed: int) -> Network:
    """Lay out a network with its hubs, which belong to no cluster."""
    import numpy as np

    from nqp_biblio.measures.layout import lay_out
    from nqp_biblio.networks.weights import weigh

    if whole.n_nodes == net.n_nodes:
        return net
    of_label = dict(zip(net.labels, net.node_columns["cluster"].tolist(), strict=True))
    numbers = np.array([of_label.get(label, 0) for label in whole.labels], dtype=np.int64)
    laid = lay_out(weigh(whole, similarity="association-strength"), seed=seed)
    entry = net.manifest["clustering"] | {"outside": "topics in nearly every work (cluster 0)"}
    return laid.with_nodes(cluster=numbers).with_manifest(clustering=entry)
