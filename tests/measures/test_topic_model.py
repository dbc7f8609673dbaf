"""Themes behind the topics."""

from __future__ import annotations

import pytest

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
    step = {"step": "by hand"}
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
