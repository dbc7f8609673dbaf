"""Traversal weights of citations."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.errors import UnknownNameError
from nqp_biblio.measures.acyclic import without_cycles
from nqp_biblio.measures.traversal import of_links, traversal_weights, traverse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.measures.acyclic import Acyclic

Pairs = list[tuple[int, int]]
KINDS = ("spc", "splc", "spnp", "nppc")
N_WORKS = 7
TOY = ("ac", "bc", "cd", "de", "df", "bd")  # from cited to citing


def graph_of(pairs: Pairs, n_works: int) -> Acyclic:
    """Make an acyclic network of pairs of citing and cited."""
    return without_cycles([a for a, _ in pairs], [b for _, b in pairs], n_works)


def paths_from(node: int, citers: dict[int, list[int]]) -> Iterator[list[int]]:
    """Yield each path from a node to a later one, itself at first."""
    yield [node]
    for other in citers.get(node, ()):
        for rest in paths_from(other, citers):
            yield [node, *rest]


def by_enumeration(pairs: Pairs, kind: str) -> dict[tuple[int, int], int]:
    """Count paths one by one; a path runs from cited to citing."""
    citers: dict[int, list[int]] = defaultdict(list)
    for citing, cited in pairs:
        citers[cited].append(citing)
    nodes = {node for pair in pairs for node in pair}
    cites = {citing for citing, _ in pairs}
    counts: dict[tuple[int, int], int] = dict.fromkeys(pairs, 0)
    joined: dict[tuple[int, int], set[tuple[int, int]]] = {pair: set() for pair in pairs}
    for path in itertools.chain.from_iterable(paths_from(n, citers) for n in nodes):
        is_whole = {
            "spc": path[0] not in cites and path[-1] not in citers,
            "splc": path[-1] not in citers,
        }.get(kind, True)
        for cited, citing in itertools.pairwise(path):
            counts[citing, cited] += is_whole
            joined[citing, cited].add((path[0], path[-1]))
    return {p: len(joined[p]) for p in pairs} if kind == "nppc" else counts


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("spc", [2, 2, 4, 3, 3, 2]),
        ("splc", [2, 2, 6, 5, 5, 2]),
        ("spnp", [4, 4, 9, 5, 5, 3]),
        ("nppc", [4, 4, 9, 4, 4, 3]),
    ],
)
def test_the_toy(kind: str, expected: list[float]) -> None:
    """Six works, worked by hand by the definitions of Hummon & Doreian and of Batagelj."""
    ends = {name: ("abcdef".index(name[1]), "abcdef".index(name[0])) for name in TOY}
    pairs = sorted(ends.values())
    weights = dict(zip(pairs, traverse(graph_of(pairs, 6), kind).weight.tolist(), strict=True))
    assert [weights[ends[name]] for name in TOY] == expected


@st.composite
def citations(draw: st.DrawFn) -> Pairs:
    """Draw an acyclic network whose works stand in any order."""
    order = draw(st.permutations(range(N_WORKS)))
    steps = list(itertools.combinations(range(N_WORKS), 2))
    chosen = draw(st.sets(st.sampled_from(steps)))
    return sorted((order[a], order[b]) for a, b in chosen)


@pytest.mark.parametrize("kind", KINDS)
@given(pairs=citations())
@settings(max_examples=60, deadline=None)
def test_paths_one_by_one(kind: str, pairs: Pairs) -> None:
    """The weights are the numbers of paths, or of pairs of works, counted one by one."""
    found = traverse(graph_of(pairs, N_WORKS), kind)
    expected = by_enumeration(pairs, kind)
    if kind != "nppc":
        assert found.weight.tolist() == [expected[pair] for pair in pairs]
        return
    # pairs of works are multiplied, so that one joined over this citation alone counts too
    before, after = reach(pairs), reach([(b, a) for a, b in pairs])
    products = [len(before[cited]) * len(after[citing]) for citing, cited in pairs]
    assert found.weight.tolist() == products == [expected[pair] for pair in pairs]


def reach(pairs: Pairs) -> dict[int, set[int]]:
    """Return the works that each leads to, itself among them."""
    nodes = {node for pair in pairs for node in pair}
    found = {node: {node} for node in nodes}
    for _ in nodes:
        for a, b in pairs:
            found[a] |= found[b]
    return found


@given(pairs=citations())
@settings(deadline=None)
def test_flow_is_kept(pairs: Pairs) -> None:
    """Of search path counts as much comes into a work between as goes out."""
    found = traverse(graph_of(pairs, N_WORKS))
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    into = np.bincount(ends[:, 0], found.weight, N_WORKS)
    out = np.bincount(ends[:, 1], found.weight, N_WORKS)
    between = (into > 0) & (out > 0)
    assert into[between].tolist() == out[between].tolist()
    assert 2**found.log2_total == pytest.approx(out[into == 0].sum())


def in_layers(n_layers: int, width: int) -> Pairs:
    """Return layers of works of which each cites all of the layer before."""
    return sorted(
        (width * layer + a, width * (layer - 1) + b)
        for layer in range(1, n_layers)
        for a in range(width)
        for b in range(width)
    )


def whole_numbers(pairs: Pairs, n_works: int, kind: str) -> list[int]:
    """Count paths in whole numbers of any size; works are numbered from the oldest."""
    cited_by: dict[int, list[int]] = defaultdict(list)
    cites: dict[int, list[int]] = defaultdict(list)
    for citing, cited in pairs:
        cited_by[cited].append(citing)
        cites[citing].append(cited)
    before, after = [0] * n_works, [0] * n_works
    for n in range(n_works):
        before[n] = sum(before[m] for m in cites[n]) + (not cites[n] or kind != "spc")
    for n in reversed(range(n_works)):
        after[n] = sum(after[m] for m in cited_by[n]) + (not cited_by[n] or kind == "spnp")
    return [before[cited] * after[citing] for citing, cited in pairs]


@pytest.mark.parametrize("kind", ["spc", "splc", "spnp"])
@pytest.mark.parametrize(("n_layers", "width"), [(12, 3), (40, 5), (250, 5), (900, 5), (3_000, 3)])
def test_more_paths_than_integers_hold(kind: str, n_layers: int, width: int) -> None:
    """Counts of 63 bits and more, up to thousands, are right to 12 digits."""
    pairs, n_works = in_layers(n_layers, width), n_layers * width
    found, expected = traverse(graph_of(pairs, n_works), kind), whole_numbers(pairs, n_works, kind)
    logs = [math.log2(number) for number in expected]
    np.testing.assert_allclose(found.log2, logs, rtol=1e-13, atol=1e-12)
    assert found.is_exact == (max(expected) < 2**53)
    scaled = [float(number >> found.shift) for number in expected]
    np.testing.assert_allclose(found.weight, scaled, rtol=1e-12, atol=1.0 if found.shift else 0)
    if n_layers == 40:
        assert max(expected) > 2**63
    assert bool(found.shift) == (max(logs) > 1_000)


@pytest.mark.parametrize("n_works", [511, 512, 513, 1_100])
def test_many_works_in_a_row(n_works: int) -> None:
    """In a row each citation joins all works before with all after; blocks of bits meet."""
    pairs = [(n, n - 1) for n in range(1, n_works)]
    found = traverse(graph_of(pairs, n_works), "nppc").weight
    assert found.tolist() == [n * (n_works - n) for n in range(1, n_works)]


def test_copies_are_added() -> None:
    """A citation by a work of a circle has the paths over both versions of it."""
    pairs = [(0, 1), (0, 2), (1, 0), (3, 0)]  # 0 and 1 cite each other
    graph = graph_of(pairs, 4)
    # 2 is cited by 0 and by its preprint, which 1 cites; the preprint of 1 cites nothing
    assert of_links(graph, traverse(graph)).weight.tolist() == [1, 2, 1, 2]
    large = [(a + 4, b + 4) for a, b in in_layers(600, 4)]
    whole = graph_of([*pairs, *large], 4 + 2_400)
    found = of_links(whole, traverse(whole))
    assert found.shift
    assert found.log2[:4].tolist() == [0, 1, 0, 1]


def corpus_of_citations(pairs: Pairs, years: list[int | None]) -> nb.Corpus:
    """Make a corpus of works that cite each other by DOI."""
    dois = [f"10.1000/w{number}" for number in range(len(years))]
    records = [
        nb.Record(
            title=f"Work on subject {number}",
            doi=dois[number],
            publication_year=year,
            cited_references=[
                nb.CitedReference(raw=f"doi {dois[b]}", doi=dois[b])
                for a, b in pairs
                if a == number
            ],
        )
        for number, year in enumerate(years)
    ]
    return nb.link_references(nb.corpus_of(records))


def test_a_corpus() -> None:
    """The table has a row per citation between works, with the share of all paths."""
    corpus = corpus_of_citations([(1, 0), (2, 0), (3, 1), (3, 2)], [1990, 2000, 2000, None])
    found = traversal_weights(corpus)
    assert found.column("citing_work_id") == [2, 3, 4, 4]
    assert found.column("cited_work_id") == [1, 1, 2, 3]
    assert found.column("share") == [0.5, 0.5, 0.5, 0.5]
    assert found.manifest["is_exact"] is True
    assert found.manifest["as_of"] == 2000
    assert traversal_weights(corpus, weight="nppc").column("share") == [None] * 4
    early = traversal_weights(corpus, as_of=1999)
    assert early.column("citing_work_id") == []


@pytest.mark.parametrize("years", [[], [2000], [2000, 2000], [None, None]])
def test_no_citations(years: list[int | None]) -> None:
    """Without citations there are no rows, and a warning."""
    found = traversal_weights(corpus_of_citations([], years))
    assert len(found) == 0
    assert "no work of this corpus cites another" in str(found.manifest["warning"])


def test_unknown_weight() -> None:
    """A weight that there is not is refused by name."""
    with pytest.raises(UnknownNameError, match="weight of citations 'spp'"):
        traversal_weights(corpus_of_citations([], [2000]), weight="spp")
