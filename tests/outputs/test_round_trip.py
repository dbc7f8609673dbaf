"""Comparing a corpus with what was read again."""

from __future__ import annotations

import nqp_biblio as nb
from nqp_biblio.outputs.round_trip import compare_rows, rows_of


def test_equal_and_changed_cells() -> None:
    """Cells are compared in the row of the same place; a missing row has none that is equal."""
    people = [nb.Person(family="Doe"), nb.Person(family="Roe")]
    before = rows_of(nb.corpus_of([nb.Record(title="A", volume="1", people=people)]))
    after = rows_of(nb.corpus_of([nb.Record(title="A", volume="2", people=people[:1])]))
    found = compare_rows(before, after)
    assert found["works", "title"] == (1, 1)
    assert found["works", "volume"] == (1, 0)
    assert found["authorships", "family"] == (2, 1)
    assert ("works", "issue") not in found


def test_the_order_of_fields_means_nothing() -> None:
    """Fields are compared by name; a repeated name in its order."""
    fields = [("a", "1"), ("b", "2"), ("a", "3")]
    before = rows_of(nb.corpus_of([nb.Record(fields=fields)]))
    after = rows_of(nb.corpus_of([nb.Record(fields=[fields[1], fields[0], fields[2]])]))
    assert compare_rows(before, after)["fields", "value"] == (3, 3)
