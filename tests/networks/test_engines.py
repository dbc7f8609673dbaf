"""The networks of a corpus that Spark holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import nqp_biblio as nb
from unit_cases import CASES, works

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = [
    pytest.mark.spark,
    pytest.mark.usefixtures("spark_session"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

OTHERS: list[tuple[str, Callable[[nb.Corpus], nb.Network]]] = [
    ("variants", nb.cocitation_network),
    ("read_whole", lambda corpus: nb.cocitation_network(corpus, level="section")),
]
ALIKE: list[tuple[str, str]] = [("coupling", "works"), ("coauthorship", "countries")]


@pytest.fixture(scope="module")
def corpus() -> nb.Corpus:
    """Give three works with addresses, of which one cites another."""
    return nb.find_places(nb.corpus_of(works()))


@pytest.fixture(scope="module")
def on_spark(corpus: nb.Corpus, tmp_path_factory: pytest.TempPathFactory) -> nb.Corpus:
    """Open the same corpus in Spark."""
    folder = tmp_path_factory.mktemp("spark") / "corpus"
    corpus.save(folder)
    return nb.open(folder, engine="spark")


def _is_same(one: nb.Network, two: nb.Network) -> None:
    assert one.labels == two.labels
    assert one.manifest == two.manifest
    for values in ("ids", "source", "target", "weight"):
        assert np.array_equal(getattr(one, values), getattr(two, values))
    assert one.nodes.equals(two.nodes)


@pytest.mark.parametrize(("kind", "of"), CASES)
def test_every_kind_and_unit(corpus: nb.Corpus, on_spark: nb.Corpus, kind: str, of: str) -> None:
    """Nodes, edges, weights and manifest are the same on both engines."""
    _is_same(nb.network_of(corpus, kind, of=of), nb.network_of(on_spark, kind, of=of))


@pytest.mark.parametrize(("kind", "of"), ALIKE)
def test_as_bibliometrix(corpus: nb.Corpus, on_spark: nb.Corpus, kind: str, of: str) -> None:
    """What is read off printed strings is the same too."""
    options = {"of": of, "like": "bibliometrix"}
    _is_same(nb.network_of(corpus, kind, **options), nb.network_of(on_spark, kind, **options))


def test_of_some_years(corpus: nb.Corpus, on_spark: nb.Corpus) -> None:
    """Years and thresholds cut alike."""
    options = {"years": (2000, 2010), "min_occurrences": 2}
    _is_same(
        nb.network_of(corpus, "cocitation", **options),
        nb.network_of(on_spark, "cocitation", **options),
    )


@pytest.mark.parametrize(("name", "make"), OTHERS)
def test_evidence(
    tmp_path: Path,
    request: pytest.FixtureRequest,
    name: str,
    make: Callable[[nb.Corpus], nb.Network],
) -> None:
    """The works behind an edge are the same on both engines."""
    corpus = request.getfixturevalue(name)
    corpus.save(tmp_path / "corpus")
    one, two = make(corpus), make(nb.open(tmp_path / "corpus", engine="spark"))
    _is_same(one, two)
    ends = int(one.ids[one.source[0]]), int(one.ids[one.target[0]])
    assert one.evidence(*ends).equals(two.evidence(*ends))
