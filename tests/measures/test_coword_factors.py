"""Factorial maps of terms and works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.made_corpus import Made, made_corpus

from nqp_biblio.errors import OptionError, UnknownNameError
from nqp_biblio.measures.coword_factors import coword_axes, coword_factors, coword_works

if TYPE_CHECKING:
    import nqp_biblio as nb

WORKS = [
    *[Made(keywords=("a", "b"), citations=n) for n in (5, None, 9)],
    Made(keywords=("a", "b", "c"), citations=1),
    *[Made(keywords=("x", "y"), citations=7)] * 3,
    Made(keywords=("x", "y", "c"), citations=2),
    Made(keywords=("rare",)),
    Made(),
]
METHODS = ("mca", "ca", "mds")


def _table() -> np.ndarray:
    return np.array([[int(term in w.keywords) for term in "abcxy"] for w in WORKS[:8]])


@pytest.mark.parametrize("method", METHODS)
def test_two_groups(method: str) -> None:
    """Terms of the same works are near each other and in one cluster."""
    found = coword_factors(made_corpus(WORKS), method=method, n_clusters=2).frame
    clusters = found.set_index("term")["cluster"]
    assert clusters["a"] == clusters["b"] != clusters["x"]
    assert clusters["x"] == clusters["y"]
    place = found.set_index("term")["dim_1"]
    assert place["a"] * place["x"] < 0
    assert abs(place["c"]) < 1e-6
    assert found["quality"].between(0, 1 + 1e-9).all()


def test_coordinates_by_singular_values() -> None:
    """Coordinates of correspondence analysis are those of NumPy's singular values."""
    table = _table()
    shares = table / table.sum()
    row, column = shares.sum(axis=1), shares.sum(axis=0)
    residuals = (shares - np.outer(row, column)) / np.sqrt(np.outer(row, column))
    _, values, right = np.linalg.svd(residuals, full_matrices=False)
    expected = np.abs(right[0] * values[0] / np.sqrt(column))
    found = coword_factors(made_corpus(WORKS), method="ca").frame.set_index("term")
    assert found.loc[list("abcxy"), "dim_1"].abs().to_numpy() == pytest.approx(expected)
    axes = coword_axes(made_corpus(WORKS), method="ca")
    assert axes.column("inertia")[0] == pytest.approx(values[0] ** 2)
    assert axes.column("cumulative_share")[-1] == pytest.approx(1)


def test_shares_of_axes_by_hand() -> None:
    """Adjusted shares of multiple correspondence analysis are those of the formula."""
    axes = coword_axes(made_corpus(WORKS))
    roots = np.linalg.eigvalsh(np.corrcoef(_table().T))[::-1] / 5
    adjusted = np.where(roots > 1 / 5, (5 / 4) ** 2 * (roots - 1 / 5) ** 2, 0)
    n = len(axes)
    assert axes.column("inertia") == pytest.approx(roots[:n])
    assert axes.column("share_benzecri") == pytest.approx((adjusted / adjusted.sum())[:n])
    of_greenacre = adjusted / (5 / 4 * ((roots**2).sum() - 1 / 5))
    assert axes.column("share_greenacre") == pytest.approx(of_greenacre[:n])


def test_what_is_left_out_is_told() -> None:
    """Rare terms, works without the others, and terms beyond the number are counted."""
    told = coword_factors(made_corpus(WORKS), n_terms=4).manifest
    assert (told["n_too_rare"], told["n_beyond_n_terms"], told["n_without"]) == (1, 1, 1)
    assert told["n_works"] == 8


@pytest.mark.parametrize("method", ["mca", "ca"])
def test_works_of_clusters(method: str) -> None:
    """Works rank in their cluster by contribution and by citations."""
    found = coword_works(made_corpus(WORKS), method=method, n_clusters=2, top=None).frame
    assert len(found) == 8
    assert found["contribution"].sum() == pytest.approx(1)
    by_work = found.set_index("work_id")
    cluster = dict(zip(found["work_id"], found["cluster"], strict=True))
    assert cluster[1] == cluster[3] != cluster[5]
    cited = by_work.loc[[1, 2, 3, 4], "rank_by_citations"].tolist()
    assert cited[:1] + cited[2:] == [2, 1, 3]
    assert by_work["rank_by_citations"].isna().tolist().count(True) == 1
    assert by_work.loc[3, "title"] == "Work 3"
    few = coword_works(made_corpus(WORKS), method=method, n_clusters=2, top=1).frame
    assert set(few["work_id"]) < set(found["work_id"])
    assert 3 in set(few["work_id"])


def test_like_bibliometrix() -> None:
    """Its clusters are cut by heights, and its scaling goes by association strength."""
    told = coword_factors(made_corpus(WORKS), method="mds", like="bibliometrix").manifest
    assert told["distance"] == "1 - association strength"
    assert told["clustering"] == "average"
    assert told["max_clusters"] == 5
    assert len(coword_works(made_corpus(WORKS), like="bibliometrix")) == 8


LITTLE: list[tuple[str, list[Made]]] = [
    ("no works", []),
    ("no keywords", [Made(), Made()]),
    ("one work", [Made(keywords=("a", "b"))]),
    ("one term", [Made(keywords=("a",))] * 3),
    ("two terms", [Made(keywords=("a",)), Made(keywords=("b",)), Made(keywords=("a", "b"))]),
    ("all alike", [Made(keywords=("a", "b"))] * 3),
]


@pytest.mark.parametrize("works", [case[1] for case in LITTLE], ids=[case[0] for case in LITTLE])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("least", [1, 2])
def test_where_there_is_little(works: list[Made], method: str, least: int) -> None:
    """A corpus with little has a map of what there is, or an empty one that says why."""
    corpus = made_corpus(works)
    options: dict[str, Any] = {"method": method, "min_occurrences": least}
    found = coword_factors(corpus, **options)
    assert np.isfinite(found.frame[["dim_1", "dim_2", "contribution"]].to_numpy(float)).all()
    assert ("warning" in found.manifest) == (len(found) == 0)
    assert len(coword_axes(corpus, **options)) < max(len(found), 1) + 1
    if method != "mds":
        works_of_map = coword_works(corpus, **options)
        assert 0 not in works_of_map.column("cluster")
        assert bool(len(works_of_map)) == bool(len(found))


def test_as_of() -> None:
    """Later works do not count."""
    works = [Made(keywords=("a", "b"), year=2001)] * 2 + [Made(keywords=("c",), year=2005)] * 2
    found = coword_factors(made_corpus(works), method="ca", as_of=2003)
    assert sorted(found.column("term")) == ["a", "b"]


@pytest.mark.parametrize(
    ("options", "kind", "match"),
    [
        ({"method": "pca"}, UnknownNameError, "method"),
        ({"like": "scimat"}, UnknownNameError, "like"),
        ({"n_terms": 0}, OptionError, "n_terms is 0"),
        ({"min_occurrences": 0}, OptionError, "min_occurrences is 0"),
        ({"similarity": "jaccard"}, OptionError, "goes with method 'mds'"),
        ({"method": "mds", "similarity": "association-strength"}, UnknownNameError, "similarity"),
        ({"clustering": "single"}, UnknownNameError, "clustering"),
        ({"of": "letters"}, UnknownNameError, "kind of term"),
    ],
)
def test_wrong_options(options: dict[str, Any], kind: type[Exception], match: str) -> None:
    """A wrong option is named."""
    with pytest.raises(kind, match=match):
        coword_factors(made_corpus(WORKS), **options)


def test_works_need_axes_of_works() -> None:
    """Scaling places no works, and a number below 1 lists none."""
    with pytest.raises(OptionError, match="places terms alone"):
        coword_works(made_corpus(WORKS), method="mds")
    with pytest.raises(OptionError, match="top is 0"):
        coword_works(made_corpus(WORKS), top=0)


def test_real_works(management_clean: nb.Corpus) -> None:
    """On ``management`` the axes of both ways add up, and contributions too."""
    axes = coword_axes(management_clean, of="index_keywords", n_terms=60)
    assert axes.column("cumulative_share")[-1] == pytest.approx(1)
    works = coword_works(management_clean, of="index_keywords", n_terms=60, top=None)
    assert sum(works.column("contribution")) == pytest.approx(1)
