"""In-text citations by part of the paper, by reference, and near to each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.in_text import (
    hapax_references,
    near_cocitations,
    reference_places,
    section_citations,
)
from nqp_biblio.measures.section_types import SECTION_TYPES, heading_type

HEADINGS = ("Introduction", "2 Methods", "Findings", "Tools", None)
ALL = (section_citations, reference_places, hapax_references, near_cocitations)


def _paper(*mentions: tuple[str, str | None, int], year: int = 2020, n: int = 3) -> nb.Record:
    """Make a paper of n references; a mention is label, heading and sentence."""
    return nb.Record(
        role="paper",
        publication_year=year,
        cited_references=[
            nb.CitedReference(
                raw=f"Work {i}", label=str(i), doi=f"10.1016/j.joi.2020.{i}", first_author=f"A{i}"
            )
            for i in range(1, n + 1)
        ],
        mentions=[
            nb.Mention(f"[{label}]", label, heading, sentence, sentence, "Shown.", place * 10)
            for place, (label, heading, sentence) in enumerate(mentions)
        ],
    )


PAPER = _paper(
    ("1", None, 1),
    ("1", "1 Introduction", 2),
    ("2", "1 Introduction", 2),
    ("1", "2 Methods", 8),
    ("9", "2.1 Tools", 10),
)


def _shown(found: nb.Result, row: int) -> dict[str, Any]:
    return dict(zip(found.columns, found.rows[row], strict=True))


def test_parts_by_hand() -> None:
    """Each part has its citations, their share, references, sentences and citations by each."""
    found = section_citations(nb.corpus_of([PAPER]))
    assert found.rows == [
        ("introduction", 1, 2, 0.4, 2, 1, 1.0),
        ("methods", 1, 2, 0.4, 1, 2, 1.0),
        ("before the first heading", 1, 1, 0.2, 1, 1, 1.0),
    ]
    assert (found.manifest["n_headings"], found.manifest["n_without"]) == (3, 0)


def test_places_by_hand() -> None:
    """A reference has its first and last sentence, as shares of the ten up to the last."""
    found = reference_places(nb.corpus_of([PAPER]))
    first, second, third = (_shown(found, row) for row in range(3))
    assert (first["n_mentions"], first["is_hapax"]) == (3, False)
    assert [first[name] for name in ("first_sentence", "last_sentence")] == [1, 8]
    assert [first[name] for name in ("first_place", "last_place")] == [0.1, 0.8]
    assert first["first_type"] == "before the first heading"
    assert [first[name] for name in ("n_introduction", "n_methods", "n_before")] == [1, 1, 1]
    assert (second["is_hapax"], second["first_place"]) == (True, 0.2)
    assert (third["n_mentions"], third["first_place"], third["first_type"]) == (0, None, None)


def test_hapax_by_hand() -> None:
    """Of three references one is cited three times, one once, one never."""
    found = hapax_references(nb.corpus_of([PAPER]))
    assert found.rows == [(1, 3, 1, 1, 1, 4, 2.0, 0.5)]


def test_near_by_hand() -> None:
    """Two papers that cite a pair in one sentence, and in one section, give 1 + 1/4."""
    far = _paper(("1", "Notes", 1), ("2", "Notes", 5), n=2)
    near = _paper(("1", "Notes", 1), ("2", "Notes", 1), n=2)
    found = near_cocitations(nb.link_references(nb.corpus_of([near, far])))
    assert found.column("weight") == [1.25]
    kept = near_cocitations(nb.link_references(nb.corpus_of([near, far])), min_weight=2)
    assert kept.rows == []


MENTIONS = st.lists(
    st.tuples(st.sampled_from("1239"), st.sampled_from(HEADINGS), st.integers(1, 9)), max_size=8
)


def _type(heading: str | None) -> str:
    return "before the first heading" if heading is None else heading_type(heading)


@settings(max_examples=30, deadline=None)
@given(st.lists(MENTIONS, min_size=1, max_size=3))
def test_as_counted_one_by_one(papers: list[list[tuple[str, str | None, int]]]) -> None:
    """All counts are those of the mentions themselves."""
    corpus = nb.corpus_of(_paper(*mentions) for mentions in papers)
    parts = Counter(_type(heading) for mentions in papers for _, heading, _ in mentions)
    found = section_citations(corpus)
    assert dict(zip(found.column("section_type"), found.column("n_mentions"), strict=True)) == parts
    assert found.column("section_type") == [name for name in SECTION_TYPES if name in parts]
    assert not parts or sum(found.column("share")) == pytest.approx(1)
    single = section_citations(corpus, by="works")
    each = [
        (n, name, sum(_type(heading) == name for _, heading, _ in mentions))
        for n, mentions in enumerate(papers, 1)
        for name in SECTION_TYPES
    ]
    assert [row[:3] for row in single.rows] == [row for row in each if row[2]]
    expected = [
        sum(label == str(i) for label, _, _ in mentions)
        for mentions in papers
        if mentions
        for i in (1, 2, 3)
    ]
    places = reference_places(corpus)
    assert places.column("n_mentions") == expected
    for row in range(len(places)):
        shown = _shown(places, row)
        assert sum(value for name, value in shown.items() if name in _COLUMNS) == expected[row]


_COLUMNS = {f"n_{name.split()[0]}" for name in SECTION_TYPES}
# what a pair counts where a section of one sentence is one paragraph too
_NEARNESS = {(True, True): 1.0, (False, True): 1 / 4, (True, False): 1.0, (False, False): 1 / 8}


@settings(max_examples=30, deadline=None)
@given(st.lists(MENTIONS, min_size=1, max_size=3))
def test_nearest_place_counts(papers: list[list[tuple[str, str | None, int]]]) -> None:
    """A pair counts once a paper, by the nearest place where both are cited; else 1/8."""
    weights: dict[tuple[str, str], float] = defaultdict(float)
    # a sentence stands in one section
    papers = [[(x, HEADINGS[s // 2], s) for x, _, s in mentions] for mentions in papers]
    for mentions in papers:
        for a, b in combinations("123", 2):
            near = [
                _NEARNESS[s == t, f == g]
                for x, f, s in mentions
                for y, g, t in mentions
                if (x, y) == (a, b)
            ]
            weights[a, b] += max(near, default=1 / 8)
    found = near_cocitations(nb.link_references(nb.corpus_of(_paper(*m) for m in papers)))
    assert sorted(found.column("weight")) == pytest.approx(sorted(weights.values()))


@pytest.mark.parametrize("measure", ALL)
@pytest.mark.parametrize("records", [[], [nb.Record(title="No text", publication_year=2000)]])
def test_no_text(measure: Any, records: list[nb.Record]) -> None:
    """Without papers read whole there are no rows, and the manifest says why."""
    found = measure(nb.corpus_of(records))
    assert found.rows == []
    assert "read whole" in found.manifest["warning"]


@pytest.mark.parametrize("measure", ALL)
def test_as_of(measure: Any) -> None:
    """Papers published later are left out."""
    corpus = nb.corpus_of([PAPER])
    assert measure(corpus, as_of=2019).rows == []
    assert measure(corpus, as_of=2021).rows == measure(corpus).rows


def test_refused() -> None:
    """Options that cannot be are told."""
    corpus = nb.corpus_of([PAPER])
    with pytest.raises(UnknownNameError, match="kind of row"):
        section_citations(corpus, by="years")  # type: ignore[arg-type]
    with pytest.raises(OptionError, match="at least 0"):
        near_cocitations(corpus, min_weight=-1)
