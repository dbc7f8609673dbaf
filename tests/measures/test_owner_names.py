"""Names of owners, fetched when they are looked at."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

import nqp_biblio as nb
from nqp_biblio.measures.owner_names import OwnerNames, names_at

QUERY = "SELECT source_id AS owner, display_name AS name FROM sources"


@pytest.fixture
def names() -> OwnerNames:
    """Name three sources, the last one without a name."""
    corpus = nb.corpus_of([]).replace(
        sources={"source_id": [3, 1, 2], "display_name": [None, "One", "Two"]}
    )
    return OwnerNames(corpus, QUERY, np.array([1, 2, 3]))


def test_as_a_list(names: OwnerNames) -> None:
    """They are counted, picked, cut, compared and put into arrays as a list is."""
    assert len(names) == 3
    assert names == ["One", "Two", ""]
    assert names != ["One"]
    assert (names[1], names[:2]) == ("Two", ["One", "Two"])
    assert np.asarray(names, dtype=object).tolist() == list(names)


@pytest.mark.parametrize("is_fetched", [False, True])
def test_in_another_order(names: OwnerNames, *, is_fetched: bool) -> None:
    """Those at some places are the same, whether the names were looked at before or not."""
    assert not is_fetched or names[0]
    assert names_at(names, np.array([2, 0])) == ["", "One"]
    assert names_at(["a", "b"], np.array([1, 1])) == ["b", "b"]


def test_stored(names: OwnerNames) -> None:
    """What is stored is the list of the names."""
    assert pickle.loads(pickle.dumps(names)) == ["One", "Two", ""]  # noqa: S301


def test_table_has_them() -> None:
    """A table of indices shows the names in its rows and in its frame."""
    works = [nb.Record(title="W", people=[nb.Person(family="Ek", given="A.")], cited_by_count=3)]
    found = nb.h_index(nb.normalise(nb.corpus_of(works)))
    assert found.frame["name"].tolist() == found.column("name") == ["Ek, A."]
    assert found.rows[0][1] == "Ek, A."
