"""Spark: the same corpus over a cluster gives the same answers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.corpus.store import open_corpus
from nqp_biblio.errors import MissingExtraError
from nqp_biblio.schema import TABLES, Column, Table

if TYPE_CHECKING:
    from pathlib import Path

    from nqp_biblio.corpus.corpus import Corpus

pytestmark = [
    pytest.mark.spark,
    pytest.mark.usefixtures("spark_session"),
    # pyspark says so of its own use of pandas
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
STEP: dict[str, object] = {"step": "test"}

QUERIES = [
    "SELECT COUNT(*) FROM works",
    "SELECT work_id, title, publication_year, et_al, confidence FROM works ORDER BY work_id",
    "SELECT role, COUNT(*) AS n, MIN(publication_year) FROM works GROUP BY role ORDER BY role",
    (
        "SELECT a.family, w.title FROM authorships a JOIN works w ON a.work_id = w.work_id"
        " WHERE a.role = 'author' ORDER BY w.work_id, a.position"
    ),
    (
        "SELECT w.work_id, COALESCE(s.display_name, 'none') FROM works w"
        " LEFT JOIN sources s ON s.source_id = w.source_id ORDER BY 1"
    ),
    (
        "SELECT work_id, ROW_NUMBER() OVER (PARTITION BY role ORDER BY work_id DESC) FROM works"
        " ORDER BY 1"
    ),
    (
        "SELECT citing_work_id, COUNT(*) AS n FROM mentions GROUP BY citing_work_id"
        " HAVING COUNT(*) > 1 ORDER BY 1"
    ),
    "SELECT CAST(COUNT(*) AS DOUBLE) / CAST(4 AS DOUBLE) FROM works",
    (
        "SELECT work_id, CASE WHEN publication_year IS NULL THEN 'no year' ELSE 'dated' END"
        " FROM works ORDER BY 1"
    ),
    "SELECT LOWER(title), LENGTH(title) FROM works WHERE title LIKE '%whole%'",
    (
        "WITH dated AS (SELECT * FROM works WHERE publication_year IS NOT NULL)"
        " SELECT work_id FROM dated EXCEPT SELECT 1 ORDER BY 1"
    ),
    (
        "SELECT a.work_id, b.work_id, COUNT(*) FROM terms a JOIN terms b"
        " ON a.work_id = b.work_id AND a.term < b.term GROUP BY 1, 2 ORDER BY 1, 2"
    ),
    "SELECT work_id FROM works WHERE 1 = 0",
]


@pytest.fixture(scope="module")
def on_spark(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Open the corpus of these tests in Spark."""
    folder = tmp_path_factory.mktemp("spark") / "it's saved"
    corpus.save(folder)
    return open_corpus(folder, engine="spark")


@pytest.mark.parametrize("query", QUERIES)
def test_same_answers(corpus: Corpus, on_spark: Corpus, query: str) -> None:
    """A question in the common words of SQL has one answer on both engines."""
    assert on_spark.engine == "spark"
    assert on_spark.sql(query) == corpus.sql(query)


def test_same_tables(corpus: Corpus, on_spark: Corpus) -> None:
    """Each table comes as the same pandas table, columns of the same kind."""
    for name in TABLES:
        ours, theirs = getattr(corpus, name), getattr(on_spark, name)
        assert ours.dtypes.astype(str).to_dict() == theirs.dtypes.astype(str).to_dict(), name
        assert ours.equals(theirs), name


def test_same_columns(corpus: Corpus, on_spark: Corpus) -> None:
    """Columns are arrays where nothing is missing, and lists else, on both."""
    query = "SELECT work_id, publication_year, title, confidence FROM works ORDER BY work_id"
    ours, theirs = corpus.columns(query), on_spark.columns(query)
    assert list(ours) == list(theirs)
    for name, values in ours.items():
        assert type(values) is type(theirs[name]), name
        assert list(values) == list(theirs[name]), name


def test_given_tables(corpus: Corpus, on_spark: Corpus) -> None:
    """A query may ask tables of its own, which are gone afterwards."""
    marked = Table("marked", "a work", (Column("id", "BIGINT", "work"),), ("id",))
    query = "SELECT w.* FROM works w JOIN marked m ON m.id = w.work_id"
    for start in (corpus, on_spark):
        found = start.derive({marked: {"id": [2, 99]}}, works=query)
        assert found.sql("SELECT work_id FROM works") == [(2,)]
        with pytest.raises(Exception, match="marked"):
            found.sql("SELECT id FROM marked")


def test_parameters(corpus: Corpus, on_spark: Corpus) -> None:
    """Parameters are bound, not put into the text."""
    query = "SELECT work_id FROM works WHERE title = ? OR publication_year = ? ORDER BY 1"
    for values in (("Bare", 2024), ("x' OR '1' = '1", 1)):
        assert on_spark.sql(query, values) == corpus.sql(query, values)


def test_same_records(corpus: Corpus, on_spark: Corpus) -> None:
    """The records that come out are the same."""
    assert list(on_spark.records()) == list(corpus.records())


def test_steps(corpus: Corpus, on_spark: Corpus) -> None:
    """Filtering, deriving and replacing give the same, and leave the old corpus alone."""

    def steps(start: Corpus) -> list[Corpus]:
        filtered = start.filter("role = 'reference'")
        derived = filtered.derive(step=STEP, fields="SELECT * FROM fields WHERE position = 1")
        columns: dict[str, Any] = {
            "source_id": np.array([1]),
            "display_name": ["A"],
            "n_works": [None],
        }
        return [filtered, derived, derived.replace(step=STEP, sources=columns)]

    for ours, theirs in zip(steps(corpus), steps(on_spark), strict=True):
        assert ours.history == theirs.history
        for name in TABLES:
            assert getattr(ours, name).equals(getattr(theirs, name)), name
    assert len(on_spark) == 5


def test_two_corpora_side_by_side(on_spark: Corpus, tmp_path: Path) -> None:
    """Several corpora may be asked in turn in one Spark session."""
    next_one = corpus_of([])
    next_one.save(tmp_path / "empty")
    empty = open_corpus(tmp_path / "empty", engine="spark")
    filtered = on_spark.filter("work_id = 1")
    assert [len(empty), len(on_spark), len(filtered), len(on_spark)] == [0, 5, 1, 5]


def test_saved_by_spark(on_spark: Corpus, corpus: Corpus, tmp_path: Path) -> None:
    """A corpus saved from Spark is opened by the other engine."""
    on_spark.save(tmp_path / "from spark")
    again = open_corpus(tmp_path / "from spark")
    for name in TABLES:
        assert getattr(again, name).equals(getattr(corpus, name)), name


def test_without_the_extra(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pyspark is missing, the message says how to install it."""
    corpus.save(tmp_path / "saved")
    monkeypatch.setitem(sys.modules, "sqlglot", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'nqp-biblio\[spark\]'"):
        open_corpus(tmp_path / "saved", engine="spark")
