"""The flow of records from files to analysis."""

from __future__ import annotations

from nqp_biblio.cleaning.dedupe import dedupe
from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.measures.record_flow import record_flow
from nqp_biblio.record import Problem, Record


def test_flow() -> None:
    """What was read is what was merged, excluded or is analysed, by file, rule and condition."""
    title = "Harbour growth and the street networks of old towns"
    records: list[Record | Problem] = [
        Record(title=title, doi="10.1000/a", publication_year=2001, file="a.bib", line=1),
        Record(title=title, doi="10.1000/a", publication_year=2001, file="b.ris", line=1),
        Record(title="Tidal trade of small islands", publication_year=1980, file="b.ris", line=9),
        Problem("b.ris", 20, "ER  -", "cut short"),
    ]
    corpus = dedupe(corpus_of(records)).filter("publication_year > 1990")
    assert record_flow(corpus).rows == [
        ("read", "all", 3),
        ("read", "a.bib", 1),
        ("read", "b.ris", 1),
        ("unreadable", "all", 1),
        ("unreadable", "b.ris", 1),
        ("merged", "all", 1),
        ("merged", "same-doi", 1),
        ("excluded", "all", 1),
        ("excluded", "publication_year > 1990", 1),
        ("analysed", "all", 1),
    ]


def test_nothing() -> None:
    """An empty corpus has a flow of nothing."""
    flow = record_flow(corpus_of([]))
    assert flow.column("n_records") == [0] * 5
    assert flow.manifest["measure"] == "record_flow"
