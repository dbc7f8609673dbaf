"""Diversity of what is cited."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.made_corpus import Made, made_corpus

import nqp_biblio as nb
from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.diversity import citation_diversity

if TYPE_CHECKING:
    from collections.abc import Sequence

FIGURES = (
    *("shannon", "evenness", "simpson", "hill_1", "hill_2", "disparity", "rao_stirling"),
    "true_diversity",
)


def _citing(*lists: str, year: int = 2020) -> nb.Corpus:
    """Make works that cite one different work of each source named by a letter."""
    return nb.corpus_of(
        nb.Record(
            title=f"Work {n}",
            publication_year=year,
            cited_references=[
                nb.CitedReference(raw=f"{n}-{i}-{name}", source_raw=f"Journal {name}")
                for i, name in enumerate(names)
            ],
        )
        for n, names in enumerate(lists)
    )


def _brute(names: Sequence[str], distance: dict[tuple[str, str], float]) -> dict[str, Any]:
    """Compute the figures of one list from their definitions."""
    if not names:
        return dict.fromkeys(FIGURES)
    shares = {name: n / len(names) for name, n in Counter(names).items()}
    shannon = -sum(p * math.log(p) for p in shares.values())
    rao = sum(distance[a, b] * shares[a] * shares[b] for a in shares for b in shares if a != b)
    pairs = [distance[a, b] for a, b in combinations(sorted(shares), 2)]
    return {
        "shannon": shannon,
        "evenness": shannon / math.log(len(shares)) if pairs else None,
        "simpson": 1 - sum(p * p for p in shares.values()),
        "hill_1": math.exp(shannon),
        "hill_2": 1 / sum(p * p for p in shares.values()),
        "disparity": sum(pairs) / len(pairs) if pairs else None,
        "rao_stirling": rao,
        "true_diversity": 1 / (1 - rao),
    }


def _cocitation_distance(lists: Sequence[Sequence[str]]) -> dict[tuple[str, str], float]:
    citing = {name: {n for n, names in enumerate(lists) if name in names} for name in "abcd"}
    return {
        (a, b): 1 - len(citing[a] & citing[b]) / math.sqrt(len(citing[a]) * len(citing[b]))
        for a in "abcd"
        for b in "abcd"
        if citing[a] and citing[b]
    }


def test_by_hand() -> None:
    """Two sources at 1/2 each, at cosine 1/2, have Rao-Stirling 1/4 and are worth 4/3."""
    found = citation_diversity(_citing("ab", "a", "b", "aa"))
    first = dict(zip(found.columns, found.rows[0], strict=True))
    # a is cited by works 1, 2 and 4, b by 1 and 3: cosine 1 / root of 6
    assert first["disparity"] == pytest.approx(1 - 1 / math.sqrt(6))
    found = citation_diversity(_citing("ab", "a", "b"))
    first = dict(zip(found.columns, found.rows[0], strict=True))
    assert first["rao_stirling"] == pytest.approx(1 / 4)
    assert first["true_diversity"] == pytest.approx(4 / 3)
    assert (first["simpson"], first["hill_2"], first["evenness"]) == pytest.approx((0.5, 2, 1))
    assert first["variety"] == 2
    assert found.manifest["n_without"] == 0


def test_one_source() -> None:
    """Who cites one source only is worth one, and has no balance and no disparity."""
    (row,) = citation_diversity(_citing("aaa")).rows
    assert row[3:] == (3, 0, 1, 0.0, None, 0.0, 1.0, 1.0, None, 0.0, 1.0)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("abcd", max_size=6), min_size=1, max_size=6))
def test_as_defined(lists: list[str]) -> None:
    """The figures are those that the definitions give, one list at a time."""
    found = citation_diversity(_citing(*lists))
    distance = _cocitation_distance(lists)
    for names, row in zip(lists, found.rows, strict=True):
        shown = dict(zip(found.columns, row, strict=True))
        expected = _brute(names, distance)
        assert {name: shown[name] for name in FIGURES} == pytest.approx(expected, abs=1e-12)
        assert shown["n_references"] == len(names)


CITES = st.lists(st.integers(0, 5), max_size=5, unique=True)
SOURCES = st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=6, max_size=6)


@settings(max_examples=30, deadline=None)
@given(SOURCES, st.lists(CITES, min_size=6, max_size=6))
def test_cross_citation_by_source(sources: list[int | None], cites: list[list[int]]) -> None:
    """Sources are alike where the same sources cite them; each has all its works' references."""
    lists = [[j for j in cited if j != i] for i, cited in enumerate(cites)]
    corpus = made_corpus(
        [
            Made(source=source, cites=tuple((j, 1.0) for j in cited))
            for source, cited in zip(sources, lists, strict=True)
        ]
    )
    flow = Counter(
        (sources[i], sources[j])
        for i, cited in enumerate(lists)
        for j in cited
        if sources[i] is not None and sources[j] is not None
    )
    known = [s for s in range(4) if s in sources]
    column = {s: [flow[k, s] for k in known] for s in known}
    names = {s: f"Journal {s}" for s in known}
    distance = {}
    for a in known:
        for b in known:
            norm = math.sqrt(sum(x * x for x in column[a]) * sum(x * x for x in column[b]))
            dot = sum(x * y for x, y in zip(column[a], column[b], strict=True))
            distance[names[a], names[b]] = 1 - (dot / norm if norm else 0)
    found = citation_diversity(corpus, by="sources", similarity="cross-citation")
    assert found.column("name") == [names[s] for s in known]
    for source, row in zip(known, found.rows, strict=True):
        cited = [sources[j] for i, items in enumerate(lists) if sources[i] == source for j in items]
        shown = dict(zip(found.columns, row, strict=True))
        expected = _brute([names[s] for s in cited if s is not None], distance)
        assert {name: shown[name] for name in FIGURES} == pytest.approx(expected, abs=1e-12)
        assert shown["n_without"] == cited.count(None)


def test_no_likeness_is_simpson() -> None:
    """Where nothing is alike Rao-Stirling is Simpson's index, and disparity is 1."""
    found = citation_diversity(_citing("aab", "bcc", "abcd"), similarity="none")
    assert found.column("rao_stirling") == pytest.approx(found.column("simpson"))
    assert found.column("true_diversity") == pytest.approx(found.column("hill_2"))
    assert found.column("disparity") == [1, 1, 1]


def test_all_cite_the_same() -> None:
    """Sources that are always cited together are no diversity at all."""
    found = citation_diversity(_citing("ab", "ab", "ba"))
    assert found.column("rao_stirling") == pytest.approx([0, 0, 0])
    assert found.column("true_diversity") == pytest.approx([1, 1, 1])


def test_spellings_are_one() -> None:
    """Sources whose names differ in case and marks are one."""
    references = [
        nb.CitedReference(raw=str(n), source_raw=name)
        for n, name in enumerate(("J. Informetrics", "J INFORMETRICS", None))
    ]
    found = citation_diversity(nb.corpus_of([nb.Record(cited_references=references)]))
    assert found.column("variety") == [1]
    assert found.column("n_without") == [1]


def test_nothing_is_cited() -> None:
    """Works without references have no figures, and the manifest says so."""
    found = citation_diversity(_citing("", ""))
    assert found.column("rao_stirling") == [None, None]
    assert found.column("variety") == [0, 0]
    assert "no work has a list" in str(found.manifest["warning"])
    assert citation_diversity(nb.corpus_of([])).rows == []


def test_too_few_references() -> None:
    """Works with fewer references than asked have no figures."""
    found = citation_diversity(_citing("ab", "abc"), min_references=3)
    assert [value is None for value in found.column("shannon")] == [True, False]
    assert found.manifest["n_without_figures"] == 1


def test_keywords_of_cited_works() -> None:
    """A cited work of two keywords counts a half for each, one of none is left out."""
    works = [
        Made(cites=((1, 1.0), (2, 1.0), (3, 1.0))),
        Made(keywords=("x", "y")),
        Made(keywords=("x",)),
        Made(),
    ]
    found = citation_diversity(made_corpus(works), "author_keywords", similarity="none")
    row = dict(zip(found.columns, found.rows[0], strict=True))
    assert (row["n_references"], row["n_without"], row["variety"]) == (3, 1, 2)
    assert row["simpson"] == pytest.approx(1 - (3 / 4) ** 2 - (1 / 4) ** 2)


def test_as_of() -> None:
    """Works published later are left out; works without a year stay."""
    works = [Made(year=2010), Made(year=2020), Made(year=None)]
    found = citation_diversity(made_corpus(works), as_of=2015)
    assert found.column("publication_year") == [2010, None]


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"of": "colours"}, UnknownNameError, "cited category"),
        ({"by": "colours"}, UnknownNameError, "owner"),
        ({"similarity": "colour"}, UnknownNameError, "similarity"),
        ({"min_references": 0}, OptionError, "at least 1"),
        ({"of": "countries"}, OptionError, "find_places"),
    ],
)
def test_refused(options: dict[str, Any], error: type[Exception], match: str) -> None:
    """Options that cannot be are told."""
    with pytest.raises(error, match=match):
        citation_diversity(_citing("ab"), **options)
