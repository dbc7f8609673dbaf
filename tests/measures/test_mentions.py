"""In-text citations by section, by reference, and in their contexts."""

from __future__ import annotations

from typing import Any

import pytest

import nqp_biblio as nb
from nqp_biblio.measures.mentions import citation_contexts, citation_profile, mention_counts


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


TEXT = "One two. Three four [1, 2]. 第五. Six seven [1]."


def _paper() -> nb.Corpus:
    places = [("1", "[1, 2]"), ("2", "[1, 2]"), ("1", "[1].")]
    mentions = [
        nb.Mention(marker.rstrip("."), label, "2 Data", 3, 2, "", 0, TEXT, TEXT.index(marker))
        for label, marker in places
    ]
    cited = [nb.CitedReference(raw=f"Roe {label}", label=label) for label in "123"]
    return nb.corpus_of([nb.Record(role="paper", cited_references=cited, mentions=mentions)])


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"before": 0, "after": 0}, ["Three four [1, 2].", "Six seven [1]."]),
        ({}, ["One two. Three four [1, 2]. 第五.", "第五. Six seven [1]."]),
        ({"before": 2, "after": 0, "unit": "word"}, ["Three four [1, 2].", "Six seven [1]."]),
        ({"before": 1, "after": 2, "unit": "word"}, ["four [1, 2]. 第五", "seven [1]."]),
        ({"before": 0, "after": 0, "unit": "word"}, ["[1, 2].", "[1]."]),
        ({"unit": "paragraph"}, [TEXT, TEXT]),
    ],
)
def test_contexts(options: dict[str, Any], expected: list[str]) -> None:
    """A window has the sentences or words asked for on each side, as far as there are any."""
    found = citation_contexts(_paper(), **options)
    assert found.column("label") == ["1", "2", "1"]
    assert found.column("context") == [expected[0], *expected]
    assert found.rows[0][:3] == (1, 1, 1)


def test_context_without_paragraph() -> None:
    """Where only the citing sentence is known, it is the context."""
    paper = nb.Record(role="paper", mentions=[_mention("1", None, 1)])
    assert citation_contexts(nb.corpus_of([paper])).column("context") == ["As shown."]


def test_contexts_refuse() -> None:
    """Another unit, or fewer than no sentences, is refused with what would do."""
    with pytest.raises(nb.BiblioError, match="sentence"):
        citation_contexts(_paper(), unit="page")  # type: ignore[arg-type]
    with pytest.raises(nb.BiblioError, match="after is -1"):
        citation_contexts(_paper(), after=-1)


def test_counts_by_reference() -> None:
    """Each reference of the list is counted, those that the text never cites too."""
    assert mention_counts(_paper()).rows == [
        (1, 1, "1", "Roe 1", 2, 1, 1, "2 Data"),
        (1, 2, "2", "Roe 2", 1, 1, 1, "2 Data"),
        (1, 3, "3", "Roe 3", 0, 0, 0, None),
    ]
    assert mention_counts(nb.corpus_of([nb.Record(title="One")])).rows == []
