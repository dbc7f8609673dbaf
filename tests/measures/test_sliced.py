"""Networks put together from time slices."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.sliced import SLICED, modified_g, sliced_network, yearly_counts

Work = tuple[int | None, list[str]]
WORK = st.tuples(
    st.one_of(st.none(), st.integers(2000, 2004)),
    st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=5),
)


def corpus_of_words(works: list[Work]) -> nb.Corpus:
    """Make works with a year and author keywords."""
    return nb.corpus_of(
        nb.Record(
            title=f"Work {number}",
            publication_year=year,
            keywords=[("author_keyword", word) for word in words],
        )
        for number, (year, words) in enumerate(works)
    )


@pytest.mark.parametrize(
    ("counts", "k", "g"),
    [
        ([], 1, 0),
        ([0], 1, 0),
        ([1], 1, 1),
        ([10, 5, 3, 1], 1, 4),
        ([4, 0, 0], 1, 2),
        ([1] * 9, 4, 4),
    ],
)
def test_g_by_hand(counts: list[int], k: float, g: int) -> None:
    """The largest g whose square is at most k times the sum of the g largest."""
    assert modified_g(counts, k) == g


@given(counts=st.lists(st.integers(0, 30), max_size=20), k=st.sampled_from([0.5, 1, 5, 25]))
def test_g_one_by_one(counts: list[int], k: float) -> None:
    """Every g is tried; between 0 and the number of counts the largest that fits is taken."""
    ranked = sorted(counts, reverse=True)
    fits = [g for g in range(len(ranked) + 1) if g * g <= k * sum(ranked[:g])]
    assert modified_g(counts, k) == max(fits)


def by_hand(works: list[Work], width: int, k: float) -> tuple[set[str], Counter[tuple[str, str]]]:
    """Choose the words of each slice and count their pairs there."""
    dated = [(year, words) for year, words in works if year is not None and words]
    start = min((year for year, _ in dated), default=0)
    in_all = Counter(word for _, words in dated for word in words)
    nodes: set[str] = set()
    pairs: Counter[tuple[str, str]] = Counter()
    for begin in range(start, 2005, width):
        part = [words for year, words in dated if begin <= year < begin + width]
        counts = Counter(word for words in part for word in words)
        order = sorted(counts, key=lambda word: (-counts[word], -in_all[word], word))
        chosen = set(order[: modified_g(list(counts.values()), k)])
        nodes |= chosen
        for words in part:
            pairs.update(itertools.combinations(sorted(chosen & set(words)), 2))
    return nodes, pairs


@given(works=st.lists(WORK, max_size=12), width=st.integers(1, 3), k=st.sampled_from([0.5, 1, 4]))
@settings(max_examples=40, deadline=None)
def test_slices_one_by_one(works: list[Work], width: int, k: float) -> None:
    """Nodes and links are those chosen and counted slice by slice."""
    net = sliced_network(corpus_of_words(works), of="author_keywords", width=width, k=k)
    nodes, pairs = by_hand(works, width, k)
    assert set(net.labels) == nodes
    ends = zip(net.source.tolist(), net.target.tolist(), net.weight.tolist(), strict=True)
    assert {(net.labels[a], net.labels[b]): weight for a, b, weight in ends} == dict(pairs)
    for a, b in itertools.islice(pairs, 2):
        assert len(net.evidence(a, b)) == pairs[a, b]


WORKS: list[Work] = [
    (2000, ["a", "b"]),
    (2000, ["a", "b"]),
    (2000, ["a", "c"]),
    (2001, ["a", "d"]),
    (2001, ["d", "c"]),
    (2003, ["a", "b", "d"]),
    (None, ["a", "z"]),
]


def test_what_is_told() -> None:
    """Nodes say when they were chosen, links when they first were; slices say their g."""
    net = sliced_network(corpus_of_words(WORKS), of="author_keywords", k=1)
    nodes = net.nodes.set_index("label")
    assert nodes["works"].to_dict() == {"a": 5, "b": 3, "d": 3}
    assert nodes["first_year"].to_dict() == {"a": 2000, "b": 2000, "d": 2001}
    assert nodes["slices"].to_dict() == {"a": 2, "b": 1, "d": 1}
    assert nodes["occurrences"].to_dict() == {"a": 4, "b": 2, "d": 2}
    assert net.edges[["source_label", "target_label", "weight"]].to_numpy().tolist() == [
        ["a", "b", 2.0]
    ]
    assert net.manifest["works_without_year"] == 1
    told = net.manifest["slices"]
    assert [entry["first"] for entry in told] == [2000, 2001, 2002, 2003]
    assert told[2] == {
        "first": 2002,
        "last": 2002,
        "works": 0,
        "items": 0,
        "g": 0,
        "least": 0,
        "tied_left_out": 0,
    }
    years, counts, totals = yearly_counts(corpus_of_words(WORKS), net)
    assert years.tolist() == [2000, 2001, 2003]
    assert totals.tolist() == [3, 2, 1]
    assert counts[net.index("a")].tolist() == [3, 1, 1]


def test_width_and_day() -> None:
    """Wider slices, and works until a year only."""
    net = sliced_network(corpus_of_words(WORKS), of="author_keywords", width=2, as_of=2001)
    assert [entry["works"] for entry in net.manifest["slices"]] == [5]
    assert np.unique(net.edge_columns["first_year"]).tolist() == [2000]


@pytest.mark.parametrize("of", SLICED)
def test_every_kind_of_node(of: str) -> None:
    """Each kind of node can be asked, on works that have none of it too."""
    corpus = corpus_of_words(WORKS)
    if of in {"institutions", "countries"}:
        corpus = nb.find_places(corpus)
    net = sliced_network(corpus, of=of)
    assert net.of == of
    assert net.n_nodes > 0 or of != "author_keywords"


def test_cited_references() -> None:
    """References that two works of a slice cite are joined."""
    dois = ["10.1000/a", "10.1000/b"]
    records = [
        nb.Record(
            title=f"Work {n}",
            publication_year=2000,
            cited_references=[nb.CitedReference(raw=doi, doi=doi) for doi in dois],
        )
        for n in range(2)
    ]
    net = sliced_network(nb.link_references(nb.corpus_of(records)))
    assert (net.kind, net.n_nodes, net.weight.tolist()) == ("cocitation", 2, [2])


@pytest.mark.parametrize("works", [[], [(2000, ["a"])], [(None, ["a", "b"])], [(2000, [])]])
def test_hardly_any_works(works: list[Work]) -> None:
    """No work, one work, or no year: a network without links."""
    assert sliced_network(corpus_of_words(works), of="author_keywords").n_edges == 0


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"of": "words"}, UnknownNameError, "node of a sliced network 'words'"),
        ({"width": 0}, OptionError, "width is 0"),
        ({"k": 0}, OptionError, "k is 0"),
        ({"k": float("nan")}, OptionError, "k is nan"),
    ],
)
def test_bad_options(options: dict[str, Any], error: type[Exception], match: str) -> None:
    """An option that means nothing is refused by name."""
    with pytest.raises(error, match=match):
        sliced_network(corpus_of_words(WORKS), **options)
