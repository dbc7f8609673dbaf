"""The maps of a report that names none."""

from __future__ import annotations

import pytest

import nqp_biblio as nb
from nqp_biblio.outputs.report.default_maps import default_maps


def _made(n_works: int, n_words: int) -> nb.Corpus:
    """Make works with three of some keywords each, and two of as many authors."""
    records = [
        nb.Record(
            title=f"Harbour growth {at}",
            people=[nb.Person(family=f"Name{(at + k) % n_words:04}", given="A.") for k in (0, 1)],
            keywords=[("author_keyword", f"word {(at * k) % n_words}") for k in (1, 2, 3)],
        )
        for at in range(n_works)
    ]
    return nb.find_topics(nb.clean(nb.corpus_of(records)))


@pytest.mark.parametrize(("n_works", "n_words"), [(60, 20), (1_600, 400)])
def test_maps_are_what_the_corpus_can_carry(n_works: int, n_words: int) -> None:
    """Keywords and authors get maps of 300 linked nodes at the most; missing references none."""
    maps = default_maps(_made(n_works, n_words), seed=0)
    assert len(maps) <= 4
    assert "cocitation" not in {net.kind for net in maps}
    for net in maps[1:]:
        assert 8 <= net.n_nodes <= 300
        assert (net.degree > 0).all()
        assert {"x", "y", "cluster"} <= set(net.node_columns)


def test_small_networks_are_left_to_the_tables() -> None:
    """Fewer than eight linked nodes make no map of their own."""
    maps = default_maps(_made(6, 5), seed=0)
    assert {net.kind for net in maps[1:]} <= {"cooccurrence", "coauthorship"}
    assert all(net.n_nodes >= 8 for net in maps[1:])
    assert len(maps) == 1
