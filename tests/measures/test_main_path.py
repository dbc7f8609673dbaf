"""Main paths of citations."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.main_path import SEARCHES, main_path
from nqp_biblio.networks.network import Network

if TYPE_CHECKING:
    from collections.abc import Iterator

Pairs = list[tuple[int, int]]
N_WORKS = 7
TOY = ("ac", "bc", "cd", "de", "df", "bd")  # from cited to citing


def network_of(pairs: Pairs, n_works: int = N_WORKS) -> Network:
    """Make a network of citing and cited works, without a corpus."""
    ends = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return Network(
        kind="citation",
        of="works",
        directed=True,
        ids=np.arange(1, n_works + 1),
        labels=tuple(f"n{number}" for number in range(n_works)),
        source=ends[:, 0],
        target=ends[:, 1],
        weight=np.ones(len(ends)),
    )


def found(pairs: Pairs, search: str, **options: Any) -> Pairs:
    """Return the citations on a main path."""
    net = main_path(network_of(pairs), search=search, **options)
    return list(
        zip((net.ids[net.source] - 1).tolist(), (net.ids[net.target] - 1).tolist(), strict=True)
    )


@pytest.mark.parametrize(
    ("search", "weight", "expected"),
    [
        ("local", "spc", "ac bc bd cd de df"),
        ("local-backward", "spc", "ac bc cd de df"),
        ("global", "spc", "ac bc cd de df"),
        ("key-route", "spc", "ac bc cd de df"),
        ("local", "spnp", "ac bc cd de df"),
        ("key-route-global", "splc", "ac bc cd de df"),
    ],
)
def test_the_toy(search: str, weight: str, expected: str) -> None:
    """On six works: from b the citations by c and d weigh the same, so that both are kept."""
    pairs = [("abcdef".index(b), "abcdef".index(a)) for a, b in map(tuple, TOY)]
    path = found(pairs, search, weight=weight, n_routes=1)
    assert sorted("abcdef"[b] + "abcdef"[a] for a, b in path) == expected.split()


@st.composite
def citations(draw: st.DrawFn) -> Pairs:
    """Draw an acyclic network whose works stand in any order."""
    order = draw(st.permutations(range(N_WORKS)))
    steps = list(itertools.combinations(range(N_WORKS), 2))
    chosen = draw(st.sets(st.sampled_from(steps), min_size=1))
    return sorted((order[a], order[b]) for a, b in chosen)


def whole_paths(pairs: Pairs) -> Iterator[Pairs]:
    """Yield each path from a work that cites none to one that none cites."""
    citers = defaultdict(list)
    for pair in pairs:
        citers[pair[1]].append(pair)
    cites = {citing for citing, _ in pairs}
    waiting = [[pair] for pair in pairs if pair[1] not in cites]
    while waiting:
        path = waiting.pop()
        following = citers.get(path[-1][0], [])
        waiting += [[*path, pair] for pair in following]
        if not following:
            yield path


def weights_of(pairs: Pairs) -> dict[tuple[int, int], int]:
    """Count the whole paths over each citation."""
    counts = dict.fromkeys(pairs, 0)
    for path in whole_paths(pairs):
        for pair in path:
            counts[pair] += 1
    return counts


def heaviest(pairs: Pairs, weights: dict[tuple[int, int], int], n: int = 1) -> Pairs:
    """Return the n heaviest of some citations, and those equal to the last."""
    least = sorted((weights[pair] for pair in pairs), reverse=True)[:n][-1:]
    return [pair for pair in pairs if weights[pair] >= min(least, default=0)]


def walk(
    begin: Pairs, pairs: Pairs, weights: dict[tuple[int, int], int], *, on: bool
) -> set[tuple[int, int]]:
    """Go on (or back) over the heaviest citations, one after the other."""
    kept: set[tuple[int, int]] = set()
    waiting = list(begin)
    while waiting:
        pair = waiting.pop()
        if pair in kept:
            continue
        kept.add(pair)
        nexts = [p for p in pairs if (p[1] == pair[0] if on else p[0] == pair[1])]
        waiting += heaviest(nexts, weights)
    return kept


@given(pairs=citations())
@settings(max_examples=60, deadline=None)
def test_global_paths_one_by_one(pairs: Pairs) -> None:
    """The global main path is every path whose weights add up to the most."""
    weights = weights_of(pairs)
    sums = [(sum(weights[p] for p in path), path) for path in whole_paths(pairs)]
    best = max(total for total, _ in sums)
    expected = {pair for total, path in sums if total == best for pair in path}
    assert found(pairs, "global") == sorted(expected)
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_weighted_edges_from([(*pair, weights[pair]) for pair in pairs])
    assert best == nx.dag_longest_path_length(graph)


def test_paths_apart_with_one_sum() -> None:
    """A chain of three and a fork with its stem both add up to 3; both are main paths."""
    pairs = [(1, 0), (2, 1), (3, 2), (6, 4), (6, 5), (7, 6)]
    net = main_path(network_of(pairs, 8), search="global")
    assert net.n_edges == len(pairs)
    assert net.manifest["main_path"]["paths"] == 3


@given(pairs=citations(), n_routes=st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_key_routes_one_by_one(pairs: Pairs, n_routes: int) -> None:
    """Through each of the heaviest citations go the paths that add up to the most."""
    weights = weights_of(pairs)
    expected: set[tuple[int, int]] = set()
    for route in heaviest(pairs, weights, n_routes):
        through = [path for path in whole_paths(pairs) if route in path]
        best = max(sum(weights[p] for p in path) for path in through)
        expected |= {p for path in through if sum(map(weights.get, path)) == best for p in path}  # type: ignore[arg-type]
    assert found(pairs, "key-route-global", n_routes=n_routes) == sorted(expected)


@given(pairs=citations(), n_routes=st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_local_searches_one_by_one(pairs: Pairs, n_routes: int) -> None:
    """Local searches take the heaviest citation at each work, on, back, or both ways."""
    weights = weights_of(pairs)
    cites, cited = {a for a, _ in pairs}, {b for _, b in pairs}
    first = heaviest([p for p in pairs if p[1] not in cites], weights)
    last = heaviest([p for p in pairs if p[0] not in cited], weights)
    routes = heaviest(pairs, weights, n_routes)
    on, back = walk(first, pairs, weights, on=True), walk(last, pairs, weights, on=False)
    both = walk(routes, pairs, weights, on=True) | walk(routes, pairs, weights, on=False)
    assert found(pairs, "local") == sorted(on)
    assert found(pairs, "local-backward") == sorted(back)
    assert found(pairs, "key-route", n_routes=n_routes) == sorted(both)


@given(pairs=citations(), search=st.sampled_from(sorted(SEARCHES)))
@settings(max_examples=40, deadline=None)
def test_numbers_of_works_do_not_matter(pairs: Pairs, search: str) -> None:
    """Works given in another order are on the same path."""
    turned = [(N_WORKS - 1 - a, N_WORKS - 1 - b) for a, b in pairs]
    back = [(N_WORKS - 1 - a, N_WORKS - 1 - b) for a, b in found(turned, search)]
    assert found(pairs, search) == sorted(back)


def ladder(n_layers: int, width: int) -> Pairs:
    """Return layers of which each cites all before, between a first and a last work."""
    first = n_layers * width
    steps = [
        (width * layer + a, width * (layer - 1) + b)
        for layer in range(1, n_layers)
        for a in range(width)
        for b in range(width)
    ]
    ends = [(a, first) for a in range(width)]
    ends += [(first + 1, width * (n_layers - 1) + a) for a in range(width)]
    return sorted(steps + ends)


@pytest.mark.parametrize("search", sorted(SEARCHES))
@pytest.mark.parametrize("n_layers", [50, 700])
def test_ties_among_huge_counts(search: str, n_layers: int) -> None:
    """Equal counts of paths are equal beyond 2^63 and beyond any float; all are kept."""
    pairs = ladder(n_layers, 4)
    net = main_path(network_of(pairs, n_layers * 4 + 2), search=search, n_routes=1)
    told = net.manifest["main_path"]
    assert net.n_edges == len(pairs)
    assert told["exact"] is False
    assert told["ties"] >= n_layers
    assert told["paths"] == (4.0**50 if n_layers == 50 else float("inf"))


@pytest.mark.parametrize("search", ["local", "global", "key-route"])
def test_the_heavier_branch_among_huge_counts(search: str) -> None:
    """Behind a ladder of 4^600 paths the branch that splits in three is the main one."""
    last = 600 * 4 + 1
    fork = [(last + 1, last), (last + 2, last)]
    tails = [(last + 3, last + 1), (last + 4, last + 1), (last + 5, last + 1), (last + 6, last + 2)]
    net = main_path(network_of(ladder(600, 4) + fork + tails, last + 7), search=search, n_routes=1)
    ends = {int(node) - 1 for node in net.ids if node - 1 > last}
    assert ends == {last + 1, last + 3, last + 4, last + 5}


def test_what_is_told() -> None:
    """The network has the weights, and the manifest says ties, paths, cycles and papers."""
    net = main_path(network_of([(1, 0), (2, 1), (3, 1), (2, 4), (4, 2)]), search="global")
    told = net.manifest["main_path"]
    assert net.directed
    assert {"spc", "log10_spc"} <= set(net.edge_columns)
    assert told["circles"] == 1
    assert told["works_in_circles"] == 2
    assert [ref[:4] for ref in told["references"]] == ["Humm", "Bata", "Liu,"]
    assert net.manifest["counts"]["edges"] == net.n_edges


def test_a_corpus() -> None:
    """From a corpus the path keeps years and evidence; later works can be left out."""
    dois = [f"10.1000/w{number}" for number in range(4)]
    cites: dict[int, list[int]] = {1: [0], 2: [1], 3: [1, 2]}
    records = [
        nb.Record(
            title=f"Work on subject {number}",
            doi=dois[number],
            publication_year=2000 + number,
            cited_references=[
                nb.CitedReference(raw=dois[b], doi=dois[b]) for b in cites.get(number, [])
            ],
        )
        for number in range(4)
    ]
    corpus = nb.link_references(nb.corpus_of(records))
    net = main_path(corpus, search="global")
    assert net.node_columns["publication_year"].tolist() == [2000, 2001, 2002, 2003]
    assert len(net.evidence(2, 1)) == 1
    early = main_path(corpus, search="global", as_of=2002)
    assert early.n_nodes == 3
    assert early.manifest["main_path"]["as_of"] == 2002
    again = main_path(nb.citation_network(corpus), search="global", as_of=2002)
    assert again.ids.tolist() == early.ids.tolist()


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"search": "best"}, UnknownNameError, "search of main paths 'best'"),
        ({"weight": "spx"}, UnknownNameError, "weight of citations 'spx'"),
        ({"cycles": "cut"}, UnknownNameError, "way with cycles 'cut'"),
        ({"n_routes": 0}, OptionError, "n_routes is 0"),
        ({"as_of": 2000}, OptionError, "as_of needs a network of works made from a corpus"),
    ],
)
def test_bad_options(options: dict[str, Any], error: type[Exception], match: str) -> None:
    """An option that means nothing is refused by name."""
    with pytest.raises(error, match=match):
        main_path(network_of([(1, 0)]), **options)


@pytest.mark.parametrize("n_works", [0, 1, 3])
def test_nothing_cited(n_works: int) -> None:
    """Without citations there is no path, which is said."""
    with pytest.raises(OptionError, match="nothing here is cited by another"):
        main_path(network_of([], n_works))


def test_undirected() -> None:
    """A network without direction has no main path."""
    with pytest.raises(OptionError, match="directed network"):
        main_path(replace(network_of([(1, 0)]), directed=False))
