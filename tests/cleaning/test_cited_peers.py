"""Linking references as other programs do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import nqp_biblio as nb
from nqp_biblio.readers.cited_line import parse_cited_line
from nqp_biblio.record import Person, Record

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus

WORK = Record(
    title="On flows of heat",
    publication_year=2001,
    source_raw="Journal of Heat Flow",
    volume="12",
    pages=[("345", "360")],
    doi="10.1000/heat.1",
    people=[Person(family="Roe", given="Ann B.")],
)


def _corpus(*lines: str) -> Corpus:
    return nb.corpus_of(
        [Record(title="Citing", cited_references=[parse_cited_line(line) for line in lines]), WORK]
    )


def test_match_keys_of_vosviewer() -> None:
    """A string is a work by author, year, volume and page, without volume by source, or by DOI."""
    corpus = _corpus(
        "ROE AB, 2001, OTHER NAME, V12, P345",
        "Roe A, 2001, JOU FLOW, P345",
        "Poe C, 1999, ELSEWHERE, V1, P1, DOI 10.1000/heat.1",
        "Roe A, 2001, J HEAT FLOW, V12",
        "Roe A, 2001, J HEAT FLOW, V12",
        "Roe B, 2001, J HEAT FLOW, V12, P345",
    )
    rows = nb.link_references(corpus, like="vosviewer").sql(
        "SELECT work_id, cited_work_id, link_rule FROM cited_references ORDER BY position"
    )
    assert rows == [
        (2, 1, "volume-page"),
        (None, 2, None),
        (2, 1, "doi"),
        (None, 3, "string"),
        (None, 3, "string"),
        (None, 4, None),
    ]


def test_works_without_volume() -> None:
    """Where there is no volume VOSviewer takes the first three letters of the source."""
    corpus = nb.corpus_of(
        [
            Record(title="Citing", cited_references=[parse_cited_line("Roe A, 2001, JOU X, P345")]),
            replace(WORK, volume=None, doi=None),
        ]
    )
    rows = nb.link_references(corpus, like="vosviewer").sql(
        "SELECT work_id, link_rule FROM cited_references"
    )
    assert rows == [(2, "source-page")]


def test_clusters_of_crexplorer() -> None:
    """Strings of one year are clustered by the likeness of author and source."""
    corpus = _corpus(
        "ROE A, 1999, J HEAT FLOW, V12, P345",
        "ROEE A, 1999, J HEAT FLOW, V9, P1",
        "ROE A, 1998, J HEAT FLOW, V12, P345",
        "MILLER W, 1999, J HEAT FLOW, V12, P345",
    )

    def clusters(**options: object) -> list[int]:
        linked = nb.link_references(corpus, like="crexplorer", **options)  # type: ignore[arg-type]
        rows = linked.sql("SELECT cited_work_id FROM cited_references ORDER BY position")
        return [row[0] for row in rows]

    assert clusters() == [1, 1, 2, 3]
    assert clusters(threshold=0.95) == [1, 2, 3, 4]
    assert clusters(equal=["volume"]) == [1, 2, 3, 4]


def test_likeness_of_crexplorer_by_hand() -> None:
    """The score is the mean of author (weight 2), source (1) and title (5)."""
    corpus = _corpus(
        "Roe, A., On flows of heat (1999) Ann Risk, 1, pp. 2-3",
        "Roe, A., On flows of heap (1999) Ann Risk, 1, pp. 2-3",
    )
    linked = nb.link_references(corpus, like="crexplorer")
    scores = linked.sql("SELECT link_score FROM cited_references WHERE link_score < 1")
    assert [row[0] for row in scores] == [pytest.approx((2 + 1 + 5 * 12 / 13) / 8)]
