"""Rows that cleaning steps add to the changes."""

from __future__ import annotations

import nqp_biblio as nb
from nqp_biblio.corpus.changes import Change, as_columns, with_changes
from nqp_biblio.record import Record


def test_changes_are_added_behind() -> None:
    """New changes get the keys behind those of before, which stay."""
    corpus = nb.corpus_of([Record(title="One")])
    change = Change("works", 1, None, "title", "One", "Two", "rule")
    for _ in range(2):
        corpus = corpus.replace(changes=with_changes(corpus, [change]))
    rows = corpus.sql("SELECT change_id, before, after, role FROM changes ORDER BY change_id")
    assert rows == [(1, "One", "Two", None), (2, "One", "Two", None)]


def test_no_rows_are_empty_columns() -> None:
    """A table without rows has all its columns, empty."""
    assert as_columns("page_ranges", []) == {
        "work_id": [],
        "position": [],
        "first_page": [],
        "last_page": [],
    }
