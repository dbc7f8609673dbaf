"""Disruption and its variants."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb
from nqp_biblio.measures.disruption import disruption

# the example of the README of cdindex (Funk & Owen-Smith 2017)
YEARS = {
    "0Z": 1992, "1Z": 1992, "2Z": 1993, "3Z": 1993, "4Z": 1995, "5Z": 1997, "6Z": 1998,
    "7Z": 1999, "8Z": 1999, "9Z": 1998, "10Z": 1997,
}  # fmt: skip
EDGES = {
    ("4Z", "2Z"), ("4Z", "0Z"), ("4Z", "1Z"), ("4Z", "3Z"), ("5Z", "2Z"), ("6Z", "2Z"),
    ("6Z", "4Z"), ("7Z", "4Z"), ("8Z", "4Z"), ("9Z", "4Z"), ("9Z", "1Z"), ("9Z", "3Z"),
    ("10Z", "4Z"),
}  # fmt: skip
Graph = tuple[dict[str, int | None], set[tuple[str, str]]]


def _doi(name: str) -> str:
    return f"10.1016/j.joi.2020.{name.lower()}"


def _corpus(years: dict[str, int | None], edges: set[tuple[str, str]]) -> nb.Corpus:
    """Make works that cite each other; names without a year entry are outside the corpus."""
    return nb.link_references(
        nb.corpus_of(
            nb.Record(
                title=name,
                publication_year=year,
                doi=_doi(name),
                cited_references=[
                    nb.CitedReference(raw=_doi(cited), doi=_doi(cited))
                    for citing, cited in sorted(edges)
                    if citing == name
                ],
            )
            for name, year in years.items()
        )
    )


def _named(found: nb.Result, column: str) -> dict[str, Any]:
    return dict(zip(found.column("title"), found.column(column), strict=True))


@pytest.fixture(scope="module", params=["all", "corpus"])
def published(request: pytest.FixtureRequest) -> nb.Result:
    """Give the indices of the published graph; it has no works outside."""
    return disruption(_corpus(dict(YEARS), EDGES), references=request.param)


def test_the_published_graph(published: nb.Result) -> None:
    """CD, mCD and I are those that cdindex gives of the graph in its README."""
    cd, mcd, i = (_named(published, name) for name in ("cd", "mcd", "i"))
    assert cd["4Z"] == pytest.approx(1 / 6)
    assert mcd["4Z"] == pytest.approx(0.8333, abs=5e-5)
    assert i["4Z"] == 5
    assert [(cd[name], mcd[name]) for name in ("0Z", "1Z", "2Z", "3Z")] == [
        (1, 1),
        (1, 1),
        (1, 3),
        (1, 2),
    ]
    assert [cd[name] for name in ("5Z", "6Z", "9Z", "10Z")] == [0, 0, 0, 0]
    assert (cd["7Z"], cd["8Z"]) == (None, None)


def test_counts_behind_it(published: nb.Result) -> None:
    """4Z is cited alone by three, with its references by two; one cites these alone."""
    row = published.frame.set_index("title").loc["4Z"]
    assert [row[name] for name in ("n_references", "n_i", "n_j", "n_k")] == [4, 3, 2, 1]
    # of the two that cite both one shares one reference, the other two
    assert row["dep"] == pytest.approx(3 / 5)
    assert row["di5"] == pytest.approx(3 / 4)
    assert published.manifest["share_linked"] == 1
    assert "warning" not in published.manifest


def test_window() -> None:
    """Citations count up to the last year of the window, never those of the same year."""
    years: dict[str, int | None] = {"a": 2000, "b": 2000, "c": 2003, "d": 2004}
    corpus = _corpus(years, {("b", "a"), ("c", "a"), ("d", "a")})
    assert _named(disruption(corpus, window=3), "i")["a"] == 1
    assert _named(disruption(corpus, window=4), "i")["a"] == 2
    assert _named(disruption(corpus, window=None), "i")["a"] == 2
    assert _named(disruption(corpus, window=None, as_of=2003), "i")["a"] == 1


def test_references_outside() -> None:
    """Who shares a reference that lies outside the corpus builds on it too."""
    years: dict[str, int | None] = {"a": 2000, "b": 2001}
    corpus = _corpus(years, {("a", "old"), ("b", "a"), ("b", "old")})
    assert _named(disruption(corpus), "cd")["a"] == -1
    assert _named(disruption(corpus, references="corpus"), "cd")["a"] == 1


def test_few_references() -> None:
    """Works with too few references get no index; their citing works are still counted."""
    found = disruption(_corpus({"a": 2000, "b": 2001}, {("b", "a")}), min_references=1)
    assert (_named(found, "cd")["a"], _named(found, "i")["a"]) == (None, 1)
    assert found.manifest["n_without_references"] == 1


def test_warning() -> None:
    """A corpus whose references lead out of it is said to be unfit."""
    years: dict[str, int | None] = {"a": 2000, "b": 2001}
    found = disruption(_corpus(years, {("b", "a"), ("b", "x"), ("a", "x"), ("a", "y")}))
    assert found.manifest["share_linked"] == 0.25
    assert "only 25% of the references" in str(found.manifest["warning"])
    without = disruption(_corpus(years, set()))
    assert "no work has a list of references" in str(without.manifest["warning"])
    assert without.column("cd") == [None, None]


def test_real_files(shared_data: Any) -> None:
    """Of real exports by keyword few references are linked, and the manifest says so."""
    path = shared_data / "formats" / "bibtex" / "pybibx-scopus.bib"
    found = disruption(nb.link_references(nb.normalise(nb.read(path))))
    assert str(found.manifest["warning"]).startswith("only 11%")


@pytest.mark.parametrize("years", [{}, {"a": 2000}, {"a": None, "b": None}])
def test_nothing(years: dict[str, int | None]) -> None:
    """No works, one work, no years: no index."""
    found = disruption(_corpus(years, {("b", "a")} if len(years) > 1 else set()))
    assert found.column("cd") == [None] * len(years)
    assert found.column("i") == [None if year is None else 0 for year in years.values()]


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"window": 0}, "window is 0"),
        ({"references": "some"}, "unknown kind of references"),
        ({"min_shared": 0}, "min_shared"),
        ({"min_references": -1}, "min_references"),
    ],
)
def test_bad_options(options: dict[str, Any], match: str) -> None:
    """An option that cannot be is refused."""
    with pytest.raises(nb.BiblioError, match=match):
        disruption(_corpus({}, set()), **options)


NAMES = [*"abcdefgh", "x", "y"]  # x and y are outside


@st.composite
def _graphs(draw: st.DrawFn) -> Graph:
    years = {name: draw(st.sampled_from([None, *range(2000, 2006)])) for name in NAMES[:8]}
    pairs = st.tuples(st.sampled_from(NAMES[:8]), st.sampled_from(NAMES))
    return years, draw(st.sets(pairs, max_size=30))


@settings(max_examples=40, deadline=None)
@given(_graphs(), st.sampled_from([None, 1, 3]), st.sampled_from(["all", "corpus"]))
def test_counted_by_hand(graph: Graph, window: int | None, references: Any) -> None:
    """Counts are those of sets of citing works, work by work."""
    years, edges = graph
    edges = {(a, b) for a, b in edges if a != b and years[a] is not None}
    kept = {(a, b) for a, b in edges if references == "all" or b in years}
    found = disruption(_corpus(years, edges), window=window, references=references, min_shared=2)
    for values in found.rows:
        row = SimpleNamespace(**dict(zip(found.columns, values, strict=True)))
        year = years[row.title]
        if year is None:
            continue
        behind = year + window if window else 9999
        cites = {
            name: {b for a, b in kept if a == name}
            for name, own in years.items()
            if own is not None and year < own <= behind
        }
        mine = {b for a, b in kept if a == row.title}
        both = [own & mine for own in cites.values() if row.title in own]
        n_j, strong = sum(map(bool, both)), sum(len(one) >= 2 for one in both)
        n_i = len(both) - n_j
        n_k = sum(row.title not in own and bool(own & mine) for own in cites.values())
        assert (row.n_references, row.n_i, row.n_j, row.n_k) == (len(mine), n_i, n_j, n_k)
        if n_i + strong + n_k:
            assert row.di2 == pytest.approx((n_i - strong) / (n_i + strong + n_k))
        if both:
            assert row.dep == pytest.approx(sum(map(len, both)) / len(both))
            assert row.mcd == pytest.approx(row.cd * len(both))
