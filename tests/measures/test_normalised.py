"""Citations against works of the same year, type and field."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from made_corpus import Made, made_corpus
from nqp_biblio.measures.normalised import age_normalised_citations, normalised_impact

MADE = st.builds(
    Made,
    citations=st.one_of(st.none(), st.integers(0, 6)),
    year=st.one_of(st.none(), st.integers(2018, 2019)),
    authors=st.sets(st.integers(0, 2), min_size=1).map(lambda own: tuple(sorted(own))),
    source=st.one_of(st.none(), st.integers(0, 1)),
    type=st.sampled_from([None, "book", "article-journal"]),
    keywords=st.sets(st.sampled_from("abc")).map(lambda own: tuple(sorted(own))),
)
WORKS = st.lists(MADE, min_size=1, max_size=14)


def _rows(result: nb.Result) -> list[dict[str, Any]]:
    return [dict(zip(result.columns, row, strict=True)) for row in result.rows]


def _column(result: nb.Result, name: str) -> Any:
    return np.array(result.column(name), dtype=float)


def _fields(work: Made, fields: str | None) -> tuple[Any, ...]:
    if fields is None:
        return (0,)
    if fields == "sources":
        return () if work.source is None else (work.source,)
    return work.keywords


def _plain(works: list[Made], fields: str | None) -> list[tuple[Any, ...]]:
    """Score each work by going through its reference sets one by one."""
    sets: dict[Any, list[tuple[int, float]]] = defaultdict(list)
    for work in works:
        own = _fields(work, fields)
        if None not in (work.citations, work.year, work.type):
            for field in own:
                sets[field, work.year, work.type].append((work.citations or 0, 1 / len(own)))
    return [_plain_scores(work, _fields(work, fields), sets) for work in works]


def _plain_scores(work: Made, fields: tuple[Any, ...], sets: Any) -> tuple[Any, ...]:
    if None in (work.citations, work.year, work.type) or not fields:
        return (None,) * 4
    ratios, tops, ones, ranks = [], [], [], []
    for field in fields:
        set_ = sets[field, work.year, work.type]
        size = sum(w for _, w in set_)
        mean = sum(c * w for c, w in set_) / size
        ratios += [work.citations / mean] if mean else []
        above = sum(w for c, w in set_ if c > work.citations)
        tied = sum(w for c, w in set_ if c == work.citations)
        tops.append(min(1.0, max(0.0, (0.1 * size - above) / tied)))
        ones.append(min(1.0, max(0.0, (0.01 * size - above) / tied)))
        ranks.append(100 * (size - above - tied / 2) / size)
    if not ratios:
        return (None,) * 4
    return tuple(pytest.approx(sum(v) / len(v)) for v in (ratios, tops, ones, ranks))


@settings(max_examples=40, deadline=None)
@given(WORKS, st.sampled_from([None, "sources", "author_keywords"]))
def test_against_going_through_the_sets(works: list[Made], fields: str | None) -> None:
    """Scores, tops and percentiles are what each reference set gives, taken one by one."""
    result = normalised_impact(made_corpus(works), fields=fields)
    found = zip(*(result.column(n) for n in ("ncs", "top_10", "top_1", "percentile")), strict=True)
    assert list(found) == _plain(works, fields)


@settings(max_examples=30, deadline=None)
@given(WORKS)
def test_the_corpus_as_a_whole_is_the_norm(works: list[Made]) -> None:
    """The mean score is 1, the top 10 % are 10 %, the mean percentile is 50."""
    result = normalised_impact(made_corpus(works))
    scores = _column(result, "ncs")
    if not np.isnan(scores).all():
        assert np.nanmean(scores) == pytest.approx(1)
        assert np.nanmean(_column(result, "top_10")) == pytest.approx(0.1)
        assert np.nanmean(_column(result, "top_1")) == pytest.approx(0.01)
        assert np.nanmean(_column(result, "percentile")) == pytest.approx(50)


@pytest.mark.parametrize(
    ("citations", "tops", "hazen", "cp_in", "cp_ex"),
    [
        ([9, 1, 1, 1, 0], [0.5, 0, 0, 0, 0], [90, 50, 50, 50, 10], [100, 80, 80, 80, 20], 0),
        ([7, 7, 7, 7, 7], [0.1] * 5, [50] * 5, [100] * 5, 0),
        ([4, 4, 0, 0, 0], [0.25, 0.25, 0, 0, 0], [80, 80, 30, 30, 30], [100, 100] + [60] * 3, 0),
    ],
)
def test_ties_share_the_top(
    citations: list[int], tops: list[float], hazen: list[float], cp_in: list[float], cp_ex: int
) -> None:
    """Works tied at the border of the top have equal parts of the places that are left."""
    result = normalised_impact(made_corpus([Made(count) for count in citations]))
    assert result.column("top_10") == pytest.approx(tops)
    assert result.column("percentile") == pytest.approx(hazen)
    assert result.column("cp_in") == pytest.approx(cp_in)
    assert min(result.column("cp_ex")) == cp_ex


def test_top_of_several_places() -> None:
    """Of 30 works the top 10 % is 3: the first whole, of two that tie for the rest both whole."""
    works = [Made(count) for count in (50, 40, 40, *range(27))]
    result = normalised_impact(made_corpus(works))
    assert result.column("top_10") == pytest.approx([1, 1, 1] + [0] * 27)
    assert result.column("top_1") == pytest.approx([0.3] + [0] * 29)


def test_a_work_of_two_fields_counts_half_in_each() -> None:
    """Field a has 4 and half of 2: (4 + 1) / 1.5; field b half of 2 and 1: (1 + 1) / 1.5."""
    works = [Made(4, keywords=("a",)), Made(2, keywords=("a", "b")), Made(1, keywords=("b",))]
    result = normalised_impact(made_corpus(works), fields="author_keywords")
    a, b = 5 / 1.5, 2 / 1.5
    assert result.column("ncs") == pytest.approx([4 / a, (2 / a + 2 / b) / 2, 1 / b])
    assert result.column("expected")[1] == pytest.approx(2 / (1 / a + 1 / b))
    assert result.column("n_reference") == [1.5, 1.5, 1.5]


def test_what_is_missing_is_told() -> None:
    """A work without year, type, citations or field has no score but a reason."""
    works = [
        Made(2),
        Made(None),
        Made(2, year=None),
        Made(2, type=None),
        Made(2, source=None),
        Made(0, year=1999),
    ]
    result = normalised_impact(made_corpus(works), fields="sources")
    assert result.column("reason") == [
        None,
        "no number of citations",
        "no year",
        "no type",
        "no field",
        "no work of its reference set is cited",
    ]
    assert result.column("ncs") == [1, None, None, None, None, None]
    assert result.manifest["n_without"] == 5
    assert "fewer than 10 works" in str(result.manifest["warning"])


def test_owners() -> None:
    """Indicators of an owner are means over its works, full or by fractions."""
    works = [Made(4, authors=(0, 1)), Made(2, authors=(0,)), Made(0, authors=(1,)), Made(2)]
    corpus = made_corpus(works)
    full = {row["name"]: row for row in _rows(normalised_impact(corpus, "authors"))}
    assert full["Aston, A."]["mncs"] == pytest.approx((2 + 1 + 1) / 3)
    assert full["Baker, A."]["mncs"] == pytest.approx((2 + 0) / 2)
    fractional = normalised_impact(corpus, "authors", counting="fractional")
    assert {row["name"]: row["mncs"] for row in _rows(fractional)} == {
        "Aston, A.": pytest.approx((2 / 2 + 1 + 1) / 2.5),
        "Baker, A.": pytest.approx((2 / 2 + 0) / 1.5),
    }


def test_intervals() -> None:
    """Intervals hold the value, repeat with the seed, and are none for one work."""
    works = [Made(count, authors=(count % 2,)) for count in range(40)] + [Made(3, authors=(4,))]
    corpus = made_corpus(works)
    result = normalised_impact(corpus, "authors")
    assert result == normalised_impact(corpus, "authors")
    assert result.rows != normalised_impact(corpus, "authors", seed=1).rows
    for row in _rows(result):
        for name in ("mncs", "pp_top_10", "mean_percentile"):
            low, high = row[f"{name}_low"], row[f"{name}_high"]
            assert (low is None) == (row["n_works"] == 1)
            assert low is None or low <= row[name] <= high
    bare = normalised_impact(corpus, "authors", n_resamples=0)
    assert set(bare.column("mncs_low")) == {None}


def test_intervals_are_of_own_works() -> None:
    """Each owner's works are drawn from its own: who has equal works has no spread."""
    works = [
        Made(count, authors=(author,)) for author, count in enumerate((2, 6, 10)) for _ in "abc"
    ]
    for row in _rows(normalised_impact(made_corpus(works), "authors")):
        assert row["mncs_low"] == row["mncs_high"] == pytest.approx(row["mncs"])


def test_interval_has_the_width_of_the_mean() -> None:
    """Of many works the interval is that of the normal law: 1.96 standard errors each way."""
    counts = np.random.default_rng(3).integers(0, 30, 400)
    works = [Made(int(count), authors=(0,)) for count in counts]
    (row,) = _rows(normalised_impact(made_corpus(works), "authors", n_resamples=4000))
    error = 1.96 * counts.std() / counts.mean() / 20
    assert (row["mncs_high"] - row["mncs_low"]) / 2 == pytest.approx(error, rel=0.08)


def test_one_year_and_no_citation() -> None:
    """Where no work is cited there is no score, and no failure."""
    result = normalised_impact(made_corpus([Made(0), Made(0)]), "authors")
    assert result.column("mncs") == [None]
    assert result.column("n_scored") == [0]
    assert len(normalised_impact(nb.normalise(nb.corpus_of([])))) == 0


def test_age_normalised() -> None:
    """Citations are divided by the years since, both counted, and by the mean of the year."""
    works = [Made(4, 2018), Made(2, 2018), Made(3, 2020), Made(0, 2020), Made(5, None)]
    corpus = made_corpus(works)
    rows = {row["work_id"]: row for row in _rows(age_normalised_citations(corpus))}
    assert rows[1]["citations_per_year"] == pytest.approx(4 / 3)
    assert [rows[n]["ntc"] for n in range(1, 6)] == [4 / 3, 2 / 3, 2, 0, None]
    (owner,) = _rows(age_normalised_citations(corpus, "authors"))
    assert (owner["n_works"], owner["n_counted"], owner["citations"]) == (5, 4, 9 / 4)
    assert owner["ntc"] == pytest.approx(1)


def test_bibliometrix_takes_local_zeros_for_ones() -> None:
    """Under like="bibliometrix" a work without local citations counts as cited once."""
    works = [Made(0, 2018), Made(0, 2018), Made(0, 2019, cites=((0, 1.0),))] * 1
    works += [Made(0, 2019, cites=((0, 1.0),)), Made(0, 2019, cites=((0, 1.0),))]
    corpus = made_corpus(works)
    ours = {r["work_id"]: r["ntc"] for r in _rows(age_normalised_citations(corpus, scope="local"))}
    assert (ours[1], ours[2], ours[3]) == (2, 0, None)
    peer = age_normalised_citations(corpus, scope="local", like="bibliometrix")
    assert {row["work_id"]: row["ntc"] for row in _rows(peer)} == {1: 1.5, 2: 0.5, 3: 1, 4: 1, 5: 1}


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"of": "planets"}, "unknown owner of works 'planets'"),
        ({"fields": "planets"}, "unknown owner of works 'planets'"),
        ({"counting": "half"}, "unknown counting 'half'"),
        ({"n_resamples": -1}, "n_resamples is -1"),
        ({"scope": "lunar"}, "scope of citations"),
    ],
)
def test_bad_options(options: dict[str, Any], match: str) -> None:
    """An option that there is not is refused by name."""
    with pytest.raises(nb.BiblioError, match=match):
        normalised_impact(made_corpus([Made(1)]), **options)


def test_bad_peer() -> None:
    """A convention that there is not is refused by name."""
    with pytest.raises(nb.BiblioError, match="unknown like 'scimat'"):
        age_normalised_citations(made_corpus([Made(1)]), like="scimat")  # type: ignore[arg-type]
