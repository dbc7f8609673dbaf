"""Works of each year by term, author, reference."""

from __future__ import annotations

import numpy as np
import pytest

import nqp_biblio as nb
from nqp_biblio.measures.yearly_items import yearly_items


@pytest.fixture(scope="module")
def corpus() -> nb.Corpus:
    """Make works of three years, one without a year, one without anything."""
    rows = [(2001, "a b"), (2001, "a"), (2004, "b b"), (None, "a"), (2003, "")]
    return nb.corpus_of(
        nb.Record(
            title=f"Work {n}",
            publication_year=year,
            keywords=[("author_keyword", word) for word in words.split()],
            cited_references=[nb.CitedReference(raw=word) for word in words.split()],
        )
        for n, (year, words) in enumerate(rows)
    )


@pytest.mark.parametrize("of", ["author_keywords", "references"])
def test_counts(corpus: nb.Corpus, of: str) -> None:
    """A work has each item once; years without any item are left out."""
    items = yearly_items(nb.normalise(corpus), of)
    assert items.names == ["a", "b"]
    assert (items.years.tolist(), items.totals.tolist()) == ([2001, 2004], [2, 1])
    assert items.counts.tolist() == [[2, 0], [1, 1]]
    assert items.n_undated == 1


def test_least_works(corpus: nb.Corpus) -> None:
    """Items of few works are left out, and count in the totals."""
    items = yearly_items(nb.normalise(corpus), "author_keywords", min_works=3)
    assert (items.names, items.totals.tolist()) == ([], [2, 1])
    assert items.counts.shape == (0, 2)


def test_nothing() -> None:
    """Without works there are no years."""
    items = yearly_items(nb.corpus_of([]), "references")
    assert (items.names, items.years.tolist()) == ([], [])
    assert np.array_equal(items.counts, np.zeros((0, 0)))


def test_refused(corpus: nb.Corpus) -> None:
    """Unknown items, and a bound below one, are refused."""
    with pytest.raises(nb.BiblioError, match="unknown item of works"):
        yearly_items(corpus, "planets")
    with pytest.raises(nb.BiblioError, match="at least 1"):
        yearly_items(corpus, "references", min_works=0)
