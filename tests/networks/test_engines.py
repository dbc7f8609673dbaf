"""The networks of a corpus that Spark holds."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nqp_biblio.corpus.store import open_corpus
from nqp_biblio.networks.citation import citation_network
from nqp_biblio.networks.cocitation import cocitation_network
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

CASES: list[tuple[str, Callable[[Corpus], Network]]] = [
    ("three_papers", lambda corpus: coupling_network(corpus, of="authors")),
    ("three_papers", citation_network),
    ("variants", cocitation_network),
    ("read_whole", lambda corpus: cocitation_network(corpus, level="section")),
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


@pytest.mark.parametrize(("name", "make"), CASES)
def test_spark_gives_the_same_network(
    tmp_path: Path,
    request: pytest.FixtureRequest,
    name: str,
    make: Callable[[Corpus], Network],
) -> None:
    """Nodes, edges, weights and evidence are the same on both engines."""
    corpus = request.getfixturevalue(name)
    corpus.save(tmp_path / "corpus")
    one, two = make(corpus), make(open_corpus(tmp_path / "corpus", engine="spark"))
    assert one.labels == two.labels
    assert one.manifest == two.manifest
    for values in ("ids", "source", "target", "weight"):
        assert np.array_equal(getattr(one, values), getattr(two, values))
    ends = int(one.ids[one.source[0]]), int(one.ids[one.target[0]])
    assert one.evidence(*ends).equals(two.evidence(*ends))
