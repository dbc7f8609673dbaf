"""In-text citations by section."""

from __future__ import annotations

import nqp_biblio as nb
from nqp_biblio.measures.mentions import citation_profile


def _mention(label: str, section: str | None, sentence: int) -> nb.Mention:
    return nb.Mention(f"[{label}]", label, section, 1, sentence, "As shown.", sentence * 10)


def test_by_hand() -> None:
    """Sections come in the order of the text, with citations, references and sentences."""
    paper = nb.Record(
        role="paper",
        cited_references=[nb.CitedReference(raw=label, label=label) for label in "12"],
        mentions=[
            _mention("1", None, 1),
            _mention("2", "2 Data", 2),
            _mention("1", "2 Data", 2),
            _mention("1", "2 Data", 3),
            _mention("2", "1 Introduction", 4),
            _mention("9", "1 Introduction", 4),
        ],
    )
    assert citation_profile(nb.corpus_of([paper])).rows == [
        (1, None, 1, 1, 1),
        (1, "2 Data", 3, 2, 2),
        (1, "1 Introduction", 2, 1, 1),
    ]


def test_papers_stay_apart() -> None:
    """The same heading in two papers is two rows, the first paper first."""
    papers = [nb.Record(role="paper", mentions=[_mention("1", "Notes", 1)]) for _ in range(2)]
    rows = citation_profile(nb.corpus_of(papers)).rows
    assert [row[:3] for row in rows] == [(1, "Notes", 1), (2, "Notes", 1)]


def test_no_paper() -> None:
    """Without a paper read whole there are no rows."""
    assert citation_profile(nb.corpus_of([nb.Record(title="One")])).rows == []
