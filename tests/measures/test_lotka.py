"""Lotka's law: authors by their number of works."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

import nqp_biblio as nb


def _corpus(*works: str) -> nb.Corpus:
    """Make works of authors, each a letter."""
    return nb.normalise(
        nb.corpus_of(
            nb.Record(
                title=f"Title {number}",
                publication_year=2000 + number,
                people=[nb.Person(family=f"Author{letter}", given="A.") for letter in authors],
            )
            for number, authors in enumerate(works)
        )
    )


WORKS = ("ab", "a", "ac", "d", "e", "fg", "b", "hij")
"""Ten authors: a of three works, b of two, eight of one."""


def test_counts() -> None:
    """The table counts authors by their works, and sets the law beside it."""
    result = nb.lotka(_corpus(*WORKS))
    assert [row[:3] for row in result.rows] == [(1, 8, 0.8), (2, 1, 0.1), (3, 1, 0.1)]
    assert result.column("expected") == pytest.approx(
        [10 * s for s in result.column("expected_share")]
    )
    assert result.column("expected_share")[0] == pytest.approx(result.manifest["constant"])


def test_same_seed_same_p() -> None:
    """The same seed gives the same p, and without samples there is none."""
    corpus = _corpus(*WORKS)
    first, again = (nb.lotka(corpus, n_bootstrap=50, seed=7) for _ in range(2))
    assert first == again
    assert nb.lotka(corpus, n_bootstrap=0).manifest["p"] is None


def test_pao_constant_is_that_of_zeta() -> None:
    """Pao's sum of twenty terms is the exact constant to six digits."""
    manifest = nb.lotka(_corpus(*WORKS)).manifest
    assert manifest["constant_pao"] == pytest.approx(manifest["constant"], rel=1e-5)


def test_from_two_works_on() -> None:
    """Authors of fewer works than the least have no expectation, and there is no constant."""
    result = nb.lotka(_corpus(*WORKS), x_min=2)
    assert result.column("expected")[0] is None
    assert result.manifest["constant"] is None
    assert result.manifest["n_fitted"] == 2
    assert sum(result.column("expected")[1:]) < 2


def test_best_least_number() -> None:
    """The least number can be chosen; few authors leave the one there is."""
    manifest = nb.lotka(_corpus(*WORKS), x_min="best", n_bootstrap=20).manifest
    assert (manifest["x_min"], manifest["x_min_rule"]) == (1, "least distance")


@pytest.mark.parametrize("works", [(), ("a",), ("ab", "cd")])
@pytest.mark.parametrize("like", [None, "bibliometrix"])
def test_all_alike_has_no_exponent(works: tuple[str, ...], like: Any) -> None:
    """Where all authors have one work, or there are none, the reason stands for the law."""
    result = nb.lotka(_corpus(*works), like=like)
    assert result.manifest["exponent"] is None
    assert "two different numbers of works" in str(result.manifest["reason"])
    assert result.column("n_authors") == ([len("".join(works))] if works else [])


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"like": "excel"}, "unknown like 'excel'"),
        ({"x_min": 0}, "x_min is 0"),
        ({"x_min": "worst"}, "x_min is 'worst'"),
        ({"n_bootstrap": -1}, "n_bootstrap is -1"),
    ],
)
def test_bad_options(options: dict[str, Any], match: str) -> None:
    """An option out of range is refused."""
    with pytest.raises(nb.BiblioError, match=match):
        nb.lotka(_corpus(*WORKS), **options)


def test_authors_must_be_known() -> None:
    """Before authors are known there is no law of them."""
    with pytest.raises(nb.BiblioError, match="call normalise"):
        nb.lotka(nb.corpus_of([nb.Record(title="T")]))


def test_as_of() -> None:
    """Later works do not count."""
    result = nb.lotka(_corpus(*WORKS), as_of=2000)
    assert [row[:2] for row in result.rows] == [(1, 2)]


OBSERVED = {1: 1763, 2: 210, 3: 64, 4: 15, 5: 6, 6: 10}


def test_published_fit(management_corpus: nb.Corpus) -> None:
    """Least squares on management: beta 2.5262915, C .36985371, R2 .89691057, as bibliometrix."""
    result = nb.lotka(management_corpus, like="bibliometrix")
    manifest = result.manifest
    assert manifest["exponent"] == pytest.approx(2.5262915, abs=5e-8)
    assert manifest["constant"] == pytest.approx(0.36985371, abs=5e-9)
    assert manifest["r_squared"] == pytest.approx(0.89691057, abs=5e-9)
    assert dict(row[:2] for row in result.rows[:6]) == OBSERVED


def test_likelihood_of_the_same_set(management_clean: nb.Corpus) -> None:
    """By likelihood the exponent is 3.16: least squares lean on the few of many works.

    The line has 0.37 of the authors with one work, where 0.85 have one; the law fitted by
    likelihood has 0.85, and p does not speak against it.
    """
    manifest = nb.lotka(management_clean).manifest
    assert manifest["exponent"] == pytest.approx(3.161, abs=0.001)
    assert manifest["standard_error"] == pytest.approx(0.0585, abs=0.0001)
    assert manifest["constant"] == pytest.approx(0.852, abs=0.001)
    assert manifest["p"] == pytest.approx(0.2, abs=0.05)


def test_counts_are_those_of_plain_loops(management_clean: nb.Corpus) -> None:
    """The table is that of counting the works of each author one by one."""
    pairs = set(
        management_clean.sql(
            "SELECT work_id, author_id FROM authorships WHERE role = 'author'"
            " AND author_id IS NOT NULL"
        )
    )
    works = Counter(author for _, author in pairs)
    expected = sorted(Counter(works.values()).items())
    result = nb.lotka(management_clean, n_bootstrap=0)
    assert [row[:2] for row in result.rows] == expected
