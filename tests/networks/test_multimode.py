"""Two-mode and multi-mode networks."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

import nqp_biblio as nb

if TYPE_CHECKING:
    from pathlib import Path

    from nqp_biblio.corpus.corpus import Corpus


def test_two_modes_by_hand(three_papers: Corpus) -> None:
    """Authors are joined with words, never with authors."""
    net = nb.multimode_network(three_papers, ("sources", "author_keywords"))
    mode = dict(zip(net.labels, net.nodes["mode"], strict=True))
    assert mode["J ONE"] == "sources"
    assert mode["heat"] == "author_keywords"
    table = net.edges
    edges = {
        (a, b): w
        for a, b, w in zip(
            table["source_label"], table["target_label"], table["weight"], strict=True
        )
    }
    assert edges == {
        ("J ONE", "Flow"): 2.0,
        ("J ONE", "heat"): 2.0,
        ("J ONE", "Wave"): 1.0,
        ("J TWO", "heat"): 1.0,
    }
    assert net.evidence("J ONE", "heat")["title"].tolist() == ["Paper 1", "Paper 2"]
    assert net.of == "sources+author_keywords"


def test_fractions_add_up_to_works(three_papers: Corpus) -> None:
    """Each work with both kinds counts 1 in all over its pairs."""
    net = nb.multimode_network(three_papers, ("authors", "author_keywords"), counting="fractional")
    assert net.weight.sum() == pytest.approx(3)


def test_three_modes(three_papers: Corpus) -> None:
    """Every two of three modes are joined; each part is the two-mode network of its own."""
    fields = ("authors", "references", "works")
    net = nb.multimode_network(three_papers, fields)
    parts = [nb.multimode_network(three_papers, pair) for pair in combinations(fields, 2)]
    assert net.weight.sum() == sum(part.weight.sum() for part in parts)
    assert set(net.nodes["mode"]) == set(fields)


def test_thresholds_by_field(three_papers: Corpus) -> None:
    """The least occurrences can be said for each field."""
    net = nb.multimode_network(
        three_papers, ("authors", "author_keywords"), min_occurrences={"author_keywords": 3}
    )
    table = net.nodes
    assert table[table["mode"] == "author_keywords"]["label"].tolist() == ["heat"]
    assert (table["mode"] == "authors").sum() == 5


def test_modes_may_share_names() -> None:
    """A word that is a title too is two nodes with two labels."""
    record = nb.Record(title="heat", keywords=[("author_keyword", "heat")])
    net = nb.multimode_network(nb.corpus_of([record]), ("works", "author_keywords"))
    assert net.labels == ("heat", "heat [2]")
    assert net.n_edges == 1


def test_hubs_and_large_works(three_papers: Corpus) -> None:
    """Works with many nodes can be left out, or join nothing."""
    fields = ("authors", "author_keywords")
    few = nb.multimode_network(three_papers, fields, max_items_per_work=4)
    assert few.manifest["works_left_out"] == 1
    capped = nb.multimode_network(three_papers, fields, hub_cap=4)
    assert capped.manifest["hubs"]["dropped"] == 1
    assert capped.weight.sum() == few.weight.sum()


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"fields": ("authors",)}, "two different fields"),
        ({"fields": ("authors", "authors")}, "two different fields"),
        ({"fields": ("authors", "cats")}, "unknown field 'cats'"),
        ({"min_occurrences": 0}, "min_occurrences of authors is 0"),
        ({"min_occurrences": {"works": 2}}, "unknown field 'works'"),
        ({"counting": "half"}, "unknown counting 'half'"),
    ],
)
def test_bad_options(three_papers: Corpus, options: dict[str, Any], match: str) -> None:
    """What cannot be joined is refused by name."""
    with pytest.raises(nb.BiblioError, match=match):
        nb.multimode_network(three_papers, **options)


def test_a_real_export(shared_data: Path) -> None:
    """On a real export authors and keywords are those of a plain loop over the tables."""
    corpus = nb.read(shared_data / "formats" / "bibtex" / "pybibx-wos.bib")
    net = nb.multimode_network(corpus, ("sources", "author_keywords"))
    rows = corpus.sql(
        "SELECT DISTINCT w.source_id, LOWER(t.term), w.work_id FROM works w"
        " JOIN terms t ON t.work_id = w.work_id AND t.kind = 'author_keyword'"
        " WHERE w.source_id IS NOT NULL"
    )
    assert net.weight.sum() == len(rows)
    assert net.n_edges == len({row[:2] for row in rows})
