"""Themes behind the topics."""

from __future__ import annotations

from typing import Any

import pytest
from tests.made_corpus import Made, made_corpus

import nqp_biblio as nb
from nqp_biblio.errors import MissingExtraError, OptionError

pytest.importorskip("sklearn")


def _corpus() -> nb.Corpus:
    """Eight works, half of them with terms of one theme, half with those of another."""
    corpus = nb.corpus_of([nb.Record(title=f"work {number}") for number in range(1, 9)])
    rows = [
        (work, position, term)
        for work in range(1, 9)
        for position, term in enumerate(
            ("citation", "co-citation", "map") if work <= 5 else ("soil", "water", "crop"), 1
        )
    ]
    works, positions, terms = zip(*rows, strict=True)
    columns = {"work_id": works, "kind": ["topic"] * len(rows), "position": positions}
    step: dict[str, object] = {"step": "by hand"}
    return corpus.replace(step=step, terms={**columns, "term": terms, "term_raw": terms})


def test_two_themes_are_told_apart() -> None:
    """Terms that stand together make a theme; the theme of the most works comes first."""
    result = nb.topic_model(_corpus(), n_themes=2)
    themes: dict[int, set[str]] = {}
    for theme, _, _, term, _ in result.rows:
        themes.setdefault(theme, set()).add(term)
    assert themes == {1: {"citation", "co-citation", "map"}, 2: {"soil", "water", "crop"}}
    assert {row[0]: row[1] for row in result.rows} == {1: 5, 2: 3}


def test_the_same_seed_gives_the_same_themes() -> None:
    """A run can be repeated."""
    assert nb.topic_model(_corpus(), seed=3).rows == nb.topic_model(_corpus(), seed=3).rows


def test_no_topics_is_said() -> None:
    """A corpus without topics gets an error that says what would do."""
    with pytest.raises(OptionError, match="find_topics"):
        nb.topic_model(nb.corpus_of([nb.Record(title="one")]))


@pytest.mark.parametrize(("n_themes", "n_terms"), [(0, 5), (5, 0)])
def test_numbers_below_one_are_refused(n_themes: int, n_terms: int) -> None:
    """A number that makes no sense is named."""
    with pytest.raises(OptionError, match="above 0"):
        nb.topic_model(_corpus(), n_themes=n_themes, n_terms=n_terms)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without scikit-learn, the extra that brings it is named."""
    monkeypatch.setitem(__import__("sys").modules, "sklearn.decomposition", None)
    with pytest.raises(MissingExtraError, match=r"nqp-biblio\[text\]"):
        nb.topic_model(_corpus())


@pytest.mark.parametrize("method", ["nmf", "lda"])
def test_both_ways(method: str) -> None:
    """Factorisation and allocation find the two groups, from other terms as well."""
    works = [Made(keywords=("a", "b", "c"))] * 6 + [Made(keywords=("x", "y", "z"))] * 4
    result = nb.topic_model(
        made_corpus(works), of="author_keywords", n_themes=2, n_terms=3, method=method
    )
    first = {row[3] for row in result.rows if row[0] == 1}
    assert first == {"a", "b", "c"}
    assert [row[1] for row in result.rows if row[2] == 1] == [6, 4]
    assert isinstance(result.manifest["coherence"], dict)
    assert result.manifest["coherence"]["mean"] == 1.0 or method == "lda"


def test_the_best_number_of_themes() -> None:
    """The number of the most coherent themes is told."""
    groups = ("abc", "xyz", "pqr")
    works = [Made(keywords=tuple(group)) for group in groups for _ in range(5)]
    found = nb.topic_coherence(made_corpus(works), of="author_keywords", last=6, n_terms=3)
    assert found.column("n_themes") == [2, 3, 4, 5, 6]
    means = found.column("coherence")
    assert means[:2] == [1.0, 1.0]
    assert found.manifest["best"] == 2  # of equal ones the fewest
    assert found.column("is_best") == [True, False, False, False, False]
    assert all(row[2] <= row[1] <= row[3] for row in found.rows)
    one = nb.topic_coherence(made_corpus(works[:1]), of="author_keywords")
    assert [row[0] for row in one.rows] == [1]


def test_coherence_where_themes_have_one_term() -> None:
    """Without two terms in a theme there is no coherence, and no best number."""
    found = nb.topic_coherence(made_corpus([Made(keywords=("a",))] * 3), of="author_keywords")
    assert found.rows == [(1, None, None, None, False)]
    assert found.manifest["best"] is None


def test_as_of() -> None:
    """Later works do not count."""
    works = [Made(keywords=("a", "b"), year=2001)] * 3 + [Made(keywords=("c", "d"), year=2009)] * 3
    result = nb.topic_model(made_corpus(works), of="author_keywords", as_of=2005)
    assert set(result.column("term")) == {"a", "b"}


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"method": "bert"}, "unknown method"),
        ({"coherence": "cv"}, "unknown coherence"),
        ({"of": "author_keywords"}, "no author keywords"),
    ],
)
def test_wrong_options(options: dict[str, Any], match: str) -> None:
    """A way that there is not, and terms that there are not, are named."""
    for measure in (nb.topic_model, nb.topic_coherence):
        with pytest.raises(OptionError, match=match):
            measure(_corpus(), **options)
    with pytest.raises(OptionError, match="first is 3, last 2"):
        nb.topic_coherence(_corpus(), first=3, last=2)
