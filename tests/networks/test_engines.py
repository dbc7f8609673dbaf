"""The networks of a corpus that Spark holds."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nqp_biblio.corpus.store import open_corpus
from nqp_biblio.networks.citation import citation_network
from nqp_biblio.networks.coauthorship import coauthorship_network
from nqp_biblio.networks.cocitation import cocitation_network
from nqp_biblio.networks.cooccurrence import cooccurrence_network
from nqp_biblio.networks.coupling import coupling_network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.network import Network

pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

MAKERS: list[Callable[[Corpus], Network]] = [
    cooccurrence_network,
    coauthorship_network,
    cocitation_network,
    lambda corpus: cocitation_network(corpus, identity="author-year-source", of="authors"),
    lambda corpus: cocitation_network(corpus, level="section"),
    lambda corpus: coupling_network(corpus, of="sources"),
    citation_network,
]


@pytest.fixture(scope="module", autouse=True)
def spark_session() -> Iterator[None]:
    """Start Spark on this machine, small and silent."""
    pyspark_sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs a Java runtime")
    builder = pyspark_sql.SparkSession.builder.master("local[1]").appName("tests")
    options = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.log.level": "ERROR",
    }
    for name, value in options.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield
    session.stop()


@pytest.mark.parametrize("name", ["three_papers", "read_whole", "variants"])
def test_spark_gives_the_same_networks(
    tmp_path: Path, name: str, request: pytest.FixtureRequest
) -> None:
    """Every kind has the same nodes, edges, weights and evidence on both engines."""
    corpus = request.getfixturevalue(name)
    corpus.save(tmp_path / "corpus")
    other = open_corpus(tmp_path / "corpus", engine="spark")
    for make in MAKERS:
        one, two = make(corpus), make(other)
        assert one.labels == two.labels
        assert one.manifest == two.manifest
        for values in ("ids", "source", "target", "weight"):
            assert np.array_equal(getattr(one, values), getattr(two, values))
        if one.n_edges:
            ends = int(one.ids[one.source[0]]), int(one.ids[one.target[0]])
            assert one.evidence(*ends).equals(two.evidence(*ends))
