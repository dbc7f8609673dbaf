"""Direct citation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.errors import UnknownNameError
from nqp_biblio.networks.citation import citation_network
from nqp_biblio.record import CitedReference, Person, Record

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus


def test_works(three_papers: Corpus) -> None:
    """Paper 1 cites the old work; the arrow runs from citing to cited."""
    net = citation_network(three_papers)
    assert net.directed
    assert net.n_nodes == 4
    edge = net.edges.loc[0]
    assert (edge["source_label"], edge["target_label"]) == ("Aone (2001)", "Aold (1990)")
    assert net.nodes.set_index("label")["local_citations"]["Aold (1990)"] == 1
    assert net.evidence("Aold (1990)", "Aone (2001)").empty


def test_authors_and_sources(three_papers: Corpus) -> None:
    """Each author of the citing work cites each author of the cited."""
    net = citation_network(three_papers, of="authors")
    assert net.edges["target_label"].tolist() == ["Aold, E"] * 3
    assert citation_network(three_papers, of="sources").weight.tolist() == [1.0]


def test_self_citations_are_counted_apart() -> None:
    """An author who cites an own work has no loop, but the manifest says so."""
    old = Record(title="Old", people=[Person("Chen", "L")])
    new = Record(
        title="New",
        people=[Person("Chen", "L")],
        cited_references=[CitedReference(raw="Chen L, Old", work=old)],
    )
    net = citation_network(corpus_of([new]), of="authors")
    assert net.n_edges == 0
    assert net.manifest["self_citations_left_out"] == 1


def test_a_work_without_links_stays() -> None:
    """A corpus without linked references gives its works and no edges."""
    net = citation_network(corpus_of([Record(title="A"), Record(title="A"), Record()]))
    assert net.labels == ("A", "A [2]", "work 3")
    assert net.n_edges == 0


def test_unknown_unit(three_papers: Corpus) -> None:
    """Works, authors and sources cite."""
    with pytest.raises(UnknownNameError, match="unit of citation 'terms'"):
        citation_network(three_papers, of="terms")
