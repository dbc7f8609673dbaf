"""Adding rows to tables of a corpus."""

from __future__ import annotations

from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.record import Record


def test_rows_are_added() -> None:
    """Rows come to those that are there; columns left out are missing; the old corpus stays."""
    corpus = corpus_of([Record(title="A", keywords=[("author_keyword", "ports")])])
    longer = corpus.extend(works={"work_id": [7], "title": ["B"]}, terms={"work_id": [7]})
    query = "SELECT work_id, title, doi FROM works ORDER BY work_id"
    assert longer.sql(query) == [(1, "A", None), (7, "B", None)]
    assert (longer.n_rows("terms"), len(corpus), longer.history) == (2, 1, corpus.history)
