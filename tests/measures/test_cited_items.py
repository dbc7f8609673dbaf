"""Which printed references are one cited work."""

from __future__ import annotations

import numpy as np
import pytest

import nqp_biblio as nb
from nqp_biblio.measures.cited_items import by_item, cited_items, item_labels

FIRST, SECOND = "10.1016/j.joi.2001.01.001", "10.1007/s11192-002-0002-2"


def _reference(doi: str, year: int | None) -> nb.CitedReference:
    return nb.CitedReference(raw=f"Printed {doi} {year}", doi=doi, publication_year=year)


@pytest.fixture(scope="module")
def corpus() -> nb.Corpus:
    """Make three works: the first is cited by both others, an outside work thrice in two lists."""
    works = [
        nb.Record(title="First", publication_year=2001, doi=FIRST),
        nb.Record(
            title="Second",
            publication_year=2003,
            cited_references=[
                _reference(FIRST, 2001),
                _reference(SECOND, 2000),
                _reference(SECOND, 1999),
            ],
        ),
        nb.Record(
            title="Third",
            cited_references=[_reference(SECOND, 1999), _reference(FIRST, None)],
        ),
    ]
    return nb.corpus_of(works)


@pytest.fixture(params=["linked", "not linked", "mixed order"])
def known(request: pytest.FixtureRequest, corpus: nb.Corpus) -> nb.Corpus:
    """Give the corpus with and without links, and with its references out of order."""
    if request.param == "not linked":
        return corpus
    linked = nb.link_references(corpus)
    if request.param == "linked":
        return linked
    return linked.derive(
        cited_references="SELECT * FROM cited_references ORDER BY position, reference_id"
    )


def test_pairs_once(known: nb.Corpus) -> None:
    """A list has each cited work once; its year is the one printed most often."""
    items = cited_items(known)
    assert items.citing.tolist() == [1, 1, 2, 2]
    assert (items.n_printed, items.n_repeated, items.n_years_differ) == (5, 1, 1)
    assert sorted(items.item_year.tolist()) == [1999, 2001]
    assert items.citations.tolist() == [2, 2]
    assert items.citing_year.tolist() == [2003, 2003, 0, 0]


def test_works_of_the_corpus(corpus: nb.Corpus) -> None:
    """After link_references a cited work is known as the work of the corpus that it is."""
    items = cited_items(nb.link_references(corpus))
    owner = dict(zip(items.item_year.tolist(), items.item_work.tolist(), strict=True))
    assert owner == {2001: 0, 1999: -1}


def test_labels(known: nb.Corpus) -> None:
    """An item is named as it is first printed."""
    items = cited_items(known)
    by_year = dict(zip(items.item_year.tolist(), item_labels(known, items, [0, 1]), strict=True))
    assert by_year == {2001: f"Printed {FIRST} 2001", 1999: f"Printed {SECOND} 2000"}


def test_as_printed(corpus: nb.Corpus) -> None:
    """Strings that differ are different works where the printed string is what counts."""
    assert len(cited_items(corpus, "printed").key) == 4
    with pytest.raises(nb.BiblioError, match="identity of references"):
        cited_items(corpus, "looks")


def test_a_work_found_twice(corpus: nb.Corpus) -> None:
    """Two cited works that are the same work of the corpus are one."""
    linked = nb.link_references(corpus)
    both = linked.derive(cited_references="SELECT * REPLACE (1 AS work_id) FROM cited_references")
    items = cited_items(both)
    assert (len(items.key), items.citing.tolist()) == (1, [1, 2])


def test_a_bare_list() -> None:
    """References of a bare list have no citing work."""
    corpus = nb.corpus_of([nb.Record(title="One", cited_references=[_reference(FIRST, 2001)] * 2)])
    bare = corpus.derive(
        cited_references="SELECT * REPLACE (NULL AS citing_work_id) FROM cited_references"
    )
    items = cited_items(bare)
    assert (items.citing.tolist(), items.citing_year.tolist()) == ([-1], [0])


def test_nothing() -> None:
    """A corpus without references, or without works, has no items."""
    for records in ([nb.Record(title="One")], [nb.Problem("a.bib", 1, "?", "no entry")]):
        items = cited_items(nb.corpus_of(records))
        assert (len(items.key), len(items.item), items.n_printed) == (0, 0, 0)
        assert item_labels(nb.corpus_of(records), items, []) == []


def test_by_item() -> None:
    """Values stand by their item, in the order given."""
    item, values = (np.array(v, dtype=np.int32) for v in ([2, 0, 2, 0], [5, 6, 7, 8]))
    starts, grouped = by_item(item, values, 3)
    assert (starts.tolist(), grouped.tolist()) == ([0, 2, 2, 4], [6, 8, 5, 7])
