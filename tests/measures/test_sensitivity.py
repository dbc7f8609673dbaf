"""How far results rest on the score of links."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

import nqp_biblio as nb
from made_corpus import Made, made_corpus
from nqp_biblio.measures.h_index import h_index
from nqp_biblio.measures.result import Result
from nqp_biblio.measures.sensitivity import cut_links, sensitivity


@pytest.fixture
def corpus() -> nb.Corpus:
    """Make a work cited by links of the scores 0.7, 0.9, 1 and none, and one cited surely."""
    cites: list[tuple[tuple[int, float | None], ...]] = [
        ((0, 0.7), (1, 1.0)),
        ((0, 0.9), (1, 1.0)),
        ((0, 1.0),),
        ((0, None),),
    ]
    return made_corpus(
        [Made(authors=(0,)), Made(authors=(1,)), *(Made(authors=(2,), cites=own) for own in cites)]
    )


local = partial(h_index, scope="local")


def test_cut_links(corpus: nb.Corpus) -> None:
    """A reference below the threshold is a cited work of its own; all others stay."""
    cut = cut_links(corpus, 0.9)
    rows = cut.sql(
        "SELECT work_id, cited_work_id, link_rule, link_score FROM cited_references"
        " ORDER BY reference_id"
    )
    assert rows[0] == (None, 3, None, None)
    assert rows[1:] == [
        (2, 2, "title", 1.0),
        (1, 1, "title", 0.9),
        (2, 2, "title", 1.0),
        (1, 1, "title", 1.0),
        (1, 1, "title", None),
    ]
    assert cut.history[-1] == {"step": "cut_links", "threshold": 0.9, "n_cut": 1}
    assert cut_links(corpus, 0).sql("SELECT COUNT(work_id) FROM cited_references") == [(6,)]


def test_values_at_each_threshold(corpus: nb.Corpus) -> None:
    """The local citations of a work fall by its doubtful links, those of the other stay."""
    result = sensitivity(corpus, local, thresholds=(1, 0.8))
    assert result.columns == (
        *("key", "column", "all", "at_0.8", "at_1", "largest_change", "relative_change"),
    )
    rows = {row[:2]: row[2:] for row in result.rows}
    assert rows[1, "citations"] == (4, 3, 2, -2, -0.5)
    assert rows[2, "citations"] == (2, 2, 2, 0, 0)
    assert rows[3, "citations"] == (0, 0, 0, 0, None)
    assert result.manifest["n_links"] == {"all": 6, "0.8": 5, "1": 4}
    changes = result.manifest["largest_changes"]
    assert isinstance(changes, dict)
    assert (changes["citations"], changes["n_works"]) == (-2, 0)


def test_measure_by_name(corpus: nb.Corpus) -> None:
    """A measure of the catalogue goes by its name; one that does not ask links stays as it is."""
    result = sensitivity(corpus, "annual-production")
    assert set(result.column("largest_change")) == {0}
    with pytest.raises(nb.BiblioError, match="unknown measure 'fame'"):
        sensitivity(corpus, "fame")


def _pairs(corpus: nb.Corpus) -> Result:
    """Give rows that two columns name, and that links bring and take away."""
    n_links = corpus.sql("SELECT COUNT(work_id) FROM cited_references")[0][0]
    rows: list[tuple[Any, ...]] = [("a", "x", 1.0, "odd", False), ("a", "y", None, "odd", True)]
    rows += [("b" if n_links == 6 else "c", "x", 2.0 if n_links == 6 else 3.0, "even", True)]
    return Result(("one", "two", "size", "kind", "is_new"), rows, {"measure": "pairs"})


def test_rows_come_and_go(corpus: nb.Corpus) -> None:
    """As many columns as needed name a row; rows of one threshold only are there all the same."""
    result = sensitivity(corpus, _pairs, thresholds=(1,))
    assert result.rows == [
        ("a", "x", "size", 1.0, 1.0, 0.0, 0.0),
        ("a", "y", "size", None, None, None, None),
        ("b", "x", "size", 2.0, None, None, None),
        ("c", "x", "size", None, 3.0, None, None),
    ]
    given = sensitivity(corpus, _pairs, thresholds=(1,), key=("two", "one"))
    assert given.rows[0][:2] == ("x", "a")


def _same(_: nb.Corpus) -> Result:
    """Give rows that nothing tells apart."""
    return Result(("name", "size"), [("a", 1), ("a", 1)], {"measure": "same"})


@pytest.mark.parametrize(
    ("measure", "options", "match"),
    [
        (local, {"thresholds": (1.5,)}, "a threshold is 1.5"),
        (_same, {}, "do not tell rows apart; give key="),
        (_pairs, {"key": ("one",)}, "do not tell rows apart"),
        (_pairs, {"key": ("three",)}, "unknown column of the result 'three'"),
    ],
)
def test_what_cannot_be_compared(
    corpus: nb.Corpus, measure: Any, options: dict[str, Any], match: str
) -> None:
    """A threshold that is no score, and rows without a name, are refused."""
    with pytest.raises(nb.BiblioError, match=match):
        sensitivity(corpus, measure, **options)


def test_real_links_have_scores(management_clean: nb.Corpus) -> None:
    """On ``management`` local citations never rise when doubtful links are cut."""
    result = sensitivity(management_clean, partial(h_index, of="sources", scope="local"))
    changes = [row for row in result.rows if row[1] == "citations"]
    assert all(row[-2] <= 0 for row in changes)
    links = result.manifest["n_links"]
    assert isinstance(links, dict)
    assert list(links.values()) == sorted(links.values(), reverse=True)
