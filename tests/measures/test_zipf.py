"""Zipf's law of terms."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nqp_biblio as nb


def _corpus(*counts: int) -> nb.Corpus:
    """Make works such that the terms a, b, c, … are in so many of them."""
    works: list[list[tuple[str, str]]] = [[] for _ in range(max(counts, default=1))]
    for index, n in enumerate(counts):
        for work in works[:n]:
            work.append(("author_keyword", f"term {index:03}"))
    return nb.corpus_of(
        nb.Record(title="T", publication_year=2000 + number, keywords=keywords)
        for number, keywords in enumerate(works)
    )


def _likelihood(counts: list[int], s: float, q: float) -> float:
    weights = [(rank + q) ** -s for rank in range(1, len(counts) + 1)]
    return sum(n * math.log(w / sum(weights)) for n, w in zip(counts, weights, strict=True))


counted = st.lists(st.integers(1, 15), min_size=3, max_size=10).filter(lambda x: len(set(x)) > 1)


@settings(max_examples=20, deadline=None)
@given(counted)
def test_no_exponent_is_likelier(counts: list[int]) -> None:
    """No exponent beside the fitted one is likelier, by a plain sum over ranks."""
    counts.sort(reverse=True)
    manifest = nb.zipf(_corpus(*counts)).manifest
    s = float(str(manifest["exponent"]))
    best = _likelihood(counts, s, 0)
    assert manifest["log_likelihood"] == pytest.approx(best)
    assert best >= max(_likelihood(counts, s + step, 0) for step in (-0.01, 0.01)) - 1e-6


def test_a_known_law_is_found() -> None:
    """Terms that follow a law give its exponent again, with its error."""
    counts = [round(400 * rank**-0.8) for rank in range(1, 60)]
    manifest = nb.zipf(_corpus(*counts)).manifest
    assert manifest["exponent"] == pytest.approx(0.8, abs=0.01)
    n, logs = sum(counts), np.log(np.arange(1, 60))
    shares = np.exp(-0.8 * logs) / np.exp(-0.8 * logs).sum()
    spread = shares @ logs**2 - (shares @ logs) ** 2
    assert manifest["standard_errors"] == pytest.approx([1 / math.sqrt(n * spread)], rel=0.02)


def test_mandelbrot_shifts() -> None:
    """Mandelbrot's law finds the shift of its ranks, and is the better by its criterion."""
    corpus = _corpus(*[round(6000 * (rank + 8) ** -1.3) for rank in range(1, 80)])
    shifted, plain = (nb.zipf(corpus, model=model).manifest for model in MODELS)
    assert shifted["exponent"] == pytest.approx(1.3, abs=0.05)
    assert shifted["shift"] == pytest.approx(8, abs=1)
    assert float(str(shifted["aic"])) < float(str(plain["aic"]))
    assert plain["shift"] == 0


MODELS: tuple[Any, ...] = ("mandelbrot", "zipf")


def test_ranks() -> None:
    """Terms stand by works, then by name, and what is expected adds up to all occurrences."""
    result = nb.zipf(_corpus(1, 3, 1))
    assert [row[:3] for row in result.rows] == [
        (1, "term 001", 3),
        (2, "term 000", 1),
        (3, "term 002", 1),
    ]
    assert sum(result.column("expected")) == pytest.approx(5)


@pytest.mark.parametrize("counts", [(), (4,), (4, 2), (2, 2, 2, 2)])
@pytest.mark.parametrize("model", MODELS)
def test_too_little_has_no_law(counts: tuple[int, ...], model: Any) -> None:
    """Fewer than three terms, or all in as many works, give no exponent but the reason."""
    result = nb.zipf(_corpus(*counts), model=model)
    assert result.manifest["exponent"] is None
    assert "three terms" in str(result.manifest["reason"])
    assert len(result) == len(counts)


@pytest.mark.parametrize(
    ("options", "match"),
    [({"of": "titles"}, "unknown terms 'titles'"), ({"model": "pareto"}, "unknown model 'pareto'")],
)
def test_unknown_options(options: dict[str, Any], match: str) -> None:
    """An option that is none is refused."""
    with pytest.raises(nb.BiblioError, match=match):
        nb.zipf(_corpus(1), **options)


def test_as_of() -> None:
    """Terms of later works do not count."""
    assert nb.zipf(_corpus(5, 3, 1), as_of=2001).column("n_works") == [2, 2, 1]


def test_terms_of_management(management_corpus: nb.Corpus) -> None:
    """All keywords of management are ranked: 2,243 of authors, 1,918 of the index."""
    sizes = [len(nb.zipf(management_corpus, of=of)) for of in ("author_keywords", "index_keywords")]
    assert sizes == [2243, 1918]
