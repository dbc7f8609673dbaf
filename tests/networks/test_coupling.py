"""Bibliographic coupling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nqp_biblio.corpus.load import read
from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks.coupling import coupling_network

if TYPE_CHECKING:
    from pathlib import Path

    from nqp_biblio.corpus.corpus import Corpus


def test_works(three_papers: Corpus) -> None:
    """Papers 1 and 2 share X and Y, the others X; the number of references is kept."""
    net = coupling_network(three_papers)
    assert net.labels == ("Aone (2001)", "Aone (2002)", "Atwo (2003)")
    assert net.weight.tolist() == [2.0, 1.0, 1.0]
    assert net.nodes["occurrences"].tolist() == [3, 2, 1]
    assert net.evidence(1, 3)["link"].tolist() == ["Xu A (2000)", "Yu B (2001)"]


def test_fractional(three_papers: Corpus) -> None:
    """X, cited by three, counts a half per pair, Y, cited by two, one."""
    assert coupling_network(three_papers, counting="fractional").weight.tolist() == [1.5, 0.5, 0.5]


def test_light_edges_can_be_left_out(three_papers: Corpus) -> None:
    """min_weight leaves out edges, not nodes."""
    net = coupling_network(three_papers, min_weight=2)
    assert (net.n_nodes, net.weight.tolist()) == (3, [2.0])


def test_sources_and_authors(three_papers: Corpus) -> None:
    """J ONE cites X, Y and the old work, J TWO cites X."""
    sources = coupling_network(three_papers, of="sources")
    assert sources.labels == ("J ONE", "J TWO")
    assert sources.weight.tolist() == [1.0]
    assert sources.nodes["occurrences"].tolist() == [3, 1]
    authors = coupling_network(three_papers, of="authors")
    assert authors.labels == ("Afour, D", "Aone, A", "Athree, C", "Atwo, B")
    assert authors.weight.tolist() == [1.0, 1.0, 1.0, 3.0, 3.0, 3.0]


def test_the_rule_decides(variants: Corpus) -> None:
    """Variants that no rule joins do not couple."""
    assert coupling_network(variants, identity="printed").n_edges == 0
    assert coupling_network(variants, identity="resolved").weight.tolist() == [1.0]
    assert coupling_network(variants, identity="author-year-source").weight.tolist() == [2.0]


def test_a_shared_work_of_the_corpus_is_named(three_papers: Corpus) -> None:
    """Where the shared reference is a work of the corpus, the evidence names it."""
    rows = coupling_network(three_papers, of="authors").evidence("Aone, A", "Atwo, B")
    assert rows["work_id"].dropna().tolist() == [2]
    assert rows["title"].dropna().tolist() == ["An old work"]


def test_unknown_unit(three_papers: Corpus) -> None:
    """Works, authors and sources can be coupled."""
    with pytest.raises(UnknownNameError, match="unit of coupling 'terms'"):
        coupling_network(three_papers, of="terms")


def test_counted_line_by_line(shared_data: Path) -> None:
    """A real export gives the number of edges counted from its lines."""
    corpus = read(shared_data / "formats" / "bibtex" / "pybibx-wos.bib")
    assert coupling_network(corpus, identity="printed").n_edges == 14_893
