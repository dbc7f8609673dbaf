"""Main path, historiograph and CiteSpace's network as tables."""

from __future__ import annotations

import pytest

import nqp_biblio as nb
from nqp_biblio.errors import OptionError
from nqp_biblio.measures.path_tables import (
    citespace_nodes,
    historiograph_works,
    main_path_citations,
)

CITES = {1: [0], 2: [0, 1], 3: [0, 2], 4: [2], 5: [3]}


@pytest.fixture(scope="module")
def corpus() -> nb.Corpus:
    """Make six works of which five cite others; the last has no year."""
    dois = [f"10.1000/w{number}" for number in range(6)]
    records = [
        nb.Record(
            title=f"Work on subject {number}",
            doi=dois[number],
            publication_year=1990 + number if number < 5 else None,
            cited_references=[
                nb.CitedReference(raw=dois[other], doi=dois[other])
                for other in CITES.get(number, [])
            ],
        )
        for number in range(6)
    ]
    return nb.link_references(nb.corpus_of(records))


def test_main_path(corpus: nb.Corpus) -> None:
    """The citations of the network, the latest citing work first, without a year at the end."""
    table = main_path_citations(corpus, search="global")
    net = nb.main_path(corpus, search="global")
    assert len(table) == net.n_edges
    assert table.column("citing_work_id") == [4, 3, 2, 6]
    assert table.column("cited_work_id") == [3, 2, 1, 4]
    assert table.column("citing_year") == [1993, 1992, 1991, None]
    assert table.column("weight") == [2, 2, 2, 3]
    assert table.manifest["measure"] == "main path"
    assert table.manifest["search"] == "global"


def test_historiograph(corpus: nb.Corpus) -> None:
    """The works of the network, the most cited first, of equals the first in the corpus."""
    table = historiograph_works(corpus, n=3)
    assert table.column("work_id") == [1, 3, 2, 4]
    assert table.column("local_citations") == [3, 2, 1, 1]
    assert table.column("cited_by_count") == [None] * 4
    assert table.manifest["local_citations"] == 7


def test_citespace(corpus: nb.Corpus) -> None:
    """The nodes of the network by sigma, with the name of their cluster."""
    table = citespace_nodes(corpus)
    net = nb.citespace_network(corpus)
    assert sorted(table.column("label")) == sorted(net.labels)
    assert table.column("sigma") == sorted(table.column("sigma"), reverse=True)
    assert set(table.column("cluster_label")) <= set(net.manifest["clustering"]["labels"].values())
    assert {"slices", "sigma", "citespace", "as_of"} <= set(table.manifest)


def test_nothing() -> None:
    """An empty corpus has no path and no historiograph, which is said, and no nodes."""
    empty = nb.corpus_of([])
    assert len(citespace_nodes(empty)) == 0
    for table in (main_path_citations, historiograph_works):
        with pytest.raises(OptionError, match="cited by another"):
            table(empty)
