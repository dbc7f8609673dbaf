"""Concentration: Gini, Lorenz, Pareto and Price, by hand and by plain loops."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb


def _sources(*counts: int) -> nb.Corpus:
    """Make so many works in each of some sources, the n-th work cited n times."""
    names = [f"Journal {index:02}" for index, n in enumerate(counts) for _ in range(n)]
    return nb.corpus_of(
        nb.Record(title="T", source_raw=name, publication_year=2000 + n, cited_by_count=n)
        for n, name in enumerate(names)
    )


def _values(corpus: nb.Corpus, **options: Any) -> dict[str, Any]:
    return dict(nb.concentration(corpus, **options).rows)


def test_by_hand() -> None:
    """Five sources with 5, 2, 1, 1 and 1 of ten works."""
    found = _values(_sources(5, 2, 1, 1, 1), of="sources")
    # mean difference of all pairs: 2 * (3 + 3 * 4 + 3 * 1) / 25 by twice the mean, 4
    assert found["gini"] == pytest.approx(36 / 25 / 4)
    assert found["gini_corrected"] == pytest.approx(36 / 20 / 4)
    assert found["top_20_percent_share"] == 0.5
    assert found["owners_of_80_percent_share"] == pytest.approx(0.6)
    assert (found["price_root"], found["price_share"]) == (3, 0.8)
    assert found["owners_of_half"] == 1


def test_equal_shares() -> None:
    """Where all have as much, Gini is 0 and a fifth has a fifth."""
    found = _values(_sources(2, 2, 2, 2, 2), of="sources")
    assert (found["gini"], found["top_20_percent_share"]) == (0, pytest.approx(0.2))
    assert found["owners_of_half"] == 3


def test_one_owner() -> None:
    """One owner has all; nothing can be said of its spread."""
    found = _values(_sources(4), of="sources")
    assert (found["gini"], found["gini_corrected"], found["price_share"]) == (0, None, 1)


@pytest.mark.parametrize("options", [{"of": "sources"}, {"of": "works", "what": "citations"}])
def test_nothing_owned(options: dict[str, Any]) -> None:
    """Without owners, or with citations of none, the figures are None."""
    found = _values(nb.corpus_of([nb.Record(title="T", cited_by_count=0)]), **options)
    assert found.pop("n_owners") in {0, 1}
    assert found.pop("total") == 0
    assert set(found.values()) == {None}
    curve = nb.lorenz_curve(nb.corpus_of([nb.Record(title="T")]), **options)
    assert curve.rows == [(0, 0)]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 12), min_size=1, max_size=9))
def test_plain_loops(counts: list[int]) -> None:
    """Gini is half the mean difference by the mean; Price's share a plain sum."""
    corpus = _sources(*counts)
    found, n = _values(corpus, of="sources"), len(counts)
    differences = sum(abs(a - b) for a in counts for b in counts)
    assert found["gini"] == pytest.approx(differences / (2 * n * sum(counts)), abs=1e-12)
    first = sorted(counts, reverse=True)
    assert found["price_share"] == pytest.approx(
        sum(first[: math.ceil(math.sqrt(n))]) / sum(counts)
    )
    half = next(k for k in range(1, n + 1) if 2 * sum(first[:k]) >= sum(counts))
    assert found["owners_of_half"] == half
    curve = nb.lorenz_curve(corpus, of="sources")
    shares, amounts = curve.column("owners_share"), curve.column("amount_share")
    # twice the area over the curve, less 1
    area = sum(
        (shares[i + 1] - shares[i]) * (amounts[i + 1] + amounts[i]) for i in range(len(shares) - 1)
    )
    assert found["gini"] == pytest.approx(1 - area, abs=1e-12)
    assert (shares[-1], amounts[-1]) == (1, 1)


def test_fractions_add_up_to_works() -> None:
    """In fractions what authors have is the works; in full it is more."""
    ames, bell = (nb.Person(family=name, given="A.") for name in ("Ames", "Bell"))
    corpus = nb.normalise(nb.corpus_of([nb.Record(people=[ames, bell]), nb.Record(people=[ames])]))
    assert _values(corpus)["total"] == 2
    assert _values(corpus, counting="full")["total"] == 3


def test_citations() -> None:
    """Citations can be what is spread; works without count are told."""
    corpus = _sources(2, 1)
    assert _values(corpus, of="sources", what="citations")["total"] == 3
    assert _values(corpus, of="works", what="citations")["n_owners"] == 3
    lacking = nb.corpus_of([nb.Record(title="T", source_raw="A")])
    assert nb.concentration(lacking, of="sources", what="citations").manifest["n_without"] == 1


def test_as_of() -> None:
    """Later works do not count."""
    assert _values(_sources(3, 2), of="sources", as_of=2003)["total"] == 4
    assert nb.lorenz_curve(_sources(3, 2), of="sources", as_of=2003).manifest["as_of"] == 2003


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"of": "titles"}, "unknown owner 'titles'"),
        ({"of": "sources", "what": "pages"}, "unknown what 'pages'"),
        ({"of": "sources", "counting": "half"}, "unknown counting 'half'"),
        ({"of": "works"}, "works own themselves"),
        ({"of": "authors"}, "call normalise"),
    ],
)
def test_bad_options(options: dict[str, Any], match: str) -> None:
    """An option that cannot be used is refused."""
    with pytest.raises(nb.BiblioError, match=match):
        nb.concentration(_sources(1), **options)


def test_price_of_management(management_clean: nb.Corpus) -> None:
    """In management the root of all authors, 46, have 12 % of the works: far from half."""
    found = _values(management_clean)
    assert (found["price_root"], found["owners_of_half"]) == (46, 528)
    assert found["price_share"] == pytest.approx(0.1186, abs=1e-4)
