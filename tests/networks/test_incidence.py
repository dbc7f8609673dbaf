"""Labels and incidences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nqp_biblio.networks.incidence import incidence_of, unique_labels
from nqp_biblio.networks.units import terms_of_works

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["Chen (2020)", "Chen (2020)"], ["Chen (2020a)", "Chen (2020b)"]),
        (
            ["Chen (2020)", "Chen (2020a)", "Chen (2020)"],
            ["Chen (2020b)", "Chen (2020a)", "Chen (2020c)"],
        ),
        (["heat", "heat", "heat [2]"], ["heat", "heat [3]", "heat [2]"]),
        ([], []),
    ],
)
def test_labels_are_made_distinct(labels: list[str], expected: list[str]) -> None:
    """No two nodes have one name, even where a name looks like a numbered one."""
    assert unique_labels(labels) == expected


def test_more_than_twenty_six_of_a_name() -> None:
    """After z comes aa."""
    assert unique_labels(["A (2000)"] * 28)[25:] == ["A (2000z)", "A (2000aa)", "A (2000ab)"]


def test_incidence_by_hand(three_papers: Corpus) -> None:
    """Works are rows, words are columns, in the order of their keys."""
    found = incidence_of(three_papers, terms_of_works("author_keywords"))
    assert found.keys == ("flow", "heat", "wave")
    assert found.matrix.toarray().tolist() == [[1, 1, 1], [1, 1, 0], [0, 1, 0]]
    assert found.sizes.tolist() == [3, 2, 1]
