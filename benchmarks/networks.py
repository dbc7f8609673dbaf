"""Time the networks on a synthetic corpus: the counting kernel beside networkx, and the kinds.

Run ``python benchmarks/networks.py [n_works]``.
"""

from __future__ import annotations

import itertools
import sys
import time
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
from scipy import sparse

from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.measures.clusters import cluster
from nqp_biblio.measures.layout import lay_out
from nqp_biblio.networks.cocitation import cocitation_network
from nqp_biblio.networks.cooccurrence import cooccurrence_network
from nqp_biblio.networks.coupling import coupling_network
from nqp_biblio.networks.pairs import count_pairs
from nqp_biblio.record import CitedReference, Record

if TYPE_CHECKING:
    from collections.abc import Callable

REFERENCES_OF_A_WORK = 30
KEYWORDS_OF_A_WORK = 6


def draw(n_works: int, n_items: int, per_work: int) -> list[list[int]]:
    """Draw items for works, few of them in most works."""
    random = np.random.default_rng(1)
    drawn = (random.random((n_works, per_work)) ** 3 * n_items).astype(int)
    return [sorted(set(row)) for row in drawn.tolist()]


def timed(name: str, make: Callable[[], Any]) -> tuple[float, Any]:
    """Run once and say how long it took."""
    start = time.perf_counter()
    made = make()
    seconds = time.perf_counter() - start
    print(f"{name:<40}{seconds:8.2f} s  {made!r:.80}")
    return seconds, made


def by_networkx(sets: list[list[int]]) -> nx.Graph[int]:
    """Count pairs as one would with networkx alone."""
    graph: nx.Graph[int] = nx.Graph()
    for items in sets:
        for a, b in itertools.combinations(items, 2):
            if graph.has_edge(a, b):
                graph[a][b]["weight"] += 1
            else:
                graph.add_edge(a, b, weight=1)
    return graph


def by_kernel(sets: list[list[int]], n_items: int) -> int:
    """Count pairs with the kernel; the number of edges."""
    columns = np.concatenate([np.array(items) for items in sets])
    ends = np.concatenate([[0], np.cumsum([len(items) for items in sets])])
    shape = (len(sets), n_items)
    incidence = sparse.csr_array((np.ones(len(columns)), columns, ends), shape=shape)
    return len(count_pairs(incidence, np.ones(len(sets)))[0])


def main() -> None:
    """Time everything."""
    n_works = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    cited = draw(n_works, n_works * 4, REFERENCES_OF_A_WORK)
    words = draw(n_works, n_works // 2, KEYWORDS_OF_A_WORK)
    slow, graph = timed("pairs of references, networkx", lambda: by_networkx(cited))
    fast, n_edges = timed("pairs of references, kernel", lambda: by_kernel(cited, n_works * 4))
    print(f"{'ratio':<40}{slow / fast:8.1f}    same edges: {graph.number_of_edges() == n_edges}")
    records = (
        Record(
            title=f"Work {number}",
            keywords=[("author_keyword", f"word {word}") for word in word_list],
            cited_references=[CitedReference(raw=f"Reference {item}") for item in items],
        )
        for number, (items, word_list) in enumerate(zip(cited, words, strict=True))
    )
    _, corpus = timed("corpus", lambda: corpus_of(records))
    timed("coupling of works", lambda: coupling_network(corpus))
    timed("co-citation of references", lambda: cocitation_network(corpus))
    net = timed("co-occurrence", lambda: cooccurrence_network(corpus, min_occurrences=8))[1]
    timed("clusters of co-occurrence", lambda: cluster(net))
    timed("layout of co-occurrence", lambda: lay_out(net))


if __name__ == "__main__":
    main()
